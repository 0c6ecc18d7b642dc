"""What tests of a review in the window share: projects to review, keys, what came of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, Annotator, Document, Layer, Relation, Setting
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.review.rules import KEY, Rules
from annotator.ui.review.perspective import Review

TEXT = (
    "The ministry says that rebels shelled the town. "
    "The rebels deny that they shelled the town. "
    "Two soldiers were killed and 14 wounded 🙂 on Monday. قال الجيش إن جنديا قتل."
)
_KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Space": Qt.Key.Key_Space,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Delete": Qt.Key.Key_Delete,
    "Tab": Qt.Key.Key_Tab,
    "F6": Qt.Key.Key_F6,
}
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}

Spans = Sequence[tuple[str, str, dict[str, Any]]]
"""Label, words and attributes of each annotation."""


def at(words: str, text: str = TEXT) -> Span:
    """Where words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


class Maker:
    """Makes a project of articles that annotators differ on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: set[str] = set()
        Project.create(path, who="setter").close()

    def add(self, number: int, text: str = TEXT, **work: Spans) -> None:
        """One article, with what each annotator has; all done."""
        name = f"document-{number}"
        words = text if number == 1 else f"{text} Number {number}."
        document = Document(name, f"Article {number}", words, sha256(words))
        values: list[Any] = [Annotator(each) for each in work if each not in self._known]
        self._known.update(work)
        values.append(document)
        for who, spans in work.items():
            layer = Layer.of(name, who, state="done")
            values.append(layer)
            for place, (label, quote, attributes) in enumerate(spans):
                id_ = f"{name} {who} {place}"
                span = at(quote, text)
                values.append(Annotation(id_, layer.id, (span,), label, attributes))
        self.write(*values)

    def link(self, number: int, who: str, type_: str, source: int, target: int) -> None:
        """A relation between two of an annotator's annotations, by their places."""
        name = f"document-{number}"
        layer = Layer.of(name, who).id
        one, other = (f"{name} {who} {each}" for each in (source, target))
        self.write(Relation(f"{name} {who} {type_} {source}", layer, type_, one, other))

    def rules(self, rules: Rules) -> None:
        """Let the project have these rules."""
        self.write(Setting(KEY, rules.dumps()))

    def write(self, *values: Any) -> None:
        """Bring values in."""
        with Project.open(self.path, who="setter") as project:
            project.apply(Edit("set up", inserted(values)))


def press(review: Review, *keys: str) -> None:
    """Press keys, by the names of the table of actions, where the keyboard is."""
    for name in keys:
        *held, last = name.split("+")
        modifier = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifier |= _HELD[each]
        now = QApplication.focusWidget() or review.page.view
        QTest.keyClick(now, _KEYS.get(last) or Qt.Key(ord(last)), modifier)
        QApplication.processEvents()  # as between the keys of a person


def made(review: Review) -> list[tuple[str, str]]:
    """Label and words of each annotation in gold."""
    assert review.reviewed is not None
    text = review.reviewed.document.text
    return [(each.label, each.quote(text)) for each in review.reviewed.gold.annotations]


def actions(review: Review) -> list[str]:
    """The actions of the decisions that persons made, the oldest first."""
    assert review.reviewed is not None
    every = sorted(review.reviewed.article.decisions, key=lambda each: each.id)
    return [each.action for each in every if "rule" not in each.outcome]
