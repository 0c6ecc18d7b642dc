"""The deletion of articles: whole, one edit, taken back, conflict or nothing."""

from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, change, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Decision, TimeSpent
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.deleting import delete_documents
from tests.corpora import values_of
from tests.strategies import document_of


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three articles, the first with work of two people, a link, a decision and time of work."""
    made = Project.create(tmp_path / "p.annotation", who="ada")
    documents = [document_of(f"Soldiers of army {number} denied it.") for number in range(3)]
    made.apply(Edit("import", inserted(documents)))
    first = documents[0].id
    for who in ("ada", "bob"):
        made.switch(who)
        made.apply(verbs.mark(made.layer(first), [Span(0, 8)], "denial", fresh=True))
        made.apply(verbs.mark(made.layer(first), [Span(9, 11)], "claim"))
        claim, denial = sorted(
            made.annotations(layer=made.layer(first).id), key=lambda each: each.label
        )
        made.apply(verbs.link("denies", denial, claim))
    made.apply(Edit("decide", inserted([Decision(new_id(), first, {}, "later")])))
    with made.bring_in("time of work", nobodys=True) as intake:
        intake.add(inserted([TimeSpent(made.layer(first).id, 60)]))
    return made


def test_articles_go_with_all_work_and_come_back(project: Project) -> None:
    with project:
        before = values_of(project)
        ids = list(before["document"])
        seconds = project.layer(ids[0]).id
        assert finish(delete_documents(project, (*ids[:2], "nobody"))) == 2
        after = values_of(project)
        assert list(after["document"]) == [ids[2]]
        assert not any(after[kind] for kind in ("layer", "annotation", "relation", "decision"))
        assert project.read.progress("bob") == (0, 1)
        assert [list(each) for each in project.read.found("bob")] == [[3]]
        assert project.check() == []
        assert project.undo_name == "delete 3 articles"
        project.undo()
        assert values_of(project) == before
        assert project.read.work(seconds) == 60
        with project.bring_in("time of work", nobodys=True) as intake:
            known = project.read.work(seconds)
            intake.add(Edit("", change(TimeSpent(seconds, known), TimeSpent(seconds, 90))).changes)
        project.redo()  # the time that was noted meanwhile is in nobody's way
        assert list(values_of(project)["document"]) == [ids[2]]
        assert project.check() == []


def test_a_deletion_that_is_cancelled_leaves_all(project: Project) -> None:
    with project:
        before = values_of(project)
        job = delete_documents(project, tuple(before["document"]))
        progress = next(job)
        assert (progress.done, progress.total) == (1, 3)
        job.close()
        assert values_of(project) == before
        assert finish(delete_documents(project, ("nobody",))) == 0
        assert project.undo_name == "decide"
        assert project.check() == []


def test_an_article_that_somebody_worked_on_meanwhile_stays_for_undo(project: Project) -> None:
    """Another program's work in a deleted article can't be: it is refused there, not lost here."""
    with project, Project.open(project.path, who="eve") as other:
        document = next(other.documents())
        layer = other.layer(document.id)
        finish(delete_documents(project, (document.id,)))
        with pytest.raises(UserError):
            other.apply(verbs.mark(layer, [Span(0, 3)], "actor", fresh=True))
        assert project.check() == []
