"""Relations in review: compared by entity, after spans, and as gold has decided their ends."""

from dataclasses import replace

import pytest

from annotator.core.edits import Change, Edit
from annotator.core.errors import UserError
from annotator.core.model import Relation
from annotator.review import deciding, granting
from annotator.review.links import END_REJECTED, ENDS_PENDING
from annotator.review.standing import BY_HAND, CHANGED, DELETED
from annotator.review.values import Place
from tests.review.helpers import Desk, work

A, B, C = "anna", "boris", "carla"
NORTH = "n: 0-9 actor entity=e-north"
SOUTH = "s: 10-15 actor entity=e-south"
AGAIN = "m: 60-65 actor entity=e-north"
CLAIM = "c: 20-30 claim"
MARKS = f"{NORTH}, {SOUTH}, {AGAIN}, {CLAIM}"


def accepted(*works: object) -> Desk:
    """An article of which all that is agreed was taken."""
    desk = Desk(works)  # type: ignore[arg-type]  # Works
    desk.do(granting.granted(desk.now, by="r"))
    return desk


def source(desk: Desk) -> Place:
    (found,) = (each for each in desk.now.places if each.relation == "source")
    return found


def test_links_wait_for_their_ends_and_come_by_themselves_where_all_agree() -> None:
    desk = Desk(
        [work(A, f"{NORTH}, {CLAIM}", "c source n"), work(B, f"{NORTH}, {CLAIM}", "c source n")]
    )
    assert (source(desk).status, source(desk).why) == ("waiting", ENDS_PENDING)
    for start in (0, 20):
        place = desk.at(start)
        edit = desk.do(deciding.take(desk.now, place, place.versions[0], by="r"))
    assert source(desk).status == "decided"
    assert desk.gold_links() == ["20-30 claim source 0-9 actor"]
    assert [each.action for each in desk.article.decisions] == ["take"] * 3
    assert {change.kind for change in edit.changes} == {"decision", "annotation", "relation"}
    desk.undo()
    assert (source(desk).status, desk.gold_links()) == ("waiting", [])


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("c source n", "c source n", True),
        ("c source n", "c source m", True),  # another mention of the same
        ("c source n", "c source s", False),
        ("c source n", "", False),
        ("c source n", "c source n implied", False),
        ("c source n, c source s", "c source s, x: c source m", True),
        ("c source n, x: c source m", "c source m", True),
        ("c source n, c source s", "c source n", False),
    ],
)
def test_links_are_compared_by_entity_never_by_mention(one: str, other: str, agrees: bool) -> None:
    desk = accepted(work(A, MARKS, one), work(B, MARKS, other))
    assert source(desk).status == ("decided" if agrees else "open")
    assert source(desk).kind == (None if agrees else "relation")
    assert len(desk.gold_links()) == (
        len(set(one.split(", ")) - {"x: c source m"}) if agrees else 0
    )


def test_twins_are_the_same_source() -> None:
    mine, theirs = "n: 0-9 actor entity=e-north", "n: 0-9 actor entity=f-north"
    desk = accepted(
        work(A, f"{mine}, {CLAIM}", "c source n"), work(B, f"{theirs}, {CLAIM}", "c source n")
    )
    assert source(desk).status == "decided"


def test_a_mention_of_two_is_the_same_as_two_mentions() -> None:
    both = "n: 0-9 actor entity=e-north+e-south"
    two = f"{both}, s: 40-45 actor entity=e-south, m: 50-55 actor entity=e-north"
    desk = accepted(
        work(A, f"{both}, {CLAIM}", "c source n"),
        work(B, f"{two}, {CLAIM}", "c source s, c source m"),
    )
    assert source(desk).kind is None
    assert source(desk).status == "waiting"  # two mentions are missing in the one


def test_what_names_nobody_is_compared_by_its_place() -> None:
    marks = "n: 0-9 actor, s: 10-15 actor, c: 20-30 claim"
    desk = accepted(work(A, marks, "c source n"), work(B, marks, "c source s"))
    assert source(desk).status == "open"
    desk.do(deciding.union(desk.now, source(desk), by="r"))
    assert desk.gold_links() == ["20-30 claim source 0-9 actor", "20-30 claim source 10-15 actor"]


