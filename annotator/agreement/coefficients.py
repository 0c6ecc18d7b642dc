"""Coefficients of agreement on units that several people gave a value each.

A unit is the list of the values that it was given, without those who gave none; the order of
people doesn't matter, except for Cohen's kappa. Units of fewer than two values tell nothing.
Formulas: Cohen 1960; Scott 1955; Fleiss 1971; Krippendorff, Content Analysis, 2004, chapter 11;
Gwet 2008, for values that are missing Gwet 2014. Notation and relations as in Artstein and
Poesio 2008.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from annotator.agreement.figure import NO_UNITS, NO_VARIATION, Figure, beyond_chance

Unit = Sequence[Hashable]
Distance = Callable[[Any, Any], float]
Patterns = Counter[tuple[tuple[Hashable, int], ...]]
"""How often the same values with the same counts were given: large corpora have few patterns."""


def patterns(units: Iterable[Unit]) -> Patterns:
    """The patterns of the units that two or more gave a value."""
    raw = Counter(tuple(unit) for unit in units if len(unit) > 1)
    found: Patterns = Counter()
    for values, number in raw.items():
        found[tuple(sorted(Counter(values).items(), key=_name))] += number
    return found


def _name(item: tuple[Hashable, int]) -> str:
    return f"{type(item[0]).__name__} {item[0]}"


# Two people


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> Figure:
    """Cohen's kappa: chance is what each of the two chose, how often."""
    table = Counter(pairs)
    n = table.total()
    if not n:
        return Figure(None, 0, NO_UNITS)
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), number in table.items():
        first[one] += number
        second[other] += number
    observed = sum(number for (one, other), number in table.items() if one == other) / n
    expected = sum(number * second[value] for value, number in first.items()) / n**2
    return beyond_chance(observed, expected, n)


# Any number of people


def scott_pi(units: Iterable[Unit]) -> Figure:
    """Scott's pi: chance is how often a value was chosen by whomever; Fleiss' kappa of two."""
    return fleiss_kappa(units)


def fleiss_kappa(units: Iterable[Unit]) -> Figure:
    """Fleiss' kappa, also where not all gave a value to each unit.

    Observed agreement is the mean over units of the share of pairs that agree; what is expected
    weighs each unit alike, as with equal numbers of values. With those it is Fleiss' of 1971.
    """
    found = patterns(units)
    n = found.total()
    if not n:
        return Figure(None, 0, NO_UNITS)
    shares = _shares(found, n)
    expected = sum(share**2 for share in shares.values())
    return beyond_chance(_agreeing(found, n), expected, n)


def fleiss_by_category(units: Iterable[Unit]) -> dict[Hashable, Figure]:
    """Fleiss' kappa of each value against all others together."""
    found = patterns(units)
    n = found.total()
    figures = {}
    for value in _shares(found, n) if n else ():
        sizes = Counter[tuple[tuple[Hashable, int], ...]]()
        for pattern, number in found.items():
            inside = dict(pattern).get(value, 0)
            outside = sum(count for _, count in pattern) - inside
            both = ((True, inside), (False, outside))
            sizes[tuple(each for each in both if each[1])] += number
        expected = sum(share**2 for share in _shares(sizes, n).values())
        figures[value] = beyond_chance(_agreeing(sizes, n), expected, n)
    return figures


def gwet_ac1(units: Iterable[Unit], categories: Iterable[Hashable] = ()) -> Figure:
    """Gwet's AC1, which doesn't fall where nearly all units have the same value.

    `categories` are those that could have been chosen, beside those that were. Units of one value
    count for how often a value is chosen, as Gwet (2014) has it, not for the agreement.
    """
    every = [tuple(unit) for unit in units if unit]
    found = patterns(every)
    n = found.total()
    if not n:
        return Figure(None, 0, NO_UNITS)
    shares = _shares(Counter(tuple(Counter(unit).items()) for unit in every), len(every))
    number = len({*shares, *categories})
    if number < 2:
        return Figure(None, n, NO_VARIATION)
    expected = sum(share * (1 - share) for share in shares.values()) / (number - 1)
    return beyond_chance(_agreeing(found, n), expected, n)


def alpha(units: Iterable[Unit], distance: str = "nominal") -> Figure:
    """Krippendorff's alpha: 1 - observed disagreement / expected disagreement.

    `distance` is "nominal", or for numbers "ordinal", "interval" or "ratio". Values that are
    missing are simply not there.
    """
    found = patterns(units)
    n = found.total()
    if not n:
        return Figure(None, 0, NO_UNITS)
    given: Counter[Hashable] = Counter()
    for pattern, number in found.items():
        for value, count in pattern:
            given[value] += count * number
    apart = _distance(distance, given)
    total = given.total()
    expected = _disagreement(given.items(), apart) / (total - 1)
    if not expected:
        return Figure(None, n, NO_VARIATION)
    observed = sum(
        number * _disagreement(pattern, apart) / (sum(count for _, count in pattern) - 1)
        for pattern, number in found.items()
    )
    return Figure(1 - observed / expected, n)


def _shares(found: Patterns, n: int) -> dict[Hashable, float]:
    """How much of the choices each value has, each unit weighing the same."""
    shares: dict[Hashable, float] = {}
    for pattern, number in found.items():
        size = sum(count for _, count in pattern)
        for value, count in pattern:
            shares[value] = shares.get(value, 0.0) + number * count / size
    return {value: share / n for value, share in shares.items()}


def _agreeing(found: Patterns, n: int) -> float:
    """The mean over units of the share of pairs of people who agree."""
    share = 0.0
    for pattern, number in found.items():
        size = sum(count for _, count in pattern)
        agreeing = sum(count * (count - 1) for _, count in pattern)
        share += number * agreeing / (size * (size - 1))
    return share / n


def _disagreement(counts: Iterable[tuple[Hashable, int]], apart: Distance) -> float:
    """The sum of distances over all ordered pairs of choices."""
    pairs = combinations(counts, 2)
    return 2 * sum(count * other * apart(one, two) for (one, count), (two, other) in pairs)


# Distances (Krippendorff 2004, 11.3.5), squared


def _distance(name: str, given: Mapping[Hashable, int]) -> Distance:
    match name:
        case "nominal":
            return lambda one, other: float(one != other)
        case "ordinal":
            return _ordinal(given)
        case "interval":
            return lambda one, other: float(one - other) ** 2
        case "ratio":
            return _ratio
        case _:
            raise ValueError(f'there is no distance "{name}"')


def _ordinal(given: Mapping[Any, int]) -> Distance:
    """How many choices lie between two values, half of their own included."""
    below: dict[Any, float] = {}
    passed = 0.0
    for value in sorted(given):
        below[value] = passed + given[value] / 2
        passed += given[value]
    return lambda one, other: (below[one] - below[other]) ** 2


def _ratio(one: float, other: float) -> float:
    """How far numbers from 0 up differ, measured by their sum; two noughts don't."""
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0
