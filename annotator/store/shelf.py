"""The list of articles: which ones a query finds, in an order, by their row numbers (`pk`).

Row numbers come in blocks, each of which is one short query, so that the first ones are there at
once however many follow.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.core.model import STATES, State
from annotator.core.query import Facet, Order, Query, Word
from annotator.store.signs import cut

Rows = Callable[..., Sequence[Any]]
"""Runs SQL with values and gives all rows."""
BLOCK = 10_000
"""Row numbers that one short query looks at."""
SORTED = 20_000
"""As many hits of a search are put in order; more come as imported."""
_VALUES = 2_000
"""As many sources or languages are looked at."""
_UNTOLD = re.compile(r'["\0\ud800-\udfff]')
"""What would end a quoted word, or can't be told to SQLite."""


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
    GROUP BY document ORDER BY document"""  # noqa: S608
    return {int(number): float(share) for number, share in rows(sql, *values)}


def facet_values(rows: Rows, facet: str) -> list[str]:
    """The sources or languages that there are, or whatever else a facet can be."""
    if facet in ("source", "language"):
        # From one value to the next: an index of a million rows is not walked.
        sql = (
            f"WITH RECURSIVE found(value) AS (SELECT min({facet}) FROM document UNION ALL SELECT"  # noqa: S608
            f" (SELECT min({facet}) FROM document WHERE {facet} > found.value) FROM found"
            f" WHERE found.value IS NOT NULL LIMIT {_VALUES})"
            " SELECT value FROM found WHERE value <> ''"
        )
        return [str(row[0]) for row in rows(sql)]
    if facet == "annotator":
        return [str(row[0]) for row in rows("SELECT name FROM annotator ORDER BY pk")]
    return list(STATES) if facet == "state" else []


def match_of(words: Iterable[Word]) -> str:
    """The words as a query of the full-text search, "" where none has a letter, digit or sign.

    Each word is quoted, so that nothing a person types is taken for a query's syntax.
    """
    terms = []
    for word in words:
        text = _UNTOLD.sub(" ", cut(word.text))
        if any(each.isalnum() or unicodedata.category(each) == "Co" for each in text):
            terms.append(f'"{text}"{"" if word.phrase else "*"}')
    return " ".join(terms)


def documents_having(rows: Rows, phrase: str) -> Iterator[str]:
    """The ids of the articles that may hold a phrase, in pages; all where it has no word."""
    match = match_of([Word(phrase)])
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
        for block in _Walk(rows, annotator, Query()).blocks():
            yield [each for each in block if each not in first]
    else:
        yield from _Walk(rows, annotator, query, descending=order.descending).blocks()


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
        found = rows(f"{sql}{after} ORDER BY {column} {way}, pk {way} LIMIT {BLOCK}", *last)
        yield [row[1] for row in found]
        if len(found) < BLOCK:
            break
        last = (found[-1][0], *found[-1])
    if order.by == "date":
        undated = "SELECT pk FROM document WHERE published = '' AND pk > ? ORDER BY pk LIMIT ?"
        number = 0
        while found := rows(undated, number, BLOCK):
            yield [row[0] for row in found]
            number = found[-1][0]


def _by_state(rows: Rows, annotator: str, order: Order) -> Iterator[list[int]]:
    for state in reversed(STATES) if order.descending else STATES:
        wanted = Query(facets=(Facet("state", state),))
        yield from _Walk(rows, annotator, wanted).blocks()


def _by_agreement(rows: Rows, order: Order) -> list[int]:
    shares = agreement(rows)
    return sorted(shares, key=shares.__getitem__, reverse=order.descending)


def _sorted(rows: Rows, annotator: str, query: Query, order: Order) -> Iterator[list[int]]:
    if order.by == "imported" or (order.by == "best" and not query.words):
        yield from _Walk(rows, annotator, query, descending=order.descending).blocks()
        return
    blocks = _Walk(rows, annotator, query).blocks()
    if not query.facets and _hits_beyond(rows, query):
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
    match = _wanted(query)
    if not match or _hits_beyond(rows, query):
        return []
    among = set(found)
    sql = "SELECT rowid FROM document_search WHERE document_search MATCH ? ORDER BY rank"
    return [row[0] for row in rows(sql, match) if row[0] in among]


def _wanted(query: Query) -> str:
    """The words that are looked for, less those that are to be left out; "" for none."""
    match = match_of(word for word in query.words if not word.without)
    for word in query.words if match else ():
        unwanted = match_of([word]) if word.without else ""
        match = f"({match}) NOT {unwanted}" if unwanted else match
    return match


def _hits_beyond(rows: Rows, query: Query) -> bool:
    """Whether the words alone are in more articles than are put in order."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM document_search WHERE document_search MATCH ? LIMIT ?)"
    )
    match = _wanted(query)
    return bool(match) and rows(sql, match, SORTED + 1)[0][0] > SORTED


def _sorted_by_sql(rows: Rows, annotator: str, order: Order, found: list[int]) -> list[int]:
    way = "DESC" if order.descending else "ASC"
    keys = {
        "date": f"d.published = '', d.published {way}",
        "title": f"d.title COLLATE NOCASE {way}",
        "state": f"instr('{' '.join(STATES)}', coalesce(s.state, 'new')) {way}",
    }
    sql = (
        "SELECT d.pk FROM json_each(?) number JOIN document d ON d.pk = number.value"  # noqa: S608
        " LEFT JOIN standing s ON s.annotator = ? AND s.document = d.pk"
        f" ORDER BY {keys[order.by]}, d.pk {way}"
    )
    return [row[0] for row in rows(sql, json.dumps(found), annotator)]


