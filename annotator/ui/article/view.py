"""The article as annotators handle it: what they select, click, drag and copy there."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.model import Annotation
from annotator.core.reading import Reading
from annotator.core.span import Span
from annotator.ui.article.grips import Pull
from annotator.ui.article.marks import Grip, grip_at
from annotator.ui.article.page import ArticlePage
from annotator.ui.article.scroll import onto_letters
from annotator.ui.article.selection import put, raw_span, settled_span, turned, word_near

_POPOVER_GAP = 16
_LEAST_POPOVER = 64


class ArticleView(ArticlePage):
    """A page that is selected from, clicked on and dragged at; positions are code points.

    `snap` is "words" or "characters": what a selection by mouse grows to; one by keyboard is taken
    as it is, except that no grapheme is cut.
    """

    selection_settled = Signal(object, bool)
    """The person has selected something, or nothing any more: Span or None, by mouse or not."""
    span_clicked = Signal(str)
    """A click on an annotation, by id, or beside all ("").

    It is the innermost one; once more goes on to the one around it, and from the last back again.
    """
    boundary_dragged = Signal(str, object, object)
    """An end of an annotation was dragged: its id, a passage (Span) as it was and as it is now."""
    menu_asked = Signal(QPoint, object)
    """A menu is wanted at a point of the viewport: for the annotation of this id, beside all (""),

    or, with None, for what is selected or focused already.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snap = "words"
        self._pressed: QPoint | None = None
        self._by_mouse = False
        self._clicked: list[str] = []
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    def show_article(
        self, reading: Reading, annotations: Iterable[Annotation], source: object = None
    ) -> None:
        self._settled: Span | None = None
        self._pull: Pull | None = None
        super().show_article(reading, annotations, source)

    def patch(self, removed: Iterable[str], added: Iterable[Annotation]) -> None:
        removed = list(removed)
        if self._pull is not None and self._pull.before.id in removed:
            self._pull = None  # somebody else has changed what is being dragged
        super().patch(removed, added)

    # What is asked

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
        hit, focused = self._clicked, self._lights.focused or self._lights.ghost
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

    def select_up_to(self, span: Span) -> None:
        """Select what lies between the selection's fixed end, or the caret, and a span, with it."""
        cursor, reading = self.textCursor(), self._reading
        start, end = reading.span_to_widget(span)
        anchor = cursor.anchor()
        cursor.setPosition(anchor)
        cursor.setPosition(end if start >= anchor else start, QTextCursor.MoveMode.KeepAnchor)
        self._by_mouse = False
        self.setTextCursor(cursor)
        self._settled = self.selected_span()

    def put_caret(self, position: int) -> None:
        """Put the caret before a position, with nothing selected. Doesn't settle anything."""
        cursor = self.textCursor()
        cursor.setPosition(self._reading.to_widget(position))
        self._by_mouse, self._settled = False, None
        self.setTextCursor(cursor)

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

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and self._take_grip(event.position()):
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._by_mouse = True
            if plain and self.textCursor().hasSelection():
                cursor = self.textCursor()  # or Qt would begin to drag the selected text away
                cursor.clearSelection()
                self.setTextCursor(cursor)
        super().mousePressEvent(self._onto_letters(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pull is not None:
            self._drag(event)
            return
        held = not event.buttons() and self._grip_at(event.position())
        shape = Qt.CursorShape.SizeHorCursor if held else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(self._onto_letters(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pull is not None:
            self._let_go(self._pull)
            return
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_asked.emit(self.cursorRect().bottomLeft(), None)
            return
        point = event.pos()
        units, cursor = self.cursorForPosition(point).position(), self.textCursor()
        selected = cursor.selectionStart() <= units <= cursor.selectionEnd()
        meant = None if cursor.hasSelection() and selected else self.annotation_at(point) or ""
        self.menu_asked.emit(point, meant)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drop_grip():
            return
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

    # Grips

    @property
    def pulling(self) -> bool:
        """Whether an end is being dragged."""
        return self._pull is not None

    def drop_grip(self) -> bool:
        """Put an end that is being dragged back where it was; whether there was any."""
        pull, self._pull = self._pull, None
        if pull is not None:
            super().patch((), (pull.before,))
        return pull is not None

    def _grip_at(self, point: QPointF) -> Grip | None:
        """The grip at a point of the viewport."""
        for block, top in self._visible() if self._marks.held else ():
            marked = self._marks.of(block, self._roomy, self._reading)
            found = grip_at(marked, QPointF(point.x(), point.y() - top)) if marked else None
            if found is not None:
                return found
        return None

    def _take_grip(self, point: QPointF) -> bool:
        """Whether there is a grip at a point, and is held now."""
        grip = self._grip_at(point)
        focused = self._index.get(self._lights.focused) if self._lights.focused else None
        if grip is not None and focused is not None:
            self._pull = Pull(focused, grip.passage, grip.at_end)
        return self._pull is not None

    def _drag(self, event: QMouseEvent) -> None:
        """Show the annotation with its end at the mouse; Alt moves it by characters."""
        pull = self._pull
        if pull is not None:
            span = self._pulled(pull, event)
            super().patch((), (pull.after(span),))
            self._show(self._reading.to_widget(span.end if pull.at_end else span.start), 1.0)

    def _pulled(self, pull: Pull, event: QMouseEvent) -> Span:
        moved = self._onto_letters(event).position().toPoint()
        units = self.cursorForPosition(moved).position()
        words = self.snap == "words" and not event.modifiers() & Qt.KeyboardModifier.AltModifier
        position = self._reading.to_source(units, end=pull.at_end)
        return pull.moved(self._reading.text, position, whole_words=words)

    def _let_go(self, pull: Pull) -> None:
        """Tell where the end went; until somebody answers it is where it was."""
        shown = self._index.get(pull.before.id)
        self.drop_grip()
        new = shown.spans[pull.passage] if shown else pull.old
        if new != pull.old:
            self.boundary_dragged.emit(pull.before.id, pull.old, new)

    # Places

    def _selection(self) -> Span | None:
        return raw_span(self._reading, self.textCursor())

    def _length(self, annotation: str) -> int:
        ghosts = self._leaf.ghosts if self._leaf is not None else None
        found = self._index.get(annotation) or (ghosts.get(annotation) if ghosts else None)
        return len(found.envelope) if found else 0

    def _on_caret_moved(self) -> None:
        # WORKAROUND: with lines moved apart Qt scrolls too little on Shift+Down at the page's foot
        if self._pressed is None and self.isVisible():
            self._show(self.textCursor().position(), 1.0)
