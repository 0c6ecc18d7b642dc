"""doccano's JSON Lines, of one annotator: entities and relations, or labels as [start, end, name].

doccano imports keys that it doesn't know as an example's metadata, and exports them again, while it
numbers entities anew: so what is carried of an annotation is found by its place and label.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Relation
from annotator.core.span import Span, envelope
from annotator.core.words import grapheme_bounds
from annotator.formats import carried
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Found,
    Item,
    Note,
    Option,
    Options,
    Problem,
    Reading,
    Source,
    Writing,
)
from annotator.formats.carried import KEY, Heads, Ids, Own, Problems, taken
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl import line
from annotator.formats.records import Record, records
from annotator.formats.units import (
    GRAPHEMES,
    POINTS,
    UTF16,
    Quote,
    Ruler,
    counter_in,
    ruler_in,
    ruler_of,
)

_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE - {"decisions", "details of annotators", "settings"}
_UNITS = (UTF16, POINTS, GRAPHEMES)
_LISTS = ("label", "labels")
_LIST = re.compile(rb'"(entities|labels?)"\s*:\s*\[')
UNIT = Option(
    "unit", "in which offsets count: graphemes where the project counts them as one character",
    _UNITS, UTF16,
)  # fmt: skip
READ_UNIT = replace(UNIT, default="", note=f"{UNIT.note}; else found out, or {UTF16}")
FORM = Option(
    "form", "of the records: entities with relations, or labels as lists, for older releases",
    ("entities", "label"), "entities",
)  # fmt: skip


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with a record that has a text and a list of entities or labels."""
    first = head.lstrip().removeprefix(b"[").lstrip().partition(b"\n")[0]
    return first.startswith(b"{") and b'"text"' in first and bool(_LIST.search(first))


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file, whose layers are those of one annotator, who is not named."""
    for each in records(source):
        if isinstance(each, Problem):
            yield each
            continue
        yield from carried.heads_in(carried.own_of(each.value), each.where, each.at)
        try:
            found = yield from _article(each, options.get(UNIT.name, ""))
        except Bad as error:
            yield Problem(each.where, str(error))
        else:
            yield Found(each.where, found, each.at)


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entity or a label as the file has it."""

    id: str
    start: int
    end: int
    label: str
    words: str = ""


def _article(record: Record, unit: str) -> Problems[Article]:
    fields, own = Fields(record.value), carried.own_of(record.value)
    text = fields.text("text")
    found = yield from carried.article_in(own, text, record.where)
    if own.get("sha256") != found.document.sha256:
        own = {}
    key = next((each for each in ("entities", *_LISTS) if fields.given(each)), "")
    rows = fields.rows(key) if key else []
    layer = carried.layer_in(own.get("layer"), found.document)
    if layer is None and own and not rows:
        return found
    marks = yield from taken(
        rows, _mark, f"{record.where}, {'label' if key in _LISTS else 'entity'}"
    )
    ruler = yield from _ruler(text, marks, unit or str(own.get("unit", "")), record.where)
    links = fields.rows("relations") if fields.given("relations") else []
    if key in _LISTS and layer is not None:
        links = _carried_links(own)
    reader = _Layer(ruler, own, Ids(ours=layer is not None))
    spans = yield from taken(marks, reader.annotation, f"{record.where}, entity")
    relations = yield from taken(links, reader.relation, f"{record.where}, relation")
    layer = layer or carried.layer_of(found.document, "")
    document = _commented(found.document, record.value)
    return replace(found, document=document, works=(Work(layer, tuple(spans), tuple(relations)),))


def _commented(document: Document, value: Mapping[str, Any]) -> Document:
    """The document with the comments on it as its note, unless it has one."""
    comments = value.get("Comments", value.get("comments"))
    words = (
        [each for each in comments if isinstance(each, str)] if isinstance(comments, list) else []
    )
    return replace(document, note="\n".join(words)) if words and not document.note else document


