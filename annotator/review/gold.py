"""Where gold has what annotators marked and linked: their ends, and their links made anew there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.clusters import shared
from annotator.core.model import Annotation, Attributes, Relation
from annotator.review.ground import Ground


@dataclass(frozen=True, slots=True)
class End:
    """The annotation of gold that an annotator's annotation is in.

    `sure` where it is the only one of its place, or has just the same extents and label.
    """

    annotation: Annotation
    sure: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as it may be in gold: its ends are annotations there."""

    type: str
    source: Annotation
    target: Annotation
    attributes: Attributes


def end_of(annotation: Annotation, gold: Sequence[Annotation]) -> End | None:
    """The annotation of a place's gold that an annotator's stands for, None where there is none.

    The one that was made from it, then of its label, then the one that shares most with it.
    """
    if len(gold) < 2:
        return End(gold[0], sure=True) if gold else None
    best = min(gold, key=lambda each: _distance(annotation, each))
    if not shared(annotation.spans, best.spans):
        return None
    return End(best, sure=(best.spans, best.label) == (annotation.spans, annotation.label))


def _distance(annotation: Annotation, gold: Annotation) -> tuple[bool, bool, bool, int, int]:
    same = (gold.spans, gold.label) == (annotation.spans, annotation.label)
    common = shared(annotation.spans, gold.spans)
    made = annotation.id in origin_of(gold)
    return (not made, not same, gold.label != annotation.label, -common, gold.envelope.start)


def origin_of(gold: Annotation) -> tuple[str, ...]:
    """The ids of the annotations that one of gold was made from."""
    origin = gold.meta.get("origin")
    found = origin.get("from") if isinstance(origin, dict) else None
    return tuple(found) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """The annotations of gold that name an entity, by entity, in reading order."""

    by_entity: Mapping[str, Sequence[Annotation]]
    ground: Ground

    @classmethod
    def of(cls, gold: Iterable[Annotation], ground: Ground) -> "Mentions":
        """The mentions among annotations of gold, which are in reading order."""
        found: dict[str, list[Annotation]] = {}
        for each in gold:
            for entity in ground.entities(each):
                found.setdefault(entity, []).append(each)
        return cls(found, ground)

    def nearest(self, entity: str, to: Annotation) -> Annotation | None:
        """The mention of an entity that is nearest to an annotation, None where there is none."""
        start = to.envelope.start
        mentions = self.by_entity.get(entity, ())
        return min(mentions, key=lambda each: abs(each.envelope.start - start), default=None)


def possible(
    relation: Relation,
    ends: tuple[End | None, End | None],
    named: Iterable[str],
    mentions: Mentions,
) -> Iterator[tuple[Link, bool]]:
    """The links of gold that an annotator's relation can be, and whether both ends are sure.

    `ends` are where gold has its ends. Where the mention that is its target was rejected, another
    one of the entities it `named` takes its place.
    """
    start, end = ends
    if start is None:
        return
    found: list[tuple[Annotation | None, bool]]
    if end is not None:
        found = [(end.annotation, end.sure)]
    else:
        found = [(mentions.nearest(each, start.annotation), True) for each in named]
    for at, sure in found:
        if at is not None and mentions.ground.allows(relation.type, start.annotation, at):
            yield (
                Link(relation.type, start.annotation, at, relation.attributes),
                start.sure and sure,
            )


def chosen(candidates: Sequence[tuple[Link, bool]], ground: Ground) -> list[Link]:
    """Of the links that several relations which mean the same can be, those that say it once.

    Of the sure ones, where there are any, those that most have; of several mentions of an entity
    one, that of most.
    """
    sure = [link for link, is_sure in candidates if is_sure] or [link for link, _ in candidates]
    votes = Counter(_ends(link) for link in sure)
    found: list[Link] = []
    covered: set[tuple[str, str]] = set()
    for link in sorted(sure, key=lambda link: -votes[_ends(link)]):
        what = told(link, ground)
        if not what <= covered:
            covered |= what
            found.append(link)
    return found


def told(link: Link, ground: Ground) -> set[tuple[str, str]]:
    """What a link says, but for its attributes: from where to whom, each entity by itself."""
    entities = ground.entities(link.target)
    if entities:
        return {(link.source.id, each) for each in entities}
    ends = (link.source.id, link.target.id)
    return {(min(ends), max(ends)) if ground.is_symmetric(link.type) else ends}


def _ends(link: Link) -> tuple[str, str]:
    return (link.source.id, link.target.id)
