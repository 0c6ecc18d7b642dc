"""What happened to a span, in words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.describe import Teller, quoted, when, without
from annotator.core.edits import Happened, Kind, Noted
from annotator.core.model import Annotation, Entity
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from annotator.core.verbs import joined
from tests.strategies import spans

TEXT = "The ministry says that at least two soldiers were killed."
TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
ENTITIES = {"m": Entity("m", "Ministry"), "a": Entity("a", "الدفاع")}
TODAY = datetime(2026, 8, 5, tzinfo=UTC)
TWO = Annotation("c", "layer", (Span(32, 44),), "casualty", {"low": 2, "outcome": "killed"})


def told(
    before: Annotation | None, after: Annotation | None, kind: Kind = "edit", who: str = "mira"
) -> str:
    noted = Noted("n", "2026-08-03T14:02:11.000Z", who, "tidy", kind, "")
    teller = Teller(TEXT, TAGSET, ENTITIES)
    line = teller.line(Happened(noted, before, after), TODAY)
    assert line.endswith(", 3 Aug 14:02")
    return line.removesuffix(", 3 Aug 14:02")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"label": "claim"}, "mira changed it from casualty to claim"),
        ({"note": "seen"}, "mira noted “seen”"),
        ({"spans": (Span(23, 44),)}, "mira moved the boundary: gained “at least”"),
        ({"spans": (Span(36, 49),)}, "mira moved the boundary: gained “were”, lost “two”"),
        ({"meta": {"rejected": {"low": 3}}}, "mira rejected what was proposed"),
        ({"meta": {"else": 1}}, "mira tidy"),
    ],
)
def test_a_change_is_told_by_what_it_changed(fields: dict[str, Any], words: str) -> None:
    assert told(TWO, replace(TWO, **fields)) == words


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"low": 3, "outcome": "killed"}, "changed low from 2 to 3"),
        ({"low": 2}, "took outcome killed away"),
        ({**TWO.attributes, "high": 5}, "set high to 5"),
        ({**TWO.attributes, "whose": "m"}, "set whose to Ministry"),
        ({**TWO.attributes, "whose": "a"}, "set whose to \u2068الدفاع\u2069"),
        ({**TWO.attributes, "whose": ["m", "m"]}, "set whose to Ministry + Ministry"),
        ({**TWO.attributes, "whose": "gone"}, "set whose to an actor that is gone"),
        ({**TWO.attributes, "old": 7}, "set old to 7"),
    ],
)
def test_attributes_are_told_by_value(attributes: dict[str, Any], words: str) -> None:
    assert told(TWO, replace(TWO, attributes=attributes)) == f"mira {words}"


def test_beginnings_and_ends_are_told_and_who_took_what_back() -> None:
    assert told(None, TWO) == "mira tagged “two soldiers” casualty"
    assert told(TWO, None) == "mira removed it"
    back = told(replace(TWO, note="seen"), TWO, "undo")
    assert back == "mira took back “tidy”: took the note away"
    assert told(TWO, TWO, "redo", "") == "the program did again “tidy”"
    rejected = replace(TWO, meta={"rejected": {"low": 3}})
    assert told(rejected, TWO, "undo") == "mira took back “tidy”: asked again"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("two  soldiers\nwere", "“two soldiers were”"),
        ("two soldiers were killed", "“two soldiers were…”"),
        ("two soldierswerekilled", "“two…”"),
        ("abcdefghijklmnopqrstuvwxyz", "“abcdefghijklmnopqr…”"),
    ],
)
def test_words_are_cut_behind_a_word(words: str, shown: str) -> None:
    assert quoted(words, 18) == shown


def test_a_cut_parts_no_grapheme() -> None:
    family = "👨‍👩‍👧‍👦"
    assert quoted(f"家{family}人", 3) == "“家…”"
    assert quoted(f"{family}人", 3) == f"“{family}…”"


def test_the_year_is_told_where_it_is_another() -> None:
    assert when("2025-12-31T23:59:00.000Z", TODAY) == "31 Dec 2025 23:59"


@given(st.lists(spans(30), max_size=4), st.lists(spans(30), max_size=4))
def test_what_is_gained_and_lost_makes_one_of_the_other(one: list[Span], other: list[Span]) -> None:
    def covered(found: Any) -> set[int]:
        return {place for each in found for place in range(each.start, each.end)}

    before, after = joined(one), joined(other)
    gained, lost = without(after, before), without(before, after)
    assert covered(gained) == covered(after) - covered(before)
    assert (covered(before) - covered(lost)) | covered(gained) == covered(after)


def test_quotation_marks_are_the_sentences() -> None:
    assert quoted("الدفاع") == "“\u2068الدفاع\u2069”"
    assert quoted("defence") == "“defence”"
