"""Tables in a folder for spreadsheets, R and pandas: articles, spans, relations, entities.

UTF-8, one row a value, CRLF as RFC 4180 has it. Offsets are code points; attributes are JSON.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.core.article import Article
from annotator.core.model import Annotation, Entity, Layer, Relation
from annotator.formats.base import ENCODING, NO_OPTIONS, Format, Item, Option, Options, Writing
from annotator.formats.csv_reader import (
    ENTITIES,
    ESCAPED,
    SEPARATORS,
    SUFFIXES,
    TABLES,
    read,
    sniff,
)

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula, or what was escaped as one."""
_NAMES = "spans", "relations", "entities"


def write(items: Iterable[Item], folder: Path, options: Options = NO_OPTIONS) -> Writing:
    """Write items into the three files of a folder, and give each back when it is written.

    Where there are entities, a fourth holds them.
    """
    names: dict[str, str] = {}
    with ExitStack() as stack:
        sheets = {name: _sheet(folder, name, options, stack) for name in TABLES}
        for item in items:
            if isinstance(item, Entity):
                if not names:
                    sheets["entities"] = _sheet(folder, "entities", options, stack)
                names[item.id] = item.name
                sheets["entities"](_entity_row(item))
            if isinstance(item, Article):
                for name, rows in _rows(item, names).items():
                    for row in rows:
                        sheets[name](row)
            yield item


def _sheet(
    folder: Path, name: str, options: Options, stack: ExitStack
) -> Callable[[tuple[Any, ...]], object]:
    """What writes a row into a new file, whose columns are written."""
    kind = options.get("separator", "comma")
    encoding = "utf-8-sig" if options.get("bom") == "yes" else "utf-8"
    path = folder / f"{name}{SUFFIXES[kind]}"
    file = stack.enter_context(path.open("w", encoding=encoding, newline=""))
    sheet = csv.writer(file, delimiter=SEPARATORS[kind])
    columns = TABLES.get(name, ENTITIES)
    if options.get("formulas") != "escaped":
        sheet.writerow(columns)
        return sheet.writerow
    sheet.writerow((*columns, ESCAPED))
    return lambda row: sheet.writerow(_escaped(columns, row))


def _escaped(columns: Iterable[str], row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row with an apostrophe before what looks like a formula, and the names of those columns."""
    found = [isinstance(cell, str) and bool(_FORMULA.match(cell)) for cell in row]
    cells = (f"'{cell}" if is_one else cell for cell, is_one in zip(row, found, strict=True))
    names = (column for column, is_one in zip(columns, found, strict=True) if is_one)
    return (*cells, " ".join(names))


def _entity_row(each: Entity) -> tuple[Any, ...]:
    return each.id, each.name, _json(list(each.aliases)), each.side, each.type


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
        *(
            _json(spans) if len(spans) > 1 else "",
            each.quote(text) if text else "",
            _json(each.attributes),
        ),
        *("; ".join(entity_names(each.attributes, names)), each.note, _json(each.meta)),
    )


def _relation_row(layer: Layer, each: Relation) -> tuple[Any, ...]:
    ends = (each.type, each.source, each.target, _json(each.attributes))
    return (each.id, layer.document, layer.annotator, layer.role, layer.round, *ends)


def entity_names(attributes: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """The names of the entities in attributes; `names` gives them by id."""
    for value in attributes.values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, str) and each in names:
                yield names[each]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


FORMAT = Format(
    "csv",
    "tables of articles, spans and relations, and of actors where there are any",
    tuple(SUFFIXES.values()),
    frozenset(
        {
            "articles",
            "article details",
            "annotations",
            "annotations in several fragments",
            "attributes",
            "notes",
            "relations",
            "entities",
        }
    ),
    read=read,
    to_folder=write,
    sniff=sniff,
    reading=(ENCODING,),
    writing=(
        Option(
            "separator", "of the cells; with tabs the files end in .tsv", ("comma", "tab"), "comma"
        ),
        Option("bom", "a byte order mark, by which Excel knows UTF-8", ("no", "yes"), "no"),
        Option(
            "formulas",
            "cells that a spreadsheet would compute: as they are, or behind an apostrophe",
            ("plain", "escaped"),
            "plain",
        ),
    ),
    textless=True,
)
