"""Label Studio's tasks: as Label Studio writes them, and ours there and back."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from annotator.core.model import Entity, TagsetVersion
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats.base import Found, Item
from annotator.formats.label_studio import config
from annotator.formats.label_studio.format import FORMAT
from annotator.formats.units import POINTS, UTF16
from annotator.project import Project
from tests.formats.foreign import TEXT, article, articles, notes, places, read, whats, work, written
from tests.transfer.helpers import bring

KINDS = Attribute("kind", "choice", ("explicit", "refusal"))
DENIAL = Label(
    "denial",
    attributes=(
        KINDS,
        Attribute("tags", "choice", ("a", "b"), several=True),
        Attribute("low", "number"),
        Attribute("words"),
        Attribute("when", "date"),
        Attribute("who", "entity"),
    ),
)
TAGSET = Tagset("t", 3, (DENIAL, Label("actor")), (RelationType("source", "", "", ("denial",)),))


def region(id_: str, start: int, end: int, *labels: str, **value: Any) -> dict[str, Any]:
    found = {"start": start, "end": end, "labels": list(labels), **value}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": found}


def task(*results: Any, text: str = "A hit B", **more: Any) -> dict[str, Any]:
    annotations = [{"id": 5, "completed_by": 1, "result": list(results)}]
    return {"id": 1, "data": {"text": text}, "annotations": annotations, **more}


def whose(found: list[Any]) -> list[tuple[str, str, str, int]]:
    return [
        (each.layer.annotator, each.layer.role, each.layer.state, each.layer.round)
        for one in articles(found)
        for each in one.works
    ]


def test_annotations_are_layers() -> None:
    people: list[dict[str, Any]] = [
        {"completed_by": 3},
        {"completed_by": {"id": 4, "email": "m@x.org", "first_name": "Mira"}},
        {"completed_by": {"id": 4, "first_name": "Mira", "last_name": "K"}},
        {"completed_by": {"id": 4}, "was_cancelled": True},
        {"completed_by": 3},
        {"ground_truth": True, "completed_by": 3},
        {"completed_by": None},
    ]
    annotations = [{"id": at, "result": [], **each} for at, each in enumerate(people)]
    drafts = [{"annotation": 0, "result": []}, {"user": "lev", "result": []}]
    predictions = [{"model_version": "v2", "result": []}, {"result": []}]
    parts = {"annotations": annotations, "drafts": drafts, "predictions": predictions}
    found = read(FORMAT, [{"data": {"text": "A"}, **parts}])
    assert whose(found) == [
        ("user-3", "annotator", "done", 1),
        ("m@x.org", "annotator", "done", 1),
        ("Mira K", "annotator", "done", 1),
        ("user-4", "annotator", "question", 1),
        ("user-3", "annotator", "done", 2),
        ("gold", "gold", "done", 1),
        ("", "annotator", "done", 1),
        ("lev", "annotator", "open", 1),
        ("v2", "machine", "done", 1),
        ("machine", "machine", "done", 1),
    ]
    assert notes(found) == ["It is a draft of an annotation that is there; it stays out."]


def test_regions_with_what_is_said_of_them() -> None:
    common = {"id": "a", "to_name": "text"}
    place = {"start": 0, "end": 1}
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("X.kind", "choices", {"choices": ["sure"]}),
        ("tags", "choices", {"choices": ["a", "b"]}),
        ("low", "number", {"number": 3.0}),
        ("high", "number", {"number": 2.5}),
        ("why", "textarea", {"text": ["because"]}),
        ("tree", "taxonomy", {"taxonomy": [["a", "b"]]}),
        ("none", "choices", {"choices": []}),
        ("empty", "rating", {}),
    ]
    items = [
        {**common, "from_name": name, "type": kind, "value": {**place, **value}}
        for name, kind, value in said
    ]
    found = read(FORMAT, task({**region("a", 0, 1, "X"), "meta": {"text": ["see", "me"]}}, *items))
    (one,) = articles(found)[0].works[0].annotations
    assert one.attributes == {
        "kind": "sure",
        "tags": ["a", "b"],
        "low": 3,
        "high": "2.5",
        "why": "because",
        "tree": "a / b",
    }
    assert one.note == "see\nme"


def test_a_region_of_several_labels_is_several_annotations() -> None:
    link = {
        "type": "relation",
        "from_id": "a",
        "to_id": "b",
        "direction": "left",
        "labels": ["x", "y"],
    }
    bare = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    found = read(FORMAT, task(region("a", 0, 1, "P", "Q"), region("b", 6, 7, "R"), link, bare))
    (its,) = articles(found)[0].works
    first, second, third = its.annotations
    assert [first.label, second.label, third.label] == ["P", "Q", "R"]
    assert [(each.type, each.source, each.target) for each in its.relations] == [
        ("x", third.id, first.id),
        ("y", third.id, first.id),
        ("relation", first.id, third.id),
    ]


@pytest.mark.parametrize(("at", "unit"), [(1, POINTS), (2, UTF16)])
def test_the_unit_is_found_by_words(at: int, unit: str) -> None:
    found = read(FORMAT, task(region("a", at, at + 1, "X", text="B"), text="🙂B"))
    assert places(found) == [(1, 2, "X")]
    assert notes(found) == ([] if unit == POINTS else [f"Its offsets count {unit}."])


def test_global_offsets_and_other_data() -> None:
    inner = region("a", 0, 0, "X", globalOffsets={"start": 6, "end": 7}, text="B")
    inner |= {"type": "hypertextlabels"}
    inner["value"] |= {"start": "/p[1]/text()[1]", "hypertextlabels": inner["value"].pop("labels")}
    data = {"title": "t", "body": "A hit B", "n": 3}
    found = read(FORMAT, {**task(inner), "data": data})
    assert places(found) == [(6, 7, "X")]
    assert articles(found)[0].document.meta == {"title": "t", "n": 3}


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (region("a", 3, 99, "X"), "there is nothing from 3 to 99 in the text"),
        (region("a", 3, 2, "X"), "there is nothing from 3 to 2 in the text"),
        (region("a", 0, 1, "X", text="B"), "its words do not stand where it says"),
        (region("a", 0, 1), "it has no label"),
        (region("z", 0, 1, "X"), "there is another region z before it"),
        ({"type": "labels", "value": {"labels": ["X"]}}, "it has no start and end in the text"),
        ({"type": "labels"}, "it has no start and end in the text"),
        ({"type": "relation", "from_id": "q", "to_id": "z"}, "there is no region q"),
        ({"type": "relation", "from_id": "z", "to_id": "z"}, "it links a span to itself"),
        (
            {"type": "relation", "from_id": "z", "to_id": "z", "labels": [3]},
            "its labels are no texts",
        ),
        ({"type": "choices", "value": {"choices": ["pos"]}}, "it is about the whole article, so"),
        ({"type": "rectanglelabels"}, "it is of no known type"),
        (7, "it is of no known type"),
    ],
)
def test_what_is_wrong_is_named(item: Any, what: str) -> None:
    found = read(FORMAT, task(region("z", 6, 7, "X"), item))
    assert any(what in each for each in whats(found))
    assert places(found) == [(6, 7, "X")]


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ([3], "it is no JSON object"),
        ({"data": {"image": 3}}, "its data has no text"),
        ({"data": 3}, '"data" is no JSON object'),
        ({"data": {"text": "A"}, "annotations": 3}, '"annotations" is no list'),
        ({"data": {"text": "A"}, "annotations": [3], "predictions": [3]}, "it is no JSON object"),
        (b"{", "it is not JSON"),
        (b'[{"data": {"text"}}]', "it is not JSON"),
    ],
)
def test_a_task_that_is_none(value: Any, what: str) -> None:
    (found,) = whats(read(FORMAT, value))
    assert what in found


def test_odd_answers_are_left_alone() -> None:
    odd = {
        "id": "a",
        "type": "choices",
        "from_name": "",
        "value": {"start": 0, "end": 1, "choices": "x"},
    }
    bare = {**region("a", 0, 1, "X"), "meta": 3}
    assert articles(read(FORMAT, task(bare, odd)))[0].works[0].annotations[0].attributes == {}
    assert articles(read(FORMAT, {"data": {"text": "A"}, "annotations": [{"result": 3}]}))


@pytest.mark.parametrize("unit", [POINTS, UTF16])
def test_ours_there_and_back(unit: str) -> None:
    more = {"kind": "explicit", "tags": ["a", "b"], "low": 3, "words": "w", "who": "e", "new": "x"}
    one = work("ada")
    denial, actor = one.annotations
    one = replace(
        one, annotations=(replace(denial, attributes={**denial.attributes, **more}), actor)
    )
    whole = article(
        one, work("bert", role="machine"), work("gold", role="gold"), work("b", round_=2)
    )
    heads: list[Item] = [TagsetVersion(3, dumps(TAGSET)), Entity("e", "Baku")]
    data, lost = written(FORMAT, [*heads, whole, article(text="x")], unit=unit)
    assert lost == []
    found = read(FORMAT, data)
    assert [each.item for each in found if isinstance(each, Found)][:2] == heads
    again, bare = articles(found)
    assert bare == article(text="x")
    assert again.document == whole.document
    order = [whole.works[at] for at in (0, 2, 3, 1)]  # predictions stand behind annotations
    assert [each.layer for each in again.works] == [each.layer for each in order]
    for here, there in zip(again.works, order, strict=True):
        assert [replace(each, layer="") for each in here.annotations] == [
            replace(each, layer="") for each in there.annotations
        ]
        assert [replace(each, layer="") for each in here.relations] == [
            replace(each, layer="") for each in there.relations
        ]


def test_what_label_studio_finds_in_our_tasks() -> None:
    data, _ = written(
        FORMAT, [TagsetVersion(3, dumps(TAGSET)), article(work(), work("gold", role="gold"))]
    )
    (found,) = json.loads(data)
    assert found["data"]["text"] == TEXT
    first, gold = found["annotations"]
    assert (first["ground_truth"], gold["ground_truth"]) == (False, True)
    regions = [each for each in first["result"] if each["type"] == "labels"]
    for each in regions:
        value = each["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    (choice,) = [each for each in first["result"] if each["type"] == "choices"]
    assert (choice["id"], choice["value"]["choices"]) == (regions[0]["id"], ["explicit"])
    assert regions[0]["meta"]["text"] == ["mind the gap"]
    (link,) = [each for each in first["result"] if each["type"] == "relation"]
    assert (link["from_id"], link["to_id"]) == (regions[0]["id"], regions[1]["id"])
    names = {each["from_name"] for each in first["result"] if "from_name" in each}
    view = ElementTree.fromstring(config.configuration(TAGSET))
    assert names <= {each.get("name") for each in view.iter()}


def test_somebody_corrected_our_prediction() -> None:
    data, _ = written(FORMAT, [article(work("bert", role="machine"))])
    (found,) = json.loads(data)
    (guess,) = found["predictions"]
    found["annotations"] = [{"completed_by": 2, "result": guess["result"]}]
    person, machine = articles(read(FORMAT, [found]))[0].works
    assert (person.layer.annotator, machine.layer.annotator) == ("user-2", "bert")
    assert {each.id for each in person.annotations}.isdisjoint(
        each.id for each in machine.annotations
    )
    assert person.relations[0].source == person.annotations[0].id
    assert person.annotations[0].attributes == machine.annotations[0].attributes
    guess["annotator"]["role"] = "x"
    assert whats(read(FORMAT, [found])) == ['"role" is not one of annotator, machine, gold']


def test_whose_work_it_was_comes_back_from_an_account_of_label_studio() -> None:
    """There an annotation that was imported is the importer's; its data and number are kept."""
    gold = work("gold", role="gold")
    data, _ = written(FORMAT, [article(work("ada", state="open"), gold)])
    (found,) = json.loads(data)
    assert not any("completed_by" in each for each in found["annotations"])
    keys = ("result", "was_cancelled", "ground_truth")
    found["annotations"] = [
        {**{key: each[key] for key in keys}, "id": at, "import_id": each["id"], "completed_by": 1}
        for at, each in enumerate(found["annotations"], 50)
    ]
    made_there = {"id": found["annotations"][0]["import_id"], "import_id": None, "completed_by": 2}
    found["annotations"].append({**made_there, "result": []})
    back = read(FORMAT, [found])
    assert whose(back) == [
        ("ada", "annotator", "open", 1),
        ("gold", "gold", "done", 1),
        ("user-2", "annotator", "done", 1),
    ]
    again = articles(back)[0].works[1].annotations
    assert [replace(each, layer=gold.layer.id) for each in again] == list(gold.annotations)
    found["data"]["annotator"]["layers"] = []
    assert whose(read(FORMAT, [found]))[0] == ("user-1", "annotator", "done", 1)


