"""All places of the same words: what an annotation is repeated on."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from annotator.core.find import occurrences
from annotator.core.model import Annotation, Attributes
from annotator.core.span import Span
from annotator.core.tagset import Tagset

_AROUND = 60
"""Code points of context to each side."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words, and how they are to be tagged; `case` and `diacritics` say what must be the same."""

    words: str
    label: str
    attributes: Attributes = field(default_factory=dict)
    case: bool = False
    diacritics: bool = False

    @classmethod
    def of(cls, annotation: Annotation, text: str, tagset: Tagset) -> "Pattern":
        """The words of an annotation in one passage, with its label and its entities."""
        label = tagset.label(annotation.label)
        names = {each.name for each in label.attributes if each.type == "entity"} if label else ()
        kept = {name: each for name, each in annotation.attributes.items() if name in names}
        return cls(annotation.spans[0].of(text), annotation.label, kept)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words are; `inside` says that a span of the same label is there in part."""

    span: Span
    inside: bool = False


def places(text: str, pattern: Pattern, annotations: Iterable[Annotation]) -> list[Place]:
    """The places of a pattern in a text that aren't tagged so already, in order."""
    tagged = {
        (span.start, span.end)
        for each in annotations
        if each.label == pattern.label
        for span in each.spans
    }
    same = sorted(tagged)  # numbers: there may be ten thousands of annotations
    starts = [start for start, _ in same]
    ends = list(accumulate((end for _, end in same), max))
    found = occurrences(
        text,
        pattern.words,
        case=pattern.case,
        diacritics=pattern.diacritics,
        whole_words=True,
    )
    return [
        Place(span, inside=_reached(span, starts, ends))
        for span in found
        if (span.start, span.end) not in tagged
    ]


def _reached(span: Span, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether one of some spans, of which the last end so far is in `ends`, overlaps this one."""
    before = bisect_left(starts, span.end)
    return before > 0 and ends[before - 1] > span.start


def context(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before, at and behind a span, each as one line."""
    before = text[max(0, span.start - _AROUND) : span.start]
    behind = text[span.end : span.end + _AROUND]
    middle = " ".join(span.of(text).split())
    return _line(before, lead=False), middle, _line(behind, lead=True)


def _line(words: str, *, lead: bool) -> str:
    """Words as one line, with a space at the side of the place where there was one."""
    line = " ".join(words.split())
    if lead:
        return f" {line}" if words[:1].isspace() else line
    return f"{line} " if words[-1:].isspace() else line
