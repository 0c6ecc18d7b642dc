"""Tagging all alike: the focused span's words, in the article or in all articles."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from annotator.core import verbs
from annotator.core.alike import Pattern, Place, context, places
from annotator.core.describe import quoted
from annotator.core.model import Layer
from annotator.core.span import Span
from annotator.core.text import counted
from annotator.ui.gestures.alike_rows import Row
from annotator.ui.gestures.alike_strip import AlikeStrip
from annotator.ui.jobs import Run

if TYPE_CHECKING:
    from annotator.transfer.alike import Found
    from annotator.ui.gestures.desk import Desk

_INSIDE = "inside one already"
_WORDS = 40
"""Code points of the words that are told."""


class Alike(QObject):
    """Fills the strip, shows in the text what its current row is, and tags what is ticked."""

    def __init__(self, desk: "Desk", strip: AlikeStrip) -> None:
        super().__init__(strip)
        self._desk = desk
        self._strip = strip
        self._pattern: Pattern | None = None
        self._places: list[Place] = []
        self._found: list[Found] = []
        self._everywhere = False
        self.job: Run[list[Found]] | Run[int] | None = None
        strip.edited.connect(self._on_edited)
        strip.moved.connect(self._on_moved)
        strip.applied.connect(self._on_applied)
        strip.left.connect(self.close)
        desk.hub.document_opened.connect(self._on_document_opened)
        desk.hub.changed.connect(self._on_changed)

    def start(self, *, everywhere: bool = False) -> None:
        """List where the words of the focused span are, in the article or in all of them."""
        hub = self._desk.hub
        focused, document = hub.focused, hub.document
        if focused is None or document is None or self._desk.view.selected_span() is not None:
            hub.said.emit("Tag the words first; then A finds all places of the focused span.")
        elif len(focused.spans) > 1:
            hub.said.emit("This span has several passages; only words in one piece can be found.")
        else:
            self._desk.leave()
            self._everywhere = everywhere
            self._pattern = Pattern.of(focused, document.text, hub.tagset)
            self._on_edited()

    def close(self) -> None:
        """Go back to the text."""
        self._strip.hide()
        self._pattern = None
        view = self._desk.view
        view.set_hits(())
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        """Seek anew, with what counts now."""
        if self._pattern is None:
            return
        strip = self._strip
        case, accents = strip.case.isChecked(), strip.accents.isChecked()
        self._pattern = replace(self._pattern, case=case, diacritics=accents)
        if self._everywhere:
            from annotator.transfer.alike import seek  # noqa: PLC0415 - loaded when it is used

            job = seek(self._desk.hub.project, self._pattern)
            self.job = Run(job, "All alike", strip, done=self._show_found, failed=self._fail)
        else:
            self._show_places(self._pattern)

    def _show_places(self, pattern: Pattern) -> None:
        hub = self._desk.hub
        text = hub.document.text if hub.document else ""
        self._places = places(text, pattern, hub.annotations.values())
        rows = [
            Row(
                *context(text, each.span),
                note=_INSIDE if each.inside else "",
                wanted=not each.inside,
            )
            for each in self._places
        ]
        self._open(rows, counted(len(rows), "more place"), "in this article")

    def _show_found(self, found: "list[Found]") -> None:
        self.job, self._found = None, found
        rows = [_row(each) for each in found]
        total = sum(len(each.places) for each in found)
        where = f"in {counted(len(found), 'article')}" if found else "in the articles"
        self._open(rows, counted(total, "more place"), where)

    def _open(self, rows: list[Row], number: str, where: str) -> None:
        pattern = self._pattern
        if pattern is None:
            return
        if not rows and self._strip.isHidden():
            self._desk.hub.said.emit(f"{quoted(pattern.words, _WORDS)} has no other place {where}.")
            self._pattern = None
            return
        title = self._desk.hub.tagset.label_title(pattern.label)
        self._strip.open(f"{title} {quoted(pattern.words, _WORDS)}: {number} {where}", rows)
        if not self._everywhere:
            self._on_moved(0)

    def _on_moved(self, row: int) -> None:
        view = self._desk.view
        if self._pattern is None or self._everywhere:
            return
        view.set_hits([each.span for each in self._places], row)
        if 0 <= row < len(self._places):
            view.show_position(self._places[row].span.start)

    def _on_applied(self) -> None:
        pattern, layer = self._pattern, self._desk.hub.layer
        chosen = self._strip.model.ticked()
        if pattern is None or layer is None or not chosen:
            return
        self.close()
        if self._everywhere:
            self._tag_found([_taken(self._found[row]) for row in chosen], pattern)
        else:
            self._tag_places([self._places[row].span for row in chosen], pattern, layer)

    def _tag_found(self, found: "list[Found]", pattern: Pattern) -> None:
        from annotator.transfer.alike import tag_alike  # noqa: PLC0415 - loaded when it is used

        job = tag_alike(self._desk.hub.project, pattern, found)
        where = f" in {counted(len(found), 'article')}"
        self.job = Run(
            job,
            "All alike",
            self._strip,
            done=lambda tagged: self._tell(tagged, where, pattern),
            failed=self._fail,
        )

    def _tag_places(self, spans: list[Span], pattern: Pattern, layer: Layer) -> None:
        hub = self._desk.hub
        edit = verbs.mark_all(
            layer,
            spans,
            pattern.label,
            attributes=pattern.attributes,
            fresh=hub.project.is_fresh(layer),
        )
        if hub.apply(edit):
            self._tell(len(spans), "", pattern)

    def _tell(self, tagged: int, where: str, pattern: Pattern) -> None:
        self.job = None
        hub, number = self._desk.hub, counted(tagged, "place")
        title = hub.tagset.label_title(pattern.label).lower()
        hub.said.emit(f"Tagged {number}{where} as {title}; Ctrl+Z takes all back.")

    def _fail(self, reason: str) -> None:
        self.job = None
        self._desk.hub.failed.emit(reason)

    def _on_changed(self) -> None:
        """What is tagged has changed below the list."""
        if not self._strip.isHidden() and not self._everywhere:
            self._on_edited()

    def _on_document_opened(self) -> None:
        if not self._strip.isHidden():
            self.close()


def _taken(found: "Found") -> "Found":
    """An article that is ticked: where all places are in spans of the label, these are meant."""
    if found.free:
        return found
    return replace(found, places=tuple(replace(each, inside=False) for each in found.places))


def _row(found: "Found") -> Row:
    """An article's row; it isn't ticked where the work on it is done, or all is tagged around."""
    why = "done already" if found.state == "done" else "" if found.free else _INSIDE
    note = " · ".join(filter(None, (counted(len(found.places), "place"), why)))
    number = len(_taken(found).free)
    return Row(*found.first, title=found.title, note=note, wanted=not why, places=number)
