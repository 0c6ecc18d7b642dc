"""The strips of a marked-up article: head, legend, text with its spans, list of annotations."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextBlock

from annotator.core.model import Annotation
from annotator.ui.article.cache import Lights, Ready, ReadyRows
from annotator.ui.article.index import SpanIndex
from annotator.ui.article.layout import Column, RoomyLayout, new_document
from annotator.ui.article.look import ArticleLook, Sizes
from annotator.ui.article.rows import Piece, Row
from annotator.ui.printing.marked_up import MarkedUp
from annotator.ui.printing.strips import Strip, text_strips, together
from annotator.ui.theme import Theme

_SWATCH = 26
"""Pixels of a label's sample in the legend; the list is indented by as much."""
_TOGETHER = 14
"""Lines of an annotation that stand on one page."""
_LEGEND_HEIGHT = 22.0
_LEGEND_GAP = 18


class Sheet:
    """Makes the strips of an article for pages that are `width` pixels wide.

    What it lays the text out on is a child of `parent`, until `close`.
    """

    def __init__(
        self, marked_up: MarkedUp, look: ArticleLook, theme: Theme, width: int, parent: QObject
    ) -> None:
        self._it = marked_up
        self._look = replace(look, quiet=frozenset(), font=_unhinted(look.font))
        self._width = width
        self._small = _unhinted(theme.font("sans", theme.px("size", "small")))
        self._strong = _unhinted(theme.font("sans", theme.px("size", "small"), strong=True))
        self._big = _unhinted(theme.font("sans", theme.px("size", "page_title"), strong=True))
        sizes = Sizes.of(self._look)
        self._text = new_document(self._look.font, parent)
        self._layout = RoomyLayout(self._text, marked_up.reading, sizes)
        self._layout.set_column(Column(0, width, width))
        self._text.setDocumentLayout(self._layout)
        self._text.setPlainText(marked_up.reading.shown)
        self._index = SpanIndex(self._text.blockCount(), self._start_of)
        self._index.load(marked_up.ordered)
        self._index.build()
        self._rows = ReadyRows(self._look, sizes, Lights(caption=marked_up.caption))
        self._painter = self._rows.painter

    def close(self) -> None:
        """Let go of the text."""
        self._text.deleteLater()

    def strips(self) -> Iterator[Strip]:
        """All of the article, from its title to the last annotation."""
        yield from self._head()
        yield from self._legend()
        block = self._text.firstBlock()
        while block.isValid():
            yield from self._block(block)
            block = block.next()
        yield from self._list()

    def _head(self) -> Iterator[Strip]:
        document, look, width = self._it.document, self._look, self._width
        yield from text_strips(document.title, self._big, look.text, width, keep=True)
        about = self._it.about()
        yield from text_strips(about, self._small, look.dim, width, space=4, keep=True)
        if document.note:
            yield from text_strips(document.note, self._small, look.dim, width, space=4)

    def _legend(self) -> Iterator[Strip]:
        """The labels that occur, each with its wash and its lane, as many a line as fit."""
        metrics = QFontMetricsF(self._small)
        lines: list[list[tuple[float, str]]] = []
        x = float(self._width)
        for name in self._it.labels():
            title = metrics.horizontalAdvance(self._it.tagset.label_title(name))
            wide = _SWATCH + 6 + title + _LEGEND_GAP
            if x + wide > self._width:
                lines.append([])
                x = 0.0
            lines[-1].append((x, name))
            x += wide
        for number, line in enumerate(lines):

            def draw(painter: QPainter, line: Iterable[tuple[float, str]] = tuple(line)) -> None:
                self._draw_legend(painter, line)

            yield Strip(_LEGEND_HEIGHT, draw, 0.0 if number else 8.0, keep=True)

    def _draw_legend(self, painter: QPainter, line: Iterable[tuple[float, str]]) -> None:
        foot = _LEGEND_HEIGHT - 6
        for x, name in line:
            row = Row(0, _LEGEND_HEIGHT, 2, foot, leftward=False)
            area = (x, x + _SWATCH)
            row.pieces.append(Piece("", name, 0, (area,), (), opens=True, closes=True))
            self._painter.draw(painter, self._painter.ink(row))
            painter.setFont(self._small)
            painter.setPen(self._look.text)
            title = self._it.tagset.label_title(name)
            painter.drawText(QPointF(x + _SWATCH + 6, foot - 2), title)

    def _block(self, block: QTextBlock) -> Iterator[Strip]:
        """A paragraph of the article, a strip a line; headings stay with what follows."""
        self._layout.height(block)
        paragraph = self._layout.paragraph(block.blockNumber())
        ready = self._rows.of(block, self._layout, self._it.reading, self._index)
        heading = paragraph is not None and paragraph.kind == "heading"
        for number in range(block.layout().lineCount()):
            top, bottom = self._layout.slot_of(block.layout(), number)
            bullet = paragraph.bullet if paragraph and number == 0 else ""
            mine = [(row, ink) for row, ink in ready if row.top == top]

            def draw(
                painter: QPainter,
                number: int = number,
                top: float = top,
                mine: Ready = mine,
                bullet: str = bullet,
            ) -> None:
                painter.translate(0, -top)
                if bullet:
                    self._painter.draw_bullet(painter, bullet, block)
                for _, ink in mine:
                    self._painter.draw(painter, ink)
                painter.setPen(self._look.text)
                block.layout().lineAt(number).draw(painter, QPointF())

            yield Strip(bottom - top, draw, max(0.0, top) if number == 0 else 0.0, keep=heading)

    def _list(self) -> Iterator[Strip]:
        """Every annotation with its number, words, attributes, links and note."""
        look, width = self._look, self._width
        if self._it.ordered:
            yield from text_strips("Annotations", self._big, look.text, width, space=24, keep=True)
        for each in self._it.ordered:
            yield from together(self._entry(each), _TOGETHER)

    def _entry(self, annotation: Annotation) -> Iterator[Strip]:
        """An annotation in the list."""
        look, width = self._look, self._width
        ink = look.ink(annotation.label)
        heading = self._it.heading(annotation)
        yield from text_strips(heading, self._strong, ink, width, space=8, keep=True)
        words = self._it.quote(annotation)
        yield from text_strips(words, self._small, look.text, width, indent=_SWATCH)
        for line in self._it.details(annotation):
            yield from text_strips(line, self._small, look.dim, width, indent=_SWATCH)

    def _start_of(self, paragraph: int) -> int:
        block = self._text.findBlockByNumber(paragraph)
        if not block.isValid():
            return len(self._it.reading.text)
        return self._it.reading.to_source(block.position())


def _unhinted(font: QFont) -> QFont:
    """A font whose letters keep their distances on paper."""
    printed = QFont(font)
    printed.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return printed
