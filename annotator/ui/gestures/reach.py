"""The keys that select: clause, sentence and paragraph around the caret, and up to clause marks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from annotator.core.clauses import bare, end_after, end_before, steps
from annotator.core.span import Span
from annotator.core.words import next_word, word_at

if TYPE_CHECKING:
    from annotator.ui.article.view import ArticleView

_Place = tuple[int, int]
"""Anchor and position of the widget's cursor, in UTF-16 units."""


class Reach:
    """Grows and shrinks the selection of a view; what there is to say goes to `say`.

    Clauses are those of the shown text, in which the lines that a scraper cut are joined.
    """

    def __init__(self, view: "ArticleView", say: Callable[[str], object]) -> None:
        self._view = view
        self._say = say
        self._trail: list[_Place] = []
        self._last: _Place | None = None

    def grow(self) -> None:
        """Select the clause around the caret, then what is around that, up to the paragraph."""
        before = self._place()
        start, end = self._shown(min(before)), self._shown(max(before))
        for step in steps(self._view.reading.shown, start):
            behind = start == end  # the caret may stand behind a clause, even behind its stop
            if step.start <= start and (behind or end <= step.end) and len(step) > end - start:
                self._select(step)
                if before != self._last:
                    self._trail.clear()
                self._trail.append(before)
                self._last = self._place()
                return
        self._say("The paragraph is selected." if end > start else "There are no words here.")

    def shrink(self) -> None:
        """Take the last step back; the caret stands where it was."""
        if not self._trail or self._place() != self._last:
            self._say("S has selected nothing here that Shift+S could take back.")
            return
        anchor, position = self._last = self._trail.pop()
        cursor = self._view.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)

    def extend(self) -> None:
        """Move the selection's end to where the next clause ends; it begins with a word."""
        span = self._selection()
        text = self._view.reading.shown
        if span is None:
            caret = self._shown(self._view.textCursor().position())
            word = word_at(text, caret) or next_word(text, caret)
            start, end = (word.start, word.start) if word else (0, None)
        else:
            start, end = span.start, span.end
        goal = end_after(text, end) if end is not None else None
        while goal is not None:
            piece = bare(text, start, goal)
            if piece and piece.end > (end or 0):
                self._select(Span(start, piece.end))
                return
            goal = end_after(text, goal)
        self._say("The paragraph ends here.")

    def withdraw(self) -> None:
        """Move the selection's end back to where the clause before ended."""
        span = self._selection()
        goal = end_before(self._view.reading.shown, span.end) if span else None
        piece = bare(self._view.reading.shown, span.start, goal) if span and goal else None
        if span is None or piece is None:
            self._say("No clause ends before this within the selection.")
        else:
            self._select(Span(span.start, piece.end))

    def _place(self) -> _Place:
        cursor = self._view.textCursor()
        return cursor.anchor(), cursor.position()

    def _selection(self) -> Span | None:
        """What is selected, in code points of the shown text."""
        start, end = sorted(self._place())
        return Span(self._shown(start), self._shown(end)) if start < end else None

    def _shown(self, units: int) -> int:
        return self._view.reading.units.to_code_point(units)

    def _select(self, shown: Span) -> None:
        """Select a span of the shown text; keys with Shift then move its end."""
        self._say("")  # what was said was about what was before
        reading = self._view.reading
        to_utf16 = reading.units.to_utf16
        span = reading.span_from_widget(to_utf16(shown.start), to_utf16(shown.end))
        self._view.select(None)  # or a selection made backwards would stay so
        self._view.select(span)
