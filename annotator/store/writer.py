"""The one writer: edits into rows and journal, one transaction each; for the project alone."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from annotator.core.edits import Change, Kind
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Document, Value, kind_of
from annotator.store.file import FAULTS, unsaved
from annotator.store.signs import cut, needs_cut
from annotator.store.tables import TABLES, Cell, Row, Table, to_json

_PART_CHANGES = 10_000
_PART_BYTES = 8_000_000
_BATCH = 2_000


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
            f"SELECT who, name, time FROM journal WHERE id = (SELECT edit FROM {broken[0]}"  # noqa: S608
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
                self._connection.execute(table.insert, (*table.cells(value), None))

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
    """One entry on its way into the file; it is whole when it is closed."""

    def __init__(self, connection: sqlite3.Connection, entry: Entry) -> None:
        self._connection = connection
        self._entry = entry
        self._journal = _Journal(connection, entry)
        buried = connection.execute("SELECT EXISTS (SELECT 1 FROM tombstone)")
        self._tombs = bool(buried.fetchone()[0])

    def add(self, changes: Iterable[Change]) -> None:
        """Write these changes too."""
        for (kind, verb), group in groupby(changes, key=_sort_of):
            table = TABLES[kind]
            for batch in _batches(group):
                if verb == "insert":
                    self._insert(table, batch, kind)
                elif verb == "update":
                    self._update(table, batch, kind)
                else:
                    self._delete(table, batch, kind)
                    self._tombs = True

    def close(self) -> None:
        """Write the rest of the journal's entry."""
        self._journal.close()

    def _insert(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        if self._tombs:
            for each in batch:
                self._journal.add(kind, each.id, self._disinterred(kind, each.id))
        else:
            self._journal.extend(kind, [each.id for each in batch])
        rows = ((*table.cells(each.after), self._entry.id) for each in batch)
        try:
            self._connection.executemany(table.insert, rows)
        except sqlite3.IntegrityError as error:
            raise Conflict(_why_not_inserted(kind, error)) from error
        self._cut(batch)

    def _cut(self, batch: Iterable[Change]) -> None:
        """Give the full-text search the articles whose signs stand without spaces, cut apart."""
        rows = [
            (cut(each.title), cut(each.text), each.id)
            for each in (change.after for change in batch)
            if isinstance(each, Document) and (needs_cut(each.title) or needs_cut(each.text))
        ]
        self._connection.executemany(
            "INSERT OR IGNORE INTO document_cut (pk, title, text)"
            " SELECT pk, ?, ? FROM document WHERE id = ?",
            rows,
        )

    def _disinterred(self, kind: str, id_: str) -> Row | None:
        """The stamp of the deletion that an insertion follows, if any; the tombstone goes."""
        where = "tombstone WHERE kind = ? AND id = ?"
        found = self._connection.execute(f"SELECT edit FROM {where}", (kind, id_)).fetchone()  # noqa: S608
        if found is None:
            return None
        self._connection.execute(f"DELETE FROM {where}", (kind, id_))  # noqa: S608
        return {"edit": found[0]}

    def _update(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        for each in batch:
            self._journal.add(kind, each.id, self._expected(table, each))
            assert each.after is not None
            cells = table.cells(each.after)
            self._connection.execute(table.update, (*cells, self._entry.id, table.native(each.id)))
        self._cut(batch)

    def _delete(self, table: Table, batch: Sequence[Change], kind: str) -> None:
        for each in batch:
            self._journal.add(kind, each.id, self._expected(table, each))
            self._connection.execute(table.delete, (table.native(each.id),))
            bury(self._connection, kind, each.id, self._entry.id)

    def _expected(self, table: Table, each: Change) -> Row:
        """The row as it stands, which must be the change's `before`."""
        assert each.before is not None
        row = stored_row(self._connection, table, table.native(each.id))
        if row is None:
            raise Conflict(f"The {each.kind} was removed meanwhile; nothing was changed.")
        cells = table.cells(each.before)  # compared first, because it needs no JSON to be read
        same = all(row[name] == cell for name, cell in zip(table.columns, cells, strict=True))
        if not same and table.value(row) != each.before:
            raise Conflict(f"The {each.kind} was changed meanwhile; nothing was changed.")
        return row


def stored_row(connection: sqlite3.Connection, table: Table, key: Cell) -> Row | None:
    """A row by its key, with the edit that last wrote it; UserError where the file is damaged."""
    found = connection.execute(f'{table.select} WHERE "{table.key}" = ?', (key,)).fetchone()
    if found is None:
        return None
    row = dict(found)
    if tuple(row) != (*table.columns, "edit") or row[table.key] != key:
        raise UserError(f"The file is damaged: {table.name} gives another row for {key}.")
    return row


def bury(connection: sqlite3.Connection, kind: str, id_: str, edit: str) -> None:
    """Leave a tombstone where a value was deleted."""
    connection.execute("INSERT INTO tombstone (kind, id, edit) VALUES (?, ?, ?)", (kind, id_, edit))


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


def _batches(changes: Iterable[Change]) -> Iterator[Sequence[Change]]:
    batch: list[Change] = []
    for each in changes:
        batch.append(each)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _why_not_inserted(kind: str, error: sqlite3.IntegrityError) -> str:
    if "UNIQUE" in str(error):
        return f"The project has this {kind} already; nothing was changed."
    return f"The {kind} is not valid ({error}); nothing was changed."


class _Journal:
    """One entry of the journal in as many parts as its size asks for."""

    def __init__(self, connection: sqlite3.Connection, entry: Entry) -> None:
        self._connection = connection
        self._entry = entry
        self._time = now()
        self._part = 0
        self._waiting: list[str] = []
        self._bytes = 0

    def add(self, kind: str, id_: str, before: Row | None) -> None:
        """Note what one row was before; None where it never was."""
        text = to_json([kind, id_, before])
        self._waiting.append(text)
        self._bytes += len(text)
        if len(self._waiting) >= _PART_CHANGES or self._bytes >= _PART_BYTES:
            self._flush()

    def extend(self, kind: str, ids: Sequence[str]) -> None:
        """Note insertions of rows that never were."""
        for id_ in ids:
            self.add(kind, id_, None)

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
