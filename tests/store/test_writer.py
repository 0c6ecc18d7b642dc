"""The writer: one transaction, one entry, in parts where it is large."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Change, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Annotator, Entity
from annotator.project import Project
from annotator.store import file, writer
from annotator.store.check import problems
from annotator.store.reader import Reader
from annotator.store.tables import TABLES
from annotator.store.writer import Entry, Writer
from tests.rows import looked_at
from tests.store.conftest import annotation


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(file.connect(path, read_only=False)) as connection:
        yield connection


def entities(number: int) -> tuple[Change, ...]:
    return inserted(Entity(f"e{each:05}", "name") for each in range(number))


def test_a_large_entry_has_parts_and_can_be_unwound(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_PART_CHANGES", 100)
    monkeypatch.setattr(writer, "_BATCH", 70)
    Writer(connection, path).write(Entry("many", "ada", "import"), entities(350))
    parts = connection.execute("SELECT part, changes FROM journal WHERE id = 'many'").fetchall()
    assert [part for part, _ in parts] == [0, 1, 2, 3]
    assert [len(json.loads(changes)) for _, changes in parts] == [100, 100, 100, 50]
    with Project.open(path, who="ada") as project:
        assert project.check() == []
        project.undo()
        assert project.read.counts()["entity"] == 1
        project.redo()
        assert project.read.counts()["entity"] == 351
        assert project.check() == []


def test_parts_end_by_size_too(
    connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_PART_BYTES", 60)
    Writer(connection, path).write(Entry("many", "ada", "import"), entities(9))
    (parts,) = connection.execute("SELECT count(*) FROM journal WHERE id = 'many'").fetchone()
    assert parts == 3
    assert list(problems(connection)) == []


def test_an_entry_without_changes_is_an_entry(connection: sqlite3.Connection, path: Path) -> None:
    Writer(connection, path).write(Entry("none", "ada", "nothing"), ())
    assert next(Reader(connection).journal.entries()).name == "nothing"
    assert list(problems(connection)) == []


def test_blocks_nest_and_fail_together(connection: sqlite3.Connection, path: Path) -> None:
    own = Writer(connection, path)
    before = looked_at(path)

    def fail() -> None:
        with own.transaction():
            own.write(Entry("a", "ada", "one"), entities(1))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert looked_at(path) == before
    assert not connection.in_transaction


def test_the_same_thing_may_come_and_change_in_one_entry(
    connection: sqlite3.Connection, path: Path
) -> None:
    first, second = Entity("e", "one"), Entity("e", "two")
    changes = (
        Change(None, first),
        Change(first, second),
        Change(second, None),
        Change(None, first),
    )
    Writer(connection, path).write(Entry("x", "ada", "to and fro"), changes)
    assert list(problems(connection)) == []
    with Project.open(path, who="ada") as project:
        project.undo()
        assert project.read.entity("e") is None
        project.redo()
        assert project.read.entity("e") == first
        assert project.check() == []


def test_a_value_that_is_equal_but_written_otherwise_is_the_same(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        claim = annotation(project, "actor")
        connection = project.file.connection
        spaced = "replace(attributes, ':', ' : ')"
        connection.execute(f"UPDATE annotation SET attributes = {spaced} WHERE label = 'actor'")
        project.apply(verbs.set_note(claim, "n"))
        assert annotation(project, "actor").note == "n"


def test_a_row_that_the_schema_refuses_is_a_conflict(
    connection: sqlite3.Connection, path: Path
) -> None:
    with pytest.raises(Conflict, match=r"The annotator is not valid \(CHECK"):
        Writer(connection, path).write(Entry("x", "ada", "x"), inserted([Annotator("")]))


def test_a_link_that_nobody_is_known_to_have_made(
    connection: sqlite3.Connection, path: Path
) -> None:
    own = Writer(connection, path)

    def cut() -> None:
        with own.transaction():
            connection.execute("UPDATE annotation SET edit = NULL")
            connection.execute("UPDATE relation SET edit = NULL")
            connection.execute("DELETE FROM layer")

    with pytest.raises(Conflict, match=r"other work depends on it \(FOREIGN KEY"):
        cut()


def test_a_refusal_by_the_schema_itself(connection: sqlite3.Connection, path: Path) -> None:
    own = Writer(connection, path)
    with pytest.raises(Conflict, match=r"depends on it \(CHECK"), own.transaction():
        connection.execute("UPDATE annotation SET label = ''")


def test_a_row_of_another_shape_is_damage(connection: sqlite3.Connection) -> None:
    table = TABLES["entity"]
    (key,) = connection.execute("SELECT id FROM entity").fetchone()
    assert writer.stored_row(connection, table, key)
    connection.execute("ALTER TABLE entity RENAME COLUMN name TO nom")
    with pytest.raises(UserError, match="The file is damaged: entity gives another row"):
        writer.stored_row(connection, table, key)
