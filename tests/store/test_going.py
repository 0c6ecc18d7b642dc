"""Going back and forward: through others' edits, to any point, and exactly."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.edits import Change, Edit, Noted, combined, inserted
from annotator.core.errors import Conflict
from annotator.core.model import Entity
from annotator.core.span import Span
from annotator.project import Project
from annotator.store.lineage import Overtaken
from tests.rows import damage
from tests.strategies import document_of


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annotation", who="ada") as project:
        yield project


def put(project: Project, who: str, id_: str, name: str) -> Edit:
    """An edit of one person that names an entity, added where there is none."""
    project.switch(who)
    change = Change(project.read.entity(id_), Entity(id_, name))
    return project.apply(Edit(f"{id_} {name}", (change,)))


def state(project: Project) -> dict[str, str]:
    return {each.id: each.name for each in project.read.entities()}


def names(entries: tuple[Noted, ...]) -> list[tuple[str, str]]:
    return [(each.who, each.name) for each in entries]


def test_undo_goes_through_what_others_changed_since(project: Project) -> None:
    put(project, "ada", "x", "one")
    put(project, "ada", "x", "two")
    put(project, "bob", "x", "three")
    put(project, "bob", "y", "other")
    put(project, "eva", "x", "four")
    project.switch("ada")
    with pytest.raises(Overtaken, match="eva changed the same entity") as refused:
        project.undo()
    assert refused.value.since.name == "x four"
    before = state(project)
    told = names(project.undoing())
    assert told == [("eva", "x four"), ("bob", "x three"), ("ada", "x two")]
    assert state(project) == before
    heard: list[Edit] = []
    project.subscribe(heard.append)
    edit = project.undo(through=True)
    assert edit is not None
    assert heard == [edit]
    assert edit == Edit("3 edits", (Change(Entity("x", "four"), Entity("x", "one")),))
    assert state(project) == {"x": "one", "y": "other"}
    assert project.check() == []
    assert names(project.redoing()) == [("ada", "x two"), ("bob", "x three"), ("eva", "x four")]
    project.redo()
    assert state(project) == before
    assert project.redo() is None
    assert project.check() == []


def test_what_others_took_back_is_passed_by(project: Project) -> None:
    put(project, "bob", "x", "one")
    put(project, "ada", "x", "two")
    project.switch("bob")
    project.undo(through=True)
    project.switch("ada")
    assert project.undo() is None
    assert project.undo_name == ""
    project.switch("bob")
    project.redo()
    project.switch("ada")
    assert project.undo_name == "x two"
    assert project.check() == []


def test_to_an_edit_and_forward_to_another(project: Project) -> None:
    edits = [put(project, "ada", each, each) for each in "abcd"]
    assert names(project.undoing(to=edits[1].id)) == [("ada", f"{each} {each}") for each in "dcb"]
    project.undo(to=edits[1].id)
    assert state(project) == {"a": "a"}
    assert names(project.redoing(to=edits[2].id)) == [("ada", "b b"), ("ada", "c c")]
    project.redo(to=edits[2].id)
    assert list(state(project)) == ["a", "b", "c"]
    with pytest.raises(Conflict, match="can't be taken back any more"):
        project.undo(to=edits[3].id)
    with pytest.raises(Conflict, match="can't be done again any more"):
        project.redo(to=edits[0].id)
    assert list(state(project)) == ["a", "b", "c"]
    assert project.check() == []


def test_redo_waits_for_what_others_did_since(project: Project) -> None:
    put(project, "ada", "x", "one")
    project.undo()
    put(project, "bob", "x", "another")
    project.switch("ada")
    with pytest.raises(Conflict, match="bob changed the same"):
        project.redo()
    assert state(project) == {"x": "another"}


@settings(max_examples=25)
@given(
    edits=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1),
    steps=st.lists(st.integers(0, 60), max_size=4),
)
def test_back_to_any_point_and_forward_is_exact(
    edits: list[tuple[str, str]], steps: list[int]
) -> None:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "p.db", who="a") as project:
        mine = []
        for number, (who, id_) in enumerate(edits):
            made = put(project, who, id_, str(number))
            mine += [made.id] * (who == "a")
        project.switch("a")
        before = state(project)
        for step in steps if mine else []:
            to = mine[step % len(mine)]
            went = project.undo(to=to, through=True)
            assert went is not None
            assert project.check() == []
            back = project.redo(to=mine[-1])
            assert back is not None
            assert combined("", [went, back]) == Edit("", ())
            assert state(project) == before
        assert project.check() == []


def test_undo_goes_through_what_needs_what_it_takes_away(project: Project) -> None:
    document = document_of("Two soldiers were killed.")
    project.apply(Edit("import", inserted([document])))
    project.switch("bob")
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 3)], "claim", fresh=True))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(4, 12)], "actor"))
    claim, actor = project.annotations(layer=layer.id)
    project.apply(verbs.set_note(claim, "one"))
    project.undo()
    project.apply(verbs.link("source", claim, actor))
    project.switch("ada")
    with pytest.raises(Overtaken, match='depends on it: "tag claim" by bob'):
        project.undo()
    assert {each.who for each in project.undoing()[:-1]} == {"bob"}
    project.undo(through=True)
    assert project.read.count_documents() == 0
    assert project.check() == []
    project.redo()
    assert len(list(project.relations(layer=layer.id))) == 1
    assert project.check() == []


def test_undo_goes_through_what_names_an_actor(project: Project) -> None:
    project.apply(Edit("add entity", inserted([Entity("e", "Ministry")])))
    project.switch("bob")
    document = document_of("Two soldiers were killed.")
    project.apply(Edit("import", inserted([document])))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 3)], "claim", fresh=True))
    layer = project.layer(document.id)
    named = verbs.mark(layer, [Span(4, 12)], "actor", attributes={"entity": ["e"]})
    project.apply(named)
    project.switch("ada")
    assert names(project.undoing()) == [
        ("bob", "tag actor"),
        ("ada", "add entity"),
    ]
    project.undo(through=True)
    assert project.check() == []


def test_what_no_edit_tells_of_still_stops_undo(project: Project) -> None:
    document = document_of("Two soldiers were killed.")
    project.apply(Edit("import", inserted([document])))
    project.switch("bob")
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 3)], "claim", fresh=True))
    damage(project.path, "DELETE FROM undo_stack WHERE who = 'bob'")
    project.switch("ada")
    with pytest.raises(Conflict, match="Nothing was saved, because other work depends on it"):
        project.undo(through=True)


def test_undo_keeps_the_rules(project: Project) -> None:
    document = document_of("Two soldiers were killed.")
    project.apply(Edit("import", inserted([document])))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(0, 3)], "denial", fresh=True))
    layer = project.layer(document.id)
    project.apply(verbs.mark(layer, [Span(4, 12)], "actor"))
    denial, actor = project.annotations(layer=layer.id)
    project.apply(verbs.relabel(denial, "claim", kept=()))
    claim, actor = project.annotations(layer=layer.id)
    project.switch("bob")
    project.apply(verbs.link("against", claim, actor))
    project.switch("ada")
    with pytest.raises(Conflict, match="change to claim"):
        project.undo(through=True)
    assert project.check() == []
