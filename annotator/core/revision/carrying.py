"""Annotations and links carried over from one tag set to another, as a draft says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.article import Work
from annotator.core.edits import Change, change
from annotator.core.model import Annotation, Attributes, FirstPass, Relation
from annotator.core.revision.conversion import converted
from annotator.core.revision.draft import Draft, Kind, Owner, Place, find, owners
from annotator.core.tagset import RelationType, Tagset, fits

Ends = tuple[str | None, str | None]
"""The labels of a link's source and target, None for one that is gone."""
_KINDS: tuple[Kind, ...] = ("label", "relation")


@dataclass(frozen=True, slots=True)
class Carried:
    """Attributes under the new tag set; `lost` names those, as called before, not kept whole."""

    attributes: Attributes
    lost: tuple[str, ...] = ()


class Carrier:
    """Carries values over; `entities` are names by id.

    What older versions left, and the draft doesn't concern, stays; what changes in any way is made
    such that the new tag set allows it.
    """

    def __init__(self, draft: Draft, entities: Mapping[str, str]) -> None:
        self.draft = draft
        self._entities = entities
        places = {
            Place(kind, each.name): each for kind in _KINDS for each in owners(draft.before, kind)
        }
        self._names = {place: draft.destination(place) for place in places}
        self._idle = {place for place, each in places.items() if _unconcerned(draft, place, each)}
        self.idle = len(self._idle) == len(places)
        """Whether no annotation and no link can be concerned."""

    def concerns(self, place: Place) -> bool:
        """Whether what is tagged or linked as a label or relation type of before may change."""
        return place not in self._idle

    def name(self, kind: Kind, name: str) -> str | None:
        """What a label or relation type is called now; None where it is gone."""
        return self._names.get(Place(kind, name), name)

    def attributes(self, place: Place, found: Attributes, *, strict: bool = False) -> Carried:
        """The attributes that what was tagged as `place` has now.

        With `strict` they are all such that the new tag set allows them, as they are too where one
        of them changes.
        """
        name = self.name(place.kind, place.owner)
        new = find(self.draft.after, place.kind, name) if name is not None else None
        if new is None:
            return Carried(found)
        if not strict and name == place.owner:
            lenient = self._carried(place, new, found, strict=False)
            if lenient.attributes == found:
                return lenient
        return self._carried(place, new, found, strict=True)

    def annotation(self, one: Annotation) -> Annotation | None:
        """An annotation as it is now; None where it goes."""
        place = Place("label", one.label)
        if place in self._idle:
            return one
        name = self._names.get(place, one.label)
        if name is None:
            return None
        now = self.attributes(place, one.attributes).attributes
        return replace(one, label=name, attributes=now)

    def link(self, one: Relation, before: tuple[str, str], after: Ends) -> Relation | None:
        """A link as it is now, by the labels of its ends before and after; None where it goes."""
        place = Place("relation", one.type)
        if place in self._idle and before == after:
            return one
        name = self.joins(one.type, before, after)
        if name is None:
            return None
        found = self.attributes(place, one.attributes, strict=before != after)
        now = replace(one, type=name, attributes=found.attributes)
        return now if now == one or allows(self.draft.after, name, after) else None

    def joins(self, type_: str, before: tuple[str, str], after: Ends) -> str | None:
        """The type of a link between these labels now; None where there can be none any more."""
        name = self.name("relation", type_)
        if name is None or None in after:
            return None
        legal = allows(self.draft.after, name, after)
        touched = (name, *after) != (type_, *before)
        return name if legal or not (touched or allows(self.draft.before, type_, before)) else None

    def layer(self, annotations: Iterable[Annotation], links: Iterable[Relation]) -> list[Change]:
        """The changes to a layer: links that go, annotations, links that stay."""
        pairs = {each.id: (each, self.annotation(each)) for each in annotations}
        gone: list[Change] = []
        kept: list[Change] = []
        for link in links:
            (source, source_now), (target, target_now) = pairs[link.source], pairs[link.target]
            after = (
                source_now.label if source_now else None,
                target_now.label if target_now else None,
            )
            now = self.link(link, (source.label, target.label), after)
            (kept if now else gone).extend(change(link, now))
        return [*gone, *(one for pair in pairs.values() for one in change(*pair)), *kept]

    def work(self, work: Work) -> list[Change]:
        """The changes to a layer and to its first pass, which stays one by the new tag set too."""
        changes = self.layer(work.annotations, work.relations)
        kept = work.first_pass
        if kept is None and not (changes and work.layer.is_finished):
            return changes
        first = work.first
        after = {one.id: one.after for one in self.layer(first.annotations, first.relations)}
        annotations = (after.get(each.id, each) for each in first.annotations)
        relations = (after.get(each.id, each) for each in first.relations)
        now = FirstPass(
            first.id,
            tuple(each for each in annotations if isinstance(each, Annotation)),
            tuple(each for each in relations if isinstance(each, Relation)),
        )
        return [*change(kept, now), *changes]

    def _carried(self, place: Place, new: Owner, found: Attributes, *, strict: bool) -> Carried:
        kept: dict[str, Any] = {}
        lost = []
        for key, value in found.items():
            target, result, whole = self._value(replace(place, attribute=key), new, value)
            if result is None and not strict and self._is_left(place, new, key, value):
                target, result, whole = key, value, True
            if result is not None:
                kept[target] = result
            if not whole:
                lost.append(key)
        return Carried(kept, tuple(lost))

    def _value(self, place: Place, new: Owner, value: Any) -> tuple[str, Any, bool]:
        """What an attribute is called now, its value (None: nothing), and whether all was kept."""
        schema = find(self.draft.before, place.kind, place.owner)
        old = schema.attribute(place.attribute) if schema else None
        target = self.draft.destination(place) if old else place.attribute
        attribute = new.attribute(target) if target is not None else None
        if attribute is None:
            return place.attribute, None, False

        def called(choice: str) -> str | None:
            return self.draft.destination(replace(place, value=choice)) if old else choice

        known = old or attribute
        found = converted(value, known, attribute, called=called, entities=self._entities)
        return attribute.name, *found

    def _is_left(self, place: Place, new: Owner, key: str, value: Any) -> bool:
        """Whether the draft doesn't concern a value that no attribute of before could have."""
        schema = find(self.draft.before, place.kind, place.owner)
        old = schema.attribute(key) if schema else None
        return old is None or (new.attribute(key) == old and not fits(old, value))


def allows(tagset: Tagset, type_: str, ends: Ends) -> bool:
    """Whether a tag set has a relation type that joins these labels."""
    known = tagset.relation(type_)
    return known is not None and ends[0] in known.sources and ends[1] in known.targets


def _unconcerned(draft: Draft, where: Place, owner: Owner) -> bool:
    """Whether nothing that is tagged or linked as `owner` can change."""
    new = find(draft.after, where.kind, owner.name)
    if new is None or draft.destination(where) != owner.name:
        return False
    if isinstance(owner, RelationType) and isinstance(new, RelationType):
        missing = {*owner.sources} - {*new.sources} or {*owner.targets} - {*new.targets}
        if missing:
            return False
    fates = ((place, name) for place, name in draft.becomes.items() if place.owner == owner.name)
    return new.attributes == owner.attributes and all(
        name == (place.attribute or owner.name if place.value is None else place.value)
        for place, name in fates
        if place.kind == where.kind
    )
