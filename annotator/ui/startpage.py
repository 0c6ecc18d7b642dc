"""The page shown while no project is open."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
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
    """Three ways to begin, and the files used last."""

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
        self.first = QPushButton("Open the sample", self)
        self._build()
        self._show_recent(recent)

    def _show_recent(self, files: Iterable[str]) -> None:
        """List the files used last, those that are still there."""
        found = [Path(each) for each in files if Path(each).is_file()]
        if not found:
            return
        heading = QLabel("Recent", self)
        heading.setObjectName("heading")
        heading.setFont(self._theme.heading_font())
        self._recent.addWidget(heading)
        for path in found:
            button = QPushButton(path.name, self)
            button.setObjectName("link")
            button.setToolTip(str(path))
            button.setAccessibleName(f"Open {path.name} in {path.parent}")
            button.clicked.connect(
                lambda _checked=False, name=str(path): self.recent_clicked.emit(name)
            )
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)

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
        for button, clicked in (
            (self.first, self.sample_clicked),
            (QPushButton("New project from articles…", self), self.new_clicked),
            (QPushButton("Open…", self), self.open_clicked),
        ):
            button.setAccessibleName(button.text())
            button.setAutoDefault(True)
            button.setMinimumHeight(self._theme.px("layout", "control_height") + 3)
            button.clicked.connect(clicked)
            rows.addWidget(button)
        return rows