def test_it_does_not_matter_from_which_end_an_undirected_link_was_drawn() -> None:
    marks = "c: 0-9 claim, d: 20-30 claim"
    desk = accepted(work(A, marks, "c disputes d"), work(B, marks, "d disputes c"))
    assert desk.gold_links() == ["0-9 claim disputes 20-30 claim"]
    assert desk.statuses("disputes") == ["decided"]


def test_only_who_has_the_span_has_a_vote_on_its_links() -> None:
    desk = Desk(
        [
            work(A, f"{NORTH}, {CLAIM}", "c source n"),
            work(B, f"{NORTH}, {CLAIM}", "c source n"),
            work(C, NORTH),
        ]
    )
    desk.do(granting.granted(desk.now, by="r"))
    place = desk.at(20)
    desk.do(deciding.take(desk.now, place, place.versions[0], by="r"))
    assert source(desk).status == "decided"
    assert len(source(desk).seen["links"]) == 2


def test_a_link_whose_end_was_rejected_is_shown_and_moot() -> None:
    desk = Desk([work(A, f"{NORTH}, {CLAIM}", "c source n"), work(B, NORTH)])
    place = desk.at(20)
    desk.do(deciding.none(desk.now, place, by="r"))
    assert (source(desk).status, source(desk).why) == ("moot", END_REJECTED)
    assert source(desk).versions[0].links
    desk = Desk([work(A, f"{NORTH}, {CLAIM}", "c source n"), work(B, CLAIM)])
    desk.do(granting.granted(desk.now, by="r"))
    assert source(desk).status == "waiting"
    desk.do(deciding.none(desk.now, desk.at(0), by="r"))
    assert (source(desk).status, source(desk).why) == ("moot", END_REJECTED)


def test_where_a_mention_was_rejected_another_one_of_the_same_stands_in() -> None:
    rest = f"{AGAIN}, {CLAIM}, far: 200-205 actor entity=e-north"
    desk = accepted(work(A, f"{NORTH}, {rest}", "c source n"), work(B, rest, "c source m"))
    desk.do(deciding.none(desk.now, desk.at(0), by="r"))
    assert desk.gold_links() == ["20-30 claim source 60-65 actor"]


def test_a_target_is_whom_gold_says_it_is() -> None:
    other = "n: 0-9 actor entity=e-south"
    desk = accepted(
        work(A, f"{NORTH}, {CLAIM}", "c source n"), work(B, f"{other}, {CLAIM}", "c source n")
    )
    assert source(desk).kind == "relation"
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[1], by="r"))
    assert (source(desk).kind, source(desk).status) == (None, "decided")


def test_what_the_label_of_gold_cannot_have_is_left_out() -> None:
    desk = accepted(
        work(A, f"{NORTH}, {CLAIM}", "c against n"), work(B, f"{NORTH}, c: 20-30 denial")
    )
    place = desk.at(20)
    denial = next(each for each in place.versions if each.annotations[0].label == "denial")
    desk.do(deciding.take(desk.now, place, denial, by="r"))
    assert desk.statuses("against") == ["moot"]


# A cluster in parts

WHOLE = "c: 20-60 claim"
PARTS = "c: 20-38 claim, d: 40-60 claim"


def test_who_has_a_whole_agrees_with_who_links_a_part() -> None:
    desk = accepted(
        work(A, f"{NORTH}, {WHOLE}", "c source n"),
        work(B, f"{NORTH}, {PARTS}", "c source n, d source n"),
    )
    assert source(desk).kind is None
    place = desk.at(20)
    desk.do(deciding.take(desk.now, place, place.versions[1], by="r"))
    assert desk.gold_links() == ["20-38 claim source 0-9 actor", "40-60 claim source 0-9 actor"]


