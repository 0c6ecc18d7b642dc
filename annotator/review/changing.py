"""An article after an edit, without the file being asked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.edits import Change, Edit


def edited(article: Article, edit: Edit) -> Article:
    """An article after an edit; what that changes of other articles is passed by.

    The works that it doesn't touch are the same objects as before.
    """
    document = article.document.id
    own = [each for each in edit.touched("decision") if _of(each).document == document]
    works = {each.layer.id: each for each in article.works}
    for each in edit.touched("layer"):
        if each.after is None:
            works.pop(each.id, None)
        elif _of(each).document == document:
            layer = _of(each)
            works[layer.id] = replace(works.get(layer.id, Work(layer)), layer=layer)
    annotations, relations = _by_layer(edit, "annotation"), _by_layer(edit, "relation")
    for id_ in works.keys() & (annotations.keys() | relations.keys()):
        marked = _after(works[id_].annotations, annotations.get(id_, ()))
        linked = _after(works[id_].relations, relations.get(id_, ()))
        marked = sorted(marked, key=_reading_order)
        works[id_] = replace(works[id_], annotations=tuple(marked), relations=tuple(linked))
    decisions = tuple(_after(article.decisions, own))
    return replace(article, works=tuple(works.values()), decisions=decisions)


def _of(change: Change) -> Any:
    """What is changed, whose kind the caller knows."""
    return change.either


def _by_layer(edit: Edit, kind: str) -> dict[str, list[Change]]:
    """The changes to annotations or relations, by the layers that they are in."""
    found: dict[str, list[Change]] = {}
    for each in edit.touched(kind):
        found.setdefault(_of(each).layer, []).append(each)
    return found


def _after(values: Iterable[Any], changes: Sequence[Change]) -> Iterable[Any]:
    """Values after changes: what is new comes last."""
    found = {each.id: each for each in values}
    for each in changes:
        found.pop(each.id, None)
        if each.after is not None:
            found[each.id] = each.after
    return found.values()


def _reading_order(annotation: Any) -> tuple[int, int, str]:
    """As the file gives the annotations of a layer."""
    spans = annotation.spans
    return (spans[0].start, -spans[-1].end, annotation.id)
