"""The proof of a file: each invariant looked at, and the journal unwound to the empty file."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from annotator.core.edits import Noted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Entity, FirstPass, Value
from annotator.core.rules import first_pass_problems, span_problems, value_problems
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.store.file import FAULTS, in_line
from annotator.store.journal import changes_of, entries
from annotator.store.signs import cut
from annotator.store.steps import STEPS, Stacks
from annotator.store.tables import TABLES, Row
from annotator.store.writer import digest, stored_row, tombs

_KEPT = (
    ("SELECT count(*) FROM document", "SELECT count FROM document_count", "The count of"),
    (
        "SELECT annotator, document, state, layer FROM newest_layer",
        "SELECT annotator, document, state, layer FROM standing",
        "What is done in",
    ),
    (
        "SELECT annotator, state, count(*) FROM standing GROUP BY 1, 2",
        "SELECT annotator, state, count FROM state_count",
        "The count of states in",
    ),
)
"""What is so, what the triggers keep of it, and what it is."""
_BORN = {"setting": ("id",), "tagset": None}
"""What a new file holds before its first edit: the keys, or None for one of any key."""


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Every way in which the file is not what it should be, a sentence each; none for a sound file.

    All is looked at on a copy of one moment, in memory or, for large files, in a temporary file.
    """
    try:
        with _copy(connection) as copy:
            yield from _all(copy)
    except FAULTS as error:
        yield f"SQLite finds the file damaged: {in_line(error)}."
    except UserError as error:
        yield str(error)


def tagset_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """The labels, relation types and ends of relations that no version of the tag set allows."""
    versions = list(_tagsets(connection))
    if not versions:
        yield "The project has no tag set."
    labels = {label.name for each in versions for label in each.labels}
    for (name,) in connection.execute("SELECT DISTINCT label FROM annotation ORDER BY label"):
        if name not in labels:
            yield f'No version of the tag set has the label "{name}" of some annotations.'
    allowed = ends_allowed(connection)
    sql = (
        "SELECT r.type, s.label, t.label, min(r.id) FROM relation r JOIN annotation s"
        " ON s.id = r.source JOIN annotation t ON t.id = r.target GROUP BY 1, 2, 3"
    )
    for type_, source, target, id_ in connection.execute(sql):
        if type_ not in allowed:
            yield f'No version of the tag set has the relation "{type_}" of {id_}.'
            continue
        sources, targets = allowed[type_]
        if source not in sources or target not in targets:
            yield (
                f'No version of the tag set lets "{type_}" join "{source}" to "{target}",'
                f" as relation {id_} does."
            )


