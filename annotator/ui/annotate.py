"""The Annotate perspective: the articles, the article, the inspector."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.text import counted
from annotator.settings import Place, Settings
from annotator.ui.article.view import ArticleView
from annotator.ui.gestures.desk import Desk
from annotator.ui.gestures.modes import FillMode
from annotator.ui.hub import Hub
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.next_up import NextUp
from annotator.ui.panes import Panes
from annotator.ui.perspectives import Pane, Perspective, Standing
from annotator.ui.reading.pane import ArticlePane
from annotator.ui.theme import Theme


class Annotate(Perspective):
    """Shows the hub's article, and the articles beside it."""

    name = "annotate"

    import_clicked = Signal()

    def __init__(
        self, hub: Hub, theme: Theme, settings: Callable[[], Settings], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._theme = theme
        self._settings = settings
        self._last: Place | None = None
        self.documents = DocumentsPanel(hub, theme, self)
        self.next_up = NextUp(hub, self.documents.model)
        self.article = ArticlePane(hub, theme, settings, self)
        self.inspector = Inspector(hub, theme, self)
        self.inspector.card.touching = self.article.view.near
        self.panes = Panes((self.documents, self.inspector), self.article, theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self._connect()

    # What every perspective answers

    def enter(self, document: str) -> None:
        if document and (self._hub.document is None or document != self._hub.document.id):
            self._hub.open_document(document)
            self.documents.reveal()
        self.take_focus()

    def leave(self) -> None:
        self.desk.leave()
        self.commit()

    def take_focus(self) -> None:
        self.article.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> Sequence[Pane]:
        def take(widget: QWidget) -> Callable[[], object]:
            return lambda: widget.setFocus(Qt.FocusReason.TabFocusReason)

        all_: list[Pane] = [
            (self.documents, take(self.documents.list)),
            (self.article, take(self.article.view)),
            (self.inspector, self.inspector.take_focus),
        ]
        return [each for each in all_ if not each[0].isHidden()]

    def escape(self) -> None:
        if self.article.view.hasFocus():
            self.article.escape()
        else:
            self.take_focus()

    def search(self) -> None:
        self.panes.reveal(self.documents)
        self.documents.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.documents.search.selectAll()

    def open_document(self, document: str) -> None:
        if self._hub.document is None or document != self._hub.document.id:
            self._hub.open_document(document)
        self.documents.reveal()
        self.take_focus()

    def step_article(self, step: int) -> None:
        row = self.documents.current_row() + step
        listing = self.documents.model.listing(row)
        if listing is None:
            self._hub.said.emit("This is the last article." if step > 0 else "The first article.")
        else:
            self.open_document(listing.id)

    def commit(self) -> None:
        self.inspector.commit()
        self.documents.note.commit()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.documents.set_theme(theme)
        self.article.set_theme(theme)
        self.inspector.set_theme(theme)

    def show_sizes(self) -> None:
        self.article.set_theme(self._theme)

    def show_layout(self) -> None:
        self.article.show_layout()

    def show_settings(self) -> None:
        self.article.show_snap()
        self.inspector.guideline.set_open(open_=self._settings().guideline)

    @property
    def standing(self) -> Standing:
        number, total = self.article.place()
        place = f"¶ {number:,} of {total:,}" if total else ""
        return Standing(
            counted(len(self._hub.annotations), "annotation"),
            " · ".join(filter(None, (place, self._away()))),
            self.desk.banner,
        )

    @property
    def document(self) -> str:
        return self._hub.document.id if self._hub.document else ""

    @property
    def work(self) -> str:
        return self._hub.layer.id if self._hub.layer else ""

    @property
    def text(self) -> ArticleView:
        return self.article.view

    @property
    def desk(self) -> Desk:
        return self.article.desk

    # What actions ask of it

    def open_first(self, place: Place | None = None) -> None:
        """Open the article where the user was, else the first one."""
        if place and self._hub.project.read.document(place.document) is not None:
            self._hub.open_document(place.document)
        else:
            first = self.documents.model.listing(0)
            self._hub.open_document(first.id if first else None)
        self.documents.reveal()

    def place(self) -> Place | None:
        """Where the user is, to come back to it."""
        if self._hub.document is None:
            return None
        return Place(self._hub.document.id, max(0, self.documents.list.currentIndex().row()))

    def done_next(self) -> None:
        """Say that the article is done, and open the next one; where wanted, checks come first."""
        self.inspector.commit()
        if self._settings().checks and self._hub.layer and not self._hub.project.read_only:
            self.article.checks.before_done(self._done_next)
        else:
            self._done_next()

    def write_note(self) -> None:
        """Go to the note on the article."""
        self.panes.reveal(self.documents)
        self.documents.note.write()

    def show_history(self) -> None:
        """Show what happened to the focused span."""
        self.panes.reveal(self.inspector)
        self.inspector.show_history()

    def _done_next(self) -> None:
        row = self.documents.current_row()
        if self._hub.document is None or not self.desk.set_state("done"):
            return
        following = self.next_up.after(row)
        if following is None:
            self._hub.said.emit("Done. Every article of the list is done.")
        else:
            self.open_document(following)
            self._hub.said.emit("Done.")

    # Following

    def _connect(self) -> None:
        hub = self._hub
        self.documents.setAccessibleName("Articles")
        self.article.setAccessibleName("Text")
        hub.changed.connect(self._on_changed)
        hub.document_opened.connect(self._on_document_opened)
        hub.reread.connect(self.documents.refresh)
        hub.focus_moved.connect(self.told)
        hub.shown.connect(lambda span: self.article.view.show_position(span.start))
        self.documents.chosen.connect(self.open_document)
        self.documents.searched.connect(self.article.show_hits)
        self.documents.note.left.connect(self.take_focus)
        self.article.import_clicked.connect(self.import_clicked)
        self.article.place_changed.connect(self.told)
        self.article.view.verticalScrollBar().valueChanged.connect(lambda _value: self.told.emit())
        self.inspector.left.connect(self._on_inspector_left)
        self.inspector.entered.connect(self.take_focus)
        self.inspector.entered.connect(self.desk.filling.typed)
        self.inspector.hopped.connect(self.desk.hops.go)
        self.panes.left_pane.connect(self.take_focus)
        self.desk.filling.editor_asked.connect(self.inspector.edit)
        self.inspector.question_asked.connect(self.desk.question)
        self.inspector.done_asked.connect(self.done_next)
        self.inspector.link_asked.connect(self._on_link_asked)
        self.desk.mode_changed.connect(self._on_mode_changed)

    def _on_inspector_left(self) -> None:
        if isinstance(self.desk.mode, FillMode):
            self.desk.leave()
        self.take_focus()

    def _on_mode_changed(self) -> None:
        mode = self.desk.mode
        self.told.emit()
        if isinstance(mode, FillMode):
            self.panes.reveal(self.inspector)
        self.inspector.show_letters(mode.left() if isinstance(mode, FillMode) else {})

    def _on_link_asked(self, type_: str) -> None:
        self.take_focus()
        self.desk.start_link(type_)

    def _on_changed(self, edit: Edit) -> None:
        if any(edit.touched("tagset")):
            self.documents.set_theme(self._theme)  # its strips have the labels' colours
        self.told.emit()
        if self._hub.document is None and self.documents.model.rowCount():
            self.open_first(self._last)  # its import was undone, or is done again
            self.take_focus()

    def _on_document_opened(self) -> None:
        self._last = self.place() or self._last
        self.article.expect(self.next_up.expected(self.documents.current_row()))
        self.told.emit()

    def _away(self) -> str:
        """Where the focused span is, if none of it is in view."""
        focused = self._hub.focused
        if focused is None:
            return ""
        seen = self.article.view.visible_span()
        if focused.envelope.end <= seen.start:
            return "span above ↑"
        return "span below ↓" if focused.envelope.start >= seen.end else ""
