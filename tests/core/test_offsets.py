"""The converter between code points and UTF-16 units, against Python's own encoder."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.offsets import Utf16Map

TEXTS = st.text(st.sampled_from("aé漢😀🇦🇲\u0301\n\ud800") | st.characters())


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_the_example() -> None:
    at = Utf16Map("a😀🇦🇲b")
    assert [at.to_utf16(position) for position in range(6)] == [0, 1, 3, 5, 7, 8]
    assert [at.to_code_point(unit) for unit in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 5]
    assert (at.length, at.units) == (5, 8)


def test_a_text_without_astral_characters_needs_no_map() -> None:
    for text in ("", "ascii", "Հայաստան"):
        at = Utf16Map(text)
        assert at.units == at.length == len(text)
        assert at.to_utf16(len(text)) == at.to_code_point(len(text)) == len(text)


@given(TEXTS)
def test_each_position_is_what_python_encodes(text: str) -> None:
    at = Utf16Map(text)
    assert at.units == units(text)
    for position in range(len(text) + 1):
        unit = units(text[:position])
        assert at.to_utf16(position) == unit
        assert at.to_code_point(unit) == position


@given(TEXTS)
def test_the_middle_of_a_pair_maps_down(text: str) -> None:
    at = Utf16Map(text)
    for position, character in enumerate(text):
        if character > "\uffff":
            assert at.to_code_point(at.to_utf16(position) + 1) == position