def test_the_whole_gets_the_link_of_its_parts_once() -> None:
    desk = accepted(
        work(A, f"{NORTH}, {PARTS}", "c source n, d source n"),
        work(B, f"{NORTH}, {WHOLE}", "c source n"),
        work(C, f"{NORTH}, {WHOLE}", "c source n"),
    )
    place = desk.at(20)
    desk.do(deciding.take(desk.now, place, place.versions[1], by="r"))
    assert desk.gold_links() == ["20-60 claim source 0-9 actor"]


def test_two_who_cut_alike_and_link_different_parts_differ() -> None:
    desk = accepted(
        work(A, f"{NORTH}, {PARTS}", "c source n"),
        work(B, f"{NORTH}, {PARTS}", "d source n"),
        work(C, f"{NORTH}, {WHOLE}", "c source n"),
    )
    assert [len(each.by) for each in source(desk).versions] == [2, 1]
    assert source(desk).kind == "relation"
    desk = accepted(
        work(C, f"{NORTH}, {PARTS}", "c source n"),
        work(B, f"{NORTH}, {WHOLE}", "c source n"),
        work(A, f"{NORTH}, {WHOLE}", "c source n"),
    )
    assert source(desk).kind is None


def test_both_spans_keep_the_links_of_each() -> None:
    outer, inner = "c: 20-60 claim", "c: 30-60 claim"
    desk = accepted(
        work(A, f"{NORTH}, {outer}", "c source n"), work(B, f"{NORTH}, {inner}", "c source n")
    )
    desk.do(deciding.both_spans(desk.now, desk.at(20), by="r"))
    assert desk.gold_links() == ["20-60 claim source 0-9 actor", "30-60 claim source 0-9 actor"]


def test_an_annotation_that_gold_has_nothing_of_has_no_end_there() -> None:
    desk = Desk(
        [work(A, f"{NORTH}, {PARTS}", "c source n, d source n"), work(B, f"{NORTH}, {WHOLE}")]
    )
    desk.do(granting.granted(desk.now, by="r"))
    place = desk.at(20)
    first = place.versions[0].annotations[0]
    elsewhere = replace(first, spans=(first.spans[0],))
    more = replace(first, id="new", spans=work(A, "100-110 claim").annotations[0].spans)
    desk.do(deciding.edited(desk.now, place, [elsewhere, more], by="r"))
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[0], by="r"))
    assert desk.gold_links() == ["20-38 claim source 0-9 actor"]


# Deciding on links


def conflict() -> Desk:
    """Two annotators who name different sources of a claim."""
    return accepted(work(A, MARKS, "c source n"), work(B, MARKS, "c source s"))


def test_each_verb_on_links() -> None:
    north, south = "20-30 claim source 0-9 actor", "20-30 claim source 10-15 actor"
    for verb, links in (
        (deciding.union, [north, south]),
        (deciding.both_spans, [north, south]),
        (deciding.both_readings, [north, south]),
        (deciding.intersection, []),
        (deciding.none, []),
    ):
        desk = conflict()
        desk.do(verb(desk.now, source(desk), by="r"))
        assert desk.gold_links() == links
        assert source(desk).status == "decided"
    desk = conflict()
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[1], by="r"))
    assert desk.gold_links() == [south]
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[0], by="r"))
    assert desk.gold_links() == [north]
    desk.do(deciding.reopen(desk.now, source(desk), by="r"))
    assert (desk.gold_links(), source(desk).status) == ([], "later")


def test_intersection_of_links_is_what_all_have() -> None:
    desk = accepted(work(A, MARKS, "c source n, c source s"), work(B, MARKS, "c source m"))
    desk.do(deciding.intersection(desk.now, source(desk), by="r"))
    assert desk.gold_links() == ["20-30 claim source 0-9 actor"]


def test_mix_of_links_has_targets_from_one_and_attributes_from_the_other() -> None:
    desk = accepted(work(A, MARKS, "c source n, c source s"), work(B, MARKS, "c source m implied"))
    first, second = source(desk).versions
    desk.do(deciding.mix(desk.now, source(desk), first, second, by="r"))
    told = {each.target: each.attributes for each in desk.now.gold.relations}
    assert sorted(map(str, told.values())) == ["{'implied': True}", "{}"]


