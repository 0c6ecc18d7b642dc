"""What the words of the focused span propose, with a key to take it and one to hide it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.panels.parts import KeyButton, plain_label
from annotator.ui.proposals import Proposal
from annotator.ui.theme import Theme


class ProposalCard(QFrame):
    """Numbers that the words tell, to be taken or rejected."""

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
        buttons = QHBoxLayout()
        buttons.setSpacing(small)
        buttons.addWidget(self.take)
        buttons.addWidget(self.reject)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(small, small, small, small)
        column.setSpacing(small)
        column.addWidget(self.words)
        column.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.take.set_theme(theme)
        self.reject.set_theme(theme)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show this proposal; None hides all."""
        self.setVisible(proposal is not None)
        if proposal is not None:
            self.words.setText(f"The words say: {proposal.sentence}.")
            self.take.setAccessibleDescription(self.words.text())

    def stops(self) -> list[QWidget]:
        """The widgets that Tab goes to, in order."""
        return [self.take, self.reject]
