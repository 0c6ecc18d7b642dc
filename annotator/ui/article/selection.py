"""From the widget's cursor, in UTF-16 units, to a span of the text, in code points, and back."""

from PySide6.QtGui import QTextCursor

from annotator.core.reading import Reading
from annotator.core.span import Span
from annotator.core.words import grapheme_bounds, snap_to_words, trimmed, word_at


def raw_span(reading: Reading, cursor: QTextCursor) -> Span | None:
    """What is selected, to the code point."""
    if not cursor.hasSelection():
        return None
    return reading.span_from_widget(cursor.selectionStart(), cursor.selectionEnd())


def settled_span(reading: Reading, cursor: QTextCursor, *, whole_words: bool) -> Span | None:
    """What is selected, without white space at its ends, grown to whole graphemes or words."""
    span = raw_span(reading, cursor)
    inner = trimmed(reading.text, span) if span else None
    if inner is None:
        return None
    snap = snap_to_words if whole_words else grapheme_bounds
    return trimmed(reading.text, snap(reading.text, inner))


def put(reading: Reading, cursor: QTextCursor, span: Span) -> None:
    """Let the cursor select a span; its end that moves is the one that did before."""
    start, end = reading.span_to_widget(span)
    if cursor.position() < cursor.anchor():
        start, end = end, start
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)


def turned(cursor: QTextCursor) -> QTextCursor:
    """The cursor with the same selection, of which keys now move the other end."""
    anchor = cursor.anchor()
    cursor.setPosition(cursor.position())
    cursor.setPosition(anchor, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def word_near(reading: Reading, units: int) -> Span | None:
    """The word at a position of the widget, or the one that ends there."""
    position = reading.to_source(units)
    before = max(0, reading.to_source(units, end=True) - 1)
    return word_at(reading.text, position) or word_at(reading.text, before)
