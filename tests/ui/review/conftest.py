"""A window on a project in which annotators differ, in the Review perspective."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui.doors import Doors
from annotator.ui.review.perspective import Review
from annotator.ui.theme import load_fonts
from annotator.ui.window import Window
from tests.review_desk import Maker


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path / "project.db")


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, maker: Maker) -> Iterator[Callable[[], Review]]:
    """Opens the window on the made project, in the Review perspective, the text in focus."""
    qapp.setStyle("Fusion")
    load_fonts()
    windows: list[Window] = []

    def open_() -> Review:
        window = Window(Doors.usual(ExitStack()), Settings(theme="light"), None)
        windows.append(window)
        window.resize(1440, 900)
        window.take_project(Project.open(maker.path, who="rev"))
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        window.show_perspective("review")
        assert window.bench is not None
        review = cast("Review", window.bench.shown)
        review.take_focus()
        return review

    yield open_
    for each in windows:
        each.close()


@pytest.fixture
def five(maker: Maker) -> Maker:
    """One article with conflicts of several kinds between three, and something agreed on."""
    maker.write(Entity("e1", "Ministry"), Entity("e2", "Rebels", type="armed group"))
    actor: tuple[str, str, dict[str, Any]] = ("actor", "The ministry", {"entity": ["e1"]})
    rebels: tuple[str, str, dict[str, Any]] = ("actor", "The rebels", {"entity": ["e2"]})
    maker.add(
        1,
        ann=[
            *(actor, ("claim", "rebels shelled the town", {"certainty": "certain"}), rebels),
            *(("denial", "deny that they shelled the town", {}),),
            *(("casualty", "14 wounded 🙂", {"low": 14, "high": 14}),),
        ],
        bob=[
            *(actor, ("claim", "that rebels shelled the town", {"certainty": "probable"}), rebels),
            *(("claim", "deny that they shelled the town", {}),),
            *(("casualty", "14 wounded 🙂", {"low": 4, "high": 14}),),
        ],
        cem=[actor, ("claim", "rebels shelled", {}), rebels],
    )
    maker.link(1, "ann", "source", 1, 0)
    return maker
