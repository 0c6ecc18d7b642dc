"""What a screen reader is told of the focused span."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from annotator.core.span import Span
from annotator.ui.window import Window


@pytest.fixture
def _listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def description(window: Window) -> str:
    interface = QAccessible.queryAccessibleInterface(window.desk.view)
    return str(interface.text(QAccessible.Text.Description))


@pytest.mark.usefixtures("_listening")
def test_the_focused_span_is_told(window: Window) -> None:
    view = window.desk.view
    text = view._reading.text
    usual = description(window)
    for words, key in (("14 wounded", Qt.Key.Key_3), ("The ministry", Qt.Key.Key_4)):
        start = text.index(words)
        view.select(Span(start, start + len(words)))
        QTest.keyClick(view, key)
    assert description(window).startswith("Actor, “The ministry”, no entity yet, 1 of 2. ")
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert description(window).startswith("Casualty, “14 wounded”, ")
    assert "2 of 2. " in description(window)
    assert description(window).endswith(usual)
    window.desk.hub.focus(None)
    assert description(window) == usual


def test_nothing_is_said_where_nobody_listens(window: Window) -> None:
    if QAccessible.isActive():
        pytest.skip("a screen reader listens")
    usual = description(window)
    window.desk.view.select(Span(4, 12))
    window.desk.tag("claim")
    assert description(window) == usual
