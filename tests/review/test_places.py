"""Places: what differs, in what, and how far each is."""

from dataclasses import replace

import pytest

from annotator.core.edits import Change, Edit, inserted
from annotator.core.model import Annotation, Decision, Layer
from annotator.core.span import Span
from annotator.review import deciding
from annotator.review.places import after, on, reviewed
from annotator.review.rules import Rules
from annotator.review.standing import BY_HAND, CHANGED, DELETED
from annotator.review.values import Kind, Status
from tests.review.helpers import DOCUMENT, ENTITIES, TAGSET, Desk, work

A, B, C = "anna", "boris", "carla"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("0-9 claim", "0-9 claim", None),
        ("0-9 claim", "", "missing"),
        ("0-9 claim", "0-12 claim", "boundary"),
        ("0-20 claim", "0-8 claim, 10-20 claim", "split"),
        ("0-20 claim", "0-8+10-20 claim", "split"),
        ("0-9 claim", "0-9 denial", "label"),
        ("0-9 casualty low=3", "0-9 casualty low=4 outcome=killed", "count"),
        ("0-9 casualty bound=exact", "0-9 casualty bound=about", "count"),
        ("0-9 casualty whose=e-north", "0-9 casualty whose=e-south outcome=killed", "entity"),
        ("0-9 actor entity=e-north", "0-9 actor entity=e-south", "entity"),
        ("0-9 actor entity=e-north", "0-9 actor entity=f-north", None),
        ("0-9 actor entity=e-north", "0-9 actor entity=g-north", "entity"),
        ("0-9 claim form=direct", "0-9 claim form=mixed", "attribute"),
        ("0-9 foreign low=3", "0-9 foreign low=4", "attribute"),
    ],
)
def test_kind_is_the_first_in_which_versions_differ(
    one: str, other: str, kind: Kind | None
) -> None:
    place = Desk([work(A, one), work(B, other)]).place
    assert place.kind == kind
    assert place.status == ("open" if kind else "agreed")


def test_versions_are_the_different_ones_with_all_who_gave_them() -> None:
    desk = Desk([work(C, "0-9 claim"), work(A, "0-9 claim"), work(B, "0-9 denial")])
    found = desk.now
    names = [[found.layers[each].annotator for each in one.by] for one in desk.place.versions]
    assert names == [[A, C], [B]]
    assert desk.place.start == 0
    assert desk.place.seen["layers"].keys() == found.layers.keys()


def test_links_that_go_out_stand_with_a_version() -> None:
    desk = Desk([work(A, "x: 0-9 claim, y: 12-15 actor", "x source y"), work(B, "0-9 claim")])
    first, second = desk.at(0).versions[0], desk.at(12).versions[0]
    assert [each.type for each in first.links] == ["source"]
    assert second.links == ()


def test_blind_versions_are_shuffled_by_article_and_seed_and_stay_so() -> None:
    works = [work(name, f"0-{number} claim") for number, name in enumerate("uvwxyz", start=3)]
    orders = set()
    for seed in range(8):
        desk = Desk(works, Rules(blind=True, seed=seed))
        order = tuple(each.by for each in desk.place.versions)
        assert order == tuple(each.by for each in desk.place.versions)
        orders.add(order)
    assert len(orders) > 4


def test_an_article_only_one_has_done_has_no_places() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-9 claim", state="open")])
    assert desk.now.places == ()
    trusting = Desk(desk.article.works, Rules(trusted=A))
    assert trusting.place.status == "agreed"
    assert Desk(desk.article.works, Rules(trusted=B)).now.places == ()


def test_an_annotator_who_tagged_nothing_is_one_who_says_nothing_is_there() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B)])
    assert [len(each.annotations) for each in desk.place.versions] == [1, 0]
    assert desk.place.kind == "missing"
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[1], by="r"))
    assert desk.statuses() == ["decided"]
    assert desk.article.decisions[0].action == "none"
    assert desk.gold() == []


def test_stacked_identical_spans_are_as_many_places_and_as_much_gold() -> None:
    desk = Desk([work(A, "0-9 claim, 0-9 claim"), work(B, "0-9 claim, 0-9 claim")])
    assert desk.statuses() == ["agreed", "agreed"]
    for _ in range(2):
        place = next(each for each in desk.now.places if each.status == "agreed")
        desk.do(deciding.take(desk.now, place, place.versions[0], by="r"))
    assert desk.gold() == ["0-9 claim", "0-9 claim"]
    assert desk.statuses() == ["decided", "decided"]


def test_one_of_two_stacked_identical_spans_is_missing() -> None:
    desk = Desk([work(A, "0-9 claim, 0-9 claim"), work(B, "0-9 claim")])
    assert sorted(str(each.kind) for each in desk.now.places) == ["None", "missing"]


