"""What a count takes from the statement around it, unless it has its own: who said it, and when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from annotator.core.model import Annotation, Attributes, Relation
from annotator.core.tagset import RelationType, Tagset


@dataclass(frozen=True, slots=True)
class Inherited:
    """What an annotation takes from `origin`: links by their type, and attributes.

    The links are `origin`'s own.
    """

    origin: Annotation
    links: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    attributes: Attributes = field(default_factory=dict)


def inherited(
    annotation: Annotation,
    annotations: Iterable[Annotation],
    links_at: Callable[[str], Iterable[Relation]],
    tagset: Tagset,
) -> Inherited | None:
    """What an annotation that counts takes from the smallest statement around it; None for none.

    A statement is what can have the same source and is no count itself, such as a claim or a
    denial. `links_at` gives the links at an annotation, by its id.
    """
    label = tagset.label(annotation.label)
    types = source_types(annotation.label, tagset) if label and label.counts else []
    sources = {name for each in types for name in each.sources}
    origin = _around(annotation, annotations, sources) if sources else None
    if label is None or origin is None:
        return None
    own = {each.type for each in links_at(annotation.id) if each.source == annotation.id}
    links = {
        each.name: tuple(
            link
            for link in links_at(origin.id)
            if link.type == each.name and link.source == origin.id
        )
        for each in types
        if each.name not in own
    }
    dates = {
        each.name: origin.attributes[each.name]
        for each in label.attributes
        if each.type == "date"
        and each.name in origin.attributes
        and each.name not in annotation.attributes
    }
    return Inherited(origin, {name: found for name, found in links.items() if found}, dates)


def source_types(label: str, tagset: Tagset) -> list[RelationType]:
    """The types of links from a label to somebody who is named."""
    named = {each.name for each in tagset.labels if each.naming}
    return [
        each
        for each in tagset.relations
        if label in each.sources and each.targets and named.issuperset(each.targets)
    ]


def _around(
    annotation: Annotation, annotations: Iterable[Annotation], labels: set[str]
) -> Annotation | None:
    """The smallest annotation of these labels, another than its own, that covers an annotation."""
    labels = labels - {annotation.label}
    start, end = annotation.envelope.start, annotation.envelope.end
    best, size = None, 0
    for each in annotations:
        # Numbers first, and no new values: there may be ten thousands of annotations.
        if each.spans[0].start <= start and each.spans[-1].end >= end and each.label in labels:
            length = each.spans[-1].end - each.spans[0].start
            if best is None or (length, each.id) < (size, best.id):
                best, size = each, length
    return best
