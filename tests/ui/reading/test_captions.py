"""The small tag above a span."""

from typing import Any

import pytest

from annotator import paths
from annotator.core.describe import quoted
from annotator.core.model import Annotation, Entity, Relation
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from annotator.ui.reading.captions import caption, count

TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
TEXT = "The ministry says it attacked the cities of Garis and Jermuk."
ENTITIES = {"m": Entity("m", "Ministry of Defence"), "n": Entity("n", "Army")}


def span(label: str, words: str = "it attacked", **attributes: Any) -> Annotation:
    start = TEXT.index(words)
    return Annotation(label, "layer", (Span(start, start + len(words)),), label, attributes)


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"low": 14, "high": 14, "outcome": "wounded"}, "14 wounded"),
        ({"low": 2, "bound": "at least", "outcome": "killed"}, "≥ 2 killed"),
        ({"low": 100, "high": 1500, "bound": "about"}, "≈ 100–1,500"),
        ({"high": 3, "bound": "at most", "outcome": "missing"}, "≤ 3 missing"),
        ({"outcome": "killed"}, "killed, count not given"),
        ({"outcome": "unspecified"}, "count not given"),
        ({}, "count not given"),
    ],
)
def test_a_casualty_names_its_count(attributes: dict[str, Any], words: str) -> None:
    assert count(attributes) == words
    made = caption(span("casualty", **attributes), tagset=TAGSET, text=TEXT)
    assert made == f"CASUALTY · {words}"


def test_an_actor_is_named_by_its_entities() -> None:
    actor = span("actor", "The ministry", entity=["m", "n", "gone"])
    said = caption(actor, tagset=TAGSET, text=TEXT, entities=ENTITIES)
    assert said == "ACTOR · Ministry of Defence + Army"
    nobody = caption(span("actor"), tagset=TAGSET, text=TEXT)
    assert nobody == "ACTOR · no entity yet"


def test_a_claim_names_its_sources_by_entity_else_by_words() -> None:
    claim = span("claim")
    known = span("actor", "The ministry", entity=["m"])
    unknown = span("actor", "Garis")
    partners = [
        (Relation(str(number), "layer", "source", "claim", "actor"), each)
        for number, each in enumerate((known, unknown, known))
    ]
    said = caption(claim, tagset=TAGSET, text=TEXT, partners=partners, entities=ENTITIES)
    assert said == "CLAIM · Ministry of Defence, “Garis”"
    assert caption(claim, tagset=TAGSET, text=TEXT) == "CLAIM"


def test_a_denial_quotes_what_it_denies() -> None:
    denied = span("claim", "it attacked the cities of Garis and Jermuk")
    partners = [(Relation("r", "layer", "denies", "denial", "claim"), denied)]
    said = caption(span("denial"), tagset=TAGSET, text=TEXT, partners=partners)
    assert said == "DENIAL · denies “it attacked the cities of…”"


def test_a_label_without_a_title_is_named_by_its_name() -> None:
    assert caption(span("rumour"), tagset=TAGSET, text=TEXT) == "RUMOUR"


def test_quotations_are_cut_behind_a_word() -> None:
    assert quoted("one\n two") == "“one two”"
    assert quoted("abcdefgh ijk", 9) == "“abcdefgh…”"
    assert quoted("abcdefghijk", 5) == "“abcde…”"
