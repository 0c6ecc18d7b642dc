"""The search box: what it offers while one types, and what it asks for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.query import parse
from annotator.ui.panels.search_box import SearchBox

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen popups
VALUES = {
    "label": ["claim", "denial"],
    "source": ["Al Jazeera", "Agency", "The Agency"],
    "state": ["new", "open", "question", "done"],
}


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox(lambda facet: VALUES.get(facet, []))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("", []),
        ("soldier", []),
        ("s", []),
        ("la", ["label:", "language:"]),
        ("soldier -la", ["-label:", "-language:"]),
        ("label:", ["label:claim", "label:denial"]),
        ("label:d", ["label:denial"]),
        ("label:denial", []),
        ("source:ag", ["source:Agency", 'source:"The Agency"']),
        ('source:"al j', ['source:"Al Jazeera"']),
        ("note:x", []),
        ("other:x", []),
    ],
)
def test_a_term_is_completed(box: SearchBox, typed: str, offers: list[str]) -> None:
    box.setText(typed)
    assert box.offers() == offers


def test_an_offer_is_taken_with_the_keyboard(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "rain lab")
    qtbot.waitUntil(box._popup.isVisible)
    QTest.keyClick(box._popup, Qt.Key.Key_Down)
    QTest.keyClick(box._popup, Qt.Key.Key_Return)
    assert box.text() == "rain label:"
    qtbot.waitUntil(lambda: box._offers.stringList() == ["label:claim", "label:denial"])
    QTest.keyClick(box._popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.asked) as heard:
        QTest.keyClick(box._popup, Qt.Key.Key_Return)
    assert heard.args == [parse("rain label:claim")]
    assert box.text() == "rain label:claim "


def test_keys_lead_out_of_the_box(box: SearchBox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.left_down):
        QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClicks(box, "rain")
    with qtbot.waitSignals([box.asked, box.entered]):
        QTest.keyClick(box, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(box.asked):
        box.ask()


def test_states_are_put_in_and_taken_out(box: SearchBox) -> None:
    box.setText("rain")
    box.set_state("done", wanted=True)
    assert box.text() == "rain state:done"
    box.set_state("done", wanted=False)
    assert box.text() == "rain"
