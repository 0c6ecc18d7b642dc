"""What a merge writes into a file: proven, found when it is damaged, and read from old files."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Layer
from annotator.core.span import Span
from annotator.project import Project
from annotator.store import file
from annotator.store.merge.ends import Ends
from annotator.store.merge.past import EMPTY, Past
from annotator.store.merge.side import Side
from annotator.transfer.merging import survey
from tests.rows import damage
from tests.store.conftest import annotation, relation
from tests.store.test_migrations import old_file
from tests.strategies import document_of
from tests.transfer.teams import copy, merged


@pytest.fixture
def joined(path: Path) -> Path:
    """The project after a merge that laid a link aside."""
    other = copy(path, "other.db")
    with Project.open(other, who="eva") as project:
        claim, denies = annotation(project, "claim"), relation(project, "denies")
        project.apply(verbs.remove([claim], [denies]))
    with Project.open(path, who="ada") as project:
        denies = relation(project, "denies")
        project.apply(Edit("again", (Change(denies, None), *inserted([replace(denies, id="r2")]))))
    merged(path, other)
    return path


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE foreign_journal SET name = 'x'", "was altered after it was brought"),
        ("DELETE FROM foreign_journal", "No journal tells of the edit .*, which wrote to tombst"),
        ('UPDATE aside SET row = \'{"edit": "x", "id": 1}\'', "lies aside cannot be read"),
        ("UPDATE aside SET kind = 'x'", "The version of the x r2 that lies aside cannot be read"),
        ("UPDATE merge SET edit = 'x'", "The merge x is not in the journal"),
        ("DELETE FROM tombstone WHERE kind = 'annotation'", "neither there nor noted as deleted"),
        ("UPDATE tombstone SET edit = 'x'", "No journal tells of the edit x"),
    ],
)
def test_what_a_merge_left_is_proven(joined: Path, statement: str, why: str) -> None:
    with Project.open(joined, who="ada") as project:
        assert project.check() == []
    damage(joined, statement)
    with Project.open(joined, who="ada") as project:
        assert [each for each in project.check() if re.search(why, each)]


def test_a_file_of_the_first_version_is_merged_from_a_copy(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
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
    before = old.read_bytes()
    target = tmp_path / "target.db"
    Project.create(target, who="ada").close()
    assert merged(target, old).as_json()["new"]["annotation"] == 4
    assert old.read_bytes() == before
    damage(old, "CREATE TABLE first_pass (a)")
    with (
        Project.open(target, who="ada") as project,
        pytest.raises(UserError, match=r"old\.db could not be brought to this version: table"),
    ):
        survey(project, old)


def test_a_file_that_can_not_be_copied_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(sqlite3.Connection):
        def backup(self, *words: Any, **more: Any) -> None:
            raise sqlite3.DatabaseError("database disk image is malformed")

    connect = sqlite3.connect

    def broken(name: Any, *words: Any, **more: Any) -> Any:
        return connect(name, *words, **{**more, "factory": Broken})

    monkeypatch.setattr(sqlite3, "connect", broken)
    with (
        pytest.raises(UserError, match=f"{path} is damaged and could not be read"),
        file.copied(path),
    ):
        pass


def test_a_link_into_another_layer_can_not_be_shown(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        denies = relation(project, "denies")
        document = document_of("Another.")
        layer = Layer.of(document.id, "ada")
        span = Annotation(new_id(), layer.id, (Span(0, 7),), "claim")
        project.apply(Edit("more", inserted([document, layer, span])))
    with closing(file.connect(path, read_only=False)) as connection:
        row: Any = {"type": "denies", "layer": denies.layer}
        row |= {"source": denies.source, "target": span.id}
        why = Ends(connection).missing([("r", row)])
    assert why == {"r": "one of its ends is in another layer"}


def test_the_head_of_an_entry_comes_from_where_it_was_brought(joined: Path) -> None:
    with closing(file.connect(joined, read_only=False)) as connection:
        sql = "SELECT id FROM foreign_journal WHERE part = 0 LIMIT 1"
        (brought,) = connection.execute(sql).fetchone()
        (told,) = Past(connection).heads([brought])
        assert told.head[0] == brought
        assert told.changes == EMPTY
        assert Side(connection).standings("relation", ["r2"])["r2"].shown is None
