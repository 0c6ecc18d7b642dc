"""The ledger on the command line: a contract for scripts."""

import json
from pathlib import Path

import pytest

from annotator import paths
from tests.cli.conftest import Run

GOLD = paths.resources() / "sample" / "gold.jsonl"


@pytest.fixture
def gold(tmp_path: Path, run: Run) -> Path:
    """A project with the sample's gold."""
    path = tmp_path / "gold.db"
    assert run("new", path)[0] == 0
    assert run("import", path, GOLD)[0] == 0
    return path


def test_the_ledger_as_json(run: Run, gold: Path) -> None:
    code, out, err = run("ledger", gold, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert {"claims", "casualties", "unanswered", "untargeted"} <= set(found)
    casualty = {"annotation", "document", "text", "whose", "said_by", "outcome", "low", "high"}
    assert casualty | {"bound", "when"} <= set(found["casualties"][0])
    claim = {"annotation", "document", "text", "sources", "denials", "against", "voice"}
    assert claim <= set(found["claims"][0])


def test_the_ledger_as_words_and_files(run: Run, gold: Path, tmp_path: Path) -> None:
    code, out, _ = run("ledger", gold)
    assert code == 0
    assert out.startswith("16 claims, 2 denials\nThe articles' own voice is hidden: 7.\n")
    assert run("ledger", gold, "--own-voice")[1].startswith("18 claims, 2 denials\n\n")
    document = json.loads(run("ledger", gold, "--json")[1])["claims"][0]["document"]
    assert run("ledger", gold, "--document", document)[1] == out
    page = tmp_path / "ledger.html"
    code, out, _ = run("ledger", gold, "--format", "html", "--out", page)
    assert (code, out) == (0, f"Wrote the ledger to {page}.\n")
    assert page.read_text("utf-8").startswith("<!doctype html>")
    code, out, _ = run("ledger", gold, "--format", "csv", "--out", page, "--force", "--json")
    assert len(json.loads(out)["claims"]) == 20
    assert page.read_text("utf-8").startswith("kind,annotation,")
    assert run("ledger", gold, "--format", "csv")[1].startswith("kind,annotation,")


def test_what_is_not_there_is_one_sentence(run: Run, gold: Path, sample: Path) -> None:
    code, out, err = run("ledger", sample)
    assert (code, out) == (1, "")
    assert "no gold layer" in err
    assert run("ledger", gold, "--document", "gone")[0] == 1
    assert run("ledger", gold, "--format", "pdf")[0] == 2
    assert run("ledger", sample, "--layer", "mira")[0] == 0
