"""Tells a screen reader of the focused span, which is only painted and so isn't in the text."""

from collections.abc import Callable

from PySide6 import QtGui
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from annotator.core.describe import quoted
from annotator.core.model import Annotation
from annotator.ui.article.rows import SEPARATOR
from annotator.ui.article.view import ArticleView
from annotator.ui.hub import Hub

_QUOTE = 200
"""Code points of a span's words that are read out."""


class Announcer(QObject):
    """Keeps the description of the view, and speaks where somebody listens.

    `caption` gives what stands above a span: its label and what is most worth knowing of it.
    """

    def __init__(self, hub: Hub, view: ArticleView, caption: Callable[[Annotation], str]) -> None:
        super().__init__(view)
        self._hub = hub
        self._view = view
        self._caption = caption
        self._usual = view.accessibleDescription()
        hub.focus_moved.connect(self._on_focus_moved)

    def sentence(self, annotation: Annotation) -> str:
        """What is said of a span: label, words, what it says, and which of how many it is."""
        hub = self._hub
        text = hub.document.text if hub.document else ""
        about = self._caption(annotation).partition(SEPARATOR)[2]
        number, count = self._view.place_of(annotation.id)
        parts = [
            hub.tagset.label_title(annotation.label),
            quoted(annotation.quote(text), _QUOTE),
            about,
            f"{number:,} of {count:,}",
        ]
        return ", ".join(each for each in parts if each)

    def _on_focus_moved(self) -> None:
        if not QAccessible.isActive():
            return  # nobody listens
        focused = self._hub.focused
        self._tell(self.sentence(focused) if focused is not None else "")

    def say(self, words: str) -> None:
        """Tell of something else in the text that is looked at now."""
        if QAccessible.isActive():
            self._tell(words)

    def _tell(self, words: str) -> None:
        self._view.setAccessibleDescription(f"{words}. {self._usual}" if words else self._usual)
        # Qt has announcements from 6.8 on; before, the description alone tells.
        event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
        if words and event is not None:
            QAccessible.updateAccessibility(event(self._view, words))
