"""Link mode: hints, candidates, and the links at a span."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.edits import Change, Edit
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.ui.gestures.links import LETTERS, Links, candidates, hint_letters
from annotator.ui.gestures.modes import LinkMode

SOURCE = RelationType("source", "Source", "R", ("claim",), ("actor",))
ACTOR = Label("actor", attributes=(Attribute("entity", "entity", several=True),))
TAGSET = Tagset("t", labels=(Label("claim"), ACTOR))
REPEATS = RelationType("repeats", "Repeats", "P", ("claim",), ("claim",), symmetric=True)


def span(name: str, label: str, start: int, *entities: str) -> Annotation:
    attributes = {"entity": list(entities)} if entities else {}
    return Annotation(name, "layer", (Span(start, start + 5),), label, attributes)


def link(type_: str, source: str, target: str) -> Relation:
    return Relation(f"{source}-{target}", "layer", type_, source, target)


@given(st.integers(0, 800))
def test_hints_are_many_enough_distinct_and_none_begins_another(number: int) -> None:
    hints = hint_letters(number)
    assert len(hints) == min(number, len(LETTERS) ** 2)
    assert len(set(hints)) == len(hints)
    assert all(1 <= len(each) <= 2 for each in hints)
    singles = {each for each in hints if len(each) == 1}
    assert not any(each[0] in singles for each in hints if len(each) == 2)
    assert hints == sorted(hints, key=len)


def test_candidates_come_by_label_and_nearest_first() -> None:
    claim = span("c", "claim", 100)
    pool = [claim, span("far", "actor", 0), span("near", "actor", 90), span("other", "denial", 99)]
    found, backwards = candidates(SOURCE, claim, pool, tagset=TAGSET)
    assert [each.id for each in found] == ["near", "far"]
    assert not backwards


def test_of_mentions_of_one_entity_the_nearest_is_offered() -> None:
    claim = span("c", "claim", 100)
    pool = [span("a", "actor", 0, "e"), span("b", "actor", 90, "e"), span("d", "actor", 10, "f")]
    found, _ = candidates(SOURCE, claim, pool, tagset=TAGSET)
    assert [each.id for each in found] == ["b", "d"]


def test_an_entity_that_is_linked_already_is_not_offered_again() -> None:
    claim = span("c", "claim", 100)
    pool = [span("a", "actor", 0, "e"), span("b", "actor", 90, "e")]
    found, _ = candidates(SOURCE, claim, pool, [link("source", "c", "a")], tagset=TAGSET)
    assert not found


def test_a_link_can_be_made_from_its_other_end() -> None:
    actor = span("a", "actor", 0)
    found, backwards = candidates(SOURCE, actor, [actor, span("c", "claim", 9)], tagset=TAGSET)
    assert [each.id for each in found] == ["c"]
    assert backwards
    again, _ = candidates(
        SOURCE, actor, [span("c", "claim", 9)], [link("source", "c", "a")], tagset=TAGSET
    )
    assert not again


def test_an_undirected_link_is_known_from_both_ends() -> None:
    one, other = span("c", "claim", 0), span("d", "claim", 9)
    for each, there in ((one, other), (other, one)):
        found, _ = candidates(
            REPEATS, each, [one, other], [link("repeats", "c", "d")], tagset=TAGSET
        )
        assert there not in found


def test_a_label_that_a_relation_cannot_have_gets_no_candidates() -> None:
    assert candidates(SOURCE, span("x", "casualty", 0), [span("a", "actor", 9)], tagset=TAGSET) == (
        [],
        False,
    )


def test_the_letters_typed_leave_what_begins_with_them() -> None:
    mode = LinkMode("source", "c", hints=(("A", "one"), ("BA", "two"), ("BB", "three")), typed="B")
    assert mode.left() == {"two": "A", "three": "B"}
    assert mode.chosen() is None
    assert LinkMode("source", "c", hints=(("A", "one"),), typed="A").chosen() == "one"


def test_the_links_at_a_span_follow_edits() -> None:
    first, second = link("source", "c", "a"), link("source", "c", "b")
    links = Links([first])
    links.follow(Edit("link", (Change(None, second),)))
    assert links.neighbours("c") == {"a", "b"}
    links.follow(Edit("unlink", (Change(first, None),)))
    assert links.neighbours("c") == {"b"}
    assert list(links.at("a")) == []
