"""The project's tag set during an import: what it lacks of labels and attributes is added."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annotator.core.model import Annotation, Relation
from annotator.core.rules import attribute_problems
from annotator.core.tagset import (
    Attribute,
    AttributeType,
    Label,
    Owner,
    RelationType,
    Tagset,
    fits,
    with_attribute,
)

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class Vocabulary:
    """Grows only by what is used; `offered` is the file's own tag set, which says how.

    `added` names what was added: "label", "label.attribute", "label.attribute=value", "relation".
    """

    def __init__(self, tagset: Tagset) -> None:
        self.tagset = tagset
        self.offered = Tagset("")
        self.added: dict[str, None] = {}
        self._own = tagset

    def restart(self, tagset: Tagset) -> None:
        """Take another tag set for the project's."""
        self.tagset = self._own = tagset

    def annotation_problem(self, annotation: Annotation) -> str:
        """Why the tag set can't grow to have this annotation; "" where it can, and has grown."""
        name = annotation.label
        if not _is_name(name):
            return f'"{name}" is no name for a label'
        label = self.tagset.label(name) or self._new_label(name)
        label = _widened(label, self.offered.label(name), annotation.attributes)
        return self._grow(_with(self.tagset, label), annotation)

    def relation_problem(self, relation: Relation, source: str, target: str) -> str:
        """The same for a relation between annotations with these labels.

        A type that the project has keeps its ends among the labels that it has.
        """
        name = relation.type
        known = self.tagset.relation(name)
        if not _is_name(name):
            return f'"{name}" is no name for a relation'
        if own := self._own.relation(name):
            for end, label, allowed in (
                ("source", source, own.sources),
                ("target", target, own.targets),
            ):
                if label not in allowed and self._own.label(label):
                    return f'"{name}" cannot have a {label} as its {end}'
        grown = _with(self.tagset, known or self._new_relation(name))
        grown = grown.with_relation(name, source, target)
        wider = grown.relation(name)
        assert wider is not None
        wider = _widened(wider, self.offered.relation(name), relation.attributes)
        return self._grow(_with(grown, wider), relation)

    def _grow(self, grown: Tagset, owner: Annotation | Relation) -> str:
        for problem in attribute_problems(owner, grown):
            return problem
        self.added.update(dict.fromkeys(_additions(self.tagset, grown)))
        self.tagset = grown
        return ""

    def _new_label(self, name: str) -> Label:
        offered = self.offered.label(name)
        made = self.tagset.with_label(name).labels[-1]
        if offered is None:
            return made
        return replace(offered, attributes=(), key=self._free_key(offered.key) or made.key)

    def _new_relation(self, name: str) -> RelationType:
        offered = self.offered.relation(name)
        if offered is None:
            return RelationType(name, title=name.capitalize())
        key = self._free_key(offered.key)
        return replace(offered, sources=(), targets=(), attributes=(), key=key)

    def _free_key(self, key: str) -> str:
        """The key, "" where the project has it for something else."""
        taken = {each.key for each in self.tagset.labels}
        taken |= {each.key for each in self.tagset.relations}
        return "" if key in taken else key


def _with(tagset: Tagset, new: Label | RelationType) -> Tagset:
    """The tag set with a label or relation type, in place of one of its name."""
    if isinstance(new, Label):
        if tagset.label(new.name) is None:
            return replace(tagset, labels=(*tagset.labels, new))
        labels = tuple(new if each.name == new.name else each for each in tagset.labels)
        return replace(tagset, labels=labels)
    if tagset.relation(new.name) is None:
        return replace(tagset, relations=(*tagset.relations, new))
    relations = tuple(new if each.name == new.name else each for each in tagset.relations)
    return replace(tagset, relations=relations)


def _widened(owner: Owner, offered: Owner | None, attributes: Mapping[str, Any]) -> Owner:
    """A label or relation type that can have these attributes, as far as that can be."""
    for name, value in attributes.items():
        known = owner.attribute(name)
        proposed = offered.attribute(name) if offered else None
        if known is None:
            new = proposed if proposed and fits(proposed, value) else _guessed(name, value)
            owner = with_attribute(owner, new) if new else owner
        elif proposed and not fits(known, value) and fits(proposed, value):
            wider = _more_values(known, proposed, value)
            listed = tuple(wider if each is known else each for each in owner.attributes)
            owner = replace(owner, attributes=listed)
    return owner


def _guessed(name: str, value: Any) -> Attribute | None:
    """An attribute for which this is a value; None where none can be."""
    several = isinstance(value, list)
    one = value[0] if isinstance(value, list) and value else value
    kinds: dict[type, AttributeType] = {bool: "flag", int: "number", dict: "date"}
    guess = Attribute(name, kinds.get(type(one), "text"), several=several)
    return guess if _is_name(name) and fits(guess, value) else None


def _more_values(known: Attribute, proposed: Attribute, value: Any) -> Attribute:
    """A choice with the values of this value that it lacks; anything else stays as it is."""
    if known.type != "choice" or proposed.type != "choice" or known.several != proposed.several:
        return known
    used = value if isinstance(value, list) else [value]
    return replace(known, values=tuple(dict.fromkeys((*known.values, *used))))


def _additions(before: Tagset, after: Tagset) -> Iterator[str]:
    for label in after.labels:
        yield from _owner_additions(before.label(label.name), label)
    for relation in after.relations:
        yield from _owner_additions(before.relation(relation.name), relation)


def _owner_additions(before: Owner | None, after: Owner) -> Iterator[str]:
    if before is None:
        yield after.name
    for attribute in after.attributes:
        known = before.attribute(attribute.name) if before else None
        name = f"{after.name}.{attribute.name}"
        if known is None:
            yield name
        else:
            yield from (
                f"{name}={value}" for value in attribute.values if value not in known.values
            )


def _is_name(name: str) -> bool:
    return bool(name) and name == name.strip() and not _CONTROL.search(name)