def test_a_reviewer_may_link_what_nobody_has() -> None:
    desk = conflict()
    ends = [each.id for each in desk.now.gold.annotations]
    desk.do(
        deciding.edited(
            desk.now, source(desk), links=[Relation("", "", "source", ends[2], ends[1])], by="r"
        )
    )
    assert desk.gold_links() == ["20-30 claim source 10-15 actor"]
    other = Relation("", "", "source", "anna1.c", "boris1.m")  # annotators' own, as gold has them
    desk.do(deciding.edited(desk.now, source(desk), links=[other], by="r"))
    assert desk.gold_links() == ["20-30 claim source 60-65 actor"]
    with pytest.raises(UserError, match="must be in gold"):
        deciding.edited(desk.now, source(desk), links=[replace(other, target="?")], by="r")


def test_a_link_that_gold_has_by_hand_is_not_doubled() -> None:
    desk = accepted(work(A, MARKS), work(B, MARKS))
    ends = {each.spans[0].start: each.id for each in desk.now.gold.annotations}
    by_hand = Relation("hand", desk.now.gold.layer.id, "source", ends[20], ends[0])
    desk.do(Edit("by hand", (Change(None, by_hand),)))
    desk.put(work(A, MARKS, "c source n"))
    desk.put(work(B, MARKS, "c source m"))
    desk.do(granting.granted(desk.now, by="r"))
    assert [each.id for each in desk.now.gold.relations] == ["hand"]
    assert source(desk).status == "decided"


# Staleness, and ends that are decided anew


def test_links_changed_after_they_were_decided() -> None:
    desk = conflict()
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[0], by="r"))
    desk.put(work(B, MARKS, "c source s implied"))
    assert (source(desk).status, source(desk).why) == ("stale", CHANGED)
    desk.put(work(B, MARKS, "again: c source n"))
    assert source(desk).status == "decided"  # all agree on what gold has
    desk.put(work(B, MARKS))
    desk.put(work(A, MARKS))
    assert (source(desk).status, source(desk).why) == ("stale", DELETED)
    desk.do(deciding.keep(desk.now, source(desk), by="r"))
    assert source(desk).status == "decided"
    (link,) = desk.now.gold.relations
    desk.do(Edit("by hand", (Change(link, replace(link, attributes={"implied": True})),)))
    assert (source(desk).status, source(desk).why) == ("stale", BY_HAND)
    desk.do(deciding.later(desk.now, source(desk), by="r"))
    assert source(desk).status == "later"
    desk.do(deciding.none(desk.now, source(desk), by="r"))
    assert (desk.gold_links(), desk.statuses("source")) == ([], [])


def test_links_that_were_rejected_and_are_gone_are_nothing_any_more() -> None:
    desk = conflict()
    desk.do(deciding.none(desk.now, source(desk), by="r"))
    desk.put(work(A, MARKS))
    desk.put(work(B, MARKS))
    assert desk.statuses("source") == []


def test_a_gold_link_changed_by_hand() -> None:
    desk = conflict()
    desk.do(deciding.take(desk.now, source(desk), source(desk).versions[0], by="r"))
    (link,) = desk.now.gold.relations
    desk.do(Edit("by hand", (Change(link, None),)))
    assert (source(desk).status, source(desk).why) == ("stale", BY_HAND)


def test_two_reviewers_who_link_differently() -> None:
    one, other = conflict(), conflict()
    one.do(deciding.take(one.now, source(one), source(one).versions[0], by="r"))
    other.do(deciding.take(other.now, source(other), source(other).versions[1], by="s"))
    gold = one.now.gold
    one.put(replace(gold, relations=(*gold.relations, *other.now.gold.relations)))
    one.article = replace(one.article, decisions=(*one.article.decisions, *other.article.decisions))
    place = source(one)
    assert (place.kind, place.status) == ("decision", "open")
    south = next(each for each in place.versions if each.by == ("s",))
    one.do(deciding.take(one.now, place, south, by="t"))
    assert one.gold_links() == ["20-30 claim source 10-15 actor"]
    assert source(one).status == "decided"
