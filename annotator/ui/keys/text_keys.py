"""The keys that act while the text has the focus: letters, digits, Enter, Delete, Alt+arrows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from annotator.ui.actions import table
from annotator.ui.actions.action import IN_TEXT
from annotator.ui.keys.press import Press, press
from annotator.ui.perspectives import KEYS, Keys

if TYPE_CHECKING:
    from annotator.ui.window import Window


class TextKeys(QObject):
    """An event filter for the article view that turns key presses into actions."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._here = {each: table.by_key(in_text=True, when=each) for each in KEYS}
        self._anywhere = {each: table.by_key(in_text=False, when=each) for each in KEYS}

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._claim(event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(press(event))
        return False

    def _claim(self, event: QKeyEvent) -> bool:
        """Keep the widget from taking a shortcut of the window, such as Ctrl+Z, for itself."""
        pressed = press(event)
        if pressed.name in self._anywhere[self._keys]:
            event.ignore()
            return True
        if self._means(pressed):
            event.accept()
            return True
        return False

    @property
    def _keys(self) -> Keys:
        """The perspective whose keys act now."""
        bench = self._window.bench
        return bench.shown.keys if bench is not None else "annotate"

    def _means(self, pressed: Press) -> bool:
        if pressed.name in self._here[self._keys]:
            return True
        return pressed.plain and len(pressed.key) == 1 and self._family(pressed) != ""

    def _family(self, pressed: Press) -> str:
        """Whether a key that the table lacks is one of this project's tag set: "label", "link"."""
        if self._keys not in IN_TEXT:
            return ""
        tagset = self._window.desk.hub.tagset
        if any(each.key.upper() == pressed.key for each in tagset.labels):
            return "label"
        linked = any(each.key.upper() == pressed.key for each in tagset.relations)
        return "link" if linked and not pressed.held else ""

    def _take(self, pressed: Press) -> bool:
        window, desk = self._window, self._window.desk
        if window.bench is not None and window.bench.shown.take_key(pressed.name):
            return True
        letter = pressed.plain and len(pressed.key) == 1
        if letter and not window.settings.plain_keys:
            return False
        shift = "Shift" in pressed.held
        if letter and pressed.key.isalpha() and desk.letter(pressed.key, shift=shift):
            return True
        action = self._here[self._keys].get(pressed.name)
        family = self._family(pressed) if letter else ""
        if action is not None and (action.possible(window) or not family):
            if action.possible(window):
                action.run(window, pressed.name)
            return True
        if family == "label":
            desk.tag_key(pressed.key, second=shift)
        elif family == "link":
            desk.link_key(pressed.key)
        return bool(family)
