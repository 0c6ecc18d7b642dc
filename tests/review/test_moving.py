"""Links in gold follow their ends when those are decided anew, or are open again."""

from dataclasses import replace

from annotator.core.edits import Change, Edit
from annotator.core.model import Relation
from annotator.review import deciding, granting
from annotator.review.standing import FOLLOWS, rule_of, standing
from tests.review.helpers import Desk, work
from tests.review.test_links import CLAIM, MARKS, NORTH, SOUTH, A, B, accepted, source


def test_a_link_follows_its_end_when_that_is_decided_anew() -> None:
    desk = Desk(
        [
            work(A, f"{NORTH}, {CLAIM}", "c source n"),
            work(B, f"{NORTH}, c: 20-33 claim", "c source n"),
        ]
    )
    desk.do(granting.granted(desk.now, by="r"))
    desk.do(deciding.take(desk.now, desk.at(20), desk.at(20).versions[0], by="r"))
    desk.do(deciding.take(desk.now, desk.at(20), desk.at(20).versions[1], by="r"))
    assert desk.gold_links() == ["20-33 claim source 0-9 actor"]
    assert source(desk).status == "decided"
    desk.do(deciding.reopen(desk.now, desk.at(20), by="r"))
    assert (desk.gold_links(), source(desk).status) == ([], "waiting")
    assert [rule_of(each) for each in standing(desk.article.decisions)].count(FOLLOWS) == 1
    desk.do(deciding.take(desk.now, desk.at(20), desk.at(20).versions[0], by="r"))
    assert desk.gold_links() == ["20-30 claim source 0-9 actor"]
    assert source(desk).status == "decided"


def test_links_made_by_hand_follow_too_or_go_with_their_end() -> None:
    desk = accepted(work(A, MARKS), work(B, MARKS))
    ends = {each.spans[0].start: each.id for each in desk.now.gold.annotations}
    layer = desk.now.gold.layer.id
    by_hand = [
        Relation("h", layer, "source", ends[20], ends[0]),
        Relation("g", layer, "against", ends[20], ends[10]),
    ]
    desk.do(Edit("by hand", tuple(Change(None, each) for each in by_hand)))
    place = desk.at(20)
    moved = replace(place.versions[0].annotations[0], label="denial")
    desk.do(deciding.edited(desk.now, place, [moved], by="r"))
    assert desk.gold_links() == ["20-30 denial source 0-9 actor"]  # a denial is against nobody
    desk.do(deciding.none(desk.now, desk.at(0), by="r"))
    assert desk.gold_links() == []


def test_a_decision_on_two_links_is_open_again_where_one_end_is_rejected() -> None:
    marks = f"{SOUTH}, {CLAIM}"
    desk = accepted(
        work(A, f"{NORTH}, {marks}", "c source n, c source s"), work(B, marks, "c source s")
    )
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[0], by="r"))
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[0], by="r"))
    assert len(desk.gold_links()) == 2
    desk.do(deciding.none(desk.now, desk.at(0), by="r"))
    assert desk.gold_links() == ["20-30 claim source 10-15 actor"]  # all agree on what is left
    assert source(desk).status == "decided"


def test_one_of_two_ends_is_decided_anew() -> None:
    marks = f"{SOUTH}, {CLAIM}"
    other = "n: 0-7 actor entity=e-north"
    desk = accepted(
        work(A, f"{NORTH}, {marks}", "c source n, c source s"),
        work(B, f"{other}, {marks}", "c source n, c source s"),
    )
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[0], by="r"))
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[1], by="r"))
    assert desk.gold_links() == ["20-30 claim source 0-7 actor", "20-30 claim source 10-15 actor"]
    assert source(desk).status == "decided"
