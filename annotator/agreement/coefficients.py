"""Coefficients of agreement on units that several people gave a value each.

A unit is the values that it was given, each with who gave it; those who gave none are left out.
Units of fewer than two values tell nothing. What a coefficient counts of some articles adds up, so
that it can be computed of any sample of them.
Formulas: Bennett, Alpert and Goldstein 1954; Cohen 1960, of more than two people the mean over
pairs (Light 1971); Scott 1955; Fleiss 1971; Krippendorff, Content Analysis, 2004, chapter 11; Gwet
2008, for values that are missing Gwet 2014. Notation and relations as in Artstein and Poesio 2008.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from annotator.agreement.figure import (
    BY_CHANCE,
    HIGH,
    NO_UNITS,
    NO_VARIATION,
    Counts,
    Figure,
    beyond_chance,
    less,
)

Unit = Sequence[Hashable]
"""The values that a unit was given, whoever gave them; for Cohen's kappa in the people's order."""
Given = tuple[tuple[str, Hashable], ...]
"""Who gave a unit which value, by the people's names."""
_N, _WITHIN, _SHARE, _GIVEN, _SAME = "n", "within", "share", "given", "same"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """How a coefficient is counted, from units and how often each is there, and computed."""

    count: Callable[[Mapping[Given, float]], Counts]
    figure: Callable[[Counts], Figure]

    def __call__(self, units: Iterable[Unit]) -> Figure:
        """The coefficient of units whose values stand in the people's order."""
        return self.figure(self.count(Counter(_given(unit) for unit in units)))


def _given(unit: Unit) -> Given:
    return tuple((f"{number:03}", value) for number, value in enumerate(unit))


def _values(
    units: Mapping[Given, float], least: int = 2
) -> Iterable[tuple[Counter[Hashable], float]]:
    """How often each value was given to the units that got so many, and to how many units."""
    for unit, number in units.items():
        if len(unit) >= least:
            yield Counter(value for _, value in unit), number


# Two people


def _count_pairs(units: Mapping[Given, float]) -> Counts:
    """How often two people gave the same value, and how often each of them gave which."""
    found: dict[Hashable, float] = {}
    for unit, number in units.items():
        for (one, value), (other, second) in combinations(sorted(unit, key=_who), 2):
            pair = (one, other)
            for key, count in (
                ((pair, 0, value), number),
                ((pair, 1, second), number),
                ((pair, _SAME, None), number if value == second else 0.0),
            ):
                found[key] = found.get(key, 0.0) + count
    return found


def _who(given: tuple[str, Hashable]) -> str:
    return given[0]


def _mean_over_pairs(counts: Counts, *, together: bool = False) -> Figure:
    """The mean of Cohen's kappa, or Scott's pi, over the pairs for whom it is defined."""
    same: dict[tuple[str, str], float] = {}
    chosen: dict[tuple[str, str], tuple[dict[Hashable, float], dict[Hashable, float]]] = {}
    for (pair, what, value), number in counts.items():
        if what == _SAME:
            same[pair] = number
        else:
            chosen.setdefault(pair, ({}, {}))[what][value] = number
    found = [_kappa(same[pair], *each, together=together) for pair, each in chosen.items()]
    values = [each.value for each in found if each.value is not None]
    n = sum(each.n for each in found)
    if not values:
        why = NO_UNITS if not n else next(each.why for each in found if each.n)
        return Figure(None, n, why)
    warned = any(each.warnings for each in found)
    return Figure(sum(values) / len(values), n, warnings=(BY_CHANCE,) if warned else ())


def _kappa(
    same: float,
    first: Mapping[Hashable, float],
    second: Mapping[Hashable, float],
    *,
    together: bool,
) -> Figure:
    """Chance is what each of the two chose, or what they chose together, how often."""
    n = sum(first.values())
    if not n:
        return Figure(None, 0, NO_UNITS)
    if together:
        both = [first.get(value, 0) + second.get(value, 0) for value in {*first, *second}]
        expected = sum(number**2 for number in both) / (2 * n) ** 2
    else:
        expected = sum(number * second.get(value, 0) for value, number in first.items()) / n**2
    return beyond_chance(same / n, expected, n)


cohen_kappa = Coefficient(_count_pairs, _mean_over_pairs)
"""Cohen's kappa: chance is what each of the two chose, how often."""
scott_pi = Coefficient(_count_pairs, partial(_mean_over_pairs, together=True))
"""Scott's pi: chance is what the two chose together, how often."""


