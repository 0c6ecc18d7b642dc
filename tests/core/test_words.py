"""Graphemes, words, sentences: in many scripts, at every position, in long lines too."""

from time import perf_counter

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.span import Span
from annotator.core.words import (
    grapheme_at,
    grapheme_bounds,
    next_word,
    paragraph_at,
    sentence_at,
    snap_to_words,
    trimmed,
    word_at,
    words_in,
)

TEXTS = st.text(
    st.sampled_from("ab1 .,'’-\n()\"e\u0301🇦🇲🇦🇿👩\u200d👧각가ᄀநி\u094dक्ष漢\u0600\r•")
    | st.characters(),
    min_size=1,
)
LONG = 5_000_000


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a span in it."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def of(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


def words(text: str) -> list[str]:
    """The words of a text, one after the other."""
    found: list[str] = []
    word = next_word(text, 0)
    while word:
        found.append(word.of(text))
        word = next_word(text, word.end)
    return found


def sentences(text: str) -> list[str]:
    """The sentences at all positions of a text, in order."""
    spans = [sentence_at(text, position) for position in range(len(text))]
    return list(dict.fromkeys(span.of(text) for span in spans if span))


@given(TEXTS)
def test_graphemes_are_those_of_the_whole_text(text: str) -> None:
    edges = [0, *(match.end() for match in regex.finditer(r"\X", text))]
    for position in range(len(text) + 1):
        before = max(edge for edge in edges if edge <= position)
        after = min(edge for edge in edges if edge >= position)
        assert grapheme_at(text, position) == (before, after)


def test_flags_and_families_are_not_cut() -> None:
    text = "🇦🇲🇦🇿👩‍👧e\u0301"
    assert grapheme_bounds(text, Span(3, 4)) == Span(2, 4)
    assert grapheme_bounds(text, Span(1, 5)) == Span(0, 7)
    assert grapheme_bounds(text, Span(8, 9)) == Span(7, 9)


@example(("000000:\u03000", Span(0, 7)))
@given(places())
def test_snapping_widens_and_is_done_once(place: tuple[str, Span]) -> None:
    text, span = place
    for snap in (grapheme_bounds, snap_to_words):
        wide = snap(text, span)
        assert wide.covers(span)
        assert snap(text, wide) == wide
        assert wide.end <= len(text)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Nagorno-Karabakh's U.S. troops", ["Nagorno-Karabakh's", "U.S.", "troops"]),
        ("30,000 or 3.5, 1988–1994.", ["30,000", "or", "3.5", "1988", "1994"]),
        ("he said.in", ["he", "said", "in"]),
        ("צה״ל אמר צה\"ל ג׳", ["צה״ל", "אמר", "צה\"ל", "ג׳"]),
        ("Ինչո՞ւ եկար։", ["Ինչո՞ւ", "եկար"]),
        ("don’t 'quote' l'été", ["don’t", "quote", "l'été"]),
        ("e\u0301te\u0301 नमस्ते", ["e\u0301te\u0301", "नमस्ते"]),
        ("漢字です ไทย", ["漢", "字", "で", "す", "ไ", "ท", "ย"]),
        ("снова кто-то", ["снова", "кто-то"]),
        ("😀 … –", []),
    ],
)  # fmt: skip
def test_words(text: str, result: list[str]) -> None:
    assert words(text) == result


def test_words_around_a_position() -> None:
    text = "the  U.S. army"
    assert [of(text, word_at(text, position)) for position in (0, 2, 3, 5, 8, 9, 14)] == [
        *["the", "the", None, "U.S.", "U.S.", None, None],
    ]
    assert of(text, next_word(text, 6)) == "army"
    assert of(text, next_word(text, 5)) == "U.S."
    assert next_word(text, 11) is None


def test_words_in_a_span_are_those_that_lie_in_it() -> None:
    text = "the U.S. army"
    assert [word.of(text) for word in words_in(text, Span(0, 9))] == ["the", "U.S."]


def test_snapping_to_words() -> None:
    text = "Karabakh leader, said"
    assert snap_to_words(text, Span(3, 11)).of(text) == "Karabakh leader"
    assert snap_to_words(text, Span(8, 9)).of(text) == " "
    assert snap_to_words(text, Span(15, 16)).of(text) == ","
    assert snap_to_words(text, Span(9, 15)).of(text) == "leader"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  • word \n", "word"),
        ("•word", "word"),
        ("- word", "word"),
        ("-5", "-5"),
        ("\u200b\xa0a b\u3000", "a b"),
        (" • ", None),
        (" \n", None),
    ],
)
def test_trimming(text: str, left: str | None) -> None:
    assert of(text, trimmed(text, Span(0, len(text)))) == left


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Pashinyan met Gen. A. B. Smith on Sept. 12.|He said no.|Then he left.",
        "In the U.S. Army 3.5 mln. people left.|They went.",
        "World War I.|The end (see p. 3. And so on).|OK?!|Yes…|No...|But yes.",
        '"It is so," it says. in the message.|“We left.”|He nodded.',
        "1. Item one.|It is so.|12 people died in 2020.|Armenia said so.",
        "It was 5 p.m.|The army left at 6 p.m. on Monday.|See No. 5 etc.|The rest.",
        "Լավ է:|Եվ այո։|եւ այսպես",
        "Τι είναι;|Ναι.",
        "هل جاء؟|نعم۔|ثم غادر.",
        "ეს ასეა.|და ისე.",
        "В 2020 г.|Он ушёл, т.е. ушёл.|Ген. Иванов там.|Он тоже.",
        "वह आया।|वह गया।",
    ],
)
def test_sentences(text: str) -> None:
    parts = text.split("|")
    assert sentences(" ".join(parts)) == parts


def test_chinese_sentences_need_no_space() -> None:
    assert sentences("好。他说：“好。”她走了！") == ["好。", "他说：“好。”", "她走了！"]


def test_a_sentence_ends_with_its_paragraph() -> None:
    text = "One. Two\n\n• Three"
    at = [of(text, sentence_at(text, position)) for position in (0, 4, 5, 8, 9, 10, 17)]
    assert at == ["One.", "One.", "Two", "Two", None, "Three", "Three"]
    assert of(text, paragraph_at(text, 8)) == "One. Two"
    assert of(text, paragraph_at(text, 10)) == "Three"
    assert paragraph_at(text, 9) is None
    assert paragraph_at("", 0) is None


@given(TEXTS)
def test_every_position_of_any_text_has_an_answer(text: str) -> None:
    for position in range(len(text) + 1):
        paragraph, sentence = paragraph_at(text, position), sentence_at(text, position)
        word = word_at(text, position)
        assert (paragraph is None) == (sentence is None)
        if paragraph and sentence:
            assert paragraph.covers(sentence)
        assert word is None or position in word


@pytest.mark.parametrize(
    "unit", ["x", "漢", "😀", "word ", "🇦🇲", "e\u0301", " ", "a, ", "(", "a. "]
)
def test_a_line_of_megabytes_costs_no_more(unit: str) -> None:
    text = unit * (LONG // len(unit))
    middle = len(text) // 2
    began = perf_counter()
    for at in (grapheme_at, word_at, next_word, sentence_at):
        at(text, middle)
    span = snap_to_words(text, Span(middle, middle + 1))
    assert perf_counter() - began < 1
    assert len(span) < 10
    sentence = sentence_at(text, middle)
    assert sentence is None or len(sentence) <= 20_000
