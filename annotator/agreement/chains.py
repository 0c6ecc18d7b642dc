"""Whether mentions are put together in the same way: coreference, by who is named.

B-cubed: Bagga and Baldwin 1998. CEAF, by entities (phi 4): Luo 2005. LEA: Moosavi and Strube 2016.
A chain is all mentions in an article that name the same; a mention that names two names the two of
them together. What names nobody is in no chain. The names themselves don't matter here: they are
compared as an attribute. Of more than two people, a figure is the mean over pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.figure import NO_UNITS, Counts, Figure
from annotator.agreement.matching import assigned
from annotator.core.model import Annotation

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
        chains = _Chains.of([unit.values for unit in several])
        turned = _Chains.of([unit.values[::-1] for unit in several])
        found[raters, "units"] = len(several)
        for name, score in MEASURES.items():
            for term, value in zip(_TERMS, (*score(chains), *score(turned)), strict=True):
                found[raters, f"{name} {term}"] = value
    return found


_TERMS = ("found", "of", "right", "out of")


@dataclass(frozen=True, slots=True)
class _Chains:
    """How many mentions the chains of one person have, those of another, and any two in common."""

    own: Counter[Hashable]
    others: Counter[Hashable]
    common: Counter[tuple[Hashable, Hashable]]

    @classmethod
    def of(cls, mentions: Sequence[tuple[Hashable, ...]]) -> "_Chains":
        """The chains of mentions, each with what it is in for the one and for the other."""
        own = Counter(one for one, _ in mentions if one is not None)
        others = Counter(other for _, other in mentions if other is not None)
        both = Counter((one, other) for one, other in mentions if None not in (one, other))
        return cls(own, others, both)


def _b_cubed(chains: _Chains) -> Scored:
    """For each mention, how much of its chain is with it in the other's."""
    found = sum(number**2 / chains.own[one] for (one, _), number in chains.common.items())
    return found, float(chains.own.total())


def _ceaf(chains: _Chains) -> Scored:
    """The likeness of chains that are matched one to one, so that it is greatest."""
    rows = {each: number for number, each in enumerate(chains.own)}
    columns = {each: number for number, each in enumerate(chains.others)}
    alike = {
        (rows[one], columns[other]): 2 * number / (chains.own[one] + chains.others[other])
        for (one, other), number in chains.common.items()
    }
    return sum(alike[ends] for ends in assigned(alike)), float(len(rows))


def _lea(chains: _Chains) -> Scored:
    """How many of the links of each chain are there, by the chain's size; one mention is a link."""
    found = 0.0
    for (one, other), number in chains.common.items():
        size = chains.own[one]
        if size > 1:
            found += size * _links(number) / _links(size)
        else:
            found += chains.others[other] == 1
    return found, float(chains.own.total())


def _links(size: int) -> float:
    return size * (size - 1) / 2


MEASURES: Mapping[str, Callable[[_Chains], Scored]] = {
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
