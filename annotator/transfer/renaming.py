"""Other names for labels, relation types and annotators on their way in or out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from annotator.core.article import Article, Work
from annotator.core.citation import BACKGROUND
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Relation, Setting, TagsetVersion
from annotator.core.people import decision_renamed, layer_renamed
from annotator.core.tagset import Label, Owner, RelationType, Tagset, with_attribute
from annotator.core.tagset_toml import dumps, loads
from annotator.formats.base import Item, Note

Names = Mapping[str, str]
"""What each of some names is to be."""
_KINDS = ("label", "link", "annotator")


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is called so where it comes from is called otherwise where it goes; the rest stays."""

    labels: Names = field(default_factory=dict)
    relations: Names = field(default_factory=dict)
    annotators: Names = field(default_factory=dict)

    def item(self, item: Item) -> Item:
        """An item under the new names; itself where there are none."""
        if not (self.labels or self.relations or self.annotators):
            return item
        match item:
            case Article():
                return self._article(item)
            case Annotator():
                return replace(item, name=self.annotator(item.name))
            case Setting() if item.key.startswith(BACKGROUND):
                name = self.annotator(item.key.removeprefix(BACKGROUND))
                return replace(item, key=BACKGROUND + name)
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
            labels[name] = _joined(labels.get(name), _called(label, name))
        relations: dict[str, RelationType] = {}
        for each in tagset.relations:
            name = self.relations.get(each.name, each.name)
            sources, targets = self._ends(each.sources), self._ends(each.targets)
            known = relations.get(name)
            if known is not None:
                sources = tuple(dict.fromkeys((*known.sources, *sources)))
                targets = tuple(dict.fromkeys((*known.targets, *targets)))
            joined = _joined(known, _called(each, name))
            relations[name] = replace(joined, sources=sources, targets=targets)
        return replace(tagset, labels=tuple(labels.values()), relations=tuple(relations.values()))

    def _ends(self, labels: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.labels.get(each, each) for each in labels))

    def _article(self, article: Article) -> Article:
        works = tuple(map(self._work, article.works))
        pairs = zip(article.works, works, strict=True)
        layers = {before.layer.id: after.layer.id for before, after in pairs}
        decisions = (decision_renamed(each, self.annotators, layers) for each in article.decisions)
        return replace(article, works=works, decisions=tuple(decisions))

    def _work(self, work: Work) -> Work:
        name = self.annotator(work.layer.annotator)
        layer = work.layer if name == work.layer.annotator else layer_renamed(work.layer, name)

        def annotation(each: Annotation) -> Annotation:
            return replace(each, layer=layer.id, label=self.labels.get(each.label, each.label))

        def relation(each: Relation) -> Relation:
            return replace(each, layer=layer.id, type=self.relations.get(each.type, each.type))

        return work.mapped(layer, annotation, relation)

    def _version(self, version: TagsetVersion) -> TagsetVersion:
        try:
            tagset = loads(version.toml)
        except UserError:
            return version  # who takes it in says what is wrong with it
        renamed = self.tagset(tagset)
        return version if renamed == tagset else replace(version, toml=dumps(renamed))


AS_NAMED = Renaming()
"""Everything keeps its name."""


class Renamer:
    """A renaming at work, which knows the names that it hasn't met."""

    def __init__(self, renaming: Renaming) -> None:
        self._renaming = renaming
        kinds = (renaming.labels, renaming.relations, renaming.annotators)
        self._unmet = {
            (kind, name): None for kind, names in zip(_KINDS, kinds, strict=True) for name in names
        }

    def item(self, item: Item) -> Item:
        """An item under the new names."""
        if self._unmet:
            for each in _names_in(item):
                self._unmet.pop(each, None)
        return self._renaming.item(item)

    def notes(self) -> list[Note]:
        """One for each name that was to be another, and that nothing had."""
        what = "Nothing has this name, so nothing was renamed."
        return [Note(f"{kind} “{name}”", what) for kind, name in self._unmet]


def _names_in(item: Item) -> Iterator[tuple[str, str]]:
    """The kinds and names that a renaming looks for in an item."""
    label, link, annotator = _KINDS
    match item:
        case Article():
            for work in item.works:
                yield annotator, work.layer.annotator
                yield from ((label, each.label) for each in work.annotations)
                yield from ((link, each.type) for each in work.relations)
        case Annotator():
            yield annotator, item.name
        case TagsetVersion():
            with suppress(UserError):
                tagset = loads(item.toml)
                yield from ((label, each.name) for each in tagset.labels)
                yield from ((link, each.name) for each in tagset.relations)


def _called(owner: Owner, name: str) -> Owner:
    """A label or relation type under a name; a title that only repeats the old one follows."""
    repeats = owner.title.casefold() == owner.name.casefold()
    title = name.capitalize() if repeats and name != owner.name else owner.title
    return replace(owner, name=name, title=title)


def _joined(known: Owner | None, new: Owner) -> Owner:
    """One label or relation type for two: the first one's looks, the attributes of both."""
    if known is None:
        return new
    for each in new.attributes:
        known = with_attribute(known, each)
    return known
