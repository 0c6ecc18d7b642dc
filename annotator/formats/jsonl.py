"""The own format: one JSON record a line, one article a record, nothing lost.

The records are described in resources/schemas/annotator-jsonl.schema.json. Offsets are code points.
"""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    Relation,
    Setting,
    TagsetVersion,
)
from annotator.formats.base import FEATURES, NO_OPTIONS, Format, Item, Options, Writing
from annotator.formats.jsonl_reader import NAME, VERSION, read, sniff

# Values hold no circles; looking for them takes a tenth of the time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False)
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write items, one record a line, and give each back when it is written."""
    stream.write(line({"record": "corpus", "format": NAME, "version": VERSION}))
    for item in items:
        stream.write(line_of(item))
        yield item


def line_of(item: Item) -> bytes:
    """The record of an item, with its line end."""
    return line(record_of(item))


def line(record: dict[str, Any]) -> bytes:
    """A record as one line, for every way to tell lines apart."""
    text = _ENCODER.encode(record)
    # Whoever reads with `str.splitlines` finds one record a line all the same.
    for end, escape in _LINE_ENDS.items():
        text = text.replace(end, escape)
    return text.encode() + b"\n"


def record_of(item: Item) -> dict[str, Any]:
    """An item as JSON has it."""
    match item:
        case Setting():
            return {"record": "setting", "key": item.key, "value": item.value}
        case TagsetVersion():
            return {"record": "tagset", "version": item.version, "toml": item.toml}
        case Annotator():
            return {
                "record": "annotator",
                "name": item.name,
                "display": item.display,
                "color": item.color,
            }
        case Entity():
            return {
                "record": "entity",
                "id": item.id,
                "name": item.name,
                "aliases": list(item.aliases),
                "side": item.side,
                "type": item.type,
            }
        case _:
            return _article_record(item)


def _article_record(article: Article) -> dict[str, Any]:
    document = article.document
    return {
        "record": "document",
        "id": document.id,
        "title": document.title,
        **({} if document.withheld else {"text": document.text}),
        "sha256": document.sha256,
        "source": document.source,
        "url": document.url,
        "published": document.published,
        "language": document.language,
        "note": document.note,
        "meta": document.meta,
        "layers": [_layer_record(work, document) for work in article.works],
        "decisions": [decision_record(each) for each in article.decisions],
    }


def _layer_record(work: Work, document: Document) -> dict[str, Any]:
    layer, first = work.layer, work.first_pass
    text = None if document.withheld else document.text
    return {
        "id": layer.id,
        "annotator": layer.annotator,
        "role": layer.role,
        "round": layer.round,
        "state": layer.state,
        "tagset": layer.tagset,
        "meta": layer.meta,
        **_inside(work.annotations, work.relations, text),
        **({"first_pass": _inside(first.annotations, first.relations, text)} if first else {}),
        **({"seconds": work.seconds} if work.seconds else {}),
    }


def _inside(
    annotations: Iterable[Annotation], relations: Iterable[Relation], text: str | None
) -> dict[str, Any]:
    """What is in a layer; without the words where the text (None) is withheld."""
    rows = [
        {
            "id": each.id,
            "spans": [[span.start, span.end] for span in each.spans],
            "quote": [text[span.start : span.end] for span in each.spans] if text else None,
            "label": each.label,
            "attributes": each.attributes,
            "note": each.note,
            "meta": each.meta,
        }
        for each in annotations
    ]
    if text is None:
        for row in rows:
            del row["quote"]
    return {
        "annotations": rows,
        "relations": [
            {
                "id": each.id,
                "type": each.type,
                "source": each.source,
                "target": each.target,
                "attributes": each.attributes,
            }
            for each in relations
        ],
    }


def decision_record(each: Decision) -> dict[str, Any]:
    """A decision as JSON has it."""
    return {
        "id": each.id,
        "seen": each.seen,
        "action": each.action,
        "outcome": each.outcome,
        "by": each.by,
        "reason": each.reason,
        "comment": each.comment,
        "confidence": each.confidence,
        "guideline_gap": each.guideline_gap,
        "supersedes": each.supersedes,
    }


FORMAT = Format(
    "jsonl",
    "one article a line with all its layers; keeps everything but the journal",
    (".jsonl",),
    frozenset(FEATURES),
    read=read,
    to_stream=write,
    sniff=sniff,
    textless=True,
)
