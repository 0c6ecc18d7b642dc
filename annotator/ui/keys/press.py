"""Which key was pressed: by the letter it types, else by its place on the keyboard.

With Armenian or Russian switched on no key types a Latin letter, French needs Shift for digits; a
key then counts as the one that stands there on a plain US keyboard.
"""

import sys
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Keyboard = Literal["evdev", "windows", "mac"]

# The two rows of codes: Linux's event codes (which Windows' scan codes of these keys equal), and
# macOS' virtual key codes (kVK_ANSI_… of Carbon's HIToolbox/Events.h).
_SCAN: Final = {
    2 + index: sign for index, sign in enumerate("1234567890-=")
} | {
    start + index: sign
    for start, row in ((16, "QWERTYUIOP[]"), (30, "ASDFGHJKL;'`"), (43, "\\ZXCVBNM,./"))
    for index, sign in enumerate(row)
}  # fmt: skip
_MAC: Final = {
    0x00: "A", 0x01: "S", 0x02: "D", 0x03: "F", 0x04: "H", 0x05: "G", 0x06: "Z", 0x07: "X",
    0x08: "C", 0x09: "V", 0x0B: "B", 0x0C: "Q", 0x0D: "W", 0x0E: "E", 0x0F: "R", 0x10: "Y",
    0x11: "T", 0x12: "1", 0x13: "2", 0x14: "3", 0x15: "4", 0x16: "6", 0x17: "5", 0x18: "=",
    0x19: "9", 0x1A: "7", 0x1B: "-", 0x1C: "8", 0x1D: "0", 0x1F: "O", 0x20: "U", 0x22: "I",
    0x23: "P", 0x25: "L", 0x26: "J", 0x28: "K", 0x2C: "/", 0x2D: "N", 0x2E: "M", 0x1E: "]",
    0x21: "[", 0x27: "'", 0x29: ";", 0x2A: "\\", 0x2B: ",", 0x2F: ".", 0x32: "`",
}  # fmt: skip
_EVDEV_SHIFT: Final = 8
"""X11 and Wayland count keys from 8 on."""
SIGNS: Final = frozenset("+-=/[],")
"""Signs that are keys of actions: where a key types one, that counts, wherever it stands."""
_SHIFTED_DIGITS: Final = dict(zip("!@#$%^&*()", "1234567890", strict=True))
"""US digits with Shift, for keyboards that give no code."""
_NAMED: Final = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Space: "Space",
}
_HELD: Final = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)


@dataclass(frozen=True, slots=True)
class Press:
    """A key (an upper-case letter, a digit, a sign or a name such as "Enter") and what is held."""

    key: str
    held: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As the table of actions writes it: "Ctrl+Shift+Z"."""
        return "+".join((*self.held, self.key))

    @property
    def plain(self) -> bool:
        """Whether nothing but Shift is held."""
        return set(self.held) <= {"Shift"}


def keyboard(platform: str = sys.platform) -> Keyboard:
    """How this system numbers its keys."""
    if platform == "darwin":
        return "mac"
    return "windows" if platform == "win32" else "evdev"


def physical(scan_code: int, virtual_key: int, board: Keyboard) -> str:
    """What a plain US keyboard has at the place of the key; "" where that is unknown.

    `scan_code` and `virtual_key` are QKeyEvent's native ones; macOS has no scan codes.
    """
    if board == "mac":
        return _MAC.get(virtual_key, "")
    return _SCAN.get(scan_code - _EVDEV_SHIFT if board == "evdev" else scan_code, "")


def key_name(key: int, scan_code: int, virtual_key: int, board: Keyboard) -> str:
    """The name of a key: the Latin letter or digit that it types, else the one at its place.

    `key` is QKeyEvent's. A place that is unknown leaves an ASCII sign as it is, and else "".
    """
    if (name := _NAMED.get(Qt.Key(key)) if key in _KNOWN else None) is not None:
        return name
    typed = chr(key) if 0x20 < key < 0x7F else ""
    if typed.isalnum():
        return typed.upper()
    place = physical(scan_code, virtual_key, board)
    if place.isalnum() or typed in SIGNS:
        return place if place.isalnum() else typed
    return place or _SHIFTED_DIGITS.get(typed, typed)


def press(event: QKeyEvent, board: Keyboard | None = None) -> Press:
    """What a key event means; its key is "" where the key has no name here (a lone Shift, F5)."""
    board = board or keyboard()
    name = key_name(event.key(), event.nativeScanCode(), event.nativeVirtualKey(), board)
    held = tuple(text for modifier, text in _HELD if event.modifiers() & modifier)
    return Press(name, held)


def shortcut(name: str) -> QKeySequence:
    """The key sequence of a name such as "Ctrl+Shift+Z"."""
    return QKeySequence(name.replace("Enter", "Return"), QKeySequence.SequenceFormat.PortableText)


def latin(event: QKeyEvent, board: Keyboard | None = None) -> int | None:
    """The Latin letter, digit or sign that a key counts as, None where it types that by itself.

    A letter beyond ASCII, a dead key, and a sign at a digit's place (French) count as another.
    """
    typed = event.key()
    if not (0x20 < typed < _FIRST_NAMED or typed in _DEAD):
        return None
    name = press(event, board).key
    other = len(name) == 1 and ord(name) != typed
    return ord(name) if other else None


_FIRST_NAMED: Final = 0x01000000
"""From here on Qt's keys have names; below they are the code points that they type."""
_DEAD: Final = range(0x01001250, 0x01001300)
_KNOWN: Final = frozenset(int(key) for key in _NAMED)
