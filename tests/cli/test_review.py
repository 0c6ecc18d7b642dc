"""`annotator review`: what is agreed is taken, and how far it is is told."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_counts_then_takes_then_has_nothing_more_to_take(run: Run, sample: Path) -> None:
    code, out, _ = run("review", sample, "--json")
    assert code == 0
    counted = json.loads(out)
    assert (counted["agreed"], counted["applied"]) == (38, False)
    code, out, _ = run("review", sample, "--accept-agreed", "--as", "rita", "--json")
    taken = json.loads(out)
    assert (code, taken["agreed"], taken["open"], taken["stale"]) == (0, 38, 47, 0)
    assert taken["applied"]
    code, out, err = run("review", sample, "--accept-agreed", "--as", "rita")
    assert (code, err) == (0, "")
    assert out == (
        "1 article in review. Taken: 0. Open conflicts: 47; to be decided anew: 0. "
        "Links that wait until their spans are decided: 37. No gold was made or changed.\n"
    )
    assert run("check", sample)[0] == 0
    info = json.loads(run("info", sample, "--json")[1])
    assert info["decisions"] == 38
    assert "rita" in info["annotators"]
    assert run("export", sample, "--format", "jsonl", "--out", "-")[0] == 0
    run("undo", sample, "--as", "rita")
    assert json.loads(run("info", sample, "--json")[1])["decisions"] == 0


@pytest.mark.parametrize(
    ("rules", "open_"), [(("edges",), 47), (("majority=2",), 15), (("trusted=mira",), 0)]
)
def test_rules(run: Run, sample: Path, rules: tuple[str, ...], open_: int) -> None:
    words = [word for each in rules for word in ("--rule", each)]
    code, out, _ = run("review", sample, "--accept-agreed", *words, "--json")
    assert code == 0
    assert json.loads(out)["open"] == open_


@pytest.mark.parametrize("rule", ["nonsense", "majority", "majority=0", "majority=x", "trusted="])
def test_a_rule_that_there_is_not_is_wrong_usage(run: Run, sample: Path, rule: str) -> None:
    code, _, err = run("review", sample, "--rule", rule)
    assert code == 2
    assert "is no rule; give edges, majority=2 or trusted=NAME" in err


def test_whoever_is_trusted_must_be_known(run: Run, sample: Path) -> None:
    code, out, err = run("review", sample, "--rule", "trusted=otto")
    assert (code, out) == (1, "")
    assert 'Nobody here is called "otto"' in err
