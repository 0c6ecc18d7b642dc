"""What an import or an export did, to be read and copied."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.text import counted
from annotator.ui.room import fit

if TYPE_CHECKING:
    from annotator.transfer import ImportReport

_LETTERS = 92
_LINES = 20


def reading_box(box: QPlainTextEdit, name: str) -> None:
    """Make a box for text that is only read: Tab leaves it, the arrows scroll it."""
    box.setObjectName("field")
    box.setAccessibleName(name)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.TextSelectableByMouse
    )


class Summary(QWidget):
    """Lines, and buttons that copy them or end it; `save` is there where there is a key to save."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        reading_box(self.text, "Summary")
        self.save = QPushButton("Save the names…", self)
        self.save.hide()
        self.copy = QPushButton("Copy", self)
        self.close_ = QPushButton("Close", self)
        self.close_.setObjectName("primary")
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.save, self.copy, self.close_):
            button.setAutoDefault(button is self.close_)
            row.addWidget(button)
        self.copy.clicked.connect(self._on_copied)
        self.close_.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show these lines, ready to be copied or closed."""
        self.text.setPlainText("\n".join(lines))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.close_.setDefault(True)
        self.close_.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self, line: str) -> None:
        """Say one thing more, at the end, where it is seen."""
        self.text.appendPlainText(f"\n{line}")
        self.copy.setText("Copy")

    def _on_copied(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")


def show_import(report: "ImportReport", parent: QWidget) -> str:
    """Show what was left out, or read otherwise than it stands in the files, if anything was.

    The window can be used beside it. The answer is the report in words for the status bar.
    """
    notes = f"{counted(len(report.notes), 'note')} on how it was read." if report.notes else ""
    if report.problems or report.notes:
        dialog = QDialog(parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Imported")
        summary = Summary(dialog)
        summary.closed.connect(dialog.accept)
        QVBoxLayout(dialog).addWidget(summary)
        fit(dialog, _LETTERS, dialog.fontMetrics().lineSpacing() * _LINES)
        dialog.show()
        summary.show_lines(_lines(report))
    return f"{report.sentence()} {notes}".rstrip()


def _lines(report: "ImportReport") -> list[str]:
    lines = [report.sentence()]
    for title, part in (("Left out:", report.problems), ("How it was read:", report.notes)):
        told = [f"{each.where}: {each.what.removesuffix('.')}." for each in part]
        lines += ["", title, *told] if told else []
    return lines
