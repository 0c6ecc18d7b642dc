"""With or without a write-ahead log: how a file is written, by where it lies and who has it.

A file that somebody works in has a log beside it, which makes saving fast and lets others read
meanwhile. At rest it has none, and its header says so. So a copy that was made by hand of the file
alone, while somebody worked in it, is known by its header: it wants a log, and has none. (Whether
the log held anything can't be known; and somebody else's program that was the last to close the
file leaves it the same way.) Where computers share a folder a log would not be seen by all, so
there is none.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from annotator.store.file import FAULTS, PATIENCE, connect, log_of

_HEADER = 20
_LOGGED = b"\x02\x02"
"""Bytes 18 and 19 of a file that wants a log (SQLite, "Database File Format", 1.3.3)."""
_FIRST = "0003_team"
"""Files without this migration were left with a header that wants a log."""


def log_is_lost(path: Path) -> bool:
    """Whether a file was copied or moved without its log while it was open."""
    with path.open("rb") as file:
        logged = file.read(_HEADER)[18:] == _LOGGED
    if not logged or log_of(path).exists():
        return False
    connection = connect(path, read_only=True)
    try:
        sql = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'annotator' AND name = ?"
        return connection.execute(sql, (_FIRST,)).fetchone() is not None
    except FAULTS:
        return False  # who opens it says what is wrong with it
    finally:
        connection.close()


def enter(connection: sqlite3.Connection) -> bool:
    """Write with a log beside the file from now on; False while another program holds the file."""
    if connection.in_transaction:
        return False
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # only now is there a log
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(1000 * PATIENCE)}")
    return True


def leave(connection: sqlite3.Connection) -> None:
    """Move the log into the file and leave it at rest, unless somebody else has it open."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")
