"""What the full-text search is given finds each word of scripts without spaces, and each emoji."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.query import Word
from annotator.store.matching import match_of
from annotator.store.signs import cut, needs_cut


@pytest.mark.parametrize("text", ["", "plain", "Straße", "обороны", "الدفاع جداً", "Հայաստան “և” —"])
def test_texts_of_spaced_words_stay(text: str) -> None:
    assert cut(text) == text


def test_signs_stand_apart() -> None:
    assert cut("在北京。").split() == ["在", "北", "京", "。"]
    assert cut("用iPhone了").split() == ["用", "iPhone", "了"]
    assert cut("كِتَاب") == "كتاب"
    assert needs_cut("fire🔥")
    assert cut("🔥").strip() not in ("", "🔥")


@pytest.mark.parametrize("sign", "\u0591\u0670\u0e01\u0eff\u1000\u1780\u2600\u27bf\u2e80\uf900🀀🫿𠀀")
def test_a_sign_is_seen_among_other_letters(sign: str) -> None:
    assert needs_cut(f"Հայ “обороны” — {sign}…")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_needs_to_be_cut_for_one_of_its_letters(text: str) -> None:
    assert needs_cut(text) == any(map(needs_cut, text))


def finds(text: str, sought: str) -> bool:
    """Whether the full-text search finds words, as the project's file would."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE f USING fts5 (t, tokenize = 'unicode61 remove_diacritics 2')"
        )
        connection.execute("INSERT INTO f VALUES (?)", (cut(text),))
        match = match_of(lambda *_words: [], [Word(sought)])
        return bool(
            connection.execute("SELECT count(*) FROM f WHERE f MATCH ?", (match,)).fetchone()[0]
        )


@given(st.lists(st.sampled_from("北京大学ที่อยู่🔥🙂カナ"), min_size=1, max_size=12), st.data())
def test_every_run_of_signs_is_found_wherever_it_stands(
    signs: list[str], data: st.DataObject
) -> None:
    text = "".join(signs)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert finds(f"Agency says {text} today", text[start:end])


@given(
    st.text("北京大学ที่🔥", min_size=1, max_size=6), st.text("北京大学ที่🔥", min_size=1, max_size=3)
)
def test_what_does_not_stand_there_is_not_found(text: str, sought: str) -> None:
    assert finds(text, sought) == (sought in text)
