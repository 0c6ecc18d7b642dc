"""A hand-off: one person's work and nobody else's, in a file that merges back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.core import verbs
from annotator.core.citation import BACKGROUND
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TimeSpent,
    Value,
)
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.handoff import HandoffReport, hand_off, handed_out
from annotator.transfer.merging import merge
from annotator.transfer.people import rename_person
from tests.corpora import values_of
from tests.strategies import document_of

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said."
SECRETS = (
    *("Eve's secret note", "eve-span", "eve-link", "eve-first", "a secret comment"),
    *("eve-decision", "secret background", "withheld article", "cross-rule"),
)
"""What only Eve's work, a decision, or an article that isn't handed out has in it."""
SECONDS = 717_171_717_171
"""Eve's time of work, which SQLite writes in six bytes."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Project]:
    """Two articles; Ada and Eve have worked on the first, and a decision was made."""
    with Project.create(tmp_path / "team.db", who="lead") as project:
        first, second = document_of(TEXT), document_of("A withheld article.")
        head: list[Value] = [Entity("e", "Ministry of Defense"), Annotator("ada"), Annotator("eve")]
        project.apply(Edit("import", inserted([first, second, *head])))
        project.apply(Edit("facts", inserted([*settings()])))
        for name in ("ada", "eve"):
            layer = Layer.of(first.id, name, state="done")
            note = f"{name.title()}'s secret note"
            span = Annotation(f"{name}-span", layer.id, (Span(0, 43),), "denial", note=note)
            other = Annotation(
                f"{name}-other", layer.id, (Span(45, 68),), "actor", {"entity": ["e"]}
            )
            link = Relation(f"{name}-link", layer.id, "source", span.id, other.id)
            old = Annotation(f"{name}-first", layer.id, (Span(0, 7),), "actor")
            seconds = TimeSpent(layer.id, SECONDS if name == "eve" else 60)
            with project.bring_in("work") as intake:
                intake.add(inserted([layer, span, other, link]))
                intake.add(inserted([FirstPass(layer.id, (old,)), seconds]))
        said: dict[str, Any] = {"by": "lead", "comment": "a secret comment"}
        seen = {"layers": {Layer.of(first.id, "eve").id: {"eve-span": "x"}}}
        decision = Decision("eve-decision", first.id, seen, "take", **said)
        project.apply(Edit("decide", inserted([decision])))
        project.apply(verbs.set_document_note(first, "See the guidelines."))
        yield project


def settings() -> list[Setting]:
    return [
        Setting("corpus.title", "War of words"),
        Setting(f"{BACKGROUND}eve", "a secret background"),
        Setting(f"{BACKGROUND}ada", "journalist"),
        Setting("review", '{"trusted": "cross-rule"}'),
    ]


def handed(project: Project, name: str, path: Path, **more: Any) -> HandoffReport:
    return finish(hand_off(project, name, path, **more))


def first_of(project: Project) -> Document:
    return next(project.documents())


def test_the_file_has_what_the_person_needs_and_nobody_elses_work(
    team: Project, tmp_path: Path
) -> None:
    document = first_of(team)
    report = handed(team, "ada", tmp_path / "ada.db")
    assert (report.documents, report.annotations) == (1, 2)
    assert report.sentence().startswith("Handed 1 article with 2 annotations of theirs out to ada")
    assert report.as_json()["handoff"] == report.id
    with Project.open(tmp_path / "ada.db") as own:
        assert own.who == "ada"
        assert own.check() == []
        assert list(own.documents()) == [document]
        assert document.note == "See the guidelines."
        assert [each.name for each in own.read.annotators()] == ["ada"]
        assert list(own.read.tagsets()) == list(team.read.tagsets())
        assert list(own.read.entities()) == list(team.read.entities())
        layer = own.layer(document.id)
        assert own.read.contents(layer) == team.read.contents(layer)
        assert {each.key: each.value for each in own.read.settings() if each.key != "id"} == {
            "annotator": "ada",
            "handoff": report.id,
            "corpus.title": "War of words",
            f"{BACKGROUND}ada": "journalist",
        }
        assert own.read.setting("id") != team.read.setting("id")
        assert own.undo() is None
        own.apply(verbs.mark(layer, [Span(20, 31)], "casualty"))
        assert own.read.first_pass(layer).annotations[0].id == "ada-first"
    whole, data = team.path.read_bytes() + wal(team), (tmp_path / "ada.db").read_bytes()
    for secret in (*(each.encode() for each in SECRETS), SECONDS.to_bytes(6, "big")):
        assert secret in whole, secret
        assert secret not in data, secret


