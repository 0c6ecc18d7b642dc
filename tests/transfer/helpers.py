"""What the tests of imports and exports share."""

from pathlib import Path
from typing import Any

from annotator import paths, transfer
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import Exported, ImportReport, finish, named
from annotator.transfer.report import ExportReport
from tests.corpora import HEAD, write

JSONL = named("jsonl", writes=True)
GOLD = paths.resources() / "sample" / "gold.jsonl"
LINK = {"id": "r1", "type": "source", "source": "c1", "target": "a1"}
"""The record of a relation between annotations with these ids."""


def bring(project: Project, *files: Path | Source, **options: Any) -> ImportReport:
    """Import files, named in reports by their names alone."""
    sources = [Source(each.name, each) if isinstance(each, Path) else each for each in files]
    return finish(transfer.import_sources(project, sources, **options))


def records(path: Path, *found: Any) -> Path:
    """A file of the own format, under `path` with .jsonl."""
    return write(path.with_suffix(".jsonl"), HEAD, *found)


def whats(report: ImportReport) -> list[str]:
    """What the problems of an import are."""
    return [each.what for each in report.problems]


def export(project: Project, target: Path, layer: str = "all", **more: Any) -> ExportReport:
    """Export to the own format."""
    chosen = Exported(layer, more.pop("documents", ()))
    return finish(transfer.export_to(project, JSONL, target, chosen=chosen, **more))
