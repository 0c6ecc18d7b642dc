"""Work aside: what it tells, how it ends, and what a bug in it comes to."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.transfer import Progress
from annotator.ui.agreement.aside import Aside

Steps = Generator[Progress, None, str]


def counting(end: Exception | None = None) -> Steps:
    for number in range(3):
        yield Progress(number, 3, "Counting")
    if end is not None:
        raise end
    return "three"


def endless() -> Steps:
    while True:
        yield Progress(0, 1, "Turning")


def test_what_it_tells_comes_in_order(qtbot: QtBot) -> None:
    told: list[object] = []
    aside = Aside(parent := QObject())
    aside.start(counting, done=told.append, failed=print, tell=told.append)
    qtbot.waitUntil(lambda: not aside.busy)
    assert told[-1] == "three"
    aside.start(endless, done=print, failed=print, tell=told.append)
    qtbot.waitUntil(lambda: told[-1] == Progress(0, 1, "Turning"))
    aside.start(lambda: counting(UserError("No.")), done=print, failed=told.append)
    qtbot.waitUntil(lambda: not aside.busy)
    assert "No." in told
    assert parent is not None


def test_a_bug_in_it_is_raised_where_it_is_seen(qtbot: QtBot) -> None:
    aside = Aside(parent := QObject())
    aside.start(lambda: counting(RuntimeError("broken")), done=print, failed=print)
    aside._timer.stop()

    def look() -> None:
        while True:
            aside._on_look()

    with pytest.raises(RuntimeError, match="broken"):
        look()
    assert not aside.busy
    assert parent is not None
