"""The one writer: edits into rows and journal, one transaction each; for the project alone."""

import hashlib
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from annotator.core.edits import Change, Kind, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import Document, Value, kind_of
from annotator.store import first_passes
from annotator.store.file import FAULTS, unsaved
from annotator.store.signs import cut, needs_cut
from annotator.store.tables import TABLES, Cell, Row, Table, to_json

_PART_CHANGES = 10_000
_PART_BYTES = 8_000_000
_BATCH = 500
_CACHE = 64_000
"""Kibibytes of pages that a transaction may hold."""
_MARKS = 500
"""As many keys are asked for at once; SQLite before 3.32 takes 999."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of an edit besides its changes; `of` is the edit undone or redone."""

    id: str
    who: str
    name: str
    kind: Kind = "edit"
    of: str = ""


class Writer:
    """Writes edits through one connection.

    Rows are required to equal what a change says was before, else Conflict and nothing is written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        # A page that a large transaction has no room for is written, read and written again.
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")

    @contextmanager
    def transaction(self, *, dry: bool = False) -> Iterator[None]:
        """Everything inside is written together, or, if it raises or this is `dry`, nothing.

        Raises UserError when the file is locked, full, damaged or read-only, or a value can't be
        stored, and Conflict when a link would lose its end. A block inside another belongs to the
        outer one.
        """
        if self._connection.in_transaction:
            yield
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            if not dry:
                self._connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise Conflict(
                f"Nothing was saved, because other work depends on it{self._dependent()} ({error})."
            ) from error
        except FAULTS as error:
            raise unsaved(error, self._path) from error
        except (UnicodeEncodeError, OverflowError) as error:
            raise UserError(
                f"Nothing was saved in {self._path}: a value can't be stored ({error})."
            ) from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _dependent(self) -> str:
        """Who wrote the row that a refused transaction would leave without what it refers to."""
        broken = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is None:
            return ""
        found = self._connection.execute(
            f"SELECT who, name, time FROM journal WHERE id = (SELECT edit FROM {broken[0]}"  # noqa: S608  (our own names)
            " WHERE pk = ?)",
            (broken[1],),
        ).fetchone()
        return (
            "" if found is None else f': "{found[1]}" by {found[0] or "nobody"}, {minute(found[2])}'
        )

    def be_born(self, values: Iterable[Value]) -> None:
        """Write what a new file holds before its first edit; the journal doesn't tell of it."""
        with self.transaction():
            for value in values:
                table = TABLES[kind_of(value)]
                self._connection.execute(table.insert, (*table.cells(value), None, None))

    def write(self, entry: Entry, changes: Iterable[Change]) -> None:
        """Write changes (any number, streamed) and their journal entry in one transaction."""
        with self.transaction():
            writing = self.begin(entry)
            writing.add(changes)
            writing.close()

    def begin(self, entry: Entry) -> "Writing":
        """An entry to which changes are added bit by bit, inside one transaction."""
        return Writing(self._connection, entry)


