"""What is made of a version before it is taken: a hub whose changes aren't in the file."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject

from annotator.core.edits import Change, Edit
from annotator.core.model import Annotation, Layer, Relation
from annotator.project import Project
from annotator.review.values import Place, Reviewed
from annotator.ui.hub import Hub

ELSEWHERE = "Only what this conflict is about can be changed now; Enter takes it, Esc goes back."


class Draft(Hub):
    """A version being edited, with the rest of gold around it, which it can be linked with.

    Undo and redo go through its own steps; actors that are added go into the register at once.
    """

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(project, parent)
        self.close()  # the file's edits are the other hub's
        self.own: set[str] = set()
        """The ids of the annotations that may be changed."""
        self._links_of: set[str] = set()
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    def begin(
        self,
        reviewed: Reviewed,
        place: Place,
        annotations: Iterable[Annotation],
        links: Iterable[Relation],
    ) -> None:
        """Edit these annotations, or, at a place of relations, the links that go out from it."""
        self.document, self.layer = reviewed.document, reviewed.gold.layer
        drafted = {each.id: replace(each, layer=self.layer.id) for each in annotations}
        gone = {each.id for each in place.gold}
        gold = {each.id: each for each in reviewed.gold.annotations if each.id not in gone}
        self.annotations = {**gold, **drafted}
        unlinked = {each.id for each in place.gold_links}
        known = (each for each in reviewed.gold.relations if each.id not in unlinked)
        ends = self.annotations.keys()
        self.relations = {
            each.id: each
            for each in (*known, *links)
            if each.source in ends and each.target in ends
        }
        self.own = set(drafted)
        self._links_of = {each.source for each in links}
        self._done, self._undone = [], []
        self._focused = None
        self._read_entities()
        self.document_opened.emit()

    def allow_links_of(self, sources: Iterable[str]) -> None:
        """Let links go out from these annotations."""
        self._links_of = set(sources)

    def end(self) -> None:
        """Nothing is edited any more."""
        self.document = self.layer = None
        self.annotations, self.relations = {}, {}
        self.own, self._focused = set(), None
        self.document_opened.emit()
        self.focus_moved.emit()

    @property
    def made(self) -> list[Annotation]:
        """What the version has become, in reading order."""
        found = (self.annotations[each] for each in self.own if each in self.annotations)
        return sorted(found, key=lambda each: (each.envelope.start, -each.envelope.end))

    @property
    def linked(self) -> list[Relation]:
        """The links that go out from what may be linked."""
        return [each for each in self.relations.values() if each.source in self._links_of]

    @property
    def altered(self) -> bool:
        """Whether anything was changed."""
        return bool(self._done)

    def apply(self, edit: Edit) -> bool:
        kept, others = [], []
        for each in edit.changes:
            value = each.either
            if isinstance(value, Annotation | Relation):
                if not self._may(each, value):
                    self.said.emit(ELSEWHERE)
                    return False
                kept.append(each)
            elif not isinstance(value, Layer):
                others.append(each)
        if others and not super().apply(Edit(edit.name, tuple(others))):
            return False
        if others:
            self._read_entities()
        self._step(Edit(edit.name, (*kept, *others)))
        self._done.append(Edit(edit.name, tuple(kept)))
        self._undone.clear()
        return True

    def undo(self, *, to: str = "", through: bool = False) -> None:  # noqa: ARG002 - its own steps
        self._back(self._done, self._undone, "Nothing was changed yet; Esc goes back.")

    def redo(self, *, to: str = "") -> None:  # noqa: ARG002 - as above
        self._back(self._undone, self._done, "There is nothing to do again.")

    def _back(self, taken: list[Edit], put: list[Edit], nothing: str) -> None:
        if not taken:
            self.said.emit(nothing)
            return
        edit = taken.pop().inverse()
        put.append(edit)
        self._step(edit)

    def _may(self, change: Change, value: Annotation | Relation) -> bool:
        if isinstance(value, Relation):
            return value.source in self._links_of
        # At a place of relations no annotation may change, and none is added.
        return value.id in self.own or (change.before is None and bool(self.own))

    def _step(self, edit: Edit) -> None:
        for each in edit.changes:
            match each.either:
                case Annotation(id=name):
                    self.annotations.pop(name, None)
                    if isinstance(each.after, Annotation):
                        self.annotations[name] = each.after
                        self.own.add(name)
                case Relation(id=name):
                    self.relations.pop(name, None)
                    if isinstance(each.after, Relation):
                        self.relations[name] = each.after
                case _:
                    pass
        lost = self._focused is not None and self._focused not in self.annotations
        if lost:
            self._focused = None
        self.changed.emit(edit)
        if lost:
            self.focus_moved.emit()
