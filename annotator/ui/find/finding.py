"""Finding words in the open article: as they are typed, and those the list was searched for."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.core.find import occurrences
from annotator.core.query import Query, hits
from annotator.core.span import Span
from annotator.core.words import grapheme_at
from annotator.ui.article.view import ArticleView
from annotator.ui.find.bar import FindBar

Find = Callable[[str], list[Span]]
"""What finds all places in a text."""

_PART = 8_000
"""Code points searched at once."""
_BEHIND = 1_000
"""Code points that a place may reach into the next part."""
_SLICE = 0.006
"""Seconds of work between two events."""


def parts_of(text: str) -> Iterator[Span]:
    """A text in parts that begin behind white space, else between graphemes."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _PART)
        if end < len(text):
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1
            end = space if space > start else max(start + 1, grapheme_at(text, end)[0])
        yield Span(start, end)
        start = end


def found_in(text: str, part: Span, find: Find, after: int = 0) -> list[Span]:
    """The places that begin in a part of a text, and not before `after`."""
    start = max(part.start, after)
    if start >= part.end:
        return []
    behind = min(len(text), part.end + _BEHIND)
    shifted = (Span(start + at.start, start + at.end) for at in find(text[start:behind]))
    return [each for each in shifted if each.start < part.end]


class Finder(QObject):
    """Marks found places in a view, tells the bar of them, and goes from one to the next.

    What is in view is searched at once, the rest bit by bit between two events, so that typing
    never waits.
    """

    def __init__(self, view: ArticleView, bar: FindBar, text: Callable[[], str]) -> None:
        super().__init__(bar)
        self._view = view
        self._bar = bar
        self._text = text
        self._query = Query()
        self._find: Find | None = None
        self._hits: list[Span] = []
        self._current = -1
        self._anchor = 0
        self._scroll = True
        self._coming: Iterator[Span] | None = None
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)
        bar.hide()
        bar.edited.connect(self._on_edited)
        bar.stepped.connect(self.step)
        bar.left.connect(self.close)

    def open(self) -> None:
        """Show the bar; what is selected, if it is short, is what is sought."""
        selected = self._view.selected_span()
        words = selected.of(self._text()) if selected else ""
        self._anchor = selected.start if selected else self._view.caret()
        if words and "\n" not in words and len(words) < 100:
            self._bar.field.setText(words)
        self._bar.show()
        self._bar.take_focus()
        self._on_edited()

    def close(self, *, select: bool = True) -> None:
        """Hide the bar; the place found last is the selection, so that a label's key can follow."""
        found = self._hits[self._current] if select and self._current >= 0 else None
        self._bar.hide()
        self._seek(self._of_query(), scroll=False)
        if found is not None:
            self._view.select(found)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_hits(self, query: Query) -> None:
        """Mark what the articles were searched for, from now on, and show the first place."""
        self._query = query
        if self._bar.isHidden():
            self.follow()

    def follow(self) -> None:
        """Another article is open: seek there what was sought before."""
        self._anchor = 0
        self._seek(self._of_query() if self._bar.isHidden() else self._of_bar())

    def step(self, step: int) -> None:
        """Go on to the next place, or back; what was sought last, if nothing is."""
        if self._find is None:
            self._anchor = self._view.caret()
            self._seek(self._of_bar())
        if self._find is None:
            self.open()
            return
        self._finish()
        if self._hits:
            self._current = (self._ahead(step) if self._away() else self._current + step) % len(
                self._hits
            )
            self._show(scroll=True)
            if not self._bar.field.hasFocus():
                self._view.select(self._hits[self._current])

    def _away(self) -> bool:
        """Whether the caret, and with it the person, is elsewhere than at the current place."""
        if self._bar.field.hasFocus() or self._current < 0:
            return self._current < 0
        selected = self._view.selected_span()
        return selected != self._hits[self._current]

    def _ahead(self, step: int) -> int:
        """The number of the first place behind the caret, or of the last before it."""
        caret = self._view.caret()
        index = bisect_left(self._hits, caret, key=lambda span: span.start)
        return index if step > 0 else index - 1

    def _of_bar(self) -> Find | None:
        bar = self._bar
        if not bar.field.text().strip():
            return None
        return partial(
            occurrences,
            sought=bar.field.text(),
            case=bar.case.isChecked(),
            diacritics=bar.accents.isChecked(),
            whole_words=bar.words.isChecked(),
        )

    def _of_query(self) -> Find | None:
        return partial(hits, query=self._query) if self._query.words else None

    def _seek(self, find: Find | None, *, scroll: bool = True) -> None:
        """Seek anew: at once what is in view, the rest as time allows; scroll to the first one."""
        text, self._scroll = self._text(), scroll
        self._find, self._hits, self._current = find, [], -1
        self._coming = parts_of(text) if find else None
        seen = found_in(text, self._view.visible_span(), find) if find and text else []
        self._view.set_hits(seen)
        if find is None:
            self._later.stop()
            self._bar.show_count("")
        elif not self._work(perf_counter() + _SLICE):
            self._bar.show_count("…")
            self._later.start()

    def _work(self, until: float) -> bool:
        """Search parts until the time is up; whether all are searched."""
        text, find = self._text(), self._find
        while self._coming is not None and find is not None:
            part = next(self._coming, None)
            if part is None:
                self._coming = None
                self._settle()
                break
            self._hits += found_in(text, part, find, self._hits[-1].end if self._hits else 0)
            if perf_counter() > until:
                break
        return self._coming is None

    def _finish(self) -> None:
        """Search the rest now."""
        self._work(float("inf"))
        self._later.stop()

    def _settle(self) -> None:
        """All places are known: mark them, and show the first one from where the person was."""
        index = bisect_left(self._hits, self._anchor, key=lambda span: span.start)
        self._current = index % len(self._hits) if self._hits else -1
        self._show(scroll=self._scroll)

    def _show(self, *, scroll: bool) -> None:
        self._view.set_hits(self._hits, self._current)
        count = len(self._hits)
        self._bar.show_count(f"{self._current + 1:,} of {count:,}" if count else "not found")
        if scroll and count:
            self._view.show_position(self._hits[self._current].start)

    def _on_edited(self) -> None:
        if not self._bar.isHidden():
            self._seek(self._of_bar())

    def _on_later(self) -> None:
        if self._work(perf_counter() + _SLICE):
            self._later.stop()
