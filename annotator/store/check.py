"""The proof of a file: each invariant looked at, and the journal unwound to the empty file."""

import json
import sqlite3
from collections.abc import Iterator

from annotator.core.model import Annotation
from annotator.core.rules import span_problems, value_problems
from annotator.store.journal import changes_of, entries
from annotator.store.tables import TABLES, Row
from annotator.store.writer import stored_row


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Every way in which the file is not what it should be, a sentence each; none for a sound file.

    Reads only; the journal is unwound on a copy in memory or, for large files, in a temporary one.
    """
    damaged = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if damaged:
        # Nothing below can be trusted on a file that SQLite itself finds broken.
        yield from (f"SQLite finds the file damaged: {each}." for each in damaged)
        return
    yield from _keys(connection)
    yield from _values(connection)
    yield from _relations(connection)
    yield from _counters(connection)
    yield from _search(connection)
    yield from unwinding(connection)


def _keys(connection: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {rowid} of {table} refers to a {parent} that does not exist."


def _values(connection: sqlite3.Connection) -> Iterator[str]:
    for kind, table in TABLES.items():
        if kind == "annotation":
            continue
        for row in connection.execute(table.select):
            name = f"{kind} {row[table.key]}"
            try:
                value = table.value(row)
            except (TypeError, ValueError, json.JSONDecodeError) as error:
                yield f"The {name} cannot be read: {error}."
                continue
            yield from (f"The {name}: {problem}." for problem in value_problems(value))
    lengths: dict[str, int] = {}
    sql = "SELECT l.id, length(d.text) FROM layer l JOIN document d ON d.id = l.document"
    for layer, length in connection.execute(sql):
        lengths[layer] = length
    table = TABLES["annotation"]
    for row in connection.execute(table.select):
        yield from _annotation_problems(row, lengths.get(row["layer"]))


def _annotation_problems(row: sqlite3.Row, length: int | None) -> Iterator[str]:
    name = f"annotation {row['id']}"
    try:
        value = TABLES["annotation"].value(row)
    except (TypeError, ValueError, json.JSONDecodeError) as error:
        yield f"The {name} cannot be read: {error}."
        return
    assert isinstance(value, Annotation)
    if length is not None:
        yield from (f"The {name}: {problem}." for problem in span_problems(value, length))
    if (value.envelope.start, value.envelope.end) != (row["start"], row["end"]):
        yield f"The {name}: its start and end are not those of its fragments."


def _relations(connection: sqlite3.Connection) -> Iterator[str]:
    sql = (
        "SELECT r.id, r.layer, s.layer, t.layer FROM relation r"
        " JOIN annotation s ON s.id = r.source JOIN annotation t ON t.id = r.target"
        " WHERE s.layer <> r.layer OR t.layer <> r.layer"
    )
    for row in connection.execute(sql):
        yield f"The relation {row[0]} joins annotations of another layer than its own."
    known = {row[0] for row in connection.execute("SELECT id FROM entity")}
    wanted = (
        "SELECT a.id, leaf.value FROM annotation a, json_tree(a.attributes) leaf"
        " WHERE leaf.type = 'text' AND (leaf.path IN ('$.entity') OR leaf.fullkey = '$.whose')"
    )
    for id_, entity in connection.execute(wanted):
        if entity not in known:
            yield f"The annotation {id_} names an entity {entity} that does not exist."


def _counters(connection: sqlite3.Connection) -> Iterator[str]:
    real = "SELECT layer, label, count(*) FROM annotation GROUP BY layer, label"
    kept = "SELECT layer, label, count FROM label_count"
    for left, right in ((real, kept), (kept, real)):
        for layer, label, _ in connection.execute(f"{left} EXCEPT {right}"):
            yield f'The counter of "{label}" in layer {layer} is wrong.'


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        connection.execute("SAVEPOINT look")
        try:
            connection.execute(
                "INSERT INTO document_search (document_search, rank) VALUES ('integrity-check', 1)"
            )
        finally:
            connection.execute("ROLLBACK TO look")
            connection.execute("RELEASE look")
    except sqlite3.DatabaseError:
        yield "The search index does not match the articles."


def unwinding(connection: sqlite3.Connection) -> Iterator[str]:
    """Where the journal, taken back entry by entry, does not lead to the empty file."""
    copy = sqlite3.connect("")  # in memory, and on disk by itself when it grows
    try:
        connection.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.isolation_level = None
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("BEGIN")
        for entry in list(entries(copy)):
            for kind, key, before in changes_of(copy, entry.id):
                problem = take_back(copy, entry.id, (kind, key), before)
                if problem:
                    yield f'The journal\'s "{entry.name}" ({entry.id}) {problem}.'
                    return
        yield from _leftovers(copy)
    finally:
        copy.close()


def take_back(
    connection: sqlite3.Connection, edit: str, what: tuple[str, str], before: Row | None
) -> str:
    """Put one row back to what it was before an edit, stamps included; "" or what is wrong."""
    kind, key = what
    table = TABLES.get(kind)
    if table is None:
        return f"changes an unknown kind of thing, {kind}"
    native = int(key) if kind == "tagset" else key
    row = stored_row(connection, table, native)
    if row is not None and row["edit"] != edit:
        return f"should have been the last to write the {kind} {key}, but was not"
    if row is None:
        gone = connection.execute(
            "DELETE FROM tombstone WHERE kind = ? AND id = ? AND edit = ?", (kind, key, edit)
        )
        if gone.rowcount != 1:
            return f"wrote the {kind} {key}, which is neither there nor noted as deleted"
    if before is None or len(before) == 1:
        if row is not None:
            connection.execute(table.delete, (native,))
        if before is not None:
            connection.execute(
                "INSERT INTO tombstone (kind, id, edit) VALUES (?, ?, ?)",
                (kind, key, before["edit"]),
            )
    elif row is None:
        cells = [before[column] for column in table.columns]
        connection.execute(table.insert, (*cells, before["edit"]))
    else:
        cells = [before[column] for column in table.columns]
        connection.execute(table.update, (*cells, before["edit"], native))
    return ""


def _leftovers(connection: sqlite3.Connection) -> Iterator[str]:
    for kind, table in TABLES.items():
        rows = connection.execute(
            f'SELECT "{table.key}" FROM {table.name} WHERE edit IS NOT NULL'  # noqa: S608
        )
        for (key,) in rows:
            yield f"No entry of the journal tells where the {kind} {key} came from."
    born = ("setting", "tagset")  # what a new file holds before its first edit
    for kind, table in TABLES.items():
        if kind not in born:
            sql = f'SELECT "{table.key}" FROM {table.name} WHERE edit IS NULL'  # noqa: S608
            for (key,) in connection.execute(sql):
                yield f"The {kind} {key} was not written by any edit."
    for kind, key in connection.execute("SELECT kind, id FROM tombstone"):
        yield f"The deletion of the {kind} {key} is not in the journal."
