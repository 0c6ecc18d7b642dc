"""Long work in the window: progress, the report at the end, Cancel, and what goes wrong."""

from collections.abc import Generator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.transfer import Progress
from annotator.ui.jobs import Run, left


class Told:
    """What a run told at its end."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.failed: list[str] = []
        self.closed = False
        self.parent = QWidget()

    def job(self, steps: int, error: Exception | None = None) -> Generator[Progress, None, int]:
        try:
            for number in range(steps):
                yield Progress(number, steps, "reading")
            if error is not None:
                raise error
            return steps
        finally:
            self.closed = True


def start(told: Told, qtbot: QtBot, steps: int, error: Exception | None = None) -> Run[int]:
    qtbot.addWidget(told.parent)
    job = told.job(steps, error)
    return Run(job, "Reading", told.parent, done=told.done.append, failed=told.failed.append)


def test_a_job_gives_its_report(qtbot: QtBot) -> None:
    told = Told()
    run = start(told, qtbot, 5)
    qtbot.waitUntil(lambda: bool(told.done))
    assert told.done == [5]
    assert run.dialog is not None


def test_cancel_closes_the_job(qtbot: QtBot) -> None:
    told = Told()
    run = start(told, qtbot, 10**9)
    qtbot.wait(60)
    assert "reading" in run.dialog.labelText()
    run.dialog.canceled.emit()
    assert told.closed
    assert told.failed == ["Cancelled; nothing of it was kept."]
    assert not told.done


def test_a_users_error_is_a_sentence(qtbot: QtBot) -> None:
    told = Told()
    run = start(told, qtbot, 2, UserError("There is no such file."))
    qtbot.waitUntil(lambda: bool(told.failed))
    assert told.failed == ["There is no such file."]
    assert told.closed
    del run


def test_a_bug_is_not_hidden(qtbot: QtBot) -> None:
    told = Told()
    with qtbot.captureExceptions() as caught:
        run = start(told, qtbot, 2, ZeroDivisionError())
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert not told.failed
    del run


@pytest.mark.parametrize(
    ("done", "total", "elapsed", "words"),
    [
        (0, 10, 5000, ""),
        (5, 10, 100, ""),
        (10, 10, 5000, ""),
        (5, 10, 5000, " · 5 s left"),
        (1, 1000, 5000, " · 83 min left"),
    ],
)
def test_the_remaining_time_is_told_when_it_can_be(
    done: int, total: int, elapsed: int, words: str
) -> None:
    assert left(Progress(done, total, ""), elapsed) == words
