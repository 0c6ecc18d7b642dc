"""The journal read: what can be undone and redone, and what that changes."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.edits import Change, Edit
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Value  # noqa: TC001  (one way of importing values everywhere)
from annotator.store.tables import TABLES, Row
from annotator.store.writer import Kind, minute, stored_row


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of the journal, without its changes; `time` is ISO 8601 in UTC."""

    id: str
    time: str
    who: str
    name: str
    kind: Kind
    of: str


_NOTED = "SELECT id, time, who, name, kind, of, seq FROM journal WHERE part = 0"
_FIRST_PAGE = 16
_PAGE = 1024


def entries(connection: sqlite3.Connection, *, who: str | None = None) -> Iterator[Noted]:
    """The entries, the newest first, of everybody or of one person.

    Read in pages, so that whoever stops in the middle holds no snapshot of the file.
    """
    mine, whose = ("", ()) if who is None else (" AND who = ?", (who,))
    sql = f"{_NOTED}{mine} AND seq < ? ORDER BY seq DESC LIMIT ?"
    below, size = 1 << 62, _FIRST_PAGE
    while True:
        page = connection.execute(sql, (*whose, below, size)).fetchall()
        for row in page:
            yield Noted(*row[:-1])
        if len(page) < size:
            return
        below, size = page[-1][-1], _PAGE


def entry(connection: sqlite3.Connection, id_: str) -> Noted:
    """The entry of this id; raises UserError where a damaged journal lacks it."""
    found = connection.execute(f"{_NOTED} AND id = ?", (id_,)).fetchone()
    if found is None:
        raise UserError(f"The file is damaged: its journal has no entry {id_}.")
    return Noted(*found[:-1])


def undoable(connection: sqlite3.Connection, who: str) -> Noted | None:
    """The newest edit of a person that is not undone."""
    standing: dict[str, str] = {}
    for each in entries(connection, who=who):
        if each.kind != "edit":
            standing.setdefault(each.of, each.kind)
        elif standing.get(each.id) != "undo":
            return each
    return None


def redoable(connection: sqlite3.Connection, who: str) -> Noted | None:
    """The edit that this person undid last and has neither redone nor followed by a new one."""
    redone = 0
    for each in entries(connection, who=who):
        if each.kind == "edit":
            return None
        if each.kind == "redo":
            redone += 1
        elif redone:
            redone -= 1
        else:
            return entry(connection, each.of)
    return None


def changes_of(connection: sqlite3.Connection, id_: str) -> Iterator[tuple[str, str, Row | None]]:
    """Kind, id and former row of each change of an entry, the last change first.

    A former row of nothing but `edit` is the stamp of a deletion. Raises UserError for an entry
    that can't be read.
    """
    sql = "SELECT part FROM journal WHERE id = ? ORDER BY part DESC"
    for (part,) in connection.execute(sql, (id_,)).fetchall():
        sql = "SELECT changes FROM journal WHERE id = ? AND part = ?"
        (text,) = connection.execute(sql, (id_, part)).fetchone()
        try:
            found = [_change(*each) for each in json.loads(text)]
        except (ValueError, TypeError, RecursionError) as error:
            raise UserError(
                f"The file is damaged: the journal's entry {id_} cannot be read ({error})."
            ) from error
        yield from reversed(found)


def _change(kind: str, key: str, before: Row | None) -> tuple[str, str, Row | None]:
    table = TABLES.get(kind)
    if table is None:
        raise ValueError(f"it changes an unknown kind of thing, {kind}")
    if before is not None and set(before) != {"edit"}:
        whole = set(before) == {*table.columns, "edit"}
        if whole and before[table.key] == table.native(key):
            return kind, key, before
        raise ValueError(f"what it tells of the {kind} {key} is not a row")
    return kind, key, before


