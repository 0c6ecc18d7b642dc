"""What the widgets share: the project, the open article, the focused span, and one signal each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.core.edits import Edit, Step, change
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, Value
from annotator.core.steps import Counted, Steps, at_once
from annotator.core.tagset import Tagset
from annotator.project import Project
from annotator.store.lineage import Overtaken
from annotator.ui.memory import Memory, Opened, opened_steps

_ON_LAYER = (Annotation, Relation)
MUCH = 2_000
"""Changes from which undo and redo run as a job, with progress."""
RunLong = Callable[[Counted[Any], int, str, Callable[[Any], object]], object]
"""Runs work of so many steps bit by bit under a title, and hands on what it has made."""


class Hub(QObject):
    """Widgets read from here and are told here; none calls another.

    The annotations and relations are the current person's layer of the open article, by id, in no
    order; each edit that became durable is followed, so that an edit costs what it changes.
    """

    changed = Signal(object)
    """An Edit has become durable (undo and redo included)."""
    document_opened = Signal()
    """Another article is open, or none."""
    focus_moved = Signal()
    """Another span is focused, or none."""
    reread = Signal()
    """Much has changed at once, or another program wrote to the file: read all again."""
    said = Signal(str)
    """A sentence for the status bar."""
    failed = Signal(str)
    """A sentence about something that was not done, or not saved."""
    overtaken = Signal(str)
    """Undo waits: somebody changed the same since, as the sentence says."""
    stepped = Signal(object)
    """Undo or redo has made this Edit, and is through."""
    shown = Signal(object)
    """A Span of the open article is to be seen."""
    looked = Signal()
    """The file is there and can be read."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.document: Document | None = None
        self.layer: Layer | None = None
        self.annotations: dict[str, Annotation] = {}
        self.relations: dict[str, Relation] = {}
        self.entities: dict[str, Entity] = {}
        self.run_long: RunLong | None = None
        """How long work is run; without it, all is done at once."""
        self._focused: str | None = None
        self._memory = Memory()
        self._version = project.read.tagset()
        self._unsubscribe = project.subscribe(self._on_edit)
        self._read_entities()

    def close(self) -> None:
        """Stop listening to the project."""
        self._unsubscribe()

    @property
    def tagset(self) -> Tagset:
        """The project's tag set."""
        return self.project.tagset

    @property
    def focused(self) -> Annotation | None:
        """The focused annotation, if there is one."""
        return self.annotations.get(self._focused) if self._focused else None

    def open_document(self, document: str | None) -> None:
        """Open an article by its id."""
        self.document = self.project.read.document(document) if document else None
        self._focused = None
        self._read_layer()
        self.document_opened.emit()
        self.focus_moved.emit()

    def fetch(self, document: str) -> Steps[Opened | None]:
        """Read, bit by bit, an article that may be opened next; None where it is gone."""
        found = self.project.read.document(document)
        if found is None:
            return None
        layer = self.project.layer(document)
        opened = self._memory.get(found, layer)
        if opened is None:
            forgot = self._memory.forgot
            opened = yield from opened_steps(self.project.read, found, layer)
            if forgot == self._memory.forgot:
                self._memory.keep(opened)
        return opened

    def focus(self, annotation: str | None) -> None:
        """Focus a span by its annotation's id, or none."""
        if annotation not in self.annotations:
            annotation = None
        if annotation != self._focused:
            self._focused = annotation
            self.focus_moved.emit()

    def apply(self, edit: Edit) -> bool:
        """Make an edit durable; False, with the reason told, where it can't be."""
        if not edit:
            return True
        try:
            self.project.apply(edit)
        except UserError as error:
            self.failed.emit(str(error))
            return False
        return True

    def undo(self, *, to: str = "", through: bool = False) -> None:
        """Take the current person's last edit back, or all up to an entry (Project.undo)."""
        self._go("undo", to=to, through=through)

    def redo(self, *, to: str = "") -> None:
        """Do again what was undone last, or all up to an entry (Project.redo)."""
        self._go("redo", to=to)

    def _go(self, kind: Step, *, to: str, through: bool = False) -> None:
        """Undo or redo; at once, or, where that would take long, as a job."""
        try:
            ahead = self.project.read.journal.ahead(self.project.who, kind, to)
        except UserError as error:
            self.failed.emit(str(error))
            return
        work, stepped = self._attempt(kind, to, through=through), partial(self._stepped, kind)
        if self.run_long is None or ahead < MUCH:
            stepped(at_once(work))
        else:
            title = "Undoing" if kind == "undo" else "Doing again"
            self.run_long(work, 2 * ahead, title, stepped)

    def _attempt(self, kind: Step, to: str, *, through: bool) -> Counted[Edit | UserError | None]:
        """Undo or redo bit by bit; the answer is what that changed, or why it can't be done."""
        try:
            return (yield from self.project.going(kind, to=to, through=through))
        except UserError as error:
            return error

    def _stepped(self, kind: Step, edit: Edit | UserError | None) -> None:
        """Go to where undo or redo changed something, and say so."""
        done, verb = ("Undone", "undo") if kind == "undo" else ("Done again", "do again")
        if isinstance(edit, UserError):
            (self.overtaken if isinstance(edit, Overtaken) else self.failed).emit(str(edit))
            return
        if edit is None:
            self.said.emit(f"There is nothing to {verb}.")
            return
        before = self.document
        self.go_to(edit)
        gone = any(each.after is None for each in edit.touched("document"))
        come = any(each.before is None for each in edit.touched("document"))
        other = self.document if self.document != before and not (gone or come) else None
        where = f" in “{other.title}”" if other else ""
        back = " – Ctrl+Shift+Z brings it back" if gone else ""
        self.stepped.emit(edit)
        self.said.emit(f"{done}: {edit.name}{where}{back}.")

    def go_to(self, edit: Edit) -> None:
        """Open the article that an edit changed the work on, and show where."""
        layers = {each.either.id: each.either for each in edit.touched("layer")}
        names = [each.either.layer for each in edit.changes if isinstance(each.either, _ON_LAYER)]
        names += list(layers)
        if not names or (self.layer is not None and self.layer.id in names):
            self._show_changed(edit)
            return
        for name in dict.fromkeys(names):
            layer = self.project.read.layer(name) or layers.get(name)
            if not isinstance(layer, Layer) or layer.annotator != self.project.who:
                continue
            if self.project.read.document(layer.document) is not None:
                self.open_document(layer.document)
                self._show_changed(edit)
                return

    def _show_changed(self, edit: Edit) -> None:
        """Focus the first span in the text that an edit changed, or show where it was.

        Where the focused one is among those, it stays so.
        """
        own, focused = self.layer.id if self.layer else None, self._focused
        changed = (each.either for each in edit.touched("annotation"))
        here = [each for each in changed if isinstance(each, Annotation) and each.layer == own]
        if here:
            first = min(here, key=lambda each: (each.id != focused, each.envelope))
            self.focus(first.id if first.id in self.annotations else focused)
            self.shown.emit(first.envelope)

    def look(self, *, own: bool = False) -> None:
        """Notice what another program has written to the file, or (`own`) this one elsewhere."""
        try:
            if self.project.look() and not own:
                self.said.emit("Another program has written to this file; you see it as it is now.")
            self.looked.emit()
        except UserError as error:
            self.failed.emit(str(error))

    def _on_edit(self, edit: Edit) -> None:
        shown = self.layer.id if self.layer else None
        self._memory.follow(edit, shown or "")
        if not edit:
            edit = self._differences(edit)
            self.reread.emit()
        if any(edit.touched("tagset")):
            self._version = self.project.read.tagset()
        if any(edit.touched("entity")):
            self._read_entities()
        if self.document is not None:
            self._follow(edit)
        if self.layer is not None and self.layer.id == shown:
            self._remember()
        lost = self._focused is not None and self._focused not in self.annotations
        if lost:
            self._focused = None
        self.changed.emit(edit)
        if lost:
            self.focus_moved.emit()
        if shown != (self.layer.id if self.document and self.layer else None):
            # The article is gone, or the work on it goes on in another round.
            self.open_document(self.document.id if self.document else None)

    def _differences(self, edit: Edit) -> Edit:
        """What an edit that doesn't tell its changes has changed of what the widgets show."""
        before = self._shown()
        if self.document is not None:
            self.document = self.project.read.document(self.document.id)
        self._version = self.project.read.tagset()
        self._read_entities()
        self._read_layer()
        after = self._shown()
        pairs = ((before.get(each), after.get(each)) for each in before.keys() | after.keys())
        return Edit(edit.name, tuple(one for pair in pairs for one in change(*pair)))

    def _shown(self) -> dict[str, Value]:
        """The tag set, and everything of the open article, that the widgets show, by id."""
        values: list[Value | None] = [self._version, self.document, self.layer]
        values.extend(self.annotations.values())
        values.extend(self.relations.values())
        return {each.id: each for each in values if each is not None}

    def _follow(self, edit: Edit) -> None:
        for each in edit.changes:
            after = each.after
            match each.either:
                case Layer(document=name) if self.document and name == self.document.id:
                    self.layer = self.project.layer(name)
                case Annotation(layer=name) if self.layer and name == self.layer.id:
                    self.annotations.pop(each.id, None)
                    if isinstance(after, Annotation):
                        self.annotations[each.id] = after
                case Relation(layer=name) if self.layer and name == self.layer.id:
                    self.relations.pop(each.id, None)
                    if isinstance(after, Relation):
                        self.relations[each.id] = after
                case Document(id=name) if self.document and name == self.document.id:
                    self.document = after if isinstance(after, Document) else None
                case _:
                    pass

    def _read_layer(self) -> None:
        self.layer = None
        if self.document is None:
            self.annotations, self.relations = {}, {}
            return
        self.layer = self.project.layer(self.document.id)
        opened = self._memory.get(self.document, self.layer)
        if opened is None:
            opened = at_once(opened_steps(self.project.read, self.document, self.layer))
        self.annotations, self.relations = opened.annotations, opened.relations
        self._remember()

    def _remember(self) -> None:
        """Keep what is shown of the open article; its mappings are kept up to date."""
        if self.document is not None:
            opened = Opened(self.document, self.layer, self.annotations, self.relations)
            self._memory.keep(opened)

    def _read_entities(self) -> None:
        self.entities = {each.id: each for each in self.project.read.entities()}
