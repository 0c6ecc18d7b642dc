"""Sentences and tokens of a text, for formats that want them beside the annotations."""

from collections.abc import Iterator

import regex

from annotator.core.sentences import sentence_ends
from annotator.core.span import Span
from annotator.core.words import words_in

_SIGN = regex.compile(r"\S\p{M}*")


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, without white space around; a line end always ends one."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        first = start
        for stop in (*sentence_ends(text, start, end), end):
            piece = _stripped(text, first, stop)
            if piece:
                yield piece
            first = stop
        start = end + 1


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, end) if start < end else None


def tokens(text: str, within: Span) -> Iterator[Span]:
    """The words in a stretch of a text, and each sign between them that is no white space.

    Marks that belong to a sign stay with it.
    """
    at = within.start
    for word in words_in(text, within):
        if at < word.start:
            yield from _signs(text, at, word.start)
        yield word
        at = word.end
    yield from _signs(text, at, within.end)


def _signs(text: str, start: int, end: int) -> Iterator[Span]:
    gap = text[start:end]
    if gap.isspace() or not gap:
        return
    yield from (Span(start + each.start(), start + each.end()) for each in _SIGN.finditer(gap))
