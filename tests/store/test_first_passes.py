"""First passes: what was there when a layer was first done stays known, whatever changes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Entity, FirstPass, Layer
from annotator.core.revision.draft import Draft, renamed
from annotator.core.span import Span
from annotator.project import Project
from annotator.store import first_passes, writer
from annotator.transfer import finish, retag
from annotator.transfer.deleting import delete_documents
from tests.strategies import Gesture, document_of, done, examples, gestures

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An article with an actor, a denial and a link between them, done."""
    with Project.create(tmp_path / "p.db", who="ada") as project:
        people = [Annotator(name) for name in ("eve", "gold")]
        article = document_of(TEXT)
        project.apply(Edit("import", inserted([article, Entity("e", "Ministry"), *people])))
        (document,) = project.documents()
        layer = Layer.of(document.id, "ada", state="done")
        actor = Annotation("a", layer.id, (Span(45, 68),), "actor", {"entity": ["e"]})
        denial = Annotation("b", layer.id, (Span(0, 43),), "denial")
        project.apply(Edit("work", inserted([layer, actor, denial])))
        project.apply(verbs.link("source", denial, actor))
        yield project


def layer_of(project: Project) -> Layer:
    return next(each for each in project.read.layers() if each.role == "annotator")


def kept(project: Project) -> FirstPass | None:
    found = project.read.value("first_pass", layer_of(project).id)
    return found if isinstance(found, FirstPass) else None


def entries(project: Project) -> list[str]:
    return [each.name for each in project.read.journal.entries()]


def test_until_it_is_changed_what_is_there_is_the_first_pass(project: Project) -> None:
    project.undo()  # the link, which was made after it was done, and so kept the first pass
    layer = layer_of(project)
    found = kept(project)
    assert found is not None
    assert (len(found.annotations), found.relations) == (2, ())
    assert project.read.first_pass(layer).annotations == found.annotations
    other = Layer.of(layer.document, "eve", state="done")
    project.apply(
        Edit("work", inserted([other, Annotation("c", other.id, (Span(0, 7),), "actor")]))
    )
    assert project.read.value("first_pass", other.id) is None
    assert project.read.first_pass(other).annotations == tuple(project.annotations(layer=other.id))


def changes(project: Project) -> dict[str, Edit]:
    """By name, an edit that changes what was done."""
    layer = layer_of(project)
    actor, denial = sorted(project.annotations(layer=layer.id), key=lambda each: each.id)
    links = list(project.relations(layer=layer.id))
    return {
        "mark": verbs.mark(layer, [Span(0, 7)], "actor"),
        "move": verbs.move(denial, [Span(0, 40)]),
        "remove": verbs.remove([actor], links),
        "unlink": verbs.unlink(links[0]),
        "open": verbs.set_state(layer, "open"),
        "both": Edit(
            "open",
            (
                Change(links[0], None),
                Change(actor, replace(actor, note="x")),
                Change(layer, replace(layer, state="open")),
            ),
        ),
    }


@pytest.mark.parametrize("name", ["mark", "move", "remove", "unlink", "open", "both"])
@pytest.mark.parametrize("bulk", [False, True])
def test_the_first_change_keeps_it(tmp_path: Path, name: str, *, bulk: bool) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT)])))
        (document,) = project.documents()
        layer = Layer.of(document.id, "ada", state="open")
        actor = Annotation("a", layer.id, (Span(45, 68),), "actor")
        denial = Annotation("b", layer.id, (Span(0, 43),), "denial")
        project.apply(Edit("work", inserted([layer, actor, denial])))
        project.apply(verbs.link("source", denial, actor))
        project.apply(verbs.set_state(layer, "done"))
        assert kept(project) is None
        before = project.read.contents(layer_of(project))
        edit = changes(project)[name]
        if bulk:
            with project.bring_in("bulk") as intake:
                for each in edit.changes:
                    intake.add([each])
        else:
            project.apply(edit)
        assert kept(project) == FirstPass(layer.id, before.annotations, before.relations)
        assert entries(project)[0] == first_passes.NAME
        assert project.undo_name == edit.name if not bulk else "bulk"
        first = project.read.first_pass(layer_of(project))
        assert (first.annotations, first.relations) == (before.annotations, before.relations)
        project.undo()
        now = project.read.contents(layer_of(project))
        assert (now.annotations, now.relations) == (before.annotations, before.relations)
        assert kept(project) == before.first
        project.redo()
        assert entries(project).count(first_passes.NAME) == 1
        assert project.check() == []


