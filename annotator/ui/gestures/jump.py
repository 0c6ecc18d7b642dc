"""Jumping to a word in view by the letters on it, and on to another with Shift."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.span import Span
from annotator.core.words import words_in
from annotator.ui.gestures.links import hint_letters
from annotator.ui.gestures.modes import Collecting, Idle, JumpMode, Reopened

if TYPE_CHECKING:
    from annotator.ui.gestures.desk import Desk

_APART = 4
"""Characters between two letters on words that aren't parted by spaces."""
_BEHIND = 3
"""How much farther a word counts that stands before the caret: most go on reading."""


def targets(words: Iterable[Span], caret: int) -> list[Span]:
    """The words that can be jumped to, those nearest to the caret first.

    In scripts without spaces, where each character is a word, it is one in four.
    """
    kept: list[Span] = []
    end = -1
    for word in words:
        if word.start > end or word.start - kept[-1].start >= _APART:
            kept.append(word)
        end = word.end
    here = next((n for n, word in enumerate(kept) if word.end > caret), len(kept))
    ranked = sorted(enumerate(kept), key=lambda each: _distance(each[0] - here))
    return [word for _, word in ranked]


def _distance(steps: int) -> int:
    return steps if steps >= 0 else -_BEHIND * steps


class Jumping(QObject):
    """Puts letters on the words in view; the letters of one select it, with Shift up to it."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._moving = False
        desk.view.cursorPositionChanged.connect(self._on_moved)
        desk.view.selectionChanged.connect(self._on_moved)
        desk.view.verticalScrollBar().valueChanged.connect(self._on_moved)

    def start(self, *, reach: bool = False) -> None:
        """Show the letters; with `reach`, or where a span is re-opened, to select up to a word."""
        desk, view = self._desk, self._desk.view
        back = desk.lasting_mode
        if not isinstance(back, Reopened | Collecting):
            desk.leave()
            back = Idle()
        found = targets(words_in(view.reading.text, view.visible_span()), view.caret())
        hints = tuple(zip(hint_letters(len(found)), found, strict=False))
        if hints:
            reach = reach or isinstance(back, Reopened)
            desk.enter_mode(JumpMode(back, hints=hints, reach=reach))
        else:
            desk.hub.said.emit("There are no words here.")

    def letter(self, key: str, *, shift: bool) -> bool:
        """Whether a letter was one on a word; the last one selects the word, or up to it."""
        mode = self._desk.mode
        if not isinstance(mode, JumpMode):
            return False
        if mode.landed and not (shift or mode.typed):
            self._desk.enter_mode(mode.back)
            return False
        longer = replace(mode.with_letter(key), reach=mode.reach or shift)
        word = longer.chosen()
        if word is None:
            self._desk.enter_mode(longer)
        else:
            self._go(longer, word)
        return True

    def _go(self, mode: JumpMode, word: Span) -> None:
        view = self._desk.view
        self._moving = True
        if mode.reach:
            view.select_up_to(word)
        else:
            view.select(None)
            view.select(word)
        self._moving = False
        landed = replace(mode, typed="", landed=True)
        self._desk.enter_mode(mode.back if mode.reach else landed)

    def _on_moved(self) -> None:
        """The letters are out of place, or the person goes on in another way."""
        mode = self._desk.mode
        if isinstance(mode, JumpMode) and not self._moving:
            self._desk.enter_mode(mode.back)
