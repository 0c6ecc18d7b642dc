"""The list of articles as Qt reads it: pages fetched when they are looked at, and no more kept."""

from collections import OrderedDict
from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Document, Layer
from annotator.core.text import counted
from annotator.store.reader import Listing
from annotator.ui.hub import Hub

PAGE = 100
KEPT_PAGES = 20
ListingRole = Qt.ItemDataRole.UserRole + 1
"""The Listing of a row."""
Index = QModelIndex | QPersistentModelIndex


def count_line(listing: Listing) -> str:
    """The second line of a row: "14 annotations · open", "new"."""
    number = sum(listing.counts.values())
    if not number:
        return "done · nothing to tag" if listing.state == "done" else listing.state
    return f"{counted(number, 'annotation')} · {listing.state}"


class ListingModel(QAbstractListModel):
    """The articles that a search finds, in the project's order."""

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._search = ""
        self._pages: OrderedDict[int, list[Listing]] = OrderedDict()
        self._size = self._count()
        hub.changed.connect(self._on_changed)

    @property
    def search(self) -> str:
        """What is searched for, "" for all articles."""
        return self._search

    def set_search(self, search: str) -> None:
        """Show what this search finds."""
        self._search = search
        self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        self.beginResetModel()
        self._pages.clear()
        self._size = self._count()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._size

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        listing = self.listing(index.row())
        if listing is None:
            return None
        if role == ListingRole:
            return listing
        if role == Qt.ItemDataRole.DisplayRole:
            return listing.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{listing.title}, {count_line(listing)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(listing)
        return None

    def listing(self, row: int) -> Listing | None:
        """The article of a row, None where there is no such row."""
        if not 0 <= row < self._size:
            return None
        page = self._page(row // PAGE)
        place = row % PAGE
        return page[place] if place < len(page) else None

    def row_of(self, document: str, near: int = 0) -> int:
        """The row of an article, -1 where the list lacks it; looked for first around `near`."""
        for number in self._pages_from(near // PAGE):
            for place, listing in enumerate(self._page(number)):
                if listing.id == document:
                    return number * PAGE + place
        return -1

    def next_open(self, row: int) -> int:
        """The next row after `row` whose article isn't done, then those before it; -1 for none."""
        for each in chain(range(row + 1, self._size), range(min(row, self._size))):
            listing = self.listing(each)
            if listing is not None and listing.state != "done":
                return each
        return -1

    def _pages_from(self, first: int) -> Iterator[int]:
        total = -(-self._size // PAGE)
        known = [each for each in self._pages if each < total]
        yield from known
        order = [*range(min(first, total), total), *range(min(first, total))]
        yield from (each for each in order if each not in known)

    def _page(self, number: int) -> list[Listing]:
        page = self._pages.get(number)
        if page is None:
            project = self._hub.project
            page = project.read.listing(
                project.who, search=self._search, limit=PAGE, offset=number * PAGE
            )
            self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def _count(self) -> int:
        return self._hub.project.read.count_documents(search=self._search)

    def _tip(self, listing: Listing) -> str:
        parts = [f"{name}: {number}" for name, number in listing.counts.items() if number]
        return "\n".join((listing.title, *parts))

    def _on_changed(self, edit: Edit) -> None:
        if any(each.before is None or each.after is None for each in edit.touched("document")):
            self.reload()
            return
        touched = self._documents(edit)
        for number, page in list(self._pages.items()):
            if any(listing.id in touched for listing in page):
                del self._pages[number]
                first = self.index(number * PAGE)
                last = self.index(min((number + 1) * PAGE, self._size) - 1)
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
            found.update(listing.id for page in self._pages.values() for listing in page)
        return found
