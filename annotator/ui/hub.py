"""What the widgets share: the project, the open article, the focused span, and one signal each."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.core.edits import Edit, change
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, Value
from annotator.core.tagset import Tagset
from annotator.project import Project


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
        self._focused: str | None = None
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

    def undo(self) -> None:
        """Take the current person's last edit back."""
        self._step(self.project.undo, "Undone", "There is nothing to undo.")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._step(self.project.redo, "Done again", "There is nothing to do again.")

    def _step(self, step: Callable[[], Edit | None], done: str, nothing: str) -> None:
        try:
            edit = step()
        except UserError as error:
            self.failed.emit(str(error))
            return
        if edit is None:
            self.said.emit(nothing)
        elif any(each.after is None for each in edit.touched("document")):
            self.said.emit(f"{done}: {edit.name} – Ctrl+Shift+Z brings it back.")
        else:
            self.said.emit(f"{done}: {edit.name}.")

    def look(self) -> None:
        """Notice what another program has written to the file."""
        try:
            if self.project.look():
                self.said.emit("Another program has written to this file; you see it as it is now.")
            self.looked.emit()
        except UserError as error:
            self.failed.emit(str(error))

    def _on_edit(self, edit: Edit) -> None:
        shown = self.layer.id if self.layer else None
        if not edit:
            edit = self._differences(edit)
            self.reread.emit()
        if any(edit.touched("entity")):
            self._read_entities()
        if self.document is not None:
            self._follow(edit)
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
        self._read_entities()
        self._read_layer()
        after = self._shown()
        pairs = ((before.get(each), after.get(each)) for each in before.keys() | after.keys())
        return Edit(edit.name, tuple(one for pair in pairs for one in change(*pair)))

    def _shown(self) -> dict[str, Value]:
        """Everything of the open article that the widgets show, by id."""
        values = (self.document, self.layer, *self.annotations.values(), *self.relations.values())
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
        read, self.layer = self.project.read, None
        if self.document is not None:
            self.layer = self.project.layer(self.document.id)
        name = self.layer.id if self.layer else ""
        self.annotations = {each.id: each for each in read.annotations(layer=name)}
        self.relations = {each.id: each for each in read.relations(layer=name)}

    def _read_entities(self) -> None:
        self.entities = {each.id: each for each in self.project.read.entities()}
