"""What the machine's layers say of suggestions and articles."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.edits import Change, Edit, inserted
from annotator.core.model import Annotation, Annotator, Document, Layer
from annotator.core.span import Span
from annotator.core.suggestions import correct, reject, suggestion_id
from annotator.project import Project
from tests.strategies import document_of

TEXT = "The army said that two men were killed in the town."


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Project, list[Document], list[Annotation]]]:
    """Three articles; for the first two there are suggestions."""
    with Project.create(tmp_path / "p.db", who="ada") as project:
        documents = [document_of(f"{TEXT} {number}", language="en") for number in range(3)]
        layers = [
            Layer.of(each.id, "machine", role="machine", state="done") for each in documents[:2]
        ]
        made = [
            suggested(layers[0], "claim", Span(19, 38), "cues", 0.75),
            suggested(layers[0], "actor", Span(0, 8), "cues", 0.25),
            suggested(layers[1], "claim", Span(19, 38), "cues", 0.1),
            suggested(layers[1], "actor", Span(0, 8), "learned", 0.5),
        ]
        project.apply(Edit("add", inserted([*documents, Annotator("machine"), *layers, *made])))
        yield project, documents, made


def suggested(layer: Layer, label: str, span: Span, by: str, sure: float) -> Annotation:
    spans = (span,)
    meta = {"by": by, "confidence": sure}
    return Annotation(suggestion_id(layer.id, label, spans), layer.id, spans, label, {}, meta=meta)


Opened = tuple[Project, list[Document], list[Annotation]]


def test_how_unsure_the_machine_is_of_an_article(opened: Opened) -> None:
    project, documents, made = opened
    # Of the second one only what was learned counts; of the third one nothing is known.
    assert project.read.doubts() == pytest.approx({documents[0].id: 0.5, documents[1].id: 0.5})
    project.apply(reject([made[1]], "ada"))
    assert project.read.doubts()[documents[0].id] == pytest.approx(0.25)
    project.apply(reject([made[0]], "ada"))
    assert documents[0].id not in project.read.doubts()


def test_what_became_of_suggestions(opened: Opened) -> None:
    project, documents, made = opened
    project.apply(reject([made[1]], "ada"))
    layer = project.layer(documents[0].id)
    edit = correct(
        made[0], layer, label="denial", spans=made[0].spans, kept=(), who="ada", fresh=True
    )
    project.apply(edit)
    assert project.read.suggestion_tallies() == [
        ("cues", "actor", "rejected", 1, 0, 0),
        ("cues", "claim", "", 1, 0, 0),
        ("cues", "claim", "corrected", 1, 0, 0),
        ("learned", "actor", "", 1, 0, 0),
    ]
    # In what is done the suggested is right where somebody marked the very same.
    own = Layer.of(documents[1].id, "ada", state="done")
    right = Annotation("own", own.id, made[2].spans, "claim")
    done = replace(project.read.layer(layer.id) or layer, state="done")
    project.apply(Edit("do", (*inserted([own, right]), Change(project.read.layer(layer.id), done))))
    assert project.read.suggestion_tallies() == [
        ("cues", "actor", "rejected", 1, 1, 0),
        ("cues", "claim", "", 1, 1, 1),
        ("cues", "claim", "corrected", 1, 1, 0),
        ("learned", "actor", "", 1, 1, 0),
    ]


def test_the_ids_of_articles_by_their_row_numbers(opened: Opened) -> None:
    project, documents, _ = opened
    numbers = [project.read.row_number(each.id) or 0 for each in reversed(documents)]
    ids = [each.id for each in reversed(documents)]
    assert project.read.document_ids([*numbers, 99]) == [*ids, ""]
