"""Rows written as they stand elsewhere, with the stamps that they have there: for merges alone."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from annotator.store.tables import TABLES, Cell, Row, Table
from annotator.store.writer import Journal, among, batches, cut_apart, stored_rows, tombs

Target = tuple[str, Row | None]
"""The id of a value and its row to be, its stamp included.

A row of nothing but `edit` is a deletion by that edit; None is neither a row nor a deletion.
"""


@dataclass(frozen=True, slots=True)
class _Move:
    """A row as it was and is to be."""

    id: str
    was: Row | None
    target: Row | None

    @property
    def stamp(self) -> Cell:
        """The stamp that the row or its deletion is to have."""
        return self.target["edit"] if self.target else None


def is_row(row: Row | None) -> bool:
    """Whether a row is one, and neither a deletion nor nothing."""
    return row is not None and len(row) > 1


def put(
    connection: sqlite3.Connection, journal: Journal, kind: str, targets: Sequence[Target]
) -> int:
    """Make the rows of one kind what they are to be, and return how many were not so.

    No two targets are of one id. What the rows were goes into the journal with the stamps that they
    are left with, so that the way back leads to rows, stamps and deletions as they were.
    """
    table = TABLES[kind]
    moves = _moves(connection, kind, targets)
    for each in moves:
        stamp = each.stamp
        journal.add(kind, each.id, each.was, None if stamp is None else str(stamp))
    _bury(connection, table, kind, [each for each in moves if not is_row(each.target)])
    changed = [each for each in moves if is_row(each.target)]
    _update(connection, table, [each for each in changed if is_row(each.was)])
    _insert(connection, table, kind, [each for each in changed if not is_row(each.was)])
    if kind == "document":
        rows = (each.target for each in changed if each.target)
        cut_apart(connection, ((str(r["id"]), str(r["title"]), str(r["text"])) for r in rows))
    return len(moves)


def restored(
    connection: sqlite3.Connection, journal: Journal, rows: Mapping[tuple[str, str], Row | None]
) -> Iterator[int]:
    """Make rows, by kind and id, what they were; yields how many were looked at, some at a time."""
    for kind, group in groupby(rows, key=itemgetter(0)):
        for batch in batches(group, itemgetter(1)):
            put(connection, journal, kind, [(each[1], rows[each]) for each in batch])
            yield len(batch)


def _moves(connection: sqlite3.Connection, kind: str, targets: Sequence[Target]) -> list[_Move]:
    """The targets that are not reached yet, each with what it was."""
    table = TABLES[kind]
    rows = stored_rows(connection, table, [table.native(id_) for id_, _ in targets])
    gone = [id_ for id_, _ in targets if table.native(id_) not in rows]
    former: dict[str, Row] = {
        id_: {"edit": by} for id_, by in tombs(connection, kind, gone).items()
    }
    moves = (
        _Move(id_, rows.get(table.native(id_)) or former.get(id_), target)
        for id_, target in targets
    )
    return [each for each in moves if each.was != each.target]


def _bury(connection: sqlite3.Connection, table: Table, kind: str, moves: Sequence[_Move]) -> None:
    """Take rows away, and leave the deletions that are to be there, and no other."""
    there = [each for each in moves if is_row(each.was)]
    connection.executemany(
        "INSERT INTO tombstone (kind, id, edit, place)"  # noqa: S608  (our own names)
        f' SELECT ?, ?, ?, pk FROM {table.name} WHERE "{table.key}" = ?',
        [(kind, each.id, each.stamp, table.native(each.id)) for each in there if each.target],
    )
    connection.executemany(table.delete, [(table.native(each.id),) for each in there])
    connection.executemany(
        "INSERT INTO tombstone (kind, id, edit) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, id) DO UPDATE SET edit = excluded.edit",
        [(kind, each.id, each.stamp) for each in moves if each.target and not is_row(each.was)],
    )
    connection.executemany(
        "DELETE FROM tombstone WHERE kind = ? AND id = ?",
        [(kind, each.id) for each in moves if each.target is None],
    )


def _update(connection: sqlite3.Connection, table: Table, moves: Sequence[_Move]) -> None:
    rows = (table.stored(each.target) for each in moves)
    connection.executemany(table.update, ((*rest, key) for key, *rest in rows))


def _insert(
    connection: sqlite3.Connection, table: Table, kind: str, moves: Sequence[_Move]
) -> None:
    """Bring rows in, those that were deleted at the row numbers that they had, where they can."""
    dug = [each.id for each in moves if each.was is not None]
    sql = "SELECT id, place FROM tombstone WHERE kind = ? AND place IS NOT NULL AND id"
    places = {row[0]: row[1] for row in among(connection, sql, dug, kind)}
    sql = f"SELECT pk FROM {table.name} WHERE pk"  # noqa: S608  (our own names)
    taken = {row[0] for row in among(connection, sql, list(places.values()))}
    free = {id_: place for id_, place in places.items() if place not in taken}
    connection.executemany(
        "DELETE FROM tombstone WHERE kind = ? AND id = ?", [(kind, id_) for id_ in dug]
    )
    known_first = sorted(moves, key=lambda each: each.id not in free)
    cells = table.stored
    rows = ((*cells(each.target), free.get(each.id)) for each in known_first)
    connection.executemany(table.insert, rows)
