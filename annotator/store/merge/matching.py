"""What something of another file is here: articles by text, people and layers by name."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.core.ids import layer_id
from annotator.store.tables import Row
from annotator.store.writer import among

_PAGE = 1_000
_Translate = Callable[["Matching", Row], Row]


@dataclass(frozen=True, slots=True)
class Matching:
    """By what is there, what it is here.

    `documents` are articles whose text is here under another id, `names` people who are called
    otherwise here, `versions` those of the tag set; `layers` are those that are others for that,
    `moved` the same by article there. `refused` are articles of the same id and another text,
    `closed` the layers on them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    layers: dict[str, str] = field(default_factory=dict)
    moved: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
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

    def is_elsewhere(self, kind: str, id_: str) -> bool:
        """Whether a value there is another one here, which keeps what it has."""
        return (kind == "document" and id_ in self.documents) or (
            kind == "annotator" and id_ in self.names
        )


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


def renamed(here: sqlite3.Connection, there: sqlite3.Connection) -> dict[str, str]:
    """The people there who were given another name here since: by name there the one here."""
    living = {str(row[0]) for row in here.execute("SELECT name FROM annotator")}
    found: dict[str, str] = {}
    for (name,) in there.execute("SELECT name FROM annotator"):
        now = str(name)
        passed = {now}
        while now not in living and (later := _next_name(here, now)) and later not in passed:
            passed.add(later)
            now = later
        if now != name and now in living:
            found[str(name)] = now
    return found


def _next_name(here: sqlite3.Connection, name: str) -> str:
    """The name that an annotator got by the edit which took this one away, "" for none."""
    sql = (
        "SELECT json_extract(each.value, '$[1]') FROM tombstone t JOIN"
        " (SELECT id, changes FROM journal UNION ALL SELECT id, changes FROM foreign_journal) j"
        " ON j.id = t.edit, json_each(j.changes) each WHERE t.kind = 'annotator' AND t.id = ?"
        " AND json_extract(each.value, '$[0]') = 'annotator'"
        " AND json_extract(each.value, '$[1]') <> t.id"
    )
    found = {str(row[0]) for row in here.execute(sql, (name,))}
    return found.pop() if len(found) == 1 else ""


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
    refused = set(found.refused)
    rows = there.execute("SELECT id, document, annotator, role, round FROM layer").fetchall()
    for id_, document, annotator, role, round_ in rows:
        if document in refused:
            found.closed.add(id_)
        now = found.documents.get(document, document), found.names.get(annotator, annotator)
        if now != (document, annotator):
            found.layers[id_] = layer_id(*now, role, round_)
            found.moved.setdefault(document, []).append((id_, found.layers[id_]))


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
    seen, outcome = str(row["seen"]), str(row["outcome"])
    for there, here in matching.moved.get(document, ()):
        seen, outcome = seen.replace(there, here), outcome.replace(there, here)
    now = matching.documents.get(document, document)
    return {**row, "document": now, "seen": seen, "outcome": outcome}


_TRANSLATE: dict[str, _Translate] = {
    "layer": _layer,
    "annotation": _inside,
    "relation": _inside,
    "decision": _decision,
    "work": _of_layer,
    "first_pass": _of_layer,
}