def inverse(connection: sqlite3.Connection, edit: Noted, kind: Kind) -> Edit:
    """The edit that undoes (`kind` "undo") or redoes an entry, computed from the rows as they are.

    Raises Conflict, naming who, what and when, where a row has been changed since.
    """
    lineage = _Lineage(connection, edit, kind)
    seen: dict[tuple[str, str], Value | None] = {}
    changes: list[Change] = []
    for name, key, before in changes_of(connection, lineage.last):
        table = TABLES[name]
        if (name, key) in seen:
            current = seen[name, key]
        else:
            row = stored_row(connection, table, table.native(key))
            lineage.require_untouched((name, key), row)
            current = None if row is None else table.value(row)
        after = None if before is None or len(before) == 1 else table.value(before)
        seen[name, key] = after
        if current is not None or after is not None:
            changes.append(Change(current, after))
    return Edit(edit.name, tuple(changes))


class _Lineage:
    """Whether rows still are as an entry, or its last redo or undo (`last`), left them.

    A row that others changed and took back again counts as left alone: a step of undo or redo put
    it back to what it was before another entry, so its stamp is followed from step to step.
    """

    def __init__(self, connection: sqlite3.Connection, edit: Noted, kind: Kind) -> None:
        self._connection = connection
        self._edit = edit
        self._kind = kind
        opposite: Kind = "redo" if kind == "undo" else "undo"
        self.last = self._newest(edit.id, opposite) or edit.id
        self._entries: dict[str, Noted] = {}
        self._former: dict[str, dict[tuple[str, str], str | None]] = {}

    def require_untouched(self, what: tuple[str, str], row: Row | None) -> None:
        """Raise Conflict unless the row's stamp leads back to `last`."""
        stamp = self._stamp(what, row)
        while stamp is not None and stamp != self.last:
            since = self._entry(stamp)
            if since.kind == "edit":
                raise self._conflict(what[0], since)
            stamp = self._restored(since).get(what)
        if stamp is None:
            raise self._conflict(what[0], None)

    def _conflict(self, kind: str, since: Noted | None) -> Conflict:
        step = "taken back" if self._kind == "undo" else "done again"
        if since is None:
            return Conflict(
                f'"{self._edit.name}" can\'t be {step}: the {kind} is not as it left it.'
            )
        return Conflict(
            f'"{self._edit.name}" can\'t be {step}: {since.who} changed the same {kind} '
            f'later ("{since.name}", {minute(since.time)}); that has to be taken back first.'
        )

    def _stamp(self, what: tuple[str, str], row: Row | None) -> str | None:
        if row is not None:
            return None if row["edit"] is None else str(row["edit"])
        found = self._connection.execute(
            "SELECT edit FROM tombstone WHERE kind = ? AND id = ?", what
        ).fetchone()
        return None if found is None else str(found[0])

    def _entry(self, id_: str) -> Noted:
        if id_ not in self._entries:
            self._entries[id_] = entry(self._connection, id_)
        return self._entries[id_]

    def _restored(self, step: Noted) -> dict[tuple[str, str], str | None]:
        """The stamps whose state a step of undo or redo put back, by kind and id."""
        if step.id not in self._former:
            opposite: Kind = "undo" if step.kind == "redo" else "redo"
            taken_back = self._newest(step.of, opposite, before=step.id) or step.of
            self._former[step.id] = {
                (kind, key): None if row is None else str(row["edit"])
                for kind, key, row in changes_of(self._connection, taken_back)
            }
        return self._former[step.id]

    def _newest(self, of: str, kind: Kind, *, before: str | None = None) -> str | None:
        """The newest entry of this kind on an edit, of those before an entry if one is named."""
        found = self._connection.execute(
            "SELECT id FROM journal WHERE of = :of AND kind = :kind AND part = 0"
            " AND (:before IS NULL OR seq < (SELECT min(seq) FROM journal WHERE id = :before))"
            " ORDER BY seq DESC LIMIT 1",
            {"of": of, "kind": kind, "before": before},
        ).fetchone()
        return None if found is None else str(found[0])
