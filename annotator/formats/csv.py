"""Three tables in a folder for spreadsheets, R and pandas: articles, spans and relations.

UTF-8, one row a value, CRLF as RFC 4180 has it. Offsets are code points; attributes are JSON.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.core.model import Annotation, Entity, Layer, Relation
from annotator.formats.base import NO_OPTIONS, Article, Format, Item, Options, Writing

TABLES: Mapping[str, tuple[str, ...]] = {
    "documents": (
        *(
            "id",
            "title",
            "text",
            "sha256",
            "source",
            "url",
            "published",
            "language",
            "note",
            "meta",
        ),
    ),
    "spans": (
        *("id", "document", "annotator", "role", "round", "state", "label", "start", "end"),
        *("fragments", "quote", "attributes", "entities", "note", "meta"),
    ),
    "relations": (
        *("id", "document", "annotator", "role", "round", "type"),
        *("source", "target", "attributes"),
    ),
}
"""The files, without .csv, and their columns. `start` and `end` are the envelope, `fragments` the
spans where there are several, `entities` the names of the entities in the attributes."""


def write(items: Iterable[Item], folder: Path, _options: Options = NO_OPTIONS) -> Writing:
    """Write items into the three files of a folder, and give each back when it is written."""
    names: dict[str, str] = {}
    with ExitStack() as stack:
        tables = {}
        for name, columns in TABLES.items():
            path = folder / f"{name}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            tables[name] = csv.writer(file)
            tables[name].writerow(columns)
        for item in items:
            if isinstance(item, Entity):
                names[item.id] = item.name
            if isinstance(item, Article):
                for name, rows in _rows(item, names).items():
                    tables[name].writerows(rows)
            yield item


def _rows(article: Article, names: Mapping[str, str]) -> dict[str, Iterable[tuple[Any, ...]]]:
    each = article.document
    texts = (each.source, each.url, each.published, each.language, each.note)
    return {
        "documents": [(each.id, each.title, each.text, each.sha256, *texts, _json(each.meta))],
        "spans": (
            _span_row(work.layer, annotation, each.text, names)
            for work in article.works
            for annotation in work.annotations
        ),
        "relations": (
            _relation_row(work.layer, relation)
            for work in article.works
            for relation in work.relations
        ),
    }


def _span_row(
    layer: Layer, each: Annotation, text: str, names: Mapping[str, str]
) -> tuple[Any, ...]:
    spans = [[span.start, span.end] for span in each.spans]
    return (
        *(each.id, layer.document, layer.annotator, layer.role, layer.round, layer.state),
        *(each.label, each.envelope.start, each.envelope.end),
        *(_json(spans) if len(spans) > 1 else "", each.quote(text), _json(each.attributes)),
        *("; ".join(_names(each.attributes, names)), each.note, _json(each.meta)),
    )


def _relation_row(layer: Layer, each: Relation) -> tuple[Any, ...]:
    ends = (each.type, each.source, each.target, _json(each.attributes))
    return (each.id, layer.document, layer.annotator, layer.role, layer.round, *ends)


def _names(attributes: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for value in attributes.values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, str) and each in names:
                yield names[each]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


FORMAT = Format(
    "csv",
    "three tables: articles, spans, relations; the register of actors by its names only",
    (".csv",),
    frozenset(
        {
            "articles",
            "article details",
            "annotations",
            "annotations in several fragments",
            "attributes",
            "notes",
            "relations",
        }
    ),
    to_folder=write,
)
