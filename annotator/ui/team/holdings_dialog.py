"""Who has what: the people of a project, how far they are, and what was handed out to them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.model import STATES
from annotator.core.text import counted
from annotator.transfer.handoff import handed_out
from annotator.transfer.plan import Load, loads, table
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import plain_label
from annotator.ui.room import fit
from annotator.ui.team.table import Row, Rows, table_of
from annotator.ui.theme import Theme

_LETTERS = 116
_HEIGHT = 420
_COLUMNS = (
    *("Annotator", "Articles", *(each.capitalize() for each in STATES)),
    *("Annotations", "Minutes", "Handed out"),
)
_DAY = 10
"""Letters of a date."""


class HoldingsDialog(QDialog):
    """A row for each person; `hand_out` and `rename` are told the name of the current one."""

    def __init__(
        self,
        hub: Hub,
        theme: Theme,
        parent: QWidget,
        *,
        hand_out: Callable[[str], object],
        rename: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Who has what")
        self._hub = hub
        self.rows = Rows(_COLUMNS, self)
        self.table = table_of(self.rows, "Who has what", theme, self)
        self.said = plain_label(name="dim", wrap=True)
        self.hand_out = QPushButton("Hand out…", self)
        self.rename = QPushButton("Rename…", self)
        self.copy = QPushButton("Copy", self)
        self.close_ = QPushButton("Close", self)
        self._build(theme)
        self.hand_out.clicked.connect(lambda: hand_out(self.name))
        self.rename.clicked.connect(lambda: rename(self.name))
        self.copy.clicked.connect(self._on_copied)
        self.close_.clicked.connect(self.accept)
        hub.changed.connect(self._read)
        self._read()
        self.table.setFocus()

    @property
    def name(self) -> str:
        """Whose row is current, "" for nobody's."""
        row = self.table.currentIndex().row()
        return str(self.rows.rows[row][0]) if row >= 0 else ""

    def _build(self, theme: Theme) -> None:
        buttons = QHBoxLayout()
        for button in (self.hand_out, self.rename, self.copy):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        self.close_.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.said)
        whole.addLayout(buttons)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def _read(self) -> None:
        name = self.name
        read = self._hub.project.read
        handed = handed_out(read)
        found = loads(read)
        self.rows.show_rows([_row(each, handed.get(each.annotator, "")[:_DAY]) for each in found])
        names = [each.annotator for each in found]
        self.table.setCurrentIndex(self.rows.index(names.index(name) if name in names else 0, 0))
        left = read.count_documents() - len({document for document, _, _ in read.holders()})
        self.said.setText(f"With nobody: {counted(left, 'article')}." if left else "")
        writable = bool(found) and not self._hub.project.read_only
        for button in (self.hand_out, self.rename):
            button.setEnabled(writable)

    def _on_copied(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(table(loads(self._hub.project.read))))
        self.copy.setText("Copied")


def _row(load: Load, handed: str) -> Row:
    """What a person has as a line of the table."""
    states = (load.states[each] for each in STATES)
    return (load.annotator, load.articles, *states, load.annotations, load.minutes, handed)
