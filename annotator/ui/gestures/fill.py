"""Filling in a form by letters: a letter for each value and editor, and what a letter does."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.find import fold
from annotator.core.model import Annotation
from annotator.core.tagset import Attribute, Label
from annotator.ui.gestures.links import LETTERS, hint_letters
from annotator.ui.gestures.modes import FillMode, Slot

if TYPE_CHECKING:
    from annotator.ui.gestures.desk import Desk

YES = "yes"
"""The value of a slot that sets a flag."""


def slots(label: Label | None) -> Iterator[Slot]:
    """The slots of a label's form from top to bottom; the note comes last."""
    for each in label.attributes if label else ():
        if each.type == "choice":
            yield from (Slot(each.name, value) for value in each.values)
        elif each.type == "flag" and not each.several:
            yield Slot(each.name, YES)
        else:
            yield Slot(each.name)
    yield Slot()


def letters(label: Label | None) -> tuple[tuple[str, Slot], ...]:
    """The letters of each slot of a label, always the same ones, so that hands learn them.

    A slot has the first letter of its own name where that is free, values first; the others get
    the rest, those under the fingers first.
    """
    found = list(slots(label))
    free = hint_letters(max(len(found), len(LETTERS)))
    taken: dict[Slot, str] = {}
    for slot in sorted(found, key=lambda each: not each.value):
        initial = fold(_name(slot))[:1].upper()
        if initial in free:
            taken[slot] = initial
            free.remove(initial)
    rest = iter(free)
    hints = ((taken[each] if each in taken else next(rest, ""), each) for each in found)
    return tuple((hint, each) for hint, each in hints if hint)


def _name(slot: Slot) -> str:
    own = slot.attribute if slot.value in ("", YES) else slot.value
    return own or "note"


def filled(annotation: Annotation, attribute: Attribute, value: str) -> Edit:
    """The edit that sets a value of a choice or a flag, or takes it away where it is set."""
    now = annotation.attributes.get(attribute.name)
    after: object
    if attribute.type == "flag":
        after = None if now is True else True
    elif attribute.several:
        chosen = now if isinstance(now, list) else []
        after = [each for each in chosen if each != value]
        after = (after if value in chosen else [*chosen, value]) or None
    else:
        after = None if now == value else value
    return verbs.set_attribute(annotation, attribute.name, after)


class Filling(QObject):
    """Lets letters fill in the focused span's attributes, one after another, until it is left."""

    editor_asked = Signal(object)
    """The keyboard is to go to the editor of this Slot, and to come back afterwards."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        desk.hub.focus_moved.connect(self._on_moved)
        desk.hub.changed.connect(self._on_moved)

    def start(self) -> None:
        """Show the letters of the focused span's form."""
        hub = self._desk.hub
        self._desk.leave()
        if hub.focused is None:
            hub.said.emit("Focus a span first: click it, or go to it with Alt+Down.")
        elif reason := hub.project.read_only:
            hub.said.emit(f"Nothing can be changed here: {reason}.")
        else:
            hints = letters(hub.tagset.label(hub.focused.label))
            self._desk.view.setFocus(Qt.FocusReason.OtherFocusReason)  # where letters are taken
            self._desk.enter_mode(FillMode(hub.focused.id, hints=hints))

    def write_note(self) -> None:
        """Put the keyboard on the focused span's note."""
        self.editor_asked.emit(Slot())

    def letter(self, key: str) -> None:
        """Take a letter; the last one of a slot fills it in, or asks for its editor."""
        mode = self._desk.mode
        if isinstance(mode, FillMode):
            longer = replace(mode, typing=False).with_letter(key)
            slot = longer.chosen()
            if slot is None:
                self._desk.enter_mode(longer)
            else:
                self._desk.enter_mode(replace(longer, typed="", wrong=""))
                self._take(mode.annotation, slot)

    def typed(self) -> None:
        """What was typed is saved: letters are taken again."""
        if isinstance(mode := self._desk.mode, FillMode):
            self._desk.enter_mode(replace(mode, typing=False))

    def _take(self, annotation: str, slot: Slot) -> None:
        hub = self._desk.hub
        owner = hub.annotations[annotation]
        label = hub.tagset.label(owner.label)
        attribute = label.attribute(slot.attribute) if label else None
        if slot.value and attribute is not None:
            hub.apply(filled(owner, attribute, slot.value))
        else:
            if isinstance(mode := self._desk.mode, FillMode):
                self._desk.enter_mode(replace(mode, typing=True))
            self.editor_asked.emit(slot)

    def _on_moved(self) -> None:
        """Another span is focused, or this one has another form: the letters mean nothing now."""
        mode, focused = self._desk.mode, self._desk.hub.focused
        if isinstance(mode, FillMode):
            same = focused is not None and focused.id == mode.annotation
            label = self._desk.hub.tagset.label(focused.label) if focused else None
            if not same or letters(label) != mode.hints:
                self._desk.leave()
