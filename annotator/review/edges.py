"""Where extents differ at their edges only: an article, a quotation mark, a stop, a space.

The built-in guideline has articles and quotation marks in, and stops and spaces out.
"""

import re
import unicodedata
from collections.abc import Sequence

from annotator.core.span import Span

_ARTICLE = re.compile(r"(?:the|an|a)\s+", re.IGNORECASE)
_QUOTES = "\"'„‚「」『』"
_STOPS = ".,;:!?…։՝،؛؟۔।。、"


def merged_edges(extents: Sequence[tuple[Span, ...]], text: str) -> tuple[Span, ...] | None:
    """The extents that the guideline asks for, None where they differ by more than their edges.

    `extents` are spans in code points of `text`, several to an annotation of several fragments.
    """
    inner = {_inner(spans, text) for spans in extents}
    if len(inner) > 1 or None in inner:
        return None
    start = min(spans[0].start for spans in extents)
    end = max(spans[-1].end for spans in extents)
    start, end = _without_spaces(text, start, end)
    first, last = extents[0][0], extents[0][-1]
    if len(extents[0]) == 1:
        return (Span(start, end),)
    return (Span(start, first.end), *extents[0][1:-1], Span(last.start, end))


def _inner(spans: tuple[Span, ...], text: str) -> tuple[int, ...] | None:
    """The ends of spans, without what lies at the outer edges; None where nothing else is."""
    start, end = spans[0].start, spans[-1].end
    while start < end and (text[start].isspace() or _is_quote(text[start])):
        start += 1
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    while start < end and _is_quote(text[start]):
        start += 1
    while end > start and (text[end - 1].isspace() or _is_mark(text[end - 1])):
        end -= 1
    between = [edge for span in spans for edge in (span.start, span.end)][1:-1]
    return (start, *between, end) if start < end else None


def _without_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends without spaces before, and without stops and spaces behind."""
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace() or text[end - 1] in _STOPS:
        end -= 1
    return start, end


def _is_quote(sign: str) -> bool:
    return sign in _QUOTES or unicodedata.category(sign) in ("Pi", "Pf")


def _is_mark(sign: str) -> bool:
    return sign in _STOPS or _is_quote(sign)
