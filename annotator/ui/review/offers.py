"""Offers below the article: one sentence, one button that Enter presses, and a way past it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done at once; `name` is what it is refused by.

    Where it can be noted that it is never to be, `never` is what the button says that
    `rule_out` notes it by.
    """

    name: str
    sentence: str
    verb: str
    run: Callable[[], object]
    never: str = ""
    rule_out: Callable[[], object] | None = None


class OfferStrip(QFrame):
    """Shows one offer, the first of those that weren't refused."""

    left = Signal()
    """The keyboard goes back to the text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.setAccessibleName("Offer")
        self.words = plain_label(name="strong", wrap=True)
        self.take = QPushButton(self)
        self.take.setObjectName("primary")
        self.refuse = QPushButton("Not now (Esc)", self)
        self.never = QPushButton(self)
        self.never.clicked.connect(self._on_never)
        self.take.clicked.connect(self._on_taken)
        self.refuse.clicked.connect(self._on_refused)
        self._offer: Offer | None = None
        self._refused: set[str] = set()
        row = QHBoxLayout(self)
        large, small = theme.px("pad", "large"), theme.px("pad", "small")
        row.setContentsMargins(large, small, large, small)
        row.setSpacing(small)
        row.addWidget(self.words, 1)
        row.addWidget(self.refuse)
        row.addWidget(self.never)
        row.addWidget(self.take)
        for each in (self.take, self.refuse, self.never):
            each.setAutoDefault(True)
            each.installEventFilter(self)
        self.hide()

    def forget_refusals(self) -> None:
        """Offer again what was refused: there is other work now."""
        self._refused.clear()

    def show_offers(self, offers: list[Offer], *, focus: bool = False) -> None:
        """Show the first of some offers, if there is one; with `focus` it takes the keyboard."""
        open_ = [each for each in offers if each.name not in self._refused]
        self._offer = open_[0] if open_ else None
        had = self.isAncestorOf(self.focusWidget() or self.window()) and self.take.hasFocus()
        self.setVisible(self._offer is not None)
        if self._offer is not None:
            self.words.setText(self._offer.sentence)
            self.never.setText(self._offer.never)
            self.never.setVisible(bool(self._offer.never))
            self.take.setText(f"{self._offer.verb} (Enter)")
            self.take.setAccessibleName(f"{self._offer.sentence} {self._offer.verb}")
            if focus:
                self.take.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had:
            self.left.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escaped and event.type() == QEvent.Type.KeyPress:
            self._on_refused()
            return True
        return False

    def _on_taken(self) -> None:
        if self._offer is not None:
            self.left.emit()
            self._offer.run()

    def _on_never(self) -> None:
        if self._offer is not None and self._offer.rule_out is not None:
            self.left.emit()
            self._offer.rule_out()

    def _on_refused(self) -> None:
        if self._offer is not None:
            self._refused.add(self._offer.name)
        self.hide()
        self.left.emit()
