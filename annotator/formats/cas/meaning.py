"""What a CAS means: an article, and the work on it of one person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Layer, Relation, Role, State
from annotator.core.span import Span
from annotator.formats import carried
from annotator.formats.base import Found, Option, Problem, Reading
from annotator.formats.carried import Ids, Own, Problems
from annotator.formats.cas.names import KEY, LABEL, NOTE, attribute_of, label_of, value_of
from annotator.formats.cas.values import ANNOTATION, ARTICLE, LINK, METADATA, Cas, Ref, Structure
from annotator.formats.cas.xmi_form import refs
from annotator.formats.fields import Bad
from annotator.formats.units import UTF16, ruler_of

LABELS = Option(
    "labels", "the feature that holds the label, or `type` for the layer's name; else found out"
)
_USUAL = ("label", "value", "PosValue", "category", "DependencyType")
_FRAME = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.", METADATA)
"""Types that are no annotations: tokens, sentences, and what is about the whole text."""
_ENDS = ("Governor", "Dependent")
_UNKNOWN = "x-unspecified"


@dataclass(frozen=True, slots=True)
class Person:
    """Whose work a CAS is, where that is known from elsewhere."""

    name: str = ""
    role: Role = "annotator"
    state: State = "done"


def meaning(
    cas: Cas, where: str, *, labels: str = "", person: Person | None = None, file: str = ""
) -> Reading:
    """The article of a CAS with the work on it, after what was carried before it.

    What can't be taken of it is a Problem, the rest comes. `labels` as LABELS has them; `file` is
    the name of the article's file.
    """
    own = _carried(cas)
    yield from carried.heads_in(own, where, 0)
    article = yield from _article(cas, own, where, file)
    yield from cas.problems
    layer = _known_layer(own, article.document, person)
    reader = _Reader(cas, labels, where, ours=layer is not None)
    annotations = yield from reader.annotations()
    relations = yield from reader.relations()
    if layer is None:
        if own and not annotations and person is None:
            yield Found(where, article)
            return
        whose = person or Person()
        layer = carried.layer_of(article.document, whose.name, role=whose.role, state=whose.state)
    yield Found(where, replace(article, works=(Work(layer, annotations, relations),)))


def _carried(cas: Cas) -> Own:
    """What is carried of the article."""
    return next((_own(each) for each in cas.structures.values() if each.type == ARTICLE), {})


def _own(each: Structure) -> Own:
    raw = each.features.get(KEY)
    found = value_of(raw) if isinstance(raw, str) else None
    return found if isinstance(found, dict) else {}


def _article(cas: Cas, own: Own, where: str, file: str) -> Problems[Article]:
    found = yield from carried.article_in(own, cas.text, where, {"file": file} if file else {})
    document = found.document
    if document.id == own.get("id"):
        return found
    for each in cas.structures.values():
        if not each.layer.startswith("Document"):
            continue
        title, language = each.features.get("documentTitle"), each.features.get("language")
        if isinstance(title, str) and title.strip():
            document = replace(document, title=title)
        if isinstance(language, str) and language != _UNKNOWN:
            document = replace(document, language=language)
    return replace(found, document=document)


def _known_layer(own: Own, document: Document, person: Person | None) -> Layer | None:
    """The layer that is carried, unless the work is another person's by now."""
    if document.id != own.get("id"):
        return None
    try:
        known = carried.layer_in(own.get("layer"), document, person.name if person else None)
    except Bad:
        return None
    return replace(known, state=person.state) if known and person else known


