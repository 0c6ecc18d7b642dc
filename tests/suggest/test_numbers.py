import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.suggest.numbers import Count, read_count
from tests.effort import calls_of
from tests.strategies import raw_texts

NO = None
Expected = tuple[int | None, int | None, str, str] | None
ENGLISH: dict[str, Expected] = {
    "two military contractors": (2, 2, "exact", "military"),
    "14 soldiers": (14, 14, "exact", "military"),
    "a soldier": (1, 1, "exact", "military"),
    "an Azerbaijani soldier": (1, 1, "exact", "military"),
    "30,000 people": (30_000, 30_000, "exact", ""),
    "2 000": (2000, 2000, "exact", ""),
    "2.000": None,
    "1.5": None,
    "1,5": None,
    "٤٩": (49, 49, "exact", ""),
    "twenty-five": (25, 25, "exact", ""),
    "one hundred and five": (105, 105, "exact", ""),
    "two million three hundred thousand": (2_300_000, 2_300_000, "exact", ""),
    "twelve hundred": (1200, 1200, "exact", ""),
    "two hundred hundred": (200, 200, "exact", ""),
    "a hundred and two": (102, 102, "exact", ""),
    "1.5 million": (1_500_000, 1_500_000, "exact", ""),
    "2.00015 thousand": None,
    "30k refugees": (30_000, 30_000, "exact", "civilian"),
    "half a million": (500_000, 500_000, "exact", ""),
    "one and a half million": (1_500_000, 1_500_000, "exact", ""),
    "half of the soldiers": (NO, NO, "vague", "military"),
    "a dozen": (12, 12, "exact", ""),
    "two dozen": (24, 24, "exact", ""),
    "a couple of": (2, 2, "exact", ""),
    "both": (2, 2, "exact", ""),
    "no casualties": (0, 0, "exact", ""),
    "no one": (0, 0, "exact", ""),
    "not a single soldier": (0, 0, "exact", "military"),
    "at least 49": (49, NO, "at least", ""),
    "no fewer than 30": (30, NO, "at least", ""),
    "more than 100": (100, NO, "at least", ""),
    "over a hundred killed": (100, NO, "at least", ""),
    "49 or more": (49, NO, "at least", ""),
    "49 soldiers at least": (49, NO, "at least", "military"),
    ">100": (100, NO, "at least", ""),
    "up to 40": (NO, 40, "at most", ""),
    "fewer than 20": (NO, 20, "at most", ""),
    "about 2,000": (2000, 2000, "about", ""),
    "about 2000": (2000, 2000, "about", ""),
    "some 30": (30, 30, "about", ""),
    "nearly 200": (200, 200, "about", ""),
    "30-odd soldiers": (30, 30, "about", "military"),
    "between 50 and 60": (50, 60, "about", ""),
    "between 1.5 and 2 million": (1_500_000, 2_000_000, "about", ""),
    "10-15": (10, 15, "about", ""),
    "10 to 15": (10, 15, "about", ""),
    "two or three": (2, 3, "about", ""),
    "five to six thousand people": (5000, 6000, "about", ""),
    "at least 10 to 15": (10, NO, "at least", ""),
    "60 to 50": (60, 60, "exact", ""),
    "dozens": (NO, NO, "vague", ""),
    "several": (NO, NO, "vague", ""),
    "several hundred soldiers": (NO, NO, "vague", "military"),
    "some soldiers": (NO, NO, "vague", "military"),
    "hundreds of thousands of people": (NO, NO, "vague", ""),
    "losses among personnel": (NO, NO, "vague", "military"),
    "14 soldiers and two civilians": (16, 16, "exact", "mixed"),
    "a woman and her two children": (3, 3, "exact", "civilian"),
    "at least 14 soldiers and several civilians": (14, NO, "at least", "mixed"),
    "up to 40 soldiers and 2 civilians": (2, 42, "about", "mixed"),
    "up to 40 soldiers and up to 2 civilians": (NO, 42, "at most", "mixed"),
    "two of the 14 soldiers": (2, 2, "exact", "military"),
    "a family of four": (4, 4, "exact", ""),
    "14 soldiers, including two children": (14, 14, "exact", "military"),
    "14 soldiers, two of them children": (14, 14, "exact", "military"),
    "14 people in 3 villages": (14, 14, "exact", ""),
    "in 3 villages 14 people": (14, 14, "exact", ""),
    "49 (forty-nine)": (49, 49, "exact", ""),
    "a total of 14 soldiers": (14, 14, "exact", "military"),
    "a 70-year-old woman": (1, 1, "exact", "civilian"),
    "Ivan Petrov, 23, a soldier": (1, 1, "exact", "military"),
    "In 2020 49 soldiers died": (49, 49, "exact", "military"),
    "2000 soldiers": (2000, 2000, "exact", "military"),
    "14 may have died": (14, 14, "exact", ""),
    "14 May": None,
    "23-year-old": None,
    "3 August": None,
    "2020": None,
    "2022-09-12": None,
    "August 3, 2020": None,
    "12–13 September": None,
    "the 102nd brigade": None,
    "twenty-second": None,
    "S-300": None,
    "at 14:30": None,
    "$5 million": None,
    "10 percent": None,
    "1234567890123456 people": (NO, NO, "vague", ""),
    "nine hundred million billion": (900_000_000, 900_000_000, "exact", ""),
    "two dead and 14 wounded": None,
    "a soldier was killed and another wounded": None,
    "a man and his son": (2, 2, "exact", ""),
    "his son": None,
    "two soldiers and their families": (2, 2, "exact", "military"),
    "soldiers in their 20s": (NO, NO, "vague", "military"),
    "at 5 a.m.": None,
    "12,5 thousand": None,
    "two battalions": None,
    "the soldier": None,
    "an attack": None,
    "": None,
}
RUSSIAN: dict[str, Expected] = {
    "двое военнослужащих": (2, 2, "exact", "military"),
    "не менее 49": (49, NO, "at least", ""),
    "около 2000": (2000, 2000, "about", ""),
    "десятки": (NO, NO, "vague", ""),
    "несколько десятков": (NO, NO, "vague", ""),
    "тысячи людей": (NO, NO, "vague", ""),
    "около тысячи человек": (1000, 1000, "about", ""),
    "2,5 тыс. человек": (2500, 2500, "exact", ""),
    "2.000 человек": (2000, 2000, "exact", ""),
    "от 10 до 15": (10, 15, "about", ""),
    "двадцать пять мирных жителей и трое солдат": (28, 28, "exact", "mixed"),
    "102-й бригады": None,
    "3 августа": None,
}
ARMENIAN: dict[str, Expected] = {
    "քսանհինգ զինծառայող": (25, 25, "exact", "military"),
    "երկու հարյուր տասնմեկ": (211, 211, "exact", ""),
    "քսանհինգերորդ": None,
    "առնվազն 49": (49, NO, "at least", ""),
    "մի քանի զինծառայողներ": (NO, NO, "vague", "military"),
}
PLAIN: dict[str, Expected] = {
    "49 Soldaten": (49, None, "", ""),
    "2.000": (2000, 2000, "exact", ""),
    "2,000": (2000, 2000, "exact", ""),
    "10–15": (10, 15, "about", ""),
    "zwei Soldaten": None,
    "1.5": None,
}


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        (language, words, expected)
        for language, table in (("en", ENGLISH), ("ru", RUSSIAN), ("hy", ARMENIAN), ("de", PLAIN))
        for words, expected in table.items()
    ],
)
def test_words_of_a_count(language: str, words: str, expected: Expected) -> None:
    count = read_count(words, language)
    got = (count.low, count.high, count.bound, count.victims) if count else None
    assert got == expected


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("14 wounded soldiers", "wounded"),
        ("two killed", "killed"),
        ("losses", "unspecified"),
        ("casualties: 14 killed", "killed"),
        ("two prisoners of war were killed", ""),
        ("three missing fighters", "missing"),
        ("a hundred refugees", "displaced"),
        ("two prisoners of war", "captured"),
    ],
)
def test_what_became_of_them(words: str, outcome: str) -> None:
    count = read_count(words)
    assert count is not None
    assert count.outcome == outcome


