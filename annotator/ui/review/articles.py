"""The list of articles in review, at the left: what is open in each, what is wanted, how far."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text import counted
from annotator.review.queue import ORDERS, Order
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import plain_label
from annotator.ui.review.article_rows import ArticleDelegate, ArticlesModel
from annotator.ui.review.asking import HELP, parse
from annotator.ui.review.orders import ORDER_NAMES
from annotator.ui.review.queue import Queue
from annotator.ui.theme import Theme

_DELAY = 150
"""Milliseconds of rest before what is typed counts."""
_REST = 120
"""Milliseconds between two looks at counts that grow."""


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
        self._build_filter()
        self._build_list()
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
        foot = QFrame(self)
        foot.setObjectName("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(medium + 2, medium, medium + 2, medium)
        rows.setSpacing(small)
        rows.addWidget(self._done)
        rows.addWidget(self._bar)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Conflicts decided")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(foot)
        self.setMinimumWidth(theme.px("layout", "list_width_min"))

    def _build_filter(self) -> None:
        self.filter.setPlaceholderText("Filter: state:open")
        self.filter.setAccessibleName("Which conflicts to show")
        self.filter.setAccessibleDescription(HELP)
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.filter.installEventFilter(self)
        self.filter.returnPressed.connect(self._on_entered)
        self._show_hint("")

    def _build_list(self) -> None:
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
