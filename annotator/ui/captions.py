"""The few words of the small tag above a span: its label and what is most worth knowing of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.core.model import Annotation, Attributes, Entity, Relation
from annotator.core.tagset import Tagset

LONGEST_QUOTE = 28
"""Code points of a quotation in a caption before it is cut."""
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
    if annotation.label == "actor":
        about = " + ".join(entity_names(annotation, entities)) or "no entity yet"
    elif annotation.label == "casualty":
        about = count(annotation.attributes)
    else:
        about = _linked(annotation.label, list(partners), text, entities)
    return f"{title.upper()} · {about}" if about else title.upper()


def count(attributes: Attributes) -> str:
    """A casualty's count in words: "14 wounded", "≥ 2 killed", "count not given"."""
    low, high = attributes.get("low"), attributes.get("high")
    outcome = attributes.get("outcome") or ""
    if outcome == "unspecified":
        outcome = ""
    number = _range(low, high)
    bound = attributes.get("bound") or ""
    if not number:
        return f"{outcome}, count not given" if outcome else "count not given"
    return f"{_BOUNDS.get(bound, '')}{number} {outcome}".strip()


def entity_ids(annotation: Annotation) -> list[str]:
    """The ids of the entities that an actor stands for."""
    value = annotation.attributes.get("entity")
    ids = value if isinstance(value, list) else [value]
    return [each for each in ids if isinstance(each, str)]  # an older tag set may have had numbers


def entity_names(annotation: Annotation, entities: Mapping[str, Entity]) -> list[str]:
    """The names of the entities that an actor stands for."""
    return [entities[each].name for each in entity_ids(annotation) if each in entities]


def quoted(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Words in quotation marks, cut behind a word after `longest` code points."""
    words = " ".join(words.split())
    if len(words) > longest:
        cut = words[: longest + 1].rsplit(" ", 1)[0] if " " in words[:longest] else words[:longest]
        words = f"{cut}…"
    return f"“{words}”"


def _range(low: Any, high: Any) -> str:
    ends = [each for each in (low, high) if isinstance(each, int)]
    if not ends:
        return ""
    return f"{ends[0]:,}" if len(set(ends)) == 1 else f"{ends[0]:,}–{ends[1]:,}"


def _linked(
    label: str,
    partners: list[tuple[Relation, Annotation]],
    text: str,
    entities: Mapping[str, Entity],
) -> str:
    """What a claim or a denial is captioned by: what it denies, else who said it."""
    if label == "denial":
        for relation, other in partners:
            if relation.type == "denies":
                return f"denies {quoted(other.quote(text))}"
    names = [
        " + ".join(entity_names(other, entities)) or quoted(other.quote(text))
        for relation, other in partners
        if relation.type == "source"
    ]
    return ", ".join(dict.fromkeys(names))
