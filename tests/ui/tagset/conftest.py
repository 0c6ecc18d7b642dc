"""The tag set editor on the sample article with its gold annotations, and on sixty labels."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.tagset import PATTERNS, Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.project import Project
from annotator.ui.hub import Hub
from annotator.ui.stylesheet import stylesheet
from annotator.ui.tagset.editor import TagsetEditor
from annotator.ui.theme import Theme, load_fonts
from tests.ui.panels.conftest import gold_project

Open = Callable[[Project], TagsetEditor]


def sixty() -> Tagset:
    """Sixty labels in all patterns, nine of them with keys."""
    kind = Attribute("kind", "choice", ("a", "b"))
    labels = tuple(
        Label(
            *(f"label {number}", f"Label number {number}", str(number) if number < 10 else ""),
            *(f"#{number * 277_777:06x}", PATTERNS[number % 6]),
            attributes=(kind,),
        )
        for number in range(1, 61)
    )
    return Tagset("sixty", 1, labels, (RelationType("r", "", "R", ("label 1",), ("label 2",)),))


@pytest.fixture
def edit(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    """Opens the editor on a project, in a window that is there."""
    load_fonts()
    qapp.setStyle("Fusion")
    theme = Theme.load("light")
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(stylesheet(theme))
    window.resize(1440, 900)
    window.show()
    hubs: list[Hub] = []

    def open_(project: Project) -> TagsetEditor:
        hubs.append(Hub(project))
        editor = TagsetEditor(hubs[-1], theme, window)
        editor.open()
        qtbot.waitExposed(editor)
        editor.activateWindow()
        return editor

    yield open_
    for hub in hubs:
        hub.close()
        hub.project.close()


@pytest.fixture
def editor(edit: Open, tmp_path: Path) -> TagsetEditor:
    """The editor on gold's work, which is Ann's."""
    return edit(gold_project(tmp_path / "project.db"))


@pytest.fixture
def many(edit: Open, tmp_path: Path) -> TagsetEditor:
    """The editor on sixty labels."""
    return edit(Project.create(tmp_path / "sixty.db", who="ann", tagset=dumps(sixty())))
