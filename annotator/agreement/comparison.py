"""An article as several people have done it, and the units that figures count in it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from annotator.core.apart import NONE, Apart
from annotator.core.article import Work
from annotator.core.clusters import Cluster, clusters
from annotator.core.model import Annotation, Attributes, Document, Entity
from annotator.core.tagset import Attribute, Tagset
from annotator.core.twins import twins

HALF = 0.5
"""The share of common characters from which on two spans answer each other, unless said."""


class Unit(NamedTuple):
    """One thing that a figure counts: what some people gave, and where.

    `raters` are those who gave something (or who could have, with the value None), `values` what
    each gave, `ids` the annotations or links behind it. `weight` is how much it counts: 1, or a
    number of tokens or code points.
    """

    document: str
    raters: tuple[str, ...]
    values: tuple[Hashable, ...]
    ids: tuple[tuple[str, ...], ...]
    weight: float = 1.0

    @property
    def agreed(self) -> bool:
        """Whether all gave the same."""
        return all(each == self.values[0] for each in self.values)


@dataclass(frozen=True, slots=True)
class Basis:
    """By what values are compared: the tag set, and the register of entities.

    `twins` gives for an entity the one that stands for all of its name and type, `sides` its side.
    `threshold` is the share of characters from which on spans answer each other in relaxed figures;
    `ordinal` are the attributes, as "label.attribute", whose values stand in an order.
    """

    tagset: Tagset
    twins: Mapping[str, str]
    sides: Mapping[str, str]
    threshold: float = HALF
    ordinal: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        tagset: Tagset,
        entities: Sequence[Entity] = (),
        *,
        threshold: float = HALF,
        ordinal: Sequence[str] = (),
        apart: Apart = NONE,
    ) -> "Basis":
        """The basis of a project with this tag set and register, some in it kept apart."""
        sides = {each.id: each.side for each in entities}
        return cls(tagset, twins(entities, apart), sides, threshold, frozenset(ordinal))

    def value(self, owner: Mapping[str, Any], attribute: Attribute) -> Hashable | None:
        """A value by which an attribute is compared; None where it wasn't given.

        A number is itself, a date the number of its first day, an entity one for all its twins, and
        several values are a set.
        """
        found = owner.get(attribute.name)
        if found is None or found == []:
            return None
        if isinstance(found, list):
            return frozenset(filter(None, (self._one(each, attribute) for each in found)))
        return self._one(found, attribute)

    def _one(self, value: Any, attribute: Attribute) -> Hashable | None:
        if attribute.type == "date":
            return _day(value)
        if attribute.type == "entity":
            return self.twins.get(value, str(value))
        return value if isinstance(value, Hashable) else str(value)

    def attributes(self, annotation: Annotation) -> Attributes:
        """What an annotation says, one entity for all its twins, and several values as a set."""
        given = annotation.attributes
        return {name: self._meant(each) for name, each in given.items() if each not in (None, [])}

    def _meant(self, value: Any) -> Any:
        if isinstance(value, list):
            return frozenset(self.twins.get(each, each) for each in map(str, value))
        return self.twins.get(value, value) if isinstance(value, str) else value


def _day(value: Any) -> int | None:
    try:
        return date.fromisoformat(value["from"]).toordinal()
    except (TypeError, ValueError, KeyError):
        return None


@dataclass(frozen=True, eq=False)
class Comparison:
    """An article with the work of two people or more on it, by who did it.

    `clusters` are the places where somebody has something (core/clusters.py), as a review has them.
    """

    document: Document
    works: Mapping[str, Work]
    basis: Basis
    clusters: tuple[Cluster, ...]

    @classmethod
    def of(cls, document: Document, works: Mapping[str, Work], basis: Basis) -> "Comparison":
        """The comparison of these works."""
        works = dict(sorted(works.items()))
        found = clusters({who: each.annotations for who, each in works.items()})
        return cls(document, works, basis, tuple(found))

    @property
    def raters(self) -> tuple[str, ...]:
        """Who did the article, by name."""
        return tuple(self.works)

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """For whom each mention stands, by its id; one for all twins, and nobody isn't in it."""
        tagset, twin = self.basis.tagset, self.basis.twins
        naming = {each.name: each.naming for each in tagset.labels if each.naming}
        found = {}
        for work in self.works.values():
            for each in work.annotations:
                value = each.attributes.get(naming.get(each.label, ""))
                several = value if isinstance(value, list) else [value] if value else []
                if several:
                    found[each.id] = tuple(sorted({twin.get(one, one) for one in several}))
        return found

    @cached_property
    def matched(self) -> Mapping[str, list[dict[str, Annotation]]]:
        """By label, what those who have it give at each place where two do: their first part."""
        found: dict[str, list[dict[str, Annotation]]] = {}
        for cluster in self.clusters:
            given: dict[str, dict[str, Annotation]] = {}
            for who, members in cluster.members.items():
                given.setdefault(members[0].label, {})[who] = members[0]
            for label, several in given.items():
                if len(several) > 1:
                    found.setdefault(label, []).append(several)
        return found

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two of those who did it."""
        return combinations(self.works, 2)

    def between(self, one: str, other: str) -> "Comparison":
        """The comparison of two of the people alone."""
        works = {who: self.works[who] for who in (one, other)}
        return self if len(self.works) == 2 else self.of(self.document, works, self.basis)

    def labelled(self, label: str) -> "Comparison":
        """The comparison of the annotations of one label, and of the links between any."""
        works = {
            who: replace(
                each, annotations=tuple(one for one in each.annotations if one.label == label)
            )
            for who, each in self.works.items()
        }
        return self.of(self.document, works, self.basis)
