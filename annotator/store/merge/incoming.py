"""A project file that is to be merged: read through a copy, and looked at before it is trusted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.model import Annotation
from annotator.core.rules import span_problems, value_problems
from annotator.core.text import sha256
from annotator.store import file
from annotator.store.check import broken_keys, damages
from annotator.store.merge.past import Past
from annotator.store.merge.side import Side
from annotator.store.mode import log_is_lost
from annotator.store.reader import Reader
from annotator.store.tables import TABLES

_STAMPED = " UNION ALL ".join(
    f"SELECT edit FROM {name}"  # noqa: S608  (our own names)
    for name in ("tombstone", *(table.name for table in TABLES.values()))
)
_UNTOLD = (
    f"SELECT edit FROM ({_STAMPED}) WHERE edit IS NOT NULL AND edit NOT IN"  # noqa: S608  (our own names)
    " (SELECT id FROM journal UNION ALL SELECT id FROM foreign_journal) LIMIT 1"
)
_BEYOND = (
    "SELECT a.id FROM annotation a JOIN layer l ON l.id = a.layer JOIN document d"
    ' ON d.id = l.document GROUP BY l.id HAVING max(a."end") > length(d.text) LIMIT 1'
)


class Incoming:
    """Another project file, as it was when it was opened here; `read` reads it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.side = Side(connection)
        self.read = Reader(connection)

    @property
    def newest(self) -> str:
        """When the last entry of its own journal was written, "" where there is none."""
        sql = "SELECT coalesce(max(time), '') FROM journal"
        return str(self.side.connection.execute(sql).fetchone()[0])


@contextmanager
def opened(path: Path) -> Iterator[Incoming]:
    """The file at `path`, which is never written to.

    Raises UserError, naming the file, where it is no project of this version or an older one, is
    damaged, or lacks its log.
    """
    with file.copied(path) as connection:
        if log_is_lost(path):
            raise UserError(
                f"{path} was copied while it was open, without the work that was not in it yet; "
                "save a copy from the program, or close it there and copy it again."
            )
        try:
            problem = next(_problems(connection), "")
        except (*file.FAULTS, UserError, ValueError) as error:
            problem = file.in_line(error)
        if problem:
            raise UserError(f"{path} is damaged and was not merged: {problem.rstrip('.')}.")
        yield Incoming(path, connection)


def _problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with a file in a way that would not stay in it."""
    yield from damages(connection)
    yield from broken_keys(connection)
    for id_, text, hash_ in connection.execute("SELECT id, text, sha256 FROM document"):
        if sha256(text) != hash_:
            yield f"the text of the article {id_} is not the one that it had"
    for row in connection.execute(TABLES["layer"].select):
        for problem in value_problems(TABLES["layer"].value(row)):
            yield f"the layer {row['id']}: {problem}"
    for row in connection.execute(_BEYOND):
        yield f"the annotation {row[0]} ends beyond its text"
    for row in connection.execute(f"{TABLES['annotation'].select} WHERE fragments IS NOT NULL"):
        value = TABLES["annotation"].value(row)
        assert isinstance(value, Annotation)
        for problem in span_problems(value, value.envelope.end):
            yield f"the annotation {value.id}: {problem}"
    for row in connection.execute(_UNTOLD):
        yield f"no journal tells of the edit {row[0]}"
    altered = Past(connection).altered()
    if altered:
        yield f"the journal's entry {altered} was altered after it was written"
