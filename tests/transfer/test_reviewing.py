"""Review of a project: what is read, what rules take in one edit, what decisions follow."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import sample
from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Entity, Layer, Setting
from annotator.core.span import Span
from annotator.project import Project
from annotator.review import deciding, granting, phrases
from annotator.review.rules import KEY, Rules
from annotator.review.values import Reviewed
from annotator.transfer import finish, reviewing
from tests.strategies import document_of

TEXT = "The army of the north said that the town was hit."
PEOPLE = ("anna", "boris")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three articles: one in which two differ, one like it, and one that only one has done."""
    with Project.create(tmp_path / "review.db", who="rita") as project:
        project.apply(Edit("people", inserted([Annotator(each) for each in PEOPLE])))
        for number in range(3):
            document = document_of(f"{TEXT} {number}")
            project.apply(Edit("article", inserted([document])))
            for name, end in zip(PEOPLE, (48, 49), strict=True):
                state = "open" if number == 2 and name == "boris" else "done"
                layer = Layer.of(document.id, name, state=state)
                marks = ((0, 21, "actor"), (32, end, "claim"))
                found = [
                    Annotation(f"{number} {name} {start}", layer.id, (Span(start, stop),), label)
                    for start, stop, label in marks
                ]
                project.apply(Edit("work", inserted([layer, *found])))
        yield project


def in_review(project: Project) -> list[Reviewed]:
    ground = reviewing.ground_of(project.read, project.tagset)
    return list(reviewing.reviewing(project.read, ground))


def test_what_all_agree_on_is_taken_in_one_edit_that_can_be_undone(project: Project) -> None:
    entries = len(list(project.read.journal.entries()))
    before = finish(reviewing.count_places(project))
    assert (before.agreed, before.open, before.applied) == (2, 2, False)
    assert not list(project.read.decisions())
    report = finish(reviewing.accept_agreed(project))
    assert (report.documents, report.agreed, report.open) == (2, 2, 2)
    assert report.applied
    assert report.sentence() == (
        "2 articles in review. Taken: 2. Open conflicts: 2; to be decided anew: 0."
    )
    new = list(project.read.journal.entries())[:-entries]
    assert [each.name for each in new if each.who] == [granting.NAME]
    assert {each.annotator for each in project.read.layers() if each.role == "gold"} == {"gold"}
    assert project.read.annotator("gold") is not None
    assert project.check() == []
    again = finish(reviewing.accept_agreed(project))
    assert again.agreed == 0
    assert again.sentence().endswith("No gold was made or changed.")
    assert "wait until their spans are decided: 1." in replace(again, waiting=1).sentence()
    project.undo()
    assert not list(project.read.decisions())
    assert finish(reviewing.count_places(project)) == before


def test_many_changes_are_written_bit_by_bit(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "_BATCH", 1)
    assert finish(reviewing.accept_agreed(project)).agreed == 2
    assert project.check() == []
    project.undo()
    assert not list(project.read.decisions())


def test_rules_of_the_project_and_those_given(project: Project) -> None:
    assert finish(reviewing.count_places(project, Rules(edges=True))).agreed == 4
    project.apply(Edit("rules", inserted([Setting(KEY, Rules(edges=True).dumps())])))
    assert reviewing.rules_of(project.read) == Rules(edges=True)
    assert finish(reviewing.accept_agreed(project)).open == 0
    assert finish(reviewing.count_places(project, Rules(trusted="anna"))).documents == 3
    with pytest.raises(
        UserError, match='Nobody here is called "otto"; there are: rita, anna, boris'
    ):
        finish(reviewing.count_places(project, Rules(trusted="otto")))


def test_cancelled_or_failing_it_has_taken_nothing(project: Project) -> None:
    job = reviewing.accept_agreed(project)
    next(job)
    job.close()
    assert not list(project.read.decisions())


def test_gold_is_introduced_with_the_first_decision(project: Project) -> None:
    reviewed = in_review(project)[0]
    place = next(each for each in reviewed.places if each.status == "agreed")
    assert project.read.annotator("gold") is None
    project.apply(deciding.take(reviewed, place, place.versions[0], by="rita"))
    assert project.read.annotator("gold") is not None
    project.undo()
    assert project.read.annotator("gold") is not None
    assert project.check() == []


def test_articles_come_as_they_are_read_one_by_one(project: Project) -> None:
    for reviewed in in_review(project):
        layers = list(project.read.layers(document=reviewed.document.id))
        assert {each.layer.id for each in reviewed.article.works} == {each.id for each in layers}


def test_a_phrase_is_settled_over_the_corpus(project: Project) -> None:
    finish(reviewing.accept_agreed(project))
    reviewed = in_review(project)[0]
    (place,) = reviewed.pending
    found = finish(reviewing.find_alike(project, reviewed, place, place.versions[0]))
    assert len(found) == 2
    edit = project.apply(phrases.settled(found, by="rita"))
    assert edit.name == "decide 2 conflicts on one phrase"
    assert not [each for one in in_review(project) for each in one.pending]
    project.undo()
    assert len([each for one in in_review(project) for each in one.pending]) == 2


def test_gaps_of_the_project(project: Project) -> None:
    reviewed = in_review(project)[0]
    (place,) = reviewed.pending
    project.apply(deciding.none(reviewed, place, by="rita", gap=True, comment="why"))
    (found,) = reviewing.gaps_of(project.read)
    assert (found.label, found.kept, found.comment) == ("claim", False, "why")


def test_decisions_follow_a_merge_of_actors() -> None:
    with sample.temporary() as path, Project.open(path, who="rita") as project:
        finish(reviewing.accept_agreed(project))
        read = project.read
        kept, gone = (
            next(each for each in read.entities() if each.name == name)
            for name in ("Armenia", "Azerbaijan")
        )
        ids = list(read.users_of_entity(gone.id))
        users = read.values("annotation", ids).values()
        named = [each for each in users if isinstance(each, Annotation)]
        edit = verbs.merge_entities(kept, gone, named)
        followed = reviewing.with_decisions(read, edit)
        assert len(followed.changes) > len(edit.changes)
        project.apply(followed)
        (reviewed,) = in_review(project)
        assert not [each for each in reviewed.places if each.status == "stale"]
        project.undo()
        project.apply(edit)
        (reviewed,) = in_review(project)
        assert [each for each in reviewed.places if each.status == "stale"]


def test_an_edit_that_no_decision_follows_stays_as_it_is(project: Project) -> None:
    edit = Edit("register", inserted([Entity("e", "Somebody")]))
    assert reviewing.with_decisions(project.read, edit) is edit
