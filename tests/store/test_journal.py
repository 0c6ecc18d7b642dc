"""The journal read: what can be undone and redone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Change, Edit, Happened, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Annotator, Document, Entity
from annotator.project import Project
from annotator.store import journal
from tests.rows import damage
from tests.store.conftest import annotation
from tests.strategies import document_of


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.annotation", who="ada") as project:
        yield project


def add(project: Project, name: str) -> Edit:
    return project.apply(Edit(name, inserted([Entity(name, name)])))


def standing(project: Project) -> list[str]:
    return [each.id for each in project.read.entities()]


def test_undo_and_redo_walk_back_and_forth(project: Project) -> None:
    for name in "abcd":
        add(project, name)
    steps = "uuurrurruuuurrrruur"
    place, top = 4, 4
    for step in steps:
        if step == "u":
            project.undo()
            place = max(0, place - 1)
        else:
            project.redo()
            place = min(top, place + 1)
        assert standing(project) == list("abcd")[:place]
        assert project.undo_name == "abcd"[:place][-1:]
        assert project.redo_name == "abcd"[place : place + 1]
    assert project.check() == []


def imported(project: Project, *numbers: int) -> list[Document]:
    """Articles whose ids sort against the order in which they come."""
    made = [replace(document_of(f"Text {each}."), id=f"{9 - each}") for each in numbers]
    project.apply(Edit("import", inserted(made)))
    return made


def order(project: Project) -> str:
    return "".join(each.text[5] for each in project.read.documents())


def test_what_was_deleted_comes_back_where_it_was(project: Project) -> None:
    articles = imported(project, 1, 2, 3, 4)
    gone = tuple(Change(each, None) for each in articles[:3:2])
    project.apply(Edit("delete", gone))
    assert order(project) == "24"
    project.undo()
    assert order(project) == "1234"
    project.redo()
    project.undo()
    project.undo()
    assert order(project) == ""
    project.redo()
    assert order(project) == "1234"
    project.redo()
    assert order(project) == "24"
    project.apply(Edit("import", inserted([articles[0]])))  # this is new, whatever it was once
    assert order(project) == "241"
    assert project.check() == []


def test_a_place_that_somebody_else_has_since_is_theirs(project: Project) -> None:
    articles = imported(project, 1, 2, 3)
    project.apply(Edit("delete", tuple(Change(each, None) for each in articles[1:])))
    project.switch("bob")
    imported(project, 4)
    project.switch("ada")
    project.undo()
    assert order(project) == "1432"
    assert project.check() == []


def test_a_new_edit_ends_redo_but_not_undo(project: Project) -> None:
    for name in "abc":
        add(project, name)
    project.undo()
    project.undo()
    add(project, "d")
    assert (project.redo_name, project.undo_name) == ("", "d")
    project.undo()
    assert (project.redo_name, project.undo_name) == ("d", "a")
    project.undo()
    assert project.undo() is None
    project.redo()
    project.redo()
    assert project.redo() is None
    assert standing(project) == ["a", "d"]


def test_what_another_person_does_keeps_redo(project: Project) -> None:
    add(project, "a")
    project.undo()
    project.switch("bob")
    add(project, "b")
    project.switch("ada")
    assert project.redo_name == "a"
    project.redo()
    assert standing(project) == ["a", "b"]


def test_many_steps_are_found_in_pages(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_FIRST_PAGE", 2)
    monkeypatch.setattr(journal, "_PAGE", 3)
    names = [f"{number:02}" for number in range(12)]
    for name in names:
        add(project, name)
    for left in range(12, 0, -1):
        assert project.undo_name == names[left - 1]
        project.undo()
    assert project.undo() is None
    assert len(list(project.read.journal.entries())) == 25
    for name in names:
        assert project.redo_name == name
        project.redo()
    entries = list(project.read.journal.entries())
    assert [each.kind for each in entries] == ["redo"] * 12 + ["undo"] * 12 + ["edit"] * 13
    assert [each.time for each in entries] == sorted((each.time for each in entries), reverse=True)


def test_entries_are_told_with_whether_they_stand(project: Project) -> None:
    first, second = add(project, "a"), add(project, "b")
    project.switch("bob")
    third = add(project, "c")
    project.switch("ada")
    project.undo()
    read = project.read
    page = read.journal.page(read.journal.numbers())
    told = [(each.entry.who, each.entry.name, each.entry.kind, each.stands) for each in page]
    assert told == [
        ("ada", "b", "undo", True),
        ("bob", "c", "edit", True),
        ("", "add annotator bob", "edit", True),
        ("ada", "b", "edit", False),
        ("ada", "a", "edit", True),
        ("", "add annotator ada", "edit", True),
    ]
    mine = read.journal.page(read.journal.numbers("bob"))
    assert [each.entry.id for each in mine] == [third.id]
    assert read.journal.people() == ["ada", "bob"]
    start = page[-1].entry.id
    assert [back.id for back in [read.journal.undone_to("ada", start)] if back] == [first.id]
    assert [back.id for back in [read.journal.undone_to("bob", second.id)] if back] == [third.id]
    assert read.journal.undone_to("ada", first.id) is None


def test_an_entry_is_summed_up_by_what_is_most_worth_telling(project: Project) -> None:
    some = [Entity(f"e{number}", f"name {number}") for number in range(5)]
    edit = project.apply(Edit("five", inserted([Annotator("eva"), *some])))
    entry = next(each for each in project.read.journal.entries() if each.id == edit.id)
    summary = project.read.journal.summary(entry)
    assert (summary.entry, summary.count, summary.whole) == (entry, 5, True)
    assert [each.after for each in summary.some] == some[:3]
    assert all(each.before is None for each in summary.some)


def test_a_value_is_found_as_it_was_last(project: Project) -> None:
    add(project, "a")
    known = project.read.entity("a")
    assert known is not None
    assert project.read.last_value("entity", "a") == known
    project.apply(verbs.remove_entity(known))
    assert project.read.entity("a") is None
    assert project.read.last_value("entity", "a") == known
    assert project.read.last_value("entity", "never") is None


def test_what_others_changed_and_took_back_counts_as_left_alone(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        project.apply(verbs.set_note(annotation(project, "actor"), "one"))
        project.switch("bob")
        project.apply(verbs.set_note(annotation(project, "actor"), "two"))
        project.undo()
        project.redo()
        project.undo()
        project.switch("ada")
        project.undo()
        assert annotation(project, "actor").note == ""
        project.redo()
        project.switch("bob")
        project.redo()
        project.switch("ada")
        with pytest.raises(Conflict, match="bob changed the same annotation"):
            project.undo()
        assert project.check() == []


def test_what_was_removed_by_others_and_brought_back(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        project.apply(verbs.set_note(annotation(project, "casualty"), "one"))
        project.switch("bob")
        project.apply(verbs.remove([annotation(project, "casualty")], []))
        project.switch("ada")
        with pytest.raises(Conflict, match="bob changed the same annotation"):
            project.undo()
        project.switch("bob")
        project.undo()
        project.switch("ada")
        project.undo()
        assert annotation(project, "casualty").note == ""
        assert project.check() == []


def test_two_rows_that_another_person_changed_and_took_back_at_once(project: Project) -> None:
    old = [Entity("a", "a"), Entity("b", "b")]
    project.apply(Edit("two", inserted(old)))
    project.switch("bob")
    new = [Entity("a", "x"), Entity("b", "y")]
    project.apply(Edit("both", tuple(map(Change, old, new))))
    project.undo()
    project.redo()
    project.undo()
    project.switch("ada")
    project.undo()
    assert standing(project) == []
    assert project.check() == []


def test_an_altered_deletion_brings_nothing_back(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        gone = annotation(project, "casualty")
        project.apply(verbs.remove([gone], []))
        altered = f'[["annotation","{gone.id}",null]]'
        damage(path, f"UPDATE journal SET changes = '{altered}' WHERE name = 'remove casualty'")
        assert project.undo() == Edit("remove casualty", ())


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE annotation SET edit = NULL", "the annotation is not as it left it"),
        ("DELETE FROM tombstone", "the annotation is not as it left it"),
        ("UPDATE annotation SET edit = 'x'", "its journal has no entry x"),
        ("UPDATE journal SET changes = '[1]'", "cannot be read"),
        ('UPDATE journal SET changes = \'[["planet","x",null]]\'', "unknown kind of thing"),
        ('UPDATE journal SET changes = \'[["entity","x",{"id":1}]]\'', "is not a row"),
    ],
)
def test_a_damaged_journal_is_told_in_a_sentence(path: Path, statement: str, told: str) -> None:
    with Project.open(path, who="ada") as project:
        if "tombstone" in statement:
            project.apply(verbs.remove([annotation(project, "casualty")], []))
        else:
            project.apply(verbs.set_note(annotation(project, "casualty"), "one"))
        damage(path, statement)
        with pytest.raises(UserError, match=told):
            project.undo()


def test_an_entry_that_is_not_there(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(UserError, match="has no entry nothing"):
            journal.entry(connection, "nothing")
        assert journal.undoable(connection, "nobody") is None
        assert journal.redoable(connection, "nobody") is None


def told(project: Project, id_: str) -> list[tuple[str, str, bool, bool]]:
    return [
        (each.entry.kind, each.entry.name, each.before is not None, each.after is not None)
        for each in project.read.journal.history("annotation", id_)
    ]


def test_the_history_of_a_value_is_followed_from_step_to_step(path: Path) -> None:
    with Project.open(path, who="bob") as project:
        claim = annotation(project, "claim")
        edit = verbs.set_attribute(claim, "topic", "attack")
        project.apply(Edit("clear", (*inserted([Entity("e", "else")]), *edit.changes)))
        project.undo()
        links = list(project.relations(layer=claim.layer))
        project.apply(verbs.remove([claim], links))
        assert told(project, claim.id) == [
            ("edit", "remove claim", True, False),
            ("undo", "clear", True, True),
            ("edit", "clear", True, True),
            ("redo", "note", True, True),
            ("undo", "note", True, True),
            ("edit", "note", True, True),
            ("edit", "tag claim", False, True),
        ]
        first = project.read.journal.history("annotation", claim.id)[2]
        assert (first.before, first.after) == (claim, edit.changes[0].after)
        assert [each.who for each in (one.entry for one in history(project, claim.id))] == [
            *["bob"] * 3,
            *["ada"] * 4,
        ]
        project.undo()
        assert told(project, claim.id)[:2] == [
            ("undo", "remove claim", False, True),
            ("edit", "remove claim", True, False),
        ]


def history(project: Project, id_: str) -> list[Happened]:
    return project.read.journal.history("annotation", id_)


def test_what_never_was_or_was_there_from_birth_has_no_history(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        assert history(project, "nobody") == []
        assert project.read.journal.history("tagset", "1") == []


def test_a_history_that_goes_in_circles_or_is_not_told_ends(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        claim = annotation(project, "claim")
        newest = history(project, claim.id)[0].entry
        entry = project.read.journal.history("annotation", claim.id)[1].entry
    damage(path, f"UPDATE journal SET changes = '[]' WHERE id = '{entry.id}'")
    with Project.open(path, who="ada") as project:
        assert [each.entry.id for each in history(project, claim.id)] == [newest.id, entry.id]
    damage(path, f'UPDATE journal SET changes = \'[["annotation","{claim.id}",7]]\' WHERE 1')
    with (
        Project.open(path, who="ada") as project,
        pytest.raises(UserError, match="damaged"),
    ):
        history(project, claim.id)
    before = f'{{"edit":"{newest.id}"}}'
    changes = f'[["entity","x",null],["annotation","{claim.id}",{before}]]'
    damage(path, f"UPDATE journal SET changes = '{changes}' WHERE id = '{newest.id}'")
    with Project.open(path, who="ada") as project:
        assert [each.entry.id for each in history(project, claim.id)] == [newest.id]


def test_undo_bit_by_bit_can_be_given_up(project: Project) -> None:
    many = [Entity(f"e{number}", "many") for number in range(1_200)]
    project.apply(Edit("import", inserted(many)))
    assert project.read.journal.ahead("ada", "undo") == len(many)
    assert project.read.journal.ahead("ada", "redo") == 0
    going = project.going("undo")
    assert 0 < next(going) < len(many)
    with pytest.raises(UserError, match="Undo or redo is running"):
        add(project, "a")
    going.close()
    assert len(standing(project)) == len(many)
    counts = list(project.going("undo"))
    assert counts == sorted(counts)
    assert counts[-1] == 2 * len(many)
    assert standing(project) == []
    assert project.read.journal.ahead("ada", "redo") == len(many)
    project.redo()
    assert len(standing(project)) == len(many)
    assert project.check() == []


def test_what_lies_ahead_up_to_an_edit(project: Project) -> None:
    edits = [add(project, name) for name in "abcd"]
    assert project.read.journal.ahead("ada", "undo", edits[1].id) == 3
    project.undo(to=edits[1].id)
    assert project.read.journal.ahead("ada", "redo", edits[2].id) == 2
    assert project.read.journal.ahead("bob", "undo") == 0


def test_an_edit_that_changed_a_value_twice_is_taken_back(project: Project) -> None:
    steps = [Entity("a", name) for name in ("one", "two", "three")]
    with project.bring_in("import") as intake:
        intake.add(inserted(steps[:1]))
        for before, after in pairwise(steps):
            intake.add([Change(before, after)])
    project.undo()
    assert standing(project) == []
    project.redo()
    assert [each.name for each in project.read.entities()] == ["three"]
    assert project.check() == []
