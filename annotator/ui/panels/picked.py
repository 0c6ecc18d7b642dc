"""What is done with the articles selected in the list: export and deletion."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from annotator.core.text import counted
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.theme import Theme

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
        self,
        hub: Hub,
        documents: DocumentsPanel,
        before: Callable[[], object],
        theme: Callable[[], Theme],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.job: Run[int] | None = None
        self._theme = theme
        self._hub = hub
        self._documents = documents
        self._before = before
        self._window = window
        documents.delete_asked.connect(self.ask_delete)
        documents.menu_asked.connect(self._show_menu)

    def ask_export(self, *, only: bool = False) -> None:
        """Ask what of the project goes out, how and where; `only` proposes what is selected."""
        from annotator.ui.exchange.export_dialog import ExportDialog  # noqa: PLC0415 - loaded when it is used

        self._before()
        chosen = tuple(self._documents.selected())
        only = only or len(chosen) > 1
        ExportDialog(self._hub, chosen, self._theme(), self._window, only=only).open()

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
        menu.addAction("Export selected articles…", lambda: self.ask_export(only=True))
        delete = menu.addAction("Delete selected articles…", self.ask_delete)
        delete.setEnabled(not self._hub.project.read_only)
        menu.popup(point)

    def _tell(self, sentence: str) -> None:
        self._hub.failed.emit(sentence)
