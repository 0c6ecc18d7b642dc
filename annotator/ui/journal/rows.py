"""The journal as Qt reads it: numbers at once, lines when looked at, searched in slices."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from annotator.core.describe import told_step
from annotator.core.edits import Standing
from annotator.core.entry_words import EntryTeller, Told
from annotator.core.errors import UserError
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import as_tip

PAGE = 64
KEPT_PAGES = 40
SLICE = 0.012
"""Seconds of searching between two looks at the window's events."""
LineRole = Qt.ItemDataRole.UserRole + 1
"""The Line of a row."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal as it is shown; `heading` is its day where the day begins."""

    standing: Standing
    told: Told
    day: str
    clock: str
    heading: str = ""
    here: bool = False

    @property
    def sentence(self) -> str:
        """Who did what, and what became of it: nothing is told by looks alone."""
        noted = self.standing.entry
        words = f"{noted.who or 'the program'} {self.told.words}"
        if not self.standing.stands:
            return f"Taken back: {words}"
        return f"You are here: {words}" if self.here else words

    @property
    def spoken(self) -> str:
        """All of it for who can't see it."""
        return f"{self.clock}, {self.sentence}, {self.day}"


class JournalRows(QAbstractListModel):
    """The entries of the journal, the newest first, all or those that a filter lets through."""

    searched = Signal()
    """More of the journal has been searched."""

    def __init__(self, hub: Hub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._who: str | None = None
        self._document = ""
        self._words: list[str] = []
        self._rows: list[int] = []
        self._left: list[int] = []
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self.reload()

    @property
    def searching(self) -> bool:
        """Whether there is more to be searched."""
        return bool(self._left)

    def show_only(self, *, who: str | None = None, document: str = "", words: str = "") -> None:
        """Show the entries of this person, about this article, with all of these words."""
        self._who, self._document, self._words = who, document, words.casefold().split()
        self.reload()

    def reload(self) -> None:
        """Read the journal anew."""
        self.beginResetModel()
        self._pages.clear()
        try:
            found = self._hub.project.read.journal.numbers(self._who)
        except UserError as error:
            self._hub.failed.emit(str(error))
            found = []
        filtered = bool(self._document or self._words)
        self._rows, self._left = ([], found[::-1]) if filtered else (found, [])
        self.endResetModel()
        if self._left:
            self._timer.start()
        self.searched.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None:
            return None
        match role:
            case _ if role == LineRole:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return line.sentence
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(line.spoken)
        return None

    def line(self, row: int) -> Line | None:
        """The entry of a row, None where there is none."""
        if not 0 <= row < len(self._rows):
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None or place >= len(page):
            first = number * PAGE
            page = self._lines(self._rows[max(0, first - 1) : first + PAGE])[first > 0 :]
            self._pages[number] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else None

    def row_of(self, entry: str) -> int:
        """The row of an entry among the lines that are at hand, -1 where it isn't."""
        for number, page in self._pages.items():
            for place, line in enumerate(page):
                if line.standing.entry.id == entry:
                    return number * PAGE + place
        return -1

    def _lines(self, seqs: list[int]) -> list[Line]:
        hub, read = self._hub, self._hub.project.read
        teller = EntryTeller(read.last_value, hub.tagset, hub.entities)
        here = read.journal.undoable(hub.project.who)
        day, lines = "", []
        try:
            page = read.journal.page(seqs)
        except UserError as error:
            hub.failed.emit(str(error))
            return []
        for each in page:
            noted = each.entry
            there = datetime.fromisoformat(noted.time).astimezone()
            today = f"{there:%a} {there.day} {there:%b %Y}"
            heading, day = ("" if today == day else today), today
            line = Line(
                *(each, self._told(teller, each), day, f"{there:%H:%M}", heading),
                here is not None and noted.id == here.id,
            )
            lines.append(line)
        return lines

    def _told(self, teller: EntryTeller, standing: Standing) -> Told:
        entry = standing.entry
        try:
            return teller.told(self._hub.project.read.journal.summary(entry))
        except UserError:
            return Told(told_step(entry, entry.name))  # a damaged line doesn't hide the others

    def _on_slice(self) -> None:
        end = time.monotonic() + SLICE
        while self._left and time.monotonic() < end:
            some = self._left[-PAGE:][::-1]
            del self._left[-PAGE:]
            lines = self._lines(some)
            found = [
                seq for seq, line in zip(some, lines, strict=False) if self._lets_through(line)
            ]
            if found:
                first = len(self._rows)
                self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
                self._rows.extend(found)
                self._pages.pop(first // PAGE, None)  # it was not full
                self.endInsertRows()
        if not self._left:
            self._timer.stop()
        self.searched.emit()

    def _lets_through(self, line: Line) -> bool:
        if self._document and line.told.document != self._document:
            return False
        text = line.sentence.casefold()
        return all(word in text for word in self._words)
