"""What must be there for something else: ends for links, and what an article's work stands on."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from annotator.store.check import ends_allowed
from annotator.store.reader import Reader
from annotator.store.tables import Row
from annotator.store.writer import among

_NEEDING = {
    "layer": (("annotation", "layer"),),
    "document": (("layer", "document"), ("decision", "document")),
    "annotator": (("layer", "annotator"),),
}
"""By kind, what can't be without its values: table and column."""


def needed(connection: sqlite3.Connection, kind: str, ids: Sequence[str]) -> set[str]:
    """Those of these values that something in the file is in, or names."""
    if kind == "entity":
        read = Reader(connection)
        return {id_ for id_ in ids if next(read.users_of_entity(id_), None) is not None}
    found: set[str] = set()
    for table, column in _NEEDING[kind]:
        sql = f'SELECT DISTINCT "{column}" FROM {table} WHERE "{column}"'  # noqa: S608  (our own names)
        found.update(str(row[0]) for row in among(connection, sql, ids))
    return found


class Ends:
    """Whether links can be shown: both ends there, in their layer, under labels that may be."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._allowed = ends_allowed(connection)

    def missing(self, links: Iterable[tuple[str, Row]]) -> Mapping[str, str]:
        """Why each of these links (id and row) can't be shown, by id; "" for those that can."""
        found = dict(links)
        ends = {str(row[end]) for row in found.values() for end in ("source", "target")}
        sql = "SELECT id, layer, label FROM annotation WHERE id"
        known = {
            str(row[0]): (str(row[1]), str(row[2]))
            for row in among(self._connection, sql, list(ends))
        }
        return {id_: self._problem(row, known) for id_, row in found.items()}

    def _problem(self, row: Row, known: Mapping[str, tuple[str, str]]) -> str:
        ends = [known.get(str(row[end])) for end in ("source", "target")]
        if None in ends:
            return "one of its ends was removed"
        source, target = (end for end in ends if end is not None)
        if {source[0], target[0]} != {row["layer"]}:
            return "one of its ends is in another layer"
        sources, targets = self._allowed.get(str(row["type"]), (set(), set()))
        if source[1] not in sources or target[1] not in targets:
            return f'"{row["type"]}" can\'t join {source[1]} to {target[1]}'
        return ""
