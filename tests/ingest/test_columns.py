"""Which column of a table is what."""

import pytest

from annotator.ingest.columns import day_reader, has_head, proposed

LONG = "The two ministers met again on Tuesday, a day after shelling killed soldiers. " * 4


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (
            ["Id", "Headline", "Body_Text", "Outlet", "Pub Date", "Lang", "Link", "section"],
            {
                "text": "Body_Text",
                "title": "Headline",
                "source": "Outlet",
                "published": "Pub Date",
                "language": "Lang",
                "url": "Link",
                "id": "Id",
            },
        ),
        (
            ["Заголовок", "Текст", "Дата"],
            {"text": "Текст", "title": "Заголовок", "published": "Дата"},
        ),
        (["başlık", "metin"], {"text": "metin", "title": "başlık"}),
        (["title", "content", "description"], {"text": "content", "title": "title"}),
    ],
)
def test_names_speak_first(columns: list[str], mapping: dict[str, str]) -> None:
    rows = [dict.fromkeys(columns, "x")]
    assert proposed(columns, rows) == mapping


def test_contents_tell_what_names_do_not() -> None:
    columns = ["a", "b", "c", "d", "e", "f", "g"]
    rows = [
        {
            "a": str(number),
            "b": LONG + str(number),
            "c": f"Talks resume in round {number}",
            "d": f"https://e.example/{number}",
            "e": f"2022-09-{number + 10}",
            "f": "en" if number % 2 else "hy",
            "g": "",
        }
        for number in range(8)
    ]
    assert proposed(columns, rows) == {
        "text": "b",
        "title": "c",
        "published": "e",
        "language": "f",
        "url": "d",
    }


def test_a_column_without_anything_is_nothing() -> None:
    assert proposed(["text", "other"], [{"text": " ", "other": LONG}]) == {"text": "other"}
    assert proposed(["text"], []) == {}
    assert proposed(["a"], [{"a": "short"}]) == {}


@pytest.mark.parametrize(
    ("first", "rows", "head"),
    [
        (["title", "text"], [["a", "b"]], True),
        (["a", "b"], [[LONG, LONG]], True),
        (["a", "b"], [["c", "d"]], False),
        (["a", "b"], [], False),
        (["1", LONG], [], False),
        (["", "text"], [], False),
        (["text", "text"], [], False),
        (["https://e.example/1", "Talks"], [[LONG, LONG]], False),
        (["Talks", "13.09.2022"], [[LONG, LONG]], False),
        (["Talks", "2022"], [[LONG, LONG]], False),
    ],
)
def test_whether_the_first_row_names_the_columns(
    first: list[str], rows: list[list[str]], head: bool
) -> None:
    assert has_head(first, rows) == head


@pytest.mark.parametrize(
    ("others", "cell", "day"),
    [
        ([], "2022-09-13", "2022-09-13"),
        ([], "2022-09-13T18:20:00+04:00", "2022-09-13"),
        ([], " 2022/9/3 ", "2022-09-03"),
        ([], "3.9.2022 18:20", "2022-09-03"),
        ([], "13 September 2022", "2022-09-13"),
        ([], "9/9/2022", "2022-09-09"),
        ([], "3/9/2022", "3/9/2022"),
        (["13/9/2022"], "3/9/2022", "2022-09-03"),
        (["9/13/2022"], "9/3/2022", "2022-09-03"),
        (["9/13/2022", "13/9/2022"], "9/3/2022", "9/3/2022"),
        ([], "September 2022", "September 2022"),
        ([], "31.2.2022", "31.2.2022"),
        ([], "yesterday", "yesterday"),
        ([], "", ""),
    ],
)
def test_dates(others: list[str], cell: str, day: str) -> None:
    assert day_reader([*others, cell])(cell) == day
