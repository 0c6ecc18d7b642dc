"""Everything that is read from a project file, as values."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    Layer,
    Relation,
    Setting,
    State,
    TagsetVersion,
    Value,
)
from annotator.store.check import problems, tagset_problems
from annotator.store.file import FAULTS, unread
from annotator.store.journal import Noted, entries, redoable, undoable
from annotator.store.tables import TABLES, to_json

_PAGE = 64
_COUNTED = ("document", "annotation", "relation", "decision", "entity")


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of the list of articles: `counts` is annotations by label in the person's layer."""

    id: str
    title: str
    state: State
    counts: dict[str, int] = field(default_factory=dict)


class Reader:
    """Reads through one connection; each answer is of the moment at which it is asked.

    What comes one by one has been read already (articles and the journal: a page of them), so that
    nobody who stops in the middle holds an old state of the file. Each method raises UserError
    where the file is damaged, or held by another program.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return self._number("PRAGMA data_version")

    # One value

    def document(self, id_: str) -> Document | None:
        """An article by its id."""
        return cast(Document | None, self._one("document", id_))

    def documents_like(self, id_: str, sha256: str) -> dict[str, str]:
        """Id and hash of the article with this id, and of the first one with this hash."""
        rows = self._rows(
            "SELECT id, sha256 FROM document WHERE id = ? UNION SELECT id, sha256 FROM"
            " (SELECT id, sha256 FROM document WHERE sha256 = ? ORDER BY pk LIMIT 1)",
            *(id_, sha256),
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def layer(self, id_: str) -> Layer | None:
        """A layer by its id."""
        return cast(Layer | None, self._one("layer", id_))

    def annotation(self, id_: str) -> Annotation | None:
        """An annotation by its id."""
        return cast(Annotation | None, self._one("annotation", id_))

    def relation(self, id_: str) -> Relation | None:
        """A relation by its id."""
        return cast(Relation | None, self._one("relation", id_))

    def entity(self, id_: str) -> Entity | None:
        """An entity by its id."""
        return cast(Entity | None, self._one("entity", id_))

    def annotator(self, name: str) -> Annotator | None:
        """An annotator by name."""
        return cast(Annotator | None, self._one("annotator", name))

    def value(self, kind: str, id_: str) -> Value | None:
        """A value of any kind (model.KINDS) by its id."""
        return self._one(kind, int(id_) if kind == "tagset" else id_)

    def values(self, kind: str, ids: Sequence[str]) -> dict[str, Value]:
        """Those values of a kind (model.KINDS, not `tagset`) that have one of these ids."""
        table = TABLES[kind]
        where = f'WHERE "{table.key}" IN (SELECT value FROM json_each(?))'  # noqa: S608
        return {each.id: each for each in self._many(kind, where, to_json(list(ids)))}

    def setting(self, key: str) -> str:
        """A fact about the project, "" where it has none."""
        found = self._rows("SELECT value FROM project WHERE key = ?", key)
        return str(found[0][0]) if found else ""

    def tagset(self) -> TagsetVersion:
        """The newest version of the tag set."""
        found = next(self._many("tagset", "ORDER BY version DESC LIMIT 1"), None)
        if found is None:
            raise UserError(f"{self._path()} is damaged: it has no tag set.")
        return cast(TagsetVersion, found)

    def settings(self) -> Iterator[Setting]:
        """The facts about the project, by key."""
        return cast(Iterator[Setting], self._many("setting", "ORDER BY key"))

    def tagsets(self) -> Iterator[TagsetVersion]:
        """The versions of the tag set, the oldest first."""
        return cast(Iterator[TagsetVersion], self._many("tagset", "ORDER BY version"))

    # Many values

    def documents(self, *, ids: tuple[str, ...] = ()) -> Iterator[Document]:
        """The articles, streamed, in the order in which they came; with `ids` these only."""
        if ids:
            for id_ in ids:
                found = self.document(id_)
                if found is not None:
                    yield found
            return
        table, after = TABLES["document"], 0
        while True:
            sql = f"SELECT pk, * FROM document WHERE pk > ? ORDER BY pk LIMIT {_PAGE}"  # noqa: S608
            page = self._rows(sql, after)
            for row in page:
                yield cast(Document, table.value(row))
            if len(page) < _PAGE:
                return
            after = page[-1]["pk"]

    def layers(self, *, document: str | None = None) -> Iterator[Layer]:
        """The layers, of one article or of all."""
        if document is None:
            return cast(Iterator[Layer], self._many("layer", "ORDER BY pk"))
        where = "WHERE document = ? ORDER BY annotator, role, round"
        return cast(Iterator[Layer], self._many("layer", where, document))

    def annotations(self, *, layer: str) -> Iterator[Annotation]:
        """The annotations of a layer in reading order."""
        where = 'WHERE layer = ? ORDER BY "start", "end" DESC, id'
        return cast(Iterator[Annotation], self._many("annotation", where, layer))

    def relations(self, *, layer: str) -> Iterator[Relation]:
        """The relations of a layer, the oldest first."""
        where = "WHERE layer = ? ORDER BY id"
        return cast(Iterator[Relation], self._many("relation", where, layer))

    def links_of(self, annotation: str) -> Iterator[Relation]:
        """The relations that an annotation is an end of."""
        where = "WHERE source = ? OR target = ? ORDER BY id"
        return cast(Iterator[Relation], self._many("relation", where, annotation, annotation))

    def entities(self) -> Iterator[Entity]:
        """The register of entities by name."""
        return cast(Iterator[Entity], self._many("entity", "ORDER BY name, id"))

    def annotators(self) -> Iterator[Annotator]:
        """The annotators in the order in which they came."""
        return cast(Iterator[Annotator], self._many("annotator", "ORDER BY pk"))

    def decisions(self, *, document: str) -> Iterator[Decision]:
        """The decisions on an article, the oldest first."""
        where = "WHERE document = ? ORDER BY id"
        return cast(Iterator[Decision], self._many("decision", where, document))

    # The list of articles

    def listing(
        self, annotator: str, *, search: str = "", limit: int = 200, offset: int = 0
    ) -> list[Listing]:
        """A page of the list of articles, with state and counts of this person's newest layers."""
        found, values = _found(search)
        rows = self._rows(
            f"SELECT d.id, d.title, l.id, l.state FROM document d LEFT JOIN layer l ON l.id = "  # noqa: S608
            "(SELECT id FROM layer WHERE document = d.id AND annotator = ? AND role = 'annotator'"
            f" ORDER BY round DESC LIMIT 1) {found} ORDER BY d.pk LIMIT ? OFFSET ?",
            *(annotator, *values, limit, offset),
        )
        return [
            Listing(id_, title, state or "new", self.label_counts(layer) if layer else {})
            for id_, title, layer, state in rows
        ]

    def count_documents(self, *, search: str = "") -> int:
        """How many articles there are, or are found."""
        found, values = _found(search)
        return self._number(f"SELECT count(*) FROM document d {found}", *values)  # noqa: S608

    def label_counts(self, layer: str) -> dict[str, int]:
        """Annotations by label in a layer."""
        sql = "SELECT label, count FROM label_count WHERE layer = ?"
        return dict(self._pairs(sql, layer))

    def progress(self, annotator: str) -> tuple[int, int]:
        """How many articles this person has done, and how many there are."""
        done = self._number(
            "SELECT count(DISTINCT document) FROM layer"
            " WHERE annotator = ? AND role = 'annotator' AND state = 'done'",
            annotator,
        )
        return done, self.count_documents()

    # Counts and history

    def counts(self) -> dict[str, int]:
        """How many documents, annotations, relations, decisions and entities there are."""
        return {kind: self._number(f"SELECT count(*) FROM {kind}") for kind in _COUNTED}  # noqa: S608

    def counts_by_label(self) -> dict[str, int]:
        """Annotations by label over all layers."""
        sql = "SELECT label, sum(count) FROM label_count GROUP BY label ORDER BY label"
        return dict(self._pairs(sql))

    def layer_counts(self) -> dict[str, dict[str, int]]:
        """Layers by role and state."""
        found: dict[str, dict[str, int]] = {}
        sql = "SELECT role, state, count(*) FROM layer GROUP BY role, state ORDER BY role, state"
        for role, state, count in self._rows(sql):
            found.setdefault(role, {})[state] = count
        return found

    def users_of_entity(self, id_: str) -> Iterator[str]:
        """The ids of the annotations and relations that name this entity in an attribute."""
        sql = " UNION ALL ".join(
            f"SELECT id FROM {table} WHERE instr(attributes, ?) AND EXISTS"  # noqa: S608
            " (SELECT 1 FROM json_tree(attributes) leaf WHERE leaf.value = ?)"
            for table in ("annotation", "relation")
        )
        return (str(row[0]) for row in self._rows(sql, *[id_] * 4))

    def text_length(self, document: str) -> int:
        """The length of an article's text in code points, 0 where there is no such article."""
        sql = "SELECT coalesce(max(length(text)), 0) FROM document WHERE id = ?"
        return self._number(sql, document)

    def undoable(self, who: str) -> Noted | None:
        """The edit that undo would take back for this person."""
        with self._readable():
            return undoable(self._connection, who)

    def redoable(self, who: str) -> Noted | None:
        """The edit that redo would do again for this person."""
        with self._readable():
            return redoable(self._connection, who)

    def journal(self) -> Iterator[Noted]:
        """The entries of the journal, the newest first."""
        with self._readable():
            yield from entries(self._connection)

    def problems(self) -> list[str]:
        """What is wrong with the file, a sentence each (check.py)."""
        return list(problems(self._connection))

    def tagset_problems(self) -> list[str]:
        """What no version of the tag set allows, a sentence each (check.py)."""
        with self._readable():
            return list(tagset_problems(self._connection))

    def schema(self) -> str:
        """The newest migration of the file."""
        sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'annotator'"
        return str(self._rows(f"{sql} ORDER BY id DESC LIMIT 1")[0][0])

    def _one(self, kind: str, key: str | int) -> Value | None:
        table = TABLES[kind]
        return next(self._many(kind, f'WHERE "{table.key}" = ?', key), None)

    def _many(self, kind: str, where: str, *values: Any) -> Iterator[Value]:
        table = TABLES[kind]
        return map(table.value, self._rows(f"{table.select} {where}", *values))

    def _number(self, sql: str, *values: Any) -> int:
        with self._readable():
            return int(self._connection.execute(sql, values).fetchone()[0])

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._readable():
            return self._connection.execute(sql, values).fetchall()

    def _pairs(self, sql: str, *values: Any) -> list[tuple[str, int]]:
        with self._readable():
            rows = self._connection.execute(sql, values).fetchall()
            return [(str(name), int(count)) for name, count in rows]

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (*FAULTS, TypeError) as error:  # TypeError: no number where the schema has one
            raise unread(error, self._path()) from error

    def _path(self) -> Path:
        return Path(self._connection.execute("PRAGMA database_list").fetchone()[2])


def _found(search: str) -> tuple[str, tuple[str, ...]]:
    """The WHERE that finds articles by words of title and text, the last one as a beginning.

    Each word is quoted, so that nothing a person types is taken for a query's syntax.
    """
    # Imported here only: the command line mostly never searches.
    import regex  # noqa: PLC0415

    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", search)
    if not words:
        return ("WHERE 0", ()) if search.strip() else ("", ())
    query = " ".join(f'"{word}"' for word in words) + "*"
    where = "WHERE d.pk IN (SELECT rowid FROM document_search WHERE document_search MATCH ?)"
    return where, (query,)
