"""Parquet: everything out and in, read by pyarrow, pandas, polars and DuckDB."""

import json
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from shutil import make_archive
from typing import Any

import pytest

from annotator.core.article import Article, Work
from annotator.core.model import Annotator, Decision, Entity, Layer, Setting
from annotator.core.span import Span
from annotator.formats.base import Found, Item
from annotator.formats.parquet import format as parquet
from annotator.formats.parquet.format import FORMAT, README, TABLE
from annotator.transfer.sources import sources
from tests.formats.rough import articles, problems, read
from tests.formats.test_cas import example
from tests.strategies import document_of

pa: Any = import_module("pyarrow")  # these have no types
pq: Any = import_module("pyarrow.parquet")


def several() -> list[Item]:
    article = example()
    seen = Decision("x", article.document.id, {"a": [1]}, "take", by="ada")
    gold = Work(Layer.of(article.document.id, "gold", role="gold"))
    return [
        *(Setting("guidelines", "Mark."), Annotator("ada", "Ada"), Entity("e", "Yerevan")),
        replace(article, works=(*article.works, gold), decisions=(seen,)),
        Article(document_of("Nobody.")),
    ]


def written(folder: Path, *items: Item) -> bytes:
    folder.mkdir(exist_ok=True)
    assert list(parquet.write(items, folder)) == list(items)
    return (folder / TABLE).read_bytes()


def test_everything_comes_back(tmp_path: Path) -> None:
    items = several()
    found = read(FORMAT, written(tmp_path / "a", *items))
    assert not isinstance(found, str)
    assert [each.item for each in found if isinstance(each, Found)] == items


def test_row_groups_hold_a_part_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 2)
    monkeypatch.setattr(parquet, "_BATCH", 1)
    items = [Article(document_of(f"Number {number}.")) for number in range(5)]
    data = written(tmp_path / "a", *items)
    assert pq.ParquetFile(BytesIO(data)).num_row_groups == 3
    found = read(FORMAT, data)
    assert articles(found) == items
    assert not isinstance(found, str)
    assert [each.where for each in found] == [f"a.parquet, row {each}" for each in range(1, 6)]
    monkeypatch.setattr(parquet, "_LARGEST", 10)
    assert [each.what[:24] for each in read(FORMAT, data)] == ["They unpack to more than"] * 3  # type: ignore[union-attr]  # all are Problems


def test_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    items = several()
    assert written(tmp_path / "a", *items) == written(tmp_path / "b", *items)


def test_card_stands_above_the_table_and_is_no_article(tmp_path: Path) -> None:
    written(tmp_path / "a", *several())
    card = (tmp_path / "a" / README).read_text()
    assert card.startswith("---\nconfigs:\n- config_name: default\n")
    assert "path: data/train-*.parquet" in card
    names = [Path(each.name).name for each in sources([tmp_path / "a"], but=tmp_path / "p.db")]
    assert names == [TABLE.name]
    make_archive(str(tmp_path / "z"), "zip", tmp_path / "a")
    inside = sources([tmp_path / "z.zip"], but=tmp_path / "p.db")
    assert [Path(each.name).name for each in inside] == [TABLE.name]


# Judges


def test_tools_of_the_field_read_it(tmp_path: Path) -> None:
    written(tmp_path / "a", *several())
    path = str(tmp_path / "a" / TABLE)
    table = pq.read_table(path)
    assert table.column("title").to_pylist()[1] == "Nobody."
    pandas, polars, duckdb = (import_module(each) for each in ("pandas", "polars", "duckdb"))
    frame = pandas.read_parquet(path)
    assert list(frame["layers"][0][0]["annotations"][0]["spans"][0].values()) == [2, 9]
    text, quote = frame["text"][0], frame["layers"][0][0]["annotations"][0]["quote"]
    assert text[2:9] == quote == "Yerevan"
    spans = polars.read_parquet(path).explode("layers").unnest("layers", separator="_")
    assert spans["layers_annotator"].to_list() == ["ada", "gold"]
    rows = duckdb.sql(
        "select a.label, substr(text, a.start + 1, a.end - a.start) = a.quote, "
        "json_extract_string(a.attributes, '$.low') from (select text, unnest(l.annotations) a "
        f"from (select text, unnest(layers) l from '{path}')) order by all"
    ).fetchall()
    assert rows == [("\x01 odd", True, None), ("actor", True, None), ("claim", False, "14")]


