"""The panel of articles: search box, virtual list, progress."""

from PySide6.QtCore import (
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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.store.reader import Listing
from annotator.ui.hub import Hub
from annotator.ui.panels.listing import ListingModel, ListingRole, count_line
from annotator.ui.theme import Theme

SEARCH_DELAY = 120
"""Milliseconds of rest before a search runs."""
_STRIP_STEP = 12
"""Pixels of the strip for one annotation, as long as there is room."""


class RowDelegate(QStyledItemDelegate):
    """Draws a row: title, count and state, and a strip with the share of each label."""

    def __init__(self, hub: Hub, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self._title = theme.font("sans", theme.px("size", "title"), strong=True)
        self._small = theme.font("sans", theme.px("size", "small"))
        self._inks = {each.name: theme.label_ink(each.color) for each in self._hub.tagset.labels}

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        theme = self._theme
        text = QFontMetrics(self._title).height() + QFontMetrics(self._small).height()
        strip = theme.px("pad", "tiny") + theme.px("layout", "strip_height")
        return QSize(0, text + strip + 2 * theme.px("pad", "row"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        listing = index.data(ListingRole)
        if listing is None:
            return
        theme, area = self._theme, QRect(option.rect)
        current = self._hub.document is not None and listing.id == self._hub.document.id
        painter.save()
        self._ground(painter, option, area, current=current)
        pad = theme.px("pad", "large")
        inner = area.adjusted(pad, theme.px("pad", "row"), -pad, -theme.px("pad", "row"))
        inner = self._line(painter, inner, listing.title, strong=True)
        inner = self._line(painter, inner, count_line(listing), strong=False)
        inner.setTop(inner.top() + theme.px("pad", "tiny"))
        self._strip(painter, inner, listing)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, *, current: bool
    ) -> None:
        theme = self._theme
        state = option.state
        if current:
            painter.fillRect(area, theme.selected_row)
            mark = QRect(area.topLeft(), QSize(theme.px("layout", "row_mark"), area.height()))
            painter.fillRect(mark, theme.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            width = theme.px("border", "focus")
            painter.setPen(theme.focus)
            for inset in range(width):
                painter.drawRect(area.adjusted(inset, inset, -inset - 1, -inset - 1))

    def _line(self, painter: QPainter, area: QRect, text: str, *, strong: bool) -> QRect:
        """Draw a line of text at the top of an area; the rest of the area."""
        font = self._title if strong else self._small
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.text if strong else self._theme.text_dim)
        row = QRect(area.left(), area.top(), area.width(), metrics.height())
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)
        return area.adjusted(0, metrics.height(), 0, 0)

    def _strip(self, painter: QPainter, area: QRect, listing: Listing) -> None:
        total = sum(listing.counts.values())
        if not total:
            return
        gap, height = 3, self._theme.px("layout", "strip_height")
        shown = [(name, listing.counts.get(name, 0)) for name in self._inks]
        shown = [(name, number) for name, number in shown if number]
        room = min(area.width(), total * _STRIP_STEP) - gap * (len(shown) - 1)
        left = float(area.left())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, number in shown:
            width = max(float(height), room * number / total)
            painter.setBrush(self._inks[name])
            painter.drawRoundedRect(
                round(left), area.top(), round(width), height, height / 2, height / 2
            )
            left += width + gap


class DocumentsPanel(QFrame):
    """The articles of the project, the current one marked."""

    chosen = Signal(str)
    """An article is to be opened, by its id."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self._hub = hub
        self.model = ListingModel(hub, self)
        self.search = QLineEdit(self)
        self.list = QListView(self)
        self._nothing = QLabel(self)
        self._done = QLabel(self)
        self._percent = QLabel(self)
        self._bar = QProgressBar(self)
        self._delegate = RowDelegate(hub, theme, self)
        self._timer = QTimer(self)
        self._build(theme)
        self._connect()
        self._show_progress()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def current_row(self) -> int:
        """The row of the open article, -1 where the list lacks it."""
        document = self._hub.document
        if document is None:
            return -1
        return self.model.row_of(document.id, max(0, self.list.currentIndex().row()))

    def reveal(self, near: int = 0) -> None:
        """Make the open article's row the current one and scroll to it."""
        document = self._hub.document
        row = self.model.row_of(document.id, near) if document else -1
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        self.list.viewport().update()

    def refresh(self) -> None:
        """Read everything anew: another person, or another process, changed it."""
        near = max(0, self.list.currentIndex().row())
        self.model.reload()
        self.reveal(near)
        self._show_progress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            return True
        return super().eventFilter(watched, event)

    def _build(self, theme: Theme) -> None:
        self.search.setPlaceholderText("Search text and titles")
        self.search.setAccessibleName("Search the articles")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Articles")
        self._nothing.setObjectName("dim")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Articles done")
        self._done.setObjectName("strong")
        self._percent.setObjectName("dim")
        small, medium = theme.px("pad", "small"), theme.px("pad", "medium")
        head = QVBoxLayout()
        head.setContentsMargins(medium, medium, medium, medium)
        head.addWidget(self.search)
        foot = QFrame(self)
        foot.setObjectName("foot")
        line = QHBoxLayout()
        line.addWidget(self._done, 1)
        line.addWidget(self._percent)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(medium + 2, medium, medium + 2, medium)
        rows.setSpacing(small)
        rows.addLayout(line)
        rows.addWidget(self._bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(foot)
        self.setMinimumWidth(theme.px("layout", "list_width_min"))

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self._on_search)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self._on_search_entered)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self.model.modelReset.connect(self._show_nothing)
        self._hub.changed.connect(lambda _edit: self._show_progress())
        self._hub.document_opened.connect(self.list.viewport().update)
        self._show_nothing()

    def _on_search(self) -> None:
        self._timer.stop()
        if self.search.text().strip() != self.model.search:
            self.model.set_search(self.search.text().strip())

    def _on_search_entered(self) -> None:
        self._on_search()
        if (first := self.model.listing(0)) is not None:
            self.chosen.emit(first.id)

    def _on_chosen(self, index: QModelIndex) -> None:
        listing = index.data(ListingRole)
        if listing is not None:
            self.chosen.emit(listing.id)

    def _show_nothing(self) -> None:
        empty = self.model.rowCount() == 0
        self.list.setVisible(not empty)
        self._nothing.setVisible(empty)
        self._nothing.setText(
            f"No article has “{self.model.search}”." if self.model.search else "No articles yet."
        )

    def _show_progress(self) -> None:
        done, total = self._hub.project.read.progress(self._hub.project.who)
        noun = "article" if total == 1 else "articles"
        self._done.setText(f"{done:,} of {total:,} {noun} done")
        share = round(100 * done / total) if total else 0
        self._percent.setText(f"{share} %")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
