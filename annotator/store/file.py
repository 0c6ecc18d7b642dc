"""One project file: made, recognised, migrated, refused."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.core.errors import UserError

APPLICATION_ID = 0x416E6E6F
"""`Anno` in ASCII, in the header of each project file."""
SCHEMA = ("0001_first", "0002_list", "0003_team")
"""The migrations this program knows, in order (a test holds them against migrations.py)."""
PATIENCE = 5.0
"""Seconds to wait for another program's write to end."""
FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises on a damaged file: what it has to say may quote bytes that are no UTF-8."""
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_QUOTED = 200
_LOG_LIMIT = 64_000_000
"""Bytes of the write-ahead log that stay on disk after a checkpoint; a large import needs more."""


@contextmanager
def making(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Where to make a new project file; what stands there takes the name `path` at the end.

    So a failure, or a killed program, leaves no half-made project, and with `force` the project
    that was there before. Raises UserError when the file can't be made, or exists (unless `force`,
    and it is a project that this version reads and nobody has open).
    """
    try:
        if path.is_symlink() or path.exists():
            if not force:
                raise UserError(f"{path} exists already; choose another name, or use --force.")
            path = path.resolve()
            _require_replaceable(path)
        if not path.parent.is_dir():
            raise UserError(f"There is no folder {path.parent}; make it first.")
        draft = path.with_name(f".new-{os.urandom(4).hex()}{path.suffix}")
        try:
            yield draft
            if force and path.exists():
                _require_replaceable(path)
            draft.replace(path)
        finally:
            with suppress(OSError):
                remove(draft)
    except OSError as error:
        raise UserError(f"{path} could not be made: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise UserError(
            f"{path} could not be made: {error}; may you write in its folder, and is there room?"
        ) from error


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from every other on this machine; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_of(path: Path) -> Path:
    """Where a file's write-ahead log lies, while it has one."""
    return path.with_name(path.name + "-wal")


def create(path: Path) -> None:
    """Make an empty project file with the current schema, at a name that is free."""
    connection = sqlite3.connect(path)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(connection)
    finally:
        connection.close()


def remove(path: Path) -> None:
    """Remove a project file and what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def prepare(path: Path) -> str:
    """Make sure that the file is a project of this program's schema, migrating it if need be.

    Returns why the file can only be read, or "" where it can be written. Before a migration the
    file is backed up beside itself; one that fails leaves the file as it was. Raises UserError,
    with nothing touched, when the file is missing, empty, no project, damaged, locked, or made by a
    newer version.
    """
    _require_ours(path)
    read_only = _why_read_only(path)
    pending = _pending(path, read_only=bool(read_only))
    if pending and read_only:
        raise UserError(f"{path} was made by an older version and {read_only}; copy it first.")
    if pending:
        _bring_up(path)
    return read_only


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to a project file, foreign keys on and every commit durable.

    Transactions are begun and ended by who uses it. Raises UserError when the file can't be opened.
    """
    mode = _mode_of_reading(path) if read_only else "rw"
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT}")
    except FAULTS as error:
        if connection is not None:
            connection.close()
        raise unread(error, path) from error
    return connection