def test_annotations_of_accounts() -> None:
    data, _ = written(FORMAT, [article(work("ada@x.org"))], people="accounts")
    (one,) = json.loads(data)[0]["annotations"]
    assert one["completed_by"] == {"email": "ada@x.org"}
    assert whose(read(FORMAT, json.loads(data))) == [("ada@x.org", "annotator", "done", 1)]


def test_the_labelling_configuration() -> None:
    stream = io.BytesIO()
    versions = [TagsetVersion(at, dumps(replace(TAGSET, version=at))) for at in (3, 2)]
    assert list(config.write(versions, stream)) == versions
    view = ElementTree.fromstring(stream.getvalue())
    assert [each.get("value") for each in view.iter("Label")] == ["denial", "actor"]
    assert [each.get("value") for each in view.iter("Relation")] == ["source"]
    assert [each.tag for each in view][2:] == ["Text", "Choices", "Choices", "Number", "TextArea"]
    assert [each.get("choice") for each in view.iter("Choices")] == ["single", "multiple"]
    stream = io.BytesIO()
    assert list(config.write([], stream)) == []
    assert b"<View>" in stream.getvalue()
    odd = ElementTree.fromstring(config.configuration(Tagset("", 1, (Label('\x02"<'),))))
    assert len(list(odd.iter("Label"))) == 1


