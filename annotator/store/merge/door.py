"""The open door of a merge: files come in one after the other, each under an entry of its own."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.core.edits import Change
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.people import settings_renamed
from annotator.core.steps import Counted
from annotator.store.merge.incoming import Incoming
from annotator.store.merge.matching import matched
from annotator.store.merge.merge import Merge
from annotator.store.merge.naming import Naming, naming, rename
from annotator.store.merge.past import Past
from annotator.store.merge.side import Side
from annotator.store.merge.stamped import put
from annotator.store.merge.tally import Tally
from annotator.store.reader import Reader
from annotator.store.writer import Entry, Writer


class Merging:
    """Merges into one file, inside one transaction; `read` sees what has come in already.

    `who` is the person who merges, by the name that they have after it; `backup` is the project as
    it was before, None where this is only tried.
    """

    def __init__(
        self, connection: sqlite3.Connection, writer: Writer, who: str, backup: Path | None
    ) -> None:
        self.read = Reader(connection)
        self.done = 0
        self._connection = connection
        self._writer = writer
        self.who = who
        self.backup = backup

    def follows(self, incoming: Incoming) -> bool:
        """Whether this file was handed out by the project that the other one is, or is from."""
        own = Past(self._connection)
        return own.home != own.project and own.home == incoming.side.past.home

    def merge(
        self,
        incoming: Incoming,
        name: str,
        *,
        versions: Mapping[int, int],
        changes: Iterable[Change] = (),
    ) -> Counted[Tally]:
        """Bring a file in under this name, and say what that did; where it did nothing, no entry.

        `versions` of the tag set are what theirs are here; `changes` come first and belong to the
        same edit. Yields how many values and deletions of the other file were looked at.
        """
        here, there = Side(self._connection), incoming.side
        names = self._names(incoming)
        self.who = names.here.get(self.who, self.who)
        writing = self._writer.begin(Entry(new_id(), self.who, name))
        first = [*changes, *settings_renamed(self.read.settings(), names.here)]
        writing.add(first)
        if names.here:
            yield from (0 for _ in rename(here, writing, names.here))
        told = put(self._connection, writing.journal, "setting", names.told)
        match = matched(self._connection, there.connection, names=names.there, versions=versions)
        merge = Merge(here, there, match, writing)
        yield from merge.run()
        merge.tally.rows += len(first) + told
        merge.tally.renamed = list(names.here.items())
        if merge.tally.did_something:
            self._connection.execute(
                "INSERT INTO merge (edit, file, project, handoff) VALUES (?, ?, ?, ?)",
                (
                    writing.id,
                    incoming.path.name,
                    there.past.project,
                    incoming.read.setting("handoff"),
                ),
            )
            writing.close()
            self.done += 1
        return merge.tally

    def _names(self, incoming: Incoming) -> Naming:
        """What people are to be called; raises UserError, naming the file, where that clashes."""
        try:
            return naming(Side(self._connection), incoming.side)
        except UserError as error:
            raise UserError(f"{incoming.path} was not merged: {error}.") from error
