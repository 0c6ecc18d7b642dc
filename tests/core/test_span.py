"""Spans: half-open, never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span, envelope
from tests.strategies import spans


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (3, 2), (-2, -1)])
def test_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"no span from {start} to {end}"):
        Span(start, end)


def test_a_span_counts_code_points() -> None:
    text = "a🙂e\u0301b"
    assert Span(1, 4).of(text) == "🙂e\u0301"
    assert len(Span(1, 4)) == 3
    assert [position in Span(1, 4) for position in range(6)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


@given(spans(30), spans(30))
def test_overlap_and_cover_are_those_of_the_sets_of_positions(a: Span, b: Span) -> None:
    left, right = set(range(a.start, a.end)), set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(left & right)
    assert a.covers(b) == (right <= left)
    assert (a < b) == ((a.start, a.end) < (b.start, b.end))


@given(st.lists(spans(30), min_size=1))
def test_the_envelope_is_the_shortest_cover(found: list[Span]) -> None:
    whole = envelope(tuple(sorted(found)))
    assert all(whole.covers(span) for span in found)
    assert whole.start in {span.start for span in found}
    assert whole.end in {span.end for span in found}
