"""The page shown while no project is open."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator import paths
from annotator.ui.theme import Theme

WIDTH = 560
"""Pixels of the card, in the usual size of the interface; it gives way in a narrow window."""
_LOGO = 56


class StartPage(QWidget):
    """The ways to begin: first the project used last, or the sample where there is none."""

    sample_clicked = Signal()
    new_clicked = Signal()
    open_clicked = Signal()
    recent_clicked = Signal(str)

    def __init__(self, theme: Theme, recent: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._recent = QVBoxLayout()
        found = [path for each in recent if (path := Path(each)).is_file()]
        sample = self._way("Open the sample", self.sample_clicked)
        ways = [
            self._way("New project from articles…", self.new_clicked),
            self._way("Open…", self.open_clicked),
        ]
        self._ways = [self._opening(found[0]), *ways, sample] if found else [sample, *ways]
        self.first = self._ways[0]
        self._build()
        self._show_others(found[1:])

    def _show_others(self, found: list[Path]) -> None:
        """List the other files that were used, if there are any."""
        if not found:
            return
        heading = QLabel("Recent", self)
        heading.setObjectName("heading")
        heading.setFont(self._theme.heading_font())
        self._recent.addWidget(heading)
        for path in found:
            button = self._opening(path)
            button.setText(path.name)
            button.setObjectName("link")
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)

    def _opening(self, path: Path) -> QPushButton:
        """A button that opens a file."""
        button = QPushButton(f"Open {path.name}", self)
        button.setAutoDefault(True)  # or Enter does nothing outside of dialogs
        button.setToolTip(str(path))
        button.setAccessibleName(f"Open {path.name} in {path.parent}")
        button.clicked.connect(lambda: self.recent_clicked.emit(str(path)))
        return button

    def _way(self, words: str, clicked: SignalInstance) -> QPushButton:
        """A button that begins in another way."""
        button = QPushButton(words, self)
        button.setAutoDefault(True)
        button.setAccessibleName(words)
        button.clicked.connect(clicked)
        return button

    def _build(self) -> None:
        theme = self._theme
        card = QFrame(self)
        card.setObjectName("card")
        card.setMaximumWidth(round(WIDTH * min(theme.scale, 1.4)))
        column = QVBoxLayout(card)
        page = theme.px("pad", "page")
        column.setContentsMargins(page, page, page, page)
        column.setSpacing(theme.px("pad", "medium"))
        column.addLayout(self._title())
        column.addWidget(self._words(card.maximumWidth() - 2 * page))
        column.addSpacing(theme.px("pad", "small"))
        column.addLayout(self._buttons())
        column.addSpacing(theme.px("pad", "small"))
        column.addLayout(self._recent)
        self._recent.setSpacing(0)
        middle = QWidget(self)
        middle.setObjectName("page")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 100)
        row.addStretch(1)
        rows = QVBoxLayout(middle)
        rows.addStretch(2)
        rows.addLayout(row)
        rows.addStretch(3)
        area = QScrollArea(self)
        area.setWidget(middle)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _words(self, width: int) -> QLabel:
        """What the program is for, as high as it needs where it is so wide."""
        theme = self._theme
        words = QLabel(
            "Mark who claims what, who denies it, who was hurt, and who said so. Everything stays "
            "in one file on this computer, and every change is saved at once.",
            self,
        )
        words.setWordWrap(True)
        words.setObjectName("dim")
        words.setFont(theme.font("sans", theme.px("size", "ui") + 1))
        words.setMinimumHeight(words.heightForWidth(width))
        return words

    def _title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px("pad", "medium"))
        icon = QIcon(str(paths.resources() / "icons" / "annotator.png"))
        picture = QLabel(self)
        logo = round(_LOGO * self._theme.scale)
        picture.setPixmap(icon.pixmap(QSize(logo, logo), self.devicePixelRatioF()))
        title = QLabel("Annotator", self)
        title.setObjectName("pagetitle")
        row.addWidget(picture)
        row.addWidget(title, 1)
        return row

    def _buttons(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(self._theme.px("pad", "small"))
        self.first.setObjectName("primary")
        for button in self._ways:
            button.setMinimumHeight(self._theme.px("layout", "control_height") + 3)
            rows.addWidget(button)
        return rows
