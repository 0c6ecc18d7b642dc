"""Suggestions on the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.suggest.test_registry import THEIRS, install


def test_suggestions_fill_the_machine_s_layer(run: Run, sample: Path) -> None:
    code, out, err = run("suggest", sample, "--as", "mira")
    assert (code, err) == (0, "")
    assert out.startswith("Suggested ")
    found = json.loads(run("suggest", sample, "--by", "numbers", "--json")[1])
    assert (found["labels"], found["new"], found["gone"]) == ({"casualty": 10}, 0, 0)
    assert "denied by" in run("ledger", sample, "--layer", "machine")[1]
    assert run("check", sample)[0] == 0
    assert run("undo", sample, "--as", "mira")[0] == 0
    assert "machine done" not in run("info", sample)[1]


def test_suggesters_by_name(run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rumours=THEIRS)
    assert run("suggest", sample, "--by", "rumours")[1].startswith(
        "Suggested nothing in 1 article;"
    )
    code, _, err = run("suggest", sample, "--by", "magic")
    assert code == 2
    assert "no suggester “magic”; there are cues, numbers, actors, rumours" in err
    assert "rumours, learned." in err
    assert run("suggest", sample, "--document", "gone")[0] == 1


def test_learning_from_what_is_done(run: Run, sample: Path, tmp_path: Path) -> None:
    code, out, _ = run("suggest", sample, "--by", "learned", "--by", "numbers", "--json")
    assert (code, json.loads(out)["by"]) == (0, {"numbers": 10})  # it was learned from
    empty = tmp_path / "empty.db"
    assert run("new", empty)[0] == 0
    code, _, err = run("suggest", empty, "--by", "learned")
    assert (code, "nothing to learn from" in err) == (1, True)