# Any number of people


def _count_shares(units: Mapping[Given, float], least: int = 2) -> Counts:
    """How many units, the share of pairs of people who agree, and the share of each value."""
    found: dict[Hashable, float] = {_N: 0.0, _WITHIN: 0.0, "all": 0.0}
    for values, number in _values(units, least):
        size = values.total()
        for value, count in values.items():
            found[_SHARE, value] = found.get((_SHARE, value), 0.0) + number * count / size
        found["all"] += number
        if size > 1:
            agreeing = sum(count * (count - 1) for count in values.values())
            found[_N] += number
            found[_WITHIN] += number * agreeing / (size * (size - 1))
    return found


def _shares(counts: Counts) -> dict[Hashable, float]:
    """How much of the choices each value has, each unit weighing the same."""
    n = counts["all"]
    return {key[1]: count / n for key, count in counts.items() if key[0] == _SHARE and count}


def _fleiss(counts: Counts) -> Figure:
    n = counts.get(_N, 0)
    if not n:
        return Figure(None, 0, NO_UNITS)
    expected = sum(share**2 for share in _shares(counts).values())
    return beyond_chance(counts[_WITHIN] / n, _near_one(expected), n)


def _near_one(expected: float) -> float:
    """Shares of all that add up to one in spite of rounding."""
    return 1.0 if expected > 1 - 1e-12 else expected


fleiss_kappa = Coefficient(_count_shares, _fleiss)
"""Fleiss' kappa, also where not all gave a value to each unit.

Observed agreement is the mean over units of the share of pairs that agree; what is expected weighs
each unit alike, as with equal numbers of values. With those it is Fleiss' of 1971, and Scott's pi
where they are two.
"""


def _ac1(counts: Counts, categories: int = 0) -> Figure:
    n = counts.get(_N, 0)
    if not n:
        return Figure(None, 0, NO_UNITS)
    shares = _shares(counts)
    number = max(categories, len(shares))
    if number < 2:
        return Figure(None, n, NO_VARIATION)
    expected = sum(share * (1 - share) for share in shares.values()) / (number - 1)
    return beyond_chance(counts[_WITHIN] / n, expected, n)


def ac1(categories: Iterable[Hashable] = ()) -> Coefficient:
    """Gwet's AC1 where these values could have been chosen, beside those that were."""
    number = len(set(categories))
    return Coefficient(partial(_count_shares, least=1), partial(_ac1, categories=number))


def _bennett(counts: Counts, categories: int = 0) -> Figure:
    n = counts.get(_N, 0)
    if not n:
        return Figure(None, 0, NO_UNITS)
    number = max(categories, len(_shares(counts)))
    return beyond_chance(counts[_WITHIN] / n, 1 / number, n)


def bennett_s(categories: Iterable[Hashable] = ()) -> Coefficient:
    """Bennett's S where these values could have been chosen, beside those that were.

    Each of them is as likely by chance; of more than two people, what is observed is the mean over
    units of the share of pairs that agree.
    """
    return Coefficient(_count_shares, partial(_bennett, categories=len(set(categories))))


def gwet_ac1(units: Iterable[Unit], categories: Iterable[Hashable] = ()) -> Figure:
    """Gwet's AC1, which doesn't fall where nearly all units have the same value.

    Units of one value count for how often a value is chosen, as Gwet (2014) has it, not for the
    agreement.
    """
    every = [tuple(unit) for unit in units]
    chosen = {value for unit in every for value in unit}
    return ac1({*chosen, *categories})(every)


# Krippendorff's alpha: 1 - observed disagreement / expected disagreement


def _count_nominal(units: Mapping[Given, float]) -> Counts:
    found: dict[Hashable, float] = {_N: 0.0, _WITHIN: 0.0}
    for values, number in _values(units):
        size = values.total()
        differing = size**2 - sum(count**2 for count in values.values())
        found[_N] += number
        found[_WITHIN] += number * differing / (size - 1)
        for value, count in values.items():
            found[_GIVEN, value] = found.get((_GIVEN, value), 0.0) + number * count
    return found


