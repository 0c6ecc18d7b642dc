"""Somebody is called otherwise, and all that is theirs follows."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.citation import BACKGROUND
from annotator.core.edits import Edit, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Decision, Layer, Setting, TimeSpent, Value
from annotator.core.people import names_since
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.handoff import hand_off
from annotator.transfer.people import rename_person
from annotator.transfer.plan import loads
from tests.corpora import values_of
from tests.strategies import Gesture, document_of, done, examples, gestures
from tests.transfer.teams import copy, merged, values

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
    assert names_since(project.read.settings()) == {"ada": "c"}
    named(project, "c", "ada")
    assert names_since(project.read.settings()) == {"ada": "ada"}
    assert project.check() == []


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
        del after["setting"]["renamed.ada"]
        assert after == before


# In files that go their own ways


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A project of an article that Ann and Bob have begun, and the file of each."""
    team = tmp_path / "team.db"
    document = document_of(TEXT)
    with Project.create(team, who="lead") as project:
        project.apply(Edit("import", inserted([document])))
        for name in ("ann", "bob"):
            project.switch(name)
            layer = project.layer(document.id)
            project.apply(verbs.mark(layer, [Span(0, 43)], "denial", fresh=True))
        project.switch("lead")
        for name in ("ann", "bob"):
            finish(hand_off(project, name, tmp_path / f"{name}.db"))
    return {each.stem: each for each in tmp_path.glob("*.db")}


def works(path: Path, end: int) -> None:
    """Who a file is for moves the end of a span, and has done the article."""
    with Project.open(path) as own:
        (document,) = own.documents()
        layer = own.layer(document.id)
        (span,) = own.annotations(layer=layer.id)
        own.apply(verbs.move(span, [Span(0, end)]))
        own.apply(verbs.set_state(own.layer(document.id), "done"))


def renamed(path: Path, *names: tuple[str, str]) -> None:
    with Project.open(path, who="lead") as project:
        for former, name in names:
            named(project, former, name)


def ends(path: Path) -> dict[str, tuple[str, list[int]]]:
    """The state and the ends of the spans of each annotator."""
    with Project.open(path, who="lead") as project:
        assert project.check() == []
        return {
            each.annotator: (
                each.state,
                [one.envelope.end for one in project.annotations(layer=each.id)],
            )
            for each in project.read.layers()
        }


SWAPPED = (("ann", "x"), ("bob", "ann"), ("x", "bob"))


@pytest.mark.parametrize(
    ("names", "there", "told"),
    [
        ([("ann", "anna")], [], {"anna": 40, "bob": 41}),
        ([("ann", "anna"), ("anna", "anne")], [], {"anne": 40, "bob": 41}),
        ([("ann", "anna")], [("ann", "anne")], {"anne": 40, "bob": 41}),
        ([("ann", "anna"), ("anna", "ann")], [], {"ann": 40, "bob": 41}),
        (SWAPPED, [], {"bob": 40, "ann": 41}),
    ],
)
def test_work_holds_whoever_was_renamed_since_and_wherever(
    files: dict[str, Path],
    names: list[tuple[str, str]],
    there: list[tuple[str, str]],
    told: dict[str, int],
) -> None:
    works(files["ann"], 40)
    works(files["bob"], 41)
    renamed(files["team"], *names)
    renamed(files["ann"], *there)
    first = copy(files["team"], "first.db")
    report = merged(files["ann"], first)
    assert report.as_json()["conflicts"] == []
    assert ends(files["ann"])[next(iter(told))] == ("done", [40])
    merged(files["team"], files["bob"], files["ann"], who="lead")
    assert ends(files["team"]) == {name: ("done", [end]) for name, end in told.items()}
    merged(first, files["ann"], files["bob"])
    assert ends(first) == ends(files["team"])


