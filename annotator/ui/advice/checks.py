"""Looking an article through: bit by bit, on demand or before it is done, and what comes of it."""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation
from annotator.ui.advice.strip import AdviceStrip
from annotator.ui.gestures.desk import Desk
from annotator.ui.hub import Hub

if TYPE_CHECKING:
    from annotator.suggest.advice import Advice

_AT_ONCE = 0.05
"""Seconds of looking before anything else may happen; enough for any usual article."""
_SLICE = 0.006
"""Seconds of looking between two events, after that."""
_MOST = 1_000
"""Pieces of advice that are listed at once."""
_REST = 250
"""Milliseconds without an edit after which what is listed is looked at anew."""


class Checks(QObject):
    """Looks the hub's article through, lists what it finds in a strip, and goes to the places.

    Advice is waved away for good: it is noted in the layer, so that undo, a restart and a hand-off
    keep it with the work. Advice that "done" has asked about doesn't stand in its way again.
    """

    def __init__(self, hub: Hub, desk: Desk, strip: AdviceStrip) -> None:
        super().__init__(strip)
        self._hub = hub
        self._desk = desk
        self.strip = strip
        self._asked: set[tuple[str, str]] = set()
        """Articles, each with the key of advice that "done" has asked about."""
        self._found: list[Advice] = []
        self._coming: Iterator[list[Advice]] | None = None
        self._then: Callable[[], object] = self._list
        self._later = QTimer(self)
        self._later.timeout.connect(self._on_later)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(lambda: self._look(self._relist))
        hub.changed.connect(self._on_changed)
        hub.document_opened.connect(self._on_document_opened)
        strip.shown.connect(self._on_shown)
        strip.chosen.connect(self._on_chosen)
        strip.waved.connect(self._on_waved)
        strip.left.connect(self._on_left)

    def look(self) -> None:
        """Look the article through, and list what is found."""
        self._look(self._list)

    def before_done(self, done: Callable[[], None]) -> None:
        """Do `done` if there is nothing to look at that it hasn't asked about; else list it.

        Asked again while it looks, or while the list is seen, it does `done` at once.
        """
        if self._coming is None and self.strip.isHidden():
            self._look(lambda: self._list_new(done))
        else:
            self._on_left()
            done()

    def _look(self, then: Callable[[], object]) -> None:
        hub = self._hub
        self._stop()
        document = hub.document
        if document is None:
            return
        # The rules are loaded when they are first asked for, so that the window opens sooner.
        from annotator.suggest.advice import Article, steps  # noqa: PLC0415

        article = Article(
            document,
            tuple(hub.annotations.values()),
            tuple(hub.relations.values()),
            hub.tagset,
            hub.entities,
            self._desk.view.reading,
            partial(self._elsewhere, document.id),
        )
        self._coming, self._then = steps(article), then
        if not self._work(perf_counter() + _AT_ONCE):
            hub.said.emit("Looking the article through …")
            self._later.start()

    def _elsewhere(self, document: str, words: str) -> list[Annotation]:
        """How the person tagged the same words in other articles; none if that can't be read."""
        project = self._hub.project
        try:
            return list(project.read.tagged_alike(project.who, words, but=document))
        except UserError:  # somebody else tells; advice stands in nobody's way
            return []

    def _work(self, until: float) -> bool:
        """Look until the time is up; whether all is looked through, and what follows is done."""
        while self._coming is not None and perf_counter() < until:
            found = next(self._coming, None)
            if found is None:
                then = self._then
                self._stop(keep=True)
                then()
            else:
                self._found += found
        return self._coming is None

    def _stop(self, *, keep: bool = False) -> None:
        self._coming = None
        self._later.stop()
        self._rest.stop()
        if not keep:
            self._found = []

    def _wanted(self) -> "list[Advice]":
        """What was found and isn't waved away, in reading order, the first of very many."""
        from annotator.suggest.advice import in_reading_order  # noqa: PLC0415  (loaded when it is used)

        waved = verbs.waved_away(self._hub.layer) if self._hub.layer else set()
        wanted = (each for each in self._found if not waved or each.key not in waved)
        return in_reading_order(wanted)[:_MOST]

    def _list(self) -> None:
        """List what is wanted, and give the keyboard to the list."""
        if self._relist():
            self.strip.take_focus()
        else:
            self._hub.said.emit("Looked through: there is nothing to look at.")

    def _relist(self) -> bool:
        """List what is wanted; whether there is anything."""
        wanted, document = self._wanted(), self._hub.document
        if not wanted or document is None:
            self._hide()
            return False
        self.strip.show_advice(wanted, document.text)
        return True

    def _list_new(self, done: Callable[[], None]) -> None:
        document = self._hub.document
        open_ = {(document.id if document else "", each.key) for each in self._wanted()}
        if open_ <= self._asked:
            done()
        else:
            self._asked |= open_
            self._list()
            self._hub.said.emit("Something to look at first? Ctrl+Enter again is done anyway.")

    def _hide(self) -> None:
        """Hide the strip; the keyboard goes back to the text."""
        inside = self.strip.isAncestorOf(self.strip.window().focusWidget() or self.strip)
        self.strip.hide()
        if inside:
            self._desk.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_later(self) -> None:
        self._work(perf_counter() + _SLICE)

    def _on_changed(self, _edit: Edit) -> None:
        """Look anew where something is listed; what is under way has become wrong."""
        if self._coming is not None:
            self._look(self._then)
        elif not self.strip.isHidden():
            self._rest.start()

    def _on_document_opened(self) -> None:
        self._stop()
        self._hide()

    def _on_shown(self, advice: "Advice") -> None:
        """Let the place be seen; the keyboard stays in the list."""
        if advice.annotation in self._hub.annotations:
            self._desk.go_to(advice.annotation)
        else:
            self._hub.focus(None)
            self._desk.view.select(advice.span)
            self._desk.view.swap_ends()
        self._desk.view.show_position(advice.span.start)

    def _on_chosen(self, advice: "Advice") -> None:
        self._on_shown(advice)
        self._desk.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_waved(self, advice: "Advice") -> None:
        layer, reason = self._hub.layer, self._hub.project.read_only
        if reason:
            self._hub.said.emit(f"Nothing can be changed here: {reason}.")
        elif layer is not None:
            fresh = self._hub.project.is_fresh(layer)
            if self._hub.apply(verbs.wave_away(layer, advice.key, fresh=fresh)):
                self._rest.stop()
                if self._relist():
                    self.strip.take_focus()

    def _on_left(self) -> None:
        self._stop()
        self._hide()
