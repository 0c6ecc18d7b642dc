"""What the words of the focused span propose, with a key to take it and one to hide it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from annotator.ui.gestures.proposals import Proposal
from annotator.ui.panels.parts import KeyButton, plain_label
from annotator.ui.theme import Theme


class ProposalCard(QFrame):
    """What the words propose, to be taken or rejected."""

    taken = Signal()
    rejected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = plain_label(wrap=True)
        self.take = KeyButton("Take", "Y", theme, parent=self)
        self.reject = KeyButton("Hide", "X", theme, parent=self)
        self.take.clicked.connect(self.taken)
        self.reject.clicked.connect(self.rejected)
        small = theme.px("pad", "small")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(small)
        for button in (self.take, self.reject):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        self.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(small, small, small, small)
        column.setSpacing(small)
        column.addWidget(self.words)
        column.addLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(each.sizeHint().width() + self._row.spacing() for each in self.stops())
        beside = needed <= self.contentsRect().width() - self._row.spacing()
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.take.set_theme(theme)
        self.reject.set_theme(theme)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show this proposal; None hides all."""
        self.setVisible(proposal is not None)
        if proposal is not None:
            self.words.setText(proposal.sentence)
            self.take.setAccessibleDescription(self.words.text())

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        return [self.take, self.reject]
