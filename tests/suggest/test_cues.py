"""Claims and denials by what reports, denies and blames."""

from dataclasses import replace

import pytest

from annotator.core.tagset import Tagset
from annotator.suggest.cues import CUES
from tests.effort import calls_of
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


RUSSIAN: list[tuple[str, list[Told]]] = [
    (
        "Министерство обороны Азербайджана сообщило, что два солдата погибли.",
        [("claim", "два солдата погибли", "source: Министерство обороны Азербайджана")],
    ),
    (
        "В Минобороны Армении заявили, что позиции обстреляны.",
        [("claim", "позиции обстреляны", "source: Минобороны Армении")],
    ),
    (
        "По данным МИД Армении, погибли три человека.",
        [("claim", "погибли три человека", "source: МИД Армении")],
    ),
    (
        "Село обстреляно, сообщили в министерстве обороны Армении.",
        [("claim", "Село обстреляно", "source: министерстве обороны Армении")],
    ),
    (
        "Министерство обороны опровергло информацию о гибели солдат.",
        [("denial", "опровергло информацию о гибели солдат", "source: Министерство обороны")],
    ),
    (
        "Власти Армении отвергли обвинения.",
        [("denial", "отвергли обвинения", "source: Власти Армении")],
    ),
    (
        "Баку обвинил Ереван в обстреле села.",
        [("claim", "обвинил Ереван в обстреле села", "source: Баку; against: Ереван")],
    ),
    (
        "Минобороны Армении подтвердило гибель двух военных.",
        [("claim", "гибель двух военных", "source: Минобороны Армении")],
    ),
    (
        "Как сообщает пресс-служба МВД, пострадали семь жителей.",
        [("claim", "пострадали семь жителей", "source: пресс-служба МВД")],
    ),
    (
        "В ведомстве отметили, что информация об обстреле не соответствует действительности.",
        [
            ("claim", "обстреле", ""),
            (
                "denial",
                "информация об обстреле не соответствует действительности",
                "denies: обстреле",
            ),
        ],
    ),
    (
        "МИД Армении возложил ответственность на Азербайджан за нападение на село.",
        [
            (
                "claim",
                "возложил ответственность на Азербайджан за нападение на село",
                "source: МИД Армении; against: Азербайджан",
            )
        ],
    ),
    (
        "«Мы потеряли сегодня целое село», — сказал министр.",
        [("claim", "«Мы потеряли сегодня целое село»", "")],
    ),
]
ARMENIAN: list[tuple[str, list[Told]]] = [
    (
        "Պաշտպանության նախարարությունը հայտնել է, որ երկու զինծառայող է զոհվել։",
        [("claim", "երկու զինծառայող է զոհվել", "source: Պաշտպանության նախարարությունը")],
    ),
    (
        "Ադրբեջանի պաշտպանության նախարարությունը հայտարարել է, որ դիրքերը գնդակոծվել են։",
        [("claim", "դիրքերը գնդակոծվել են", "source: Ադրբեջանի պաշտպանության նախարարությունը")],
    ),
    (
        "Ըստ նախարարության, զոհվել է երկու մարդ։",
        [("claim", "զոհվել է երկու մարդ", "source: նախարարության")],
    ),
    (
        "Արտաքին գործերի նախարարության տվյալներով, վիրավորվել է երեք մարդ։",
        [("claim", "վիրավորվել է երեք մարդ", "source: Արտաքին գործերի նախարարության")],
    ),
    (
        "Պաշտպանության նախարարությունը հերքել է տեղեկությունը։",
        [("denial", "հերքել է տեղեկությունը", "source: Պաշտպանության նախարարությունը")],
    ),
    (
        "Հայաստանի կառավարությունը մերժում է մեղադրանքները։",
        [("denial", "մերժում է մեղադրանքները", "source: Հայաստանի կառավարությունը")],
    ),
    (
        "Ադրբեջանի կառավարությունը մեղադրել է Հայաստանին հրադադարը խախտելու մեջ։",
        [
            (
                "claim",
                "մեղադրել է Հայաստանին հրադադարը խախտելու մեջ",
                "source: Ադրբեջանի կառավարությունը",
            )
        ],
    ),
    (
        "Նախարարությունը տեղեկացրեց, որ հրադադարը պահպանվում է։",
        [("claim", "հրադադարը պահպանվում է", "source: Նախարարությունը")],
    ),
]
AZERBAIJANI: list[tuple[str, list[Told]]] = [
    (
        "Müdafiə Nazirliyi bildirib ki, iki hərbçi həlak olub.",
        [("claim", "iki hərbçi həlak olub", "source: Müdafiə Nazirliyi")],
    ),
    (
        "Ermənistan Müdafiə Nazirliyinin məlumatına görə, üç nəfər yaralanıb.",
        [("claim", "üç nəfər yaralanıb", "source: Ermənistan Müdafiə Nazirliyinin")],
    ),
    (
        "Xarici İşlər Nazirliyi bu məlumatları təkzib edib.",
        [("denial", "bu məlumatları təkzib edib", "source: Xarici İşlər Nazirliyi")],
    ),
    (
        "Azərbaycan Müdafiə Nazirliyi Ermənistan tərəfini atəşkəsi pozmaqda ittiham edib.",
        [
            (
                "claim",
                "Ermənistan tərəfini atəşkəsi pozmaqda ittiham edib",
                "source: Azərbaycan Müdafiə Nazirliyi",
            )
        ],
    ),
    (
        "Nazirlik iddia edir ki, kənd atəşə tutulub.",
        [("claim", "kənd atəşə tutulub", "source: Nazirlik")],
    ),
    (
        "Müdafiə Nazirliyi bəyan edib ki, bu məlumat həqiqətə uyğun deyil.",
        [("denial", "bu məlumat həqiqətə uyğun deyil", "source: Müdafiə Nazirliyi")],
    ),
    ("Polis hadisəni inkar edir.", [("denial", "hadisəni inkar edir", "source: Polis")]),
]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (language, *each)
        for language, several in (("ru", RUSSIAN), ("hy", ARMENIAN), ("az", AZERBAIJANI))
        for each in several
    ],
)
def test_other_languages(language: str, text: str, expected: list[Told]) -> None:
    assert told(text, language) == expected


def test_a_language_that_is_not_told_is_that_of_its_script() -> None:
    text = "Министерство обороны сообщило, что пост обстреляли."
    assert told(text, "") == [("claim", "пост обстреляли", "source: Министерство обороны")]


def test_the_work_grows_with_the_sentences_alone() -> None:
    def read(number: int) -> int:
        text = "The army of Armenia said that the town was hit. " * number
        return calls_of(lambda: told(text))

    read(1)  # what a lexicon takes is read once
    assert read(160) < 5 * read(40)


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
