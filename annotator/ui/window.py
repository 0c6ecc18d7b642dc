"""The main window: the start page or an open project, and what the table of actions asks of it."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.query import Order
from annotator.project import Project
from annotator.settings import OFFERED, PerspectiveChoice, Place, Settings
from annotator.ui.bench import Bench
from annotator.ui.doors import Doors
from annotator.ui.gestures.desk import Desk
from annotator.ui.keys.press import press
from annotator.ui.keys.text_keys import TextKeys
from annotator.ui.menu import MainMenu
from annotator.ui.perspectives import Perspective
from annotator.ui.projects import TITLE, Projects, passing
from annotator.ui.reading.pane import ArticlePane
from annotator.ui.startpage import StartPage
from annotator.ui.stylesheet import stylesheet
from annotator.ui.theme import Theme, follow_system, interface_scale, theme_name

if TYPE_CHECKING:
    from annotator.ui.palette.palette import Palette

SMALLEST_WINDOW = (860, 560)
_MOTIONS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
"""Qt's own animations; nothing in the program moves by itself, whether the system asks or not."""


class Window(QMainWindow):
    """`keep` stores changed settings; None where nothing is to be remembered."""

    new_wanted: Signal = Signal()
    """A window beside this one is wanted."""
    closed = Signal()

    settings: Settings
    bench: Bench | None
    theme: Theme
    projects: Projects

    def __init__(
        self, doors: Doors, settings: Settings, keep: Callable[[Settings], object] | None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.bench = None
        self.projects = Projects(self, doors)
        self._keep = keep
        self.menu = MainMenu(self)
        self._palette: Palette | None = None
        self._text_keys = TextKeys(self)
        self._stack = QStackedWidget(self)
        self._start: StartPage | None = None
        self._dress()
        self.setCentralWidget(self._stack)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.setAcceptDrops(True)
        follow_system(self._on_system_changed)

    @property
    def desk(self) -> Desk:
        """The gestures on the open article; only while a project is open."""
        assert self.bench is not None
        return self.bench.desk

    @property
    def article(self) -> ArticlePane:
        """The pane of the article; only while a project is open."""
        assert self.bench is not None
        return self.bench.article

    # Projects

    def take_project(self, project: Project, place: Place | None = None) -> None:
        """Show an open project in place of the one that is open, at a place or where it was left.

        Where its first look at the file raises UserError, the one that is open stays.
        """
        try:
            bench = Bench(project, self.theme, lambda: self.settings, self.menu.menu)
        except UserError:
            project.close()
            raise
        self.let_go()
        bench.watch()  # what that saved is no other program's work
        self.bench = bench
        self._show_page(bench)
        bench.topbar.person_clicked.connect(self.projects.ask_person)
        bench.topbar.commands_clicked.connect(self.show_palette)
        bench.import_clicked.connect(self.projects.ask_import)
        bench.team.person_changed.connect(self.projects.keep_person)
        bench.hub.overtaken.connect(self.show_journal)
        bench.status.snap_clicked.connect(lambda: self.switch("snap"))
        bench.perspective_made.connect(self._on_perspective_made)
        bench.status.size_clicked.connect(lambda: self.step("text_size", 0))
        bench.inspector.guideline.unfolded.connect(lambda open_: self.change(guideline=open_))
        bench.article.view.installEventFilter(self._text_keys)
        bench.article.menu_asked.connect(self.show_text_menu)
        bench.article.popover.by_name_asked.connect(lambda: self.show_palette("#"))
        bench.panes.set_widths(self.settings.panes)
        bench.documents.set_order(self.settings.order(project.path))
        bench.documents.sorted_.connect(self._on_sorted)
        bench.open_first(place or self.settings.place(project.path))
        self.setWindowTitle(f"{project.path.name} – {TITLE}")
        if not passing(project.path):
            self.remember(self.settings.with_recent(project.path))

    def let_go(self) -> None:
        """Close the project that is open, if one is; remember where it was."""
        bench, self.bench = self.bench, None
        if bench is None:
            return
        settings = replace(self.settings, panes=bench.panes.widths())
        place = bench.place()
        if place is not None and not passing(bench.hub.project.path):
            settings = settings.with_place(bench.hub.project.path, place)
        self.remember(settings)
        if self._palette is not None:
            self._palette.leave()  # what it offers, and where it goes back to, goes with the bench
        bench.close_project()
        self._stack.removeWidget(bench)
        bench.deleteLater()

    def show_start(self) -> None:
        """Show the start page."""
        self.setWindowTitle(TITLE)
        start = StartPage(self.theme, self.settings.recent)
        start.sample_clicked.connect(self.projects.open_sample)
        start.new_clicked.connect(self.projects.ask_new)
        start.open_clicked.connect(self.projects.ask_open)
        start.recent_clicked.connect(lambda name: self.projects.open(Path(name)))
        self._show_page(start)
        self._start = start
        start.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, page: QWidget) -> None:
        """Show the bench or the start page; an old start page goes."""
        if self._start is not None:
            self._stack.removeWidget(self._start)
            self._start.deleteLater()
            self._start = None
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    # What the actions ask for

    def undo(self) -> None:
        """Take the last edit back."""
        if self.bench is not None:
            self.desk.leave()
            self.desk.hub.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self.bench is not None:
            self.desk.leave()
            self.desk.hub.redo()

    def show_perspective(self, name: PerspectiveChoice | None) -> None:
        """Show a perspective on the open project; None leaves the one that is shown."""
        if self.bench is not None and name is not None:
            self.bench.show_perspective(name)

    def step_article(self, step: int) -> None:
        """Open another article of the list."""
        if self.bench is not None:
            self.bench.shown.step_article(step)

    def search(self) -> None:
        """Go to the search box."""
        if self.bench is not None:
            self.bench.shown.search()

    def next_pane(self) -> None:
        """Give the focus to the next pane."""
        if self.bench is not None:
            self.bench.shown.next_pane()

    def escape(self) -> None:
        """Leave a mode while in the text, else return to it."""
        if self.bench is not None:
            self.bench.shown.escape()

    def show_menu(self) -> None:
        """Open the menu."""
        if self.bench is not None:
            self.bench.topbar.menu_button.showMenu()
        else:
            self.menu.menu.popup(self.mapToGlobal(self.rect().topLeft()))

    def show_text_menu(self, point: QPoint) -> None:
        """Open the menu of the article at a point of the screen."""
        from annotator.ui.text_menu import TextMenu  # noqa: PLC0415 - it is loaded when it is used

        TextMenu(self).popup(point)

    def show_keys(self) -> None:
        """Show the sheet of keys."""
        from annotator.ui.keys.sheet import KeySheet  # noqa: PLC0415 - it is loaded when it is used

        KeySheet(self.theme, self).open()

    def show_help(self) -> None:
        """Show the first steps, and what the labels of the open project mean."""
        from annotator.ui.help import Help  # noqa: PLC0415 - as above

        tagset = self.bench.hub.tagset if self.bench is not None else None
        page = Help(tagset, self.theme, self)
        page.keys_asked.connect(self.show_keys)
        page.open()

    def show_preferences(self) -> None:
        """Show the preferences."""
        from annotator.ui.preferences.dialog import PreferencesDialog  # noqa: PLC0415 - as above

        PreferencesDialog(self, self).open()

    def show_tagset(self) -> None:
        """Show the tag set, to be changed."""
        from annotator.ui.tagset.editor import TagsetEditor  # noqa: PLC0415 - as above

        if self.bench is not None:
            self.bench.commit()
            TagsetEditor(self.bench.hub, self.theme, self.bench).open()

    def show_journal(self, why: str = "") -> None:
        """Show the journal; with a reason, ask in it whether undo takes others' edits back too."""
        from annotator.ui.journal.dialog import JournalDialog  # noqa: PLC0415 - as above

        if self.bench is not None:
            self.bench.commit()
            shown = (each for each in self.bench.findChildren(JournalDialog) if each.isVisible())
            journal = next(shown, None) or JournalDialog(self.bench.hub, self.theme, self.bench)
            journal.show()
            journal.activateWindow()
            if why:
                journal.ask_undo(why)

    def show_palette(self, sign: str = "") -> None:
        """Show the command palette, narrowed to what a sign stands for."""
        from annotator.ui.palette.palette import Palette  # noqa: PLC0415 - as above

        if self._palette is None:
            self._palette = Palette(self)
        self._palette.start(sign)

    def run_key(self, name: str) -> bool:
        """Do what a key that acts anywhere does; False where it means nothing."""
        return self.menu.run_key(name)

    # Settings and looks

    def change(self, **fields: Any) -> None:
        """Take other values of some settings, show what they do, and store them."""
        self.remember(replace(self.settings, **fields))

    def switch(self, name: str) -> None:
        """Give a setting that has two values the other one."""
        self.remember(self.settings.switched(name))

    def step(self, name: str, by: int) -> None:
        """Go so many steps on in the values of a setting; 0 is the usual one."""
        self.remember(self.settings.stepped(name, by))

    def remember(self, settings: Settings) -> None:
        """Take these settings, and store them."""
        before, self.settings = self.settings, settings
        if self._keep is not None:
            self._keep(settings)
        self._show_settings(before)

    def take_settings(self, settings: Settings) -> None:
        """Take settings that another window changed and stored."""
        before, self.settings = self.settings, settings
        self._show_settings(before)

    def _show_settings(self, before: Settings) -> None:
        settings = self.settings
        names = (each.name for each in fields(Settings))
        other = {each for each in names if getattr(before, each) != getattr(settings, each)}
        if other & {"theme", "interface"}:
            self._dress()
        if self.bench is None:
            return
        if "interface" in other:
            self.projects.open_again()  # its distances and letters are set as it is built
            return
        if other & {"text_size", "column", "lines"}:
            self.bench.show_sizes()
        if "layout" in other:
            self.bench.show_layout()
        if other & {*OFFERED, "guideline"}:
            self.bench.show_settings()

    def _dress(self) -> None:
        """Put on the theme that the settings, or the system, ask for."""
        scale = interface_scale(self.settings.interface)
        self.theme = Theme.load(theme_name(self.settings.theme), scale=scale)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self.theme.palette())
        app.setFont(self.theme.font("sans", self.theme.px("size", "ui")))
        app.setStyleSheet(stylesheet(self.theme))
        for effect in _MOTIONS:
            app.setEffectEnabled(effect, enable=False)
        if self.bench is not None:
            self.bench.set_theme(self.theme)

    def _on_perspective_made(self, made: Perspective) -> None:
        """Letters act in its text as in the others'."""
        if made.text is not None:
            made.text.installEventFilter(self._text_keys)

    def _on_sorted(self, order: Order) -> None:
        if self.bench is not None:
            self.remember(self.settings.with_order(self.bench.hub.project.path, order))

    def _on_system_changed(self) -> None:
        if self.settings.theme == "system":
            # The new palette is only complete after this notice.
            QTimer.singleShot(0, self, self._dress)

    # Qt's own

    def restore(self) -> None:
        """Take the place on the screen that the window had last time."""
        geometry = QByteArray.fromBase64(self.settings.geometry.encode("ascii", "ignore"))
        self.restoreGeometry(geometry)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stack.count() == 0:
            self.show_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press(event).name == "Esc":
            self.escape()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.step("text_size", 1 if turned > 0 else -1)
        else:
            super().wheelEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if len(paths) == 1 and paths[0].suffix == ".db":
            self.projects.open(paths[0])
        elif paths:
            self.projects.take_in(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.remember(replace(self.settings, geometry=geometry))
        self.let_go()
        super().closeEvent(event)
        self.closed.emit()
