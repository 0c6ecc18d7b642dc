"""The places on which an annotation is repeated."""

from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.alike import Pattern, Place, context, places
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from tests.strategies import spans

TEXT = "Armenia and ARMENIA, Armenia's army; Arménia. Armenians."
TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text(encoding="utf-8"))


def actor(*at: Span) -> Annotation:
    return Annotation("a", "layer", at, "actor", {"entity": ["e"], "other": 1}, note="mine")


def words(pattern: Pattern, *tagged: Annotation) -> list[tuple[str, bool]]:
    return [(each.span.of(TEXT), each.inside) for each in places(TEXT, pattern, tagged)]


def test_a_pattern_has_the_label_and_the_entities() -> None:
    pattern = Pattern.of(actor(Span(0, 7)), TEXT, TAGSET)
    assert pattern == Pattern("Armenia", "actor", {"entity": ["e"]})
    strange = Annotation("a", "layer", (Span(0, 7),), "unknown", {"entity": ["e"]})
    assert Pattern.of(strange, TEXT, TAGSET).attributes == {}


def test_whole_words_in_any_case_that_are_not_tagged_yet() -> None:
    pattern = Pattern("Armenia", "actor")
    assert words(pattern, actor(Span(0, 7))) == [
        ("ARMENIA", False),
        ("Armenia", False),
        ("Arménia", False),
    ]
    assert words(Pattern("Armenia", "actor", case=True)) == [("Armenia", False)] * 2 + [
        ("Arménia", False)
    ]
    exact = Pattern("Armenia", "actor", case=True, diacritics=True)
    assert words(exact) == [("Armenia", False)] * 2


def test_what_a_span_of_the_label_reaches_is_told_apart() -> None:
    army = actor(Span(21, 35))
    claim = Annotation("c", "layer", (Span(12, 19),), "claim")
    assert words(Pattern("Armenia", "actor"), army, claim)[1:3] == [
        ("ARMENIA", False),
        ("Armenia", True),
    ]


@given(st.lists(spans(len(TEXT)), max_size=6))
def test_inside_is_what_overlaps(tagged: list[Span]) -> None:
    found = places(TEXT, Pattern("armenia", "actor"), [actor(each) for each in tagged])
    for place in found:
        assert isinstance(place, Place)
        assert place.inside == any(each.overlaps(place.span) for each in tagged)


def test_the_context_is_one_line() -> None:
    text = "one\n\ntwo  three four,five"
    assert context(text, Span(5, 15)) == ("one ", "two three", " four,five")
    assert context(text, Span(16, 20)) == ("one two three ", "four", ",five")
    assert context("x" * 200, Span(100, 101)) == ("x" * 60, "x", "x" * 60)
