"""The journal read: what can be undone and redone, and what that changes."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice

from annotator.core.edits import Happened, Noted, Standing, Step, Summary
from annotator.core.errors import UserError
from annotator.core.model import Value
from annotator.store.tables import TABLES, Row, Table, to_json
from annotator.store.writer import among, stored_row

Written = tuple[str, str, Row | None, str | None]
"""Of a change in the journal: kind, id, the former row, and the stamp that was left.

That is the entry's own id, but for a merge, which brings rows with stamps of elsewhere; None where
neither a row with a stamp nor a deletion was left.
"""
WORK = "time of work"
"""The name of nobody's entries that note how long somebody has worked."""
_NOTED = "SELECT id, time, who, name, kind, of, seq FROM journal WHERE part = 0"
_FOREIGN = _NOTED.replace("seq FROM journal", "pk FROM foreign_journal")
_SOME = 3
"""Changes of an entry that are told."""
_FOLLOWED = 200
"""Later changes of a value through which it is followed back to what an entry did to it."""
_TOLD_FIRST = (
    *("document", "annotation", "relation", "decision", "entity", "tagset", "layer"),
    *("annotator", "setting"),
)
_NEEDED = {
    "document": (("layer", "document"), ("decision", "document")),
    "annotator": (("layer", "annotator"),),
    "layer": (("annotation", "layer"), ("relation", "layer")),
    "annotation": (("relation", "source"), ("relation", "target")),
}
"""By kind, what refers to its values: table and column."""
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
    """The entry of this id, of this file or of one that was merged into it.

    Raises UserError where a damaged journal lacks it.
    """
    found = connection.execute(f"{_NOTED} AND id = ?", (id_,)).fetchone()
    found = found or connection.execute(f"{_FOREIGN} AND id = ?", (id_,)).fetchone()
    if found is None:
        raise UserError(f"The file is damaged: its journal has no entry {id_}.")
    return Noted(*found[:-1])


def numbers(connection: sqlite3.Connection, who: str | None = None) -> list[int]:
    """The numbers (`seq`) of all entries but those of WORK, of everybody or of one person.

    The newest comes first.
    """
    # Told by indexes alone: the rows themselves are as wide as what they changed.
    if who is None:
        sql = (
            "SELECT seq FROM journal INDEXED BY sqlite_autoindex_journal_1 WHERE part = 0 AND seq"
            " NOT IN (SELECT seq FROM journal WHERE who = '' AND name = ?) ORDER BY seq DESC"
        )
        rows = connection.execute(sql, (WORK,))
    else:
        sql = "SELECT seq FROM journal WHERE who = ? AND part = 0 ORDER BY seq DESC"
        rows = connection.execute(sql, (who,))
    return [row[0] for row in rows.fetchall()]


def standings(connection: sqlite3.Connection, seqs: Sequence[int]) -> list[Standing]:
    """The entries of these numbers, the newest first; an undo or redo always stands."""
    sql = (
        "SELECT id, time, who, name, kind, of, kind <> 'edit' OR EXISTS (SELECT 1 FROM undo_stack u"
        " WHERE u.who = j.who AND u.seq = j.seq) FROM journal j"
        " WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC"
    )
    rows = connection.execute(sql, (to_json(list(seqs)),)).fetchall()
    return [Standing(Noted(*row[:-1]), bool(row[-1])) for row in rows]


def people(connection: sqlite3.Connection) -> list[str]:
    """Who is in the journal, by name."""
    rows = connection.execute("SELECT DISTINCT who FROM journal WHERE who <> '' ORDER BY who")
    return [str(row[0]) for row in rows.fetchall()]


def summary(connection: sqlite3.Connection, noted: Noted) -> Summary:
    """What an entry changed, as far as a line can tell.

    Raises UserError where the journal is damaged.
    """
    sql = "SELECT count(*) FROM journal WHERE id = ?"
    whole = connection.execute(sql, (noted.id,)).fetchone()[0] < 2
    sql = (
        "SELECT json_extract(each.value, '$[0]'), json_extract(each.value, '$[1]')"
        " FROM journal, json_each(changes) each WHERE journal.id = ? AND part = 0"
    )
    found: dict[str, list[str]] = {}
    for kind, key in connection.execute(sql, (noted.id,)):
        found.setdefault(kind, []).append(key)
    kind = next((each for each in _TOLD_FIRST if each in found), "")
    keys = found.get(kind, [])
    some = (_did(connection, noted, kind, key) for key in keys[:_SOME])
    return Summary(noted, tuple(each for each in some if each), len(keys), whole)


