"""Tags never stand over one another, nor beyond the right end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.article.tags import GAP, Wish, place

RIGHT = 600.0


@st.composite
def wishes(draw: st.DrawFn) -> list[Wish]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        at = draw(st.floats(0, RIGHT - 10))
        natural = draw(st.floats(10, 300))
        least = draw(st.floats(5, natural))
        reach = at + draw(st.floats(1, 300))
        found.append(Wish(at, natural, least, reach, urgent=number == 0 and draw(st.booleans())))
    return found


@given(wishes())
def test_no_two_overlap_and_none_is_cut_by_the_edge(wished: list[Wish]) -> None:
    places = place(wished, RIGHT)
    standing = sorted(each for each in places if each is not None)
    for (left, width), (after, _) in pairwise(standing):
        assert left + width + GAP <= after + 0.001
    for wish, found in zip(wished, places, strict=True):
        if found is not None:
            assert found[0] >= 0
            assert found[0] + found[1] <= RIGHT + 0.001
            assert min(wish.least, RIGHT) - 0.001 <= found[1] <= wish.natural + 0.001


def test_an_urgent_one_always_stands() -> None:
    crowd = [Wish(at, 100, 40, at + 50) for at in range(0, 500, 20)]
    places = place([*crowd, Wish(205, 150, 60, 260, urgent=True)], RIGHT)
    assert places[-1] == (205, 150)


def test_an_urgent_one_at_the_edge_moves_in() -> None:
    assert place([Wish(590, 80, 80, 600, urgent=True)], RIGHT) == [(520, 80)]


def test_one_is_cut_where_the_next_begins() -> None:
    first, second = place([Wish(0, 200, 50, 300), Wish(100, 50, 50, 150)], RIGHT)
    assert first == (0, 100 - GAP)
    assert second == (100, 50)


def test_two_that_begin_together_stand_side_by_side() -> None:
    first, second = place([Wish(0, 60, 50, 300), Wish(0, 70, 50, 200)], RIGHT)
    assert first == (0, 60)
    assert second == (60 + GAP, 70)


def test_one_that_would_drift_too_far_is_left_out() -> None:
    places = place([Wish(0, 300, 300, 300), Wish(10, 50, 50, 20)], RIGHT)
    assert places == [(0, 300), None]
