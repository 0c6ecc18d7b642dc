"""The project: one door, undo and redo, and a journal that leads back through every state."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotator import project as project_module
from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.model import (
    Annotation,
    Annotator,
    Document,
    Entity,
    Layer,
    Relation,
    Role,
    Setting,
    State,
    TagsetVersion,
)
from annotator.core.span import Span
from annotator.core.tagset import Attribute, with_attribute
from annotator.core.tagset_toml import dumps, loads
from annotator.project import Project, default_name
from annotator.store.check import unwound
from tests.rows import Rows, counters, damage, looked_at, rows
from tests.strategies import Gesture, document_of, done, gestures

TEXT = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said. " * 2


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "war.annotation", who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT)])))
        yield project


def article(project: Project) -> Document:
    return next(project.documents())


def layer(project: Project) -> Layer:
    return project.layer(article(project).id)


def mark(project: Project, label: str, start: int = 0, end: int = 7) -> Annotation:
    own = layer(project)
    edit = verbs.mark(own, [Span(start, end)], label, fresh=project.is_fresh(own))
    project.apply(edit)
    found = edit.changes[-1].after
    assert isinstance(found, Annotation)
    return found


def entity(project: Project, name: str = "Armenia") -> Entity:
    found = project.apply(verbs.add_entity(name)).changes[0].after
    assert isinstance(found, Entity)
    return found


def now(project: Project) -> Annotation:
    """The one annotation of the project, as it is now."""
    (found,) = project.annotations(layer=layer(project).id)
    return found


# One edit


def test_what_was_marked_is_there_when_the_file_is_opened_again(project: Project) -> None:
    claim = mark(project, "claim", 0, 20)
    denial = mark(project, "denial", 3, 9)
    project.apply(verbs.link("denies", denial, claim))
    project.close()
    with Project.open(project.path, who="ada") as again:
        assert list(again.annotations(layer=claim.layer)) == [claim, denial]
        (link,) = again.relations(layer=claim.layer)
        assert (link.source, link.target) == (denial.id, claim.id)
        assert layer(again).state == "open"
        assert again.check() == []


def test_an_edit_without_changes_writes_and_tells_nothing(project: Project) -> None:
    told: list[Edit] = []
    project.subscribe(told.append)
    before = len(list(project.read.journal.entries()))
    assert not project.apply(Edit("nothing", ()))
    assert (len(list(project.read.journal.entries())), told) == (before, [])


def test_listeners_are_told_after_the_fact_until_they_leave(project: Project) -> None:
    seen: list[bool] = []

    def listener(edit: Edit) -> None:
        change = edit.changes[-1]
        found = project.read.value(change.kind, change.id)
        seen.append(found == change.after)

    leave = project.subscribe(listener)
    mark(project, "claim")
    project.undo()
    project.redo()
    leave()
    project.undo()
    assert seen == [True, True, True]


def test_the_same_thing_twice_in_one_edit_is_a_bug(project: Project) -> None:
    claim = mark(project, "claim")
    change = Change(claim, None)
    with pytest.raises(ValueError, match="twice"):
        project.apply(Edit("remove", (change, change)))


def test_the_current_person_is_introduced_once_and_undo_passes_by(project: Project) -> None:
    project.switch("bob")
    claim = mark(project, "claim")
    mark(project, "claim", 8, 14)
    assert [each.name for each in project.read.annotators()] == ["ada", "bob"]
    assert (project.undo(), project.undo(), project.undo()) != (None, None, None)
    assert project.read.annotation(claim.id) is None
    assert project.read.annotator("bob") is not None
    assert project.undo() is None
    assert project.check() == []


def test_an_edit_that_brings_its_author_does_not_bring_him_twice(project: Project) -> None:
    project.switch("cleo")
    project.apply(Edit("join", inserted([Annotator("cleo", "Cleo", "#112233")])))
    assert project.read.annotator("cleo") == Annotator("cleo", "Cleo", "#112233")


@pytest.mark.parametrize("name", ["", "  ", "all", "gold", "machine", " x", "x\n"])
def test_names_that_nobody_can_have(project: Project, name: str) -> None:
    with pytest.raises(UserError):
        project.switch(name)
    assert project.who == "ada"


def test_who_is_named_on_opening_or_by_the_project_or_by_the_system(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_module, "default_name", lambda: "system")
    with Project.open(project.path) as again:
        assert again.who == "system"
    project.apply(Edit("set annotator", inserted([Setting("annotator", "dora")])))
    with Project.open(project.path) as again:
        assert again.who == "dora"


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError])
def test_a_system_without_a_user_name(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail() -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", fail)
    assert default_name() == "annotator"
    monkeypatch.setattr("getpass.getuser", lambda: "gold")
    assert default_name() == "annotator"
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    assert default_name() == "ada"


# The rules at the door


def refused(project: Project, *changes: Change, match: str) -> None:
    before = looked_at(project.path)
    with pytest.raises(UserError, match=match):
        project.apply(Edit("wrong", changes))
    assert looked_at(project.path) == before
    assert project.check() == []


def test_values_that_break_a_rule_are_refused(project: Project) -> None:
    claim = mark(project, "claim")
    for wrong, match in (
        (replace(claim, spans=(Span(0, 10_000),)), "beyond"),
        (replace(claim, spans=(Span(0, 5), Span(5, 9))), "touch"),
        (replace(claim, spans=()), "no span"),
        (replace(claim, label="rumour"), 'no label "rumour"'),
        (replace(claim, attributes={"colour": "red"}), 'no attribute "colour"'),
        (replace(claim, attributes={"certainty": "very"}), "no value"),
        (replace(claim, layer="nowhere"), "layer does not exist"),
    ):
        refused(project, Change(claim, wrong), match=match)
    (own,) = project.read.layers()
    for wrong_layer, match in (
        (replace(own, state=cast(State, "half")), "no state"),
        (replace(own, round=2), "its id"),
        (replace(own, round=0), "its round"),
        (replace(own, role=cast(Role, "guest")), "no role"),
    ):
        refused(project, Change(own, wrong_layer), match=match)
    refused(project, Change(None, Annotator("  ")), match="needs a name")
    refused(project, Change(article(project), None), match="depends on it")


def test_articles_have_canonical_text_that_never_changes(project: Project) -> None:
    raw = "one\r\ntwo"
    refused(project, *inserted([document_of(raw)]), match="not canonical")
    wrong = replace(document_of("one"), sha256="0" * 64)
    refused(project, *inserted([wrong]), match="hash")
    old = article(project)
    new = replace(document_of("other words"), id=old.id)
    refused(project, Change(old, new), match="never changes")


def test_an_article_comes_with_its_annotations_in_one_edit(project: Project) -> None:
    document = document_of("short")
    own = Layer.of(document.id, "ada")
    claim = Annotation("c", own.id, (Span(0, 5),), "claim")
    refused(
        project, *inserted([document, own, replace(claim, spans=(Span(0, 6),))]), match="beyond"
    )
    project.apply(Edit("import", inserted([claim, own, document])))
    assert project.check() == []


def test_a_link_needs_two_fitting_ends_in_one_layer(project: Project) -> None:
    claim, actor = mark(project, "claim"), mark(project, "actor", 8, 14)
    project.switch("bob")
    foreign = mark(project, "claim", 8, 14)
    project.switch("ada")
    link = Relation("r", claim.layer, "source", claim.id, actor.id)
    for wrong, match in (
        (replace(link, type="likes"), 'no relation "likes"'),
        (replace(link, source=actor.id, target=claim.id), 'the label "actor" as its source'),
        (replace(link, target=claim.id), "itself"),
        (replace(link, target="nobody"), "does not exist"),
        (replace(link, source=foreign.id), "another layer"),
        (replace(link, attributes={"implied": "yes"}), "no value"),
    ):
        refused(project, *inserted([wrong]), match=match)
    project.apply(Edit("link", inserted([link])))
    relabelled = verbs.relabel(actor, "claim", kept=())
    refused(project, *relabelled.changes, match='the label "claim" as its target')
    refused(project, Change(actor, None), match=r"depends on it: \"link\" by ada, 20\d\d-")
    broken = verbs.relabel(actor, "claim", kept=(), broken=[link])
    project.apply(broken)
    assert project.read.relation("r") is None


def test_an_entity_in_use_stays_in_the_register(project: Project) -> None:
    armenia = entity(project)
    actor = mark(project, "actor")
    refused(project, *verbs.set_attribute(actor, "entity", ["x"]).changes, match="no entity x")
    project.apply(verbs.set_attribute(actor, "entity", [armenia.id]))
    named = now(project)
    refused(project, Change(armenia, None), match="still named")
    # nor does naming it anew in the same edit let it go
    both = (*verbs.set_note(named, "n").changes, Change(armenia, None))
    refused(project, *both, match="no entity")
    project.apply(Edit("drop", (Change(named, None), Change(armenia, None))))
    project.undo()
    assert project.read.entity(armenia.id) == armenia


def test_a_link_may_name_entities_too(project: Project) -> None:
    tagset = project.tagset
    source = tagset.relation("source")
    assert source is not None
    wider = with_attribute(source, Attribute("via", "entity"))
    new = replace(
        tagset,
        version=2,
        relations=tuple(wider if each is source else each for each in tagset.relations),
    )
    project.apply(Edit("tag set", inserted([TagsetVersion(2, dumps(new))])))
    claim, actor = mark(project, "claim"), mark(project, "actor", 8, 14)
    via = entity(project)
    link = Relation("r", claim.layer, "source", claim.id, actor.id, {"via": "nobody"})
    refused(project, *inserted([link]), match="no entity nobody")
    project.apply(Edit("link", inserted([replace(link, attributes={"via": via.id})])))
    refused(project, Change(via, None), match="still named")
    assert project.check() == []


def test_the_project_keeps_its_id(project: Project) -> None:
    own = Setting("id", project.read.setting("id"))
    refused(project, Change(own, None), match="keeps its id")
    refused(project, Change(own, Setting("id", "other")), match="keeps its id")
    assert project.apply(Edit("same", (Change(own, own),)))


def test_what_was_wrong_before_may_stay_wrong(project: Project) -> None:
    claim = mark(project, "claim")
    damage(project.path, "UPDATE annotation SET label = 'rumour'")
    rumour = replace(claim, label="rumour")
    project.apply(verbs.set_note(rumour, "what is this?"))
    assert now(project).note == "what is this?"


def test_the_tag_set_changes_by_an_edit_and_back(project: Project) -> None:
    new = replace(project.tagset.with_label("rumour"), version=2)
    project.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(new))])))
    assert project.tagset == new
    mark(project, "rumour")
    refused(project, Change(project.read.tagset(), None), match="depends on it|rumour")
    assert project.undo()
    assert project.undo()
    assert project.tagset.version == 1
    assert project.redo()
    assert project.tagset == new


def test_a_version_of_the_tag_set_that_something_needs_stays(project: Project) -> None:
    old_layer = layer(project)
    mark(project, "claim")
    new = replace(project.tagset.with_label("rumour"), version=2)
    project.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(new))])))
    assert layer(project).tagset == old_layer.tagset == 1
    project.switch("bob")
    project.apply(Edit("mark", inserted([replace(now_of(project, "ada"), id="n", label="rumour")])))
    project.switch("ada")
    with pytest.raises(Conflict, match='"rumour"'):
        project.undo()
    assert project.check() == []


def now_of(project: Project, who: str) -> Annotation:
    own = Layer.of(article(project).id, who)
    return next(project.annotations(layer=own.id))


@pytest.mark.parametrize(
    ("toml", "match"),
    [("version = 3", "says that it is version 3"), ("label = 1", "label"), ("=", "TOML")],
)
def test_a_version_of_the_tag_set_is_a_tag_set(project: Project, toml: str, match: str) -> None:
    refused(project, *inserted([TagsetVersion(2, toml)]), match=match)


def test_a_project_keeps_one_tag_set(project: Project) -> None:
    refused(project, Change(project.read.tagset(), None), match="needs a tag set")


@pytest.mark.parametrize("note", ["\ud800", "a\udfffb"])
def test_a_lone_surrogate_is_refused_in_a_sentence(project: Project, note: str) -> None:
    claim = mark(project, "claim")
    refused(project, *verbs.set_note(claim, note).changes, match="can't be stored")


def test_a_number_too_large_for_the_file_is_refused(project: Project) -> None:
    own = Layer.of(article(project).id, "ada", round_=1 << 70)
    refused(project, *inserted([own]), match="can't be stored")


def test_no_number_is_no_json(project: Project) -> None:
    claim = mark(project, "claim")
    wrong = replace(claim, meta={"confidence": float("nan")})
    refused(project, Change(claim, wrong), match="Nothing was saved")


# Undo and redo


def test_undo_goes_back_and_redo_forward_and_a_new_edit_ends_redo(project: Project) -> None:
    claim = mark(project, "claim")
    project.apply(verbs.set_note(claim, "one"))
    assert (project.undo_name, project.redo_name) == ("note", "")
    assert project.undo()
    assert (project.undo_name, project.redo_name) == ("tag claim", "note")
    assert project.undo()
    assert (project.undo_name, project.redo_name) == ("import", "tag claim")
    assert project.redo()
    assert project.redo_name == "note"
    mark(project, "actor", 8, 14)
    assert (project.redo_name, project.redo()) == ("", None)
    while project.undo():
        pass
    assert project.undo_name == ""
    assert list(project.documents()) == []
    assert project.check() == []


def test_undo_works_after_a_restart(project: Project) -> None:
    claim = mark(project, "claim")
    project.close()
    with Project.open(project.path, who="ada") as again:
        assert again.undo_name == "tag claim"
        again.undo()
        assert again.read.annotation(claim.id) is None
    with Project.open(project.path, who="ada") as again:
        again.redo()
        assert again.read.annotation(claim.id) == claim


def test_undo_refuses_what_somebody_changed_since_and_says_who_what_and_when(
    project: Project,
) -> None:
    claim = mark(project, "claim")
    project.switch("bob")
    project.apply(verbs.set_note(claim, "really?"))
    before = looked_at(project.path)
    project.switch("ada")
    told = r'"tag claim" can\'t be taken back: bob changed the same .* \("note", 20\d\d-\d\d-\d\d '
    with pytest.raises(Conflict, match=told):
        project.undo()
    assert looked_at(project.path) == before
    project.switch("bob")
    project.undo()
    project.switch("ada")
    assert project.undo()
    assert project.read.annotation(claim.id) is None


def test_redo_refuses_what_somebody_changed_since(project: Project) -> None:
    claim = mark(project, "claim")
    project.apply(verbs.set_note(claim, "mine"))
    project.undo()
    project.switch("bob")
    project.apply(verbs.set_note(claim, "bob's"))
    project.switch("ada")
    with pytest.raises(Conflict, match="can't be done again: bob changed the same annotation"):
        project.redo()
    assert now(project).note == "bob's"


def test_undo_refuses_to_take_away_what_others_link_to(project: Project) -> None:
    claim, actor = mark(project, "claim"), mark(project, "actor", 8, 14)
    project.switch("bob")
    project.apply(verbs.link("source", claim, actor))
    project.switch("ada")
    with pytest.raises(Conflict, match='depends on it: "link source" by bob, 20'):
        project.undo()
    assert project.check() == []


def test_undo_refuses_a_label_that_others_links_do_not_allow(project: Project) -> None:
    first = mark(project, "claim")
    actor = mark(project, "actor", 8, 14)
    project.apply(verbs.relabel(first, "denial", kept=()))
    project.switch("bob")
    project.apply(verbs.link("source", now_labelled(project, "denial"), actor))
    project.switch("ada")
    assert project.undo()  # a claim may have a source as well
    project.redo()
    project.switch("bob")
    claim = mark(project, "claim", 20, 25)
    moved = replace(claim, layer=first.layer)
    project.apply(Edit("give", (Change(claim, moved),)))
    project.apply(verbs.link("denies", now_labelled(project, "denial"), moved))
    project.switch("ada")
    with pytest.raises(Conflict, match='"denies" cannot have the label "claim"'):
        project.undo()


def now_labelled(project: Project, label: str) -> Annotation:
    own = Layer.of(article(project).id, "ada")
    return next(each for each in project.annotations(layer=own.id) if each.label == label)


def test_redo_refuses_to_name_an_entity_that_is_gone(project: Project) -> None:
    armenia = entity(project)
    actor = mark(project, "actor")
    project.apply(verbs.set_attribute(actor, "entity", [armenia.id]))
    project.undo()
    project.switch("bob")
    project.apply(Edit("drop", (Change(armenia, None),)))
    project.switch("ada")
    with pytest.raises(Conflict, match="the register has no entity"):
        project.redo()
    assert project.check() == []


def test_undo_refuses_to_drop_an_entity_that_others_name(project: Project) -> None:
    armenia = entity(project)
    project.switch("bob")
    actor = mark(project, "actor")
    project.apply(verbs.set_attribute(actor, "entity", [armenia.id]))
    project.switch("ada")
    with pytest.raises(Conflict, match="other work depends on it"):
        project.undo()


def test_undo_brings_back_what_only_an_older_tag_set_allows(project: Project) -> None:
    claim = mark(project, "claim")
    project.apply(verbs.remove([claim], []))
    project.switch("bob")
    smaller = replace(project.tagset, version=2, labels=project.tagset.labels[1:], relations=())
    project.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(smaller))])))
    project.switch("ada")
    assert project.undo()
    assert now(project) == claim
    assert project.check() == []


def test_each_person_undoes_his_own(project: Project) -> None:
    mark(project, "claim")
    project.switch("bob")
    mark(project, "denial", 2, 6)
    project.switch("ada")
    assert project.undo_name == "tag claim"
    project.undo()
    project.switch("bob")
    assert (project.undo_name, project.redo_name) == ("tag denial", "")
    project.undo()
    project.switch("ada")
    assert project.redo_name == "tag claim"
    project.redo()
    assert now(project).label == "claim"
    assert project.check() == []


@given(st.lists(gestures(), min_size=1, max_size=8), gestures())
@settings(max_examples=60)
def test_apply_then_undo_restores_every_row_and_redo_the_edit(
    tmp_path_factory: pytest.TempPathFactory, past: list[Gesture], last: Gesture
) -> None:
    path = tmp_path_factory.mktemp("undo") / "p.annotation"
    with Project.create(path, who="ada") as project:
        project.apply(Edit("import", inserted([document_of(TEXT)])))
        mark(project, "claim", 3, 9)
        for gesture in past:
            done(project, gesture)
        look = closing(sqlite3.connect(path))
        with look as connection:
            before = (rows(connection, stamps=False), counters(connection))
            if done(project, last) is None:
                return
            after = (rows(connection, stamps=False), counters(connection))
            for _ in range(2):
                assert project.undo()
                assert (rows(connection, stamps=False), counters(connection)) == before
                assert project.redo()
                assert (rows(connection, stamps=False), counters(connection)) == after
        assert project.check() == []


class Work(RuleBasedStateMachine):
    """Two persons work on one file, undo, redo and reopen it; every state can be gone back to."""

    def __init__(self) -> None:
        super().__init__()
        self.path = Path(Work.folder) / f"{id(self)}.annotation"
        self.project = Project.create(self.path, who="ada", force=True)
        self.look = sqlite3.connect(self.path)
        self.states: list[tuple[int, Rows]] = []
        self.note()
        self.project.apply(Edit("import", inserted([document_of(TEXT)])))
        self.note()

    folder = ""

    def note(self) -> None:
        entries = self.look.execute("SELECT count(*) FROM journal WHERE part = 0").fetchone()[0]
        self.states.append((entries, rows(self.look)))

    @rule(gesture=gestures())
    def gesture(self, gesture: Gesture) -> None:
        done(self.project, gesture)
        self.note()

    @rule(gestures=st.lists(gestures(), min_size=2, max_size=5))
    def gestures(self, gestures: list[Gesture]) -> None:
        for each in gestures:
            self.gesture(each)

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.step(self.project.undo_name, self.project.undo)

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.step(self.project.redo_name, self.project.redo)

    def step(self, name: str, step: Callable[[], Edit | None]) -> None:
        before = rows(self.look)
        try:
            edit = step()
        except Conflict as error:
            self.told = str(error)
            assert rows(self.look) == before
        else:
            assert (edit.name if edit else "") == name
            self.note()

    @rule()
    def switch(self) -> None:
        self.project.switch("bob" if self.project.who == "ada" else "ada")

    @precondition(lambda self: len(self.states) > 3)
    @rule()
    def reopen(self) -> None:
        who = self.project.who
        self.project.close()
        self.project = Project.open(self.path, who=who)

    @invariant()
    def counted(self) -> None:
        real = "SELECT layer, label, count(*) FROM annotation GROUP BY 1, 2 ORDER BY 1, 2"
        assert counters(self.look) == [tuple(row) for row in self.look.execute(real)]

    def teardown(self) -> None:
        try:
            assert self.project.check() == []
            states = dict(self.states)
            with closing(sqlite3.connect("", isolation_level=None)) as copy:
                self.look.backup(copy)
                copy.row_factory = sqlite3.Row
                left = copy.execute("SELECT count(*) FROM journal WHERE part = 0").fetchone()[0]
                assert rows(copy) == states.pop(left)
                for _, problem in unwound(copy):
                    left -= 1
                    assert problem == ""
                    assert left not in states or rows(copy) == states.pop(left)
                assert (left, states) == (0, {})
        finally:
            self.look.close()
            self.project.close()
            self.path.unlink()


def test_every_earlier_state_can_be_gone_back_to(tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    Work.folder = str(tmp_path)
    run_state_machine_as_test(
        Work, settings=settings(max_examples=30, stateful_step_count=25, deadline=None)
    )


# Two programs, one file


def test_what_another_program_wrote_is_seen(project: Project) -> None:
    with Project.open(project.path, who="bob") as other:
        claim = mark(other, "claim")
        new = replace(other.tagset.with_label("rumour"), version=2)
        other.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(new))])))
        assert list(project.annotations(layer=claim.layer)) == [claim]
        mark(project, "rumour")
        assert project.tagset == new
        with pytest.raises(Conflict, match='"rumour"'):
            other.undo()


def test_an_article_that_another_program_replaced_has_its_own_length(project: Project) -> None:
    mark(project, "claim")
    old = article(project)
    long = replace(document_of(TEXT * 2), id=old.id)
    while project.undo():
        pass
    with Project.open(project.path, who="bob") as other:
        other.apply(Edit("import", inserted([long])))
    mark(project, "claim", len(TEXT), len(TEXT) + 4)
    assert project.check() == []


def test_edits_while_a_reading_is_half_done(project: Project) -> None:
    mark(project, "claim")
    annotations = project.annotations(layer=layer(project).id)
    documents = project.documents()
    journal = project.read.journal.entries()
    next(annotations), next(documents), next(journal)
    project.switch("bob")
    mine = mark(project, "claim", 8, 14)
    project.apply(verbs.set_note(mine, "seen"))
    assert now(project).note == "seen"


def test_an_edit_of_what_is_no_longer_so_is_a_conflict(project: Project) -> None:
    claim = mark(project, "claim")
    project.apply(verbs.set_note(claim, "new"))
    with pytest.raises(Conflict, match="changed meanwhile"):
        project.apply(verbs.set_note(claim, "other"))
    (current,) = project.annotations(layer=claim.layer)
    project.apply(verbs.remove([current], []))
    with pytest.raises(Conflict, match="removed meanwhile"):
        project.apply(verbs.set_note(current, "other"))
    project.undo()
    with pytest.raises(Conflict, match="has this annotation already"):
        project.apply(Edit("again", inserted([current])))


def test_a_snapshot_stays_as_it_was(project: Project) -> None:
    with project.snapshot() as read:
        mark(project, "claim")
        assert read.counts()["annotation"] == 0
    assert project.read.counts()["annotation"] == 1


# Imports


def test_an_import_is_one_edit(project: Project) -> None:
    told: list[Edit] = []
    project.subscribe(told.append)
    with project.bring_in("import 3 files") as intake:
        for number in range(3):
            intake.add(inserted([document_of(f"article {number}")]))
        assert intake.read.counts()["document"] == 4
        with pytest.raises(UserError, match="An import is running"):
            project.undo()
    assert [len(each.changes) for each in told] == [3]
    assert project.undo_name == "import 3 files"
    project.undo()
    assert project.read.counts()["document"] == 1
    assert project.check() == []


def test_an_import_that_fails_or_brings_nothing_leaves_nothing(project: Project) -> None:
    before = looked_at(project.path)
    with pytest.raises(UserError), project.bring_in("import") as intake:  # noqa: PT012  (the block is what must raise)
        intake.add(inserted([document_of("good")]))
        intake.add(inserted([document_of("bad\r")]))
    with project.bring_in("import") as intake:
        intake.add(())
    assert looked_at(project.path) == before
    assert project.undo_name == "import"
    assert len(list(project.read.journal.entries())) == 2


def test_a_large_import_is_told_without_its_changes(project: Project) -> None:
    project.switch("bob")
    told: list[Edit] = []
    project.subscribe(told.append)
    with project.bring_in("import") as intake:
        intake.add(inserted([document_of(f"{number}") for number in range(1_001)]))
    assert [len(each.changes) for each in told] == [0]
    assert project.read.annotator("bob") is not None
    project.undo()
    assert project.check() == []


def test_an_import_by_nobody_is_passed_by_by_undo(project: Project) -> None:
    with project.bring_in("sample", nobodys=True) as intake:
        intake.add(inserted([document_of("sample")]))
    project.undo()
    assert [each.text for each in project.documents()] == ["sample"]


# Making and closing


def test_a_project_that_fails_to_open_leaves_no_connection(project: Project) -> None:
    project.close()
    with pytest.raises(UserError, match="reserved"):
        Project.open(project.path, who="all")
    assert not list(project.path.parent.glob("*-wal"))


def test_a_new_project_has_the_default_tag_set_or_the_one_given(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.annotation", who="ada") as made:
        assert [label.name for label in made.tagset.labels] == [
            "claim",
            "denial",
            "casualty",
            "actor",
        ]
        assert made.check() == []
    with Project.create(tmp_path / "b.annotation", who="ada", tagset="name = 'x'") as made:
        assert made.tagset == loads("name = 'x'")
    with pytest.raises(UserError, match="TOML"):
        Project.create(tmp_path / "c.annotation", tagset="=")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.annotation", "b.annotation"]


def test_refcounts_of_closed_projects(project: Project) -> None:
    """A closed project keeps nothing open: its file can be taken away, on Windows too."""
    project.close()
    project.path.rename(project.path.with_name("moved.annotation"))
    assert sys.getrefcount(project) < 10


def test_file_that_is_moved_while_open_takes_nothing_more(project: Project) -> None:
    mark(project, "actor")
    moved = project.path.with_name("moved.db")
    project.path.rename(moved)
    for write in (project.undo, project.look, lambda: mark(project, "claim")):
        with pytest.raises(UserError, match="was moved or deleted while it was open"):
            write()
    moved.rename(project.path)
    assert not project.look()
    assert mark(project, "claim").label == "claim"


def test_file_that_another_takes_the_place_of_is_not_written(project: Project) -> None:
    project.path.rename(project.path.with_name("moved.db"))
    project.path.write_text("something else")
    with pytest.raises(UserError, match="was moved or deleted"):
        mark(project, "claim")
    assert project.path.read_text() == "something else"
