"""Numbers that the words of a count tell, proposed to be taken with one key."""

from dataclasses import dataclass
from typing import Any

from annotator.core import verbs
from annotator.core.model import Annotation, Attributes
from annotator.core.tagset import Label, fits
from annotator.suggest.numbers import read_count
from annotator.ui.captions import span_of_numbers
from annotator.ui.hub import Hub


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the words tell (`told`), and that part of it that the attributes say otherwise."""

    told: Attributes
    values: Attributes

    @property
    def sentence(self) -> str:
        """What the words tell, in words: "at least 49 killed, military"."""
        bound = self.told.get("bound", "")
        number = span_of_numbers(self.told.get("low"), self.told.get("high"))
        if bound == "vague" or not number:
            number = f"a vague count, {number}" if number else "a vague count"
        elif bound not in ("", "exact"):
            number = f"{bound} {number}"
        who = self.told.get("victims", "")
        return ", ".join(filter(None, (f"{number} {self.told.get('outcome', '')}".strip(), who)))


def proposal(
    annotation: Annotation, label: Label | None, text: str, language: str
) -> Proposal | None:
    """What the words of a count propose; None where it has it all, or it was rejected."""
    if label is None or not label.counts:
        return None
    count = read_count(annotation.quote(text), language)
    if count is None:
        return None
    told: dict[str, Any] = {}
    for name in ("low", "high", "bound", "outcome", "victims"):
        value, attribute = getattr(count, name), label.attribute(name)
        if value not in (None, "") and attribute is not None and fits(attribute, value):
            told[name] = value
    values = {name: each for name, each in told.items() if annotation.attributes.get(name) != each}
    wanted = values and annotation.meta.get("rejected") != told
    return Proposal(told, values) if wanted else None


def of_focused(hub: Hub) -> Proposal | None:
    """What is proposed for the focused span."""
    focused, document = hub.focused, hub.document
    if focused is None or document is None or hub.project.read_only:
        return None
    label = hub.tagset.label(focused.label)
    return proposal(focused, label, document.text, document.language)


def take(hub: Hub) -> None:
    """Take what is proposed for the focused span, in one edit."""
    found = of_focused(hub)
    if found is None or hub.focused is None:
        hub.said.emit("Nothing is proposed for this span.")
    else:
        hub.apply(verbs.set_attributes(hub.focused, found.values, "take the numbers"))


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
