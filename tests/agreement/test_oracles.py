"""Coefficients as other libraries compute them, on thousands of random units.

Where nothing varies, the libraries answer nan, 1.0 or an exception, ours says that it is undefined:
such units are left out. nltk's `multi_kappa` is not Fleiss' kappa (it averages over pairs, Davies
and Fleiss 1982), its `pi` is.
"""

from collections.abc import Iterator
from random import Random

import krippendorff
import numpy
import pytest
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]  # no types

from annotator.agreement.coefficients import alpha, cohen_kappa, fleiss_kappa

ROUNDS = 400


def drawn(seed: int, *, missing: bool) -> list[list[int | None]]:
    """Units of random values, some of them missing: by unit, then by person."""
    dice = Random(seed)
    people, values = dice.randint(2, 5), dice.randint(2, 5)
    rows = []
    for _ in range(dice.randint(2, 30)):
        first = dice.randrange(values)
        row: list[int | None] = [
            first if dice.random() < 0.6 else dice.randrange(values) for _ in range(people)
        ]
        if missing:
            row = [None if dice.random() < 0.2 else each for each in row]
        rows.append(row)
    return rows


def known(rows: list[list[int | None]]) -> list[list[int]]:
    return [[each for each in row if each is not None] for row in rows]


@pytest.mark.parametrize("distance", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_krippendorffs(distance: str) -> None:
    compared = 0
    for seed in range(ROUNDS):
        rows = drawn(seed, missing=True)
        ours = alpha(known(rows), distance).value
        if ours is not None:
            table = numpy.array(rows, dtype=float).T
            theirs = krippendorff.alpha(table, level_of_measurement=distance)  # type: ignore[arg-type]  # one of its names
            assert ours == pytest.approx(theirs, abs=1e-9)
            compared += 1
    assert compared > ROUNDS / 2


def tasks() -> Iterator[tuple[list[list[int]], AnnotationTask]]:
    for seed in range(ROUNDS):
        rows = known(drawn(seed, missing=False))
        triples = [
            (str(who), str(at), str(value))
            for at, row in enumerate(rows)
            for who, value in enumerate(row)
        ]
        yield rows, AnnotationTask(triples)


def test_kappa_pi_and_alpha_are_nltks() -> None:
    compared = 0
    for rows, task in tasks():
        ours = cohen_kappa(rows), fleiss_kappa(rows), alpha(rows)
        if all(each.value is not None for each in ours) and not _constant(rows):
            theirs = task.kappa(), task.pi(), task.alpha()
            for one, other in zip(ours, theirs, strict=True):
                assert one.value == pytest.approx(other, abs=1e-9)
            compared += 1
    assert compared > ROUNDS / 2


def _constant(rows: list[list[int]]) -> bool:
    """Whether some two people gave one value alone, so that their kappa isn't defined."""
    return any(len(set(column)) == 1 for column in zip(*rows, strict=True))
