"""What is tagged in an article, found by what else is tagged or suggested at the same place."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.core.clusters import shared
from annotator.core.model import Annotation
from annotator.core.span import Span

ALIKE = 0.5
"""From this share of common characters on (Jaccard), two spans of one label say the same; as where
agreement is measured with some tolerance."""
_ROOM = 64
"""Code points of the stretches of text that annotations are kept by."""


class Tagged:
    """Annotations of one layer, kept by label and stretch of the text, to be found fast."""

    def __init__(self, own: Iterable[Annotation] = ()) -> None:
        self._kept: dict[tuple[str, int], dict[str, Annotation]] = {}
        self._origins: dict[str, Annotation] = {}
        for each in own:
            self.add(each)

    def add(self, annotation: Annotation) -> None:
        """Have one more."""
        for stretch in _stretches(annotation.spans):
            self._kept.setdefault((annotation.label, stretch), {})[annotation.id] = annotation
        self._origins[_origin(annotation)] = annotation

    def remove(self, annotation: Annotation) -> None:
        """Have it no more."""
        for stretch in _stretches(annotation.spans):
            self._kept.get((annotation.label, stretch), {}).pop(annotation.id, None)
        if self._origins.get(_origin(annotation)) == annotation:
            del self._origins[_origin(annotation)]

    def overlapping(self, annotation: Annotation) -> Iterator[tuple[Annotation, int]]:
        """What has its label and shares code points with it, each with how many."""
        near: dict[str, Annotation] = {}
        for stretch in _stretches(annotation.spans):
            near |= self._kept.get((annotation.label, stretch), {})
        for each in near.values():
            if common := shared(each.spans, annotation.spans):
                yield each, common

    def alike(self, suggestion: Annotation) -> Annotation | None:
        """What is tagged with the same label on nearly the same words; the nearest of several."""
        found, best = None, ALIKE
        for each, common in self.overlapping(suggestion):
            share = common / (_size(each) + _size(suggestion) - common)
            if share > best or (share == best and (found is None or each.id < found.id)):
                best, found = share, each
        return found

    def from_(self, suggestion: str) -> Annotation | None:
        """What became of the suggestion of this id."""
        return self._origins.get(suggestion)


def _stretches(spans: Sequence[Span]) -> Iterator[int]:
    for span in spans:
        yield from range(span.start // _ROOM, (span.end - 1) // _ROOM + 1)


def _size(annotation: Annotation) -> int:
    return sum(map(len, annotation.spans))


def _origin(annotation: Annotation) -> str:
    """The id of the suggestion that an annotation comes from, "" for none."""
    origin = annotation.meta.get("origin")
    found = origin.get("suggestion") if isinstance(origin, dict) else None
    return found if isinstance(found, str) else ""
