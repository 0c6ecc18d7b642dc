"""One project file: made, recognised, migrated, refused."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from annotator.core.errors import UserError

APPLICATION_ID = 0x416E6E6F
"""`Anno` in ASCII, in the header of each project file."""
SCHEMA = ("0001_first",)
"""The migrations this program knows, in order (a test holds them against migrations.py)."""
PATIENCE = 5.0
"""Seconds to wait for another program's write to end."""


def create(path: Path) -> None:
    """Make an empty project file with the current schema.

    Raises UserError when the file exists or its folder can't be written.
    """
    if path.exists():
        raise UserError(f"{path} exists already; choose another name, or use --force.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder {path.parent}; make it first.")
    try:
        connection = sqlite3.connect(path)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        remove(path)
        raise UserError(f"{path} could not be made: {error}.") from error


def remove(path: Path) -> None:
    """Remove a project file and what SQLite keeps beside it."""
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)


def prepare(path: Path) -> str:
    """Make sure that the file is a project of this program's schema, migrating it if need be.

    Returns why the file can only be read, or "" where it can be written. Before a migration the
    file is backed up beside itself. Raises UserError, with nothing touched, when the file is
    missing, empty, no project, damaged, locked, or made by a newer version.
    """
    _require_file(path)
    read_only = _why_read_only(path)
    connection = connect(path, read_only=bool(read_only))
    try:
        pending = _pending(connection, path)
        if pending and read_only:
            raise UserError(f"{path} was made by an older version and {read_only}; copy it first.")
        if pending:
            backup(connection, path)
            _migrate(connection)
    finally:
        connection.close()
    return read_only


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to a project file, foreign keys on and every commit durable.

    Transactions are begun and ended by who uses it. Raises UserError when the file can't be opened.
    """
    mode = "ro" if read_only else "rw"
    if read_only and not os.access(path.parent, os.W_OK):
        if _log_of(path).exists() and _log_of(path).stat().st_size:
            raise UserError(f"{path} has unsaved work beside it in a folder that is read-only.")
        mode = "ro&immutable=1"  # WAL needs a file beside, which can't be made here
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")
    except sqlite3.Error as error:
        raise UserError(f"{path} could not be opened: {error}.") from error
    connection.row_factory = sqlite3.Row
    return connection


def backup(connection: sqlite3.Connection, path: Path) -> Path:
    """A whole copy of the file beside it, named by the time (UTC); raises UserError if it fails."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    copy = path.with_name(f"{path.stem}.backup-{stamp}{path.suffix}")
    try:
        target = sqlite3.connect(copy)
        try:
            connection.backup(target)
        finally:
            target.close()
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise UserError(f"No backup of {path} could be made, so it was left alone: {error}.") from error
    return copy


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path} is a folder; name a project file.")
    if not path.exists():
        raise UserError(f"There is no file {path}; make a project with: annotator new {path}")
    if path.stat().st_size == 0:
        raise UserError(f"{path} is empty and no Annotator project.")
    if not os.access(path, os.R_OK):
        raise UserError(f"{path} cannot be read; ask its owner for permission.")


def _why_read_only(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return "the file is read-only"
    if not os.access(path.parent, os.W_OK):
        return "its folder is read-only"
    return ""


def _pending(connection: sqlite3.Connection, path: Path) -> list[str]:
    """The migrations that the file still needs."""
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError(f"{path} is not an Annotator project.")
        applied = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM _sqlite_migrations WHERE migration_set = 'annotator' ORDER BY id"
            )
        ]
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise locked(path) from error
        raise UserError(f"{path} is damaged and can't be read: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise UserError(f"{path} is not an Annotator project.") from error
    unknown = [name for name in applied if name not in SCHEMA]
    if unknown:
        raise UserError(
            f"{path} was made by a newer version of Annotator (it has {unknown[0]}); update this one."
        )
    return [name for name in SCHEMA if name not in applied]


def locked(path: Path) -> UserError:
    """What to say when another program holds the file."""
    return UserError(f"{path} is in use by another program; close it there and try again.")


def _migrate(connection: sqlite3.Connection) -> None:
    # Imported here only: sqlite-utils costs 150 ms, and more where pandas is installed, which a
    # window that opens a file of the current schema need not pay.
    from sqlite_utils import Database  # noqa: PLC0415

    from annotator.store.migrations import migrations  # noqa: PLC0415

    isolation, connection.isolation_level = connection.isolation_level, ""
    try:
        # With keys on, a table that others refer to can't be transformed.
        connection.execute("PRAGMA foreign_keys = OFF")
        migrations.apply(Database(connection, execute_plugins=False))
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise UserError(f"The migration would break a link in table {broken[0]}.")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.isolation_level = isolation


