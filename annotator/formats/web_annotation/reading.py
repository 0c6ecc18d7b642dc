"""Reads Web Annotations: collections, pages, lists of them or one, on a text that must be there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.text import canonical, counted
from annotator.core.verbs import joined
from annotator.formats import carried
from annotator.formats.base import NO_OPTIONS, Found, Note, Options, Problem, Reading, Source
from annotator.formats.carried import Ids, Own, Problems, taken
from annotator.formats.fields import Bad, Fields
from annotator.formats.original import text_in
from annotator.formats.records import Record, records
from annotator.formats.units import POINTS, Ruler, ruler_of
from annotator.formats.web_annotation.quotes import found_by_quote
from annotator.formats.web_annotation.resources import (
    Seen,
    address_of,
    is_link,
    is_textual,
    listed,
    position_in,
    quote_in,
    quotes_in,
    seen_in,
    selectors_of,
    words_of,
)

URN = "urn:uuid:"


def read(source: Source, _options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file: each collection that carries its text, or all else on one beside it.

    Annotations that carry no text need it in a file of the same name with .txt.
    """
    loose: list[tuple[str, Any]] = []
    at = 0
    for each in records(source, whole=True):
        if isinstance(each, Problem):
            yield each
            continue
        at = each.at
        own = carried.own_of(each.value)
        if "text" in own:
            yield from carried.heads_in(own, each.where, at)
            try:
                found = yield from _article(each, own)
            except Bad as error:
                yield Problem(each.where, str(error))
            else:
                yield Found(each.where, found, at)
        else:
            try:
                loose += _annotations(each.value, each.where)
            except Bad as error:
                yield Problem(each.where, str(error))
    if loose:
        yield from _beside(source, loose, at)


def _article(record: Record, own: Own) -> Problems[Article]:
    """The article of a collection of our own."""
    text = Fields(dict(own)).text("text")
    found = yield from carried.article_in(own, text, record.where)
    layers = own.get("layers")
    rows = layers if isinstance(layers, list) else []
    known = yield from taken(
        rows, lambda raw, _: carried.layer_in(raw, found.document), f"{record.where}, layer"
    )
    places = _annotations(record.value, record.where)
    groups = _Groups([each for each in known if each], lambda name: _layer(found, name))
    works = yield from _works(places, text, groups)
    return replace(found, works=works)


def _layer(article: Article, who: str) -> Layer:
    return carried.layer_of(article.document, who)


def _beside(source: Source, places: list[tuple[str, Any]], at: int) -> Reading:
    """The article whose text stands beside the file, with annotations that say nothing of it."""
    name = PurePath(source.name).with_suffix(".txt").name
    text = source.neighbour(name)
    if text is None:
        raise UserError(
            f"{source.name} has annotations without their text; put it beside, as {name}."
        )
    raw = text_in(text)
    found = yield from carried.article_in({}, raw, name, {"file": name})
    works = yield from _works(places, raw, _Groups([], lambda who: _layer(found, who)))
    yield Found(source.name, replace(found, works=works), at)


def _annotations(value: Any, where: str) -> list[tuple[str, Any]]:
    """The annotations of a collection, a page, or one alone, and where each of them is.

    Raises Bad for what is none of these.
    """
    if not isinstance(value, dict):
        raise Bad("it is no JSON object")
    types = listed(value.get("type"))
    if "AnnotationCollection" in types:
        first = value.get("first")
        if isinstance(first, dict):
            return _annotations({"type": "AnnotationPage", **first}, where)
        if first is None and "items" not in value:
            return []
        raise Bad("its annotations are somewhere else")
    if "AnnotationPage" in types:
        items = value.get("items")
        if isinstance(items, dict):
            items = items.get("items")
        if not isinstance(items, list):
            raise Bad("it is a page without items")
        return [(f"{where}, annotation {at}", each) for at, each in enumerate(items, 1)]
    if "Annotation" not in types:
        raise Bad("it is no annotation")
    return [(where, value)]


class _Groups:
    """The layers of an article: those carried, and those of the creators that are named."""

    def __init__(self, known: list[Layer], make: Callable[[str], Layer]) -> None:
        self.layers = list(known)
        self._carried = len(known)
        self._make = make

    def of(self, item: Mapping[str, Any]) -> int:
        """The number of the layer that an annotation is in."""
        number, who = carried.own_of(item).get("layer"), _creator(item.get("creator"))
        if isinstance(number, int) and 0 <= number < self._carried and self._is(number, who):
            return number
        made = self._make(who)
        ids = [each.id for each in self.layers]
        if made.id not in ids:
            self.layers.append(made)
            return len(ids)
        return ids.index(made.id)

    def _is(self, number: int, who: str) -> bool:
        """Whether a layer is this person's, or nobody is named."""
        return who in ("", self.layers[number].annotator)

    def ours(self, number: int) -> bool:
        """Whether a layer is one that was carried."""
        return number < self._carried


