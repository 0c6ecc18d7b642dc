"""W3C Web Annotations as JSON-LD: an array with a collection for each article.

A collection's page holds the annotations of all layers; each has its creator, and a place in the
text by position and by quotation. The text and what the model has no place for stand under a key
of ours, which the context declares to be JSON.
"""

import codecs
import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.ids import is_ours
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.span import Span
from annotator.formats import carried
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Item,
    Options,
    Writing,
)
from annotator.formats.carried import KEY, Heads, Own
from annotator.formats.web_annotation.quotes import around
from annotator.formats.web_annotation.reading import URN, read

_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE
_ANNO = "http://www.w3.org/ns/anno.jsonld"
_CONTEXT = [_ANNO, {KEY: {"@id": f"https://annotator.invalid/ns#{KEY}", "@type": "@json"}}]
_NAMED = re.compile(rf'"@context"\s*:\s*(?:\[[^\]]*)?"{re.escape(_ANNO)}"'.encode())


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with JSON that names the context of Web Annotations."""
    first = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return first.startswith((b"[", b"{")) and _NAMED.search(head) is not None


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write a collection for each article, and give each item back when it is written."""
    heads, number = Heads(_KEEPS), 0
    stream.write(b"[")
    for item in items:
        if isinstance(item, Article):
            number += 1
            text = json.dumps(_collection(item, heads.records()), ensure_ascii=False)
            stream.write(b",\n" * (number > 1) + text.encode())
        else:
            heads.take(item)
        yield item
    stream.write(b"]\n")
    yield from heads.lost()


def _collection(article: Article, before: Own) -> dict[str, Any]:
    document = article.document
    id_ = _urn(document.id)
    items = [each for at, work in enumerate(article.works) for each in _items(document, work, at)]
    own = {
        **before,
        **carried.of_article(article),
        "layers": [carried.of_layer(work.layer) for work in article.works],
        "text": document.text,
    }
    return {
        "@context": _CONTEXT,
        "id": f"{id_}#annotations",
        "type": "AnnotationCollection",
        "label": document.title,
        "total": len(items),
        "first": {
            "id": f"{id_}#page-1",
            "type": "AnnotationPage",
            "partOf": f"{id_}#annotations",
            "startIndex": 0,
            "items": items,
        },
        KEY: own,
    }


def _urn(id_: str) -> str:
    """The address of a value of ours."""
    return f"{URN}{id_}" if is_ours(id_) else id_


def _items(document: Document, work: Work, at: int) -> Iterable[dict[str, Any]]:
    creator = _creator(work.layer)
    for each in work.annotations:
        yield {
            "id": _urn(each.id),
            "type": "Annotation",
            "motivation": "classifying",
            "creator": creator,
            "body": _bodies(each),
            "target": [_target(document, span) for span in each.spans],
            KEY: _own(at, each.attributes, each.meta),
        }
    for link in work.relations:
        yield _link(link, creator, at)


def _creator(layer: Layer) -> dict[str, str]:
    kind = "Software" if layer.role == "machine" else "Person"
    return {"type": kind, "nickname": layer.annotator}


def _own(at: int, attributes: Any, meta: Any) -> dict[str, Any]:
    """What an annotation carries: the number of its layer in the collection, from 0, and more."""
    found = {"attributes": attributes, "meta": meta}
    return {"layer": at, **{key: value for key, value in found.items() if value}}


def _bodies(each: Annotation) -> list[dict[str, str]]:
    """The label, then the attributes for people to read, then the note."""
    found = [_words("tagging", each.label)]
    for name, value in each.attributes.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        found.append(_words("describing", f"{name}: {shown}"))
    return [*found, _words("commenting", each.note)] if each.note else found


def _words(purpose: str, words: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": words}


def _target(document: Document, span: Span) -> dict[str, Any]:
    prefix, suffix = around(document.text, span)
    return {
        "source": document.url or _urn(document.id),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(document.text),
                "prefix": prefix,
                "suffix": suffix,
            },
        ],
    }


def _link(each: Relation, creator: dict[str, str], at: int) -> dict[str, Any]:
    """An annotation on the relation's source, whose body is the target."""
    return {
        "id": _urn(each.id),
        "type": "Annotation",
        "motivation": "linking",
        "creator": creator,
        "body": [
            _words("tagging", each.type),
            {"type": "SpecificResource", "purpose": "linking", "source": _urn(each.target)},
        ],
        "target": _urn(each.source),
        KEY: _own(at, each.attributes, {}),
    }


FORMAT = Format(
    "web-annotation",
    "W3C Web Annotations as JSON-LD, a collection for each article; its text and what the model "
    f'has no place for stand under "{KEY}"',
    (".jsonld", ".json"),
    _KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    local_ids=True,
)
