"""Decisions follow what is rewritten for all alike."""

from dataclasses import replace

from annotator.core.edits import Change, Edit, change
from annotator.core.model import Annotation, Decision
from annotator.review import deciding, granting
from annotator.review.following import carried
from tests.review.helpers import ENTITIES, Desk, work

A, B = "anna", "boris"


def rewritten(desk: Desk, old: str, new: str) -> Edit:
    """The edit that gives each annotation of a label another label, in all layers."""
    changes = [
        one
        for each in desk.article.works
        for annotation in each.annotations
        if annotation.label == old
        for one in change(annotation, replace(annotation, label=new))
    ]
    return Edit("retag", tuple(changes))


def test_decisions_follow_a_label_that_is_renamed() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-12 claim, 20-25 actor")])
    desk.do(granting.granted(desk.now, by="r"))
    desk.do(deciding.take(desk.now, desk.at(0), desk.at(0).versions[0], by="r"))
    edit = rewritten(desk, "claim", "denial")
    followed = carried(desk.article.decisions, edit.changes)
    assert len(followed) == 1
    desk.do(Edit("retag", (*edit.changes, *followed)))
    assert desk.statuses() == ["decided", "decided"]
    desk.undo()
    desk.do(edit)
    assert desk.statuses() == ["stale", "decided"]


def test_what_was_stale_before_stays_so() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B, "0-12 claim")])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    desk.put(work(B, "0-13 claim"))
    edit = rewritten(desk, "claim", "denial")
    followed = carried(desk.article.decisions, edit.changes)
    desk.do(Edit("retag", (*edit.changes, *followed)))
    assert desk.statuses() == ["stale"]


def test_what_is_taken_away_for_all_is_left_out_of_what_was_seen() -> None:
    desk = Desk([work(A, "0-9 claim, 20-25 actor"), work(B, "0-9 claim, 20-25 claim")])
    desk.do(granting.granted(desk.now, by="r"))
    desk.do(deciding.take(desk.now, desk.at(20), desk.at(20).versions[0], by="r"))
    gone = [
        Change(each, None)
        for found in desk.article.works
        for each in found.annotations
        if each.label == "actor"
    ]
    desk.do(Edit("retag", (*gone, *carried(desk.article.decisions, gone))))
    assert [each.status for each in desk.now.places] == ["decided", "decided"]
    assert desk.gold() == ["0-9 claim"]


def test_links_follow_too_and_nothing_follows_nothing() -> None:
    marks = "n: 0-9 actor, c: 20-30 claim"
    desk = Desk([work(A, marks, "c source n"), work(B, marks, "c source n")])
    desk.do(granting.granted(desk.now, by="r"))
    changes = [
        one
        for each in desk.article.works
        for link in each.relations
        for one in change(link, replace(link, attributes={"implied": True}))
    ]
    assert desk.statuses("source") == ["decided"]
    followed = carried(desk.article.decisions, changes)
    desk.do(Edit("retag", (*changes, *followed)))
    assert desk.statuses("source") == ["decided"]
    assert carried(desk.article.decisions, []) == []
    assert carried(desk.article.decisions, [Change(ENTITIES["e-north"], None)]) == []
    note = [Change(one := desk.now.gold.annotations[0], replace(one, note="more"))]
    assert carried(desk.article.decisions, note) == []


def test_decisions_of_other_makes_are_left_as_they_are() -> None:
    odd = Decision("x", "d", {"layers": 1, "more": {}}, "none", {"annotations": [], "rule": "r"})
    one = Annotation("a", "l", work(A, "0-9 claim").annotations[0].spans, "claim")
    assert carried([odd], [Change(one, None)]) == []
    desk = Desk([work(A, "0-9 claim"), work(B, "0-9 claim")])
    desk.article = replace(desk.article, decisions=(replace(odd, seen={"layers": {"l": 1}}),))
    assert desk.statuses() == ["agreed"]
