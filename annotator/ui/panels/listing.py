"""The list of articles as Qt reads it: row numbers come in slices, lines when looked at."""

import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer
from annotator.core.query import Order, Query, excerpt
from annotator.core.text import counted
from annotator.store.shelf import Listing
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import as_tip

PAGE = 100
KEPT_PAGES = 20
_RUN = 1_000
"""Row numbers that are asked at once for an article that isn't done."""
SLICE = 0.012
"""Seconds of reading between two looks at the window's events."""
ListingRole = Qt.ItemDataRole.UserRole + 1
"""The Listing of a row."""
ExcerptRole = Qt.ItemDataRole.UserRole + 2
"""Of what a search found in the text of a row, a line around the first place; "" for none."""
Index = QModelIndex | QPersistentModelIndex
Answer = TypeVar("Answer")


def count_line(listing: Listing) -> str:
    """The second line of a row: "14 annotations · open", "new"."""
    number = sum(listing.counts.values())
    if not number:
        return "done · nothing to tag" if listing.state == "done" else listing.state
    return f"{counted(number, 'annotation')} · {listing.state}"


def _spoken(listing: Listing) -> str:
    """A row as a screen reader says it."""
    note = ", with a note" if listing.note else ""
    return f"{listing.title}, {count_line(listing)}{note}"