def test_gold_casualties_of_the_sample_are_read_as_the_adjudicator_has_them() -> None:
    for quote, attributes in gold_casualties():
        count = read_count(quote)
        assert count is not None, quote
        expected = (attributes.get("low"), attributes.get("high"), attributes["bound"])
        assert (count.low, count.high, count.bound) == expected, quote
        assert count.victims in ("", attributes["victims"])
        assert count.outcome in ("", attributes["outcome"])


def test_language_that_is_not_told_is_guessed_by_the_script() -> None:
    assert read_count("двое раненых", "") == Count(2, 2, "exact", "", "wounded")
    assert read_count("two people", "") == Count(2, 2, "exact")
    assert read_count("", "") is None
    assert read_count("two", "en-GB") == read_count("two", "EN_us") == Count(2, 2, "exact")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("ما لا يقل عن 49 جنديا", "ar"),
        ("ما لا يقل عن 49 جنديا", ""),
        ("昨晚有至少49名士兵", "zh"),
        ("昨晚有至少49名士兵", ""),
        ("49人", ""),
        ("au moins 49 morts", "fr"),
        ("au moins 49 morts", ""),
        ("mindestens 49 Menschen", "de"),
    ],
)
def test_a_bound_is_told_by_nobody_who_cannot_read_it(words: str, language: str) -> None:
    assert read_count(words, language) == Count(49, None, "")


