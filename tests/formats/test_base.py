"""What formats say of features: how many of each."""

import pytest

from annotator.formats.base import FEATURES, counted_feature


@pytest.mark.parametrize("what", FEATURES)
def test_one_of_a_feature_is_told_in_the_singular(what: str) -> None:
    assert counted_feature(2_000, what) == f"2,000 {what}"
    assert counted_feature(1, what) != f"1 {what}"
    assert "1 " in counted_feature(1, what)
