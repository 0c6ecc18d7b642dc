"""Label Studio's JSON: an array of tasks, with an annotation for each annotator."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Relation, TagsetVersion
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.formats import carried
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Item,
    Option,
    Options,
    Writing,
)
from annotator.formats.carried import KEY, Heads, Own
from annotator.formats.label_studio.reading import read
from annotator.formats.label_studio.results import LABELS, LAYERS, TEXT, answers, name_of
from annotator.formats.label_studio.short import MARK
from annotator.formats.units import POINTS, UTF16, counter_in

_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE
_TASK = re.compile(rb'"(annotations|completions|predictions)"\s*:\s*\[')
_SHORT = re.compile(rf'"{MARK}"\s*:'.encode())
_DATA = re.compile(rb'"data"\s*:\s*\{|"(completed_by|was_cancelled|from_name|model_version)"')
UNIT = Option(
    "unit", f"in which offsets count: {UTF16} for releases before 1.5", (POINTS, UTF16), POINTS
)
PEOPLE = Option(
    "people", "whose the annotations are in Label Studio: of who imports them, or of accounts, "
    "which must be there, with the annotators' names as addresses",
    ("importer", "accounts"), "importer",
)  # fmt: skip


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with a task: data, and annotations or predictions of it.

    In the short form (short.py) an annotation is a record by itself, with its results.
    """
    first = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not first.startswith((b"[", b"{")):
        return False
    return bool(_TASK.search(head) and _DATA.search(head)) or bool(_SHORT.search(head))


def write(items: Iterable[Item], stream: BinaryIO, options: Options = NO_OPTIONS) -> Writing:
    """Write a task for each article, and give each item back when it is written."""
    heads, number, tagset = Heads(_KEEPS), 0, Tagset("")
    unit = options.get(UNIT.name, UNIT.default)
    named = options.get(PEOPLE.name, PEOPLE.default) == "accounts"
    stream.write(b"[")
    for item in items:
        if isinstance(item, Article):
            number += 1
            own = {**heads.records(), **carried.of_article(item)}
            task = _task(item, own, number, _Shown(item.document.text, tagset, unit), named=named)
            text = json.dumps(task, ensure_ascii=False, allow_nan=False)
            stream.write(b",\n" * (number > 1) + text.encode())
        else:
            heads.take(item)
            if isinstance(item, TagsetVersion):
                tagset = loads(item.toml)
        yield item
    stream.write(b"]\n")
    yield from heads.lost()


def _task(
    article: Article, own: Own, number: int, shown: "_Shown", *, named: bool
) -> dict[str, Any]:
    people = [each for each in article.works if each.layer.role != "machine"]
    machines = [each for each in article.works if each.layer.role == "machine"]
    ids = [number * 1_000 + at for at in range(len(people))]
    if people:
        # Here, for Label Studio drops what it doesn't know of an annotation, but keeps its data.
        layers = (carried.of_layer(work.layer) for work in people)
        own = {**own, LAYERS: dict(zip(map(str, ids), layers, strict=True))}
    return {
        "id": number,
        "annotations": [
            {
                "id": id_,
                **({"completed_by": {"email": work.layer.annotator}} if named else {}),
                "was_cancelled": work.layer.state == "question",
                "ground_truth": work.layer.role == "gold",
                "result": list(shown.result(work)),
            }
            for id_, work in zip(ids, people, strict=True)
        ],
        "predictions": [
            {
                "model_version": work.layer.annotator,
                KEY: carried.of_layer(work.layer),
                "result": list(shown.result(work)),
            }
            for work in machines
        ],
        # Behind the rest: a long text would hide from a look at the first bytes what file this is.
        "data": {KEY: own, TEXT: article.document.text},
    }


class _Shown:
    """The annotations and relations of an article as items of results."""

    def __init__(self, text: str, tagset: Tagset, unit: str) -> None:
        self._text = text
        self._tagset = tagset
        self._count = counter_in(text, unit)

    def result(self, work: Work) -> Iterator[dict[str, Any]]:
        """The items of one layer."""
        for annotation in work.annotations:
            yield from self._region(annotation)
        yield from map(_link, work.relations)

    def _region(self, each: Annotation) -> Iterator[dict[str, Any]]:
        span = each.envelope
        place = {"start": self._count(span.start), "end": self._count(span.end)}
        said = list(answers(each.label, each.attributes, self._tagset))
        told = {item["from_name"] for item in said}
        kept = {
            name: value
            for name, value in each.attributes.items()
            if name_of(each.label, name) not in told
        }
        meta: dict[str, Any] = {KEY: carried.of_annotation(each, kept)}
        if each.note:
            meta["text"] = [each.note]
        common = {"id": each.id, "to_name": TEXT}
        value = {**place, "text": span.of(self._text), "labels": [each.label]}
        yield {**common, "from_name": LABELS, "type": "labels", "value": value, "meta": meta}
        for item in said:
            yield {**common, **item, "value": {**place, **item["value"]}}


def _link(each: Relation) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": each.source,
        "to_id": each.target,
        "direction": "right",
        "labels": [each.type],
        KEY: carried.of_relation(each),
    }


FORMAT = Format(
    "label-studio",
    "Label Studio's JSON, a task an article with an annotation for each annotator; what it has no "
    f'place for stands under "{KEY}"',
    (".json",),
    _KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    writing=(UNIT, PEOPLE),
    local_ids=True,
)
