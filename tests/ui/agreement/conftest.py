"""A window on the sample, or on a project of one's own, in the Agreement perspective."""

from collections.abc import Callable
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from annotator import sample
from annotator.project import Project
from annotator.ui.agreement.perspective import Agreement
from annotator.ui.window import Window
from tests.review_desk import Maker


@pytest.fixture
def opened(qtbot: QtBot, windowed: Callable[..., Window], maker: Maker) -> Callable[[], Agreement]:
    """Opens the window on the made project, in the Agreement perspective, all computed."""

    def open_() -> Agreement:
        window = windowed(Project.open(maker.path, who="ann"))
        window.show_perspective("agreement")
        assert window.bench is not None
        shown = cast("Agreement", window.bench.shown)
        qtbot.waitUntil(lambda: not shown.figuring.busy, timeout=20_000)
        return shown

    return open_


@pytest.fixture
def three(maker: Maker) -> Maker:
    """Three articles by two people who differ in a label, in an edge, and in what is there."""
    for number in (1, 2, 3):
        maker.add(
            number,
            ann=[
                ("actor", "The ministry", {}),
                ("claim", "rebels shelled the town", {}),
                ("denial", "deny that they shelled the town", {}),
            ],
            bob=[
                ("actor", "The ministry", {}),
                ("claim", "that rebels shelled the town", {}),
                ("claim", "deny that they shelled the town", {}),
                ("casualty", "Two soldiers", {}),
            ],
        )
    return maker


@pytest.fixture
def sampled(maker: Maker) -> Maker:
    """The sample."""
    sample.build(maker.path, force=True)
    return maker
