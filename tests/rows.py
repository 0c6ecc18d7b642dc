"""All rows of a project file, for comparing two states of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.store.tables import TABLES

Rows = dict[str, list[tuple[object, ...]]]


def rows(connection: sqlite3.Connection, *, stamps: bool = True) -> Rows:
    """The rows of each table of values, in the order of their keys, and of the deletions.

    Without `stamps` only what the rows mean: neither who last wrote them nor deletions.
    """
    found: Rows = {}
    for table in TABLES.values():
        listed = f"{table.listed}, edit" if stamps else table.listed
        sql = f'SELECT {listed} FROM {table.name} ORDER BY "{table.key}"'
        found[table.name] = [tuple(row) for row in connection.execute(sql)]
    if stamps:
        sql = "SELECT kind, id, edit FROM tombstone ORDER BY kind, id"
        found["tombstone"] = [tuple(row) for row in connection.execute(sql)]
    return found


def counters(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The counters of the list of articles, as they are kept."""
    return [tuple(row) for row in connection.execute("SELECT * FROM label_count ORDER BY 1, 2")]


def looked_at(path: Path, look: Callable[[sqlite3.Connection], Rows] = rows) -> Rows:
    """What `look` finds in a project file, through a connection of its own."""
    with closing(sqlite3.connect(path)) as connection:
        return look(connection)


def damage(path: Path, *statements: str) -> None:
    """Run plain SQL on a project file, as somebody with another tool would, keys unchecked."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
