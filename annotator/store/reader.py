"""Everything that is read from a project file, as values.

Over 400 lines because it is the one place that others read from; most methods are a line that hands
on to the module that knows (shelf, usage, walk).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from annotator.core.article import Work
from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    Annotator,
    Attributes,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    State,
    TagsetVersion,
    TimeSpent,
    Value,
)
from annotator.core.people import names_since, present_name
from annotator.core.query import Order, Query, Word
from annotator.core.steps import Counted
from annotator.store import shelf, suggested, usage
from annotator.store.check import problems, tagset_problems
from annotator.store.file import path_of, readable
from annotator.store.journal_reader import JournalReader
from annotator.store.matching import match_of
from annotator.store.merge.taking import Records, take_over
from annotator.store.shelf import Listing
from annotator.store.tables import TABLES, to_json
from annotator.store.walk import facet_values
from annotator.store.works import works
from annotator.store.writer import Writing

_PAGE = 64
_COUNTED = ("document", "annotation", "relation", "decision", "entity")
_ALL = Query()
_IMPORTED = Order()


class Reader:
    """Reads through one connection; each answer is of the moment at which it is asked.

    What comes one by one has been read already (articles and the journal: a page of them), so that
    nobody who stops in the middle holds an old state of the file. Each method raises UserError
    where the file is damaged, or held by another program.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.journal = JournalReader(connection)

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

    def present_name(self, name: str) -> str:
        """What who was called so at first is called now, unless that is somebody's name now."""
        if self.annotator(name) is not None:
            return name
        return present_name(names_since(self.settings()), name)

    def value(self, kind: str, id_: str) -> Value | None:
        """A value of any kind (model.KINDS) by its id."""
        return self._one(kind, int(id_) if kind == "tagset" else id_)

    def values(self, kind: str, ids: Sequence[str]) -> dict[str, Value]:
        """Those values of a kind (model.KINDS, not `tagset`) that have one of these ids."""
        table = TABLES[kind]
        where = f'WHERE "{table.key}" IN (SELECT value FROM json_each(?))'  # noqa: S608  (our own names)
        return {each.id: each for each in self._many(kind, where, to_json(list(ids)))}

    def setting(self, key: str) -> str:
        """A fact about the project, "" where it has none."""
        found = self._rows("SELECT value FROM project WHERE key = ?", key)
        return str(found[0][0]) if found else ""

    def tagset(self) -> TagsetVersion:
        """The newest version of the tag set."""
        found = next(self._many("tagset", "ORDER BY version DESC LIMIT 1"), None)
        if found is None:
            raise UserError(f"{path_of(self._connection)} is damaged: it has no tag set.")
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
            sql = f"SELECT pk, * FROM document WHERE pk > ? ORDER BY pk LIMIT {_PAGE}"  # noqa: S608  (our own names)
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

    def works(self, layers: Sequence[Layer], *, unlinked: Sequence[str] = ()) -> Iterator[Work]:
        """These layers with what is in them, a few at a time; in order, as the above.

        Annotations under the labels `unlinked` are left out where no relation leads to them.
        """
        return works(self._many, layers, unlinked)

    def links_of(self, *annotations: str) -> Iterator[Relation]:
        """The relations that one of these annotations is an end of."""
        ends = "(SELECT value FROM json_each(?))"
        where = f"WHERE source IN {ends} OR target IN {ends} ORDER BY id"
        given = to_json(annotations)
        return cast(Iterator[Relation], self._many("relation", where, given, given))

    def entities(self) -> Iterator[Entity]:
        """The register of entities by name."""
        return cast(Iterator[Entity], self._many("entity", "ORDER BY name, id"))

    def annotators(self) -> Iterator[Annotator]:
        """The annotators in the order in which they came."""
        return cast(Iterator[Annotator], self._many("annotator", "ORDER BY pk"))

    def decisions(self, *, document: str | None = None) -> Iterator[Decision]:
        """The decisions on an article, or all, the oldest first."""
        if document is None:
            return cast(Iterator[Decision], self._many("decision", "ORDER BY id"))
        where = "WHERE document = ? ORDER BY id"
        return cast(Iterator[Decision], self._many("decision", where, document))

    def gap_decisions(self) -> Iterator[Decision]:
        """The decisions that tell of a gap in the guideline, and those that supersede others."""
        where = "WHERE guideline_gap <> 0 OR supersedes <> '' ORDER BY id"
        return cast(Iterator[Decision], self._many("decision", where))

    # The list of articles

    def found(
        self, annotator: str, query: Query = _ALL, order: Order = _IMPORTED
    ) -> Iterator[list[int]]:
        """The row numbers of the articles that a query finds, in blocks, each read when asked for.

        What the query says of labels and states is about this person's work, unless it names whose.
        Of more than 20,000 hits only the order as imported is kept.
        """
        return shelf.ordered(self._rows, annotator, query, order)

    def listing(self, annotator: str, numbers: Sequence[int]) -> list[Listing]:
        """The lines of the articles of these row numbers, as this person sees them."""
        return shelf.listings(self._rows, annotator, numbers)

    def row_number(self, document: str) -> int | None:
        """The row number of an article, None where there is none."""
        return shelf.row_number(self._rows, document)

    def first_not_done(self, annotator: str, numbers: Sequence[int]) -> int | None:
        """The first of these row numbers whose article this person hasn't done."""
        return shelf.first_not_done(self._rows, annotator, numbers)

    def facet_values(self, facet: str) -> list[str]:
        """What a facet of a query can be: sources, languages, annotators or states."""
        return facet_values(self._rows, facet)

    def agreement(self, numbers: Sequence[int] | None = None) -> dict[int, float]:
        """By row number, how far those agree who worked on an article (shelf.py)."""
        return shelf.agreement(self._rows, numbers)

    def annotated_by(self, documents: Sequence[str]) -> dict[str, int]:
        """How many annotations each annotator has made on these articles, in all layers."""
        return usage.annotated_by(self._rows, documents)

    def documents_having(self, phrase: str) -> Iterator[str]:
        """The ids of the articles that may hold a phrase, which begins as a word does."""
        return shelf.documents_having(self._rows, phrase)

    def tagged_alike(self, annotator: str, words: str, *, but: str) -> Iterator[Annotation]:
        """Some annotations of just these words in this person's articles, save `but` (an id).

        Only the 500 articles with the words that came in last are looked at, so that it takes no
        more than some milliseconds however many there are.
        """
        match = match_of(self._rows, [Word(words, phrase=True)])
        values = (match, annotator, but, len(words), len(words), words)
        return cast(
            Iterator[Annotation], self._many("annotation", shelf.ALIKE, *values) if match else ()
        )

    def suggestion_tallies(self) -> list[tuple[str, str, str, int, int, int]]:
        """What became of what the machine suggested, by suggester and label (suggested.py)."""
        return suggested.tallies(self._rows)

    def doubts(self) -> dict[str, float]:
        """By article, how unsure the machine is of what it suggests there (suggested.py)."""
        return suggested.doubts(self._rows)

    def document_ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of the articles with these row numbers, in their order; "" for one not there."""
        return suggested.ids(self._rows, numbers)

    def count_documents(self) -> int:
        """How many articles there are."""
        return self._number("SELECT count FROM document_count")

    def work(self, layer: str) -> int:
        """The seconds of work on a layer."""
        found = cast(TimeSpent | None, self._one("work", layer))
        return found.seconds if found else 0

    def first_pass(self, layer: Layer) -> Work:
        """What was in a layer when it was first done, which is what is there until that changes."""
        found = self.contents(layer)
        first = found.first
        return replace(found, annotations=first.annotations, relations=first.relations)

    def contents(self, layer: Layer) -> Work:
        """A layer with all that is in it and known of it."""
        return Work(
            layer,
            tuple(self.annotations(layer=layer.id)),
            tuple(self.relations(layer=layer.id)),
            cast(FirstPass | None, self._one("first_pass", layer.id)),
            self.work(layer.id),
        )

    def label_counts(self, layer: str) -> dict[str, int]:
        """Annotations by label in a layer."""
        sql = "SELECT label, count FROM label_count WHERE layer = ?"
        return dict(self._pairs(sql, layer))

    def progress(self, annotator: str) -> tuple[int, int]:
        """How many articles this person has done, and how many there are."""
        sql = "SELECT total(count) FROM state_count WHERE annotator = ? AND state = 'done'"
        done = self._number(sql, annotator)
        return done, self.count_documents()

    # Counts and history

    def counts(self) -> dict[str, int]:
        """How many documents, annotations, relations, decisions and entities there are."""
        return {kind: self._number(f"SELECT count(*) FROM {kind}") for kind in _COUNTED}  # noqa: S608  (our own names)

    def counts_by_label(self) -> dict[str, int]:
        """Annotations by label over all layers."""
        sql = "SELECT label, sum(count) FROM label_count GROUP BY label ORDER BY label"
        return dict(self._pairs(sql))

    def link_counts(self) -> dict[tuple[str, str, str], int]:
        """Relations over all layers, by type, label of the source and label of the target."""
        return usage.link_counts(self._rows)

    def attribute_sets(
        self, kind: Literal["label", "relation"], name: str
    ) -> Iterator[tuple[Attributes, int]]:
        """The different attributes under a label or relation type, and how often they come."""
        return usage.attribute_sets(self._rows, kind, name)

    def annotators_of(self, labels: Sequence[str], relations: Sequence[str]) -> list[str]:
        """Who has annotations with one of these labels, or links of one of these types."""
        return usage.annotators_of(self._rows, labels, relations)

    def layer_counts(self) -> dict[str, dict[str, int]]:
        """Layers by role and state."""
        return usage.layer_counts(self._rows)

    def holders(self) -> Iterator[tuple[str, str, State]]:
        """Article, annotator, and how far that person's newest work is, article by article."""
        return usage.holders(self._rows)

    def work_by_annotator(self) -> dict[str, tuple[int, int]]:
        """By person the annotations in their layers, and the seconds of work on them."""
        return usage.work_by_annotator(self._rows)

    def users_of_entity(self, id_: str) -> Iterator[str]:
        """The ids of the annotations and relations that name this entity in an attribute."""
        return usage.users_of_entity(self._rows, id_)

    def works_naming(self, entity: str) -> Iterator[Work]:
        """The work that was done, at least once, and names this entity now or in its first pass."""
        named = usage.layers_naming(self._rows, entity)
        layers = cast(Iterator[Layer], self.values("layer", list(named)).values())
        works = (self.contents(layer) for layer in layers)
        return (each for each in works if each.first_pass or each.layer.is_finished)

    def mentions(self) -> dict[str, int]:
        """How many annotations and relations name each entity of the register that any names."""
        return usage.mentions(self._rows)

    def mentioned(self, label: str) -> Iterator[tuple[str, Attributes]]:
        """The words that people tagged with a label, each with attributes that it has somewhere."""
        return usage.mentioned(self._rows, label)

    def text_length(self, document: str) -> int:
        """The length of an article's text in code points, 0 where there is no such article."""
        sql = "SELECT coalesce(max(length(text)), 0) FROM document WHERE id = ?"
        return self._number(sql, document)

    def last_value(self, kind: str, id_: str) -> Value | None:
        """A value as it is, or, where it was taken away, as it was before."""
        found = self.value(kind, id_)
        if found is None:
            last = next(iter(self.journal.history(kind, id_)), None)
            found = last.before if last else None
        return found

    def hand_over(
        self, target: sqlite3.Connection, writing: Writing, records: Records, *, handoff: str
    ) -> Counted[None]:
        """Write values as they stand here into another file (merge/taking.py)."""
        with readable(self._connection):
            yield from take_over(self._connection, target, writing, records, handoff=handoff)

    def problems(self) -> list[str]:
        """What is wrong with the file, a sentence each (check.py)."""
        return list(problems(self._connection))

    def tagset_problems(self) -> list[str]:
        """What no version of the tag set allows, a sentence each (check.py)."""
        with readable(self._connection):
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
        with readable(self._connection):
            return int(self._connection.execute(sql, values).fetchone()[0])

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with readable(self._connection):
            return self._connection.execute(sql, values).fetchall()

    def _pairs(self, sql: str, *values: Any) -> list[tuple[str, int]]:
        with readable(self._connection):
            rows = self._connection.execute(sql, values).fetchall()
            return [(str(name), int(count)) for name, count in rows]
