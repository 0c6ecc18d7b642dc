"""Prodigy's JSON Lines: a record for each article and annotator, with spans, tokens, relations."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.words import words_in
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
from annotator.formats.units import POINTS, Quote, Ruler, ruler_of

_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE
_REMEMBERED = 10_000
"""Articles of which it is known that another record is about them too."""
_UNNAMED = re.compile(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d")
"""What Prodigy calls a session to which nobody gave a name."""
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(
    rb'"(spans|answer|tokens|_input_hash|_task_hash|_session_id|_annotator_id|annotator)"\s*:'
)
_ANSWERS = {"done": "accept", "question": "ignore"}
DATASET = Option("dataset", "its name, which Prodigy puts before those of sessions; taken off")
TOKENS = Option(
    "tokens", "in articles with links, which Prodigy shows by tokens, or in all",
    ("linked", "all"), "linked",
)  # fmt: skip


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with a record that has a text and a key of Prodigy's."""
    first = head.lstrip().removeprefix(b"[").lstrip().partition(b"\n")[0]
    return first.startswith(b"{") and b'"text"' in first and bool(_MARKS.search(first))


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file, each with the layers of all records about it that stand together."""
    known: OrderedDict[str, str] = OrderedDict()
    waiting: Found | None = None
    for each in records(source):
        if isinstance(each, Problem):
            yield each
            continue
        yield from carried.heads_in(carried.own_of(each.value), each.where, each.at)
        try:
            found = yield from _article(each, options)
        except Bad as error:
            yield Problem(each.where, str(error))
            continue
        found = _same_id(found, known)
        joined = _joined(waiting, found, each)
        if joined is None and waiting is not None:
            yield waiting
        waiting = joined or Found(each.where, found, each.at)
    if waiting is not None:
        yield waiting


def _same_id(found: Article, known: OrderedDict[str, str]) -> Article:
    """The article under the id that an earlier record gave its text."""
    document = found.document
    id_ = known.setdefault(document.sha256, document.id)
    if len(known) > _REMEMBERED:
        known.popitem(last=False)
    if id_ == document.id:
        return found
    works = (
        replace(each, layer=replace(each.layer, document=id_)) for each in found.works
    )  # who takes it in makes its id anew
    return replace(found, document=replace(document, id=id_), works=tuple(works))


def _joined(waiting: Found | None, found: Article, record: Record) -> Found | None:
    """Two records about one article as one; None where they aren't, or are of one annotator."""
    if waiting is None or not isinstance(waiting.item, Article):
        return None
    former = waiting.item
    if former.document.sha256 != found.document.sha256:
        return None
    keys = {_who(each.layer) for each in former.works}
    if any(_who(each.layer) in keys for each in found.works):
        return None
    decisions = (*former.decisions, *found.decisions)
    joined = Article(former.document, (*former.works, *found.works), decisions)
    return Found(waiting.where, joined, record.at)


def _who(layer: Layer) -> tuple[str, str, int]:
    return layer.annotator, layer.role, layer.round


def _article(record: Record, options: Options) -> Problems[Article]:
    fields, own = Fields(record.value), carried.own_of(record.value)
    text = fields.text("text")
    meta = record.value.get("meta")
    found = yield from carried.article_in(
        own, text, record.where, meta if isinstance(meta, dict) else None
    )
    layer = carried.layer_in(own.get("layer"), found.document, name := _name(fields, options))
    answer = record.value.get("answer")
    if layer is None and answer in ("reject", "ignore"):
        yield Note(record.where, f'Its answer is "{answer}", so its spans stay out.')
        return found
    if layer is None and "spans" not in record.value and not name and answer is None:
        return found
    for key in ("label", "accept", "options"):
        if record.value.get(key) and "spans" not in record.value:
            yield Problem(record.where, f'its "{key}" is about the whole article, so it stays out')
            break
    ids = Ids(ours=layer is not None)
    layer = layer or carried.layer_of(found.document, name)
    work = yield from _work(fields, layer, text, ids, record.where)
    return replace(found, works=(work,))


