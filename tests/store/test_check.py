"""Each invariant that `check` proves, broken by plain SQL and seen named."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.edits import Edit, inserted
from annotator.core.model import TagsetVersion
from annotator.core.tagset_toml import dumps
from annotator.project import Project
from annotator.store import check
from annotator.store.writer import digest
from tests.rows import damage, looked_at, rows


def problems(path: Path) -> list[str]:
    with Project.open(path, who="ada") as project:
        return project.check()


def scalar(path: Path, sql: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute(sql).fetchone()[0])


def rewrite_journal(path: Path, where: str, old: str, new: str, *, signed: bool) -> None:
    """Alter the changes of one entry; `signed` with a digest that fits, as a forger would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        columns = "seq, id, part, time, who, name, kind, of, changes"
        seq, *head, changes = connection.execute(
            f"SELECT {columns} FROM journal WHERE {where} LIMIT 1"
        ).fetchone()
        assert old in changes
        changes = changes.replace(old, new)
        connection.execute("UPDATE journal SET changes = ? WHERE seq = ?", (changes, seq))
        if signed:
            connection.execute(
                "UPDATE journal SET digest = ? WHERE seq = ?", (digest(head, changes), seq)
            )


def test_a_sound_file_has_no_problems_and_is_not_touched(path: Path) -> None:
    before = (path.read_bytes(), looked_at(path))
    assert problems(path) == []
    assert (path.read_bytes(), looked_at(path)) == before


def test_unwinding_ends_at_the_empty_file(path: Path) -> None:
    with Project.create(path.with_name("empty.annotation")) as project:
        empty = looked_at(project.path)
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        with closing(sqlite3.connect(path)) as connection:
            connection.backup(copy)
        copy.row_factory = sqlite3.Row
        assert [problem for _, problem in check.unwound(copy) if problem] == []
        assert {**rows(copy), "project": empty["project"]} == empty