def test_nested_spans_of_one_label_are_two_places() -> None:
    desk = Desk([work(A, "0-40 claim, 10-20 claim"), work(B, "0-40 claim, 10-20 claim")])
    assert desk.statuses() == ["agreed", "agreed"]
    desk = Desk([work(A, "0-40 claim, 10-20 claim"), work(B, "0-40 claim")])
    assert [each.kind for each in desk.now.places] == [None, "missing"]


def test_the_newest_done_round_of_each_annotator_counts() -> None:
    desk = Desk([work(A, "0-9 claim"), work(A, "0-5 claim", round_=2), work(B, "0-5 claim")])
    assert desk.place.kind is None
    desk.put(work(A, "0-5 claim", round_=2, state="open"))
    assert desk.place.kind == "boundary"


def test_machine_and_gold_layers_are_no_versions() -> None:
    machine = work(A, "0-3 claim")
    machine = replace(machine, layer=replace(machine.layer, role="machine"))
    assert Desk([machine, work(B, "0-9 claim")]).now.places == ()


def test_without_the_rule_that_all_agree_what_is_agreed_is_open() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-9 claim")], Rules(all_agree=False))
    assert desk.statuses() == ["open"]
    assert desk.now.pending == desk.now.places


# Decisions and what comes after


def decided(*works: object) -> Desk:
    """A boundary conflict at 0 that was decided for Anna's version."""
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim")])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    assert desk.statuses() == ["decided"]
    return desk


def test_a_decision_closes_its_place() -> None:
    desk = decided()
    (decision,) = desk.place.decisions
    assert (decision.by, decision.action) == ("r", "take")
    assert [each.id for each in desk.place.gold] == list(decision.outcome["annotations"])
    assert desk.place.gold[0].meta == {"origin": {"from": ["anna1.0"], "how": "minority upheld"}}


@pytest.mark.parametrize(
    ("new", "status", "why"),
    [
        (work(B, "0-12 claim"), "decided", ""),
        (work(B, "0-13 claim"), "stale", CHANGED),
        (work(B, "0-12 claim form=direct"), "stale", CHANGED),
        (work(B, "other: 0-12 claim"), "stale", CHANGED),
        (work(B, ""), "stale", CHANGED),
        (work(B, "0-9 claim"), "decided", ""),  # all agree now, on what gold has
        (work(C, "0-9 claim"), "stale", CHANGED),  # a third layer coming in
        (work(C, ""), "stale", CHANGED),
        (work(C, "0-30 denial", state="open"), "decided", ""),
        (work(B, "0-13 claim", state="open"), None, ""),  # one is left
        (work(B, "0-13 claim", state="open", round_=2), "decided", ""),
        (work(B, "0-12 claim", round_=2), "stale", CHANGED),
    ],
)
def test_what_annotators_do_after_a_decision(new: object, status: Status | None, why: str) -> None:
    desk = decided()
    desk.put(new)  # type: ignore[arg-type]  # a Work
    found = [(each.status, each.why) for each in desk.now.places]
    assert found == ([(status, why)] if status else [])
    assert desk.now.gold.annotations


def test_a_reopened_layer_is_not_judged_until_it_is_done_again() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim"), work(C, "0-9 claim")])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    desk.put(work(C, "20-30 claim", state="open"))
    assert desk.statuses() == ["decided"]
    desk.put(work(C, "0-9 claim"))
    assert desk.statuses() == ["decided"]
    desk.put(work(C, "other: 20-30 claim"))
    assert [(each.start, each.status) for each in desk.now.places] == [(0, "stale"), (20, "open")]


def test_a_decision_goes_with_most_of_what_it_saw() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim"), work(C, "0-9 claim")])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    desk.put(work(A, "20-30 claim"))  # the same annotation, moved
    assert [(each.start, each.status) for each in desk.now.places] == [(0, "stale"), (20, "open")]


def test_a_span_that_only_a_reopened_layer_had_is_not_judged() -> None:
    desk = Desk([work(A), work(B), work(C, "0-9 claim")])
    desk.do(deciding.none(desk.now, desk.place, by="r"))
    desk.put(work(C, "0-9 claim", state="question"))
    assert desk.now.places == ()
    desk.put(work(C, "0-9 claim"))
    assert desk.statuses() == ["decided"]


def test_a_span_deleted_after_it_was_decided_comes_back_with_its_gold() -> None:
    desk = decided()
    desk.put(work(A))
    desk.put(work(B))
    place = desk.place
    assert (place.status, place.why) == ("stale", DELETED)
    assert [each.spans for each in place.gold] == [each.spans for each in desk.now.gold.annotations]
    assert place.start == 0
    kept = desk.do(deciding.keep(desk.now, place, by="r"))
    assert desk.statuses() == ["decided"]
    assert len(desk.gold()) == 1
    assert kept.name == "take an edited version"
    desk.do(deciding.reopen(desk.now, desk.place, by="r"))
    assert desk.now.places == ()
    desk.undo()
    desk.undo()
    desk.do(deciding.none(desk.now, desk.place, by="r"))
    assert (desk.gold(), desk.now.places) == ([], ())


