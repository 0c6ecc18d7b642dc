"""The coefficients: published figures to the printed digit, oracles aside, and what must hold."""

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.coefficients import (
    alpha,
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    scott_pi,
)
from annotator.agreement.figure import NO_UNITS, NO_VARIATION, Figure
from annotator.agreement.resampling import added

COHEN = ((88, 10, 2), (14, 40, 6), (18, 10, 12))
"""Cohen 1960, table 1, as frequencies of 200."""
ARTSTEIN = ((46, 6, 0), (0, 32, 0), (0, 6, 10))
"""Artstein and Poesio 2008, table 1: two coders of 100 utterances."""
FLEISS = """
0 0 0 6 0  0 3 0 0 3  0 1 4 0 1  0 0 0 0 6  0 3 0 3 0  2 0 4 0 0  0 0 4 0 2  2 0 3 1 0
2 0 0 4 0  0 0 0 0 6  1 0 0 5 0  1 1 0 4 0  0 3 3 0 0  1 0 0 5 0  0 2 0 3 1  0 0 5 0 1
3 0 0 1 2  5 1 0 0 0  0 2 0 4 0  1 0 2 0 3  0 0 0 0 6  0 1 0 5 0  0 2 0 1 3  2 0 0 4 0
1 0 0 4 1  0 5 0 1 0  4 0 0 0 2  0 2 0 4 0  1 0 5 0 0  0 0 0 0 6
"""
"""Fleiss 1971, table 1: 30 patients, 6 diagnoses each, in 5 categories."""
KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Krippendorff's example C: four observers of twelve units."""
Measure = Callable[[Sequence[Sequence[Hashable]]], Figure]
MEASURES: dict[str, Measure] = {
    "fleiss": fleiss_kappa,
    "ac1": gwet_ac1,
    "s": bennett_s(),
    "nominal": alpha,
    "ordinal": lambda units: alpha(units, "ordinal"),
    "interval": lambda units: alpha(units, "interval"),
    "ratio": lambda units: alpha(units, "ratio"),
}


def pairs(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one, row in enumerate(table)
        for other, number in enumerate(row)
        for _ in range(number)
    ]


def fleiss() -> list[list[int]]:
    numbers = list(map(int, FLEISS.split()))
    rows = [numbers[start : start + 5] for start in range(0, 150, 5)]
    return [[value for value, count in enumerate(row) for _ in range(count)] for row in rows]


def krippendorff() -> list[list[int]]:
    columns = zip(*KRIPPENDORFF, strict=True)
    return [[value for value in column if value is not None] for column in columns]


def printed(figure: Figure, digits: int = 3) -> float:
    assert figure.value is not None
    return round(figure.value, digits)


# Published figures


def test_artstein_and_poesio_2008_s() -> None:
    assert printed(bennett_s()(pairs(ARTSTEIN)), 2) == 0.82
    assert bennett_s("ab")([("a", "a"), ("a", "a")]) == Figure(1.0, 2)
    assert bennett_s()([("a", "a")]).why == NO_VARIATION
    assert bennett_s()([]).why == NO_UNITS


def test_cohen_1960() -> None:
    assert printed(cohen_kappa(pairs(COHEN))) == 0.492


def test_artstein_and_poesio_2008() -> None:
    found = pairs(ARTSTEIN)
    assert printed(cohen_kappa(found), 4) == 0.8013
    assert printed(scott_pi(found), 4) == 0.7995
    assert printed(alpha(found), 4) == 0.8005


def test_fleiss_1971() -> None:
    units = fleiss()
    assert printed(fleiss_kappa(units)) == 0.430
    exact = [
        fleiss_kappa([value == category for value in unit] for unit in units)
        for category in range(5)
    ]
    assert [printed(each) for each in exact] == [0.245, 0.245, 0.520, 0.471, 0.566]
    # The article rounded shares and conditional probabilities to three digits on the way.
    assert [rounded_on_the_way(units, each) for each in range(5)] == [
        *(0.248, 0.248, 0.517, 0.470, 0.565)
    ]


def rounded_on_the_way(units: list[list[int]], category: int) -> float:
    counts = [unit.count(category) for unit in units]
    share = round(sum(counts) / (30 * 6), 3)
    chosen = 30 * 6 * share
    again = round((sum(count**2 for count in counts) - chosen) / (5 * chosen), 3)
    return round((again - share) / (1 - share), 3)


