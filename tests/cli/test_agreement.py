"""`annotator agreement`: the contract of its JSON, its parts, and its report."""

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
NAMES = {
    "f1_exact",
    "f1_relaxed",
    "cohen_kappa",
    "fleiss_kappa",
    "alpha_nominal",
    "alpha_u",
    "gamma",
}


def test_json_is_what_the_contract_says(sample: Path, run: Run) -> None:
    code, out, err = run("agreement", sample, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert set(told["measures"]) >= NAMES
    for figure in told["measures"].values():
        assert set(figure) >= {"value", "low", "high", "n", "why"}
        assert (figure["value"] is None) == bool(figure["why"])
    assert told["by"] == {}
    assert round(told["measures"]["f1_exact"]["value"], 3) == 0.754
    assert told["measures"]["gamma"]["value"] is not None


def test_parts(sample: Path, run: Run) -> None:
    for by, key in (("label", "claim"), ("pair", "jonas & mira"), ("annotator", "noor")):
        told = json.loads(run("agreement", sample, "--by", by, "--no-gamma", "--json")[1])
        assert key in told["by"]
        assert "f1_exact" in told["by"][key]
        assert told["measures"]["gamma"]["why"].startswith("not computed")
    told = json.loads(run("agreement", sample, "--by", "document", "--no-gamma", "--json")[1])
    (figures,) = told["by"].values()
    assert figures["f1_exact"] == told["measures"]["f1_exact"]


def test_words_and_layers(sample: Path, run: Run) -> None:
    code, out, _ = run("agreement", sample, "--layers", "mira, noor", "--by", "pair", "--no-gamma")
    assert code == 0
    assert "F1, exact: 0.769, n = " in out
    assert "mira & noor: f1_exact 0.769" in out
    assert "Differences: missing" in out
    code, _, err = run("agreement", sample, "--layers", "dora")
    assert (code, 'no layers of "dora"' in err) == (1, True)
    assert run("agreement", sample, "--by", "moon")[0] == 2


def test_report_as_markdown(sample: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "r.md"
    assert run("agreement", sample, "--no-gamma", "--markdown", out)[0] == 0
    words = out.read_text("utf-8")
    assert words.startswith("# Agreement\n")
    assert "| F1, exact | 0.754 | 480 |" in words
    assert run("agreement", sample, "--no-gamma", "--markdown", out)[0] == 1
    assert run("agreement", sample, "--no-gamma", "--markdown", out, "--force")[0] == 0
    assert out.read_text("utf-8") == words


def test_empty_project(tmp_path: Path, run: Run) -> None:
    run("new", tmp_path / "e.db")
    told = json.loads(run("agreement", tmp_path / "e.db", "--json")[1])
    assert {each["value"] for each in told["measures"].values()} == {None}
    code, out, err = run("agreement", tmp_path / "e.db")
    assert (code, err) == (0, "")
    assert out.startswith("There is nothing to compare: ")
    assert "Ctrl+Enter" in out
    assert out.count("\n") == 1
