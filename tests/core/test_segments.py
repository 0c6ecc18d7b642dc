"""Runs cover exactly; lanes never collide."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.segments import in_order, lanes, runs
from annotator.core.span import Span
from tests.strategies import spans

KEYED = st.lists(st.tuples(spans(25), st.integers(0, 5)), max_size=12)


@given(KEYED)
def test_runs_cover_exactly_what_the_spans_cover(found: list[tuple[Span, int]]) -> None:
    result = runs(found)
    for before, after in pairwise(result):
        assert before.span.end <= after.span.start
    for position in range(26):
        over = [run.keys for run in result if position in run.span]
        wanted = [key for span, key in found if position in span]
        assert sorted(over[0] if over else ()) == sorted(wanted)
        assert len(over) <= 1


@given(st.lists(spans(25), max_size=12))
def test_runs_are_as_long_as_can_be_and_outermost_comes_first(found: list[Span]) -> None:
    keyed = list(enumerate(found))
    result = runs((span, number) for number, span in keyed)
    for before, after in pairwise(result):
        if before.span.end == after.span.start:
            ends = {end for span in found for end in (span.start, span.end)}
            assert before.span.end in ends
    for run in result:
        starts = [(found[key].start, -found[key].end) for key in run.keys]
        assert starts == sorted(starts)


@given(st.lists(spans(40), max_size=20))
def test_lanes_never_collide_and_are_the_lowest_free(found: list[Span]) -> None:
    ordered = [span for span, _ in in_order((span, 0) for span in found)]
    taken = lanes(ordered)
    for index, (span, lane) in enumerate(zip(ordered, taken, strict=True)):
        earlier = list(zip(ordered[:index], taken[:index], strict=True))
        assert not any(span.overlaps(other) for other, at in earlier if at == lane)
        for lower in range(lane):
            assert any(span.overlaps(other) for other, at in earlier if at == lower)


def test_the_longer_of_two_that_start_together_is_the_outer() -> None:
    keyed = [(Span(0, 3), "inner"), (Span(0, 9), "outer"), (Span(9, 12), "next")]
    assert [key for _, key in in_order(keyed)] == ["outer", "inner", "next"]
    assert [(run.span, run.keys) for run in runs(keyed)] == [
        (Span(0, 3), ("outer", "inner")),
        (Span(3, 9), ("outer",)),
        (Span(9, 12), ("next",)),
    ]
    assert lanes([span for span, _ in in_order(keyed)]) == [0, 1, 0]
