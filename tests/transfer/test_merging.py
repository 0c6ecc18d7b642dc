"""A merge: what comes, what wins, what is said, and what is refused."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from annotator import sample
from annotator.core import verbs
from annotator.core.apart import NONE, Apart, apart, keep_apart
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.ids import new_id
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Entity,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    TimeSpent,
    Value,
)
from annotator.core.span import Span
from annotator.core.steps import at_once
from annotator.core.tagset import Attribute, AttributeType, with_attribute
from annotator.core.tagset_toml import dumps
from annotator.core.text import sha256
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.merging import MergeReport, merge, survey
from annotator.transfer.people import rename_person
from tests.rows import damage
from tests.strategies import document_of
from tests.transfer import teams
from tests.transfer.teams import copy, past, values

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said."


class Desk:
    """A project at hand: an article, a layer of mira's with a denial, a claim and a link."""

    def __init__(self, path: Path) -> None:
        self.path = path
        document = document_of(TEXT)
        self.layer = Layer.of(document.id, "mira", state="open")
        self.document = document
        self.entity = Entity(new_id(), "Yerevan", type="state")
        self.denial = Annotation(new_id(), self.layer.id, (Span(0, 43),), "denial")
        self.claim = Annotation(new_id(), self.layer.id, (Span(20, 43),), "claim")
        self.link = Relation(new_id(), self.layer.id, "denies", self.denial.id, self.claim.id)
        with Project.create(path, who="mira") as project:
            project.apply(Edit("import", inserted([document, self.entity])))
            parts = (self.layer, self.denial, self.claim, self.link)
            project.apply(Edit("work", inserted(parts)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "main.db")


@pytest.fixture
def mira(desk: Desk) -> Path:
    """A copy of the project."""
    return copy(desk.path, "mira.db")


def apply(path: Path, *changes: tuple[Value | None, Value | None], who: str = "mira") -> None:
    """Change values in a closed project."""
    with Project.open(path, who=who) as project:
        project.apply(Edit("change", tuple(Change(*each) for each in changes)))


def merged(path: Path, *others: Path) -> MergeReport:
    return teams.merged(path, *others, who="mira")


def undo(path: Path, who: str = "mira") -> None:
    with Project.open(path, who=who) as project:
        assert project.undo() is not None
        assert project.check() == []


def value(path: Path, kind: str, id_: str) -> Value | None:
    with Project.open(path, who="mira") as project:
        return project.read.value(kind, id_)


# Counts and words


def test_the_report_says_what_is_new_the_same_and_changed_and_where(desk: Desk, mira: Path) -> None:
    new = Annotation(new_id(), desk.layer.id, (Span(20, 31),), "casualty")
    apply(mira, (None, new), (desk.claim, replace(desk.claim, note="there")))
    apply(desk.path, (desk.entity, replace(desk.entity, side="Armenia")))
    decision = Decision(new_id(), desk.document.id, {}, "take")
    apply(mira, (None, decision))
    with Project.open(desk.path, who="mira") as project:
        report = survey(project, mira)
        told = report.as_json()
        zero = dict.fromkeys(("document", "annotation", "relation", "entity", "decision"), 0)
        assert told["new"] == {**zero, "annotation": 1, "decision": 1}
        assert told["same"] == {**zero, "document": 1, "annotation": 1, "relation": 1}
        assert told["changed"] == {**zero, "annotation": 1, "entity": 1}
        (file,) = told["files"]
        assert file["there"] == {**zero, "annotation": 1}
        assert file["here"] == {**zero, "entity": 1}
        assert not told["applied"]
        assert report.sentence() == (
            "mira.db: new: 1 annotation, 1 decision; 1 changed there; 1 changed here."
        )
        assert report.details() == []
        assert project.read.value("decision", decision.id) is None
        assert [each for each in desk.path.parent.iterdir() if ".backup-" in each.name] == []
        finish(merge(project, [mira]))
        assert project.undo_name == "merge mira.db"
        assert project.read.annotation(desk.claim.id) == replace(desk.claim, note="there")
        assert project.read.entity(desk.entity.id) == replace(desk.entity, side="Armenia")
        assert [
            each.entry.name for each in project.read.journal.history("annotation", desk.claim.id)
        ] == [
            "change",
            "work",
        ]
    assert len([each for each in desk.path.parent.iterdir() if ".backup-" in each.name]) == 1
    assert merged(desk.path, mira).sentence() == "mira.db: nothing new; 1 changed here."
    assert len([each for each in desk.path.parent.iterdir() if ".backup-" in each.name]) == 1


@pytest.mark.parametrize("kept", ["here", "there"])
def test_of_what_was_changed_on_both_sides_the_later_holds(
    desk: Desk, mira: Path, kept: str
) -> None:
    order = [(mira, "there"), (desk.path, "here")]
    for path, note in order if kept == "here" else order[::-1]:
        apply(path, (desk.claim, replace(desk.claim, note=note)))
    report = merged(desk.path, mira)
    told = {"table": "annotation", "id": desk.claim.id, "kept": kept}
    assert report.as_json()["conflicts"] == [told]
    assert len(report.details()) == 1
    assert "mira.db: the span “" in report.details()[0]
    assert "was changed on both sides" in report.details()[0]
    assert value(desk.path, "annotation", desk.claim.id) == replace(desk.claim, note=kept)
    assert merged(desk.path, mira).as_json()["conflicts"] == []
    if kept == "here":
        assert merged(desk.path, mira).as_json()["files"][0]["here"]["annotation"] == 1


def test_what_became_the_same_on_both_sides_is_the_same(desk: Desk, mira: Path) -> None:
    for path in (desk.path, mira):
        apply(path, (desk.claim, replace(desk.claim, note="one")))
    told = merged(desk.path, mira).as_json()
    assert told["same"]["annotation"] == 2
    assert told["changed"]["annotation"] == 0
    assert values(desk.path) == values(mira)


def test_of_minutes_of_work_the_larger_hold(desk: Desk, mira: Path) -> None:
    apply(desk.path, (None, TimeSpent(desk.layer.id, 90)))
    apply(mira, (None, TimeSpent(desk.layer.id, 60)))
    merged(desk.path, mira)
    merged(mira, desk.path)
    for path in (desk.path, mira):
        assert value(path, "work", desk.layer.id) == TimeSpent(desk.layer.id, 90)


def test_a_file_with_nothing_but_states_and_times_says_so(desk: Desk, mira: Path) -> None:
    apply(mira, (None, TimeSpent(desk.layer.id, 60)))
    report = merged(desk.path, mira)
    assert report.sentence() == "mira.db: nothing new but states, times, settings and history."
    assert report.changed
    assert not merged(desk.path, mira).changed


def test_twins_are_proposed_and_stay(desk: Desk, mira: Path) -> None:
    twin = Entity(new_id(), "yerevan", type="state")
    apply(mira, (None, twin))
    report = merged(desk.path, mira)
    assert report.as_json()["twins"] == [[desk.entity.id, twin.id]]
    assert report.details() == [
        "“Yerevan” is in the register 2 times; merge the entries if they are one."
    ]
    assert merged(desk.path, mira).twins == ()


# Links, and what holds work


def test_a_link_whose_end_is_removed_is_dropped_and_returns_with_it(desk: Desk, mira: Path) -> None:
    apply(mira, (desk.link, None), (desk.claim, None))
    second = replace(desk.link, id=new_id())
    apply(desk.path, (None, second))
    other = copy(desk.path, "other.db")
    report = merged(desk.path, mira)
    assert report.as_json()["files"][0]["dropped"] == [
        {"relation": second.id, "why": "one of its ends was removed"}
    ]
    assert "is not shown, because one of its ends was removed" in report.details()[-1]
    assert value(desk.path, "relation", second.id) is None
    undo(mira)
    assert merged(desk.path, mira).as_json()["files"][0]["dropped"] == []
    assert value(desk.path, "relation", second.id) == second
    assert value(desk.path, "relation", desk.link.id) == desk.link
    merged(other, mira)
    assert values(desk.path) == values(other)
    merged(desk.path, other)
    assert values(desk.path) == values(other)


def test_a_link_that_the_new_label_of_its_end_forbids_is_dropped(desk: Desk, mira: Path) -> None:
    apply(mira, (desk.link, None), (desk.denial, replace(desk.denial, label="actor")))
    second = replace(desk.link, id=new_id())
    apply(desk.path, (None, second))
    (dropped,) = merged(desk.path, mira).as_json()["files"][0]["dropped"]
    assert dropped == {"relation": second.id, "why": '"denies" can\'t join actor to claim'}


def test_an_article_deleted_here_stays_where_there_is_new_work_on_it(
    desk: Desk, mira: Path
) -> None:
    with Project.open(desk.path, who="mira") as project:
        read = project.read
        parts = read.annotations(layer=desk.layer.id), read.relations(layer=desk.layer.id)
        project.apply(verbs.delete_document(desk.document, [desk.layer], *parts, ()))
    gone = copy(desk.path, "gone.db")
    merged(desk.path, copy(mira, "same.db"))
    assert value(desk.path, "document", desk.document.id) is None
    new = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    apply(mira, (None, new))
    report = merged(desk.path, mira)
    kept = {(each["table"], each["id"]) for each in report.as_json()["files"][0]["kept"]}
    assert kept == {("document", desk.document.id), ("layer", desk.layer.id)}
    assert "was deleted on one side, and stays: it is needed." in report.details()[0]
    assert value(desk.path, "annotation", desk.claim.id) is None
    assert value(desk.path, "annotation", new.id) == new
    assert merged(desk.path, mira).as_json()["files"][0]["kept"] == []
    third = copy(gone, "third.db")
    merged(third, desk.path)
    assert values(third) == values(desk.path)
    apply(mira, (new, None))
    merged(desk.path, mira)
    merged(mira, gone)
    assert values(desk.path) == values(mira)
    assert value(desk.path, "document", desk.document.id) is None


def test_an_actor_that_is_named_elsewhere_is_not_taken_away(desk: Desk, mira: Path) -> None:
    actor = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    apply(mira, (None, replace(actor, attributes={"entity": [desk.entity.id]})))
    apply(desk.path, (desk.entity, None))
    merged(desk.path, mira)
    assert value(desk.path, "entity", desk.entity.id) == desk.entity


# Articles


def test_an_article_under_another_id_is_put_onto_the_projects(desk: Desk, tmp_path: Path) -> None:
    theirs = replace(document_of(TEXT), title="Otherwise")
    layer = Layer.of(theirs.id, "eva", state="done")
    span = Annotation(new_id(), layer.id, (Span(0, 7),), "actor")
    seen = {"layers": {layer.id: {span.id: "x"}}}
    decision = Decision(new_id(), theirs.id, seen, "take")
    path = tmp_path / "eva.db"
    with Project.create(path, who="eva") as project:
        parts = (theirs, layer, span, decision, TimeSpent(layer.id, 5))
        project.apply(Edit("work", inserted(parts)))
    report = merged(desk.path, path)
    assert report.as_json()["files"][0]["mapped"] == [
        {"document": theirs.id, "onto": desk.document.id}
    ]
    assert len(report.details()) == 1
    assert "the article “Yerevan denied that" in report.details()[0]
    assert "was imported there on its own; the work on both is together" in report.details()[0]
    assert value(desk.path, "annotation", desk.denial.id) == desk.denial
    own = Layer.of(desk.document.id, "eva", state="done")
    assert value(desk.path, "document", theirs.id) is None
    assert value(desk.path, "document", desk.document.id) == desk.document
    assert value(desk.path, "layer", own.id) == own
    assert value(desk.path, "annotation", span.id) == replace(span, layer=own.id)
    assert value(desk.path, "work", own.id) == TimeSpent(own.id, 5)
    assert value(desk.path, "decision", decision.id) == replace(
        decision, document=desk.document.id, seen={"layers": {own.id: {span.id: "x"}}}
    )
    before = values(desk.path)
    merged(desk.path, path)
    assert values(desk.path) == before


def test_an_article_with_another_text_is_refused_and_nothing_of_it_changes(
    desk: Desk, tmp_path: Path
) -> None:
    other = replace(desk.document, text="Another.", sha256=sha256("Another."), note="x")
    path = tmp_path / "mira.db"
    span = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    decision = Decision(new_id(), other.id, {}, "take")
    parts = (other, desk.layer, span, decision, TimeSpent(desk.layer.id, 5), document_of("New."))
    with Project.create(path, who="mira") as project:
        project.apply(Edit("work", inserted(parts)))
        project.apply(Edit("remove", (Change(span, None),)))
        project.undo()
    before = values(desk.path)
    report = merged(desk.path, path)
    assert report.as_json()["files"][0]["refused"] == [other.id]
    assert "has another text here; nothing of it was merged" in report.details()[0]
    after = values(desk.path)
    assert len(after.pop("document")) == len(before.pop("document")) + 1
    assert after.pop("annotator") != before.pop("annotator")  # who is nobody's article
    assert after == before


def test_who_was_renamed_here_stays_that_person(desk: Desk, mira: Path) -> None:
    with Project.open(desk.path, who="mira") as project:
        finish(rename_person(project, "mira", "mia"))
        finish(rename_person(project, "mia", "Mira K."))
    new = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    apply(mira, (None, new))
    teams.merged(desk.path, mira, who="lead")
    own = Layer.of(desk.document.id, "Mira K.")
    assert value(desk.path, "annotator", "mira") is None
    assert value(desk.path, "layer", desk.layer.id) is None
    assert value(desk.path, "annotation", new.id) == replace(new, layer=own.id)


def test_a_new_name_for_somebody_leaves_what_is_nobodys_alone(desk: Desk, mira: Path) -> None:
    with Project.open(desk.path, who="mira") as project:
        finish(rename_person(project, "mira", "Mira K."))
    there = replace(desk.entity, side="Armenia")
    apply(mira, (desk.entity, there))
    teams.merged(desk.path, mira, who="lead")
    assert value(desk.path, "entity", desk.entity.id) == there


def test_who_was_removed_here_and_works_on_stays(desk: Desk, mira: Path) -> None:
    apply(desk.path, (None, Annotator("eva")), who="mira")
    apply(mira, (None, Annotator("eva")), (None, Layer.of(desk.document.id, "eva")))
    apply(desk.path, (Annotator("eva"), None))
    merged(desk.path, mira)
    assert value(desk.path, "annotator", "eva") == Annotator("eva")


# The tag set


def test_labels_that_the_project_lacks_are_added_and_their_version_kept(
    desk: Desk, mira: Path
) -> None:
    with Project.open(mira, who="mira") as project:
        rumour = replace(project.tagset.labels[0], name="rumour", key="")
        grown = replace(project.tagset, version=2, labels=(*project.tagset.labels, rumour))
        project.apply(Edit("grow", inserted([TagsetVersion(2, dumps(grown))])))
        span = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "rumour")
        old = Layer.of(desk.document.id, "mira", round_=2, tagset=2)
        project.apply(Edit("work", inserted([span, old])))
    report = merged(desk.path, mira)
    assert report.as_json()["files"][0]["tagset"] == {
        "differs": True,
        "added": ["rumour"],
        "unlike": [],
    }
    assert "its tag set is another one; added to the project's: rumour." in report.details()[0]
    with Project.open(desk.path, who="mira") as project:
        assert project.tagset.version == 3
        assert project.tagset.label("rumour") is not None
        assert len(list(project.read.tagsets())) == 3
        assert value(desk.path, "layer", old.id) == old
    before = values(desk.path)
    again = merged(desk.path, mira)
    assert again.as_json()["files"][0]["tagset"]["added"] == []
    assert "the project's holds" in again.details()[0]
    assert values(desk.path) == before
    undo(desk.path)


