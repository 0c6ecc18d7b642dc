"""Links: those at a span, which spans a new one may go to, and the letters that choose one."""

from collections.abc import Iterable, Mapping, Sequence

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Relation
from annotator.core.tagset import RelationType, Tagset
from annotator.ui.reading.captions import entity_ids

LETTERS = "ASDFGHJKLQWERTUIOPZXCVBNMY"
"""The hint letters, those under the fingers first."""


def hint_letters(number: int, letters: str = LETTERS) -> list[str]:
    """Hints for so many candidates, none the beginning of another; the first ones are shortest.

    One letter each as far as they go, then two. Beyond all pairs the rest get none.
    """
    size = len(letters)
    if number <= size:
        return list(letters[:number])
    leads = min(size, -((size - number) // (size - 1)))
    single = list(letters[: size - leads])
    pairs = (first + second for first in letters[size - leads :] for second in letters)
    return [*single, *(pair for pair, _ in zip(pairs, range(number - len(single)), strict=False))]


def candidates(
    relation: RelationType,
    origin: Annotation,
    annotations: Iterable[Annotation],
    existing: Iterable[Relation] = (),
    *,
    tagset: Tagset,
) -> tuple[list[Annotation], bool]:
    """What `origin` may be linked with, nearest first, and whether `origin` would be the target.

    Of spans that stand for the same entity only the nearest is offered, as links mean the entity.
    What is linked so already is left out.
    """
    backwards = origin.label not in relation.sources
    if backwards and origin.label not in relation.targets:
        return [], False
    allowed = set(relation.sources if backwards else relation.targets)
    taken = {origin.id, *_linked(relation, origin.id, existing, backwards=backwards)}
    pool = {each.id: each for each in annotations if each.label in allowed}
    named = {id_: tuple(sorted(entity_ids(each, tagset))) for id_, each in pool.items()}
    gone = {named[each] for each in taken & pool.keys()} - {()}
    here = origin.envelope.start
    free = [each for each in pool.values() if each.id not in taken and named[each.id] not in gone]
    free.sort(key=lambda each: (abs(each.envelope.start - here), each.envelope.start, each.id))
    return _one_for_each_entity(free, named), backwards


def _linked(
    relation: RelationType, origin: str, existing: Iterable[Relation], *, backwards: bool
) -> set[str]:
    found = set()
    for each in existing:
        if each.type != relation.name:
            continue
        if each.source == origin and (relation.symmetric or not backwards):
            found.add(each.target)
        if each.target == origin and (relation.symmetric or backwards):
            found.add(each.source)
    return found


def _one_for_each_entity(
    found: Sequence[Annotation], named: Mapping[str, tuple[str, ...]]
) -> list[Annotation]:
    seen: set[tuple[str, ...]] = set()
    kept = []
    for each in found:
        entity = named[each.id]
        if entity and entity in seen:
            continue
        seen.add(entity)
        kept.append(each)
    return kept


class Links:
    """The links of a layer by the span at either end, kept up to date edit by edit."""

    def __init__(self, relations: Iterable[Relation] = ()) -> None:
        self._at: dict[str, dict[str, Relation]] = {}
        for relation in relations:
            self._add(relation)

    def at(self, annotation: str) -> Iterable[Relation]:
        """The links that the annotation of this id is an end of."""
        return self._at.get(annotation, {}).values()

    def neighbours(self, annotation: str) -> set[str]:
        """The ids of the annotations at the other ends."""
        ends = {end for each in self.at(annotation) for end in (each.source, each.target)}
        return ends - {annotation}

    def follow(self, edit: Edit) -> None:
        """Take in what an edit did to relations, whichever layer's they are."""
        for each in edit.touched("relation"):
            if isinstance(each.before, Relation):
                self._drop(each.before)
            if isinstance(each.after, Relation):
                self._add(each.after)

    def _add(self, relation: Relation) -> None:
        for end in (relation.source, relation.target):
            self._at.setdefault(end, {})[relation.id] = relation

    def _drop(self, relation: Relation) -> None:
        for end in (relation.source, relation.target):
            self._at.get(end, {}).pop(relation.id, None)
