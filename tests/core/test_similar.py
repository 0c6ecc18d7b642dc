"""Texts that read almost alike: sketches against shingles that are really counted."""

import random
import re
from collections.abc import Callable, Sequence
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.similar import (
    ALIKE,
    KEYS,
    Index,
    landmarks,
    phrases,
    signature,
    similarity,
)

WORDS = [
    "peace",
    "talks",
    "border",
    "army",
    "minister",
    "said",
    "killed",
    "wounded",
    "village",
    "denied",
    "claims",
    "village",
]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def article(dice: random.Random, length: int) -> list[str]:
    return [f"{dice.choice(WORDS)}{dice.randrange(200)}" for _ in range(length)]


def test_similarity_is_that_of_the_shingles() -> None:
    dice = random.Random(4)
    for _ in range(40):
        words = article(dice, 600)
        other = list(words)
        for _ in range(dice.randrange(80)):
            other[dice.randrange(len(other))] = "changed"
        one, two = shingles(" ".join(words)), shingles(" ".join(other))
        expected = len(one & two) / len(one | two)
        found = similarity(signature(" ".join(words)), signature(" ".join(other)))
        assert found == pytest.approx(expected, abs=0.15)


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=60), st.data())
def test_short_texts_are_compared_exactly(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(words))
    one, two = shingles(" ".join(words)), shingles(" ".join(other))
    found = similarity(signature(" ".join(words)), signature(" ".join(other)))
    assert found == pytest.approx(len(one & two) / len(one | two))


def test_case_and_marks_do_not_count_and_the_sketch_is_the_same_everywhere() -> None:
    assert signature("The talks, he said, go on.") == signature("the TALKS he said… go on")
    assert signature("the talks go on") == (crc32(b"the talks go on"),)
    assert len(signature(" ".join(map(str, range(1000))))) == 128


@pytest.mark.parametrize(("text", "length"), [("", 0), ("…", 0), ("Talks", 1), ("Talks go on", 1)])
def test_texts_of_hardly_any_words(text: str, length: int) -> None:
    assert len(signature(text)) == length
    assert similarity(signature(text), signature(text)) == bool(length)


def test_texts_without_spaces_are_compared_in_pieces() -> None:
    text = "".join(chr(0x4E00 + each % 997) for each in range(0, 3000, 7))
    other = f"{text[:200]}停戰{text[200:]}"
    assert similarity(signature(text), signature(other)) > ALIKE
    assert similarity(signature(text), signature(text[::-1])) < 0.1


def rewritten(dice: random.Random, words: list[str], share: float) -> list[str]:
    """The words with so many of them changed, here and there or all in one place."""
    count = round(len(words) * share)
    start = dice.randrange(len(words) - count)
    places = [*range(start, start + count)]
    if dice.random() < 0.5:
        places = dice.sample(range(len(words)), max(count // 4, 1))
    return [f"new{number}" if number in places else each for number, each in enumerate(words)]


def prose(words: list[str]) -> str:
    """Words with a mark after every ninth."""
    return " ".join(each + ",."[: number % 9 == 8] for number, each in enumerate(words))


@pytest.mark.parametrize("length", [40, 120, 600])
@pytest.mark.parametrize(
    ("keys", "share", "least"),
    [(landmarks, 0.1, ALIKE), (lambda text: signature(text)[:KEYS], 0.3, 0.5)],
)
def test_index_finds_what_is_alike_and_hardly_more(
    keys: Callable[[str], Sequence[int]], share: float, least: float, length: int
) -> None:
    dice = random.Random(5)
    articles = [article(dice, length) for _ in range(200)]
    index = Index()
    for each in articles:
        index.add(keys(prose(each)))
    strangers = 0
    for number, each in enumerate(articles):
        other = prose(rewritten(dice, each, share))
        near = index.near(keys(other))
        if similarity(signature(prose(each)), signature(other)) >= least:
            assert near[0] == number
        strangers += len(set(near) - {number})
    assert strangers < 10
    assert index.near(keys(prose(article(dice, length)))) == []


def test_texts_without_words_are_like_nothing() -> None:
    index = Index()
    index.add(landmarks("…"))
    assert (landmarks("…"), index.near(landmarks("…"))) == ([], [])


def test_landmarks_are_the_same_everywhere_and_a_short_text_has_those_of_its_sketch() -> None:
    assert landmarks("Talks go on") == [*signature("talks go on")]
    text = prose([f"word{number}" for number in range(200)])
    assert (len(landmarks(text)), landmarks(text)) == (22, landmarks(text.upper()))


def test_of_many_copies_a_few_are_compared() -> None:
    index = Index()
    keys = landmarks("All rights are reserved here, and everywhere else in the world.")
    for _ in range(60):
        index.add(keys)
    assert index.near(keys) == [*range(4)]


def test_phrases_that_many_have_lead_to_few_comparisons_and_hide_no_copy() -> None:
    """Three fifths of each article are sentences of its outlet; copies of it are found still."""
    dice = random.Random(6)
    outlet = [" ".join(article(dice, 12)) for _ in range(20)]
    index, texts = Index(), list[str]()
    strangers = found = 0
    for number in range(600):
        if number % 6 == 5:
            text = f"{texts[-3]}. {' '.join(article(dice, 3))}"
        else:
            own = [" ".join(article(dice, 12)) for _ in range(8)]
            sentences = [*dice.choices(outlet, k=12), *own]
            dice.shuffle(sentences)
            text = ". ".join(sentences)
        keys = landmarks(text)
        for other in index.near(keys):
            if similarity(signature(text), signature(texts[other])) >= ALIKE:
                found += 1
            else:
                strangers += 1
                index.lead_astray(keys, other)
        index.add(keys)
        texts.append(text)
    assert found >= 98
    assert strangers < 60


@pytest.mark.parametrize("text", ["停" * 40, "Talks go on", "Talks, he said"])
def test_short_texts_are_found_by_the_little_they_have(text: str) -> None:
    index = Index()
    index.add(landmarks(text))
    assert index.near(landmarks(f"{text}{text[-1]}" if text[0] == "停" else text)) == [0]


def test_phrases_are_the_longest() -> None:
    text = "He is in a car. International organisations condemned indiscriminate bombardment. Yes."
    assert phrases(text, 1) == ["International organisations condemned indiscriminate"]
    assert len(phrases(text, 3)) == 3
    assert phrases("Talks go on", 3) == ["Talks"]
    assert phrases("", 3) == []
    assert phrases("停" * 30 + " and so on it goes", 1) == ["so on it goes"]
    assert "停" * 12 in phrases("停" * 30 + " and so on it goes", 9)
