"""Parties, days and counts as people read them."""

from annotator.core.dates import shown_days
from annotator.core.text import counted
from annotator.ledger.values import Count, Days, Entry, Ledger, Parties

NOBODY = "nobody named"
NO_SIDE = "no side given"
NO_DATE = "no date"
VAGUE = "vague"
"""The bound of a count that no number is told of."""
_NAMES = 12
"""Names that are told on a line at most."""
_TITLE = 64
"""Code points of an article's title: some have a sentence for one."""
_AMOUNT = 48
"""Code points of a vague count's words."""


def who(parties: Parties) -> str:
    """Their names on one line; of very many, how many more there are."""
    names = ", ".join(each.name for each in parties[:_NAMES]) or NOBODY
    return names if len(parties) <= _NAMES else f"{names} and {len(parties) - _NAMES:,} more"


def speaker(entry: Entry) -> str:
    """Who says it at this place."""
    return "the article" if entry.voice == "own" else who(entry.sources)


def left_out(ledger: Ledger) -> str:
    """The links that lead to nothing, in a sentence; "" where there are none."""
    told = f"{counted(ledger.loose, 'link')} to something that is not there, left out."
    return told if ledger.loose else ""


def days(found: Days | None) -> str:
    """Days in words."""
    return shown_days(*found) if found else NO_DATE


def quote(entry: Entry) -> str:
    """What stands in the article, on one line."""
    return " ".join(entry.text.split())


def where(ledger: Ledger, entry: Entry) -> str:
    """The article that an entry stands in: its title, its outlet and its date."""
    source = ledger.sources[entry.document]
    title = shortened(source.title or source.document, _TITLE)
    parts = (title, source.outlet, source.published)
    return ", ".join(filter(None, parts))


def amount(entry: Entry) -> str:
    """The numbers of an entry's count; where it is vague, the words of the text in their place."""
    count = entry.count or Count()
    told = number(count)
    if told != VAGUE:
        return told
    return shortened(quote(entry), _AMOUNT)


def shortened(words: str, most: int) -> str:
    """Words of so many code points at most, the rest of them told by three dots."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def number(count: Count) -> str:
    """The numbers of a count: "14", "2–5", "at least 49", "about 300", "not given"."""
    low, high, bound = count.account
    if low is None and high is None:
        return VAGUE if bound == VAGUE else "not given"
    if count.crossed:
        return f"{low:,} to {high:,} (low above high)"
    ends = [f"{end:,}" for end in (low, high) if end is not None]
    told = "–".join(dict.fromkeys(ends))
    open_ = "at least" if high is None else "at most" if low is None else ""
    bound = bound if bound in ("at least", "at most", "about") else open_
    return f"{bound} {told}".strip()
