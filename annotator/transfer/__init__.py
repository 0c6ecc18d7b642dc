"""Long work on a project, the same jobs for window and command line: import, export, retagging.

A job is a generator of Progress (report.py); run one with `finish`, or bit by bit.
"""

from annotator.transfer.exporting import Exported, export_to
from annotator.transfer.importing import import_sources
from annotator.transfer.incoming import Imported
from annotator.transfer.report import ExportReport, ImportReport, Job, Progress, finish
from annotator.transfer.retagging import read_toml, retag
from annotator.transfer.sources import named, sources, spread

__all__ = [
    "ExportReport",
    "Exported",
    "ImportReport",
    "Imported",
    "Job",
    "Progress",
    "export_to",
    "finish",
    "import_sources",
    "named",
    "read_toml",
    "retag",
    "sources",
    "spread",
]
