"""The command palette: what it finds, in which order, and what comes of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from annotator.core.edits import Edit, inserted
from annotator.core.model import TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Label
from annotator.core.tagset_toml import dumps
from annotator.ui.actions.table import ACTIONS
from annotator.ui.keys.press import keyboard
from annotator.ui.palette.offers import SIGNS, Offer, in_order, likeness, ranked, split
from annotator.ui.palette.palette import Palette
from annotator.ui.window import Window

Key = Qt.Key


def offer(text: str, kind: str = "command") -> Offer:
    return Offer(kind, text, text, lambda _shift: None)  # type: ignore[arg-type]  # one of the parameters' names


def opened(window: Window, typed: str = "") -> Palette:
    window.show_palette()
    assert window._palette is not None
    QTest.keyClicks(window._palette.line, typed)
    return window._palette


def texts(palette: Palette) -> list[str]:
    return [each.text for each in palette.model.offers]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("next ar", "Next article"),
        ("ar next", "Next article"),
        ("nxt artcle", "Next article"),
        ("undo", "Undo"),
        ("dark", "Dark"),
        ("view dark", "Dark"),
        ("larg", "Larger text"),
        ("prefernces", "Preferences…"),
        ("dnxt", "Done, next article"),
    ],
)
def test_the_best_fit_comes_first(window: Window, typed: str, first: str) -> None:
    assert texts(opened(window, f">{typed}"))[0] == first


def test_a_text_that_is_nothing_like_it_is_not_offered() -> None:
    assert likeness("qqqq", "Next article") == 0
    assert likeness("z", "Next article") == 0
    assert ranked([offer("Undo")], "qqqq", ()) == []


def test_what_was_used_last_comes_first() -> None:
    offers = [offer("Undo"), offer("Redo"), offer("Quit")]
    found = ranked(offers, "", ("command Quit", "command Redo"))
    assert [each.text for each in found] == ["Quit", "Redo", "Undo"]
    twins = [offer("Tag one"), offer("Tag two")]
    assert ranked(twins, "tag", ("command Tag two",))[0].text == "Tag two"


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=8))
def test_nothing_typed_breaks_it_and_nothing_is_made_up(typed: str, names: list[str]) -> None:
    sign, words = split(typed)
    assert sign in SIGNS
    assert typed.strip() == sign + typed.strip()[len(sign) :]
    offers = [offer(each) for each in names]
    found = ranked(offers, words, ())
    assert all(each in offers for each in found)
    if not words:
        assert found == offers


@given(st.lists(st.text("abcdefghij ", min_size=1, max_size=12), min_size=1, max_size=8))
def test_the_beginning_of_a_word_finds_every_text_that_has_it(names: list[str]) -> None:
    word = next((each.split()[0] for each in names if each.split()), "a")
    found = ranked([offer(each) for each in names], word[:2], ())
    having = [each for each in names if any(part.startswith(word[:2]) for part in each.split())]
    assert {each.text for each in found} >= set(having)


def test_every_command_is_offered_once_and_the_rows_of_keys_are_not(window: Window) -> None:
    found = [each.id for each in opened(window, ">").model.offers]
    assert len(found) == len(set(found))
    assert {each.id for each in ACTIONS if each.menu} - {"commands", "by name"} <= set(found)
    assert not {"tag", "tag again", "link"} & set(found)


def test_a_command_is_done_and_remembered(window: Window) -> None:
    palette = opened(window, ">larger")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert not palette.isVisible()
    assert window.settings.text_size == 19
    assert window.settings.used == ("command larger",)
    assert texts(opened(window))[0] == "Larger text"


def test_a_command_that_is_not_possible_now_is_dim_and_has_no_effect(window: Window) -> None:
    palette = opened(window, ">redo")
    (redo,) = [each for each in palette.model.offers if each.id == "redo"]
    assert not redo.enabled
    row = palette.model.offers.index(redo)
    spoken = palette.model.data(palette.model.index(row), Qt.ItemDataRole.AccessibleTextRole)
    assert "not possible now" in str(spoken)
    QTest.keyClick(palette.line, Key.Key_Return)
    assert palette.isVisible()


def with_labels(window: Window, count: int) -> None:
    assert window.bench is not None
    project = window.bench.hub.project
    more = tuple(Label(f"kind{number}", f"Kind {number}") for number in range(count))
    tagset = replace(project.tagset, labels=(*project.tagset.labels, *more), version=2)
    project.apply(Edit("change the tag set", inserted([TagsetVersion(2, dumps(tagset))])))


def test_t_tags_with_a_label_that_has_no_key(window: Window) -> None:
    with_labels(window, 56)
    assert window.bench is not None
    view = window.bench.article.view
    view.select(Span(4, 12))
    QTest.keyClick(view, Key.Key_T)
    palette = window._palette
    assert palette is not None
    assert QApplication.focusWidget() is palette.line
    QTest.keyClicks(palette.line, "kind 41")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert [each.label for each in window.bench.hub.annotations.values()] == ["kind41"]
    assert view.hasFocus()
    QTest.keyClick(view, Key.Key_T)
    QTest.keyClicks(palette.line, "kind 12")
    QTest.keyClick(palette.line, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sorted(each.label for each in window.bench.hub.annotations.values()) == [
        "kind12",
        "kind41",
    ]


def test_a_link_is_begun(window: Window) -> None:
    assert window.bench is not None
    for span, label in ((Span(4, 12), "actor"), (Span(23, 45), "claim")):
        window.bench.article.view.select(span)
        window.desk.tag(label)
    palette = opened(window, "#source")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert window.desk.banner.startswith("Link: Source")


def test_an_article_is_found_and_opened(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, "@number 3")
    qtbot.waitUntil(lambda: texts(palette) == ["Article 3"])
    QTest.keyClick(palette.line, Key.Key_Return)
    assert window.bench is not None
    assert window.bench.hub.document is not None
    assert window.bench.hub.document.title == "Article 3"
    assert window.settings.used == ()


def test_all_articles_are_there_for_the_sign_alone_and_none_for_few_letters(window: Window) -> None:
    assert len(texts(opened(window, "@"))) == 3
    palette = opened(window, "nu")
    assert not palette._timer.isActive()


def test_arrows_go_through_the_rows_and_stop_at_the_ends(window: Window) -> None:
    palette = opened(window, "#")
    QApplication.processEvents()
    last = palette.model.rowCount() - 1
    rows = []
    keys = (Key.Key_Up, Key.Key_Down, Key.Key_PageDown, Key.Key_Down, Key.Key_Up, Key.Key_PageUp)
    for key in keys:
        QTest.keyClick(palette.line, key)
        rows.append(palette.list.currentIndex().row())
    assert rows == [0, 1, last, last, last - 1, 0]


def test_escape_and_a_click_elsewhere_leave_it(window: Window) -> None:
    assert window.bench is not None
    palette = opened(window, "x")
    QTest.keyClick(palette.line, Key.Key_Tab)
    assert palette.line.hasFocus()
    QTest.keyClick(palette.line, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.bench.article.view.hasFocus()
    palette = opened(window)
    window.bench.documents.search.setFocus()
    assert not palette.isVisible()
    assert window.bench.documents.search.hasFocus()


def test_it_outlives_what_had_the_keyboard_and_its_project(window: Window) -> None:
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    palette = opened(window, "next")
    delete(line)
    QTest.keyClick(palette.line, Key.Key_Escape)
    assert palette.isHidden()
    opened(window)
    window.projects.close()
    assert palette.isHidden()
    assert texts(palette) == []


def test_a_row_is_clicked(window: Window) -> None:
    palette = opened(window, ">dark")
    palette.list.clicked.emit(palette.model.index(0))
    assert window.settings.theme == "dark"


def test_what_fits_nothing_is_said(window: Window) -> None:
    palette = opened(window, "#qqqq")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "Nothing fits “qqqq”."
    QTest.keyClick(palette.line, Key.Key_Return)
    assert palette.isVisible()


def test_it_opens_without_a_project_and_stays_inside_the_window(window: Window) -> None:
    window.projects.close()
    palette = opened(window)
    assert "Open the sample" in texts(palette)
    for size in ((1024, 700), (860, 560)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(palette.geometry())


@pytest.mark.skipif(keyboard() != "evdev", reason="the codes are those of Linux")
def test_with_armenian_letters_commands_are_found_by_the_place_of_the_keys(window: Window) -> None:
    palette = opened(window, ">")
    for letter, code in (("ղ", 40), ("ա", 38), ("ր", 27), ("կ", 45)):  # where D, A, R and K are
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = ord(letter.upper())
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, code, 0, 0, letter)
            QApplication.sendEvent(palette.line, event)
    assert palette.line.text() == ">ղարկ"
    assert texts(palette)[0] == "Dark"


def test_labels_in_the_letters_that_are_typed_are_still_found() -> None:
    offers = [offer("Dark"), offer("ղարկ")]
    assert [each.text for each in ranked(offers, "ղարկ", ())] == ["ղարկ"]
    both = [each.text for each in ranked(offers, "ղարկ", (), placed="dark")]
    assert set(both) == {"Dark", "ղարկ"}


def test_letters_in_order_begin_with_a_word() -> None:
    assert likeness("dnxt", "Done, next") > likeness("dnxt", "Next place")
    assert in_order("xpl", ["xylophone", "place"])
    assert not in_order("ext", ["next"])
    assert not in_order("", ["next"])


def test_an_article_is_found_by_a_title_like_what_is_typed(window: Window, qtbot: QtBot) -> None:
    palette = opened(window, "@artcle 2")
    qtbot.waitUntil(lambda: bool(palette.model.offers))
    assert texts(palette)[0] == "Article 2"
