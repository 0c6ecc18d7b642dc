"""What a reviewer does with a place, and what gold has then."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from annotator.core.edits import Change, Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.review import deciding, granting
from annotator.review.settling import NAMES
from annotator.review.values import Place, Version
from tests.review.helpers import Desk, shown, work

A, B, C = "anna", "boris", "carla"


def boundary() -> Desk:
    return Desk(
        [
            work(A, "0-9 claim form=direct"),
            work(B, "4-12 claim form=mixed"),
            work(C, "4-12 claim form=mixed"),
        ]
    )


@pytest.mark.parametrize(
    ("verb", "gold", "form"),
    [
        (deciding.union, "0-12 claim", "mixed"),
        (deciding.intersection, "4-9 claim", "mixed"),
    ],
)
def test_extents_of_all_with_the_rest_of_most(
    verb: Callable[..., Edit], gold: str, form: str
) -> None:
    desk = boundary()
    edit = desk.do(verb(desk.now, desk.place, by="r"))
    assert edit.name == NAMES[desk.article.decisions[0].action]
    assert desk.gold() == [gold]
    (one,) = desk.now.gold.annotations
    assert one.attributes == {"form": form}
    assert one.meta["origin"] == {"from": ["anna1.0", "boris1.0", "carla1.0"], "how": "edited"}
    desk.do(verb(desk.now, desk.place, rest=desk.place.versions[0], by="r"))
    assert desk.now.gold.annotations[0].attributes == {"form": "direct"}


def test_intersection_needs_common_characters() -> None:
    desk = Desk([work(A, "0-20 claim"), work(B, "0-9 claim, 11-20 claim")])
    desk.do(deciding.intersection(desk.now, desk.place, by="r"))
    assert desk.gold() == ["0-9+11-20 claim"]
    desk = Desk([work(A, "0-40 claim"), work(B, "0-19 claim, 21-40 claim"), work(C, "0-19 claim")])
    assert desk.place.kind == "split"
    desk.do(deciding.intersection(desk.now, desk.place, by="r"))
    assert desk.gold() == ["0-19 claim"]
    apart = Desk([work(A, "0-40 claim"), work(B, "0-18 claim"), work(C, "20-40 claim")])
    with pytest.raises(UserError, match="no character in common"):
        deciding.intersection(apart.now, apart.place, by="r")


def test_union_of_what_is_missing_is_what_there_is() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B)])
    desk.do(deciding.union(desk.now, desk.place, by="r"))
    assert desk.gold() == ["0-9 claim"]
    desk.put(work(A))
    desk.do(deciding.union(desk.now, desk.place, by="r"))
    assert desk.gold() == []


def test_both_spans_stand_and_equal_ones_once() -> None:
    desk = Desk(
        [work(A, "0-20 claim form=direct"), work(B, "0-20 claim form=mixed"), work(C, "0-9 claim")]
    )
    desk.do(deciding.both_spans(desk.now, desk.place, by="r"))
    assert desk.gold() == ["0-20 claim", "0-9 claim"]
    assert all("reading" not in each.meta for each in desk.now.gold.annotations)
    two = desk.place.versions[1:]
    desk.do(deciding.both_spans(desk.now, desk.place, versions=two, by="r"))
    assert desk.now.gold.annotations[0].attributes == {"form": "mixed"}


def test_both_readings_are_kept_as_such() -> None:
    desk = Desk(
        [
            work(A, "0-9 claim, 20-25 actor"),
            work(B, "0-9 denial, 20-25 actor"),
            work(C, "20-25 actor"),
        ]
    )
    desk.do(deciding.both_readings(desk.now, desk.at(0), by="r"))
    readings = {shown(each): each.meta["reading"] for each in desk.at(0).gold}
    assert readings == {"0-9 claim": 1, "0-9 denial": 2}
    swapped = desk.at(0).versions[1::-1]
    edit = deciding.both_readings(desk.now, desk.at(0), versions=swapped, by="r")
    desk.do(edit)
    readings = {shown(each): each.meta["reading"] for each in desk.at(0).gold}
    assert readings == {"0-9 claim": 2, "0-9 denial": 1}


def test_mix_has_extents_of_one_and_the_rest_of_another() -> None:
    desk = Desk(
        [
            work(A, "0-9 claim form=direct"),
            work(B, "0-12 claim form=mixed certainty=certain topic=other"),
        ]
    )
    first, second = desk.place.versions
    desk.do(deciding.mix(desk.now, desk.place, first, second, by="r"))
    (gold,) = desk.now.gold.annotations
    assert shown(gold) == "0-9 claim"
    assert gold.attributes == {"form": "mixed", "certainty": "certain", "topic": "other"}
    assert gold.meta["origin"] == {"from": ["anna1.0", "boris1.0"], "how": "edited"}
    values = {"form": first, "topic": first}
    desk.do(deciding.mix(desk.now, desk.place, first, second, values=values, by="r"))
    assert desk.now.gold.annotations[0].attributes == {"form": "direct", "certainty": "certain"}
    nothing = Version((), (), ())
    desk.do(deciding.mix(desk.now, desk.place, first, nothing, by="r"))
    assert desk.now.gold.annotations[0].attributes == {"form": "direct"}


def test_edited_tells_what_it_was_made_from() -> None:
    desk = boundary()
    one = desk.place.versions[0].annotations[0]
    moved = replace(one, spans=(Span(0, 3),))
    new = Annotation("", "", (Span(5, 8),), "actor")
    desk.do(deciding.edited(desk.now, desk.place, [moved, new], by="r"))
    origins = {shown(each): each.meta["origin"] for each in desk.place.gold}
    assert origins == {
        "0-3 claim": {"from": ["anna1.0"], "how": "edited"},
        "5-8 actor": {"from": [], "how": "new"},
    }
    desk.do(deciding.keep(desk.now, desk.place, by="r"))
    assert [each.meta["origin"]["how"] for each in desk.place.gold] == ["edited", "new"]


def test_the_same_twice_at_one_place_is_two_rows() -> None:
    desk = boundary()
    one = desk.place.versions[0].annotations[0]
    desk.do(deciding.edited(desk.now, desk.place, [one, one], by="r"))
    assert desk.gold() == ["0-9 claim", "0-9 claim"]
    assert desk.statuses() == ["decided"]


@pytest.mark.parametrize(
    ("works", "rank", "how"),
    [
        ([work(A, "0-9 claim"), work(B, "0-9 claim")], 0, "unanimous"),
        ([work(A, "0-9 claim"), work(B, "0-9 claim"), work(C, "0-12 claim")], 0, "majority"),
        ([work(A, "0-9 claim"), work(B, "0-9 claim"), work(C, "0-12 claim")], 1, "minority upheld"),
        ([work(A, "0-9 claim"), work(B, "0-12 claim")], 0, "minority upheld"),
        ([work(A, "0-9 claim"), work(B)], 0, "minority upheld"),
    ],
)
def test_gold_knows_where_it_comes_from(works: Any, rank: int, how: str) -> None:
    desk = Desk(works)
    version = desk.place.versions[rank]
    desk.do(deciding.take(desk.now, desk.place, version, by="r"))
    origin = desk.now.gold.annotations[0].meta["origin"]
    assert origin["how"] == how
    assert len(origin["from"]) == len(version.by)


def test_what_gold_has_by_hand_is_taken_over_rather_than_doubled() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-9 claim, 20-25 actor")])
    layer = desk.now.gold.layer
    by_hand = Annotation("hand", layer.id, (Span(0, 9),), "claim", note="mine")
    desk.do(Edit("by hand", (Change(None, layer), Change(None, by_hand))))
    assert not desk.now.fresh
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[0], by="r"))
    assert [each.note for each in desk.now.gold.annotations] == ["mine"]
    assert desk.at(0).status == "decided"
    desk.do(deciding.reopen(desk.now, desk.at(0), by="r"))
    assert desk.gold() == []


def test_later_keeps_what_gold_has_and_reopening_takes_it_away() -> None:
    desk = boundary()
    desk.do(deciding.later(desk.now, desk.place, by="r"))
    assert (desk.statuses(), desk.gold()) == (["later"], [])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    desk.put(work(C, "0-11 claim"))
    assert desk.statuses() == ["stale"]
    edit = desk.do(deciding.later(desk.now, desk.place, by="r"))
    assert edit.name == "put a conflict off"
    assert (desk.statuses(), desk.gold()) == (["later"], ["0-9 claim"])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    edit = desk.do(deciding.later(desk.now, desk.place, by="r"))
    assert edit.name == "take a decision back"
    assert (desk.statuses(), desk.gold()) == (["later"], [])
    assert len(desk.article.decisions) == 5  # nothing is ever deleted


def test_what_a_reviewer_says_is_on_record() -> None:
    desk = boundary()
    desk.do(
        deciding.none(
            *(desk.now, desk.place),
            by="r",
            reason="slip",
            comment="why",
            confidence="low",
            gap=True,
        )
    )
    (decision,) = desk.article.decisions
    told = (decision.by, decision.reason, decision.comment, decision.confidence)
    assert told == ("r", "slip", "why", "low")
    assert decision.guideline_gap
    edit = desk.do(deciding.annotate(decision, reason="guideline gap", gap=False))
    assert edit.name == "remark on decision"
    (decision,) = desk.article.decisions
    assert (decision.reason, decision.comment) == ("guideline gap", "why")
    assert not decision.guideline_gap
    assert not deciding.annotate(decision, comment="why", confidence="low")


def test_gold_layer_comes_with_the_first_decision_only() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-9 claim, 20-25 actor")])
    kinds = []
    for start in (0, 20):
        place = desk.at(start)
        edit = desk.do(deciding.take(desk.now, place, place.versions[0], by="r"))
        kinds.append([each.kind for each in edit.changes])
    assert kinds == [["layer", "decision", "annotation"], ["decision", "annotation"]]
    assert (desk.now.gold.layer.role, desk.now.gold.layer.state) == ("gold", "open")


def test_no_annotators_row_is_ever_changed() -> None:
    desk = boundary()
    before = desk.now.works
    verbs: list[Callable[[Place], Edit]] = [
        lambda place: deciding.union(desk.now, place, by="r"),
        lambda place: deciding.none(desk.now, place, by="r"),
        lambda place: deciding.both_readings(desk.now, place, by="r"),
        lambda place: deciding.reopen(desk.now, place, by="r"),
        lambda _: granting.granted(desk.now, by="r"),
    ]
    for verb in verbs:
        desk.do(verb(desk.place))
        assert desk.now.works == before
