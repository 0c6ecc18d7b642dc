"""Where graphemes, words, sentences and paragraphs are in a text.

Positions are code points. Each function looks at a window around the position, so that a text of
many megabytes without a line end or a space costs no more than a short one.
"""

from collections.abc import Iterator

import regex

from annotator.core.lines import LEAD, SPACE
from annotator.core.sentences import sentence_ends
from annotator.core.span import Span

_NEAR = 1_000
_FAR = 10_000
_GRAPHEME = regex.compile(r"\X")
_ALONE = (
    r"[\0-\u02ff\u0370-\u0482\u05d0-\u05ea\u0620-\u064a\u10d0-\u10ff\u2010-\u2027\u3400-\u9fff]"
)
"""Letters and marks of which no two make one grapheme, but for CR and LF."""
_PARTED = regex.compile(rf"(?!\r\n){_ALONE}{_ALONE}")
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = (
    rf"[[\p{{L}}\p{{M}}\p{{N}}\p{{Pc}}\xad\u200c\u200d\u055b\u055c\u055e\u05f3]--[{_UNSPACED}]]"
)
WORD = rf"""(?:\p{{L}}\p{{M}}*\.){{2,}}(?!{_LETTER})
    | (?!\p{{M}}){_LETTER}++ (?:  # a mark at its start would belong to the sign before it
        (?: ['’ʼ·‧\-‐‑]
          | (?<=\p{{Nd}})[.,٫٬](?=\p{{Nd}})
          | (?<=\p{{Hebrew}})["״](?=\p{{Hebrew}})
        ) {_LETTER}++ )*+
    | [{_UNSPACED}]\p{{M}}*+"""
"""The pattern of a word, for `regex` with V1 and VERBOSE."""
_WORD = regex.compile(WORD, regex.V1 | regex.VERBOSE)
_LETTERS = regex.compile(rf"{_LETTER}+", regex.V1)


def grapheme_at(text: str, position: int) -> tuple[int, int]:
    """The ends of the grapheme that `position` is inside of; `position` twice if it is between two.

    A grapheme of more than 1,000 code points may be taken for several.
    """
    if not 0 < position < len(text) or _PARTED.match(text, position - 1):
        return position, position
    start = position
    floor = max(0, position - _NEAR)
    while start > floor and not _PARTED.match(text, start - 1):
        start -= 1
    clusters = _GRAPHEME.finditer(text[start : position + _NEAR])
    begin, end = next(at.span() for at in clusters if start + at.end() > position)
    return (position, position) if start + begin == position else (start + begin, start + end)


def grapheme_bounds(text: str, span: Span) -> Span:
    """`span` widened so that it cuts no grapheme (UAX 29, extended)."""
    return Span(grapheme_at(text, span.start)[0], grapheme_at(text, span.end)[1])


def trimmed(text: str, span: Span) -> Span | None:
    """`span` without white space at its ends and a bullet at its start; None if nothing is left."""
    start, end = span.start, span.end
    start += len(text[start:end]) - len(text[start:end].lstrip(SPACE))
    lead = LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end = start + len(text[start:end].rstrip(SPACE))
    return Span(start, end) if start < end else None


def snap_to_words(text: str, span: Span) -> Span:
    """`span` widened so that it cuts no word and no grapheme."""
    first, last = word_at(text, span.start), word_at(text, span.end)
    start = first.start if first else span.start
    end = last.end if last and last.start < span.end else span.end
    return grapheme_bounds(text, Span(start, end))


def word_at(text: str, position: int) -> Span | None:
    """The word that code point `position` belongs to.

    A word holds letters, digits and marks, also around a hyphen or an apostrophe, gershayim in
    Hebrew, the stress and question signs of Armenian, and the stops of "U.S."; in scripts without
    spaces it is one character. What goes on for 1,000 code points to one side isn't a word.
    """
    start = max(0, position - _NEAR)
    end = min(len(text), position + _NEAR)
    for word in _words(text, _after_space(text, start, position), end):
        if word.start > position:
            break
        if word.end > position:
            broken = word.start == start > 0 or word.end == end < len(text)
            return None if broken else word
    return None


def inside_word(text: str, position: int) -> bool:
    """Whether there is a letter, digit or mark on both sides of `position`, of a spaced script."""
    around = text[max(0, position - 1) : position + 1]
    return len(around) == 2 and bool(_LETTERS.fullmatch(around))


def next_word(text: str, position: int) -> Span | None:
    """The first word that starts at or after `position`, within 10,000 code points."""
    inside = word_at(text, position)
    if inside:
        position = inside.end if inside.start < position else position
    return next(_words(text, position, min(len(text), position + _FAR)), None)


def words_in(text: str, span: Span) -> Iterator[Span]:
    """The words that lie in a span, in order."""
    return _words(text, span.start, span.end)


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    """The words of `text[start:end]`."""
    return (Span(*match.span()) for match in _WORD.finditer(text, start, end))


def _after_space(text: str, start: int, end: int) -> int:
    """Behind the last space or line end of `text[start:end]`; `start` if there is none."""
    return max(start, text.rfind(" ", start, end) + 1, text.rfind("\n", start, end) + 1)


def paragraph_at(text: str, position: int) -> Span | None:
    """The line around `position`, trimmed; a line end belongs to the line before. None if empty."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return trimmed(text, Span(start, end)) if start < end else None


def sentence_at(text: str, position: int) -> Span | None:
    """The sentence around `position`, with its stop; between two it is the one before.

    None in an empty line. Give it the shown text of a reading where cut lines should count as
    joined. What is further than 10,000 code points away doesn't count.
    """
    paragraph = paragraph_at(text, position)
    if paragraph is None:
        return None
    start = max(paragraph.start, min(position, paragraph.end) - _FAR)
    end = min(paragraph.end, max(position, paragraph.start) + _FAR)
    return _around(text, position, start, [*sentence_ends(text, start, end), end]) or paragraph


def _around(text: str, position: int, start: int, ends: list[int]) -> Span | None:
    """The last of the pieces from `start` to each of `ends` that starts at or before `position`.

    Where all start later, it is the first.
    """
    found: Span | None = None
    for end in ends:
        piece = trimmed(text, Span(start, end)) if start < end else None
        if piece and found and piece.start > position:
            break
        found = piece or found
        start = end
    return found
