"""Whether mentions are put together in the same way: coreference, by who is named.

B-cubed: Bagga and Baldwin 1998. CEAF, by entities (phi 4): Luo 2005. LEA: Moosavi and Strube 2016.
A chain is all mentions in an article that name the same; a mention that names two names the two of
them together. What names nobody is in no chain. The names themselves don't matter here: they are
compared as an attribute. Of more than two people, a figure is the mean over pairs.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.figure import NO_UNITS, Counts, Figure
from annotator.agreement.matching import assigned
from annotator.core.model import Annotation

Chain = frozenset[int]
Scored = tuple[float, float]
"""What was found of a chain's worth, and its worth."""


def mention_pairs(comparison: Comparison) -> Iterator[Unit]:
    """Of every two people, the places where one names somebody, with whom."""
    places = []
    for cluster in comparison.clusters:
        named = {who: _named(comparison, each) for who, each in cluster.members.items()}
        if any(named.values()):
            places.append((cluster.members, named))
    for pair in comparison.pairs():
        for members, named in places:
            values = tuple([named.get(who) for who in pair])
            if any(values):
                ids = tuple([tuple([each.id for each in members.get(who, ())]) for who in pair])
                yield Unit(comparison.document.id, pair, values, ids)


def _named(comparison: Comparison, members: Sequence[Annotation]) -> tuple[str, ...] | None:
    named = {name for each in members for name in comparison.named.get(each.id, ())}
    return tuple(sorted(named)) or None


def count_chains(units: Sequence[Unit]) -> dict[Hashable, float]:
    """What the three measures found in an article, by the pair of people."""
    pairs: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        pairs[unit.raters].append(unit)
    found: dict[Hashable, float] = {}
    for raters, several in pairs.items():
        one, other = (_chains(several, at) for at in range(2))
        found[raters, "units"] = len(several)
        for name, score in MEASURES.items():
            terms = (*score(one, other), *score(other, one))
            for term, value in zip(_TERMS, terms, strict=True):
                found[raters, f"{name} {term}"] = value
    return found


_TERMS = ("found", "of", "right", "out of")


def _chains(units: Sequence[Unit], at: int) -> list[Chain]:
    found: dict[Hashable, set[int]] = defaultdict(set)
    for number, unit in enumerate(units):
        if unit.values[at] is not None:
            found[unit.values[at]].add(number)
    return [frozenset(each) for each in found.values()]


def _b_cubed(key: Sequence[Chain], other: Sequence[Chain]) -> Scored:
    """For each mention, how much of its chain is with it in the other's."""
    found = sum(len(one & each) ** 2 / len(one) for one in key for each in other)
    return found, float(sum(map(len, key)))


def _ceaf(key: Sequence[Chain], other: Sequence[Chain]) -> Scored:
    """The likeness of chains that are matched one to one, so that it is greatest."""
    alike = {
        (i, j): 2 * len(one & each) / (len(one) + len(each))
        for i, one in enumerate(key)
        for j, each in enumerate(other)
        if one & each
    }
    return sum(alike[ends] for ends in assigned(alike)), float(len(key))


def _lea(key: Sequence[Chain], other: Sequence[Chain]) -> Scored:
    """How many of the links of each chain are there, by the chain's size."""
    found = 0.0
    for one in key:
        if len(one) == 1:
            found += one in other
        else:
            found += len(one) * sum(_links(len(one & each)) for each in other) / _links(len(one))
    return found, float(sum(map(len, key)))


def _links(size: int) -> float:
    return size * (size - 1) / 2


MEASURES: Mapping[str, Callable[[Sequence[Chain], Sequence[Chain]], Scored]] = {
    "b_cubed": _b_cubed,
    "ceaf": _ceaf,
    "lea": _lea,
}


def chain_f1(counts: Counts, measure: str) -> Figure:
    """The mean over pairs of people of the harmonic mean of precision and recall."""
    raters = dict.fromkeys(key[0] for key in counts)
    values, n = [], 0.0
    for pair in raters:
        found, of, right, out_of = (counts[pair, f"{measure} {term}"] for term in _TERMS)
        n += counts[pair, "units"]
        if of and out_of:
            both = found / of + right / out_of
            values.append(2 * found / of * right / out_of / both if both else 0.0)
        elif of or out_of:
            values.append(0.0)
    return Figure(sum(values) / len(values), n) if values else Figure(None, 0, NO_UNITS)
