"""What a review stands on besides the article: the tag set, the register and the rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from annotator.core.apart import NONE, Apart
from annotator.core.model import Annotation, Attributes, Entity, Relation
from annotator.core.rules import entities_of
from annotator.core.tagset import Tagset
from annotator.core.twins import twins
from annotator.review.rules import DEFAULT, Rules

_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def sign(value: Annotation | Relation) -> str:
    """The hash, 16 hexadecimal digits, by which a decision knows again what it saw or made.

    Over spans, attributes and label of an annotation; ends, attributes and type of a relation.
    """
    return _sign(value, value.attributes)


def _sign(value: Annotation | Relation, attributes: Attributes) -> str:
    # No line end is in what comes first, so that no two values give the same text.
    if isinstance(value, Annotation):
        ends = ",".join([f"{each.start}-{each.end}" for each in value.spans])
        name = value.label
    else:
        ends, name = _ENCODE((value.source, value.target)), value.type
    text = f"{ends}\n{text_of(attributes)}\n{name}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def text_of(attributes: Attributes) -> str:
    """Attributes as text that is equal where they are."""
    return _ENCODE(attributes) if attributes else "{}"


@dataclass(frozen=True, slots=True)
class Ground:
    """The tag set, the rules, and for entities that have twins the one that stands for all.

    Twins (core/twins.py) compare as equal until somebody merges them. `naming` are the labels that
    name somebody, each with the attribute that says whom.
    """

    tagset: Tagset
    twins: Mapping[str, str]
    naming: Mapping[str, str]
    rules: Rules = DEFAULT

    @classmethod
    def of(
        cls,
        tagset: Tagset,
        entities: Mapping[str, Entity],
        rules: Rules = DEFAULT,
        apart: Apart = NONE,
    ) -> "Ground":
        """The ground of a project with this register of entities, by id, some kept apart."""
        found = twins(entities.values(), apart)
        naming = {each.name: each.naming for each in tagset.labels if each.naming}
        return cls(tagset, {each: one for each, one in found.items() if each != one}, naming, rules)

    def meaning(self, annotation: Annotation) -> str:
        """The hash of what an annotation says: as `sign`, but the same for twins."""
        return _sign(annotation, self.attributes(annotation))

    def attributes(self, owner: Annotation | Relation) -> Attributes:
        """The attributes of an annotation or a relation, with one entity for all its twins."""
        if not self.twins or not any(
            each in self.twins for each in entities_of(owner, self.tagset)
        ):
            return owner.attributes
        return {name: self._one(value) for name, value in owner.attributes.items()}

    def _one(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._one(each) for each in value]
        return self.twins.get(value, value) if isinstance(value, str) else value

    def text(self, owner: Annotation | Relation) -> str:
        """The attributes as text that is equal where they are."""
        return text_of(self.attributes(owner))

    def entities(self, annotation: Annotation) -> tuple[str, ...]:
        """For whom a mention stands, one for all twins; nobody where it is no mention."""
        naming = self.naming.get(annotation.label)
        found = annotation.attributes.get(naming) if naming else None
        if not found:
            return ()
        several = found if isinstance(found, list) else [found]
        return tuple(dict.fromkeys(self.twins.get(each, each) for each in several))

    def allows(self, type_: str, source: Annotation, target: Annotation) -> bool:
        """Whether a relation of this type may go from one annotation to the other."""
        known = self.tagset.relation(type_)
        if known is None or source.id == target.id:
            return False
        return source.label in known.sources and target.label in known.targets

    def is_symmetric(self, type_: str) -> bool:
        """Whether it doesn't matter which end of a relation of this type comes first."""
        known = self.tagset.relation(type_)
        return known is not None and known.symmetric
