"""One of the two files of a merge: the latest version that it has of each value."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.store.merge.past import Past
from annotator.store.merge.stamped import is_row
from annotator.store.tables import TABLES, Row
from annotator.store.writer import among, stored_rows, tombs

What = tuple[str, str]
"""Kind and id of a value."""
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Version:
    """A row with its stamp, or a deletion (a row of nothing but `edit`), and when it was made."""

    row: Row
    time: str

    @property
    def stamp(self) -> str:
        """The id of the edit that made this version, "" for what a file is born with."""
        return str(self.row["edit"] or "")

    @property
    def lives(self) -> bool:
        """Whether it is no deletion."""
        return is_row(self.row)

    @property
    def rank(self) -> tuple[int, str, str]:
        """Of two versions the one of the higher rank holds: the later one, or the longer work."""
        seconds = self.row.get("seconds")
        return (int(seconds or 0), self.time, self.stamp)

    def says_as(self, other: "Version") -> bool:
        """Whether both mean the same, whoever wrote them."""
        return {**self.row, "edit": ""} == {**other.row, "edit": ""}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a file has of a value: the version it knows as the latest, and the row that is shown."""

    version: Version
    shown: Row | None


class Side:
    """A file, looked at through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.past = Past(connection)
        self.aside = dict(_aside(connection))

    def standings(self, kind: str, ids: Sequence[str]) -> dict[str, Standing]:
        """What the file has of these values, of those that it ever had."""
        table = TABLES[kind]
        stored = stored_rows(self.connection, table, [table.native(each) for each in ids])
        shown: dict[str, Row] = {str(key): row for key, row in stored.items()}
        gone = [each for each in ids if each not in shown]
        buried = tombs(self.connection, kind, gone)
        rows: list[tuple[str, Row]] = [*shown.items()]
        rows += ((id_, {"edit": by}) for id_, by in buried.items())
        rows += ((each, self.aside[kind, each]) for each in ids if (kind, each) in self.aside)
        found: dict[str, Standing] = {}
        for id_, version in self._versions(rows):
            if id_ not in found or version.rank > found[id_].version.rank:
                found[id_] = Standing(version, shown.get(id_))
        return found

    def stamps(self, kind: str) -> Iterator[tuple[dict[str, str], bool]]:
        """Stamps of all values of a kind, then of its deletions, by id, page by page.

        With each page comes whether it is of values.
        """
        table = TABLES[kind]
        live = f"SELECT pk, \"{table.key}\", edit FROM {table.name} WHERE ? <> '' AND pk > ?"  # noqa: S608  (our own names)
        dead = "SELECT pk, id, edit FROM tombstone WHERE kind = ? AND pk > ?"
        for sql in (live, dead):
            last = 0
            while page := self.connection.execute(
                f"{sql} ORDER BY pk LIMIT {_PAGE}", (kind, last)
            ).fetchall():
                yield {str(row[1]): str(row[2] or "") for row in page}, sql is live
                last = page[-1][0]
        kept = {id_: str(row["edit"]) for (each, id_), row in self.aside.items() if each == kind}
        known = self.stamps_of(kind, list(kept))
        yield {id_: stamp for id_, stamp in kept.items() if id_ not in known}, False

    def stamps_of(self, kind: str, ids: Sequence[str]) -> dict[str, str]:
        """The stamps of these values or of their deletions, by id."""
        table = TABLES[kind]
        sql = f'SELECT "{table.key}", edit FROM {table.name} WHERE "{table.key}"'  # noqa: S608  (our own names)
        found = {str(row[0]): str(row[1] or "") for row in among(self.connection, sql, ids)}
        gone = [each for each in ids if each not in found]
        return found | tombs(self.connection, kind, gone)

    def size(self) -> int:
        """About how many values and deletions `stamps` gives of all kinds."""
        tables = ("tombstone", *(table.name for table in TABLES.values()))
        counts = " + ".join(f"(SELECT count(*) FROM {name})" for name in tables)  # noqa: S608  (our own names)
        return int(self.connection.execute(f"SELECT {counts}").fetchone()[0])

    def _versions(self, rows: Sequence[tuple[str, Row]]) -> Iterator[tuple[str, Version]]:
        times = self.past.times(str(row["edit"]) for _, row in rows if row["edit"] is not None)
        return ((id_, Version(row, times.get(str(row["edit"]), ""))) for id_, row in rows)


def _aside(connection: sqlite3.Connection) -> Iterator[tuple[What, Row]]:
    """What lies aside since merges that stand, of the newest of them."""
    sql = (
        "SELECT kind, id, row FROM aside WHERE merge IN (SELECT edit FROM standing_merge)"
        " ORDER BY pk"
    )
    for kind, id_, row in connection.execute(sql):
        yield (kind, id_), json.loads(row)
