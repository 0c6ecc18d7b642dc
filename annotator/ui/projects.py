"""Opening, beginning and closing projects, bringing articles in, and who works on them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox

from annotator.core.errors import UserError
from annotator.decode import is_sure
from annotator.ui.doors import Doors
from annotator.ui.exchange.summary import show_import
from annotator.ui.jobs import Run

if TYPE_CHECKING:
    from annotator.formats.base import Source
    from annotator.transfer import ImportReport, Wishes
    from annotator.ui.window import Window

TITLE = "Annotator"
PROJECTS = "Projects (*.db);;All files (*)"


class Projects(QObject):
    """What a window does about project files; it asks where something is to be chosen."""

    def __init__(self, window: "Window", doors: Doors) -> None:
        super().__init__(window)
        self.job: Run[ImportReport] | None = None
        self._window = window
        self._doors = doors

    def open(self, path: Path, *, who: str | None = None) -> bool:
        """Open a project in place of the one that is open; False, with the reason shown, if not.

        `who` works there; without it, who was chosen there last, else whom the project names. A
        window that shows this file already comes to the front instead.
        """
        if (other := self._shown_in(path)) is not None:
            other.raise_()
            other.activateWindow()
            return True
        who = who or self._window.settings.person(path)
        return self._attempt(lambda: self._window.take_project(self._doors.open(path, who)))

    def open_again(self) -> bool:
        """Open the project anew at its place: all is read and built afresh."""
        bench = self._window.bench
        if bench is None:
            return False
        path, who, place = bench.hub.project.path, bench.hub.project.who, bench.place()
        bench.inspector.commit()  # later it would look like another program's work
        return self._attempt(lambda: self._window.take_project(self._doors.open(path, who), place))

    def close(self) -> None:
        """Close the project and show the start page."""
        self._window.let_go()
        self._window.show_start()

    def open_sample(self) -> None:
        """Make the sample afresh and open it."""
        self._attempt(
            lambda: self._window.take_project(self._doors.open(self._doors.sample(), None))
        )

    def ask_open(self) -> None:
        """Ask for a project's file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a project", self._folder(), PROJECTS
        )
        if name:
            self.open(Path(name))

    def ask_new(self) -> None:
        """Ask for articles and for a new file, and begin a project with them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Articles for a new project", self._folder()
        )
        if names:
            self._new([Path(name) for name in names])

    def ask_import(self) -> None:
        """Ask for articles and bring them into the project."""
        if self._window.bench is None:
            return
        names, _ = QFileDialog.getOpenFileNames(self._window, "Import articles", self._folder())
        if names:
            self.bring([Path(name) for name in names])

    def ask_import_folder(self) -> None:
        """Ask for a folder of articles and bring them into the project."""
        if self._window.bench is None:
            return
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder", self._folder())
        if name:
            self.bring([Path(name)])

    def bring(self, paths: Sequence[Path]) -> None:
        """Bring files and folders into the project; ask how, unless all are plain text.

        A text in an encoding that must be guessed is asked about, so that a wrong guess is seen.
        """
        bench = self._window.bench
        if bench is None:
            return
        try:
            found = self._doors.sources(bench.hub.project, paths)
        except UserError as error:
            self._tell(str(error))
            return
        if all(_is_plain(each) for each in found):
            self._import(paths)
            return
        from annotator.ui.exchange.import_dialog import ImportDialog  # noqa: PLC0415 - loaded when it is used

        bench.commit()
        dialog = ImportDialog(bench.hub, found, self._window.theme, bench)
        dialog.wished.connect(lambda wishes: self._import(paths, wishes))
        dialog.open()

    def ask_person(self) -> None:
        """Ask who works from now on."""
        if self._window.bench is None:
            return
        project = self._window.bench.hub.project
        names = sorted({project.who, *(each.name for each in project.read.annotators())})
        name, chosen = QInputDialog.getItem(
            self._window, "Change person", "Who works from now on?", names, names.index(project.who)
        )
        self._window.bench.hub.focus(None)  # saves what is typed, as the work of whom it is
        if chosen and self._attempt(lambda: project.switch(name.strip())):
            self._window.bench.show_person()
            self.keep_person()

    def keep_person(self) -> None:
        """Remember who works on the open project."""
        if self._window.bench is None:
            return
        project = self._window.bench.hub.project
        if not passing(project.path):
            self._window.remember(self._window.settings.with_person(project.path, project.who))

    def _new(self, articles: Sequence[Path]) -> None:
        folder = str(articles[0].parent / "project.db")
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Keep the new project as", folder, PROJECTS
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".db")
            if self._attempt(lambda: self._window.take_project(self._doors.create(path))):
                self.bring(articles)

    def _import(self, articles: Sequence[Path], wishes: "Wishes | None" = None) -> None:
        bench = self._window.bench
        if bench is None:
            return

        def work() -> None:
            job = self._doors.import_articles(bench.hub.project, articles, wishes)
            done = self._on_imported
            self.job = Run(job, "Importing articles", self._window, done=done, failed=failed)
            bench.watch(on=False)

        def failed(sentence: str) -> None:
            bench.watch()
            self._tell(sentence)

        self._attempt(work)

    def _on_imported(self, report: "ImportReport") -> None:
        # Another project brought it in: labels, entities and articles are all to be read anew.
        again, bench = self.open_again(), self._window.bench
        if again and bench is not None:
            bench.hub.said.emit(show_import(report, self._window))
        elif bench is not None:
            bench.watch()

    def take_in(self, articles: Sequence[Path]) -> None:
        """Bring articles into the open project, or begin a new one with them."""
        if self._window.bench is not None:
            self.bring(articles)
        else:
            self._new(articles)

    def _shown_in(self, path: Path) -> "Window | None":
        """Another window that shows the project of this file."""
        for each in QApplication.topLevelWidgets():
            if each is not self._window and isinstance(each, type(self._window)):
                project = each.bench.hub.project if each.bench is not None else None
                if project is not None and project.path.resolve() == path.resolve():
                    return each
        return None

    def _tell(self, sentence: str) -> None:
        QMessageBox.warning(self._window, TITLE, sentence)

    def _attempt(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except UserError as error:
            self._tell(str(error))
            return False
        return True

    def _folder(self) -> str:
        recent = self._window.settings.recent
        return str(Path(recent[0]).parent) if recent else str(Path.home())


def passing(path: Path) -> bool:
    """Whether a file goes with the program, as the sample does, and so isn't to be remembered."""
    return path.resolve().is_relative_to(Path(gettempdir()).resolve())


def _is_plain(source: "Source") -> bool:
    """Whether a file is text whose encoding its beginning leaves no doubt about."""
    if not source.name.lower().endswith(".txt"):
        return False
    try:
        return is_sure(source.head())
    except (OSError, UserError):
        return False  # the dialog says why it can't be read
