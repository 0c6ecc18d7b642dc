"""Plain text in and out, and names of files that work everywhere."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Entity
from annotator.formats import text
from annotator.formats.base import Found, Note, Source
from annotator.formats.names import file_name
from annotator.formats.original import original
from tests.strategies import document_of, texts


def test_read() -> None:
    source = Source("a/b.txt", stream=io.BytesIO(b"\xef\xbb\xbfOne.\r\nTwo."))
    *notes, found = text.read(source)
    assert isinstance(found, Found)
    assert isinstance(found.item, Article)
    assert found.item.document.text == "One.\nTwo."
    meta = dict(found.item.document.meta)
    assert meta.pop("bytes_sha256") == sha256(b"\xef\xbb\xbfOne.\r\nTwo.").hexdigest()
    assert meta == {"file": "b.txt", "encoding": "utf-8-sig"}
    assert all(isinstance(each, Note) for each in notes)
    assert notes


def test_file_that_is_too_large() -> None:
    with pytest.raises(UserError, match="a is larger than 0 MB; split it first"):
        original(Source("a", stream=io.BytesIO(b"x" * 11)), {}, 10)


@given(st.lists(texts(), min_size=1, max_size=4))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    articles = [Article(document_of(each)) for each in bodies]
    assert list(text.write([Entity("e", "E"), *articles], folder))[1:] == articles
    found = sorted(each.read_bytes().decode() for each in folder.iterdir())
    assert found == sorted(bodies)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("news.html", "news.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("a<b>:c?.txt", "a_b_c_.txt"),
        ("CON.txt", "article CON.txt"),
        (".txt", "txt.txt"),
        ("...", "article.txt"),
        ("", "article.txt"),
        ("ա" * 300, "ա" * 100 + ".txt"),
        ("🙂" * 300, "🙂" * 50 + ".txt"),
        (7, "Title of it.txt"),
    ],
)
def test_name_of_a_file(file: object, expected: str) -> None:
    article = document_of("Title of it\nText", meta={"file": file})
    assert file_name(article, ".txt", set()) == expected


def test_names_that_meet() -> None:
    taken: set[str] = set()
    article = document_of("x", meta={"file": "A.txt"})
    other = document_of("x", meta={"file": "a.txt"})
    names = [file_name(each, ".txt", taken) for each in (article, other, article)]
    assert names == ["A.txt", "a-2.txt", "A-3.txt"]


def test_names_of_titles(tmp_path: Path) -> None:
    article = document_of("First line.\nSecond")
    list(text.write([Article(article)], tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["First line.txt"]
