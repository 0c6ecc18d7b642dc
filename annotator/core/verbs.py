"""What a person does, as pure functions from values to an Edit; the door is Project.apply."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from annotator.core.article import Work
from annotator.core.edits import Change, Edit, change, inserted
from annotator.core.ids import new_id
from annotator.core.model import (
    Annotation,
    Attributes,
    Decision,
    Document,
    Entity,
    Layer,
    Relation,
    State,
    Value,
)
from annotator.core.span import Span

Inside = TypeVar("Inside", bound=Annotation | Relation)


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


def mark_all(
    layer: Layer,
    spans: Iterable[Span],
    label: str,
    *,
    attributes: Attributes | None = None,
    fresh: bool = False,
) -> Edit:
    """Tag each of these spans for itself, all with the same attributes; `fresh` as for `mark`."""
    given = dict(attributes or {})
    made = [Annotation(new_id(), layer.id, (span,), label, given) for span in spans]
    changes = (*opened(layer, fresh=fresh), *inserted(made)) if made else ()
    return Edit(f"tag {len(made):,} alike as {label}", changes)


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
    return set_attributes(owner, {name: value}, f"set {name}")


def set_attributes(owner: Annotation | Relation, values: Attributes, name: str) -> Edit:
    """Set several attributes at once; None takes one away. `name` is the edit's."""
    attributes = {key: each for key, each in owner.attributes.items() if key not in values}
    attributes |= {key: each for key, each in values.items() if each is not None}
    return Edit(name, change(owner, replace(owner, attributes=attributes)))


def reject(annotation: Annotation, proposed: Attributes) -> Edit:
    """Note on an annotation that these attributes were proposed for it and are not wanted."""
    meta = {**annotation.meta, "rejected": dict(proposed)}
    return Edit("reject proposal", change(annotation, replace(annotation, meta=meta)))


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


def waved_away(layer: Layer) -> set[str]:
    """The keys of the advice that isn't wanted on a layer."""
    found = layer.meta.get("waved")
    return {each for each in found if isinstance(each, str)} if isinstance(found, list) else set()


def wave_away(layer: Layer, advice: str, *, fresh: bool = False) -> Edit:
    """Note on a layer that a piece of advice, by its key, is not wanted; `fresh` as for `mark`."""
    meta = {**layer.meta, "waved": sorted(waved_away(layer) | {advice})}
    return Edit("wave advice away", change(None if fresh else layer, replace(layer, meta=meta)))


def add_entity(name: str, *, aliases: Iterable[str] = (), side: str = "", type_: str = "") -> Edit:
    """Put an actor in the register."""
    entity = Entity(new_id(), name, tuple(aliases), side, type_)
    return Edit("add entity", inserted([entity]))


def change_entity(entity: Entity, **fields: Any) -> Edit:
    """Change fields of an actor of the register."""
    return Edit("change entity", change(entity, replace(entity, **fields)))


def remove_entity(entity: Entity) -> Edit:
    """Take an actor out of the register; nothing may name it any more."""
    return Edit("remove entity", (Change(entity, None),))


def merge_entities(
    kept: Entity,
    gone: Entity,
    users: Iterable[Annotation | Relation],
    works: Iterable[Work] = (),
) -> Edit:
    """Make one actor of two: what names `gone` (`users`, of all layers) names `kept` from now on.

    Its names become other names of `kept`, which takes side and type over where it has none. The
    first passes of `works`, layers that were done, name it so too.
    """

    def renamed(each: Inside) -> Inside:
        return replace(each, attributes=_renamed(each.attributes, kept, gone))

    names = dict.fromkeys((*kept.aliases, gone.name, *gone.aliases))
    aliases = tuple(each for each in names if each != kept.name)
    after = replace(kept, aliases=aliases, side=kept.side or gone.side, type=kept.type or gone.type)
    told = (
        Change(work.first_pass, first)
        for work in works
        if (first := work.mapped(work.layer, renamed, renamed).first) != work.first
    )
    moved = (one for each in users for one in change(each, renamed(each)))
    return Edit("merge entities", (*change(kept, after), *told, *moved, Change(gone, None)))


def _renamed(attributes: Attributes, kept: Entity, gone: Entity) -> Attributes:
    """The attributes with one entity's id in place of another's; no list has it twice."""

    def renamed(value: Any) -> Any:
        if isinstance(value, list) and gone.id in value:
            return list(dict.fromkeys(kept.id if each == gone.id else each for each in value))
        return kept.id if value == gone.id else value

    return {name: renamed(value) for name, value in attributes.items()}


def delete_document(
    document: Document,
    layers: Iterable[Layer],
    annotations: Iterable[Annotation],
    relations: Iterable[Relation],
    decisions: Iterable[Decision],
) -> Edit:
    """Delete an article with all work on it, that of everybody.

    The time of work stays: it isn't shown without its article, and is there when that comes back.
    """
    values: tuple[Value, ...] = (*relations, *annotations, *layers, *decisions, document)
    return Edit("delete article", tuple(Change(value, None) for value in values))


def set_document_note(document: Document, note: str) -> Edit:
    """Write a note on an article."""
    return Edit("note on article", change(document, replace(document, note=note)))


def describe_document(
    document: Document, *, title: str, source: str, published: str, url: str, language: str
) -> Edit:
    """Say what an article is called, where and when it appeared, and in which language."""
    after = replace(
        document, title=title, source=source, published=published, url=url, language=language
    )
    return Edit("about the article", change(document, after))
