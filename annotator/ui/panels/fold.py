"""A part of a panel that unfolds below its heading."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from annotator.ui.theme import Theme


class Fold(QWidget):
    """A heading that shows or hides what is below it; what that is, subclasses put there."""

    unfolded = Signal(bool)
    """A person has unfolded it (True) or folded it."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QToolButton(self)
        self.heading.setObjectName("fold")
        self.heading.setText(title)
        self.heading.setAccessibleName(title)
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heading.clicked.connect(self.unfolded)
        self.heading.toggled.connect(self._on_toggled)
        self.body = QWidget(self)
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px("pad", "tiny"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("pad", "tiny"))
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.body)
        self.set_theme(theme)
        self._on_toggled(open_=False)

    @property
    def is_open(self) -> bool:
        """Whether what is below the heading is shown."""
        return self.heading.isChecked()

    def set_open(self, *, open_: bool) -> None:
        """Show what is below the heading, or hide it."""
        self.heading.setChecked(open_)

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.heading.setFont(theme.heading_font())

    # Qt sends a signal's values by position.
    def _on_toggled(self, open_: bool) -> None:  # noqa: FBT001
        arrow = Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow
        self.heading.setArrowType(arrow)
        state = "unfolded" if open_ else "folded"
        self.heading.setAccessibleDescription(f"{state}; Space or Enter changes that")
        self.body.setVisible(open_)
