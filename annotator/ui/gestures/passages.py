"""Annotations of several passages: collecting, adding and taking away."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.core import verbs
from annotator.core.describe import quoted
from annotator.core.span import Span
from annotator.ui.gestures.modes import Collecting, Idle, Reopened

if TYPE_CHECKING:
    from annotator.core.model import Annotation
    from annotator.ui.gestures.desk import Desk

_WORDS = 30
"""Code points of a passage that are told."""


def told(text: str, passages: tuple[Span, ...]) -> str:
    """The words of some passages: “the death of” + “14 soldiers”."""
    return " + ".join(quoted(each.of(text), _WORDS) for each in passages)


class Passages:
    """What M and Shift+M do: to the focused span, else to passages that wait for a label."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def add(self) -> None:
        """Add the selection to the focused annotation, or to what is collected for a label."""
        desk = self._desk
        hub, mode = desk.hub, desk.lasting_mode
        selection = desk.view.selected_span()
        if selection is None or isinstance(mode, Reopened):
            hub.said.emit("Select another passage first, then press M.")
        elif isinstance(mode, Collecting) or hub.focused is None:
            before = mode.passages if isinstance(mode, Collecting) else ()
            desk.view.select(None)
            desk.enter_mode(Collecting(verbs.joined([*before, selection])))
        else:
            focused, title = hub.focused, hub.tagset.label_title(hub.focused.label).lower()
            words = told(desk.view.reading.text, focused.spans)
            if verbs.joined([*focused.spans, selection]) == focused.spans:
                hub.said.emit("These words belong to it already.")
            elif self._give(focused, [*focused.spans, selection], "add a passage"):
                hub.said.emit(f"Added to the {title} {words}; Ctrl+Z takes it back.")

    def take_away(self) -> None:
        """Take away the passage at the caret, of what is collected or of the focused annotation."""
        desk = self._desk
        hub, mode = desk.hub, desk.lasting_mode
        if isinstance(mode, Collecting):
            rest = self._without_caret(mode.passages)
            desk.enter_mode(Collecting(rest) if rest else Idle())
        elif hub.focused is None:
            hub.said.emit("Focus a span of several passages first.")
        elif len(hub.focused.spans) == 1:
            hub.said.emit("This span has one passage only; Delete removes it.")
        else:
            self._give(hub.focused, self._without_caret(hub.focused.spans), "take a passage away")

    def _without_caret(self, passages: tuple[Span, ...]) -> tuple[Span, ...]:
        """All but the passage at the caret, or but the last one."""
        caret = self._desk.view.caret()
        gone = next((each for each in passages if each.start <= caret <= each.end), passages[-1])
        return tuple(each for each in passages if each != gone)

    def _give(self, annotation: "Annotation", passages: Iterable[Span], name: str) -> bool:
        """Whether the annotation has these passages now."""
        desk = self._desk
        desk.leave()
        if not desk.hub.apply(replace(verbs.move(annotation, passages), name=name)):
            return False
        desk.view.select(None)
        return True
