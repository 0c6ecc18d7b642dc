"""An open project in the window: bars, articles, article, inspector; the Annotate perspective."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.text import counted
from annotator.project import Project
from annotator.settings import Place, Settings
from annotator.ui.gestures.desk import Desk
from annotator.ui.gestures.modes import FillMode
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run, as_job
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.picked import Picked
from annotator.ui.panes import Panes
from annotator.ui.reading.pane import ArticlePane
from annotator.ui.statusbar import StatusBar
from annotator.ui.theme import Theme
from annotator.ui.topbar import TopBar
from annotator.ui.worktime import WorkTime

if TYPE_CHECKING:
    from annotator.core.steps import Counted

LOOK = 1_000
"""Milliseconds between two looks for what another program wrote to the file."""


class Bench(QWidget):
    """The widgets around one hub, and what they show of it."""

    import_clicked = Signal()

    def __init__(
        self,
        project: Project,
        theme: Theme,
        settings: Callable[[], Settings],
        menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self.hub = Hub(project, self)
        self.topbar = TopBar(menu, theme, self)
        self.documents = DocumentsPanel(self.hub, theme, self)
        self.article = ArticlePane(self.hub, theme, settings, self)
        self.inspector = Inspector(self.hub, theme, self)
        self.inspector.card.touching = self.article.view.near
        self.status = StatusBar(theme, self)
        self.picked = Picked(self.hub, self.documents, self.commit, lambda: self._theme, self)
        self.worktime = WorkTime(self.hub, lambda: settings().minutes, self)
        self._last: Place | None = None
        self.job: Run[Any] | None = None
        self.hub.run_long = self._run_long
        self.panes = Panes((self.documents, self.inspector), self.article, theme, self)
        self._build()
        self._connect()
        self.status.set_read_only(project.read_only)
        self._show_all()

    @property
    def desk(self) -> Desk:
        """The gestures on the article."""
        return self.article.desk

    def close_project(self) -> None:
        """Stop listening and close the file."""
        self.commit()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.worktime.close()
        self.article.expect(None)
        for timer in self.findChildren(QTimer):
            timer.stop()  # until Qt deletes it each would have its turn, with a closed file
        self.hub.close()
        self.hub.project.close()

    def watch(self, *, on: bool = True) -> None:
        """Look for what other programs write to the file from now on, or not for a while.

        What is there by then this program has written, by a project of its own.
        """
        if on:
            self.hub.look(own=True)
            self._look.start(LOOK)
        else:
            self._look.stop()

    def commit(self) -> None:
        """Save what is typed and not saved yet."""
        self.inspector.commit()
        self.documents.note.commit()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self.documents.set_theme(theme)
        self.article.set_theme(theme)
        self.inspector.set_theme(theme)
        self.status.set_theme(theme)

    def show_settings(self) -> None:
        """Show the settings that the status bar names."""
        settings = self._settings()
        snap = "Snap to words" if settings.snap == "words" else "Snap to characters"
        self.status.snap.setText(snap)
        self.status.size_.setText(f"{settings.text_size} px")
        self.status.size_.setAccessibleName(f"Text size: {settings.text_size} px")
        self.article.show_snap()
        self.inspector.guideline.set_open(open_=settings.guideline)

    def show_person(self) -> None:
        """Show whose work this is, after another person took over."""
        document = self.hub.document
        self.hub.open_document(document.id if document else None)
        self.documents.refresh()
        self._show_all()

    def show_about(self) -> None:
        """Show what is known of the open article, to be changed."""
        from annotator.ui.panels.about_dialog import AboutDialog  # noqa: PLC0415 - as below

        if self.hub.document is not None:
            self.commit()
            AboutDialog(self.hub, self.hub.document, self).open()

    def show_register(self) -> None:
        """Show the register of actors."""
        from annotator.ui.panels.register_dialog import RegisterDialog  # noqa: PLC0415 - loaded when it is used

        self.inspector.commit()
        RegisterDialog(self.hub, self._theme, self).open()

    def open_first(self, place: Place | None = None) -> None:
        """Open the article where the user was, else the first one."""
        if place and self.hub.project.read.document(place.document) is not None:
            self.hub.open_document(place.document)
        else:
            first = self.documents.model.listing(0)
            self.hub.open_document(first.id if first else None)
        self.documents.reveal()
        self._go_to_text()

    def open_document(self, document: str) -> None:
        """Open an article and go to its text."""
        if self.hub.document is None or document != self.hub.document.id:
            self.hub.open_document(document)
        self.documents.reveal()
        self._go_to_text()

    def place(self) -> Place | None:
        """Where the user is, to come back to it."""
        if self.hub.document is None:
            return None
        return Place(self.hub.document.id, max(0, self.documents.list.currentIndex().row()))

    def step_article(self, step: int) -> None:
        """Open the next or an earlier article of the list."""
        row = self.documents.current_row() + step
        listing = self.documents.model.listing(row)
        if listing is None:
            self.hub.said.emit("This is the last article." if step > 0 else "The first article.")
        else:
            self.open_document(listing.id)

    def done_next(self) -> None:
        """Say that the article is done, and open the next one; where wanted, checks come first."""
        self.inspector.commit()
        if self._settings().checks and self.hub.layer and not self.hub.project.read_only:
            self.article.checks.before_done(self._done_next)
        else:
            self._done_next()

    def _done_next(self) -> None:
        row = self.documents.current_row()
        if self.hub.document is None or not self.desk.set_state("done"):
            return
        listing = self.documents.model.listing(self.documents.model.next_open(row))
        if listing is None:
            self.hub.said.emit("Done. Every article of the list is done.")
        else:
            self.open_document(listing.id)
            self.hub.said.emit("Done.")

    def next_pane(self) -> None:
        """Give the focus to the next pane that is shown: articles, text, inspector."""
        all_: list[QWidget] = [self.documents, self.article, self.inspector]
        panes = [each for each in all_ if not each.isHidden()]
        now = QApplication.focusWidget()
        inside = [each for each in panes if now and (each is now or each.isAncestorOf(now))]
        following = panes[(panes.index(inside[0]) + 1) % len(panes)] if inside else self.article
        if following is self.inspector:
            self.inspector.take_focus()
        else:
            target = self.documents.list if following is self.documents else self.article.view
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def search(self) -> None:
        """Go to the search box."""
        self.panes.reveal(self.documents)
        self.documents.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.documents.search.selectAll()

    def write_note(self) -> None:
        """Go to the note on the article."""
        self.panes.reveal(self.documents)
        self.documents.note.write()

    def show_history(self) -> None:
        """Show what happened to the focused span."""
        self.panes.reveal(self.inspector)
        self.inspector.show_history()

    def _build(self) -> None:
        self.documents.setAccessibleName("Articles")
        self.article.setAccessibleName("Text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.topbar)
        layout.addWidget(self.panes, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        hub = self.hub
        hub.changed.connect(self._on_changed)
        hub.document_opened.connect(self._on_document_opened)
        hub.looked.connect(self._on_looked)
        for happened in (hub.changed, hub.focus_moved, hub.document_opened, self.desk.mode_changed):
            happened.connect(self._hush)
        hub.reread.connect(self.documents.refresh)
        self._look = QTimer(self)
        self._look.timeout.connect(hub.look)
        self._look.start(LOOK)
        hub.said.connect(self.status.say)
        hub.shown.connect(lambda span: self.article.view.show_position(span.start))
        hub.failed.connect(self.status.set_failure)
        self.documents.chosen.connect(self.open_document)
        self.documents.searched.connect(self.article.show_hits)
        self.documents.note.left.connect(self._go_to_text)
        for note in (self.inspector.card.note, self.documents.note.note):
            note.waits.connect(self.status.set_waits)
        self.worktime.noted.connect(lambda: self.article.show_minutes(self.worktime.minutes))
        self.article.import_clicked.connect(self.import_clicked)
        self.article.place_changed.connect(self._show_place)
        self.article.view.verticalScrollBar().valueChanged.connect(self._show_place)
        hub.focus_moved.connect(self._show_place)
        self.inspector.set_neighbours([self.article.view], [self.status.snap, self.status.size_])
        self.inspector.left.connect(self._on_inspector_left)
        self.inspector.entered.connect(self._go_to_text)
        self.inspector.entered.connect(self.desk.filling.typed)
        self.inspector.hopped.connect(self.desk.hops.go)
        self.panes.left_pane.connect(self._go_to_text)
        self.desk.filling.editor_asked.connect(self.inspector.edit)
        self.inspector.question_asked.connect(self.desk.question)
        self.inspector.done_asked.connect(self.done_next)
        self.inspector.link_asked.connect(self._on_link_asked)
        self.desk.mode_changed.connect(self._on_mode_changed)

    def _run_long(
        self, work: "Counted[Any]", total: int, title: str, done: Callable[[Any], object]
    ) -> None:
        job = as_job(work, total, title)
        self.job = Run(job, title, self, done=done, failed=self.hub.said.emit)

    def _go_to_text(self) -> None:
        self.article.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_inspector_left(self) -> None:
        if isinstance(self.desk.mode, FillMode):
            self.desk.leave()
        self._go_to_text()

    def _on_mode_changed(self) -> None:
        mode = self.desk.mode
        self.status.set_mode(self.desk.banner)
        if isinstance(mode, FillMode):
            self.panes.reveal(self.inspector)
        self.inspector.show_letters(mode.left() if isinstance(mode, FillMode) else {})

    def _on_link_asked(self, type_: str) -> None:
        self._go_to_text()
        self.desk.start_link(type_)

    def _on_changed(self, edit: Edit) -> None:
        if any(edit.touched("tagset")):
            self.documents.set_theme(self._theme)  # its strips have the labels' colours
        self.status.set_failure("")
        self._show_counts()
        if self.hub.document is None and self.documents.model.rowCount():
            self.open_first(self._last)  # its import was undone, or is done again

    def _on_document_opened(self) -> None:
        self._last = self.place() or self._last
        following = self.documents.model.listing(self.documents.current_row() + 1)
        self.article.expect(following.id if following else None)
        self._show_all()

    def _on_looked(self) -> None:
        if not self.inspector.pending:
            self.status.forget_failure()

    def _hush(self) -> None:
        """What was said is about what was before."""
        self.status.say("")

    def _show_all(self) -> None:
        project = self.hub.project
        self.topbar.show_project(project.path.name, project.who)
        self.show_settings()
        self._show_counts()
        self._show_place()

    def _show_counts(self) -> None:
        self.status.count.setText(counted(len(self.hub.annotations), "annotation"))
        name = self.hub.project.undo_name
        self.status.undo.setText(f"Undo: {name}" if name else "")

    def _show_place(self) -> None:
        number, total = self.article.place()
        place = f"¶ {number:,} of {total:,}" if total else ""
        self.status.place.setText(" · ".join(filter(None, (place, self._away()))))

    def _away(self) -> str:
        """Where the focused span is, if none of it is in view."""
        focused = self.hub.focused
        if focused is None:
            return ""
        seen = self.article.view.visible_span()
        if focused.envelope.end <= seen.start:
            return "span above ↑"
        return "span below ↓" if focused.envelope.start >= seen.end else ""
