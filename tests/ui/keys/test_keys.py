"""Keys: the letter that is typed, else the one at the key's place, on each system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.ui.keys.press import (
    Keyboard,
    Press,
    key_name,
    keyboard,
    latin,
    physical,
    press,
    shortcut,
)

Held = Qt.KeyboardModifier
FRENCH_AMPERSAND = 0x26


@pytest.mark.parametrize(
    ("platform", "board"), [("linux", "evdev"), ("win32", "windows"), ("darwin", "mac")]
)
def test_systems_number_keys_in_their_ways(platform: str, board: str) -> None:
    assert keyboard(platform) == board


@pytest.mark.parametrize(
    ("code", "virtual", "board", "name"),
    [
        (10, 0, "evdev", "1"),
        (18, 0, "evdev", "9"),
        (24, 0, "evdev", "Q"),
        (27, 0, "evdev", "R"),
        (52, 0, "evdev", "Z"),
        (61, 0, "evdev", "/"),
        (2, 0x31, "windows", "1"),
        (0x13, 0x52, "windows", "R"),
        (0, 0x00, "mac", "A"),
        (0, 0x12, "mac", "1"),
        (0, 0x0F, "mac", "R"),
        (0, 0, "evdev", ""),
        (1, 0, "windows", ""),
        (0, 0x7F, "mac", ""),
    ],
)
def test_a_key_is_known_by_its_place(code: int, virtual: int, board: Keyboard, name: str) -> None:
    assert physical(code, virtual, board) == name


def test_every_digit_and_letter_has_one_place_on_each_system() -> None:
    signs = set("1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-=/[]\\;'`,.")
    for board in ("evdev", "windows", "mac"):
        found = [physical(code, code, board) for code in range(256)]
        named = [each for each in found if each]
        assert sorted(named) == sorted(signs)


@pytest.mark.parametrize(
    ("key", "code", "name"),
    [
        (ord("R"), 27, "R"),
        (ord("R"), 40, "R"),  # Dvorak: the letter counts, not the place
        (0x0420, 27, "R"),  # Russian К's place
        (0x0569, 10, "1"),  # Armenian
        (FRENCH_AMPERSAND, 10, "1"),
        (ord("!"), 10, "1"),  # Shift+1
        (ord("!"), 0, "1"),  # without a code
        (ord("/"), 61, "/"),
        (ord("/"), 16, "7"),  # German Shift+7
        (ord("+"), 35, "+"),  # German, at the place of ]
        (0x00DC, 34, "["),  # German ü
        (0x0431, 59, ","),  # Russian б
        (ord("."), 61, "/"),  # Russian, where a full stop stands there
        (int(Qt.Key.Key_Return), 36, "Enter"),
        (int(Qt.Key.Key_Enter), 104, "Enter"),
        (int(Qt.Key.Key_Delete), 119, "Delete"),
        (int(Qt.Key.Key_F5), 71, ""),
        (0, 0, ""),
    ],
)
def test_a_key_is_named_by_what_it_types_else_by_its_place(key: int, code: int, name: str) -> None:
    assert key_name(key, code, 0, "evdev") == name


@given(st.integers(0, 0x110000), st.integers(0, 300), st.integers(0, 300))
def test_no_key_breaks_it(key: int, code: int, virtual: int) -> None:
    for board in ("evdev", "windows", "mac"):
        assert key_name(key, code, virtual, board).isascii()


def event(key: int, held: Held, code: int, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text)


def test_a_press_is_named_as_in_the_table() -> None:
    both = Held.ControlModifier | Held.ShiftModifier
    assert press(event(0x0566, both, 52), "evdev") == Press("Z", ("Ctrl", "Shift"))
    assert press(event(0x0566, both, 52), "evdev").name == "Ctrl+Shift+Z"
    assert press(event(ord("1"), Held.KeypadModifier, 87), "evdev").name == "1"
    assert not press(event(ord("Z"), Held.ControlModifier, 52), "evdev").plain
    assert press(event(ord("Z"), Held.ShiftModifier, 52), "evdev").plain


@pytest.mark.parametrize(
    ("key", "code", "counts_as"),
    [
        (0x0566, 52, "Z"),  # Armenian
        (0x042F, 52, "Z"),  # Russian
        (FRENCH_AMPERSAND, 10, "1"),
        (0x00C0, 19, "0"),  # French à
        (int(Qt.Key.Key_Dead_Circumflex), 34, "["),
        (ord("Z"), 52, None),
        (ord("Z"), 29, None),  # German: the letter counts, not the place
        (ord("1"), 10, None),
        (ord("-"), 20, None),
        (ord("+"), 35, None),
        (int(Qt.Key.Key_Escape), 9, None),
        (int(Qt.Key.Key_F6), 72, None),
        (0x0566, 0, None),  # nobody knows where it stands
    ],
)
def test_a_key_that_types_nothing_latin_counts_as_the_one_at_its_place(
    key: int, code: int, counts_as: str | None
) -> None:
    found = latin(event(key, Held.ControlModifier, code), "evdev")
    assert (chr(found) if found is not None else None) == counts_as


def test_names_become_shortcuts() -> None:
    assert shortcut("Ctrl+Enter").toString() == "Ctrl+Return"
    assert shortcut("Ctrl++").toString() == "Ctrl++"
