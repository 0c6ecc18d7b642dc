"""The strip below the article that lists places with the same words, to be ticked off."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from annotator.ui.gestures.alike_rows import AlikeDelegate, AlikeRows, Row
from annotator.ui.keys.press import press
from annotator.ui.panels.parts import Check, ElidedLabel
from annotator.ui.theme import Theme

_MOST_ROWS = 7
"""Rows that are seen at once."""


class AlikeStrip(QFrame):
    """A heading, what counts, the list, and two buttons; the list has the keyboard."""

    edited = Signal()
    """Case or accents count now, or no more."""
    moved = Signal(int)
    """Another row is the current one."""
    applied = Signal()
    """The ticked ones are to be tagged."""
    left = Signal()
    """The person is through with it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alike")
        self.setAccessibleName("All alike")
        self.heading = ElidedLabel(parent=self)
        self.case = Check("Case (C)", self)
        self.accents = Check("Diacritics (D)", self)
        self.list = QListView(self)
        self.model = AlikeRows(self)
        self.apply_ = QPushButton(self)
        self.leave = QPushButton("Close (Esc)", self)
        self.verb = "Tag"
        """What is done to the ticked ones."""
        self._delegate = AlikeDelegate(theme, self)
        self._top = QHBoxLayout()
        self._bottom = QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._build()
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        pad, small = theme.px("pad", "large"), theme.px("pad", "small")
        self._rows.setContentsMargins(pad, small, pad, small)
        for layout in (self._rows, self._top, self._bottom):
            layout.setSpacing(small)
        font = theme.font("sans", theme.px("size", "ui"))
        for each in (self.case, self.accents, self.apply_, self.leave):
            each.setFont(font)
        self.heading.setFont(theme.font("sans", theme.px("size", "ui"), strong=True))
        self._delegate.set_theme(theme)
        self._fit()

    def open(self, heading: str, rows: Sequence[Row]) -> None:
        """Show rows under a heading; the list takes the keyboard."""
        self.heading.setText(heading)
        self.list.setAccessibleName(heading)
        self.model.show(rows)
        self._fit()
        self.show()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.setCurrentIndex(self.model.index(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if press(event).name in ("Esc", "Enter"):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(press(event).name, on_button=isinstance(watched, QPushButton))
        return False

    def _take(self, name: str, *, on_button: bool) -> bool:
        """Whether a key was one of the strip's."""
        match name:
            case "Esc":
                self.left.emit()
            case "Enter" if not on_button:
                self.apply_.click()
            case "C":
                self.case.toggle()
            case "D":
                self.accents.toggle()
            case "A":
                self.model.tick_all()
            case _:
                return False
        return True

    def _build(self) -> None:
        self.list.setObjectName("places")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleDescription(
            "Up and Down go through the places, Space ticks, A ticks all or none, Enter tags."
        )
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.case.setToolTip("Capital and small letters must be the same")
        self.accents.setToolTip("Accents and vowel points must be the same")
        self.apply_.setObjectName("primary")
        self.apply_.clicked.connect(self.applied)
        self.leave.clicked.connect(self.left)
        self.model.ticked_changed.connect(self._on_ticked_changed)
        for check in (self.case, self.accents):
            check.toggled.connect(self.edited)
        self._top.addWidget(self.heading, 1)
        self._top.addWidget(self.case)
        self._top.addWidget(self.accents)
        self._bottom.addStretch(1)
        self._bottom.addWidget(self.leave)
        self._bottom.addWidget(self.apply_)
        self._rows.addLayout(self._top)
        self._rows.addWidget(self.list)
        self._rows.addLayout(self._bottom)
        for each in (self.list, self.case, self.accents, self.apply_, self.leave):
            each.installEventFilter(self)

    def _fit(self) -> None:
        """As many rows as there are, up to some."""
        rows = max(1, min(_MOST_ROWS, len(self.model.rows)))
        self.list.setFixedHeight(rows * self._delegate.height + 2)

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(current.row())

    def _on_ticked_changed(self) -> None:
        number, total = self.model.numbers()
        self.apply_.setText(f"{self.verb} {number:,} of {total:,} (Enter)")
        self.apply_.setEnabled(number > 0)
        self.apply_.setAccessibleName(f"{self.verb} the {number} ticked")
