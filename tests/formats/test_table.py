"""Tables of articles, a row each."""

import csv
import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Document
from annotator.core.text import canonical
from annotator.formats.base import NO_OPTIONS, Found, Note, Options, Problem, Source
from annotator.formats.table import format as table
from annotator.formats.table import rows
from tests.ingest.make import damaged, zipped

openpyxl: Any = import_module("openpyxl")
LONG = "The two ministers met again on Tuesday, a day after shelling killed soldiers. " * 4


def read(data: bytes, name: str = "news.csv", options: Options = NO_OPTIONS) -> list[Any]:
    return list(table.read(Source(name, stream=io.BytesIO(data)), options))


def documents(found: list[Any]) -> list[Document]:
    items = [each.item for each in found if isinstance(each, Found)]
    return [each.document for each in items if isinstance(each, Article)]


def texts(found: list[Any]) -> list[str]:
    return [each.text for each in documents(found)]


def told(found: list[Any], kind: type[Any]) -> list[str]:
    return [f"{each.where}: {each.what}" for each in found if isinstance(each, kind)]


def test_rows_become_articles() -> None:
    data = (
        "id,headline,body,outlet,date,lang,link,section\r\n"
        '7,Talks  resume,"They met.\r\nThey spoke.",The Example,13.09.2022,en,https://e.example/1,'
        "World\r\n"
        "8,Weather,Rain.,The Example,14.09.2022,en,https://e.example/2,\r\n"
    )
    found = read(data.encode(), "a/news.csv")
    first, second = documents(found)
    assert (first.title, first.text) == ("Talks resume", "They met.\nThey spoke.")
    assert (first.source, first.published) == ("The Example", "2022-09-13")
    assert (first.language, first.url) == ("en", "https://e.example/1")
    digest = hashlib.sha256(data.encode()).hexdigest()
    assert first.meta == {
        "file": "news.csv",
        "bytes_sha256": digest,
        "row": "line 2",
        "id": "7",
        "columns": {"section": "World"},
    }
    assert (second.meta["row"], second.meta["id"]) == ("line 4", "8")
    assert "columns" not in second.meta
    assert told(found, Note) == [
        (
            "a/news.csv: Taken as articles: text from “body”, title from “headline”, source from "
            "“outlet”, published from “date”, language from “lang”, url from “link”, id from “id”."
        ),
        "a/news.csv, line 2: 1 line end turned into LF.",
    ]


def test_columns_as_chosen() -> None:
    data = f'text,lead,when\nshort,"{LONG}",1/2/2022\n'.encode()
    found = read(data, options={"text": "lead", "title": "-", "date": "when"})
    (document,) = documents(found)
    assert document.text == LONG
    assert document.published == "1/2/2022"
    assert document.title == LONG.split("\n", maxsplit=1)[0][:199].rsplit(maxsplit=1)[0] + "…"
    assert document.meta["columns"] == {"text": "short"}
    with pytest.raises(UserError, match='has no column "body" for the text; it has text, lead'):
        read(data, options={"text": "body"})


def test_a_preview_shows_what_would_be_read() -> None:
    data = b"headline;body\nTalks;They met.\n"
    found = table.proposal(Source("a.csv", stream=io.BytesIO(data)), {"title": "-"})
    assert found.columns == ("headline", "body")
    assert found.rows == ({"headline": "Talks", "body": "They met."},)
    assert found.mapping == {"text": "body"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=delimiter)
    writer.writerows([["title", "text"], ["a, b; c", LONG], ["d", "e, f, g; h"]])
    assert texts(read(lines.getvalue().encode())) == [LONG, "e, f, g; h"]


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (b"sep=;\ntitle;text\na;b,c\n", {}),
        (b'sep=\ntitle,text\na,"b,c"\n', {}),
        (b"title!text\na!b,c\n", {"delimiter": "!"}),
        (b"title\ttext\na\tb,c\n", {"delimiter": "\\t"}),
    ],
)
def test_the_delimiter_is_said(data: bytes, options: Options) -> None:
    assert texts(read(data, options=options)) == ["b,c"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings(encoding: str) -> None:
    words = "Министр заявил, что переговоры продолжаются; погибли 49 человек."
    data = f"title\ttext\r\nПереговоры\t{words}\r\n".encode(encoding)
    assert texts(read(data, "a.tsv")) == [words]
    assert texts(read(data, "a.tsv", {"encoding": encoding})) == [words]


def test_an_encoding_that_does_not_fit_is_refused_by_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UserError, match=r"a.csv: Byte 12 of the file is not utf-8"):
        read(b"title,text\na\xff,b\n", "a.csv", {"encoding": "utf-8"})
    monkeypatch.setattr(rows, "_HEAD", 24)
    data = b"title,text\n" + b"a,b\n" * 4 + b"a,\xff\n"
    with pytest.raises(UserError, match="is not utf-8 after line 0; choose another encoding"):
        read(data, "a.csv", {"encoding": "utf-8"})
    assert texts(read(data, "a.csv"))[-1] == "\ufffd"
    wide = ("title,text\n" + "a,b\n" * 9).encode("utf-16-le")
    monkeypatch.setattr(rows, "_HEAD", 20)
    assert texts(read(wide, "a.csv", {"encoding": "utf-16-le"})) == ["b"] * 9


