"""Entries of other files' journals, kept as history: they are never unwound here."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.store.writer import among, batches, digest

EMPTY = "[]"
"""The changes of an entry of which only the head came along."""
_HEAD = "id, part, time, who, name, kind, of"
_PAGE = 2_000
_ADD = (
    f"INSERT INTO foreign_journal ({_HEAD}, digest, changes, project, merge)"  # noqa: S608  (our own names)
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, part) DO UPDATE SET"
    f" digest = iif(changes = '{EMPTY}', excluded.digest, digest),"
    f" changes = iif(changes = '{EMPTY}', excluded.changes, changes),"
    " merge = iif(merge IN (SELECT edit FROM standing_merge), merge, excluded.merge)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A part of an entry: `head` is its id, part, time, who, name, kind, and what it is of."""

    head: tuple[str | int, ...]
    digest: str
    changes: str
    project: str


class Past:
    """All that a file knows of what was done: its own journal, and those that merges brought.

    `project` is the file's own id. What an undone merge has brought is known no longer, but kept.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        found = connection.execute("SELECT value FROM project WHERE key = 'id'").fetchone()
        self.project = str(found[0]) if found else ""
        self._times: dict[str, str] = {}

    @property
    def home(self) -> str:
        """The id of the project that this file was handed out by, else its own."""
        sql = "SELECT project FROM merge WHERE file = '' ORDER BY pk LIMIT 1"
        found = self._connection.execute(sql).fetchone()
        return str(found[0]) if found else self.project

    def known(self, stamps: Iterable[str]) -> set[str]:
        """Those of these stamps whose entry stands in this file's past."""
        asked = list(stamps)
        own = "SELECT id FROM journal WHERE part = 0 AND id"
        brought = (
            "SELECT id FROM foreign_journal WHERE part = 0"
            " AND merge IN (SELECT edit FROM standing_merge) AND id"
        )
        return {
            str(row[0]) for sql in (own, brought) for row in among(self._connection, sql, asked)
        }

    def times(self, stamps: Iterable[str]) -> dict[str, str]:
        """When the entries of these stamps were written, as far as any are told of."""
        asked = [each for each in dict.fromkeys(stamps) if each not in self._times]
        for table in ("foreign_journal", "journal"):
            sql = f"SELECT id, time FROM {table} WHERE part = 0 AND id"  # noqa: S608  (our own names)
            self._times.update(
                (str(row[0]), str(row[1])) for row in among(self._connection, sql, asked)
            )
        return self._times

    def heads(self, stamps: Iterable[str]) -> Iterator[Told]:
        """The entries of these stamps, without what they changed."""
        asked = list(dict.fromkeys(stamps))
        own = f"SELECT {_HEAD}, ? FROM journal WHERE part = 0 AND id"  # noqa: S608  (our own names)
        brought = f"SELECT {_HEAD}, project FROM foreign_journal WHERE part = 0 AND id"  # noqa: S608  (our own names)
        for row in among(self._connection, own, asked, self.project):
            yield Told(tuple(row)[:-1], digest(tuple(row)[:-1], EMPTY), EMPTY, row[-1])
        for row in among(self._connection, brought, asked):
            yield Told(tuple(row)[:-1], digest(tuple(row)[:-1], EMPTY), EMPTY, row[-1])

    def told(self) -> Iterator[list[Told]]:
        """All that stands in this file's past, page by page, each entry with what it changed."""
        own = f"SELECT seq, {_HEAD}, digest, changes, ? FROM journal WHERE seq > ?"  # noqa: S608  (our own names)
        brought = (
            f"SELECT pk, {_HEAD}, digest, changes, project FROM foreign_journal"  # noqa: S608  (our own names)
            " WHERE ? <> '' AND merge IN (SELECT edit FROM standing_merge) AND pk > ?"
        )
        for sql in (own, brought):
            last = 0
            while page := self._connection.execute(
                f"{sql} ORDER BY 1 LIMIT {_PAGE}", (self.project, last)
            ).fetchall():
                yield [Told(tuple(row)[1:-3], *tuple(row)[-3:]) for row in page]
                last = page[-1][0]

    def altered(self) -> str:
        """The id of an entry that was changed after it was written, "" for none."""
        told = (each for page in self.told() for each in page)
        wrong = (
            str(each.head[0]) for each in told if digest(each.head, each.changes) != each.digest
        )
        return next(wrong, "")

    def bring(self, entries: Sequence[Told], merge: str) -> int:
        """Keep entries of another file, as brought by a merge; return how many were not known."""
        fresh = 0
        for batch in batches(entries, lambda each: each.head[:2]):
            wanted = self._wanted(batch)
            self._connection.executemany(
                _ADD,
                [(*each.head, each.digest, each.changes, each.project, merge) for each in wanted],
            )
            fresh += len(wanted)
        return fresh

    def _wanted(self, batch: Sequence[Told]) -> list[Told]:
        """Those that are new here, or tell more than what is here, or came by an undone merge."""
        ids = [str(each.head[0]) for each in batch]
        own = {row[0] for row in among(self._connection, "SELECT id FROM journal WHERE id", ids)}
        sql = (
            f"SELECT id, part, changes <> '{EMPTY}', merge IN (SELECT edit FROM standing_merge)"  # noqa: S608  (our own names)
            " FROM foreign_journal WHERE id"
        )
        kept = {tuple(row)[:2]: tuple(row)[2:] for row in among(self._connection, sql, ids)}
        return [
            each
            for each in batch
            if each.head[0] not in own
            and kept.get(each.head[:2], (0, 0)) not in {(1, 1), (int(each.changes != EMPTY), 1)}
        ]
