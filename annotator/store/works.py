"""Layers with what is in them, many of them in few queries."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from annotator.core.article import Work
from annotator.core.model import Annotation, Layer, Relation, Value
from annotator.store.tables import to_json

Many = Callable[..., Iterator[Value]]
_PART = 64
_CHOSEN = "layer IN (SELECT value FROM json_each(?))"
_ASIDE = (
    " AND NOT (label IN (SELECT value FROM json_each(?))"
    " AND NOT EXISTS (SELECT 1 FROM relation WHERE target = annotation.id))"
)


def works(many: Many, layers: Sequence[Layer], unlinked: Sequence[str]) -> Iterator[Work]:
    """The layers with their annotations in reading order, and their relations, a few at a time.

    Annotations under the labels `unlinked` are left out where no relation leads to them.
    """
    for at in range(0, len(layers), _PART):
        part = layers[at : at + _PART]
        ids = to_json([each.id for each in part])
        order = 'ORDER BY layer, "start", "end" DESC, id'
        found = many("annotation", f"WHERE {_CHOSEN}{_ASIDE} {order}", ids, to_json(list(unlinked)))
        annotations = _by_layer(cast(Iterator[Annotation], found))
        found = many("relation", f"WHERE {_CHOSEN} ORDER BY layer, id", ids)
        relations = _by_layer(cast(Iterator[Relation], found))
        for each in part:
            yield Work(each, annotations.get(each.id, ()), relations.get(each.id, ()))


def _by_layer(values: Iterator[Any]) -> dict[str, tuple[Any, ...]]:
    return {layer: tuple(several) for layer, several in groupby(values, attrgetter("layer"))}
