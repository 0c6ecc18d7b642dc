"""Moving an end of a passage by its grip: what is held, and where the end goes."""

from dataclasses import dataclass, replace

from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.core.words import grapheme_bounds, trimmed, word_at


@dataclass(frozen=True, slots=True)
class Pull:
    """An end that is being moved: of which passage of which annotation, as it was before."""

    before: Annotation
    passage: int
    at_end: bool

    @property
    def old(self) -> Span:
        """The passage as it was before."""
        return self.before.spans[self.passage]

    def moved(self, text: str, position: int, *, whole_words: bool) -> Span:
        """The passage with its end at `position` (code points), or as near as it can be.

        It keeps at least a grapheme (or a word), ends in no white space, and stays clear of the
        annotation's other passages.
        """
        old, spans = self.old, self.before.spans
        least = spans[self.passage - 1].end if self.passage else 0
        most = spans[self.passage + 1].start if self.passage + 1 < len(spans) else len(text)
        place = _snapped(text, min(max(position, least), most), whole_words=whole_words)
        kept = _kept(text, old, at_end=self.at_end, whole_words=whole_words)
        if self.at_end:
            span = Span(old.start, max(kept.end, place))
        else:
            span = Span(min(kept.start, place), old.end)
        span = Span(max(least, span.start), min(most, span.end))
        return trimmed(text, span) or old

    def after(self, span: Span) -> Annotation:
        """The annotation with the passage moved."""
        spans = list(self.before.spans)
        spans[self.passage] = span
        return replace(self.before, spans=tuple(spans))


def _snapped(text: str, position: int, *, whole_words: bool) -> int:
    """The nearest place between two words, or between two graphemes."""
    if not 0 < position < len(text):
        return position
    whole = word_at(text, position) if whole_words else None
    if whole is None or whole.start == position:
        whole = grapheme_bounds(text, Span(position, position + 1))
    return whole.start if position - whole.start < whole.end - position else whole.end


def _kept(text: str, span: Span, *, at_end: bool, whole_words: bool) -> Span:
    """What is left of a span at the least: what it begins with, or what it ends with."""
    position = span.start if at_end else span.end - 1
    word = word_at(text, position) if whole_words else None
    least = word or grapheme_bounds(text, Span(position, position + 1))
    return Span(max(span.start, least.start), min(span.end, least.end))