def test_tables_without_names_of_columns() -> None:
    data = f'1,"{LONG}"\n2,"{LONG}"\n'.encode()
    assert [each.meta["columns"] for each in documents(read(data))] == [
        {"column 1": "1"},
        {"column 1": "2"},
    ]
    assert texts(read(b"text\nb\n", options={"header": "no", "text": "column 1"})) == ["text", "b"]
    named = read(b"a,a,\nb,c,d\n", options={"header": "yes", "text": "a (2)"})
    assert documents(named)[0].meta["columns"] == {"a": "b", "column 3": "d"}


def test_rows_that_are_broken_stay_out() -> None:
    data = b'title,text\na,b\nc,d,e\nf,g,\n\n,\n"h"i,j\nk, \nl\nm,n\no,"never ended\np,q\n'
    found = read(data)
    assert texts(found) == ["b", "g", "n"]
    assert told(found, Problem) == [
        "news.csv, line 3: it has 3 cells, but there are 2 columns",
        "news.csv, line 7: it is no row (',' expected after '\"')",
        "news.csv, line 8: it has no text",
        "news.csv, line 9: it has no text",
        "news.csv, line 11: its quotation mark has no end, so that nothing after it could be read",
    ]


@pytest.fixture
def own_limit() -> Iterator[None]:
    before = csv.field_size_limit()
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("own_limit")
def test_lines_over_the_limit_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LIMIT", 30)
    long = b"x" * 70
    found = read(b"title,text\na,b\nc," + long + b"\nd,e\nf," + long)
    assert texts(found) == ["b", "e"]
    assert told(found, Problem) == [
        "news.csv, line 3: the line is larger than 0 MB",
        "news.csv, line 5: the line is larger than 0 MB",
    ]


