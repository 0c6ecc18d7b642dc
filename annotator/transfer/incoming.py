"""What was found in files becomes changes to a project; what can't is named and left out."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.core import rules
from annotator.core.article import Article, Work
from annotator.core.ids import inner_id, is_ours
from annotator.core.model import (
    Annotation,
    Annotator,
    Document,
    FirstPass,
    Layer,
    Relation,
    Role,
    Setting,
    State,
    TagsetVersion,
    TimeSpent,
    kind_of,
)
from annotator.core.people import names_since
from annotator.core.tagset import Tagset
from annotator.formats.base import Format, Found, Head
from annotator.store.intake import Intake
from annotator.transfer.batch import Batch
from annotator.transfer.likeness import Likeness
from annotator.transfer.renaming import Renaming
from annotator.transfer.report import ImportReport
from annotator.transfer.versions import Versions

if TYPE_CHECKING:
    from annotator.transfer.attaching import Texts

OWN_SETTINGS = ("id", "annotator", "handoff")
"""Settings that say which file this is; they neither go out nor come in."""
HANDED = "handoff."
"""Before a hand-off's id in the key of what a project notes of it, which stays in the project."""
_NAMED_BY_ROLE = ("gold", "machine")
Inside = TypeVar("Inside", Annotation, Relation)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a person says of the layers in a file; what is left empty is as the file has it."""

    annotator: str = ""
    role: Role | None = None
    state: State | None = None
    round: int | None = None

    def layer(self, layer: Layer, document: str, *, who: str) -> Layer:
        """A layer as it will be in the project, on the document with this id there.

        One that is nobody's in the file becomes the work of `who`. The names `gold` and `machine`
        go with the roles, so either of them gives the other.
        """
        name, role = self.annotator or layer.annotator or who, self.role or layer.role
        if self.role in _NAMED_BY_ROLE and not self.annotator:
            name = self.role
        if self.annotator in _NAMED_BY_ROLE and self.role is None:
            role = "gold" if self.annotator == "gold" else "machine"
        rest = {"state": self.state or layer.state, "tagset": layer.tagset, "meta": layer.meta}
        return Layer.of(document, name, role=role, round_=self.round or layer.round, **rest)


class Incoming:
    """Takes what was found, one by one, and adds it to a project in batches."""

    def __init__(self, intake: Intake, given: Imported, *, who: str) -> None:
        self.batch = Batch(intake)
        read = intake.read
        self._given = replace(given, annotator=read.present_name(given.annotator))
        self._names = Renaming(
            annotators={each: read.present_name(each) for each in names_since(read.settings())}
        )
        """What people who are known by a former name in a file are called here."""
        self._who = who
        self._local_ids = False
        self._called: dict[str, str] = {}
        self._versions = Versions(self.batch)
        self._entities: set[str] = set()
        self._likeness = Likeness(intake.read)
        self.texts: Texts | None = None
        """Where the texts are that articles come without; None: such articles stay out."""

    @property
    def fruitful(self) -> bool:
        """Whether anything was found that is in the project now, be it that it was there before."""
        return self.batch.counts.total() > 0

    def begin_file(self, format_: Format) -> None:
        """Forget what only held for the file before."""
        self._local_ids = format_.local_ids
        self._versions.begin_file()

    def report(self) -> ImportReport:
        """What came in so far."""
        batch = self.batch
        return ImportReport(
            documents=batch.counts["document"],
            annotations=batch.counts["annotation"],
            relations=batch.counts["relation"],
            decisions=batch.counts["decision"],
            entities=batch.counts["entity"],
            duplicates=batch.counts["duplicate"],
            added=tuple(self._versions.words.added),
            problems=tuple(batch.problems),
            notes=tuple(batch.notes),
        )

    def take(self, found: Found) -> None:
        """Take one item; its problems are noted, not raised."""
        item = self._names.item(found.item)
        if isinstance(item, Article):
            self._take_article(item, found.where)
        else:
            self._take_head(item, found.where)
        if self.batch.full:
            self.flush()

    def flush(self) -> None:
        """Add what waits."""
        self._versions.settle()
        self.batch.flush()
        self._likeness.flush()

    def end(self) -> None:
        """Name the files with texts that no article wanted."""
        for source in self.texts.unwanted() if self.texts else ():
            self.batch.note(source.name, "No article that came in has this text; it was left out.")

    # What stands before the articles

    def _take_head(self, item: Head, where: str) -> None:
        match item:
            case Setting():
                self._take_setting(item, where)
            case TagsetVersion():
                self._versions.take(item, where)
            case Annotator():
                self._take_annotator(item, where)
            case _:
                known = self.batch.value("entity", item.id)
                self.batch.compare(item, known, f"{where}, entity {item.id}")

    def _take_setting(self, setting: Setting, where: str) -> None:
        known = self.batch.value("setting", setting.key)
        if is_own(setting.key):
            self.batch.counts["same"] += 1
        elif known not in (None, setting) and self._versions.empty:
            self.batch.put(known, setting)
        else:
            self.batch.compare(setting, known, f'{where}, setting "{setting.key}"')

    def _take_annotator(self, annotator: Annotator, where: str) -> None:
        """A new annotator, or what the project doesn't know yet of one it has."""
        name = annotator.name
        problem = None if name in _NAMED_BY_ROLE else rules.name_problem(name)
        known = self.batch.value("annotator", name)
        if problem:
            self.batch.problem(where, problem.removesuffix("."))
        elif not isinstance(known, Annotator):
            self.batch.put(None, annotator)
        else:
            display, color = annotator.display, annotator.color
            fuller = Annotator(name, known.display or display, known.color or color)
            if fuller != known:
                self.batch.put(known, fuller)
            said = Annotator(name, display or fuller.display, color or fuller.color)
            self.batch.compare(said, fuller, f"{where}, annotator {name}")

    # Articles

    def _take_article(self, article: Article, where: str) -> None:
        document = self._with_text(article.document, where)
        id_ = self._take_document(document, where) if document else None
        if document is None or id_ is None:
            return
        self._called.clear()
        seen: set[str] = set()
        for work in article.works:
            layer = self._given.layer(work.layer, id_, who=self._who)
            place = f"{where}, layer of {layer.annotator}"
            if layer.id in seen:
                self.batch.problem(place, "there are two layers of this annotator, role and round")
            elif self._take_layer(layer, place):
                self._take_work(work, layer.id, len(document.text), place)
            seen.add(layer.id)
        for each in article.decisions:
            decision = replace(each, document=id_)
            known = self.batch.value("decision", each.id)
            self.batch.compare(decision, known, f"{where}, decision {each.id}")

    def _with_text(self, document: Document, where: str) -> Document | None:
        """The document with its text, if it came without; None where there is none."""
        if not document.withheld:
            return document
        if self.texts is None:
            self.batch.problem(where, "it comes without its text; attach it to the text")
            return None
        found = self.texts.joined(document)
        if found is None:
            what = f"no text has the hash of this article's, {document.sha256[:12]}…"
            self.batch.problem(where, f"{what}; name the file with its text too")
        return found

    def _take_document(self, document: Document, where: str) -> str | None:
        """The id of the document in the project; None where it has to stay out."""
        for problem in rules.value_problems(document):
            self.batch.problem(where, problem)
            return None
        like = self.batch.documents_like(document.id, document.sha256)
        if like.get(document.id, document.sha256) != document.sha256:
            self.batch.problem(where, "the project has another text under this article's id")
            return None
        if document.id in like:
            self.batch.counts["duplicate"] += 1
            if self.batch.value("document", document.id) != document:
                what = "the project has this article with other details, which stay"
                self.batch.problem(where, what)
            return document.id
        for twin in like:
            self.batch.counts["duplicate"] += 1
            known = self.batch.value("document", twin)
            title = known.title if isinstance(known, Document) else ""
            self.batch.note(where, f"The project has this text already, as “{title or twin}”.")
            return twin
        if alike := self._likeness.note(document, where):
            self.batch.notes.append(alike)
        self.batch.put(None, document)
        self.batch.put_text(document.id, document.sha256, len(document.text))
        self._versions.empty = False
        return document.id

    def _take_layer(self, layer: Layer, place: str) -> bool:
        """Whether the layer is in the project now, so that what it holds can come."""
        problem = _layer_problem(layer)
        if problem:
            self.batch.problem(place, problem)
            return False
        if self.batch.value("annotator", layer.annotator) is None:
            self.batch.put(None, Annotator(layer.annotator))
        known = self.batch.value("layer", layer.id)
        if not isinstance(known, Layer):
            self.batch.put(None, self._versions.placed(layer))
        elif replace(layer, tagset=known.tagset) == known:
            self.batch.counts["same"] += 1
        elif known.state == "new":  # an article that the person was given, and hasn't begun
            self.batch.put(known, self._versions.placed(layer))
        else:
            what = f"the project has this layer already, as {known.state}, which stays"
            self.batch.problem(place, what)
        return True

    def _take_work(self, work: Work, layer: str, length: int, place: str) -> None:
        annotations = [self._inside(each, layer) for each in work.annotations]
        kept = self._take_annotations(annotations, length, place)
        relations = [self._inside(each, layer) for each in work.relations]
        known = self.batch.values("relation", [each.id for each in relations])
        for each in relations:
            spot = f"{place}, relation {self._name(each)}"
            before = known.get(each.id)
            problem = "" if before else self._relation_problem(each, kept)
            if problem:
                self.batch.problem(spot, problem)
            else:
                self.batch.compare(each, before, spot)
                known.setdefault(each.id, each)
        self._take_making(work, layer, length, place)

    def _take_making(self, work: Work, layer: str, length: int, place: str) -> None:
        """What is told of how a layer was made: its first pass, and the time that it took."""
        if work.first_pass:
            first = FirstPass(
                layer,
                tuple(self._inside(each, layer) for each in work.first_pass.annotations),
                tuple(self._inside(each, layer) for each in work.first_pass.relations),
            )
            problem = next(rules.first_pass_problems(first, length), "")
            if problem:
                self.batch.problem(f"{place}, first pass", problem)
            else:
                self._take_once(first, "first pass", place)
        if work.seconds:
            self._take_once(TimeSpent(layer, work.seconds), "time of work", place)

    def _take_once(self, value: FirstPass | TimeSpent, name: str, place: str) -> None:
        """Take what the project can have one of for each layer, unless it has it."""
        known = self.batch.value(kind_of(value), value.id)
        if known in (None, value):
            self.batch.compare(value, known, place)
        else:
            self.batch.problem(place, f"the project has another {name} for it, which stays")

    def _take_annotations(
        self, annotations: list[Annotation], length: int, place: str
    ) -> dict[str, Annotation]:
        """Those annotations that are in the project now, by id; `length` is of the text."""
        kept: dict[str, Annotation] = {}
        known = self.batch.values("annotation", [each.id for each in annotations])
        for each in annotations:
            spot = f"{place}, annotation {self._name(each)}"
            before = known.get(each.id)
            problem = "" if before else self._annotation_problem(each, length)
            if problem:
                self.batch.problem(spot, problem)
            elif self.batch.compare(each, before, spot):
                kept[each.id] = each
                known.setdefault(each.id, each)
        return kept

    def _inside(self, value: Inside, layer: str) -> Inside:
        """The value as one of this layer, which its reader may have known by another id.

        Local ids become ones of the layer, so that the same file read again gives the same values.
        Those that were made here stay: a foreign format may carry what we wrote.
        """
        if not self._local_ids:
            return value if value.layer == layer else replace(value, layer=layer)
        inside = replace(value, id=_global_id(layer, value.id), layer=layer)
        self._called[inside.id] = value.id
        if isinstance(inside, Annotation):
            return inside
        source, target = (_global_id(layer, end) for end in (inside.source, inside.target))
        return replace(inside, source=source, target=target)

    def _name(self, value: Inside) -> str:
        """The id that the file has for a value."""
        return self._called.get(value.id, value.id)

    def _annotation_problem(self, annotation: Annotation, length: int) -> str:
        for problem in rules.span_problems(annotation, length):
            return problem
        tagset = self._versions.allowing(annotation)
        if isinstance(tagset, str):
            return tagset
        return self._entity_problem(annotation, tagset)

    def _entity_problem(self, owner: Annotation | Relation, tagset: Tagset) -> str:
        for id_ in rules.entities_of(owner, tagset):
            if id_ not in self._entities:
                if self.batch.value("entity", id_) is None:
                    return f"the register has no entity {id_}"
                self._entities.add(id_)
        return ""

    def _relation_problem(self, relation: Relation, kept: dict[str, Annotation]) -> str:
        def end(id_: str) -> Annotation | None:
            found = kept.get(id_) or self.batch.value("annotation", id_)
            return found if isinstance(found, Annotation) else None

        for problem in rules.relation_problems(relation, end, Tagset("")):
            return problem
        source, target = end(relation.source), end(relation.target)
        assert source is not None
        assert target is not None
        tagset = self._versions.linking(relation, source.label, target.label)
        return tagset if isinstance(tagset, str) else self._entity_problem(relation, tagset)


def is_own(key: str) -> bool:
    """Whether a setting is about this file, so that it neither goes out nor comes in."""
    return key in OWN_SETTINGS or key.startswith(HANDED)


def _global_id(layer: str, name: str) -> str:
    return name if is_ours(name) else inner_id(layer, name)


def _layer_problem(layer: Layer) -> str:
    """Why nobody can have such a layer; "" if somebody can."""
    name = layer.annotator
    if name in _NAMED_BY_ROLE:
        return "" if name == layer.role else f'the name "{name}" is reserved for the role'
    return (rules.name_problem(name) or "").removesuffix(".")
