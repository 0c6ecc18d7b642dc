"""Colours as people see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from annotator.ui.colors import SIGHTS, Triple, lab_distance, to_lab

RGB = st.integers(0, 0xFFFFFF).map(lambda number: QColor(f"#{number:06x}"))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1, 2), (50, 0, 0), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (56, -27, -3), 31.9030),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_that_sharma_publishes(
    one: Triple, other: Triple, distance: float
) -> None:
    assert lab_distance(one, other) == pytest.approx(distance, abs=1e-4)
    assert lab_distance(other, one) == pytest.approx(distance, abs=1e-4)


@given(RGB, RGB)
def test_a_colour_is_at_no_distance_of_itself_and_distances_have_no_direction(
    one: QColor, other: QColor
) -> None:
    first, second = to_lab(one), to_lab(other)
    assert lab_distance(first, first) == pytest.approx(0, abs=1e-6)
    assert lab_distance(first, second) == pytest.approx(lab_distance(second, first), abs=1e-6)


def test_white_is_white_to_everybody() -> None:
    for sight in SIGHTS:
        assert to_lab(QColor("white"), sight) == pytest.approx((100, 0, 0), abs=0.1)


def test_red_and_green_are_close_where_one_of_them_is_not_seen() -> None:
    red, green = QColor("#b05000"), QColor("#707000")
    apart = {sight: lab_distance(to_lab(red, sight), to_lab(green, sight)) for sight in SIGHTS}
    assert min(apart, key=apart.__getitem__) == "deuteranopia"
    assert apart["deuteranopia"] < lab_distance(to_lab(red), to_lab(green)) / 3
