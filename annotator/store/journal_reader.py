"""The journal of an open file, as values: who did what and when, and what can be taken back."""

import sqlite3
from collections.abc import Iterator, Sequence

from annotator.core.edits import Happened, Noted, Standing, Step, Summary
from annotator.store import journal
from annotator.store.file import readable


class JournalReader:
    """Reads the journal through one connection; each answer is of the moment when it is asked.

    Each method raises UserError where the file is damaged, or held by another program.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entries(self) -> Iterator[Noted]:
        """The entries, the newest first, a page of them at a time."""
        with readable(self._connection):
            yield from journal.entries(self._connection)

    def numbers(self, who: str | None = None) -> list[int]:
        """The numbers of the entries, the newest first, of everybody or one person; not of work."""
        with readable(self._connection):
            return journal.numbers(self._connection, who)

    def page(self, numbers: Sequence[int]) -> list[Standing]:
        """The entries of these numbers, the newest first."""
        with readable(self._connection):
            return journal.standings(self._connection, numbers)

    def people(self) -> list[str]:
        """Who is in the journal."""
        with readable(self._connection):
            return journal.people(self._connection)

    def summary(self, entry: Noted) -> Summary:
        """What an entry changed, as far as a line can tell."""
        with readable(self._connection):
            return journal.summary(self._connection, entry)

    def history(self, kind: str, id_: str) -> list[Happened]:
        """What happened to a value of a kind (model.KINDS), the newest first."""
        with readable(self._connection):
            return list(journal.history(self._connection, kind, id_))

    def undoable(self, who: str) -> Noted | None:
        """The edit that undo would take back for this person."""
        with readable(self._connection):
            return journal.undoable(self._connection, who)

    def redoable(self, who: str) -> Noted | None:
        """The edit that redo would do again for this person."""
        with readable(self._connection):
            return journal.redoable(self._connection, who)

    def ahead(self, who: str, kind: Step, to: str = "") -> int:
        """How many changes this person's next undo or redo makes, or all up to the edit `to`."""
        with readable(self._connection):
            return journal.ahead(self._connection, who, kind, to)

    def undone_to(self, who: str, entry: str) -> Noted | None:
        """The last edit that this person undoes to be where they were after an entry."""
        with readable(self._connection):
            return journal.undone_to(self._connection, who, entry)
