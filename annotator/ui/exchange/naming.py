"""What is called so in files, and how it is to be called in the project: a line for each name."""

from collections import Counter
from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFormLayout, QLabel, QLineEdit, QWidget

from annotator.transfer import Renaming
from annotator.ui.exchange.fields import add_field, plain_form
from annotator.ui.panels.parts import plain_label

MOST = 60
"""Names of a kind that get a line; the rest keep their names."""
KINDS = {"labels": "label", "relations": "link", "annotators": "annotator"}
"""The parts of a Renaming, by what one of each is called."""


class NameFields(QWidget):
    """Lines to type another name in, to which Tab comes from `before`.

    `known` are the project's own names of each kind.
    """

    changed = Signal()

    def __init__(
        self,
        known: Mapping[str, Collection[str]],
        before: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lines: dict[tuple[str, str], QLineEdit] = {}
        self._known = known
        self._last = before
        self._form = plain_form()
        self._form.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._form)

    def offer(self, found: Mapping[str, Counter[str]]) -> None:
        """Have a line for each of these names, and no other; what was typed stays."""
        for kind, names in found.items():
            listed = [name for name, _ in names.most_common() if name][:MOST]
            for name in listed:
                if (kind, name) not in self.lines:
                    self._add(kind, name)
            for (other, name), line in self.lines.items():
                if other == kind:
                    self._form.setRowVisible(line, name in listed)
                    self._entitle(kind, name, names[name])
        self.setVisible(any(line.isVisibleTo(self) for line in self.lines.values()))

    def renaming(self) -> Renaming:
        """What was typed."""
        names: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        for (kind, name), line in self.lines.items():
            typed = line.text().strip()
            if typed and typed != name and line.isVisibleTo(self):
                names[kind][name] = typed
        return Renaming(**names)

    def _add(self, kind: str, name: str) -> None:
        line = QLineEdit(self)
        line.setPlaceholderText("keeps its name")
        completer = QCompleter(sorted(self._known[kind]), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(completer)
        line.textChanged.connect(self.changed)
        add_field(self._form, name, line)
        self.setTabOrder(self._last, line)
        self.lines[kind, name] = self._last = line

    def _entitle(self, kind: str, name: str, count: int) -> None:
        line = self.lines[kind, name]
        new = "" if name in self._known[kind] else ", new"
        title = f"{KINDS[kind].capitalize()} {name} ({count:,}{new})"
        label = self._form.labelForField(line)
        if isinstance(label, QLabel):
            label.setText(title)
        line.setAccessibleName(f"{title} becomes")


def heading(form: QFormLayout, title: str) -> QWidget:
    """A heading over lines of a form."""
    label = plain_label(title, "heading")
    form.addRow(label)
    return label