def test_told_by_its_content() -> None:
    assert FORMAT.sniff is not None
    assert FORMAT.sniff(b"\xef\xbb\xbf" + json.dumps([task()]).encode(), "a.json")
    assert not FORMAT.sniff(b'{"annotations": []}', "a.json")
    assert not FORMAT.sniff(b'"annotations": [], "data": {}', "a.json")


def test_the_short_export() -> None:
    places_of = [{"start": 0, "end": 1, "text": "A"}, {"start": 6, "end": 7, "text": "B"}]
    first, last = places_of
    record = {
        "text": "A hit B",
        "topic": "war",
        "id": 7,
        "annotation_id": 9,
        "annotator": 3,
        "lead_time": 1.5,
        "label": [{**first, "labels": ["X"]}, {**last, "labels": ["Y"]}],
        "other": [{**first, "labels": ["Z"]}],
        "X.kind": [{**first, "choices": ["sure"]}, {"start": 2, "end": 3, "choices": ["no"]}],
        "mood": [{"start": 0}],
    }
    again = {**record, "annotation_id": 10, "annotator": 4, "label": [], "other": []}
    assert FORMAT.sniff
    assert FORMAT.sniff(json.dumps([record]).encode(), "a.json")
    assert not FORMAT.sniff(b'"annotation_id": 1', "a.json")
    found = read(FORMAT, [record, again])
    one, other = articles(found)
    assert one.document.text == other.document.text == "A hit B"
    assert one.document.meta == {"topic": "war", "mood": [{"start": 0}]}
    assert [each.layer.annotator for each in (*one.works, *other.works)] == ["user-3", "user-4"]
    marked = one.works[0].annotations
    assert [each.label for each in marked] == ["X", "Y", "Z"]
    assert marked[0].attributes == {"kind": "sure"}
    assert not marked[2].attributes


