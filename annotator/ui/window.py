"""The main window: the start page or an open project, and what the table of actions asks of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
)

from annotator.project import Project
from annotator.settings import LARGEST_TEXT, SMALLEST_TEXT, USUAL_TEXT, Settings, ThemeChoice
from annotator.ui.actions import table
from annotator.ui.bench import Bench
from annotator.ui.desk import Desk
from annotator.ui.doors import Doors
from annotator.ui.keys import foreign, press
from annotator.ui.keysheet import KeySheet
from annotator.ui.menu import MainMenu
from annotator.ui.projects import TITLE, Projects, passing
from annotator.ui.startpage import StartPage
from annotator.ui.stylesheet import stylesheet
from annotator.ui.text_keys import TextKeys
from annotator.ui.theme import Theme, theme_name

SMALLEST_WINDOW = (860, 560)


class Window(QMainWindow):
    """`keep` stores changed settings; None where nothing is to be remembered."""

    settings: Settings
    bench: Bench | None
    theme: Theme

    def __init__(
        self, doors: Doors, settings: Settings, keep: Callable[[Settings], object] | None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.bench = None
        self.projects = Projects(self, doors)
        self._keep = keep
        self._menu = MainMenu(self)
        self._keys = table.by_key(in_text=False)
        self._text_keys = TextKeys(self)
        self._stack = QStackedWidget(self)
        self._dress()
        self._start = StartPage(self.theme, self)
        self._stack.addWidget(self._start)
        self.setCentralWidget(self._stack)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.setAcceptDrops(True)
        self._connect()
        self.show_start()

    @property
    def desk(self) -> Desk:
        """The gestures on the open article; only while a project is open."""
        assert self.bench is not None
        return self.bench.desk

    # Projects

    def take_project(self, project: Project) -> None:
        """Show an open project in place of the one that is open."""
        self.let_go()
        bench = Bench(project, self.theme, lambda: self.settings, self._menu.menu, self)
        self.bench = bench
        self._stack.addWidget(bench)
        self._stack.setCurrentWidget(bench)
        bench.topbar.person_clicked.connect(self.projects.ask_person)
        bench.topbar.keys_clicked.connect(self.show_keys)
        bench.import_clicked.connect(self.projects.ask_import)
        bench.status.snap_clicked.connect(self.switch_snap)
        bench.status.size_clicked.connect(lambda: self.change_text_size(0))
        bench.article.view.installEventFilter(self._text_keys)
        sizes = self.settings.panes
        bench.panes.setSizes(list(sizes) if len(sizes) == 3 else bench.usual_panes(self.width()))
        bench.open_first(self.settings.place(project.path))
        self.setWindowTitle(f"{project.path.name} – {TITLE}")
        if not passing(project.path):
            self.remember(self.settings.with_recent(project.path))

    def let_go(self) -> None:
        """Close the project that is open, if one is; remember where it was."""
        bench, self.bench = self.bench, None
        if bench is None:
            return
        settings = replace(self.settings, panes=tuple(bench.panes.sizes()))
        place = bench.place()
        if place is not None and not passing(bench.hub.project.path):
            settings = settings.with_place(bench.hub.project.path, place)
        self.remember(settings)
        bench.article.view.removeEventFilter(self._text_keys)
        bench.close_project()
        self._stack.removeWidget(bench)
        bench.deleteLater()

    def show_start(self) -> None:
        """Show the start page."""
        self.setWindowTitle(TITLE)
        self._start.show_recent(self.settings.recent)
        self._stack.setCurrentWidget(self._start)
        if self._start.first is not None:
            self._start.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the actions ask for

    def undo(self) -> None:
        """Take the last edit back."""
        if self.bench is not None:
            self.desk.leave()
            self.bench.hub.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self.bench is not None:
            self.desk.leave()
            self.bench.hub.redo()

    def done_next(self) -> None:
        """Say that the article is done, and open the next one."""
        if self.bench is not None:
            self.bench.done_next()

    def step_article(self, step: int) -> None:
        """Open another article of the list."""
        if self.bench is not None:
            self.bench.step_article(step)

    def search(self) -> None:
        """Go to the search box."""
        if self.bench is not None:
            self.bench.documents.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bench.documents.search.selectAll()

    def next_pane(self) -> None:
        """Give the focus to the next pane."""
        if self.bench is not None:
            self.bench.next_pane()

    def escape(self) -> None:
        """Leave a mode while in the text, else return to it."""
        if self.bench is None:
            return
        view = self.bench.article.view
        if view.hasFocus():
            self.desk.escape()
        else:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def change_text_size(self, step: int) -> None:
        """Make the article's letters larger or smaller by so many pixels; 0 is the usual size."""
        size = self.settings.text_size + step if step else USUAL_TEXT
        self._change(text_size=min(max(size, SMALLEST_TEXT), LARGEST_TEXT))
        if self.bench is not None:
            self.bench.article.set_theme(self.theme)

    def set_layout(self, layout: str) -> None:
        """Show the reading layout or the raw lines."""
        self._change(layout=layout)
        if self.bench is not None:
            self.bench.article.show_layout()

    def switch_layout(self) -> None:
        """Show the other layout."""
        self.set_layout("raw" if self.settings.layout == "reading" else "reading")

    def switch_snap(self) -> None:
        """Let selections grow to whole words, or leave them."""
        self._change(snap="characters" if self.settings.snap == "words" else "words")

    def switch_plain_keys(self) -> None:
        """Let letters and digits act in the text, or not."""
        self._change(plain_keys=not self.settings.plain_keys)

    def set_theme(self, theme: ThemeChoice) -> None:
        """Choose a theme."""
        self._change(theme=theme)
        self._dress()

    def show_menu(self) -> None:
        """Open the menu."""
        if self.bench is not None:
            self.bench.topbar.menu_button.showMenu()
        else:
            self._menu.menu.popup(self.mapToGlobal(self.rect().topLeft()))

    def show_keys(self) -> None:
        """Show the sheet of keys."""
        sheet = KeySheet(self.theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    # Settings and looks

    def _change(self, **fields: Any) -> None:
        self.remember(replace(self.settings, **fields))
        if self.bench is not None:
            self.bench.show_settings()

    def remember(self, settings: Settings) -> None:
        """Take these settings, and store them."""
        self.settings = settings
        if self._keep is not None:
            self._keep(settings)

    def _dress(self) -> None:
        """Put on the theme that the settings, or the system, ask for."""
        self.theme = Theme.load(theme_name(self.settings.theme))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self.theme.palette())
        app.setFont(self.theme.font("sans", self.theme.px("size", "ui")))
        app.setStyleSheet(stylesheet(self.theme))
        if self.bench is not None:
            self.bench.set_theme(self.theme)

    def _connect(self) -> None:
        self._start.sample_clicked.connect(self.projects.open_sample)
        self._start.new_clicked.connect(self.projects.ask_new)
        self._start.open_clicked.connect(self.projects.ask_open)
        self._start.recent_clicked.connect(lambda name: self.projects.open(Path(name)))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def _on_system_changed(self) -> None:
        if self.settings.theme == "system":
            # The new palette is only complete after this notice.
            QTimer.singleShot(0, self, self._dress)

    # Qt's own

    def restore(self) -> None:
        """Take the place on the screen that the window had last time."""
        geometry = QByteArray.fromBase64(self.settings.geometry.encode("ascii", "ignore"))
        self.restoreGeometry(geometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = press(event)
        row = self._keys.get(pressed.name)
        if pressed.name == "Esc":
            self.escape()
        elif row is not None and foreign(event):
            self._menu.run(row)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.change_text_size(1 if turned > 0 else -1)
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
