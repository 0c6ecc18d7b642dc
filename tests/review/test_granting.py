"""What rules decide without a person."""

from dataclasses import replace

import pytest

from annotator.core.edits import Edit, inserted
from annotator.review import deciding, granting
from annotator.review.rules import Rules
from annotator.review.standing import rule_of
from tests.review.helpers import Desk, work

A, B, C, D = "anna", "boris", "carla", "dora"


def granted(desk: Desk) -> list[str]:
    """The rules of the decisions that are made, by the action."""
    before = len(desk.article.decisions)
    edit = desk.do(granting.granted(desk.now, by="r"))
    assert edit.name == granting.NAME
    new = desk.article.decisions[before:]
    assert {each.by for each in new} <= {"r"}
    return [f"{each.action}: {rule_of(each)}" for each in new]


def test_all_agree() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-9 claim, 20-26 actor")])
    assert granted(desk) == ["take: all agree"]
    assert desk.statuses() == ["decided", "open"]
    assert granted(desk) == []
    desk = Desk(desk.works, Rules(all_agree=False))
    assert granted(desk) == []
    assert not granting.granted(desk.now, by="r")


def test_what_can_be_taken_is_counted_before_it_is_taken() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-9 claim, 20-26 actor")])
    assert granting.takable(desk.now) == 1
    granted(desk)
    assert granting.takable(desk.now) == 0
    assert granting.takable(Desk(desk.works, Rules(all_agree=False)).now) == 0


def test_majority_needs_so_many_and_more_than_half() -> None:
    two_of_three = [work(A, "0-9 claim"), work(B, "0-9 claim"), work(C, "0-12 claim")]
    assert granted(Desk(two_of_three, Rules(majority=2))) == ["take: majority"]
    assert granted(Desk(two_of_three, Rules(majority=3))) == []
    two_of_four = [*two_of_three, work(D, "0-12 claim")]
    assert granted(Desk(two_of_four, Rules(majority=2))) == []
    desk = Desk([work(A), work(B), work(C, "0-12 claim")], Rules(majority=2))
    assert granted(desk) == ["none: majority"]
    assert (desk.statuses(), desk.gold()) == (["decided"], [])


def test_one_trusted_annotator() -> None:
    works = [work(A, "0-9 claim"), work(B, "0-12 claim"), work(C, "0-12 claim")]
    desk = Desk(works, Rules(trusted=A, majority=3))
    assert granted(desk) == ["take: trusted annotator"]
    assert desk.gold() == ["0-9 claim"]
    assert granted(Desk(works, Rules(trusted=D))) == []
    alone = Desk([work(A, "0-9 claim")], Rules(trusted=A))
    assert granted(alone) == ["take: all agree"]


def test_links_are_taken_by_rules_too() -> None:
    marks = "n: 0-9 actor, s: 10-15 actor, c: 20-30 claim"
    works = [
        work(A, marks, "c source n"),
        work(B, marks, "c source n"),
        work(C, marks, "c source s"),
    ]
    desk = Desk(works, Rules(majority=2))
    assert granted(desk) == ["take: all agree"] * 3 + ["take: majority"]
    assert desk.gold_links() == ["20-30 claim source 0-9 actor"]
    works = [work(A, marks), work(B, marks), work(C, marks, "c source s")]
    assert granted(Desk(works, Rules(majority=2)))[-1] == "none: majority"


def test_people_decide_before_rules_and_rules_take_their_own_anew() -> None:
    works = [work(A, "0-9 claim"), work(B, "0-9 claim"), work(C, "0-12 claim")]
    rules = Rules(majority=2)
    desk = Desk(works, rules)
    desk.do(deciding.later(desk.now, desk.place, by="r"))
    assert granted(desk) == []
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[1], by="r"))
    desk.put(work(C, "0-13 claim"))
    assert desk.statuses() == ["stale"]
    assert granted(desk) == []
    desk = Desk(works, rules)
    granted(desk)
    desk.put(work(C, "0-13 claim"))
    assert desk.statuses() == ["stale"]
    assert granted(desk) == ["take: majority"]
    assert desk.statuses() == ["decided"]


