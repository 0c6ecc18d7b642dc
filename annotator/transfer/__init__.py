"""Long work on a project, the same jobs for window and command line: import, export, retagging.

A job is a generator of Progress (report.py); run one with `finish`, or bit by bit.
"""

from annotator.transfer.exporting import Exported, export_to
from annotator.transfer.importing import import_sources
from annotator.transfer.incoming import Imported
from annotator.transfer.rehearsal import is_folder, rehearse
from annotator.transfer.renaming import Renaming
from annotator.transfer.report import ExportReport, ImportReport, Job, Progress, finish
from annotator.transfer.retagging import read_toml, retag
from annotator.transfer.sources import named, sources, spread
from annotator.transfer.survey import Survey, survey
from annotator.transfer.wishes import Way, Wishes

__all__ = [
    "ExportReport",
    "Exported",
    "ImportReport",
    "Imported",
    "Job",
    "Progress",
    "Renaming",
    "Survey",
    "Way",
    "Wishes",
    "export_to",
    "finish",
    "import_sources",
    "is_folder",
    "named",
    "read_toml",
    "rehearse",
    "retag",
    "sources",
    "spread",
    "survey",
]