def test_a_renaming_taken_back_holds_against_files_that_have_followed_it(
    files: dict[str, Path],
) -> None:
    with Project.open(files["team"], who="lead") as project:
        named(project, "ann", "anna")
    merged(files["ann"], files["team"])
    works(files["ann"], 40)
    assert ends(files["ann"])["anna"] == ("done", [40])
    with Project.open(files["team"], who="lead") as project:
        project.undo()
    report = merged(files["team"], files["ann"], who="lead")
    assert ends(files["team"])["ann"] == ("done", [40])
    assert report.files[0].tally.renamed == []
    report = merged(files["ann"], files["team"], who="anna")
    assert report.details() == ["team.db: anna is called ann there, and so here from now on."]
    assert report.files[0].as_json()["renamed"] == [{"former": "anna", "name": "ann"}]
    with Project.open(files["ann"]) as own:
        assert own.who == "ann"
        own.undo()
        assert own.who == "anna"
        assert own.check() == []


def test_two_people_who_would_have_one_name_are_not_merged(files: dict[str, Path]) -> None:
    renamed(files["team"], ("ann", "anna"))
    with Project.open(files["bob"], who="anna") as own:
        own.apply(verbs.add_entity("Ministry"))
        renamed(files["bob"], ("bob", "ann"))
    before = values(files["team"])
    with pytest.raises(UserError, match=r"“anna” would be .* called “ann” and “anna” at first"):
        merged(files["team"], files["bob"])
    assert values(files["team"]) == before
    renamed(files["bob"], ("anna", "Anna B."))
    merged(files["team"], files["bob"])
    assert set(ends(files["team"])) == {"anna", "ann"}


def test_a_former_name_leads_to_who_has_another_now(files: dict[str, Path]) -> None:
    renamed(files["team"], ("ann", "anna"))
    with Project.open(files["team"], who="ann") as project:
        assert project.who == "anna"
        report = finish(hand_off(project, "ann", files["team"].with_name("new.db")))
        assert report.annotator == "anna"
        named(project, "bob", "ann")
        project.switch("ann")
        assert project.who == "ann"
        assert [each.name for each in project.read.annotators()] == ["lead", "anna", "ann"]


def test_what_a_renaming_is_in_the_way_of_says_so(files: dict[str, Path]) -> None:
    with Project.open(files["ann"]) as own:
        (document,) = own.documents()
        (span,) = own.annotations(layer=own.layer(document.id).id)
        own.apply(verbs.remove([span], []))
    merged(files["team"], files["ann"], who="mira")
    renamed(files["team"], ("ann", "anna"))
    with Project.open(files["team"], who="mira") as project:
        with pytest.raises(Conflict, match=r'because "rename ann to anna" by lead, .* first'):
            project.undo()
        project.undo(through=True)
        assert project.check() == []
    assert ends(files["team"])["ann"] == ("open", [43])
    renamed(files["team"], ("bob", "bo"))
    with Project.open(files["team"], who="bob") as project:
        assert project.who == "bo"
    with Project.open(files["team"], who="lead") as project:
        project.apply(verbs.set_state(next(project.read.layers()), "done"))
        project.undo()
        assert project.undo_name == "rename bob to bo"


def test_what_lies_aside_follows_a_new_name(files: dict[str, Path]) -> None:
    """A link whose end was removed elsewhere is shown again when that is taken back."""
    with Project.open(files["team"], who="ann") as project:
        (document,) = project.documents()
        project.apply(verbs.mark(project.layer(document.id), [Span(45, 68)], "actor"))
    other = copy(files["team"], "other.db")
    with Project.open(other, who="ann") as own:
        spans = {each.label: each for each in own.annotations(layer=own.layer(document.id).id)}
        own.apply(verbs.link("source", spans["denial"], spans["actor"]))
    gone = copy(files["team"], "gone.db")
    with Project.open(gone, who="ann") as own:
        own.apply(verbs.remove([spans["actor"]], []))
    merged(files["team"], other, gone, who="lead")
    renamed(files["team"], ("ann", "anna"))
    with Project.open(gone, who="ann") as own:
        own.undo()
    merged(files["team"], gone, who="lead")
    with Project.open(files["team"], who="anna") as project:
        layer = project.layer(document.id)
        assert [each.layer for each in project.relations(layer=layer.id)] == [layer.id]
        assert project.check() == []
