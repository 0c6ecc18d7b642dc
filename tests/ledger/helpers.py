"""What the tests of the ledger share: the sample's gold, and small articles made by hand."""

from typing import Any

from annotator import paths
from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256
from annotator.formats import jsonl_reader
from annotator.formats.base import Found, Source
from annotator.ledger.joining import ledger
from annotator.ledger.pages import Pages
from annotator.ledger.register import Register
from annotator.ledger.values import Entry, Ledger, Page, Parties

DEFAULT = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
AUGUST = {"text": "August 3", "from": "2022-08-03", "to": "2022-08-03"}
SEPTEMBER = {"text": "", "from": "2022-09-12", "to": "2022-09-13"}
ARMENIA = Entity("e1", "Armenia", side="Armenia", type="state")
BAKU = Entity("e2", "Azerbaijan", side="Azerbaijan", type="state")
ARMY = Entity("e3", "Armed Forces of Armenia", side="Armenia", type="armed force")
ENTITIES = (ARMENIA, BAKU, ARMY)


def sample() -> tuple[Tagset, list[Entity], Article]:
    """The sample's gold: its tag set, its register, its article."""
    gold = paths.resources() / "sample" / "gold.jsonl"
    found = jsonl_reader.read(Source(gold.name, gold))
    items = [each.item for each in found if isinstance(each, Found)]
    toml = next(each.toml for each in items if isinstance(each, TagsetVersion))
    article = next(each for each in items if isinstance(each, Article))
    return loads(toml), [each for each in items if isinstance(each, Entity)], article


def sample_ledger() -> Ledger:
    tagset, entities, article = sample()
    pages = Pages(tagset, Register(entities))
    return ledger(pages.page(article.document, work) for work in article.works)


class Desk:
    """An article that is written sentence by sentence, each marked as it comes."""

    def __init__(self, name: str = "d1", published: str = "", who: str = "ada") -> None:
        self.name = name
        self.published = published
        self.layer = Layer.of(name, who, state="done")
        self.text = ""
        self.annotations: list[Annotation] = []
        self.relations: list[Relation] = []

    def mark(self, label: str, words: str, **attributes: Any) -> Annotation:
        """Write these words, and mark them."""
        start = len(self.text)
        self.text += f"{words}. "
        return self.over(label, start, start + len(words), **attributes)

    def over(self, label: str, start: int, end: int, **attributes: Any) -> Annotation:
        """Mark what is written there."""
        id_ = f"{self.layer.id} {len(self.annotations)}"
        made = Annotation(id_, self.layer.id, (Span(start, end),), label, attributes)
        self.annotations.append(made)
        return made

    def within(self, outer: Annotation, label: str, words: str, **attributes: Any) -> Annotation:
        """Mark some of the words of an annotation."""
        start = self.text.index(words, outer.envelope.start)
        return self.over(label, start, start + len(words), **attributes)

    def link(self, type_: str, source: Annotation | str, target: Annotation | str) -> None:
        """Link two annotations, or what isn't there, by ids."""
        one, other = (each if isinstance(each, str) else each.id for each in (source, target))
        id_ = f"{self.layer.id} r{len(self.relations)}"
        self.relations.append(Relation(id_, self.layer.id, type_, one, other))

    def actor(self, words: str, *entities: Entity) -> Annotation:
        return self.mark(
            "actor", words, **({"entity": [e.id for e in entities]} if entities else {})
        )

    def claim(self, words: str, *by: Annotation, **attributes: Any) -> Annotation:
        made = self.mark("claim", words, **attributes)
        for each in by:
            self.link("source", made, each)
        return made

    def page(self, tagset: Tagset = DEFAULT, entities: tuple[Entity, ...] = ENTITIES) -> Page:
        document = Document(
            self.name, f"On {self.name}", self.text, sha256(self.text), published=self.published
        )
        work = Work(self.layer, tuple(self.annotations), tuple(self.relations))
        return Pages(tagset, Register(entities)).page(document, work)


def names(parties: Parties) -> list[str]:
    return [each.name for each in parties]


def entry(page: Page, annotation: Annotation) -> Entry:
    """What became of an annotation."""
    found = (one for several in page.entries.values() for one in several)
    return next(each for each in found if each.annotation == annotation.id)


def placed(found: Ledger) -> list[list[list[str]]]:
    """The annotations of each statement, kind by kind."""
    kinds = (found.claims, found.denials, found.casualties)
    return [[[one.annotation for one in each.places] for each in several] for several in kinds]