def test_a_tag_set_with_nothing_that_the_project_lacks_is_left(desk: Desk, mira: Path) -> None:
    with Project.open(mira, who="mira") as project:
        version = replace(project.tagset, version=2, name="Ours")
        project.apply(Edit("name", inserted([TagsetVersion(2, dumps(version))])))
        later = Layer.of(desk.document.id, "mira", round_=2, tagset=2)
        project.apply(Edit("work", inserted([later])))
    assert "the project's holds" in merged(desk.path, mira).details()[0]
    assert value(desk.path, "layer", later.id) == replace(later, tagset=1)
    before = values(desk.path)
    merged(desk.path, mira)
    assert values(desk.path) == before


def test_values_that_the_tag_set_can_not_have_are_kept_as_they_were_made(
    desk: Desk, mira: Path
) -> None:
    """Here the attribute names entities, there it is text."""
    for path, kind in ((mira, "text"), (desk.path, "entity")):
        with Project.open(path, who="mira") as project:
            claim = project.tagset.labels[0]
            attribute = Attribute("who", cast(AttributeType, kind))
            labels = (with_attribute(claim, attribute), *project.tagset.labels[1:])
            grown = replace(project.tagset, version=2, labels=labels)
            project.apply(Edit("grow", inserted([TagsetVersion(2, dumps(grown))])))
    said = replace(desk.claim, attributes={"who": "a neighbour"})
    apply(mira, (desk.claim, said))
    report = merged(desk.path, mira)
    assert report.as_json()["files"][0]["tagset"] == {
        "differs": True,
        "added": [],
        "unlike": ['"who" is of another type in the project'],
    }
    assert "it is kept as it was made" in report.details()[1]
    assert value(desk.path, "annotation", desk.claim.id) == said
    with Project.open(desk.path, who="mira") as project:
        who = project.tagset.labels[0].attribute("who")
        assert who is not None
        assert who.type == "entity"
        assert [each.version for each in project.read.tagsets()] == [1, 2, 3, 4]


