"""Claims and denials as cards, side by side: the model, how a card is drawn, the table."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annotator.core.tagset import Tagset
from annotator.ledger.values import Ledger, Statement
from annotator.ledger.words import days, quote, where, who
from annotator.ui.ledger.arranging import CardRow, said_by
from annotator.ui.ledger.table import (
    Index,
    LedgerDelegate,
    LedgerModel,
    LedgerTable,
    TableCell,
    line,
)
from annotator.ui.ledger.wrapping import draw_words, lines_of
from annotator.ui.theme import Theme

_LINES = 6
"""Lines of a quotation at most; its tool tip has the whole."""
_SPEAKERS = 2
"""Lines of a speaker's name at most."""
_SLACK = 1.06
"""By how much lines that break at words are longer than their letters."""
_BETWEEN = {
    "denied by": "← denied by",
    "no denial": "no denial",
    "no target": "no target",
    "disputed by": "↔ disputed by",
}
_COLUMNS = ("Claim", "Denied by")
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card."""

    speaker: str
    when: str
    words: str
    notes: tuple[str, ...]
    label: str

    @property
    def spoken(self) -> str:
        """As a screen reader says it."""
        told = ", ".join(filter(None, (self.when, *self.notes)))
        return f"{self.speaker}: “{self.words}”{f', {told}' if told else ''}"


def card_of(ledger: Ledger, statement: Statement) -> Card:
    """The card of a statement."""
    first = statement.first
    notes = []
    if first.against:
        notes.append(f"against: {who(first.against)}")
    if len(statement.places) > 1:
        notes.append(f"said in {len(statement.places):,} places")
    elif len(ledger.sources) > 1:
        notes.append(where(ledger, first))
    when = days(first.when) if first.when else ""
    return Card(said_by(statement), when, quote(first), tuple(notes), first.label)


class CardModel(LedgerModel):
    """Rows of cards; `ledger` is where they are from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ledger = Ledger()
        self.rows: tuple[CardRow, ...] = ()
        self._titles: dict[int, None] = {}

    def show_cards(self, ledger: Ledger, rows: tuple[CardRow, ...]) -> None:
        """Show these rows in place of those that are shown."""
        self.beginResetModel()
        self.ledger, self.rows = ledger, rows
        self._titles = {number: None for number, each in enumerate(rows) if each.title}
        self.endResetModel()

    def titles(self) -> Collection[int]:
        return self._titles

    def row_of(self, annotation: str) -> int:
        cards = ((at, one) for at, each in enumerate(self.rows) for one in (each.left, each.right))
        return next((at for at, one in cards if one is not None and one.id == annotation), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section]
        return None

    def card(self, row: int, column: int) -> Card | None:
        """The card in a cell, if one is there."""
        one = self.rows[row].right if column else self.rows[row].left
        return card_of(self.ledger, one) if one is not None else None

    def cell(self, row: int, column: int) -> TableCell:
        here = self.rows[row]
        if here.title:
            return TableCell(here.title)
        one = here.right if column else here.left
        if one is None:
            words = self.nothing(column)
            return TableCell(words, words)
        card = card_of(self.ledger, one)
        spoken = f"{here.between} {card.spoken}" if column else card.spoken
        if here.again and not column:
            spoken = f"the same claim: {spoken}"
        return TableCell(card.words, spoken, (one,))

    def nothing(self, column: int) -> str:
        """What stands where no card is."""
        where_ = "in this article" if len(self.ledger.sources) == 1 else "in these articles"
        return f"nobody {where_} answers" if column else f"nothing {where_} that it denies"


