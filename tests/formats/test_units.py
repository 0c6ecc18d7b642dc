"""Units: a file's offsets are found by its quotations, whatever it counts in."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.core.text import canonical
from annotator.formats.units import (
    BYTES,
    GRAPHEMES,
    POINTS,
    UTF16,
    Quote,
    counter_in,
    ruler_in,
    ruler_of,
)
from tests.strategies import raw_texts, texts

COUNTS: dict[str, Callable[[str], int]] = {
    POINTS: len,
    UTF16: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    BYTES: lambda text: len(text.encode("utf-8", "surrogatepass")),
}


def quotes(raw: str, unit: str, spans: list[tuple[int, int]]) -> list[Quote]:
    """What a file says that counts in `unit`."""
    count = COUNTS[unit]
    return [(count(raw[:start]), count(raw[:end]), raw[start:end]) for start, end in spans]


@given(raw_texts(), st.sampled_from((POINTS, UTF16, BYTES)), st.booleans(), st.data())
def test_quotes_are_found_in_every_unit(
    raw: str, unit: str, line_ends_once: bool, data: st.DataObject
) -> None:
    raw = raw.lstrip("\ufeff")
    base = raw.replace("\r\n", "\n") if line_ends_once else raw
    bounds = st.tuples(st.integers(0, len(base)), st.integers(0, len(base)))
    drawn = data.draw(st.lists(bounds, max_size=5))
    spans = [(min(two), max(two)) for two in drawn if two[0] != two[1]]
    said = quotes(base, unit, spans)
    ruler = ruler_of(raw, said)
    text = canonical(raw).text
    for start, end, words in said:
        found = ruler.span(start, end)
        if canonical(words).text:  # half of a line end is nothing in the canonical text
            assert found is not None
            assert found.of(text).replace("\n", " ") == canonical(words).text.replace("\n", " ")


@pytest.mark.parametrize(
    ("raw", "quote", "unit"),
    [
        ("Yerevan", (0, 7, "Yerevan"), POINTS),
        ("🙂 Baku", (3, 7, "Baku"), UTF16),
        ("🙂 Baku", (2, 6, "Baku"), POINTS),
        ("🙂 Baku", (5, 9, "Baku"), BYTES),
        ("a\r\nb c", (3, 4, "b"), POINTS),
        ("a\r\nb c", (2, 3, "b"), POINTS + ", each line end as one"),
        ("🙂🙂\r\nb", (5, 6, "b"), UTF16 + ", each line end as one"),
    ],
)
def test_unit_that_fits(raw: str, quote: Quote, unit: str) -> None:
    ruler = ruler_of(raw, [quote])
    assert ruler.fits(quote)
    assert ruler.unit == unit


def test_most_quotes_decide_and_the_likely_unit_where_all_are_as_good() -> None:
    raw = "🙂 Baku 🙂 Baku"
    wrong = (0, 1, "x")
    said = [(3, 7, "Baku"), (11, 15, "Baku"), wrong]
    ruler = ruler_of(raw, said)
    assert ruler.unit == UTF16
    assert not ruler.fits(wrong)
    assert ruler.span(3, 7) == Span(2, 6)
    assert ruler_of(raw, [], likely=UTF16).unit == UTF16
    assert ruler_of(raw, []).unit == POINTS


def test_what_is_no_place_is_no_span() -> None:
    ruler = ruler_of("🙂a", [(0, 2, "🙂")])
    for start, end in ((0, 1), (1, 2), (2, 2), (3, 2), (0, 9), (-1, 2)):
        assert ruler.span(start, end) is None
    by_bytes = ruler_of("éa", [(0, 2, "é"), (2, 3, "a")])
    assert by_bytes.unit == BYTES
    assert by_bytes.span(1, 3) is None
    assert by_bytes.span(-1, 3) is None
    assert ruler_of("\ufeffab", [(1, 3, "ab")]).span(0, 2) is None


@given(texts(max_pieces=20), st.sampled_from((POINTS, UTF16, GRAPHEMES)))
def test_counting_there_and_back(text: str, unit: str) -> None:
    count, ruler = counter_in(text, unit), ruler_in(text, unit)
    ends = [at for at in range(len(text) + 1) if at == 0 or count(at) != count(at - 1)]
    for start, end in pairwise(ends):
        assert ruler.span(count(start), count(end)) == Span(start, end)


def test_graphemes_are_found_by_words() -> None:
    raw = "👩‍👩‍👧 é\r\nB"
    ruler = ruler_of(raw, [(4, 5, "B"), (2, 3, "é")])
    assert ruler.unit == GRAPHEMES
    assert ruler.span(4, 5) == Span(len(raw) - 2, len(raw) - 1)
