"""Projects to import into and to export from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import sample
from annotator.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project."""
    with Project.create(tmp_path / "p.db", who="ada") as project:
        yield project


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Project]:
    """The sample."""
    sample.build(tmp_path / "s.db")
    with Project.open(tmp_path / "s.db") as project:
        yield project
