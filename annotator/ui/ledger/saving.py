"""Saving the ledger that is shown: asking for a file, and writing it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.ledger.html import page
from annotator.ledger.records import table
from annotator.paths import keeping
from annotator.transfer import Progress
from annotator.transfer.targets import file_at
from annotator.ui.drawing.picture import png, svg
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.ledger.arranging import Arranged
from annotator.ui.ledger.plate import Plate
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.transfer import Job

_TABLES = "CSV table (*.csv);;HTML page (*.html)"
_PICTURES = "PNG picture (*.png);;SVG picture (*.svg)"
_KINDS = (".csv", ".html", ".htm", ".png", ".svg")
_PART = 200
"""Pieces of a file that are written between two looks at the window's events."""


class Saving(QObject):
    """Asks and writes; `arranged` and `plate` give what is shown when it is asked."""

    def __init__(
        self,
        hub: Hub,
        arranged: Callable[[], Arranged],
        plate: Callable[[], Plate],
        theme: Callable[[], Theme],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._arranged = arranged
        self._plate = plate
        self._theme = theme
        self._parent = parent
        self.job: Run[int] | None = None

    def ask_table(self) -> None:
        """Ask for a file, and write a table or a page there."""
        self._ask("Save the ledger", "csv", _TABLES)

    def ask_picture(self) -> None:
        """Ask for a file, and write a picture there."""
        self._ask("Save a picture of the ledger", "png", _PICTURES)

    def write(self, path: Path) -> None:
        """Write what is shown, in the way that the name's ending says."""
        if path.suffix.lower() not in _KINDS:
            self._hub.said.emit(f"{path.name} should end with .csv, .html, .png or .svg.")
            return
        arranged = self._arranged()

        def done(_pieces: int) -> None:
            self._hub.said.emit(f"Wrote the ledger to {path}.")

        job = self._job(path, arranged)
        failed = self._hub.said.emit
        self.job = Run(job, "Saving the ledger", self._parent, done=done, failed=failed)

    def _ask(self, title: str, usual: str, kinds: str) -> None:
        own = self._hub.project.path
        proposed = str(keeping(own) / f"{own.stem}-ledger.{usual}")
        name, chosen = QFileDialog.getSaveFileName(self._parent, title, proposed, kinds)
        if name:
            path = Path(name)
            ending = chosen.rpartition("*")[2].rstrip(")") or f".{usual}"
            self.write(path if path.suffix else path.with_suffix(ending))

    def _pieces(self, path: Path, arranged: Arranged) -> Iterator[bytes]:
        match path.suffix.lower():
            case ".csv":
                return (each.encode() for each in table(arranged.ledger))
            case ".html" | ".htm":
                told = f"The articles' own voice is hidden: {arranged.hidden:,}."
                hidden = told if arranged.hidden else ""
                return (each.encode() for each in page(arranged.ledger, hidden=hidden))
            case ".png":
                return iter((png(self._plate(), self._theme()),))
            case _:
                return iter((svg(self._plate(), self._theme()),))

    def _job(self, path: Path, arranged: Arranged) -> "Job[int]":
        """Write it; the file is there whole or not at all."""
        number, total = 0, len(arranged.ledger.statements)
        # The dialog has asked already whether a file that is there goes.
        with file_at(path, own=self._hub.project.path, force=True) as stream:
            for number, each in enumerate(self._pieces(path, arranged), start=1):
                stream.write(each)
                if number % _PART == 0:
                    yield Progress(min(number, total), total, "Saving the ledger")
        return number
