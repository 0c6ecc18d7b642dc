"""The card of a conflict: what can be done with it, and why something can't be; what it ends in."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.review.queue import Filter
from annotator.ui.review.card import VERBS
from annotator.ui.review.perspective import NOTHING_FITS, NOTHING_LEFT, Review
from tests.review_desk import Maker, actions, press

Opened = Callable[[], Review]
_ACTOR: tuple[str, str, dict[str, Any]] = ("actor", "The ministry", {})


def refused(review: Review) -> set[str]:
    """The verbs whose buttons are greyed."""
    return {name for name, each in review.card.buttons.items() if not each.isEnabled()}


@pytest.mark.parametrize(
    ("theirs", "greyed", "why"),
    [
        ((), {"union", "intersection", "both_spans", "both_readings", "mix"}, "Only one version"),
        ((("claim", "rebels shelled the town", {"certainty": "certain"}),), None, "the same words"),
        ((("denial", "rebels shelled the town", {}),), {"union", "intersection"}, "the same words"),
        ((("claim", "rebels shelled", {}),), set(), ""),
    ],
)
def test_what_cannot_be_done_says_why_by_button_and_by_key(
    maker: Maker, opened: Opened, theirs: Any, greyed: set[str] | None, why: str
) -> None:
    maker.add(1, ann=[("claim", "rebels shelled the town", {})], bob=theirs)
    review = opened()
    said: list[str] = []
    review.hub.said.connect(said.append)
    expected = {"union", "intersection", "both_spans"} if greyed is None else greyed
    assert refused(review) == expected
    for name, _, key, does in VERBS:
        button = review.card.buttons[name]
        if name in expected:
            press(review, key)
            assert said[-1] == button.toolTip() == button.accessibleDescription()
            assert why in said[-1]
        else:
            assert button.accessibleDescription() == does
    assert actions(review) == []
    assert not review.judge.banner


def test_only_a_link_that_somebody_else_has_too_can_be_mixed(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    work = [_ACTOR, ("claim", "rebels shelled the town", {}), ("actor", "The rebels", {})]
    maker.add(1, ann=work, bob=work)
    maker.link(1, "ann", "source", 1, 0)
    review = opened()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: review.place is not None and bool(review.place.relation))
    assert "mix" in refused(review)
    press(review, "M")
    assert not review.judge.banner
    assert "Only one version has a link" in review.card.buttons["mix"].toolTip()


def test_links_to_different_actors_can_be_taken_together(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    work = [_ACTOR, ("claim", "rebels shelled the town", {}), ("actor", "The rebels", {})]
    maker.add(1, ann=work, bob=work)
    maker.link(1, "ann", "source", 1, 0)
    maker.link(1, "bob", "source", 1, 2)
    review = opened()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: review.place is not None and bool(review.place.relation))
    assert refused(review) == {"both_spans"}


def test_in_a_narrow_window_verbs_stand_in_two_columns(five: Maker, opened: Opened) -> None:
    review = opened()
    review.window().resize(1024, 700)
    QApplication.processEvents()
    buttons = list(review.card.buttons.values())
    assert buttons[0].y() == buttons[1].y()
    assert buttons[0].y() < buttons[2].y()
    room = review.card.area.viewport().width()
    assert all(each.geometry().right() < room for each in buttons)


def test_a_filter_through_which_nothing_is_left_is_named(five: Maker, opened: Opened) -> None:
    review = opened()
    review.queue.set_filter(Filter(labels=frozenset({"nowhere"})))
    review.next_pending()
    assert review.card.heading.text() == NOTHING_FITS
    review.queue.set_filter(Filter())
    review.next_pending()
    assert review.card.heading.text() not in (NOTHING_LEFT, NOTHING_FITS)


def test_undo_of_a_phrase_goes_back_to_where_one_was(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    for number in (1, 2, 3):
        maker.add(
            number,
            ann=[("claim", "rebels shelled the town", {})],
            bob=[("claim", "rebels shelled", {})],
        )
    review = opened()
    press(review, "A")
    qtbot.waitUntil(review.asides.alike_strip.isVisible)
    press(review, "Enter")
    assert review.hub.project.undo_name == "decide 3 conflicts on one phrase"
    press(review, "Ctrl+Z")
    assert review.document == "document-1"
    assert review.place is not None
    assert review.place.pending


def test_what_was_taken_is_told_as_it_was_offered(
    maker: Maker, opened: Opened, qtbot: QtBot
) -> None:
    work = [_ACTOR, ("claim", "rebels shelled the town", {})]
    maker.add(1, ann=work, bob=work)
    for who in ("ann", "bob"):
        maker.link(1, who, "source", 1, 0)
    review = opened()
    said: list[str] = []
    review.hub.said.connect(said.append)
    assert "On 2 places of this article all agree" in review.asides.strip.words.text()
    press(review, "Shift+Enter")
    told = "Taken without asking: 2 places and 1 link; "
    qtbot.waitUntil(lambda: any(each.startswith(told) for each in said))