def test_a_file_that_was_handed_out_takes_the_tag_set_of_its_project(
    desk: Desk, tmp_path: Path
) -> None:
    handed = tmp_path / "mira.db"
    with Project.open(desk.path, who="lead") as project:
        hand_out(project, desk, handed)
        version = replace(project.tagset, version=2, name="Better")
        project.apply(Edit("better", inserted([TagsetVersion(2, dumps(version))])))
        project.apply(Edit("grow", inserted([document_of("A new article.")])))
    report = merged(handed, desk.path)
    assert "its tag set is another one; it was taken." in report.details()[0]
    with Project.open(handed, who="mira") as project:
        assert project.tagset.name == "Better"
        assert project.read.counts()["document"] == 2
    undo(handed)


def hand_out(project: Project, desk: Desk, path: Path) -> None:
    """The article and mira's work on it, in a fresh file."""
    with project.snapshot() as read, Project.create(path, who="mira") as fresh:
        records = [
            ("tagset", ["1"]),
            ("annotator", ["mira"]),
            ("entity", [desk.entity.id]),
            ("document", [desk.document.id]),
            ("layer", [desk.layer.id]),
            ("annotation", [desk.denial.id, desk.claim.id]),
            ("relation", [desk.link.id]),
        ]
        at_once(fresh.take_over(read, records, handoff="h1"))
        assert fresh.undo() is None
        assert fresh.check() == []


