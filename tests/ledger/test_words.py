"""Parties, days and counts in words."""

import pytest

from annotator.ledger.values import Count, Entry, Ledger, Source
from annotator.ledger.words import days, number, quote, where, who

ENTRY = Entry("a", "l", "d", "claim", 0, "two\n\n  lines")


@pytest.mark.parametrize(
    ("low", "high", "bound", "words"),
    [
        *((None, None, "", "not given"), (None, None, "vague", "vague")),
        *((14, 14, "exact", "14"), (2, 5, "", "2–5"), (30_000, 30_000, "", "30,000")),
        *(
            (49, None, "", "at least 49"),
            (None, 9, "", "at most 9"),
            (300, None, "about", "about 300"),
        ),
        *((300, 300, "about", "about 300"), (7, 7, "vague", "7"), (0, 0, "exact", "0")),
        (5, 2, "exact", "5 to 2 (low above high)"),
    ],
)
def test_numbers(low: int | None, high: int | None, bound: str, words: str) -> None:
    assert number(Count(low=low, high=high, bound=bound)) == words


def test_nobody_never_and_nowhere() -> None:
    assert (who(()), days(None), quote(ENTRY)) == ("nobody named", "no date", "two lines")
    ledger = Ledger(sources={"d": Source("d")})
    assert where(ledger, ENTRY) == "d"
    told = Ledger(sources={"d": Source("d", "Title", "Agency", "2022-09-14")})
    assert where(told, ENTRY) == "Title, Agency, 2022-09-14"
