"""What a person types to find articles, and where it stands in a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.query import FACETS, Facet, Query, Word, excerpt, hits, parse
from tests.strategies import texts


@pytest.mark.parametrize(
    ("typed", "words", "facets"),
    [
        ("", (), ()),
        ("  ", (), ()),
        ("soldier", (Word("soldier"),), ()),
        ("two  words", (Word("two"), Word("words")), ()),
        ('"a phrase" -not', (Word("a phrase", phrase=True), Word("not", without=True)), ()),
        ("“a phrase”", (Word("a phrase", phrase=True),), ()),
        ('"left open', (Word("left open", phrase=True),), ()),
        ('""', (), ()),
        ("-", (), ()),
        ("label:denial x", (Word("x"),), (Facet("label", "denial"),)),
        ("Label:denial -state:done", (), (Facet("label", "denial"), Facet("state", "done", True))),
        ('source:"BBC News"', (), (Facet("source", "BBC News"),)),
        ("note: note:why", (), (Facet("note", ""), Facet("note", "why"))),
        ("label:", (), ()),
        ("at 12:30", (Word("at"), Word("12:30")), ()),
        ("https://x.org", (Word("https://x.org"),), ()),
        ("北京 🔥", (Word("北京"), Word("🔥")), ()),
    ],
)
def test_what_is_typed_is_read(
    typed: str, words: tuple[Word, ...], facets: tuple[Facet, ...]
) -> None:
    query = parse(typed)
    assert query == Query(words, facets)
    assert bool(query) == bool(words or facets)


def test_an_unknown_facet_is_words_and_told_of() -> None:
    query = parse("lable:denial")
    assert query.words == (Word("lable:denial"),)
    assert "no “lable:”" in query.problem
    assert all(f"{name}:" in query.problem for name in FACETS)
    assert parse('said:"not us"').words == (Word("said not us", phrase=True),)
    assert parse("Kyiv:").words == (Word("Kyiv:"),)
    assert not parse('x:""').words


def test_an_unknown_state_is_told_of() -> None:
    query = parse("state:blue state:done")
    assert query.problem == "No article is “blue”; its state is one of new, open, question, done."
    assert query.values("state") == ("blue", "done")
    assert parse("-state:done").values("state", without=True) == ("done",)


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Soldiers; a soldier, unsoldierly", "soldier", ["Soldier", "soldier"]),
        ("Soldiers; a soldier", '"soldier"', ["soldier"]),
        ("a soldier\nfell", '"soldier fell"', ["soldier\nfell"]),
        ("one two one", "one -two", ["one", "one"]),
        ("one two", "one label:two", ["one"]),
        ("soldiers", "soldiers sold", ["soldiers"]),
        ("他在北京大学", "北京", ["北京"]),
        ("fire🔥fire", "🔥", ["🔥"]),
        ("anything", "", []),
    ],
)
def test_hits_are_where_the_search_found_them(text: str, typed: str, found: list[str]) -> None:
    assert [span.of(text) for span in hits(text, parse(typed))] == found


@given(texts(), st.text(max_size=12))
def test_whatever_is_typed_is_read_and_found_in_order(text: str, typed: str) -> None:
    spans = hits(text, parse(typed))
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "typed", "line"),
    [
        ("Soldiers fell.", "soldier", "Soldiers fell."),
        ("In the town of Shushi\n\n two soldiers  fell", "soldier", "… Shushi two soldiers fell"),
        ("nothing", "soldier", ""),
        ("x " * 12_000 + "soldier", "soldier", "… x x x x x x x soldier"),
        ("x" * 30 + " soldier", "soldier", "… soldier"),
        ("在" * 30 + "北京", "北京", f"… {'在' * 14}北京"),
        ("在" * 30 + "北京 大学", "北京", f"… {'在' * 14}北京 大学"),
        ("在 e\u0301" + "在" * 13 + "北京 大学", "北京", f"… e\u0301{'在' * 13}北京 大学"),
        ("x" * 20 + "e\u0301" + "在" * 13 + "北京", "北京", f"… e\u0301{'在' * 13}北京"),
        ("x " * 200_000 + "soldier", "soldier", ""),
    ],
)
def test_an_excerpt_shows_the_first_hit(text: str, typed: str, line: str) -> None:
    assert excerpt(text, parse(typed)) == line