def test_what_comes_back_from_a_hand_off_is_new_or_changed_there_alone(
    desk: Desk, tmp_path: Path
) -> None:
    handed = tmp_path / "mira.db"
    with Project.open(desk.path, who="lead") as project:
        hand_out(project, desk, handed)
    new = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    apply(handed, (None, new), (desk.claim, replace(desk.claim, note="there")))
    apply(desk.path, (desk.denial, replace(desk.denial, note="here")), who="lead")
    (told,) = merged(desk.path, handed).as_json()["files"]
    assert told["there"]["annotation"] == told["here"]["annotation"] == 1
    assert told["both"]["annotation"] == 0
    merged(handed, desk.path)
    assert past(desk.path) <= past(handed)
    with closing(sqlite3.connect(handed)) as connection:
        sql = "SELECT count(*) FROM foreign_journal WHERE changes = '[]'"
        assert connection.execute(sql).fetchone()[0] == 0


# Undo and redo around a merge


def test_undo_of_a_merge_waits_for_what_was_done_on_it(desk: Desk, mira: Path) -> None:
    new = Annotation(new_id(), desk.layer.id, (Span(0, 7),), "actor")
    apply(mira, (None, new))
    with Project.open(desk.path, who="lead") as project:
        finish(merge(project, [mira]))
        project.switch("mira")
        project.apply(verbs.set_note(new, "seen"))
        project.switch("lead")
        with pytest.raises(Conflict, match="mira changed the same annotation"):
            project.undo()
        project.switch("mira")
        project.undo()
        project.switch("lead")
        project.undo()
        assert project.read.annotation(new.id) is None
        assert project.check() == []


