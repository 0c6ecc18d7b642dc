"""The files of words: each is whole, and says nothing twice."""

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.suggest.lexicon import lexicon_of, signs_of

FILES = sorted((paths.resources() / "lexicons").glob("*.toml"))
BOUNDS = {"at least", "at most", "about"}
OUTCOMES = {"killed", "wounded", "missing", "captured", "displaced", "unspecified"}


def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_what_english_has(path: Path) -> None:
    english, other = (table(each) for each in (FILES[0].with_stem("en"), path))
    assert english.keys() == other.keys()
    assert english["grammar"].keys() == other["grammar"].keys()
    assert other["bound"].keys() == other["after"].keys() == BOUNDS
    assert other["victims"].keys() == {"military", "civilian", "unknown"}
    assert other["outcome"].keys() == OUTCOMES
    assert all((other["numeral"], other["scale"], other["reporting"]["verbs"]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_list_has_a_word_twice(path: Path) -> None:
    for section in table(path).values():
        for name, words in section.items() if isinstance(section, dict) else ():
            if isinstance(words, list):
                assert not [word for word, count in Counter(words).items() if count > 1]
                assert all(word == word.strip() for word in words)
                assert all(words) or name == "part"  # nothing between an office and a name


def test_signs_are_those_of_the_longest_phrase() -> None:
    english = lexicon_of("en")
    (sign,) = signs_of("no fewer than", english)
    assert sign.bound == "at least"
    many, soldiers = signs_of("a number of soldiers", english)
    assert many.roles == {"vague"}
    assert soldiers.victims == "military"


def test_numbers_in_the_digits_and_signs_of_other_scripts() -> None:
    for words, language, value in (
        ("٣٠٬٠٠٠", "ar", 30_000),
        ("1 234 567", "ru", 1_234_567),
        ("1’000", "de", 1000),
        ("２００", "ja", 200),
        ("2.5", "en", Decimal("2.5")),
    ):
        (sign,) = signs_of(words, lexicon_of(language))
        assert sign.low == sign.high == value
