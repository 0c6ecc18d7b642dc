"""doccano's records: as doccano writes them, and ours there and back."""

import json
from dataclasses import replace
from typing import Any

import pytest

from annotator.core.article import Work
from annotator.core.model import Decision, Entity
from annotator.core.span import Span
from annotator.formats.base import Lost
from annotator.formats.doccano import FORMAT
from annotator.formats.units import GRAPHEMES, POINTS, UTF16
from tests.formats.foreign import TEXT, article, articles, notes, places, read, whats, work, written

FAMILY = "👩‍👩‍👧 é B"
"""Five code points, eight UTF-16 units and one grapheme, a space, and so on."""


def entity(id_: int, start: int, end: int, label: str = "ORG", **more: Any) -> dict[str, Any]:
    return {"id": id_, "start_offset": start, "end_offset": end, "label": label, **more}


def record(*entities: Any, text: Any = "A hit B", **more: Any) -> dict[str, Any]:
    return {"id": 7, "text": text, "entities": list(entities), "relations": [], **more}


def test_entities_and_relations() -> None:
    link = {"id": 1, "from_id": 11, "to_id": 12, "type": "hits"}
    data = record(entity(11, 0, 1), entity(12, 6, 7), relations=[link], Comments=["see", 3, "me"])
    (one,) = articles(read(FORMAT, data))
    (its,) = one.works
    assert its.layer.annotator == ""
    assert [(each.envelope, each.label) for each in its.annotations] == [
        (Span(0, 1), "ORG"),
        (Span(6, 7), "ORG"),
    ]
    (relation,) = its.relations
    assert (relation.type, relation.source) == ("hits", its.annotations[0].id)
    assert one.document.note == "see\nme"


@pytest.mark.parametrize("key", ["label", "labels"])
def test_labels_as_lists(key: str) -> None:
    found = read(FORMAT, {"text": "A hit B", key: [[0, 1, "ORG"], [6, 7], "POS"]})
    assert places(found) == [(0, 1, "ORG")]
    assert whats(found) == [
        "it is not a list of start, end and label",
        '"POS" is about the whole article',
    ]


def test_unlabelled_records_are_done_all_the_same() -> None:
    (one,) = articles(read(FORMAT, record()))
    assert one.works[0].layer.state == "done"
    (one,) = articles(read(FORMAT, {"text": "A"}))
    assert len(one.works) == 1


@pytest.mark.parametrize(
    ("mark", "options", "unit", "note"),
    [
        (
            (11, 12),
            {},
            UTF16,
            f'Its offsets were taken for {UTF16}; if they are not, choose the option "unit".',
        ),
        (
            (9, 10),
            {},
            UTF16,
            f'Its offsets were taken for {UTF16}; if they are not, choose the option "unit".',
        ),
        ((4, 5), {"unit": GRAPHEMES}, GRAPHEMES, ""),
        ((8, 9), {"unit": POINTS}, POINTS, ""),
    ],
)
def test_units(mark: tuple[int, int], options: dict[str, Any], unit: str, note: str) -> None:
    found = read(FORMAT, record(entity(1, *mark), text=FAMILY), **options)
    if (mark, unit) != ((9, 10), UTF16):
        assert FAMILY[places(found)[0][0]] == "B"
    assert notes(found) == ([note] if note else [])


def test_the_unit_is_found_by_words() -> None:
    found = read(FORMAT, record(entity(1, 4, 5, text="B"), text=FAMILY))
    assert FAMILY[places(found)[0][0]] == "B"
    found = read(FORMAT, record(entity(1, 4, 5, text="x"), entity(2, 0, 1, text="A")))
    assert whats(found) == ["its words do not stand where it says"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (record(entity(1, 3, 99)), "there is nothing from 3 to 99 in the text"),
        (record(entity(1, 3, 2)), "there is nothing from 3 to 2 in the text"),
        (record(entity(1, 0, 1, "")), "it has no label"),
        (record({"id": 1, "label": "X"}), 'its "start_offset" and "end_offset" are not whole'),
        (record(4), "it is no JSON object"),
        (record(relations=[{"type": "x", "from_id": 3, "to_id": 4}]), "there is no entity 3"),
        (record(relations=[{"from_id": 3, "to_id": 4}]), 'it has no "type"'),
        (
            record(entity(1, 0, 1), relations=[{"type": "x", "from_id": 1, "to_id": 1}]),
            "it links a span to itself",
        ),
        (record(text=3), '"text" is not a text'),
        (b"{", "it is not JSON"),
    ],
)
def test_what_is_wrong_is_named(data: Any, what: str) -> None:
    assert any(what in each for each in whats(read(FORMAT, data)))


