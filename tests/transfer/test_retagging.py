"""The tag set changes, and the annotations follow."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Entity, Layer, Relation
from annotator.core.revision.changes import Difference, differences
from annotator.core.revision.draft import Draft, Kind, added, renamed
from annotator.core.revision.words import sentence
from annotator.core.span import Span
from annotator.core.tagset import Label, Tagset
from annotator.project import Project
from annotator.transfer import finish, read_toml, retag
from tests.rows import rows
from tests.strategies import Gesture, document_of, done, examples, gestures
from tests.tagset_edits import Step, stepped, steps

TEXT = "The ministry says that rebels shelled the town; 14 soldiers were killed on Monday."


def _told(told: list[Difference], kind: Kind) -> int:
    """How many annotations, or links, are said to go because their label or type goes."""
    places = ((each.place, each) for each in told if each.what == "removed")
    return sum(each.count for place, each in places if place.kind == kind and not place.attribute)


def _work(project: Project) -> Layer:
    """Ada's work on the first article: two links between three spans with attributes."""
    (article, *_) = project.documents()
    layer = Layer.of(article.id, "ada", state="open")
    day = {"text": "Monday", "from": "2020-09-28", "to": "2020-09-28"}
    claim = Annotation("a1", layer.id, (Span(23, 46),), "claim", {"when": day, "form": "direct"})
    actor = Annotation("a2", layer.id, (Span(0, 12),), "actor", {"entity": ["e"]})
    hurt = Annotation("a3", layer.id, (Span(48, 59),), "casualty", {"low": 14, "bound": "exact"})
    said = Relation("r1", layer.id, "source", "a1", "a2", {"implied": True})
    rival = Relation("r2", layer.id, "disputes", "a1", "a3")
    project.apply(Edit("work", inserted([layer, claim, actor, hurt, said, rival])))
    return layer


@given(
    st.lists(gestures(), max_size=12),
    st.lists(st.lists(steps(), min_size=1, max_size=8), min_size=1, max_size=3),
)
@examples(25)
def test_any_change_of_the_tag_set_leaves_a_sound_file_and_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, past: list[Gesture], rounds: list[list[Step]]
) -> None:
    path = tmp_path_factory.mktemp("retag") / "p.db"
    with Project.create(path, who="ada") as project, closing(sqlite3.connect(path)) as look:
        project.apply(Edit("import", inserted([document_of(TEXT), Entity("e", "Ministry")])))
        _work(project)
        for gesture in past:
            done(project, gesture)
        states = [rows(look, stamps=False)]
        for round_ in rounds:
            draft = Draft(project.tagset, project.tagset)
            for step in round_:
                draft = stepped(draft, step)
            told = differences(draft, project.read)
            assert all(sentence(each, draft).endswith(".") for each in told)
            before = project.read.counts()
            finish(retag(project, draft))
            after = project.read.counts()
            assert before["annotation"] - after["annotation"] == _told(told, "label")
            links = sum(each.links for each in told)
            assert before["relation"] - after["relation"] == links + _told(told, "relation")
            states.append(rows(look, stamps=False))
        assert project.check() == []
        for state in reversed(states[:-1]):
            assert project.undo()
            assert rows(look, stamps=False) == state
        assert project.check() == []


def test_the_whole_change_is_one_edit_of_a_new_version_and_layers_keep_theirs(
    tmp_path: Path,
) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT), Entity("e", "Ministry")])))
        layer = _work(project)
        draft = renamed(Draft(project.tagset, project.tagset), "label", "claim", "statement")
        assert finish(retag(project, draft)) == 2
        assert project.undo_name == "change the tag set"
        assert (project.tagset.version, project.layer(layer.document).tagset) == (2, 1)
        found = project.read.annotation("a1")
        assert found
        assert (found.label, found.attributes["form"]) == ("statement", "direct")
        assert project.read.relation("r1")
        assert project.read.annotators_of(["statement"], []) == ["ada"]
        assert project.read.annotators_of(["claim"], ["denies"]) == []
        assert project.read.annotators_of([], ["source"]) == ["ada"]
        assert project.undo()
        assert project.tagset == draft.before


def test_a_change_that_concerns_no_annotation_only_adds_the_version(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT), Entity("e", "Ministry")])))
        _work(project)
        draft = added(Draft(project.tagset, project.tagset), "label", Label("rumour"))
        assert finish(retag(project, draft)) == 1


def test_what_is_no_tag_set_or_was_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        tagset = project.tagset
        for bad, told in (
            (Draft(tagset, Tagset("none")), "at least one label"),
            (Draft(tagset, Tagset("", 1, (Label(" x"),))), "a name without spaces"),
            (Draft(Tagset("other"), tagset), "changed meanwhile"),
        ):
            with pytest.raises(UserError, match=told):
                finish(retag(project, bad))
        assert project.tagset == tagset


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"name = 1 2\n", "line 1"),
        (b"\xff", "not UTF-8"),
        (b"name = 'x'", "at least one"),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_no_tag_set_says_so_in_a_sentence(
    tmp_path: Path, data: bytes | None, told: str
) -> None:
    path = tmp_path / "tags.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert str(caught.value).endswith(".")
