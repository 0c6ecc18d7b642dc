"""Entries of the journal in words."""

from collections.abc import Sequence

import pytest

from annotator import paths
from annotator.core.edits import Happened, Kind, Noted, Summary
from annotator.core.entry_words import EntryTeller, Told
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
    TimeSpent,
    Value,
    kind_of,
)
from annotator.core.span import Span
from annotator.core.tagset_toml import loads

TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
WAR = Document("d", "War", "Two soldiers were killed.", "")
NOTED = Document("d", "War", "Two soldiers were killed.", "", note="seen")
PEACE = Document("p", "Peace", "Quiet.", "")
LAYER = Layer("l", "d", "mira", state="done")
CALM = Layer("m", "p", "mira")
TWO = Annotation("a", "l", (Span(0, 12),), "casualty")
KILLED = Annotation("b", "l", (Span(18, 24),), "claim")
QUIET = Annotation("q", "m", (Span(0, 5),), "claim")
LOST = Annotation("z", "gone", (Span(0, 5),), "claim")
LINK = Relation("r", "l", "source", "b", "a")
BROKEN = Relation("s", "l", "source", "b", "gone")
THERE = {(kind_of(each), each.id): each for each in (WAR, PEACE, LAYER, CALM, TWO, KILLED, QUIET)}
Pair = tuple[Value | None, Value | None]


def tell(pairs: Sequence[Pair], *, count: int = 0, whole: bool = True, kind: Kind = "edit") -> Told:
    entry = Noted("n", "2026-08-03T14:02:11.000Z", "mira", "tidy", kind, "")
    some = tuple(Happened(entry, *pair) for pair in pairs)
    teller = EntryTeller(lambda *what: THERE.get(what), TAGSET, {})
    return teller.told(Summary(entry, some, count or len(some), whole))


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((None, TWO), "tagged “Two soldiers” casualty in “War”"),
        ((TWO, None), "removed “Two soldiers” casualty in “War”"),
        ((TWO, Annotation("a", "l", (Span(0, 12),), "claim")),
         "changed it from casualty to claim on “Two soldiers” in “War”"),
        ((TWO, Annotation("a", "l", (Span(0, 12),), "casualty", meta={"x": 1})),
         "changed on “Two soldiers” in “War”"),
        ((None, LOST), "tagged “” claim"),
        ((None, LINK), "linked “killed” to “Two soldiers” (source) in “War”"),
        ((LINK, None), "unlinked “killed” to “Two soldiers” (source) in “War”"),
        ((LINK, Relation("r", "l", "source", "b", "a", {"implied": True})),
         "changed “killed” to “Two soldiers” (source) in “War”"),
        ((None, BROKEN), "linked “killed” to a span that is gone (source) in “War”"),
        ((None, LAYER), "set “War” to done"),
        ((None, Layer("n", "gone", "mira")), "set an article that is gone to new"),
        ((None, WAR), "added the article “War”"),
        ((WAR, None), "removed the article “War”"),
        ((WAR, NOTED), "noted “seen” on “War”"),
        ((NOTED, WAR), "took the note away on “War”"),
        ((WAR, Document("d", "Wars", WAR.text, "")), "changed the article “Wars”"),
        ((None, Entity("e", "Ministry")), "added the actor “Ministry”"),
        ((None, Annotator("bob")), "added the person “bob”"),
        ((None, TagsetVersion(2, "")), "added a version of the tag set"),
        ((Setting("k", "1"), Setting("k", "2")), "changed a setting"),
    ],
)  # fmt: skip
def test_one_change_is_told_at_length(pair: Pair, words: str) -> None:
    assert tell([pair]).words == words


def test_many_changes_are_counted() -> None:
    both = [(None, TWO), (None, KILLED)]
    assert tell(both).words == "tagged 2 spans in “War”"
    assert tell([*both, (None, QUIET)], count=12_000, whole=False).words == (
        "tagged more than 12,000 spans in several articles"
    )
    assert tell([(None, WAR), (None, PEACE)]).words == "added 2 articles"
    people = [(None, Annotator("a")), (None, Annotator("b"))]
    assert tell(people).words == "added 2 people"


def test_the_place_is_known_while_it_is_there() -> None:
    assert tell([(None, TWO)]) == Told("tagged “Two soldiers” casualty in “War”", "d", "a")
    assert tell([(LINK, None)]).document == "d"
    assert tell([(None, LOST)]).document == ""
    gone = Document("x", "X", "", "")
    assert tell([(gone, None)]) == Told("removed the article “X”", "x")


def test_steps_say_what_they_took_back_or_did_again() -> None:
    assert tell([(None, TWO)], kind="redo").words.startswith("did again “tidy”: tagged")
    assert tell([(TWO, None)], kind="undo").words.startswith("took back “tidy”: removed")
    assert tell([]).words == "tidy"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (WAR, "the article “War”"),
        (TWO, "the span “Two soldiers” in “War”"),
        (LINK, "the link “killed” to “Two soldiers” in “War”"),
        (LAYER, "the state of mira in “War”"),
        (TimeSpent("l", 5), "the time of mira in “War”"),
        (FirstPass("gone"), "the first pass"),
        (Entity("e", "Yerevan"), "the actor “Yerevan”"),
        (Annotator("mira"), "the person “mira”"),
        (Decision("x", "d", {}, "take"), "the decision in “War”"),
    ],
)
def test_what_a_value_is_called(value: Value, words: str) -> None:
    there = {**THERE, (kind_of(value), value.id): value}
    teller = EntryTeller(lambda *what: there.get(what), TAGSET, {})
    assert teller.called(kind_of(value), value.id) == words
    assert teller.called("annotation", "gone") == "the span gone"
