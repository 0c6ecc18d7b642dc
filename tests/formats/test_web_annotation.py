"""Web Annotations: as the recommendation has them, and ours there and back."""

import json
from dataclasses import replace
from typing import Any

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Entity
from annotator.core.span import Span
from annotator.formats.base import Found, Lost
from annotator.formats.web_annotation.format import FORMAT
from annotator.formats.web_annotation.quotes import found_by_quote
from tests.formats.foreign import TEXT, article, articles, notes, places, read, whats, work, written

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
BESIDE = "A hit B, and B hit A 🙂 and left."


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact: Any, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def on(*selectors: Any, source: str = "http://x.org/a") -> dict[str, Any]:
    return {"source": source, "selector": list(selectors)}


def body(value: Any, purpose: Any = "tagging") -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def anno(target: Any, *bodies: Any, **more: Any) -> dict[str, Any]:
    found = {"@context": CONTEXT, "type": "Annotation", "target": target, "body": list(bodies)}
    return {**found, **more}


def taken(*found: Any, beside: str = BESIDE) -> list[Any]:
    return read(FORMAT, list(found), beside.encode())


@pytest.mark.parametrize(
    ("selectors", "place"),
    [
        ([position(2, 5)], (2, 5)),
        ([position(2, 5), quote("hit")], (2, 5)),
        ([quote("and left")], (23, 31)),
        ([quote("hit", "and B ")], (15, 18)),
        ([quote("B", "", " hit")], (13, 14)),
        ([position(3, 6), quote("and left")], (23, 31)),  # the text was changed before it
        ([{"type": "FragmentSelector", "value": "p", "refinedBy": quote("left")}], (27, 31)),
        ([position(24, 32), quote("and left")], (23, 31)),
    ],
)
def test_places(selectors: list[Any], place: tuple[int, int]) -> None:
    assert places(taken(anno(on(*selectors), body("X")))) == [(*place, "X")]


def test_the_unit_is_found_by_quotations() -> None:
    found = taken(anno(on(position(24, 32), quote("and left")), body("X")))
    assert places(found) == [(23, 31, "X")]
    assert notes(found) == ["Offsets count UTF-16 units."]


def test_bodies_and_creators() -> None:
    who: list[Any] = [
        {"type": "Person", "nickname": ["mira"]},
        [3, {"name": "Lev"}],
        "http://x.org/u",
        {"type": "Person", "name": "", "nickname": 3},
        None,
    ]
    target = on(position(2, 5))
    bodies: list[Any] = [
        [body("X"), body("Y", ["classifying"]), body("why", "commenting"), body("d", "describing")],
        [{"value": "tag"}, "http://x.org/b"],
        [{"source": "http://x.org/city", "purpose": "tagging"}],
        [{"type": "Choice", "items": [body("Z"), body("n", None)]}],
        [{"type": "TextualBody"}],
    ]
    found = taken(
        *(anno(target, *its, creator=one) for one, its in zip(who, bodies, strict=True)),
        {
            "type": "Annotation",
            "target": target,
            "bodyValue": "just so",
            "motivation": "commenting",
        },
    )
    (one,) = articles(found)
    assert [
        (its.layer.annotator, each.label, each.note)
        for its in one.works
        for each in its.annotations
    ] == [
        ("mira", "X", "Y\nwhy\nd"),
        ("Lev", "annotation", "tag\nhttp://x.org/b"),
        ("http://x.org/u", "http://x.org/city", ""),
        ("", "Z", "n"),
        ("", "annotation", ""),
        ("", "commenting", "just so"),
    ]


def test_several_targets_are_fragments() -> None:
    inner = [on(position(0, 1)), on(position(6, 7)), on(position(7, 8))]
    found = taken(
        anno(inner[:2], body("X")), anno({"type": "Composite", "items": inner[1:]}, body("Y"))
    )
    assert [each.spans for each in articles(found)[0].works[0].annotations] == [
        (Span(0, 1), Span(6, 7)),
        (Span(6, 8),),
    ]


