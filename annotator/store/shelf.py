"""The list of articles: which ones a query finds, in an order, by their row numbers (`pk`).

Row numbers come in blocks, each of which is one short query, so that the first ones are there at
once however many follow.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.core.model import STATES, State
from annotator.core.query import Facet, Order, Query, Word
from annotator.store import walk
from annotator.store.matching import Rows, hits_beyond, match_of, wanted
from annotator.store.walk import Walk

SORTED = 20_000
"""As many hits of a search are put in order; more come as imported."""

ALIKE = """WHERE pk IN (SELECT a.pk FROM
  (SELECT rowid FROM document_search WHERE document_search MATCH ?
   ORDER BY rowid DESC LIMIT 500) hit
  CROSS JOIN standing s ON s.annotator = ? AND s.document = hit.rowid
  CROSS JOIN document d ON d.pk = hit.rowid AND d.id <> ?
  CROSS JOIN annotation a ON a.layer = s.layer AND a.fragments IS NULL
   AND a."end" - a.start = ? AND substr(d.text, a.start + 1, ?) = ? LIMIT 5)"""
"""Which annotations are of just some words, in the articles with them that came in last.

Its values are the words as a match, the person, an article to pass by, twice the length of the
words (code points), the words.
"""


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of the list of articles: `counts` is annotations by label in the person's layer."""

    number: int
    id: str
    title: str
    state: State
    counts: dict[str, int] = field(default_factory=dict)
    note: str = ""


def listings(rows: Rows, annotator: str, numbers: Sequence[int]) -> list[Listing]:
    """The lines of the articles with these row numbers, in their order, those that there are."""
    sql = (
        "SELECT d.pk, d.id, d.title, coalesce(s.state, 'new'),"
        " (SELECT json_group_object(c.label, c.count) FROM label_count c WHERE c.layer = s.layer),"
        " coalesce((SELECT note FROM document INDEXED BY document_noted"
        "  WHERE note <> '' AND pk = d.pk), '')"
        " FROM json_each(?) number JOIN document d ON d.pk = number.value"
        " LEFT JOIN standing s ON s.annotator = ? AND s.document = d.pk ORDER BY number.key"
    )
    found = rows(sql, json.dumps(list(numbers)), annotator)
    return [
        Listing(number, id_, title, state, json.loads(counts), note)
        for number, id_, title, state, counts, note in found
    ]


def row_number(rows: Rows, document: str) -> int | None:
    """The row number of an article, None where there is none."""
    found = rows("SELECT pk FROM document WHERE id = ?", document)
    return int(found[0][0]) if found else None


def first_not_done(rows: Rows, annotator: str, numbers: Sequence[int]) -> int | None:
    """The first of these row numbers whose article this person hasn't done."""
    sql = (
        "SELECT number.value FROM json_each(?) number WHERE NOT EXISTS (SELECT 1 FROM standing"
        " WHERE annotator = ? AND document = number.value AND state = 'done')"
        " ORDER BY number.key LIMIT 1"
    )
    found = rows(sql, json.dumps(list(numbers)), annotator)
    return int(found[0][0]) if found else None


def agreement(rows: Rows, numbers: Sequence[int] | None = None) -> dict[int, float]:
    """By row number, the share of an article's spans that all who worked on it marked alike.

    Of articles that two or more worked on and that have a span: the annotations whose label and
    extent are in each of the layers, over all their annotations. `numbers` are all articles' if
    not given.
    """
    among = "" if numbers is None else " AND document IN (SELECT value FROM json_each(?))"
    values = () if numbers is None else (json.dumps(list(numbers)),)
    sql = f"""
    WITH worked AS (SELECT document, layer FROM standing WHERE state <> 'new'{among}),
    many AS (SELECT document, count(*) AS layers FROM worked GROUP BY document HAVING count(*) > 1),
    version AS (SELECT many.document, many.layers, count(DISTINCT a.layer) AS kept, count(*) AS size
      FROM many JOIN worked ON worked.document = many.document
      JOIN annotation a ON a.layer = worked.layer
      GROUP BY many.document, a.label, a.start, a.end, a.fragments)
    SELECT document, 1.0 * sum(iif(kept = layers, size, 0)) / sum(size) FROM version
    GROUP BY document ORDER BY document"""  # noqa: S608  (our own names)
    return {int(number): float(share) for number, share in rows(sql, *values)}


def documents_having(rows: Rows, phrase: str) -> Iterator[str]:
    """The ids of the articles that may hold a phrase, in pages; all where it has no word."""
    match = match_of(rows, [Word(phrase)])
    sql = (
        "SELECT d.pk, d.id FROM document_search JOIN document d ON d.pk = document_search.rowid"
        " WHERE document_search MATCH ? AND document_search.rowid > ?"
        " ORDER BY document_search.rowid LIMIT 1000"
        if match
        else "SELECT pk, id FROM document WHERE ? = '' AND pk > ? ORDER BY pk LIMIT 1000"
    )
    last = 0
    while page := rows(sql, match, last):
        yield from (str(row[1]) for row in page)
        last = page[-1][0]


