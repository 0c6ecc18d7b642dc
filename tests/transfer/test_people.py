"""Somebody is called otherwise, and all that is theirs follows."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.citation import BACKGROUND
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Decision, Layer, Setting, TimeSpent, Value
from annotator.core.people import names_since
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.people import rename_person
from annotator.transfer.plan import loads
from tests.corpora import values_of
from tests.strategies import Gesture, document_of, done, examples, gestures

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said."


def named(project: Project, former: str, name: str) -> int:
    return finish(rename_person(project, former, name))


@pytest.fixture
def worked(project: Project) -> Layer:
    """An article with Ada's work: done, changed since, with time, a decision and facts."""
    document = document_of(TEXT)
    project.apply(Edit("import", inserted([document])))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 43)], "denial", fresh=True))
    project.apply(verbs.mark(project.layer(document.id), [Span(45, 68)], "actor"))
    spans = {each.label: each for each in project.annotations(layer=layer.id)}
    project.apply(verbs.link("source", spans["denial"], spans["actor"]))
    project.apply(verbs.set_state(project.layer(document.id), "done"))
    project.apply(verbs.mark(project.layer(document.id), [Span(0, 7)], "actor"))
    seen = {"layers": {layer.id: {"a": "x"}}, "links": {layer.id: {}}}
    facts: list[Value] = [
        Decision("k", document.id, seen, "take", by="ada"),
        Decision("l", document.id, {}, "take", by="eve"),
        Setting("annotator", "ada"),
        Setting("review", json.dumps({"trusted": "ada", "blind": True})),
        Setting(f"{BACKGROUND}ada", "journalist"),
        Setting(f"{BACKGROUND}eve", "[1]"),
    ]
    project.apply(Edit("facts", inserted(facts)))
    with project.bring_in("time", nobodys=True) as intake:
        intake.add(inserted([TimeSpent(layer.id, 90)]))
    return project.layer(document.id)


def test_all_that_tells_of_a_person_follows(project: Project, worked: Layer) -> None:
    before = values_of(project)
    assert named(project, "ada", "Ада") == 1
    assert project.who == "Ада"
    assert [each.name for each in project.read.annotators()] == ["Ада"]
    layer = project.layer(worked.document)
    assert layer.id == Layer.of(worked.document, "Ада").id
    assert list(project.read.layers()) == [layer]
    found = project.read.contents(layer)
    assert (len(found.annotations), len(found.relations), found.seconds) == (3, 1, 90)
    assert found.first_pass
    assert {each.layer for each in found.first_pass.annotations} == {layer.id}
    assert len(project.read.first_pass(layer).annotations) == 2
    one, other = project.read.decisions()
    assert (one.by, other.by) == ("Ада", "eve")
    assert one.seen == {"layers": {layer.id: {"a": "x"}}, "links": {layer.id: {}}}
    assert project.read.setting("annotator") == "Ада"
    assert json.loads(project.read.setting("review")) == {"trusted": "Ада", "blind": True}
    assert project.read.setting(f"{BACKGROUND}Ада") == "journalist"
    assert project.read.setting(f"{BACKGROUND}ada") == ""
    assert [each.annotator for each in loads(project.read)] == ["Ада"]
    assert project.check() == []
    assert project.undo_name == "rename ada to Ада"
    project.undo()
    assert project.who == "ada"
    assert values_of(project) == before
    assert project.check() == []


def test_a_former_name_leads_to_the_present_one(project: Project, worked: Layer) -> None:
    project.switch("lead")
    named(project, "ada", "b")
    named(project, "b", "c")
    assert project.who == "lead"
    assert names_since(project.read.settings()) == {"ada": "c", "b": "c"}
    named(project, "c", "ada")
    assert names_since(project.read.settings()) == {"b": "ada", "c": "ada"}
    assert project.check() == []
    assert names_since([Setting("renamed.x", "y"), Setting("renamed.y", "x")]) == {
        "x": "y",
        "y": "x",
    }


def test_who_can_not_be_renamed(project: Project, worked: Layer) -> None:
    with pytest.raises(UserError, match='nobody called "zoe"; there are: ada'):
        named(project, "zoe", "mia")
    with pytest.raises(UserError, match="reserved"):
        named(project, "ada", "gold")
    with pytest.raises(UserError, match='somebody called "ada" already'):
        named(project, "ada", "ada")
    assert project.who == "ada"


def test_a_renaming_that_is_stopped_changes_nothing(project: Project, worked: Layer) -> None:
    before = values_of(project)
    job = rename_person(project, "ada", "eve")
    next(job)
    job.close()
    assert project.who == "ada"
    assert values_of(project) == before


@given(st.lists(gestures(), max_size=30))
@examples(15)
def test_there_and_back_is_as_before(
    tmp_path_factory: pytest.TempPathFactory, acts: list[Gesture]
) -> None:
    path = tmp_path_factory.mktemp("people") / "p.db"
    with Project.create(path, who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT)])))
        for act in acts:
            done(project, act)
        before = values_of(project)
        named(project, "ada", "eve")
        assert project.check() == []
        named(project, "eve", "ada")
        assert project.check() == []
        after = values_of(project)
        del after["setting"]["renamed.eve"]
        assert after == before
