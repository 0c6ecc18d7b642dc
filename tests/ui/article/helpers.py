"""Points, drags and annotations for the tests of the article."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.ui.article.marks import Grip, Marked
from annotator.ui.article.view import ArticleView

LEFT = Qt.MouseButton.LeftButton


def span_of(text: str, words: str) -> Span:
    """Where some words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


def mark(text: str, *words: str, name: str = "a", label: str = "claim") -> Annotation:
    """An annotation of some words, a passage for each."""
    return Annotation(name, "l", tuple(span_of(text, each) for each in words), label)


def point_of(view: ArticleView, position: int) -> QPoint:
    """The middle of the letter at a position of the text, in the viewport."""
    cursor = view.textCursor()
    cursor.setPosition(view._reading.to_widget(position))
    left = view.cursorRect(cursor)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    right = view.cursorRect(cursor)
    return QPoint((left.left() + right.left()) // 2, left.center().y())


def marked(view: ArticleView, number: int = 0) -> Marked:
    """What a block shows beside its annotations."""
    block = view.document().findBlockByNumber(number)
    view._roomy.height(block)
    found = view._marks.of(block, view._roomy, view._reading)
    return found or Marked()


def grips(view: ArticleView) -> list[tuple[Grip, QPoint]]:
    """The grips in view, each with its middle in the viewport."""
    found = []
    for block, top in view._visible():
        shown = view._marks.of(block, view._roomy, view._reading)
        for each in shown.grips if shown else ():
            y = round(top + (each.top + each.bottom) / 2)
            found.append((each, QPoint(round(each.x), y)))
    return found


def pull(
    view: ArticleView,
    start: QPoint,
    end: QPoint,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press at a point and drag to another, without letting go."""
    QTest.mousePress(view.viewport(), LEFT, held, start)
    for point in ((start + end) / 2, end):
        move(view, point, held)


def move(view: ArticleView, point: QPoint, held: Qt.KeyboardModifier) -> None:
    """Move the pressed mouse."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    place = QPointF(point)
    at = QPointF(view.viewport().mapToGlobal(point))
    view.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, place, at, LEFT, LEFT, held))
