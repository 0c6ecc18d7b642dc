"""A window on a project with a ledger, in the Ledger perspective."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.formats.base import Source
from annotator.project import Project
from annotator.settings import Settings
from annotator.transfer import finish, import_sources
from annotator.ui.doors import Doors
from annotator.ui.ledger.perspective import LedgerPage
from annotator.ui.theme import load_fonts
from annotator.ui.window import Window
from tests.review_desk import Maker

Opened = Callable[..., LedgerPage]


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """What makes articles by hand."""
    return Maker(tmp_path / "project.db")


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication) -> Iterator[Opened]:
    """Opens the window on a project, in the Ledger perspective, and waits until all is read."""
    qapp.setStyle("Fusion")
    load_fonts()
    windows: list[Window] = []

    def open_(path: Path, **settings: Any) -> LedgerPage:
        window = Window(Doors.usual(ExitStack()), Settings(**{"theme": "light", **settings}), None)
        windows.append(window)
        window.resize(1440, 900)
        window.take_project(Project.open(path, who="ann"))
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        window.show_perspective("ledger")
        assert window.bench is not None
        page = cast("LedgerPage", window.bench.shown)
        qtbot.waitUntil(lambda: not page.accounts.busy)
        return page

    yield open_
    for each in windows:
        each.close()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A project with the sample's gold."""
    path = tmp_path / "sample.db"
    gold = paths.resources() / "sample" / "gold.jsonl"
    with Project.create(path, who="ann") as project:
        finish(import_sources(project, [Source(gold.name, gold)]))
    return path


@pytest.fixture
def ledger(opened: Opened, sample: Path) -> LedgerPage:
    """The ledger of the sample's gold."""
    return opened(sample)
