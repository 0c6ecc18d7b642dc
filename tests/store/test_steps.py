"""What undo and redo take next: kept by triggers, made for older files, and looked at by check."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.edits import Edit, inserted
from annotator.core.model import Entity
from annotator.project import Project
from annotator.store.steps import STEPS, Stacks
from tests.rows import damage


def busy(path: Path) -> None:
    """A project in which two persons did, undid and redid."""
    with Project.create(path, who="ada") as project:
        for name in "abc":
            project.apply(Edit(name, inserted([Entity(name, name)])))
        project.undo()
        project.undo()
        project.redo()
        project.switch("bob")
        project.apply(Edit("d", inserted([Entity("d", "d")])))
        project.undo()


def test_the_triggers_keep_what_the_journal_tells(tmp_path: Path) -> None:
    busy(tmp_path / "p.db")
    with closing(sqlite3.connect(tmp_path / "p.db")) as connection:
        stacks = Stacks()
        stacks.follow(connection.execute(STEPS))
        for table, rows in (("undo_stack", stacks.undo_rows()), ("redo_stack", stacks.redo_rows())):
            assert sorted(rows) == sorted(connection.execute(f"SELECT who, seq FROM {table}"))
        assert [who for who, _ in stacks.redo_rows()] == ["ada", "bob"]


def test_a_redo_of_nothing_is_borne() -> None:
    stacks = Stacks()
    stacks.follow([(1, "r", "ada", "redo", "gone"), (2, "u", "ada", "undo", "gone")])
    assert list(stacks.undo_rows()) == []
    assert list(stacks.redo_rows()) == [("ada", 2)]


@pytest.mark.parametrize(("table", "name"), [("undo_stack", "undo"), ("redo_stack", "redo")])
def test_check_sees_what_does_not_match(tmp_path: Path, table: str, name: str) -> None:
    busy(tmp_path / "p.db")
    damage(tmp_path / "p.db", f"DELETE FROM {table}")
    with Project.open(tmp_path / "p.db", who="ada") as project:
        assert project.check() == [f"What the file keeps for {name} does not match the journal."]