def _did(connection: sqlite3.Connection, noted: Noted, kind: str, key: str) -> Happened | None:
    """What an entry did to a value; None where too much has happened to it since."""
    lately = islice(history(connection, kind, key), _FOLLOWED)
    return next((each for each in lately if each.entry.id == noted.id), None)


def users(
    connection: sqlite3.Connection, kind: str, ids: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Kind and id of each value that can't be without one of these."""
    for user, column in _NEEDED.get(kind, ()):
        sql = f'SELECT id FROM {user} WHERE "{column}"'  # noqa: S608  (our own names)
        for row in among(connection, sql, ids):
            yield user, str(row[0])


def made_by(connection: sqlite3.Connection, kind: str, id_: str) -> Noted | None:
    """The newest edit that stands of those that wrote a value, or merge that brought it."""
    for each in history(connection, kind, id_):
        sql = "SELECT 1 FROM undo_stack WHERE seq = (SELECT min(seq) FROM journal WHERE id = ?)"
        sql += " AND who = ?"
        if connection.execute(sql, (each.entry.id, each.entry.who)).fetchone():
            return each.entry
        merge = brought(connection, (kind, id_), each.entry.id)
        if merge is not None:
            return merge
    return None


def last_changed(connection: sqlite3.Connection, kind: str, id_: str) -> Noted | None:
    """The newest edit of this file that changed a value, whatever its stamp says; looks at all."""
    sql = "SELECT id, of FROM journal WHERE instr(changes, ?) ORDER BY seq DESC LIMIT 1"
    found = connection.execute(sql, (to_json([kind, id_])[:-1],)).fetchone()
    return None if found is None else entry(connection, found[1] or found[0])


def undoable(connection: sqlite3.Connection, who: str) -> Noted | None:
    """The newest edit of a person that is not undone."""
    return _at(connection, "SELECT max(seq) FROM undo_stack WHERE who = ?", who)


def redoable(connection: sqlite3.Connection, who: str) -> Noted | None:
    """The edit that this person undid last and has neither redone nor followed by a new one."""
    step = _at(connection, "SELECT max(seq) FROM redo_stack WHERE who = ?", who)
    return None if step is None else entry(connection, step.of)


def undone_to(connection: sqlite3.Connection, who: str, id_: str) -> Noted | None:
    """The oldest edit of a person that stands and came after an entry: undo goes back to it."""
    after = "(SELECT min(seq) FROM journal WHERE id = ?)"
    return _at(
        *(connection, f"SELECT min(seq) FROM undo_stack WHERE who = ? AND seq > {after}"),  # noqa: S608  (our own names)
        *(who, id_),
    )


def _at(connection: sqlite3.Connection, seq: str, *values: str) -> Noted | None:
    """The entry whose `seq` this SQL tells."""
    found = connection.execute(f"{_NOTED} AND seq = ({seq})", values).fetchone()
    return None if found is None else Noted(*found[:-1])


def changes_of(connection: sqlite3.Connection, id_: str) -> Iterator[Written]:
    """Each change of an entry, the last change first.

    A former row of nothing but `edit` is the stamp of a deletion. Raises UserError for an entry
    that can't be read.
    """
    sql = "SELECT part FROM journal WHERE id = ? ORDER BY part DESC"
    for (part,) in connection.execute(sql, (id_,)).fetchall():
        sql = "SELECT changes FROM journal WHERE id = ? AND part = ?"
        (text,) = connection.execute(sql, (id_, part)).fetchone()
        try:
            found = [_change(id_, *each) for each in json.loads(text)]
        except (ValueError, TypeError, RecursionError) as error:
            raise _unread(id_, error) from error
        yield from reversed(found)


def _unread(id_: str, error: Exception) -> UserError:
    return UserError(f"The file is damaged: the journal's entry {id_} cannot be read ({error}).")


def history(connection: sqlite3.Connection, kind: str, id_: str) -> Iterator[Happened]:
    """What happened to one value, the newest first, its deletions included.

    Followed from stamp to stamp, so that it costs what happened, however long the journal is.
    Raises UserError where the journal is damaged.
    """
    table = TABLES[kind]
    row = stored_row(connection, table, table.native(id_))
    stamp, after = stamp_of(connection, (kind, id_), row), whole(table, row)
    seen: set[str] = set()
    while stamp is not None and stamp not in seen:  # a damaged journal might go in circles
        seen.add(stamp)
        row = former_row(connection, stamp, (kind, id_))
        before = whole(table, row)
        yield Happened(entry(connection, stamp), before, after)
        after, stamp = before, None if row is None or row["edit"] is None else str(row["edit"])


def whole(table: Table, row: Row | None) -> Value | None:
    """The value in a row; None for none, and for the stamp of a deletion."""
    return None if row is None or len(row) == 1 else table.value(row)


def former_row(connection: sqlite3.Connection, id_: str, what: tuple[str, str]) -> Row | None:
    """What an entry, of this file's journal or a foreign one, says that a row was before it.

    None where nothing is told of it, or where it never was before.
    """
    for journal in ("journal", "foreign_journal"):
        found = _written(connection, journal, id_, what)
        if found is not None:
            return found[2]
    return None


def _written(
    connection: sqlite3.Connection, journal: str, id_: str, what: tuple[str, str]
) -> Written | None:
    """The first change of a value by an entry; of a large entry nothing else is read."""
    # In no string of JSON does a quotation mark follow a bracket bare, so this finds the change.
    found = connection.execute(
        f"SELECT substr(changes, instr(changes, :change)) FROM {journal}"  # noqa: S608  (our own names)
        " WHERE id = :id AND instr(changes, :change) ORDER BY part LIMIT 1",
        {"id": id_, "change": to_json(list(what))[:-1]},
    ).fetchone()
    if found is None:
        return None
    try:
        return _change(id_, *json.JSONDecoder().raw_decode(found[0])[0])
    except (ValueError, TypeError, RecursionError) as error:
        raise _unread(id_, error) from error


def brought(connection: sqlite3.Connection, what: tuple[str, str], stamp: str) -> Noted | None:
    """The newest merge that stands of those that brought a value with this stamp."""
    sql = "SELECT edit FROM standing_merge JOIN journal ON id = edit AND part = 0 ORDER BY seq DESC"
    for (merge,) in connection.execute(sql).fetchall():
        found = _written(connection, "journal", merge, what)
        if found is not None and found[3] == stamp:
            return entry(connection, merge)
    return None


def stamp_of(connection: sqlite3.Connection, what: tuple[str, str], row: Row | None) -> str | None:
    """The id of the entry that wrote a row, or deleted it."""
    if row is not None:
        return None if row["edit"] is None else str(row["edit"])
    found = connection.execute(
        "SELECT edit FROM tombstone WHERE kind = ? AND id = ?", what
    ).fetchone()
    return None if found is None else str(found[0])


def _change(entry_: str, kind: str, key: str, before: Row | None, *left: str | None) -> Written:
    table = TABLES.get(kind)
    if table is None:
        raise ValueError(f"it changes an unknown kind of thing, {kind}")
    (stamp,) = left or (entry_,)
    if before is not None and set(before) != {"edit"}:
        whole = set(before) == {*table.columns, "edit"}
        if whole and before[table.key] == table.native(key):
            return kind, key, before, stamp
        raise ValueError(f"what it tells of the {kind} {key} is not a row")
    return kind, key, before, stamp


def ahead(connection: sqlite3.Connection, who: str, kind: Step, to: str) -> int:
    """How many changes this person's next undo or redo makes, or all of them up to edit `to`."""
    reached = {
        "undo": "SELECT min(seq) FROM journal WHERE id = :to",
        "redo": "SELECT max(seq) FROM journal WHERE of = :to AND of <> '' AND kind = 'undo'",
    }
    first = reached[kind] if to else f"SELECT max(seq) FROM {kind}_stack WHERE who = :who"  # noqa: S608  (our own names)
    found = connection.execute(
        "SELECT coalesce(sum(json_array_length(changes)), 0) FROM journal WHERE id IN"  # noqa: S608  (our own names)
        f" (SELECT id FROM journal WHERE seq IN (SELECT seq FROM {kind}_stack"
        f" WHERE who = :who AND seq >= ({first})))",
        {"who": who, "to": to},
    )
    return int(found.fetchone()[0])
