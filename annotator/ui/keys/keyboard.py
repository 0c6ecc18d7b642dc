"""Shortcuts on every keyboard: what a layout without Latin letters can't type is found by place."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.keys.press import latin, press


class AnyKeyboard(QObject):
    """Watches the window that has the keyboard, and only that.

    With Armenian or Russian alone Qt misses Ctrl+Z and Ctrl+C: no key types Z or C. Such a press is
    offered again, as the Latin key at that place: first to the widget that has the focus, which may
    want it for itself, then to `run` (which says whether the key means something), as Qt does it.
    """

    typed = Signal()
    """A key went down in one of the program's windows."""

    def __init__(self, run: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._watched: QWindow | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(QGuiApplication.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if not (pressed or event.type() == QEvent.Type.KeyRelease):
            return False
        assert isinstance(event, QKeyEvent)
        if pressed:
            self.typed.emit()
        meant = press(event)
        # Ctrl with Alt types signs on Windows, as AltGr; Alt alone does on macOS.
        key = latin(event) if "Ctrl" in meant.held and "Alt" not in meant.held else None
        if key is None:
            return False
        if pressed and not self._wanted(event, key) and self._run(meant.name):
            return True
        QCoreApplication.sendEvent(watched, _again(event, event.type(), key))
        return True

    def _wanted(self, event: QKeyEvent, key: int) -> bool:
        """Whether the widget with the focus keeps the key for itself, as a line keeps Ctrl+Z."""
        focus: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
        if focus is None:
            return False
        override = _again(event, QEvent.Type.ShortcutOverride, key)
        override.ignore()
        QCoreApplication.sendEvent(focus, override)
        return override.isAccepted()

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._on_destroyed)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._on_destroyed)

    def _on_destroyed(self) -> None:
        self._watched = None


def _again(event: QKeyEvent, kind: QEvent.Type, key: int) -> QKeyEvent:
    """The same press, of another key."""
    return QKeyEvent(
        kind,
        key,
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        "",
        event.isAutoRepeat(),
    )
