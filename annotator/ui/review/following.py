"""The review follows what changes in the project: decisions, merges, other rules, undo."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.edits import Edit
from annotator.review.places import after
from annotator.review.queue import heir
from annotator.review.values import Reviewed

if TYPE_CHECKING:
    from annotator.ui.review.perspective import Review

_GROUND = ("tagset", "entity", "setting")
"""Kinds of what all articles are compared by."""


class Following(QObject):
    """Keeps what the perspective shows, and its queue, as the project is; the place stays.

    What changes while the perspective isn't seen is looked at when it is again.
    """

    def __init__(self, review: "Review") -> None:
        super().__init__(review)
        self._review = review
        self._stale: set[str] = set()
        self._loaded = False
        review.hub.changed.connect(self._on_changed)
        review.hub.reread.connect(self._on_reread)

    def enter(self) -> None:
        """Look at what changed since the perspective was seen last."""
        review, stale = self._review, self._stale
        if not self._loaded:
            self._loaded = True
            review.queue.load()
        elif stale:
            review.queue.forget(stale)
        review.queue.go_on()
        if stale and review.reviewed is not None:
            review.open_article(review.document, review.place.key if review.place else "")
        self._stale = set()

    def _on_changed(self, edit: Edit) -> None:
        if not self._loaded:
            return
        review = self._review
        if any(each.kind in _GROUND for each in edit.changes):
            review.queue.forget_ground()
            self._look_again()
            return
        touched = review.queue.touched(edit)
        if review.reviewed is not None and review.document in touched:
            touched.discard(review.document)
            self._follow(after(review.reviewed, edit))
        if not review.isVisible():
            self._stale |= touched
        elif touched:
            review.queue.forget(touched)

    def _on_reread(self) -> None:
        if self._loaded:
            self._review.queue.load()
            self._review.asides.strip.forget_refusals()  # what came may have others
            self._look_again()

    def _look_again(self) -> None:
        """Read the article anew that is shown."""
        review = self._review
        if review.reviewed is not None:
            found = review.queue.read(review.document)
            if found is None:
                review.show_nothing()
            else:
                self._follow(found)

    def _follow(self, reviewed: Reviewed) -> None:
        """The article that is shown has changed: stay at the place where one is."""
        review = self._review
        review.queue.take(reviewed)
        before = review.place
        place = heir(before, reviewed) if before else None
        review.follow(reviewed, place)
        review.judge.follow(before)
        if not review.judge.acting and review.desk is None:
            review.show_all()
