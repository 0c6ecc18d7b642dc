"""Tokens and sentences of a whole text."""

import pytest
from hypothesis import given

from annotator.core.lines import SPACE
from annotator.core.span import Span
from annotator.core.tokens import sentence_firsts, tokens_of
from tests.strategies import texts


def forms(text: str) -> list[str]:
    tokens = tokens_of(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def sentences(text: str) -> list[str]:
    tokens = tokens_of(text)
    firsts = sentence_firsts(text, tokens)
    ends = [*firsts[1:], len(tokens)]
    return [tokens.span(*pair).of(text) for pair in zip(firsts, ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. said: 1,000!", ["The", "U.S.", "said", ":", "1,000", "!"]),
        ("a👩‍👩‍👧‍👦🇦🇲🇦🇿👍🏽", ["a", "👩‍👩‍👧‍👦", "🇦🇲", "🇦🇿", "👍🏽"]),
        (" \u0301 x", ["\u0301", "x"]),
        ("ა\u00a0ბ\u200bգ", ["ა", "ბ", "գ"]),
        ("漢字", ["漢", "字"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(texts())
def test_tokens_are_all_but_white_space(text: str) -> None:
    tokens = tokens_of(text)
    before = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert not text[before:start].strip(SPACE)
        assert len(text[start:end].split()) == 1
        assert tokens.within(Span(start, end)) == (tokens.starts.index(start),) * 1 + (
            tokens.starts.index(start) + 1,
        )
        before = end
    assert not text[before:].strip(SPACE)
    firsts = sentence_firsts(text, tokens)
    assert firsts == sorted(set(firsts))
    assert firsts[:1] == ([0] if len(tokens) else [])


def test_sentences_go_on_where_a_scraper_cut_them() -> None:
    text = "The head of\n\nYerevan\n\n, Mr. Smith, said that it was so. It was.\n\n• An item"
    assert sentences(text) == [
        "The head of\n\nYerevan\n\n, Mr. Smith, said that it was so.",
        "It was.",
        "• An item",
    ]


def test_a_span_of_white_space_has_no_tokens() -> None:
    tokens = tokens_of("a  b")
    assert tokens.within(Span(1, 3)) == (1, 1)
    assert tokens.within(Span(0, 4)) == (0, 2)
