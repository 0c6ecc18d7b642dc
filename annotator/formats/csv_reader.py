"""Reads the three tables back: documents.csv, and beside it spans, relations and entities.

A row that is broken is a Problem, the others come.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.ids import inner_id
from annotator.core.model import ROLES, STATES, Annotation, Document, Layer, Relation, Role
from annotator.core.rules import span_problems
from annotator.core.text import EMPTY
from annotator.formats.base import NO_OPTIONS, Found, Note, Options, Problem, Reading, Source
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl_reader import (
    annotation_of,
    document_of,
    head_of,
    parsed,
    relation_of,
)
from annotator.formats.streams import LIMIT, TextLines

TABLES: Mapping[str, Sequence[str]] = {
    "documents": (
        *("id", "title", "text", "sha256", "source", "url", "published", "language", "note"),
        "meta",
    ),
    "spans": (
        *("id", "document", "annotator", "role", "round", "state", "label", "start", "end"),
        *("fragments", "quote", "attributes", "entities", "note", "meta"),
    ),
    "relations": (
        *("id", "document", "annotator", "role", "round", "type"),
        *("source", "target", "attributes"),
    ),
}
"""The files, without .csv, and their columns. `start` and `end` are the envelope, `fragments` the
spans where there are several, `entities` the names of the entities in the attributes."""
ENTITIES = ("id", "name", "aliases", "side", "type")
"""The columns of the fourth table, the register, which stands there if it isn't empty."""
ESCAPED = "escaped"
"""The last column of tables in which an apostrophe stands before what looks like a formula: the
names of those columns in which it does."""
SEPARATORS = {"comma": ",", "tab": "\t"}
SUFFIXES = {"comma": ".csv", "tab": ".tsv"}
_NEEDED = {
    "documents": ("id", "text"),
    "spans": ("document", "label", "start", "end"),
    "relations": ("document", "type", "source", "target"),
    "entities": ("id", "name"),
}
_OURS = {b"id", b"text", b"sha256"}
_NUMBER = re.compile(r"\d{1,18}")
_Key = tuple[str, Role, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells by column, and where it is."""

    where: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, "" for none."""
        return self.cells.get(column, "")

    def number(self, column: str, default: int | None = None) -> int:
        """A whole number."""
        cell = self.text(column)
        if default is not None and not cell:
            return default
        if not _NUMBER.fullmatch(cell):
            raise Bad(f'"{column}" is not a whole number')
        return int(cell)

    def json(self, column: str, default: Any) -> Any:
        """What the JSON in a cell says."""
        cell = self.text(column)
        try:
            return parsed(cell.encode()) if cell else default
        except Bad as error:
            raise Bad(f'"{column}": {error}') from error


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with the columns of our table of articles."""
    first = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].strip()
    return any({*re.split(each, first.replace(b'"', b""))} >= _OURS for each in (b",", b"\t", b";"))


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a table, with the spans and relations beside it.

    Where those stand in the order of the articles, as we write them, no more than one article is
    held. Raises UserError where it is not the table of articles.
    """
    encoding = options.get("encoding", "")
    with ExitStack() as stack:
        tables: dict[str, _Table] = {}
        for name in _NEEDED:
            found = source if name == "documents" else _neighbour(source, name)
            if found is not None:
                tables[name] = _Table(found, name, encoding, stack)
        documents = tables["documents"]
        yield from _entities(tables.get("entities"))
        beside = {
            name: _Beside(tables[name], documents)
            for name in ("spans", "relations")
            if name in tables
        }
        empty = True
        for row in documents.rows():
            empty = False
            if isinstance(row, Problem):
                yield row
            else:
                at = documents.at
                yield from _article(row, {name: each.of(row) for name, each in beside.items()}, at)
        if empty:
            yield Note(source.name, "It has no articles.")
        for each in beside.values():
            yield from each.left()
        for table in tables.values():
            yield from table.lines.notes()


def _neighbour(source: Source, name: str) -> Source | None:
    """The table of this name beside that of the articles, with the same ending if it can be."""
    own = PurePath(source.name).suffix
    for suffix in dict.fromkeys((own, *SUFFIXES.values())):
        found = source.neighbour(f"{name}{suffix}")
        if found is not None:
            return found
    return None


class _Table:
    """A table in a file."""

    def __init__(self, source: Source, name: str, encoding: str, stack: ExitStack) -> None:
        self.source = source
        self.lines = TextLines(stack.enter_context(source.open()), source.name, encoding)
        first = next((line for _, line in self.lines if line), "") or ""
        self._separator = max((",", "\t", ";"), key=first.count)
        # A limit of one reader there is not; this one holds a whole article.
        csv.field_size_limit(LIMIT)
        self._header: list[str] = []
        with suppress(csv.Error):
            self._header = next(csv.reader([first], delimiter=self._separator), [])
        for column in _NEEDED[name]:
            if column not in self._header:
                raise UserError(
                    f'{source.name} is no table of {name}: it has no column "{column}".'
                )

    @property
    def at(self) -> int:
        """Bytes read so far."""
        return self.lines.at

    def rows(self) -> Iterator[_Row | Problem]:
        """The rows behind the first, from the beginning."""
        over: list[int] = []
        rows = csv.reader(self._text(over), delimiter=self._separator)
        before = 0
        try:
            for cells in rows:
                yield from self._over(over)
                where = self.lines.where(before + 1)
                if before and cells:
                    yield self._row(where, cells)
                before = rows.line_num
        except csv.Error as error:
            yield Problem(self.lines.where(before + 1), f"{error}; the rest was left out")
        yield from self._over(over)

    def _text(self, over: list[int]) -> Iterator[str]:
        """The lines; those that are too large go as blank ones, and their numbers to `over`."""
        for number, line in self.lines:
            if line is None:
                over.append(number)
            yield line or "\n"

    def _over(self, over: list[int]) -> Iterator[Problem]:
        while over:
            what = f"the record is larger than {LIMIT // 1_000_000} MB"
            yield Problem(self.lines.where(over.pop(0)), what)

    def column(self, name: str) -> Iterator[str]:
        """The cells of a column, from the beginning, as far as rows are whole."""
        index = self._header.index(name)
        with suppress(csv.Error):
            rows = csv.reader(self._text([]), delimiter=self._separator)
            for number, cells in enumerate(rows):
                if number and len(cells) == len(self._header):
                    yield cells[index]

    def _row(self, where: str, cells: list[str]) -> _Row | Problem:
        if len(cells) != len(self._header):
            return Problem(where, f"it has {len(cells)} cells for {len(self._header)} columns")
        row = dict(zip(self._header, cells, strict=True))
        for column in row.get(ESCAPED, "").split():
            row[column] = row.get(column, "").removeprefix("'")
        return _Row(where, row)


def _entities(table: _Table | None) -> Reading:
    for row in table.rows() if table else ():
        if isinstance(row, Problem):
            yield row
            continue
        try:
            record = {column: row.text(column) for column in ENTITIES}
            fields = Fields({**record, "aliases": row.json("aliases", [])})
            yield Found(row.where, head_of("entity", fields))
        except Bad as error:
            yield Problem(row.where, str(error))


class _Beside:
    """The rows of a table, handed out by the article that they are about."""

    def __init__(self, table: _Table, documents: _Table) -> None:
        in_step = _in_step(documents, table)  # first, because both read the same file
        self._problems: list[Problem] = []
        self._groups = self._grouped(table.rows())
        self._next = next(self._groups, None)
        self._all: dict[str, list[_Row]] | None = None
        if not in_step:
            self._all = {}
            while self._next is not None:
                self._all.setdefault(self._next[0], []).extend(self._next[1])
                self._next = next(self._groups, None)

    def _grouped(self, rows: Iterable[_Row | Problem]) -> Iterator[tuple[str, list[_Row]]]:
        for id_, group in groupby(self._sound(rows), lambda row: row.text("document")):
            yield id_, list(group)

    def _sound(self, rows: Iterable[_Row | Problem]) -> Iterator[_Row]:
        for row in rows:
            if isinstance(row, Problem):
                self._problems.append(row)
            else:
                yield row

    def of(self, document: _Row) -> list[_Row]:
        """The rows of an article."""
        id_ = document.text("id")
        if self._all is not None:
            return self._all.pop(id_, [])
        if self._next is None or self._next[0] != id_:
            return []
        rows, self._next = self._next[1], next(self._groups, None)
        return rows

    def left(self) -> Iterator[Problem]:
        """What was broken, and what no article came for."""
        yield from self._problems
        for id_, rows in (self._all or {}).items():
            for row in rows:
                yield Problem(row.where, f'there is no article "{id_}" in the table of documents')


def _in_step(documents: _Table, table: _Table) -> bool:
    """Whether the rows of a table stand in the order of their articles."""
    groups = groupby(table.column("document"))
    waiting = next(groups, None)
    for id_ in documents.column("id"):
        if waiting and id_ == waiting[0]:
            waiting = next(groups, None)
    return waiting is None


def _article(row: _Row, beside: Mapping[str, list[_Row]], at: int) -> Reading:
    """An article, after the problems of what in it has to stay out."""
    try:
        document = _document(row)
    except Bad as error:
        yield Problem(row.where, str(error))
        return
    layers: dict[_Key, Layer] = {}
    annotations: dict[_Key, list[Annotation]] = {}
    relations: dict[_Key, list[Relation]] = {}
    for each in beside.get("spans", ()):
        try:
            key = _key(each)
            layer = layers.get(key) or _layer(each, key, document)
            annotations.setdefault(key, []).append(_annotation(each, layer, document))
            layers[key] = layer
        except Bad as error:
            yield Problem(each.where, str(error))
    for each in beside.get("relations", ()):
        try:
            key = _key(each)
            found = _relation(each, layers.get(key))
            relations.setdefault(key, []).append(found)
        except Bad as error:
            yield Problem(each.where, str(error))
    works = (
        Work(layer, tuple(annotations[key]), tuple(relations.get(key, ())))
        for key, layer in layers.items()
    )
    yield Found(row.where, Article(document, tuple(works)), at)


def _document(row: _Row) -> Document:
    record: dict[str, Any] = {each: row.text(each) for each in TABLES["documents"]}
    if not record["sha256"]:
        del record["sha256"]
    elif not record["text"] and record["sha256"] != EMPTY:
        del record["text"]
    if "title" not in row.cells:
        del record["title"]
    return document_of(Fields({**record, "meta": row.json("meta", {})}))


def _key(row: _Row) -> _Key:
    role = row.text("role") or ROLES[0]
    if role not in ROLES:
        raise Bad(f'"role" is not one of {", ".join(ROLES)}')
    return row.text("annotator"), role, row.number("round", 1)


def _layer(row: _Row, key: _Key, document: Document) -> Layer:
    state = Fields({"state": row.text("state") or "done"}).one_of("state", STATES)
    annotator, role, round_ = key
    if round_ < 1:
        raise Bad('"round" is not a whole number from 1')
    return Layer.of(document.id, annotator, role=role, round_=round_, state=state)


def _annotation(row: _Row, layer: Layer, document: Document) -> Annotation:
    start, end = row.number("start"), row.number("end")
    record = {
        "id": row.text("id") or inner_id(layer.id, f"{start}-{end} {row.text('label')}"),
        "spans": row.json("fragments", [[start, end]]),
        "label": row.text("label"),
        "attributes": row.json("attributes", {}),
        "note": row.text("note"),
        "meta": row.json("meta", {}),
    }
    found = annotation_of(Fields(record), layer.id, document.text)
    quote = row.text("quote")
    if quote and not document.withheld and quote != found.quote(document.text):
        for problem in span_problems(found, len(document.text)):
            raise Bad(problem)
        raise Bad("its quote is not what the text has at its span")
    return found


def _relation(row: _Row, layer: Layer | None) -> Relation:
    if layer is None:
        raise Bad("its annotator has no spans in this article")
    ends = {each: row.text(each) for each in ("type", "source", "target")}
    id_ = row.text("id") or inner_id(layer.id, " ".join(ends.values()))
    return relation_of(
        Fields({"id": id_, **ends, "attributes": row.json("attributes", {})}), layer.id
    )
