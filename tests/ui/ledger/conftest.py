"""A window on a project with a ledger, in the Ledger perspective."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import finish, import_sources
from annotator.ui.ledger.perspective import LedgerPage
from annotator.ui.window import Window

Opened = Callable[..., LedgerPage]


@pytest.fixture
def opened(qtbot: QtBot, windowed: Callable[..., Window]) -> Opened:
    """Opens the window on a project, in the Ledger perspective, and waits until all is read."""

    def open_(path: Path, **settings: Any) -> LedgerPage:
        window = windowed(Project.open(path, who="ann"), **settings)
        window.show_perspective("ledger")
        assert window.bench is not None
        page = cast("LedgerPage", window.bench.shown)
        qtbot.waitUntil(lambda: not page.accounts.busy)
        return page

    return open_


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