class _Walk:
    """A walk along the row numbers, block by block, past what a query does not find.

    It goes over the narrowest thing that holds all that may be found: the hits of the words, the
    person's own layers, or all articles.
    """

    def __init__(
        self, rows: Rows, annotator: str, query: Query, *, descending: bool = False
    ) -> None:
        self._rows = rows
        self._query = query
        self._descending = descending
        self._whose = self._people(annotator)
        self._from, self._key = "document d INDEXED BY document_line", "d.pk"
        self._tests: list[str] = []
        self._values: list[Any] = []
        self._nothing = False
        if query:
            self._choose()
            self._test_words()
            self._test_work()
            self._test_document()

    def blocks(self) -> Iterator[list[int]]:
        """The row numbers."""
        found = self._rows("SELECT coalesce(max(pk), 0) FROM document")
        top = 0 if self._nothing else int(found[0][0])
        tests = "".join(f" AND ({each})" for each in self._tests)
        way = "DESC" if self._descending else "ASC"
        sql = (
            f"SELECT {self._key} FROM {self._from} WHERE {self._key} > ? AND {self._key} <= ?"  # noqa: S608
            f"{tests} ORDER BY {self._key} {way}"
        )
        starts = range(0, top, BLOCK)
        for start in reversed(starts) if self._descending else starts:
            yield [row[0] for row in self._rows(sql, start, start + BLOCK, *self._values)]

    def _people(self, annotator: str) -> list[str]:
        """Whose labels and states are looked for."""
        named = self._query.values("annotator")
        if "all" in named:
            return facet_values(self._rows, "annotator")
        return list(named) or [annotator]

    def _choose(self) -> None:
        query = self._query
        sought = any(not word.without for word in query.words)
        states = query.values("state")
        worked = query.values("label") or query.values("annotator") or states
        if sought:
            match = _wanted(query)
            self._nothing = not match
            self._from, self._key = "document_search", "document_search.rowid"
            self._test("document_search MATCH ?", match)
        elif worked and "new" not in states and len(self._whose) == 1:
            self._from, self._key = "standing own", "own.document"
            self._test("own.annotator = ?", self._whose[0])
            if len(states) == 1:
                self._test("own.state = ?", states[0])

    def _test(self, sql: str, *values: Any) -> None:
        self._tests.append(sql)
        self._values += values

    def _test_words(self) -> None:
        """Leave out what has a word, where no other word is looked for."""
        for word in self._query.words if all(each.without for each in self._query.words) else ():
            match = match_of([word])
            if match:
                sql = "SELECT rowid FROM document_search WHERE document_search MATCH ?"
                self._test(f"{self._key} NOT IN ({sql})", match)

    def _test_work(self) -> None:
        query, whose = self._query, json.dumps(self._whose)
        people = "json_each(?) who LEFT JOIN standing s ON s.annotator = who.value"
        worked = f"EXISTS (SELECT 1 FROM {people} AND s.document = {self._key}"  # noqa: S608
        for without in (False, True):
            not_ = "NOT " if without else ""
            states = query.values("state", without=without)
            if states:
                among = "coalesce(s.state, 'new') IN (SELECT value FROM json_each(?))"
                self._test(f"{not_}{worked} WHERE {among})", whose, json.dumps(states))
            for label in query.values("label", without=without):
                having = "JOIN label_count c ON c.layer = s.layer AND c.label = ? COLLATE NOCASE"
                self._test(f"{not_}{worked} {having})", whose, label)
        if query.values("annotator") and not query.values("state"):
            self._test(f"{worked} WHERE s.state <> 'new')", whose)
        for name in query.values("annotator", without=True):
            self._test(f"NOT {worked} WHERE s.state <> 'new')", json.dumps([name]))

    def _test_document(self) -> None:
        query = self._query
        for without in (False, True):
            not_ = "NOT " if without else ""
            for column in ("source", "language"):
                wanted = query.values(column, without=without)
                if wanted:
                    meant = self._meant(column, wanted)
                    line = "SELECT 1 FROM document line INDEXED BY document_line"
                    where = f"line.pk = {self._key} AND line.{column}"
                    among = "IN (SELECT value FROM json_each(?))"
                    self._test(f"{not_}EXISTS ({line} WHERE {where} {among})", json.dumps(meant))
            for words in query.values("note", without=without):
                among = "IN (SELECT value FROM json_each(?))"
                self._test(f"{self._key} {not_}{among}", json.dumps(self._noted(words)))

    def _meant(self, column: str, wanted: Iterable[str]) -> list[str]:
        """The sources that have what is wanted in them, or the languages that begin with it."""
        keys = [each.casefold() for each in wanted]
        found = facet_values(self._rows, column)
        if column == "language":
            return [each for each in found if each.casefold().startswith(tuple(keys))]
        return [each for each in found if any(key in each.casefold() for key in keys)]

    def _noted(self, words: str) -> list[int]:
        """The articles that have a note with these words."""
        sql = "SELECT pk, note FROM document INDEXED BY document_noted WHERE note <> ''"
        sought = words.casefold()
        return [row[0] for row in self._rows(sql) if sought in str(row[1]).casefold()]
