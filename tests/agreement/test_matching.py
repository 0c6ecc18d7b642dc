"""One-to-one matching: the best there is, and F1 as another library counts it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator  # type: ignore[import-untyped]  # no types

from annotator.agreement import spans
from annotator.agreement.figure import NO_UNITS
from annotator.agreement.matching import assigned, relaxed
from tests.agreement.studies import Made, basis, compared, marks, work
from tests.strategies import examples


@examples(150)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), st.floats(0.01, 5), max_size=12
    )
)
def test_no_assignment_is_better(weights: dict[tuple[int, int], float]) -> None:
    found = assigned(weights)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    best = max(
        sum(weights.get(ends, 0.0) for ends in enumerate(order)) for order in permutations(range(4))
    )
    assert sum(weights[ends] for ends in found) == pytest.approx(best)


@examples(100)
@given(marks(), marks())
def test_f1_is_symmetric_and_relaxed_is_no_less(one: list[Made], other: list[Made]) -> None:
    there = compared({"ann": one, "bob": other})
    back = compared({"ann": other, "bob": one})
    for units in (spans.exact_pairs, spans.relaxed_pairs):
        counts = spans.count_pairs(list(units(there)))
        assert counts == spans.count_pairs(list(units(back)))
        assert counts["all"] == len(one) + len(other)
    exact, near = (
        spans.count_pairs(list(units(there)))["both"]
        for units in (spans.exact_pairs, spans.relaxed_pairs)
    )
    assert exact <= near


def apart(several: list[Made]) -> set[Made]:
    """Those spans of which none overlaps one before it."""
    found: set[Made] = set()
    last = 0
    for start, end, label, *_ in sorted(several, key=lambda each: (each[0], each[1])):
        if start >= last:
            found.add((start, end, label))
            last = end
    return found


@examples(80)
@given(marks(), marks())
def test_precision_and_recall_are_nervaluates(one: list[Made], other: list[Made]) -> None:
    """It takes ends as inclusive, and takes the first span that overlaps: so none overlap here."""
    mine, theirs = (apart(several) for several in (one, other))
    people = {"gold": sorted(mine), "bob": sorted(theirs)}
    counts = spans.count_against(list(spans.exact_pairs(compared(people))), "gold")

    def told(several: set[Made]) -> list[list[dict[str, object]]]:
        return [
            [
                {"label": label, "start": start, "end": end - 1}
                for start, end, label in sorted(several)
            ]
        ]

    if not mine or not theirs:
        return
    tags = ["claim", "denial", "casualty", "actor"]
    strict = Evaluator(told(mine), told(theirs), tags=tags).evaluate()["overall"]["strict"]
    assert spans.precision(counts).value == pytest.approx(strict.precision, abs=1e-9)
    assert spans.recall(counts).value == pytest.approx(strict.recall, abs=1e-9)


def test_as_many_as_possible_are_matched() -> None:
    one = work("a", [(0, 10, "claim"), (0, 4, "claim")]).annotations
    other = work("b", [(0, 9, "claim"), (3, 12, "claim")]).annotations
    pairs = relaxed(one, other, 0.0)
    # The best overlap alone would leave the short one without an answer.
    assert sum(None not in each for each in pairs) == 2
    assert [each[1] and each[1].spans[0].start for each in pairs] == [3, 0]


def test_threshold_and_fragments() -> None:
    one = work("a", [(0, 10, "claim"), (60, 70, "actor")]).annotations
    other = work("b", [([(0, 2), (4, 6)], 0, "claim"), (20, 30, "claim")]).annotations
    assert sum(None not in each for each in relaxed(one, other, 0.4)) == 1
    assert sum(None not in each for each in relaxed(one, other, 0.5)) == 0


def test_reference_and_nothing() -> None:
    comparison = compared({"ann": [(0, 9, "claim")], "bob": [], "gold": [(0, 9, "claim")]})
    counts = spans.count_against(list(spans.exact_pairs(comparison)), "gold")
    assert (spans.precision(counts).value, spans.recall(counts).value) == (1.0, 0.5)
    assert spans.f1({}).why == NO_UNITS
    assert basis().threshold == 0.5
