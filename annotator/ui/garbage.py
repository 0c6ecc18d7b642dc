"""Garbage is looked for while nobody types: with a large project that takes a fifth of a second."""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE = 1_000
"""Milliseconds without a key after which what is new is gone through."""
REST = 60.0
"""Seconds without a key after which everything is."""
_NEVER = 1_000_000_000


class Garbage(QObject):
    """Python's collector of cycles, of which only the short rounds come when they like.

    Until the first pause it rests, for what is loaded stays. What a pause leaves over isn't gone
    through again (gc.freeze) before a long one; what nobody refers to goes at once at any time.
    """

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._typed = clock()
        self._rested = False
        self._usual = gc.get_threshold()
        gc.disable()
        gc.set_threshold(*self._usual[:2], _NEVER)
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def wait(self) -> None:
        """A key was pressed: don't be in the way of the next one."""
        self._typed = self._clock()
        self._rested = False
        self._timer.start()

    def look(self) -> None:
        """Go through what is new, or after a long pause, once, through everything."""
        resting = self._clock() - self._typed >= REST
        if not gc.isenabled():
            gc.enable()
        elif resting and not self._rested:
            self._rested = True
            gc.unfreeze()
            gc.collect()
        elif gc.get_count()[2]:  # else next to nothing was made since
            gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Let Python decide again."""
        self._timer.stop()
        gc.unfreeze()
        gc.set_threshold(*self._usual)
        gc.enable()
