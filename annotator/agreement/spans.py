"""The units of figures on spans: matched pair by pair, or place by place."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import combinations

from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.figure import Counts, Figure, share
from annotator.agreement.matching import Pair, exact, relaxed
from annotator.core.model import Annotation

Matching = Callable[[Comparison, Sequence[Annotation], Sequence[Annotation]], list[Pair]]


def exact_pairs(comparison: Comparison) -> Iterator[Unit]:
    """Of every two people: each span that both have exactly, and each that one has alone."""
    return _pairs(comparison, lambda _, one, other: exact(one, other))


def relaxed_pairs(comparison: Comparison) -> Iterator[Unit]:
    """The same where spans answer each other that share enough (Basis.threshold)."""
    return _pairs(comparison, lambda each, one, other: relaxed(one, other, each.basis.threshold))


def _pairs(comparison: Comparison, matching: Matching) -> Iterator[Unit]:
    name = comparison.document.id
    for one, other in comparison.pairs():
        works = comparison.works
        pair = (one, other)
        for first, second in matching(comparison, works[one].annotations, works[other].annotations):
            values = (first and first.label, second and second.label)
            ids = ((first.id,) if first else (), (second.id,) if second else ())
            yield Unit(name, pair, values, ids)


def matched(comparison: Comparison) -> Iterator[Unit]:
    """The places where two or more have something, with their labels."""
    for unit in places(comparison):
        given = [at for at, value in enumerate(unit.values) if value is not None]
        if len(given) > 1:
            if len(given) == len(unit.raters):
                yield unit
                continue
            yield Unit(
                unit.document,
                tuple([unit.raters[at] for at in given]),
                tuple([unit.values[at] for at in given]),
                tuple([unit.ids[at] for at in given]),
            )


def places(comparison: Comparison) -> Iterator[Unit]:
    """All places with the labels there; None for those who have nothing.

    Where somebody has a place in parts, it counts once, by the first part's label.
    """
    yield from _places(comparison)


@lru_cache(maxsize=2)  # several figures and tables count the same article, one after the other
def _places(comparison: Comparison) -> tuple[Unit, ...]:
    raters, name = comparison.raters, comparison.document.id
    units = []
    for cluster in comparison.clusters:
        found = [cluster.members.get(who, ()) for who in raters]
        values = tuple([each[0].label if each else None for each in found])
        ids = tuple([tuple([one.id for one in each]) for each in found])
        units.append(Unit(name, raters, values, ids))
    return tuple(units)


def cells(comparison: Comparison) -> Iterator[Unit]:
    """What every two people have at each place where one of them has something."""
    for unit in places(comparison):
        given = zip(unit.raters, unit.values, unit.ids, strict=True)
        for one, other in combinations(given, 2):
            (who, value, own), (rater, second, others) = one, other
            if own or others:
                yield Unit(unit.document, (who, rater), (value, second), (own, others))


# F1, precision and recall


def count_pairs(units: Sequence[Unit]) -> dict[str, float]:
    """How many pairs agree, and how many annotations there are on both sides together."""
    both = sum(None not in unit.values for unit in units)
    return {"both": both, "all": len(units) + both}


def f1(counts: Counts) -> Figure:
    """2 x agreed / all annotations of both: the harmonic mean of precision and recall."""
    every = counts.get("all", 0)
    return share(2 * counts.get("both", 0), every, every)


def count_against(units: Sequence[Unit], reference: str) -> dict[str, float]:
    """The same for the pairs with one person, whose annotations are counted by themselves."""
    found = {"both": 0.0, "reference": 0.0, "other": 0.0}
    for unit in units:
        if reference in unit.raters:
            at = unit.raters.index(reference)
            found["reference"] += unit.values[at] is not None
            found["other"] += unit.values[1 - at] is not None
            found["both"] += None not in unit.values
    return found


def part(counts: Counts, *, of: str) -> Figure:
    """Precision, of the others' annotations, or recall, of the reference's."""
    every = counts.get(of, 0)
    return share(counts.get("both", 0), every, every)


precision = partial(part, of="other")
recall = partial(part, of="reference")


def count_matched(units: Sequence[Unit]) -> dict[str, float]:
    """How many places there are, and at how many two or more have something."""
    several = sum(sum(value is not None for value in unit.values) > 1 for unit in units)
    return {"both": several, "places": len(units)}


matched_share = partial(part, of="places")
"""The part of places at which two or more have something: what kappas on them rest on."""
