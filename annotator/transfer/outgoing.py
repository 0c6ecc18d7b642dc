"""What goes out of a project: the layers chosen, with all that they need to be understood."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import (
    ROLES,
    Annotator,
    Document,
    Entity,
    Layer,
    Setting,
    TagsetVersion,
)
from annotator.core.rules import entities_of
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.formats.base import KEPT_LINES, Item
from annotator.formats.names import safe_name
from annotator.store.reader import Reader
from annotator.transfer.incoming import is_own


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles and which of their layers go out.

    `whole` is everything there is, settings, register and decisions included. `role` or `annotator`
    choose layers, neither of them all; without `layered` no layer is looked at, and with it, only
    articles that have a layer chosen go out (all of them where all layers are). `only` narrows them
    to the layers of one annotator, role and round.
    """

    documents: tuple[str, ...] = ()
    role: str = ""
    annotator: str = ""
    layered: bool = True
    every: bool = False
    total: int = 0
    only: tuple[str, str, int] | None = None

    @classmethod
    def of(
        cls, read: Reader, layer: str, documents: tuple[str, ...], *, layered: bool
    ) -> "Selection":
        """The selection that a person named; raises UserError where there is no such thing."""
        for id_ in documents:
            if read.document(id_) is None:
                raise UserError(f"The project has no article with the id {id_}.")
        documents = tuple(dict.fromkeys(documents))
        total = len(documents) or read.count_documents()
        roles = read.layer_counts()
        if layer == "all":
            return cls(documents, every=True, total=total)
        if not layer:
            if not roles or not layered:
                return cls(documents, layered=False, total=total)
            if "gold" not in roles:
                people = ", ".join(dict.fromkeys(each.annotator for each in read.layers()))
                raise UserError(
                    "The project has no gold layer; choose one with --layer: all, "
                    f"{', '.join(roles)}, or the name of an annotator ({people})."
                )
            layer = "gold"
        names = tuple(each.name for each in read.annotators())
        if layer in names and layer not in ("gold", "machine"):
            return cls(documents, annotator=layer, total=total)
        if layer in ROLES and layer in roles:
            return cls(documents, role=layer, total=total)
        known = ", ".join(dict.fromkeys((*roles, *names)))
        raise UserError(f'The project has no layer "{layer}"; choose all, {known}.')

    @property
    def whole(self) -> bool:
        """Whether everything goes out."""
        return self.every and not self.documents

    def parts(self, read: Reader) -> dict[str, "Selection"]:
        """A selection for each annotator, role and round that is chosen, by a name for a folder."""
        chosen = {
            (each.annotator, each.role, each.round) for each in read.layers() if self.has(each)
        }
        return {
            part_name(*key): replace(self, only=key, every=False, annotator="", role="")
            for key in sorted(chosen)
        }

    def has(self, layer: Layer) -> bool:
        """Whether a layer goes out."""
        if self.only is not None:
            return (layer.annotator, layer.role, layer.round) == self.only
        if self.annotator:
            return layer.annotator == self.annotator and layer.role == "annotator"
        return self.every or layer.role == self.role


def part_name(annotator: str, role: str, round_: int) -> str:
    """What a folder with the layers of an annotator, role and round is called."""
    name = annotator if role in ("annotator", annotator) else f"{annotator}-{role}"
    return safe_name(name if round_ == 1 else f"{name}-{round_}")


def items(read: Reader, selection: Selection) -> Iterator[Item]:
    """Everything that goes out; entities and annotators come before the articles that name them."""
    if selection.whole:
        yield from (each for each in read.settings() if not is_own(each.key))
    yield from read.tagsets()
    tagset = loads(read.tagset().toml)
    annotators = {each.name: each for each in read.annotators()}
    entities = {each.id: each for each in read.entities()}
    if selection.whole:
        yield from annotators.values()
        yield from entities.values()
        annotators, entities = {}, {}
    for document in read.documents(ids=selection.documents):
        article = _article(read, selection, document)
        if article is not None:
            for name in _named(article, tagset) if annotators or entities else ():
                known = annotators.pop(name, None) or entities.pop(name, None)
                if known is not None:
                    yield known
            yield article


def _article(read: Reader, selection: Selection, document: Document) -> Article | None:
    """An article with the layers chosen; None where it has none of them."""
    if not selection.layered:
        return Article(document)
    works = tuple(
        read.contents(layer) for layer in read.layers(document=document.id) if selection.has(layer)
    )
    if selection.every:
        return Article(document, works, tuple(read.decisions(document=document.id)))
    return Article(document, works) if works else None


def _named(article: Article, tagset: Tagset) -> Iterator[str]:
    """The names of annotators and ids of entities in an article."""
    for work in article.works:
        yield work.layer.annotator
        for annotation in work.annotations:
            yield from entities_of(annotation, tagset)
        for relation in work.relations:
            yield from entities_of(relation, tagset)


def count(item: Item) -> Counter[str]:
    """How many of each feature (formats/base.py) an item has."""
    match item:
        case Setting():
            return Counter({"settings": 1})
        case TagsetVersion():
            return Counter({"versions of the tag set": 1})
        case Entity():
            return Counter({"entities": 1})
        case Annotator():
            return Counter({"details of annotators": bool(item.display or item.color)})
        case _:
            return _count_article(item)


def _count_article(article: Article) -> Counter[str]:
    each = article.document
    texts = (each.title, each.source, each.url, each.published, each.language, each.note)
    found = Counter(
        {
            "articles": 1,
            "article details": int(any(texts) or bool(each.meta)),
            "decisions": len(article.decisions),
        }
    )
    for work in article.works:
        found["annotations"] += len(work.annotations)
        found["relations"] += len(work.relations)
        found["layers without annotations"] += not work.annotations
        found["first passes"] += work.first_pass is not None
        found["time of work"] += work.seconds > 0
        found["details of layers"] += bool(work.layer.meta.keys() - {KEPT_LINES})
        found["attributes"] += sum(bool(owner.attributes) for owner in work.relations)
        for annotation in work.annotations:
            found["attributes"] += bool(annotation.attributes)
            found["notes"] += bool(annotation.note or annotation.meta)
            found["annotations in several fragments"] += len(annotation.spans) > 1
    return found
