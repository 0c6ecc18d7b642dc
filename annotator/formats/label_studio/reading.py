"""Reads Label Studio's tasks: each annotation of one a layer, predictions as those of machines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.formats import carried
from annotator.formats.base import NO_OPTIONS, Found, Note, Options, Problem, Reading, Source
from annotator.formats.carried import Ids, Own, Problems
from annotator.formats.fields import Bad, Fields
from annotator.formats.label_studio.results import ANSWERS, LAYERS, REGIONS, attribute_of
from annotator.formats.label_studio.short import task_of
from annotator.formats.records import Record, records
from annotator.formats.units import POINTS, Quote, Ruler, ruler_of

_PARTS = ("annotations", "completions", "drafts", "predictions")
_TEXTS = ("text", "html")
Taken = set[tuple[str, str, str, int]]
"""The layers that a file has had: hash of the text, annotator, role and round. Tasks of one text
become one article, and in the short export each annotation is a task."""


def read(source: Source, _options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file's tasks, one by one, each with the layers of all annotators."""
    taken: Taken = set()
    for each in records(source, whole=True):
        if isinstance(each, Problem):
            yield each
            continue
        each = replace(each, value=task_of(each.value))  # noqa: PLW2901  (the record as a task)
        try:
            own = carried.own_of(Fields(each.value).table("data"))
            yield from carried.heads_in(own, each.where, each.at)
            found = yield from _article(each, own, taken)
        except Bad as error:
            yield Problem(each.where, str(error))
        else:
            yield Found(each.where, found, each.at)


@dataclass(frozen=True, slots=True)
class _Part:
    """An annotation, draft or prediction of a task, `where` it is, and the list it stands in."""

    kind: str
    value: Mapping[str, Any]
    where: str

    @property
    def result(self) -> list[Any]:
        """The items of its result."""
        found = self.value.get("result")
        return found if isinstance(found, list) else []

    def layer(self, own: Own, document: Document) -> Layer | None:
        """The layer that is carried by it or, under its number, by its task; None without one.

        Once imported, an annotation is that of an account of Label Studio's, whoever did it.
        """
        imported = self.value.get("import_id")
        layers = own.get(LAYERS)
        number = str(self.value.get("import_id", self.value.get("id")))
        carries = layers.get(number) if isinstance(layers, dict) else None
        name = _name(self) if imported is None else None
        return carried.layer_in(carries or carried.own_of(self.value), document, name)


def _article(record: Record, own: Own, taken: Taken) -> Problems[Article]:
    data = Fields(record.value).table("data")
    parts = yield from _parts(record)
    quotes = list(_quotes(parts))
    text, ruler = _text(data, quotes)
    meta = {key: value for key, value in data.items() if value is not text and value is not own}
    found = yield from carried.article_in(own, text, record.where, meta)
    if ruler.unit != POINTS:
        yield Note(record.where, f"Its offsets count {ruler.unit}.")
    works: list[Work] = []
    hash_ = found.document.sha256
    for part in parts:
        try:
            layer = part.layer(own, found.document)
            ids = Ids(ours=layer is not None)
            layer = layer or _layer(part, found.document)
        except Bad as error:
            yield Problem(part.where, str(error))
            continue
        while (key := (hash_, layer.annotator, layer.role, layer.round)) in taken:
            layer = _next_round(layer)
        taken.add(key)
        work = yield from _Result(part, ruler).work(layer, ids)
        works.append(work)
    return replace(found, works=tuple(works))


def _parts(record: Record) -> Problems[list[_Part]]:
    found = []
    annotated: set[str] = set()
    for kind in _PARTS:
        rows = record.value.get(kind) or []
        if not isinstance(rows, list):
            raise Bad(f'"{kind}" is no list')
        for number, raw in enumerate(rows, 1):
            where = f"{record.where}, {kind.removesuffix('s')} {number}"
            if not isinstance(raw, dict):
                if kind != "predictions":  # short exports list these by their numbers alone
                    yield Problem(where, "it is no JSON object")
            elif kind == "drafts" and str(raw.get("annotation", "")) in annotated:
                yield Note(where, "It is a draft of an annotation that is there; it stays out.")
            else:
                if "id" in raw:
                    annotated.add(str(raw["id"]))
                found.append(_Part(kind, raw, where))
    return found


def _text(data: Mapping[str, Any], quotes: list[Quote]) -> tuple[str, Ruler]:
    """The text of a task: the one among its data in which the most regions find their words."""
    texts = {key: value for key, value in data.items() if isinstance(value, str) and value}
    if not texts:
        raise Bad("its data has no text")
    keys = [each for each in _TEXTS if each in texts] or list(texts)
    rulers = [(texts[key], ruler_of(texts[key], quotes)) for key in keys]
    if len(rulers) == 1:
        return rulers[0]
    return max(rulers, key=lambda pair: (sum(map(pair[1].fits, quotes)), len(pair[0])))


def _quotes(parts: Iterable[_Part]) -> Iterator[Quote]:
    for part in parts:
        for item in part.result:
            place = _place(item)
            words = item["value"].get("text") if place else None
            if place and isinstance(words, str) and words:
                yield (*place, words)


def _place(item: Any) -> tuple[int, int] | None:
    """Start and end of a region in the text; None where an item has none."""
    value = item.get("value") if isinstance(item, dict) else None
    if not isinstance(value, dict):
        return None
    for each in (value.get("globalOffsets"), value):
        try:
            if each is not None:
                return carried.place_in(each)
        except Bad:
            continue
    return None