class ListingModel(QAbstractListModel):
    """The articles that a search finds, in an order.

    The first rows are there at once, those behind them come between the window's events. An edit
    changes rows where they stand: what a search finds, and where, is as it was when it was asked.
    """

    grown = Signal()
    """More rows, or all, have come."""

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._query = Query()
        self._order = Order()
        self._numbers: array[int] = array("q")
        self._coming: Iterator[list[int]] = iter(())
        self._whole = True
        self._pages: OrderedDict[int, dict[int, Listing]] = OrderedDict()
        self._excerpts: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self._start()
        hub.changed.connect(self._on_changed)

    @property
    def query(self) -> Query:
        """What is searched for; an empty query finds all articles."""
        return self._query

    @property
    def order(self) -> Order:
        """How the articles are sorted."""
        return self._order

    @property
    def whole(self) -> bool:
        """Whether all rows are there."""
        return self._whole

    def set_query(self, query: Query) -> None:
        """Show what this query finds."""
        self._query = query
        self.reload()

    def set_order(self, order: Order) -> None:
        """Sort the articles in this way."""
        self._order = order
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self.beginResetModel()
        self._start()
        self.endResetModel()
        self.grown.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        listing = self.listing(index.row())
        if listing is None:
            return None
        answers: dict[int, Callable[[], object]] = {
            ListingRole: lambda: listing,
            ExcerptRole: lambda: self._excerpt(listing.id),
            Qt.ItemDataRole.DisplayRole: lambda: listing.title,
            Qt.ItemDataRole.AccessibleTextRole: lambda: _spoken(listing),
            Qt.ItemDataRole.ToolTipRole: lambda: self._tip(listing),
        }
        return answers[role]() if role in answers else None

    def listing(self, row: int) -> Listing | None:
        """The article of a row, None where there is no such row."""
        if not 0 <= row < len(self._numbers):
            return None
        return self._page(row // PAGE).get(self._numbers[row])

    def ids(self, rows: list[int]) -> list[str]:
        """The ids of the articles in these rows, those that there still are."""
        numbers = [self._numbers[row] for row in rows]
        read, who = self._hub.project.read, self._hub.project.who
        return [each.id for each in read.listing(who, numbers)]

    def row_of(self, document: str) -> int:
        """The row of an article, -1 where the list lacks it or it hasn't come yet."""
        number = self._asked(lambda: self._hub.project.read.row_number(document), None)
        try:
            return self._numbers.index(number) if number is not None else -1
        except ValueError:
            return -1

    def numbers(self) -> "array[int]":
        """The row numbers of all articles that are found, in order."""
        while self._pull():
            pass  # with a million articles half a second, once
        return self._numbers

    def first_open(self, numbers: Sequence[int], most: int) -> list[int]:
        """The first so many of these row numbers whose articles aren't done."""
        nothing: list[int] = []
        return self._asked(lambda: self._first_open(numbers, most), nothing)

    def _first_open(self, numbers: Sequence[int], most: int) -> list[int]:
        project, found = self._hub.project, list[int]()
        for start in range(0, len(numbers), _RUN):
            some = list(numbers[start : start + _RUN])
            while len(found) < most:
                first = project.read.first_not_done(project.who, some)
                if first is None:
                    break
                found.append(first)
                some = some[some.index(first) + 1 :]
            if len(found) == most:
                break
        return found

    def _start(self) -> None:
        """Begin to read the list; what is read at once is enough for a window full of rows."""
        project = self._hub.project
        self._pages.clear()
        self._excerpts.clear()
        self._numbers = array("q")
        self._coming = project.read.found(project.who, self._query, self._order)
        self._whole = False
        self._take(SLICE, self._numbers.extend)
        while not self._numbers and not self._whole:
            self._take(SLICE, self._numbers.extend)
        self._timer.start()

    def _on_slice(self) -> None:
        self._take(SLICE, self._append)
        if self._whole:
            self._timer.stop()
        self.grown.emit()

    def _append(self, numbers: list[int]) -> None:
        first = len(self._numbers)
        self.beginInsertRows(QModelIndex(), first, first + len(numbers) - 1)
        self._numbers.extend(numbers)
        self.endInsertRows()

    def _take(self, seconds: float, take: Callable[[list[int]], object]) -> None:
        """Read for so long, one block at least."""
        end = time.monotonic() + seconds
        while not self._whole:
            block = self._asked(lambda: next(self._coming, None), None)
            if block:
                take(block)
            self._whole = block is None
            if time.monotonic() >= end:
                return

    def _pull(self) -> bool:
        """Read on; False where nothing is left."""
        self._take(SLICE, self._append)
        return not self._whole

    def _page(self, number: int) -> dict[int, Listing]:
        page = self._pages.get(number)
        if page is None:
            project = self._hub.project
            numbers = self._numbers[number * PAGE : (number + 1) * PAGE].tolist()
            nothing: list[Listing] = []
            found = self._asked(lambda: project.read.listing(project.who, numbers), nothing)
            page = {each.number: each for each in found}
            if len(numbers) == PAGE or self._whole:
                self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _excerpt(self, document: str) -> str:
        if not self._query.words:
            return ""
        if document not in self._excerpts:
            found = self._asked(lambda: self._hub.project.read.document(document), None)
            self._excerpts[document] = excerpt(found.text, self._query) if found else ""
        return self._excerpts[document]

    def _asked(self, read: Callable[[], Answer], otherwise: Answer) -> Answer:
        """What the file answers; where it is held or damaged that is told, once, by the hub."""
        try:
            return read()
        except UserError as error:
            self._hub.failed.emit(str(error))
            return otherwise

    def _tip(self, listing: Listing) -> str:
        parts = [f"{name}: {number}" for name, number in listing.counts.items() if number]
        none: dict[int, float] = {}
        shares = self._asked(lambda: self._hub.project.read.agreement([listing.number]), none)
        parts += [f"{share:.0%} of the spans marked alike" for share in shares.values()]
        if listing.note:
            parts.append(f"Note: {listing.note}")
        return as_tip("\n".join((listing.title, *parts))).replace("\n", "<br>")

    def _on_changed(self, edit: Edit) -> None:
        if any(each.before is None or each.after is None for each in edit.touched("document")):
            self.reload()
            return
        touched = self._documents(edit)
        for number, page in list(self._pages.items()):
            if any(listing.id in touched for listing in page.values()):
                del self._pages[number]
                first = self.index(number * PAGE)
                last = self.index(min((number + 1) * PAGE, len(self._numbers)) - 1)
                self.dataChanged.emit(first, last)

    def _documents(self, edit: Edit) -> set[str]:
        """The articles whose row an edit changes."""
        found, layers = set(), set()
        for each in edit.changes:
            match each.either:
                case Document(id=name) | Layer(document=name):
                    found.add(name)
                case Annotation(layer=name):
                    layers.add(name)
                case _:
                    pass
        own = self._hub.layer
        if own is not None and own.id in layers:
            found.add(own.document)
            layers.discard(own.id)
        if layers:  # somebody else's work, or an undo in another article: look at all that is shown
            found.update(each.id for page in self._pages.values() for each in page.values())
        return found
