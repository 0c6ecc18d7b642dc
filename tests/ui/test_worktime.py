"""The time of work: counted while somebody works, noted without being in anybody's way."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from annotator.core import verbs
from annotator.core.errors import UserError
from annotator.core.span import Span
from annotator.ui.window import Window
from annotator.ui.worktime import IDLE, KEEP, WorkTime


class Clock:
    """A clock that stands until it is told, and whether time is to be noted."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.wanted = True

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worktime(window: Window, clock: Clock) -> Iterator[WorkTime]:
    """One that counts for the open article, by a clock of its own."""
    assert window.bench is not None
    bench = window.bench
    bench.worktime.close()
    made = WorkTime(bench.hub, lambda: clock.wanted, bench, clock)
    made._timer.stop()
    assert bench.hub.document is not None
    bench.hub.open_document(bench.hub.document.id)
    yield made
    made.close()


def work(worktime: WorkTime, clock: Clock, seconds: int, *, key: QWidget) -> None:
    """Press a key in a widget each 10 seconds for so long."""
    key.setFocus()
    for _ in range(seconds // 10):
        QTest.keyClick(key.window().windowHandle(), Qt.Key.Key_Right)
        clock.now += 10
        worktime.look()


def test_time_is_counted_while_somebody_works(
    window: Window, worktime: WorkTime, clock: Clock
) -> None:
    assert window.bench is not None
    bench = window.bench
    work(worktime, clock, 120, key=bench.article.view)
    assert worktime.minutes == 2
    clock.now += 10 * IDLE  # nobody is there
    worktime.look()
    assert worktime.minutes == 2
    assert bench.hub.layer is not None
    layer = bench.hub.layer.id
    first = bench.hub.document
    undo = bench.hub.project.undo_name
    bench.shown.step_article(1)
    read = bench.hub.project.read
    assert read.work(layer) == 120
    assert worktime.minutes == 0
    assert bench.hub.project.undo_name == undo
    work(worktime, clock, KEEP, key=bench.article.view)
    assert bench.hub.layer is not None
    assert read.work(bench.hub.layer.id) == KEEP
    assert first is not None
    bench.open_document(first.id)
    assert worktime.minutes == 2
    assert bench.hub.project.check() == []


def test_it_can_be_switched_off_and_counts_in_the_active_window_only(
    window: Window, worktime: WorkTime, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.bench is not None
    view = window.bench.article.view
    clock.wanted = False
    work(worktime, clock, 60, key=view)
    clock.wanted = True
    assert worktime.minutes == 0
    monkeypatch.setattr(type(window.bench), "isActiveWindow", lambda _self: False)
    work(worktime, clock, 60, key=view)
    assert worktime.minutes == 0


def test_a_locked_file_is_tried_again(
    window: Window, worktime: WorkTime, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.bench is not None
    project = window.bench.hub.project

    @contextmanager
    def locked(*_words: object, **_more: object) -> Iterator[None]:
        raise UserError("locked")
        yield

    work(worktime, clock, 60, key=window.bench.article.view)
    with monkeypatch.context() as patch:
        patch.setattr(project, "bring_in", locked)
        worktime.keep()
    assert worktime.minutes == 1
    worktime.keep()
    assert window.bench.hub.layer is not None
    assert project.read.work(window.bench.hub.layer.id) == 60


def test_undo_and_redo_pass_it_by(window: Window, worktime: WorkTime, clock: Clock) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    assert hub.layer is not None
    hub.apply(verbs.mark(hub.layer, [Span(0, 3)], "actor", fresh=True))
    work(worktime, clock, 60, key=window.bench.article.view)
    worktime.keep()
    hub.undo()
    assert not hub.annotations
    work(worktime, clock, 60, key=window.bench.article.view)
    worktime.keep()
    hub.redo()
    assert len(hub.annotations) == 1
    assert worktime.minutes == 2
    assert hub.project.check() == []


def test_who_is_told_may_turn_to_another_layer(
    window: Window, clock: Clock, worktime: WorkTime
) -> None:
    assert window.bench is not None
    bench = window.bench
    assert bench.hub.layer is not None
    layer = bench.hub.layer.id
    work(worktime, clock, 50, key=bench.article.view)
    bench.hub.project.subscribe(lambda _: worktime.turn_to("another"))
    worktime.turn_to("another")
    assert bench.hub.project.read.work(layer) == 50
