"""Rows become values, and values rows, here and nowhere else."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, cast

from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    TimeSpent,
    Value,
)
from annotator.core.span import Span

Cell = str | int | None
Row = dict[str, Cell]
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Table:
    """How one kind of value lies in the file.

    `columns` are the value's, without the INTEGER `pk` and the `edit` that last wrote the row;
    `key` is the one that identifies the value.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    cells: Callable[[Any], tuple[Cell, ...]]
    build: Callable[[Any], Value]

    def value(self, row: Mapping[str, Any] | sqlite3.Row) -> Value:
        """The value in a row; raises UserError where a damaged file has none in it."""
        try:
            return self.build(row)
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            known = dict(row).get(self.key, "?")
            raise UserError(
                f"The file is damaged: row {known} of {self.name} cannot be read ({error})."
            ) from error

    @property
    def stored(self) -> Callable[[Any], tuple[Cell, ...]]:
        """What gives the columns and the edit of a row (`Row`), the first parameters of SQL."""
        return itemgetter(*self.columns, "edit")

    def native(self, id_: str) -> Cell:
        """The key in the file of the value with this id."""
        return int(id_) if self.key == "version" else id_

    @property
    def select(self) -> str:
        """The SELECT of all columns and the edit, without a WHERE."""
        return f"SELECT {self.listed}, edit FROM {self.name}"  # noqa: S608  (our own names)

    @property
    def listed(self) -> str:
        """The columns as SQL."""
        return ", ".join(f'"{column}"' for column in self.columns)

    @property
    def insert(self) -> str:
        """The INSERT of all columns, the edit and the row number, None for a new one."""
        marks = ", ".join("?" * (len(self.columns) + 2))
        return f"INSERT INTO {self.name} ({self.listed}, edit, pk) VALUES ({marks})"  # noqa: S608  (our own names)

    @property
    def update(self) -> str:
        """The UPDATE by key; parameters are the columns but the key, the edit, and the key."""
        # A key that is set, if only to what it is, is looked up by all that refer to it.
        key, *marks = [f'"{column}" = ?' for column in (*self.columns, "edit")]
        return f"UPDATE {self.name} SET {', '.join(marks)} WHERE {key}"  # noqa: S608  (our own names)

    @property
    def delete(self) -> str:
        """The DELETE by key."""
        return f'DELETE FROM {self.name} WHERE "{self.key}" = ?'  # noqa: S608  (our own names)


def to_json(value: Any) -> str:
    """Compact JSON in one form only: keys sorted, letters as they are."""
    return "{}" if value == {} else _ENCODER.encode(value)  # most rows have nothing to say


def _from_json(text: str) -> Any:
    return {} if text == "{}" else _DECODER.decode(text)


def _fragments(spans: tuple[Span, ...]) -> str | None:
    return to_json([[span.start, span.end] for span in spans]) if len(spans) > 1 else None


def _spans(row: Mapping[str, Any]) -> tuple[Span, ...]:
    if row["fragments"] is None:
        return (Span(row["start"], row["end"]),)
    spans = tuple(Span(start, end) for start, end in json.loads(row["fragments"]))
    if not spans:
        raise ValueError("it has no fragments")
    return spans


def _annotation_cells(each: Annotation) -> tuple[Cell, ...]:
    spans = each.spans
    extent = (spans[0].start, max(span.end for span in spans))
    json_cells = (to_json(each.attributes), each.note, to_json(each.meta))
    return (each.id, each.layer, *extent, _fragments(spans), each.label, *json_cells)


def _annotation(row: Mapping[str, Any]) -> Annotation:
    attributes, meta = _from_json(row["attributes"]), _from_json(row["meta"])
    return Annotation(
        row["id"], row["layer"], _spans(row), row["label"], attributes, row["note"], meta
    )


