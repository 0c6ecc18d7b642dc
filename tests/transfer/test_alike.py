"""Tagging alike over a project: what is found, what is written, what undo leaves."""

import pytest

from annotator.core import verbs
from annotator.core.alike import Pattern
from annotator.core.edits import Edit, inserted
from annotator.core.model import Document
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.alike import seek, tag_alike

TEXTS = (
    "Armenia and Armenia.",
    "Armenians, nothing else.",
    "The army of Armenia left; armenia won.",
    "In Armenia.",
)
PATTERN = Pattern("Armenia", "actor")


@pytest.fixture
def project(project: Project) -> Project:
    documents = [
        Document(f"d{n}", f"Title {n}", text, sha256(text)) for n, text in enumerate(TEXTS)
    ]
    project.apply(Edit("import articles", inserted(documents)))
    return project


def quotes(project: Project) -> list[list[str]]:
    return [
        [each.quote(text) for each in project.annotations(layer=project.layer(f"d{n}").id)]
        for n, text in enumerate(TEXTS)
    ]


def test_each_article_is_found_with_its_places(project: Project) -> None:
    first = project.layer("d0")
    project.apply(verbs.mark(first, [Span(0, 7)], "actor", fresh=True))
    project.apply(verbs.set_state(project.layer("d3"), "done", fresh=True))
    inside = project.layer("d2")
    project.apply(verbs.mark(inside, [Span(0, 19)], "actor", fresh=True))
    found = finish(seek(project, PATTERN))
    assert [(each.title, len(each.places), len(each.free), each.state) for each in found] == [
        ("Title 0", 1, 1, "open"),
        ("Title 2", 2, 1, "open"),
        ("Title 3", 1, 1, "done"),
    ]
    assert found[0].first == ("Armenia and ", "Armenia", ".")


def test_all_is_one_edit_and_undo_takes_all_back(project: Project) -> None:
    found = finish(seek(project, PATTERN))
    assert finish(tag_alike(project, PATTERN, found[:2])) == 4
    assert quotes(project) == [["Armenia", "Armenia"], [], ["Armenia", "armenia"], []]
    assert project.undo_name == "tag 4 alike as actor"
    assert [project.layer(f"d{n}").state for n in range(4)] == ["open", "new", "open", "new"]
    assert project.check() == []
    project.undo()
    assert quotes(project) == [[], [], [], []]
    assert project.is_fresh(project.layer("d0"))
    assert project.check() == []
    project.redo()
    assert quotes(project)[0] == ["Armenia", "Armenia"]


def test_what_is_tagged_meanwhile_is_passed_by(project: Project) -> None:
    found = finish(seek(project, PATTERN))
    project.apply(verbs.mark(project.layer("d0"), [Span(0, 7)], "actor", fresh=True))
    assert finish(tag_alike(project, PATTERN, found[:1])) == 1
    assert finish(tag_alike(project, PATTERN, [])) == 0
    assert quotes(project)[0] == ["Armenia", "Armenia"]


def test_work_of_others_does_not_count(project: Project) -> None:
    project.apply(verbs.mark(project.layer("d0"), [Span(0, 7)], "actor", fresh=True))
    project.switch("bob")
    assert len(finish(seek(project, PATTERN))[0].places) == 2


def test_articles_that_go_meanwhile_are_passed_by(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "annotator.store.reader.Reader.documents_having", lambda _read, _words: iter(["gone"])
    )
    assert finish(seek(project, PATTERN)) == []