@pytest.mark.parametrize(
    ("distance", "value"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_krippendorff_example_c(distance: str, value: float) -> None:
    assert printed(alpha(krippendorff(), distance)) == value


def test_gwet_2014() -> None:
    assert printed(gwet_ac1(krippendorff()), 5) == 0.77544


# What must hold

UNITS = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=12)


@pytest.mark.parametrize("name", MEASURES)
@given(units=UNITS, data=st.data())
def test_order_of_people_and_units_means_nothing(
    name: str, units: list[list[int]], data: st.DataObject
) -> None:
    measure = MEASURES[name]
    shuffled = data.draw(st.permutations([data.draw(st.permutations(unit)) for unit in units]))
    one, other = measure(units), measure(shuffled)
    assert (one.n, one.why) == (other.n, other.why)
    assert one.value == pytest.approx(other.value)


@pytest.mark.parametrize("name", MEASURES)
@given(units=UNITS)
def test_never_above_one_and_one_for_the_same(name: str, units: list[list[int]]) -> None:
    figure = MEASURES[name](units)
    assert (figure.value is None) == bool(figure.why)
    assert figure.value is None or figure.value <= 1 + 1e-12
    same = [[unit[0]] * len(unit) for unit in units if unit]
    twice = MEASURES[name](same)
    assert twice.value is None or twice.value == pytest.approx(1.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=20))
def test_kappa_is_symmetric_and_one_with_oneself(found: list[tuple[int, int]]) -> None:
    one, other = cohen_kappa(found), cohen_kappa([(b, a) for a, b in found])
    assert (one.n, one.why) == (other.n, other.why)
    assert one.value == pytest.approx(other.value)
    own = cohen_kappa([(a, a) for a, _ in found])
    assert own.value is None or own.value == pytest.approx(1.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=20))
def test_pi_of_two_is_fleiss_kappa(found: list[tuple[int, int]]) -> None:
    one, other = scott_pi(found), fleiss_kappa(found)
    assert (one.n, one.why) == (other.n, other.why)
    assert one.value == pytest.approx(other.value)


@given(UNITS)
def test_alpha_is_what_its_definition_says(units: list[list[int]]) -> None:
    """Krippendorff's own words: pairs within units against pairs of all values, one by one."""
    pairable = [unit for unit in units if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    within = sum(
        sum(2 * (a != b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in pairable
    )
    overall = sum(2 * (a != b) for a, b in combinations(values, 2))
    figure = alpha(units)
    if not overall:
        assert figure.value is None
    else:
        observed, expected = within / len(values), overall / (len(values) * (len(values) - 1))
        assert figure.value == pytest.approx(1 - observed / expected)


@pytest.mark.parametrize("name", MEASURES)
def test_undefined_says_why(name: str) -> None:
    measure = MEASURES[name]
    assert measure([]) == Figure(None, 0, NO_UNITS)
    assert measure([[1], []]) == Figure(None, 0, NO_UNITS)
    assert measure([[1, 1], [1, 1, 1]]) == Figure(None, 2, NO_VARIATION)
    assert cohen_kappa([]).why == NO_UNITS
    assert cohen_kappa([(1, 1)]).why == NO_VARIATION


def test_what_is_undefined_for_all_pairs_counts_what_all_have() -> None:
    pairs_ = [(("ann", "claim"), (who, "claim")) for who in ("bob", "cy")]
    counted = [cohen_kappa.count({pair: n}) for pair, n in zip(pairs_, (1.0, 2.0), strict=True)]
    for order in (counted, counted[::-1]):
        assert cohen_kappa.figure(added(order)) == Figure(None, 3.0, NO_VARIATION)


def test_categories_that_nobody_chose_count_for_chance() -> None:
    assert gwet_ac1([[1, 1]], (1, 2)) == Figure(1.0, 1)


def test_noughts_do_not_differ_and_unknown_distances_are_refused() -> None:
    assert alpha([[0, 0], [0, 1]], "ratio").value is not None
    with pytest.raises(ValueError, match='there is no distance "far"'):
        alpha([[1, 2]], "far")
