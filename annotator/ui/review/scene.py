"""What the article shows of a review: gold as ground, the versions of one place as lanes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.review.values import Place, Version
from annotator.ui.article.rows import NO_LANE
from annotator.ui.review.differences import Words
from annotator.ui.review.look import version_label, waiting_label


@dataclass(slots=True)
class Scene:
    """Annotations as they are drawn, by id; `levels` are the lanes that are fixed.

    `places` tells the key of the place that one belongs to, `tags` what stands above it; `ring`
    are those that are previewed, the first of them focused.
    """

    drawn: dict[str, Annotation] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    ring: list[str] = field(default_factory=list)

    def differs(self, other: "Scene", id_: str) -> bool:
        """Whether an annotation is drawn in another way than in another scene."""
        return (
            self.drawn.get(id_) != other.drawn.get(id_)
            or self.levels.get(id_) != other.levels.get(id_)
            or self.tags.get(id_) != other.tags.get(id_)
        )


def scene(words: Words, place: Place | None, previewed: int | None) -> Scene:
    """What is drawn while a place is looked at, one of its versions (from 0) previewed."""
    reviewed = words.reviewed
    shown = Scene()
    here = list(_of_place(words, place)) if place is not None else []
    ground = _around(here)
    for each in reviewed.gold.annotations:
        shown.drawn[each.id] = each
        if any(_meet(each, span) for span in ground):
            shown.levels[each.id] = NO_LANE
    for other in reviewed.places:
        if not other.relation and other.status != "decided" and other is not place:
            _add_waiting(shown, other)
        shown.places.update((each.id, other.key) for each in other.gold)
    if place is not None:
        _add_versions(shown, place, here, previewed)
    return shown


def _of_place(words: Words, place: Place) -> Iterator[tuple[int, str, Annotation]]:
    """The number of a version, a tag, and each annotation that it shows; ends of links, too."""
    if not place.relation:
        for number, version in enumerate(place.versions):
            yield from ((number, f"{number + 1}", each) for each in version.annotations)
        return
    known: set[str] = set()
    for each in _sources(words, place):
        if each.id not in known:
            known.add(each.id)
            yield 0, words.tagset.relation_title(place.relation).upper(), each
    for number, version in enumerate(place.versions):
        for link in version.links:
            target = words.annotation(link.target)
            if target is not None:
                yield number, f"{number + 1}", target


def _sources(words: Words, place: Place) -> Iterator[Annotation]:
    """The annotation that links of a place go out from: of the first version that shows any."""
    first = next((each for each in place.versions if each.annotations), None)
    if first is not None:
        yield from first.annotations
        return
    for link in place.gold_links:
        source = words.annotation(link.source)
        if source is not None:
            yield source


def _around(here: list[tuple[int, str, Annotation]]) -> list[Span]:
    return [each.envelope for _, _, each in here]


def _meet(annotation: Annotation, span: Span) -> bool:
    own = annotation.envelope
    return own.start < span.end and span.start < own.end


def _add_waiting(shown: Scene, place: Place) -> None:
    """What isn't gold yet has a faint lane, once."""
    first: Version | None = next((each for each in place.versions if each.annotations), None)
    for each in first.annotations if first else ():
        shown.drawn[each.id] = replace(each, label=waiting_label(each.label))
        shown.places[each.id] = place.key
        shown.tags[each.id] = ""


def _add_versions(
    shown: Scene, place: Place, here: list[tuple[int, str, Annotation]], previewed: int | None
) -> None:
    for rank, (number, tag, each) in enumerate(here):
        id_ = f"{number} {rank} {each.id}"
        source = bool(place.relation) and not tag.isdecimal()
        lit = number == previewed or source
        shown.drawn[id_] = replace(
            each, id=id_, label=version_label(each.label, number, previewed=lit)
        )
        shown.levels[id_] = number
        shown.places[id_] = place.key
        shown.tags[id_] = tag
        if lit:
            shown.ring.append(id_)


def changed(before: Scene, after: Scene) -> tuple[list[str], list[Annotation]]:
    """Which ids go from one scene to another, and which annotations come."""
    ids = before.drawn.keys() | after.drawn.keys()
    other = [each for each in ids if after.differs(before, each)]
    return other, [after.drawn[each] for each in other if each in after.drawn]
