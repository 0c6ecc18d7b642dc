"""What an edit of the tag set does, and the sentences that tell it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.core.model import Attributes, Entity
from annotator.core.revision.changes import Difference, differences
from annotator.core.revision.draft import (
    Draft,
    Kind,
    Place,
    added,
    moved,
    removed,
    renamed,
    replaced,
    settled,
    with_attributes,
)
from annotator.core.revision.words import sentence
from annotator.core.tagset import Attribute, Label, RelationType, Tagset

FORM = Attribute("form", "choice", ("direct", "", "mixed"))
LOW = Attribute("low", "text")
CLAIM = Label("claim", "Claim", "1", attributes=(FORM, LOW))
RUMOUR = Label("rumour", "Rumour", "2", attributes=(LOW,))
ACTOR = Label("actor")
SOURCE = RelationType(
    "source", "Source", "R", ("claim", "rumour"), ("actor",), attributes=(Attribute("by"),)
)
TAGSET = Tagset("t", 1, (CLAIM, RUMOUR, ACTOR), (SOURCE,))
DRAFT = Draft(TAGSET, TAGSET)


@dataclass(frozen=True)
class Used:
    """Three claims, two rumours, two actors; links from a claim and a rumour, and an old one."""

    def counts_by_label(self) -> dict[str, int]:
        return {"claim": 3, "rumour": 2, "actor": 2}

    def link_counts(self) -> dict[tuple[str, str, str], int]:
        return {
            ("source", "claim", "actor"): 1,
            ("source", "rumour", "actor"): 1,
            ("old", "claim", "actor"): 4,
        }

    def attribute_sets(self, kind: Kind, name: str) -> Iterator[tuple[Attributes, int]]:
        if name == "claim":
            yield {"form": "direct", "low": "14"}, 1
            yield {"form": "mixed", "low": "dozens"}, 1
            yield {"gone": [1, 2]}, 1
        if name == "source":
            yield {"by": "x"}, 2

    def entities(self) -> Iterator[Entity]:
        yield Entity("e", "Ministry")


def told(draft: Draft) -> list[str]:
    """The differences of a draft in sentences."""
    return [sentence(each, draft) for each in differences(draft, Used())]


def test_nothing_changes() -> None:
    assert differences(DRAFT, Used()) == []


def test_a_renamed_label_takes_its_annotations_with_it_but_not_what_no_type_links() -> None:
    draft = renamed(DRAFT, "label", "claim", "statement")
    assert told(draft) == [
        "The label “Claim” is called “statement”, in 3 annotations.",
        "“gone” of “Claim” goes, from 1 annotation.",
        "The relation “old” loses 4 links that its ends no longer allow.",
    ]


def test_a_removed_label_asks_what_becomes_of_its_annotations() -> None:
    draft = removed(DRAFT, "label", "rumour")
    (found,) = [each for each in differences(draft, Used()) if each.asks]
    assert found == Difference("removed", Place("label", "rumour"), "", 2, 2, 1)
    assert told(draft) == ["The label “Rumour” goes, with its 2 annotations and 1 link."]
    unused = removed(
        Draft(replace(TAGSET, labels=(*TAGSET.labels, Label("x"))), TAGSET), "label", "x"
    )
    assert told(unused) == ["The label “x” goes; nothing uses it."]
    assert not any(each.asks for each in differences(unused, Used()))


def test_a_label_that_becomes_another_loses_what_the_other_lacks() -> None:
    draft = settled(removed(DRAFT, "label", "claim"), Place("label", "claim"), "rumour")
    assert told(draft) == [
        "The label “Claim” becomes “rumour”, in 3 annotations.",
        "“form” of “Claim” goes, from 2 annotations.",
        "“gone” of “Claim” goes, from 1 annotation.",
        "The relation “old” loses 4 links that its ends no longer allow.",
    ]


def test_what_another_label_has_besides_is_not_new() -> None:
    draft = settled(removed(DRAFT, "label", "rumour"), Place("label", "rumour"), "claim")
    assert told(draft) == ["The label “Rumour” becomes “claim”, in 2 annotations."]
    fewer = replace(CLAIM, name="a", attributes=(replace(FORM, values=("direct",)),))
    both = replace(TAGSET, labels=(*TAGSET.labels, fewer))
    draft = settled(removed(Draft(both, both), "label", "a"), Place("label", "a"), "claim")
    assert told(draft) == ["The label “Claim” becomes “claim”."]


def test_values_that_change_their_type_are_counted_and_the_lost_ones_named() -> None:
    low = Attribute("low", "number", several=True)
    draft = with_attributes(DRAFT, "label", "claim", [("form", FORM), ("low", low)])
    assert told(draft) == [
        "“low” of “Claim” is a number, several now; 1 of 2 values can't be kept: “dozens”."
    ]
    kept = replace(low, type="text")
    draft = with_attributes(DRAFT, "label", "claim", [("form", FORM), ("low", kept)])
    assert told(draft) == ["“low” of “Claim” is text, several now; 2 values converted."]
    draft = with_attributes(DRAFT, "label", "rumour", [("low", low)])
    assert told(draft) == ["“low” of “Rumour” is a number, several now."]


def test_values_and_attributes_are_renamed_removed_and_added() -> None:
    form = Attribute("voice", "choice", ("literal", "", "half"))
    draft = with_attributes(DRAFT, "label", "claim", [("form", form), ("", Attribute("x"))])
    assert told(draft) == [
        "“form” of “Claim” is called “voice”, in 2 annotations.",
        "“direct” of “form” of “Claim” is called “literal”, in 1 annotation.",
        "“mixed” of “form” of “Claim” is called “half”, in 1 annotation.",
        "“low” of “Claim” goes, from 2 annotations.",
        "“x” of “Claim” is new.",
    ]
    fewer = replace(FORM, values=("mixed", "b"))
    draft = with_attributes(DRAFT, "label", "claim", [("form", fewer), ("low", LOW)])
    assert told(draft) == [
        "“direct” of “form” of “Claim” goes, from 1 annotation.",
        "The empty value of “form” of “Claim” goes; nothing uses it.",
        "“b” of “form” of “Claim” is new.",
    ]


def test_what_only_looks_different_is_one_line() -> None:
    draft = replaced(DRAFT, "label", replace(CLAIM, title="A claim", color="#123456", key=""))
    assert told(draft) == ["The label “Claim”: title, key, colour changed."]
    draft = moved(added(DRAFT, "label", Label("new")), "label", "claim", 1)
    assert told(draft) == ["The label “new” is new.", "The order of the labels changes."]


def test_links_that_no_longer_fit_their_ends_are_counted() -> None:
    draft = replaced(DRAFT, "relation", replace(SOURCE, sources=("claim",)))
    assert told(draft) == [
        "The relation “Source”: ends changed.",
        "The relation “Source” loses 1 link that its ends no longer allow.",
    ]
    gone = removed(DRAFT, "relation", "source")
    assert told(gone) == ["The relation “Source” goes, with its 2 links."]
    draft = with_attributes(DRAFT, "relation", "source", [])
    assert told(draft) == ["“by” of “Source” goes, from 2 links."]


def test_few_lost_values_are_named() -> None:
    class Many(Used):
        def attribute_sets(self, kind: Kind, name: str) -> Iterator[tuple[Attributes, int]]:
            yield from (({"low": f"some {number}"}, 2) for number in range(5))

    low = Attribute("low", "number")
    draft = with_attributes(DRAFT, "label", "rumour", [("low", low)])
    (found,) = differences(draft, Many())
    assert (found.count, found.lost) == (10, 10)
    assert found.samples == ("some 0", "some 1", "some 2")
