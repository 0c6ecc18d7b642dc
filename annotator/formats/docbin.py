"""spaCy's DocBin: an article is a Doc, each layer a group of its spans.

A span of spaCy's begins and ends with a token; one that doesn't is moved there, and said so.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.span import Span
from annotator.formats import carried
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Found,
    Item,
    Lost,
    Option,
    Options,
    Problem,
    Reading,
    Source,
    Writing,
)
from annotator.formats.carried import KEY, Heads, Ids, Own, Problems
from annotator.formats.extras import need
from annotator.formats.fields import Bad, Fields
from annotator.formats.units import ruler_of

LIMIT = 512_000_000
"""Bytes in a file, and in what it unpacks to."""
MOST = 50_000_000
"""Characters of all articles in a file, which is one value that spaCy makes and reads as a whole:
some gigabytes of memory."""
GROUP = Option("key", "the group of doc.spans for all spans; else each layer has one by its name")
LANGUAGE = Option("language", "whose rules cut tokens, as `en`; else each article's own")
_ANY = "xx"
_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE - {"versions of the tag set"}
_MOVED = "moved"
"""The key in the `meta` of a span that was moved, under which stands where it was."""


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like one: packed, with the names of its parts."""
    try:
        return b"attrs" in zlib.decompressobj().decompress(head, 200)
    except zlib.error:
        return False


# Writing


def write(items: Iterable[Item], stream: BinaryIO, options: Options = NO_OPTIONS) -> Writing:
    """Write each article as a Doc, and give each item back after what was lost of it."""
    tokens: Any = need("spacy", "spacy.tokens")
    bin_ = tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    cutters = _Cutters(options.get(LANGUAGE.name, ""))
    heads = Heads(_KEEPS)
    characters = 0
    for item in items:
        if isinstance(item, Article):
            characters += len(item.document.text)
            _require_few(characters)
            doc = cutters.cut(item.document)
            own = {**heads.records(), **carried.of_article(item), "layers": []}
            for work in item.works:
                key = options.get(GROUP.name, "") or _key(work.layer)
                kept, lost = _added(doc, work, item.document, key)
                own["layers"].append(kept)
                yield from lost
            doc.user_data[KEY] = json.dumps(own)
            bin_.add(doc)
        else:
            heads.take(item)
        yield item
    stream.write(bin_.to_bytes())
    yield from heads.lost()


def _require_few(characters: int) -> None:
    if characters > MOST:
        raise UserError(
            f"A DocBin is held in memory as a whole; more than {MOST // 1_000_000} million "
            "characters are too many for one: write parts of the project with --document."
        )


