"""Values as one line of text, and back."""

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.codecs import MOST_DIGITS, codec_of, dated, read_number, show_days, shown
from annotator.core.tagset import Attribute, AttributeType, fits

WORDS = st.text("abc äßՀو", min_size=1).map(str.strip).filter(bool)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "choice": WORDS,
    "number": st.integers(0, 10**MOST_DIGITS - 1),
    "date": st.builds(
        lambda one, other, words: {
            "text": words,
            "from": min(one, other).isoformat(),
            "to": max(one, other).isoformat(),
        },
        *(DAYS, DAYS, st.just("") | WORDS),
    ),
}


@given(st.data())
def test_what_is_shown_reads_as_the_same_value(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(VALUES)))
    several = data.draw(st.booleans())
    one = VALUES[kind]
    value = data.draw(st.lists(one, min_size=1) if several else one)
    codec = codec_of(Attribute("some", kind, several=several))  # type: ignore[arg-type]  # drawn from the types' names
    assert codec.read(codec.show(value)) == value
    assert codec.hopeless(codec.show(value)) == ""


@pytest.mark.parametrize("kind", get_args(AttributeType))
@pytest.mark.parametrize("several", [False, True])
def test_nothing_is_no_value(kind: AttributeType, *, several: bool) -> None:
    codec = codec_of(Attribute("some", kind, several=several))
    assert codec.show(None) == ""
    assert codec.read("  ") is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("12", ""),
        ("1,2", ""),  # may become 1,200
        ("1 2", ""),
        ("1 200 ", ""),
        ("٣", ""),
        ("two", "“two” is not a whole number."),
        ("-1", "A number can't be negative."),
        ("9" * 31, "A number can have 15 digits at most."),
    ],
)
def test_what_typing_on_can_not_mend_is_told_at_once(typed: str, problem: str) -> None:
    one, several = (codec_of(Attribute("n", "number", several=each)) for each in (False, True))
    assert one.hopeless(typed) == problem
    assert several.hopeless(f"7; {typed}") == problem
    assert codec_of(Attribute("t")).hopeless(typed) == ""


def test_what_can_not_be_read_is_told_in_a_sentence() -> None:
    for read, typed in (
        (read_number, "1" * 16),
        (codec_of(Attribute("f", "flag", several=True)).read, "[true"),
        (codec_of(Attribute("d", "date")).read, "“that night”"),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            read(typed)


def test_a_value_of_an_older_tag_set_is_shown_as_it_is() -> None:
    assert codec_of(Attribute("n", "number", several=True)).show("three") == "three"
    assert show_days({"from": "yesterday"}) == show_days("Monday") == ""
    assert shown(True) == "True"
    flags = Attribute("f", "flag", several=True)
    assert codec_of(flags).read("[true, false]") == [True, False]
    assert fits(flags, [True, False])
    assert dated("2022-09-12", "Monday") == {
        "text": "Monday",
        "from": "2022-09-12",
        "to": "2022-09-12",
    }


@given(st.integers(0, 10**MOST_DIGITS - 1), st.sampled_from(", \u00a0\u202f"))
def test_thousands_may_be_parted(number: int, sign: str) -> None:
    assert read_number(f"{number:,}".replace(",", sign)) == number
