"""An open project in the window: the bars, and between them the perspectives on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.span import Span
from annotator.project import Project
from annotator.settings import PerspectiveChoice, Place, Settings
from annotator.ui.annotate import Annotate
from annotator.ui.gestures.desk import Desk
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run, as_job
from annotator.ui.panels.picked import Picked
from annotator.ui.perspectives import ENTRIES, Perspective
from annotator.ui.statusbar import StatusBar
from annotator.ui.suggestions.assistant import Assistant
from annotator.ui.team.remarks import Remarks
from annotator.ui.team.team import Team
from annotator.ui.theme import Theme
from annotator.ui.topbar import TopBar
from annotator.ui.worktime import WorkTime

if TYPE_CHECKING:
    from annotator.core.steps import Counted

LOOK = 1_000
"""Milliseconds between two looks for what another program wrote to the file."""


class Bench(QWidget):
    """The widgets around one hub. `documents`, `article` and `inspector` are `annotate`'s."""

    import_clicked = Signal()
    perspective_made = Signal(object)
    """A Perspective is shown for the first time."""

    def __init__(
        self,
        project: Project,
        theme: Theme,
        settings: Callable[[], Settings],
        menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.theme = theme
        project.file.hold()
        self.hub = Hub(project, self)
        self.topbar = TopBar(menu, theme, self)
        self.status = StatusBar(theme, self)
        self.annotate = Annotate(self.hub, theme, settings, self)
        self.documents = self.annotate.documents
        self.article = self.annotate.article
        self.inspector = self.annotate.inspector
        self.panes = self.annotate.panes
        self.shown: Perspective = self.annotate
        self._made: list[Perspective] = []
        self._pages = QStackedWidget(self)
        self.picked = Picked(self.hub, self.documents, self.commit, lambda: self.theme, self)
        selected = self.documents.selected
        self.team = Team(self.hub, selected, self.commit, lambda: self.theme, self)
        row, next_up = self.documents.current_row, self.annotate.next_up
        self.assistant = Assistant(self.hub, next_up, row, lambda: self.theme, self)
        self.remarks = Remarks(project.file.remarks, theme, self)
        self.worktime = WorkTime(self.hub, lambda: settings().minutes, self)
        self.job: Run[Any] | None = None
        self.hub.run_long = self._run_long
        self._build()
        self._connect()
        self.status.set_read_only(project.read_only)
        self._show_all()

    # Perspectives

    @property
    def desk(self) -> Desk:
        """The gestures on the article that is shown; on the Annotate perspective's, else."""
        return self.shown.desk or self.annotate.desk

    def show_perspective(self, name: PerspectiveChoice) -> None:
        """Show a perspective; it is made where it wasn't shown yet."""
        if name == self.shown.name:
            self.shown.take_focus()
            return
        before = self.shown
        before.leave()
        entry = next(each for each in ENTRIES if each.name == name)
        known = next((each for each in self._made if each.name == name), None)
        self.shown = known or self._take_in(entry.make(self))
        self._pages.setCurrentWidget(self.shown)
        self.topbar.switch.choose(name)
        self.shown.enter(before.document)
        self._show_standing()

    def _take_in(self, made: Perspective) -> Perspective:
        """Put a new perspective among the pages, and follow it."""
        self._made.append(made)
        self._pages.addWidget(made)
        made.told.connect(self._on_told)
        made.article_wanted.connect(self._on_article_wanted)
        made.place_wanted.connect(self._on_place_wanted)
        made.show_settings()
        self.perspective_made.emit(made)
        return made

    def close_project(self) -> None:
        """Stop listening and close the file."""
        self.commit()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.worktime.close()
        self.assistant.close()
        for each in self._made:
            each.close_project()
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
        for each in self._made:
            each.commit()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.theme = theme
        for each in self._made:
            each.set_theme(theme)
        self.status.set_theme(theme)

    def show_sizes(self) -> None:
        """Show articles in the sizes that the settings have."""
        for each in self._made:
            each.show_sizes()

    def show_layout(self) -> None:
        """Show articles in the layout that the settings have."""
        for each in self._made:
            each.show_layout()

    def show_settings(self) -> None:
        """Show the settings that the status bar names."""
        settings = self.settings()
        snap = "Snap to words" if settings.snap == "words" else "Snap to characters"
        self.status.snap.setText(snap)
        self.status.size_.setText(f"{settings.text_size} px")
        self.status.size_.setAccessibleName(f"Text size: {settings.text_size} px")
        for each in self._made:
            each.show_settings()

    def show_person(self) -> None:
        """Show whose work this is, after another person took over."""
        document = self.hub.document
        self.hub.open_document(document.id if document else None)
        self.hub.reread.emit()
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

        self.commit()
        RegisterDialog(self.hub, self.theme, self).open()

    def show_review_rules(self) -> None:
        """Show what a review takes without asking, to be changed."""
        from annotator.ui.review.rules_dialog import RulesDialog  # noqa: PLC0415 - as above

        RulesDialog(self.hub, self).open()

    def open_first(self, place: Place | None = None) -> None:
        """Open the article where the user was, in the same perspective, else the first one."""
        self.annotate.open_first(place)
        if place is None or place.perspective == self.shown.name:
            self.shown.take_focus()
        else:
            self.show_perspective(place.perspective)

    def open_document(self, document: str) -> None:
        """Show an article in the perspective that is shown."""
        self.shown.open_document(document)

    def place(self) -> Place | None:
        """Where the user is, to come back to it."""
        place = self.annotate.place()
        return replace(place, perspective=self.shown.name) if place is not None else None

    def _build(self) -> None:
        self._take_in(self.annotate)
        self.topbar.switch.offer([(each.name, each.title, each.key) for each in ENTRIES])
        self.topbar.switch.choose(self.shown.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.topbar)
        layout.addWidget(self.remarks)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        hub = self.hub
        hub.changed.connect(self._on_changed)
        hub.document_opened.connect(self._on_document_opened)
        hub.looked.connect(self._on_looked)
        hub.stepped.connect(self._on_stepped)
        for happened in (hub.changed, hub.focus_moved, hub.document_opened, self.desk.mode_changed):
            happened.connect(self._hush)
        self._look = QTimer(self)
        self._look.timeout.connect(hub.look)
        self._look.start(LOOK)
        hub.said.connect(self.status.say)
        hub.failed.connect(self.status.set_failure)
        for note in (self.inspector.card.note, self.documents.note.note):
            note.waits.connect(self.status.set_waits)
        self.topbar.perspective_clicked.connect(self.show_perspective)
        self.team.person_changed.connect(self.show_person)
        self.worktime.noted.connect(lambda: self.article.show_minutes(self.worktime.minutes))
        self.annotate.import_clicked.connect(self.import_clicked)
        after = [self.status.snap, self.status.size_]
        self.inspector.set_neighbours([self.article.view], after)

    def _run_long(
        self, work: "Counted[Any]", total: int, title: str, done: Callable[[Any], object]
    ) -> None:
        job = as_job(work, total, title)
        self.job = Run(job, title, self, done=done, failed=self.hub.said.emit)

    def _on_told(self) -> None:
        if self.sender() is self.shown:
            self._show_standing()

    def _on_article_wanted(self, document: str, annotation: str) -> None:
        self.show_perspective("annotate")
        self.annotate.open_document(document)
        if annotation:
            self.hub.focus(annotation)
            if self.hub.focused is None:
                self._select_foreign(annotation)

    def _select_foreign(self, annotation: str) -> None:
        """Select the words of an annotation that isn't of the layer that is shown."""
        found = self.hub.project.read.annotation(annotation)
        if found is None:
            self.hub.said.emit("This annotation is gone by now.")
        else:
            self.annotate.article.view.select(found.envelope)

    def _on_place_wanted(self, document: str, annotations: Sequence[str], span: Span) -> None:
        self.show_perspective("review")
        if not self.shown.open_place(document, annotations):
            own = next((each for each in annotations if self.hub.project.read.annotation(each)), "")
            self._on_article_wanted(document, own)
            self.hub.shown.emit(span)

    def _on_changed(self, _edit: object) -> None:
        self.status.set_failure("")
        self._show_undo()

    def _on_document_opened(self) -> None:
        self._show_all()

    def _on_stepped(self, edit: Edit) -> None:
        self.shown.show_stepped(edit)

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
        self._show_undo()
        self._show_standing()

    def _show_undo(self) -> None:
        name = self.hub.project.undo_name
        self.status.undo.setText(f"Undo: {name}" if name else "")

    def _show_standing(self) -> None:
        standing = self.shown.standing
        self.status.count.setText(standing.count)
        self.status.place.setText(standing.place)
        self.status.set_mode(standing.mode)
        self.worktime.turn_to(self.shown.work)
