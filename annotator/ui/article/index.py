"""Which annotations stand in which paragraph: a bucket of them for each, built bit by bit."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable
from itertools import pairwise
from time import perf_counter

from annotator.core.model import Annotation
from annotator.core.span import Span

_Key = tuple[int, int, str]
_AT_ONCE = 500
"""Annotations that are put in place between two looks at the clock."""
_WINDOW = 48
"""Paragraphs for which the annotations are looked up at once while the buckets aren't ready."""


def key_of(annotation: Annotation) -> _Key:
    """What annotations are ordered by: by start, the longer first, then by id."""
    spans = annotation.spans
    return spans[0].start, -spans[-1].end, annotation.id


class SpanIndex:
    """Annotations by paragraph. Positions are code points of the text.

    `start_of(number)` tells where a paragraph begins, for `count` the end of the text. Loading only
    takes the annotations in; until `build` has gone through them, what a paragraph holds is found
    by one pass over all, so that a first picture waits for nothing else.
    """

    def __init__(self, count: int, start_of: Callable[[int], int]) -> None:
        self._count = count
        self._start_of = start_of
        self._starts: list[int] = []
        self._buckets: dict[int, list[Annotation]] = {}
        self._by_id: dict[str, Annotation] = {}
        self._waiting: list[Annotation] = []
        self._done = 0
        self._window: tuple[int, list[tuple[int, int]], list[Annotation]] | None = None
        self._order: list[_Key] | None = None

    @property
    def complete(self) -> bool:
        """Whether all annotations are in their buckets."""
        return self._done == len(self._waiting)

    def load(self, annotations: Iterable[Annotation]) -> None:
        """Take annotations in, all anew."""
        self._waiting = list(annotations)
        self._buckets, self._by_id = {}, {}
        self._done, self._window, self._order = 0, None, None

    def build(self, seconds: float = float("inf")) -> bool:
        """Fill buckets until the time is up; whether it is done."""
        until = perf_counter() + seconds
        while not self.complete:
            if len(self._starts) < self._count:
                self._find_starts(_AT_ONCE)
            else:
                stop = self._done + _AT_ONCE
                for annotation in self._waiting[self._done : stop]:
                    self._put(annotation)
                self._done = min(stop, len(self._waiting))
            if perf_counter() >= until:
                break
        if self.complete:
            self._waiting, self._done, self._window = [], 0, None
        return self.complete

    def get(self, annotation: str) -> Annotation | None:
        """The annotation of this id."""
        self.build()
        return self._by_id.get(annotation)

    def within(self, paragraph: int) -> list[Annotation]:
        """The annotations that have something in a paragraph, in reading order."""
        found = self._buckets.get(paragraph, []) if self.complete else self._glimpse(paragraph)
        return sorted(found, key=key_of)

    def add(self, annotation: Annotation) -> range:
        """Put an annotation in its place; the paragraphs that it touches."""
        self.build()
        if self._order is not None:
            insort(self._order, key_of(annotation))
        return self._put(annotation)

    def remove(self, annotation: str) -> range:
        """Take an annotation out; the paragraphs that it touched, none if it isn't there."""
        self.build()
        known = self._by_id.pop(annotation, None)
        if known is None:
            return range(0)
        if self._order is not None:
            del self._order[bisect_left(self._order, key_of(known))]
        touched = self.paragraphs_of(known.envelope)
        for number in touched:
            self._buckets[number].remove(known)
        return touched

    def ordered(self) -> list[str]:
        """The ids of all annotations in reading order."""
        return [key[2] for key in self._keys()]

    def neighbour(self, position: int, *, backwards: bool) -> str | None:
        """The first annotation that starts at `position` or later; backwards, the last before."""
        keys = self._keys()
        index = bisect_left(keys, (position,)) - backwards
        return keys[index][2] if 0 <= index < len(keys) else None

    def beside(self, annotation: str, *, backwards: bool) -> str | None:
        """The next annotation in reading order; backwards, the one before."""
        known = self.get(annotation)
        keys = self._keys()
        index = bisect_left(keys, key_of(known)) + (-1 if backwards else 1) if known else -1
        return keys[index][2] if 0 <= index < len(keys) else None

    def place_of(self, annotation: str) -> tuple[int, int]:
        """Which one in reading order an annotation is, counted from 1, and how many there are."""
        known, keys = self.get(annotation), self._keys()
        return (bisect_left(keys, key_of(known)) + 1 if known else 0), len(keys)

    def paragraphs_of(self, span: Span) -> range:
        """The numbers of the paragraphs that a span touches."""
        self._find_starts(self._count)
        starts = self._starts
        first = max(0, bisect_right(starts, span.start) - 1)
        return range(first, max(first + 1, bisect_left(starts, span.end, first)))

    def _find_starts(self, count: int) -> None:
        """Find out where some more paragraphs begin."""
        known = len(self._starts)
        more = range(known, min(self._count, known + count))
        self._starts.extend(map(self._start_of, more))

    def _keys(self) -> list[_Key]:
        self.build()
        if self._order is None:
            self._order = sorted(map(key_of, self._by_id.values()))
        return self._order

    def _put(self, annotation: Annotation) -> range:
        spans = annotation.spans
        touched = self.paragraphs_of(Span(spans[0].start, spans[-1].end))
        self._by_id[annotation.id] = annotation
        for number in touched:
            self._buckets.setdefault(number, []).append(annotation)
        return touched

    def _glimpse(self, paragraph: int) -> list[Annotation]:
        """What a paragraph holds, by a pass over all that serves its neighbours, too."""
        if self._window is None or not 0 <= paragraph - self._window[0] < len(self._window[1]):
            first = max(0, paragraph - 4)
            last = min(self._count, first + _WINDOW)
            starts = [self._start_of(number) for number in range(first, last + 1)]
            low, high = starts[0], starts[-1]
            held = [
                each
                for each in self._waiting
                if each.spans[0].start < high and each.spans[-1].end > low
            ]
            self._window = first, list(pairwise(starts)), held
        first, bounds, held = self._window
        start, end = bounds[paragraph - first]
        return [each for each in held if each.spans[0].start < end and each.spans[-1].end > start]
