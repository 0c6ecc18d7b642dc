"""What happened to the focused span: unfolded on request, the newest first."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from annotator.core.describe import Teller
from annotator.core.errors import UserError
from annotator.core.model import Annotation
from annotator.ui.hub import Hub
from annotator.ui.panels.fold import Fold
from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme

MOST_TOLD = 50
"""Steps that are told; the rest are counted."""


class History(Fold):
    """The history of an annotation; it is read only while it is unfolded."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("History", theme, parent)
        self._hub = hub
        self._annotation: Annotation | None = None
        self._lines: list[QLabel] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        self.heading.toggled.connect(self._tell)

    @property
    def lines(self) -> list[str]:
        """What is told."""
        return [each.text() for each in self._lines]

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Tell the history of this annotation."""
        changed, self._annotation = annotation != self._annotation, annotation
        self.setVisible(annotation is not None)
        if changed and self.is_open:
            self._soon.start()  # reading waits until what was changed is painted

    def _tell(self) -> None:
        told = self._told() if self.is_open and self._annotation else []
        for line in self._lines[len(told) :]:
            self.rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        del self._lines[len(told) :]
        for place, words in enumerate(told):
            if place == len(self._lines):
                self._lines.append(plain_label(name="dim", wrap=True))
                self.rows.addWidget(self._lines[-1])
            self._lines[place].setText(words)

    def _told(self) -> list[str]:
        hub, now = self._hub, datetime.now().astimezone()
        text = hub.document.text if hub.document else ""
        teller = Teller(text, hub.tagset, hub.entities)
        assert self._annotation is not None
        try:
            found = hub.project.read.journal.history("annotation", self._annotation.id)
        except UserError as error:
            return [str(error)]
        rest = len(found) - MOST_TOLD
        lines = [teller.line(each, now) for each in found[:MOST_TOLD]]
        return [*lines, f"and {rest:,} more"] if rest > 0 else lines
