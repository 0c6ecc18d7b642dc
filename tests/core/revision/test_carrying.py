"""Annotations and links under a changed tag set."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.core.edits import Change
from annotator.core.model import Annotation, Relation
from annotator.core.revision.carrying import Carrier, allows
from annotator.core.revision.draft import (
    Draft,
    Place,
    removed,
    renamed,
    replaced,
    settled,
    with_attributes,
)
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset

FORM, LOW = Attribute("form", "choice", ("direct", "mixed")), Attribute("low")
CLAIM, ACTOR = Label("claim", attributes=(FORM, LOW)), Label("actor")
RUMOUR = Label("rumour", attributes=(LOW,))
SOURCE = RelationType("source", sources=("claim",), targets=("actor",), attributes=(LOW,))
TAGSET = Tagset("t", 1, (CLAIM, RUMOUR, ACTOR), (SOURCE,))
DRAFT = Draft(TAGSET, TAGSET)


def spot(label: str, **attributes: Any) -> Annotation:
    """An annotation whose id is its label."""
    return Annotation(label, "layer", (Span(0, 3),), label, attributes)


def link(type_: str = "source", **attributes: Any) -> Relation:
    """A link from the claim to the actor."""
    return Relation("r", "layer", type_, "claim", "actor", attributes)


def carried(draft: Draft, *values: Annotation | Relation) -> list[tuple[Any, Any]]:
    """What changes of these values, before and after."""
    annotations = [each for each in values if isinstance(each, Annotation)]
    links = [each for each in values if isinstance(each, Relation)]
    found = Carrier(draft, {"e": "Ministry"}).layer(annotations, links)
    return [(each.before, each.after) for each in found]


def test_where_nothing_is_concerned_nothing_is_looked_at() -> None:
    assert Carrier(DRAFT, {}).idle
    other = replaced(DRAFT, "label", replace(CLAIM, title="x", key="9"))
    assert Carrier(other, {}).idle
    wider = replaced(DRAFT, "relation", replace(SOURCE, sources=("claim", "rumour")))
    assert Carrier(wider, {}).idle
    assert not Carrier(removed(DRAFT, "relation", "source"), {}).idle
    assert carried(wider, spot("claim", form="x", odd=1), spot("actor"), link()) == []


def test_a_renamed_label_takes_annotations_with_it_and_leaves_links_alone() -> None:
    draft = renamed(DRAFT, "label", "claim", "statement")
    one = spot("claim", form="mixed")
    assert carried(draft, one, spot("actor"), link()) == [(one, replace(one, label="statement"))]


def test_annotations_of_a_removed_label_go_with_their_links_first() -> None:
    draft = removed(DRAFT, "label", "actor")
    assert carried(draft, spot("claim"), spot("actor"), link()) == [
        (link(), None),
        (spot("actor"), None),
    ]


def test_an_annotation_that_becomes_another_keeps_what_the_other_has() -> None:
    draft = settled(removed(DRAFT, "label", "claim"), Place("label", "claim"), "rumour")
    one = spot("claim", form="mixed", low="14")
    now = replace(one, label="rumour", attributes={"low": "14"})
    assert carried(draft, one, spot("actor"), link()) == [(link(), None), (one, now)]


def test_attributes_are_renamed_and_values_converted() -> None:
    new = [("form", replace(FORM, name="voice", values=("literal", "mixed"))), ("low", LOW)]
    draft = with_attributes(DRAFT, "label", "claim", new)
    one = spot("claim", form="direct", low="14")
    now = replace(one, attributes={"voice": "literal", "low": "14"})
    assert carried(draft, one) == [(one, now)]


def test_what_an_older_version_left_stays_where_nothing_else_changes() -> None:
    draft = with_attributes(
        DRAFT, "label", "claim", [("form", replace(FORM, name="voice")), ("low", LOW)]
    )
    old = spot("claim", low=14, odd=1)
    assert carried(draft, old, spot("unheard of")) == []
    touched = replace(old, attributes={"form": "mixed", **old.attributes})
    assert carried(draft, touched) == [(touched, replace(old, attributes={"voice": "mixed"}))]
    fresh = with_attributes(DRAFT, "label", "claim", [("", Attribute("odd", "number"))])
    assert carried(fresh, spot("claim", odd=1)) == []


def test_links_follow_their_type_and_go_where_it_no_longer_joins_them() -> None:
    ends = (spot("claim"), spot("actor"))
    draft = renamed(DRAFT, "relation", "source", "by")
    assert carried(draft, *ends, link()) == [(link(), link("by"))]
    narrow = replaced(DRAFT, "relation", replace(SOURCE, sources=("rumour",)))
    assert carried(narrow, *ends, link()) == [(link(), None)]
    fewer = replaced(DRAFT, "relation", replace(SOURCE, targets=("rumour",)))
    assert not Carrier(fewer, {}).idle
    gone = removed(DRAFT, "relation", "source")
    assert carried(gone, *ends, link()) == [(link(), None)]
    assert carried(gone, *ends, link("older")) == []


def test_a_link_whose_end_is_renamed_keeps_what_its_type_has() -> None:
    draft = renamed(DRAFT, "label", "actor", "party")
    one = link(low="x", odd=1)
    found = carried(draft, spot("claim"), spot("actor"), one)
    assert found[1:] == [(one, replace(one, attributes={"low": "x"}))]
    assert carried(draft, spot("claim"), spot("actor"), link("older"))[0] == (link("older"), None)


def test_a_link_that_changes_must_be_one() -> None:
    """An older version allowed it; what is written anew, the newest has to allow."""
    draft = with_attributes(DRAFT, "relation", "source", [])
    backwards = replace(link(low="x"), source="actor", target="claim")
    assert carried(draft, spot("claim"), spot("actor"), backwards) == [(backwards, None)]
    plain = replace(backwards, attributes={})
    assert carried(draft, spot("claim"), spot("actor"), plain) == []


@pytest.mark.parametrize(
    ("type_", "ends", "allowed"),
    [
        ("source", ("claim", "actor"), True),
        ("source", ("actor", "actor"), False),
        ("source", ("claim", None), False),
        ("other", ("claim", "actor"), False),
    ],
)
def test_what_a_tag_set_joins(type_: str, ends: tuple[str, str | None], allowed: bool) -> None:
    assert allows(TAGSET, type_, ends) is allowed


def test_a_change_is_one_of_the_same_value() -> None:
    (found,) = Carrier(removed(DRAFT, "label", "rumour"), {}).layer([spot("rumour")], [])
    assert found == Change(spot("rumour"), None)
