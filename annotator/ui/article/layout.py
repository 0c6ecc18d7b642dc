"""The line layout: lines moved apart, a reading column, indents, gaps: all that Qt's lacks."""

import math
import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotator.core.reading import Paragraph, Reading
from annotator.ui.article.look import Sizes

TOP_MARGIN = 24
LEFT_MARGIN = 28
"""Pixels left of the column at least."""
RIGHT_MARGIN = 128
"""Pixels right of the column at least: the popover of labels stands there."""
LEAST_COLUMN = 280
"""Pixels of the column below which the margins give way."""
LEFT_SHARE = 0.28
"""Of the space beside the column, how much is on the left."""

_TALL = re.compile("[\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf\ua8e0-\ua8ff]")
"""Letters with signs above them: scripts of India, Tibet and the south-east of Asia."""
_SAMPLE = 20_000
"""Characters of an article in which they are looked for."""
_SETTLINGS = 3
"""Times that Qt is told at most."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines stand, in pixels of the viewport."""

    left: int
    width: int
    viewport: int

    @classmethod
    def within(cls, viewport: int, wished: int) -> "Column":
        """The column of a viewport that many pixels wide, `wished` pixels or narrower."""
        margins = LEFT_MARGIN + RIGHT_MARGIN
        if viewport - margins < LEAST_COLUMN:
            margins = max(LEFT_MARGIN, min(margins, viewport - LEAST_COLUMN))
        width = max(1, min(wished, viewport - margins))
        left = max(min(LEFT_MARGIN, margins // 2), round((viewport - width) * LEFT_SHARE))
        return cls(min(left, viewport - width), width, viewport)

    @property
    def right(self) -> int:
        """The x at which the column ends."""
        return self.left + self.width


class RoomyLayout(QPlainTextDocumentLayout):
    """Lays a reading out, each line with the same room, or adding a span would make the text jump.

    QPlainTextEdit asks a layout for nothing but `blockBoundingRect`; Qt clears the lines of a block
    when they are to be laid out anew, and tells of it by `update`.
    """

    def __init__(self, document: QTextDocument, reading: Reading, sizes: Sizes) -> None:
        super().__init__(document)
        # WORKAROUND: what `document()` answers PySide takes for a child of the layout, and so lets
        # Python delete the two together while a view still shows them; it must never be called.
        self._document = document
        self._reading = reading
        self._sizes = sizes
        self._tall = _TALL.search(reading.shown, 0, _SAMPLE) is not None
        self._column = Column.within(LEAST_COLUMN, LEAST_COLUMN)
        self._heights: dict[int, float] = {}
        self._grown = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.settle)
        self.update.connect(self._on_update)

    @property
    def column(self) -> Column:
        """Where the lines stand."""
        return self._column

    @property
    def above(self) -> int:
        """Pixels above the letters of a line that its tags have."""
        return self._sizes.above

    def set_column(self, column: Column) -> None:
        """Put the lines elsewhere; the caller sees to it that Qt clears them."""
        self._column = column
        self._heights.clear()

    def set_sizes(self, sizes: Sizes) -> None:
        """Take other sizes and lay everything out anew."""
        self._sizes = sizes
        self._document.markContentsDirty(0, self._document.characterCount())

    def paragraph(self, number: int) -> Paragraph | None:
        """What the block of this number shows."""
        paragraphs = self._reading.paragraphs
        return paragraphs[number] if number < len(paragraphs) else None

    def height(self, block: QTextBlock) -> float:
        """The height of a block in pixels, its lines laid out."""
        number = block.blockNumber()
        known = self._heights.get(number)
        return self._measure(block, number) if known is None else known

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid():
            return QRectF()
        return QRectF(0.0, 0.0, self._column.viewport, self.height(block))

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        super().documentChanged(start, removed, added)
        # Qt tells by `update` of some changes only, and lays a changed paragraph out in its way: a
        # height that is still known would be of lines that are gone, and Qt crashes on such.
        self._heights.clear()
        self._document.findBlock(start).clearLayout()

    def settle(self) -> None:
        """Tell Qt, once for all blocks laid out since, that the number of lines has changed.

        Qt then looks at the last page, and may so lay out more. The view settles at the end of each
        painting; what is laid out at other times settles by itself, a moment later.
        """
        for _ in range(_SETTLINGS):
            if not self._grown:
                break
            self._grown = False
            self.documentSizeChanged.emit(self.documentSize())

    def slot_of(self, layout: QTextLayout, number: int) -> tuple[float, float]:
        """Upper and lower end, in its block, of a line's slot: its letters and the room it has."""
        line = layout.lineAt(number)
        top = line.y() + self._air(line.ascent()) - self._sizes.above
        if number + 1 < layout.lineCount():
            below = layout.lineAt(number + 1)
            return top, below.y() + self._air(below.ascent()) - self._sizes.above
        return top, top + self._slot(line.ascent(), line.height())

    def _air(self, ascent: float) -> int:
        """How much of the ascent of a line is empty.

        That is nothing where another font made it higher, or where letters have signs above them.
        """
        return self._sizes.air if ascent <= self._sizes.ascent + 1 and not self._tall else 0

    def _slot(self, ascent: float, height: float) -> int:
        sizes = self._sizes
        needed = sizes.above + math.ceil(height) - self._air(ascent) + sizes.below
        return max(sizes.pitch, needed)

    def _measure(self, block: QTextBlock, number: int) -> float:
        layout = block.layout()
        if not layout.lineCount():
            self._lay_out(block, layout, self.paragraph(number))
        height = self.slot_of(layout, layout.lineCount() - 1)[1] if layout.lineCount() else 0.0
        if not block.next().isValid():
            height += self._document.documentMargin()
        self._heights[number] = height
        return height

    def _lay_out(self, block: QTextBlock, layout: QTextLayout, like: Paragraph | None) -> None:
        """Break a block into lines and place them."""
        sizes, column = self._sizes, self._column
        indent = min(like.indent * sizes.step, column.width // 2) if like else 0
        leftward = block.textDirection() == Qt.LayoutDirection.RightToLeft
        x = column.left + (0 if leftward else indent)
        y = sizes.gap if like and like.gap else 0
        option = self._document.defaultTextOption()
        if leftward:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        if like and like.kind == "heading":
            layout.setFormats([_heading(block.length())])
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLeadingIncluded(True)
            line.setLineWidth(column.width - indent)
            ascent = line.ascent()
            line.setPosition(QPointF(x, y + sizes.above - self._air(ascent)))
            y += self._slot(ascent, line.height())
        layout.endLayout()
        if block.lineCount() != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self._grown = True
            if not self._later.isActive():
                self._later.start(0)

    def _on_update(self) -> None:
        self._heights.clear()


def new_document(font: QFont, parent: QObject) -> QTextDocument:
    """An empty document that breaks its lines as articles do."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(TOP_MARGIN)
    document.setDefaultFont(font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(wrap)
    return document


def _heading(length: int) -> QTextLayout.FormatRange:
    """A format that sets a whole block of `length` UTF-16 units in bold, on screen only."""
    bold = QTextLayout.FormatRange()
    bold.start, bold.length = 0, length
    form = bold.format
    form.setFontWeight(QFont.Weight.Bold)
    bold.format = form
    return bold
