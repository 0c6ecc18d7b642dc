"""A project: one file, one door for edits, one notice after each."""

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator import paths
from annotator.core import rules
from annotator.core.edits import Change, Edit, Listener, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import (
    RESERVED_NAMES,
    Annotation,
    Annotator,
    Document,
    Entity,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    Value,
)
from annotator.core.tagset import Tagset, loads
from annotator.store import file
from annotator.store.journal import inverse
from annotator.store.reader import Reader
from annotator.store.writer import Entry, Kind, Writer, Writing

_TOLD = 1_000
"""As many changes of an import are told one by one."""


class Project:
    """An open project file. Close it, or use it in a `with`.

    `read` reads; `apply`, `undo` and `redo` write, each in one transaction that is durable when
    the call returns; whoever subscribed is told of it then.
    """

    def __init__(self, path: Path, *, who: str | None, read_only: str) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = file.connect(path, read_only=bool(read_only))
        self._writer = Writer(self._connection, path)
        self.read = Reader(file.connect(path, read_only=bool(read_only)))
        self._listeners: list[Listener] = []
        self._bringing = False
        self.who = ""
        self.switch(who or self.read.setting("annotator") or default_name())
        self.tagset = loads(self.read.tagset().toml)

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
        if tagset is None:
            tagset = (paths.resources() / "tagsets" / "default.toml").read_text(encoding="utf-8")
        version = TagsetVersion(loads(tagset).version, tagset)
        if force and path.is_file():
            file.prepare(path)  # only a project that this version can read is written over
            file.remove(path)
        file.create(path)
        connection = file.connect(path, read_only=False)
        Writer(connection, path).be_born((Setting("id", new_id()), version))
        connection.close()
        return cls(path, who=who, read_only="")

    def close(self) -> None:
        """Close the file; nothing is left to be saved."""
        self.read.close()
        self._connection.close()

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

    def switch(self, name: str) -> None:
        """Work as another person from now on; raises UserError for a name nobody can have."""
        problem = rules.name_problem(name)
        if problem:
            raise UserError(problem)
        self.who = name

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

    def layer(self, document: str) -> Layer:
        """The newest layer of the current person on an article, made but not stored if none is."""
        own = [
            each
            for each in self.read.layers(document=document)
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
            self._require_lawful(edit, self.read, self.tagset)
            self._write(edit, Entry(edit.id, self.who, edit.name))
        return edit

    @contextmanager
    def bring_in(self, name: str, *, nobodys: bool = False) -> Iterator["Intake"]:
        """A door for very many changes: together they are one edit, written in one transaction.

        Nothing is written where the block ends by an exception or has added nothing. Until it ends,
        this project takes no other edit. `nobodys` edits are passed by by everybody's undo. Whoever
        subscribed is told of more than 1,000 changes by an edit without changes: read all again.
        """
        self._require_writable()
        entry = Entry(new_id(), "" if nobodys else self.who, name)
        with self._writer.transaction():
            read = Reader(self._connection)
            intake = Intake(read, self.tagset, lambda: self._writer.begin(entry), self._require_lawful)
            self._bringing = True
            try:
                yield intake
                intake.close()
                if intake.added and not nobodys and read.annotator(self.who) is None:
                    self._writer.write(*_introduction(self.who))
            finally:
                self._bringing = False
        if intake.added:
            self._tell(Edit(name, intake.told, entry.id))

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        """A reader of its own that sees the file as it is now until the block ends."""
        connection = file.connect(self.path, read_only=bool(self.read_only))
        try:
            connection.execute("BEGIN")
            yield Reader(connection)
        finally:
            connection.close()

    def undo(self) -> Edit | None:
        """Take back the newest edit of the current person; None when there is none.

        Raises Conflict, naming who, what and when, where somebody has changed the same since.
        """
        return self._step("undo")

    def redo(self) -> Edit | None:
        """Do again what the current person took back last; None when there is nothing."""
        return self._step("redo")

    @property
    def undo_name(self) -> str:
        """The name of what undo would take back, "" for nothing."""
        found = self.read.undoable(self.who)
        return found.name if found else ""

    @property
    def redo_name(self) -> str:
        """The name of what redo would do again, "" for nothing."""
        found = self.read.redoable(self.who)
        return found.name if found else ""

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of every edit that became durable; the answer ends it when called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each; an empty list is a proof of its soundness."""
        return self.read.problems()

    def _step(self, kind: Kind) -> Edit | None:
        self._require_writable()
        with self._writer.transaction():
            own = Reader(self._connection)
            noted = own.undoable(self.who) if kind == "undo" else own.redoable(self.who)
            if noted is None:
                return None
            edit = inverse(self._connection, noted, kind)
            self._require_entities_kept(edit)
            entry = Entry(new_id(), self.who, noted.name, kind, noted.id)
            self._writer.write(entry, edit.changes)
        self._tell(edit)
        return edit

    def _write(self, edit: Edit, entry: Entry) -> None:
        self._require_writable()
        with self._writer.transaction():
            self._introduce(edit)
            self._writer.write(entry, edit.changes)
        self._tell(edit)

    def _introduce(self, edit: Edit) -> None:
        """Add the current person to the annotators, as an entry of its own that undo passes by."""
        brought = any(change.id == self.who for change in edit.touched("annotator"))
        if not brought and self.read.annotator(self.who) is None:
            self._writer.write(*_introduction(self.who))

    def _tell(self, edit: Edit) -> None:
        if not edit or any(edit.touched("tagset")):
            self.tagset = loads(self.read.tagset().toml)
        for listener in tuple(self._listeners):
            listener(edit)

    def _require_writable(self) -> None:
        if self._bringing:
            raise UserError("An import is running; wait until it has ended, or cancel it.")
        if self.read_only:
            raise UserError(f"Nothing was saved: {self.read_only} ({self.path}).")

    # Rules

    def _require_lawful(self, edit: Edit, read: Reader, tagset: Tagset) -> Tagset:
        """The tag set that holds after an edit; raises UserError when the edit breaks a rule."""
        view = _After(read, edit)
        tagset = view.tagset(tagset)
        for problem in self._problems(edit, view, tagset):
            raise UserError(f"This can't be done: {problem}.")
        return tagset

    def _problems(self, edit: Edit, view: "_After", tagset: Tagset) -> Iterator[str]:
        """What would be wrong after an edit that isn't already wrong before it."""
        for change in edit.changes:
            if change.after is not None:
                known = set(self._value_problems(change.before, view, tagset))
                for problem in self._value_problems(change.after, view, tagset):
                    if problem not in known:
                        yield f"the {change.kind} {change.id}: {problem}"
            if isinstance(change.before, Entity) and change.after is None:
                yield from self._entity_problems(change.before, edit)
            if isinstance(change.before, Document) and isinstance(change.after, Document):
                same = change.before.text == change.after.text
                if not same:
                    yield "the text of an article never changes; import it as a new one"

    def _value_problems(
        self, value: Value | None, view: "_After", tagset: Tagset
    ) -> Iterator[str]:
        if value is None:
            return
        yield from rules.value_problems(value)
        match value:
            case Annotation():
                yield from rules.span_problems(value, view.length(value.layer))
                yield from rules.attribute_problems(value, tagset)
                for entity in rules.entities_of(value, tagset):
                    if not view.has("entity", entity):
                        yield f"the register has no entity {entity}"
            case Relation():
                yield from rules.attribute_problems(value, tagset)
                yield from rules.relation_problems(value, view.annotation, tagset)
            case _:
                return

    def _require_entities_kept(self, edit: Edit) -> None:
        for change in edit.touched("entity"):
            if isinstance(change.before, Entity) and change.after is None:
                for problem in self._entity_problems(change.before, edit):
                    raise UserError(f"This can't be done: {problem}.")

    def _entity_problems(self, entity: Entity, edit: Edit) -> Iterator[str]:
        released = {change.id for change in edit.changes}
        for user in self.read.users_of_entity(entity.id):
            if user not in released:
                yield f'"{entity.name}" is still named by annotations'
                return


class Intake:
    """The open door of an import; `read` sees what was added already."""

    def __init__(
        self,
        read: Reader,
        tagset: Tagset,
        begin: Callable[[], Writing],
        require_lawful: Callable[[Edit, Reader, Tagset], Tagset],
    ) -> None:
        self.read = read
        self.added = 0
        self.told: tuple[Change, ...] = ()
        self._tagset = tagset
        self._begin = begin
        self._require_lawful = require_lawful
        self._writing: Writing | None = None

    def add(self, changes: Iterable[Change]) -> None:
        """Write these changes, which may refer to each other and to what was added before.

        Raises UserError when one breaks a rule or (Conflict) does not find what it expects.
        """
        batch = Edit("", tuple(changes))
        self._tagset = self._require_lawful(batch, self.read, self._tagset)
        if batch and self._writing is None:
            self._writing = self._begin()
        if self._writing is not None:
            self._writing.add(batch.changes)
        self.added += len(batch.changes)
        self.told = (*self.told, *batch.changes) if self.added <= _TOLD else ()

    def close(self) -> None:
        """Write what the journal has to say of it."""
        if self._writing is not None:
            self._writing.close()


class _After:
    """The project as it will be after an edit, as far as the rules ask for it."""

    def __init__(self, read: Reader, edit: Edit) -> None:
        self._read = read
        self._after = {(change.kind, change.id): change.after for change in edit.changes}
        self._lengths: dict[str, int] = {}

    def value(self, kind: str, id_: str) -> Value | None:
        """A value by kind and id."""
        if (kind, id_) in self._after:
            return self._after[kind, id_]
        return self._read.value(kind, id_)

    def has(self, kind: str, id_: str) -> bool:
        """Whether there is such a value."""
        return self.value(kind, id_) is not None

    def annotation(self, id_: str) -> Annotation | None:
        """An annotation by its id."""
        found = self.value("annotation", id_)
        return found if isinstance(found, Annotation) else None

    def length(self, layer: str) -> int:
        """The length, in code points, of the text that a layer is about."""
        if layer not in self._lengths:
            found = self.value("layer", layer)
            if not isinstance(found, Layer):
                return 0
            coming = self._after.get(("document", found.document))
            self._lengths[layer] = (
                len(coming.text)
                if isinstance(coming, Document)
                else self._read.text_length(found.document)
            )
        return self._lengths[layer]

    def tagset(self, current: Tagset) -> Tagset:
        """The tag set that holds: the newest of those that the edit brings, else the current one."""
        versions = [each for each in self._after.values() if isinstance(each, TagsetVersion)]
        return loads(max(versions, key=lambda each: each.version).toml) if versions else current


def default_name() -> str:
    """The system's name for the user, or "annotator" where it has none that a person can have."""
    try:
        name = getpass.getuser().strip()
    except (KeyError, OSError):
        name = ""
    return name if name and name not in RESERVED_NAMES else "annotator"


def _introduction(name: str) -> tuple[Entry, tuple[Change, ...]]:
    """An entry by nobody, so that undo passes it by, which adds a person to the annotators."""
    return Entry(new_id(), "", f"add annotator {name}"), inserted([Annotator(name)])


def _require_once(edit: Edit) -> None:
    if len({(change.kind, change.id) for change in edit.changes}) != len(edit.changes):
        raise ValueError(f'the edit "{edit.name}" changes the same thing twice')
