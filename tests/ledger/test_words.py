"""Parties, days and counts in words."""

import pytest

from annotator.ledger.values import Count, Entry, Ledger, Source
from annotator.ledger.words import amount, days, number, quote, where, who

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


def test_a_vague_count_is_in_the_words_of_the_text() -> None:
    def told(words: str, count: Count | None) -> str:
        return amount(Entry("a", "l", "d", "casualty", 0, words, count=count))

    assert told("dozens of\n  soldiers", Count(bound="vague")) == "dozens of soldiers"
    assert told("14 soldiers", Count(low=14, high=14, bound="vague")) == "14"
    assert told("soldiers", None) == "not given"
    cut = told("several" * 20, Count(bound="vague"))
    assert len(cut) == 48
    assert cut.endswith("…")