@contextmanager
def _copy(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    copy = sqlite3.connect("", isolation_level=None)
    try:
        connection.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.execute("PRAGMA foreign_keys = OFF")
        yield copy
    finally:
        copy.close()


def damages(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds broken; nothing else can be trusted then."""
    found = (str(row[0]) for row in connection.execute("PRAGMA integrity_check").fetchall())
    # Newer SQLites look at the search index too, which is looked at by itself below.
    damaged = [each for each in found if each != "ok" and "inverted index for FTS5" not in each]
    return [f"SQLite finds the file damaged: {in_line(each)}." for each in damaged]


def _all(copy: sqlite3.Connection) -> Iterator[str]:
    damaged = damages(copy)
    if damaged:
        yield from damaged
        return
    yield from broken_keys(copy)
    yield from _values(copy)
    lengths = _lengths(copy)
    yield from _annotations(copy, lengths)
    yield from _first_passes(copy, lengths)
    yield from _relations(copy)
    yield from tagset_problems(copy)
    yield from _counters(copy)
    yield from _search(copy)
    yield from _journal(copy)
    yield from _foreign(copy)
    yield from _stacks(copy)
    copy.execute("BEGIN")
    for entry, problem in unwound(copy):
        if problem:
            yield f'The journal\'s "{entry.name}" ({entry.id}) {problem}.'
            return
    yield from _leftovers(copy)


def broken_keys(connection: sqlite3.Connection) -> Iterator[str]:
    """The rows that refer to what isn't there."""
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {rowid} of {table} refers to a {parent} that does not exist."


def _read(kind: str, row: sqlite3.Row | Mapping[str, Any]) -> tuple[Value | None, str]:
    """The value in a row, or the sentence that says why there is none."""
    try:
        return TABLES[kind].value(row), ""
    except UserError as error:
        return None, str(error)


def _values(connection: sqlite3.Connection) -> Iterator[str]:
    for kind, table in TABLES.items():
        if kind in ("annotation", "first_pass"):
            continue
        for row in connection.execute(table.select):
            value, unreadable = _read(kind, row)
            if value is None:
                yield unreadable
                continue
            for problem in value_problems(value):
                yield f"The {kind} {value.id}: {problem}."
            if isinstance(value, Entity) and not all(
                isinstance(each, str) for each in value.aliases
            ):
                yield f"The entity {value.id}: an alias is not text."
    if not connection.execute("SELECT 1 FROM project WHERE key = 'id' AND value <> ''").fetchone():
        yield "The project has no id."


def _lengths(connection: sqlite3.Connection) -> dict[str, int]:
    """The lengths of the texts (code points) by layer."""
    sql = "SELECT l.id, length(d.text) FROM layer l JOIN document d ON d.id = l.document"
    return dict(connection.execute(sql).fetchall())


def _first_passes(connection: sqlite3.Connection, lengths: Mapping[str, int]) -> Iterator[str]:
    for row in connection.execute(TABLES["first_pass"].select):
        value, unreadable = _read("first_pass", row)
        if not isinstance(value, FirstPass):
            yield unreadable
        elif value.id in lengths:
            for problem in first_pass_problems(value, lengths[value.id]):
                yield f"The first pass of layer {value.id}: {problem}."


def _annotations(connection: sqlite3.Connection, lengths: Mapping[str, int]) -> Iterator[str]:
    named = _naming(list(_tagsets(connection)))
    entities = {row[0] for row in connection.execute("SELECT id FROM entity")}
    for row in connection.execute(TABLES["annotation"].select):
        value, unreadable = _read("annotation", row)
        if not isinstance(value, Annotation):
            yield unreadable
            continue
        name = f"The annotation {value.id}"
        if value.layer in lengths:
            found = span_problems(value, lengths[value.layer])
            yield from (f"{name}: {problem}." for problem in found)
        if (value.envelope.start, value.envelope.end) != (row["start"], row["end"]):
            yield f"{name}: its start and end are not those of its fragments."
        for key, each in value.attributes.items():
            if (value.label, key) in named:
                for entity in each if isinstance(each, list) else [each]:
                    if entity not in entities:
                        yield f"{name} names an entity {entity} that does not exist."


def _relations(connection: sqlite3.Connection) -> Iterator[str]:
    sql = (
        "SELECT r.id, r.layer, s.layer, t.layer FROM relation r"
        " JOIN annotation s ON s.id = r.source JOIN annotation t ON t.id = r.target"
        " WHERE s.layer <> r.layer OR t.layer <> r.layer"
    )
    for row in connection.execute(sql):
        yield f"The relation {row[0]} joins annotations of another layer than its own."


def _tagsets(connection: sqlite3.Connection) -> Iterator[Tagset]:
    for (toml,) in connection.execute("SELECT toml FROM tagset ORDER BY version"):
        try:
            yield loads(toml)
        except UserError:
            continue  # told with the other values


def ends_allowed(connection: sqlite3.Connection) -> dict[str, tuple[set[str], set[str]]]:
    """By relation type, the labels that some version allows as source, and as target."""
    allowed: dict[str, tuple[set[str], set[str]]] = {}
    for relation in (relation for each in _tagsets(connection) for relation in each.relations):
        sources, targets = allowed.setdefault(relation.name, (set(), set()))
        sources.update(relation.sources)
        targets.update(relation.targets)
    return allowed


def _naming(versions: list[Tagset]) -> set[tuple[str, str]]:
    """Label and attribute wherever each version that has the attribute says it names entities."""
    types: dict[tuple[str, str], set[str]] = {}
    for label in (label for each in versions for label in each.labels):
        for attribute in label.attributes:
            types.setdefault((label.name, attribute.name), set()).add(attribute.type)
    return {key for key, found in types.items() if found == {"entity"}}


def _counters(connection: sqlite3.Connection) -> Iterator[str]:
    real = "SELECT layer, label, count(*) FROM annotation GROUP BY layer, label"
    kept = "SELECT layer, label, count FROM label_count"
    wrong = {
        (layer, label)
        for left, right in ((real, kept), (kept, real))
        for layer, label, _ in connection.execute(f"{left} EXCEPT {right}")
    }
    for layer, label in sorted(wrong):
        yield f'The counter of "{label}" in layer {layer} is wrong.'
    for real, kept, what in _KEPT:
        if _differ(connection, real, kept):
            yield f"{what} the list of articles does not match the file."


def _differ(connection: sqlite3.Connection, real: str, kept: str) -> bool:
    """Whether two SELECTs give other rows."""
    return any(
        connection.execute(f"{one} EXCEPT {other} LIMIT 1").fetchone()
        for one, other in ((real, kept), (kept, real))
    )


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        connection.execute(
            "INSERT INTO document_search (document_search, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError:
        yield "The search index does not match the articles."
    kept = {row[0]: tuple(row[1:]) for row in connection.execute("SELECT * FROM document_cut")}
    for pk, title, text in connection.execute("SELECT pk, title, text FROM document"):
        cuts = (cut(title), cut(text))
        if kept.pop(pk, (title, text)) != cuts:
            yield f'The search finds "{title}" by words between spaces only, or by wrong ones.'
    if kept:
        yield "The search has texts of articles that do not exist."


def _journal(connection: sqlite3.Connection) -> Iterator[str]:
    sql = "SELECT id, part, time, who, name, kind, of, digest, changes FROM journal ORDER BY seq"
    before: tuple[str | int, ...] = ()
    for *head, kept, changes in connection.execute(sql):
        id_, part, *same = head
        if digest(head, changes) != kept:
            yield f"The journal's entry {id_} (part {part}) was altered after it was written."
        if part and (id_, part - 1, *same) != before:
            yield f"The journal's entry {id_} lacks the part before part {part}."
        before = tuple(head)
    sql = (
        "SELECT id, of FROM journal j WHERE kind <> 'edit' AND NOT EXISTS"
        " (SELECT 1 FROM journal o WHERE o.id = j.of AND o.kind = 'edit' AND o.seq < j.seq)"
    )
    for id_, of in connection.execute(sql):
        yield f"The journal's entry {id_} takes back or repeats an edit {of} that is not there."
    sql = "SELECT DISTINCT id FROM journal WHERE id NOT IN (SELECT id FROM journal WHERE part = 0)"
    for (id_,) in connection.execute(sql):
        yield f"The journal's entry {id_} lacks its first part."


def _foreign(connection: sqlite3.Connection) -> Iterator[str]:
    """What merges brought: entries as they were written, and versions that can be read."""
    sql = "SELECT id, part, time, who, name, kind, of, digest, changes FROM foreign_journal"
    for *head, kept, changes in connection.execute(sql):
        if digest(head, changes) != kept:
            yield f"The foreign entry {head[0]} (part {head[1]}) was altered after it was brought."
    for name in ("tombstone", *(table.name for table in TABLES.values())):
        sql = (
            f"SELECT DISTINCT edit FROM {name} WHERE edit <> '' AND edit NOT IN"  # noqa: S608  (our own names)
            " (SELECT id FROM journal UNION ALL SELECT id FROM foreign_journal)"
        )
        for (edit,) in connection.execute(sql):
            yield f"No journal tells of the edit {edit}, which wrote to {name}."
    sql = "SELECT kind, id, row FROM aside"
    for kind, id_, row in connection.execute(sql):
        value = json.loads(row)
        if kind not in TABLES or (len(value) > 1 and _read(kind, value)[0] is None):
            yield f"The version of the {kind} {id_} that lies aside cannot be read."
    sql = "SELECT edit FROM merge WHERE edit NOT IN (SELECT id FROM journal)"
    for (edit,) in connection.execute(sql):
        yield f"The merge {edit} is not in the journal."


def _stacks(connection: sqlite3.Connection) -> Iterator[str]:
    stacks = Stacks()
    stacks.follow(connection.execute(STEPS))
    for table, real in (("undo_stack", stacks.undo_rows()), ("redo_stack", stacks.redo_rows())):
        kept = connection.execute(f"SELECT who, seq FROM {table}").fetchall()  # noqa: S608  (our own names)
        if set(map(tuple, kept)) != set(real):
            yield f"What the file keeps for {table[:4]} does not match the journal."


def unwound(connection: sqlite3.Connection) -> Iterator[tuple[Noted, str]]:
    """Take the journal back in place, the newest entry first; yields each with what is wrong.

    An entry comes, with "", when all rows are as they were before it, stamps and deletions
    included; after a problem the rest means nothing. The journal itself stays and no longer
    matches the rows, so this is for a copy.
    """
    for trigger in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {trigger[0]}")  # what they keep was looked at before
    for entry in entries(connection):
        problem = ""
        try:
            for kind, key, before, left in changes_of(connection, entry.id):
                problem = problem or take_back(connection, left, (kind, key), before)
        except sqlite3.IntegrityError as error:
            problem = f"brings back a row that cannot be ({error})"
        yield entry, problem


def take_back(
    connection: sqlite3.Connection, edit: str | None, what: tuple[str, str], before: Row | None
) -> str:
    """Put one row that has the stamp `edit` back to what it was before, its stamp included.

    Returns "" or what is wrong.
    """
    kind, key = what
    table = TABLES[kind]
    row = stored_row(connection, table, table.native(key))
    if row is not None and row["edit"] != edit:
        return f"should have been the last to write the {kind} {key}, but was not"
    if row is None:
        if tombs(connection, kind, [key]).get(key) != edit:
            return f"wrote the {kind} {key}, which is neither there nor noted as deleted"
        connection.execute("DELETE FROM tombstone WHERE kind = ? AND id = ?", what)
    else:
        connection.execute(table.delete, (table.native(key),))
    if before is None:
        return ""
    if len(before) == 1:
        connection.execute(
            "INSERT INTO tombstone (kind, id, edit) VALUES (?, ?, ?)", (kind, key, before["edit"])
        )
        return ""
    connection.execute(table.insert, (*table.stored(before), None))
    return ""


def _leftovers(connection: sqlite3.Connection) -> Iterator[str]:
    """What is still there after the whole journal was taken back, and wasn't there at birth."""
    for kind, table in TABLES.items():
        rows = connection.execute(f'SELECT "{table.key}", edit FROM {table.name}')  # noqa: S608  (our own names)
        for key, edit in rows:
            if edit is not None:
                yield f"No entry of the journal tells where the {kind} {key} came from."
            elif kind not in _BORN or key not in (_BORN[kind] or (key,)):
                yield f"The {kind} {key} was not written by any edit."
    for kind, key in connection.execute("SELECT kind, id FROM tombstone"):
        yield f"The deletion of the {kind} {key} is not in the journal."
    if connection.execute("SELECT count(*) FROM tagset").fetchone()[0] > 1:
        yield "More than one version of the tag set was not written by any edit."