@contextmanager
def copied(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy of a project file, brought to this program's schema.

    The file itself is only read, and the copy is gone when the block ends. Raises UserError, naming
    the file, when it is missing, empty, no project, damaged, locked, or made by a newer version.
    """
    _require_ours(path, advice="look where it is.")
    pending = _pending(path, read_only=True)
    with TemporaryDirectory(prefix="annotator-") as folder, ExitStack() as opened:
        copy = sqlite3.connect(Path(folder) / "copy.db", isolation_level=None)
        opened.callback(copy.close)
        copy.row_factory = sqlite3.Row
        source = connect(path, read_only=True)
        opened.callback(source.close)
        try:
            source.backup(copy)
            # One file that is thrown away needs no log, and no wait for the disk.
            copy.execute("PRAGMA journal_mode = MEMORY")
            copy.execute("PRAGMA synchronous = OFF")
        except FAULTS as error:
            raise unread(error, path) from error
        if pending:
            try:
                _migrate(copy)
            except Exception as error:
                raise UserError(
                    f"{path} could not be brought to this version: {in_line(error)}."
                ) from error
        yield copy


def backup(connection: sqlite3.Connection, path: Path) -> Path:
    """A whole copy of the file beside it, named by the time (UTC); raises UserError if it fails."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    copy = path.with_name(f"{path.stem}.backup-{stamp}{path.suffix}")
    try:
        copy_whole(connection, copy)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise UserError(
            f"No backup of {path} could be made, so it was left alone: {error}."
        ) from error
    return copy


def copy_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Write all that a connection sees into a new file, which lies at rest then (mode.py)."""
    target = sqlite3.connect(path)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


def backed_up(path: Path) -> Path:
    """A copy of the file beside it, as it was before what isn't committed yet (see `backup`)."""
    with closing(connect(path, read_only=False)) as connection:
        return backup(connection, path)


def locked(path: Path) -> UserError:
    """What to say when another program holds the file."""
    return UserError(f"{path} is in use by another program; close it there and try again.")


def unread(error: Exception, path: Path) -> UserError:
    """What to say when SQLite can't read a project file."""
    if _is_lock(error):
        return locked(path)
    if isinstance(error, sqlite3.OperationalError) and "UTF-8" not in str(error):
        return UserError(f"{path} could not be read: {in_line(error)}.")
    return UserError(f"{path} is damaged and could not be read: {in_line(error)}.")


@contextmanager
def readable(connection: sqlite3.Connection) -> Iterator[None]:
    """Raise UserError, naming the file, where reading inside shows it damaged or held."""
    try:
        yield
    except (*FAULTS, TypeError) as error:  # TypeError: no number where the schema has one
        raise unread(error, path_of(connection)) from error


def path_of(connection: sqlite3.Connection) -> Path:
    """Where the file of a connection lies."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def unsaved(error: Exception, path: Path) -> UserError:
    """What to say when SQLite can't write a project file."""
    if _is_lock(error):
        return locked(path)
    return UserError(f"Nothing was saved in {path}: {in_line(error)}.")


def in_line(words: object) -> str:
    """What SQLite says, short and in one line: it may quote a whole bad table."""
    return " ".join(str(words).split())[:_QUOTED]


def _is_lock(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _has_log(path: Path) -> bool:
    """Whether work lies beside the file, not in it yet: of a killed program, or one that runs."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def _mode_of_reading(path: Path) -> str:
    """How to open a file that is only read: SQLite would leave a log beside it unless told not to.

    A log that can't be written is left in the way of the next who may write the file.
    """
    if not _may(path.parent, os.W_OK) and _has_log(path):
        raise UserError(f"{path} has unsaved work beside it in a folder that is read-only.")
    return "ro" if _has_log(path) else "ro&immutable=1"


def _require_ours(path: Path, *, advice: str = "") -> None:
    """Raise UserError for what is no project by its first bytes; SQLite never touches that."""
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder; name a project file.")
        if not path.exists():
            advice = advice or f"make a project with: annotator new {path}"
            raise UserError(f"There is no file {path}; {advice}")
        if not path.is_file():
            raise UserError(f"{path} is not an Annotator project.")
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    if not header:
        raise UserError(f"{path} is empty and no Annotator project.")
    if header[:16] != _MAGIC or header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise UserError(f"{path} is not an Annotator project.")


def _require_replaceable(path: Path) -> None:
    """Raise UserError unless the file is a project that may be written over: ours, and unused."""
    _require_ours(path)
    read_only = _why_read_only(path)
    if read_only:
        raise UserError(f"{path} can't be written over: {read_only}.")
    _pending(path, read_only=False)
    connection = connect(path, read_only=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except FAULTS as error:
        raise unread(error, path) from error
    finally:
        connection.close()
    # SQLite takes the log away when the last who has the file open closes it.
    if log_of(path).exists():
        raise locked(path)


def _why_read_only(path: Path) -> str:
    if not _may(path, os.W_OK):
        return "the file is read-only"
    if not _may(path.parent, os.W_OK):
        return "its folder is read-only"
    return ""


def _pending(path: Path, *, read_only: bool) -> list[str]:
    """The migrations that the file still needs; raises UserError where it has an unknown one."""
    # Closing a connection that may write moves the log into the file, which a refusal must not; and
    # it takes an empty log away, by whose lack a copy made by hand is known (store/mode.py).
    connection = connect(path, read_only=read_only or log_of(path).exists())
    try:
        applied = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM _sqlite_migrations WHERE migration_set = 'annotator' ORDER BY id"
            )
        ]
    except FAULTS as error:
        raise unread(error, path) from error
    finally:
        connection.close()
    unknown = [name for name in applied if name not in SCHEMA]
    if unknown:
        raise UserError(
            f"{path} was made by a newer version of Annotator (it has {unknown[0]}); "
            "update this one."
        )
    return [name for name in SCHEMA if name not in applied]


def _bring_up(path: Path) -> None:
    """Back the file up, then apply the migrations that it needs, all of them or none."""
    connection = connect(path, read_only=False)
    try:
        copy = backup(connection, path)
        try:
            _migrate(connection)
        except Exception as error:
            copy.unlink(missing_ok=True)
            raise UserError(
                f"{path} could not be brought to this version, and was left as it was: {error}."
            ) from error
    finally:
        connection.close()


def _migrate(connection: sqlite3.Connection) -> None:
    # Imported here only: sqlite-utils costs 150 ms, and more where pandas is installed, which a
    # window that opens a file of the current schema need not pay.
    from sqlite_utils import Database  # noqa: PLC0415

    from annotator.store.migrations import migrations  # noqa: PLC0415  (loaded when it is used)

    isolation, connection.isolation_level = connection.isolation_level, None
    try:
        # With keys on, a table that others refer to can't be transformed.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        migrations.apply(Database(connection, execute_plugins=False))
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise UserError(f"a link in table {broken[0]} would break")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.isolation_level = isolation
