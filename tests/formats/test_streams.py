"""Lines of text in any encoding."""

from io import BytesIO

import pytest

from annotator.core.errors import UserError
from annotator.formats import streams
from annotator.formats.base import HEAD
from annotator.formats.streams import TextLines


def lines(data: bytes, encoding: str = "") -> tuple[list[str | None], list[str]]:
    found = TextLines(BytesIO(data), "x", encoding)
    return [line for _, line in found], [each.what for each in found.notes()]


def test_only_lf_ends_a_line() -> None:
    assert lines("a\u2028b\x85c\r\nd".encode()) == (["a\u2028b\x85c\r\n", "d"], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "latin-1"])
def test_encodings_are_found_or_told(encoding: str) -> None:
    text = "Карабах и Армения заявили\n" * 20 if encoding != "latin-1" else "déjà à côté\n" * 20
    data = text.encode(encoding)
    assert "".join(str(line) for line in lines(data, encoding)[0]) == text
    if encoding != "latin-1":
        assert "".join(str(line) for line in lines(data)[0]) == text


def test_what_is_no_utf8_is_replaced_and_said() -> None:
    data = b"a" * HEAD + "é".encode() + b"\n\xff\n\xff\xfe\n"
    found, notes = lines(data)
    assert found[1:] == ["\ufffd\n", "\ufffd\ufffd\n"]
    assert notes == [
        "2 lines with bytes that are not UTF-8, the first line 2; they were replaced by U+FFFD."
    ]


def test_utf8_with_a_broken_byte_in_its_head() -> None:
    found, notes = lines("Ереван\n".encode() * 9 + b"\xff\n")
    assert found[0] == "Ереван\n"
    assert "line 10" in notes[0]


def test_a_guess_is_said() -> None:
    assert "guess" in lines("déjà vu, à côté\n".encode("cp1252") * 9)[1][0]


def test_a_long_line_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LIMIT", 4)
    assert lines(b"abcd\nab\nabcdefghijk\nx")[0] == [None, "ab\n", None, "x"]
    assert lines(b"abcdefgh")[0] == [None]


def test_the_stream_stays_open_and_can_be_read_again() -> None:
    stream = BytesIO(b"a\nb\n")
    found = TextLines(stream, "x")
    assert [number for number, _ in found] == [1, 2]
    assert [line for _, line in found] == ["a\n", "b\n"]
    assert found.at == 4
    assert found.where(2) == "x, line 2"


def test_no_text() -> None:
    with pytest.raises(UserError, match=r"^x: The file holds binary data"):
        lines(bytes(range(32)) * 9)
    with pytest.raises(UserError, match=r'^x: "klingon" is no text encoding'):
        lines(b"a", "klingon")
