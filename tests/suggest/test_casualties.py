"""Casualties by rules: who is counted, how many, and what became of them."""

from dataclasses import replace

import pytest

from annotator.core.tagset import Tagset
from annotator.suggest.casualties import NUMBERS
from tests.suggest.helpers import DEFAULT, known, proposed, words


def told(text: str, language: str = "en") -> list[tuple[str, str, int | None, int | None]]:
    proposals = proposed(NUMBERS, text, language=language)
    found = [(each.span.of(text), each.attributes) for each in proposals]
    return [(each, has["outcome"], has.get("low"), has.get("high")) for each, has in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reported the death of two guards.", [("two guards", "killed", 2, 2)]),
        ("At least 49 people were killed.", [("At least 49 people", "killed", 49, None)]),
        (
            "Two soldiers and a child were killed in it.",
            [("Two soldiers", "killed", 2, 2), ("a child", "killed", 1, 1)],
        ),
        (
            "The blast killed 12 people and wounded 14.",
            [("12 people", "killed", 12, 12), ("14", "wounded", 14, 14)],
        ),
        (
            "It killed two soldiers and a child there.",
            [
                ("two soldiers", "killed", 2, 2),
                ("a child", "killed", 1, 1),
            ],
        ),
        ("Another 15 were injured.", [("Another 15", "wounded", 15, 15)]),
        ("It left 3 wounded, 2 of them badly.", [("3 wounded", "wounded", 3, 3)]),
        ("A battle killed the soldiers; 14, he said.", []),
        ("One soldier said that he was tired.", []),
        ("Three gunmen killed two policemen.", [("two policemen", "killed", 2, 2)]),
        ("In 2020 died nobody.", []),
        ("Since 2020 people have died.", []),
        ("Twenty to thirty villagers fled.", [("Twenty to thirty villagers", "displaced", 20, 30)]),
        ("Scores of them.", []),
        ("The army has 2,000 soldiers.", []),
        ("A bomb killed them.", []),
        (
            "One of the 14 wounded soldiers.",
            [("the 14 wounded soldiers", "wounded", 14, 14)],
        ),
        ("They said “seven” men were killed.", []),
        ("Dozens", []),
        ("They are 14", []),
        ("At least 2.5 soldier was killed.", []),
        ("He saw two men “killed” there.", []),
    ],
)
def test_english(text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    assert told(text) == expected


def test_losses_without_a_number() -> None:
    assert words(NUMBERS, "There are losses among military personnel, it says.") == [
        "losses among military personnel"
    ]
    assert words(NUMBERS, "It led to injuries and deaths.") == ["injuries", "deaths"]
    assert words(NUMBERS, "losses among") == ["losses"]
    assert words(NUMBERS, "The capture of the city. All the losses. No casualties") == [
        "No casualties"
    ]


def test_most_of_them() -> None:
    for text, found in (
        ("30 people, mostly ethnic Greeks, fled.", "30 people, mostly ethnic Greeks"),
        ("He named 30 dead, mostly old men", "30 dead, mostly old men"),
        (
            "There were 30 dead, mostly old men of the same small village here.",
            "30 dead, mostly old men of the",
        ),
    ):
        assert words(NUMBERS, text) == [found]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Погибли двое военнослужащих.", "ru", ("двое военнослужащих", "killed", 2, 2)),
        ("14 солдат ранены.", "", ("14 солдат", "wounded", 14, 14)),
        ("Երկու զինծառայող զոհվել է։", "hy", ("Երկու զինծառայող", "killed", 2, 2)),
        ("İki hərbçi həlak olub.", "az", ("İki hərbçi", "killed", 2, 2)),
        ("iki nəfər yaralanıb", "az", ("iki nəfər", "wounded", 2, 2)),
        ("Ölənlərin sayı 57-yə çatıb.", "az", ("57", "killed", 57, 57)),
        ("İtki yoxdur.", "az", ("İtki yoxdur", "unspecified", 0, 0)),
        ("Прибыли двое погибших.", "ru", ("двое погибших", "killed", 2, 2)),
        ("Число погибших возросло до 57 человек.", "ru", ("57 человек", "killed", 57, 57)),
        ("В плен попали трое бойцов.", "ru", ("трое бойцов", "captured", 3, 3)),
        ("Он потерял 71 солдата убитыми.", "ru", ("71 солдата убитыми", "killed", 71, 71)),
        ("Жертв нет.", "ru", ("Жертв нет", "unspecified", 0, 0)),
        ("Զոհվել է 44 զինծառայող։", "hy", ("44 զինծառայող", "killed", 44, 44)),
        ("Վիրավորվել է ևս 64-ը։", "hy", ("64", "wounded", 64, 64)),
        ("Երկու զինվոր զոհվե՞ց։", "hy", ("Երկու զինվոր", "killed", 2, 2)),
        ("Մինչև հինգ զինվոր սպանվեց։", "hy", ("Մինչև հինգ զինվոր", "killed", None, 5)),
        ("Զոհերի թիվը հասել է 105-ի։", "hy", ("105", "killed", 105, 105)),
        ("«Մենք ունենք երեք զոհ»։", "hy", ("երեք զոհ", "killed", 3, 3)),
    ],
)
def test_other_languages(
    text: str, language: str, found: tuple[str, str, int | None, int | None]
) -> None:
    assert told(text, language) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The death toll rose to 57 on Monday.", ("57", "killed", 57, 57)),
        ("The death toll has risen to at least 57.", ("at least 57", "killed", 57, None)),
        ("The number of wounded servicemen reached 105.", ("105", "wounded", 105, 105)),
        ("Between 3 and 5 soldiers were killed.", ("Between 3 and 5 soldiers", "killed", 3, 5)),
        ("Some 20 people were injured.", ("Some 20 people", "wounded", 20, 20)),
        ("Up to 12 servicemen died.", ("Up to 12 servicemen", "killed", None, 12)),
        ("Dozens of men were shot dead.", ("Dozens of men", "killed", None, None)),
        ("No casualties among civilians.", ("No casualties among civilians", "unspecified", 0, 0)),
        ("No casualties among us.", ("No casualties", "unspecified", 0, 0)),
        ("Three other Russian troops died.", ("Three other Russian troops", "killed", 3, 3)),
        ("Five more were wounded.", ("Five more", "wounded", 5, 5)),
        ("Ten pro-regime fighters died.", ("Ten pro-regime fighters", "killed", 10, 10)),
        ("Six U.S. soldiers were killed.", ("Six U.S. soldiers", "killed", 6, 6)),
        ("Two of the wounded soldiers met.", ("Two of the wounded soldiers", "wounded", 2, 2)),
        ("13 men suffered mostly minor injuries.", ("13 men", "wounded", 13, 13)),
        ("Both sides reported casualties.", ("casualties", "unspecified", None, None)),
        ("A 12-year-old girl was killed.", ("A 12-year-old girl", "killed", 1, 1)),
        ("Armenia lost 71 soldiers.", ("71 soldiers", "unspecified", 71, 71)),
    ],
)
def test_ways_of_telling(text: str, found: tuple[str, str, int | None, int | None]) -> None:
    assert told(text) == [found]


def test_what_counts_nobody() -> None:
    for text in (
        "None of the injuries were grave.",
        "Three men suffered, and injuries of it healed.",
        "Three men suffered badly for it all.",
        "The toll fell; 57 came.",
        "Ten soldiers - men came.",
    ):
        assert told(text) == []


def test_only_what_the_tag_set_has() -> None:
    text = "Two soldiers were killed."
    assert not proposed(NUMBERS, text, known(tagset=Tagset("")))
    assert not proposed(NUMBERS, text, language="ja")
    bare = tuple(
        replace(each, attributes=each.attributes[1:3]) if each.counts else each
        for each in DEFAULT.labels
    )
    (one,) = proposed(NUMBERS, text, known(tagset=replace(DEFAULT, labels=bare)))
    assert dict(one.attributes) == {"low": 2, "high": 2}


def test_across_broken_lines() -> None:
    text = "He reported the death of two\n\nArmenian soldiers\n\n."
    (one,) = proposed(NUMBERS, text)
    assert one.span.of(text) == "two\n\nArmenian soldiers"
    assert one.confidence > 0.8