def test_annotations_on_annotations_are_relations() -> None:
    first = anno(on(position(0, 1)), body("X"), id="http://x.org/1")
    second = anno(on(position(6, 7)), body("X"), id="http://x.org/2")
    link = {"motivation": "linking", "id": "http://x.org/3"}
    found = taken(
        anno("http://x.org/1", "http://x.org/2", body("hits", None), **link),
        anno({"id": "http://x.org/1"}, {"source": "http://x.org/2"}, **(link | {"id": None})),
        first,
        second,
    )
    (its,) = articles(found)[0].works
    assert [each.type for each in its.relations] == ["hits", "linking"]
    assert its.relations[0].source == its.annotations[0].id
    assert its.relations[0].target == its.annotations[1].id


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (anno(on(position(3, 99)), body("X")), "there is nothing from 3 to 99 in the text"),
        (anno(on(position("3", 4)), body("X")), 'its "start" and "end" are not whole numbers'),
        (anno(on(position("3", 4), quote("A")), body("X")), "are not whole numbers"),
        (anno(on(quote("nobody")), body("X")), 'the text has no "nobody"'),
        (anno(on(quote("hit")), body("X")), '"hit" stands at several places'),
        (anno(on(quote("", "A")), body("X")), 'the text has no ""'),
        (anno(on(quote(3)), body("X")), "its target is no place in the text"),
        (anno(on({**quote("left"), "prefix": 3})), "its quotation is no text"),
        (anno("http://x.org/a", body("X")), "its target is no place in the text"),
        (anno(on(), body("X")), "its target is no place in the text"),
        (anno(on("http://x.org/s"), body("X")), "its target is no place in the text"),
        (anno([], body("X")), 'it has no "target"'),
        (anno(3, body("X")), "neither an address nor a JSON object"),
        (anno(on(position(2, 5)), id=["a", "b"]), '"id" is not a text'),
        (anno(on(position(2, 5)), bodyValue="a"), 'its "bodyValue" is no text, or stands'),
        ({"type": "Annotation", "target": "a", "bodyValue": 3}, 'its "bodyValue" is no text'),
        ({"type": "Person"}, "it is no annotation"),
        ({"type": "AnnotationPage", "items": [{"type": "Person"}]}, "it is no annotation"),
        ({"type": "AnnotationPage", "items": [3]}, "it is no JSON object"),
        ({"type": "AnnotationPage"}, "it is a page without items"),
        ({"type": "AnnotationCollection", "first": "http://x.org/p"}, "are somewhere else"),
        (3, "it is no JSON object"),
        (anno("b", "c", motivation="linking"), "there is no annotation b"),
        (anno("http://x.org/1", body("x"), motivation="linking"), "it links to nothing"),
        (
            anno("http://x.org/1", "http://x.org/1", motivation="linking"),
            "it links a span to itself",
        ),
        (anno("http://x.org/1", {"type": "X"}, motivation="linking"), "there is no annotation "),
        (
            anno("http://x.org/1", "http://x.org/2", motivation="linking"),
            "it links annotations of two people",
        ),
        (anno(on(position(2, 5)), body("X"), id="http://x.org/1"), "there is another"),
    ],
)
def test_what_is_wrong_is_named(value: Any, what: str) -> None:
    first = anno(on(position(0, 1)), body("X"), id="http://x.org/1", creator="a")
    second = anno(on(position(6, 7)), body("X"), id="http://x.org/2", creator="b")
    found = taken(first, value, second)
    assert any(what in each for each in whats(found))
    assert places(found) == [(0, 1, "X"), (6, 7, "X")]


def test_collections_and_pages() -> None:
    one = anno(on(position(0, 1)), body("X"))
    for value in (
        one,
        {"type": ["AnnotationCollection"], "first": {"items": [one]}},
        {"type": "AnnotationPage", "items": [one]},
        {"type": "AnnotationPage", "items": {"type": "List", "items": [one]}},
    ):
        assert places(read(FORMAT, value, BESIDE.encode())) == [(0, 1, "X")]
    assert read(FORMAT, {"type": "AnnotationCollection", "total": 0}) == []
    assert len(whats(read(FORMAT, b'[{"type": 3, }]'))) == 1


