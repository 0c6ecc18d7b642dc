"""Texts that read almost alike: sketches against shingles that are really counted."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.similar import ALIKE, Index, phrases, signature, similarity

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
    assert signature("the talks go on") == (3569425606490848990,)
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


def test_index_finds_what_is_alike_and_only_that() -> None:
    dice = random.Random(5)
    index = Index()
    for number in range(200):
        index.add(str(number), signature(" ".join(article(dice, 300))))
    words = article(dice, 300)
    near = [*words[:150], "corrected", *words[150:]]
    index.add("near", signature(" ".join(near)))
    index.add("same", signature(" ".join(words)))
    found = index.like(signature(" ".join(words)))
    assert [name for name, _ in found] == ["same", "near"]
    assert found[0][1] == 1
    assert ALIKE <= found[1][1] < 1
    assert index.like(signature(" ".join(article(dice, 300)))) == []
    assert [name for name, _ in index.like(signature(" ".join(near)), least=1.0)] == ["near"]


def test_a_phrase_that_all_have_makes_no_index_slow() -> None:
    index = Index()
    for number in range(60):
        index.add(str(number), signature("All rights are reserved here."))
    found = index.like(signature("All rights are reserved here."))
    assert [how for _, how in found] == [1] * 8


def test_phrases_are_the_longest() -> None:
    text = "He is in a car. International organisations condemned indiscriminate bombardment. Yes."
    assert phrases(text, 1) == ["International organisations condemned indiscriminate"]
    assert len(phrases(text, 3)) == 3
    assert phrases("Talks go on", 3) == ["Talks"]
    assert phrases("", 3) == []
    assert phrases("停" * 30 + " and so on it goes", 1) == ["so on it goes"]
    assert "停" * 12 in phrases("停" * 30 + " and so on it goes", 9)
