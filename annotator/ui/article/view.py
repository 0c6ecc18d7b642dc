"""The article as a widget: a read-only text with annotations painted below its letters.

Over 400 lines because Qt wants all its overrides on the one class; layout, index, rows, painting,
scrolling and selection have modules of their own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget
from shiboken6 import isValid

from annotator.core.model import Annotation
from annotator.core.reading import Reading, raw_layout
from annotator.core.span import Span
from annotator.ui.article.cache import Lights, Ready, ReadyRows
from annotator.ui.article.index import SpanIndex
from annotator.ui.article.layout import Column, RoomyLayout, new_document
from annotator.ui.article.look import ArticleLook, Sizes, palette_of, plain_look
from annotator.ui.article.painter import piece_of
from annotator.ui.article.scroll import onto_letters, show_line
from annotator.ui.article.selection import put, raw_span, settled_span, turned, word_near

_SLICE = 0.004
"""Seconds of work on the index between two events."""
_FOCUS_SHARE = 0.4
"""How far down a span is shown that had to be scrolled to, in heights of the viewport."""
_POPOVER_GAP = 16
_LEAST_POPOVER = 64


class ArticleView(QPlainTextEdit):
    """Shows a reading and its annotations. Positions given and taken are code points of the text.

    `snap` is "words" or "characters": what a selection by mouse grows to; one by keyboard is taken
    as it is, except that no grapheme is cut.
    """

    selection_settled = Signal(object, bool)
    """The person has selected something, or nothing any more: Span or None, by mouse or not."""
    span_clicked = Signal(str)
    """A click on an annotation, by id, or beside all ("").

    It is the innermost one; once more goes on to the one around it, and from the last back again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snap = "words"
        self._lights = Lights()
        self._look = plain_look(self.palette(), self.font())
        self._sizes = Sizes.of(self._look)
        self._rows = ReadyRows(self._look, self._sizes, self._lights)
        self._index = SpanIndex(0, self._start_of)
        self._retired: SpanIndex | None = None
        self._by_mouse = False
        self._pressed: QPoint | None = None
        self._clicked: list[str] = []
        self._settled: Span | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._on_idle)
        self._prepare()
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.clear_article()

    def _prepare(self) -> None:
        """What never changes about the widget."""
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)  # where nothing scrolls there is no handle to be seen
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(least < most))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setAccessibleName("Article")
        self.setAccessibleDescription(
            "The text of the article. Select words, then press a label's key; "
            "Alt+Down and Alt+Up go through the annotations."
        )

    # What is shown

    def show_article(self, reading: Reading, annotations: Iterable[Annotation]) -> None:
        """Show another article, from its beginning."""
        document = new_document(self._look.font, self)
        self._reading = reading
        self._roomy = RoomyLayout(document, reading, self._sizes)
        self._roomy.set_column(self._column())
        document.setDocumentLayout(self._roomy)
        document.setPlainText(reading.shown)
        self._retired = self._index  # taken apart when there is time: it may hold many thousands
        self._index = SpanIndex(document.blockCount(), self._start_of)
        self._index.load(annotations)
        self._lights.focused, self._lights.partners, self._lights.hints = None, frozenset(), {}
        self._rows.clear()
        self._settled = None
        old = self.document()
        self.setDocument(document)
        if isValid(old):
            old.deleteLater()  # or one document leaks per article
        self._roomy.update.connect(self._on_laid_out_anew)

    def clear_article(self) -> None:
        """Show nothing."""
        self.show_article(raw_layout(""), ())

    def set_look(self, look: ArticleLook) -> None:
        """Take other colours, fonts and sizes."""
        self._look, self._sizes = look, Sizes.of(look)
        self._rows = ReadyRows(look, self._sizes, self._lights)
        self.setPalette(palette_of(look, self.palette()))
        self.setFont(look.font)
        self.document().setDefaultFont(look.font)
        self._roomy.set_column(self._column())
        self._roomy.set_sizes(self._sizes)
        self._refit()

    def patch(self, removed: Iterable[str], added: Iterable[Annotation]) -> None:
        """Take annotations out, by id, and put others in; only lines touched are drawn again."""
        touched: set[int] = set()
        for annotation in removed:
            touched.update(self._index.remove(annotation))
        for each in added:
            touched.update(self._index.remove(each.id))
            touched.update(self._index.add(each))
        self._redraw(touched)

    def set_focused(self, annotation: str | None, partners: Collection[str] = ()) -> None:
        """Put the ring round an annotation, light its partners up, and scroll to it if need be."""
        lights = self._lights
        before = {lights.focused, *lights.partners} - {None}
        lights.focused, lights.partners = annotation, frozenset(partners)
        changed = {each for each in before | {annotation, *partners} if each is not None}
        known = [found for each in changed if (found := self._index.get(each)) is not None]
        touched = {n for each in known for n in self._index.paragraphs_of(each.envelope)}
        self._redraw(touched, changed)
        found = self._index.get(annotation) if annotation else None
        if found is not None:
            self._show(self._reading.to_widget(found.spans[0].start), _FOCUS_SHARE)

    def set_captions(self, caption: Callable[[Annotation], str]) -> None:
        """What the small tag above an annotation says ("CASUALTY · 14 wounded"); "" for none."""
        self._lights.caption = caption
        self._redraw_all()

    def set_hints(self, hints: Mapping[str, str]) -> None:
        """Letters above annotations, by id, in the place of their tags; none to end it."""
        self._lights.hints = dict(hints)
        self._redraw_all()

    # What is asked

    def ordered(self) -> list[str]:
        """The ids of all annotations in reading order."""
        return self._index.ordered()

    def span_after(self, position: int, *, backwards: bool = False) -> str | None:
        """The first annotation that starts at `position` or later; backwards, the last before."""
        return self._index.neighbour(position, backwards=backwards)

    def annotation_at(self, point: QPoint) -> str | None:
        """The innermost annotation at a point of the viewport, or whose tag is there."""
        return next(iter(self._hit(point)), None)

    def _hit(self, point: QPoint) -> list[str]:
        """The annotations at a point of the viewport, the innermost first."""
        for block, top in self._visible():
            for row, _ in self._ready(block):
                if row.top <= point.y() - top < row.bottom:
                    return sorted(row.ids_at(point.x(), point.y() - top), key=self._length)
        return []

    def _next_hit(self, point: QPoint) -> str:
        """What a click means: the innermost annotation, or the one behind the focused, or ""."""
        before, self._clicked = self._clicked, self._hit(point)
        hit, focused = self._clicked, self._lights.focused
        if focused in hit and (hit == before or focused == hit[0]):
            return hit[(hit.index(focused) + 1) % len(hit)]
        return hit[0] if hit else ""

    def selected_span(self) -> Span | None:
        """What is selected, without cutting a grapheme and without white space at its ends."""
        words = self._by_mouse and self.snap == "words"
        return settled_span(self._reading, self.textCursor(), whole_words=words)

    def select(self, span: Span | None) -> None:
        """Select a span, or nothing; the caret goes to its end. Doesn't settle anything."""
        cursor = self.textCursor()
        cursor.clearSelection()
        if span is not None:
            put(self._reading, cursor, span)
        self._by_mouse = False
        self.setTextCursor(cursor)
        self._settled = self.selected_span()

    def swap_ends(self) -> None:
        """Let keys move the other end of the selection; what is selected stays."""
        self.setTextCursor(turned(self.textCursor()))

    def caret(self) -> int:
        """The position of the caret."""
        return self._reading.to_source(self.textCursor().position())

    def margin_rect_for_selection(self) -> QRect:
        """A free place right of the column beside the selection's last line, in the viewport.

        It goes down to the viewport's foot; empty where the margin is too narrow for anything.
        """
        left = self._roomy.column.right + _POPOVER_GAP
        width = self.viewport().width() - left - 8
        if width < _LEAST_POPOVER:
            return QRect()
        top = max(0, self.cursorRect().top())
        return QRect(left, top, width, max(0, self.viewport().height() - top))

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        above, below = event.rect().top(), event.rect().bottom() + 1
        for block, top in self._visible():
            ready = self._ready(block)
            paragraph = self._roomy.paragraph(block.blockNumber())
            if not ready and not (paragraph and paragraph.bullet):
                continue
            painter.translate(0, top)
            if paragraph and paragraph.bullet:
                self._draw_bullet(painter, block, paragraph.bullet)
            self._rows.draw(painter, ready, above - top, below - top)
            painter.translate(0, -top)
        painter.end()
        super().paintEvent(event)  # the letters and the selection, above the washes
        self._roomy.settle()
        if self._retired is not None or not self._index.complete:
            self._idle.start()

    def _draw_bullet(self, painter: QPainter, block: QTextBlock, bullet: str) -> None:
        line = block.layout().lineAt(0)
        leftward = block.textDirection() == Qt.LayoutDirection.RightToLeft
        space = self._sizes.step / 3
        x = line.x() + line.width() + space if leftward else line.x() - space
        edge = QPointF(x, line.y() + line.ascent())
        self._rows.painter.draw_bullet(painter, bullet, edge, leftward=leftward)

    def _visible(self) -> Iterator[tuple[QTextBlock, float]]:
        """The blocks in the viewport, laid out, each with the y of its top."""
        block, top = self.firstVisibleBlock(), self.contentOffset().y()
        end = self.viewport().height()
        while block.isValid() and top < end:
            height = self._roomy.height(block)
            yield block, top
            top += height
            block = block.next()

    def _ready(self, block: QTextBlock) -> Ready:
        return self._rows.of(block, self._roomy, self._reading, self._index)

    def _redraw(self, paragraphs: Collection[int], changed: Collection[str] = ()) -> None:
        """Draw anew the rows of some paragraphs that differ, or show any of these annotations."""
        before = self._rows.drop(paragraphs)
        width = self.viewport().width()
        for block, top in self._visible():
            number = block.blockNumber()
            if number not in paragraphs:
                continue
            old = {row.top: row for row, _ in before.get(number, ())}
            new = {row.top: row for row, _ in self._ready(block)}
            for y in old.keys() | new.keys():
                row = new.get(y) or old[y]
                if old.get(y) != new.get(y) or piece_of(row, changed):
                    area = QRectF(0, top + row.top, width, row.bottom - row.top)
                    self.viewport().update(area.toAlignedRect())

    def _redraw_all(self) -> None:
        self._rows.clear()
        self.viewport().update()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._by_mouse = True
            if plain and self.textCursor().hasSelection():
                cursor = self.textCursor()  # or Qt would begin to drag the selected text away
                cursor.clearSelection()
                self.setTextCursor(cursor)
        super().mousePressEvent(self._onto_letters(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._onto_letters(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._onto_letters(event))
        pressed, self._pressed = self._pressed, None
        if event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        point = event.position().toPoint()
        span = self.selected_span()
        self._settle(by_mouse=True)
        moved = (point - pressed).manhattanLength() >= QApplication.startDragDistance()
        if span is None and not moved:
            self.span_clicked.emit(self._next_hit(point))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        moved = self._onto_letters(event)
        super().mouseDoubleClickEvent(moved)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            units = self.cursorForPosition(moved.position().toPoint()).position()
            word = word_near(self._reading, units)
            if word is not None:
                self.select(word)
            self._by_mouse = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # the scroll area would scroll by a line
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        before = self._selection()
        super().keyPressEvent(event)
        if self._selection() != before:
            self._by_mouse = False
            self._settle(by_mouse=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # zoom is the window's
            return
        super().wheelEvent(event)

    def copy(self) -> None:
        """Put what is selected on the clipboard, as it is in the text."""
        self._offer(QClipboard.Mode.Clipboard)

    def _offer(self, mode: QClipboard.Mode) -> None:
        # `createMimeDataFromSelection` isn't overridden: a QMimeData made in Python that is still
        # on the clipboard when the program ends lets Qt call into an interpreter that is gone.
        span = self._selection()
        if span is not None:
            QApplication.clipboard().setText(span.of(self._reading.text), mode)

    def _settle(self, *, by_mouse: bool) -> None:
        """Tell of the selection if it has changed; show what a selection by mouse has grown to."""
        span = self.selected_span()
        before, self._settled = self._settled, span
        if by_mouse and span is not None:
            cursor = self.textCursor()
            put(self._reading, cursor, span)
            self.setTextCursor(cursor)
            if QApplication.clipboard().supportsSelection():
                self._offer(QClipboard.Mode.Selection)
        if span != before or (by_mouse and span is not None):
            self.selection_settled.emit(span, by_mouse)

    def _onto_letters(self, event: QMouseEvent) -> QMouseEvent:
        return onto_letters(event, self._roomy, self._visible())

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._roomy.set_column(self._column())
        self._rows.clear()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_roomy"):
            self.document().setDefaultFont(self._look.font)  # a style sheet must not change it

    def _column(self) -> Column:
        return Column.within(max(1, self.viewport().width()), self._sizes.column)

    def _refit(self) -> None:
        """Lay out and draw anew where no resize does it."""
        self._rows.clear()
        self._roomy.documentSizeChanged.emit(self._roomy.documentSize())
        self.viewport().update()

    def _selection(self) -> Span | None:
        return raw_span(self._reading, self.textCursor())

    def _start_of(self, paragraph: int) -> int:
        """The position at which a paragraph begins; the text's end for one past the last."""
        if paragraph <= 0:
            return 0
        block = self.document().findBlockByNumber(paragraph)
        if not block.isValid():
            return len(self._reading.text)
        return self._reading.to_source(block.position())

    def _length(self, annotation: str) -> int:
        found = self._index.get(annotation)
        return len(found.envelope) if found else 0

    def _show(self, units: int, share: float) -> None:
        """Scroll a position of the widget into view, `share` of the height down if it wasn't."""
        line = show_line(self, self._roomy, self._visible(), units, share)
        if line is not None:
            self.verticalScrollBar().setValue(line)

    def _on_caret_moved(self) -> None:
        # WORKAROUND: with lines moved apart Qt scrolls too little on Shift+Down at the page's foot
        if self._pressed is None and self.isVisible():
            self._show(self.textCursor().position(), 1.0)

    def _on_laid_out_anew(self) -> None:
        self._rows.clear()

    def _on_idle(self) -> None:
        self._retired = None
        if self._index.build(_SLICE):
            self._idle.stop()
