"""The time that the person works on an article, noted in the project."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.core.edits import change
from annotator.core.errors import UserError
from annotator.core.model import TimeSpent
from annotator.store.journal import WORK
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

IDLE = 60.0
"""Seconds without a key, a click or the wheel after which nobody works."""
TICK = 1_000
"""Milliseconds between two looks."""
KEEP = 300
"""Seconds of work after which they are written down."""
_DOING = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class WorkTime(QObject):
    """Counts while the window is active and the person does something.

    It is for the person's layer of the open article, unless it is turned to another one.
    It is written as nobody's edit, which undo passes by, when the article is left or closed and
    every five minutes; where the file can't be written then, with the next time.
    """

    noted = Signal()
    """The time of the open article is another one."""

    def __init__(
        self,
        hub: Hub,
        wanted: Callable[[], bool],
        window: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._hub = hub
        self._wanted = wanted
        self._window = window
        self._clock = clock
        self._layer = ""
        self._seconds = 0.0
        self._did = self._looked = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._watched: QWindow | None = None
        hub.document_opened.connect(self._on_document_opened)

    @property
    def minutes(self) -> int:
        """Whole minutes that the person has worked on the open article."""
        noted = self._hub.project.read.work(self._layer) if self._layer else 0
        return int(noted + self._seconds) // 60

    def close(self) -> None:
        """Write down what was counted, and stop."""
        self._timer.stop()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self.keep()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _DOING:
            self._did = self._clock()
        return False

    def look(self) -> None:
        """Count the time since the last look, if the person was at work."""
        self._watch()
        now = self._clock()
        passed, self._looked = now - self._looked, now
        at_work = self._window.isActiveWindow() and now - self._did < IDLE
        if not (self._layer and at_work and self._wanted() and not self._hub.project.read_only):
            return
        before = int(self._seconds) // 60
        self._seconds += min(passed, IDLE)
        if self._seconds >= KEEP:
            self.keep()
        elif int(self._seconds) // 60 != before:
            self.noted.emit()

    def _watch(self) -> None:
        """Listen to the window as the system knows it, which it does once it is shown.

        What it is sent are the person's keys and clicks; a filter on the application would be
        called for every event of every widget, some hundreds a key.
        """
        handle = self._window.window().windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def keep(self) -> None:
        """Write down what was counted."""
        seconds = int(self._seconds)
        if not seconds or not self._layer:
            return
        self._seconds -= seconds  # first: who is told of what is written may turn to another layer
        try:
            with self._hub.project.bring_in(WORK, nobodys=True) as intake:
                known = intake.read.work(self._layer)
                before = TimeSpent(self._layer, known) if known else None
                intake.add(change(before, TimeSpent(self._layer, known + seconds)))
        except UserError:
            self._seconds += seconds  # locked or full: it is tried again
            return
        self.noted.emit()

    def turn_to(self, layer: str) -> None:
        """Count for a layer, by its id, from now on; "" for none."""
        if layer != self._layer:
            self._begin(layer)

    def _on_document_opened(self) -> None:
        self._begin(self._hub.layer.id if self._hub.layer else "")

    def _begin(self, layer: str) -> None:
        self.keep()
        self._seconds = 0.0
        self._layer = layer
        self.noted.emit()
