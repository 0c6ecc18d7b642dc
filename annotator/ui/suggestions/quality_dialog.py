"""Which suggester is how good in this project: a table by suggester and label."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.suggest.quality import Quality, Tally, qualities
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import plain_label
from annotator.ui.room import fit
from annotator.ui.team.table import Row, Rows, table_of
from annotator.ui.theme import Theme

COLUMNS = (
    *("Suggester", "Label", "Suggested", "Accepted", "Corrected", "Rejected"),
    *("Acceptance", "Checked", "Right", "Precision"),
)
ABOUT = (
    "Acceptance: of what was judged, the share that was taken as it was. Precision: of what was "
    "suggested in articles that are done, the share that people marked just so. People who saw a "
    "suggestion are biased by it, so precision is fair only where suggestions were hidden."
)
NOTHING = "Nothing was suggested in this project yet: “Suggest for all articles” (Ctrl+K) does it."
_LETTERS = 124
_HEIGHT = 420


class QualityDialog(QDialog):
    """The table, what its columns mean, and a button that copies it."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("How good suggestions are")
        self._hub = hub
        self.rows = Rows(COLUMNS, self)
        self.table = table_of(self.rows, "How good suggestions are", theme, self)
        self.said = plain_label(name="dim", wrap=True)
        self.copy = QPushButton("Copy", self)
        self.close_ = QPushButton("Close", self)
        self.copy.clicked.connect(self._on_copied)
        self.close_.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        for button in (self.copy, self.close_):
            button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.said)
        whole.addLayout(buttons)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))
        hub.changed.connect(self._read)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        tallies = [Tally(*each) for each in self._hub.project.read.suggestion_tallies()]
        tagset = self._hub.tagset
        self.rows.show_rows(
            [_row(each, tagset.label_title(each.label)) for each in qualities(tallies)]
        )
        self.said.setText(ABOUT if tallies else NOTHING)
        self.copy.setEnabled(bool(tallies))

    def _on_copied(self) -> None:
        lines = (COLUMNS, *self.rows.rows)
        text = "\n".join("\t".join(str(cell) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(text)
        self.copy.setText("Copied")


def _row(quality: Quality, title: str) -> Row:
    judged = quality.judged
    said = (judged.get("accepted", 0), judged.get("corrected", 0), judged.get("rejected", 0))
    return (
        *(quality.by, title if quality.label else "all labels", quality.count, *said),
        *(_share(quality.acceptance), quality.checked, quality.right, _share(quality.precision)),
    )


def _share(share: float | None) -> str:
    """A share in whole per cent, a dash where it is not defined."""
    return "–" if share is None else f"{share:4.0%}"
