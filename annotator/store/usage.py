"""How much work there is, by whom, and what it uses of the tag set and of the register."""

import json
from collections.abc import Iterator, Sequence
from typing import Literal

from annotator.core.model import Attributes, State
from annotator.store.matching import Rows
from annotator.store.tables import to_json

_OWNERS = ("annotation", "relation")
"""What has attributes, and so may name an entity."""


def link_counts(rows: Rows) -> dict[tuple[str, str, str], int]:
    """Relations over all layers, by type, label of the source and label of the target."""
    sql = (
        "SELECT r.type, s.label, t.label, count(*) FROM relation r"
        " JOIN annotation s ON s.id = r.source JOIN annotation t ON t.id = r.target"
        " GROUP BY 1, 2, 3"
    )
    return {(row[0], row[1], row[2]): int(row[3]) for row in rows(sql)}


def attribute_sets(
    rows: Rows, kind: Literal["label", "relation"], name: str
) -> Iterator[tuple[Attributes, int]]:
    """The different attributes under a label or relation type, and how often they come."""
    table, column = ("annotation", "label") if kind == "label" else ("relation", "type")
    sql = f"SELECT attributes, count(*) FROM {table} WHERE {column} = ? GROUP BY 1"  # noqa: S608  (our own names)
    return ((json.loads(row[0]), int(row[1])) for row in rows(sql, name))


def annotators_of(rows: Rows, labels: Sequence[str], relations: Sequence[str]) -> list[str]:
    """Who has annotations with one of these labels, or links of one of these types."""
    sql = (
        "SELECT DISTINCT annotator FROM layer WHERE id IN (SELECT layer FROM label_count"
        " WHERE count > 0 AND label IN (SELECT value FROM json_each(?)) UNION SELECT layer"
        " FROM relation WHERE type IN (SELECT value FROM json_each(?))) ORDER BY annotator"
    )
    return [str(row[0]) for row in rows(sql, to_json(list(labels)), to_json(list(relations)))]


def annotated_by(rows: Rows, documents: Sequence[str]) -> dict[str, int]:
    """How many annotations each annotator has made on these articles, in all layers."""
    sql = (
        "SELECT l.annotator, sum(c.count) FROM layer l JOIN label_count c ON c.layer = l.id"
        " WHERE l.document IN (SELECT value FROM json_each(?)) GROUP BY 1 ORDER BY 1"
    )
    return {str(row[0]): int(row[1]) for row in rows(sql, to_json(list(documents)))}


def layer_counts(rows: Rows) -> dict[str, dict[str, int]]:
    """Layers by role and state."""
    found: dict[str, dict[str, int]] = {}
    sql = "SELECT role, state, count(*) FROM layer GROUP BY role, state ORDER BY role, state"
    for role, state, count in rows(sql):
        found.setdefault(role, {})[state] = count
    return found


def holders(rows: Rows) -> Iterator[tuple[str, str, State]]:
    """Article, annotator, and how far that person's newest work on it is, in order of articles."""
    sql = (
        "SELECT d.id, s.annotator, s.state FROM standing s CROSS JOIN document d"
        " ON d.pk = s.document ORDER BY s.document, s.annotator"
    )
    return ((str(row[0]), str(row[1]), row[2]) for row in rows(sql))


def work_by_annotator(rows: Rows) -> dict[str, tuple[int, int]]:
    """By person the annotations in their layers, and the seconds of work on them."""
    sql = (
        "SELECT annotator, total((SELECT sum(count) FROM label_count c WHERE c.layer = l.id)),"
        " total((SELECT seconds FROM work w WHERE w.id = l.id)) FROM layer l"
        " WHERE role = 'annotator' GROUP BY annotator"
    )
    return {str(row[0]): (int(row[1]), int(row[2])) for row in rows(sql)}


def users_of_entity(rows: Rows, id_: str) -> Iterator[str]:
    """The ids of the annotations and relations that name this entity in an attribute."""
    sql = " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE instr(attributes, ?) AND EXISTS"  # noqa: S608  (our own names)
        " (SELECT 1 FROM json_tree(attributes) leaf WHERE leaf.value = ?)"
        for table in _OWNERS
    )
    return (str(row[0]) for row in rows(sql, *[id_] * 4))


def layers_naming(rows: Rows, id_: str) -> Iterator[str]:
    """The ids of the layers in which, now or in their first pass, something names this entity."""
    now = " UNION ".join(
        f"SELECT layer FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608  (our own names)
        for table in _OWNERS
    )
    first = "SELECT id FROM first_pass WHERE instr(annotations, ?) OR instr(relations, ?)"
    users = to_json(list(users_of_entity(rows, id_)))
    name = to_json(id_)
    return (str(row[0]) for row in rows(f"{now} UNION {first}", users, users, name, name))


def mentions(rows: Rows) -> dict[str, int]:
    """How many annotations and relations name each entity of the register that any names."""
    named = " UNION ALL ".join(
        f"SELECT DISTINCT owner.id, leaf.value AS named FROM {table} owner,"  # noqa: S608  (our own names)
        " json_tree(owner.attributes) leaf"
        " WHERE owner.attributes <> '{}' AND leaf.type = 'text'"
        for table in _OWNERS
    )
    sql = f"SELECT named, count(*) FROM ({named}) JOIN entity e ON e.id = named GROUP BY named"  # noqa: S608  (our own names)
    return {str(row[0]): int(row[1]) for row in rows(sql)}


def mentioned(rows: Rows, label: str) -> Iterator[tuple[str, Attributes]]:
    """The words that people tagged with a label, each with the attributes that it has somewhere."""
    sql = (
        "SELECT DISTINCT quote, attributes FROM labelled_span"
        " WHERE label = ? AND role <> 'machine' ORDER BY 1, 2"
    )
    return ((str(row[0]), json.loads(row[1])) for row in rows(sql, label))