class _Cutters:
    """spaCy's tokenizers by language; one that isn't there is the one for any language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._known: dict[str, Any] = {}

    def cut(self, document: Document) -> Any:
        """A Doc with the tokens of an article."""
        code = (self._language or document.language).partition("-")[0].lower()
        if code not in self._known:
            self._known[code] = self._made(code)
        return self._known[code](document.text)

    def _made(self, code: str) -> Any:
        spacy: Any = need("spacy", "spacy")
        try:
            found = spacy.blank(code)
        except (ImportError, ValueError, OSError) as error:
            if self._language:
                raise UserError(f'spaCy has no rules for the language "{code}".') from error
            found = spacy.blank(_ANY)
        return found.tokenizer


def _key(layer: Layer) -> str:
    role = "" if layer.role in ("annotator", layer.annotator) else f" ({layer.role})"
    return f"{layer.annotator}{role}" + (f" {layer.round}" if layer.round > 1 else "")


def _added(doc: Any, work: Work, document: Document, key: str) -> tuple[dict[str, Any], list[Lost]]:
    """Add the spans of a layer to a group; what is carried of it, and what was lost."""
    group = doc.spans.get(key, [])
    found = list(group)
    rows = []
    moved: dict[str, Annotation] = {}
    for each in work.annotations:
        own = carried.of_annotation(each)
        own.pop("spans", None)
        for span in each.spans:
            one = doc.char_span(
                *(span.start, span.end, each.label),
                alignment_mode="expand",
                span_id=each.id,
            )
            found.append(one)
            if (one.start_char, one.end_char) != (span.start, span.end):
                moved[each.id] = each
        if each.id in moved:
            places = [[span.start, span.end] for span in each.spans]
            own["meta"] = {**each.meta, _MOVED: places}
        rows.append(own)
    doc.spans[key] = found
    links = [{**carried.of_relation(each), "type": each.type} for each in work.relations]
    kept = {**carried.of_layer(work.layer), "annotations": rows, "relations": links}
    return kept, list(_lost(work, moved, document.title))


def _lost(work: Work, moved: Mapping[str, Annotation], where: str) -> Iterator[Lost]:
    """What is not as it was: spans that moved, all that they have, and the links to them."""
    spans = moved.values()
    links = [each for each in work.relations if {each.source, each.target} & moved.keys()]
    owners: list[Annotation | Relation] = [*spans, *links]
    counts = {
        "annotations": len(moved),
        "relations": len(links),
        "attributes": sum(bool(each.attributes) for each in owners),
        "notes": sum(bool(each.note or each.meta) for each in spans),
        "annotations in several fragments": sum(len(each.spans) > 1 for each in spans),
    }
    why = "they were moved to the ends of spaCy's tokens"
    yield from (
        Lost(what, count, where, why, moved=True) for what, count in counts.items() if count
    )


# Reading


def read(source: Source, _options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file, with their groups of spans, and their entities (doc.ents).

    Raises UserError for what is no DocBin.
    """
    number = 0
    try:
        for number, doc in enumerate(_docs(_unpacked(source)), 1):
            yield from _article(doc, f"{source.name}, doc {number}")
    except _Broken as error:
        if number == 0:
            raise UserError(f"{source.name} is no DocBin that can be read.") from error
        yield Problem(f"{source.name}, behind doc {number}", "the rest can't be read")


class _Broken(Exception):  # noqa: N818  (it says how the file is)
    """What spaCy can't read."""


@dataclass(frozen=True, slots=True)
class _Doc:
    """What matters of a Doc: `spans` are the names, labels and places of spans and entities."""

    text: str
    own: Own
    spans: tuple[tuple[str, str, int, int], ...]


def _docs(data: bytes) -> Iterator[_Doc]:
    spacy: Any = need("spacy", "spacy")
    tokens: Any = need("spacy", "spacy.tokens")
    docs = None
    while True:
        try:
            if docs is None:
                bin_ = tokens.DocBin(store_user_data=True).from_bytes(zlib.compress(data, 0))
                docs = bin_.get_docs(spacy.blank(_ANY).vocab)
            doc = next(docs, None)
            found = None if doc is None else _Doc(doc.text, _own(doc), tuple(_spans_of(doc)))
        # It looks at nothing that it unpacks: broken files let out whatever they run into.
        except Exception as error:
            raise _Broken from error
        if found is None:
            return
        yield found


def _unpacked(source: Source) -> bytes:
    with source.open() as stream:
        packed = stream.read(LIMIT + 1)
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, LIMIT)
    except zlib.error as error:
        raise UserError(f"{source.name} is no DocBin that can be read: {error}.") from error
    if len(packed) > LIMIT or unpacker.unconsumed_tail:
        raise UserError(f"{source.name} unpacks to more than {LIMIT // 1_000_000} MB; split it.")
    if not unpacker.eof:
        raise UserError(f"{source.name} is no DocBin that can be read: it is cut off.")
    return data


@dataclass(slots=True)
class _Layer:
    """A layer, and what is carried of its annotations by their ids."""

    layer: Layer
    own: Mapping[str, Own] = field(default_factory=dict)
    links: tuple[Any, ...] = ()
    spans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)


