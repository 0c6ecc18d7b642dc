"""A project: one file, one door for edits, one notice after each.

Over 400 lines because every write goes through it, undo and redo among them, in one transaction
each; what it checks and writes is done in store.
"""

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from annotator import paths
from annotator.core import rules
from annotator.core.edits import Change, Edit, Listener, Noted, Step, combined, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import (
    RESERVED_NAMES,
    Annotation,
    Annotator,
    Document,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
)
from annotator.core.steps import Counted, at_once
from annotator.core.tagset_toml import loads
from annotator.core.text import counted
from annotator.store import file, frames
from annotator.store.going import Going
from annotator.store.intake import Intake, own_names
from annotator.store.law import require_lawful
from annotator.store.merge import taking
from annotator.store.merge.taking import Records
from annotator.store.opened import Opened
from annotator.store.reader import Reader
from annotator.store.writer import Entry, Writer

if TYPE_CHECKING:
    from annotator.store.merge.door import Merging


class Project:
    """An open project file. Close it, or use it in a `with`.

    `read` reads; `apply`, `undo` and `redo` write, each in one transaction that is durable when
    the call returns; whoever subscribed is told of it then.
    """

    def __init__(self, path: Path, *, who: str | None, read_only: str) -> None:
        self.path = path
        self.read_only = read_only
        self._listeners: list[Listener] = []
        self._busy = ""
        self._lengths: dict[str, int] = {}
        self.who = ""
        with ExitStack() as opened:
            self.file = Opened(path, read_only=read_only)
            opened.callback(self.file.close)
            self._own = self.file.own
            self._writer = Writer(self.file.connection, path)
            self.read = self.file.reader()
            opened.callback(self.read.close)
            self._version = self._looked = self.file.version()
            self.switch(who or self.read.setting("annotator") or default_name())
            self.tagset = loads(self.read.tagset().toml)
            opened.pop_all()

    @classmethod
    def open(cls, path: str | Path, *, who: str | None = None) -> Self:
        """The project in an existing file.

        Raises UserError, with the file untouched, when it can't be read by this version.
        """
        path = Path(path)
        return cls(path, who=who, read_only=file.prepare(path))

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        who: str | None = None,
        tagset: str | None = None,
        force: bool = False,
    ) -> Self:
        """A new project in a new file; `tagset` is TOML, the default tag set where none is given.

        Raises UserError when the file exists (unless `force`) or can't be made.
        """
        path = Path(path)
        if who is not None:
            _require_name(who)
        if tagset is None:
            tagset = (paths.resources() / "tagsets" / "default.toml").read_text(encoding="utf-8")
        version = TagsetVersion(loads(tagset).version, tagset)
        with file.making(path, force=force) as draft:
            file.create(draft)
            connection = file.connect(draft, read_only=False)
            try:
                Writer(connection, path).be_born((Setting("id", new_id()), version))
            finally:
                connection.close()
        return cls(path, who=who, read_only="")

    def close(self) -> None:
        """Close the file; nothing is left to be saved."""
        self.read.close()
        self.file.close()

    def __enter__(self) -> Self:
        """The project itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def copy_to(self, path: Path, *, force: bool = False) -> None:
        """Write a whole copy of the file as it is now to another place, for instance as a backup.

        Raises UserError where that exists (unless `force`), is this file, or can't be made, and
        while a long edit runs, half of which would be in it.
        """
        self._require_idle()
        self.file.copy_to(path, force=force)

    def switch(self, name: str) -> None:
        """Work as another person from now on; a former name leads to the present one.

        Raises UserError for a name nobody can have.
        """
        _require_name(name)
        self.who = self.read.present_name(name)

    # Reading, for scripts

    def documents(self) -> Iterator[Document]:
        """The articles, streamed."""
        return self.read.documents()

    def annotations(self, *, layer: str) -> Iterator[Annotation]:
        """The annotations of a layer, by its id, in reading order."""
        return self.read.annotations(layer=layer)

    def relations(self, *, layer: str) -> Iterator[Relation]:
        """The relations of a layer, by its id."""
        return self.read.relations(layer=layer)

    def frame(self, what: frames.What = "spans", **chosen: Any) -> Any:
        """A data frame of the labelled spans, or of the `relations`; more in store/frames.py."""
        return frames.frame(self.read, what, **chosen)

    def layer(self, document: str, read: Reader | None = None) -> Layer:
        """The newest layer of the current person on an article, made but not stored if none is.

        `read` is whose eyes to look with, those of a snapshot or an intake; else the project's own.
        """
        own = [
            each
            for each in (read or self.read).layers(document=document)
            if each.annotator == self.who and each.role == "annotator"
        ]
        return own[-1] if own else Layer.of(document, self.who, tagset=self.tagset.version)

    def is_fresh(self, layer: Layer) -> bool:
        """Whether the file doesn't have this layer yet."""
        return self.read.layer(layer.id) is None

    # Writing

    def apply(self, edit: Edit) -> Edit:
        """Make an edit durable, then tell. An edit without changes does nothing.

        Raises UserError when it breaks a rule, the file can't be written, or (Conflict) a value is
        no longer what the edit expects; then nothing was written.
        """
        if edit:
            _require_once(edit)
            self._require_writable()
            with self._writer.transaction():
                self._catch_up()
                require_lawful(edit, self._own, self.tagset, self._lengths)
                brought = {change.id for change in edit.touched("annotator")}
                self._introduce({self.who, *own_names(edit)} - brought)
                self._writer.write(Entry(edit.id, self.who, edit.name), edit.changes)
                self._require_labels_kept(edit)
            self._tell(edit)
        return edit

    @contextmanager
    def bring_in(self, name: str, *, nobodys: bool = False) -> Iterator[Intake]:
        """A door for very many changes: together they are one edit, written in one transaction.

        Nothing is written where the block ends by an exception or has added nothing. Until it ends,
        this project takes no other edit. `nobodys` edits are passed by by everybody's undo. Whoever
        subscribed is told of more than 1,000 changes by an edit without changes: read all again.
        """
        self._require_writable()
        entry = Entry(new_id(), "" if nobodys else self.who, name)
        with self._writer.transaction():
            self._catch_up()
            lawful = partial(require_lawful, lengths=self._lengths, older=True)
            begin = partial(self._writer.begin, entry)
            intake = Intake(self._own, self.tagset, begin, lawful)
            with self._busy_with("An import"):
                yield intake
                intake.close()
                if intake.added:
                    self._introduce(intake.own_names if nobodys else {self.who, *intake.own_names})
        if intake.added:
            self._tell(Edit(name, intake.told, entry.id))

    def take_over(self, read: Reader, records: Records, *, handoff: str) -> Counted[None]:
        """Take values of another file as they stand there, stamps included: this is a hand-off.

        `read` is a snapshot of that file; `records` are kinds (model.KINDS) with ids, parents
        before children, versions of the tag set included; `handoff` is noted as the hand-off's id.
        For the fresh file that is handed out: by the stamps a later merge, either way, knows what
        was changed since, and where. It is nobody's edit, so undo passes it by. Of the other file's
        journal only who wrote these values, and when, comes along. Yields how many values were
        written so far.
        """
        self._require_writable()
        with self._writer.transaction():
            writing = self._writer.begin(Entry(new_id(), "", taking.NAME))
            yield from read.hand_over(self.file.connection, writing, records, handoff=handoff)
            writing.close()
        self._tell(Edit(taking.NAME, ()))

    @contextmanager
    def merging(self, *, dry: bool = False) -> "Iterator[Merging]":
        """A door for other project files: each is one edit, all come in one transaction.

        Before it the file is backed up beside itself. Nothing is written where the block ends by an
        exception, brings nothing new, or is `dry`. Whoever subscribed is told to read all again.
        """
        # Imported here only, so that the window starts sooner.
        from annotator.store.merge.door import Merging  # noqa: PLC0415

        self._require_writable()
        with ExitStack() as undoing:
            with self._writer.transaction(dry=dry), self._busy_with("A merge"):
                self._catch_up()
                backup = None if dry else file.backed_up(self.path)
                if backup is not None:
                    undoing.callback(backup.unlink)
                merging = Merging(self.file.connection, self._writer, self.who, backup)
                yield merging
                if merging.done:
                    self._introduce({merging.who})
            if not dry and merging.done:
                undoing.pop_all()
                self.who = merging.who
                self._tell(Edit("merge", ()))

    def snapshot(self) -> AbstractContextManager[Reader]:
        """A reader of its own that sees the file as it is now until the block ends."""
        return self.file.snapshot()

    def undo(self, *, to: str = "", through: bool = False) -> Edit | None:
        """Take back the newest edit of the current person; None when there is none.

        With `to`, the id of one of the person's edits, all are taken back up to and with that one.
        Raises Conflict, naming who, what and when, where somebody has changed the same since; with
        `through` that is taken back too, in the same transaction, and redo brings it back along.
        """
        return at_once(self.going("undo", to=to, through=through))

    def redo(self, *, to: str = "") -> Edit | None:
        """Do again what the current person took back last; None when there is nothing.

        What was taken back of others to get there is done again along with it. With `to` all is
        done again up to and with that edit.
        """
        return at_once(self.going("redo", to=to))

    def going(self, kind: Step, *, to: str = "", through: bool = False) -> Counted[Edit | None]:
        """Undo or redo bit by bit, as a job may; closed before its end, it has changed nothing.

        Yields how many changes were found or written so far, of twice
        `read.journal.ahead(…)`. Until it ends, this project takes no other edit.
        """
        return self._gone((yield from self._go(kind, to=to, through=through)))

    def undoing(self, *, to: str = "") -> tuple[Noted, ...]:
        """What `undo(to=to, through=True)` would take back, in that order; nothing is written."""
        going = at_once(self._go("undo", to=to, through=True, dry=True))
        return tuple(noted for noted, _ in going.done)

    def redoing(self, *, to: str = "") -> tuple[Noted, ...]:
        """What `redo(to=to)` would do again, in that order; nothing is written."""
        going = at_once(self._go("redo", to=to, dry=True))
        return tuple(noted for noted, _ in going.done)

    @property
    def undo_name(self) -> str:
        """The name of what undo would take back, "" for nothing."""
        found = self.read.journal.undoable(self.who)
        return found.name if found else ""

    @property
    def redo_name(self) -> str:
        """The name of what redo would do again, "" for nothing."""
        found = self.read.journal.redoable(self.who)
        return found.name if found else ""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of every edit that became durable; the answer ends it when called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look(self) -> bool:
        """Whether another program has written to the file since the last look.

        If so, whoever subscribed is told by an edit without changes: read all again. Raises
        UserError when the file was moved or deleted.
        """
        self.file.require_there()
        version = self.file.version()
        if version == self._looked:
            return False
        self._looked = version
        self._catch_up()
        self._tell(Edit("changes by another program", ()))
        return True

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; an empty list proves that it is sound."""
        return self.read.problems()

    def _go(
        self, kind: Step, *, to: str, through: bool = False, dry: bool = False
    ) -> Counted[Going]:
        """Undo or redo in one transaction, which a `dry` going takes back."""
        self._require_writable()
        with self._writer.transaction(dry=dry), self._busy_with("Undo or redo"):
            self._catch_up()
            going = Going(
                *(self.file.connection, self._writer, self.who, kind, self.tagset, self._lengths)
            )
            yield from going.go(to, through=through)
            for _, edit in going.done:
                self._require_labels_kept(edit)
        return going

    def _gone(self, going: Going) -> Edit | None:
        """Tell what going back or forward changed, as one edit."""
        if not going.done:
            return None
        (_, edit), *more = going.done
        if more:
            name = counted(len(going.done), "edit")
            edit = combined(name, [each for _, each in going.done])
        self._follow(edit)
        self._tell(edit)
        return edit

    def _follow(self, edit: Edit) -> None:
        """Be called otherwise, where undo or redo has renamed the current person."""
        gone = {change.id for change in edit.touched("annotator") if change.after is None}
        come = [change.id for change in edit.touched("annotator") if change.before is None]
        if self.who in gone and len(come) == 1:
            self.who = come[0]

    def _catch_up(self) -> None:
        """Forget what another program has changed since the last look."""
        version = self.file.version()
        if version != self._version:
            self._version = version
            self._lengths.clear()
            self.tagset = loads(self._own.tagset().toml)

    def _introduce(self, names: Iterable[str]) -> None:
        """Add these to the annotators, each as an entry of its own that undo passes by."""
        for name in sorted(names):
            if self._own.annotator(name) is None:
                self._writer.write(*_introduction(name))

    def _tell(self, edit: Edit) -> None:
        if not edit or any(edit.touched("tagset")):
            self.tagset = loads(self.read.tagset().toml)
        for change in edit.touched("document"):
            self._lengths.pop(change.id, None)
        for listener in tuple(self._listeners):
            listener(edit)

    @contextmanager
    def _busy_with(self, what: str) -> Iterator[None]:
        """Take no other edit meanwhile."""
        self._busy = what
        try:
            yield
        finally:
            self._busy = ""

    def _require_idle(self) -> None:
        if self._busy:
            raise UserError(f"{self._busy} is running; wait until it has ended, or cancel it.")

    def _require_writable(self) -> None:
        self._require_idle()
        self.file.require_there()
        if self.read_only:
            raise UserError(f"Nothing was saved: {self.read_only} ({self.path}).")
        self.file.hold()

    def _require_labels_kept(self, edit: Edit) -> None:
        """Raise Conflict where a version of the tag set was taken away that something needs."""
        if any(change.before is not None for change in edit.touched("tagset")):
            for problem in self._own.tagset_problems():
                raise Conflict(f"This can't be done: {problem}")


def _require_name(name: str) -> None:
    problem = rules.name_problem(name)
    if problem:
        raise UserError(problem)


def default_name() -> str:
    """The system's name for the user, or "annotator" where it has none that a person can have."""
    try:
        name = getpass.getuser().strip()
    except (KeyError, OSError, ImportError):  # ImportError: Windows without USERNAME
        name = ""
    return name if name and name not in RESERVED_NAMES else "annotator"


def _introduction(name: str) -> tuple[Entry, tuple[Change, ...]]:
    """An entry by nobody, so that undo passes it by, which adds a person to the annotators."""
    return Entry(new_id(), "", f"add annotator {name}"), inserted([Annotator(name)])


def _require_once(edit: Edit) -> None:
    if len({(change.kind, change.id) for change in edit.changes}) != len(edit.changes):
        raise ValueError(f'the edit "{edit.name}" changes the same thing twice')
