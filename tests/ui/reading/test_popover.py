"""The popover of labels with few and with many of them: never clipped, never over the text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.span import Span
from annotator.core.tagset import Label, Tagset
from annotator.ui.reading.popover import Entry, LabelPopover
from annotator.ui.theme import Theme
from annotator.ui.window import Window

TITLES = ("Claim", "Denial", "Threat of armed forces abroad", "Loss")


def tagset(count: int) -> Tagset:
    return Tagset(
        "many",
        labels=tuple(
            Label(f"l{number}", f"{TITLES[number % len(TITLES)]} {number}", str(number)[:1])
            for number in range(count)
        ),
    )


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def entries(popover: LabelPopover) -> list[Entry]:
    return [each for each in popover.findChildren(Entry) if each.isVisibleTo(popover)]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("count", [1, 4, 9, 10, 60])
@pytest.mark.parametrize("width", [120, 240, 700])
def test_in_the_margin_it_stays_inside_and_holds_every_label(
    room: QWidget, count: int, width: int, scale: float
) -> None:
    popover = LabelPopover(tagset(count), Theme.load("light", scale=scale), room)
    popover.show_at(QRect(40, 500, width, 90))
    QApplication.processEvents()
    assert room.rect().contains(popover.geometry())
    assert len(entries(popover)) == count + (count > 9)
    inside = popover._area.viewport().rect()
    for each in popover._entries:
        at = QRect(each.mapTo(popover._area.viewport(), each.rect().topLeft()), each.size())
        assert inside.left() <= at.left()
        assert at.right() <= inside.right()
    high = popover._page.height() - popover._area.viewport().height()
    assert (high > 0) == popover._area.verticalScrollBar().isVisible()


@pytest.mark.parametrize("count", [1, 4, 60])
def test_above_the_text_it_is_one_row_of_what_finds_room(room: QWidget, count: int) -> None:
    popover = LabelPopover(tagset(count), Theme.load("light"), room)
    popover.show_above(80, 30)
    QApplication.processEvents()
    assert room.rect().contains(popover.geometry())
    assert popover.geometry().bottom() <= 80
    tops = {each.mapTo(popover, each.rect().topLeft()).y() for each in entries(popover)}
    assert len(tops) == 1
    named = [each.text() for each in entries(popover)]
    assert ("By name…" in named) == (count == 60)
    for one in entries(popover):
        assert one.width() >= one.minimumWidth()


def test_above_the_text_the_labels_used_last_are_there(room: QWidget) -> None:
    popover = LabelPopover(tagset(60), Theme.load("light"), room)
    for name in ("l40", "l56", "l40"):
        popover.used(name)
    popover.show_above(80, 30)
    named = [each.text() for each in entries(popover)]
    assert named[0] == "Claim 0"
    assert named[-3:] == ["Claim 40", "Claim 56", "By name…"]


def test_a_label_is_used_by_tagging(window: Window) -> None:
    window.desk.view.select(Span(0, 3))
    window.desk.tag("denial")
    assert window.article.popover._used == ["denial"]


def test_it_goes_back_and_forth_between_row_and_column(room: QWidget) -> None:
    popover = LabelPopover(tagset(12), Theme.load("light"), room)
    for _ in range(2):
        popover.show_above(80, 30)
        popover.show_at(QRect(40, 20, 300, 90))
        assert len(entries(popover)) == 13


def test_labels_are_made_when_they_are_first_shown(room: QWidget) -> None:
    popover = LabelPopover(tagset(60), Theme.load("light"), room)
    assert popover.findChildren(Entry) == []
    popover.show_at(QRect(40, 20, 300, 90))
    popover.fill(replace(tagset(2)), Theme.load("dark"))
    assert not popover.isVisible()
    popover.show_at(QRect(40, 20, 300, 90))
    assert [each.text() for each in entries(popover)] == ["Claim 0", "Denial 1"]


def test_by_name_opens_the_palette_on_the_labels(window: Window) -> None:
    assert window.bench is not None
    window.bench.article.view.select(Span(0, 12))
    window.bench.article.popover.fill(tagset(20), window.theme)
    window.bench.article.popover.show_at(QRect(40, 20, 300, 90))
    assert window.bench.article.popover._by_name is not None
    window.bench.article.popover._by_name.click()
    assert window._palette is not None
    assert window._palette.line.text() == "#"
    assert not window.bench.article.popover.isVisible()
