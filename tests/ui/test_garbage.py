"""Garbage: not looked for while somebody types, and all gone after a long pause."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.garbage import REST, Garbage
from annotator.ui.keys.keyboard import AnyKeyboard
from annotator.ui.window import Window


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Knot:
    """What only a round of the collector takes away."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def garbage(clock: Clock, qtbot: QtBot) -> Iterator[Garbage]:
    del qtbot  # there has to be an application
    made = Garbage(clock=clock)
    made._timer.stop()
    yield made
    made.close()
    gc.unfreeze()


def rounds() -> list[int]:
    """How often each generation was gone through."""
    return [each["collections"] for each in gc.get_stats()]


def test_nothing_is_sought_until_the_first_pause(garbage: Garbage) -> None:
    assert not gc.isenabled()
    before = rounds()
    garbage.look()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert rounds()[2] == before[2]


def test_a_full_round_waits_for_a_pause(garbage: Garbage) -> None:
    garbage.look()
    before = rounds()
    kept = [[each] for each in range(200_000)]
    assert rounds()[0] > before[0]
    assert rounds()[2] == before[2]
    garbage.look()
    assert rounds()[2] == before[2] + 1
    garbage.look()  # nothing was made meanwhile
    assert rounds()[2] == before[2] + 1
    assert len(kept) == 200_000


def test_a_long_pause_takes_what_was_kept_once(garbage: Garbage, clock: Clock) -> None:
    garbage.look()
    knot = Knot()
    seen = weakref.ref(knot)
    gc.freeze()
    del knot
    gc.collect()
    assert seen() is not None
    clock.now += REST
    garbage.look()
    assert seen() is None
    before = rounds()
    garbage.look()
    assert rounds()[2] == before[2]


def test_a_key_puts_it_off(garbage: Garbage, clock: Clock) -> None:
    garbage.look()
    clock.now += REST
    garbage.wait()
    assert garbage._timer.isActive()
    before = gc.get_freeze_count()
    garbage.look()
    assert gc.get_freeze_count() >= before  # nothing was thawed
    clock.now += REST
    garbage.look()
    assert garbage._rested


def test_python_decides_again_in_the_end(clock: Clock, qtbot: QtBot) -> None:
    del qtbot
    usual = gc.get_threshold()
    garbage = Garbage(clock=clock)
    assert gc.get_threshold() != usual
    garbage.close()
    assert gc.get_threshold() == usual
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_each_key_is_told_of(window: Window, qtbot: QtBot) -> None:
    parent = QObject()
    keyboard = AnyKeyboard(lambda _: False, parent)
    handle = window.windowHandle()
    keyboard._on_focus_window_changed(handle)
    with qtbot.waitSignal(keyboard.typed, timeout=1000):
        QTest.keyClick(handle, Qt.Key.Key_Right)
