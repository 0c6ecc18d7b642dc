"""Bytes to text: marks, UTF-8 with holes, old encodings, data that is no text."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.decode import Decoded, decode, is_sure

RUSSIAN = "Министерство обороны заявило, что в ночь на 12 сентября силы Армении отошли. "
FRENCH = "Le ministère déclare que l’armée a été attaquée à l’été. « Nous démentons », dit-il. "

REMOVED = "1 byte order mark removed."


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_utf8_is_taken_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode("utf-8")) == Decoded(text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str, name: str) -> None:
    assert decode(mark + "Нет 😀".encode(codec)) == Decoded("Нет 😀", name, (REMOVED,))
    assert decode(mark) == Decoded("", name, (REMOVED,))


def test_a_marked_file_with_a_broken_end_is_read_with_a_note() -> None:
    wide = decode("да".encode("utf-16") + b"\0")
    assert wide.text == "да\ufffd"
    assert wide.notes == (REMOVED, "What is not UTF-16 from byte 6 on was replaced by U+FFFD.")
    narrow = decode(codecs.BOM_UTF8 + b"a\xff")
    assert narrow.text == "a\ufffd"
    assert narrow.notes == (REMOVED, "1 byte that is not UTF-8 at byte 4 replaced by U+FFFD.")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["Armenia said no.", RUSSIAN * 5])
def test_wide_text_without_a_mark_is_told_by_its_zeros(codec: str, text: str) -> None:
    result = decode(text.encode(codec))
    assert (result.text, result.encoding) == (text, codec)
    assert result.notes == (f"No byte order mark; read as {codec.upper()}.",)


def test_a_few_bad_bytes_in_utf8_are_replaced_and_located() -> None:
    data = (RUSSIAN * 20).encode()
    one = decode(data + b"\xff" + data)
    assert one.text == RUSSIAN * 20 + "\ufffd" + RUSSIAN * 20
    assert one.encoding == "utf-8"
    assert one.notes == (f"1 byte that is not UTF-8 at byte {len(data):,} replaced by U+FFFD.",)
    cut = decode(data + "😀".encode()[:3])
    assert cut.notes == (
        f"3 bytes that are not UTF-8, the first at byte {len(data):,}, replaced by U+FFFD.",
    )


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (FRENCH, "cp1252", "cp1252"),
        ("The ministry “denies” it; the café’s owner doesn’t.", "cp1252", "cp1252"),
        ("Die Streitkräfte haben größere Schäden.", "cp1252", "cp1252"),
        ("El señor dijo que no habrá más días así.", "cp1252", "cp1252"),
        ("Ministerstwo oświadczyło, że w nocy żołnierze byli w źródle.", "cp1250", "cp1250"),
        ("Ministerstvo uvedlo, že při útoku zemřelo několik vojáků.", "cp1250", "cp1250"),
        ("Ministarstvo je izjavilo da je noćas napadnuto više položaja.", "cp1250", "cp1250"),
        ("Savunma Bakanlığı, sınırda geniş çaplı şehit sayısını açıkladı.", "cp1254", "cp1254"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (RUSSIAN, "cp866", "cp866"),
        ("قالت وزارة الدفاع إن القوات المسلحة الأرمينية ارتكبت استفزازا.", "cp1256", "cp1256"),
        ("アルメニア軍が挑発行為を行ったと発表した。", "shift_jis", "cp932"),
        ("阿塞拜疆国防部称，亚美尼亚武装部队在边境进行了大规模挑衅。", "gbk", "gb18030"),
    ],
)
def test_old_encodings_are_guessed_and_named(text: str, codec: str, name: str) -> None:
    result = decode(text.encode(codec))
    assert (result.text, result.encoding) == (text, name)
    assert result.notes == (f"Not UTF-8; read as {name}, which is a guess.",)


def test_what_nothing_speaks_for_is_western_european() -> None:
    result = decode(bytes(range(0x80, 0x100)) * 4)
    assert result.encoding == "cp1252"
    assert result.notes[1] == "20 places that cp1252 can't read replaced by U+FFFD."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), id="zeros"),
        pytest.param(bytes(range(256)) * 40, id="control characters"),
        pytest.param(b"\0\1" * 50, id="wide control characters"),
        pytest.param(b"\0" * 51, id="odd"),
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="holds binary data"):
        decode(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    with suppress(UserError):
        assert isinstance(decode(data).text, str)


def test_a_chosen_encoding_is_used_as_it_is() -> None:
    assert decode("да".encode("cp1251"), encoding="windows-1251") == Decoded("да", "cp1251")
    with pytest.raises(UserError, match=r"Byte 2 of the file is not utf-8; choose another"):
        decode(b"ab\xff", encoding="utf-8")


@pytest.mark.parametrize("name", ["", "klingon", "base64", "undefined", "a\0b"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="is no text encoding known here"):
        decode(b"text", encoding=name)


@pytest.mark.parametrize("head", [b"", b"A town.", "ցույց 🙂".encode(), "да".encode("utf-16")])
def test_utf8_and_marks_leave_no_doubt(head: bytes) -> None:
    assert is_sure(head)


def test_a_beginning_may_end_within_a_character() -> None:
    assert is_sure("да".encode()[:3])


@pytest.mark.parametrize("codec", ["cp1251", "shift-jis", "utf-16-le"])
def test_other_encodings_leave_a_doubt(codec: str) -> None:
    assert not is_sure("дa.".encode(codec))
