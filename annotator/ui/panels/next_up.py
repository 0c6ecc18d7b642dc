"""Which article comes next, in the project's order of work."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Layer
from annotator.suggest.work_order import KEY, WorkOrder
from annotator.ui.hub import Hub
from annotator.ui.panels.listing import ListingModel

if TYPE_CHECKING:
    from collections.abc import Sequence


class NextUp(QObject):
    """Goes through the articles that are listed; what is in no hurry to be told is kept at hand.

    By uncertainty and at random those come first that weren't opened since the project was, so that
    one that was put aside doesn't come back at once.
    """

    def __init__(self, hub: Hub, model: ListingModel) -> None:
        super().__init__(model)
        self._hub = hub
        self._model = model
        self._ranked: list[int] | None = None
        self._seen: set[int] = set()
        self.order = WorkOrder()
        self._read()
        model.modelReset.connect(self._forget)
        model.rowsInserted.connect(self._forget)
        hub.reread.connect(self._read)
        hub.changed.connect(self._on_changed)
        hub.document_opened.connect(self._on_opened)

    def after(self, row: int) -> str | None:
        """The id of the article to work on after that of a row, None where all are done."""
        return next(iter(self.ahead(row, 1)), None)

    def expected(self, row: int) -> str | None:
        """The id of the article that is likely to be opened after that of a row, told at once."""
        if self.order.by == "queue":
            following = self._model.listing(row + 1)
            return following.id if following else None
        return self.after(row)

    def ahead(self, row: int, most: int) -> list[str]:
        """The ids of the articles that come after that of a row, not done yet, so many at most."""
        if self.order.by == "queue":
            numbers = self._model.numbers()
            waiting: Sequence[int] = numbers[row + 1 :] + numbers[: max(0, row)]
        else:
            here = self._model.numbers()[row] if row >= 0 else None
            ranked = [each for each in self._ranking() if each != here]
            waiting = sorted(ranked, key=self._seen.__contains__)
        found = self._model.first_open(waiting, most)
        return [each for each in self._hub.project.read.document_ids(found) if each]

    def _ranking(self) -> list[int]:
        """All row numbers of the list, in the order of work."""
        if self._ranked is None:
            read, numbers = self._hub.project.read, self._model.numbers()
            doubts = read.doubts() if self.order.by == "uncertainty" else {}
            places = self.order.ranked(read.document_ids(numbers), doubts)
            self._ranked = [numbers[place] for place in places]
        return self._ranked

    def _read(self) -> None:
        self.order = WorkOrder.loads(self._hub.project.read.setting(KEY))
        self._forget()

    def _forget(self) -> None:
        self._ranked = None

    def _on_opened(self) -> None:
        document = self._hub.document
        number = self._hub.project.read.row_number(document.id) if document else None
        if number is not None:
            self._seen.add(number)

    def _on_changed(self, edit: Edit) -> None:
        if any(each.id == KEY for each in edit.touched("setting")):
            self._read()
        elif self.order.by == "uncertainty" and (not edit or self._renews(edit)):
            self._forget()

    def _renews(self, edit: Edit) -> bool:
        """Whether an edit brings or takes suggestions away."""
        own = self._hub.layer.id if self._hub.layer else ""
        return any(
            each.before is None or each.after is None
            for each in edit.changes
            if (isinstance(each.either, Annotation) and each.either.layer != own)
            or (isinstance(each.either, Layer) and each.either.role == "machine")
        )
