"""An export that leaves nothing behind: what would be lost, and what would be written."""

from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.formats.base import Format
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.exporting import Exported, export_to
from annotator.transfer.outgoing import Selection
from annotator.transfer.report import ExportReport, Job


def rehearse(project: Project, format_: Format, chosen: Exported) -> Job[ExportReport]:
    """Write layers into a folder that is deleted, and report; raises UserError as export_to does.

    What a format can't hold often shows as it is written only: spans that cut tokens, names that
    it has no letters for.
    """
    with TemporaryDirectory(prefix="annotator-") as folder:
        return (yield from export_to(project, format_, Path(folder) / "export", chosen=chosen))


def is_folder(read: Reader, format_: Format, chosen: Exported) -> bool:
    """Whether an export is a folder: its format is one, or has a file for each annotator.

    Raises UserError where there is no such layer or document.
    """
    if format_.to_stream is None:
        return True
    if format_.layers != "one":
        return False
    selection = Selection.of(read, chosen.layer, chosen.documents, layered=True)
    return len(selection.parts(read)) > 1
