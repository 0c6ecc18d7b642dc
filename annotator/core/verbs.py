"""What a person does, as pure functions from values to an Edit; the door is Project.apply."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.edits import Change, Edit, change, inserted
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Attributes, Document, Entity, Layer, Relation, State
from annotator.core.span import Span


def mark(
    layer: Layer,
    spans: Iterable[Span],
    label: str,
    *,
    attributes: Attributes | None = None,
    fresh: bool = False,
) -> Edit:
    """Tag these spans (one or more, as one annotation) in a layer.

    Spans that overlap or touch become one. `fresh` says that the file doesn't have the layer yet.
    """
    annotation = Annotation(new_id(), layer.id, joined(spans), label, dict(attributes or {}))
    return Edit(f"tag {label}", (*opened(layer, fresh=fresh), Change(None, annotation)))


def opened(layer: Layer, *, fresh: bool = False) -> tuple[Change, ...]:
    """The change that work on a layer brings to it: from `new` it becomes `open`."""
    after = replace(layer, state="open") if layer.state == "new" else layer
    return change(None if fresh else layer, after)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def relabel(
    annotation: Annotation, label: str, *, kept: Iterable[str], broken: Iterable[Relation] = ()
) -> Edit:
    """Give an annotation another label, with those of its attributes that the label has (`kept`).

    `broken` are the relations that the new label can't have; they go with the edit.
    """
    names = set(kept)
    attributes = {name: value for name, value in annotation.attributes.items() if name in names}
    after = replace(annotation, label=label, attributes=attributes)
    gone = tuple(Change(relation, None) for relation in broken) if after != annotation else ()
    return Edit(f"change to {label}", (*gone, *change(annotation, after)))


def move(annotation: Annotation, spans: Iterable[Span]) -> Edit:
    """Give an annotation other spans."""
    after = replace(annotation, spans=joined(spans))
    return Edit("move boundary", change(annotation, after))


def set_attribute(owner: Annotation | Relation, name: str, value: Any) -> Edit:
    """Set one attribute of an annotation or a relation; None takes it away."""
    attributes = {key: each for key, each in owner.attributes.items() if key != name}
    if value is not None:
        attributes[name] = value
    return Edit(f"set {name}", change(owner, replace(owner, attributes=attributes)))


def set_note(annotation: Annotation, note: str) -> Edit:
    """Write a note on an annotation."""
    return Edit("note", change(annotation, replace(annotation, note=note)))


def remove(annotations: Sequence[Annotation], links: Iterable[Relation]) -> Edit:
    """Remove annotations, and of `links` those that have an end in them."""
    ids = {annotation.id for annotation in annotations}
    gone = [link for link in links if link.source in ids or link.target in ids]
    name = f"remove {annotations[0].label}" if len(annotations) == 1 else "remove spans"
    values: tuple[Annotation | Relation, ...] = (*gone, *annotations)
    return Edit(name, tuple(Change(value, None) for value in values))


def link(type_: str, source: Annotation, target: Annotation) -> Edit:
    """Link two annotations of one layer."""
    relation = Relation(new_id(), source.layer, type_, source.id, target.id)
    return Edit(f"link {type_}", (Change(None, relation),))


def unlink(relation: Relation) -> Edit:
    """Remove a link."""
    return Edit(f"unlink {relation.type}", (Change(relation, None),))


def set_state(layer: Layer, state: State, *, fresh: bool = False) -> Edit:
    """Say how far the work on a layer is; `fresh` as for `mark`."""
    after = replace(layer, state=state)
    return Edit(f"set state {state}", change(None if fresh else layer, after))


def add_entity(name: str, *, side: str = "", type_: str = "") -> Edit:
    """Put an actor in the register."""
    entity = Entity(new_id(), name, side=side, type=type_)
    return Edit("add entity", inserted([entity]))


def change_entity(entity: Entity, **fields: Any) -> Edit:
    """Change fields of an actor of the register."""
    return Edit("change entity", change(entity, replace(entity, **fields)))


def set_document_note(document: Document, note: str) -> Edit:
    """Write a note on an article."""
    return Edit("note on article", change(document, replace(document, note=note)))