def test_ids_that_are_there_twice_are_noted() -> None:
    found = read(b"id,text\n1,a\n1,b\n")
    assert texts(found) == ["a", "b"]
    assert "news.csv, line 3: Another row has the id “1” too." in told(found, Note)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "a.csv is empty: it has 0 bytes"),
        (b"\n\n", "a.csv", "a.csv has no rows"),
        (b'"a', "a.csv", "a.csv has no rows: its quotation mark has no end"),
        (bytes(200), "a.csv", "a.csv: The file holds binary data"),
        (b"a,b\nc,d\n", "a.csv", "no column that looks like the text .* Its columns: column 1"),
        (b"", "a.jsonl", "a.jsonl is empty"),
        (b"[1]", "a.jsonl", "a.jsonl has no rows: it is no JSON object"),
        (b"PK\x03\x04", "a.xlsx", "a.xlsx is no archive that can be read"),
        (b"nothing", "a.xls", "a.xls is no workbook that can be read"),
        (zipped({"a": "b"}), "a.xlsx", "a.xlsx is no workbook that can be read"),
        (zipped({"../a": "b"}), "a.xlsx", "whose name points outside"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read(data, name)


def test_json_lines_and_arrays() -> None:
    records = [
        {"text": "They met.", "n": 1, "tags": ["a"], "none": None, "published": "2022-09-13"},
        {"text": "They spoke."},
    ]
    lines = "\n".join(map(json.dumps, records)) + "\n[1]\n{\n"
    found = read(lines.encode(), "a.jsonl")
    assert texts(found) == ["They met.", "They spoke."]
    assert documents(found)[0].meta["columns"] == {"n": "1", "tags": '["a"]'}
    assert [each.split(":")[0] for each in told(found, Problem)] == [
        "a.jsonl, line 3",
        "a.jsonl, line 4",
    ]
    assert texts(read(json.dumps(records).encode(), "a.json")) == ["They met.", "They spoke."]


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BOOK = workbook(
    news=[
        ["title", "text", "date", "n", "seen", "ratio"],
        [
            "Talks",
            "They met.",
            date(2022, 9, 13),
            3,
            datetime.fromisoformat("2022-09-13 18:20"),
            0.5,
        ],
        [None, None, None, None, None, None],
        ["Weather", "Rain.", datetime.fromisoformat("2022-09-14"), 4.0, None, True],
    ],
    other=[["text"], ["Elsewhere."]],
)


def test_sheets_of_workbooks() -> None:
    first, second = documents(read(BOOK, "a.xlsx"))
    assert (first.text, first.published) == ("They met.", "2022-09-13")
    assert first.meta["row"] == "row 2"
    assert first.meta["columns"] == {"n": "3", "seen": "2022-09-13 18:20:00", "ratio": "0.5"}
    assert second.meta["row"] == "row 4"
    assert second.published == "2022-09-14"
    assert texts(read(BOOK, "a.xlsx", {"sheet": "other"})) == ["Elsewhere."]
    with pytest.raises(UserError, match=r'a.xlsx has no sheet "x"; it has news, other'):
        read(BOOK, "a.xlsx", {"sheet": "x"})


def test_workbooks_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_UNPACKED", 100)
    with pytest.raises(UserError, match="too large a workbook; save its rows as CSV"):
        read(BOOK, "a.xlsx")
    monkeypatch.setattr(rows, "LIMIT", 100)
    with pytest.raises(UserError, match="larger than 0 MB; split it first"):
        read(BOOK, "a.xlsx")


def test_damaged_workbooks_give_all_rows_or_one_sentence() -> None:
    for data in damaged(BOOK):
        try:
            found = texts(read(data, "a.xlsx"))
        except UserError as error:
            assert "a.xlsx" in str(error)  # noqa: PT017  (an error is allowed here, but only so)
        else:
            assert found == ["They met.", "Rain."]


@given(st.data())
def test_damaged_tables_give_rows_or_one_sentence(data: st.DataObject) -> None:
    whole = f'title,text\nTalks,"They met.\nThey spoke."\nWeather,{LONG}\n'.encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :]
    for each, name in ((whole[:at], "a.csv"), (flipped, "a.csv"), (flipped, "a.jsonl")):
        try:
            read(each, name)
        except UserError as error:
            assert "a." in str(error)  # noqa: PT017  (an error is allowed here, but only so)


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_whatever_is_in_cells_comes_in(pairs: list[tuple[str, str]]) -> None:
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    clean = [tuple(canonical(each).text.replace("\0", "") for each in pair) for pair in pairs]
    writer.writerows([("a", "b"), *clean])
    options = {"text": "b", "title": "a", "header": "yes", "delimiter": ",", "encoding": "utf-8"}
    found = texts(read(lines.getvalue().encode(), options=options))
    assert found == [body for _, body in clean if body.strip()]


def test_rows_stream(tmp_path: Path) -> None:
    peaks = []
    for number in (300, 3_000):
        path = tmp_path / f"{number}.csv"
        path.write_text(
            "title,text\n" + "".join(f"T{each},{'x' * 4_000}\n" for each in range(number))
        )
        tracemalloc.start()
        assert sum(isinstance(each, Found) for each in table.read(Source("a.csv", path))) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


@pytest.mark.parametrize(
    ("head", "name", "known"),
    [
        (b"", "a.csv", True),
        (b"a|b", "A.PSV", True),
        (b"a,b", "a.txt", False),
        (b"PK\x03\x04", "a.xlsx", True),
        (b"\xd0\xcf\x11\xe0", "a.xls", True),
        (b"x", "a.xlsx", False),
        (b'{"text": "a"}\n', "a.jsonl", True),
        (b'[\n {"body": "a"}]', "a.json", True),
        (b'{"a": 1}', "a.jsonl", False),
        (b'{"text": 1}', "a.jsonl", False),
        (b'{"text": "a", "text": "b"}', "a.jsonl", True),
        (b'{"id": 1, "body": "cut off he', "a.jsonl", True),
        (b"[1]", "a.json", False),
    ],
)
def test_tables_are_known_by_name_and_content(head: bytes, name: str, known: bool) -> None:
    assert table.sniff(head, name) == known


def test_where_a_table_lies_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\nb\n")
    (document,) = documents(list(table.read(Source("a.csv", path))))
    assert document.meta["path"] == str(path)