def _name(part: _Part) -> str:
    """Whose work it is."""
    if part.kind == "predictions":
        return str(part.value.get("model_version") or "machine")
    who = part.value.get("completed_by", part.value.get("user"))
    if isinstance(who, dict):
        full = f"{who.get('first_name') or ''} {who.get('last_name') or ''}".strip()
        id_ = who.get("id")
        who = who.get("email") or who.get("username") or full or id_
    if isinstance(who, int):
        return f"user-{who}"
    return who if isinstance(who, str) else ""


def _layer(part: _Part, document: Document) -> Layer:
    name = _name(part)
    if part.kind == "predictions":
        return carried.layer_of(document, name, role="machine")
    if part.value.get("ground_truth") is True:
        return carried.layer_of(document, "gold")
    state = "open" if part.kind == "drafts" else "done"
    if part.value.get("was_cancelled") is True:
        state = "question"
    return carried.layer_of(document, name, state=state)


def _next_round(layer: Layer) -> Layer:
    """The same layer as another of the same person's, who may do a task again."""
    more = {"state": layer.state, "tagset": layer.tagset, "meta": layer.meta}
    name, role = layer.annotator, layer.role
    return Layer.of(layer.document, name, role=role, round_=layer.round + 1, **more)


class _Result:
    """The items of one result: regions by their ids, what is said of them, and their relations."""

    def __init__(self, part: _Part, ruler: Ruler) -> None:
        self._part = part
        self._ruler = ruler
        self._answers: dict[str, list[Mapping[str, Any]]] = {}
        self._regions: dict[str, Annotation] = {}

    def work(self, layer: Layer, ids: Ids) -> Problems[Work]:
        """The layer with all that the items say."""
        regions: list[tuple[int, Any]] = []
        links: list[tuple[int, Any]] = []
        for number, item in enumerate(self._part.result, 1):
            kind = item.get("type") if isinstance(item, dict) else None
            where = f"{self._part.where}, item {number}"
            if kind in REGIONS or kind == "relation":
                (links if kind == "relation" else regions).append((number, item))
            elif kind not in ANSWERS:
                yield Problem(where, "it is of no known type")
            elif _place(item) is None:
                yield Problem(where, "it is about the whole article, so it stays out")
            else:
                self._answers.setdefault(str(item.get("id")), []).append(item)
        annotations = yield from self._each(regions, ids, self._annotations)
        relations = yield from self._each(links, ids, self._relations)
        return Work(layer, tuple(annotations), tuple(relations))

    def _each(self, items: list[tuple[int, Any]], ids: Ids, make: Any) -> Problems[list[Any]]:
        found: list[Any] = []
        for number, item in items:
            try:
                found += make(item, ids)
            except Bad as error:
                yield Problem(f"{self._part.where}, item {number}", str(error))
        return found

    def _annotations(self, item: Mapping[str, Any], ids: Ids) -> list[Annotation]:
        """The annotations of a region, one a label."""
        place = _place(item)
        if place is None:
            raise Bad("it has no start and end in the text")
        span = self._ruler.span(*place)
        value, meta = item["value"], item.get("meta")
        words = value.get("text")
        if span is None:
            raise Bad(f"there is nothing from {place[0]} to {place[1]} in the text")
        if isinstance(words, str) and words and not self._ruler.fits((*place, words)):
            raise Bad("its words do not stand where it says")
        labels = value.get(str(item["type"]), value.get("labels"))
        if not isinstance(labels, list) or not labels or not all(map(_is_text, labels)):
            raise Bad("it has no label")
        own = carried.own_of(meta)
        region = str(item.get("id") or f"{span.start}-{span.end}")
        if region in self._regions:
            raise Bad(f"there is another region {region} before it")
        found = []
        for label in labels:
            answers = self._answers.get(region, ())
            said = dict([attribute_of(each, label) for each in answers]) if answers else {}
            said = {name: each for name, each in said.items() if name and each is not None}
            one = own if len(labels) == 1 else {}
            id_ = ids.of({"id": region} if one else {}, f"{region} {label}")
            made = carried.annotation_in(one, id_, (span,), label, said, note=_note(meta))
            found.append(made)
        self._regions[region] = found[0]
        return found

    def _relations(self, item: Mapping[str, Any], ids: Ids) -> list[Relation]:
        """The relations of an item, one a label."""
        ends = [self._end(item.get(key)) for key in ("from_id", "to_id")]
        if item.get("direction") == "left":
            ends.reverse()
        own = carried.own_of(item)
        labels = item.get("labels") or ["relation"]
        if not isinstance(labels, list) or not all(map(_is_text, labels)):
            raise Bad("its labels are no texts")
        return [
            carried.relation_in(
                own, ids.of(own, f"{label} {ends[0].id} {ends[1].id}"), label, ends[0], ends[1]
            )
            for label in labels
        ]

    def _end(self, id_: Any) -> Annotation:
        if str(id_) not in self._regions:
            raise Bad(f"there is no region {id_}")
        return self._regions[str(id_)]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _note(meta: Any) -> str:
    """What people wrote about a region."""
    words = meta.get("text") if isinstance(meta, dict) else None
    if isinstance(words, list):
        words = "\n".join(each for each in words if isinstance(each, str))
    return words if isinstance(words, str) else ""
