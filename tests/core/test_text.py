"""Canonical text: what is changed at import, what is not, and what is said about it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text import canonical, counted, sha256, title_of

TEXTS = st.text(
    st.sampled_from(
        "a \t\n\r\v\f\x85\u2028\u2029\0\x07\x7f\x80\x9f\ud800\udfff\ufdd0\ufeff\uffff\U0010ffff"
    )
    | st.characters()
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert canonical(f"one{end}two").text == "one\ntwo"


@pytest.mark.parametrize(
    ("raw", "text", "note"),
    [
        ("\ufeffa", "a", "1 byte order mark removed."),
        ("a\r\nb\rc", "a\nb\nc", "2 line ends turned into LF."),
        ("a\0", "a\ufffd", "1 NUL character replaced by U+FFFD."),
        ("\x01\x1f\x9f", "\ufffd" * 3, "3 control characters replaced by U+FFFD."),
        ("\ud83d", "\ufffd", "1 lone surrogate replaced by U+FFFD."),
        ("\ufffe\ufdd0\U0001fffe\U0010ffff", "\ufffd" * 4, "4 noncharacters replaced by U+FFFD."),
    ],
)
def test_what_is_replaced_is_counted(raw: str, text: str, note: str) -> None:
    result = canonical(raw)
    assert result.text == text
    assert result.notes == (note,)


def test_the_rest_is_left_alone() -> None:
    raw = "  e\u0301 ﬁ\xa0\u200b\u00ad\ufffd a\ufeffb\t\n\n 👩‍👩‍👧 \u202bעברית\u202c  \n"
    assert canonical(raw).text == raw
    assert canonical(raw).notes == ()


@given(TEXTS)
def test_a_canonical_text_stays_as_it_is(raw: str) -> None:
    text = canonical(raw).text
    again = canonical(text)
    assert again.text == text
    assert again.notes == ()
    assert text.encode("utf-8").decode("utf-8") == text
    assert not set(text) & set("\r\v\f\x85\u2028\u2029\0")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])))
def test_ordinary_text_is_canonical(text: str) -> None:
    assert canonical(text).text == text.lstrip("\ufeff")


def test_numbers_agree_with_their_nouns() -> None:
    assert counted(1, "line end") == "1 line end"
    assert counted(2000, "line end") == "2,000 line ends"


def test_the_hash_is_of_the_utf8_bytes() -> None:
    assert sha256("né") == hashlib.sha256(b"n\xc3\xa9").hexdigest()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("\n\n  Peace talks \t\nThe ministry …", "Peace talks"),
        ("One line", "One line"),
        ("x" * 200, "x" * 200),
        ("x" * 500, "x" * 199 + "…"),
        ("word " * 100, "word " * 38 + "word…"),
    ],
)
def test_the_title_is_the_first_line(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title_of(text)) <= 200
