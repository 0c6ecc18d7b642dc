"""The panel of articles: search box, filter and order, virtual list, progress."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.core.model import STATES
from annotator.core.query import ORDERS, By, Order, Query
from annotator.core.text import counted
from annotator.store.shelf import SORTED
from annotator.ui.hub import Hub
from annotator.ui.panels.article_note import ArticleNote
from annotator.ui.panels.article_row import ArticleRow
from annotator.ui.panels.listing import ListingModel, ListingRole
from annotator.ui.panels.parts import plain_label
from annotator.ui.panels.search_box import HELP, SearchBox
from annotator.ui.theme import Theme

ORDER_NAMES: dict[By, str] = {
    "imported": "As imported",
    "date": "By date",
    "title": "By title",
    "state": "By state",
    "agreement": "By agreement",
    "best": "Best match first",
}
_KNOWN = 8
"""As many sources or languages are named where nothing is found."""
AGREEMENT_TIP = (
    "Of an article that two or more people worked on: the share of all their spans whose label and "
    "extent are the same in the work of each of them. Articles without stand last."
)


class DocumentsPanel(QFrame):
    """The articles of the project, the current one marked."""

    chosen = Signal(str)
    """An article is to be opened, by its id."""
    searched = Signal(object)
    """The articles that this Query finds are shown."""
    sorted_ = Signal(object)
    """The person wants the articles in this Order."""
    delete_asked = Signal()
    """The selected articles are to be deleted."""
    menu_asked = Signal(QPoint)
    """A menu of the selected articles is wanted at a point of the screen."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self._hub = hub
        self.model = ListingModel(hub, self)
        self.search = SearchBox(self._facet_values, self)
        self.list = QListView(self)
        self._state = QToolButton(self)
        self._order = QToolButton(self)
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._hint = plain_label("", "dim", wrap=True)
        self._nothing = plain_label("", "dim", wrap=True)
        self.note = ArticleNote(hub, theme, self)
        self._done = QLabel(self)
        self._percent = QLabel(self)
        self._bar = QProgressBar(self)
        self._delegate = ArticleRow(hub, self.model, theme, self)
        self._sought = ""
        self._build(theme)
        self._connect()
        self._show_progress()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def set_order(self, order: Order) -> None:
        """Sort the articles in this way."""
        if order != self.model.order:
            self.model.set_order(order)
            self.reveal()
        self._show_order()

    def sort(self, *, by: By | None = None, descending: bool | None = None) -> None:
        """Sort the articles in another way, to be remembered; what isn't given stays."""
        now = self.model.order
        order = Order(
            now.by if by is None else by, now.descending if descending is None else descending
        )
        self.set_order(order)
        self.sorted_.emit(order)

    def selected(self) -> list[str]:
        """The ids of the selected articles, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return self.model.ids(rows)

    def selected_count(self) -> int:
        """How many articles are selected."""
        ranges = self.list.selectionModel().selection()
        return sum(ranges.at(each).height() for each in range(ranges.size()))

    def current_row(self) -> int:
        """The row of the open article, -1 where the list lacks it."""
        document = self._hub.document
        return self.model.row_of(document.id) if document else -1

    def reveal(self) -> None:
        """Make the open article's row the current one and scroll to it, once it has come."""
        row = self.current_row()
        self._sought = self._hub.document.id if self._hub.document and row < 0 else ""
        index = self.model.index(row) if row >= 0 else QModelIndex()
        flag = QItemSelectionModel.SelectionFlag
        several = self.selected_count() > 1 and row >= 0
        keep = flag.NoUpdate if several else flag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, keep)
        if row >= 0:
            self.list.scrollTo(index)
        self.list.viewport().update()

    def refresh(self) -> None:
        """Read everything anew: another person, or another process, changed it."""
        self.model.reload()
        self.reveal()
        self._show_progress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._state.sizeHint().width() + self._order.sizeHint().width()
        directions = QBoxLayout.Direction
        beside = needed <= self.search.width()
        self._tools.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Delete
        ):
            self.delete_asked.emit()
            return True
        return super().eventFilter(watched, event)

    def _build(self, theme: Theme) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setAccessibleName("Articles")
        self.list.installEventFilter(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        small, medium = theme.px("pad", "small"), theme.px("pad", "medium")
        self._tools.addWidget(self._state)
        self._tools.addStretch(1)
        self._tools.addWidget(self._order)
        head = QVBoxLayout()
        head.setContentsMargins(medium, medium, medium, small)
        head.setSpacing(theme.px("pad", "tiny"))
        head.addWidget(self.search)
        head.addWidget(self._hint)
        head.addLayout(self._tools)
        self._build_menus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self.note)
        layout.addWidget(self._foot(theme))
        self.setMinimumWidth(theme.px("layout", "list_width_min"))

    def _foot(self, theme: Theme) -> QFrame:
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Articles done")
        self._done.setObjectName("strong")
        self._done.setWordWrap(True)
        self._percent.setObjectName("dim")
        small, medium = theme.px("pad", "small"), theme.px("pad", "medium")
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
        return foot

    def _build_menus(self) -> None:
        states = QMenu(self._state)
        self._states = {each: states.addAction(each.capitalize()) for each in STATES}
        for state, action in self._states.items():
            action.setCheckable(True)
            action.triggered.connect(lambda on, name=state: self.search.set_state(name, wanted=on))
        orders = QMenu(self._order)
        orders.setToolTipsVisible(True)
        group = QActionGroup(orders)
        self._orders: dict[By, QAction] = {}
        for by in ORDERS:
            action = self._orders[by] = orders.addAction(ORDER_NAMES[by])
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on, name=by: self.sort(by=name))
        self._orders["agreement"].setToolTip(AGREEMENT_TIP)
        orders.addSeparator()
        self._back = orders.addAction("The other way round")
        self._back.setCheckable(True)
        self._back.triggered.connect(lambda on: self.sort(descending=on))
        for button, menu in ((self._state, states), (self._order, orders)):
            button.setObjectName("status")
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._show_order()

    def _connect(self) -> None:
        self.search.asked.connect(self._on_asked)
        self.search.entered.connect(self._on_entered)
        self.search.left_down.connect(self._on_left_down)
        self.search.focus_changed.connect(self._show_hint)
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_chosen)
        self.list.customContextMenuRequested.connect(
            lambda point: self.menu_asked.emit(self.list.viewport().mapToGlobal(point))
        )
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.model.grown.connect(self._on_grown)
        self.model.modelReset.connect(self._on_selection)
        self._hub.changed.connect(lambda _edit: self._show_progress())
        self._hub.document_opened.connect(self.list.viewport().update)
        self._on_grown()

    def _facet_values(self, facet: str) -> Sequence[str]:
        if facet == "label":
            return [each.name for each in self._hub.tagset.labels]
        try:
            return self._hub.project.read.facet_values(facet)
        except UserError as error:
            self._hub.failed.emit(str(error))
            return ()

    def _on_asked(self, query: Query) -> None:
        self.model.set_query(query)
        self.reveal()
        self._show_order()
        self.searched.emit(query)

    def _on_entered(self) -> None:
        if (first := self.model.listing(0)) is not None:
            self.chosen.emit(first.id)

    def _on_left_down(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.selected_count() == 1:
            self._on_chosen(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        listing = index.data(ListingRole)
        if listing is not None:
            self.chosen.emit(listing.id)

    def _on_selection(self) -> None:
        several = self.selected_count() > 1
        if several != self._delegate.several:
            self._delegate.several = several
            self.list.viewport().update()
        self._show_progress()

    def _on_grown(self) -> None:
        """More rows have come: perhaps that of the open article."""
        if self._sought and self._hub.document and self._sought == self._hub.document.id:
            self.reveal()
        self._show_nothing()
        self._show_hint()

    def _show_nothing(self) -> None:
        empty = self.model.rowCount() == 0
        self.list.setVisible(not empty)
        self._nothing.setVisible(empty)
        text = self.search.text().strip()
        found = f"Nothing found for “{text}”." if text else "No articles yet."
        self._nothing.setText(" ".join(filter(None, (found, self._unknown() if empty else ""))))

    def _unknown(self) -> str:
        """Why nothing can be found: no article has what is asked for."""
        for facet in ("language", "source"):
            wanted, known = self.model.query.values(facet), self._facet_values(facet)
            if wanted and not known:
                return f"No article has a {facet} yet; “About this article…” (Ctrl+K) gives it one."
            if wanted:
                return f"The articles' {facet}s are: {', '.join(known[:_KNOWN])}."
        return ""

    def _show_hint(self) -> None:
        """Under the box: what was not understood, how much was found, or what can be typed."""
        query, found = self.model.query, self.model.rowCount()
        hint = query.problem
        if query and not hint:
            hint = f"{counted(found, 'article')}{'' if self.model.whole else ' so far'}"
            if found > SORTED and self.model.order.by != "imported":
                hint += f"; more than {SORTED:,} are shown as imported."
        elif not query and self.search.hasFocus():
            hint = HELP
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _show_order(self) -> None:
        order = self.model.order
        self._orders[order.by].setChecked(True)
        self._back.setChecked(order.descending)
        self._order.setText(f"{ORDER_NAMES[order.by]} {'↑' if order.descending else '↓'}")
        self._order.setAccessibleName(
            f"Order: {ORDER_NAMES[order.by]}{', the other way round' if order.descending else ''}"
        )
        wanted = self.model.query.values("state")
        for state, action in self._states.items():
            action.setChecked(state in wanted)
        known = [each for each in STATES if each in wanted]
        self._state.setText(" or ".join(known).capitalize() if known else "Any state")
        self._state.setAccessibleName(f"States shown: {self._state.text()}")

    def _show_progress(self) -> None:
        done, total = self._hub.project.read.progress(self._hub.project.who)
        several = self.selected_count()
        noun = "article" if total == 1 else "articles"
        self._done.setText(
            f"{several:,} articles selected"
            if several > 1
            else f"{done:,} of {total:,} {noun} done"
        )
        share = round(100 * done / total) if total else 0
        self._percent.setText(f"{share} %")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
