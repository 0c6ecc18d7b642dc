"""The sweep of overlapping spans into disjoint runs, and their stacking in lanes."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.core.span import Span

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run(Generic[Key]):
    """A longest stretch over which the same spans stand; `keys` are theirs, outermost first."""

    span: Span
    keys: tuple[Key, ...]


def in_order(spans: Iterable[tuple[Span, Key]]) -> list[tuple[Span, Key]]:
    """Spans in reading order: by start, and the longer first, so that outer precedes inner."""
    return sorted(spans, key=lambda each: (each[0].start, -each[0].end))


def runs(spans: Iterable[tuple[Span, Key]]) -> list[Run[Key]]:
    """Overlapping spans as disjoint runs in order; stretches that no span covers are left out.

    Together the runs of a key cover exactly its spans. Time O(n log n + what comes out).
    """
    events: dict[int, tuple[list[Key], list[Key]]] = {}
    for span, key in in_order(spans):
        events.setdefault(span.start, ([], []))[0].append(key)
        events.setdefault(span.end, ([], []))[1].append(key)
    found: list[Run[Key]] = []
    standing: list[Key] = []
    previous = 0
    for position in sorted(events):
        if standing:
            found.append(Run(Span(previous, position), tuple(standing)))
        opening, closing = events[position]
        for key in closing:
            standing.remove(key)
        standing.extend(opening)
        previous = position
    return found


def lanes(spans: Sequence[Span]) -> list[int]:
    """For each span, which are given in reading order, the lowest lane that is free over it.

    Lane 0 is the uppermost. Overlapping spans never share a lane; spans that only touch may.
    """
    ends: list[int] = []
    taken: list[int] = []
    for span in spans:
        lane = next((index for index, end in enumerate(ends) if end <= span.start), len(ends))
        if lane == len(ends):
            ends.append(span.end)
        else:
            ends[lane] = span.end
        taken.append(lane)
    return taken
