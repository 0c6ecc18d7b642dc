"""Drafts of a tag set: what becomes of each name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.revision.draft import (
    Draft,
    Place,
    added,
    duplicated,
    free_name,
    moved,
    name_problem,
    owners,
    removed,
    renamed,
    replaced,
    settled,
    sources,
    with_attributes,
)
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps, loads
from tests.tagset_edits import Step, stepped, steps

FORM = Attribute("form", "choice", ("direct", "mixed"))
CLAIM = Label("claim", "Claim", "1", attributes=(FORM, Attribute("when", "date")))
DENIAL, ACTOR = Label("denial"), Label("actor")
SOURCE = RelationType("source", "", "R", ("claim", "denial"), ("actor",))
TAGSET = Tagset("t", 1, (CLAIM, DENIAL, ACTOR), (SOURCE,))
DRAFT = Draft(TAGSET, TAGSET)


def place(owner: str, attribute: str = "", value: str | None = None) -> Place:
    """A place of a label."""
    return Place("label", owner, attribute, value)


def names(draft: Draft) -> list[str]:
    """The names of the labels that are to be."""
    return [each.name for each in draft.after.labels]


def test_a_renamed_label_is_followed_through_every_name_and_in_the_ends() -> None:
    draft = renamed(renamed(DRAFT, "label", "claim", "x"), "label", "x", "statement")
    assert draft.destination(place("claim")) == "statement"
    assert draft.destination(place("claim", "form", "mixed")) == "mixed"
    assert draft.after.relations[0].sources == ("statement", "denial")
    back = renamed(draft, "label", "statement", "claim")
    assert back.after == TAGSET
    assert back.destination(place("claim")) == "claim"


def test_a_removed_name_stays_gone_when_another_takes_it() -> None:
    draft = renamed(removed(DRAFT, "label", "claim"), "label", "denial", "claim")
    assert draft.destination(place("claim")) is None
    assert draft.destination(place("claim", "form")) is None
    assert draft.destination(place("denial")) == "claim"
    assert draft.after.relations[0].sources == ("claim",)
    assert sources(draft, "label", "claim") == [place("denial")]


def test_what_is_gone_can_become_another_and_follows_it() -> None:
    draft = settled(removed(DRAFT, "label", "denial"), place("denial"), "claim")
    draft = renamed(draft, "label", "claim", "statement")
    assert draft.destination(place("denial")) == "statement"
    assert settled(draft, place("denial"), None).destination(place("denial")) is None


def test_relations_are_renamed_removed_and_copied() -> None:
    draft = renamed(DRAFT, "relation", "source", "said by")
    assert draft.destination(Place("relation", "source")) == "said by"
    draft, name = duplicated(draft, "relation", "said by")
    assert name == "said by 2"
    assert draft.after.relations[1] == replace(SOURCE, name=name, title="said by (copy)", key="")
    assert not removed(removed(draft, "relation", name), "relation", "said by").after.relations


def test_labels_are_added_moved_and_replaced() -> None:
    draft = added(added(DRAFT, "label", Label("a")), "label", Label("b"), behind="claim")
    assert names(draft) == ["claim", "b", "denial", "actor", "a"]
    assert names(moved(draft, "label", "a", -2)) == ["claim", "b", "a", "denial", "actor"]
    assert names(moved(draft, "label", "claim", -1)) == names(draft)
    assert names(moved(draft, "label", "a", 1)) == names(draft)
    assert replaced(DRAFT, "label", replace(CLAIM, key="9")).after.labels[0].key == "9"


def test_a_fresh_name_is_none_of_before_or_after() -> None:
    draft = renamed(DRAFT, "label", "claim", "claim 2")
    assert free_name(draft, "label", "claim") == "claim 3"
    assert free_name(draft, "label", "rumour") == "rumour"


@pytest.mark.parametrize("name", ["", " x", "a\nb"])
def test_a_name_is_needed(name: str) -> None:
    assert name_problem(DRAFT, "label", "claim", name).endswith(".")


def test_a_name_is_taken_once() -> None:
    assert name_problem(DRAFT, "label", "claim", "claim") == ""
    assert "another label “denial”" in name_problem(DRAFT, "label", "claim", "denial")
    assert name_problem(DRAFT, "relation", "source", "denial") == ""


def test_attributes_are_renamed_and_removed() -> None:
    draft = with_attributes(
        DRAFT, "label", "claim", [("form", replace(FORM, name="voice")), ("", Attribute("new"))]
    )
    assert draft.destination(place("claim", "form")) == "voice"
    assert draft.destination(place("claim", "form", "direct")) == "direct"
    assert draft.destination(place("claim", "when")) is None
    again = with_attributes(draft, "label", "claim", [("voice", FORM), ("", Attribute("when"))])
    assert again.destination(place("claim", "form")) == "form"
    assert again.destination(place("claim", "when")) is None  # another of the same name


def test_a_value_in_the_place_of_another_is_the_other_one_renamed() -> None:
    other = replace(FORM, values=("literal", "mixed"))
    draft = with_attributes(DRAFT, "label", "claim", [("form", other)])
    assert draft.destination(place("claim", "form", "direct")) == "literal"
    fewer = replace(FORM, values=("mixed",))
    draft = with_attributes(draft, "label", "claim", [("form", fewer)])
    assert draft.destination(place("claim", "form", "direct")) is None
    more = replace(FORM, values=("mixed", "direct"))
    draft = with_attributes(draft, "label", "claim", [("form", more)])
    assert draft.destination(place("claim", "form", "direct")) is None
    assert draft.destination(place("claim", "form", "mixed")) == "mixed"


@given(st.lists(steps(), max_size=12))
def test_every_draft_is_a_tag_set_and_each_place_is_somewhere_or_gone(past: list[Step]) -> None:
    draft = DRAFT
    for step in past:
        draft = stepped(draft, step)
    assert loads(dumps(draft.after)) == draft.after
    for label in owners(TAGSET, "label"):
        now = draft.destination(place(label.name))
        assert now is None or now in names(draft)