class _Reader:
    """Takes the annotations of a CAS, then its relations."""

    def __init__(self, cas: Cas, labels: str, where: str, *, ours: bool) -> None:
        self._structures = cas.structures
        self._labels = labels
        self._where = where
        self._ids = Ids(ours=ours)
        self._ruler = ruler_of(cas.text, (), likely=UTF16)
        self._owns: dict[int, Own] = {}
        self._at: dict[int, str] = {}

    def annotations(self) -> Problems[tuple[Annotation, ...]]:
        """The annotations, of which one may stand as several structures, one a fragment."""
        found = []
        for group in (yield from self._groups()):
            first, _ = group[0]
            own = self._owns.get(first.id, {})
            label, feature = self._label(first)
            note = first.features.get(NOTE) if first.type == ANNOTATION else ""
            attributes = self._attributes(first, feature)
            spans = tuple(sorted(span for _, span in group))
            id_ = self._ids.of(own, str(first.id))
            try:
                each = carried.annotation_in(
                    own,
                    id_,
                    spans,
                    label,
                    attributes,
                    note=note if isinstance(note, str) else "",
                )
            except Bad as error:
                yield Problem(self._place(first), str(error))
                continue
            found.append(each)
            self._at.update((one.id, id_) for one, _ in group)
        return tuple(found)

    def _groups(self) -> Problems[list[list[tuple[Structure, Span]]]]:
        """The structures that are annotations, with their spans; fragments of one together."""
        groups: dict[str | int, list[tuple[Structure, Span]]] = {}
        for each in self._structures.values():
            if each.begin is None or each.end is None or _is_frame(each) or _is_link(each):
                continue
            span = self._ruler.span(each.begin, each.end)
            if span is None:
                what = f"there is nothing from {each.begin} to {each.end} in the text"
                yield Problem(self._place(each), what)
                continue
            own = _own(each) if each.type == ANNOTATION else {}
            if own:
                self._owns[each.id] = own
            name = own.get("id")
            key = f"{self._label(each)[0]}\n{name}" if isinstance(name, str) else each.id
            groups.setdefault(key, []).append((each, span))
        return [part for group in groups.values() for part in _parted(group)]

    def relations(self) -> Problems[tuple[Relation, ...]]:
        """The relations between the annotations that were taken."""
        found = []
        strangers: Counter[str] = Counter()
        for each, type_, ends in self._links():
            source, target = (self._at.get(end, "") for end in ends)
            if not source or not target:
                strangers[each.layer] += 1
            elif source == target:
                yield Problem(self._place(each), "it links a span to itself")
            else:
                id_ = self._ids.of(_own(each), f"{each.id} {type_} {ends[1]}")
                attributes = self._attributes(each, self._label(each)[1]) if _is_link(each) else {}
                found.append(Relation(id_, "", type_, source, target, attributes))
        for layer, count in strangers.items():
            yield Problem(
                self._where, f"{count:,} of the layer {layer} link what is no annotation here"
            )
        return tuple(found)

    def _links(self) -> Iterator[tuple[Structure, str, tuple[int, int]]]:
        """Each relation: where it stands, its type, and the ids of its ends.

        They are structures with a governor and a dependent, or the slots of an annotation.
        """
        for each in self._structures.values():
            if _is_link(each):
                ends = each.features["Governor"], each.features["Dependent"]
                yield each, self._label(each)[0], ends
            elif each.begin is not None:
                for feature, slot in self._slots(each):
                    role = slot.features.get("role")
                    type_ = role if isinstance(role, str) and role else feature
                    yield each, type_, (each.id, slot.features["target"])

    def _slots(self, each: Structure) -> Iterator[tuple[str, Structure]]:
        for feature, value in each.features.items():
            for id_ in self._pointed(value):
                slot = self._structures.get(id_)
                if slot is not None and isinstance(slot.features.get("target"), Ref):
                    yield feature, slot

    def _pointed(self, value: Any) -> list[int]:
        """The ids that a value points to, itself or by an array."""
        if isinstance(value, Ref):
            array = self._structures.get(value)
            value = array.features.get("elements") if array else None
        if isinstance(value, list):
            return [each for each in value if isinstance(each, Ref)]
        return refs(value)

    def _label(self, each: Structure) -> tuple[str, str]:
        """The label of an annotation or a relation, and the feature that has it, "" for none."""
        if each.type in (ANNOTATION, LINK):
            value = each.features.get(LABEL)
            return (label_of(value), LABEL) if isinstance(value, str) else (each.layer, LABEL)
        for feature in (self._labels,) if self._labels else _USUAL:
            value = each.features.get(feature)
            if isinstance(value, str) and value.strip():
                return value.strip(), feature
        return each.layer, ""

    def _attributes(self, each: Structure, label: str) -> dict[str, Any]:
        if each.type in (ANNOTATION, LINK):
            return {
                attribute_of(key): value_of(value)
                for key, value in each.features.items()
                if key not in (LABEL, NOTE, KEY) and isinstance(value, str)
            }
        slots = {feature for feature, _ in self._slots(each)}
        return {
            key: str(value) if isinstance(value, float) else value
            for key, value in each.features.items()
            if key != label and key not in slots and _is_plain(value)
        }

    def _place(self, each: Structure) -> str:
        return f"{self._where}, structure {each.id} ({each.layer})"


def _parted(group: list[tuple[Structure, Span]]) -> list[list[tuple[Structure, Span]]]:
    """A group whose spans can be fragments of one annotation, else each structure by itself."""
    spans = sorted(span for _, span in group)
    if any(left.end >= right.start for left, right in pairwise(spans)):
        return [[each] for each in group]
    return [group]


def _is_frame(each: Structure) -> bool:
    return each.type.startswith(_FRAME)


def _is_link(each: Structure) -> bool:
    return all(isinstance(each.features.get(end), Ref) for end in _ENDS)


def _is_plain(value: Any) -> bool:
    """Whether a feature's value is one that an attribute can have."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, str) for one in value)
    return isinstance(value, str | int | float) and not isinstance(value, Ref)
