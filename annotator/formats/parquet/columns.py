"""Articles as the columns of a Parquet file: one row an article, its layers a list of structs.

What is open in form, such as attributes, stands as JSON. Each column is made at once of all values
that it has, which is several times as fast as row by row. `pa` is the module pyarrow.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

from annotator.core.article import Article
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.formats.jsonl import decision_record

# Values hold no circles; looking for them takes a tenth of the time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)
DETAILS = ("id", "title", "text", "sha256", "source", "url", "published", "language", "note")
"""The columns that hold texts."""
Columns = Mapping[str, Any]
"""Arrays of pyarrow, as long as each other, by name."""


def table_of(pa: Any, articles: Sequence[Article]) -> Any:
    """The table of some articles; offsets are code points."""
    documents = [each.document for each in articles]
    decisions = ([decision_record(one) for one in each.decisions] for each in articles)
    return pa.table(
        {
            **_texts(pa, documents, *DETAILS),
            "meta": _json(pa, [each.meta for each in documents]),
            "layers": _lists(pa, [each.works for each in articles], _layers(pa, articles)),
            "decisions": _json(pa, decisions),
        }
    )


def _layers(pa: Any, articles: Sequence[Article]) -> Columns:
    works = [work for each in articles for work in each.works]
    layers = [each.layer for each in works]
    annotations = [each.annotations for each in works]
    relations = [each.relations for each in works]
    return {
        **_texts(pa, layers, "annotator", "role"),
        "round": _numbers(pa, [each.round for each in layers]),
        **_texts(pa, layers, "state"),
        "tagset": _numbers(pa, [each.tagset for each in layers]),
        "meta": _json(pa, [each.meta for each in layers]),
        "annotations": _lists(pa, annotations, _annotations(pa, _flat(annotations), articles)),
        "relations": _lists(pa, relations, _relations(pa, _flat(relations))),
    }


def _annotations(pa: Any, rows: Sequence[Annotation], articles: Sequence[Article]) -> Columns:
    """The columns of all annotations in some articles."""
    spans = [each.spans for each in rows]
    return {
        **_texts(pa, rows, "id", "label"),
        "start": _numbers(pa, [each[0].start for each in spans]),
        "end": _numbers(pa, [each.envelope.end for each in rows]),
        "quote": pa.array(_quotes(articles), pa.string()),
        "spans": _lists(pa, spans, _ends(pa, _flat(spans))),
        "attributes": _json(pa, [each.attributes for each in rows]),
        **_texts(pa, rows, "note"),
        "meta": _json(pa, [each.meta for each in rows]),
    }


def _quotes(articles: Sequence[Article]) -> list[str]:
    return [
        annotation.quote(article.document.text)
        for article in articles
        for work in article.works
        for annotation in work.annotations
    ]


def _ends(pa: Any, spans: Sequence[Span]) -> Columns:
    return {
        "start": _numbers(pa, [each.start for each in spans]),
        "end": _numbers(pa, [each.end for each in spans]),
    }


def _relations(pa: Any, rows: Sequence[Relation]) -> Columns:
    return {
        **_texts(pa, rows, "id", "type", "source", "target"),
        "attributes": _json(pa, [each.attributes for each in rows]),
    }


def _texts(pa: Any, values: Sequence[object], *names: str) -> Columns:
    """A column of each of these fields of values, all of them texts."""
    return {name: pa.array([*map(attrgetter(name), values)], pa.string()) for name in names}


def _numbers(pa: Any, values: Sequence[int]) -> Any:
    return pa.array(values, pa.int64())


def _json(pa: Any, values: Iterable[Any]) -> Any:
    """A column of values as JSON; what is empty is null there."""
    encode = _ENCODER.encode
    return pa.array([encode(each) if each else None for each in values], pa.string())


def _lists(pa: Any, lists: Sequence[Sequence[Any]], columns: Columns) -> Any:
    """A column of lists of structs, of whose members, one list after the other, are the columns."""
    ends = pa.array([0, *accumulate(map(len, lists))], pa.int32())
    structs = pa.StructArray.from_arrays([*columns.values()], names=[*columns])
    return pa.ListArray.from_arrays(ends, structs)


def _flat(lists: Iterable[Iterable[Any]]) -> list[Any]:
    return [*chain.from_iterable(lists)]
