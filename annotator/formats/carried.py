"""What the records of foreign formats carry of ours under one key, so that little is lost.

Other tools leave keys alone that they don't know, so what they have no place for stands there: the
details of an article and its layer, ids, attributes, notes, fragments, and what came before it.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from annotator.core.article import Article
from annotator.core.ids import is_ours, new_id
from annotator.core.model import (
    ROLES,
    STATES,
    Annotation,
    Annotator,
    Attributes,
    Document,
    Entity,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
)
from annotator.core.span import Span, envelope
from annotator.core.text import canonical, sha256, title_of
from annotator.formats.base import Found, Head, Lost, Note, Problem
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl import decision_record, record_of
from annotator.formats.jsonl_reader import decision_of, head_of

KEY = "annotator"
DETAILS = ("source", "url", "published", "language", "note")
NAMED_BY_ROLE = ("gold", "machine")
Own = Mapping[str, Any]
"""What stands under the key, {} where nothing of ours does."""
Made = TypeVar("Made")
Problems = Generator[Problem | Note, None, Made]
_FEATURES: dict[type, str] = {
    Setting: "settings",
    TagsetVersion: "versions of the tag set",
    Entity: "entities",
    Annotator: "details of annotators",
}


class Heads:
    """What stands before an article, on its way into the article's record.

    `keeps` are the features (base.FEATURES) of which anything is carried.
    """

    def __init__(self, keeps: Iterable[str]) -> None:
        self._keeps = frozenset(keeps)
        self._waiting: list[Head] = []

    def take(self, item: Head) -> None:
        """Let an item wait for the next article."""
        if _FEATURES[type(item)] in self._keeps:
            self._waiting.append(item)

    def records(self) -> Own:
        """What waits, as a record carries it."""
        # Not "record", by which the own format is told.
        found = [{"kind": one.pop("record"), **one} for one in map(record_of, self._waiting)]
        self._waiting.clear()
        return {"before": found} if found else {}

    def lost(self) -> Iterator[Lost]:
        """What no article came for."""
        for each in self._waiting:
            if not isinstance(each, Annotator) or each.display or each.color:
                yield Lost(_FEATURES[type(each)])


# Writing


def of_article(article: Article) -> dict[str, Any]:
    """What a record carries of an article, its text aside."""
    each = article.document
    found: dict[str, Any] = {"id": each.id, "sha256": each.sha256, "title": each.title}
    found |= {key: getattr(each, key) for key in DETAILS if getattr(each, key)}
    if each.meta:
        found["meta"] = each.meta
    if article.decisions:
        found["decisions"] = [decision_record(one) for one in article.decisions]
    return found


def of_layer(layer: Layer) -> dict[str, Any]:
    """What a record carries of a layer."""
    return {
        "annotator": layer.annotator,
        "role": layer.role,
        "round": layer.round,
        "state": layer.state,
        "tagset": layer.tagset,
        **({"meta": layer.meta} if layer.meta else {}),
    }


def of_annotation(each: Annotation, attributes: Attributes | None = None) -> dict[str, Any]:
    """What a record carries of an annotation, of its attributes only these (None for all)."""
    found: dict[str, Any] = {"id": each.id}
    if len(each.spans) > 1:
        found["spans"] = [[span.start, span.end] for span in each.spans]
    if shown := each.attributes if attributes is None else attributes:
        found["attributes"] = shown
    if each.note:
        found["note"] = each.note
    if each.meta:
        found["meta"] = each.meta
    return found


def of_relation(each: Relation) -> dict[str, Any]:
    """What a record carries of a relation: its ends too, for other ends may look the same."""
    found: dict[str, Any] = {"id": each.id, "source": each.source, "target": each.target}
    return {**found, "attributes": each.attributes} if each.attributes else found


# Reading


def own_of(raw: Any) -> Own:
    """What stands under the key in a record or a part of one."""
    own = raw.get(KEY) if isinstance(raw, dict) else None
    return own if isinstance(own, dict) else {}


def heads_in(own: Own, where: str, at: int) -> Iterator[Found | Problem]:
    """What stood before an article."""
    try:
        rows = Fields(dict(own)).rows("before")
    except Bad as error:
        yield Problem(where, str(error))
        return
    for number, raw in enumerate(rows, 1):
        place = f"{where}, item {number} before it"
        try:
            fields = Fields(raw)
            yield Found(place, head_of(fields.text("kind"), fields), at)
        except Bad as error:
            yield Problem(place, str(error))


def article_in(
    own: Own, text: str, where: str, meta: Attributes | None = None
) -> Problems[Article]:
    """The article of a record, without layers; `text` is as the file has it.

    A foreign article has this `meta`. What is carried holds for the text that it had, and no other.
    """
    clean = canonical(text)
    yield from (Note(where, note) for note in clean.notes)
    hash_ = sha256(clean.text)
    plain = Document(new_id(), title_of(clean.text), clean.text, hash_, meta=meta or {})
    if own.get("sha256") != hash_:
        return Article(plain)
    try:
        document = _document(Fields(dict(own)), plain)
        rows = Fields(dict(own)).rows("decisions")
    except Bad as error:
        yield Problem(where, f'of its "{KEY}", {error}')
        return Article(plain)
    decisions = yield from taken(
        rows, lambda raw, _: decision_of(Fields(raw), document.id), f"{where}, decision"
    )
    return Article(document, decisions=tuple(decisions))


def _document(fields: Fields, plain: Document) -> Document:
    return Document(
        fields.text("id", empty=False),
        fields.text("title", plain.title),
        plain.text,
        plain.sha256,
        **{each: fields.text(each, "") for each in DETAILS},
        meta=fields.table("meta"),
    )


def layer_in(own: Any, document: Document, name: str | None = None) -> Layer | None:
    """The layer that is carried; None where there is none, or it is another person's than `name`.

    Raises Bad for one that can't be.
    """
    if not isinstance(own, dict) or not own or name not in (None, "", own.get("annotator")):
        return None
    fields = Fields(own)
    return Layer.of(
        document.id,
        fields.text("annotator"),
        role=fields.one_of("role", ROLES, "annotator"),
        round_=fields.number("round", 1),
        state=fields.one_of("state", STATES, "done"),
        tagset=fields.number("tagset", 1),
        meta=fields.table("meta"),
    )


def layer_of(document: Document, name: str, **more: Any) -> Layer:
    """A layer of a foreign file; the names `gold` and `machine` are roles, "" is nobody."""
    more.setdefault("role", name if name in NAMED_BY_ROLE else "annotator")
    more.setdefault("state", "done")
    return Layer.of(document.id, name, **more)


class Ids:
    """The ids in a layer: those carried, where the layer is the one that they were written for."""

    def __init__(self, *, ours: bool) -> None:
        self._ours = ours
        self._taken: set[str] = set()
        self._bases: Counter[str] = Counter()

    def of(self, own: Own, base: str) -> str:
        """The id that is carried, or one like `base` that nothing else in the layer has."""
        id_ = own.get("id") if self._ours else None
        if isinstance(id_, str) and is_ours(id_) and id_ not in self._taken:
            self._taken.add(id_)
            return id_
        while True:
            self._bases[base] += 1
            number = self._bases[base]
            # In front of it stands what no id of ours has, lest it be taken for one.
            name = f"#{base}" if number == 1 else f"#{base} {number}"
            if name not in self._taken:
                self._taken.add(name)
                return name


def annotation_in(
    own: Own,
    id_: str,
    spans: tuple[Span, ...],
    label: str,
    attributes: Attributes,
    *,
    note: str = "",
) -> Annotation:
    """An annotation as the file has it, with what is carried of it.

    The fragments that are carried hold only if they still reach from its beginning to its end.
    """
    if not label:
        raise Bad("it has no label")
    if not own:
        return Annotation(id_, "", spans, label, attributes, note)
    fields = Fields(own)
    spans = _fragments(fields.pairs("spans"), spans)
    attributes = {**fields.table("attributes"), **attributes}
    return Annotation(
        *(id_, "", spans, label, attributes, fields.text("note", note), fields.table("meta"))
    )


def _fragments(pairs: tuple[tuple[int, int], ...], spans: tuple[Span, ...]) -> tuple[Span, ...]:
    try:
        carried = tuple(Span(*pair) for pair in pairs)
    except ValueError as error:
        raise Bad(f"there is {error}") from error
    return carried if carried and envelope(carried) == envelope(spans) else spans


def relation_in(own: Own, id_: str, type_: str, source: Annotation, target: Annotation) -> Relation:
    """A relation as the file has it, with what is carried of it."""
    if source.id == target.id:
        raise Bad("it links a span to itself")
    if not type_:
        raise Bad("it has no label")
    attributes = Fields(own).table("attributes") if own else {}
    return Relation(id_, "", type_, source.id, target.id, attributes)


def taken(
    rows: Iterable[Any], make: Callable[[Any, int], Made], place: str
) -> Problems[list[Made]]:
    """What `make` makes of each row and its number from 1; a row that is Bad is a Problem."""
    found = []
    for number, raw in enumerate(rows, 1):
        try:
            found.append(make(raw, number))
        except Bad as error:
            yield Problem(f"{place} {number}", str(error))
    return found


def place_in(raw: Any, start: str = "start", end: str = "end") -> tuple[int, int]:
    """Two offsets of a record, as whole numbers."""
    if not isinstance(raw, dict):
        raise Bad("it is no JSON object")
    first, last = raw.get(start), raw.get(end)
    if type(first) is not int or type(last) is not int:  # which True and False are not
        raise Bad(f'its "{start}" and "{end}" are not whole numbers')
    return first, last