BROKEN = {
    "foreign key": (
        "DELETE FROM layer",
        "Row 1 of annotation refers to a layer that does not exist",
    ),
    "layer of no tag set": (
        "UPDATE layer SET tagset = 9",
        "Row 1 of layer refers to a tagset that does not exist",
    ),
    "canonical text": ("UPDATE document SET text = text || x'0d'", "its text is not canonical"),
    "text hash": ("UPDATE document SET text = text || '.'", "hash"),
    "hash": ("UPDATE document SET sha256 = replace(sha256, 'a', 'b')", "hash"),
    "layer id": (
        "UPDATE layer SET round = 2",
        "its id is not the one that its document, annotator, role and round give",
    ),
    "role": ("UPDATE layer SET role = 'guest'", "SQLite finds the file damaged: CHECK"),
    "span beyond text": (
        "UPDATE annotation SET start = 70, end = 80 WHERE label = 'denial'",
        "it ends at 80, beyond the 74 characters",
    ),
    "fragments overlap": (
        "UPDATE annotation SET fragments = '[[20,38],[37,43]]' WHERE label = 'claim'",
        "its fragments at 20 and 37 overlap or touch",
    ),
    "fragments touch": (
        "UPDATE annotation SET fragments = '[[20,37],[37,43]]' WHERE label = 'claim'",
        "overlap or touch",
    ),
    "envelope": (
        "UPDATE annotation SET start = 21 WHERE label = 'claim'",
        "its start and end are not those of its fragments",
    ),
    "no fragments": (
        "UPDATE annotation SET fragments = '[]' WHERE label = 'claim'",
        "annotation cannot be read",
    ),
    "fragments of words": (
        "UPDATE annotation SET fragments = '[[\"a\",\"b\"]]' WHERE label = 'claim'",
        "annotation cannot be read",
    ),
    "aliases that are no text": (
        "UPDATE entity SET aliases = '[1]'",
        "an alias is not text",
    ),
    "values nested too deeply": (
        f"UPDATE entity SET aliases = '{'[' * 1900}{']' * 1900}'",
        "entity",
    ),
    "a broken value": (
        "UPDATE tagset SET toml = 'label = 1'",
        '"label" of the tag set must be written as [[label]] tables',
    ),
    "relation in another layer": (
        "UPDATE relation SET layer = 'elsewhere' WHERE type = 'denies'",
        "joins annotations of another layer than its own",
    ),
    "entity missing": (
        "DELETE FROM entity",
        "names an entity",
    ),
    "label": (
        "UPDATE annotation SET label = 'rumour' WHERE label = 'casualty'",
        'No version of the tag set has the label "rumour"',
    ),
    "relation type": (
        "UPDATE relation SET type = 'likes' WHERE type = 'denies'",
        'No version of the tag set has the relation "likes"',
    ),
    "relation ends": (
        "UPDATE relation SET type = 'against' WHERE type = 'denies'",
        'No version of the tag set lets "against" join "denial" to "claim"',
    ),
    "counter too high": (
        "UPDATE label_count SET count = 7 WHERE label = 'claim'",
        'The counter of "claim"',
    ),
    "count of articles": ("UPDATE document_count SET count = 7", "The count of the list"),
    "state of nobody": (
        "INSERT INTO standing VALUES ('eve', 99, 'done', 'l')",
        "What is done in the list",
    ),
    "state lost": ("DELETE FROM standing", "What is done in the list"),
    "count of states": (
        "UPDATE state_count SET count = 7",
        "The count of states in the list",
    ),
    "search cut otherwise": (
        "INSERT INTO document_cut VALUES (1, 'x', 'y')",
        'The search finds "Yerevan denied',
    ),
    "search of nothing": (
        "INSERT INTO document_cut VALUES (99, 'x', 'y')",
        "The search has texts of articles that do not exist.",
    ),
    "counter lost": ("DELETE FROM label_count WHERE label = 'actor'", 'The counter of "actor"'),
    "counter of nothing": (
        "INSERT INTO label_count VALUES ('l', 'x', 0)",
        'The counter of "x" in layer l',
    ),
    "search index": (
        (
            "INSERT INTO document_search (document_search, rowid, title, text)"
            " SELECT 'delete', pk, title, text FROM document"
        ),
        "The search index does not match the articles",
    ),
    "no project id": ("DELETE FROM project", "The project has no id"),
    "no tag set": ("DELETE FROM tagset", "The project has no tag set"),
    "setting of nobody": (
        "INSERT INTO project (key, value) VALUES ('color', 'red')",
        "The setting color was not written by any edit",
    ),
    "setting of an unknown edit": (
        "INSERT INTO project (key, value, edit) VALUES ('color', 'red', 'x')",
        "No entry of the journal tells where the setting color came from",
    ),
    "tag set of nobody": (
        "INSERT INTO tagset (version, toml) VALUES (2, 'version = 2')",
        "More than one version of the tag set was not written by any edit",
    ),
    "row without entry": (
        "INSERT INTO entity (id, name) VALUES ('e', 'Nobody')",
        "The entity e was not written by any edit",
    ),
    "row of an unknown edit": (
        "INSERT INTO entity (id, name, edit) VALUES ('e', 'Nobody', 'x')",
        "No entry of the journal tells where the entity e came from",
    ),
    "stamp of another edit": (
        (
            "UPDATE annotation SET edit = (SELECT id FROM journal WHERE name = 'import')"
            " WHERE label = 'casualty'"
        ),
        "should have been the last to write the annotation",
    ),
    "deleted without tombstone": (
        "DELETE FROM annotation WHERE label = 'casualty'",
        "which is neither there nor noted as deleted",
    ),
    "tombstone lost": ("DELETE FROM tombstone", "which is neither there nor noted as deleted"),
    "tombstone of nothing": (
        "INSERT INTO tombstone (kind, id, edit) VALUES ('entity', 'e', 'x')",
        "The deletion of the entity e is not in the journal",
    ),
    "entry lost": (
        "DELETE FROM journal WHERE name = 'tag casualty'",
        "No entry of the journal tells where the annotation",
    ),
    "entry renamed": (
        "UPDATE journal SET who = 'bob' WHERE name = 'import'",
        "was altered after it was written",
    ),
    "undo of nothing": (
        "DELETE FROM journal WHERE kind = 'edit' AND name = 'note'",
        "takes back or repeats an edit",
    ),
    "part lost": (
        "UPDATE journal SET part = 1 WHERE name = 'tag casualty'",
        "lacks its first part",
    ),
    "part in the middle lost": (
        (
            "INSERT INTO journal (id, part, time, who, name, kind, digest, changes)"
            " SELECT id, 2, time, who, name, kind, digest, '[]' FROM journal WHERE name = 'import'"
        ),
        "lacks the part before part 2",
    ),
    "an entry that is no list of changes": (
        "UPDATE journal SET changes = '[1]' WHERE name = 'import'",
        "the journal's entry",
    ),
    "an entry of an unknown kind": (
        "UPDATE journal SET changes = '[[\"planet\",\"x\",null]]' WHERE name = 'import'",
        "an unknown kind of thing, planet",
    ),
    "no JSON where the schema asks for it": (
        "UPDATE annotation SET attributes = '{' WHERE label = 'claim'",
        "SQLite finds the file damaged",
    ),
    "no text where the schema asks for it": (
        "UPDATE annotation SET label = '' WHERE label = 'claim'",
        "SQLite finds the file damaged",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(path: Path, name: str) -> None:
    statement, told = BROKEN[name]
    if name == "canonical text":
        statement = "UPDATE document SET text = 'a' || char(13) || 'b'"
    with Project.open(path, who="ada") as project:  # opened before, as a check by a window is
        damage(path, statement)
        found = project.check()
    assert found
    assert any(told in each for each in found), found
    assert all(each.endswith(".") for each in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"label":"claim"', '"label":"denial"'), ('"note":""', '"note":"x"'), ("[", "[ ")],
)
def test_a_former_row_that_was_altered_is_named(path: Path, old: str, new: str) -> None:
    rewrite_journal(path, "name = 'note' AND kind = 'edit'", old, new, signed=False)
    assert any("was altered after it was written" in each for each in problems(path))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"end":43', '"end":3', "brings back a row that cannot be"),
        ('"label":"claim"', '"label":""', "brings back a row that cannot be"),
        ('"edit":"', '"edit":"x', "should have been the last to write"),
        ('"note":', '"notes":', "is not a row"),
    ],
)
def test_a_former_row_that_can_not_have_been_is_named(
    path: Path, old: str, new: str, told: str
) -> None:
    rewrite_journal(path, "name = 'note' AND kind = 'edit'", old, new, signed=True)
    assert any(told in each for each in problems(path))


