"""A project file while it is open: the connection that writes, its log, and where the file lies."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.core.errors import UserError
from annotator.store import file, mode, sharing
from annotator.store.reader import Reader


class Opened:
    """One open project file. Close it; nothing is left to be saved.

    `read_only` says why the file can't be written, "" where it can. Raises UserError when it can't
    be opened.
    """

    def __init__(self, path: Path, *, read_only: str) -> None:
        self.path = path
        self.read_only = read_only
        self.shared = sharing.sharer(path)
        """What shares the file's folder with other computers, as words; "" if nothing does."""
        self.lost_log = mode.log_is_lost(path)
        """Whether it was copied without its log while it was open, so that work may be missing."""
        self.connection = self._another()
        self.own = Reader(self.connection)
        """Sees what the current transaction wrote."""
        self._identity = file.identity(path)
        self._logs = False
        self._own_moves = 0

    def close(self) -> None:
        """Close the connection that writes; the file is left at rest (store/mode.py)."""
        if not self.read_only:
            mode.leave(self.connection)
        self.connection.close()

    def reader(self) -> Reader:
        """A reader with a connection of its own, for its user to close."""
        return Reader(self._another())

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """A reader of its own that sees the file as it is now until the block ends."""
        self.hold()
        connection = self._another()
        try:
            connection.execute("BEGIN")
            reader = Reader(connection)
            reader.schema()  # a snapshot begins with the first look
            yield reader
        finally:
            connection.close()

    def hold(self) -> None:
        """Have a log from now on (store/mode.py), by which others know that the file is in use.

        Edits and snapshots do it by themselves; who only looks leaves the file as it was.
        """
        if not (self._logs or self.shared or self.read_only):
            before = self.own.version()
            self._logs = mode.enter(self.connection)
            self._own_moves += self.own.version() - before

    def version(self) -> int:
        """A number that is another one when another program has written to the file."""
        return self.own.version() - self._own_moves  # the change of mode is nobody else's work

    def copy_to(self, path: Path, *, force: bool = False) -> None:
        """Write a whole copy of the file as it is now to another place.

        Raises UserError where that exists (unless `force`), is this file, or can't be made.
        """
        if path.exists() and path.samefile(self.path):
            raise UserError(f"{path} is the project itself; choose another name.")
        with file.making(path, force=force) as draft:
            file.copy_whole(self.connection, draft)

    def require_there(self) -> None:
        """Raise UserError where the file was moved or deleted.

        SQLite would go on writing to it, where nobody finds it.
        """
        if file.identity(self.path) != self._identity:
            raise UserError(
                f"{self.path} was moved or deleted while it was open; "
                "put it back, or close it and open it where it is now."
            )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person should know of where the file lies and how it came there, in sentences."""
        name, said = self.path.name, []
        if self.lost_log:
            said.append(
                f"{name} was copied or moved by hand while it was open, and its log was left "
                "behind: the latest work may be missing. Look for the first file, and copy a "
                "project with Save a copy."
            )
        if self.shared.startswith(sharing.NETWORK):
            said.append(
                f"{name} lies on {self.shared}: open it on one computer at a time, or it may be "
                "damaged. For several people there are hand-offs and merges."
            )
        elif self.shared:
            said.append(
                f"{name} lies in a folder that {self.shared} copies to other computers: open it on "
                "one at a time, or somebody's work is lost. For several people there are hand-offs "
                "and merges."
            )
        return tuple(said)

    def _another(self) -> sqlite3.Connection:
        return file.connect(self.path, read_only=bool(self.read_only))
