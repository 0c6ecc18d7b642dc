"""The sample project: one article, annotated in full by three people who differ."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator import paths
from annotator.core.edits import inserted
from annotator.core.model import Setting
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import finish, import_sources

WHO = "mira"
"""Whose file the sample is: the one who opens it works as this annotator."""


def source() -> Source:
    """The sample's file among the resources."""
    path = paths.resources() / "sample" / "sample.jsonl"
    return Source(path.name, path)


def build(path: Path, *, force: bool = False) -> None:
    """Make the sample project in a new file; nobody's undo takes its content away.

    Raises UserError when the file exists (unless `force`) or can't be made.
    """
    with Project.create(path, who=WHO, force=force) as project:
        with project.bring_in("sample", nobodys=True) as intake:
            intake.add(inserted([Setting("annotator", WHO)]))
        finish(import_sources(project, [source()], strict=True, nobodys=True))


@contextmanager
def temporary() -> Iterator[Path]:
    """The sample project made afresh in a folder that goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix=paths.PASSING, ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "sample.db"
        build(path)
        yield path