def _name(fields: Fields, options: Options) -> str:
    """The annotator's name, "" where the session has none."""
    for key in ("_annotator_id", "_session_id"):
        name = fields.text(key) if fields.given(key) else ""
        dataset = options.get(DATASET.name)
        name = name.removeprefix(f"{dataset}-") if dataset else name
        if name:
            return "" if _UNNAMED.search(name) else name
    return ""


def _work(fields: Fields, layer: Layer, text: str, ids: Ids, where: str) -> Problems[Work]:
    tokens = _tokens(fields.rows("tokens")) if fields.given("tokens") else []
    spans = fields.rows("spans") if fields.given("spans") else []
    links = fields.rows("relations") if fields.given("relations") else []
    ruler = ruler_of(text, [*tokens, *_quotes(spans)])
    if ruler.unit != POINTS:
        yield Note(where, f"Its offsets count {ruler.unit}.")

    def annotation(raw: Any, _number: int) -> Annotation:
        span = _span(raw, ruler)
        if (words := raw.get("text")) and not ruler.fits((*carried.place_in(raw), str(words))):
            raise Bad("its words do not stand where it says")
        label = Fields(raw).text("label")
        own = carried.own_of(raw)
        id_ = ids.of(own, f"{span.start}-{span.end} {label}")
        return carried.annotation_in(own, id_, (span,), label, {})

    annotations = yield from taken(spans, annotation, f"{where}, span")
    ends = _Ends(annotations, tokens, ruler)

    def relation(raw: Any, _number: int) -> Relation:
        type_, own = Fields(raw).text("label"), carried.own_of(raw)
        source = ends.of(raw, "head", own.get("source"))
        target = ends.of(raw, "child", own.get("target"))
        id_ = ids.of(own, f"{type_} {source.id} {target.id}")
        return carried.relation_in(own, id_, type_, source, target)

    relations = yield from taken(links, relation, f"{where}, relation")
    return Work(layer, tuple(annotations), tuple(relations))


def _quotes(rows: Iterable[Any]) -> Iterator[Quote]:
    for each in rows:
        words = each.get("text") if isinstance(each, dict) else None
        if isinstance(words, str) and words:
            try:
                yield (*carried.place_in(each), words)
            except Bad:
                continue  # it is named when it is its turn


def _tokens(rows: Sequence[Any]) -> list[Quote]:
    """Place and words of each token; raises Bad for one that has none."""
    try:
        found = [(each["start"], each["end"], str(each["text"])) for each in rows]
    except (KeyError, TypeError):
        found = []
    if len(found) < len(rows) or not all(
        type(start) is type(end) is int  # which True and False are not
        for start, end, _ in found
    ):
        raise Bad('its "tokens" are not told by start, end and text')
    return found


def _span(raw: Any, ruler: Ruler) -> Span:
    start, end = carried.place_in(raw)
    span = ruler.span(start, end)
    if span is None:
        raise Bad(f"there is nothing from {start} to {end} in the text")
    return span


class _Ends:
    """Finds the annotation that a relation means by its place and label, or by a token."""

    def __init__(
        self, annotations: Iterable[Annotation], tokens: Sequence[Quote], ruler: Ruler
    ) -> None:
        self._tokens = tokens
        self._ruler = ruler
        self._at: dict[Span, list[Annotation]] = {}
        for each in annotations:
            self._at.setdefault(each.envelope, []).append(each)

    def of(self, raw: Any, end: str, id_: Any) -> Annotation:
        """The annotation at an end ("head" or "child"); of several alike the one with this id."""
        place, label = raw.get(f"{end}_span"), None
        if isinstance(place, dict):
            span, label = _span(place, self._ruler), place.get("label")
            there = self._at.get(span, [])
        else:
            there = self._around(raw.get(end))
        named = [each for each in there if each.label == label] or there
        if not named:
            raise Bad(f"there is no span at its {end}")
        return next((each for each in named if each.id == id_), named[0])

    def _around(self, number: Any) -> list[Annotation]:
        """The annotations of the shortest span around a token."""
        if not isinstance(number, int) or not 0 <= number < len(self._tokens):
            return []
        token = self._ruler.span(*self._tokens[number][:2])
        around = [span for span in self._at if token and span.covers(token)]
        return self._at[min(around, key=len)] if around else []


