"""What the README shows of scripts, SQL and other tools runs as it stands, one after the other."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.make_tables import README

TOP = README.parent
_RECIPE = re.compile(r"<!-- recipe -->\n```(sh|python)\n(.*?)```", re.DOTALL)
SAID = (
    *(
        "in review",
        "Wrote the report",
        "Wrote",
        "Packed",
        "two-days.zip is sound",
        "Imported",
        "Wrote 3 parts",
    ),
    *("gold casualty two military contractors", "casualty", "outcome", "denial"),
)
"""Something that each recipe says, in their order; the table of the last begins with a label."""


def recipes() -> list[tuple[str, str]]:
    """Language and text of each recipe."""
    return _RECIPE.findall(README.read_text(encoding="utf-8"))


def run(language: str, text: str, folder: Path) -> str:
    """What a recipe says; it must end well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    words = [sys.executable, "-c", text] if language == "python" else ["bash", "-euc", text]
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(TOP), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The seed and three more articles in a project with gold, and its tables."""
    (tmp_path / "articles").mkdir()
    seed = next((TOP / "seeds").glob("*.txt"))
    (tmp_path / "articles" / seed.name).write_bytes(seed.read_bytes())
    for number, word in enumerate(("Shells", "Talks", "Rain")):
        text = " ".join(f"{word}{each}" for each in range(30 + number))
        (tmp_path / "articles" / f"{word}.txt").write_text(text, "utf-8")
    gold = TOP / "resources" / "sample" / "gold.jsonl"
    made = (
        "annotator new corpus.db && annotator import corpus.db articles/ --as ada && "
        f'annotator import corpus.db "{gold}" && '
        "annotator import corpus.db articles/ --as ada && "
        "annotator export corpus.db --format csv --layer all --out corpus-tables"
    )
    run("sh", made, tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the README's recipes are for a POSIX shell")
def test_recipes_run_as_they_stand(folder: Path) -> None:
    found = recipes()
    assert len(found) == len(SAID)
    said = [run(*each, folder) for each in found]
    for words in SAID:
        assert any(words in each for each in said), (words, said)
    assert re.search(r"gold\s+casualty\s+10", said[-3])
    assert '"quote"' in said[-2]
    assert (folder / "parts" / "csv" / "test" / "spans.csv").exists()
    assert "claim" in said[-1]