# What strangers write


def table(**columns: Any) -> bytes:
    stream = BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def test_articles_of_others_come_with_their_columns() -> None:
    found = read(
        FORMAT, table(text=["A.\r\nB.", None, "C."], url=["u", "v", None], views=[3, 4, 5])
    )
    assert problems(found) == ['it has no "text"']
    first, second = articles(found)
    assert first.document.text == "A.\nB."
    assert (first.document.url, first.document.meta) == ("u", {"views": 3})
    assert (second.document.url, second.document.title) == ("", "C.")


def test_annotations_of_others_come_with_start_and_end() -> None:
    spans = [
        {"id": "1", "label": "a", "start": 0, "end": 4, "quote": "Baku", "attributes": None},
        {"id": "2", "label": "a", "start": 0, "end": 400, "quote": None, "attributes": "{}"},
    ]
    layers = [[{"annotator": "ada", "annotations": spans, "relations": None}]]
    found = read(FORMAT, table(text=["Baku said."], layers=layers))
    assert problems(found) == []
    (article,) = articles(found)  # the import looks at the text's end
    spans_ = [each.spans for each in article.works[0].annotations]
    assert spans_ == [(Span(0, 4),), (Span(0, 400),)]


def test_quotes_that_the_text_has_not_are_named() -> None:
    spans = [
        {"id": "1", "label": "a", "start": 1, "end": 5, "quote": "Baku"},
        {"id": "2", "label": "a", "start": None, "end": 4, "quote": "Baku"},
        {"id": "3", "label": "a", "start": 0, "end": 4, "quote": "Baku"},
    ]
    layers = [[{"annotator": "ada", "annotations": spans}]]
    found = read(FORMAT, table(text=["Baku said."], layers=layers))
    assert problems(found) == [
        "its quote is not what the text has at its span",
        '"spans" is no list of pairs of whole numbers',
    ]
    (article,) = articles(found)
    assert [each.id for each in article.works[0].annotations] == ["3"]


def test_places_that_are_texts_are_named() -> None:
    spans = [{"id": "1", "label": "a", "start": "0", "end": "4", "quote": "Baku"}]
    layers = [[{"annotator": "ada", "annotations": spans}]]
    found = read(FORMAT, table(text=["Baku said."], layers=layers))
    assert problems(found) == ['"spans" is no list of pairs of whole numbers']


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"layers": [3]}, "no list of structs"),
        ({"layers": [[3]]}, "no list of structs"),
        ({"meta": ["{"]}, "not JSON"),
        ({"meta": [3]}, "no JSON object"),
        ({"sha256": ["0" * 64]}, "hash"),
    ],
)
def test_rows_that_are_broken_are_named(columns: Any, said: str) -> None:
    (problem,) = problems(read(FORMAT, table(text=["Baku said."], **columns)))
    assert said in problem


def test_table_without_a_text_is_refused() -> None:
    assert 'has no column "text"; it has words, n.' in read(FORMAT, table(words=["a"], n=[1]))


def test_texts_over_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.parquet.rows.LIMIT", 5)
    assert "longer than" in problems(read(FORMAT, table(text=["Baku said."])))[0]


def test_it_knows_itself(tmp_path: Path) -> None:
    data = written(tmp_path / "a", *several())
    assert parquet.sniff(data)
    assert not parquet.sniff(json.dumps([]).encode())


def test_pages_that_changed_are_told_by_their_checksums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 1)
    data = bytearray(written(tmp_path / "a", *several()))
    at = data.index(b"PAR1") + 60
    data[at] ^= 0xFF
    found = read(FORMAT, bytes(data))
    assert len(problems(found)) == 1
    assert len(articles(found)) == 1
