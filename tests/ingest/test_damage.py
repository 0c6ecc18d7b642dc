"""Files that are damaged anywhere, or are something else than their name says."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.formats import docx, pdf, text, web
from annotator.formats.base import Format, Found, Source
from annotator.formats.table import format as table
from tests.ingest.make import page_of, word, zipped
from tests.ingest.make import pdf as made_pdf

WORDS = "The two ministers met again on Tuesday, a day after shelling killed soldiers. "
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks</title></head><body>'
)
PAGE += f"<nav><a href='/'>Home</a></nav><article><p>{WORDS * 4}</p><ul><li>x</ul></article></html>"
MHTML = (
    "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    f"--b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://e.example\n\n{PAGE}\n"
    "--b--\n"
)
KINDS: dict[str, tuple[Format, bytes]] = {
    "a.html": (web.FORMAT, PAGE.encode()),
    "a.mhtml": (web.FORMAT, MHTML.encode()),
    "a.pdf": (pdf.FORMAT, made_pdf([page_of((WORDS.strip(),))])),
    "a.docx": (docx.FORMAT, word(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")),
    "a.csv": (table.FORMAT, f'title,text\nTalks,"{WORDS}"\n'.encode()),
    "a.json": (table.FORMAT, f'[{{"title": "Talks", "text": "{WORDS}"}}]'.encode()),
    "a.txt": (text.FORMAT, WORDS.encode()),
}
OTHERS = {
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
    "archive": zipped({"a": "b"}),
    "zeros": bytes(999),
    "nothing": b"",
    **{name: data for name, (_, data) in KINDS.items()},
}


def articles(name: str, data: bytes) -> int | str:
    """How many articles come of a file, or the sentence that refuses it."""
    read = KINDS[name][0].read
    assert read is not None
    try:
        return sum(
            isinstance(each, Found) for each in read(Source(name, stream=io.BytesIO(data)), {})
        )
    except UserError as error:
        return str(error)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_bytes_turned_over_anywhere(name: str, data: st.DataObject) -> None:
    whole = bytearray(KINDS[name][1])
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = articles(name, bytes(whole))
    assert isinstance(found, int) or name in found


@given(st.binary(max_size=60))
@example(b"Snapshot-Content-Location: \xff\nContent-Type: text/html\n\n<p>Talks")
def test_bytes_of_no_kind(data: bytes) -> None:
    for name in KINDS:
        found = articles(name, data)
        assert isinstance(found, int) or name in found


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("other", OTHERS)
def test_another_format_under_this_name(name: str, other: str) -> None:
    found = articles(name, OTHERS[other])
    assert isinstance(found, int) or found.startswith(name)
    if other == name:
        assert found == 1