def test_undo_of_an_edit_that_a_merge_has_overtaken_names_the_merge(desk: Desk, mira: Path) -> None:
    apply(desk.path, (desk.claim, replace(desk.claim, note="one")), who="bob")
    apply(mira, (desk.claim, replace(desk.claim, note="two")))
    with Project.open(desk.path, who="lead") as project:
        finish(merge(project, [mira]))
        project.switch("bob")
        with pytest.raises(Conflict, match=r'lead changed .* later \("merge mira\.db"'):
            project.undo()
        project.undo(through=True)
        assert project.read.annotation(desk.claim.id) == desk.claim
        project.redo()
        assert project.read.annotation(desk.claim.id) == replace(desk.claim, note="two")
        assert project.check() == []


def test_undo_of_a_merge_waits_for_the_merge_that_needs_it(desk: Desk, tmp_path: Path) -> None:
    layer = Layer.of(desk.document.id, "eva")
    first = copy(desk.path, "first.db")
    apply(first, (None, layer), who="eva")
    second = copy(first, "second.db")
    apply(second, (None, Annotation(new_id(), layer.id, (Span(0, 7),), "actor")), who="eva")
    with Project.open(desk.path, who="lead") as project:
        finish(merge(project, [first]))
        project.switch("mira")
        finish(merge(project, [second]))
        project.switch("lead")
        with pytest.raises(Conflict, match=r'"merge second\.db" by mira'):
            project.undo()
        project.undo(through=True)
        assert project.read.layer(layer.id) is None
        assert project.check() == []


