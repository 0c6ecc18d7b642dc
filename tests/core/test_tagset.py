"""The tag set and its TOML."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.tagset import (
    PATTERNS,
    SPARE_COLORS,
    Attribute,
    AttributeType,
    Label,
    RelationType,
    Tagset,
    fits,
    with_attribute,
)
from annotator.core.tagset_toml import dumps, loads
from tests.strategies import tagsets

DEFAULT = (Path(paths.resources()) / "tagsets" / "default.toml").read_text(encoding="utf-8")


@given(tagsets())
def test_what_is_written_is_read_again(tagset: Tagset) -> None:
    assert loads(dumps(tagset)) == tagset


def test_the_default_tag_set() -> None:
    tagset = loads(DEFAULT)
    assert [label.name for label in tagset.labels] == ["claim", "denial", "casualty", "actor"]
    assert [label.key for label in tagset.labels] == ["1", "2", "3", "4"]
    assert [(relation.name, relation.key) for relation in tagset.relations] == [
        *(("source", "R"), ("denies", "D"), ("against", "G"), ("disputes", "V"), ("repeats", "P"))
    ]
    assert loads(dumps(tagset)) == tagset
    casualty, source = tagset.label("casualty"), tagset.relation("source")
    assert casualty
    assert casualty.attribute("low") == Attribute("low", "number")
    assert casualty.attribute("colour") is None
    assert source
    assert source.attribute("implied") == Attribute("implied", "flag")
    assert (tagset.label("rumour"), tagset.relation("likes")) == (None, None)
    assert [each.symmetric for each in tagset.relations] == [False, False, False, True, True]


LABEL = '[[label]]\nname = "claim"\n'
RELATION = LABEL + '[[relation]]\nname = "source"\n'
ATTRIBUTE = LABEL + '[[label.attribute]]\nname = "form"\n'
BAD = (
    ("name = ", "is not valid TOML"),
    ("name = 1\nname = 2", "is not valid TOML"),
    (f"version = {'1' * 5000}", "is not valid TOML"),
    ("x = " + "[" * 3000, "is not valid TOML"),
    ("name = 3", '"name" of the tag set must be text'),
    ("version = 0", "version is not a whole number from 1"),
    ("version = true", "version is not a whole number from 1"),
    ("version = '1'", "version is not a whole number from 1"),
    (f"version = {1 << 63}", "version is not a whole number from 1"),
    ("labels = []", 'the tag set has a key "labels", which means nothing'),
    ("label = 3", '"label" of the tag set must be written as [[label]] tables'),
    ("label = [3]", '"label" of the tag set must be written as [[label]] tables'),
    ("relation = 'r'", '"relation" of the tag set must be written'),
    ("[[label]]\ntitle = 'x'", 'the label "?" needs a name'),
    ("[[label]]\nname = ' x'", 'the label " x" needs a name without spaces'),
    ("[[label]]\nname = 1", '"name" of the label "1" must be text'),
    (LABEL + "key = 1", '"key" of the label "claim" must be text'),
    (LABEL + "colour = 'red'", 'the label "claim" has a key "colour", which means nothing'),
    (LABEL + "color = 'red'", 'the colour of the label "claim" is not of the form'),
    (LABEL + "color = 3", 'the colour of the label "claim" is not of the form'),
    (LABEL + "pattern = 'zigzag'", '"pattern" of the label "claim" must be one of solid'),
    (LABEL + "pattern = []", '"pattern" of the label "claim" must be one of solid'),
    (LABEL + "example = 3", '"example" of the label "claim" must be text'),
    (LABEL + "example = [3]", '"example" of the label "claim" must be a list of texts'),
    (LABEL + "attribute = 3", '"attribute" of the label "claim" must be written as'),
    (LABEL + LABEL, 'has the label "claim" twice'),
    (LABEL + "key = 'x'\n[[label]]\nname = 'b'\nkey = 'x'", 'has the key of a label "x" twice'),
    (RELATION + "from = 'claim'", '"from" of the relation "source" must be a list of texts'),
    (RELATION + "to = [1]", '"to" of the relation "source" must be a list of texts'),
    (RELATION + "to = ['actor']", 'relation "source" names the label "actor", which it lacks'),
    (RELATION + "symmetric = 'yes'", '"symmetric" of the relation "source" must be true or false'),
    (RELATION + "source = []", 'the relation "source" has a key "source", which means nothing'),
    (RELATION + "[[relation]]\nname = 'source'", 'has the relation "source" twice'),
    (
        RELATION + "key = 'R'\n[[relation]]\nname = 'b'\nkey = 'R'",
        'has the key of a relation "R" twice',
    ),
    (ATTRIBUTE + "type = 'colour'", '"type" of the attribute "form" of the label "claim" must be'),
    (ATTRIBUTE + "type = 'choice'", "is a choice without values"),
    (ATTRIBUTE + "values = 'a'", '"values" of the attribute "form" of the label "claim" must be'),
    (
        ATTRIBUTE + "values = ['a', 'a']",
        'value of the attribute "form" of the label "claim" "a" twice',
    ),
    (ATTRIBUTE + "several = 1", '"several" of the attribute "form" of the label "claim" must be'),
    (ATTRIBUTE + "choices = []", 'the attribute "form" of the label "claim" has a key "choices"'),
    (
        ATTRIBUTE + "[[label.attribute]]\nname = 'form'",
        'has the attribute of the label "claim" "form" twice',
    ),
)


@pytest.mark.parametrize(("toml", "told"), BAD)
def test_a_bad_tag_set_is_refused_by_name(toml: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        loads(toml)
    assert told in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_label_has_one_example_or_several() -> None:
    one = loads(LABEL + "example = 'a'")
    assert one.labels[0].examples == ("a",)
    assert 'example = "a"' in dumps(one)
    several = loads(LABEL + "example = ['a', '', 'b']")
    assert several.labels[0].examples == ("a", "b")
    assert loads(dumps(several)) == several
    assert loads(LABEL + "example = ''").labels[0].examples == ()


DAY = {"text": "then", "from": "2020-09-27", "to": "2020-09-28"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("choice", ["a"], ["c", 1, None, ["a"]]),
        ("number", [0, -3, 10**30], [1.5, "1", True, None]),
        ("flag", [True, False], [0, 1, "true", None]),
        ("text", ["", "x"], [1, None]),
        ("entity", ["e"], [1, None, {}]),
        (
            "date",
            [DAY, {**DAY, "to": "2020-09-27"}],
            [
                *("2020-09-27", {}, {**DAY, "x": 1}, {**DAY, "text": 1}, {**DAY, "to": "2020"}),
                *({**DAY, "from": "2020-10-01"}, {**DAY, "from": 3}, {**DAY, "from": None}),
                *({**DAY, "from": "20200927"}, {**DAY, "to": "2020-W40-1"}, None),
            ],
        ),
    ],
)
def test_values_that_an_attribute_can_have(
    kind: AttributeType, good: list[Any], bad: list[Any]
) -> None:
    one = Attribute("x", kind, ("a", "b") if kind == "choice" else ())
    several = Attribute("x", kind, one.values, several=True)
    assert all(fits(one, each) for each in good)
    assert not any(fits(one, each) for each in bad)
    assert fits(several, good)
    assert fits(several, [])
    assert not any(fits(several, [*good, each]) for each in bad)
    assert not any(fits(several, each) for each in good)


def test_a_label_that_comes_in_gets_the_next_digit_and_a_spare_colour() -> None:
    tagset = loads(DEFAULT).with_label("rumour")
    label = tagset.labels[-1]
    assert label == Label("rumour", "Rumour", "5", SPARE_COLORS[4], PATTERNS[4])
    assert tagset.with_label("rumour") is tagset
    for number in range(6):
        tagset = tagset.with_label(f"more {number}")
    assert [label.key for label in tagset.labels[5:]] == ["6", "7", "8", "9", "", ""]
    assert loads(dumps(tagset)) == tagset


def test_a_relation_that_comes_in_joins_what_it_joined() -> None:
    tagset = loads(DEFAULT).with_relation("likes", "claim", "actor")
    assert tagset.relations[-1] == RelationType("likes", "Likes", "", ("claim",), ("actor",))
    wider = tagset.with_relation("likes", "actor", "actor")
    found = wider.relation("likes")
    assert found
    assert (found.sources, found.targets) == (("claim", "actor"), ("actor",))
    assert wider.with_relation("likes", "claim", "actor") == wider


def test_an_attribute_that_comes_in_is_added_once() -> None:
    label = with_attribute(Label("claim"), Attribute("form"))
    assert label.attributes == (Attribute("form"),)
    assert with_attribute(label, Attribute("form", "flag")) is label


def test_what_people_read_for_a_label_or_a_relation() -> None:
    labels, relations = (Label("a", "An A"), Label("b")), (RelationType("r", "An R"),)
    tagset = Tagset("t", 1, labels, relations)
    assert [tagset.label_title(name) for name in "abc"] == ["An A", "b", "c"]
    assert [tagset.relation_title(name) for name in "rs"] == ["An R", "s"]
