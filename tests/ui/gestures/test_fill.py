"""Filling in by letters: which letters there are, and what they do in the window."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label
from annotator.core.tagset_toml import loads
from annotator.ui.gestures.fill import YES, filled, letters, slots
from annotator.ui.gestures.links import LETTERS
from annotator.ui.gestures.modes import FillMode, Idle, Mode, Slot
from annotator.ui.panels.entities import EntityLine
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
FLAG = Attribute("implied", "flag")
SEVERAL = Attribute("topics", "choice", ("attack", "losses"), several=True)


def of(label: str) -> dict[str, str]:
    return {
        each.value or each.attribute or "note": hint for hint, each in letters(TAGSET.label(label))
    }


def test_a_value_has_the_first_letter_of_its_name_where_that_is_free() -> None:
    found = of("casualty")
    assert [found[each] for each in ("killed", "wounded", "missing", "at least", "vague")] == [
        *("K", "W", "M", "A", "V")
    ]
    assert (found["low"], found["high"], found["note"]) == ("L", "H", "N")
    assert found["at most"] == "S"  # the first one under the fingers that is free
    assert of("actor") == {"entity": "E", "note": "N"}
    assert dict(letters(None)) == {"N": Slot()}


@given(st.integers(0, 800))
def test_every_slot_has_letters_of_its_own_and_none_begins_another(number: int) -> None:
    label = Label("l", attributes=(Attribute("a", "choice", tuple(map(str, range(number)))),))
    found = letters(label)
    hints = [hint for hint, _ in found]
    assert len(hints) == len(set(hints)) == min(number + 1, len(LETTERS) ** 2)
    assert not any(one != other and other.startswith(one) for one in hints[:30] for other in hints)


def test_flags_and_choices_have_slots_by_value_and_others_one_each() -> None:
    label = Label("l", attributes=(FLAG, SEVERAL, Attribute("all", "flag", several=True)))
    assert list(slots(label)) == [
        Slot("implied", YES),
        *(Slot("topics", "attack"), Slot("topics", "losses")),
        Slot("all"),
        Slot(),
    ]
    assert dict(letters(label))["I"] == Slot("implied", YES)


def test_a_letter_sets_a_value_and_takes_it_away_again() -> None:
    bare = Annotation("a", "layer", (Span(0, 1),), "l")
    choice = Attribute("topic", "choice", ("attack", "losses"))

    def then(annotation: Annotation, attribute: Attribute, value: str) -> Annotation:
        (change,) = filled(annotation, attribute, value).changes
        assert isinstance(change.after, Annotation)
        return change.after

    one = then(bare, choice, "attack")
    assert one.attributes == {"topic": "attack"}
    assert then(one, choice, "losses").attributes == {"topic": "losses"}
    assert then(one, choice, "attack") == bare
    assert then(bare, FLAG, YES).attributes == {"implied": True}
    assert then(then(bare, FLAG, YES), FLAG, YES) == bare
    both = then(then(bare, SEVERAL, "losses"), SEVERAL, "attack")
    assert both.attributes == {"topics": ["losses", "attack"]}
    assert then(both, SEVERAL, "losses").attributes == {"topics": ["attack"]}
    assert then(then(both, SEVERAL, "losses"), SEVERAL, "attack") == bare


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, held)


def tagged(window: Window, label: str, words: str) -> Annotation:
    hub = window.desk.hub
    assert hub.document is not None
    start = hub.document.text.index(words)
    window.desk.view.select(Span(start, start + len(words)))
    window.desk.tag(label)
    assert hub.focused is not None
    return hub.focused


def mode(window: Window) -> Mode:
    return window.desk.mode


def attributes(window: Window) -> Any:
    focused = window.desk.hub.focused
    assert focused is not None
    return focused.attributes


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_the_bar_says_what_the_keys_are_for_while_somebody_types(window: Window) -> None:
    tagged(window, "casualty", "Two soldiers")
    press(Qt.Key.Key_F, Qt.Key.Key_N)
    assert "type it · Enter goes back" in window.desk.banner
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert "press the letters at the right" in window.desk.banner


def test_attributes_are_filled_in_by_one_key_each(window: Window) -> None:
    tagged(window, "casualty", "Two soldiers")
    press(Qt.Key.Key_F, Qt.Key.Key_K, Qt.Key.Key_A)
    assert attributes(window) == {"outcome": "killed", "bound": "at least"}
    assert window.desk.banner == "Fill in: Casualty · press the letters at the right · Esc ends"
    press(Qt.Key.Key_W, Qt.Key.Key_A)
    assert attributes(window) == {"outcome": "wounded"}
    press(Qt.Key.Key_Y)
    assert "no value has the letters Y" in window.desk.banner
    press(Qt.Key.Key_Escape)
    assert mode(window) == Idle()
    window.desk.hub.undo()
    assert attributes(window) == {"outcome": "wounded", "bound": "at least"}


def test_a_letter_puts_the_keyboard_into_an_editor_and_enter_goes_on(window: Window) -> None:
    tagged(window, "casualty", "Two soldiers")
    view = window.desk.view
    press(Qt.Key.Key_F, Qt.Key.Key_L)
    assert focus().accessibleName() == "Low"
    QTest.keyClicks(focus(), "two")
    press(Qt.Key.Key_Return)
    assert focus() is not view  # the error is told, and the text kept
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert focus() is view
    press(Qt.Key.Key_H, Qt.Key.Key_3, Qt.Key.Key_Tab)
    assert focus() is view
    press(Qt.Key.Key_K, Qt.Key.Key_N)
    QTest.keyClicks(focus(), "unsure")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert focus() is view
    assert attributes(window) == {"low": 2, "high": 3, "outcome": "killed"}
    focused = window.desk.hub.focused
    assert focused is not None
    assert focused.note == "unsure"
    assert isinstance(mode(window), FillMode)
    press(Qt.Key.Key_L, Qt.Key.Key_Escape)
    assert focus() is view
    assert mode(window) == Idle()


def test_an_entity_is_chosen_by_a_letter_and_some_of_its_name(window: Window) -> None:
    tagged(window, "actor", "The ministry")
    press(Qt.Key.Key_F, Qt.Key.Key_E)
    QTest.keyClicks(focus(), "DEFEN")
    press(Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget() or focus()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert attributes(window) == {"entity": ["entity-1"]}
    assert focus() is window.desk.view
    press(Qt.Key.Key_E)
    line = focus()
    assert isinstance(line, EntityLine)
    assert line.popup.currentIndex().data() == "Add “ministry”"  # the likely one, at once
    QTest.keyClick(line.popup, Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)  # nothing chosen: nothing more
    assert focus() is window.desk.view
    press(Qt.Key.Key_E)
    QTest.keyClick(line.popup, Qt.Key.Key_Return)
    assert len(attributes(window)["entity"]) == 2
    assert focus() is window.desk.view


def test_n_writes_a_note_and_escape_goes_back(window: Window) -> None:
    tagged(window, "claim", "rebels shelled the town")
    press(Qt.Key.Key_N)
    QTest.keyClicks(focus(), "seen")
    press(Qt.Key.Key_Escape)
    focused = window.desk.hub.focused
    assert focused is not None
    assert focused.note == "seen"
    assert focus() is window.desk.view
    press(Qt.Key.Key_N)
    QTest.keyClicks(focus(), " twice")
    press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    focused = window.desk.hub.focused
    assert focused is not None
    assert focused.note == "seen twice"


def test_filling_ends_with_the_focus_or_the_label(window: Window) -> None:
    first = tagged(window, "claim", "rebels shelled the town")
    tagged(window, "casualty", "Two soldiers")
    desk = window.desk
    said: list[str] = []
    desk.hub.said.connect(said.append)
    ways: tuple[Any, ...] = (
        lambda: desk.hub.focus(first.id),
        lambda: desk.tag("denial"),
        desk.remove,
    )
    for leaving in ways:
        press(Qt.Key.Key_F)
        assert isinstance(mode(window), FillMode)
        leaving()
        assert mode(window) == Idle()
    desk.filling.start()
    assert said[-1].startswith("Focus a span first")
    desk.filling.letter("K")
    assert mode(window) == Idle()


def test_nothing_is_filled_in_where_nothing_can_be_changed(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagged(window, "claim", "rebels shelled the town")
    said: list[str] = []
    window.desk.hub.said.connect(said.append)
    monkeypatch.setattr(window.desk.hub.project, "read_only", "made by a newer version")
    window.desk.filling.start()
    assert mode(window) == Idle()
    assert said == ["Nothing can be changed here: made by a newer version."]
