"""The way back from an entry of the journal: what undo and redo change, if nobody is in the way."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from annotator.core.edits import Change, Edit, Kind, Noted
from annotator.core.errors import Conflict
from annotator.core.model import Value
from annotator.core.steps import Counted
from annotator.store.journal import brought, changes_of, entry, last_changed, stamp_of, whole
from annotator.store.tables import TABLES, Row
from annotator.store.writer import batches, minute, stored_rows, tombs


class Overtaken(Conflict):
    """An edit can't be undone or redone before a later one (`since`) on the same is taken back."""

    def __init__(self, sentence: str, since: Noted) -> None:
        super().__init__(sentence)
        self.since = since


@dataclass(frozen=True, slots=True)
class Inverse:
    """What takes an entry back: an edit, of which `rows` is what comes back as it was, stamps too.

    Those are the rows, by kind and id, that the entry had from elsewhere: it was a merge, or gave
    somebody another name.
    """

    edit: Edit
    rows: dict[tuple[str, str], Row | None]


def inverse(connection: sqlite3.Connection, edit: Noted, kind: Kind) -> Counted[Inverse]:
    """What undoes (`kind` "undo") or redoes an entry, computed from the rows as they are.

    Yields how many changes were found between two batches.
    Raises Conflict, naming who, what and when, where a row has been changed since (Overtaken where
    taking that back would help).
    """
    lineage = _Lineage(connection, edit, kind)
    seen: dict[tuple[str, str], Value | None] = {}
    rows: dict[tuple[str, str], Row | None] = {}
    changes: list[Change] = []
    for batch in batches(changes_of(connection, lineage.last), lambda each: each[:2]):
        unseen = {each[:2]: each[3] for each in batch if each[:2] not in seen}
        seen.update(lineage.untouched(unseen))
        for name, key, before, left in batch:
            current, after = seen[name, key], whole(TABLES[name], before)
            seen[name, key] = after
            if left != lineage.last:
                rows[name, key] = before
            if current is not None or after is not None:
                changes.append(Change(current, after))
        yield len(batch)
    return Inverse(Edit(edit.name, tuple(changes)), rows)


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

    def untouched(
        self, left: Mapping[tuple[str, str], str | None]
    ) -> Iterator[tuple[tuple[str, str], Value | None]]:
        """Values as they stand, None for those that are gone, by kind and id.

        Raises Conflict unless the stamp of each leads back to the one that `last` has left.
        """
        for kind, group in groupby(left, key=itemgetter(0)):
            table, ids = TABLES[kind], [each[1] for each in group]
            rows = stored_rows(self._connection, table, list(map(table.native, ids)))
            gone = [id_ for id_ in ids if table.native(id_) not in rows]
            buried = tombs(self._connection, kind, gone)
            for id_ in ids:
                row = rows.get(table.native(id_))
                what = kind, id_
                stamp = stamp_of(self._connection, what, row) if row else buried.get(id_)
                self._require_untouched(what, stamp, left[what])
                yield what, whole(table, row)

    def _require_untouched(
        self, what: tuple[str, str], stamp: str | None, left: str | None
    ) -> None:
        """Raise Conflict unless a row's stamp leads back to the one that was left."""
        while stamp != left:
            if stamp is None:
                raise self._conflict(what[0], last_changed(self._connection, *what))
            since = self._since(what, stamp)
            if since.kind == "edit":
                raise self._conflict(what[0], since)
            stamp = self._restored(since).get(what)

    def _since(self, what: tuple[str, str], stamp: str) -> Noted:
        """The entry that gave a row this stamp last: a merge, where it came from elsewhere."""
        found = self._entry(stamp)
        if found.kind == "edit" or not self._is_own(stamp):
            return brought(self._connection, what, stamp) or found
        return found

    def _is_own(self, id_: str) -> bool:
        sql = "SELECT EXISTS (SELECT 1 FROM journal WHERE id = ?)"
        return bool(self._connection.execute(sql, (id_,)).fetchone()[0])

    def _conflict(self, kind: str, since: Noted | None) -> Conflict:
        step = "taken back" if self._kind == "undo" else "done again"
        if since is None or since.id == self._edit.id:
            return Conflict(
                f'"{self._edit.name}" can\'t be {step}: the {kind} is not as it left it.'
            )
        return Overtaken(
            f'"{self._edit.name}" can\'t be {step}: {since.who} changed the same {kind} '
            f'later ("{since.name}", {minute(since.time)}); that has to be taken back first.',
            since,
        )

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
                for kind, key, row, _ in changes_of(self._connection, taken_back)
            }
        return self._former[step.id]

    def _newest(self, of: str, kind: Kind, *, before: str | None = None) -> str | None:
        """The newest entry of this kind on an edit, of those before an entry if one is named."""
        found = self._connection.execute(
            # Without `of <> ''` the index of steps would not do, and all of the journal be read.
            "SELECT id FROM journal WHERE of = :of AND of <> '' AND kind = :kind AND part = 0"
            " AND (:before IS NULL OR seq < (SELECT min(seq) FROM journal WHERE id = :before))"
            " ORDER BY seq DESC LIMIT 1",
            {"of": of, "kind": kind, "before": before},
        ).fetchone()
        return None if found is None else str(found[0])