def _mark(raw: Any, _number: int) -> _Mark:
    if isinstance(raw, str):
        raise Bad(f'"{raw}" is about the whole article')
    if isinstance(raw, list):
        if len(raw) != 3:
            raise Bad("it is not a list of start, end and label")
        raw = {"start_offset": raw[0], "end_offset": raw[1], "label": raw[2]}
    start, end = carried.place_in(raw, "start_offset", "end_offset")
    fields = Fields(raw)
    words = fields.text("text") if fields.given("text") else ""
    return _Mark(str(raw.get("id", "")), start, end, fields.text("label"), words)


def _ruler(text: str, marks: Iterable[_Mark], unit: str, where: str) -> Problems[Ruler]:
    """The ruler that is asked for, or fits; a guess is said where another would read otherwise."""
    places = [(each.start, each.end) for each in marks]
    quotes: list[Quote] = [(each.start, each.end, each.words) for each in marks if each.words]
    if unit in _UNITS:
        return ruler_in(text, unit)
    if quotes:
        return ruler_of(text, quotes, likely=UTF16)
    plain = text.isascii() and "\r\n" not in text
    rulers = [ruler_in(text, each) for each in (_UNITS[:1] if plain else _UNITS)]
    readings = [[ruler.span(*place) for place in places] for ruler in rulers]
    best = min(range(len(rulers)), key=lambda at: readings[at].count(None))
    if any(each != readings[best] for each in readings):
        unit = rulers[best].unit
        what = f'Its offsets were taken for {unit}; if they are not, choose the option "unit".'
        yield Note(where, what)
    return rulers[best]


def _carried_links(own: Own) -> list[Any]:
    links = own.get("relations")
    return links if isinstance(links, list) else []


class _Layer:
    """The annotations and relations of a record, with what is carried of each."""

    def __init__(self, ruler: Ruler, own: Own, ids: Ids) -> None:
        self._ruler = ruler
        self._ids = ids
        self._spans: dict[tuple[Any, ...], list[Own]] = {}
        self._links: dict[tuple[Any, ...], list[Own]] = {}
        for each in _dicts(own.get("marks")):
            key = (each.get("start"), each.get("end"), each.get("label"))
            self._spans.setdefault(key, []).append(each)
        for each in _dicts(own.get("relations")):
            key = (each.get("type"), each.get("source"), each.get("target"))
            self._links.setdefault(key, []).append(each)
        self._by_id: dict[str, Annotation] = {}

    def annotation(self, mark: _Mark, number: int) -> Annotation:
        """The annotation that a mark stands for."""
        own = _first(self._spans, (mark.start, mark.end, mark.label))
        span = self._ruler.span(mark.start, mark.end)
        exact = Fields(dict(own)).pairs("spans")
        if span is None and not exact:
            raise Bad(f"there is nothing from {mark.start} to {mark.end} in the text")
        if mark.words and not self._ruler.fits((mark.start, mark.end, mark.words)):
            raise Bad("its words do not stand where it says")
        if exact:
            span = _around(exact)
        assert span is not None
        if mark.id and mark.id in self._by_id:
            raise Bad(f"there is another entity {mark.id} before it")
        id_ = self._ids.of(own, mark.id or f"{span.start}-{span.end} {mark.label}")
        bare = {key: own[key] for key in own if key not in ("start", "end", "label")}
        made = carried.annotation_in(bare, id_, (span,), mark.label, {})
        self._by_id.setdefault(mark.id or str(number), made)
        self._by_id.setdefault(made.id, made)
        return made

    def relation(self, raw: Any, number: int) -> Relation:
        """The relation that a record stands for."""
        fields = Fields(raw)
        type_ = fields.text("type")
        ends = []
        for end, name in (("from_id", "source"), ("to_id", "target")):
            id_ = str(raw.get(end, raw.get(name)))
            if id_ not in self._by_id:
                raise Bad(f"there is no entity {id_}")
            ends.append(self._by_id[id_])
        own = _first(self._links, (type_, ends[0].id, ends[1].id))
        id_ = self._ids.of(own, f"relation {raw.get('id', number)}")
        return carried.relation_in(own, id_, type_, ends[0], ends[1])


