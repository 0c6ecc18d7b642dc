"""Krippendorff's alpha for unitizing: how far people agree on where spans are, and as what.

Krippendorff, Mathet, Bouvry and Widlöcher 2016 (Quality & Quantity 50:2347, with its erratum). A
continuum is cut by each person into units that have a value, and gaps; what coincides is measured
in code points. Four figures: u over everything; binary, which only asks whether a unit is there;
cu, whether the values agree where units of two intersect; (k)u, the same for one value.

Observed and expected disagreement of several continua are added up, never averaged. Units of one
person must not overlap. Where they do, u is taken label by label, each against all else, and what
overlaps within a label is one unit; cu and (k)u are not defined.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.agreement.comparison import Unit
from annotator.agreement.figure import NO_UNITS, Counts, Figure, less

OVERLAPS = "overlaps"
"""The count of articles in which spans of one person overlap."""
OVERLAP = "undefined: spans of one annotator overlap, and this figure is defined only where none do"
Stretch = tuple[Hashable, int, float]
"""What a person has in a run: a value, None for a gap, and the number and length of its unit."""
_U, _BINARY, _CU, _LABEL, _VALUE = "u", "binary", "cu", "label", "value"


@dataclass(slots=True)
class _Coincidences:
    """How much of a continuum's length coincides by pairs of values, and would by chance."""

    observed: dict[tuple[Hashable, Hashable], float]
    own: dict[Hashable, float]
    """By value, the pairs of a unit with itself, which are no chance."""

    def disagreement(self) -> tuple[float, float]:
        """The observed and the expected length with two different values."""
        marginal: dict[Hashable, float] = defaultdict(float)
        alike = 0.0
        for (one, other), length in self.observed.items():
            marginal[one] += length
            alike += length if one == other else 0.0
        total = sum(marginal.values())
        pairs = total**2 - sum(self.own.values())
        if pairs <= 0:
            return 0.0, 0.0
        same = sum(length**2 - self.own.get(value, 0.0) for value, length in marginal.items())
        return total - alike, total - total * same / pairs


def count_u(units: Sequence[Unit]) -> dict[Hashable, float]:
    """What the four figures need of an article, whose runs (runs.py) these are."""
    found: dict[Hashable, float] = defaultdict(float)
    found["units"] = len({id_ for unit in units for several in unit.ids for id_ in several})
    plain = all(len(each) < 2 for unit in units for each in unit.ids)
    found[OVERLAPS] = not plain
    length = sum(unit.weight for unit in units)
    people = len(units[0].raters) if units else 0
    for name, covered in _covered(units).items():
        _add(found, name, covered.coincidences(length, people))
    if plain:
        _add(found, _U, _everywhere(units))
        inside = _inside(units)
        _add(found, _CU, inside)
        _add_values(found, inside)
    return dict(found)


def _add(found: dict[Hashable, float], name: Hashable, table: _Coincidences) -> None:
    observed, expected = table.disagreement()
    found[name, "observed"] += observed
    found[name, "expected"] += expected


# One value against all else


@dataclass(slots=True)
class _Covered:
    """What people have of one value: its length, that of pairs of people, and of units squared."""

    length: float = 0.0
    shared: float = 0.0
    squares: float = 0.0
    open: dict[int, tuple[frozenset[str], float]] = field(default_factory=dict)
    """By person the unit that may go on: the annotations of its last run, and its length."""

    def add(self, person: int, ids: frozenset[str], weight: float) -> None:
        """A run in which a person has the value; it goes on with the unit that it shares ids of."""
        before, so_far = self.open.get(person, (frozenset(), 0.0))
        so_far = 0.0 if before.isdisjoint(ids) else so_far
        self.length += weight
        self.squares += (so_far + weight) ** 2 - so_far**2
        self.open[person] = (ids, so_far + weight)

    def coincidences(self, length: float, people: int) -> _Coincidences:
        """With what is not covered, of a continuum of this length."""
        both = self.shared / (people - 1)
        alone = self.length - both
        rest = people * length - self.length
        return _Coincidences(
            _table(both, alone, rest - alone),
            {True: self.squares, False: rest},
        )


def _table(both: float, alone: float, nobody: float) -> dict[tuple[Hashable, Hashable], float]:
    return {
        (True, True): both,
        (True, False): alone,
        (False, True): alone,
        (False, False): nobody,
    }


def _covered(units: Sequence[Unit]) -> dict[Hashable, _Covered]:
    """What is covered by each label, and by any, in one go over the runs."""
    found: dict[Hashable, _Covered] = defaultdict(_Covered, {_BINARY: _Covered()})
    for unit in units:
        people: dict[Hashable, int] = {}
        for person, (labels, ids) in enumerate(zip(unit.values, unit.ids, strict=True)):
            if not ids:
                continue
            own: dict[Hashable, tuple[str, ...]] = {_BINARY: ids}
            for label, id_ in zip(labels, ids, strict=True):  # type: ignore[call-overload]  # runs have tuples
                value = (_LABEL, label)
                own[value] = (*own.get(value, ()), id_)
            for name, several in own.items():
                people[name] = people.get(name, 0) + 1
                found[name].add(person, frozenset(several), unit.weight)
        for name, number in people.items():
            found[name].shared += unit.weight * number * (number - 1)
    return found


