"""Claims and denials by what reports, denies and blames."""

from dataclasses import replace

import pytest

from annotator.core.tagset import Tagset
from annotator.suggest.cues import CUES
from tests.suggest.helpers import DEFAULT, known, proposed, words

Told = tuple[str, str, str]


def told(text: str, language: str = "en") -> list[Told]:
    """Label, words, and the links as "type: words"."""
    return [
        (
            each.label,
            each.span.of(text),
            "; ".join(f"{aim.type}: {aim.span.of(text)}" for aim in each.links),
        )
        for each in proposed(CUES, text, language=language)
    ]


ENGLISH: list[tuple[str, list[Told]]] = [
    (
        "In addition, the ministry states that they shelled it.",
        [("claim", "they shelled it", "source: the ministry")],
    ),
    (
        "The army says that a post was hit, and it has lost men, but nobody knows.",
        [
            ("claim", "a post was hit", "source: The army"),
            ("claim", "it has lost men", "source: The army"),
        ],
    ),
    (
        "The ministry, which never sleeps, said that all is well.",
        [("claim", "all is well", "source: The ministry")],
    ),
    ("Armenians also say that men died.", [("claim", "men died", "source: Armenians")]),
    ("they say that men died.", [("claim", "men died", "")]),
    (
        "The army said that it was hit. It also said that it will answer.",
        [
            ("claim", "it was hit", "source: The army"),
            ("claim", "it will answer", "source: The army"),
        ],
    ),
    (
        "The army attacked, saying that it was hit.",
        [("claim", "it was hit", "")],
    ),
    (
        "The authorities in Yerevan deny that they began, as Baku says.",
        [
            ("claim", "they began", ""),
            (
                *("denial", "deny that they began"),
                "source: The authorities in Yerevan; denies: they began",
            ),
        ],
    ),
    (
        "The police said that the claims of the Armenian side about shelling are not true.",
        [
            ("claim", "shelling", "source: the Armenian side"),
            (
                *("denial", "the claims of the Armenian side about shelling are not true"),
                "source: The police; denies: shelling",
            ),
        ],
    ),
    (
        "The police said that the reports about shelling are false.",
        [
            ("claim", "shelling", ""),
            (
                *("denial", "the reports about shelling are false"),
                "source: The police; denies: shelling",
            ),
        ],
    ),
    (
        "The police said that it is not true.",
        [("denial", "it is not true", "source: The police")],
    ),
    (
        "The army rejected the accusations.",
        [("denial", "rejected the accusations", "source: The army")],
    ),
    (
        "The army reported the death of two men and the wounding of 14 soldiers.",
        [
            ("claim", "the death of two men", "source: The army"),
            ("claim", "the wounding of 14 soldiers", "source: The army"),
        ],
    ),
    (
        "According to the decree of the Armenian government, men were called up.",
        [("claim", "men were called up", "source: the Armenian government")],
    ),
    ("According to the agreement, the troops left.", [("claim", "the troops left", "")]),
    ("According to witnesses, it burned.", [("claim", "it burned", "source: witnesses")]),
    (
        "A bridge burned, according to the local police.",
        [("claim", "A bridge burned", "source: the local police")],
    ),
    (
        "“We have lost the whole village there,” said the army.",
        [("claim", "“We have lost the whole village there,”", "source: the army")],
    ),
    (
        "The army said: “We have lost the whole village.”",
        [("claim", "“We have lost the whole village.”", "source: The army")],
    ),
    ("The “republic of all the people there” said nothing.", []),
    ("“No,” said the army.", []),
    ("“We have lost the whole village there.”", []),
    (
        "The army accused the police of shelling a school.",
        [
            (
                *("claim", "accused the police of shelling a school"),
                "source: The army; against: the police",
            )
        ],
    ),
    (
        "Azerbaijan is blamed for the aggression.",
        [("claim", "Azerbaijan is blamed for the aggression", "against: Azerbaijan")],
    ),
    (
        "A bridge fell into the river, the police said on Monday.",
        [("claim", "A bridge fell into the river", "source: the police")],
    ),
    ("However, the police said.", []),
    ("Well, he said.", []),
    ("The police said, among others, and in vain, on Monday.", []),
    ("The police said that", []),
    ("The police denied.", []),
    ("It says that. The minister accused him of.", []),
    ("Nothing is known.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=lambda each: str(each)[:40])
def test_english(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Министерство обороны сообщило, что пост обстреляли.",
            "",
            ("claim", "пост обстреляли", "source: Министерство обороны"),
        ),
        (
            "Պաշտպանության նախարարությունը հայտնում է, որ երկու զինծառայող զոհվել է։",
            "hy",
            (
                *("claim", "երկու զինծառայող զոհվել է"),
                "source: Պաշտպանության նախարարությունը",
            ),
        ),
        (
            "Müdafiə Nazirliyi bildirib ki, iki hərbçi həlak olub.",
            "az",
            ("claim", "iki hərbçi həlak olub", "source: Müdafiə Nazirliyi"),
        ),
    ],
)
def test_other_languages(text: str, language: str, expected: Told) -> None:
    assert told(text, language) == [expected]


def test_only_what_the_tag_set_has() -> None:
    text = "The army denies that they began."
    assert not words(CUES, text, knows=known(tagset=Tagset("")))
    assert not words(CUES, text, language="ja")
    bare = replace(
        DEFAULT,
        labels=tuple(
            replace(each, attributes=()) if each.name == "claim" else each
            for each in DEFAULT.labels
            if each.name != "denial"
        ),
        relations=tuple(each for each in DEFAULT.relations if each.name == "source"),
    )
    (one,) = proposed(CUES, text, known(tagset=bare))
    assert (one.label, dict(one.attributes), one.links) == ("claim", {}, ())
    formless = replace(DEFAULT, relations=())
    assert all(not each.links for each in proposed(CUES, text, known(tagset=formless)))
