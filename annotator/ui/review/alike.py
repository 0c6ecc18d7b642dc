"""Settling the same phrase over the corpus: a list to tick off, and one edit."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from annotator.core.alike import context
from annotator.core.span import Span
from annotator.core.text import counted
from annotator.review.settling import Said
from annotator.ui.gestures.alike_rows import Row
from annotator.ui.gestures.alike_strip import AlikeStrip
from annotator.ui.jobs import Run

if TYPE_CHECKING:
    from annotator.review.phrases import Alike as Found
    from annotator.ui.review.perspective import Review


class AlikePlaces(QObject):
    """Lists the places where the previewed version fits too, and takes it at those ticked."""

    def __init__(self, review: "Review", strip: AlikeStrip) -> None:
        super().__init__(strip)
        self._review = review
        self._strip = strip
        self._found: list[Found] = []
        self.job: Run[Any] | None = None
        strip.verb = "Decide"
        strip.case.hide()
        strip.accents.hide()
        strip.applied.connect(self._on_applied)
        strip.left.connect(self.close)

    def start(self) -> None:
        """Look for the phrase of the place that is shown, in all articles."""
        from annotator.transfer.reviewing import find_alike  # noqa: PLC0415 - loaded when it is used

        review = self._review
        reviewed, place, number = review.reviewed, review.place, review.previewed
        if reviewed is None or place is None or number is None or place.relation:
            review.hub.said.emit("Only conflicts about spans can be decided by phrase.")
            return
        version = place.versions[number]
        job = find_alike(review.hub.project, reviewed, place, version)
        title = "Looking for the phrase"
        said = review.hub.said.emit
        self.job = Run(job, title, review, done=self._show, failed=said)

    def close(self) -> None:
        """List nothing."""
        self._found = []
        self._strip.hide()
        self._review.take_focus()

    def _show(self, found: "list[Found]") -> None:
        self._found = found
        if len(found) < 2:
            self._review.hub.said.emit("This phrase is in conflict nowhere else.")
            self.close()
            return
        articles = len({each.reviewed.document.id for each in found})
        heading = (
            f"{counted(len(found), 'conflict')} on the same words in "
            f"{counted(articles, 'article')}: take the previewed version in all"
        )
        self._strip.open(heading, [_row(each) for each in found])

    def _on_applied(self) -> None:
        from annotator.review.phrases import settled  # noqa: PLC0415 - as above

        chosen = [self._found[number] for number in self._strip.model.ticked()]
        review = self._review
        remark = review.remarks.remark
        said = Said(
            by=review.hub.project.who,
            reason=remark.reason,
            comment=remark.comment,
            gap=remark.gap,
        )
        review.judge.acting = True
        try:
            done = bool(chosen) and review.hub.apply(settled(chosen, **said))
        finally:
            review.judge.acting = False
        self.close()
        if done:
            review.next_pending()
            review.hub.said.emit(
                f"Decided {counted(len(chosen), 'conflict')}; Ctrl+Z takes it back."
            )


def _row(found: "Found") -> Row:
    text = found.reviewed.document.text
    spans = [each.envelope for each in found.version.annotations] or [
        each.envelope for one in found.place.versions for each in one.annotations
    ]
    span = Span(min(each.start for each in spans), max(each.end for each in spans))
    before, words, behind = context(text, span)
    return Row(before, words, behind, title=found.reviewed.document.title)