def write(items: Iterable[Item], stream: BinaryIO, options: Options = NO_OPTIONS) -> Writing:
    """Write a record for each article and layer, and give each item back when it is written."""
    heads = Heads(_KEEPS)
    always = options.get(TOKENS.name, TOKENS.default) == "all"
    for item in items:
        if isinstance(item, Article):
            before = heads.records()
            stream.writelines(map(line, _records(item, before, always=always)))
        else:
            heads.take(item)
        yield item
    yield from heads.lost()


def _records(article: Article, before: Own, *, always: bool) -> Iterator[dict[str, Any]]:
    text = article.document.text
    own = {**before, **carried.of_article(article)}
    if not article.works:
        yield {"text": text, KEY: own}
    for work in article.works:
        name = work.layer.annotator
        record: dict[str, Any] = {"_annotator_id": name, "_session_id": name}
        if work.layer.state in _ANSWERS:
            record["answer"] = _ANSWERS[work.layer.state]
        tokens = _cut(text) if always or work.relations else []
        shown = _Shown(text, tokens)
        record |= {"text": text, "spans": [shown.span(each) for each in work.annotations]}
        if tokens:
            nexts = (*(each.start for each in tokens[1:]), len(text))
            record["tokens"] = [
                {
                    "text": text[span.start : span.end],
                    "start": span.start,
                    "end": span.end,
                    "id": number,
                    "ws": next_ > span.end,
                }
                for number, (span, next_) in enumerate(zip(tokens, nexts, strict=True))
            ]
        if work.relations:
            by_id = {each.id: each for each in work.annotations}
            record["relations"] = [shown.link(each, by_id) for each in work.relations]
        record[KEY] = {**own, "layer": carried.of_layer(work.layer)}
        own = {key: own[key] for key in own if key not in ("before", "decisions")}
        yield record


def _cut(text: str) -> list[Span]:
    """The tokens of a text: words, signs, and white space that is more than a space behind one."""
    found: list[Span] = []
    at = 0
    for word in (*words_in(text, Span(0, len(text))), None) if text else ():
        start = word.start if word else len(text)
        at += bool(found) and text[at:start] == " "
        while at < start:
            gap = _SPACE.match(text, at, start)
            end = gap.end() if gap else at + 1
            if gap is None or gap.group() != " " or not found:
                found.append(Span(at, end))
            at = end
        if word:
            found.append(word)
            at = word.end
    return found


class _Shown:
    """Spans and relations as Prodigy has them, with the tokens that they begin and end in."""

    def __init__(self, text: str, tokens: Sequence[Span]) -> None:
        self._text = text
        self._first: Mapping[int, int] = {span.start: at for at, span in enumerate(tokens)}
        self._last: Mapping[int, int] = {span.end: at for at, span in enumerate(tokens)}

    def span(self, each: Annotation) -> dict[str, Any]:
        """A span with what it carries."""
        return {**self._place(each), "type": "span", KEY: carried.of_annotation(each)}

    def link(self, each: Relation, by_id: Mapping[str, Annotation]) -> dict[str, Any]:
        """A relation; its ends are tokens only where the spans end with one."""
        source, target = by_id[each.source], by_id[each.target]
        return {
            "head": self._last.get(source.envelope.end),
            "child": self._last.get(target.envelope.end),
            "head_span": self._place(source),
            "child_span": self._place(target),
            "label": each.type,
            KEY: carried.of_relation(each),
        }

    def _place(self, each: Annotation) -> dict[str, Any]:
        start, end = each.envelope.start, each.envelope.end
        found = {"start": start, "end": end, "text": self._text[start:end], "label": each.label}
        if start in self._first and end in self._last:
            # Prodigy's last token is the one that the span ends in, not the one behind it.
            found |= {"token_start": self._first[start], "token_end": self._last[end]}
        return found


FORMAT = Format(
    "prodigy",
    "Prodigy's JSON Lines, a record for each article and annotator; what it has no place for "
    f'stands under "{KEY}"',
    (".jsonl",),
    _KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    reading=(DATASET,),
    writing=(TOKENS,),
    local_ids=True,
)
