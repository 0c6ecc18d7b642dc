"""The project's tag set during an import: what it lacks of labels, attributes and types is added."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.core.model import Annotation, Relation
from annotator.core.rules import attribute_problems
from annotator.core.tagset import (
    Attribute,
    Label,
    RelationType,
    Tagset,
    fits,
    with_attribute,
)


class Vocabulary:
    """Grows only by what is used; `offered` is the file's own tag set, which says how."""

    def __init__(self, tagset: Tagset) -> None:
        self.tagset = tagset
        self.offered: Tagset | None = None
        self.added: dict[str, None] = {}
        self._known = tagset

    def restart(self, tagset: Tagset) -> None:
        """Take another tag set for the project's."""
        self.tagset = self._known = tagset

    def problem(self, owner: Annotation | Relation) -> str:
        """Why the tag set can't have this, even if it grows; "" where it can, now that it grew."""
        if not any(attribute_problems(owner, self.tagset)):
            return ""
        if isinstance(owner, Annotation) and not _is_name(owner.label):
            return f'"{owner.label}" is no name for a label'
        if isinstance(owner, Annotation):
            grown = self._with_label(owner.label)
        else:
            grown = self.tagset
        grown = self._with_attributes(grown, owner)
        for problem in attribute_problems(owner, grown):
            return problem
        self._grow(grown)
        return ""

    def link(self, type_: str, source: str, target: str) -> str:
        """As `problem`, for a relation of this type between these labels.

        A type that the project had before keeps its ends among the labels that it had before.
        """
        known = self.tagset.relation(type_)
        if known and source in known.sources and target in known.targets:
            return ""
        if not _is_name(type_):
            return f'"{type_}" is no name for a relation'
        own = self._known.relation(type_)
        for end, label, allowed in (
            ("source", source, own.sources if own else ()),
            ("target", target, own.targets if own else ()),
        ):
            if own and label not in allowed and self._known.label(label):
                return f'"{type_}" cannot have a {label} as its {end}'
        grown = self.tagset
        offered = self.offered.relation(type_) if self.offered else None
        if offered and known is None:
            bare = replace(offered, sources=(), targets=(), attributes=(), key=self._free(offered))
            grown = replace(grown, relations=(*grown.relations, bare))
        self._grow(grown.with_relation(type_, source, target))
        return ""

    def _with_label(self, name: str) -> Tagset:
        offered = self.offered.label(name) if self.offered else None
        if self.tagset.label(name) or offered is None:
            return self.tagset.with_label(name)
        new = replace(offered, attributes=(), key=self._free(offered))
        return replace(self.tagset, labels=(*self.tagset.labels, new))

    def _free(self, owner: Label | RelationType) -> str:
        """The key of a label or relation, "" where the project has it for another."""
        taken = {each.key for each in (*self.tagset.labels, *self.tagset.relations)}
        return "" if owner.key in taken else owner.key

    def _with_attributes(self, tagset: Tagset, owner: Annotation | Relation) -> Tagset:
        if isinstance(owner, Annotation):
            labels = tuple(
                self._widened(each, owner.attributes) if each.name == owner.label else each
                for each in tagset.labels
            )
            return replace(tagset, labels=labels)
        relations = tuple(
            self._widened(each, owner.attributes) if each.name == owner.type else each
            for each in tagset.relations
        )
        return replace(tagset, relations=relations)

    def _widened[Owner: (Label, RelationType)](
        self, owner: Owner, attributes: Mapping[str, Any]
    ) -> Owner:
        raise NotImplementedError

    def _grow(self, grown: Tagset) -> None:
        raise NotImplementedError
