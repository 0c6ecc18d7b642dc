"""The Ledger perspective: who claims what, who denies it, and whose losses are told by whom."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.apart import keep_apart
from annotator.core.edits import Edit
from annotator.core.text import counted
from annotator.ledger.filters import Filter
from annotator.ledger.values import Entry, Statement
from annotator.ui.hub import Hub
from annotator.ui.ledger.accounts import Accounts
from annotator.ui.ledger.asking import Asking
from annotator.ui.ledger.cards import CardTable
from annotator.ui.ledger.counts import CountTable
from annotator.ui.ledger.matrix import MatrixTable
from annotator.ui.ledger.places import Places
from annotator.ui.ledger.plate import Part, Plate
from annotator.ui.ledger.saving import Saving
from annotator.ui.ledger.table import CellRole, LedgerTable, TableCell
from annotator.ui.ledger.timeline import TimelineTable
from annotator.ui.panels.parts import KeyButton, plain_label
from annotator.ui.perspectives import Pane, Perspective, Standing
from annotator.ui.theme import Theme

NOTHING = (
    "Nothing is annotated yet. Claims, denials and casualties come here as they are tagged in "
    "Annotate (Ctrl+1)."
)
EMPTY = "There are no claims, denials or casualties in this layer."
UNFIT = "Nothing fits what is asked for; “Show all” takes it back."


class LedgerPage(Perspective):
    """Cards at the left, tables at the right; above them what is asked for."""

    name = "ledger"

    def __init__(
        self,
        hub: Hub,
        selected: Callable[[], Sequence[str]],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ledger")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._hub = hub
        self._theme = theme
        self._stale = False
        self.accounts = Accounts(hub, self)
        self.asking = Asking(hub, selected, theme, self)
        self.notice = plain_label(name="notice", wrap=True)
        self.cards = CardTable(theme, hub.tagset, self)
        self.places = Places(theme, self)
        self.counts = CountTable(theme, hub.tagset, self)
        self.timeline = TimelineTable(theme, hub.tagset, self)
        self.matrix = MatrixTable(theme, self)
        self.saving = Saving(
            hub, lambda: self.accounts.arranged, self.plate, lambda: self._theme, self
        )
        self._headings = {each: self._heading(each) for each in self.tables}
        self.save_table = KeyButton("Save table…", "Ctrl+Shift+S", theme, parent=self)
        self.save_picture = KeyButton("Save picture…", "Ctrl+Shift+P", theme, parent=self)
        self._last: LedgerTable = self.cards
        self._build()
        self._connect()
        self.set_theme(theme)
        self._show()

    @property
    def tables(self) -> tuple[LedgerTable, ...]:
        """The tables, in the order of Tab."""
        return self.cards, self.counts, self.timeline, self.matrix

    # What every perspective answers

    def enter(self, document: str) -> None:
        self.asking.offer_wishes(document)
        if self._stale and self.accounts.wish == self.asking.wish:
            self.accounts.load()
        self._stale = False
        self.accounts.show(self.asking.wish)
        self._show_notice()
        self.take_focus()

    def leave(self) -> None:
        if self.accounts.busy:
            self.accounts.stop()
            self._stale = True

    def close_project(self) -> None:
        self.accounts.stop()

    def take_focus(self) -> None:
        self._last.take_focus()

    def stops(self) -> Sequence[Pane]:
        panes: list[Pane] = [(self.asking, self.asking.take_focus), (self.cards, self._take_cards)]
        if not self.places.isHidden():
            panes.append((self.places, self.places.take_focus))
        return [*panes, *((each, each.take_focus) for each in self.tables[1:])]

    def escape(self) -> None:
        self._take_cards()

    def search(self) -> None:
        self.asking.take_focus()

    def copy(self) -> None:
        cell = self._last.currentIndex().data(CellRole)
        if isinstance(cell, TableCell):
            QGuiApplication.clipboard().setText(cell.spoken or cell.text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for each in (self.cards, self.counts, self.timeline):
            each.set_look(theme, self._hub.tagset)
        self.matrix.set_theme(theme)
        for heading in self._headings.values():
            heading.setFont(theme.heading_font())
        for button in (self.save_table, self.save_picture):
            button.set_theme(theme)

    @property
    def standing(self) -> Standing:
        accounts = self.accounts
        reading = f"reading {accounts.read:,} of {counted(accounts.total, 'article')} …"
        layer = self.asking.layer.currentText()
        place = " · ".join(filter(None, (layer and f"layer: {layer}", self._scope)))
        return Standing(accounts.arranged.totals, place, reading if accounts.busy else "")

    @property
    def busy(self) -> bool:
        return self.accounts.busy

    # What actions ask of it

    def plate(self) -> Plate:
        """The picture of what is shown."""
        parts = [Part(self._headings[each].text(), each) for each in self.tables]
        return Plate(([parts[0]], parts[1:]), self._theme)

    # Building

    @property
    def _scope(self) -> str:
        return self.asking.articles.currentText()

    def _heading(self, table: LedgerTable) -> QLabel:
        label = plain_label(table.accessibleName(), "heading")
        label.setBuddy(table)
        return label

    def _build(self) -> None:
        theme = self._theme
        gap, small = theme.px("pad", "large"), theme.px("pad", "small")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(small)
        left.addWidget(self._headings[self.cards])
        left.addWidget(self.cards, 1)
        left.addWidget(self.places)
        for table, share in ((self.counts, 5), (self.timeline, 4), (self.matrix, 0)):
            right.addWidget(self._headings[table])
            right.addWidget(table, share)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_table)
        buttons.addWidget(self.save_picture)
        buttons.addStretch(1)
        right.addLayout(buttons)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px("pad", "page") * 2 // 3)
        middle.addLayout(left, 11)
        middle.addLayout(right, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(gap, gap, gap, small)
        whole.setSpacing(gap)
        whole.addWidget(self.asking)
        whole.addWidget(self.notice)
        whole.addLayout(middle, 1)
        order = (self.asking.reset, self.cards, self.places.list, *self.tables[1:])
        for one, other in zip(order, (*order[1:], self.save_table), strict=True):
            self.setTabOrder(one, other)
        self.setTabOrder(self.save_table, self.save_picture)

    def _connect(self) -> None:
        hub, accounts = self._hub, self.accounts
        hub.changed.connect(self._on_changed)
        hub.reread.connect(self._on_reread)
        accounts.changed.connect(self._show)
        accounts.grown.connect(self.told)
        accounts.failed.connect(self._on_failed)
        self.asking.wished.connect(lambda: accounts.show(self.asking.wish))
        self.asking.likened.connect(accounts.set_alike)
        self.asking.narrowed.connect(lambda: accounts.set_filter(self.asking.filter))
        for each in self.tables:
            each.wanted.connect(lambda found, table=each: self._on_wanted(table, found))
            each.looked.connect(lambda found, table=each: self._on_looked(table, found))
        self.places.wanted.connect(self._go)
        self.places.parted.connect(self._on_parted)
        self.places.left.connect(self.take_focus)
        self.save_table.clicked.connect(self.saving.ask_table)
        self.save_picture.clicked.connect(self.saving.ask_picture)

    # Showing

    def _show(self) -> None:
        """Show the ledger as it is now, each table at the place where one was."""
        arranged, tagset = self.accounts.arranged, self._hub.tagset
        self.asking.offer(self.accounts.offers, tagset)
        self.cards.show_cards(arranged.ledger, arranged.cards)
        self.counts.show_counts(arranged.counts, arranged.largest)
        self.timeline.show_timeline(arranged.timeline, arranged.largest)
        self.matrix.show_matrix(arranged.matrix)
        self._show_headings()
        self._show_notice()
        if self._last.hasFocus():
            self._last.take_focus()  # at a cell, where there was none before
        self.told.emit()

    def _show_headings(self) -> None:
        arranged = self.accounts.arranged
        ledger = arranged.ledger
        own = f" · own voice hidden: {arranged.hidden:,}" if arranged.hidden else ""
        claims, denials = len(ledger.claims), len(ledger.denials)
        said = f"{counted(claims, 'claim')} · {counted(denials, 'denial')}"
        self._headings[self.cards].setText(f"{said}{own}")
        casualties = f"Casualties · {len(ledger.casualties):,} · by when, whose, said by whom"
        self._headings[self.counts].setText(casualties)
        self._headings[self.timeline].setText("Casualties over time · by who says so, log scale")
        self._headings[self.matrix].setText("Who answers whom · denies ↓ claims of →")

    def _show_notice(self) -> None:
        """Say what one should know of what is shown, where there is something."""
        ledger, asking = self.accounts.arranged.ledger, self.asking
        layers = [asking.layer.itemData(each) for each in range(asking.layer.count())]
        said = []
        if not layers:
            said.append(NOTHING)
        elif "gold" not in layers:
            said.append(f"There is no gold layer yet; this is {asking.layer.currentText()}.")
        if layers and not ledger.statements and not self.accounts.busy:
            plain = Filter(own_voice=asking.own_voice.isChecked())
            said.append(EMPTY if asking.filter == plain else UNFIT)
        if ledger.loose:
            said.append(f"{counted(ledger.loose, 'link')} to what is not there, left out.")
        self.notice.setText(" ".join(said))
        self.notice.setVisible(bool(said))

    # Going about

    def _take_cards(self) -> None:
        self._last = self.cards
        self.cards.take_focus()

    def _on_looked(self, table: LedgerTable, found: tuple[Statement, ...]) -> None:
        if table.hasFocus():
            self._last = table
            self.places.show_places(self.accounts.arranged.ledger, found)

    def _on_wanted(self, table: LedgerTable, found: tuple[Statement, ...]) -> None:
        """One statement is gone to; of several it is asked which."""
        self._last = table
        if len(found) == 1:
            self._go(found[0].first)
        else:
            self.places.show_places(self.accounts.arranged.ledger, found)
            self.places.take_focus()

    def _go(self, entry: Entry) -> None:
        self.article_wanted.emit(entry.document, entry.annotation)

    def _on_parted(self, one: Entry, others: Sequence[Entry]) -> None:
        hub, ids = self._hub, [each.annotation for each in others]
        if any(each.layer == one.layer for each in others):  # likeness joins articles only
            hub.said.emit("This is linked as repeated: open it (Enter), and remove the link there.")
            return
        if hub.apply(keep_apart(hub.project.read.settings(), one.annotation, ids)):
            hub.said.emit("This stands for itself from now on; Ctrl+Z takes it back.")
            self.take_focus()

    # Following

    def _on_failed(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.show()

    def _on_changed(self, edit: Edit) -> None:
        self.accounts.forget(edit)
        self._read_again()

    def _on_reread(self) -> None:
        self.accounts.forget_all()
        self._read_again()

    def _read_again(self) -> None:
        if self.isVisible():
            self.asking.offer_wishes("")
            if self.accounts.wish == self.asking.wish:
                self.accounts.load_soon()
            else:  # the layer is gone, or the articles
                self.accounts.show(self.asking.wish)
        else:
            self._stale = True
