"""The rules of a project's review: what is taken without asking, and whether it is blind."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.core.edits import Edit, change
from annotator.core.model import Setting
from annotator.review.rules import KEY, Rules
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import Check, Combo, plain_label

NOBODY = "nobody"
_SEED = 1
"""By which versions are shuffled where nothing else is said; each article has an order of its own
by it."""


class RulesDialog(QDialog):
    """Shows the rules; OK makes them the project's, as one edit."""

    def __init__(self, hub: Hub, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Rules of the review")
        self._hub = hub
        self._before = hub.project.read.setting(KEY)
        rules = Rules.loads(self._before)
        self._seed = rules.seed
        self.all_agree = Check("What all have exactly", self)
        self.edges = Check("Differences at the edges only: article, quotation mark, stop", self)
        self.majority = QSpinBox(self)
        self.trusted = Combo(self)
        self.blind = Check("Hide who gave a version until it is decided", self)
        self.all_agree.setChecked(rules.all_agree)
        self.edges.setChecked(rules.edges)
        self.majority.setRange(0, 20)
        self.majority.setSpecialValueText("never")
        self.majority.setValue(rules.majority)
        people = [each.name for each in hub.project.read.annotators() if each.name != "gold"]
        self.trusted.addItems([NOBODY, *people])
        self.trusted.setCurrentText(rules.trusted or NOBODY)
        self.blind.setChecked(rules.blind)
        self._build()

    @property
    def rules(self) -> Rules:
        """The rules as they stand in the dialog."""
        trusted = self.trusted.currentText()
        return Rules(
            all_agree=self.all_agree.isChecked(),
            edges=self.edges.isChecked(),
            majority=self.majority.value(),
            trusted="" if trusted == NOBODY else trusted,
            blind=self.blind.isChecked(),
            seed=self._seed or _SEED,
        )

    def accept(self) -> None:
        before = Setting(KEY, self._before) if self._before else None
        edit = Edit("rules of the review", change(before, Setting(KEY, self.rules.dumps())))
        if self._hub.apply(edit):
            super().accept()

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow(plain_label("Take without asking", "heading"))
        form.addRow(self.all_agree)
        form.addRow(self.edges)
        for title, widget in (
            ("What so many have, and more than half:", self.majority),
            ("What this annotator has:", self.trusted),
        ):
            label = plain_label(title)
            label.setBuddy(widget)
            widget.setAccessibleName(title.rstrip(":"))
            form.addRow(label, widget)
        form.addRow(plain_label("Blind", "heading"))
        form.addRow(self.blind)
        words = (
            "The order of versions is shuffled then. Each decision records the rule that made it."
        )
        form.addRow(plain_label(words, "dim", wrap=True))
        buttons = QDialogButtonBox.StandardButton
        box = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        box.button(buttons.Ok).setEnabled(not self._hub.project.read_only)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(box)