def ordered(rows: Rows, annotator: str, query: Query, order: Order) -> Iterator[list[int]]:
    """The row numbers of the articles that a query finds, in order, block by block.

    Where a search finds more than SORTED, they come as imported. Blocks may be empty.
    """
    if query:
        yield from _sorted(rows, annotator, query, order)
    elif order.by in ("date", "title"):
        yield from _by_column(rows, order)
    elif order.by == "state":
        yield from _by_state(rows, annotator, order)
    elif order.by == "agreement":
        known = _by_agreement(rows, order)
        yield known
        first = set(known)
        for block in Walk(rows, annotator, Query()).blocks():
            yield [each for each in block if each not in first]
    else:
        yield from Walk(rows, annotator, query, descending=order.descending).blocks()


def _by_column(rows: Rows, order: Order) -> Iterator[list[int]]:
    """By an index, from key to key; articles without a date come last."""
    column = "published" if order.by == "date" else "title COLLATE NOCASE"
    way, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
    dated = "published <> ''" if order.by == "date" else "1"
    sql = f"SELECT {column}, pk FROM document WHERE {dated}"  # noqa: S608  (our own names)
    # Not as a comparison of pairs, which SQLite doesn't look up in an index with a collation.
    following = f" AND {column} {beyond}= ? AND ({column} {beyond} ? OR pk {beyond} ?)"
    last: tuple[Any, ...] = ()
    while True:
        after = following if last else ""
        found = rows(f"{sql}{after} ORDER BY {column} {way}, pk {way} LIMIT {walk.BLOCK}", *last)
        yield [row[1] for row in found]
        if len(found) < walk.BLOCK:
            break
        last = (found[-1][0], *found[-1])
    if order.by == "date":
        undated = "SELECT pk FROM document WHERE published = '' AND pk > ? ORDER BY pk LIMIT ?"
        number = 0
        while found := rows(undated, number, walk.BLOCK):
            yield [row[0] for row in found]
            number = found[-1][0]


def _by_state(rows: Rows, annotator: str, order: Order) -> Iterator[list[int]]:
    for state in reversed(STATES) if order.descending else STATES:
        sought = Query(facets=(Facet("state", state),))
        yield from Walk(rows, annotator, sought).blocks()


def _by_agreement(rows: Rows, order: Order) -> list[int]:
    shares = agreement(rows)
    return sorted(shares, key=shares.__getitem__, reverse=order.descending)


def _sorted(rows: Rows, annotator: str, query: Query, order: Order) -> Iterator[list[int]]:
    if order.by == "imported" or (order.by == "best" and not query.words):
        yield from Walk(rows, annotator, query, descending=order.descending).blocks()
        return
    blocks = Walk(rows, annotator, query).blocks()
    if not query.facets and hits_beyond(rows, wanted(rows, query), SORTED):
        yield from blocks
        return
    found: list[int] = []
    for block in blocks:
        found += block
        if len(found) > SORTED:
            yield found
            yield from blocks
            return
    yield _in_order(rows, annotator, query, order, found)


def _in_order(
    rows: Rows, annotator: str, query: Query, order: Order, found: list[int]
) -> list[int]:
    """The row numbers found, which are not very many, put in order."""
    if order.by == "best":
        ranked = _ranked(rows, query, found)
    elif order.by == "agreement":
        ranked = [each for each in _by_agreement(rows, order) if each in set(found)]
    else:
        ranked = _sorted_by_sql(rows, annotator, order, found)
    first = set(ranked)
    return ranked + [each for each in found if each not in first]


def _ranked(rows: Rows, query: Query, found: list[int]) -> list[int]:
    """Those found with the words that are looked for, the best first."""
    match = wanted(rows, query)
    if not match or hits_beyond(rows, match, SORTED):
        return []
    among = set(found)
    sql = "SELECT rowid FROM document_search WHERE document_search MATCH ? ORDER BY rank"
    return [row[0] for row in rows(sql, match) if row[0] in among]


def _sorted_by_sql(rows: Rows, annotator: str, order: Order, found: list[int]) -> list[int]:
    way = "DESC" if order.descending else "ASC"
    keys = {
        "date": f"d.published = '', d.published {way}",
        "title": f"d.title COLLATE NOCASE {way}",
        "state": f"instr('{' '.join(STATES)}', coalesce(s.state, 'new')) {way}",
    }
    sql = (
        "SELECT d.pk FROM json_each(?) number JOIN document d ON d.pk = number.value"  # noqa: S608  (our own names)
        " LEFT JOIN standing s ON s.annotator = ? AND s.document = d.pk"
        f" ORDER BY {keys[order.by]}, d.pk {way}"
    )
    return [row[0] for row in rows(sql, json.dumps(found), annotator)]
