"""What is done with the articles selected in the list: export and deletion."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from annotator.core.text import counted
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.documents import DocumentsPanel

if TYPE_CHECKING:
    from annotator.formats.base import Format
    from annotator.transfer import ExportReport

_NAMED = 5
"""Annotators named before a deletion; more are counted."""


def warning(articles: int, work: Mapping[str, int]) -> str:
    """What goes with a deletion, in words: "With all work on it: 14 annotations of ada."."""
    if not work:
        return f"No annotations are on {'it' if articles == 1 else 'them'}. Undo brings all back."
    shown = list(work.items())[:_NAMED]
    parts = [f"{counted(number, 'annotation')} of {name}" for name, number in shown]
    if len(work) > _NAMED:
        rest = sum(list(work.values())[_NAMED:])
        parts.append(f"{rest:,} of {counted(len(work) - _NAMED, 'other')}")
    whose = "it" if articles == 1 else "them"
    return f"With all work on {whose}: {', '.join(parts)}. Undo brings all back."


class Picked(QObject):
    """Asks what is to be known, and runs the jobs; `window` is what their dialogs stand on."""

    def __init__(
        self, hub: Hub, documents: DocumentsPanel, before: Callable[[], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self.job: Run[int] | Run[ExportReport] | None = None
        self._hub = hub
        self._documents = documents
        self._before = before
        self._window = window
        documents.delete_asked.connect(self.ask_delete)
        documents.menu_asked.connect(self._show_menu)

    def ask_export(self) -> None:
        """Ask for a format and a place, and export the selected articles with all layers."""
        from annotator.formats.registry import formats  # noqa: PLC0415 - loaded when it is used

        documents = self._ids()
        if not documents:
            return
        kinds = [each for each in formats().values() if each.write]
        filters = {f"{each.name}: {each.note} (*{each.suffixes[0]})": each for each in kinds}
        name, chosen = QFileDialog.getSaveFileName(
            self._window,
            f"Export {counted(len(documents), 'article')}",
            str(self._hub.project.path.with_suffix("")),
            ";;".join(filters),
        )
        if name:
            format_ = filters.get(chosen, kinds[0])
            self.export(documents, format_, _place(Path(name), format_))

    def export(self, documents: tuple[str, ...], format_: "Format", target: Path) -> None:
        """Export these articles with all layers to a place; the dialog asked about a file there."""
        from annotator.transfer import Exported, export_to  # noqa: PLC0415 - as above

        job = export_to(
            self._hub.project,
            format_,
            target,
            chosen=Exported("all", documents),
            force=target.is_file(),
        )

        def done(report: "ExportReport") -> None:
            lost = "".join(f" Not kept: {number:,} {what}." for what, number in report.lost)
            self._hub.said.emit(f"Wrote {report.sentence()} to {target}.{lost}")

        self._before()
        self.job = Run(job, "Exporting articles", self._window, done=done, failed=self._tell)

    def ask_delete(self) -> None:
        """Ask whether the selected articles are to be deleted, with the work that goes with it."""
        documents = self._ids()
        if not documents or self._hub.project.read_only:
            return
        work = self._hub.project.read.annotated_by(documents)
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Delete articles")
        box.setText(f"Delete {counted(len(documents), 'article')}?")
        box.setInformativeText(warning(len(documents), work))
        delete = box.addButton("Delete", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        delete.clicked.connect(lambda: self.delete(documents))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def delete(self, documents: tuple[str, ...]) -> None:
        """Delete these articles with all work on them."""
        from annotator.transfer.deleting import delete_documents  # noqa: PLC0415 - as above

        def done(gone: int) -> None:
            self._hub.said.emit(f"Deleted {counted(gone, 'article')} – Ctrl+Z brings all back.")

        self._before()
        job = delete_documents(self._hub.project, documents)
        self.job = Run(job, "Deleting articles", self._window, done=done, failed=self._tell)

    def _ids(self) -> tuple[str, ...]:
        """The selected articles; without one the open article."""
        chosen = tuple(self._documents.selected())
        document = self._hub.document
        if not chosen and document is not None:
            chosen = (document.id,)
        return chosen

    def _show_menu(self, point: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Export selected articles…", self.ask_export)
        delete = menu.addAction("Delete selected articles…", self.ask_delete)
        delete.setEnabled(not self._hub.project.read_only)
        menu.popup(point)

    def _tell(self, sentence: str) -> None:
        self._hub.failed.emit(sentence)


def _place(path: Path, format_: "Format") -> Path:
    """A file gets the format's suffix; the name of a folder is as it was typed."""
    file = format_.to_stream is not None and not path.suffix
    return path.with_suffix(format_.suffixes[0]) if file else path
