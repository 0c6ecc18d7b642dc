"""The ledger as plain records, each annotation one: for JSON, and for a table."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from annotator.ledger.values import Count, Entry, Ledger, Parties, Statement
from annotator.ledger.views import (
    Moment,
    answers,
    competing,
    over_time,
    unanswered,
    untargeted,
)

Record = dict[str, Any]
COLUMNS = (
    *("kind", "annotation", "statement", "document", "title", "outlet", "published", "start"),
    *("text", "voice", "sources", "sides", "against", "from", "to", "when_text", "whose"),
    *("whose_sides", "outcome", "low", "high", "bound", "victims", "denied_by", "denies"),
)
"""Of the table; several names or ids in one cell have "; " between them."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
"""What a spreadsheet takes for a formula, at the beginning of a cell."""


def as_json(ledger: Ledger) -> Record:
    """The ledger as scripts get it: each annotation for itself, with the id of its `statement`.

    A claim has the denials that answer it, or that answer what repeats it. `over_time` has the ids
    by the days that they are about (`when`), and by those of their articles.
    """
    return {
        "claims": [
            {
                **_said(each, one),
                "against": _parties(one.against),
                "denials": _links(ledger.denied_by, each),
            }
            for each in ledger.claims
            for one in each.places
        ],
        "denials": [
            {**_said(each, one), "denies": _links(ledger.denying, each)}
            for each in ledger.denials
            for one in each.places
        ],
        "casualties": [
            {**_counted(each, one), "denials": _links(ledger.denied_by, each)}
            for each in ledger.casualties
            for one in each.places
        ],
        "unanswered": _ids(unanswered(ledger)),
        "untargeted": _ids(untargeted(ledger)),
        "disputed": [list(pair) for pair in ledger.disputes],
        "competing": [_ids(group) for group in competing(ledger)],
        "answers": [
            {"side": denier, "denies": denied, "count": count}
            for (denier, denied), count in answers(ledger).counts.items()
        ],
        "over_time": {
            by: [_moment(each) for each in over_time(ledger, by)] for by in ("when", "published")
        },
        "loose_links": ledger.loose,
    }


def table(ledger: Ledger) -> Iterator[str]:
    """The ledger as lines of CSV (RFC 4180, CRLF), the columns first, each annotation a row.

    An apostrophe stands before what a spreadsheet would take for a formula.
    """
    line = StringIO()
    writer = csv.writer(line)
    for row in (COLUMNS, *_rows(ledger)):
        writer.writerow([_safe(each) for each in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _rows(ledger: Ledger) -> Iterator[tuple[object, ...]]:
    parts = {"claim": ledger.claims, "denial": ledger.denials, "casualty": ledger.casualties}
    for kind, several in parts.items():
        for each in several:
            denied_by = _names(one.id for one in ledger.denied_by.get(each.id, ()))
            denies = _names(one.id for one in ledger.denying.get(each.id, ()))
            for one in each.places:
                yield (kind, *_row(ledger, each, one), denied_by, denies)


def _row(ledger: Ledger, statement: Statement, one: Entry) -> tuple[object, ...]:
    source, count = ledger.sources[one.document], one.count or Count()
    return (
        *(one.annotation, statement.id, one.document, source.title, source.outlet),
        *(source.published, one.start, one.text, one.voice),
        *(_names(each.name for each in one.sources), _sides(one.sources)),
        _names(each.name for each in one.against),
        *((day.isoformat() for day in one.when) if one.when else ("", "")),
        *(one.words, _names(each.name for each in count.whose), _sides(count.whose)),
        *(count.outcome, count.low, count.high, count.bound, count.victims),
    )


def _names(names: Iterable[str]) -> str:
    return "; ".join(names)


def _sides(parties: Parties) -> str:
    return _names(dict.fromkeys(each.side for each in parties if each.side))


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _said(statement: Statement, one: Entry) -> Record:
    """What a claim and a denial have in common."""
    return {
        "annotation": one.annotation,
        "statement": statement.id,
        "document": one.document,
        "layer": one.layer,
        "text": one.text,
        "voice": one.voice,
        "sources": _parties(one.sources),
        "when": _when(one),
    }


def _counted(statement: Statement, one: Entry) -> Record:
    """A casualty; its source and its days may be taken from the statement `origin`."""
    said, count = _said(statement, one), one.count or Count()
    said["said_by"] = said.pop("sources")
    return {
        **said,
        "whose": _parties(count.whose),
        "outcome": count.outcome,
        "low": count.low,
        "high": count.high,
        "bound": count.bound,
        "victims": count.victims,
        "origin": one.origin or None,
    }


def _links(links: dict[str, tuple[Statement, ...]], statement: Statement) -> list[Record]:
    """What a statement is linked to, each annotation for itself."""
    return [
        {
            "annotation": one.annotation,
            "document": one.document,
            "text": one.text,
            "sources": _parties(one.sources),
        }
        for each in links.get(statement.id, ())
        for one in each.places
    ]


def _parties(parties: Parties) -> list[Record]:
    return [
        {"annotation": each.annotation, "entity": each.entity, "name": each.name, "side": each.side}
        for each in parties
    ]


def _when(one: Entry) -> Record | None:
    if one.when is None:
        return None
    first, last = one.when
    return {"from": first.isoformat(), "to": last.isoformat(), "text": one.words}


def _moment(moment: Moment) -> Record:
    """What is said about some days, or in the articles of a day; both ends null for no day."""
    first, last = (each.isoformat() for each in moment.days) if moment.days else (None, None)
    parts = {
        "claims": moment.claims,
        "denials": moment.denials,
        "casualties": moment.casualties,
    }
    return {"from": first, "to": last, **{name: _ids(each) for name, each in parts.items()}}


def _ids(statements: Iterable[Statement]) -> list[str]:
    return [one.annotation for each in statements for one in each.places]
