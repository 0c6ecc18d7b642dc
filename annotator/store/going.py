"""Going back and forward in the journal, inside one transaction: undo and redo, step by step."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.core.edits import Edit, Kind, Noted
from annotator.core.errors import Conflict
from annotator.core.ids import new_id
from annotator.core.steps import Counted
from annotator.core.tagset import Tagset
from annotator.store.journal import last_changed, made_by, users
from annotator.store.law import Law, tagset_after, versions
from annotator.store.lineage import Overtaken, inverse
from annotator.store.merge.stamped import restored
from annotator.store.reader import Reader
from annotator.store.writer import Entry, Writer, minute

_HOLDERS = {
    "layer": ("document", "annotator"),
    "annotation": ("layer",),
    "relation": ("layer",),
    "decision": ("document",),
}
"""By kind, what its values are in: kinds, which are the names of fields too."""
_NAMING = ("annotation", "relation")
"""The kinds of values that name actors."""


@dataclass(slots=True)
class Going:
    """What one person undoes (`kind` "undo") or redoes; the transaction is the caller's.

    `tagset` is the one that holds, after each step too. `done` are the edits undone or redone, each
    with what that changed.
    """

    connection: sqlite3.Connection
    writer: Writer
    who: str
    kind: Kind
    tagset: Tagset
    lengths: dict[str, int]
    done: list[tuple[Noted, Edit]] = field(default_factory=list)

    def go(self, to: str, *, through: bool) -> Counted[None]:
        """Take the next step, or, with `to`, all steps up to the one of this edit.

        Yields how many changes were found or written so far; each is both in the end. Raises
        Conflict where a step can't be taken; `through` undoes what others did since.
        """
        done = 0
        for noted in self._steps(to):
            for more in self._step(noted, self.kind, through=through):
                done += more
                yield done

    @property
    def _read(self) -> Reader:
        return Reader(self.connection)

    def _steps(self, to: str) -> Iterator[Noted]:
        """The edits to undo or redo, each looked for after the one before it was."""
        journal = self._read.journal
        find = journal.undoable if self.kind == "undo" else journal.redoable
        noted = find(self.who)
        while noted is not None:
            yield noted
            reached = not to or noted.id == to
            noted = find(self.who)
            while self.kind == "redo" and noted is not None and noted.who != self.who:
                yield noted  # it was taken back to get through to the person's own
                noted = find(self.who)
            if reached:
                return
        if to:
            raise Conflict(f"This can't be {_taken(self.kind)} any more; look at the journal.")

    def _step(self, noted: Noted, kind: Kind, *, through: bool) -> Counted[None]:
        found = None
        while found is None:
            try:
                found = yield from inverse(self.connection, noted, kind)
                self._require_unneeded(noted, found.edit)
                self._require_held(noted, kind, found.edit)
            except Overtaken as overtaken:
                if not through:
                    raise
                found = None
                yield from self._step(overtaken.since, "undo", through=True)
        edit = found.edit
        self.tagset = tagset_after(edit, self._read, self.tagset)
        law = Law(self._read, versions(edit, self._read, self.tagset), self.lengths)
        for problem in law.problems(edit):
            raise Conflict(f'"{noted.name}" can\'t be {_taken(kind)}: {problem}.')
        writing = self.writer.begin(Entry(new_id(), self.who, noted.name, kind, noted.id))
        own = tuple(each for each in edit.changes if (each.kind, each.id) not in found.rows)
        yield from writing.adding(own)
        yield from restored(self.connection, writing.journal, found.rows)
        writing.close()
        self.done.append((noted, edit))

    def _require_unneeded(self, noted: Noted, edit: Edit) -> None:
        """Raise Overtaken where a later edit needs what this one takes away."""
        gone = {(each.kind, each.id) for each in edit.changes if each.after is None}
        seen = {(each.kind, each.id) for each in edit.changes}  # those it changes need it no more
        for kind in {kind for kind, _ in gone}:
            for user in self._users(kind, [id_ for each, id_ in gone if each == kind]):
                since = None if user in seen else made_by(self.connection, *user)
                if since is not None and since.id != noted.id:
                    raise Overtaken(
                        f'"{noted.name}" can\'t be taken back, because other work depends on it: '
                        f'"{since.name}" by {since.who or "nobody"}, {minute(since.time)}; '
                        "that has to be taken back first.",
                        since,
                    )

    def _require_held(self, noted: Noted, kind: Kind, edit: Edit) -> None:
        """Raise Overtaken where a later edit took away what a value that comes back is in."""
        known = {(each.kind, each.id) for each in edit.changes if each.after is not None}
        needed: dict[str, set[str]] = {}
        for change in edit.changes:
            for holder in _HOLDERS.get(change.kind, ()) if change.after is not None else ():
                id_ = str(getattr(change.after, holder))
                if (holder, id_) not in known:
                    needed.setdefault(holder, set()).add(id_)
        for holder, ids in needed.items():
            gone = ids - self._read.values(holder, list(ids)).keys()
            changed = (last_changed(self.connection, holder, id_) for id_ in gone)
            for since in filter(None, changed):
                raise Overtaken(
                    f'"{noted.name}" can\'t be {_taken(kind)}, because "{since.name}" by '
                    f"{since.who or 'nobody'}, {minute(since.time)}, took away or renamed the "
                    f"{holder} that it is about; that has to be taken back first.",
                    since,
                )

    def _users(self, kind: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Kind and id of each value that can't be without one of these."""
        yield from users(self.connection, kind, ids)
        for id_ in ids if kind == "entity" else ():
            for user in self._read.users_of_entity(id_):
                yield next(each for each in _NAMING if self._read.value(each, user)), user


def _taken(kind: Kind) -> str:
    return "taken back" if kind == "undo" else "done again"
