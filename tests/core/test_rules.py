"""What must hold of values."""

from dataclasses import replace

import pytest

from annotator.core import rules
from annotator.core.model import (
    Annotation,
    Annotator,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    Value,
)
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from tests.strategies import document_of

TAGSET = Tagset(
    "t",
    1,
    (
        Label("claim", attributes=(Attribute("n", "number"), Attribute("whose", "entity"))),
        Label("actor", attributes=(Attribute("entity", "entity", several=True),)),
    ),
    (RelationType("source", sources=("claim",), targets=("actor",)),),
)
CLAIM = Annotation("c", "l", (Span(0, 5), Span(7, 9)), "claim", {"n": 1, "whose": "e"})
ACTOR = Annotation("a", "l", (Span(3, 4),), "actor", {"entity": ["e", "f"]})
LINK = Relation("r", "l", "source", "c", "a")


def test_sound_values_have_no_problems() -> None:
    for value in (document_of("text"), Layer.of("d", "ada"), Annotator("a"), Setting("k", "")):
        assert list(rules.value_problems(value)) == []
    assert list(rules.value_problems(TagsetVersion(2, "version = 2"))) == []
    assert list(rules.span_problems(CLAIM, 9)) == []
    for owner in (CLAIM, ACTOR, LINK):
        assert list(rules.attribute_problems(owner, TAGSET)) == []
    assert list(rules.relation_problems(LINK, {"c": CLAIM, "a": ACTOR}.get, TAGSET)) == []


def test_spans() -> None:
    assert list(rules.span_problems(CLAIM, 8)) == [
        "it ends at 9, beyond the 8 characters of the text"
    ]
    assert list(rules.span_problems(replace(CLAIM, spans=()), 8)) == ["it has no span"]
    wrong = replace(CLAIM, spans=(Span(0, 5), Span(5, 6), Span(2, 4)))
    assert len(list(rules.span_problems(wrong, 8))) == 2


def test_entities_that_are_named() -> None:
    assert list(rules.entities_of(CLAIM, TAGSET)) == ["e"]
    assert list(rules.entities_of(ACTOR, TAGSET)) == ["e", "f"]
    assert list(rules.entities_of(LINK, TAGSET)) == []
    for other in (
        replace(ACTOR, label="unknown"),
        replace(ACTOR, attributes={"entity": "e"}),
        replace(LINK, type="unknown", attributes={"x": "e"}),
    ):
        assert list(rules.entities_of(other, TAGSET)) == []


def test_relations() -> None:
    found = {"c": CLAIM, "a": ACTOR, "b": replace(ACTOR, layer="m")}.get

    def told(type_: str = "source", source: str = "c", target: str = "a") -> list[str]:
        link = replace(LINK, type=type_, source=source, target=target)
        return list(rules.relation_problems(link, found, TAGSET))

    assert told(target="b") == ["its target b belongs to another layer"]
    assert told(source="x") == ["its source x does not exist"]
    assert told(source="a", target="c") == [
        '"source" cannot have the label "actor" as its source',
        '"source" cannot have the label "claim" as its target',
    ]
    assert told(source="a")[0] == "it links a span to itself"
    assert told("unknown") == []  # told by attribute_problems


@pytest.mark.parametrize(
    "name", ["", " ", " a", "a ", "a\nb", "a\u200db", "می\u200c", "all", "gold", "machine"]
)
def test_names_that_nobody_can_have(name: str) -> None:
    assert rules.name_problem(name)


@pytest.mark.parametrize("name", ["ada", "Ա", "a b", "Gold", "می\u200cخواهم", "Ann 👩\u200d💻"])
def test_names_that_somebody_can_have(name: str) -> None:
    assert rules.name_problem(name) is None


def test_what_an_annotation_keeps_under_another_label() -> None:
    other = Label("toll", attributes=(Attribute("n", "number"), Attribute("whose", "number")))
    tagset = replace(TAGSET, labels=(*TAGSET.labels, other))
    assert list(rules.kept_attributes(CLAIM, "claim", tagset)) == ["n", "whose"]
    assert list(rules.kept_attributes(CLAIM, "toll", tagset)) == ["n"]
    assert list(rules.kept_attributes(CLAIM, "unknown", tagset)) == []


def test_links_that_break_under_another_label() -> None:
    strange = Relation("s", "l", "unknown", "c", "a")
    links = [LINK, strange, Relation("o", "l", "source", "x", "y")]
    assert list(rules.broken_links(CLAIM, "actor", links, TAGSET)) == [LINK]
    assert list(rules.broken_links(ACTOR, "claim", links, TAGSET)) == [LINK]
    assert list(rules.broken_links(CLAIM, "claim", links, TAGSET)) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (replace(document_of("text"), text="a\r\n"), "its text is not canonical"),
        (replace(document_of("text"), sha256="0"), "its text does not have the hash it is said to"),
        (replace(Layer.of("d", "ada"), role=""), '"" is no role'),  # type: ignore[arg-type]  # what no type checker would let by
        (replace(Layer.of("d", "ada"), state="lost"), '"lost" is no state'),  # type: ignore[arg-type]  # what no type checker would let by
        (Layer.of("d", "ada", round_=0), "its round is not a whole number from 1"),
        (replace(Layer.of("d", "ada"), id="x"), "its id is not the one that"),
        (Annotator(" "), "an annotator needs a name"),
        (TagsetVersion(2, "version = 3"), "its document says that it is version 3"),
        (TagsetVersion(2, "="), "The tag set"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(value: Value, problem: str) -> None:
    found = list(rules.value_problems(value))
    assert any(each.startswith(problem) for each in found)
