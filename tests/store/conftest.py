"""A small project file for the tests of the store."""

from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.project import Project
from tests.strategies import document_of

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed project of one article with four annotations, two links and two entities."""
    path = tmp_path / "war.annotation"
    with Project.create(path, who="ada") as project:
        fill(project)
    return path


def fill(project: Project) -> None:
    """One article, annotated, with an edit taken back and one done again."""
    document = document_of(TEXT, meta={"file": "a.txt"})
    project.apply(Edit("import", inserted([document])))
    entity = verbs.add_entity("Ministry of Defense", side="Armenia", type_="armed force")
    project.apply(entity)
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 43)], "denial", fresh=True))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(20, 31), Span(37, 43)], "claim"))
    project.apply(verbs.mark(layer, [Span(20, 31)], "casualty"))
    project.apply(verbs.mark(layer, [Span(45, 68)], "actor"))
    found = {each.label: each for each in project.annotations(layer=layer.id)}
    named = [each.id for each in project.read.entities()]
    project.apply(verbs.set_attribute(found["actor"], "entity", named))
    project.apply(verbs.link("denies", found["denial"], found["claim"]))
    project.apply(verbs.link("source", found["denial"], found["actor"]))
    project.apply(verbs.set_note(found["claim"], "implied"))
    project.undo()
    project.redo()
    project.apply(verbs.mark(layer, [Span(0, 7)], "actor"))
    project.undo()


def annotation(project: Project, label: str) -> Annotation:
    """The annotation of this label in the project that `fill` filled."""
    (layer,) = project.read.layers()
    return next(each for each in project.annotations(layer=layer.id) if each.label == label)


def relation(project: Project, type_: str) -> Relation:
    """The relation of this type in the project that `fill` filled."""
    (layer,) = project.read.layers()
    return next(each for each in project.relations(layer=layer.id) if each.type == type_)