def _first_pass_cells(each: FirstPass) -> tuple[Cell, ...]:
    annotations = [
        {
            "id": one.id,
            "spans": [[span.start, span.end] for span in one.spans],
            "label": one.label,
            "attributes": one.attributes,
            "note": one.note,
            "meta": one.meta,
        }
        for one in each.annotations
    ]
    relations = [
        {
            "id": one.id,
            "type": one.type,
            "source": one.source,
            "target": one.target,
            "attributes": one.attributes,
        }
        for one in each.relations
    ]
    return (each.id, to_json(annotations), to_json(relations))


def _first_pass(row: Mapping[str, Any]) -> FirstPass:
    layer = row["id"]
    annotations = (
        Annotation(
            each["id"],
            layer,
            tuple(Span(start, end) for start, end in each["spans"]),
            *(each[name] for name in ("label", "attributes", "note", "meta")),
        )
        for each in _from_json(row["annotations"])
    )
    relations = (
        Relation(
            each["id"],
            layer,
            *(each[name] for name in ("type", "source", "target", "attributes")),
        )
        for each in _from_json(row["relations"])
    )
    return FirstPass(layer, tuple(annotations), tuple(relations))


def _cell(each: Any) -> Cell:
    return int(each) if each is True or each is False else each  # the rest are strings and numbers


def _plain(kind: type, columns: tuple[str, ...], json_columns: frozenset[str]) -> dict[str, Any]:
    """`cells` and `value` for a kind whose fields are its columns, some of them JSON."""
    fields_of = attrgetter(*columns)
    turned = [name in json_columns for name in columns]

    def cells(value: Any) -> tuple[Cell, ...]:
        found = zip(turned, fields_of(value), strict=True)
        return tuple([to_json(each) if is_json else _cell(each) for is_json, each in found])

    def value(row: Mapping[str, Any]) -> Value:
        fields = {
            name: _from_json(row[name]) if name in json_columns else row[name] for name in columns
        }
        if "aliases" in fields:
            fields["aliases"] = tuple(fields["aliases"])
        if "guideline_gap" in fields:
            fields["guideline_gap"] = bool(fields["guideline_gap"])
        return cast(Value, kind(**fields))

    return {"columns": columns, "cells": cells, "build": value}


TABLES: dict[str, Table] = {
    "setting": Table("project", "key", **_plain(Setting, ("key", "value"), frozenset())),
    "tagset": Table("tagset", "version", **_plain(TagsetVersion, ("version", "toml"), frozenset())),
    "annotator": Table(
        "annotator", "name", **_plain(Annotator, ("name", "display", "color"), frozenset())
    ),
    "entity": Table(
        "entity",
        "id",
        **_plain(Entity, ("id", "name", "aliases", "side", "type"), frozenset({"aliases"})),
    ),
    "document": Table(
        "document",
        "id",
        **_plain(
            Document,
            (
                *("id", "title", "text", "sha256", "source", "url", "published"),
                *("language", "note", "meta"),
            ),
            frozenset({"meta"}),
        ),
    ),
    "first_pass": Table(
        "first_pass", "id", ("id", "annotations", "relations"), _first_pass_cells, _first_pass
    ),
    "layer": Table(
        "layer",
        "id",
        **_plain(
            Layer,
            ("id", "document", "annotator", "role", "round", "state", "tagset", "meta"),
            frozenset({"meta"}),
        ),
    ),
    "annotation": Table(
        "annotation",
        "id",
        ("id", "layer", "start", "end", "fragments", "label", "attributes", "note", "meta"),
        _annotation_cells,
        _annotation,
    ),
    "relation": Table(
        "relation",
        "id",
        **_plain(
            Relation,
            ("id", "layer", "type", "source", "target", "attributes"),
            frozenset({"attributes"}),
        ),
    ),
    "decision": Table(
        "decision",
        "id",
        **_plain(
            Decision,
            (
                *("id", "document", "seen", "action", "outcome", "by", "reason", "comment"),
                *("confidence", "guideline_gap", "supersedes"),
            ),
            frozenset({"seen", "outcome"}),
        ),
    ),
    "work": Table("work", "id", **_plain(TimeSpent, ("id", "seconds"), frozenset())),
}
"""By kind, as in model.KINDS and in its order: parents before children."""
