"""Work in the background of a dialog, which stays as it is: a look into files, a rehearsal."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from annotator.core.errors import UserError
from annotator.ui.jobs import SLICE

if TYPE_CHECKING:
    from annotator.transfer import Job, Progress


class Background:
    """Runs one job at a time, slice by slice; lives as long as `parent`.

    A UserError goes to `failed`; any other exception is a bug and goes its way.
    """

    def __init__(self, parent: QObject) -> None:
        self._job: Job[Any] | None = None
        self._timer = QTimer(parent)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)

    @property
    def busy(self) -> bool:
        """Whether a job is on its way."""
        return self._job is not None

    def start(
        self,
        job: "Job[Any]",
        *,
        done: Callable[[Any], object],
        failed: Callable[[str], object],
        tell: "Callable[[Progress], object]" = lambda _progress: None,
    ) -> None:
        """Run a job in place of the one on its way."""
        self.stop()
        self._job, self._done, self._failed, self._tell = job, done, failed, tell
        self._timer.start()

    def stop(self) -> None:
        """Take back what the job on its way did, if there is one."""
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _on_slice(self) -> None:
        job, end = self._job, time.monotonic() + SLICE
        assert job is not None
        try:
            progress = next(job)
            while time.monotonic() < end:
                progress = next(job)
        except StopIteration as stop:
            self.stop()
            self._done(stop.value)
        except UserError as error:
            self.stop()
            self._failed(str(error))
        except BaseException:
            self.stop()
            raise
        else:
            self._tell(progress)
