"""The few words of the small tag above a span: its label and what is most worth knowing of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.core.describe import quoted
from annotator.core.model import Annotation, Attributes, Entity, Relation
from annotator.core.tagset import Tagset

_BOUNDS = {"at least": "≥ ", "at most": "≤ ", "about": "≈ "}


def caption(
    annotation: Annotation,
    *,
    tagset: Tagset,
    text: str,
    partners: Iterable[tuple[Relation, Annotation]] = (),
    entities: Mapping[str, Entity] | None = None,
) -> str:
    """The caption of an annotation in the article `text`.

    `partners` are the links that start at it, each with its other end.
    """
    entities = entities or {}
    title = tagset.label_title(annotation.label)
    label = tagset.label(annotation.label)
    if label and label.counts:
        about = count(annotation.attributes)
    elif label and label.naming:
        about = " + ".join(entity_names(annotation, tagset, entities)) or "no entity yet"
    else:
        about = _linked(list(partners), tagset, text, entities)
    return f"{title.upper()} · {about}" if about else title.upper()


def quiet(tagset: Tagset) -> frozenset[str]:
    """The labels that are captioned only when focused: those that just name somebody."""
    return frozenset(each.name for each in tagset.labels if each.naming)


def count(attributes: Attributes) -> str:
    """A casualty's count in words: "14 wounded", "≥ 2 killed", "count not given"."""
    low, high = attributes.get("low"), attributes.get("high")
    outcome = attributes.get("outcome") or ""
    if outcome == "unspecified":
        outcome = ""
    number = span_of_numbers(low, high)
    bound = attributes.get("bound") or ""
    if not number:
        return f"{outcome}, count not given" if outcome else "count not given"
    return f"{_BOUNDS.get(bound, '')}{number} {outcome}".strip()


def entity_ids(annotation: Annotation, tagset: Tagset) -> list[str]:
    """The ids of the entities that an annotation stands for."""
    label = tagset.label(annotation.label)
    value = annotation.attributes.get(label.naming) if label else None
    ids = value if isinstance(value, list) else [value]
    return [each for each in ids if isinstance(each, str)]  # an older tag set may have had numbers


def entity_names(
    annotation: Annotation, tagset: Tagset, entities: Mapping[str, Entity]
) -> list[str]:
    """The names of the entities that an annotation stands for."""
    return [entities[each].name for each in entity_ids(annotation, tagset) if each in entities]


def span_of_numbers(low: Any, high: Any) -> str:
    """A number, or a range of two, "" for none."""
    ends = [each for each in (low, high) if isinstance(each, int)]
    if not ends:
        return ""
    return f"{ends[0]:,}" if len(set(ends)) == 1 else f"{ends[0]:,}–{ends[1]:,}"


def _linked(
    partners: list[tuple[Relation, Annotation]],
    tagset: Tagset,
    text: str,
    entities: Mapping[str, Entity],
) -> str:
    """What a span is captioned by that is no name itself: what it is about, else who said it.

    It is about the first span that it is linked to and that names nobody ("denies “…”"); who said
    it are the targets of the first type of link that it has to names. Links both ways don't count.
    """
    found: dict[str, list[Annotation]] = {}
    for relation, other in partners:
        found.setdefault(relation.type, []).append(other)
    names: list[str] = []
    for type_ in tagset.relations:
        if type_.symmetric or type_.name not in found:
            continue
        for other in found[type_.name]:
            label = tagset.label(other.label)
            if label is None or not label.naming:
                return f"{tagset.relation_title(type_.name).lower()} {quoted(other.quote(text))}"
        names = names or [
            " + ".join(entity_names(other, tagset, entities)) or quoted(other.quote(text))
            for other in found[type_.name]
        ]
    return ", ".join(dict.fromkeys(names))
