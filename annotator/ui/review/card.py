"""The card of one conflict: its versions, what can be done with them, and why it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.tagset import Tagset
from annotator.ui.panels.parts import InkHeading, KeyButton, laid_out_once, plain_label
from annotator.ui.review.differences import Told
from annotator.ui.review.look import pattern
from annotator.ui.review.remarks import Remarks
from annotator.ui.review.version_card import VersionCard
from annotator.ui.theme import Theme

VERBS: tuple[tuple[str, str, str, str], ...] = (
    ("union", "Union", "U", "Take all words that any version has"),
    ("intersection", "Intersection", "I", "Take the words that all versions have"),
    ("both_spans", "Both spans", "B", "Let the spans of all versions stand"),
    ("both_readings", "Both readings", "L", "Keep all versions as legitimate readings"),
    ("mix", "Mix…", "M", "Take the extent from one version, label and attributes from another"),
    ("edit", "Edit…", "E", "Change the previewed version, then take it"),
    ("none", "None", "X", "Reject all versions, which is kept on record"),
    ("later", "Later", "Space", "Put it off; take a decision back"),
)
"""What can be done beside taking a version: a name, a title, a key, and what it does."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card says of a place; `who` says of each version who gave it, "" for nothing.

    `refused` says by name why verbs can't be done now, in a sentence; all others can.
    """

    heading: str
    notice: str = ""
    told: Sequence[Told] = ()
    who: Sequence[str] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


class ReviewCard(QFrame):
    """The panel at the right while a conflict is decided."""

    previewed = Signal(int)
    taken = Signal(int)
    asked = Signal(str)
    """One of VERBS is wanted, by its name."""
    stepped = Signal(int)
    """The conflict before (-1) or the next one that is pending (1) is wanted."""
    left = Signal()
    """The keyboard goes back to the text."""

    def __init__(self, remarks: Remarks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Conflict")
        self._theme = theme
        self.heading = InkHeading(theme)
        self.notice = plain_label(name="notice", wrap=True)
        self.cards: list[VersionCard] = []
        self.buttons: dict[str, KeyButton] = {}
        self.remarks = remarks
        self.extra = QVBoxLayout()
        """Below the rest; what is taken without asking has its place there."""
        self.area = QScrollArea(self)
        self._body = QWidget()
        self._versions = QVBoxLayout()
        self._verbs = QGridLayout()
        self.previous = KeyButton("Previous", "Alt ↑", theme)
        self.next = KeyButton("Next open", "", theme, name="primary")
        self._foot = QFrame(self)
        self._foot_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        self._build()

    def show_place(self, shown: Shown, tagset: Tagset) -> None:
        """Show a place, or that there is none."""
        with laid_out_once(self._body):
            self.heading.setText(shown.heading)
            self.heading.setAccessibleName(shown.heading)
            self.notice.setText(shown.notice)
            self.notice.setVisible(bool(shown.notice))
            while len(self.cards) < len(shown.told):
                self._add_card()
            for number, card in enumerate(self.cards):
                card.setVisible(number < len(shown.told))
                if number < len(shown.told):
                    told = shown.told[number]
                    card.show_version(
                        told,
                        ink=self._ink(told.label, tagset),
                        pattern=pattern(number),
                        by=shown.who[number],
                    )
            for name, _, key, does in VERBS:
                why = shown.refused.get(name, "")
                self.buttons[name].setVisible(bool(shown.told))
                self.buttons[name].setEnabled(not why)
                self.buttons[name].setToolTip(why or f"{does} ({key})")
                self.buttons[name].setAccessibleDescription(why or does)
            self.remarks.setVisible(bool(shown.told))
        self.area.verticalScrollBar().setValue(0)

    def show_preview(self, previewed: int | None) -> None:
        """Mark the version that the text shows."""
        for number, card in enumerate(self.cards):
            card.set_previewed(previewed=number == previewed)
            if number == previewed and not card.isHidden():
                self.area.ensureWidgetVisible(card)

    def take_focus(self) -> None:
        """Put the keyboard on the first version."""
        cards = [each for each in self.cards if not each.isHidden()]
        (cards[0] if cards else self.next).setFocus(Qt.FocusReason.TabFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self._theme = theme
        self.heading.set_look(theme, theme.text_dim)
        for button in (*self.buttons.values(), self.previous, self.next):
            button.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 3 * self._theme.px("pad", "medium")
        buttons = (self.previous, self.next)
        roomy = sum(each.wide_hint(with_key=True) for each in buttons) <= room
        for each in buttons:
            each.show_key(shown=roomy)
        self._arrange_verbs()

    def _ink(self, label: str, tagset: Tagset) -> QColor:
        known = tagset.label(label)
        return self._theme.label_ink(known.color) if known else self._theme.text

    def _add_card(self) -> None:
        card = VersionCard(len(self.cards), self._theme, self)
        card.previewed.connect(self.previewed)
        card.taken.connect(self.taken)
        self.cards.append(card)
        self._versions.addWidget(card)

    def _arrange_verbs(self) -> None:
        """As many buttons in a row as there is room for; in two rows keys give way to words."""
        theme, buttons = self._theme, self.buttons.values()
        bar = self.area.verticalScrollBar().sizeHint().width()  # which may come and go
        room = self.width() - 2 * theme.px("pad", "large") - bar
        gap = self._verbs.spacing()
        roomy, tight = (
            max(each.wide_hint(with_key=key) for each in buttons) for key in (True, False)
        )
        columns = next((each for each in (3, 2) if each * (roomy + gap) - gap <= room), 0)
        bare = not columns and 2 * tight + gap <= room
        columns = columns or (2 if bare else 1)
        for number, button in enumerate(buttons):
            button.show_key(shown=not bare)
            self._verbs.addWidget(button, number // columns, number % columns)

    def _build(self) -> None:
        theme = self._theme
        large, medium, small = (theme.px("pad", each) for each in ("large", "medium", "small"))
        self._versions.setSpacing(small)
        self._verbs.setSpacing(small)
        for name, title, key, _ in VERBS:
            button = self.buttons[name] = KeyButton(title, key, theme, name="verb")
            button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
        self._arrange_verbs()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(large, large, large, large)
        column.setSpacing(medium)
        column.addWidget(self.heading)
        column.addWidget(self.notice)
        column.addLayout(self._versions)
        column.addLayout(self._verbs)
        column.addWidget(self.remarks)
        column.addLayout(self.extra)
        column.addStretch(1)
        self.area.setWidget(self._body)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remarks.wanted.connect(self.area.ensureWidgetVisible)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self._foot.setObjectName("foot")
        self._foot_row.setContentsMargins(medium, medium, medium, medium)
        self._foot_row.setSpacing(small)
        self._foot_row.addWidget(self.previous)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.next)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.area, 1)
        rows.addWidget(self._foot)
        self.setMinimumWidth(theme.px("layout", "inspector_width_min"))
