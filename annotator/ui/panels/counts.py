"""How many spans of each label the open article has, and what the labels mean."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.edits import Edit
from annotator.core.model import Annotation
from annotator.core.tagset import Label, Tagset
from annotator.core.words import sentence_at
from annotator.ui.panels.fold import Fold
from annotator.ui.panels.parts import plain_label
from annotator.ui.panels.signs import LabelSign
from annotator.ui.theme import Theme


class Counts(QWidget):
    """Annotations by label: a heading with their number, and a row for each label that has any."""

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tagset = tagset
        self._theme = theme
        self._numbers: Counter[str] = Counter()
        self._rows: dict[str, tuple[LabelSign, QLabel, QLabel]] = {}
        self.heading = plain_label(name="heading")
        self.heading.setFont(theme.heading_font())
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(theme.px("pad", "small"))
        self._grid.setVerticalSpacing(theme.px("pad", "tiny"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("pad", "tiny"))
        column.addWidget(self.heading)
        column.addLayout(self._grid)
        self._show()

    @property
    def numbers(self) -> dict[str, int]:
        """The count of each label that has any."""
        return {label: number for label, number in self._numbers.items() if number}

    def set_look(self, tagset: Tagset, theme: Theme) -> None:
        """Show the labels of this tag set, in this theme."""
        self._tagset, self._theme = tagset, theme
        for row in self._rows.values():
            for widget in row:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows.clear()
        self.heading.setFont(theme.heading_font())
        self._show()

    def recount(self, annotations: Iterable[Annotation]) -> None:
        """Count anew."""
        self._numbers = Counter(map(attrgetter("label"), annotations))
        self._show()

    def follow(self, edit: Edit, layer: str) -> None:
        """Take in what an edit did to the annotations of a layer."""
        before = dict(self._numbers)
        for each in edit.touched("annotation"):
            for value, step in ((each.before, -1), (each.after, 1)):
                if isinstance(value, Annotation) and value.layer == layer:
                    self._numbers[value.label] += step
        if self._numbers != before:
            self._show()

    def _show(self) -> None:
        self.heading.setText(f"In this article · {sum(self._numbers.values()):,}")
        known = [label.name for label in self._tagset.labels]
        strange = [name for name, number in self._numbers.items() if number and name not in known]
        for place, name in enumerate((*known, *strange)):
            number = self._numbers[name]
            if number and name not in self._rows:
                self._add(name, place)
            if name in self._rows:
                for widget in self._rows[name]:
                    widget.setVisible(number > 0)
                self._rows[name][2].setText(f"{number:,}")

    def _add(self, name: str, place: int) -> None:
        label = self._tagset.label(name)
        sign = LabelSign(self._theme, self)
        sign.set_label(label, self._theme)
        title = plain_label(self._tagset.label_title(name), "strong", wrap=True)
        number = plain_label(name="dim")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows[name] = (sign, title, number)
        for column, widget in enumerate(self._rows[name]):
            self._grid.addWidget(widget, place, column)


class Guideline(Fold):
    """What a label is for, and examples, each on a line of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Guideline", theme, parent)
        self._theme = theme
        self._label: Label | None = None
        self._text = plain_label(name="dim", wrap=True)
        self._heading = plain_label(name="dim")
        self._examples: list[QLabel] = []
        self._shown: tuple[str, ...] = ()
        self._decided_heading = plain_label("Decided in review", "dim")
        self._decided = plain_label(name="dim", wrap=True)
        self.rows.addWidget(self._text)
        self.rows.addWidget(self._heading)
        self.rows.addWidget(self._decided_heading)
        self.rows.addWidget(self._decided)
        self.set_open(open_=True)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        for each in getattr(self, "_examples", ()):
            self._dress(each)

    @property
    def examples(self) -> list[str]:
        """The examples that are shown."""
        return [each.text() for each in self._examples if each.text()]

    def show_label(self, label: Label | None, decided: Sequence[str] = ()) -> None:
        """Show the guideline of this label, and below it what reviewers decided in its gaps."""
        if label == self._label and tuple(decided) == self._shown:
            return
        self._label, self._shown = label, tuple(decided)
        self._decided.setText("\n".join(decided))
        for each in (self._decided, self._decided_heading):
            each.setVisible(bool(decided))
        text = " ".join(label.guideline.split()) if label else ""
        examples = [" ".join(each.split()) for each in label.examples] if label else []
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._heading.setText("Example" if len(examples) == 1 else "Examples")
        self._heading.setVisible(bool(examples))
        while len(self._examples) < len(examples):
            self._examples.append(plain_label(name="example", wrap=True))
            self._dress(self._examples[-1])
            self.rows.insertWidget(1 + len(self._examples), self._examples[-1])
        for place, line in enumerate(self._examples):
            line.setText(f"“{examples[place]}”" if place < len(examples) else "")
            line.setVisible(place < len(examples))
        self.setVisible(bool(text or examples or decided))

    def _dress(self, example: QLabel) -> None:
        example.setFont(self._theme.font("serif", self._theme.px("size", "ui")))
        example.setIndent(self._theme.px("pad", "small"))


class Summary(QWidget):
    """What to do where no span is focused: the labels with their keys, and a few other keys."""

    KEYS = (
        "Select words, or with S, E and J by the keyboard alone; then press a label's key.",
        "Alt+Down goes to the next span; Enter moves its boundary; Delete removes it.",
        "F fills in by letters, Y takes a proposal, A tags the same words everywhere.",
        "Ctrl+/ shows all keys.",
    )
    MOST = 12

    def __init__(self, tagset: Tagset, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = plain_label("Labels", "heading")
        self._keys = plain_label("\n".join(self.KEYS), "dim", wrap=True)
        self._rest = plain_label(name="dim", wrap=True)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(theme.px("pad", "small"))
        self._grid.setVerticalSpacing(theme.px("pad", "tiny"))
        self._made: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("pad", "small"))
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        for widget in (self._rest, self._keys):
            column.addWidget(widget)
        self.set_look(tagset, theme)

    def set_look(self, tagset: Tagset, theme: Theme) -> None:
        """Show the labels of this tag set, in this theme."""
        self._heading.setFont(theme.heading_font())
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        for row, label in enumerate(tagset.labels[: self.MOST]):
            sign = LabelSign(theme, self)
            sign.set_label(label, theme)
            title = plain_label(tagset.label_title(label.name), "strong", wrap=True)
            key = plain_label(label.key, "keycap")
            guideline = " ".join(label.guideline.split())
            first = sentence_at(guideline, 0)
            about = plain_label(first.of(guideline) if first else "", "dim", wrap=True)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(sign, 2 * row, 0, top)
            self._grid.addWidget(title, 2 * row, 1)
            self._grid.addWidget(key, 2 * row, 2, Qt.AlignmentFlag.AlignRight | top)
            self._grid.addWidget(about, 2 * row + 1, 1, 1, 2)
            key.setVisible(bool(label.key))  # only in its place: alone it would be a window
            about.setVisible(first is not None)
            self._made += [sign, title, key, about]
        rest = len(tagset.labels) - self.MOST
        self._rest.setText(f"and {rest} more labels")
        self._rest.setVisible(rest > 0)
