"""Long work in the window: a job runs slice by slice, with progress, remaining time, Cancel."""

import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from annotator.core.errors import UserError
from annotator.core.steps import Counted

if TYPE_CHECKING:
    from annotator.transfer import Job, Progress

Report = TypeVar("Report")

SLICE = 0.012
"""Seconds of work between two looks at the window's events."""
_SHOWN_AFTER = 400
"""Milliseconds of work after which the dialog comes."""
_STEPS = 1000
_EARLIEST_GUESS = 2000
"""Milliseconds before a remaining time is told."""


class Run(Generic[Report]):
    """Runs `job` and hands its report to `done`; the dialog keeps the window's other parts still.

    Keep the run while it lasts: Qt holds no reference to it.

    A UserError goes to `failed`; any other exception is a bug and goes its way. Cancel closes the
    job, which takes everything back.
    """

    def __init__(
        self,
        job: "Job[Report]",
        title: str,
        parent: QWidget,
        *,
        done: Callable[[Report], object],
        failed: Callable[[str], object],
    ) -> None:
        self._job = job
        self._done = done
        self._failed = failed
        self._clock = QElapsedTimer()
        self.dialog = QProgressDialog(title, "Cancel", 0, _STEPS, parent)
        self.dialog.setWindowTitle(title)
        self.dialog.setAccessibleName(title)
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.setMinimumDuration(_SHOWN_AFTER)
        self.dialog.setAutoReset(False)
        self.dialog.setAutoClose(False)
        self.dialog.canceled.connect(self._on_canceled)
        self._timer = QTimer(self.dialog)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self._clock.start()
        self._timer.start()

    def _on_slice(self) -> None:
        end = time.monotonic() + SLICE
        progress: Progress | None = None
        try:
            while time.monotonic() < end:
                progress = next(self._job)
        except StopIteration as stop:
            self._close()
            self._done(stop.value)
            return
        except UserError as error:
            self._close()
            self._failed(str(error))
            return
        except BaseException:
            self._close()
            raise
        if progress is not None:
            self._show(progress)

    def _show(self, progress: "Progress") -> None:
        if progress.total > 0:
            self.dialog.setValue(min(_STEPS - 1, _STEPS * progress.done // progress.total))
        remaining = left(progress, self._clock.elapsed())
        lines = (progress.what, f"{progress.count()}{remaining}")
        self.dialog.setLabelText("\n".join(lines))

    def _on_canceled(self) -> None:
        self._close()
        self._failed("Cancelled; nothing of it was kept.")

    def _close(self) -> None:
        self._timer.stop()
        self._job.close()
        self.dialog.canceled.disconnect(self._on_canceled)
        self.dialog.close()
        self.dialog.deleteLater()


def as_job(work: Counted[Report], total: int, title: str) -> "Job[Report]":
    """Work of so many steps as a job."""
    from annotator.transfer import Progress  # noqa: PLC0415 - loaded when it is used

    with closing(work):
        while True:
            try:
                done = next(work)
            except StopIteration as stop:
                made: Report = stop.value
                return made
            yield Progress(min(done, total), total, title)


def left(progress: "Progress", elapsed: int) -> str:
    """The time that remains, in words, after `elapsed` milliseconds; "" while it can't be told."""
    if not 0 < progress.done < progress.total or elapsed < _EARLIEST_GUESS:
        return ""
    seconds = round(elapsed / 1000 * (progress.total - progress.done) / progress.done)
    return f" · {seconds} s left" if seconds < 120 else f" · {round(seconds / 60)} min left"
