"""Where some words are in a text, whatever their case, accents and line ends.

Positions are code points.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from annotator.core.span import Span
from annotator.core.words import inside_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
"""Accents and points that a reader may leave out; marks that are letters' own, as those of kana
and of Indic scripts, aren't among them."""
_UNSEEN = r"\xad\u0640\u200b-\u200f\u2060\ufeff"
"""Soft hyphen, tatweel, and what joins, parts or directs without being seen."""
_SOME_MARKS = re.compile(rf"[{_MARKS}]*")
_LEFT_OUT = re.compile(rf"[{_MARKS}{_UNSEEN}]+")
_PIECE = re.compile(rf"(?s:.{{1,2000}})[{_MARKS}]*")
_ALIKE = str.maketrans("‘’ʼ“”„‑", "'''\"\"\"-")
_SIGNS = re.compile(f"[{''.join(map(chr, _ALIKE))}]")


def fold(text: str, *, case: bool = False, diacritics: bool = False) -> str:
    """`text` without what doesn't count in a search: case, accents, the look of quotation marks.

    With `case` or `diacritics` these count, and stay. White space is left alone.
    """
    if text.isascii():
        return text if case else text.lower()
    text = unicodedata.normalize("NFD", text)
    if not diacritics:
        # й is a letter of its own, and no и with an accent.
        text = text.replace("и\u0306", "й").replace("И\u0306", "Й")
        text = _LEFT_OUT.sub("", text)
    text = text if case else text.casefold()
    return text.translate(_ALIKE) if _SIGNS.search(text) else text


def occurrences(
    text: str,
    sought: str,
    *,
    case: bool = False,
    diacritics: bool = False,
    whole_words: bool = False,
) -> list[Span]:
    """Where `sought` is in `text`, in order, none overlapping another.

    A run of white space matches any other, line ends too. No hit cuts a letter from its accents.
    With `case` or `diacritics` these must be the same; with `whole_words` no hit cuts a word, but
    one may be a part of a word with a hyphen or an apostrophe.
    """
    words = fold(sought, case=case, diacritics=diacritics).split()
    if not words:
        return []
    folded = _folded(text, case=case, diacritics=diacritics)
    if max(words, key=len) not in folded.text:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found: list[Span] = []
    match = pattern.search(folded.text)
    while match:
        span = folded.origin(*match.span())
        fits = span and not (whole_words and _cuts_word(text, span))
        if span and fits:
            found.append(span)
        match = pattern.search(folded.text, match.end() if fits else match.start() + 1)
    return found


def _is_plain(text: str) -> bool:
    """Whether no letter of a text folds to less than a letter; then equal length means no shift."""
    if text.isascii():
        return True
    return unicodedata.is_normalized("NFD", text) and not _LEFT_OUT.search(text)


def _cuts_word(text: str, span: Span) -> bool:
    return inside_word(text, span.start) or inside_word(text, span.end)


class _Folded:
    """A folded text, and where each letter of it came from."""

    def __init__(self, text: str, *, case: bool, diacritics: bool) -> None:
        self._fold = partial(fold, case=case, diacritics=diacritics)
        self._raw = text
        self._pieces = [*(match.start() for match in _PIECE.finditer(text)), len(text)]
        folded = [self._fold(text[start:end]) for start, end in pairwise(self._pieces)]
        self._folded_pieces = [0, *accumulate(map(len, folded))]
        self._ends: dict[int, Sequence[int]] = {}
        self._length = cache(lambda letter: len(self._fold(letter)))
        self.text = "".join(folded)

    def origin(self, start: int, end: int) -> Span | None:
        """The raw span of a folded one, with accents left out at its end.

        None if it cuts a letter, or a letter from accents that count.
        """
        piece = bisect_right(self._folded_pieces, start) - 1
        if end <= self._folded_pieces[piece + 1] and isinstance(self._ends_of(piece), range):
            shift = self._pieces[piece] - self._folded_pieces[piece]
            return Span(start + shift, end + shift)
        first, starts, _ = self._letter(start)
        last, _, ends = self._letter(end - 1)
        if starts < start or ends > end:
            return None
        marks = _SOME_MARKS.match(self._raw, last + 1)
        behind = marks.end() if marks else last + 1
        counted = behind > last + 1 and self._fold(self._raw[behind - 1])
        return None if counted else Span(first, behind)

    def _letter(self, folded: int) -> tuple[int, int, int]:
        """The raw position of what became the letter at `folded`, and the ends of all it became."""
        piece = bisect_right(self._folded_pieces, folded) - 1
        before, ends = self._folded_pieces[piece], self._ends_of(piece)
        at = bisect_right(ends, folded - before)
        start = ends[at - 1] if at else 0
        return self._pieces[piece] + at, before + start, before + ends[at]

    def _ends_of(self, piece: int) -> "Sequence[int]":
        """Where the fold of each letter of a piece ends; a range where nothing shifts."""
        found = self._ends.get(piece)
        if found is None:
            raw = self._raw[self._pieces[piece] : self._pieces[piece + 1]]
            folded = self._folded_pieces[piece + 1] - self._folded_pieces[piece]
            if folded == len(raw) and _is_plain(raw):
                found = range(1, len(raw) + 1)
            else:
                found = list(accumulate(map(self._length, raw)))
            self._ends[piece] = found
        return found


@lru_cache(maxsize=2)
def _folded(text: str, *, case: bool, diacritics: bool) -> _Folded:
    """A folded text; the open article's is kept, for it is looked through at each key typed."""
    return _Folded(text, case=case, diacritics=diacritics)