@pytest.mark.parametrize("form", ["entities", "label"])
@pytest.mark.parametrize("unit", [UTF16, POINTS, GRAPHEMES])
def test_ours_there_and_back(form: str, unit: str) -> None:
    one = work()
    cut = replace(one.annotations[1], id="c1", spans=(Span(1, 2), Span(8, 9)), meta={}, note="")
    whole = article(
        Work(one.layer, (*one.annotations, cut), one.relations), note="n", meta={"a": 1}
    )
    data, lost = written(
        FORMAT, [Entity("e", "Baku"), whole, Entity("f", "")], form=form, unit=unit
    )
    assert lost == [Lost("entities")]
    found = read(FORMAT, data)
    assert whats(found) == notes(found) == []
    (again,) = articles(found)
    assert again.document == whole.document
    (its,) = again.works
    assert its.layer == one.layer
    assert [replace(each, layer="", id="") for each in its.annotations] == [
        replace(each, layer="", id="") for each in whole.works[0].annotations
    ]
    assert [each.id for each in its.annotations][:2] == [each.id for each in one.annotations]
    assert [replace(each, layer="") for each in its.relations] == [
        replace(each, layer="") for each in one.relations
    ]


def test_what_doccano_finds_in_our_records() -> None:
    data, _ = written(FORMAT, [article(work()), article(work("b"))])
    first, second = map(json.loads, data.splitlines())
    units = TEXT.encode("utf-16-le")
    words = [
        units[2 * each["start_offset"] : 2 * each["end_offset"]].decode("utf-16-le")
        for each in first["entities"]
    ]
    assert words == ["Baku denied that 14 soldiers", "Yerevan"]
    numbers = [each["id"] for one in (first, second) for each in one["entities"]]
    assert len(set(numbers)) == 4
    (link,) = second["relations"]
    assert [link["from_id"], link["to_id"]] == numbers[2:]
    data, _ = written(FORMAT, [article(work())], form="label")
    assert json.loads(data)["label"][1][2] == "actor"


def test_doccano_numbers_entities_anew() -> None:
    """What is carried is found again by place and label; what was changed there is as changed."""
    record_ = json.loads(written(FORMAT, [article(work())])[0])
    first, second = record_["entities"]
    record_["entities"] = [{**second, "id": 901}, {**first, "id": 900, "start_offset": 10}]
    record_["relations"] = [{"id": 5, "type": "source", "from_id": 900, "to_id": 901}]
    (its,) = articles(read(FORMAT, record_))[0].works
    ours = work()
    assert its.annotations[0].id == ours.annotations[1].id
    assert its.annotations[1].attributes == {}
    assert its.relations[0].source == its.annotations[1].id


def test_decisions_stay_behind_and_unworked_articles_come_back_as_such() -> None:
    decided = replace(article(), decisions=(Decision("x", article().document.id, {}, "none"),))
    data, _ = written(FORMAT, [decided])
    assert articles(read(FORMAT, data)) == [article()]
    record_ = json.loads(data) | {"entities": [entity(1, 14, 16)]}
    assert len(articles(read(FORMAT, record_))[0].works[0].annotations) == 1


@pytest.mark.parametrize(
    ("marks", "what"),
    [([[5, 2]], "there is no span from 5 to 2"), (3, '"spans" is no list')],
)
def test_what_is_carried_may_be_broken(marks: Any, what: str) -> None:
    record_ = json.loads(written(FORMAT, [article(work(linked=False))])[0])
    record_["annotator"]["marks"][0]["spans"] = marks
    record_["annotator"]["marks"].append(3)
    record_["annotator"]["relations"] = 3
    assert whats(read(FORMAT, record_)) == [what]
    record_ = json.loads(written(FORMAT, [article(work())], form="label")[0])
    record_["annotator"]["relations"] = 3
    assert articles(read(FORMAT, record_))[0].works[0].relations == ()


def test_told_by_its_content() -> None:
    assert FORMAT.sniff is not None
    assert FORMAT.sniff(json.dumps(record()).encode(), "a.jsonl")
    assert not FORMAT.sniff(b'{"text": "a", "label": "ORG"}', "a.jsonl")
    assert not FORMAT.sniff(b"text", "a.jsonl")
