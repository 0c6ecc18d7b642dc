"""The bar at the head: the menu, the file, the person at work, the way to the commands."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from annotator.ui.panels.parts import ElidedLabel
from annotator.ui.theme import Theme


class TopBar(QFrame):
    """Who works on which file."""

    person_clicked = Signal()
    commands_clicked = Signal()

    def __init__(self, menu: QMenu, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAccessibleName("Project")
        self._file = ElidedLabel("file", self)
        self.menu_button = QToolButton(self)
        self._person = QToolButton(self)
        self._build(menu, theme)

    def show_project(self, file: str, person: str) -> None:
        """Name the file and the person."""
        self._file.setText(file)
        self._file.setToolTip(file)
        self._person.setText(person)
        self._person.setAccessibleName(f"Person: {person}. Change…")

    def _build(self, menu: QMenu, theme: Theme) -> None:
        font = theme.font("sans", theme.px("size", "ui"))
        self.menu_button.setText("☰")
        self.menu_button.setAccessibleName("Menu")
        self.menu_button.setToolTip("Menu (F10)")
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._file.setFont(theme.font("sans", theme.px("size", "ui") + 1, strong=True))
        self._person.setToolTip("Who works here: change person")
        self._person.clicked.connect(self.person_clicked)
        commands = QToolButton(self)
        commands.setText("Commands")
        commands.setAccessibleName("Commands")
        commands.setToolTip("All commands, articles and labels (Ctrl+K)")
        commands.clicked.connect(self.commands_clicked)
        cap = QLabel("Ctrl K", self)
        cap.setObjectName("keycap")
        cap.setFont(theme.font("mono", theme.px("size", "key")))
        for each in (self.menu_button, self._person, commands):
            each.setFont(font)
        layout = QHBoxLayout(self)
        pad = theme.px("pad", "small")
        layout.setContentsMargins(pad, 0, theme.px("pad", "large"), 0)
        layout.setSpacing(pad)
        layout.addWidget(self.menu_button)
        layout.addWidget(self._file)
        layout.addWidget(self._person)
        layout.addStretch(1)
        cap.setFixedHeight(theme.px("layout", "key_height") + theme.px("pad", "tiny"))
        layout.addWidget(cap)
        layout.addWidget(commands)
        self.setFixedHeight(theme.px("layout", "bar_height"))
