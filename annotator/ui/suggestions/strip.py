"""The strip below the article that tells of the focused suggestion, and of its keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from annotator.ui.gestures.suggestions import Suggestions
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import ElidedLabel, KeyButton
from annotator.ui.panels.signs import LabelSign
from annotator.ui.suggestions.words import details, heading, waiting
from annotator.ui.theme import Theme

ASK = "W goes to the next one, Shift+W to the one before."


class SuggestionStrip(QFrame):
    """It is there while suggestions wait, in the same height, so that the text never jumps."""

    def __init__(
        self, hub: Hub, suggestions: Suggestions, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("alike")
        self.setAccessibleName("Suggestion")
        self._hub = hub
        self._suggestions = suggestions
        self.sign = LabelSign(theme, self)
        self.heading = ElidedLabel(parent=self)
        self.details = ElidedLabel("dim", self)
        self.next = KeyButton("Next", "W", theme, parent=self)
        self.reject = KeyButton("Reject", "X", theme, parent=self)
        self.alike = KeyButton("All of its kind", "⇧ Y", theme, parent=self)
        self.take = KeyButton("Take", "Y", theme, name="primary", parent=self)
        self._rows = QVBoxLayout(self)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.set_theme(theme)
        suggestions.moved.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        """All that it tells of the focused suggestion, "" where none is."""
        found, hub = self._suggestions.focused, self._hub
        if found is None or hub.document is None:
            return ""
        parts = (self.heading.text(), found.quote(hub.document.text), self.details.text())
        return ", ".join(each for each in parts if each)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        pad, small = theme.px("pad", "large"), theme.px("pad", "small")
        self._rows.setContentsMargins(pad, small, pad, small)
        for layout in (self._rows, self._top, self._bottom):
            layout.setSpacing(small)
        self.heading.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
        for button in self.buttons:
            button.set_theme(theme)
        self._show()

    @property
    def buttons(self) -> tuple[KeyButton, ...]:
        """In the order of Tab."""
        return (self.next, self.reject, self.alike, self.take)

    def _build(self) -> None:
        self._top.addWidget(self.sign)
        self._top.addWidget(self.heading)
        self._top.addWidget(self.details, 1)
        self._bottom.addStretch(1)
        for button in self.buttons:
            self._bottom.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rows.addLayout(self._top)
        self._rows.addLayout(self._bottom)
        self.next.clicked.connect(self._suggestions.step)
        self.reject.clicked.connect(self._suggestions.reject)
        self.alike.clicked.connect(self._suggestions.take_alike)
        self.take.clicked.connect(self._suggestions.take)

    def _show(self) -> None:
        suggestions, hub = self._suggestions, self._hub
        self.setVisible(suggestions.possible)
        if not suggestions.possible or hub.document is None:
            return
        found = suggestions.focused
        for button in (self.reject, self.alike, self.take):
            button.setEnabled(found is not None)
        kind = len(suggestions.kind)
        self.alike.set_words(f"All {kind:,} of its kind" if kind > 1 else "All of its kind")
        self.sign.setVisible(found is not None)
        if found is None:
            self.heading.setText(waiting(len(suggestions.pending)))
            self.details.setText(ASK)
            return
        self.sign.set_label(hub.tagset.label(found.label), self._theme)
        self.heading.setText(heading(found, suggestions.place(), hub.tagset))
        self.details.setText(
            details(
                *(found, suggestions.links_of(found), suggestions.all),
                tagset=hub.tagset,
                entities=hub.entities,
                text=hub.document.text,
            )
        )
        self.details.setToolTip(self.details.text())
