"""What became of everybody's work, by annotator and label, when nothing is left to decide."""

from collections.abc import Iterator, Mapping
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core.text import counted
from annotator.review.tally import Key, Tally, tallied
from annotator.review.values import Reviewed
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import plain_label
from annotator.ui.theme import Theme

_SLICE = 0.008
"""Seconds of counting between two looks at the window's events."""
COLUMNS = ("agreed", "taken", "changed", "rejected", "missed")


class Summary(QWidget):
    """A table that fills while articles are read; the articles come from outside."""

    def __init__(self, hub: Hub, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._theme = theme
        self._coming: Iterator[Reviewed] = iter(())
        self._sums: dict[Key, Tally] = {}
        self._articles = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_slice)
        self.words = plain_label(wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px("pad", "small"))
        self._grid.setVerticalSpacing(theme.px("pad", "tiny"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("pad", "small"))
        column.addWidget(self.words)
        column.addLayout(self._grid)
        self.hide()

    def count(self, articles: Iterator[Reviewed]) -> None:
        """Sum these articles up, bit by bit."""
        self._coming, self._sums, self._articles = articles, {}, 0
        self._timer.start()
        self.show()

    def stop(self) -> None:
        """Count no further, and be out of the way."""
        self._timer.stop()
        self.hide()

    def _on_slice(self) -> None:
        until = perf_counter() + _SLICE
        while perf_counter() < until:
            reviewed = next(self._coming, None)
            if reviewed is None:
                self._timer.stop()
                break
            self._articles += 1
            for key, tally in tallied([reviewed]).items():
                self._sums[key] = self._sums.get(key, Tally()) + tally
        if not self._timer.isActive() or self._articles % 50 == 1:
            self._show(dict(sorted(self._sums.items())))

    def _show(self, sums: Mapping[Key, Tally]) -> None:
        self.words.setText(
            f"What became of everybody's spans in {counted(self._articles, 'article')}. "
            "Missed is what gold has and they haven't."
        )
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for column, name in enumerate(COLUMNS, start=1):
            head = plain_label(name, "dim")
            head.setFont(self._theme.font("sans", self._theme.px("size", "key")))
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        row, before = 1, ""
        for (annotator, label), tally in sums.items():
            if annotator != before:
                before = annotator
                self._grid.addWidget(plain_label(annotator, "strong"), row, 0, 1, len(COLUMNS) + 1)
                row += 1
            title = self._hub.tagset.label_title(label)
            self._grid.addWidget(plain_label(title, "dim"), row, 0)
            for column, name in enumerate(COLUMNS, start=1):
                number = plain_label(f"{getattr(tally, name):,}")
                number.setAccessibleName(f"{annotator}, {title}, {name}: {number.text()}")
                self._grid.addWidget(number, row, column, Qt.AlignmentFlag.AlignRight)
            row += 1
