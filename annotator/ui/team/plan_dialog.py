"""The dialog of a plan: who is to have what, shown as tables before it is written down."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.assigning import Wanted
from annotator.core.errors import UserError
from annotator.core.model import RESERVED_NAMES
from annotator.core.text import counted
from annotator.transfer.plan import Plan, plan, put_down
from annotator.ui.exchange.fields import add_field, fill, plain_form
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import Combo, plain_label
from annotator.ui.room import fit
from annotator.ui.team.number import Number
from annotator.ui.team.table import Rows, table_of
from annotator.ui.theme import Theme

_LETTERS = 120
_HEIGHT = 720
_PEOPLE = ("Annotator", "Has", "Gets", "Total", "For agreement")
_ARTICLES = ("Article", "Has", "Gets", "For agreement")
_MANY = 99
"""People; more are never asked for."""
_MOST = 1_000_000
_ENOUGH = "Every article has as many annotators as you ask for; nothing is left to assign."


class PlanDialog(QDialog):
    """Plans at each change, and writes it down when that is wanted; Ctrl+Z takes it back."""

    def __init__(self, hub: Hub, chosen: Sequence[str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Plan who annotates what")
        self._hub = hub
        self._chosen = tuple(chosen)
        self.made: Plan | None = None
        self.names = QLineEdit(self)
        self.what = Combo(self)
        self.each, self.share = Number(1, _MANY, theme, self), Number(0, 100, theme, self)
        self.common, self.seed = Number(0, _MANY, theme, self), Number(0, _MOST, theme, self)
        self.people, self.articles = Rows(_PEOPLE, self), Rows(_ARTICLES, self)
        self.people_table = table_of(self.people, "What each person gets", theme, self)
        self.articles_table = table_of(self.articles, "Who gets each article", theme, self)
        self.said = plain_label(name="error", wrap=True)
        self.cancel = QPushButton("Cancel", self)
        self.assign = QPushButton("Assign", self)
        self._build(theme)
        self._connect()
        self._show_plan()
        self.names.setFocus()

    def wanted(self) -> Wanted:
        """What is asked for."""
        names = (each.strip() for each in self.names.text().split(","))
        return Wanted(
            tuple(each for each in names if each),
            self.each.value(),
            self.share.value() / 100,
            self.common.value(),
            self.seed.value(),
        )

    def _build(self, theme: Theme) -> None:
        read = self._hub.project.read
        people = [each.name for each in read.annotators() if each.name not in RESERVED_NAMES]
        having = {annotator for _, annotator, _ in read.holders()}
        # Who only brought articles in, or reviews, is not to annotate unless that is typed.
        self.names.setText(", ".join([each for each in people if each in having] or people))
        what = [(f"all articles ({read.count_documents():,})", "all")]
        if self._chosen:
            what.append((f"the selected articles ({len(self._chosen):,})", "selected"))
        fill(self.what, what, "selected" if len(self._chosen) > 1 else "all")
        self.share.setSuffix(" %")
        self.common.setSpecialValueText("all of them")
        self.assign.setObjectName("primary")
        self.assign.setDefault(True)
        self.cancel.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.assign)
        whole = QVBoxLayout(self)
        whole.addLayout(self._form(theme))
        whole.addWidget(self.people_table, 2)
        whole.addWidget(self.articles_table, 3)
        whole.addLayout(buttons)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def _form(self, theme: Theme) -> QFormLayout:
        form = plain_form()
        form.setVerticalSpacing(theme.px("pad", "small"))
        add_field(form, "Annotators", self.names, "names with commas between; new ones are added")
        add_field(form, "Articles", self.what, "who has an article keeps it")
        numbers = QHBoxLayout()
        numbers.setSpacing(theme.px("pad", "small"))
        for title, box, note in (
            ("How many have each", self.each, "annotators of each article"),
            ("Share for agreement", self.share, "articles that more of them have"),
            ("which go to", self.common, "annotators of each article of that share"),
            ("Seed", self.seed, "another number chooses otherwise"),
        ):
            label = plain_label(title)
            label.setBuddy(box)
            box.setAccessibleName(title)
            box.setAccessibleDescription(note)
            box.setToolTip(note)
            numbers.addWidget(label)
            numbers.addWidget(box)
        numbers.addStretch(1)
        form.addRow(numbers)
        return form

    def _connect(self) -> None:
        self.names.textChanged.connect(self._show_plan)
        self.what.currentIndexChanged.connect(self._show_plan)
        for box in (self.each, self.share, self.common, self.seed):
            box.valueChanged.connect(self._show_plan)
        self.cancel.clicked.connect(self.reject)
        self.assign.clicked.connect(self.put_down)

    def _show_plan(self) -> None:
        """Make the plan anew and show it."""
        documents = self._chosen if self.what.currentData() == "selected" else ()
        try:
            self.made = plan(self._hub.project.read, self.wanted(), documents)
        except UserError as error:
            self.made = None
            self.said.setText(str(error))
        rows = self.made.rows if self.made else ()
        shares = self.made.shares if self.made else ()
        self.people.show_rows(
            [(each.annotator, each.has, each.new, each.total, each.common) for each in shares]
        )
        self.articles.show_rows(
            [
                (row.title, ", ".join(row.has), ", ".join(row.new), "yes" if row.common else "")
                for row in rows
            ]
        )
        if self.made is not None:
            self.said.setText("" if self.made.new else _ENOUGH)
        self.assign.setEnabled(self.made is not None and self.made.new > 0)

    def put_down(self) -> None:
        """Write the plan down."""
        assert self.made is not None
        try:
            put_down(self._hub.project, self.made)
        except UserError as error:
            self.said.setText(str(error))
            return
        new = counted(self.made.new, "assignment")
        self._hub.said.emit(f"Planned {new} – Ctrl+Z takes them back.")
        self.accept()
