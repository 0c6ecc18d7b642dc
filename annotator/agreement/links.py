"""The units of figures on links: the same link is one between the same ends, of the same type.

An end is the place where it stands, so that spans that differ at their edges are one end; where it
is a mention that names somebody, it is whom it names: another mention of the same ministry is the
same source. Ends of symmetric links are in no order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.agreement.comparison import Comparison, Unit
from annotator.core.model import Annotation, Relation

End = tuple[str, object]
Key = tuple[str, tuple[End, ...]]
"""The type of a link and its ends, as they are compared."""


def link_pairs(comparison: Comparison) -> Iterator[Unit]:
    """Of every two people, each link that both have or one has; its value is the link's type."""
    for _, unit in _found(comparison).pairs:
        yield unit


def given_pairs(comparison: Comparison) -> Iterator[Unit]:
    """The same of the links whose ends both have marked: a missing span is no missing link."""
    found = _found(comparison)
    for key, unit in found.pairs:
        if all(found.ends[who].issuperset(key[1]) for who in unit.raters):
            yield unit


def _unit(
    comparison: Comparison,
    raters: tuple[str, ...],
    key: Key,
    links: Mapping[str, Mapping[Key, tuple[str, ...]]],
) -> Unit:
    ids = tuple([links[who].get(key, ()) for who in raters])
    values = tuple([key[0] if each else None for each in ids])
    return Unit(comparison.document.id, raters, values, ids)


def shared_links(comparison: Comparison) -> Iterator[Unit]:
    """Each link that anybody has, with all who have marked its ends."""
    found = _found(comparison)
    links, ends = found.links, found.ends
    for key in dict.fromkeys(key for each in links.values() for key in each):
        raters = tuple(who for who in comparison.raters if ends[who].issuperset(key[1]))
        if len(raters) > 1:
            yield _unit(comparison, raters, key, links)


@dataclass(frozen=True, slots=True)
class _Links:
    """By who did it: the links with their ids, and all ends that they have marked.

    `pairs` are the links of every two, each with its unit.
    """

    links: Mapping[str, Mapping[Key, tuple[str, ...]]]
    ends: Mapping[str, frozenset[End]]
    pairs: Sequence[tuple[Key, Unit]]


@lru_cache(maxsize=2)  # three kinds of units are made of the same article, one after the other
def _found(comparison: Comparison) -> _Links:
    places: dict[str, dict[str, End]] = {who: {} for who in comparison.raters}
    for number, cluster in enumerate(comparison.clusters):
        for who, members in cluster.members.items():
            for each in members:
                places[who][each.id] = _end(comparison, each, number)
    links: dict[str, dict[Key, tuple[str, ...]]] = {}
    for who, work in comparison.works.items():
        own = links.setdefault(who, {})
        for link in work.relations:
            key = _key(comparison, link, places[who])
            if key is not None:
                own[key] = (*own.get(key, ()), link.id)
    ends = {who: frozenset(each.values()) for who, each in places.items()}
    pairs = [
        (key, _unit(comparison, pair, key, links))
        for pair in comparison.pairs()
        for key in {**links[pair[0]], **links[pair[1]]}
    ]
    return _Links(links, ends, pairs)


def _end(comparison: Comparison, annotation: Annotation, place: int) -> End:
    named = comparison.named.get(annotation.id)
    return ("who", named) if named else ("where", place)


def _key(comparison: Comparison, link: Relation, places: Mapping[str, End]) -> Key | None:
    if link.source not in places or link.target not in places:
        return None  # an end of another label than those that are looked at
    type_ = comparison.basis.tagset.relation(link.type)
    ends = (places[link.source], places[link.target])
    return link.type, tuple(sorted(ends, key=repr)) if type_ and type_.symmetric else ends
