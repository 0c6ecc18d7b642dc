"""A plain text file as an article."""

import hashlib

import pytest

from annotator.core.errors import UserError
from annotator.core.text import sha256
from annotator.ingest.original import Made, Original, bytes_of
from annotator.ingest.text import pasted
from annotator.ingest.text import read_text as read_original


def read_text(data: bytes, *, name: str, encoding: str | None = None) -> Made:
    return read_original(Original(name, data), encoding=encoding)


def test_a_file_becomes_an_article() -> None:
    article, notes = read_text("\ufeff\r\nPeace talks\r\n\r\nText.".encode(), name="a/b\\000.txt")
    assert article.title == "Peace talks"
    assert article.text == "\nPeace talks\n\nText."
    assert article.sha256 == sha256(article.text)
    assert (article.meta["file"], article.meta["encoding"]) == ("000.txt", "utf-8-sig")
    assert set(article.meta) == {"file", "encoding", "bytes_sha256"}
    assert (article.language, article.source, article.url) == ("", "", "")
    assert notes == ("1 byte order mark removed.", "3 line ends turned into LF.")
    assert read_text(b"x", name="x")[0].id != article.id


def test_notes_on_the_encoding_come_first() -> None:
    article, notes = read_text("«Нет»\rДа и нет, сказал он".encode("cp1251"), name="r.txt")
    assert article.text == "«Нет»\nДа и нет, сказал он"
    assert [note.split()[0] for note in notes] == ["Not", "1"]
    chosen, notes = read_text("да".encode("cp1251"), name="r.txt", encoding="cp1251")
    assert (chosen.text, notes) == ("да", ())


def test_an_article_of_white_space_comes_in_under_its_file_name() -> None:
    article, notes = read_text(b" \n\t\n", name="blank.txt")
    assert (article.title, article.text) == ("blank.txt", " \n\t\n")
    assert notes == ("Only spaces: there is nothing to annotate.",)


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"", None, "x.txt is empty: it has 0 bytes."),
        (bytes(100), None, "x.txt: The file holds binary data"),
        (b"\xff", "utf-8", "x.txt: Byte 0 of the file is not utf-8"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    data: bytes, encoding: str | None, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        read_text(data, name="x.txt", encoding=encoding)


def test_megabytes_without_a_space_come_in() -> None:
    article, notes = read_text(b"x" * 5_000_000, name="long.txt")
    assert len(article.text) == 5_000_000
    assert len(article.title) == 200
    assert notes == ()


def test_what_an_article_keeps_of_its_file() -> None:
    data = "Да\r\n".encode("cp1251")
    kept, _ = read_original(Original("a.txt", data, "/news/a.txt", keep=True), encoding="cp1251")
    assert kept.meta["path"] == "/news/a.txt"
    assert kept.meta["encoding"] == "cp1251"
    assert kept.meta["bytes_sha256"] == hashlib.sha256(data).hexdigest()
    assert bytes_of(kept) == data
    plain, _ = read_original(Original("a.txt", data), encoding="cp1251")
    assert bytes_of(plain) is None


@pytest.mark.parametrize(
    "encoding", ["cp1251", "koi8_r", "cp1254", "utf-16", "utf-16-le", "cp1253"]
)
def test_encodings_are_found_and_kept(encoding: str) -> None:
    words = {
        "cp1254": "Başbakan, çatışmaların ardından İstanbul'da yaptığı açıklamada görüşmelerin "
        "sürdüğünü söyledi. Ölenlerin sayısı kırk dokuza yükseldi, yaralılar hastaneye kaldırıldı.",
        "cp1253": "Ο υπουργός δήλωσε ότι οι συνομιλίες συνεχίζονται και ότι υπάρχουν νεκροί.",
    }.get(encoding, "Министр заявил, что переговоры продолжаются; погибли 49 человек.")
    article, notes = read_text(words.encode(encoding), name="a.txt")
    assert article.text == words
    assert article.meta["encoding"] == encoding
    assert notes


def test_pasted_text() -> None:
    article, notes = pasted("Talks\r\nresumed.", source="The Example", language="en")
    assert (article.title, article.text) == ("Talks", "Talks\nresumed.")
    assert (article.source, article.language, article.meta) == ("The Example", "en", {})
    assert notes == ("1 line end turned into LF.",)
    assert pasted("Talks", title="Other")[0].title == "Other"
    with pytest.raises(UserError, match="nothing to paste"):
        pasted(" \n")
