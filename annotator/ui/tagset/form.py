"""The form for one label or relation type."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.core.revision.draft import with_attributes
from annotator.core.tagset import PATTERNS, Label
from annotator.ui.panels.parts import Check, Combo, plain_label
from annotator.ui.tagset.attribute_rows import AttributeRows, Listed
from annotator.ui.tagset.color_field import ColorField
from annotator.ui.tagset.ends import EndsList
from annotator.ui.tagset.judge import Judge
from annotator.ui.tagset.keys import free_keys, key_problem
from annotator.ui.tagset.preview import Preview
from annotator.ui.tagset.sheet import Sheet
from annotator.ui.theme import Theme

_LINES = {"Guideline": 4, "Examples": 3}
"""Lines that are seen of a longer text."""
_KEYS = 8
"""Free keys that are named."""


class OwnerForm(QWidget):
    """All fields of what is chosen in the sheet; each acts on the draft at once."""

    def __init__(
        self, sheet: Sheet, themes: Sequence[Theme], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._theme = theme
        self._judge = Judge(themes)
        self.title, self.name, self.key = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.key.setMaxLength(1)
        self.key.setMaximumWidth(4 * theme.px("layout", "key_height"))
        self.problem = plain_label(name="error", wrap=True)
        self.keys = plain_label(name="dim", wrap=True)
        self.color = ColorField(theme, self)
        self.pattern = Combo(self)
        self.pattern.addItems(PATTERNS)
        self.pattern.setMaximumWidth(theme.px("layout", "list_width") // 2)
        self.advice = plain_label(name="notice", wrap=True)
        self.advice.setMinimumWidth(6 * theme.px("layout", "control_height"))
        self.preview = Preview(themes, self)
        self.sources = EndsList("From", theme, self)
        self.targets = EndsList("To", theme, self)
        self.symmetric = Check("Both directions mean the same", self)
        self.guideline, self.examples = self._text("Guideline"), self._text("Examples")
        self.attributes = AttributeRows(theme, self)
        self._form = QFormLayout()
        self._build()
        self._of_labels = (self.color, self.pattern, self.preview, self.examples)
        self._of_relations = (self._ends, self.symmetric)
        self._connect()
        self.show_owner()

    def show_owner(self) -> None:
        """Show what is chosen, as it is to be."""
        owner = self._sheet.owner
        self.setEnabled(owner is not None)
        if owner is None:
            return
        _put(self.title, owner.title)
        _put(self.name, owner.name)
        _put(self.key, owner.key)
        _put(self.guideline, owner.guideline)
        self.attributes.show_attributes(owner.attributes)
        label = isinstance(owner, Label)
        for own, widgets in ((label, self._of_labels), (not label, self._of_relations)):
            for widget in widgets:
                self._form.setRowVisible(widget, own)
        self._say_keys()
        if isinstance(owner, Label):
            self._show_label(owner)
        else:
            self._form.setRowVisible(self.advice, False)  # noqa: FBT003  (Qt's own)
            labels = self._sheet.draft.after.labels
            self.sources.show_ends(labels, owner.sources)
            self.targets.show_ends(labels, owner.targets)
            self.symmetric.setChecked(owner.symmetric)

    def start(self) -> None:
        """Go to the title."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def commit(self) -> None:
        """Take what is typed in a field that waits for its end."""
        for field in (self.name, self.color.field, *self.attributes.findChildren(QLineEdit)):
            if field.hasFocus():
                field.editingFinished.emit()

    def _show_label(self, label: Label) -> None:
        self.color.show_color(label.color)
        self.pattern.setCurrentText(label.pattern)
        _put(self.examples, "\n".join(label.examples))
        told = self._judge.sentences(label, self._sheet.draft.after.labels)
        self.advice.setText("\n".join(told))
        self._form.setRowVisible(self.advice, bool(told))
        self.preview.show_label(label)

    def _say_keys(self) -> None:
        sheet = self._sheet
        free = free_keys(sheet.kind, sheet.name, sheet.draft.after)
        owner = sheet.owner
        others = [each for each in free if owner is None or each != owner.key.upper()]
        shown = " ".join(others[:_KEYS])
        self.keys.setText(f"Free: {shown}" if shown else "No key is free; found by name with T.")

    def _build(self) -> None:
        theme, form = self._theme, self._form
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(theme.px("pad", "large"))
        form.setVerticalSpacing(theme.px("pad", "small"))
        key = QWidget(self)
        row = QHBoxLayout(key)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.key)
        row.addWidget(self.keys, 1)
        self._build_ends()
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Title", self.title),
            ("Name in files", self.name),
            ("Key", key),
            ("Colour", self.color),
            ("Pattern", self.pattern),
            ("", self.advice),
            ("Looks like", self.preview),
            ("Joins", self._ends),
            ("", self.symmetric),
            ("Guideline", self.guideline),
            ("Examples", self.examples),
            ("Attributes", self.attributes),
        )
        for title, widget in rows:
            form.addRow(title, widget)
            label = form.labelForField(widget)
            if isinstance(label, QLabel):
                label.setObjectName("dim")
        for title, field in (("Title", self.title), ("Name", self.name), ("Key", self.key)):
            field.setAccessibleName(title)
        self.pattern.setAccessibleName("Pattern")
        self.examples.setPlaceholderText("one a line")
        column = QVBoxLayout(self)
        pad = theme.px("pad", "large")
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(self.problem)
        column.addLayout(form)
        column.addStretch(1)
        self.problem.hide()

    def _build_ends(self) -> None:
        """What a relation type joins, side by side."""
        self._ends = QWidget(self)
        ends = QHBoxLayout(self._ends)
        ends.setContentsMargins(0, 0, 0, 0)
        for title, listed in (("From", self.sources), ("To", self.targets)):
            column = QVBoxLayout()
            column.addWidget(plain_label(title, "dim"))
            column.addWidget(listed)
            ends.addLayout(column)

    def _text(self, title: str) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName("field")
        field.setAccessibleName(title)
        field.setTabChangesFocus(True)
        field.setFixedHeight((_LINES[title] + 1) * field.fontMetrics().lineSpacing())
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return field

    def _connect(self) -> None:
        set_ = self._set
        self.title.textEdited.connect(lambda text: set_(title=text))
        self.name.editingFinished.connect(self._on_name)
        self.key.textEdited.connect(self._on_key)
        self.color.chosen.connect(lambda color: set_(color=color))
        self.color.refused.connect(self._say)
        self.color.proposals_asked.connect(self._on_proposals_asked)
        self.pattern.textActivated.connect(lambda text: set_(pattern=text))
        self.symmetric.clicked.connect(lambda on: set_(symmetric=on))
        self.sources.edited.connect(lambda names: set_(sources=names))
        self.targets.edited.connect(lambda names: set_(targets=names))
        self.guideline.textChanged.connect(lambda: set_(guideline=self.guideline.toPlainText()))
        self.examples.textChanged.connect(self._on_examples)
        self.attributes.edited.connect(self._on_attributes)
        self.attributes.refused.connect(self._say)
        self._sheet.changed.connect(self.show_owner)
        self._sheet.chosen.connect(self._on_chosen)

    def _set(self, **fields: Any) -> None:
        owner = self._sheet.owner
        if owner is not None:
            self._sheet.set_owner(replace(owner, **fields))

    def _on_chosen(self) -> None:
        self._say("")
        self.show_owner()

    def _on_name(self) -> None:
        problem = self._sheet.rename(self.name.text().strip())
        self._say(problem)
        if problem:
            self.name.setText(self._sheet.name)

    def _on_key(self, text: str) -> None:
        sheet = self._sheet
        problem = key_problem(text, sheet.kind, sheet.name, sheet.draft.after)
        self._say(problem)
        if not problem:
            self._set(key=text.upper())

    def _on_proposals_asked(self) -> None:
        labels = self._sheet.draft.after.labels
        used = [each.color for each in labels if each.name != self._sheet.name]
        self.color.propose(self._judge.proposals(used))

    def _on_examples(self) -> None:
        lines = (line.strip() for line in self.examples.toPlainText().split("\n"))
        if isinstance(self._sheet.owner, Label):
            self._set(examples=tuple(filter(None, lines)))

    def _on_attributes(self, listed: Listed) -> None:
        sheet = self._sheet
        sheet.put(with_attributes(sheet.draft, sheet.kind, sheet.name, listed))

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


def _put(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Show a text, unless a person is just typing it."""
    put: Callable[[str], None] = (
        field.setText if isinstance(field, QLineEdit) else field.setPlainText
    )
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    if shown == text or (field.hasFocus() and not isinstance(field, QLineEdit)):
        return
    with QSignalBlocker(field):
        put(text)
        if isinstance(field, QLineEdit):
            field.setCursorPosition(0)
