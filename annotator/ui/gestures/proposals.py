"""What the words of a span propose, to be taken with one key: a count's numbers, who is named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.core import verbs
from annotator.core.model import Annotation, Attributes, Entity
from annotator.core.tagset import Label, fits
from annotator.ui.hub import Hub
from annotator.ui.panels.offers import folded, matching, without_article
from annotator.ui.reading.captions import span_of_numbers

_LONGEST_NAME = 80
"""Code points of the longest words that are taken for a name."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the words tell (`told`), and that part of it that the attributes say otherwise.

    `sentence` says it to people. Where the register lacks who is `named`, that name is what is
    told, and what the attributes are to have is known once it is added.
    """

    told: Attributes
    values: Attributes
    sentence: str
    named: str = ""


def proposal(
    annotation: Annotation,
    label: Label | None,
    text: str,
    language: str,
    entities: Mapping[str, Entity],
) -> Proposal | None:
    """What the words of a span propose; None where it has it all, or it was rejected."""
    words, told, sentence, name = annotation.quote(text), {}, "", ""
    if label is not None and label.counts:
        told = _numbers(label, words, language)
        sentence = f"The words say: {count_words(told)}."
    elif label is not None and label.naming and not annotation.attributes.get(label.naming):
        told, sentence = _named(label, words, entities)
        name = "" if told else _missing(label, words, entities)
        if name:
            told, sentence = {label.naming: name}, f"Not in the register: add “{name}”?"
    values = {key: each for key, each in told.items() if annotation.attributes.get(key) != each}
    wanted = values and annotation.meta.get("rejected") != told
    return Proposal(told, values, sentence, name) if wanted else None


def count_words(told: Attributes) -> str:
    """A count in words: "at least 49 killed, military"."""
    bound = told.get("bound", "")
    number = span_of_numbers(told.get("low"), told.get("high"))
    if bound == "vague" or not number:
        number = f"a vague count, {number}" if number else "a vague count"
    elif bound not in ("", "exact"):
        number = f"{bound} {number}"
    who = told.get("victims", "")
    return ", ".join(filter(None, (f"{number} {told.get('outcome', '')}".strip(), who)))


def _numbers(label: Label, words: str, language: str) -> dict[str, Any]:
    """What the words of a count tell, as far as the label can have it."""
    from annotator.suggest.numbers import read_count  # noqa: PLC0415 - loaded when it is used

    count, told = read_count(words, language), {}
    for name in ("low", "high", "bound", "outcome", "victims") if count else ():
        value, attribute = getattr(count, name), label.attribute(name)
        if value not in (None, "") and attribute is not None and fits(attribute, value):
            told[name] = value
    return told


def _named(label: Label, words: str, entities: Mapping[str, Entity]) -> tuple[dict[str, Any], str]:
    """The entity that has just these words as a name; nothing where none has, or several do."""
    found = matching(words, entities) or matching(without_article(words), entities)
    attribute = label.attribute(label.naming)
    if found is None or attribute is None:
        return {}, ""
    told = {label.naming: [found.id] if attribute.several else found.id}
    return told, f"The register has: {found.name}."


def _missing(label: Label, words: str, entities: Mapping[str, Entity]) -> str:
    """The name in these words that no entity has; "" where one has it, or they are no name.

    A name of several words, the first in a capital letter where there are any, is told from "they".
    """
    name = without_article(words)
    every = (one for each in entities.values() for one in (each.name, *each.aliases))
    known = folded(name) in map(folded, every)
    named = " " in name and not name[:1].islower() and len(name) <= _LONGEST_NAME
    return name if named and not known and label.attribute(label.naming) is not None else ""


def of_focused(hub: Hub) -> Proposal | None:
    """What is proposed for the focused span."""
    focused, document = hub.focused, hub.document
    if focused is None or document is None or hub.project.read_only:
        return None
    label = hub.tagset.label(focused.label)
    return proposal(focused, label, document.text, document.language, hub.entities)


def take(hub: Hub) -> None:
    """Take what is proposed for the focused span, in one edit."""
    found = of_focused(hub)
    if found is None or hub.focused is None:
        hub.said.emit("Nothing is proposed for this span.")
    elif found.named:
        _add(hub, hub.focused, found.named)
    else:
        hub.apply(verbs.set_attributes(hub.focused, found.values, "take the proposal"))


def _add(hub: Hub, annotation: Annotation, name: str) -> None:
    """Add an actor of this name to the register, and let the annotation name it, in one edit."""
    label = hub.tagset.label(annotation.label)
    attribute = label.attribute(label.naming) if label else None
    if attribute is not None:
        added = verbs.add_entity(name)
        id_ = next(added.touched("entity")).id
        value = [id_] if attribute.several else id_
        named = verbs.set_attributes(annotation, {attribute.name: value}, "take the proposal")
        hub.apply(replace(named, changes=(*added.changes, *named.changes)))


def reject(hub: Hub) -> None:
    """Hide what is proposed for the focused span, from now on.

    That is an edit of its `meta`: durable, undoable, and handed on with the annotation, so that
    nobody is asked twice; words that say something else are proposed again.
    """
    found = of_focused(hub)
    if found is None or hub.focused is None:
        hub.said.emit("Nothing is proposed for this span.")
    else:
        hub.apply(verbs.reject(hub.focused, found.told))
