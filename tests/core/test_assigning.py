"""Articles are given out as evenly as can be, and who has one keeps it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.assigning import Wanted, assigned
from annotator.core.errors import UserError
from tests.strategies import examples

PEOPLE = ("ada", "eve", "mia", "zoe")


def ids(number: int) -> list[str]:
    return [f"d{each}" for each in range(number)]


@st.composite
def wishes(draw: st.DrawFn) -> Wanted:
    people = PEOPLE[: draw(st.integers(1, 4))]
    each = draw(st.integers(1, len(people)))
    common = draw(st.sampled_from((0, *range(each, len(people) + 1))))
    share = draw(st.floats(0, 1))
    return Wanted(people, each, share, common, draw(st.integers(0, 99)))


def had(number: int) -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    """What somebody has of so many articles, people outside the plan among them."""
    names = st.lists(st.sampled_from((*PEOPLE, "out")), max_size=3, unique=True).map(tuple)
    return st.dictionaries(st.sampled_from(ids(number)), names, max_size=number)


@given(st.integers(1, 60), wishes())
def test_without_earlier_work_all_have_the_same_within_one(number: int, wanted: Wanted) -> None:
    plan = assigned(ids(number), wanted, {})
    loads = Counter(name for names in plan.new.values() for name in names)
    sizes = [loads[name] for name in wanted.annotators]
    assert max(sizes) - min(sizes) <= 1
    for id_ in ids(number):
        names = plan.new[id_]
        assert len(set(names)) == len(names)
        assert len(names) == (wanted.together if id_ in plan.common else wanted.each)
    if wanted.together > wanted.each:
        assert len(plan.common) == round(wanted.share * number)
    else:
        assert not plan.common


@given(st.integers(1, 30).flatmap(lambda number: st.tuples(st.just(number), had(number))), wishes())
def test_what_somebody_has_stays_and_counts(
    given_: tuple[int, dict[str, tuple[str, ...]]], wanted: Wanted
) -> None:
    number, has = given_
    plan = assigned(ids(number), wanted, has)
    for id_ in ids(number):
        before, names = has.get(id_, ()), plan.new.get(id_, ())
        assert not {*before} & {*names}
        asked = wanted.together if id_ in plan.common else wanted.each
        free = len({*wanted.annotators} - {*before})
        assert len(names) == min(max(0, asked - len(before)), free)
    after = {id_: (*has.get(id_, ()), *plan.new.get(id_, ())) for id_ in ids(number)}
    assert not assigned(ids(number), wanted, after).new


@given(st.integers(1, 20), wishes(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_plan(number: int, wanted: Wanted, chance: Random) -> None:
    mixed = ids(number)
    chance.shuffle(mixed)
    assert assigned(mixed, wanted, {}) == assigned(ids(number), wanted, {})


def every(
    articles: Sequence[str], wanted: Wanted, has: Mapping[str, Sequence[str]]
) -> Iterator[int]:
    """The sum of squared loads of every way there is."""
    choices = []
    for id_ in articles:
        free = [name for name in wanted.annotators if name not in has.get(id_, ())]
        asked = max(0, wanted.each - len(has.get(id_, ())))
        choices.append(list(combinations(free, min(asked, len(free)))))
    for chosen in product(*choices):
        yield squares(wanted, has, dict(zip(articles, chosen, strict=True)))


def squares(
    wanted: Wanted, has: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> int:
    loads = Counter(name for some in (has, new) for names in some.values() for name in names)
    return sum(loads[name] ** 2 for name in wanted.annotators)


@given(had(5), st.integers(1, 2), st.integers(0, 99))
@examples(60)
def test_no_other_plan_is_more_even(has: dict[str, tuple[str, ...]], each: int, seed: int) -> None:
    wanted = Wanted(PEOPLE[:3], each, seed=seed)
    plan = assigned(ids(5), wanted, has)
    assert squares(wanted, has, plan.new) == min(every(ids(5), wanted, has))


def test_articles_are_handed_on_along_a_chain() -> None:
    """Whoever comes first by chance; some of these need one step, and some need two."""
    has = {"d0": ("mia",), "d1": ("mia",), "d2": ("eve",)}
    for seed, known in product(range(40), (has, {"d0": ("mia",)})):
        wanted = Wanted(("ada", "eve", "mia"), 2, seed=seed)
        plan = assigned(list(has), wanted, known)
        loads = Counter(name for names in (*known.values(), *plan.new.values()) for name in names)
        assert loads == {"ada": 2, "eve": 2, "mia": 2}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(()), "at least one"),
        (Wanted(("ada", "ada")), "each annotator once"),
        (Wanted(("ada",), 2), "1 to 1 of 1, not to 2"),
        (Wanted(("ada", "eve"), 0), "not to 0"),
        (Wanted(("ada", "eve"), 1, 1.5), "from 0 to 1"),
        (Wanted(("ada", "eve"), 2, 0.5, 1), "to 2 to 2 annotators, not to 1"),
    ],
)
def test_what_nobody_can_do_is_said(wanted: Wanted, said: str) -> None:
    with pytest.raises(UserError, match=said):
        assigned(["d"], wanted, {})