def _dicts(rows: Any) -> list[dict[str, Any]]:
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _first(among: Mapping[tuple[Any, ...], list[Own]], key: tuple[Any, ...]) -> Own:
    """The first that is left of those under a key."""
    left = among.get(key)
    return left.pop(0) if left else {}


def _around(pairs: tuple[tuple[int, int], ...]) -> Span:
    try:
        return envelope(tuple(Span(*pair) for pair in pairs))
    except ValueError as error:
        raise Bad(f"there is {error}") from error


def write(items: Iterable[Item], stream: BinaryIO, options: Options = NO_OPTIONS) -> Writing:
    """Write a record for each article, and give each item back when it is written."""
    heads, examples, numbers = Heads(_KEEPS), count(1), count(1)
    unit = options.get(UNIT.name, UNIT.default)
    listed = options.get(FORM.name, FORM.default) == "label"
    for item in items:
        if isinstance(item, Article):
            article = _Written(item.document, unit, numbers)
            own = {**heads.records(), **carried.of_article(replace(item, decisions=()))}
            for work in item.works or (None,):
                record = {"id": next(examples), **article.marks(work, own, listed=listed)}
                stream.write(line(record))
        else:
            heads.take(item)
        yield item
    yield from heads.lost()


@dataclass(slots=True)
class _Written:
    """An article on its way; entities and relations of all articles are numbered in one row."""

    document: Document
    unit: str
    numbers: "count[int]"
    _count: Callable[[int], int] = field(init=False)

    def __post_init__(self) -> None:
        self._count = counter_in(self.document.text, self.unit)

    def marks(self, work: Work | None, own: Own, *, listed: bool) -> dict[str, Any]:
        """What a record has beside its number."""
        annotations = work.annotations if work else ()
        places = [self._place(each) for each in annotations]
        found: dict[str, Any] = {}
        if listed:
            found["label"] = [
                [*place, each.label] for each, place in zip(annotations, places, strict=True)
            ]
        else:
            found = self._entities(annotations, work.relations if work else (), places)
        more: dict[str, Any] = {"unit": self.unit}
        if work:
            more |= {"layer": carried.of_layer(work.layer), "marks": []}
            for each, (start, end) in zip(annotations, places, strict=True):
                kept = carried.of_annotation(each)
                if self.unit == GRAPHEMES:
                    kept.setdefault("spans", [[span.start, span.end] for span in each.spans])
                kept |= {"start": start, "end": end, "label": each.label}
                more["marks"].append(kept)
            more["relations"] = [
                {**carried.of_relation(each), "type": each.type} for each in work.relations
            ]
        return {**found, "text": self.document.text, KEY: {**own, **more}}

    def _place(self, each: Annotation) -> tuple[int, int]:
        span = each.envelope
        if self.unit == GRAPHEMES:
            span = grapheme_bounds(self.document.text, span)
        return self._count(span.start), self._count(span.end)

    def _entities(
        self,
        annotations: tuple[Annotation, ...],
        relations: tuple[Relation, ...],
        places: list[tuple[int, int]],
    ) -> dict[str, Any]:
        ids = {each.id: next(self.numbers) for each in annotations}
        return {
            "entities": [
                {"id": ids[each.id], "label": each.label, "start_offset": start, "end_offset": end}
                for each, (start, end) in zip(annotations, places, strict=True)
            ],
            "relations": [
                {
                    "id": next(self.numbers),
                    "type": each.type,
                    "from_id": ids[each.source],
                    "to_id": ids[each.target],
                }
                for each in relations
            ],
            "Comments": [],
        }


FORMAT = Format(
    "doccano",
    "doccano's JSON Lines, a file an annotator; what it has no place for stands under "
    f'"{KEY}", which it keeps as metadata',
    (".jsonl",),
    _KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    reading=(READ_UNIT,),
    writing=(UNIT, FORM),
    layers="one",
    local_ids=True,
)
