"""How an article looks in the list: title, what was found, count and state, a strip of labels."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.offsets import Utf16Map
from annotator.core.query import hits
from annotator.core.span import Span
from annotator.store.shelf import Listing
from annotator.ui.hub import Hub
from annotator.ui.panels.listing import ExcerptRole, ListingModel, ListingRole, count_line
from annotator.ui.panels.parts import draw_focus
from annotator.ui.theme import Theme

NOTE = "✎"
"""The sign of a note on the article."""
PICKED = "✓"
"""The sign of an article that is selected together with others."""
_STRIP_STEP = 12
"""Pixels of the strip for one annotation, as long as there is room."""


class ArticleRow(QStyledItemDelegate):
    """Draws a row of the list; several selected rows have a tick each."""

    def __init__(
        self, hub: Hub, model: ListingModel, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hub = hub
        self._model = model
        self.several = False
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
        small = QFontMetrics(self._small).height()
        text = QFontMetrics(self._title).height() + small
        if self._model.query.words:
            text += small
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
        picked = self.several and bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, option, area, current=current, picked=picked)
        pad = theme.px("pad", "large")
        inner = area.adjusted(pad, theme.px("pad", "row"), -pad, -theme.px("pad", "row"))
        signs = f"{NOTE if listing.note else ''}{PICKED if picked else ''}"
        inner = self._line(painter, inner, listing.title, signs, strong=True)
        if self._model.query.words:
            inner = self._line(painter, inner, index.data(ExcerptRole) or "")
        inner = self._line(painter, inner, count_line(listing), marked=False)
        inner.setTop(inner.top() + theme.px("pad", "tiny"))
        self._strip(painter, inner, listing)
        painter.restore()

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        *,
        current: bool,
        picked: bool,
    ) -> None:
        theme = self._theme
        state = option.state
        if current:
            painter.fillRect(area, theme.selected_row)
            mark = QRect(area.topLeft(), QSize(theme.px("layout", "row_mark"), area.height()))
            painter.fillRect(mark, theme.accent)
        elif picked or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.hover)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, theme, area)

    def _line(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        signs: str = "",
        *,
        strong: bool = False,
        marked: bool = True,
    ) -> QRect:
        """Draw a line of text at the top of an area, signs at its end; the rest of the area."""
        font = self._title if strong else self._small
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._theme.text if strong else self._theme.text_dim)
        row = QRect(area.left(), area.top(), area.width(), metrics.height())
        if signs:
            painter.drawText(row, Qt.AlignmentFlag.AlignTrailing, signs)
            room = metrics.horizontalAdvance(signs) + self._theme.px("pad", "tiny")
            left = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
            row.adjust(room if left else 0, 0, 0 if left else -room, 0)
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        found = hits(words, self._model.query) if marked else []
        if found:
            self._draw_found(painter, row, words, found)
        else:
            start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(row, start, words)
        return area.adjusted(0, metrics.height(), 0, 0)

    def _draw_found(self, painter: QPainter, row: QRect, words: str, found: Sequence[Span]) -> None:
        """Draw words with what was found in them on a ground of its own, and underlined."""
        look = QTextCharFormat()
        look.setBackground(self._theme.hit)
        look.setForeground(self._theme.text)
        look.setFontUnderline(True)
        layout = QTextLayout(words, painter.font())
        units = Utf16Map(words)
        ranges = []
        for span in found:
            piece = QTextLayout.FormatRange()
            piece.start = units.to_utf16(span.start)
            piece.length = units.to_utf16(span.end) - piece.start
            piece.format = look
            ranges.append(piece)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(row.width())
        layout.endLayout()
        layout.draw(painter, QPointF(row.topLeft()))

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
