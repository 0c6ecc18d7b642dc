"""Actors: names that are known, offices, and names behind a title."""

import pytest

from annotator.core.model import Entity
from annotator.core.tagset import Tagset
from annotator.suggest.actors import ACTORS
from tests.suggest.helpers import known, proposed, words

ARMENIA = Entity("e1", "Armenia", ("the Armenian side",))
LONG = Entity("e2", " ".join(["Very"] * 20) + " Long")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The Ministry of Defense of Azerbaijan says no.",
            ["The Ministry of Defense of Azerbaijan"],
        ),
        ("Then the armed forces of Armenia left.", ["the armed forces of Armenia"]),
        ("He met the Security Council of the country.", ["the Security Council of the country"]),
        ("It was Prime Minister Nikol Pashinyan.", ["Prime Minister Nikol Pashinyan"]),
        ("President\n\nVahagn Khachaturyan\n\nspoke.", ["President\n\nVahagn Khachaturyan"]),
        ("They used military force and police dogs.", []),
        ("the World Health Organization (WHO) asked", ["the World Health Organization (WHO)"]),
        ("Nothing here.", []),
    ],
)
def test_offices_and_titles(text: str, found: list[str]) -> None:
    assert words(ACTORS, text) == found


def test_known_names_get_their_entity() -> None:
    text = (
        "Armenia and the Armenian side. In Armenia, near armenia; or armenia; the Armenian army; "
        "Very Long."
    )
    found = proposed(ACTORS, text, known(ARMENIA, LONG, paris="", the=""))
    told = [(each.span.of(text), each.attributes.get("entity")) for each in found]
    assert told == [
        ("Armenia", ["e1"]),
        ("the Armenian side", ["e1"]),
        ("the Armenian army", None),
    ]


def test_a_titled_name_of_the_register() -> None:
    text = "Prime Minister Nikol Pashinyan came, and the UN Security Council."
    pashinyan = Entity("e3", "Nikol Pashinyan")
    council = Entity("e4", "UN Security Council")
    found = proposed(ACTORS, text, known(pashinyan, council))
    assert [each.attributes.get("entity") for each in found] == [["e3"], ["e4"]]


def test_without_words_or_labels() -> None:
    assert not proposed(ACTORS, "The Ministry of Defense says.", known(tagset=Tagset("")))
    assert words(ACTORS, "Armenia ist da.", knows=known(ARMENIA), language="de") == ["Armenia"]
    assert not words(ACTORS, "")


def test_other_languages() -> None:
    text = "Минобороны и Вооруженные силы сообщили."
    assert words(ACTORS, text, language="ru") == ["Минобороны", "Вооруженные силы"]
