"""A window on a project in which the machine has suggested something."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.edits import inserted
from annotator.core.model import Annotation, Annotator, Layer, Relation
from annotator.core.span import Span
from annotator.core.suggestions import suggestion_id
from annotator.project import Project
from annotator.ui.gestures.suggestions import Suggestions
from annotator.ui.window import Window

SUGGESTED: tuple[tuple[str, str, str, float, dict[str, object]], ...] = (
    ("actor", "The ministry", "actors", 0.9, {"entity": ["entity-1"]}),
    ("claim", "rebels shelled the town", "cues", 0.75, {"form": "paraphrase"}),
    ("actor", "The rebels", "actors", 0.6, {}),
    ("casualty", "Two soldiers", "numbers", 0.8, {"low": 2, "high": 2}),
)
"""Label, words, suggester, confidence and attributes; the actor is the claim's source."""


@pytest.fixture
def project(project: Project) -> Project:
    """The project of three articles, with suggestions for the first one."""
    first = next(project.documents())
    layer = Layer.of(first.id, "machine", role="machine", state="done")
    made = []
    for label, words, by, sure, values in SUGGESTED:
        start = first.text.index(words)
        spans = (Span(start, start + len(words)),)
        id_ = suggestion_id(layer.id, label, spans)
        meta = {"by": by, "confidence": sure}
        made.append(Annotation(id_, layer.id, spans, label, dict(values), meta=meta))
    link = Relation("link", layer.id, "source", made[1].id, made[0].id)
    with project.bring_in("suggest", nobodys=True) as intake:
        intake.add(inserted([Annotator("machine"), layer, *made, link]))
    return project


@pytest.fixture
def suggestions(window: Window) -> Suggestions:
    """What waits in the open article."""
    return window.desk.suggestions


def press(window: Window, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    """Press keys in the text."""
    for key in keys:
        QTest.keyClick(window.article.view, key, held or Qt.KeyboardModifier.NoModifier)


def words(window: Window) -> list[str]:
    """Label and words of what waits."""
    text = window.desk.view.reading.text
    return [
        f"{each.label}: {each.quote(text)}" for each in window.desk.suggestions.pending.values()
    ]


def own(window: Window) -> list[str]:
    """Label and words of what the person has, in reading order."""
    text, some = window.desk.view.reading.text, window.desk.hub.annotations
    ordered = [some[each] for each in window.desk.view.ordered()]
    return [f"{each.label}: {each.quote(text)}" for each in ordered]
