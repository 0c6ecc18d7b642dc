"""What a query finds, as a walk along the row numbers (`pk`) of the articles."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.core.model import STATES
from annotator.core.query import Query
from annotator.store.matching import Rows, match_of, wanted

BLOCK = 5_000
"""Row numbers that one short query looks at."""
_VALUES = 2_000
"""As many sources or languages are looked at."""


def facet_values(rows: Rows, facet: str) -> list[str]:
    """The sources or languages that there are, or whatever else a facet can be."""
    if facet in ("source", "language"):
        # From one value to the next: an index of a million rows is not walked.
        sql = (
            f"WITH RECURSIVE found(value) AS (SELECT min({facet}) FROM document UNION ALL SELECT"  # noqa: S608  (our own names)
            f" (SELECT min({facet}) FROM document WHERE {facet} > found.value) FROM found"
            f" WHERE found.value IS NOT NULL LIMIT {_VALUES})"
            " SELECT value FROM found WHERE value <> ''"
        )
        return [str(row[0]) for row in rows(sql)]
    if facet == "annotator":
        return [str(row[0]) for row in rows("SELECT name FROM annotator ORDER BY pk")]
    return list(STATES) if facet == "state" else []


class Walk:
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
            "WITH block (above, up_to) AS (VALUES (?, ?)) "  # noqa: S608  (our own names)
            f"SELECT {self._key} FROM {self._from} WHERE {_in_block(self._key)}"
            f"{tests} ORDER BY {self._key} {way}"
        )
        starts = range(0, top, BLOCK)
        for start in reversed(starts) if self._descending else starts:
            yield [row[0] for row in self._rows(sql, start, start + BLOCK, *self._values)]

    def _people(self, annotator: str) -> list[str]:
        """Whose labels and states are looked for."""
        return self._named(self._query.values("annotator")) or [annotator]

    def _named(self, names: Sequence[str]) -> list[str]:
        """The people of these names; everybody where "all" is among them."""
        return facet_values(self._rows, "annotator") if "all" in names else list(names)

    def _choose(self) -> None:
        query = self._query
        sought = any(not word.without for word in query.words)
        states = query.values("state")
        worked = query.values("label") or query.values("annotator") or states
        if sought:
            match = wanted(self._rows, query)
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
            match = match_of(self._rows, [word])
            if match:
                sql = (
                    "SELECT rowid FROM document_search WHERE document_search MATCH ?"  # noqa: S608  (our own names)
                    f" AND {_in_block('rowid')}"
                )
                self._test(f"{self._key} NOT IN ({sql})", match)

    def _test_work(self) -> None:
        query, whose = self._query, json.dumps(self._whose)
        people = "json_each(?) who LEFT JOIN standing s ON s.annotator = who.value"
        worked = f"EXISTS (SELECT 1 FROM {people} AND s.document = {self._key}"  # noqa: S608  (our own names)
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
            unwanted = self._named([name])
            self._test(f"NOT {worked} WHERE s.state <> 'new')", json.dumps(unwanted))

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
        """The articles that have a note with these words, or a span of the persons with one."""
        sql = (
            "SELECT pk, note FROM document INDEXED BY document_noted WHERE note <> '' UNION ALL"
            " SELECT s.document, a.note FROM annotation a INDEXED BY annotation_noted"
            " CROSS JOIN layer l ON l.id = a.layer CROSS JOIN document d ON d.id = l.document"
            " CROSS JOIN standing s ON s.annotator = l.annotator AND s.document = d.pk"
            " WHERE a.note <> '' AND s.layer = l.id"
            " AND l.annotator IN (SELECT value FROM json_each(?))"
        )
        sought, found = words.casefold(), self._rows(sql, json.dumps(self._whose))
        return sorted({row[0] for row in found if sought in str(row[1]).casefold()})


def _in_block(key: str) -> str:
    return f"{key} > (SELECT above FROM block) AND {key} <= (SELECT up_to FROM block)"  # noqa: S608  (our own names)
