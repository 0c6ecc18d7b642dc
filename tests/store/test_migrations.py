"""The schema: frozen once released, brought up to date behind a backup, or left alone."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.query import parse
from annotator.project import Project
from annotator.store import file
from annotator.store import migrations as module
from tests.rows import looked_at
from tests.store.test_file import around
from tests.strategies import document_of

SCHEMAS = Path(__file__).parent / "schemas"


def schema(path: Path) -> str:
    """The schema of a project file as SQL, without what SQLite keeps for itself."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'document_search_%' AND name NOT LIKE '_sqlite_%'"
            " AND tbl_name NOT LIKE '_sqlite_%' ORDER BY rowid"
        )
        return "".join(f"{row[0]};\n\n" for row in found)


def test_the_program_knows_its_migrations() -> None:
    assert tuple(each.name for each in module.migrations._migrations) == file.SCHEMA
    assert tuple(each.stem for each in sorted(SCHEMAS.glob("*.sql"))) == file.SCHEMA


def test_a_new_file_has_the_frozen_schema(path: Path) -> None:
    """A released schema never changes: what differs is a new migration and a new frozen file."""
    frozen = (SCHEMAS / f"{file.SCHEMA[-1]}.sql").read_text(encoding="utf-8")
    assert schema(path) == frozen
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == file.APPLICATION_ID
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        tables = re.findall(r"CREATE TABLE (\w+)", frozen)
        strict = connection.execute("SELECT name FROM pragma_table_list WHERE strict").fetchall()
        assert {row[0] for row in strict} == set(tables)
    with Project.open(path, who="ada") as project:
        assert project.read.schema() == file.SCHEMA[-1]


def old_file(path: Path, name: str) -> None:
    """A file as the version with this schema left it, with some work in it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {file.APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((SCHEMAS / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute(
            "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT,"
            " name TEXT, applied_at TEXT)"
        )
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('annotator', ?, '')",
            (name,),
        )


def test_a_file_of_the_first_version_is_brought_up(path: Path, tmp_path: Path) -> None:
    """All its values are there after, sound, and found by signs that weren't found before."""
    with Project.open(path, who="ada") as project:
        project.apply(Edit("import", inserted([document_of("他在北京大学用iPhone手机")])))
    old = tmp_path / "old.annotation"
    old_file(old, "0001_first")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS new", (str(path),))
        connection.execute("BEGIN")
        for table in ("project", "tagset", "annotator", "entity", "document", "layer"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        for table in ("annotation", "relation", "journal"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        connection.execute("INSERT INTO tombstone SELECT pk, kind, id, edit FROM new.tombstone")
        connection.execute("COMMIT")
    with Project.open(old, who="ada") as project:
        assert project.check() == []
        assert project.read.progress("ada") == (0, 2)
        assert list(project.read.found("ada", parse("北京"))) == [[2]]
        assert list(project.read.found("ada", parse("state:open"))) == [[1]]
    assert schema(old) == schema(path)
    assert len([each for each in around(old) if ".backup-" in each]) == 1


def test_a_file_of_the_second_version_is_brought_up(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.annotation"
    tables = ("project", "tagset", "annotator", "entity", "document", "layer", "annotation")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {file.APPLICATION_ID}")
        module.migrations.apply(Database(connection), stop_before="0003_team")
        connection.execute("ATTACH ? AS new", (str(path),))
        connection.execute("BEGIN")
        for table in (*tables, "relation", "journal", "tombstone"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        connection.execute("COMMIT")
    assert schema(old) == (SCHEMAS / "0002_list.sql").read_text(encoding="utf-8")
    with Project.open(old, who="ada") as project:
        assert project.check() == []
        assert project.undo() is not None
    assert schema(old) == schema(path)


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A migration more than the file has; what it does is the list's to say."""
    done: list[str] = ["CREATE TABLE more (a)"]

    def migrate(db: Any) -> None:
        for statement in done:
            db.execute(statement)

    monkeypatch.setattr(file, "SCHEMA", (*file.SCHEMA, "0003_second", "0004_third"))
    known = list(module.migrations._migrations)
    monkeypatch.setattr(module.migrations, "_migrations", known)
    module.migrations(name="0003_second")(migrate)
    module.migrations(name="0004_third")(lambda db: db["entity"].transform(drop={"type"}))
    return done


def test_a_backup_is_made_before_a_migration(path: Path, second: list[str]) -> None:
    before = looked_at(path)
    with Project.open(path, who="ada") as project:
        assert project.read.schema() == "0004_third"
    (backup,) = (each for each in path.parent.iterdir() if ".backup-" in each.name)
    assert re.fullmatch(r"war\.backup-\d{8}-\d{6}-\d{6}\.annotation", backup.name)
    assert looked_at(backup) == before
    assert sorted(around(path)) == sorted([backup.name, path.name])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM more").fetchone()[0] == 0
        columns = [row[1] for row in connection.execute("PRAGMA table_info (entity)")]
        assert "type" not in columns
        assert connection.execute("SELECT count(*) FROM annotation").fetchone()[0] == 4
    Project.open(path, who="ada").close()
    assert sorted(around(path)) == sorted([backup.name, path.name])


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["CREATE TABLE more (a)", "CREATE TABLE more (a)"], "table more already exists"),
        (["DELETE FROM document"], "a link in table layer would break"),
        (["CREATE TABLE more (a)", "SELECT * FROM nowhere"], "no such table: nowhere"),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, second: list[str], statements: list[str], why: str
) -> None:
    second[:] = statements
    before = (looked_at(path), schema(path))
    with pytest.raises(UserError, match=f"{path} could not be brought to this version.*{why}"):
        Project.open(path, who="ada")
    assert (looked_at(path), schema(path)) == before
    assert list(around(path)) == [path.name]


def test_without_a_backup_there_is_no_migration(
    path: Path, second: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = around(path)
    connect = sqlite3.connect

    def fail(name: Any, *words: Any, **more: Any) -> Any:
        if ".backup-" in str(name):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(name, *words, **more)

    monkeypatch.setattr(sqlite3, "connect", fail)
    with pytest.raises(UserError, match=f"No backup of {path} could be made, so it was left alone"):
        Project.open(path, who="ada")
    assert around(path) == before
