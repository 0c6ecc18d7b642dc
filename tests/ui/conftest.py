"""A window on a small project, for tests of the user interface."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.edits import Edit, inserted
from annotator.core.ids import new_id
from annotator.core.model import Document, Entity
from annotator.core.text import sha256
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.doors import Doors
from annotator.ui.theme import load_fonts
from annotator.ui.window import Window
from tests.review_desk import Maker

TEXT = (
    "The ministry says that rebels shelled the town.\n\n"
    "The rebels deny that they shelled the town.\n\n"
    "Two soldiers were killed and 14 wounded 🙂 on Monday."
)


def document(number: int, text: str = TEXT, title: str = "") -> Document:
    """An article whose id sorts by its number."""
    name = title or f"Article {number}"
    meta = {"file": f"{number}.txt"}
    ident = new_id(1_700_000_000_000 + number)
    words = f"{text}\n\nNumber {number}."
    return Document(ident, name, words, sha256(words), language="en", meta=meta)


@pytest.fixture(autouse=True)
def _swept(qapp: QApplication) -> Iterator[None]:
    """Leave no widget to the next test, which would dress it in its style sheet too."""
    yield
    for each in QApplication.topLevelWidgets():
        each.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of three articles and one entity; the window closes it, or the test's end."""
    with Project.create(tmp_path / "project.db", who="ann") as made:
        documents = [document(number) for number in range(1, 4)]
        entity = Entity("entity-1", "Ministry of Defence", side="A")
        made.apply(Edit("import articles", inserted([*documents, entity])))
    return Project.open(tmp_path / "project.db", who="ann")


@pytest.fixture
def windowed(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Window]]:
    """Shows a project in a window of its own, with some settings, until the test's end."""
    qapp.setStyle("Fusion")
    load_fonts()
    windows: list[Window] = []

    def show(project: Project, **settings: Any) -> Window:
        made = Window(Doors.usual(ExitStack()), Settings(**{"theme": "light", **settings}), None)
        windows.append(made)
        made.resize(1440, 900)
        made.take_project(project)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        return made

    yield show
    for each in windows:
        each.close()


@pytest.fixture
def window(windowed: Callable[..., Window], project: Project) -> Window:
    """The window with the project's first article open and the text in focus."""
    made = windowed(project)
    assert made.bench is not None
    made.bench.article.view.setFocus()
    return made


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """Makes a project that annotators differ in."""
    return Maker(tmp_path / "project.db")