def _nominal(counts: Counts) -> Figure:
    given = [count for key, count in counts.items() if key[0] == _GIVEN]
    total = sum(given)
    differing = total**2 - sum(count**2 for count in given)
    figure = less(
        counts.get(_WITHIN, 0), differing / (total - 1) if total else 0, counts.get(_N, 0)
    )
    alike = 1 - differing / (total * (total - 1)) if total else 0
    return _warned(figure) if alike > HIGH else figure


def _warned(figure: Figure) -> Figure:
    return Figure(
        figure.value, figure.n, figure.why, warnings=(BY_CHANCE,) if not figure.why else ()
    )


def _count_distances(units: Mapping[Given, float], distance: str) -> Counts:
    """How far the numbers of a unit are apart, and how often each was given."""
    found: dict[Hashable, float] = {_N: 0.0, _WITHIN: 0.0}
    for values, number in _values(units):
        found[_N] += number
        found[_WITHIN] += number * _apart(list(values.items()), distance) / (values.total() - 1)
        for value, count in values.items():
            found[_GIVEN, value] = found.get((_GIVEN, value), 0.0) + number * count
    return found


def _metric(counts: Counts, distance: str) -> Figure:
    """Alpha of numbers, whose distance is that of their places on a line, or their ratio."""
    given = [(key[1], count) for key, count in counts.items() if key[0] == _GIVEN and count]
    total = sum(count for _, count in given)
    apart = _apart(given, distance) / (total - 1) if total else 0.0
    return less(counts.get(_WITHIN, 0), apart, counts.get(_N, 0))


def _apart(given: Sequence[tuple[Any, float]], distance: str) -> float:
    """The sum of distances over all ordered pairs of choices."""
    if distance == "interval":
        return _spread(given)
    return sum(2 * m * k * _ratio(a, b) for (a, m), (b, k) in combinations(given, 2))


def _count_patterns(units: Mapping[Given, float]) -> Counts:
    """How often the same numbers were given: how far they are apart, all articles together say."""
    found: dict[Hashable, float] = {}
    for unit, number in units.items():
        if len(unit) > 1:
            values: list[Any] = [value for _, value in unit]
            key = tuple(sorted(values))
            found[key] = found.get(key, 0.0) + number
    return found


def _ordinal(counts: Counts) -> Figure:
    """Alpha of values in an order, whose distance is by how many choices lie between."""
    given: dict[Any, float] = {}
    for pattern, number in counts.items():
        for value in pattern:
            given[value] = given.get(value, 0) + number
    at = _ranks({value: count for value, count in given.items() if count})
    total, n = sum(given.values()), sum(counts.values())
    if not n:
        return Figure(None, 0, NO_UNITS)
    apart = _spread([(at[value], count) for value, count in given.items() if count])
    within = sum(
        number * _spread([(at[value], 1.0) for value in pattern]) / (len(pattern) - 1)
        for pattern, number in counts.items()
        if number
    )
    return less(within, apart / (total - 1), n)


def _spread(places: Sequence[tuple[float, float]]) -> float:
    """The sum over all ordered pairs of the square of how far they are apart."""
    total = sum(count for _, count in places)
    mean = sum(place * count for place, count in places) / total
    return 2 * total * sum(count * (place - mean) ** 2 for place, count in places)


def _ranks(given: Mapping[Any, float]) -> dict[Any, float]:
    """How many choices lie below a value, half of its own included (Krippendorff 2004, 11.3.5)."""
    below: dict[Any, float] = {}
    passed = 0.0
    for value in sorted(given):
        below[value] = passed + given[value] / 2
        passed += given[value]
    return below


def _ratio(one: float, other: float) -> float:
    """How far numbers from 0 up differ, measured by their sum, squared; two noughts don't."""
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0


ALPHAS = {
    "nominal": Coefficient(_count_nominal, _nominal),
    "ordinal": Coefficient(_count_patterns, _ordinal),
    **{
        name: Coefficient(partial(_count_distances, distance=name), partial(_metric, distance=name))
        for name in ("interval", "ratio")
    },
}
"""Krippendorff's alpha by the scale of the values, which are numbers unless it is nominal."""


def alpha(units: Iterable[Unit], distance: str = "nominal") -> Figure:
    """Krippendorff's alpha; `distance` is one of ALPHAS. Values that are missing aren't there."""
    if distance not in ALPHAS:
        raise ValueError(f'there is no distance "{distance}"')
    return ALPHAS[distance](units)
