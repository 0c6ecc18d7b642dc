"""Laws of a review: whatever is done in whatever order, the queue and gold are as they must be."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Work
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.review import deciding, granting
from annotator.review.queue import ORDERS, Case, cases, next_pending
from annotator.review.rules import Rules
from annotator.review.standing import is_real, made_by, standing
from annotator.review.values import Place, Reviewed
from tests.review.helpers import Desk, layer_of
from tests.strategies import examples

STEPS = ("decide", "decide", "decide", "decide", "grant", "undo", "change", "change", "work")
PEOPLE = ("anna", "boris", "carla")
ATTRIBUTES: tuple[dict[str, Any], ...] = ({}, {"form": "direct"}, {"entity": ["e-north"]})
RULES = (Rules(), Rules(majority=2), Rules(edges=True, trusted="anna"), Rules(blind=True, seed=3))


@st.composite
def works(draw: st.DrawFn, name: str) -> Work:
    """What somebody may have made of the article: few extents, so that they often meet."""
    state = draw(st.sampled_from(("done", "done", "done", "open")))
    layer = layer_of(name, state)  # type: ignore[arg-type]  # a state
    marks = draw(
        st.lists(
            st.tuples(
                st.integers(0, 8),
                st.integers(1, 4),
                st.sampled_from(("claim", "actor", "denial")),
                st.sampled_from(ATTRIBUTES),
            ),
            max_size=6,
        )
    )
    found = [_annotation(layer, number, each) for number, each in enumerate(marks)]
    links: list[Relation] = []
    sources = [each for each in found if each.label == "claim"]
    for number, one in enumerate(sources):
        others = [each for each in found if each.id != one.id and each.label in ("claim", "actor")]
        for other in draw(st.lists(st.sampled_from(others), max_size=2)) if others else []:
            type_ = "source" if other.label == "actor" else "disputes"
            id_ = f"{one.id} {type_} {other.id} {number} {len(links)}"
            links.append(Relation(id_, layer.id, type_, one.id, other.id))
    return Work(layer, tuple(found), tuple(links))


def _annotation(
    layer: Layer, number: int, mark: tuple[int, int, str, dict[str, Any]]
) -> Annotation:
    start, length, label, attributes = mark
    wrong = ("entity" in attributes) != (label == "actor")
    id_ = f"{layer.annotator} {number} {start} {length} {label}"
    span = Span(start * 5, (start + length) * 5)
    return Annotation(id_, layer.id, (span,), label, {} if wrong else attributes)


@st.composite
def changed(draw: st.DrawFn, found: Work) -> Work:
    """A layer after its annotator has been at it again: something moved, renamed or removed."""
    state = draw(st.sampled_from(("done", "done", "open")))
    layer = replace(found.layer, state=state)  # type: ignore[arg-type]  # a state
    if not found.annotations:
        return replace(found, layer=layer)
    one = draw(st.sampled_from(found.annotations))
    start, end = one.spans[0].start, one.spans[0].end
    new = draw(
        st.sampled_from(
            (
                None,
                one,
                replace(one, spans=(Span(start, end + 5),)),
                replace(one, spans=(Span(start + 40, end + 40),)),
                replace(one, attributes={}),
            )
        )
    )
    rest = [each for each in found.annotations if each.id != one.id]
    links, fewer = found.relations, draw(st.sampled_from((True, False)))
    if new is None:
        links = tuple(each for each in links if one.id not in (each.source, each.target))
    elif fewer:
        links = links[1:]
    return Work(layer, (*rest, *((new,) if new else ())), links)


VERBS: dict[str, Callable[[Reviewed, Place], Edit]] = {
    "first": lambda found, place: deciding.take(found, place, place.versions[0], by="r"),
    "last": lambda found, place: deciding.take(found, place, place.versions[-1], by="r"),
    "none": lambda found, place: deciding.none(found, place, by="r"),
    "union": lambda found, place: deciding.union(found, place, by="r"),
    "spans": lambda found, place: deciding.both_spans(found, place, by="r"),
    "readings": lambda found, place: deciding.both_readings(found, place, by="r"),
    "mix": lambda found, place: deciding.mix(
        found, place, place.versions[0], place.versions[-1], by="r"
    ),
    "later": lambda found, place: deciding.later(found, place, by="r"),
    "reopen": lambda found, place: deciding.reopen(found, place, by="r"),
}


def require_lawful(desk: Desk) -> None:
    """What must hold of every article at any time."""
    now = desk.now
    require_places(now)
    require_gold(desk)
    pending = Counter(each.key for each in now.pending)
    for order in ORDERS:
        found = cases(now)
        walked: Counter[str] = Counter()
        case: Case | None = None
        for _ in now.pending:
            case = next_pending(found, case, order)
            assert case is not None
            walked[case.key] += 1
        assert walked == pending
    assert len(pending) == pending.total()


def require_places(now: Reviewed) -> None:
    """Each annotation is at one place, and what is closed was decided on just what is there."""
    seen = Counter(
        id_ for place in now.places for ids in place.seen["layers"].values() for id_ in ids
    )
    assert seen == Counter(each.id for work in now.works.values() for each in work.annotations)
    links = Counter(
        id_ for place in now.places for ids in place.seen["links"].values() for id_ in ids
    )
    assert links == Counter(each.id for work in now.works.values() for each in work.relations)
    for place in now.places:
        real = [each for each in place.decisions if is_real(each)]
        if place.status == "decided":
            assert real
            part = "links" if place.relation else "layers"
            same = all(each.seen[part] == place.seen[part] for each in real)
            assert same or place.kind is None or parked_only(now, place, part)
        elif place.status in ("agreed", "open"):
            assert not real


def parked_only(now: Reviewed, place: Place, part: str) -> bool:
    """Whether a decision saw the same in the layers that are in review, and more in others."""
    done = place.seen[part]
    return all(
        {
            layer: ids
            for layer, ids in each.seen[part].items()
            if layer in done or (ids and layer in now.layers)
        }
        == done
        for each in place.decisions
    )


def require_gold(desk: Desk) -> None:
    """Gold is what standing decisions have made, no more and no less."""
    gold = next((each for each in desk.article.works if each.layer.role == "gold"), None)
    decisions = standing(desk.article.decisions)
    made = {id_ for each in decisions for id_ in made_by(each, "layers")}
    linked = {id_ for each in decisions for id_ in made_by(each, "links")}
    assert made == {each.id for each in gold.annotations} if gold else not made
    assert linked == {each.id for each in gold.relations} if gold else not linked


def statuses(desk: Desk) -> list[tuple[str, str]]:
    return [(each.key, each.status) for each in desk.now.places]


@given(st.data())
@examples(30, deadline=None)
def test_queue_holds_exactly_what_is_undecided_or_stale(data: st.DataObject) -> None:
    rules = data.draw(st.sampled_from(RULES))
    desk = Desk([data.draw(works(name)) for name in PEOPLE], rules)
    require_lawful(desk)
    for _ in range(data.draw(st.integers(3, 12))):
        step = data.draw(st.sampled_from(STEPS))
        if step in ("work", "change"):
            before = data.draw(st.sampled_from(list(desk.works)))
            name = before.layer.annotator
            now = next(each for each in desk.article.works if each.layer.annotator == name)
            desk.put(data.draw(works(name) if step == "work" else changed(now)))
        elif step == "undo" and desk.done:
            desk.undo()
        elif step == "grant":
            require_granted(desk)
        elif step == "decide":
            decide(desk, data)
        require_lawful(desk)


def require_granted(desk: Desk) -> None:
    before = statuses(desk)
    edit = granting.granted(desk.now, by="r")
    told = granting.grants(desk.article, desk.ground, by="r")
    annotators = desk.now.works
    desk.do(edit)
    assert desk.now.works == annotators
    assert not [each for each in desk.now.places if each.status == "agreed"]
    assert told.statuses == Counter(each.status for each in desk.now.places)
    assert told.taken <= len(list(edit.touched("decision")))
    then = statuses(desk)
    desk.undo()
    assert statuses(desk) == before
    desk.do(edit)
    assert statuses(desk) == then


def decide(desk: Desk, data: st.DataObject) -> None:
    """Decide a place, undo that, and decide it again."""
    places = [each for each in desk.now.places if each.status not in ("waiting", "moot")]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    verb = data.draw(st.sampled_from(sorted(VERBS)))
    before, annotators = statuses(desk), desk.now.works
    edit = VERBS[verb](desk.now, place)
    desk.do(edit)
    then = desk.now
    assert then.works == annotators
    found = [each.status for each in then.places if each.key == place.key]
    if not place.key.startswith("decision "):
        assert found == ["later" if verb in ("reopen", "later") else "decided"]
    spans = {each.key: each.status for each in then.places if not each.relation}
    for key, status in before:
        if key in spans and key != place.key:
            assert spans[key] == status
    desk.undo()
    assert statuses(desk) == before
    desk.do(edit)


@given(works("anna"), works("boris"), st.lists(st.sampled_from(sorted(VERBS)), max_size=6))
@examples(30, deadline=None)
def test_two_reviewers_who_do_the_same_make_the_same_gold(
    one: Work, other: Work, verbs: list[str]
) -> None:
    made = []
    for _ in range(2):
        desk = Desk([one, other])
        desk.do(granting.granted(desk.now, by="r"))
        for verb in verbs:
            if desk.now.pending:
                desk.do(VERBS[verb](desk.now, desk.now.pending[0]))
        gold = desk.now.gold
        made.append(
            (
                {each.id: each for each in gold.annotations},
                {each.id: each for each in gold.relations},
            )
        )
    assert made[0] == made[1]


@given(works("anna"), works("boris"), works("carla"))
@examples(30, deadline=None)
def test_an_article_is_decided_to_its_end_in_as_many_steps_as_it_has_conflicts(
    one: Work, other: Work, third: Work
) -> None:
    desk = Desk([one, other, third])
    desk.do(granting.granted(desk.now, by="r"))
    most = sum(each.kind is not None for each in desk.now.places)
    steps = 0
    case: Case | None = None
    while case := next_pending(cases(desk.now), case):
        place = desk.now.places[case.at]
        desk.do(deciding.take(desk.now, place, place.versions[-1], by="r"))
        steps += 1
    assert steps <= most
    assert {each.status for each in desk.now.places} <= {"decided", "moot"}