def test_a_merge_after_an_undone_one_brings_all_again(desk: Desk, mira: Path) -> None:
    apply(mira, (desk.claim, replace(desk.claim, note="there")))
    merged(desk.path, mira)
    after = values(desk.path)
    undo(desk.path)
    told = merged(desk.path, mira).as_json()["files"][0]
    assert told["there"]["annotation"] == 1
    assert values(desk.path) == after
    with Project.open(desk.path, who="mira") as project:
        (noted, *_) = project.read.journal.entries()
        assert project.read.journal.summary(noted).count == 1


def test_what_an_undone_merge_knew_does_not_count(desk: Desk, mira: Path) -> None:
    """Neither side knows the other's version, but one of them once did: the later one holds."""
    apply(mira, (desk.claim, replace(desk.claim, note="there")))
    apply(desk.path, (desk.denial, replace(desk.denial, note="here")))
    merged(mira, desk.path)
    merged(desk.path, mira)
    undo(mira)
    report = merged(mira, desk.path)
    assert report.as_json()["changed"]["annotation"] == 1
    assert values(mira) == values(desk.path)


def test_somebody_undoes_while_a_merge_waits(desk: Desk, mira: Path) -> None:
    apply(mira, (desk.claim, replace(desk.claim, note="there")))
    with Project.open(desk.path, who="mira") as project:
        job = merge(project, [mira])
        next(job)
        project.undo()
        while next(job).total == 0:
            pass
        with pytest.raises(UserError, match="A merge is running; wait until it has ended"):
            project.undo()
        job.close()
        assert project.read.annotation(desk.claim.id) is None
        finish(merge(project, [mira]))
        assert project.check() == []
        # The removal by undo is the later one.
        assert value(desk.path, "annotation", desk.claim.id) is None
    backups = [each for each in desk.path.parent.iterdir() if ".backup-" in each.name]
    assert len(backups) == 1


