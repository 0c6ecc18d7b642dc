"""A merge in the middle of a review: what it changed comes back, and one stays where one is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator.core import verbs
from annotator.core.model import Layer
from annotator.project import Project
from annotator.review.values import Place
from annotator.transfer import finish
from annotator.transfer.handoff import hand_off
from annotator.transfer.merging import merge
from annotator.ui.review.judge import CHANGED
from annotator.ui.review.perspective import Review
from tests.review_desk import Maker, at, made, press

Opened = Callable[[], Review]
Merged = Callable[..., None]
FIRST, SECOND, THIRD = "rebels shelled the town", "deny that they shelled", "14 wounded 🙂"


@pytest.fixture
def review(maker: Maker, opened: Opened) -> Review:
    """Ann and Bob differ at three places; the first is decided, the second is looked at."""

    def spans(*more: str) -> Sequence[tuple[str, str, dict[str, Any]]]:
        return [("claim", words, {}) for words in (*more, THIRD)]

    maker.add(1, ann=spans(FIRST, SECOND), bob=spans(f"that {FIRST}", "that they shelled"), cem=[])
    with Project.open(maker.path, who="setter") as project:
        layer = project.read.layer(Layer.of("document-1", "cem").id)
        assert layer is not None
        project.apply(verbs.set_state(layer, "open"))
        for name in ("bob", "cem"):
            finish(hand_off(project, name, maker.path.with_name(f"{name}.db")))
    found = opened()
    press(found, "1")
    assert words_of(found) == SECOND
    return found


def words_of(review: Review) -> str:
    assert review.reviewed is not None
    assert review.place is not None
    found = [one for each in review.place.versions for one in each.annotations]
    return found[0].quote(review.reviewed.document.text)


def returned(review: Review) -> list[Place]:
    """The conflicts that were decided before and are to be decided again."""
    assert review.reviewed is not None
    return [each for each in review.reviewed.pending if each.decisions]


def own_file(review: Review, name: str) -> Path:
    return review.hub.project.path.with_name(f"{name}.db")


def move(review: Review, name: str, number: int, words: str) -> None:
    """Let somebody move the span of this number in their own file, and bring that in."""
    with Project.open(own_file(review, name)) as own:
        found = own.read.annotation(f"document-1 {name} {number}")
        assert found is not None
        own.apply(verbs.move(found, [at(words)]))
    finish(merge(review.hub.project, [own_file(review, name)]))


def test_only_the_conflict_that_a_merge_changed_comes_back(review: Review) -> None:
    press(review, "2")
    assert review.reviewed is not None
    decided = len(review.reviewed.article.decisions)
    move(review, "bob", 0, "shelled the town")
    (back,) = returned(review)
    assert back.why == "changed since decided"
    assert len(review.reviewed.article.decisions) == decided
    assert len(made(review)) == 2


def test_one_stays_at_a_conflict_and_what_is_typed_stays(review: Review) -> None:
    press(review, "N")
    for letter in "WHY":
        press(review, letter)
    move(review, "bob", 0, "shelled the town")
    assert words_of(review) == SECOND
    assert review.remarks.remark.comment.lower() == "why"
    press(review, "Esc", "2")
    assert review.reviewed is not None
    assert {each.comment.lower() for each in review.reviewed.article.decisions} == {"", "why"}


def test_one_stays_where_the_conflict_that_is_looked_at_changes(review: Review) -> None:
    press(review, "Right")
    move(review, "bob", 1, "rebels deny that they shelled the town")
    assert review.place is not None
    assert review.place.pending
    assert returned(review) == []
    assert review.previewed in (0, 1)
    press(review, "2")
    assert ("claim", SECOND) in made(review) or len(made(review)) == 2


def test_one_stays_where_another_annotators_work_comes(review: Review) -> None:
    with Project.open(own_file(review, "cem")) as own:
        layer = own.layer("document-1")
        own.apply(verbs.mark(layer, [at(SECOND)], "claim"))
        own.apply(verbs.set_state(own.layer("document-1"), "done"))
    finish(merge(review.hub.project, [own_file(review, "cem")]))
    assert review.place is not None
    assert words_of(review) == SECOND
    assert len(returned(review)) == 1


def test_what_a_merge_lets_all_agree_on_is_offered_though_it_was_refused(review: Review) -> None:
    strip = review.asides.strip
    review.asides.show(focus=True)
    assert strip.isVisible()
    press(review, "Esc")
    assert not strip.isVisible()
    move(review, "bob", 1, SECOND)
    assert strip.isVisible()


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_being_edited_stays(review: Review, number: int) -> None:
    said: list[str] = []
    review.hub.said.connect(said.append)
    press(review, "E", "2")
    words = ("shelled the town", "rebels deny that they shelled the town")[number]
    move(review, "bob", number, words)
    assert review.desk is not None
    assert review.editing is not None
    assert [each.label for each in review.editing.draft.made] == ["denial"]
    assert (CHANGED in said) == (number == 1)
    press(review, "Enter")
    assert review.desk is None
    assert ("denial", SECOND) in made(review)
    assert len(returned(review)) == 1 - number


def test_a_mix_of_versions_that_change_is_left(review: Review) -> None:
    press(review, "M")
    assert review.judge.banner.startswith("MIX")
    move(review, "bob", 1, "rebels deny that they shelled the town")
    assert review.judge.banner == ""
    assert words_of(review) == SECOND


def test_an_undone_merge_takes_away_what_it_brought(review: Review) -> None:
    """Cem alone has something here, it is edited, and the merge it came with is taken back."""
    with Project.open(own_file(review, "cem")) as own:
        own.apply(verbs.mark(own.layer("document-1"), [at("The ministry")], "actor"))
        own.apply(verbs.set_state(own.layer("document-1"), "done"))
    finish(merge(review.hub.project, [own_file(review, "cem")]))
    assert review.reviewed is not None
    review.go_to(review.reviewed.places[0])
    assert words_of(review) == "The ministry"
    press(review, "Right", "E", "2")
    assert review.desk is not None
    review.hub.undo()
    assert review.desk is None
    assert review.place is None
    assert made(review) == [("claim", FIRST)]
    assert returned(review) == []
    press(review, "Alt+Down", "Alt+Down")
    assert words_of(review) == SECOND