def test_two_people_of_the_short_export_are_layers_of_one_article(tmp_path: Path) -> None:
    region_ = {"start": 0, "end": 1, "text": "A", "labels": ["claim"]}
    people = [
        {"text": "A hit B", "id": 7, "annotation_id": who, "annotator": who, "label": [region_]}
        for who in (3, 4)
    ]
    (tmp_path / "a.json").write_text(json.dumps(people), encoding="utf-8")
    with Project.create(tmp_path / "p.db", who="ada") as project:
        report = bring(project, tmp_path / "a.json")
        assert report.annotations == 2
        (document,) = project.documents()
        names = [each.annotator for each in project.read.layers(document=document.id)]
        assert sorted(names) == ["user-3", "user-4"]


def test_two_annotations_of_one_account_are_its_rounds(tmp_path: Path) -> None:
    region_ = {"start": 0, "end": 1, "text": "A", "labels": ["claim"]}
    twice = [
        {"text": "A hit B", "id": 7, "annotation_id": id_, "annotator": 3, "label": [region_]}
        for id_ in (8, 9)
    ]
    (tmp_path / "a.json").write_text(json.dumps(twice), encoding="utf-8")
    with Project.create(tmp_path / "p.db", who="ada") as project:
        report = bring(project, tmp_path / "a.json")
        assert (report.annotations, report.problems) == (2, ())
        (document,) = project.documents()
        layers = project.read.layers(document=document.id)
        assert sorted((each.annotator, each.round) for each in layers) == [
            ("user-3", 1),
            ("user-3", 2),
        ]