def test_what_somebody_said_is_not_the_same_comes_and_is_taken_back(desk: Desk, mira: Path) -> None:
    def pairs(path: Path) -> Apart:
        with Project.open(path, who="mira") as project:
            return apart(project.read.settings())

    other = Entity(new_id(), "Yerevan", type="city")
    with Project.open(mira, who="mira") as project:
        project.apply(Edit("another", inserted([other])))
        project.apply(keep_apart(project.read.settings(), desk.entity.id, [other.id]))
        project.apply(keep_apart([], desk.denial.id, [desk.claim.id]))
        project.apply(Edit("fact", inserted([Setting("source", "theirs")])))
    found = pairs(mira)
    assert found[desk.entity.id] == {other.id}
    before = values(desk.path)
    assert merged(desk.path, mira).twins == ()
    assert pairs(desk.path) == found
    assert value(desk.path, "setting", "source") is None  # such facts are each project's own
    undo(desk.path)
    assert (pairs(desk.path), values(desk.path)) == (NONE, before)
    merged(desk.path, mira)
    late = copy(mira, "late.db")
    with Project.open(late, who="mira") as project:
        for _ in range(2):
            project.undo()
    ways = [copy(desk.path, "one.db"), copy(late, "two.db"), copy(late, "three.db")]
    for path, others in zip(ways, ([late, mira], [desk.path], [mira, desk.path]), strict=True):
        merged(path, *others)
        assert pairs(path) == {desk.entity.id: {other.id}, other.id: {desk.entity.id}}
    assert merged(ways[0], late).changed is False


def test_two_reviewers_decisions_come_together(desk: Desk) -> None:
    ways = []
    for who in ("lea", "max"):
        path = copy(desk.path, f"{who}.db")
        decision = Decision(new_id(), desk.document.id, {}, "take", by=who)
        gold = Layer.of(desk.document.id, "gold", role="gold")
        apply(path, (None, decision), (None, gold), who=who)
        ways.append(path)
    one, two = copy(desk.path, "one.db"), copy(desk.path, "two.db")
    merged(one, *ways)
    merged(two, *ways[::-1])
    assert values(one) == values(two)
    with Project.open(one, who="lea") as project:
        found = [each.by for each in project.read.decisions(document=desk.document.id)]
        assert found == ["lea", "max"]
        assert [each.name for each in project.read.journal.entries()][:2] == [
            "merge max.db",
            "merge lea.db",
        ]


# What is refused


