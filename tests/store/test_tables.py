"""Rows become values and values rows, and nothing is lost between."""

import sqlite3
from contextlib import closing
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.model import (
    KINDS,
    ROLES,
    STATES,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    TimeSpent,
    Value,
    kind_of,
)
from annotator.store.migrations import migrations
from annotator.store.tables import TABLES, to_json
from tests.strategies import CLEAN, annotations, json_values

TEXT = st.text(CLEAN, max_size=6)
META = st.dictionaries(TEXT, json_values(), max_size=3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "setting": st.builds(Setting, TEXT, TEXT),
    "tagset": st.builds(TagsetVersion, st.integers(1, 1 << 60), TEXT),
    "annotator": st.builds(Annotator, TEXT.filter(bool), TEXT, TEXT),
    "entity": st.builds(Entity, TEXT, TEXT, st.lists(TEXT).map(tuple), TEXT, TEXT),
    "document": st.builds(
        Document,
        *(TEXT, TEXT, TEXT, st.just("0" * 64), TEXT, TEXT, TEXT, TEXT, TEXT),
        META,
    ),
    "first_pass": st.builds(
        FirstPass,
        st.just("l"),
        st.lists(annotations(text="x" * 40, layer="l", labels=("claim", "É")), max_size=2).map(
            tuple
        ),
        st.lists(st.builds(Relation, TEXT, st.just("l"), TEXT, TEXT, TEXT, META), max_size=2).map(
            tuple
        ),
    ),
    "layer": st.builds(
        Layer,
        *(TEXT, TEXT, TEXT, st.sampled_from(ROLES), st.integers(1, 99), st.sampled_from(STATES)),
        *(st.integers(1, 9), META),
    ),
    "annotation": annotations(text="x" * 40, layer="l", labels=("claim", "É")),
    "relation": st.builds(
        Relation, TEXT, TEXT, TEXT.filter(bool), st.just("a"), st.just("b"), META
    ),
    "decision": st.builds(
        Decision,
        *(TEXT, TEXT, META, st.sampled_from(("take", "later")), META, TEXT, TEXT, TEXT, TEXT),
        *(st.booleans(), TEXT),
    ),
    "work": st.builds(TimeSpent, TEXT, st.integers(0, 1 << 60)),
}


@pytest.fixture(scope="module")
def connection() -> Any:
    from sqlite_utils import Database

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply(Database(connection))
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def test_each_kind_has_a_table() -> None:
    assert list(TABLES) == list(KINDS) == list(VALUES)
    assert {kind: KINDS[kind] for kind in TABLES} == {
        kind_of_type(each): each for each in get_args(Value)
    }


def kind_of_type(kind: type) -> str:
    return next(name for name, each in KINDS.items() if each is kind)


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_value_comes_back_from_the_file(
    connection: sqlite3.Connection, kind: str, data: st.DataObject
) -> None:
    value = data.draw(VALUES[kind])
    table = TABLES[kind]
    assert kind_of(value) == kind
    connection.execute(table.insert, (*table.cells(value), "e", None))
    try:
        (row,) = connection.execute(table.select).fetchall()
        assert table.value(row) == value
        assert table.value(dict(row)) == value
        assert row["edit"] == "e"
        key = table.native(value.id)
        _, *rest = table.cells(value)
        changed = connection.execute(table.update, (*rest, "f", key))
        assert changed.rowcount == 1
        assert connection.execute(table.select).fetchone()["edit"] == "f"
        assert connection.execute(table.delete, (key,)).rowcount == 1
    finally:
        connection.execute(f"DELETE FROM {table.name}")


def test_json_has_one_form() -> None:
    assert to_json({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'


@pytest.mark.parametrize(
    "cells",
    [
        {"fragments": "[]"},
        {"fragments": "[[3]]"},
        {"fragments": "[[5,3]]"},
        {"fragments": '[["a","b"]]'},
        {"attributes": "{"},
        {"attributes": None},
        {"start": None},
        {"start": 9},
        {"meta": "[" * 100_000},
    ],
)
def test_a_row_that_is_no_value_says_so(cells: dict[str, Any]) -> None:
    sound = {
        "id": "a",
        "layer": "l",
        "start": 1,
        "end": 4,
        "fragments": None,
        "label": "claim",
        "attributes": "{}",
        "note": "",
        "meta": "{}",
    }
    assert TABLES["annotation"].value(sound)
    with pytest.raises(UserError, match="The file is damaged: row a of annotation cannot be read"):
        TABLES["annotation"].value({**sound, **cells})
    with pytest.raises(UserError, match=r"row \? of annotation"):
        TABLES["annotation"].value({})
