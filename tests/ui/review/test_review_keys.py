"""The keys of the Review perspective, each with what it does to gold, and where one is then."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.review.values import PENDING
from annotator.ui.review.perspective import Review
from tests.review_desk import Maker, actions, made, press

Opened = Callable[[], Review]


def kinds(review: Review) -> list[str]:
    assert review.reviewed is not None
    return [f"{each.relation or each.kind} {each.status}" for each in review.reviewed.places]


@pytest.fixture
def review(five: Maker, opened: Opened) -> Review:
    return opened()


def test_the_first_conflict_is_shown_with_its_versions(review: Review) -> None:
    assert review.place is not None
    assert review.place.kind == "boundary"
    assert review.card.heading.text() == "Conflict 1 of 4 · boundary"
    shown = [each for each in review.card.cards if not each.isHidden()]
    assert len(shown) == 3
    assert "that rebels shelled the town" in shown[1].accessibleName()
    assert "bob · 1 of 3" in shown[1].accessibleDescription()
    assert shown[0].property("previewed")


def test_a_digit_takes_that_version_and_goes_on(review: Review) -> None:
    press(review, "2")
    assert made(review) == [("claim", "that rebels shelled the town")]
    assert actions(review) == ["take"]
    assert review.place is not None
    assert review.place.kind == "missing"
    press(review, "9")
    assert actions(review) == ["take"]


def test_left_and_right_preview_and_enter_takes(review: Review) -> None:
    press(review, "Right")
    assert review.previewed == 1
    assert review.page.scene.ring
    press(review, "Left", "Left")
    assert review.previewed == 2
    press(review, "Enter")
    assert made(review) == [("claim", "rebels shelled")]


@pytest.mark.parametrize(
    ("key", "action", "words"),
    [
        ("U", "union", ["that rebels shelled the town"]),
        ("I", "intersection", ["rebels shelled"]),
        (
            *("B", "both spans"),
            ["rebels shelled the town", "that rebels shelled the town", "rebels shelled"],
        ),
        (
            *("L", "both readings"),
            ["rebels shelled the town", "that rebels shelled the town", "rebels shelled"],
        ),
        ("X", "none", []),
        ("0", "none", []),
    ],
)
def test_what_else_can_be_decided(review: Review, key: str, action: str, words: list[str]) -> None:
    press(review, key)
    assert actions(review) == [action]
    assert sorted(each for _, each in made(review)) == sorted(words)


def test_readings_are_kept_as_such(review: Review) -> None:
    press(review, "L")
    assert review.reviewed is not None
    readings = {each.meta.get("reading") for each in review.reviewed.gold.annotations}
    assert readings == {1, 2, 3}


def test_space_puts_off_and_what_is_put_off_comes_again(review: Review) -> None:
    first = review.place
    assert first is not None
    press(review, "Space")
    assert review.place is not None
    assert review.place.key != first.key
    while review.place is not None and review.place.key != first.key:
        press(review, "1")
    assert review.place is not None
    assert review.place.status == "later"
    assert "put off" in review.card.notice.text()


def test_space_opens_a_decided_one_again(review: Review) -> None:
    press(review, "1", "Alt+Up")
    assert review.place is not None
    assert review.place.status == "decided"
    assert "Decided by rev: taken" in review.card.notice.text()
    press(review, "Space")
    assert made(review) == []
    assert actions(review) == ["take", "later"]


def test_mix_takes_the_extent_of_one_and_the_rest_of_another(review: Review) -> None:
    press(review, "M")
    assert review.judge.banner.startswith("MIX: press the number")
    press(review, "2")
    assert "label and attributes" in review.judge.banner
    press(review, "1")
    assert made(review) == [("claim", "that rebels shelled the town")]
    assert review.reviewed is not None
    (gold,) = review.reviewed.gold.annotations
    assert gold.attributes == {"certainty": "certain"}
    assert review.judge.banner == ""


def test_mix_of_two_needs_one_digit_and_esc_leaves_it(review: Review) -> None:
    press(review, "1", "M", "Esc")
    assert review.judge.banner == ""
    press(review, "M", "Alt+Down")
    assert review.judge.banner == ""


def test_after_a_decision_the_next_pending_one_is_shown(review: Review) -> None:
    assert review.reviewed is not None
    seen = []
    while review.place is not None and review.place.status in PENDING:
        pending = [each.key for each in review.reviewed.pending]
        seen.append(review.place.key)
        assert review.place.key == pending[0]
        press(review, "1")
    assert len(seen) == len(set(seen)) > 2
    assert review.reviewed.pending == ()


def test_comment_reason_and_gap_go_with_the_decision(review: Review) -> None:
    press(review, "N")
    assert review.remarks.comment.hasFocus()
    QTest.keyClicks(review.remarks.comment, "without that")
    press(review, "Ctrl+Enter")
    assert review.page.view.hasFocus()
    press(review, "F")
    press(review, "K", "S", "Enter")
    assert review.page.view.hasFocus()
    press(review, "1")
    assert review.reviewed is not None
    decision = next(each for each in review.reviewed.article.decisions if each.by == "rev")
    assert (decision.comment, decision.reason) == ("without that", "slip")
    assert decision.guideline_gap
    assert review.remarks.remark.comment == ""


def test_a_decided_one_can_be_remarked_upon(review: Review) -> None:
    press(review, "1", "Alt+Up", "F")
    assert review.reviewed is not None
    assert [each.guideline_gap for each in review.reviewed.article.decisions] == [True]
    assert review.hub.project.undo_name == "remark on decision"


def test_undo_and_redo_cover_decisions(review: Review) -> None:
    first = review.place
    assert first is not None
    press(review, "1")
    press(review, "Ctrl+Z")
    assert made(review) == []
    assert review.place is not None
    assert review.place.key == first.key
    assert review.place.pending
    press(review, "Ctrl+Shift+Z")
    assert len(made(review)) == 1


def test_alt_up_and_down_go_through_all_conflicts(review: Review) -> None:
    keys = []
    for _ in range(3):
        assert review.place is not None
        keys.append(review.place.key)
        press(review, "Alt+Down")
    assert len(set(keys)) == 3
    press(review, "Alt+Up")
    assert review.place is not None
    assert review.place.key == keys[2]


def test_what_all_agree_on_is_offered_and_taken_by_enter(review: Review, qtbot: QtBot) -> None:
    strip = review.asides.strip
    assert strip.isVisible()
    assert "On 2 places" in strip.words.text()
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) == 2)
    assert not strip.isVisible()
    assert "all agree" in review.asides.taken.words.text()
    assert review.hub.project.undo_name == "accept what is agreed"
    press(review, "Ctrl+Z")
    assert made(review) == []


def test_the_offer_can_be_refused(review: Review) -> None:
    review.asides.show(focus=True)
    press(review, "Esc")
    assert not review.asides.strip.isVisible()
    assert review.page.view.hasFocus()
    press(review, "1")
    assert not review.asides.strip.isVisible()


def test_what_was_taken_is_listed_and_can_be_opened_again(review: Review, qtbot: QtBot) -> None:
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) == 2)
    taken = review.asides.taken
    taken.heading.click()
    assert taken.list.count() == 2
    taken.list.setCurrentRow(0)
    taken.list.setFocus()
    press(review, "Enter")
    assert review.place is not None
    assert review.place.status == "decided"
    assert "without asking" in review.card.notice.text()
    assert review.page.view.hasFocus()
    press(review, "Space")
    assert len(made(review)) == 1


def test_edit_moves_the_boundary_and_relabels(review: Review) -> None:
    press(review, "E")
    assert review.judge.banner.startswith("EDITING")
    assert review.desk is not None
    press(review, "O", "Ctrl+Shift+Left", "2", "Enter")
    assert review.desk is None
    assert made(review) == [("denial", "that rebels shelled the town")]
    assert actions(review) == ["edit"]
    assert review.place is not None
    assert review.place.kind == "missing"


def test_esc_gives_the_edited_up(review: Review) -> None:
    press(review, "E", "2", "Esc")
    assert review.keys == "review"
    assert made(review) == []
    assert not review.page.view.movable
    press(review, "E", "Enter")
    assert actions(review) == ["take"]


def test_undo_while_editing_goes_back_in_the_draft(review: Review) -> None:
    press(review, "E", "2")
    assert review.editing is not None
    assert [each.label for each in review.editing.draft.made] == ["denial"]
    window = review.window()
    window.undo()  # type: ignore[attr-defined]  # it is the program's window
    assert [each.label for each in review.editing.draft.made] == ["claim"]
    window.redo()  # type: ignore[attr-defined]  # as above
    assert [each.label for each in review.editing.draft.made] == ["denial"]
    assert made(review) == []


def test_attributes_are_filled_in_by_letters_while_editing(review: Review) -> None:
    press(review, "E", "F", "P", "Enter")
    assert review.reviewed is not None
    (gold,) = review.reviewed.gold.annotations
    assert gold.attributes["certainty"] == "probable"


def test_a_second_span_is_marked_while_editing(review: Review) -> None:
    press(review, "E", "Ctrl+Shift+Left", "Shift+2", "Enter")
    assert sorted(made(review)) == [
        ("claim", "rebels shelled the town"),
        ("denial", "rebels shelled the"),
    ]


def test_other_spans_of_gold_cannot_be_changed_while_editing(review: Review) -> None:
    press(review, "1", "E")
    assert review.editing is not None
    gold = review.editing.draft.annotations
    other = next(each for each in gold if each not in review.editing.draft.own)
    review.editing.focus(other)
    press(review, "Delete")
    assert other in review.editing.draft.annotations


def test_links_come_after_spans_and_are_edited_by_hints(review: Review, qtbot: QtBot) -> None:
    assert any("source waiting" in each for each in kinds(review))
    press(review, "Shift+Enter")
    qtbot.waitUntil(lambda: len(made(review)) == 2)
    while review.place is not None and not review.place.relation:
        press(review, "1")
    assert review.place is not None
    assert review.card.heading.text() == "Conflict 4 of 4 · relation source"
    press(review, "Right", "E", "R", "A", "Enter")
    assert review.reviewed is not None
    assert len(review.reviewed.gold.relations) == 1
    assert review.place is None


def test_nothing_left_shows_the_summary(review: Review, qtbot: QtBot) -> None:
    while review.place is not None and review.place.pending:
        press(review, "1")
    assert review.card.heading.text() == "Nothing left to decide"
    summary = review.asides.summary
    qtbot.waitUntil(lambda: "1 article" in summary.words.text())
    assert summary.isVisible()
    press(review, "1", "E", "U", "Enter", "Left")
    assert review.place is None
    press(review, "Alt+Up")
    assert review.place is not None
    assert not summary.isVisible()


def test_all_has_names_and_a_place_in_the_round(review: Review) -> None:
    seen = set()
    for _ in range(3):
        press(review, "F6")
        seen.add(QApplication.focusWidget())
    assert len(seen) == 3
    for card in review.card.cards:
        assert card.accessibleName()
    for button in review.card.buttons.values():
        assert button.accessibleName()
        assert button.accessibleDescription()


def test_cards_and_buttons_work_by_mouse_and_by_their_own_keys(review: Review) -> None:
    cards = review.card.cards
    QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton)
    assert review.previewed == 1
    cards[2].setFocus()
    QTest.keyClick(cards[2], Qt.Key.Key_Space)
    assert review.previewed == 2
    QTest.keyClick(cards[2], Qt.Key.Key_Return)
    assert made(review) == [("claim", "rebels shelled")]
    review.card.buttons["none"].click()
    assert actions(review) == ["take", "none"]
    review.card.previous.click()
    assert review.place is not None
    assert review.place.status == "decided"
    review.card.next.click()
    assert review.place is not None
    assert review.place.pending
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Escape)
    assert review.page.view.hasFocus()