def test_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    one = anno(on(position(0, 1)), body("X"))
    with pytest.raises(UserError, match=r"without their text; put it beside, as f\.txt"):
        read(FORMAT, one)
    monkeypatch.setattr("annotator.formats.original.LIMIT", 3)
    with pytest.raises(UserError, match="larger than"):
        read(FORMAT, one, b"more than that")


def test_ours_there_and_back() -> None:
    whole = article(work("ada"), work("bert", role="machine"), work("ada", round_=2), meta={"a": 1})
    bare = replace(article(text="x"), document=replace(article(text="x").document, id="d1"))
    data, lost = written(FORMAT, [Entity("e", "E"), whole, bare, Entity("f", "F")])
    assert lost == [Lost("entities")]
    found = read(FORMAT, data)
    assert whats(found) == notes(found) == []
    assert isinstance(found[0], Found)
    assert found[0].item == Entity("e", "E")
    again, other = articles(found)
    assert other == bare
    assert again.document == whole.document
    for here, there in zip(again.works, whole.works, strict=True):
        assert here.layer == there.layer
        assert [replace(each, layer="") for each in here.annotations] == [
            replace(each, layer="") for each in there.annotations
        ]
        assert [replace(each, layer="") for each in here.relations] == [
            replace(each, layer="") for each in there.relations
        ]


def test_what_others_find_in_our_annotations() -> None:
    whole = article(work("ada"), url="http://x.org/a")
    (one,) = json.loads(written(FORMAT, [whole])[0])
    assert one["@context"][0] == CONTEXT
    assert (one["type"], one["total"]) == ("AnnotationCollection", 3)
    items = one["first"]["items"]
    for each in items[:2]:
        for target in each["target"]:
            place, words = target["selector"]
            assert target["source"] == "http://x.org/a"
            assert TEXT[place["start"] : place["end"]] == words["exact"]
            around = words["prefix"] + words["exact"] + words["suffix"]
            assert around in TEXT
    assert [each["value"] for each in items[0]["body"]][:2] == ["denial", "kind: explicit"]
    assert items[0]["body"][-1] == {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "value": "mind the gap",
    }
    assert items[2]["target"] == items[0]["id"]
    assert items[2]["body"][1]["source"] == items[1]["id"]
    # Without what is ours, with the text beside it, it still says the same of the text.
    one.pop("annotator")
    for each in items:
        each.pop("annotator")
    (its,) = articles(read(FORMAT, [one], TEXT.encode()))[0].works
    assert [each.spans for each in its.annotations] == [
        each.spans for each in whole.works[0].annotations
    ]
    assert [each.type for each in its.relations] == ["source"]


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("layers", [{"annotator": 3}], '"annotator" is not a text'),
        ("layers", 3, ""),
        ("text", 3, '"text" is not a text'),
        ("before", [3], "it is no JSON object"),
    ],
)
def test_what_is_carried_may_be_broken(key: str, value: Any, what: str) -> None:
    (one,) = json.loads(written(FORMAT, [article(work("ada"))])[0])
    one["annotator"][key] = value
    found = read(FORMAT, [one])
    assert whats(found) == ([what] if what else [])


def test_another_creator_in_our_collection() -> None:
    (one,) = json.loads(written(FORMAT, [article(work("ada"))])[0])
    for each in one["first"]["items"]:
        each["creator"] = {"nickname": "mira"}
    ours, hers = articles(read(FORMAT, [one]))[0].works
    assert ours.annotations == ()
    assert (hers.layer.annotator, len(hers.annotations)) == ("mira", 2)
    assert all(each.id.startswith("#") for each in hers.annotations)


def test_a_quotation_is_found_by_what_is_around() -> None:
    assert found_by_quote("aXbXc", "X", "b", "c") == Span(3, 4)
    assert found_by_quote("aXbXc", "X", "za", "") == Span(1, 2)
    assert found_by_quote("XX", "X", "", "X") == Span(0, 1)


def test_told_by_its_content() -> None:
    assert FORMAT.sniff is not None
    assert FORMAT.sniff(json.dumps([anno("a")]).encode(), "a.json")
    assert not FORMAT.sniff(CONTEXT.encode(), "a.json")
