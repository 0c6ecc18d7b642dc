"""The list of articles in review, at the left: what is open in each, what is wanted, how far."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QActionGroup, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text import counted
from annotator.review.queue import ORDERS, Case, Filter, Order
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import as_tip, draw_focus, plain_label
from annotator.ui.review.asking import HELP, parse
from annotator.ui.review.orders import ORDER_NAMES
from annotator.ui.review.queue import Queue
from annotator.ui.theme import Theme

_DELAY = 150
"""Milliseconds of rest before what is typed counts."""
_REST = 120
"""Milliseconds between two looks at counts that grow."""
_TITLES = 400
BETWEEN = " · "
"""Stands between the parts of a row's line."""
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
            if queue.filter == Filter() or any(map(queue.fits, queue.known.get(each, ())))
        ]
        self.endResetModel()

    def refresh_counts(self) -> None:
        """Rows are as they were; what they say is something else."""
        if self._queue.filter != Filter():
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
        if not open_ and not agreed and self._queue.filter == Filter():
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


class ReviewArticles(QFrame):
    """The articles in review, the box that says which conflicts are wanted, and the progress."""

    chosen = Signal(str)
    """An article is wanted, by its id."""
    left = Signal()
    """The keyboard goes back to the text."""

    def __init__(self, hub: Hub, queue: Queue, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAccessibleName("Articles in review")
        self._queue = queue
        self.model = ArticlesModel(hub, queue, self)
        self.filter = QLineEdit(self)
        self.list = QListView(self)
        self._hint = plain_label(HELP, "dim", wrap=True)
        self._order = QToolButton(self)
        self._done = plain_label(name="strong", wrap=True)
        self._bar = QProgressBar(self)
        self._delegate = ArticleDelegate(theme, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._ask)
        self._build(theme)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REST)
        self._soon.timeout.connect(self._on_grown)
        queue.grown.connect(self._later)
        queue.reset.connect(self._on_grown)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def show_current(self, document: str) -> None:
        """Mark an article, and bring it into view."""
        self.model.set_current(document)
        row = self.model.row_of(document)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.model.index(row))

    def search(self) -> None:
        """Go to the box."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def set_order(self, order: Order) -> None:
        """Go through the conflicts in this order."""
        self._queue.set_order(order)
        self._show_order()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self, theme: Theme) -> None:
        small, medium = theme.px("pad", "small"), theme.px("pad", "medium")
        self.filter.setPlaceholderText("Filter: state:open label:denial")
        self.filter.setAccessibleName("Which conflicts to show")
        self.filter.setAccessibleDescription(HELP)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.filter.installEventFilter(self)
        self.filter.returnPressed.connect(self._on_entered)
        self._show_hint("")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Articles in review")
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self._build_orders()
        head = QVBoxLayout()
        head.setContentsMargins(medium, medium, medium, small)
        head.setSpacing(theme.px("pad", "tiny"))
        head.addWidget(self.filter)
        head.addWidget(self._hint)
        tools = QHBoxLayout()
        tools.addStretch(1)
        tools.addWidget(self._order)
        head.addLayout(tools)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Conflicts decided")
        foot = QFrame(self)
        foot.setObjectName("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(medium + 2, medium, medium + 2, medium)
        rows.setSpacing(small)
        rows.addWidget(self._done)
        rows.addWidget(self._bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(foot)
        self.setMinimumWidth(theme.px("layout", "list_width_min"))

    def _build_orders(self) -> None:
        menu = QMenu(self._order)
        group = QActionGroup(menu)
        self._orders: dict[Order, QAction] = {}
        for by in ORDERS:
            action = self._orders[by] = menu.addAction(ORDER_NAMES[by])
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, by=by: self.set_order(by))
        self._order.setObjectName("status")
        self._order.setMenu(menu)
        self._order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show_order()

    def _show_order(self) -> None:
        name = ORDER_NAMES[self._queue.order]
        self._orders[self._queue.order].setChecked(True)
        self._order.setText(name)
        self._order.setAccessibleName(f"Order of the conflicts: {name}")

    def _ask(self) -> None:
        self._timer.stop()
        asked = parse(self.filter.text())
        self._show_hint(asked.problem)
        if asked.filter != self._queue.filter:
            self._queue.set_filter(asked.filter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_hint(parse(self.filter.text()).problem)
        return super().eventFilter(watched, event)

    def _show_hint(self, problem: str) -> None:
        """Under the box: what was not understood, or, while one types, what can be typed."""
        self._hint.setText(problem or HELP)
        self._hint.setVisible(bool(problem) or self.filter.hasFocus())

    def _on_entered(self) -> None:
        self._ask()
        self.left.emit()

    def _on_chosen(self, index: QModelIndex) -> None:
        if document := self.model.document(index.row()):
            self.chosen.emit(document)

    def _later(self) -> None:
        """While articles are counted many tell at once that they are."""
        if self._queue.whole:
            self._on_grown()
        elif not self._soon.isActive():
            self._soon.start()

    def _on_grown(self) -> None:
        """Other counts, or more of them."""
        self.model.refresh_counts()
        queue = self._queue
        so_far = "" if queue.whole else " so far"
        self._done.setText(
            f"{queue.decided:,} of {counted(queue.wanted, 'conflict')} decided{so_far}"
        )
        self._bar.setRange(0, max(1, queue.wanted))
        self._bar.setValue(queue.decided)