def test_links_between_two_places_that_a_rule_takes_anew() -> None:
    def marks(end: int) -> str:
        return f"n: 0-{end} actor, c: 20-{20 + end} claim"

    works = [work(name, marks(9), "c source n") for name in (A, B)]
    desk = Desk([*works, work(C, marks(8), "c source n")], Rules(majority=2))
    granted(desk)
    desk.put(work(A, marks(8), "c source n"))
    assert desk.statuses("") == ["stale", "stale"]
    assert granted(desk)[0] == "take: majority"
    assert desk.statuses() == ["decided"] * 3
    assert desk.gold_links() == ["20-28 claim source 0-8 actor"]
    told = Desk(works, Rules(majority=2))
    assert granting.grants(told.article, told.ground, by="r").taken == 3


def test_what_gold_has_by_hand_is_taken_over_by_rules_too() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-9 claim")])
    layer = desk.now.gold.layer
    by_hand = replace(work(A, "0-9 claim").annotations[0], id="hand", layer=layer.id)
    desk.do(Edit("by hand", inserted([layer, by_hand])))
    found = granting.grants(desk.article, desk.ground, by="r")
    desk.do(found.edit)
    assert [each.id for each in desk.place.gold] == ["hand"]
    assert found.statuses == {"decided": 1}


def test_reviewers_who_differ_are_never_decided_by_a_rule() -> None:
    works = [work(A, "0-9 claim"), work(B, "0-12 claim")]
    desk, other = Desk(works, Rules(trusted=A)), Desk(works)
    desk.do(deciding.none(desk.now, desk.place, by="s"))
    other.do(deciding.take(other.now, other.place, other.place.versions[0], by="r"))
    desk.put(other.now.gold)
    decisions = (*desk.article.decisions, *other.article.decisions)
    desk.article = replace(desk.article, decisions=decisions)
    assert desk.place.kind == "decision"
    assert granted(desk) == []


@pytest.mark.parametrize(
    ("one", "other", "gold"),
    [  # The army of the north said that the town was hit.
        ("0-21 actor", "4-21 actor", "0-21 actor"),  # the article is in
        ("32-48 claim", "32-49 claim", "32-48 claim"),  # the stop is out
        ("31-48 claim", "32-48 claim", "32-48 claim"),  # the space is out
        ("32-48 claim", "36-48 claim", "32-48 claim"),
        ("0-21 actor", "0-26 actor", None),
        ("9-21 actor", "0-21 actor", None),  # "of" is no edge
    ],
)
def test_edges_only(one: str, other: str, gold: str | None) -> None:
    desk = Desk([work(A, one), work(B, other)], Rules(edges=True))
    found = granted(desk)
    assert found == (["take: edges only"] if gold else [])
    assert desk.gold() == ([gold] if gold else [])


def test_edges_that_nobody_has_are_edited() -> None:
    desk = Desk(
        [work(A, "4-21 actor, 32-49 claim"), work(B, "0-22 actor, 36-50 claim")], Rules(edges=True)
    )
    assert granted(desk) == ["edit: edges only"] * 2
    assert desk.gold() == ["0-21 actor", "32-48 claim"]
    assert desk.now.gold.annotations[0].meta["origin"]["how"] == "edited"


def test_edges_do_not_settle_what_else_differs() -> None:
    for other in ("4-21 actor entity=e-north", "4-21 claim", ""):
        desk = Desk([work(A, "0-21 actor"), work(B, other)], Rules(edges=True))
        assert granted(desk) == []
    nothing = Desk(
        [work(A, "0-40 claim"), work(B, "0-18 claim"), work(C, "20-40 claim")], Rules(edges=True)
    )
    assert granted(nothing) == []


def test_grants_tell_how_it_is_then() -> None:
    marks = "n: 0-9 actor, c: 20-30 claim"
    desk = Desk([work(A, marks, "c source n"), work(B, f"{marks}, 40-50 claim", "c source n")])
    found = granting.grants(desk.article, desk.ground, by="r")
    assert found.taken == 3
    assert found.statuses == {"decided": 3, "open": 1}
    desk.do(found.edit)
    assert sorted(desk.statuses()) == ["decided", "decided", "decided", "open"]
    again = granting.grants(desk.article, desk.ground, by="r")
    assert (again.taken, bool(again.edit)) == (0, False)
    assert again.statuses == found.statuses
