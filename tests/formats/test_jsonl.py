"""The own format: every value there and back, and what is broken is named and left out."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from annotator import paths
from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import ACTIONS, Annotator, Decision, Entity, Setting, TagsetVersion, Value
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import jsonl, jsonl_reader
from annotator.formats.base import Found, Item, Problem, Source
from tests.corpora import HEAD, annotation, corpora, document, layer

DEEP: dict[str, Any] = {}
for _ in range(60):
    DEEP = {"a": [DEEP]}


def items_of(tagset: Tagset, values: list[Value]) -> list[Item]:
    """Values as a format has them: annotations and decisions inside their articles."""
    items: list[Item] = [TagsetVersion(tagset.version, dumps(tagset))]
    articles: list[Article] = []
    for value in values:
        match value:
            case Setting() | Annotator() | Entity():
                items.append(value)
            case _:
                articles = grown(articles, value)
    return [*items, *articles]


def grown(articles: list[Article], value: Any) -> list[Article]:
    last = articles[-1] if articles else Article(value)
    works = last.works
    match type(value).__name__:
        case "Document":
            return [*articles, Article(value)]
        case "Layer":
            works = (*works, Work(value))
        case "Annotation":
            work = works[-1]
            works = (*works[:-1], replace(work, annotations=(*work.annotations, value)))
        case "Relation":
            work = works[-1]
            works = (*works[:-1], replace(work, relations=(*work.relations, value)))
        case "FirstPass":
            works = (*works[:-1], replace(works[-1], first_pass=value))
        case "TimeSpent":
            works = (*works[:-1], replace(works[-1], seconds=value.seconds))
    decisions = (*last.decisions, value) if isinstance(value, Decision) else last.decisions
    return [*articles[:-1], Article(last.document, works, decisions)]


def written(items: list[Item]) -> bytes:
    stream = io.BytesIO()
    assert list(jsonl.write(items, stream)) == items
    return stream.getvalue()


def found(data: bytes) -> list[Any]:
    return list(jsonl_reader.read(Source("c.jsonl", stream=io.BytesIO(data))))


def problems(data: bytes) -> list[tuple[str, str]]:
    return [(each.where, each.what) for each in found(data) if isinstance(each, Problem)]


def articles(data: bytes) -> list[Article]:
    return [
        each.item
        for each in found(data)
        if isinstance(each, Found) and isinstance(each.item, Article)
    ]


@given(corpora())
def test_what_is_written_is_read(corpus: tuple[Tagset, list[Value]]) -> None:
    items = items_of(*corpus)
    data = written(items)
    assert [each.item for each in found(data)] == items
    assert len(data.decode().splitlines()) == len(items) + 1  # for readers that use splitlines
    assert jsonl_reader.sniff(data[:1000])


def test_sample_is_read_and_written_as_it_stands() -> None:
    for name in ("sample", "gold"):
        data = (paths.resources() / "sample" / f"{name}.jsonl").read_bytes()
        items = [each.item for each in found(data)]
        records = [json.loads(line) for line in data.splitlines()]
        again = [json.loads(line) for line in written(items).split(b"\n") if line]
        for record in records:
            if record["record"] == "tagset":
                record["version"] = 1
        assert again == records


def test_where_an_article_was_found() -> None:
    data = b"\n" + json.dumps(HEAD).encode() + b"\n\n" + json.dumps(document()).encode() + b"\n"
    (each,) = found(data)
    assert each.where == "c.jsonl, line 4"
    assert each.at == len(data)


def test_defaults() -> None:
    (article,) = articles(b'{"record": "document", "text": "A.\\nB."}')
    assert article.document.title == "A."
    assert article.document.id
    assert len(article.document.sha256) == 64
    (article,) = articles(json.dumps(document(layer())).encode())
    assert article.works[0].layer.state == "done"


def test_byte_order_mark_and_crlf() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(HEAD).encode() + b"\r\n" + json.dumps(document()).encode()
    assert jsonl_reader.sniff(data)
    assert len(found(data + b"\r\n")) == 1


@pytest.mark.parametrize(
    ("head", "ours"),
    [
        (b'{"record": "corpus"}', True),
        (b'\n {"a": 1, "record": "corpus"}', True),
        (b'{"a": {"b": [{}]}, "record" : "corpus"}', True),
        (b'{"a": "\\"{", "record": "corpus"}', True),
        (b'{"text": "", "own": {"before": [{"record": "corpus"}]}}', False),
        (b'{"text": "\\"record\\": "}', False),
        (b'{"a": 1}\n{"record": "corpus"}', False),
        (b'"record"', False),
        (b"", False),
    ],
)
def test_sniff(head: bytes, ours: bool) -> None:
    assert jsonl_reader.sniff(head) is ours


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b'{"record": "document"}', 'it has no "text"'),
        (b'{"record": "entity", "id": "\xff"}', "is not UTF-8"),
        (b"[1]", "it is no JSON object"),
        (b"{} {}", "column 4"),
        (b'{"record": "x"}', '"x" is no kind of record'),
        (b'{"record": 1}', '"record" is not a text'),
        (b'{"record": "entity", "id": "a", "id": "b"}', 'the field "id" twice'),
        (b'{"record": "document", "text": "a", "meta": {"a": NaN}}', "NaN is no JSON value"),
        (b'{"record": "document", "text": "a", "meta": {"a": 1e999}}', "1e999 is too large"),
        (b'{"record": "document", "text": "a", "meta": {"a": 1%s}}' % (b"0" * 5000), "not JSON"),
        (b'{"record": "document", "text": "a", "meta": {"a": "\\ud800"}}', "surrogate"),
        (b'{"record": "document", "text": "a", "meta": {"\\u0000": [1]}}', "NUL"),
        (b'{"record": "document", "text": "a\\r\\nb"}', "not canonical"),
        (b'{"record": "document", "text": "a\\u2028b"}', "not canonical"),
        (b'{"record": "document", "text": "a", "sha256": "0"}', "the hash"),
        (b'{"record": "document", "text": "a", "colour": 1}', 'an unknown field "colour"'),
        (b'{"record": "document", "text": "a", "meta": []}', '"meta" is no JSON object'),
        (b'{"record": "document", "text": "a", "layers": {}}', '"layers" is no list'),
        (b'{"record": "document", "text": "a", "id": ""}', '"id" is empty'),
        (b'{"record": "entity", "id": "a", "name": "b", "aliases": [1]}', "no list of texts"),
        (b'{"record": "tagset", "toml": "label = 1"}', "it holds no tag set: In the tag set"),
        (b'{"record": "tagset", "toml": "version = 2", "version": 3}', "not the one in its TOML"),
        (b'{"record": "setting", "key": "", "value": ""}', '"key" is empty'),
        (b'{"record": "corpus", "format": "annotator-jsonl", "version": true}', "whole number"),
        (b"[" * 100_000, "nested too deeply"),
        (json.dumps(document(meta=DEEP)).encode(), '"meta" is nested too deeply'),
    ],
)
def test_record_that_is_broken(line: bytes, what: str) -> None:
    good = json.dumps(document()).encode()
    ((where, said),) = problems(b"\n".join((good, line, good)))
    assert what in said
    assert where == "c.jsonl, line 2"


def test_file_that_was_cut_off() -> None:
    good = json.dumps(document()).encode()
    ((where, said),) = problems(good + b"\n" + good[:50])
    assert where == "c.jsonl, line 2"
    assert said.endswith("the file may have been cut off here")


def test_good_records_around_a_broken_one() -> None:
    good = [json.dumps(document(id_=id_)).encode() for id_ in "ab"]
    data = b"\n".join((good[0], b"{broken", good[1]))
    assert [each.document.id for each in articles(data)] == ["a", "b"]
    assert [where for where, _ in problems(data)] == ["c.jsonl, line 2"]


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (annotation("x", 5, 5), "no span from 5 to 5"),
        (annotation("x", -1, 5), "no span from -1 to 5"),
        (annotation("x", 0, 500, quote=["Yerevan"]), "beyond the"),
        ({"id": "x", "label": "actor", "spans": []}, "it has no span"),
        ({"id": "x", "label": "actor"}, "it has no span"),
        ({"id": "x", "label": "actor", "spans": [[0, 4, 5]]}, "pairs of whole numbers"),
        ({"id": "x", "label": "actor", "spans": [[0, True]]}, "pairs of whole numbers"),
        ({"id": "x", "label": "actor", "spans": [[0, 1.0]]}, "pairs of whole numbers"),
        (annotation("x", 0, 7, quote=["Erevan"]), "its quote is not what the text has"),
        (annotation("x", 0, 7, color="red"), 'an unknown field "color"'),
        (annotation("x", 0, 7, label=""), '"label" is empty'),
        ({"spans": [[0, 7]], "label": "actor"}, 'it has no "id"'),
        ("x", "it is no JSON object"),
    ],
)
def test_annotation_that_is_broken(broken: Any, what: str) -> None:
    good = annotation("y", 0, 7, quote=["Yerevan"])
    data = json.dumps(document(layer(broken, good))).encode()
    ((where, said),) = problems(data)
    assert what in said
    assert where.startswith("c.jsonl, line 1, layer 1, annotation 1")
    assert [each.id for each in articles(data)[0].works[0].annotations] == ["y"]


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (layer(id="x"), "its id is not the one"),
        (layer(role="boss"), '"role" is not one of'),
        (layer(state=None), '"state" is not one of'),
        (layer(round=0), '"round" is not a whole number'),
        (layer(tagset=1 << 70), '"tagset" is not a whole number'),
        (layer(speed=1), 'an unknown field "speed"'),
        (layer(annotator=""), '"annotator" is empty'),
        (7, "it is no JSON object"),
    ],
)
def test_layer_that_is_broken(broken: Any, what: str) -> None:
    data = json.dumps(document(broken, layer())).encode()
    ((where, said),) = problems(data)
    assert what in said
    assert where == "c.jsonl, line 1, layer 1"
    assert [each.layer.annotator for each in articles(data)[0].works] == ["ada"]


def test_relation_and_decision_that_are_broken() -> None:
    broken = layer(relations=[{"id": "r", "type": "source", "source": "x"}])
    decisions = [{"id": "d", "action": "win"}, {"id": "e", "action": "none", "guideline_gap": 1}]
    data = json.dumps(document(broken, decisions=decisions)).encode()
    assert problems(data) == [
        ("c.jsonl, line 1, layer 1, relation 1 (r)", 'it has no "target"'),
        (
            "c.jsonl, line 1, decision 1 (d)",
            f'"action" is not one of {", ".join(ACTIONS)}',
        ),
        ("c.jsonl, line 1, decision 2 (e)", '"guideline_gap" is neither true nor false'),
    ]


def test_record_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_reader, "LIMIT", 200)
    good = json.dumps(document(text="a")).encode()
    data = b"\n".join((good, b"x" * 1000, good, b"y" * 900))
    assert len(articles(data)) == 2
    assert [where for where, _ in problems(data)] == ["c.jsonl, line 2", "c.jsonl, line 4"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({**HEAD, "version": 2}, "was written by a newer version"),
        ({**HEAD, "format": "prodigy"}, 'is of the format "prodigy"'),
    ],
)
def test_file_that_is_refused(head: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        found(json.dumps(head).encode())


def test_schema_describes_the_records() -> None:
    schema = json.loads(
        (paths.resources() / "schemas" / "annotator-jsonl.schema.json").read_text("utf-8")
    )
    kinds = schema["$defs"]
    sample = (paths.resources() / "sample" / "sample.jsonl").read_text("utf-8")
    for line in sample.split("\n")[:-1]:
        record = json.loads(line)
        require(kinds, kinds[record["record"]], record)
    for kind in ("corpus", "setting", "tagset", "annotator", "entity", "document"):
        assert problems(json.dumps({"record": kind, "colour": "red"}).encode())


def require(kinds: dict[str, Any], shape: dict[str, Any], value: Any) -> None:
    """A small part of JSON Schema: enough to hold the sample against ours."""
    if "$ref" in shape:
        shape = kinds[shape["$ref"].rpartition("/")[2]]
    if "const" in shape:
        assert value == shape["const"]
    if "enum" in shape:
        assert value in shape["enum"]
    types = {"string": str, "object": dict, "array": list, "integer": int, "boolean": bool}
    if "type" in shape:
        assert isinstance(value, types[shape["type"]])
    if isinstance(value, dict) and "properties" in shape:
        assert set(shape["required"]) <= set(value) <= set(shape["properties"])
        for name, each in value.items():
            require(kinds, shape["properties"][name], each)
    if isinstance(value, list) and isinstance(shape.get("items"), dict):
        for each in value:
            require(kinds, shape["items"], each)


def test_what_is_broken_in_a_first_pass_is_named() -> None:
    torn = {"annotations": [annotation("a", 0, 7), annotation("b", 5, 5)], "relations": [{}]}
    line = json.dumps(document(layer(first_pass=torn)))
    assert [where for where, _ in problems(line.encode())] == [
        "c.jsonl, line 1, layer 1, first pass, annotation 2 (b)",
        "c.jsonl, line 1, layer 1, first pass, relation 1",
    ]
    wrong: tuple[dict[str, Any], ...] = (
        {"first_pass": {"colour": "red"}},
        {"first_pass": []},
        {"seconds": -1},
    )
    for bad in wrong:
        ((where, _),) = problems(json.dumps(document(layer(**bad))).encode())
        assert where == "c.jsonl, line 1, layer 1"
