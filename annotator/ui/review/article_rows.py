"""The rows of the articles in review: their titles, what is open in each, how they look."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.review.queue import Case
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import as_tip, draw_focus
from annotator.ui.review.queue import Queue
from annotator.ui.theme import Theme

BETWEEN = " · "
"""Stands between the parts of a row's line."""
_TITLES = 400
"""Titles that are kept at hand."""
RowRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: an article, its title, how many are open, later, and taken so far."""

    document: str
    title: str
    line: str
    current: bool


class ArticlesModel(QAbstractListModel):
    """The articles in review that have a case which fits what is asked for, or all."""

    def __init__(self, hub: Hub, queue: Queue, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._queue = queue
        self.current = ""
        self._rows: list[str] = []
        self._titles: OrderedDict[str, str] = OrderedDict()
        self._lines: dict[str, tuple[Sequence[Case], str]] = {}
        """What a row says beside its title, and of which cases it was told."""
        queue.reset.connect(self.refresh)

    def refresh(self) -> None:
        """Read the rows anew."""
        self.beginResetModel()
        self._lines.clear()
        queue = self._queue
        self._rows = [
            each
            for each in queue.articles
            if not queue.filtered or any(map(queue.fits, queue.known.get(each, ())))
        ]
        self.endResetModel()

    def refresh_counts(self) -> None:
        """Rows are as they were; what they say is something else."""
        if self._queue.filtered:
            self.refresh()
        elif self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_current(self, document: str) -> None:
        """Mark the article that is looked at."""
        if document != self.current:
            self.current = document
            self.refresh_counts()

    def row_of(self, document: str) -> int:
        """The row of an article, -1 where the list lacks it."""
        return self._rows.index(document) if document in self._rows else -1

    def document(self, row: int) -> str:
        """The id of the article of a row, "" where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        document = self._rows[index.row()]
        title = self._title(document)
        if role == RowRole:
            return Row(document, title, self._line(document), document == self.current)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}, {self._line(document)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(f"{title}{BETWEEN}{self._line(document)}")
        return None

    def _line(self, document: str) -> str:
        known = self._queue.known.get(document)
        if known is None:
            return "…"
        told = self._lines.get(document)
        if told is None or told[0] is not known:  # counted at each painting, it would be slow
            told = self._lines[document] = (known, self._told(known))
        return told[1]

    def _told(self, known: Sequence[Case]) -> str:
        if not known:
            return "done by one person only"
        open_ = sum(each.pending for each in known if self._queue.fits(each))
        agreed = sum(each.status == "agreed" for each in known)
        decided = sum(each.status == "decided" for each in known)
        waiting = sum(each.status == "waiting" for each in known if self._queue.fits(each))
        if not open_ and not agreed and not self._queue.filtered:
            return "all decided ✓"
        parts = [f"{open_:,} open"]
        parts += [
            f"{number:,} {name}"
            for number, name in ((waiting, "waiting"), (agreed, "agreed"), (decided, "taken"))
            if number
        ]
        return BETWEEN.join(parts)

    def _title(self, document: str) -> str:
        if document not in self._titles:
            project = self._hub.project
            number = project.read.row_number(document)
            found = project.read.listing(project.who, [number] if number is not None else [])
            self._titles[document] = found[0].title if found else "an article that is gone"
            while len(self._titles) > _TITLES:
                self._titles.popitem(last=False)
        return self._titles[document]


class ArticleDelegate(QStyledItemDelegate):
    """Draws a row: the title, and what is open."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self._title = theme.font("sans", theme.px("size", "title"), strong=True)
        self._small = theme.font("sans", theme.px("size", "small"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        heights = (QFontMetrics(each).height() for each in (self._title, self._small))
        return QSize(0, sum(heights) + 2 * self._theme.px("pad", "row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        if not isinstance(row, Row):
            return
        theme, area = self._theme, QRect(option.rect)
        painter.save()
        if row.current:
            painter.fillRect(area, theme.selected_row)
            mark = QSize(theme.px("layout", "row_mark"), area.height())
            painter.fillRect(QRect(area.topLeft(), mark), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, theme, area)
        pad, gap = theme.px("pad", "large"), theme.px("pad", "row")
        area.adjust(pad, gap, -pad, -gap)
        for text, font, ink in (
            (row.title, self._title, theme.text),
            (_fitting(row.line, self._small, area.width()), self._small, theme.text_dim),
        ):
            metrics = QFontMetrics(font)
            line = QRect(area.left(), area.top(), area.width(), metrics.height())
            painter.setFont(font)
            painter.setPen(ink)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, side, words)
            area.setTop(area.top() + metrics.height())
        painter.restore()


def _fitting(text: str, font: QFont, width: int) -> str:
    """As many of the parts of a line as there is room for, at least the first."""
    metrics, parts = QFontMetrics(font), text.split(BETWEEN)
    while len(parts) > 1 and metrics.horizontalAdvance(BETWEEN.join(parts)) > width:
        parts.pop()
    return BETWEEN.join(parts)