def test_deleted_since_decided_can_be_put_off() -> None:
    desk = decided()
    desk.put(work(A))
    desk.put(work(B, "new: 40-50 actor"))
    assert [each.start for each in desk.now.places] == [0, 40]
    desk.do(deciding.later(desk.now, desk.at(0), by="r"))
    assert desk.gold() == ["0-9 claim"]
    assert desk.at(0).status == "later"


def test_gold_of_a_deleted_place_changed_by_hand() -> None:
    desk = decided()
    desk.put(work(A))
    desk.put(work(B))
    desk.do(deciding.keep(desk.now, desk.place, by="r"))
    (gold,) = desk.now.gold.annotations
    desk.do(Edit("by hand", (Change(gold, replace(gold, label="denial")),)))
    assert (desk.place.status, desk.place.why) == ("stale", BY_HAND)
    desk.do(deciding.later(desk.now, desk.place, by="r"))
    assert desk.statuses() == ["later"]


def test_what_was_rejected_and_is_deleted_is_nothing_any_more() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B)])
    desk.do(deciding.none(desk.now, desk.place, by="r"))
    desk.put(work(A))
    assert desk.now.places == ()


def test_what_is_marked_anew_where_gold_is_stands_on_the_old_decision() -> None:
    desk = decided()
    desk.put(work(A, "again: 0-9 claim"))
    desk.put(work(B, "again: 0-12 claim, 40-50 actor"))
    assert [(each.status, each.why) for each in desk.now.places] == [
        ("stale", CHANGED),
        ("open", ""),
    ]
    desk.put(work(B, "again: 0-9 claim"))
    assert desk.statuses() == ["decided"]


def test_gold_changed_by_hand_makes_its_decision_stale() -> None:
    desk = decided()
    (gold,) = desk.now.gold.annotations
    desk.do(Edit("by hand", (Change(gold, replace(gold, label="denial")),)))
    assert (desk.place.status, desk.place.why) == ("stale", BY_HAND)
    desk.do(deciding.keep(desk.now, desk.place, by="r"))
    assert (desk.statuses(), desk.gold()) == (["decided"], ["0-9 denial"])
    desk.undo()
    desk.undo()
    desk.do(Edit("by hand", (Change(gold, None),)))
    assert (desk.place.status, desk.place.why) == ("stale", BY_HAND)
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[1], by="r"))
    assert (desk.statuses(), desk.gold()) == (["decided"], ["0-12 claim"])


def test_two_reviewers_who_decide_alike_make_the_same_row() -> None:
    first = decided()
    second = decided()
    assert first.now.gold.annotations == second.now.gold.annotations
    first.article = replace(
        first.article, decisions=(*first.article.decisions, *second.article.decisions)
    )
    assert first.statuses() == ["decided"]
    assert len(first.place.decisions) == 2


def test_two_reviewers_who_decide_differently_are_a_conflict_of_its_own() -> None:
    one = decided()
    other = Desk(works=[work(A, "0-9 claim"), work(B, "0-12 claim")])
    other.do(deciding.take(other.now, other.place, other.place.versions[1], by="s"))
    gold = other.now.gold
    one.put(replace(one.now.gold, annotations=(*one.now.gold.annotations, *gold.annotations)))
    one.article = replace(one.article, decisions=(*one.article.decisions, *other.article.decisions))
    place = one.place
    assert (place.kind, place.status) == ("decision", "open")
    versions = {each.by: each for each in place.versions}
    assert versions.keys() == {("r",), ("s",)}
    one.do(deciding.take(one.now, place, versions["s",], by="t"))
    assert (one.statuses(), one.gold()) == (["decided"], ["0-12 claim"])
    assert len(one.place.decisions) == 1
    assert one.place.gold[0].meta["origin"]["how"] == "minority upheld"


def test_after_gives_what_reading_anew_would() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim")])
    edit = deciding.take(desk.now, desk.place, desk.place.versions[0], by="r")
    then = after(desk.now, edit)
    before = desk.now
    desk.do(edit)
    assert then == desk.now
    assert then.compared is not None
    more = Edit("done", (Change(None, replace(work(C).layer)),))
    assert after(then, more).layers.keys() != before.layers.keys()
    assert (
        after(
            then,
            Edit(
                "gone",
                (Change(before.layers[before.works[next(iter(before.works))].layer.id], None),),
            ),
        ).places
        == ()
    )


def test_after_passes_by_what_is_about_other_articles() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim")])
    other = Layer.of("other", A)
    mark = Annotation("x", other.id, (Span(0, 3),), "claim")
    decision = Decision("y", "other", {}, "none")
    assert after(desk.now, Edit("other", inserted([other, mark, decision]))) == desk.now


def test_the_register_comes_by_id() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-9 claim")])
    assert reviewed(desk.article, TAGSET, ENTITIES) == desk.now
    assert on(desk.article, desk.ground, links=False).places == desk.now.places
    assert desk.now.document == DOCUMENT
    assert desk.now.fresh