def test_signs_tell_a_bound_in_every_language() -> None:
    assert read_count("> 49 جنديا", "ar") == Count(49, None, "at least")
    assert read_count("40–49名士兵", "zh") == Count(40, 49, "about")


@given(st.integers(0, 999_999), st.booleans())
def test_spelled_out_numbers_are_read_back(number: int, and_: bool) -> None:
    for language, spell in (("en", english), ("ru", russian), ("hy", armenian)):
        spelled = spell(number).replace("_", " and " if and_ else " ")
        assert read_count(spelled, language) == Count(number, number, "exact"), spelled


@given(raw_texts(), st.sampled_from(["en", "ru", "hy", "de", "", "x" * 99]))
def test_no_text_is_too_much(text: str, language: str) -> None:
    count = read_count(text, language)
    assert count is None or count.low is None or count.high is None or count.low <= count.high


BOUNDS = ("at least", "at most", "about", "vague")
PIECES = (*ENGLISH, *RUSSIAN, *"0123456789-–,.() ", "and", "of", "to", "hundred", "million")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.sampled_from(["en", "ru"]))
def test_no_pieces_of_counts_are_too_much(text: str, language: str) -> None:
    count = read_count(text, language)
    exact = count is not None and count.low is not None and count.low == count.high
    assert count is None or count.bound in (("exact", "about") if exact else BOUNDS)


def test_the_work_grows_with_the_words_alone() -> None:
    phrase = "at least 49 soldiers and 12 civilians were killed, "
    read_count(phrase)  # what a lexicon takes is read once
    little = calls_of(lambda: read_count(phrase * 10))
    assert calls_of(lambda: read_count(phrase * 40)) < 5 * little


def words(text: str) -> list[str]:
    return text.split()


def gold_casualties() -> list[tuple[str, dict[str, Any]]]:
    lines = (paths.resources() / "sample" / "gold.jsonl").read_text("utf-8").splitlines()
    document = next(each for each in map(json.loads, lines) if each["record"] == "document")
    return [
        (" ".join(document["text"][start:end] for start, end in each["spans"]), each["attributes"])
        for layer in document["layers"]
        for each in layer["annotations"]
        if each["label"] == "casualty"
    ]


ONES = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
RU_ONES = words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
HY_ONES = words("զրո մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը")
HY_TENS = words("տասն քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն")


def english(number: int) -> str:
    """A number in words; `_` stands where an "and" may."""
    if number >= 1000:
        rest = number % 1000
        link = "_" if rest < 100 else " "
        return f"{english(number // 1000)} thousand{link + english(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100]} hundred{'_' + english(rest) if rest else ''}"
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


def russian(number: int) -> str:
    if number >= 1000:
        rest = number % 1000
        return f"{russian(number // 1000)} тысяч{' ' + russian(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return RU_HUNDREDS[number // 100 - 1] + (f" {russian(rest)}" if rest else "")
    if number >= 20:
        return RU_TENS[number // 10 - 2] + (f" {RU_ONES[number % 10]}" if number % 10 else "")
    return RU_ONES[number]


def armenian(number: int) -> str:
    if number >= 1000:
        rest = number % 1000
        return f"{armenian(number // 1000)} հազար{' ' + armenian(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return f"{HY_ONES[number // 100]} հարյուր{' ' + armenian(rest) if rest else ''}"
    if number >= 10:
        return HY_TENS[number // 10 - 1] + (HY_ONES[number % 10] if number % 10 else "")
    return HY_ONES[number]