def _article(doc: _Doc, where: str) -> Reading:
    own = doc.own
    yield from carried.heads_in(own, where, 0)
    article = yield from carried.article_in(own, doc.text, where)
    ours = article.document.id == own.get("id")
    layers = list(_layers(own, article.document)) if ours else []
    strangers = _Layer(carried.layer_of(article.document, ""))
    ruler = ruler_of(doc.text, ())
    for name, label, start, end in doc.spans:
        span = ruler.span(start, end)
        if span is None:
            yield Problem(where, f"there is nothing from {start} to {end} in the text")
            continue
        home = next((each for each in layers if name in each.own), strangers)
        key = (name if home is not strangers else f"{start}-{end}", label)
        known = home.spans.setdefault(key, [])
        if span not in known:
            known.append(span)
    if strangers.spans or not ours:
        layers.append(strangers)
    works: tuple[Work, ...] = ()
    for each in layers:
        works = (*works, (yield from _work(each, where)))
    yield Found(where, replace(article, works=works))


def _own(doc: Any) -> Own:
    raw = doc.user_data.get(KEY)
    try:
        found = json.loads(raw) if isinstance(raw, str) else None
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {}


def _layers(own: Own, document: Document) -> Iterator[_Layer]:
    """The layers that are carried."""
    rows = own.get("layers")
    for row in rows if isinstance(rows, list) else ():
        try:
            fields = Fields(row)
            spans, links = fields.rows("annotations"), fields.rows("relations")
            layer = carried.layer_in(row, document)
        except Bad:
            continue
        assert layer is not None
        known = (each for each in spans if isinstance(each, dict))
        yield _Layer(layer, {str(each.get("id")): each for each in known}, tuple(links))


def _spans_of(doc: Any) -> Iterator[tuple[str, str, int, int]]:
    """The name, label and place of each span in the groups, and of each entity."""
    for key in sorted(doc.spans):
        for span in doc.spans[key]:
            yield span.id_, span.label_, span.start_char, span.end_char
    for span in doc.ents:
        yield span.id_, span.label_, span.start_char, span.end_char


def _work(found: _Layer, where: str) -> Problems[Work]:
    ids = Ids(ours=True)
    annotations: dict[str, Annotation] = {}
    for (name, label), spans in found.spans.items():
        own = found.own.get(name, {})
        for group in _parted(sorted(spans)):
            id_ = ids.of(own, f"{group[0].start}-{group[0].end} {label}")
            try:
                each = carried.annotation_in(own, id_, group, label, {})
            except Bad as error:
                yield Problem(f"{where}, span {id_}", str(error))
                continue
            annotations.setdefault(name or id_, each)
            annotations.setdefault(id_, each)
    links: list[Relation] = []
    for number, row in enumerate(found.links, 1):
        try:
            links.append(_link(row, annotations, ids))
        except Bad as error:
            yield Problem(f"{where}, link {number}", str(error))
    unique = {each.id: each for each in annotations.values()}
    return Work(found.layer, tuple(unique.values()), tuple(links))


def _parted(spans: list[Span]) -> list[tuple[Span, ...]]:
    """Spans as the fragments of one annotation, else each by itself."""
    if any(left.end >= right.start for left, right in pairwise(spans)):
        return [(each,) for each in spans]
    return [tuple(spans)]


def _link(row: Any, annotations: Mapping[str, Annotation], ids: Ids) -> Relation:
    fields = Fields(row)
    type_ = fields.text("type")
    ends = [annotations.get(fields.text(end)) for end in ("source", "target")]
    source, target = ends
    if source is None or target is None:
        raise Bad("one of its ends is not there")
    return carried.relation_in(row, ids.of(row, type_), type_, source, target)


FORMAT = Format(
    "docbin",
    "spaCy's DocBin: each layer a group of doc.spans; spans move to the ends of tokens, which is "
    "reported; the whole corpus is in memory meanwhile",
    (".spacy",),
    _KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    writing=(GROUP, LANGUAGE),
    local_ids=True,
)
