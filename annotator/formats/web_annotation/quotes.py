"""A place in a text, told by the words there and around it."""

from collections.abc import Iterator
from itertools import takewhile
from operator import eq

from annotator.core.span import Span
from annotator.formats.fields import Bad

AROUND = 32
"""Code points before and behind a span that are quoted with it."""
_SHOWN = 60


def around(text: str, span: Span) -> tuple[str, str]:
    """The words before a span and behind it."""
    return text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]


def found_by_quote(text: str, exact: str, prefix: str, suffix: str) -> Span:
    """The one place of these words; of several, the one with most of the words around.

    Raises Bad where there is none, or it can't be told which.
    """
    scored = sorted(
        ((_alike(text, start, len(exact), prefix, suffix), start) for start in _at(text, exact)),
        reverse=True,
    )
    if not scored:
        raise Bad(f'the text has no "{exact[:_SHOWN]}"')
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        raise Bad(f'"{exact[:_SHOWN]}" stands at several places')
    start = scored[0][1]
    return Span(start, start + len(exact))


def _at(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact) if exact else -1
    while at >= 0:
        yield at
        at = text.find(exact, at + 1)


def _alike(text: str, start: int, length: int, prefix: str, suffix: str) -> int:
    """How many code points around a place are those that are quoted."""
    before = text[max(0, start - len(prefix)) : start]
    behind = text[start + length : start + length + len(suffix)]
    return _common(before[::-1], prefix[::-1]) + _common(behind, suffix)


def _common(one: str, other: str) -> int:
    return sum(takewhile(bool, map(eq, one, other)))