def test_what_was_never_done_or_is_no_annotators_has_none(project: Project) -> None:
    known = len([each for each in entries(project) if each == first_passes.NAME])
    document = layer_of(project).document
    gold = Layer.of(document, "gold", role="gold", state="done")
    eves = Layer.of(document, "eve")
    project.apply(Edit("gold", inserted([gold, eves])))
    project.apply(verbs.mark(gold, [Span(0, 7)], "actor"))
    project.apply(verbs.mark(eves, [Span(0, 7)], "actor"))
    assert len([each for each in entries(project) if each == first_passes.NAME]) == known


def test_done_taken_back_at_once_is_as_if_it_had_not_been_said(project: Project) -> None:
    document = layer_of(project).document
    layer = Layer.of(document, "eve")
    project.switch("eve")
    project.apply(verbs.mark(layer, [Span(0, 7)], "actor", fresh=True))
    project.apply(verbs.set_state(project.layer(document), "done"))
    project.undo()
    assert project.layer(document).state == "open"
    assert project.read.value("first_pass", layer.id) is None


def test_an_import_in_bits_is_no_change_of_what_it_brings(project: Project) -> None:
    document = layer_of(project).document
    layer = Layer.of(document, "eve", state="done")
    with project.bring_in("import") as intake:
        intake.add(inserted([layer]))
        intake.add(inserted([Annotation("c", layer.id, (Span(0, 7),), "actor")]))
        intake.add([Change(layer, replace(layer, meta={"a": 1}))])
        intake.add(inserted([Annotation("d", layer.id, (Span(8, 14),), "denial")]))
    assert project.read.value("first_pass", layer.id) is None
    project.undo()
    project.redo()
    assert project.read.value("first_pass", layer.id) is None
    with project.bring_in("more") as intake:
        after = replace(layer, meta={})
        intake.add([Change(project.read.layer(layer.id), after)])
        intake.add(inserted([Annotation("f", layer.id, (Span(20, 31),), "casualty")]))
    found = project.read.value("first_pass", layer.id)
    assert isinstance(found, FirstPass)
    assert [each.id for each in found.annotations] == ["c", "d"]


def test_an_edit_that_brings_the_first_pass_is_believed(project: Project) -> None:
    document = layer_of(project).document
    layer = Layer.of(document, "eve", state="done")
    project.apply(Edit("work", inserted([layer])))
    late = Annotation("c", layer.id, (Span(0, 7),), "actor")
    told = FirstPass(layer.id, (Annotation("d", layer.id, (Span(8, 14),), "actor"),))
    with project.bring_in("merge") as intake:
        intake.add(inserted([told]))
        intake.add(inserted([late]))
    assert project.read.value("first_pass", layer.id) == told
    project.undo()
    assert project.read.value("first_pass", layer.id) is None
    assert entries(project)[:2] == ["merge", "merge"]
    beyond = replace(told, annotations=(replace(late, spans=(Span(0, 999),)),))
    with pytest.raises(UserError, match="it ends at 999"):
        project.apply(Edit("merge", inserted([beyond])))


def test_a_deleted_article_takes_it_not_along(project: Project) -> None:
    before = kept(project)
    (document,) = project.documents()
    finish(delete_documents(project, [document.id]))
    assert entries(project).count(first_passes.NAME) == 1
    assert project.check() == []
    project.undo()
    assert kept(project) == before


def test_another_tag_set_is_no_change_of_the_work(project: Project) -> None:
    """A label that is called otherwise is called so in first passes too, kept ones and others."""
    layer = layer_of(project)
    eves = Layer.of(layer.document, "eve", state="done")
    project.apply(Edit("work", inserted([eves, Annotation("c", eves.id, (Span(0, 7),), "actor")])))
    draft = renamed(Draft(project.tagset, project.tagset), "label", "actor", "player")
    finish(retag(project, draft))
    assert {each.label for each in project.read.first_pass(layer).annotations} == {
        "player",
        "denial",
    }
    assert {each.label for each in project.read.first_pass(eves).annotations} == {"player"}
    assert entries(project).count(first_passes.NAME) == 1
    assert project.check() == []
    project.undo()
    assert project.read.value("first_pass", eves.id) is None