class _Letters:
    """The fonts of cards in a theme, made once: there are very many cards."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.quote = theme.font("serif", theme.px("size", "quote"))
        self.plain = theme.font("sans", theme.px("size", "ui"))
        self.strong = theme.font("sans", theme.px("size", "ui"), strong=True)
        self.between = theme.font("sans", theme.px("size", "key"), strong=True)
        self.quotes = QFontMetrics(self.quote)
        self.plains = QFontMetrics(self.plain)
        self.strongs = QFontMetrics(self.strong)


class CardDelegate(LedgerDelegate):
    """Draws cards; `tagset` has the colours of their labels."""

    def __init__(self, theme: Theme, tagset: Tagset, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.tagset = tagset
        self._known = _Letters(theme)

    @property
    def _letters(self) -> _Letters:
        if self._known.theme is not self.theme:
            self._known = _Letters(self.theme)
        return self._known

    def draw_title(self, painter: QPainter, area: QRect, text: str) -> None:
        height = QFontMetrics(self.theme.heading_font()).height()
        low = QRect(area.left(), area.bottom() - height - 3, area.width(), height)
        line(painter, low, text, self.theme.heading_font(), self.theme.text_dim)

    def draw_cell(self, painter: QPainter, area: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CardModel)
        row, column = model.rows[index.row()], index.column()
        if column:
            gutter = QRect(area.left(), area.top(), self.gutter, area.height())
            self._draw_between(painter, gutter, row)
            area.setLeft(gutter.right() + 1)
        gap = self.theme.px("pad", "tiny")
        box = area.adjusted(gap // 2 + 1, gap, -gap // 2 - 1, -gap)
        card = model.card(index.row(), column)
        if card is None or (row.again and not column):
            words = "″ as above" if card is not None else model.nothing(column)
            self._draw_empty(painter, box, words)
        else:
            self._draw_card(painter, box, card)

    @property
    def gutter(self) -> int:
        """Pixels between the two cards of a row."""
        return QFontMetrics(self._letters.between).horizontalAdvance("↔ disputed") + self.theme.px(
            "pad", "small"
        )

    def height(self, card: Card, width: int) -> int:
        """Pixels of height that a row needs for a card in a column of this width."""
        theme = self.theme
        room = max(1, width - 2 * theme.px("pad", "medium") - theme.px("pad", "small"))
        quotation = self._letters.quotes
        lines = ceil(quotation.horizontalAdvance(card.words) * _SLACK / room)
        parts = (
            self._head_height(card, room),
            min(max(lines, 1), _LINES) * quotation.lineSpacing(),
            len(self._notes(card, room)) * self._letters.plains.height(),
            2 * theme.px("pad", "small") + 4 * theme.px("pad", "tiny"),
        )
        return sum(parts)

    def _notes(self, card: Card, room: int) -> tuple[str, ...]:
        """The lines below the words; the date is among them where the head hasn't room for it."""
        return card.notes if self._is_dated_above(card, room) else (card.when, *card.notes)

    def _head_height(self, card: Card, room: int) -> int:
        lines = lines_of(card.speaker, self._letters.strong, room, _SPEAKERS)
        return lines * self._letters.strongs.lineSpacing()

    def _is_dated_above(self, card: Card, room: int) -> bool:
        speaker = self._letters.strongs.horizontalAdvance(card.speaker)
        when = self._letters.plains.horizontalAdvance(card.when)
        return not card.when or speaker + when + 2 * self.theme.px("pad", "small") <= room

    def _draw_between(self, painter: QPainter, area: QRect, row: CardRow) -> None:
        label = row.right.first.label if row.right else ""
        known = self.tagset.label(label)
        ink = self.theme.label_ink(known.color) if known else self.theme.text_dim
        painter.setFont(self._letters.between)
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, flags, _BETWEEN[row.between])

    def _draw_empty(self, painter: QPainter, box: QRect, words: str) -> None:
        theme, radius = self.theme, self.theme.px("radius", "card")
        painter.setPen(QPen(theme.border_strong, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        pad = theme.px("pad", "medium")
        line(painter, box.adjusted(pad, 0, -pad, 0), words, self._letters.plain, theme.text_dim)

    def _draw_card(self, painter: QPainter, box: QRect, card: Card) -> None:
        theme, radius, edge = self.theme, self.theme.px("radius", "card"), 3
        label = self.tagset.label(card.label)
        ink = theme.label_ink(label.color) if label else theme.text_dim
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(box, radius, radius)
        painter.fillRect(
            QRect(box.left(), box.top() + radius, edge, box.height() - 2 * radius), ink
        )
        pad, small = theme.px("pad", "medium"), theme.px("pad", "small")
        inner = box.adjusted(pad, small, -pad, -small)
        notes = self._notes(card, inner.width())
        self._draw_head(painter, inner, card)
        quotation, plain = self._letters.quotes, self._letters.plain
        top = inner.top() + self._head_height(card, inner.width()) + theme.px("pad", "tiny")
        low = self._letters.plains.height()
        room = inner.bottom() - top - len(notes) * low
        most = max(1, min(_LINES, room // quotation.lineSpacing()))
        words = QRect(inner.left(), top, inner.width(), room)
        painter.setPen(theme.text)
        lines = draw_words(painter, words, card.words, self._letters.quote, most)
        at = top + lines * quotation.lineSpacing() + theme.px("pad", "tiny")
        for number, each in enumerate(notes):
            note = QRect(inner.left(), at + number * low, inner.width(), low)
            line(painter, note, each, plain, theme.text_dim)

    def _draw_head(self, painter: QPainter, inner: QRect, card: Card) -> None:
        metrics, width = self._letters.strongs, inner.width()
        painter.setPen(self.theme.text)
        draw_words(painter, inner, card.speaker, self._letters.strong, _SPEAKERS)
        if self._is_dated_above(card, width):
            speaker = metrics.horizontalAdvance(card.speaker)
            left = inner.left() + speaker + self.theme.px("pad", "small")
            dated = QRect(left, inner.top(), inner.right() - left, metrics.height())
            line(painter, dated, card.when, self._letters.plain, self.theme.text_dim)


class CardTable(LedgerTable):
    """The cards, each row as high as it needs."""

    def __init__(self, theme: Theme, tagset: Tagset, parent: QWidget) -> None:
        self.cards = CardModel(parent)
        self._delegate = CardDelegate(theme, tagset, parent)
        super().__init__("Claims and denials", self._delegate, parent, shares=(46, 54))
        self.setObjectName("cards")
        self.horizontalHeader().hide()
        self.setModel(self.cards)

    def set_look(self, theme: Theme, tagset: Tagset) -> None:
        """Draw in this theme and with these colours of labels."""
        self._delegate.tagset = tagset
        self.set_theme(theme)

    def show_cards(self, ledger: Ledger, rows: tuple[CardRow, ...]) -> None:
        """Show these rows; stay where one is."""
        self.show_rows(lambda: self.cards.show_cards(ledger, rows))

    def row_height(self, row: int) -> int:
        widths = self.columnWidth(0), self.columnWidth(1) - self._delegate.gutter
        here, usual = self.cards.rows[row], self.delegate.theme.px("layout", "control_height")
        if here.title:
            return usual
        found = [usual]
        for column, width in enumerate(widths):
            card = None if here.again and not column else self.cards.card(row, column)
            if card is not None:
                found.append(self._delegate.height(card, width))
        return max(found)