def test_damaged_pages_are_named(path: Path) -> None:
    size = int(scalar(path, "PRAGMA page_size"))
    root = int(scalar(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'annotation'"))
    with Project.open(path, who="ada") as project:
        bytes_ = bytearray(path.read_bytes())
        bytes_[(root - 1) * size + 8 : root * size] = b"\xff" * (size - 8)
        path.write_bytes(bytes_)
        found = project.check()
    assert found
    assert all("SQLite finds the file damaged" in each for each in found)


def test_a_file_that_cannot_even_be_copied_is_named(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        path.write_bytes(path.read_bytes()[: -path.stat().st_size // 2])
        (found,) = project.check()
    assert found.startswith("SQLite finds the file damaged")


def test_a_label_of_an_older_version_is_known(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        new = project.tagset.with_label("rumour")
        toml = dumps(new).replace("version = 1", "version = 2")
        assert "version = 2" in toml
        project.apply(Edit("tag set", inserted([TagsetVersion(2, toml)])))
        bare = 'version = 3\n[[label]]\nname = "actor"\nattribute = [{name = "entity"}]'
        project.apply(Edit("tag set", inserted([TagsetVersion(3, bare)])))
        assert project.check() == []


def test_a_read_only_file_is_checked_too(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert list(check.problems(connection)) == []
    damage(path, "DELETE FROM label_count")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert len(list(check.problems(connection))) == 4
