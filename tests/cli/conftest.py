"""What tests of the command line share: a way to run it, and the sample project."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.__main__ import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def sample(tmp_path: Path, run: Run) -> Path:
    """The sample as a project."""
    assert run("demo", "--into", tmp_path / "sample.db")[0] == 0
    return tmp_path / "sample.db"
