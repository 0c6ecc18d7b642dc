"""Dates as typed and as shown."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.dates import read_days, shown_days


@pytest.mark.parametrize(
    ("typed", "first", "last", "shown"),
    [
        ("2022-09-12", (2022, 9, 12), (2022, 9, 12), "12 September 2022"),
        (" 2022-09-12 – 2022-09-13 ", (2022, 9, 12), (2022, 9, 13), "12–13 September 2022"),
        ("2022-09-12/2022-10-03", (2022, 9, 12), (2022, 10, 3), "12 September – 3 October 2022"),
        ("2022-09-12 to 2023-01-01", (2022, 9, 12), (2023, 1, 1),
            "12 September 2022 – 1 January 2023"),
        ("2022-09", (2022, 9, 1), (2022, 9, 30), "September 2022"),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), "February 2024"),
        ("1988–1994", (1988, 1, 1), (1994, 12, 31), "1988–1994"),
        ("1988-1994", (1988, 1, 1), (1994, 12, 31), "1988–1994"),
        ("1988", (1988, 1, 1), (1988, 12, 31), "1988"),
        ("12-13 Sept. 2022", (2022, 9, 12), (2022, 9, 13), "12–13 September 2022"),
        ("September 12, 2022", (2022, 9, 12), (2022, 9, 12), "12 September 2022"),
        ("Sep - Oct 2022", (2022, 9, 1), (2022, 10, 31), "September–October 2022"),
    ],
)  # fmt: skip
def test_typed_dates_are_read_and_shown_nicely(
    typed: str, first: tuple[int, int, int], last: tuple[int, int, int], shown: str
) -> None:
    assert read_days(typed) == (date(*first), date(*last))
    assert shown_days(date(*first), date(*last)) == shown


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "12", "12 2022", "September", "12/09/2022", "2022-13", "2022-02-30", "0000",
     "13–12 September 2022", "1994–1988", "2022 – 2023 – 2024", "12–13", "12 Foo 2022"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_days(typed)


@given(st.dates(), st.dates())
def test_what_is_shown_reads_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert read_days(shown_days(first, last)) == (first, last)


@given(st.dates(), st.dates())
def test_whole_months_read_back(one: date, other: date) -> None:
    first, last = sorted((one.replace(day=1), other.replace(day=1)))
    last = last.replace(day=monthrange(last.year, last.month)[1])
    assert read_days(shown_days(first, last)) == (first, last)
