"""What reviewers decided where a label's guideline has a gap, as it stands beside the guideline."""

from typing import TYPE_CHECKING

from annotator.core.describe import quoted
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from annotator.review.examples import Gap

MOST = 5
"""Decisions that are told of a label, the newest."""
_QUOTE = 60
"""Code points of a quotation."""


class Gaps:
    """Reads them when they are first asked for, and again after a decision."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known: list[Gap] | None = None
        hub.reread.connect(self._forget)

    def follow(self, edit: Edit) -> bool:
        """Whether an edit may have changed what is to be told."""
        decided = any(edit.touched("decision"))
        if decided:
            self._forget()
        return decided

    def of(self, label: str) -> list[str]:
        """What was decided of a label, a sentence each, the newest first."""
        if self._known is None:
            self._known = self._read()
        found = [each for each in self._known if each.label == label]
        return [told(each) for each in found[: -MOST - 1 : -1]]

    def _read(self) -> "list[Gap]":
        read = self._hub.project.read
        try:
            if next(read.gap_decisions(), None) is None:
                return []
            from annotator.transfer.reviewing import gaps_of  # noqa: PLC0415 - loaded when needed

            return gaps_of(read)
        except UserError as error:
            self._hub.failed.emit(str(error))
            return []

    def _forget(self) -> None:
        self._known = None


def told(gap: "Gap") -> str:
    """A decision in words: “that they fled” is one (the adverbial belongs to the clause)."""
    verdict = "is one" if gap.kept else "is none"
    why = gap.comment or (gap.reason if gap.reason != "guideline gap" else "")
    return f"{quoted(gap.quote, _QUOTE)} {verdict}{f': {why}' if why else ''}"
