"""Gamma: six published disorders, the best alignment against all there are, and its laws."""

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import aligning, gamma
from annotator.agreement.aligning import TooManyError, best
from annotator.agreement.figure import NO_UNITS
from annotator.agreement.gamma import Span, Weights, aligned, apart, samples
from annotator.core.steps import at_once
from tests.agreement.studies import compared
from tests.strategies import examples

Told = Sequence[tuple[float, float, str]]


def people(*told: Told) -> list[list[Span]]:
    return [[Span(*each) for each in several] for several in told]


SIMPLE = people(
    [(1, 5, "a"), (6, 10, "b"), (11, 15, "a")], [(2, 6, "a"), (7, 11, "b"), (12, 16, "a")]
)
UNEQUAL = people(
    [(1, 5, "a"), (6, 10, "b"), (20, 24, "a"), (30, 34, "b")], [(2, 6, "a"), (31, 35, "b")]
)
SAME = people([(1, 5, "a"), (6, 10, "b")], [(1, 5, "a"), (6, 10, "b")])
THREE = people(
    *([(1, 5, "a"), (10, 14, "b")], [(2, 6, "a"), (11, 15, "b")], [(1, 4, "a"), (9, 14, "c")])
)
LARGER = people(
    [(1 + 10 * at, 6 + 10 * at, "abc"[at % 3]) for at in range(16)],
    [(2 + 10 * at, 8 + 10 * at, "bca"[at % 3]) for at in range(16)],
)
WEIGHED = people(
    [(1, 5, "a"), (6, 10, "b"), (11, 15, "c")], [(2, 7, "a"), (8, 12, "b"), (11, 15, "a")]
)


@pytest.mark.parametrize(
    ("spans", "weights", "disorder"),
    [
        (SIMPLE, Weights(), 0.0625),
        (UNEQUAL, Weights(), 0.708333),
        (SAME, Weights(), 0.0),
        (THREE, Weights(), 0.408756),
        (LARGER, Weights(), 1.074380),
        (WEIGHED, Weights(3, 2), 1.027778),
    ],
)
def test_disorders_of_pygamma_agreement(
    spans: list[list[Span]], weights: Weights, disorder: float
) -> None:
    """The six fixtures that DKPro Statistics holds against pygamma-agreement 0.5.9."""
    assert round(aligned(spans, weights).disorder, 6) == disorder


def test_disorder_of_alex_paul_and_suzan() -> None:
    """Of pygamma-agreement's own tests: 0.96 with three times the weight on positions."""
    spans = people(
        *(
            [
                (2, 9, "1"),
                (11, 17, "2"),
                (24, 30, "5"),
                (32, 36, "6"),
                (36, 44, "6"),
                (44, 60, "7"),
            ],
            [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
            [
                (2, 9, "1"),
                (11, 17, "4"),
                (21, 27, "5"),
                (32, 36, "6"),
                (36, 40, "6"),
                (40, 44, "6"),
            ],
        )
    )
    assert aligned(spans, Weights(3, 1)).disorder == pytest.approx(0.96, abs=0.005)


def test_distances_of_the_article() -> None:
    """Mathet, Widlöcher and Métivier 2015, figure 10."""
    told = {((4, 14), (40, 44)): 22.2, ((4, 14), (20, 25)): 3.2, ((4, 14), (14, 24)): 1.0}
    for (one, other), far in told.items():
        assert gamma.position_apart(Span(*one, ""), Span(*other, "")) == pytest.approx(far, abs=0.1)
    assert apart(Span(0, 7, "a"), Span(0, 10, "b")) == apart(Span(0, 21, "a"), Span(0, 30, "b"))


def least(spans: list[list[Span]]) -> float:
    """The least cost of all alignments, by trying all."""
    every = [(who, at) for who, several in enumerate(spans) for at in range(len(several))]
    pairs = len(spans) * (len(spans) - 1) / 2

    def cost(group: tuple[tuple[int, int], ...]) -> float:
        far = sum(
            apart(spans[one[0]][one[1]], spans[two[0]][two[1]])
            for one, two in combinations(group, 2)
        )
        return (far + pairs - len(group) * (len(group) - 1) / 2) / pairs

    def rest(left: tuple[tuple[int, int], ...]) -> float:
        if not left:
            return 0.0
        first, found = left[0], []
        others = [
            [None, *(each for each in left if each[0] == who)]
            for who in range(first[0] + 1, len(spans))
        ]
        for chosen in product(*others):
            group = (first, *(each for each in chosen if each))
            found.append(cost(group) + rest(tuple(each for each in left if each not in group)))
        return min(found)

    return rest(tuple(every))


@st.composite
def small(draw: st.DrawFn) -> list[list[Span]]:
    one = st.builds(
        lambda start, size, label: Span(start, start + size, label),
        *(st.integers(0, 20), st.integers(1, 8), st.sampled_from("ab")),
    )
    number = draw(st.integers(2, 3))
    return [draw(st.lists(one, max_size=4 if number == 2 else 3)) for _ in range(number)]


@examples(80)
@given(small())
def test_no_alignment_is_better(spans: list[list[Span]]) -> None:
    assert aligned(spans).cost == pytest.approx(least(spans), abs=1e-9)


@examples(60)
@given(st.integers(0, 10**6))
def test_both_ways_to_solve_agree(seed: int) -> None:
    dice = Random(seed)
    sets = {}
    for _ in range(30):
        members = dice.sample(range(14), dice.choice((2, 2, 3)))
        sets[sum(1 << each for each in members)] = dice.random()
    ours = sum(sets[each] for each in best(sets))
    theirs = sum(sets[each] for each in best(sets, steps=0))
    assert ours == pytest.approx(theirs, abs=1e-6)


def test_without_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "highspy", None)
    tangled = {0b11: 1.0, 0b110: 1.5, 0b1100: 1.0}
    assert best(tangled) == [0b11, 0b1100]
    with pytest.raises(TooManyError):
        best(tangled, steps=0)


