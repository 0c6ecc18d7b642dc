"""Going along links: to the other end, among several by letters, and back the way one came."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from annotator.ui.gestures.links import hint_letters
from annotator.ui.gestures.modes import HopMode

if TYPE_CHECKING:
    from annotator.ui.gestures.desk import Desk


class Hops(QObject):
    """The steps along links in the open article, and the way back."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._trail: list[str] = []
        """The spans, by id, that were left along a link, the last one at the end."""
        desk.hub.document_opened.connect(self._trail.clear)

    def forth(self) -> None:
        """Go to the span at the other end of the focused one's link; letters choose of several."""
        hub = self._desk.hub
        self._desk.leave()
        focused = hub.focused
        if focused is None:
            hub.said.emit("Focus a span first: click it, or go to it with Alt+Down.")
            return
        partners = self._partners(focused.id)
        if not partners:
            hub.said.emit("This span has no links.")
        elif len(partners) == 1:
            self.go(partners[0])
        else:
            hints = tuple(zip(hint_letters(len(partners)), partners, strict=False))
            self._desk.view.setFocus(Qt.FocusReason.OtherFocusReason)  # where letters are taken
            self._desk.enter_mode(HopMode(focused.id, hints=hints))

    def letter(self, key: str) -> None:
        """Take a letter of a hint; the last one goes there."""
        mode = self._desk.mode
        if isinstance(mode, HopMode):
            longer = mode.with_letter(key)
            chosen = longer.chosen()
            if chosen is None:
                self._desk.enter_mode(longer)
            else:
                self.go(chosen)

    def go(self, annotation: str) -> None:
        """Go to a span, by its id, and remember the focused one as the way back."""
        self._desk.leave()
        if (focused := self._desk.hub.focused) is not None:
            self._trail.append(focused.id)
        self._desk.go_to(annotation)

    def back(self) -> None:
        """Go back to the span from which one came last; those that are gone are passed by."""
        self._desk.leave()
        hub = self._desk.hub
        while self._trail:
            last = self._trail.pop()
            if last in hub.annotations:
                self._desk.go_to(last)
                return
        hub.said.emit("There is no way back: no link was followed to here.")

    def _partners(self, annotation: str) -> list[str]:
        """The ids of the spans that a span is linked with, in reading order."""
        hub = self._desk.hub
        ends = {
            end
            for each in hub.relations.values()
            if annotation in (each.source, each.target)
            for end in (each.source, each.target)
        }
        found = [hub.annotations[each] for each in ends - {annotation} if each in hub.annotations]
        return [each.id for each in sorted(found, key=lambda each: (each.spans, each.id))]
