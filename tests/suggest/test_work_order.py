"""The order of work: kept as text, the same for everybody, moved by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.work_order import WAYS, WorkOrder
from tests.strategies import examples

IDS = [f"document {number}" for number in range(30)]


@given(st.sampled_from(WAYS), st.integers())
@examples(20)
def test_an_order_is_kept_as_text(by: str, seed: int) -> None:
    order = WorkOrder(next(each for each in WAYS if each == by), seed)
    assert WorkOrder.loads(order.dumps()) == order


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"by": "mood"}', '{"seed": "x"}', '{"seed": true}']
)
def test_what_is_of_no_use_is_as_by_default(text: str) -> None:
    assert WorkOrder.loads(text) == WorkOrder()


def test_as_listed() -> None:
    assert WorkOrder().ranked(IDS, {"document 9": 1.0}) == list(range(30))


def test_the_least_sure_first_and_those_nothing_is_said_of_last() -> None:
    doubts = {IDS[3]: 0.2, IDS[7]: 0.6, IDS[8]: 0.6, IDS[9]: 0.0}
    ranked = WorkOrder("uncertainty").ranked(IDS, doubts)
    assert ranked[:4] == [7, 8, 3, 9]
    assert ranked[4:] == [each for each in range(30) if each not in (3, 7, 8, 9)]


KNOWN = [2, 7, 1, 4, 5, 0, 3, 6]


def test_chance_is_the_same_for_everybody_with_the_seed() -> None:
    # Known by heart, so that another version of the program goes on in the same order.
    assert WorkOrder("random", 4711).ranked(IDS[:8], {}) == KNOWN
    assert WorkOrder("random", 4712).ranked(IDS[:8], {}) != KNOWN


@given(st.permutations(IDS), st.integers(), st.sets(st.sampled_from(IDS)))
@examples(20)
def test_chance_goes_by_the_article_alone(listed: list[str], seed: int, gone: set[str]) -> None:
    order = WorkOrder("random", seed)
    usual = [IDS[place] for place in order.ranked(IDS, {})]
    left = [each for each in listed if each not in gone]
    assert [left[place] for place in order.ranked(left, {})] == [
        each for each in usual if each not in gone
    ]
