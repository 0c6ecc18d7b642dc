"""An article as suggesters read it: lines joined as on screen, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from annotator.core.model import Document
from annotator.core.reading import Reading, reading_layout
from annotator.core.sentences import sentence_ends
from annotator.core.span import Span
from annotator.core.words import trimmed
from annotator.suggest.lexicon import Lexicon, Sign, lexicon_of, placed_signs

_GLUED = regex.compile(r"(?<=\p{Ll}{2})[.!?][”\"’]?(?=\p{Lu}\p{Ll})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark at a place of the shown text (code points), and what it means.

    `apart` says that a stop or a quotation mark stands between it and the one before.
    """

    start: int
    end: int
    word: str
    sign: Sign
    apart: bool = False

    def has(self, *roles: str) -> bool:
        """Whether it has one of these roles in the language's grammar."""
        return not self.sign.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Sheet:
    """An article, as it is read; positions are code points of the shown text."""

    document: Document

    @cached_property
    def reading(self) -> Reading:
        """The reading layout."""
        return reading_layout(self.document.text)

    @property
    def text(self) -> str:
        """The shown text."""
        return self.reading.shown

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the article's language."""
        return lexicon_of(self.document.language, self.text)

    def sentences(self) -> Iterator[Span]:
        """The sentences with their stops, in order; headings and bullets are ones too."""
        for each in self.reading.paragraphs:
            start = each.start
            for end in sorted({*self._ends(each.start, each.end), each.end}):
                span = trimmed(self.text, Span(start, end)) if start < end else None
                if span is not None:
                    yield span
                start = end

    def _ends(self, start: int, end: int) -> Iterator[int]:
        """The ends of sentences, also of such as stand without a space before the next one."""
        yield from sentence_ends(self.text, start, end)
        yield from (found.end() for found in _GLUED.finditer(self.text, start, end))

    def tokens(self, sentence: Span) -> list[Token]:
        """The words, numbers and marks of a sentence."""
        words, found, last = sentence.of(self.text), list[Token](), 0
        for start, end, sign in placed_signs(words, self.lexicon):
            between = words[last:start].strip()
            apart = bool(between) and not (between == "." and _is_initial(words[:last]))
            place = sentence.start + start, sentence.start + end
            found.append(Token(*place, words[start:end], sign, apart))
            last = end
        return found

    def source(self, shown: Span) -> Span:
        """The span of the article's own text for some shown words, which aren't spaces alone."""
        units = self.reading.units
        ends = units.to_utf16(shown.start), units.to_utf16(shown.end)
        span = self.reading.span_from_widget(*ends)
        assert span is not None
        return span


def _is_initial(words: str) -> bool:
    """Whether some words end in a single capital, whose stop shortens it: "U.S. soldiers"."""
    return words[-1:].isupper() and not words[-2:-1].isalnum()
