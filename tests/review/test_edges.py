"""Extents that differ at their edges only, and what the guideline makes of them."""

import pytest

from annotator.core.span import Span
from annotator.review.edges import merged_edges


@pytest.mark.parametrize(
    ("text", "extents", "merged"),
    [
        ("he said “we won.” Then", [(8, 17), (9, 15)], (8, 17)),
        ("he said “we won”. Then", [(8, 17), (9, 15)], (8, 16)),
        ("the “army” left", [(0, 10), (5, 9)], (0, 10)),
        (" an army ", [(0, 9), (4, 8)], (1, 8)),
        ("a. b", [(0, 2), (0, 1)], (0, 1)),
        ("“”. so", [(0, 2), (1, 3)], None),
    ],
)
def test_merged_edges(
    text: str, extents: list[tuple[int, int]], merged: tuple[int, int] | None
) -> None:
    found = merged_edges([(Span(*each),) for each in extents], text)
    assert found == (merged and (Span(*merged),))


def test_merged_edges_of_fragments() -> None:
    text = "the army and the guards left."
    one = (Span(0, 8), Span(24, 29))
    other = (Span(4, 8), Span(24, 28))
    assert merged_edges([one, other], text) == (Span(0, 8), Span(24, 28))
    assert merged_edges([one, (Span(4, 7), Span(24, 28))], text) is None
