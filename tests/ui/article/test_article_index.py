"""The buckets of annotations: right while they are being filled, and after every change."""

import random
from bisect import bisect_right

from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.ui.article.index import SpanIndex, key_of

STARTS = [0, 100, 200, 300, 400]


def start_of(number: int) -> int:
    return STARTS[number] if number < len(STARTS) else 500


def at(name: str, start: int, end: int) -> Annotation:
    return Annotation(name, "l", (Span(start, end),), "claim")


def many(count: int, seed: int = 1) -> list[Annotation]:
    dice = random.Random(seed)
    found = []
    for number in range(count):
        start = dice.randrange(490)
        found.append(at(f"a{number}", start, min(500, start + dice.randrange(1, 150))))
    return found


def index_of(annotations: list[Annotation]) -> SpanIndex:
    index = SpanIndex(len(STARTS), start_of)
    index.load(annotations)
    return index


def expected(annotations: list[Annotation], number: int) -> list[Annotation]:
    span = Span(start_of(number), start_of(number + 1))
    return sorted((each for each in annotations if each.envelope.overlaps(span)), key=key_of)


def test_a_paragraph_is_the_same_before_and_after_building() -> None:
    annotations = many(200)
    index = index_of(annotations)
    before = [index.within(number) for number in range(len(STARTS))]
    assert not index.complete
    assert before == [expected(annotations, number) for number in range(len(STARTS))]
    index.build()
    assert index.complete
    assert [index.within(number) for number in range(len(STARTS))] == before


def test_building_stops_when_the_time_is_up() -> None:
    index = index_of(many(2000))
    assert not index.build(0.0)
    while not index.build(0.0):
        pass
    assert len(index.ordered()) == 2000


def test_changes_leave_what_a_fresh_index_would_hold() -> None:
    annotations = many(60)
    index = index_of(annotations)
    dice = random.Random(3)
    index.ordered()
    for each in many(60, seed=2):
        gone = annotations.pop(dice.randrange(len(annotations)))
        touched = index.remove(gone.id)
        assert touched[0] == bisect_right(STARTS, gone.envelope.start) - 1
        new = Annotation(each.id + "x", "l", each.spans, "denial")
        annotations.append(new)
        index.add(new)
    fresh = index_of(annotations)
    assert index.ordered() == fresh.ordered()
    for number in range(len(STARTS)):
        assert index.within(number) == fresh.within(number)
    assert index.remove("unknown") == range(0)


def test_neighbours_in_reading_order() -> None:
    index = index_of([at("b", 10, 20), at("a", 10, 30), at("c", 250, 260)])
    assert index.ordered() == ["a", "b", "c"]
    assert index.neighbour(10, backwards=False) == "a"
    assert index.neighbour(11, backwards=False) == "c"
    assert index.neighbour(251, backwards=False) is None
    assert index.neighbour(250, backwards=True) == "b"
    assert index.neighbour(10, backwards=True) is None
    assert index.get("c") == at("c", 250, 260)
    assert index.get("d") is None