# All values, where nothing overlaps


def _stretches(units: Sequence[Unit]) -> list[list[Stretch]]:
    """For each run what each person has there; runs of one unit have its number and length."""
    columns = []
    for person in range(len(units[0].raters) if units else 0):
        column: list[tuple[Hashable, int]] = []
        lengths: list[float] = []
        before: tuple[str, ...] | None = None
        for unit in units:
            labels: Any = unit.values[person]
            if before is None or not before or before != unit.ids[person]:
                lengths.append(0.0)
            before = unit.ids[person]
            lengths[-1] += unit.weight
            column.append((labels[0] if labels else None, len(lengths) - 1))
        columns.append([(value, number, lengths[number]) for value, number in column])
    return [list(row) for row in zip(*columns, strict=True)]


def _everywhere(units: Sequence[Unit]) -> _Coincidences:
    """The coincidences of all units and gaps; of a gap each code point pairs with itself alone."""
    observed: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    own: dict[Hashable, float] = defaultdict(float)
    for unit, row in zip(units, _stretches(units), strict=True):
        for value, _, length in row:
            own[value] += unit.weight if value is None else unit.weight * length
        for (one, _, _), (other, _, _) in _ordered_pairs(row):
            observed[one, other] += unit.weight / (len(row) - 1)
    return _Coincidences(observed, own)


def _inside(units: Sequence[Unit]) -> _Coincidences:
    """The coincidences of intersecting units alone, gaps left out.

    A unit's pairs with itself are taken with each other person: the square of what of it is covered
    by that person's units (the pairwise form, as in the erratum).
    """
    observed: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    covered: dict[tuple[int, int, int, Hashable], float] = defaultdict(float)
    people = 0
    for unit, row in zip(units, _stretches(units), strict=True):
        people = len(row)
        for (i, one), (j, other) in _ordered_pairs(list(enumerate(row))):
            if one[0] is not None and other[0] is not None:
                observed[one[0], other[0]] += unit.weight / (people - 1)
                covered[i, j, one[1], one[0]] += unit.weight
    own: dict[Hashable, float] = defaultdict(float)
    for (_, _, _, value), length in covered.items():
        own[value] += length**2 / (people - 1)
    return _Coincidences(observed, own)


def _ordered_pairs(row: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return ((one, other) for i, one in enumerate(row) for j, other in enumerate(row) if i != j)


def _add_values(found: dict[Hashable, float], table: _Coincidences) -> None:
    """What (k)u needs: for each value, its length and what coincides with another value."""
    marginal: dict[Hashable, float] = defaultdict(float)
    for (one, _), length in table.observed.items():
        marginal[one] += length
    total = sum(marginal.values())
    pairs = total**2 - sum(table.own.values())
    for value, length in marginal.items():
        chance = length**2 - table.own[value]
        others = length * (total - length)
        # Where few units meet, those that pair with themselves alone may leave nothing to chance.
        if pairs > 0 and chance + others > 0:
            found[_VALUE, value, "observed"] += length - table.observed.get((value, value), 0.0)
            found[_VALUE, value, "expected"] += length * others / (chance + others)


# Figures


def u(counts: Counts) -> Figure:
    """u-alpha; where spans of one person overlap, of all labels, taken one by one."""
    if not counts.get(OVERLAPS):
        return _figure(counts, _U)
    sums = {"observed": 0.0, "expected": 0.0}
    for key, count in counts.items():
        if isinstance(key, tuple) and isinstance(key[0], tuple) and key[0][0] == _LABEL:
            sums[key[1]] += count
    return less(sums["observed"], sums["expected"], counts["units"])


def binary(counts: Counts) -> Figure:
    """Whether a unit is there, of whatever value."""
    return _figure(counts, _BINARY)


def cu(counts: Counts) -> Figure:
    """Whether the values agree where units of two people intersect."""
    if counts.get(OVERLAPS):
        return Figure(None, counts["units"], OVERLAP)
    return _figure(counts, _CU)


def ku(counts: Counts, value: Hashable) -> Figure:
    """The same as cu for one value."""
    if counts.get(OVERLAPS):
        return Figure(None, counts["units"], OVERLAP)
    observed = counts.get((_VALUE, value, "observed"), 0.0)
    expected = counts.get((_VALUE, value, "expected"), 0.0)
    return less(observed, expected, counts.get("units", 0))


def _figure(counts: Counts, name: Hashable) -> Figure:
    n = counts.get("units", 0)
    if not n:
        return Figure(None, 0, NO_UNITS)
    return less(counts.get((name, "observed"), 0.0), counts.get((name, "expected"), 0.0), n)
