"""Asking for a printer or a file, and printing the open article there."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.core.errors import UserError
from annotator.core.reading import Reading
from annotator.core.text import counted
from annotator.paths import keeping
from annotator.settings import Settings
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.printing.marked_up import MarkedUp
from annotator.ui.printing.paper import pdf_file, print_job, usual_page
from annotator.ui.reading.look import article_look
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.transfer import Job

_LETTERS = 15
"""Pixels of the letters on paper, of which an inch has 96."""


class Printing(QObject):
    """Prints the hub's article in the light theme; lives until the job is done."""

    def __init__(self, hub: Hub, reading: Reading, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._hub = hub
        self._reading = reading
        self._settings = settings
        self._window = parent.window()
        self._run: Run[int] | None = None

    def ask_printer(self) -> None:
        """Ask for a printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - seldom used

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(usual_page())
        printer.setDocName(self._file_name)  # dialogs make a file's name of it
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.rejected.connect(self.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def ask_file(self) -> None:
        """Ask for a file and write a PDF there."""
        folder = keeping(self._hub.project.path)
        proposed = str(folder / f"{self._file_name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save as PDF", proposed, "PDF files (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".pdf"))
        else:
            self.deleteLater()

    def write(self, path: Path) -> None:
        """Write a PDF file."""
        self._start(self._file_job(path), f"in {path.name}")

    def print_on(self, device: QPagedPaintDevice) -> None:
        """Print on a device."""
        self._start(self._job(device), "printed")

    @property
    def _title(self) -> str:
        return self._hub.document.title if self._hub.document else ""

    @property
    def _file_name(self) -> str:
        """The title as a file can be called everywhere."""
        signs = "".join(sign if sign.isalnum() else " " for sign in self._title)
        return " ".join(signs.split())[:60].strip() or "article"

    def _start(self, job: "Job[int]", where: str) -> None:
        def done(pages: int) -> None:
            self._end(f"{counted(pages, 'page')} {where}.")

        self._run = Run(job, "Printing the article", self._window, done=done, failed=self._end)

    def _end(self, sentence: str) -> None:
        self._hub.said.emit(sentence)
        self.deleteLater()

    def _file_job(self, path: Path) -> "Job[int]":
        """Print to a file that comes to its name when it is whole."""
        part = path.with_name(f"{path.name}.part")
        try:
            pages = yield from self._job(pdf_file(part, self._title))
            part.replace(path)
        except OSError as error:
            raise UserError(f"{path} can't be written: {error.strerror}.") from error
        finally:
            part.unlink(missing_ok=True)
        return pages

    def _job(self, device: QPagedPaintDevice) -> "Job[int]":
        hub, theme = self._hub, Theme.load("light")
        assert hub.document is not None
        marked_up = MarkedUp(
            hub.document,
            self._reading,
            hub.tagset,
            who=hub.project.who,
            annotations=hub.annotations.values(),
            relations=hub.relations.values(),
            entities=hub.entities,
        )
        look = article_look(theme, hub.tagset, replace(self._settings, text_size=_LETTERS))
        return print_job(marked_up, look, theme, device, self)
