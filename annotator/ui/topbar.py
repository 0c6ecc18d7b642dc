"""The bar at the head: menu, file, person; the switch of perspectives; the way to the commands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.ui.panels.parts import ElidedLabel
from annotator.ui.theme import Theme


class Switch(QFrame):
    """One of several is chosen: a row of buttons, the chosen one raised."""

    clicked = Signal(str)
    """A person wants this one, by its name."""

    def __init__(self, theme: Theme, parent: QWidget, what: str = "Perspective") -> None:
        super().__init__(parent)
        self.setObjectName("switch")
        self.setAccessibleName(what)
        self._theme = theme
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._row.setSpacing(2)

    def offer(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Have a button for each of these: a name, a title and a key."""
        for name, title, key in entries:
            button = self.buttons[name] = QToolButton(self)
            button.setObjectName("perspective")
            button.setText(title)
            button.setFont(self._theme.font("sans", self._theme.px("size", "ui")))
            button.setToolTip(f"{title} ({key})" if key else "")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, name=name: self.clicked.emit(name))
            self._group.addButton(button)
            self._row.addWidget(button)

    def choose(self, name: str) -> None:
        """Show which one is chosen."""
        what = self.accessibleName().lower()
        for each, button in self.buttons.items():
            button.setChecked(each == name)
            state = ", shown" if each == name else ""
            button.setAccessibleName(f"{button.text()} {what}{state}")


class TopBar(QFrame):
    """Who works on which file, and in which perspective."""

    person_clicked = Signal()
    commands_clicked = Signal()
    perspective_clicked = Signal(str)
    """A person wants this perspective, by its name."""

    def __init__(self, menu: QMenu, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAccessibleName("Project")
        self._file = ElidedLabel("file", self)
        self.menu_button = QToolButton(self)
        self._person = QToolButton(self)
        self.switch = Switch(theme, self)
        self.switch.clicked.connect(self.perspective_clicked)
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
        cap.setFixedHeight(theme.px("layout", "key_height") + theme.px("pad", "tiny"))
        for each in (self.menu_button, self._person, commands):
            each.setFont(font)
        pad = theme.px("pad", "small")
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.menu_button)
        left.addWidget(self._file)
        left.addWidget(self._person)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(cap)
        right.addWidget(commands)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(pad, 0, theme.px("pad", "large"), 0)
        layout.setSpacing(pad)
        layout.addWidget(_side(left, pad, self), 1)
        layout.addWidget(self.switch)
        layout.addWidget(_side(right, pad, self), 1)
        self.setFixedHeight(theme.px("layout", "bar_height"))


def _side(row: QHBoxLayout, pad: int, parent: QWidget) -> QWidget:
    """One half of the bar, as wide as the other, so that the switch stands in the middle."""
    side = QWidget(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(pad)
    side.setLayout(row)
    side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return side