def test_counts_of_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {
        "ann": [(0, 10, "claim"), (30, 40, "actor")],
        "bob": [(1, 11, "claim"), (30, 40, "denial")],
    }
    comparison = compared(made)
    counts = at_once(gamma.count(comparison))
    assert counts == at_once(gamma.count(comparison))
    assert counts != at_once(gamma.count(comparison, seed=1))
    figure = gamma.gamma(counts)
    assert figure.value == pytest.approx(1 - counts["observed"] / counts["expected"])
    units = list(gamma.groups(comparison))
    assert [each.values for each in units] == [("claim", "claim"), ("actor", "denial")]
    assert gamma.gamma(at_once(gamma.count(compared({"ann": [], "bob": []})))).why == NO_UNITS

    def fail(_: object) -> None:
        raise TooManyError

    monkeypatch.setattr(gamma, "aligned", fail)
    assert list(gamma.groups(comparison)) == []
    assert gamma.gamma(at_once(gamma.count(comparison))).why == gamma.TOO_MANY


def test_gamma_cat_looks_at_labels_alone() -> None:
    made = {
        "ann": [(0, 10, "claim"), (30, 40, "actor"), (60, 70, "claim")],
        "bob": [(2, 12, "claim"), (31, 42, "actor"), (60, 71, "claim")],
    }
    counts = at_once(gamma.count(compared(made)))
    assert gamma.gamma_cat(counts).value == 1.0
    assert (gamma.gamma(counts).value or 0) < 1.0
    alone = at_once(gamma.count(compared({"ann": [(0, 10, "claim")], "bob": []})))
    assert gamma.gamma_cat(alone).value is None


def test_random_work_is_moved_and_comes_in_again() -> None:
    drawn = list(samples(SIMPLE, 20, "1"))
    assert len(drawn) == 20
    assert drawn == list(samples(SIMPLE, 20, "1"))
    for people_ in drawn:
        for spans in people_:
            assert [each.label for each in spans] == ["a", "b", "a"]
            assert all(1 <= each.start <= 16 for each in spans)
    crowded = people(*[[(0, 4, "a")]] * 5)
    assert len(next(samples(crowded, 1, "1"))) == 5


def test_position_may_count_for_nothing() -> None:
    weights = Weights(0, 1)
    assert aligned(SIMPLE, weights).disorder == 0.0


def test_largest_part_goes_to_the_solver() -> None:
    assert aligning.STEPS > 0
    dense = people(*[[(start, start + 9, "ab"[start % 2]) for start in range(0, 12, 2)]] * 3)
    assert aligned(dense).disorder == 0.0
