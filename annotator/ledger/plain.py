"""The ledger as plain text for a terminal."""

from collections.abc import Iterator, Sequence

from annotator.core.text import counted
from annotator.ledger.values import Entry, Ledger, Statement
from annotator.ledger.views import (
    answers,
    by_days,
    competing,
    count_of,
    disputed,
    unanswered,
    untargeted,
)
from annotator.ledger.words import (
    NO_SIDE,
    amount,
    days,
    left_out,
    quote,
    shortened,
    speaker,
    where,
    who,
)

_QUOTED = 100
"""Code points of a quotation in a line."""


def lines(ledger: Ledger, *, hidden: str = "") -> Iterator[str]:
    """The ledger line by line; `hidden` says what is left out."""
    answered = [each for each in ledger.claims if each.id in ledger.denied_by]
    yield f"{counted(len(ledger.claims), 'claim')}, {counted(len(ledger.denials), 'denial')}"
    if hidden:
        yield hidden
    yield from _section("Claims that somebody denies", answered, ledger)
    yield from _section("Claims that nobody denies", unanswered(ledger), ledger)
    yield from _section("Denials without a target", untargeted(ledger), ledger)
    yield from _disputed(ledger)
    yield from _casualties(ledger)
    yield from _matrix(ledger)
    if told := left_out(ledger):
        yield from ("", told)


def _section(title: str, statements: Sequence[Statement], ledger: Ledger) -> Iterator[str]:
    if statements:
        yield from ("", f"{title}: {len(statements):,}")
    for each in statements:
        yield f"  {_line(ledger, each.first)}"
        yield from (f"    also: {_line(ledger, one)}" for one in each.places[1:])
        for denial in ledger.denied_by.get(each.id, ()):
            yield f"    denied by {_line(ledger, denial.first)}"


def _disputed(ledger: Ledger) -> Iterator[str]:
    pairs = disputed(ledger)
    if pairs:
        yield from ("", f"Disputed: {len(pairs):,}")
    for one, other in pairs:
        yield f"  {_line(ledger, one.first)}"
        yield f"    against {_line(ledger, other.first)}"


def _line(ledger: Ledger, one: Entry) -> str:
    """Who says what, against whom and of when, in which article where there are several."""
    against = f", against {who(one.against)}" if one.against else ""
    dated = f", {days(one.when)}" if one.when else ""
    place = f" [{where(ledger, one)[:40]}]" if len(ledger.sources) > 1 else ""
    cut = shortened(quote(one), _QUOTED)
    return f"{speaker(one)}{against}{dated}: “{cut}”{place}"


def _casualties(ledger: Ledger) -> Iterator[str]:
    rivals = {each.id for group in competing(ledger) for each in group}
    head = ("Whose", "Said by", "Outcome", "Count", "Words")
    for dated, statements in by_days(ledger.casualties):
        rows = [
            (
                who(count_of(each).whose) if count_of(each).whose else "not told",
                "the article" if each.own else who(each.sources),
                count_of(each).outcome or "not told",
                amount(each.first) + (" (competing)" if each.id in rivals else ""),
                quote(each.first)[:_QUOTED],
            )
            for each in statements
        ]
        yield from ("", f"Casualties, {days(dated)}", *columns([head, *rows]))


def _matrix(ledger: Ledger) -> Iterator[str]:
    found = answers(ledger)
    if found.sides:
        names = [each or NO_SIDE for each in found.sides]
        rows = [
            (name, *(str(found.counts.get((denier, denied), 0)) for denied in found.sides))
            for name, denier in zip(names, found.sides, strict=True)
        ]
        head = ("denies ↓ what is said by →", *names)
        yield from ("", "Who answers whom", *columns([head, *rows]))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of cells, one under the other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()
