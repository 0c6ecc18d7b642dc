"""An article laid out, ready to be shown: its lines, and its annotations by paragraph."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextCursor
from shiboken6 import isValid

from annotator.core.model import Annotation
from annotator.core.reading import Reading
from annotator.core.steps import Steps
from annotator.ui.article.index import SpanIndex
from annotator.ui.article.layout import Column, RoomyLayout, new_document
from annotator.ui.article.look import Sizes

if TYPE_CHECKING:
    from annotator.ui.article.cache import Ready

_BIT = 250_000
"""Code points that are laid out in one step."""
MOST = 4
"""Leaves that are kept at hand."""


class Leaf:
    """A reading laid out in a font, and an index of its annotations that is kept up to date.

    `source` is what the annotations are from; another one, though equal, was read anew. `parent`
    owns what Qt needs, until `close`.
    """

    def __init__(
        self,
        reading: Reading,
        source: object,
        *,
        font: QFont,
        sizes: Sizes,
        column: Column,
        parent: QObject,
    ) -> None:
        self.reading = reading
        self.source = source
        self.document = new_document(font, parent)
        self.layout = RoomyLayout(self.document, reading, sizes)
        self.layout.set_column(column)
        self.document.setDocumentLayout(self.layout)
        self.index = SpanIndex(0, self.start_of)
        self.ghosts = SpanIndex(0, self.start_of)
        """The suggestions that are shown, by paragraph."""
        self.rows: dict[int, Ready] = {}
        """The rows that have been measured, by paragraph."""

    def fill(self, annotations: Iterable[Annotation]) -> Steps[None]:
        """Put the text in, bit by bit, and take the annotations."""
        cursor = QTextCursor(self.document)
        shown = self.reading.shown
        for start in range(0, len(shown), _BIT):
            cursor.insertText(shown[start : start + _BIT])
            yield
        self.index = SpanIndex(self.document.blockCount(), self.start_of)
        self.index.load(annotations)
        self.ghosts = SpanIndex(self.document.blockCount(), self.start_of)

    def close(self) -> None:
        """Let go of the text, or one document leaks per article."""
        if isValid(self.document):
            self.document.deleteLater()

    def start_of(self, paragraph: int) -> int:
        """The position at which a paragraph begins; the text's end for one past the last."""
        if paragraph <= 0:
            return 0
        block = self.document.findBlockByNumber(paragraph)
        if not block.isValid():
            return len(self.reading.text)
        return self.reading.to_source(block.position())
