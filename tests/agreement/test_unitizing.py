"""Alpha for unitizing: the published example to the printed digit, its parts, and its laws."""

from collections import defaultdict
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import unitizing
from annotator.agreement.figure import NO_UNITS, NO_VARIATION, Figure
from annotator.agreement.runs import Mark, runs
from tests.strategies import examples

EXAMPLE = {
    "alex": "1 2 9 2 11 17 5 24 30 6 32 36 6 36 44 7 44 60",
    "paul": "1 2 9 3 11 17 5 19 25 6 32 44",
    "suzan": "1 2 9 4 11 17 5 21 27 6 32 36 6 36 40 6 40 44",
}
"""Krippendorff, Mathet, Bouvry and Widlöcher 2016, section 4: value, start and end of each unit."""


def marks(told: dict[str, str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for who, words in told.items():
        numbers = words.split()
        found[who] = [
            (int(numbers[at + 1]), int(numbers[at + 2]), numbers[at], f"{who}{at}")
            for at in range(0, len(numbers), 3)
        ]
    return found


def counts(told: dict[str, list[Mark]], length: int) -> dict[object, float]:
    return dict(unitizing.count_u(list(runs("d", told, length))))


def value(figure: Figure) -> float:
    assert figure.value is not None
    return round(figure.value, 3)


def test_worked_example_of_2016() -> None:
    found = counts(marks(EXAMPLE), 60)
    assert value(unitizing.u(found)) == 0.510
    assert value(unitizing.binary(found)) == 0.413
    assert value(unitizing.cu(found)) == 0.724
    each = {name: unitizing.ku(found, name) for name in "1234567"}
    assert [value(each[name]) for name in "123456"] == [1, 0, 0, 0, 1, 1]
    assert each["7"].why == NO_VARIATION  # it meets gaps alone


Piece = tuple[int, int, str]


def cut(units: list[Mark], length: int) -> list[Piece]:
    """The units of one person with the gaps between, whose value is ""."""
    pieces: list[Piece] = []
    at = 0
    for start, end, label, _ in sorted(units):
        pieces += [(at, start, "")] if start > at else []
        pieces.append((start, end, label))
        at = end
    return pieces + ([(at, length, "")] if at < length else [])


def direct(told: dict[str, list[Mark]], length: int) -> tuple[float, float]:
    """u as its equations have it, unit by unit and gap by gap: observed and expected length."""
    every = [cut(units, length) for units in told.values()]
    same: dict[tuple[str, str], float] = defaultdict(float)
    for mine, theirs in permutations(every, 2):
        for (a, b, label), (c, d, second) in product(mine, theirs):
            same[label, second] += max(0, min(b, d) - max(a, c)) / (len(every) - 1)
    rows: dict[str, float] = defaultdict(float)
    for (label, _), size in same.items():
        rows[label] += size
    own: dict[str, float] = defaultdict(float)
    for a, b, label in (piece for mine in every for piece in mine):
        own[label] += (b - a) ** 2 if label else b - a
    total = sum(same.values())
    pairs = total**2 - sum(own.values())
    if pairs <= 0:
        return 0.0, 0.0
    alike = sum(size for (one, two), size in same.items() if one == two)
    expected = sum(total * (rows[label] ** 2 - own[label]) / pairs for label in rows)
    return total - alike, total - expected


@st.composite
def disjoint(draw: st.DrawFn) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for who in ("ann", "bob", "cy")[: draw(st.integers(2, 3))]:
        ends = sorted(draw(st.sets(st.integers(0, 30), max_size=8)))
        found[who] = [
            (start, end, draw(st.sampled_from("xyz")), f"{who}{start}")
            for start, end in zip(ends[::2], ends[1::2], strict=False)
        ]
    return found


@examples(150)
@given(disjoint())
def test_it_is_what_its_equations_say(told: dict[str, list[Mark]]) -> None:
    found = counts(told, 31)
    observed, expected = direct(told, 31)
    figure = unitizing.u(found)
    if not any(told.values()):
        assert figure == Figure(None, 0, NO_UNITS)
    elif expected > 1e-9:
        assert figure.value == pytest.approx(1 - observed / expected, abs=1e-9)
    binary = {who: [(a, b, "x", id_) for a, b, _, id_ in each] for who, each in told.items()}
    observed, expected = direct(binary, 31)
    if expected > 1e-9 and any(told.values()):
        assert unitizing.binary(found).value == pytest.approx(1 - observed / expected, abs=1e-9)


@examples(100)
@given(disjoint(), st.integers(1, 50))
def test_empty_tail_changes_what_looks_at_gaps_alone(
    told: dict[str, list[Mark]], more: int
) -> None:
    one, other = counts(told, 31), counts(told, 31 + more)
    for figure in (unitizing.cu, lambda each: unitizing.ku(each, "x")):
        assert figure(one).value == pytest.approx(figure(other).value)


def test_overlaps_are_taken_label_by_label() -> None:
    nested = {
        "ann": [(0, 10, "x", "1"), (2, 4, "y", "2")],
        "bob": [(0, 10, "x", "3"), (2, 5, "y", "4")],
    }
    found = counts(nested, 20)
    assert unitizing.cu(found).why == unitizing.ku(found, "x").why == unitizing.OVERLAP
    alone = [
        counts(
            {who: [each for each in many if each[2] == name] for who, many in nested.items()}, 20
        )
        for name in "xy"
    ]
    observed, expected = (
        sum(float(each[("u", side)]) for each in alone) for side in ("observed", "expected")
    )
    assert unitizing.u(found).value == pytest.approx(1 - observed / expected)


def test_overlaps_within_a_label_are_one_unit() -> None:
    several = {
        "ann": [(0, 6, "x", "1"), (4, 9, "x", "2")],
        "bob": [(0, 9, "x", "3")],
    }
    whole = {"ann": [(0, 9, "x", "1")], "bob": [(0, 9, "x", "3")]}
    assert unitizing.u(counts(several, 20)).value == unitizing.u(counts(whole, 20)).value == 1.0


def test_nothing_at_all() -> None:
    assert unitizing.u(counts({"ann": [], "bob": []}, 0)).why == NO_UNITS
    assert unitizing.u(counts({"ann": [(0, 9, "x", "1")], "bob": []}, 9)).value is not None
    everything = {"ann": [(0, 9, "x", "1")], "bob": [(0, 9, "x", "2")]}
    assert unitizing.u(counts(everything, 9)).why == NO_VARIATION
