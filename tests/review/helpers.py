"""Small articles in review, written as text, and what reviewers do with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator import paths
from annotator.core.article import Article, Work
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Document, Entity, Layer, Relation, State
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256
from annotator.review.changing import edited
from annotator.review.ground import Ground
from annotator.review.places import on
from annotator.review.rules import DEFAULT, Rules
from annotator.review.values import Place, Reviewed, Status

TEXT = "The army of the north said that the town was hit. The town denied it, and so on. " * 4
DOCUMENT = Document("d", "title", TEXT, sha256(TEXT))
TAGSET: Tagset = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
ENTITIES = {
    each.id: each
    for each in (
        Entity("e-north", "North", type="state"),
        Entity("e-south", "South", type="state"),
        Entity("f-north", "North", type="state"),  # a twin of the first
        Entity("g-north", "North", type="media"),
    )
}
_MARK = re.compile(r"(?:(\w+): )?([\d+-]+) (\w+)((?: \w+=\S+)*)")
_LINK = re.compile(r"(?:(\w+): )?(\S+) (\w+) (\S+?)( implied)?")


def layer_of(name: str, state: State = "done", round_: int = 1) -> Layer:
    """A layer on the article."""
    return Layer.of(DOCUMENT.id, name, round_=round_, state=state)


def work(
    name: str, marks: str = "", links: str = "", *, state: State = "done", round_: int = 1
) -> Work:
    """A layer: `marks` like "x: 3-9 claim form=direct, 3-5+7-9 actor", `links` like "x source y".

    What has no name is called by its number, "0", "1", …
    """
    layer = layer_of(name, state, round_)
    found = [_annotation(layer, number, each) for number, each in enumerate(_parts(marks))]
    relations = [_relation(layer, number, each) for number, each in enumerate(_parts(links))]
    return Work(layer, tuple(found), tuple(relations))


def _parts(text: str) -> list[str]:
    return [each for each in text.split(", ") if each]


def _id(layer: Layer, name: object) -> str:
    return f"{layer.annotator}{layer.round}.{name}"


def _annotation(layer: Layer, number: int, text: str) -> Annotation:
    match = _MARK.fullmatch(text)
    assert match, text
    name, ends, label, rest = match.groups()
    spans = tuple(Span(*map(int, each.split("-"))) for each in ends.split("+"))
    attributes = dict(_attribute(*each.split("=")) for each in rest.split())
    return Annotation(_id(layer, name or number), layer.id, spans, label, attributes)


def _attribute(name: str, value: str) -> tuple[str, Any]:
    if name == "entity":
        return name, value.split("+")
    return name, int(value) if value.isdigit() else value


def _relation(layer: Layer, number: int, text: str) -> Relation:
    match = _LINK.fullmatch(text)
    assert match, text
    name, source, type_, target, implied = match.groups()
    ends = (_id(layer, source), _id(layer, target))
    attributes = {"implied": True} if implied else {}
    return Relation(_id(layer, f"link {name or number}"), layer.id, type_, *ends, attributes)


@dataclass
class Desk:
    """An article with work on it, and all edits that were made to it."""

    works: Iterable[Work] = ()
    rules: Rules = DEFAULT
    entities: Mapping[str, Entity] = field(default_factory=lambda: ENTITIES)
    done: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.article = Article(DOCUMENT, tuple(self.works))
        self.ground = Ground.of(TAGSET, self.entities, self.rules)

    @property
    def now(self) -> Reviewed:
        """The article in review as it is."""
        return on(self.article, self.ground)

    @property
    def place(self) -> Place:
        """The only place there is."""
        (found,) = self.now.places
        return found

    def at(self, start: int, relation: str = "") -> Place:
        """The only place that starts here."""
        (found,) = (
            each for each in self.now.places if (each.start, each.relation) == (start, relation)
        )
        return found

    def statuses(self, relation: str | None = None) -> list[Status]:
        """The statuses of all places, or of those of one type of relation ("" for spans)."""
        places = self.now.places
        return [each.status for each in places if relation in (None, each.relation)]

    def do(self, edit: Edit) -> Edit:
        """Make an edit; it must fit what there is, and leave no link without its ends."""
        for each in edit.changes:
            assert each.before == self._value(each.kind, each.id), each
        self.article = edited(self.article, edit)
        self.require_sound()
        self.done.append(edit)
        return edit

    def undo(self) -> None:
        """Take the last edit back."""
        self.article = edited(self.article, self.done.pop().inverse())
        self.require_sound()

    def put(self, found: Work) -> None:
        """Put a layer in the place of the one there is, or beside the others."""
        others = [each for each in self.article.works if each.layer.id != found.layer.id]
        self.article = replace(self.article, works=(*others, found))

    def gold(self) -> list[str]:
        """What gold has, like "3-9 claim"."""
        return [shown(each) for each in self.now.gold.annotations]

    def gold_links(self) -> list[str]:
        """The links of gold, like "3-9 claim source 12-14 actor"."""
        gold = self.now.gold
        ends = {each.id: shown(each) for each in gold.annotations}
        return sorted(
            f"{ends[each.source]} {each.type} {ends[each.target]}" for each in gold.relations
        )

    def require_sound(self) -> None:
        """No link has an end outside its layer."""
        for each in self.article.works:
            ids = {one.id for one in each.annotations}
            assert all({one.source, one.target} <= ids for one in each.relations)

    def _value(self, kind: str, id_: str) -> object:
        every: dict[str, dict[str, Any]] = {
            "layer": {each.layer.id: each.layer for each in self.article.works},
            "decision": {each.id: each for each in self.article.decisions},
            "annotation": {one.id: one for each in self.article.works for one in each.annotations},
            "relation": {one.id: one for each in self.article.works for one in each.relations},
        }
        return every[kind].get(id_)


def shown(one: Annotation) -> str:
    """An annotation without its attributes."""
    return "+".join(f"{each.start}-{each.end}" for each in one.spans) + f" {one.label}"
