"""The windows of the program and what they share: the settings, and keys on any keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.settings import Settings
from annotator.ui.doors import Doors
from annotator.ui.keys.keyboard import AnyKeyboard
from annotator.ui.mishap import Mishaps
from annotator.ui.projects import TITLE
from annotator.ui.window import Window

_STEP = 32
"""Pixels by which a new window stands beside the one that it was opened from."""


class Windows(QObject):
    """Each window has one project; what is changed in the settings of one is so in all."""

    def __init__(
        self, doors: Doors, settings: Settings, keep: Callable[[Settings], object]
    ) -> None:
        super().__init__()
        self._doors = doors
        self._settings = settings
        self._keep = keep
        self.keyboard = AnyKeyboard(self.run_key, self)
        self._mishaps = Mishaps(self.active, self.note)
        self.open: list[Window] = []

    def new(self) -> Window:
        """Make one more window, which isn't shown yet."""
        window = Window(self._doors, self._settings, self._on_changed)
        window.new_wanted.connect(lambda: self._show_beside(window))
        window.closed.connect(lambda: self._on_closed(window))
        self.open.append(window)
        return window

    def catch_errors(self) -> None:
        """Show what nobody caught, from now on."""
        self._mishaps.install()

    def active(self) -> Window | None:
        """The window that is worked in."""
        now = QApplication.activeWindow()
        known = [each for each in self.open if each is now or each.isAncestorOf(now or each)]
        return next(iter(known or self.open), None)

    def note(self, sentence: str) -> None:
        """Say that something went wrong, in the window that is worked in."""
        window = self.active()
        if window is not None and window.bench is not None:
            window.bench.status.warn(sentence)
        else:
            QMessageBox.warning(window, TITLE, sentence)

    def run_key(self, name: str) -> bool:
        """Do what a key does in the window that has the keyboard; not where a dialog has it."""
        now = QApplication.activeWindow()
        return isinstance(now, Window) and now.run_key(name)

    def _show_beside(self, window: Window) -> None:
        beside = self.new()
        beside.resize(window.size())
        beside.move(window.x() + _STEP, window.y() + _STEP)
        beside.show()
        beside.activateWindow()

    def _on_changed(self, settings: Settings) -> None:
        self._settings = settings
        self._keep(settings)
        for each in self.open:
            if each.settings != settings:
                each.take_settings(settings)

    def _on_closed(self, window: Window) -> None:
        if window in self.open:
            self.open.remove(window)
        window.deleteLater()
