"""What something of another file is here: articles by text, people and layers by name."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.core.apart import PREFIX as APART
from annotator.core.ids import layer_id
from annotator.store.tables import TABLES, Row
from annotator.store.writer import among

_PAGE = 1_000
_Translate = Callable[["Matching", Row], Row]


@dataclass(frozen=True, slots=True)
class Matching:
    """By what is there, what it is here.

    `documents` are articles whose text is here under another id, `names` people who are called
    otherwise here, `versions` those of the tag set; `layers` are those that are others for that,
    `moved` the same by article there. `refused` are articles of the same id and another text,
    `closed` the layers on them, as they are called here.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    layers: dict[str, str] = field(default_factory=dict)
    moved: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def id(self, kind: str, id_: str) -> str:
        """The id here of a value there."""
        if kind in ("layer", "work", "first_pass"):
            return self.layers.get(id_, id_)
        return self.names.get(id_, id_) if kind == "annotator" else id_

    def row(self, kind: str, row: Row) -> Row:
        """A row of there as it is to be here."""
        translate = _TRANSLATE.get(kind)
        return row if translate is None or len(row) == 1 else translate(self, row)

    def is_closed(self, kind: str, id_: str, row: Row) -> bool:
        """Whether a value (its row here or there) belongs to an article that is refused."""
        if kind == "document":
            return id_ in self.refused
        if kind in ("layer", "work", "first_pass"):
            return id_ in self.closed
        return row.get("layer") in self.closed or row.get("document") in self.refused

    def stays_there(self, kind: str, id_: str) -> bool:
        """Whether a value there doesn't come: this file has its own article, or facts, for it.

        Of the facts about a project only those come that somebody found in the work.
        """
        if kind == "setting":
            return not id_.startswith(APART)
        return kind == "document" and id_ in self.documents


def matched(
    here: sqlite3.Connection,
    there: sqlite3.Connection,
    *,
    names: Mapping[str, str],
    versions: Mapping[int, int],
) -> Matching:
    """How the articles and layers of two files match."""
    found = Matching(names, versions)
    last = 0
    while page := there.execute(
        "SELECT pk, id, sha256 FROM document WHERE pk > ? ORDER BY pk LIMIT ?", (last, _PAGE)
    ).fetchall():
        _match(here, {str(row[1]): str(row[2]) for row in page}, found)
        last = page[-1][0]
    if found.documents or found.refused or names:
        _match_layers(there, found)
    return found


def called_otherwise(here: sqlite3.Connection, names: Mapping[str, str]) -> Matching:
    """How a file matches itself where people are to have other names."""
    found = Matching(names)
    _match_layers(here, found)
    return found


def _match(here: sqlite3.Connection, hashes: Mapping[str, str], found: Matching) -> None:
    own = dict(_pairs(here, "SELECT id, sha256 FROM document WHERE id", list(hashes)))
    found.refused.extend(id_ for id_, sha256 in own.items() if hashes[id_] != sha256)
    unknown = {id_: sha256 for id_, sha256 in hashes.items() if id_ not in own}
    twins: dict[str, str] = {}
    sql = "SELECT sha256, id FROM document WHERE sha256"
    for sha256, id_ in _pairs(here, sql, list(unknown.values())):
        twins[sha256] = min(id_, twins.get(sha256, id_))
    found.documents.update(
        (id_, twins[sha256]) for id_, sha256 in unknown.items() if sha256 in twins
    )


def _match_layers(there: sqlite3.Connection, found: Matching) -> None:
    """Match layers by what their ids are made of, so that those which are deleted match too."""
    people, documents = _all(there, "annotator"), _all(there, "document")
    kinds = there.execute("SELECT DISTINCT role, round FROM layer").fetchall()
    moved = [each for each in people if each in found.names]
    for document in documents:
        now = found.documents.get(document, document)
        for name in moved if now == document else people:
            for role, round_ in kinds:
                former = layer_id(document, name, role, round_)
                layer = layer_id(now, found.names.get(name, name), role, round_)
                found.layers[former] = layer
                found.moved.setdefault(document, {})[former] = layer
    sql = "SELECT id FROM layer WHERE document"
    closed = (str(row[0]) for row in among(there, sql, found.refused))
    found.closed.update(found.id("layer", each) for each in closed)


def _all(connection: sqlite3.Connection, kind: str) -> list[str]:
    """The ids of all values of a kind, those that were deleted too."""
    table = TABLES[kind]
    sql = (
        f"SELECT {table.key} FROM {table.name} UNION"  # noqa: S608  (our own names)
        " SELECT id FROM tombstone WHERE kind = ?"
    )
    return [str(row[0]) for row in connection.execute(sql, (kind,))]


def _pairs(connection: sqlite3.Connection, sql: str, keys: list[str]) -> Iterator[tuple[str, str]]:
    return ((str(row[0]), str(row[1])) for row in among(connection, sql, keys))


def _layer(matching: Matching, row: Row) -> Row:
    document, annotator = str(row["document"]), str(row["annotator"])
    version = row["tagset"]
    assert isinstance(version, int)
    return {
        **row,
        "id": matching.id("layer", str(row["id"])),
        "document": matching.documents.get(document, document),
        "annotator": matching.id("annotator", annotator),
        "tagset": matching.versions.get(version, version),
    }


def _inside(matching: Matching, row: Row) -> Row:
    layer = str(row["layer"])
    return {**row, "layer": matching.layers[layer]} if layer in matching.layers else row


def _of_layer(matching: Matching, row: Row) -> Row:
    return {**row, "id": matching.id("layer", str(row["id"]))}


def _decision(matching: Matching, row: Row) -> Row:
    """What was seen and what came of it tell of layers, and so do the ids that lead to gold."""
    document = str(row["document"])
    layers = matching.moved.get(document, {})
    told = {key: str(row[key]) for key in ("seen", "outcome")}
    if layers:
        # All at once, because two may have each other's.
        ids = re.compile("|".join(map(re.escape, layers)))
        told = {key: ids.sub(lambda id_: layers[id_[0]], each) for key, each in told.items()}
    now = matching.documents.get(document, document)
    return {**row, "document": now, "by": matching.id("annotator", str(row["by"])), **told}


def _annotator(matching: Matching, row: Row) -> Row:
    return {**row, "name": matching.id("annotator", str(row["name"]))}


_TRANSLATE: dict[str, _Translate] = {
    "annotator": _annotator,
    "layer": _layer,
    "annotation": _inside,
    "relation": _inside,
    "decision": _decision,
    "work": _of_layer,
    "first_pass": _of_layer,
}
