"""Other names for labels, relation types and annotators on their way in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Relation, TagsetVersion
from annotator.core.tagset import Label, Owner, RelationType, Tagset, with_attribute
from annotator.core.tagset_toml import dumps, loads
from annotator.formats.base import Item

Names = Mapping[str, str]
"""What each of some names is to be."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is called so in files is called otherwise in the project; the rest keeps its name."""

    labels: Names = field(default_factory=dict)
    relations: Names = field(default_factory=dict)
    annotators: Names = field(default_factory=dict)

    def item(self, item: Item) -> Item:
        """An item under the new names."""
        match item:
            case Article():
                works = tuple(self._work(each) for each in item.works)
                decisions = (replace(each, by=self.annotator(each.by)) for each in item.decisions)
                return replace(item, works=works, decisions=tuple(decisions))
            case Annotator():
                return replace(item, name=self.annotator(item.name))
            case TagsetVersion() if self.labels or self.relations:
                return self._version(item)
            case _:
                return item

    def annotator(self, name: str) -> str:
        """What an annotator is called."""
        return self.annotators.get(name, name)

    def tagset(self, tagset: Tagset) -> Tagset:
        """A tag set under the new names; what gets a name that is there becomes one with it."""
        labels: dict[str, Label] = {}
        for label in tagset.labels:
            name = self.labels.get(label.name, label.name)
            labels[name] = _joined(labels.get(name), replace(label, name=name))
        relations: dict[str, RelationType] = {}
        for each in tagset.relations:
            name = self.relations.get(each.name, each.name)
            sources, targets = self._ends(each.sources), self._ends(each.targets)
            known = relations.get(name)
            if known is not None:
                sources = tuple(dict.fromkeys((*known.sources, *sources)))
                targets = tuple(dict.fromkeys((*known.targets, *targets)))
            joined = _joined(known, replace(each, name=name))
            relations[name] = replace(joined, sources=sources, targets=targets)
        return replace(tagset, labels=tuple(labels.values()), relations=tuple(relations.values()))

    def _ends(self, labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.labels.get(each, each) for each in labels))

    def _work(self, work: Work) -> Work:
        layer = replace(work.layer, annotator=self.annotator(work.layer.annotator))
        return Work(
            layer,
            tuple(map(self._annotation, work.annotations)),
            tuple(map(self._relation, work.relations)),
        )

    def _annotation(self, each: Annotation) -> Annotation:
        name = self.labels.get(each.label)
        return each if name is None else replace(each, label=name)

    def _relation(self, each: Relation) -> Relation:
        name = self.relations.get(each.type)
        return each if name is None else replace(each, type=name)

    def _version(self, version: TagsetVersion) -> TagsetVersion:
        try:
            tagset = loads(version.toml)
        except UserError:
            return version  # who takes it in says what is wrong with it
        renamed = self.tagset(tagset)
        return version if renamed == tagset else replace(version, toml=dumps(renamed))


AS_NAMED = Renaming()
"""Everything keeps its name."""


def _joined(known: Owner | None, new: Owner) -> Owner:
    """One label or relation type for two: the first one's looks, the attributes of both."""
    if known is None:
        return new
    for each in new.attributes:
        known = with_attribute(known, each)
    return known
