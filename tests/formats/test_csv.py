"""The tables: what Python's own reader finds in them is what was written."""

import csv
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, Value
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.formats import csv as tables
from annotator.formats.base import Item
from annotator.formats.csv_reader import TABLES
from tests.corpora import corpora
from tests.formats.test_jsonl import items_of
from tests.strategies import document_of


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table."""
    csv.field_size_limit(sys.maxsize)
    found = {}
    for name in TABLES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file, strict=True))
    return found


def written(items: list[Item]) -> dict[str, list[dict[str, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        assert list(tables.write(items, Path(folder))) == items
        return read(Path(folder))


def loaded(text: str) -> Any:
    return json.loads(text) if text else {}


@given(corpora())
def test_every_field_is_found_again(corpus: tuple[Tagset, list[Value]]) -> None:
    values = corpus[1]
    found = written(items_of(*corpus))
    texts = {each.id: each for each in values if isinstance(each, Document)}
    assert [Document(**{**row, "meta": loaded(row["meta"])}) for row in found["documents"]] == list(
        texts.values()
    )
    layers = {each.id: each for each in values if isinstance(each, Layer)}
    for row, each in zip(
        found["spans"], (each for each in values if isinstance(each, Annotation)), strict=True
    ):
        layer = layers[each.layer]
        envelope = Span(int(row["start"]), int(row["end"]))
        pairs = loaded(row["fragments"]) or [[envelope.start, envelope.end]]
        assert tuple(Span(*pair) for pair in pairs) == each.spans
        assert envelope == each.envelope
        assert row["quote"] == each.quote(texts[layer.document].text)
        assert (row["id"], row["label"], row["note"]) == (each.id, each.label, each.note)
        assert (loaded(row["attributes"]), loaded(row["meta"])) == (each.attributes, each.meta)
        assert (row["document"], row["annotator"]) == (layer.document, layer.annotator)
        assert (row["role"], row["round"], row["state"]) == (
            *(layer.role, str(layer.round), layer.state),
        )
    for row, link in zip(
        found["relations"], (each for each in values if isinstance(each, Relation)), strict=True
    ):
        assert (row["id"], row["type"], row["source"]) == (link.id, link.type, link.source)
        assert (row["target"], loaded(row["attributes"])) == (link.target, link.attributes)


def test_entities_are_named() -> None:
    article = document_of("Baku and Yerevan")
    layer = Layer.of(article.id, "ada")
    attributes = {"entity": ["1", "2", "x"], "whose": "2", "low": 3}
    annotation = Annotation("a", layer.id, (Span(0, 16),), "actor", attributes)
    found = written(
        [
            Entity("1", "Azerbaijan"),
            Entity("2", "Armenia"),
            Article(article, (Work(layer, (annotation,)),)),
        ]
    )
    assert found["spans"][0]["entities"] == "Azerbaijan; Armenia; Armenia"


def test_a_field_may_be_larger_than_the_reader_expects() -> None:
    article = document_of('a "quoted", long\n' * 20_000)
    assert written([Article(article)])["documents"][0]["text"] == article.text
