"""What the README says is so: its tables are the program's, its commands and examples run."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__
from tests.make_tables import README, place, tables

TOP = README.parent
TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["keys", "commands", "formats"])
def test_table_is_the_programs(name: str) -> None:
    assert place(TEXT, name, tables()[name]) == TEXT, "run: python tests/make_tables.py"


@pytest.mark.skipif(
    not ((TOP / ".git").exists() and shutil.which("git")),
    reason="only git knows which files belong to the project",
)
def test_top_level_is_what_was_agreed() -> None:
    listed = {"annotator", "resources", "tests", "seeds", "pyproject.toml", "README.md"}
    words = ["git", "-c", f"safe.directory={TOP}", "ls-files"]
    names = subprocess.run(words, cwd=TOP, capture_output=True, text=True, check=True).stdout
    top = {name.split("/")[0] for name in names.split("\n") if name}
    visible = {name for name in top if not name.startswith(".")}
    assert visible == listed | {"LICENSE", "CHANGELOG.md"}


def test_map_of_folders_names_each_module_of_the_top() -> None:
    drawn = re.search(r"```\nannotator/\n(.*?)\nresources/", TEXT, re.DOTALL)
    assert drawn is not None
    named = {line.split()[0].rstrip("/") for line in drawn[1].split("\n")}
    real = {
        path.name
        for path in (TOP / "annotator").iterdir()
        if not path.name.startswith("_") and (path.is_dir() or path.suffix == ".py")
    }
    assert named == real


def test_changelog_begins_with_this_version() -> None:
    first = re.search(
        r"^## (\S+)", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert first is not None
    assert first[1] == __version__


def test_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", TEXT)
    assert pictures
    for picture in pictures:
        assert (TOP / picture).read_bytes().startswith(b"\x89PNG")


def blocks(language: str) -> list[str]:
    """The README's code blocks in a language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the articles that the README's examples speak of."""
    (tmp_path / "articles").mkdir()
    seed = next((TOP / "seeds").glob("*.txt"))
    (tmp_path / "articles" / seed.name).write_bytes(seed.read_bytes())
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the README's examples are for a POSIX shell")
def test_examples_run_as_they_stand(folder: Path) -> None:
    commands = next(block for block in blocks("sh") if "annotator import" in block)
    query = next(block for block in blocks("sh") if "sqlite-utils query" in block)
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    sample = "annotator import corpus.db --role gold " + str(
        TOP / "resources" / "sample" / "gold.jsonl"
    )
    lines = commands.replace("annotator info", f"{sample}\nannotator info", 1)
    done = subprocess.run(
        ["bash", "-euc", lines + query],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "corpus.jsonl").exists()
    assert re.search(r"gold\s+casualty\s+10", done.stdout)
    python = blocks("python")[0]
    ast.parse(python)
    done = subprocess.run(
        [sys.executable, "-c", python], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "gold casualty two military contractors" in done.stdout