def wal(project: Project) -> bytes:
    log = project.path.with_name(project.path.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def test_who_has_nothing_gets_all_and_has_it_then(team: Project, tmp_path: Path) -> None:
    report = handed(team, "zoe", tmp_path / "zoe.db")
    assert (report.documents, report.annotations) == (2, 0)
    assert "of theirs" not in report.sentence()
    assert {each for each, name, _ in team.read.holders() if name == "zoe"} == {
        each.id for each in team.documents()
    }
    assert team.undo_name == "hand out to zoe"
    with Project.open(tmp_path / "zoe.db") as own:
        assert own.who == "zoe"
        assert {each.state for each in own.read.layers()} == {"new"}
        assert own.check() == []
    assert team.check() == []
    team.undo()
    assert team.read.annotator("zoe") is None


def test_chosen_articles_go(team: Project, tmp_path: Path) -> None:
    first, second = (each.id for each in team.documents())
    assert handed(team, "ada", tmp_path / "a.db", documents=[second]).documents == 1
    with Project.open(tmp_path / "a.db") as own:
        assert [each.id for each in own.documents()] == [second]
        assert own.read.counts()["annotation"] == 0
    assert handed(team, "ada", tmp_path / "b.db").documents == 2
    with Project.open(tmp_path / "b.db") as own:
        assert [each.id for each in own.documents()] == [first, second]


def test_what_can_not_be_handed_out(team: Project, tmp_path: Path) -> None:
    out = tmp_path / "x.db"
    layers = list(team.read.layers())
    with pytest.raises(UserError, match="reserved"):
        handed(team, "gold", out)
    with pytest.raises(UserError, match="no article with the id d9"):
        handed(team, "ada", out, documents=["d9"])
    with pytest.raises(UserError, match="is the project itself"):
        handed(team, "ada", team.path, force=True)
    out.write_text("Dear Sir")
    with pytest.raises(UserError, match="exists already"):
        handed(team, "ada", out)
    with pytest.raises(UserError, match="There is no folder"):
        handed(team, "ada", tmp_path / "no" / "x.db")
    assert list(team.read.layers()) == layers
    with (
        Project.create(tmp_path / "empty.db", who="lead") as empty,
        pytest.raises(UserError, match="no article to hand out"),
    ):
        handed(empty, "ada", tmp_path / "y.db")


def test_a_hand_off_that_fails_leaves_the_project_as_it_was(
    team: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(Project, "take_over", fail)
    with pytest.raises(UserError, match="disk is full"):
        handed(team, "zoe", tmp_path / "zoe.db")
    assert team.read.annotator("zoe") is None
    assert not [each for each in tmp_path.iterdir() if "zoe" in each.name or ".new" in each.name]
    monkeypatch.undo()
    job = hand_off(team, "zoe", tmp_path / "zoe.db")
    next(job)
    next(job)
    job.close()
    assert team.read.annotator("zoe") is None
    assert not (tmp_path / "zoe.db").exists()


def test_a_file_that_can_not_take_its_name_is_not_noted_as_handed_out(
    team: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UserError, match="could not be made"):
        handed(team, "zoe", tmp_path / "zoe.db")
    assert team.read.annotator("zoe") is None
    assert handed_out(team.read) == {}


def test_what_was_done_while_a_hand_off_ran_is_kept_when_it_fails(
    team: Project, tmp_path: Path
) -> None:
    job = hand_off(team, "zoe", tmp_path / "zoe.db")
    next(job)
    made = team.apply(verbs.add_entity("Somebody new"))
    job.close()
    assert team.undo_name == made.name
    assert not (tmp_path / "zoe.db").exists()


def test_a_project_is_not_copied_while_a_long_edit_runs(team: Project, tmp_path: Path) -> None:
    with team.bring_in("much") as intake:
        intake.add(verbs.add_entity("Half of it").changes)
        with pytest.raises(UserError, match="An import is running"):
            team.copy_to(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_every_version_of_the_tag_set_goes(team: Project, tmp_path: Path) -> None:
    from annotator.core.revision.draft import Draft, renamed
    from annotator.transfer import retag

    finish(retag(team, renamed(Draft(team.tagset, team.tagset), "label", "actor", "player")))
    handed(team, "ada", tmp_path / "ada.db", force=True)
    with Project.open(tmp_path / "ada.db") as own:
        assert [each.version for each in own.read.tagsets()] == [1, 2]
        assert own.tagset == team.tagset
        assert own.check() == []


def test_what_the_project_notes_of_it_stays_there(team: Project, tmp_path: Path) -> None:
    handed(team, "zoe", tmp_path / "zoe.db")
    handed(team, "ada", tmp_path / "ada.db")
    with closing(sqlite3.connect(tmp_path / "ada.db")) as look:
        keys = [row[0] for row in look.execute("SELECT key FROM project")]
    assert not [each for each in keys if each.startswith("handoff.")]
    noted = [each for each in team.read.settings() if each.key.startswith("handoff.")]
    assert len(noted) == 2
    handed(team, "ada", tmp_path / "ada.db", force=True)
    assert sorted(handed_out(team.read)) == ["ada", "zoe"]


def test_round_two_brings_what_is_new_into_the_file_of_somebody_renamed(
    team: Project, tmp_path: Path
) -> None:
    """Ada works on under her old name; the second hand-off has the new one, and another article."""
    own_file, second = tmp_path / "own.db", tmp_path / "second.db"
    handed(team, "ada", own_file)
    document = first_of(team)
    other = next(each for each in team.documents() if each != document)
    with Project.open(own_file) as own:
        own.apply(verbs.mark(own.layer(document.id), [Span(20, 31)], "casualty"))
    finish(rename_person(team, "ada", "Ада"))
    team.apply(verbs.set_document_note(document, "Yes, it is a denial."))
    handed(team, "Ада", second, documents=[document.id, other.id])
    with Project.open(own_file) as own:
        finish(merge(own, [second]))
        assert own.check() == []
        assert [each.name for each in own.read.annotators()] == ["Ада"]
        assert own.read.setting("annotator") == "Ада"
        assert {each.note for each in own.documents()} == {"Yes, it is a denial.", ""}
        own.switch("Ада")
        assert len(list(own.annotations(layer=own.layer(document.id).id))) == 3
        assert own.layer(other.id).state == "new"
        before = values_of(own)
        assert finish(merge(own, [second])).files[0].tally.rows == 0
        assert values_of(own) == before
    finish(merge(team, [own_file]))
    assert team.check() == []
    assert team.read.annotator("ada") is None
    layer = Layer.of(document.id, "Ада").id
    assert len(list(team.annotations(layer=layer))) == 3


def test_work_under_a_former_name_comes_back(team: Project, tmp_path: Path) -> None:
    handed(team, "ada", tmp_path / "ada.db")
    document = first_of(team)
    with Project.open(tmp_path / "ada.db") as own:
        own.apply(verbs.mark(own.layer(document.id), [Span(20, 31)], "casualty"))
    finish(rename_person(team, "ada", "Ада"))
    finish(merge(team, [tmp_path / "ada.db"]))
    assert team.read.annotator("ada") is None
    assert len(list(team.annotations(layer=Layer.of(document.id, "Ада").id))) == 3
    assert team.check() == []


def test_work_done_before_its_annotator_was_renamed_holds(team: Project, tmp_path: Path) -> None:
    """Another name is no later version: what Ada changed and finished is not taken back by it."""
    handed(team, "ada", tmp_path / "ada.db")
    handed(team, "zoe", tmp_path / "zoe.db")
    document = first_of(team)
    for name in ("ada", "zoe"):
        with Project.open(tmp_path / f"{name}.db") as own:
            own.apply(verbs.mark(own.layer(document.id), [Span(20, 31)], "casualty"))
            own.apply(verbs.set_state(own.layer(document.id), "done", fresh=False))
            if moved := own.read.annotation(f"{name}-other"):
                own.apply(verbs.move(moved, [Span(49, 68)]))
    finish(rename_person(team, "ada", "Ада"))
    finish(rename_person(team, "zoe", "Зоя"))
    report = finish(merge(team, [tmp_path / "ada.db", tmp_path / "zoe.db"]))
    assert report.as_json()["conflicts"] == []
    assert team.check() == []
    states = {each.annotator: each.state for each in team.read.layers(document=document.id)}
    assert states["Ада"] == states["Зоя"] == "done"
    found = team.read.annotation("ada-other")
    assert found is not None
    assert found.spans == (Span(49, 68),)
