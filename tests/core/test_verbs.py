"""What a person does, as edits."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.edits import Change
from annotator.core.model import Annotation, Document, Entity, Layer, Relation
from annotator.core.span import Span
from tests.strategies import spans

LAYER = Layer.of("d", "ada")
CLAIM = Annotation("c", LAYER.id, (Span(0, 5),), "claim", {"topic": "attack", "when": None})
ACTOR = Annotation("a", LAYER.id, (Span(6, 9),), "actor")
LINK = Relation("r", LAYER.id, "source", "c", "a")


@given(st.lists(spans(30), min_size=1))
def test_joined_spans_cover_the_same_and_stand_apart(found: list[Span]) -> None:
    joined = verbs.joined(found)
    assert {p for span in joined for p in range(span.start, span.end)} == {
        p for span in found for p in range(span.start, span.end)
    }
    assert all(left.end < right.start for left, right in pairwise(joined))
    assert verbs.joined(joined) == joined


def test_marking_all_makes_one_edit_of_an_annotation_each() -> None:
    edit = verbs.mark_all(LAYER, [Span(4, 6), Span(6, 9)], "actor", attributes={"x": 1}, fresh=True)
    layer, *made = (each.after for each in edit.changes)
    assert edit.name == "tag 2 alike as actor"
    assert layer == replace(LAYER, state="open")
    found = [(each.spans, each.attributes) for each in made if isinstance(each, Annotation)]
    assert found == [((Span(4, 6),), {"x": 1}), ((Span(6, 9),), {"x": 1})]
    assert not verbs.mark_all(LAYER, [], "actor", fresh=True)


def test_marking_opens_a_new_layer() -> None:
    edit = verbs.mark(LAYER, [Span(4, 6), Span(0, 4)], "claim", fresh=True, attributes={"x": 1})
    layer, annotation = (each.after for each in edit.changes)
    assert edit.name == "tag claim"
    assert layer == replace(LAYER, state="open")
    assert edit.changes[0].before is None
    assert isinstance(annotation, Annotation)
    assert (annotation.spans, annotation.attributes) == ((Span(0, 6),), {"x": 1})


def test_marking_in_an_open_layer_leaves_it() -> None:
    stored = verbs.mark(LAYER, [Span(0, 1)], "claim")
    assert stored.changes[0] == Change(LAYER, replace(LAYER, state="open"))
    opened = replace(LAYER, state="question")
    assert len(verbs.mark(opened, [Span(0, 1)], "claim").changes) == 1


def test_relabelling_keeps_what_the_new_label_has_and_drops_links_it_can_not_have() -> None:
    edit = verbs.relabel(CLAIM, "denial", kept=("when",), broken=[LINK])
    assert edit.name == "change to denial"
    assert edit.changes == (
        Change(LINK, None),
        Change(CLAIM, replace(CLAIM, label="denial", attributes={"when": None})),
    )
    assert not verbs.relabel(CLAIM, "claim", kept=("topic", "when"), broken=[LINK])


def test_moving_and_noting() -> None:
    assert verbs.move(CLAIM, [Span(1, 3), Span(2, 4)]).changes == (
        Change(CLAIM, replace(CLAIM, spans=(Span(1, 4),))),
    )
    assert not verbs.move(CLAIM, CLAIM.spans)
    assert verbs.set_note(CLAIM, "n").changes == (Change(CLAIM, replace(CLAIM, note="n")),)


@pytest.mark.parametrize("owner", [CLAIM, LINK])
def test_an_attribute_is_set_and_taken_away(owner: Annotation | Relation) -> None:
    (change,) = verbs.set_attribute(owner, "implied", True).changes
    assert isinstance(change.after, Annotation | Relation)
    assert change.after.attributes == {**owner.attributes, "implied": True}
    assert verbs.set_attribute(change.after, "implied", None).changes == (
        Change(change.after, owner),
    )
    assert not verbs.set_attribute(owner, "unknown", None)


def test_removing_takes_the_links_along() -> None:
    other = replace(LINK, id="s", source="x", target="y")
    edit = verbs.remove([CLAIM], [LINK, other])
    assert (edit.name, edit.changes) == ("remove claim", (Change(LINK, None), Change(CLAIM, None)))
    assert verbs.remove([CLAIM, ACTOR], [replace(LINK, source="x")]).name == "remove spans"


def test_links() -> None:
    (change,) = verbs.link("source", CLAIM, ACTOR).changes
    assert isinstance(change.after, Relation)
    assert replace(change.after, id="r") == LINK
    assert verbs.unlink(LINK).changes == (Change(LINK, None),)


def test_states() -> None:
    done = replace(LAYER, state="done")
    assert verbs.set_state(LAYER, "done").changes == (Change(LAYER, done),)
    assert verbs.set_state(LAYER, "done", fresh=True).changes == (Change(None, done),)
    assert not verbs.set_state(done, "done")


def test_advice_is_waved_away_once() -> None:
    (change,) = verbs.wave_away(LAYER, "source b").changes
    waved = change.after
    assert isinstance(waved, Layer)
    assert waved.meta == {**LAYER.meta, "waved": ["source b"]}
    assert not verbs.wave_away(waved, "source b")
    assert verbs.waved_away(waved) == {"source b"}
    assert verbs.waved_away(replace(LAYER, meta={"waved": ["a", 1, {}]})) == {"a"}
    assert not verbs.waved_away(replace(LAYER, meta={"waved": 1}))
    (again,) = verbs.wave_away(waved, "entity a", fresh=True).changes
    assert again == Change(None, replace(waved, meta={"waved": ["entity a", "source b"]}))


def test_entities_and_articles() -> None:
    (change,) = verbs.add_entity("Armenia", side="Armenia", type_="state").changes
    entity = change.after
    assert isinstance(entity, Entity)
    assert (entity.name, entity.side, entity.type) == ("Armenia", "Armenia", "state")
    assert verbs.change_entity(entity, aliases=("RA",)).changes == (
        Change(entity, replace(entity, aliases=("RA",))),
    )
    document = Document("d", "t", "text", "0" * 64)
    assert verbs.set_document_note(document, "n").changes == (
        Change(document, replace(document, note="n")),
    )


def test_several_attributes_are_set_in_one_edit() -> None:
    edit = verbs.set_attributes(CLAIM, {"low": 2, "topic": None}, "take the numbers")
    assert edit.name == "take the numbers"
    assert edit.changes == (Change(CLAIM, replace(CLAIM, attributes={"when": None, "low": 2})),)
    assert not verbs.set_attributes(CLAIM, {}, "nothing")


def test_a_rejected_proposal_is_noted_beside_the_attributes() -> None:
    noted = replace(CLAIM, meta={"kept": 1})
    (change,) = verbs.reject(noted, {"low": 2}).changes
    assert change.after == replace(CLAIM, meta={"kept": 1, "rejected": {"low": 2}})


def test_two_entities_become_one_in_all_that_names_them() -> None:
    kept = Entity("k", "Armenia", ("RA",), type="state")
    gone = Entity("g", "The republic", ("RA", "Armenia", "Yerevan"), "Armenia", "media")
    one = replace(ACTOR, attributes={"entity": ["x", "g", "k", "g"]})
    other = replace(CLAIM, attributes={"whose": "g", "topic": "g-force", "all": [["g"], 1]})
    edit = verbs.merge_entities(kept, gone, [one, other, replace(LINK, attributes={"by": "g"})])
    merged, *users, removed = (each.after for each in edit.changes)
    assert merged == Entity("k", "Armenia", ("RA", "The republic", "Yerevan"), "Armenia", "state")
    assert removed is None
    assert [getattr(each, "attributes", None) for each in users] == [
        {"entity": ["x", "k"]},
        {"whose": "k", "topic": "g-force", "all": [["g"], 1]},
        {"by": "k"},
    ]
    assert verbs.remove_entity(gone).changes == (Change(gone, None),)
    assert verbs.merge_entities(merged, gone, []).changes == (Change(gone, None),)


def test_an_article_is_described_in_one_edit() -> None:
    document = Document("d", "title", "text", "sha")
    after = Document("d", "t", "text", "sha", "s", "u", "2022", "en")
    told = {"title": "t", "source": "s", "published": "2022", "url": "u", "language": "en"}
    assert verbs.describe_document(document, **told).changes == (Change(document, after),)
    assert not verbs.describe_document(after, **told).changes
