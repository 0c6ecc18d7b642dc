"""Where disagreement comes from: its kinds, whose labels stand against whose, edges, phrases.

The places and the kinds are those of a review (core/clusters.py, core/differing.py).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.links import shared_links
from annotator.agreement.spans import places
from annotator.core.clusters import Cluster
from annotator.core.differing import KINDS as PLACE_KINDS
from annotator.core.differing import differing
from annotator.core.find import fold
from annotator.core.inherit import inherited, source_types
from annotator.core.model import Annotation, Relation
from annotator.core.tagset import Tagset

KINDS = (*PLACE_KINDS, "relation")
"""In what people can differ at a place; the first that holds is the one."""
SAME = ""
_LONGEST = 3
_LONGEST_PHRASE = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """A place, or a link, with the kind of difference there, SAME for none, and its words."""

    kind: str
    unit: Unit
    words: str = ""


def differences(comparison: Comparison) -> Iterator[Difference]:
    """Each place where somebody has something, and each link whose ends several have marked."""
    for cluster, unit in zip(comparison.clusters, places(comparison), strict=True):
        yield Difference(kind(comparison, cluster), unit, _words(comparison, cluster))
    for unit in shared_links(comparison):
        yield Difference(SAME if unit.agreed else "relation", unit)


def kind(comparison: Comparison, cluster: Cluster) -> str:
    """In what those who did the article differ first at a place."""
    basis = comparison.basis
    found = [cluster.members.get(who, ()) for who in comparison.raters]
    return differing(found, basis.tagset, basis.attributes) or SAME


def _words(comparison: Comparison, cluster: Cluster) -> str:
    """The words at a place that the most people marked, the fewest among these; in small letters.

    Nothing where they are more than a phrase.
    """
    text = comparison.document.text
    quotes = Counter(
        " ".join(fold(each.quote(text)).split())
        for several in cluster.members.values()
        for each in several
    )
    words = min(quotes, key=lambda each: (-quotes[each], len(each), each))
    return words if words.count(" ") < _LONGEST_PHRASE else ""


# Edges


@dataclass(frozen=True, slots=True)
class Edge:
    """Words at the start or the end of a span that one person has in it and another hasn't.

    `one` is who has it longer, `other` shorter; their annotations are in the unit.
    """

    at: str
    words: str
    one: str
    other: str
    unit: Unit


def edges(comparison: Comparison) -> Iterator[Edge]:
    """The words by which spans of the same label at one place differ, for every two people."""
    for cluster in comparison.clusters:
        for one, other in combinations(comparison.raters, 2):
            first, second = cluster.members.get(one, ()), cluster.members.get(other, ())
            if len(first) == len(second) == 1 and first[0].label == second[0].label:
                yield from _edges(comparison, (one, first[0]), (other, second[0]))


def _edges(
    comparison: Comparison, one: tuple[str, Annotation], other: tuple[str, Annotation]
) -> Iterator[Edge]:
    text = comparison.document.text
    (who, first), (rater, second) = one, other
    a, b = ((each.spans[0].start, each.spans[-1].end) for each in (first, second))
    if a == b:
        return
    unit = Unit(
        *(comparison.document.id, (who, rater), (first.label, second.label)),
        ids=((first.id,), (second.id,)),
    )
    for at, here, there, longer in (
        ("start", a[0], b[0], a[0] < b[0]),
        ("end", a[1], b[1], a[1] > b[1]),
    ):
        if here != there:
            words = _told(text[min(here, there) : max(here, there)])
            ends = (who, rater) if longer else (rater, who)
            yield Edge(at, words, *ends, unit)


def _told(words: str) -> str:
    """A few words as they are, in small letters; of more, how many."""
    found = fold(" ".join(words.split()))
    number = len(found.split())
    return found if number <= _LONGEST else f"{number} words"


# Sides


@dataclass(frozen=True, slots=True)
class Sided:
    """An annotation whose source is of a side: who made it, and who else has it or misses it."""

    side: str
    label: str
    unit: Unit


def sided(comparison: Comparison) -> Iterator[Sided]:
    """The annotations whose sources have a side, each with every other who did the article.

    The source is what the first type of links from its label to actors says, for a count also that
    of the statement around it. The unit's values are the label and what the other has, or None.
    """
    basis = comparison.basis
    sides: dict[str, set[str]] = {}
    for work in comparison.works.values():
        sides |= _sides(comparison, work.annotations, work.relations, basis.tagset)
    for cluster in comparison.clusters:
        for who, members in cluster.members.items():
            for each in members:
                for side in sorted(sides.get(each.id, ())):
                    for other in comparison.raters:
                        if other != who:
                            found = cluster.members.get(other, ())
                            unit = Unit(
                                comparison.document.id,
                                (who, other),
                                (each.label, found[0].label if found else None),
                                ((each.id,), tuple(one.id for one in found)),
                            )
                            yield Sided(side, each.label, unit)


def _sides(
    comparison: Comparison,
    annotations: Sequence[Annotation],
    relations: Sequence[Relation],
    tagset: Tagset,
) -> dict[str, set[str]]:
    """The sides of the sources of each annotation, by its id."""
    out: dict[str, list[Relation]] = {}
    for link in relations:
        out.setdefault(link.source, []).append(link)
    types = {each.name: _source_type(each.name, tagset) for each in tagset.labels}
    found = {}
    for each in annotations:
        type_ = types.get(each.label, "")
        links = [link for link in out.get(each.id, ()) if link.type == type_]
        if type_ and not links:
            around = inherited(each, annotations, lambda id_: out.get(id_, ()), tagset)
            links = list(around.links.get(type_, ())) if around else []
        named = [entity for link in links for entity in comparison.named.get(link.target, ())]
        sides = {side for entity in named if (side := comparison.basis.sides.get(entity))}
        if sides:
            found[each.id] = sides
    return found


def _source_type(label: str, tagset: Tagset) -> str:
    """The first type of links from a label to somebody who is named, "" for none."""
    return next((each.name for each in source_types(label, tagset)), "")


# Phrases


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that were marked, at how many places, and of which kinds the differences there are."""

    words: str
    places: int
    kinds: Mapping[str, int]

    @property
    def differing(self) -> int:
        """At how many of the places people differ."""
        return sum(self.kinds.values())


def hardest(counts: Mapping[tuple[str, str], float], *, least: int = 2) -> list[Phrase]:
    """The phrases at which people differ the most often; `counts` are places by words and kind."""
    places_: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for (words, kind_), number in counts.items():
        places_[words] += int(number)
        kinds.setdefault(words, Counter())
        if kind_ != SAME:
            kinds[words][kind_] += int(number)
    found = [Phrase(words, places_[words], each) for words, each in kinds.items() if words]
    found = [each for each in found if each.differing and each.places >= least]
    return sorted(found, key=lambda each: (-each.differing, each.places, each.words))