def _creator(value: Any) -> str:
    """The name of an agent, the first of several; "" where there is none."""
    for each in listed(value):
        if isinstance(each, str):
            return each
        if isinstance(each, dict):
            names = (each.get(key) for key in ("nickname", "name", "email", "id"))
            for name in names:
                words = listed(name)
                if words and isinstance(words[0], str) and words[0]:
                    return words[0]
    return ""


def _works(places: list[tuple[str, Any]], raw: str, groups: _Groups) -> Problems[tuple[Work, ...]]:
    """The layers of an article's annotations; those on annotations are relations."""
    spans: list[Seen] = []
    links: list[Seen] = []
    for where, value in places:
        try:
            seen = seen_in(where, value)
        except Bad as error:
            yield Problem(where, str(error))
        else:
            (links if is_link(seen) else spans).append(seen)
    ruler = ruler_of(raw, (quote for each in spans for quote in quotes_in(each)))
    if ruler.unit != POINTS and spans:
        yield Note(spans[0].where, f"Offsets count {ruler.unit}.")
    page = _Page(ruler, groups)
    for make, rows in ((page.take_span, spans), (page.take_link, links)):
        for each in rows:
            try:
                make(each)
            except Bad as error:
                yield Problem(each.where, str(error))
    if page.moved:
        what = f"{counted(page.moved, 'quotation')} did not stand where the offsets say"
        yield Note(spans[0].where, f"{what}; the words were looked for in the text.")
    return page.works()


class _Page:
    """The annotations of an article, by layer, and the relations between them."""

    def __init__(self, ruler: Ruler, groups: _Groups) -> None:
        self._ruler = ruler
        self._groups = groups
        self._ids: dict[int, Ids] = {}
        self._called: dict[str, tuple[int, Annotation]] = {}
        self._annotations: dict[int, list[Annotation]] = {}
        self._relations: dict[int, list[Relation]] = {}
        self.moved = 0
        """Quotations that were found elsewhere than the offsets say."""

    def works(self) -> tuple[Work, ...]:
        """The layers with what was taken."""
        return tuple(
            Work(layer, tuple(self._annotations.get(at, ())), tuple(self._relations.get(at, ())))
            for at, layer in enumerate(self._groups.layers)
        )

    def take_span(self, seen: Seen) -> None:
        """Take an annotation of the text."""
        if seen.id in self._called:
            raise Bad(f"there is another {seen.id} before it")
        spans = joined([self._span(target) for target in seen.targets])
        own = dict(carried.own_of(seen.value))
        own.pop("layer", None)
        label, note = words_of(seen, told="attributes" in own)
        at = self._groups.of(seen.value)
        id_ = self._id(at, seen.id, f"{spans[0].start}-{spans[-1].end} {label}")
        made = carried.annotation_in(own, id_, spans, label, {}, note=note)
        if seen.id:
            self._called[seen.id] = (at, made)
        self._annotations.setdefault(at, []).append(made)

    def _id(self, at: int, name: str, base: str) -> str:
        ids = self._ids.setdefault(at, Ids(ours=self._groups.ours(at)))
        return ids.of({"id": name.removeprefix(URN)}, name or base)

    def _span(self, target: Any) -> Span:
        selectors = selectors_of(target)
        place, quote = position_in(selectors), quote_in(selectors)
        if place is None and quote is None:
            raise Bad("its target is no place in the text")
        if place is not None:
            span = self._ruler.span(*place)
            if quote is None or self._ruler.fits((*place, quote["exact"])):
                if span is None:
                    raise Bad(f"there is nothing from {place[0]} to {place[1]} in the text")
                return span
        assert quote is not None
        sought = {key: quote.get(key, "") for key in ("exact", "prefix", "suffix")}
        if not all(isinstance(each, str) for each in sought.values()):
            raise Bad("its quotation is no text")
        found = found_by_quote(
            self._ruler.text, **{key: canonical(each).text for key, each in sought.items()}
        )
        self.moved += place is not None
        return found

    def take_link(self, seen: Seen) -> None:
        """Take an annotation on another as a relation."""
        ends = [seen.targets[0], *(each for each in seen.bodies if not is_textual(each))]
        found = []
        for each in ends[:2]:
            address = address_of(each)
            if address not in self._called:
                raise Bad(f"there is no annotation {address}")
            found.append(self._called[address])
        if len(found) < 2:
            raise Bad("it links to nothing")
        (at, source), (other, target) = found
        if at != other:
            raise Bad("it links annotations of two people")
        own = dict(carried.own_of(seen.value))
        type_ = next((each["value"] for each in seen.bodies if is_textual(each)), "linking")
        id_ = self._id(at, seen.id, f"{type_} {source.id} {target.id}")
        own = {key: own[key] for key in own if key == "attributes"}
        made = carried.relation_in(own, id_, type_, source, target)
        self._relations.setdefault(at, []).append(made)
