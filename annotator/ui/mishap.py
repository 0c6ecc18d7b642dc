"""What is shown of an error that nobody caught: its sentence; a bug's details, never silence."""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from annotator.core.errors import UserError

SENTENCE = "Something went wrong in the program; everything saved is safe."


class Mishaps:
    """Shows each bug once, and one at a time, however often it happens.

    A UserError that came up where nobody can catch it (in a slot, in a model's data) is no bug:
    its sentence is noted.
    """

    def __init__(self, parent: Callable[[], QWidget | None], note: Callable[[str], None]) -> None:
        self._parent = parent
        self._note = note
        self._seen: set[str] = set()
        self._showing = False

    def install(self) -> None:
        """Be told of every exception that nobody caught."""
        sys.excepthook = self.report

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Show an exception; Ctrl+C in the terminal ends the program instead."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        if isinstance(error, UserError):
            self._note(str(error))
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if self._showing or details in self._seen:
            return
        self._seen.add(details)
        self._showing = True
        try:
            self._note(SENTENCE)
            self.show(details)
        finally:
            self._showing = False

    def show(self, details: str) -> None:
        """Show the dialog."""
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Something went wrong",
            SENTENCE,
            QMessageBox.StandardButton.Close,
            self._parent(),
        )
        box.setInformativeText("You can go on. The details help the makers to put it right.")
        box.setDetailedText(details)
        copy = box.addButton("Copy the details", QMessageBox.ButtonRole.ActionRole)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(details)