def test_two_actors_made_one_are_one_in_first_passes(project: Project) -> None:
    (gone,) = project.read.entities()
    one = Entity("k", "Ministry of Defense")
    project.apply(Edit("more", inserted([one])))
    layer = layer_of(project)
    users = [each for each in project.annotations(layer=layer.id) if each.label == "actor"]
    works = list(project.read.works_naming("e"))
    assert [work.layer for work in works] == [layer]
    project.apply(verbs.merge_entities(one, gone, users, works))
    first = project.read.first_pass(layer)
    assert [each.attributes for each in first.annotations if each.label == "actor"] == [
        {"entity": ["k"]}
    ]
    assert list(project.read.works_naming("e")) == []
    assert entries(project).count(first_passes.NAME) == 1


def test_a_large_edit_keeps_them_in_an_entry_after_its_own(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_PART_CHANGES", 3)
    documents = [document_of(f"{TEXT} {number}") for number in range(9)]
    layers = [Layer.of(each.id, "eve", state="done") for each in documents]
    spans = [Annotation(each.id, each.id, (Span(0, 7),), "actor") for each in layers]
    project.apply(Edit("import", inserted([*documents, *layers, *spans])))
    with project.bring_in("bulk") as intake:
        for each in spans:
            intake.add([Change(each, replace(each, note="x"))])
    with closing(sqlite3.connect(project.path)) as look:
        rows = look.execute("SELECT name, part FROM journal ORDER BY seq").fetchall()
    assert rows[-4:] == [("bulk", 0), ("bulk", 1), ("bulk", 2), (first_passes.NAME, 0)]
    assert project.check() == []


def test_the_check_looks_into_first_passes(project: Project) -> None:
    project.close()
    with closing(sqlite3.connect(project.path)) as look:
        look.execute("UPDATE first_pass SET annotations = replace(annotations, '45,68', '45,680')")
        look.execute("INSERT INTO first_pass (id, annotations) VALUES ('x', '[\"y\"]')")
        look.execute("INSERT INTO first_pass (id, annotations) VALUES ('y', '[]')")
        look.commit()
    with Project.open(project.path) as opened:
        problems = opened.check()
    assert any("The first pass of layer" in each and "ends at 680" in each for each in problems)
    assert any("row x of first_pass cannot be read" in each for each in problems)


def test_a_link_of_a_first_pass_has_its_ends_in_it(project: Project) -> None:
    layer = layer_of(project)
    found = project.read.contents(layer)
    torn = FirstPass(layer.id, found.annotations[:1], found.relations)
    before = found.first_pass
    with pytest.raises(UserError, match="is not in it"):
        project.apply(Edit("torn", (Change(before, torn),)))


@given(st.lists(gestures(), max_size=40), st.lists(st.booleans(), max_size=8))
@examples(40)
def test_it_is_what_was_there_when_it_was_first_done(
    tmp_path_factory: pytest.TempPathFactory, acts: list[Gesture], back: list[bool]
) -> None:
    with Project.create(tmp_path_factory.mktemp("first") / "p.db", who="ada") as project:
        document = document_of(TEXT)
        project.apply(Edit("import", inserted([document])))
        id_ = Layer.of(document.id, "ada").id
        first: Any = None
        for act in acts:
            done(project, act)
            layer = project.read.layer(id_)
            if first is None and layer and layer.state == "done":
                work = project.read.contents(layer)
                first = (work.annotations, work.relations)
        for undo in back:
            (project.undo if undo else project.redo)()
        found = project.read.value("first_pass", id_)
        if isinstance(found, FirstPass):
            assert (found.annotations, found.relations) == first
        assert project.check() == []


def test_it_may_come_before_its_layer(project: Project) -> None:
    document = layer_of(project).document
    later = Layer.of(document, "eve", state="done")
    first = FirstPass(later.id, (Annotation("f", later.id, (Span(0, 7),), "actor"),))
    project.apply(Edit("first pass", inserted([first])))
    assert project.read.value("first_pass", later.id) == first
    project.apply(Edit("layer", inserted([later])))
    assert project.read.first_pass(later).annotations == first.annotations
    assert project.check() == []