class Writing:
    """One entry on its way into the file; it is whole when it is closed.

    The first passes that it would change are kept by an entry of nobody's, which stands after it.
    An entry that is not `in_parts` has one part, which the journal gets at the end.
    """

    def __init__(
        self, connection: sqlite3.Connection, entry: Entry, *, in_parts: bool = True
    ) -> None:
        self.id = entry.id
        self.connection = connection
        self._entry = entry
        self.journal = Journal(connection, entry, in_parts=in_parts)
        self._first_passes = first_passes.FirstPasses(connection, entry.kind)
        self._kept: Writing | None = None
        buried = connection.execute("SELECT EXISTS (SELECT 1 FROM tombstone)")
        self._tombs = bool(buried.fetchone()[0])

    def add(self, changes: Iterable[Change]) -> None:
        """Write these changes too."""
        for _ in self.adding(tuple(changes)):
            pass

    def adding(self, changes: Sequence[Change]) -> Iterator[int]:
        """Write these changes too, some at a time, and yield how many those are."""
        for owed in self._first_passes.owed(changes):
            if self._kept is None:
                kept = Entry(new_id(), "", first_passes.NAME)
                self._kept = Writing(self.connection, kept, in_parts=False)
            self._kept.add(inserted([owed]))
        for start in range(0, len(changes), _BATCH):
            some = changes[start : start + _BATCH]
            self._write(some)
            yield len(some)

    def _write(self, changes: Iterable[Change]) -> None:
        for (kind, verb), group in groupby(changes, key=_sort_of):
            table = TABLES[kind]
            for batch in batches(group, lambda each: each.id):
                if verb == "insert":
                    self._insert(table, batch, kind)
                elif verb == "update":
                    self._update(table, batch, kind)
                else:
                    self._delete(table, batch, kind)
                    self._tombs = True

    def close(self) -> None:
        """Write the rest of the journal's entry."""
        self.journal.close()
        if self._kept is not None:
            self._kept.close()

    def _insert(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        ids = [each.id for each in batch]
        places = self._places(table, kind, ids)
        former = self._disinterred(kind, ids)
        for each in batch:
            stamp = former.get(each.id)
            self.journal.add(kind, each.id, None if stamp is None else {"edit": stamp})
        known_first = sorted(batch, key=lambda each: each.id not in places)
        rows = (
            (*table.cells(each.after), self._entry.id, places.get(each.id)) for each in known_first
        )
        try:
            self.connection.executemany(table.insert, rows)
        except sqlite3.IntegrityError as error:
            raise Conflict(_why_not_inserted(kind, error)) from error
        self._cut(batch)

    def _cut(self, batch: Iterable[Change]) -> None:
        documents = (change.after for change in batch)
        texts = (
            (each.id, each.title, each.text) for each in documents if isinstance(each, Document)
        )
        cut_apart(self.connection, texts)

    def _places(self, table: Table, kind: str, ids: Sequence[str]) -> dict[str, int]:
        """The row numbers at which undo and redo put rows back, by id, as far as they are free.

        What comes again by another edit, such as an import, is new there.
        """
        if self._entry.kind == "edit" or not self._tombs:
            return {}
        sql = "SELECT id, place FROM tombstone WHERE kind = ? AND place IS NOT NULL AND id"
        places = {row[0]: row[1] for row in among(self.connection, sql, ids, kind)}
        sql = f"SELECT pk FROM {table.name} WHERE pk"  # noqa: S608  (our own names)
        taken = {row[0] for row in among(self.connection, sql, list(places.values()))}
        return {id_: place for id_, place in places.items() if place not in taken}

    def _disinterred(self, kind: str, ids: Sequence[str]) -> dict[str, str]:
        """The stamps of the deletions that insertions follow, by id; the tombstones go."""
        former = tombs(self.connection, kind, ids) if self._tombs else {}
        self.connection.executemany(
            "DELETE FROM tombstone WHERE kind = ? AND id = ?", [(kind, id_) for id_ in former]
        )
        return former

    def _update(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        self._note_former(table, batch, kind)
        rows = (table.cells(each.after) for each in batch)
        updates = ((*rest, self._entry.id, key) for key, *rest in rows)
        self.connection.executemany(table.update, updates)
        self._cut(batch)

    def _delete(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        self._note_former(table, batch, kind)
        keys = [table.native(each.id) for each in batch]
        self.connection.executemany(
            "INSERT INTO tombstone (kind, id, edit, place)"  # noqa: S608  (our own names)
            f' SELECT ?, ?, ?, pk FROM {table.name} WHERE "{table.key}" = ?',
            [(kind, each.id, self._entry.id, key) for each, key in zip(batch, keys, strict=True)],
        )
        self.connection.executemany(table.delete, [(key,) for key in keys])

    def _note_former(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        """Note the rows as they stand, each of which must be its change's `before`."""
        keys = [table.native(each.id) for each in batch]
        rows = stored_rows(self.connection, table, keys)
        for each, key in zip(batch, keys, strict=True):
            self.journal.add(kind, each.id, self._expected(table, each, rows.get(key)))

    def _expected(self, table: Table, each: Change, row: Row | None) -> Row:
        """The row that a change finds, if it is the change's `before`."""
        assert each.before is not None
        if row is None:
            raise Conflict(f"The {each.kind} was removed meanwhile; nothing was changed.")
        # The cells are compared first, because that needs no JSON to be read.
        same = (*table.cells(each.before), row["edit"]) == tuple(row.values())
        if not same and table.value(row) != each.before:
            raise Conflict(f"The {each.kind} was changed meanwhile; nothing was changed.")
        return row


def cut_apart(connection: sqlite3.Connection, texts: Iterable[tuple[str, str, str]]) -> None:
    """Give the full-text search the articles whose signs stand without spaces, cut apart.

    An article is its id, title and text.
    """
    rows = [
        (cut(title), cut(text), id_)
        for id_, title, text in texts
        if needs_cut(title) or needs_cut(text)
    ]
    connection.executemany(
        "INSERT OR IGNORE INTO document_cut (pk, title, text)"
        " SELECT pk, ?, ? FROM document WHERE id = ?",
        rows,
    )


def stored_row(connection: sqlite3.Connection, table: Table, key: Cell) -> Row | None:
    """A row by its key, as `stored_rows` gives it; None for none."""
    return stored_rows(connection, table, [key]).get(key)


def stored_rows(
    connection: sqlite3.Connection, table: Table, keys: Sequence[Cell]
) -> dict[Cell, Row]:
    """Rows by their keys, with the edit that last wrote each, as far as they are there.

    Raises UserError where the file is damaged.
    """
    shape, asked, rows = (*table.columns, "edit"), set(keys), dict[Cell, Row]()
    for found in among(connection, f'{table.select} WHERE "{table.key}"', keys):
        row = dict(found)
        if tuple(row) != shape or row[table.key] not in asked:
            some = ", ".join(map(str, keys[:3]))
            raise UserError(f"The file is damaged: {table.name} gives another row for {some}.")
        rows[row[table.key]] = row
    return rows


def tombs(connection: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """The edits that deleted those of these values that were deleted, by the values' ids."""
    sql = "SELECT id, edit FROM tombstone WHERE kind = ? AND id"
    return {str(row[0]): str(row[1]) for row in among(connection, sql, ids, kind)}


def among(
    connection: sqlite3.Connection, sql: str, keys: Sequence[Cell], *first: Cell
) -> Iterator[sqlite3.Row]:
    """The rows of SQL that ends in a column which is to be one of these keys."""
    # Not as JSON, which would lose an id with a NUL in it.
    for start in range(0, len(keys), _MARKS):
        some = keys[start : start + _MARKS]
        marks = ", ".join("?" * len(some))
        yield from connection.execute(f"{sql} IN ({marks})", (*first, *some)).fetchall()


def now() -> str:
    """The time as the journal writes it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def minute(time: str) -> str:
    """A time of the journal as a person reads it: to the minute, in UTC."""
    return f"{time[:16].replace('T', ' ')} UTC"


def digest(head: Sequence[Cell], changes: str) -> str:
    """The SHA-256, in hexadecimal, of a journal row: the columns before `digest`, and `changes`."""
    return hashlib.sha256(f"{to_json(list(head))}\n{changes}".encode()).hexdigest()


def _sort_of(each: Change) -> tuple[str, str]:
    if each.before is None:
        return each.kind, "insert"
    return each.kind, "delete" if each.after is None else "update"


def batches(
    items: Iterable[Item], named: Callable[[Item], Hashable], size: int = _BATCH
) -> Iterator[Sequence[Item]]:
    """The items in their order, some at a time, no two of a batch of the same name."""
    batch: dict[Hashable, Item] = {}
    for each in items:
        name = named(each)
        if len(batch) >= size or name in batch:
            yield list(batch.values())
            batch = {}
        batch[name] = each
    yield list(batch.values())


def _why_not_inserted(kind: str, error: sqlite3.IntegrityError) -> str:
    if "UNIQUE" in str(error):
        return f"The project has this {kind} already; nothing was changed."
    return f"The {kind} is not valid ({error}); nothing was changed."


class Journal:
    """One entry of the journal in as many parts as its size asks for."""

    def __init__(self, connection: sqlite3.Connection, entry: Entry, *, in_parts: bool) -> None:
        self._connection = connection
        self._entry = entry
        self._in_parts = in_parts
        self._time = now()
        self._part = 0
        self._waiting: list[str] = []
        self._bytes = 0

    def add(self, kind: str, id_: str, before: Row | None, *left: str | None) -> None:
        """Note what one row was before; None where it never was.

        `left` is the stamp that the row or its deletion has now where that isn't this entry's id.
        """
        if before is None and not left:  # as all insertions, of which there may be very many
            text = f"[{to_json(kind)},{to_json(id_)},null]"
        else:
            text = to_json([kind, id_, before, *left])
        self._waiting.append(text)
        self._bytes += len(text)
        full = len(self._waiting) >= _PART_CHANGES or self._bytes >= _PART_BYTES
        if full and self._in_parts:
            self._flush()

    def close(self) -> None:
        """Write what waits; an entry has at least one part."""
        if self._waiting or self._part == 0:
            self._flush()

    def _flush(self) -> None:
        entry, time, part = self._entry, self._time, self._part
        head = (entry.id, part, time, entry.who, entry.name, entry.kind, entry.of)
        changes = f"[{','.join(self._waiting)}]"
        self._connection.execute(
            "INSERT INTO journal (id, part, time, who, name, kind, of, digest, changes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*head, digest(head, changes), changes),
        )
        self._waiting, self._bytes = [], 0
        self._part += 1
