"""Spans anchored in a corrected version of their text, by their words and what is around.

A span whose words and surroundings are unchanged stays where it is in the text. One whose words
stand elsewhere in the same surroundings has moved; one whose words were changed a little, where the
text around tells the place, is changed. Anything else can't be placed: nothing is guessed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import Literal

from annotator.core import verbs
from annotator.core.alignment import Run, runs
from annotator.core.ids import inner_id
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.words import inside_word, words_in

LEAST = 0.8
"""The likeness that changed words must have at least: twice the characters that both have in the
same order, over the characters of both (difflib's ratio)."""
AROUND = 32
"""Code points before and behind a span by which its surroundings are compared."""
ENOUGH = 16
"""Code points of the surroundings, on both sides together, that must be the same."""
_TELLING = 12
"""Code points from which words that stand in both texts once are the same place."""
_EDGES = 40
_PLACES = 1_000
How = Literal["same", "moved", "changed"]
_HOWS: tuple[How, ...] = ("same", "moved", "changed")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span is now, and how it came there; `likeness` of the words, from LEAST to 1."""

    span: Span
    how: How
    likeness: float = 1.0


class Anchoring:
    """Finds the places of an old text's spans in a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._runs = runs(old, new)
        self._starts = [each[0] for each in self._runs]

    def place(self, span: Span) -> Place | None:
        """Where a span of the old text is in the new one; None where that can't be told."""
        aligned = self._aligned(span)
        if aligned is not None and self._is_sure(span, aligned):
            return Place(aligned, "same")
        best = self._best(span, aligned)
        if best is not None:
            return Place(best, "moved")
        return self._changed(span) or self._only(span)

    def _aligned(self, span: Span) -> Span | None:
        """The same characters where the alignment has them."""
        run = self._run(span.start)
        if run is None or span.end > run[0] + run[2]:
            return None
        shift = run[1] - run[0]
        return Span(span.start + shift, span.end + shift)

    def _run(self, position: int) -> Run | None:
        """The run that holds a character of the old text."""
        at = bisect_right(self._starts, position) - 1
        run = self._runs[at] if at >= 0 else None
        return run if run and position < run[0] + run[2] else None

    def _is_sure(self, span: Span, there: Span) -> bool:
        if self._context(span, there) >= ENOUGH:
            return True
        words = span.of(self.old)
        return _is_once(words, self.old) and _is_once(words, self.new)

    def _context(self, span: Span, there: Span) -> int:
        """Code points around that are the same; an end of both texts is as good as AROUND."""
        before, before_ = self.old[: span.start][-AROUND:], self.new[: there.start][-AROUND:]
        behind = self.old[span.end : span.end + AROUND]
        behind_ = self.new[there.end : there.end + AROUND]
        return _same(before[::-1], before_[::-1]) + _same(behind, behind_)

    def _best(self, span: Span, aligned: Span | None) -> Span | None:
        """Of the places of the same words the one in the same surroundings, if it is one alone."""
        ranked = sorted(
            (
                (self._context(span, each), each == aligned, each)
                for each in islice(self._places(span), _PLACES)
            ),
            reverse=True,
        )
        if not ranked or ranked[0][0] < ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]:
            return None
        return ranked[0][2]

    def _places(self, span: Span) -> Iterator[Span]:
        """The places of the same words, cutting words where the span did, and only there."""
        words = span.of(self.old)
        cuts = inside_word(self.old, span.start), inside_word(self.old, span.end)
        at = self.new.find(words)
        while at >= 0:
            end = at + len(words)
            if (inside_word(self.new, at), inside_word(self.new, end)) == cuts:
                yield Span(at, end)
            at = self.new.find(words, at + 1)

    def _changed(self, span: Span) -> Place | None:
        """The place that the alignment leaves for the span, if its words are like the span's."""
        window = self._window(span)
        if window is None or not self._is_held(span):
            return None
        words = span.of(self.old)
        starts, ends = self._edges(span, window)
        matcher = SequenceMatcher(None, "", words, autojunk=False)

        def likeness(start: int, end: int) -> float:
            matcher.set_seq1(self.new[start:end])
            return matcher.ratio()

        end = max(ends)
        start = max(starts, key=lambda each: likeness(each, end) if each < end else -1.0)
        end = max(ends, key=lambda each: likeness(start, each) if start < each else -1.0)
        if start >= end or (how := likeness(start, end)) < LEAST:
            return None
        place = Span(start, end)
        return Place(place, "moved" if place.of(self.new) == words else "changed", how)

    def _is_held(self, span: Span) -> bool:
        """Whether enough of what is around the span is in the new text too, in the same order."""
        start, end = max(0, span.start - AROUND), min(len(self.old), span.end + AROUND)
        held = 0
        for at, _, size in self._runs[max(0, bisect_right(self._starts, start) - 1) :]:
            if at >= end:
                break
            held += max(0, min(at + size, span.start) - max(at, start))
            held += max(0, min(at + size, end) - max(at, span.end))
        return held >= min(ENOUGH, end - start - len(span))

    def _window(self, span: Span) -> Span | None:
        """Where the words must be that are between what is the same before and behind."""
        before = bisect_right(self._starts, span.start) - 1
        behind = bisect_right(self._starts, span.end - 1)
        start = end = 0
        if before >= 0:
            at, to, size = self._runs[before]
            start = to + min(size, span.start - at)
        if behind > 0:
            at, to, size = self._runs[behind - 1]
            end = to + span.end - at if span.end <= at + size else 0
        if not end:
            end = self._runs[behind][1] if behind < len(self._runs) else len(self.new)
        return Span(start, end) if start < end else None

    def _edges(self, span: Span, window: Span) -> tuple[list[int], list[int]]:
        """The starts and ends in a window that a span may have: of words, where it isn't told."""
        inside = list(words_in(self.new, window))
        starts, ends = [window.start], [window.end]
        if self._run(span.start) is None:
            starts += [each.start for each in inside[:_EDGES]]
        if self._run(span.end - 1) is None:
            ends += [each.end for each in inside[-_EDGES:]]
        return starts, ends

    def _only(self, span: Span) -> Place | None:
        """The one place of words that stand in both texts once and are long enough to tell."""
        words = span.of(self.old)
        if len(words) < _TELLING or not _is_once(words, self.old) or not _is_once(words, self.new):
            return None
        start = self.new.find(words)
        return Place(Span(start, start + len(words)), "moved")


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with both; AROUND where both end together."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return AROUND if len(one) == len(other) else min(len(one), len(other))


