"""The main window: the start page or an open project, and what the table of actions asks of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

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
    QFileDialog,
    QInputDialog,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
)

from annotator.core.errors import UserError
from annotator.project import Project
from annotator.settings import LARGEST_TEXT, SMALLEST_TEXT, USUAL_TEXT, Settings, ThemeChoice
from annotator.ui import actions
from annotator.ui.bench import Bench
from annotator.ui.desk import Desk
from annotator.ui.doors import Doors
from annotator.ui.jobs import Run, show_report
from annotator.ui.keys import foreign, press
from annotator.ui.keysheet import KeySheet
from annotator.ui.menu import MainMenu
from annotator.ui.startpage import StartPage
from annotator.ui.stylesheet import stylesheet
from annotator.ui.text_keys import TextKeys
from annotator.ui.theme import Theme, theme_name

if TYPE_CHECKING:
    from annotator.transfer import ImportReport

TITLE = "Annotator"
PROJECTS = "Projects (*.db);;All files (*)"
SMALLEST_WINDOW = (860, 560)


class Window(QMainWindow):
    """`keep` stores changed settings; None where nothing is to be remembered."""

    settings: Settings
    bench: Bench | None
    _theme: Theme

    def __init__(
        self, doors: Doors, settings: Settings, keep: Callable[[Settings], object] | None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.bench = None
        self.job: Run[ImportReport] | None = None
        self._doors = doors
        self._keep = keep
        self._menu = MainMenu(self)
        self._keys = actions.by_key(in_text=False)
        self._text_keys = TextKeys(self)
        self._stack = QStackedWidget(self)
        self._dress()
        self._start = StartPage(self._theme, self)
        self._stack.addWidget(self._start)
        self.setCentralWidget(self._stack)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.setAcceptDrops(True)
        self._connect()
        self._show_start()

    @property
    def desk(self) -> Desk:
        """The gestures on the open article; only while a project is open."""
        assert self.bench is not None
        return self.bench.desk

    # Projects

    def open_project(self, path: Path, *, who: str | None = None) -> bool:
        """Open a project in place of the one that is open; False, with the reason shown, if not.

        `who` works there; without it, who was chosen there last, else whom the project names.
        """
        who = who or self.settings.person(path)
        return self._attempt(lambda: self.take_project(self._doors.open(path, who)))

    def close_project(self) -> None:
        """Close the project and show the start page."""
        self._let_go()
        self._show_start()

    def open_sample(self) -> None:
        """Make the sample afresh and open it."""
        self._attempt(lambda: self.take_project(self._doors.open(self._doors.sample(), None)))

    def ask_open(self) -> None:
        """Ask for a project's file and open it."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a project", self._folder(), PROJECTS)
        if name:
            self.open_project(Path(name))

    def ask_new(self) -> None:
        """Ask for articles and for a new file, and begin a project with them."""
        names, _ = QFileDialog.getOpenFileNames(self, "Articles for a new project", self._folder())
        if names:
            self._new([Path(name) for name in names])

    def ask_import(self) -> None:
        """Ask for articles and bring them into the project."""
        if self.bench is None:
            return
        names, _ = QFileDialog.getOpenFileNames(self, "Import articles", self._folder())
        if names:
            self._import([Path(name) for name in names])

    def ask_person(self) -> None:
        """Ask who works from now on."""
        if self.bench is None:
            return
        project = self.bench.hub.project
        names = sorted({project.who, *(each.name for each in project.read.annotators())})
        name, chosen = QInputDialog.getItem(
            self, "Change person", "Who works from now on?", names, names.index(project.who)
        )
        self.bench.hub.focus(None)  # saves what is typed, as the work of whom it is
        if chosen and self._attempt(lambda: project.switch(name.strip())):
            self.bench.show_person()
            if not _passing(project.path):
                self._remember(self.settings.with_person(project.path, project.who))

    def _new(self, articles: Sequence[Path]) -> None:
        folder = str(articles[0].parent / "project.db")
        name, _ = QFileDialog.getSaveFileName(self, "Keep the new project as", folder, PROJECTS)
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".db")
            if self._attempt(lambda: self.take_project(self._doors.create(path))):
                self._import(articles)

    def _import(self, articles: Sequence[Path]) -> None:
        if self.bench is None:
            return
        project = self.bench.hub.project

        def work() -> None:
            job = self._doors.import_articles(project, articles)
            done = self._on_imported
            self.job = Run(job, "Importing articles", self, done=done, failed=self._tell)

        self._attempt(work)

    def _on_imported(self, report: "ImportReport") -> None:
        if self.bench is None:
            return
        # Another project brought it in: labels, entities and articles are all to be read anew.
        path, who = self.bench.hub.project.path, self.bench.hub.project.who
        self.bench.inspector.commit()  # later it would look like another program's work
        if self.open_project(path, who=who):
            self.bench.hub.said.emit(show_report(report, TITLE, self))

    def _tell(self, sentence: str) -> None:
        QMessageBox.warning(self, TITLE, sentence)

    def take_project(self, project: Project) -> None:
        """Show an open project in place of the one that is open."""
        self._let_go()
        bench = Bench(project, self._theme, lambda: self.settings, self._menu.menu, self)
        self.bench = bench
        self._stack.addWidget(bench)
        self._stack.setCurrentWidget(bench)
        bench.topbar.person_clicked.connect(self.ask_person)
        bench.topbar.keys_clicked.connect(self.show_keys)
        bench.import_clicked.connect(self.ask_import)
        bench.status.snap_clicked.connect(self.switch_snap)
        bench.status.size_clicked.connect(lambda: self.change_text_size(0))
        bench.article.view.installEventFilter(self._text_keys)
        sizes = self.settings.panes
        bench.panes.setSizes(list(sizes) if len(sizes) == 3 else bench.usual_panes(self.width()))
        bench.open_first(self.settings.place(project.path))
        self.setWindowTitle(f"{project.path.name} – {TITLE}")
        if not _passing(project.path):
            self._remember(self.settings.with_recent(project.path))

    def _let_go(self) -> None:
        bench, self.bench = self.bench, None
        if bench is None:
            return
        settings = replace(self.settings, panes=tuple(bench.panes.sizes()))
        place = bench.place()
        if place is not None and not _passing(bench.hub.project.path):
            settings = settings.with_place(bench.hub.project.path, place)
        self._remember(settings)
        bench.article.view.removeEventFilter(self._text_keys)
        bench.close_project()
        self._stack.removeWidget(bench)
        bench.deleteLater()

    def _show_start(self) -> None:
        self.setWindowTitle(TITLE)
        self._start.show_recent(self.settings.recent)
        self._stack.setCurrentWidget(self._start)
        if self._start.first is not None:
            self._start.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except UserError as error:
            self._tell(str(error))
            return False
        return True

    def _folder(self) -> str:
        recent = self.settings.recent
        return str(Path(recent[0]).parent) if recent else str(Path.home())

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
            self.bench.article.set_theme(self._theme)

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
        sheet = KeySheet(self._theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    # Settings and looks

    def _change(self, **fields: Any) -> None:
        self._remember(replace(self.settings, **fields))
        if self.bench is not None:
            self.bench.show_settings()

    def _remember(self, settings: Settings) -> None:
        self.settings = settings
        if self._keep is not None:
            self._keep(settings)

    def _dress(self) -> None:
        """Put on the theme that the settings, or the system, ask for."""
        self._theme = Theme.load(theme_name(self.settings.theme))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self._theme.palette())
        app.setFont(self._theme.font("sans", self._theme.px("size", "ui")))
        app.setStyleSheet(stylesheet(self._theme))
        if self.bench is not None:
            self.bench.set_theme(self._theme)

    def _connect(self) -> None:
        self._start.sample_clicked.connect(self.open_sample)
        self._start.new_clicked.connect(self.ask_new)
        self._start.open_clicked.connect(self.ask_open)
        self._start.recent_clicked.connect(lambda name: self.open_project(Path(name)))
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
            self.open_project(paths[0])
        elif self.bench is not None:
            self._import(paths)
        elif paths:
            self._new(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._remember(replace(self.settings, geometry=geometry))
        self._let_go()
        super().closeEvent(event)


def _passing(path: Path) -> bool:
    """Whether a file goes with the program, as the sample does, and so isn't to be remembered."""
    return path.resolve().is_relative_to(Path(gettempdir()).resolve())
