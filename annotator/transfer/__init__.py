"""Articles and corpora into a project and out of it: the same jobs for window and command line.

A job is a generator of Progress (report.py); run one with `finish`, or bit by bit.
"""

from annotator.transfer.exporting import Exported, export_to
from annotator.transfer.importing import import_sources
from annotator.transfer.incoming import Imported
from annotator.transfer.report import ExportReport, ImportReport, Job, Progress, finish
from annotator.transfer.sources import named, sources

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
    "sources",
]
