"""The strips below the article: what is offered, what a mode asks, and what came along."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.edits import Edit, inserted
from annotator.core.model import Setting
from annotator.review.rules import KEY
from annotator.ui.review.perspective import Review
from tests.review_desk import Maker, made, press

Opened = Callable[[], Review]


@pytest.fixture
def review(five: Maker, opened: Opened) -> Review:
    return opened()


def test_what_rules_decide_is_offered_too(five: Maker, opened: Opened, qtbot: QtBot) -> None:
    review = opened()
    rules = replace(review.queue.ground.rules, trusted="ann")
    review.hub.apply(Edit("rules", inserted([Setting(KEY, rules.dumps())])))
    strip = review.asides.strip
    assert "The rules of the review decide 5 places" in strip.words.text()
    said: list[str] = []
    review.hub.said.connect(said.append)
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: any("Taken without asking: " in each for each in said))
    assert not strip.isVisible()


def test_links_that_come_along_are_told(maker: Maker, opened: Opened, qtbot: QtBot) -> None:
    for_all: tuple[str, str, dict[str, Any]] = ("actor", "The ministry", {})
    maker.add(
        1,
        ann=[for_all, ("claim", "rebels shelled the town", {})],
        bob=[for_all, ("claim", "rebels shelled", {})],
    )
    for who in ("ann", "bob"):
        maker.link(1, who, "source", 1, 0)
    review = opened()
    said: list[str] = []
    review.hub.said.connect(said.append)
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) == 1)
    press(review, "1")
    assert "Taken along: 1 link on which all agree now." in said


def test_the_strip_says_the_mode_and_leaves_it(review: Review) -> None:
    mode = review.asides.mode
    assert not mode.isVisible()
    press(review, "M")
    assert mode.words.text().startswith("MIX: press")
    assert mode.isVisible()
    assert not review.asides.strip.isVisible()
    mode.leave.click()
    assert not mode.isVisible()
    assert review.page.view.hasFocus()
    press(review, "E")
    assert mode.words.text().startswith("EDITING")
    press(review, "Esc")
    assert not mode.isVisible()


def test_a_mix_can_be_pointed_at(review: Review) -> None:
    review.card.previewed.emit(2)
    assert review.previewed == 2
    press(review, "M")
    review.card.previewed.emit(1)
    review.card.previewed.emit(0)
    assert made(review) == [("claim", "that rebels shelled the town")]
