"""What the words of a span propose, to be taken with one key: a count's numbers, who is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.core import verbs
from annotator.core.model import Annotation, Attributes, Entity
from annotator.core.tagset import Label, fits
from annotator.ui.hub import Hub
from annotator.ui.panels.offers import matching, without_article
from annotator.ui.reading.captions import span_of_numbers


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the words tell (`told`), and that part of it that the attributes say otherwise.

    `sentence` says it to people.
    """

    told: Attributes
    values: Attributes
    sentence: str


def proposal(
    annotation: Annotation,
    label: Label | None,
    text: str,
    language: str,
    entities: Mapping[str, Entity],
) -> Proposal | None:
    """What the words of a span propose; None where it has it all, or it was rejected."""
    words, told, sentence = annotation.quote(text), {}, ""
    if label is not None and label.counts:
        told = _numbers(label, words, language)
        sentence = f"The words say: {count_words(told)}."
    elif label is not None and label.naming and not annotation.attributes.get(label.naming):
        told, sentence = _named(label, words, entities)
    values = {name: each for name, each in told.items() if annotation.attributes.get(name) != each}
    wanted = values and annotation.meta.get("rejected") != told
    return Proposal(told, values, sentence) if wanted else None


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
    else:
        hub.apply(verbs.set_attributes(hub.focused, found.values, "take the proposal"))


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
