"""Articles as the columns of a Parquet file: one row an article, its layers a list of structs.

What is open in form, such as attributes, stands as JSON. `pa` is the module pyarrow.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.model import Annotation
from annotator.formats.jsonl import decision_record

_ENCODER = json.JSONEncoder(ensure_ascii=False)
Column = Callable[[Sequence[Any]], Any]
"""Makes the array of a column from rows."""
DETAILS = ("id", "title", "text", "sha256", "source", "url", "published", "language", "note")
"""The columns that hold texts."""
Pair = tuple[Annotation, str]
"""An annotation with its article's text, of which it quotes."""


def table_of(pa: Any, articles: Sequence[Article]) -> Any:
    """The table of some articles; offsets are code points."""
    columns = _articles(pa)
    return pa.table({name: column(articles) for name, column in columns.items()})


def _articles(pa: Any) -> Mapping[str, Column]:
    text = _texts(pa)
    return {
        **{name: text(attrgetter(f"document.{name}")) for name in DETAILS},
        "meta": text(lambda row: _json(row.document.meta)),
        "layers": _lists(
            pa,
            lambda row: [(work, row.document.text) for work in row.works],
            _layers(pa),
        ),
        "decisions": text(lambda row: _json([decision_record(each) for each in row.decisions])),
    }


def _layers(pa: Any) -> Mapping[str, Column]:
    text, number = _texts(pa), _numbers(pa)
    return {
        "annotator": text(lambda row: row[0].layer.annotator),
        "role": text(lambda row: row[0].layer.role),
        "round": number(lambda row: row[0].layer.round),
        "state": text(lambda row: row[0].layer.state),
        "tagset": number(lambda row: row[0].layer.tagset),
        "meta": text(lambda row: _json(row[0].layer.meta)),
        "annotations": _lists(pa, _annotations_in, _annotations(pa)),
        "relations": _lists(pa, lambda row: row[0].relations, _relations(pa)),
    }


def _annotations_in(row: tuple[Work, str]) -> list[Pair]:
    work, text = row
    return [(each, text) for each in work.annotations]


def _annotations(pa: Any) -> Mapping[str, Column]:
    text, number = _texts(pa), _numbers(pa)
    return {
        "id": text(lambda row: row[0].id),
        "label": text(lambda row: row[0].label),
        "start": number(lambda row: row[0].spans[0].start),
        "end": number(lambda row: max(span.end for span in row[0].spans)),
        "quote": text(lambda row: row[0].quote(row[1])),
        "spans": _lists(
            pa,
            lambda row: row[0].spans,
            {"start": number(attrgetter("start")), "end": number(attrgetter("end"))},
        ),
        "attributes": text(lambda row: _json(row[0].attributes)),
        "note": text(lambda row: row[0].note),
        "meta": text(lambda row: _json(row[0].meta)),
    }


def _relations(pa: Any) -> Mapping[str, Column]:
    text = _texts(pa)
    return {
        **{name: text(attrgetter(name)) for name in ("id", "type", "source", "target")},
        "attributes": text(lambda row: _json(row.attributes)),
    }


def _texts(pa: Any) -> Callable[[Callable[..., str | None]], Column]:
    return lambda get: lambda rows: pa.array([get(row) for row in rows], pa.string())


def _numbers(pa: Any) -> Callable[[Callable[..., int]], Column]:
    return lambda get: lambda rows: pa.array([get(row) for row in rows], pa.int64())


def _lists(pa: Any, inside: Callable[..., Sequence[Any]], columns: Mapping[str, Column]) -> Column:
    """A column of lists of structs: whole columns at once, which is several times as fast."""

    def made(rows: Sequence[Any]) -> Any:
        lists = [inside(row) for row in rows]
        ends = pa.array([0, *accumulate(map(len, lists))], pa.int32())
        flat = list(chain.from_iterable(lists))
        arrays = [column(flat) for column in columns.values()]
        structs = pa.StructArray.from_arrays(arrays, names=list(columns))
        return pa.ListArray.from_arrays(ends, structs)

    return made


def _json(value: Any) -> str | None:
    return _ENCODER.encode(value) if value else None