def test_a_bad_file_is_refused_by_name_and_nothing_changes(
    desk: Desk, mira: Path, tmp_path: Path
) -> None:
    apply(mira, (desk.claim, replace(desk.claim, note="there")))
    foreign, half = tmp_path / "foreign.db", tmp_path / "half.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (a)")
    half.write_bytes(mira.read_bytes()[:-8192])
    newer = copy(mira, "newer.db")
    damage(newer, "UPDATE _sqlite_migrations SET name = '0099_new' WHERE id = 1")
    before = values(desk.path)
    for bad, why in (
        (foreign, "is not an Annotator project"),
        (half, "is damaged"),
        (newer, "made by a newer version"),
        (tmp_path / "none.db", "There is no file"),
        (desk.path, "is the project itself"),
    ):
        with (
            Project.open(desk.path, who="lead") as project,
            pytest.raises(UserError, match=f"{why}") as error,
        ):
            finish(merge(project, [mira, bad]))
        assert bad.name in str(error.value)
        assert "\n" not in str(error.value)
        assert values(desk.path) == before
    assert [each for each in tmp_path.iterdir() if ".backup-" in each.name] == []


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE document SET text = text || '!'", "the text of the article"),
        ("UPDATE layer SET annotator = 'mia'", "refers to a annotator"),
        ("UPDATE layer SET round = 2", "its id is not the one"),
        ('UPDATE annotation SET "end" = 900', "ends beyond its text"),
        ("UPDATE annotation SET fragments = '[[0, 4], [2, 6]]'", "overlap or touch"),
        ("UPDATE annotation SET fragments = '[[]]'", "cannot be read"),
        ("UPDATE annotation SET edit = 'x'", "no journal tells of the edit x"),
        ("UPDATE journal SET name = 'x'", "was altered after it was written"),
        ("DROP TABLE decision", "no such table"),
    ],
)
def test_a_file_that_was_meddled_with_is_refused(
    desk: Desk, mira: Path, statement: str, why: str
) -> None:
    damage(mira, statement)
    with (
        Project.open(desk.path, who="lead") as project,
        pytest.raises(UserError, match=f"{mira} is damaged and was not merged: .*{why}"),
    ):
        survey(project, mira)


def test_a_file_is_never_written_to(desk: Desk, mira: Path) -> None:
    before = mira.read_bytes()
    merged(desk.path, mira)
    assert mira.read_bytes() == before
    assert sorted(each.name for each in mira.parent.glob("mira*")) == ["mira.db"]


def test_an_open_file_is_merged_with_what_is_in_its_log(desk: Desk, mira: Path) -> None:
    with Project.open(mira, who="mira") as other:
        other.apply(verbs.set_note(desk.claim, "in the log"))
        copied = mira.with_name("copied.db")
        copied.write_bytes(mira.read_bytes())
        merged(desk.path, mira)
    assert value(desk.path, "annotation", desk.claim.id) == replace(desk.claim, note="in the log")
    with (
        Project.open(desk.path, who="lead") as project,
        pytest.raises(UserError, match=r"copied\.db was copied while it was open"),
    ):
        survey(project, copied)


def test_a_clock_that_is_ahead_is_told_of(
    desk: Desk, mira: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.writer.now", lambda: "2999-01-01T00:00:00.000Z")
    apply(mira, (desk.claim, replace(desk.claim, note="late")))
    monkeypatch.undo()
    apply(desk.path, (desk.claim, replace(desk.claim, note="here")))
    report = merged(desk.path, mira)
    assert report.as_json()["files"][0]["clock_ahead"] > 1e9
    assert "its clock was ahead of this one's" in report.details()[0]
    assert value(desk.path, "annotation", desk.claim.id) == replace(desk.claim, note="late")


def test_of_very_many_values_the_first_are_told_and_the_rest_counted(
    desk: Desk, mira: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (mira, desk.path):
        apply(path, (desk.claim, replace(desk.claim, note=path.stem)))
    monkeypatch.setattr("annotator.transfer.merging._NAMED", 0)
    (line,) = merged(desk.path, mira).details()
    assert line == "mira.db: 1 more like these; merge with --json lists their ids."


def test_an_empty_file_brings_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Project.create(path, who="mira").close()
    before = past(desk.path)
    assert merged(desk.path, path).sentence() == "empty.db: nothing new."
    assert past(desk.path) == before


def test_the_sample_comes_whole_into_an_empty_project(tmp_path: Path) -> None:
    sample.build(tmp_path / "s.db")
    Project.create(tmp_path / "p.db", who="ada").close()
    merged(tmp_path / "p.db", tmp_path / "s.db")
    here, there = values(tmp_path / "p.db"), values(tmp_path / "s.db")
    names = here.pop("annotator"), there.pop("annotator")
    assert set(names[0]) >= set(names[1])
    assert here == there
