"""An inspector on the sample article with its gold annotations, for tests of the panels."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, Value
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.hub import Hub
from annotator.ui.panels.inspector import Inspector
from annotator.ui.stylesheet import stylesheet
from annotator.ui.theme import Theme, load_fonts


def _records(kind: str) -> Iterator[dict[str, Any]]:
    file = paths.resources() / "sample" / "gold.jsonl"
    for line in file.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record.pop("record") == kind:
            yield record


def gold_project(path: Path) -> Project:
    """A project with the sample article, gold's work on it as Ann's, and a second article."""
    project = Project.create(path, who="ann")
    entities = [
        Entity(**{**each, "aliases": tuple(each["aliases"])}) for each in _records("entity")
    ]
    (record,) = _records("document")
    gold = record.pop("layers")[0]
    record.pop("decisions")
    article = Document(**record)
    other = Document(**{**record, "id": "018f", "title": "Another"})
    layer = Layer.of(article.id, "ann", state="open")
    annotations = [
        Annotation(
            each["id"],
            layer.id,
            tuple(Span(*ends) for ends in each["spans"]),
            each["label"],
            each["attributes"],
            each["note"],
        )
        for each in gold["annotations"]
    ]
    links = [Relation(**{**each, "layer": layer.id}) for each in gold["relations"]]
    values: list[Value] = [*entities, article, other, layer, *annotations, *links]
    project.apply(Edit("import", inserted(values)))
    return project


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, in force."""
    load_fonts()
    qapp.setStyle("Fusion")
    return Theme.load("light")


@pytest.fixture
def hub(qapp: QApplication, tmp_path: Path) -> Iterator[Hub]:
    """The hub with the sample article open."""
    with gold_project(tmp_path / "project.db") as project:
        hub = Hub(project)
        hub.open_document(next(project.documents()).id)
        yield hub
        hub.close()


@pytest.fixture
def inspector(qtbot: QtBot, hub: Hub, theme: Theme) -> Inspector:
    """The inspector, shown as narrow as the window makes it."""
    made = Inspector(hub, theme)
    made.setStyleSheet(stylesheet(theme))
    qtbot.addWidget(made)
    made.hopped.connect(hub.focus)
    made.resize(300, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
