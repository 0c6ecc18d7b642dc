"""The tag set: labels, their attributes, and the relations between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar, get_args

AttributeType = Literal["choice", "number", "text", "flag", "date", "entity"]
Pattern = Literal["solid", "dash", "dot", "double", "wave", "dashdot"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
SPARE_COLORS = ("#6d28d9", "#4d7c0f", "#a16207", "#be185d", "#1d4ed8", "#57534e")
"""For labels that come in without a colour, in turn."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of a label or a relation.

    The JSON value by type: choice and text a string, number a whole number, flag true or false,
    date `{"text", "from", "to"}` with ISO days, entity an entity's id; with `several` a list.
    """

    name: str
    type: AttributeType = "text"
    values: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be tagged as; `key` is the digit or letter that tags it."""

    name: str
    title: str = ""
    key: str = ""
    color: str = SPARE_COLORS[0]
    pattern: Pattern = "solid"
    guideline: str = ""
    examples: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, if the label has one."""
        return next((each for each in self.attributes if each.name == name), None)

    @property
    def counts(self) -> bool:
        """Whether its spans say how many: it has whole numbers `low` and `high`."""
        ends = (self.attribute("low"), self.attribute("high"))
        return all(each and each.type == "number" and not each.several for each in ends)

    @property
    def naming(self) -> str:
        """The attribute for whose entities its spans stand, the first one; "" where they don't."""
        first = self.attributes[0] if self.attributes else None
        return first.name if first and first.type == "entity" else ""


@dataclass(frozen=True, slots=True)
class RelationType:
    """What two annotations can be linked as; `sources` and `targets` are names of labels."""

    name: str
    title: str = ""
    key: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    symmetric: bool = False
    guideline: str = ""
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, if the relation has one."""
        return next((each for each in self.attributes if each.name == name), None)


Owner = TypeVar("Owner", Label, RelationType)


@dataclass(frozen=True, slots=True)
class Tagset:
    """The labels and relation types of a project, in the order in which they are shown."""

    name: str
    version: int = 1
    labels: tuple[Label, ...] = ()
    relations: tuple[RelationType, ...] = ()

    def label(self, name: str) -> Label | None:
        """The label of this name, if there is one."""
        return next((each for each in self.labels if each.name == name), None)

    def relation(self, name: str) -> RelationType | None:
        """The relation type of this name, if there is one."""
        return next((each for each in self.relations if each.name == name), None)

    def label_title(self, name: str) -> str:
        """What people read for a label: its title, its name where it has none or isn't known."""
        label = self.label(name)
        return (label.title if label else "") or name

    def relation_title(self, name: str) -> str:
        """What people read for a relation type: its title, else its name."""
        relation = self.relation(name)
        return (relation.title if relation else "") or name

    def with_label(self, name: str) -> "Tagset":
        """The tag set with a label of this name, in a spare colour, under the next free digit."""
        if self.label(name):
            return self
        spare = len(self.labels)
        digits = (str(number) for number in range(1, 10))
        taken = {label.key for label in self.labels}
        label = Label(
            name,
            title=name.capitalize(),
            key=next((digit for digit in digits if digit not in taken), ""),
            color=SPARE_COLORS[spare % len(SPARE_COLORS)],
            pattern=PATTERNS[spare % len(PATTERNS)],
        )
        return replace(self, labels=(*self.labels, label))

    def with_relation(self, name: str, source: str, target: str) -> "Tagset":
        """The tag set with a relation of this name that may join these two labels."""
        known = self.relation(name)
        if known is None:
            new = RelationType(name, title=name.capitalize(), sources=(source,), targets=(target,))
            return replace(self, relations=(*self.relations, new))
        wider = replace(
            known,
            sources=tuple(dict.fromkeys((*known.sources, source))),
            targets=tuple(dict.fromkeys((*known.targets, target))),
        )
        return replace(
            self, relations=tuple(wider if each is known else each for each in self.relations)
        )


def with_attribute(owner: Owner, attribute: Attribute) -> Owner:
    """The label or relation with this attribute added, unless it has one of the name."""
    if owner.attribute(attribute.name):
        return owner
    return replace(owner, attributes=(*owner.attributes, attribute))


def fits(attribute: Attribute, value: Any) -> bool:
    """Whether a JSON value is one that the attribute can have (an entity's existence aside)."""
    if attribute.several:
        return isinstance(value, list) and all(_fits_one(attribute, each) for each in value)
    return _fits_one(attribute, value)


def _fits_one(attribute: Attribute, value: Any) -> bool:
    match attribute.type:
        case "choice":
            return value in attribute.values
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "flag":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, dict) and set(value) == {"text", "from", "to"} and _days(value)
        case _:
            return isinstance(value, str)


def _days(value: Mapping[str, Any]) -> bool:
    try:
        first, last = (date.fromisoformat(value[end]) for end in ("from", "to"))
    except (TypeError, ValueError):
        return False
    iso = (value["from"], value["to"]) == (first.isoformat(), last.isoformat())
    return iso and first <= last and isinstance(value["text"], str)
