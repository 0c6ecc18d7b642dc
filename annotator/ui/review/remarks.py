"""What a reviewer says of a decision: a comment, a reason, whether the guideline has a gap."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from annotator.review.deciding import REASONS
from annotator.review.values import Place
from annotator.ui.panels.editors import NoteEdit
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.theme import Theme

NO_REASON = "no reason given"
_LINES = 1, 8
"""Of a comment there are so many lines at least and at most; below it the reason is to be seen."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a decision; `reason` is one of REASONS, or ""."""

    comment: str = ""
    reason: str = ""
    gap: bool = False


def remark_of(place: Place | None) -> Remark:
    """What was said of the decision that stands on a place; nothing while it is to be decided."""
    if place is None or place.pending or not place.decisions:
        return Remark()
    last = place.decisions[-1]
    return Remark(last.comment, last.reason, last.guideline_gap)


class Remarks(QWidget):
    """Shows a remark and hands it on when it is changed; `save` says whether it is kept."""

    left = Signal()
    """The keyboard goes back to the text."""
    wanted = Signal(QWidget)
    """A key of the text has to do with this widget: it is to be seen."""

    def __init__(self, save: Callable[[Remark], bool], theme: Theme) -> None:
        super().__init__()
        self._save = save
        self._shown = Remark()
        self.comment = NoteEdit(self._save_comment, lines=_LINES)
        self.comment.setAccessibleName("Comment")
        self.reason = Combo(self)
        self.reason.setAccessibleName("Reason")
        self.reason.addItems([NO_REASON, *REASONS])
        self.gap = Check("in guideline", self)
        self.comment.entered.connect(self.left)
        self.reason.settled.connect(self._on_settled)
        self.reason.stepped.connect(self._on_reason)
        self.gap.setAccessibleName("The guideline has a gap here")
        self.gap.setToolTip("The guideline has a gap here")
        self.gap.clicked.connect(lambda on: self._change(gap=on))
        self._build(theme)

    @property
    def remark(self) -> Remark:
        """What stands there now, saved or not."""
        self.comment.commit()
        return self._shown

    def show_remark(self, remark: Remark, *, writable: bool) -> None:
        """Show what was said."""
        self.comment.discard()
        self._shown = remark
        self.comment.show_saved(remark.comment)
        self.comment.setReadOnly(not writable)
        self.reason.setCurrentIndex(
            REASONS.index(remark.reason) + 1 if remark.reason in REASONS else 0
        )
        self.gap.setChecked(remark.gap)
        self.reason.setEnabled(writable)
        self.gap.setEnabled(writable)

    def write(self) -> None:
        """Give the keyboard to the comment."""
        self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.emit(self.comment)

    def choose(self) -> None:
        """Give the keyboard to the reasons; a letter chooses, Enter goes back to the text."""
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.emit(self.reason)

    def toggle_gap(self) -> None:
        """Say that the guideline has a gap here, or that it hasn't."""
        self.gap.click()
        self.wanted.emit(self.gap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.comment.commit()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_reason(self) -> None:
        index = self.reason.currentIndex()
        self._change(reason=REASONS[index - 1] if index > 0 else "")

    def _on_settled(self) -> None:
        self._on_reason()
        if self.reason.hasFocus():
            self.left.emit()

    def _save_comment(self, comment: str) -> bool:
        return self._change(comment=comment)

    def _change(
        self, *, comment: str | None = None, reason: str | None = None, gap: bool | None = None
    ) -> bool:
        before = self._shown
        after = Remark(
            before.comment if comment is None else comment,
            before.reason if reason is None else reason,
            before.gap if gap is None else gap,
        )
        if after == before:
            return True
        self._shown = after
        if self._save(after):
            return True
        self._shown = before
        return False

    def _build(self, theme: Theme) -> None:
        small = theme.px("pad", "small")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(small)
        grid.setColumnStretch(1, 1)
        rows = (
            ("Comment", "N", self.comment),
            ("Reason", "K", self.reason),
            ("Gap", "F", self.gap),
        )
        for number, (title, key, widget) in enumerate(rows):
            cap = plain_label(key, "keycap")
            cap.setFont(theme.font("mono", theme.px("size", "key")))
            label: QLabel = plain_label(title, "dim")
            label.setBuddy(widget)
            head = QHBoxLayout()
            head.setSpacing(small)
            head.addWidget(label)
            head.addWidget(cap)
            head.addStretch(1)
            grid.addLayout(head, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, number, 1)
