"""Work aside: a job in a thread of its own, for one whose steps may take seconds.

Nothing of Qt is touched there: what the job tells is put in a queue, which a timer looks into.
"""

from collections.abc import Callable
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from annotator.core.errors import UserError

if TYPE_CHECKING:
    from annotator.transfer import Job, Progress

_LOOK = 30
"""Milliseconds between two looks into the queue."""
Make = Callable[[], "Job[Any]"]
"""Makes a job that opens what it reads by itself: a connection belongs to one thread."""


class Aside:
    """Runs one job at a time; lives as long as `parent`. One that is stopped ends with its step.

    A UserError goes to `failed`; any other exception is a bug and goes its way.
    """

    def __init__(self, parent: QObject) -> None:
        self._stopped = Event()
        self._told: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._timer = QTimer(parent)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)

    @property
    def busy(self) -> bool:
        """Whether a job is on its way."""
        return self._timer.isActive()

    def start(
        self,
        make: Make,
        *,
        done: Callable[[Any], object],
        failed: Callable[[str], object],
        tell: "Callable[[Progress], object]" = lambda _progress: None,
    ) -> None:
        """Run a job in place of the one on its way."""
        self.stop()
        self._stopped, self._told = Event(), SimpleQueue()
        self._done, self._failed, self._tell = done, failed, tell
        Thread(target=_run, args=(make, self._stopped, self._told), daemon=True).start()
        self._timer.start()

    def stop(self) -> None:
        """Hear no more of the job on its way, if there is one."""
        self._timer.stop()
        self._stopped.set()

    def _on_look(self) -> None:
        progress: Progress | None = None
        try:
            while True:
                kind, what = self._told.get_nowait()
                if kind == "progress":
                    progress = what
                    continue
                self.stop()
                if kind == "bug":
                    raise what
                (self._done if kind == "done" else self._failed)(what)
                return
        except Empty:
            if progress is not None:
                self._tell(progress)


def _run(make: Make, stopped: Event, told: "SimpleQueue[tuple[str, Any]]") -> None:
    """Go through a job, and tell what it tells, until it ends or is stopped."""
    try:
        with closing(make()) as job:
            while not stopped.is_set():
                told.put(("progress", next(job)))
    except StopIteration as end:
        told.put(("done", end.value))
    except UserError as error:
        told.put(("failed", str(error)))
    except BaseException as error:
        told.put(("bug", error))
