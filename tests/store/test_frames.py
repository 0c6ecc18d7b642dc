"""Data frames: a row a span or relation, attributes as columns, in both libraries."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pandas
import polars
import pytest

import annotator
from annotator import sample
from annotator.core.errors import UserError
from annotator.project import Project
from annotator.store import frames
from tests.corpora import TEXT, annotation, document, layer
from tests.transfer.helpers import LINK, bring, records


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Project]:
    sample.build(tmp_path / "s.db")
    with annotator.open(tmp_path / "s.db") as project:
        yield project


def test_a_row_for_each_span(filled: Project) -> None:
    found = filled.frame()
    assert isinstance(found, polars.DataFrame)
    assert found.columns[:10] == [
        *("annotation", "document", "title", "annotator", "role", "round", "state"),
        *("label", "start", "end"),
    ]
    assert len(found) == 240
    text = next(filled.documents()).text
    for row in found.filter(~polars.col("quote").str.contains("…")).iter_rows(named=True):
        assert row["quote"] == text[row["start"] : row["end"]]
    mine = filled.frame(layer="mira")
    assert set(mine["annotator"]) == {"mira"}
    assert len(filled.frame(layer="annotator")) == 240
    assert found["attribute.low"].dtype == polars.Int64
    assert found["attribute.entity"].dtype == polars.List(polars.String)
    assert "attribute.when.from" in found.columns
    by_label = found.group_by("label").len().sort("label")
    assert by_label.rows() == [("actor", 150), ("casualty", 26), ("claim", 58), ("denial", 6)]


def test_pandas_says_the_same(filled: Project) -> None:
    one, other = filled.frame(), filled.frame(library="pandas")
    assert isinstance(other, pandas.DataFrame)
    assert list(other.columns) == one.columns
    assert other["attribute.low"].dtype == "Int64"
    assert other["quote"].tolist() == one["quote"].to_list()
    assert other["attribute.low"].dropna().tolist() == one["attribute.low"].drop_nulls().to_list()


def test_a_row_for_each_relation(filled: Project) -> None:
    found = filled.frame("relations")
    assert len(found) == 88
    denied = found.filter(polars.col("type") == "denies")
    assert set(denied["source_label"]) == {"denial"}
    spans = filled.frame().select("annotation", "quote")
    joined = found.join(spans, left_on="target", right_on="annotation")
    assert joined["target_quote"].to_list() == joined["quote"].to_list()


def test_values_of_several_kinds(tmp_path: Path) -> None:
    values: list[Any] = [1, "two", True, [1, "x"], [{"a": 1}], 1 << 70]
    spans = [annotation("a1", 0, 7), annotation("c1", 8, 30, "claim")]
    with Project.create(tmp_path / "p.db", who="ada") as project:
        bring(project, records(tmp_path / "a", document(layer(*spans, relations=[LINK]))))
        assert len(project.frame("relations")) == 1
        assert project.frame()["quote"].to_list() == [TEXT[:7], TEXT[8:30]]
        assert project.frame()["entities"].to_list() == ["", ""]
    assert frames._alike([None, *values]) == [
        *(None, "1", '"two"', "true", '[1, "x"]', '[{"a": 1}]', str(1 << 70))
    ]
    assert frames._alike([[1], None, [2]]) == [[1], None, [2]]
    assert frames._alike([[1], ["x"]]) == ["[1]", '["x"]']
    assert frames._alike([1, 1 << 70]) == ["1", str(1 << 70)]


def test_empty_project(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        for library in ("polars", "pandas"):
            found = project.frame(library=library)
            assert (len(found), "label" in found.columns) == (0, True)


def test_attributes_of_the_tag_set_are_columns_though_nobody_used_them(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        bring(project, records(tmp_path / "a", document(layer(annotation("a1", 0, 7)))))
        for library in ("polars", "pandas"):
            spans, links = project.frame(library=library), project.frame("relations")
            for name in ("outcome", "low", "high", "entity", "when.text", "when.from", "when.to"):
                assert f"attribute.{name}" in spans.columns
            assert len(spans) == 1
            assert "attribute.implied" in links.columns
            assert "attribute.when" not in spans.columns


def test_what_is_not_there(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match='no table "x"; there are spans and relations'):
        filled.frame(cast(frames.What, "x"))
    monkeypatch.setitem(sys.modules, "polars", None)
    assert isinstance(filled.frame(), pandas.DataFrame)
    with pytest.raises(UserError, match="needs polars; install it: pip install polars"):
        filled.frame(library="polars")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UserError, match="needs polars or pandas; install it"):
        filled.frame()