def _is_once(words: str, text: str) -> bool:
    at = text.find(words)
    return at >= 0 and text.find(words, at + 1) < 0


# Layers


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of an annotation: `now` is None where it could not be placed."""

    was: Annotation
    now: Annotation | None = None
    how: How | None = None
    likeness: float = 0.0


def anchored(
    anchoring: Anchoring, layer: Layer, annotations: Iterable[Annotation]
) -> list[Anchored]:
    """The annotations in a layer of the new text; of several fragments all must have a place."""
    return [_anchored(anchoring, layer, each) for each in annotations]


def _anchored(anchoring: Anchoring, layer: Layer, one: Annotation) -> Anchored:
    places: list[Place] = []
    for span in one.spans:
        place = anchoring.place(span)
        if place is None:
            return Anchored(one)
        places.append(place)
    spans = verbs.joined([each.span for each in places])
    if len(spans) < len(one.spans):
        return Anchored(one)
    now = replace(one, id=inner_id(layer.id, one.id), layer=layer.id, spans=spans)
    how = max((each.how for each in places), key=_HOWS.index)
    return Anchored(one, now, how, min(each.likeness for each in places))


def anchored_links(
    layer: Layer, found: Iterable[Anchored], links: Iterable[Relation]
) -> tuple[list[Relation], list[Relation]]:
    """The links whose both ends have a place, as they are in the new layer; and the others."""
    ids = {each.was.id: each.now.id for each in found if each.now is not None}
    kept: list[Relation] = []
    gone: list[Relation] = []
    for link in links:
        if link.source in ids and link.target in ids:
            id_, source, target = inner_id(layer.id, link.id), ids[link.source], ids[link.target]
            kept.append(replace(link, id=id_, layer=layer.id, source=source, target=target))
        else:
            gone.append(link)
    return kept, gone
