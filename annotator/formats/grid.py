"""An article as tokens in sentences, with its annotations at the edges of tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.model import Annotation, Document
from annotator.core.span import Span
from annotator.core.tokens import Tokens, sentence_firsts, tokens_of
from annotator.formats.base import Lost

Runs = tuple[tuple[int, int], ...]
"""Half-open ranges of the numbers of tokens, in order, not touching."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation at the tokens that it touches; `exact` where it begins and ends with them."""

    annotation: Annotation
    runs: Runs
    exact: bool

    @property
    def first(self) -> int:
        """The number of its first token."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """The number behind that of its last token."""
        return self.runs[-1][1]


@dataclass(frozen=True, slots=True)
class Grid:
    """The tokens of a text; `firsts` are the numbers of those that begin a sentence."""

    text: str
    tokens: Tokens
    forms: Sequence[str]
    firsts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Grid":
        """The grid of a canonical text."""
        tokens = tokens_of(text)
        pairs = zip(tokens.starts, tokens.ends, strict=True)
        forms = [text[start:end] for start, end in pairs]
        return cls(text, tokens, forms, sentence_firsts(text, tokens))

    def sentences(self, placed: Iterable[Placed]) -> Iterator[tuple[int, int]]:
        """The sentences as ranges of tokens; those that an annotation goes across are one."""
        inside: set[int] = set()
        for each in placed:
            start = bisect_right(self.firsts, each.first)
            inside.update(self.firsts[start : bisect_left(self.firsts, each.end)])
        firsts = [first for first in self.firsts if first not in inside]
        yield from pairwise((*firsts, len(self.tokens)))

    def chunk(self, first: int, end: int) -> str:
        """The text of a sentence, with the white space up to the next one and before the first."""
        starts = self.tokens.starts
        start = starts[first] if first else 0
        return self.text[start : starts[end] if end < len(starts) else len(self.text)]

    def place(self, annotation: Annotation, spans: Iterable[Span]) -> Placed | None:
        """An annotation at the tokens of some spans; None where there are none."""
        runs: list[tuple[int, int]] = []
        for span in spans:
            first, end = self.tokens.within(span)
            if runs and first <= runs[-1][1]:
                first, end = runs[-1][0], max(end, runs.pop()[1])
            if first < end:
                runs.append((first, end))
        if not runs:
            return None
        exact = tuple(self.tokens.span(*run) for run in runs) == annotation.spans
        return Placed(annotation, tuple(runs), exact)


def place_of(document: Document, annotation: Annotation) -> str:
    """Where an annotation is, for people."""
    span = annotation.envelope
    return f'{document.title}, {span.start}-{span.end} "{annotation.label}"'


def lost(document: Document, annotation: Annotation, why: str) -> Lost:
    """That an annotation can't be had back as it is."""
    return Lost("annotations", 1, place_of(document, annotation), why, moved=why == MOVED)


WITHOUT_TOKENS = "it covers nothing but white space"
MOVED = "its ends were moved to the edges of tokens"
