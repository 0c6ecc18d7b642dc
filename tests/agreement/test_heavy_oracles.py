"""Figures as libraries compute them that are too heavy to be installed for every run.

`pip install scikit-learn statsmodels irrCAC scorch pygamma-agreement`, and they are compared. LEA,
which none of these has, is computed a second time here, from links counted one by one.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from random import Random
from typing import Any

import pytest

from annotator.agreement import chains
from annotator.agreement.coefficients import (
    alpha,
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
)
from annotator.agreement.comparison import Unit
from annotator.agreement.gamma import Span, aligned
from tests.agreement.test_oracles import drawn, known

ROUNDS = 2_000
NEAR = 1e-9
Rows = list[list[int | None]]
Chains = list[frozenset[int]]

# Some of them warn of themselves.
pytestmark = pytest.mark.filterwarnings("ignore")


def library(name: str) -> Any:
    """A library, or a test that is left out."""
    return pytest.importorskip(name, reason=f"{name.partition('.')[0]} is too heavy for every run")


def pairs() -> Iterator[tuple[list[list[int]], float]]:
    """What two people chose, with their kappa, where it is defined."""
    for seed in range(ROUNDS):
        rows = [row[:2] for row in known(drawn(seed, missing=False))]
        value = cohen_kappa(rows).value
        if value is not None:
            yield rows, value


def test_kappa_of_two_is_that_of_scikit_learn() -> None:
    score = library("sklearn.metrics").cohen_kappa_score
    compared = [value - score(*zip(*rows, strict=True)) for rows, value in pairs()]
    assert compared == pytest.approx([0] * len(compared), abs=NEAR)
    assert len(compared) > ROUNDS * 0.9


def test_kappas_are_those_of_statsmodels() -> None:
    rater = library("statsmodels.stats.inter_rater")
    compared = []
    for rows, value in pairs():
        table = [[0] * 5 for _ in range(5)]
        for one, other in rows:
            table[one][other] += 1
        compared.append(value - rater.cohens_kappa(table, return_results=False))
    for seed in range(ROUNDS):
        rows = known(drawn(seed, missing=False))
        fleiss = fleiss_kappa(rows).value
        if fleiss is not None:
            compared.append(fleiss - rater.fleiss_kappa(rater.aggregate_raters(rows)[0]))
    assert compared == pytest.approx([0] * len(compared), abs=NEAR)
    assert len(compared) > ROUNDS * 1.8


def test_coefficients_with_missing_values_are_those_of_irrcac() -> None:
    """Its Fleiss' kappa counts units of one value for chance, as its AC1; ours leaves them out."""
    raw = library("irrCAC.raw")
    compared = []
    for seed in range(ROUNDS // 4):
        rows = [row for row in drawn(seed, missing=True) if len(known([row])[0]) > 1]
        units = known(rows)
        chosen = {value for unit in units for value in unit}
        ours = {
            "gwet": gwet_ac1(units),
            "bp": bennett_s(chosen)(units),
            "fleiss": fleiss_kappa(units),
            "krippendorff": alpha(units),
        }
        if len(rows) > 1 and all(each.value is not None for each in ours.values()):
            theirs = raw.CAC(library("pandas").DataFrame(rows, dtype=float), digits=15)
            for name, figure in ours.items():
                value = getattr(theirs, name)()["est"]["coefficient_value"]
                compared.append((figure.value or 0) - value)
    assert compared == pytest.approx([0] * len(compared), abs=NEAR)
    assert len(compared) > ROUNDS / 2


# Chains


def chained() -> Iterator[tuple[list[Unit], Chains, Chains]]:
    """Mentions in chains of one person, of another, or of both, and the chains themselves."""
    for seed in range(ROUNDS):
        dice = Random(seed)
        number = dice.randint(1, 8)

        def chosen(alike: int | None, dice: Random = dice, number: int = number) -> int | None:
            if dice.random() < 0.1:
                return None
            return dice.randrange(number) if alike is None or dice.random() < 0.4 else alike

        mine = [chosen(None) for _ in range(dice.randint(2, 25))]
        theirs = [chosen(each) for each in mine]
        key, other = _chains(mine), _chains(theirs)
        if any(one & each for one in key for each in other):
            units = [
                Unit("d", ("ann", "bob"), two, ((), ())) for two in zip(mine, theirs, strict=True)
            ]
            yield units, key, other


def _chains(values: Iterable[int | None]) -> Chains:
    found: dict[int, set[int]] = {}
    for at, value in enumerate(values):
        if value is not None:
            found.setdefault(value, set()).add(at)
    return [frozenset(each) for each in found.values()]


def value_of(units: list[Unit], measure: str) -> float:
    value = chains.chain_f1(chains.count_chains(units), measure).value
    assert value is not None
    return value


def test_b_cubed_and_ceaf_are_those_of_scorch() -> None:
    scores = library("scorch.scores")
    compared = []
    for units, key, other in chained():
        compared.append(value_of(units, "b_cubed") - scores.b_cubed(key, other)[2])
        compared.append(value_of(units, "ceaf") - scores.ceaf_e(key, other)[2])
    assert compared == pytest.approx([0] * len(compared), abs=NEAR)
    assert len(compared) > ROUNDS


def test_lea_is_that_of_links_counted_one_by_one() -> None:
    for units, key, other in chained():
        recall, precision = _lea(key, other), _lea(other, key)
        both = recall + precision
        wanted = 2 * recall * precision / both if both else 0.0
        assert value_of(units, "lea") == pytest.approx(wanted, abs=NEAR)


def _lea(key: Chains, other: Chains) -> float:
    """Section 4 of Moosavi and Strube 2016; a mention alone has one link, to itself."""
    there = {link for each in other for link in _links(each)}
    found = sum(len(each) * len(_links(each) & there) / len(_links(each)) for each in key)
    return found / sum(map(len, key))


def _links(chain: frozenset[int]) -> set[frozenset[int]]:
    return {frozenset(two) for two in combinations(sorted(chain), 2)} or {chain}


# Alignment


def test_best_alignments_are_those_of_pygamma() -> None:
    """It computes in numbers of 32 bits: so near, and no nearer."""
    pygamma, core = library("pygamma_agreement"), library("pyannote.core")
    apart = pygamma.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    for seed in range(ROUNDS // 10):
        dice = Random(seed)
        people = [[_span(dice) for _ in range(dice.randint(1, 8))] for _ in range(2 + seed % 2)]
        continuum = pygamma.Continuum()
        unique = [sorted(set(each), key=repr) for each in people]
        for who, several in enumerate(unique):
            for each in several:
                continuum.add(f"{who}", core.Segment(each.start, each.end), each.label)
        theirs = continuum.get_best_alignment(apart).disorder
        assert aligned(unique).disorder == pytest.approx(theirs, abs=1e-6)


def _span(dice: Random) -> Span:
    start = dice.randint(0, 100)
    return Span(start, start + dice.randint(1, 15), dice.choice("abc"))
