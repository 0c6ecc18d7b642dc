"""The menu of the article, by mouse and by key; quotations; ends that are dragged."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.core.span import Span
from annotator.ui.text_menu import TextMenu
from annotator.ui.window import Window
from tests.ui.article.helpers import LEFT, grips, point_of, pull, span_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""Said by the offscreen platform of every menu."""
REASON = QContextMenuEvent.Reason


def tag(window: Window, words: str, key: Qt.Key = Qt.Key.Key_1) -> Span:
    view = window.desk.view
    span = span_of(view._reading.text, words)
    view.select(span)
    QTest.keyClick(view, key)
    return span


def ask(window: Window, words: str = "", reason: REASON = REASON.Mouse) -> TextMenu:
    view = window.desk.view
    point = point_of(view, view._reading.text.index(words) + 1) if words else QPoint(1, 1)
    event = QContextMenuEvent(reason, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport() if reason == REASON.Mouse else view, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, TextMenu)
    return menu


def texts(menu: QMenu) -> list[str]:
    return [each.text().partition("\t")[0] for each in menu.actions() if not each.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    (found,) = [each for each in menu.actions() if each.text().partition("\t")[0] == text]
    assert found.isEnabled()
    menu.close()
    found.trigger()


def test_a_click_beside_the_selection_is_about_the_span_there(window: Window) -> None:
    span = tag(window, "rebels shelled")
    window.desk.view.select(Span(0, 3))
    menu = ask(window, "ebels")
    hub = window.desk.hub
    assert hub.focused is not None
    assert hub.focused.spans == (span,)
    assert window.desk.view.selected_span() is None
    shown = texts(menu)
    assert "Change to denial" in shown
    assert "Change the boundary" in shown
    assert "Guideline of claim" in shown
    choose(menu, "Change to denial")
    assert hub.focused is not None
    assert hub.focused.label == "denial"
    choose(ask(window, "ebels"), "Remove the span and its links")
    assert not hub.annotations


def test_a_click_on_the_selection_is_about_it(window: Window) -> None:
    view = window.desk.view
    span = span_of(view._reading.text, "ministry says")
    view.select(span)
    menu = ask(window, "nistry")
    assert view.selected_span() == span
    assert "Link" not in texts(menu)
    choose(menu, "Tag as claim")
    (made,) = window.desk.hub.annotations.values()
    assert made.spans == (span,)


def test_the_menu_key_opens_it_at_the_caret(window: Window) -> None:
    tag(window, "ministry says")
    menu = ask(window, reason=REASON.Keyboard)
    assert "Change to denial" in texts(menu)
    assert window.desk.hub.focused is not None
    menu.close()


def test_links_begin_from_it(window: Window) -> None:
    tag(window, "rebels", Qt.Key.Key_4)
    tag(window, "shelled the town", Qt.Key.Key_1)
    menu = ask(window, "helled")
    (links,) = [each.menu() for each in menu.actions() if each.text() == "Link"]
    assert isinstance(links, QMenu)
    first = links.actions()[0]
    menu.close()
    first.trigger()
    assert window.desk.banner.startswith("Link:")


def test_what_cannot_be_done_is_grey_or_not_there(window: Window) -> None:
    menu = ask(window, "killed")
    off = {each.text().partition("\t")[0] for each in menu.actions() if not each.isEnabled()}
    assert "Change the boundary" in off
    assert "Copy the quotation" in off
    assert "Tag as claim" in off
    menu.close()
    window.desk.hub.project.read_only = "it is"
    menu = ask(window, "killed")
    assert not [each for each in texts(menu) if each.startswith("Tag as")]
    menu.close()


def test_the_guideline_is_shown(window: Window, qtbot: QtBot) -> None:
    tag(window, "rebels shelled")
    before = len(QApplication.topLevelWidgets())
    choose(ask(window, "ebels"), "Guideline of claim")
    assert len(QApplication.topLevelWidgets()) >= before


def test_a_quotation_goes_to_the_clipboard(window: Window) -> None:
    window.article.copy_quotation()  # nothing to be copied: nothing happens
    span = tag(window, "rebels shelled")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_C, keys)
    place = f"characters {span.start}–{span.end}"
    words = QGuiApplication.clipboard().text()
    assert words == f"“rebels shelled” — Article 1, {place}, claim by ann"
    window.desk.view.select(Span(4, 12))
    window.article.copy_quotation()
    assert QGuiApplication.clipboard().text() == "“ministry” — Article 1, characters 4–12"


def test_an_end_is_dragged_and_undone(window: Window) -> None:
    span = tag(window, "rebels shelled")
    view, hub = window.desk.view, window.desk.hub
    view.grab()
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, view._reading.text.index("wn.")))
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    (made,) = hub.annotations.values()
    assert made.spans[0].start == span.start
    assert made.spans[0].of(view._reading.text) == "rebels shelled the town"
    window.undo()
    (made,) = hub.annotations.values()
    assert made.spans == (span,)
    view.grab()
    (_, _), (_, end) = grips(view)
    pull(view, end, point_of(view, view._reading.text.index("wn.")))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert next(iter(hub.annotations.values())).spans == (span,)
    assert hub.focused is not None
