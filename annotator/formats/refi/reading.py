"""A REFI-QDA project on its way in: codes as labels, users as annotators, links as relations."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.span import Span
from annotator.core.tagset import SPARE_COLORS, Label
from annotator.decode import decode
from annotator.formats import carried
from annotator.formats.base import Note, Problem
from annotator.formats.carried import Ids, Own, Problems
from annotator.formats.fields import Bad
from annotator.formats.refi.aside import Link
from annotator.formats.refi.qde import SPACE
from annotator.formats.units import POINTS, Ruler, ruler_of

_LINK = "link"
_DIGITS = 12


def tag(name: str, space: str = SPACE) -> str:
    """A tag as the tree has it."""
    return f"{{{space}}}{name}"


def id_of(raw: str | None) -> str:
    """A guid as it is compared: without braces, in lower case."""
    return (raw or "").strip("{} ").lower()


@dataclass(frozen=True, slots=True)
class Book:
    """What the articles of a project refer to, by guids; `own` is what is carried of each."""

    labels: Mapping[str, Label] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Own] = field(default_factory=dict)


def labels_in(root: Element, own: Mapping[str, Own], space: str = SPACE) -> dict[str, Label]:
    """The codes as labels; of two with one name, the inner one is named after its parent too."""
    found: dict[str, Label] = {}
    names: set[str] = set()
    waiting = [
        (each, "") for each in root.iterfind(f".//{tag('Codes', space)}/{tag('Code', space)}")
    ]
    while waiting:
        each, parent = waiting.pop(0)
        id_ = id_of(each.get("guid"))
        words = own.get(id_, {}).get("label")
        name = words if isinstance(words, str) else each.get("name", "").strip()
        name = f"{parent} / {name}" if name in names else name
        names.add(name)
        if name and id_:
            color = each.get("color", "").lower()
            guideline = each.findtext(tag("Description", space), "")
            found[id_] = Label(name, name, color=_six(color, len(found)), guideline=guideline)
        waiting += [(inner, name) for inner in each.iterfind(tag("Code", space))]
    return found


def _six(color: str, number: int) -> str:
    """A colour with six digits, one of ours where there is none."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    fits = len(digits) == 6 and all(each in "0123456789abcdef" for each in digits)
    return f"#{digits}" if fits else SPARE_COLORS[number % len(SPARE_COLORS)]


def users_in(root: Element) -> dict[str, str]:
    """The names of the users."""
    path = f"{tag('Users')}/{tag('User')}"
    return {id_of(each.get("guid")): each.get("name", "").strip() for each in root.iterfind(path)}


class Source:
    """An article of a project with what is coded in it."""

    def __init__(self, each: Element, data: bytes, book: Book, where: str) -> None:
        self._element = each
        self._book = book
        self._where = where
        self._raw = decode(data).text if data else ""
        self._own = book.own.get(id_of(each.get("guid")), {})
        self._layers: dict[str, _Layer] = {}
        self._strays: Counter[str] = Counter()

    def article(self, at: dict[str, tuple["_Layer", str]]) -> Problems[Article]:
        """The article with a layer for each user; `at` learns what each guid stands for."""
        found = yield from carried.article_in(self._own, self._raw, self._where)
        document = found.document
        ours = document.id == self._own.get("id")
        if not ours:
            note = self._element.findtext(tag("Description"), "")
            title = self._element.get("name", "").strip() or document.title
            document = replace(document, title=title, note=note)
        self._make_layers(document, ours=ours)
        ruler = ruler_of(self._raw, self._quotes())
        if ruler.unit != POINTS:
            yield Note(self._where, f"Its positions count {ruler.unit}.")
        taken: set[str] = set()
        parts: set[str] = set()
        for each in self._element.iterfind(tag("PlainTextSelection")):
            if (id_ := id_of(each.get("guid"))) in parts:
                continue
            where = f"{self._where}, selection {each.get('guid', '')}"
            if id_ and id_ in taken:
                yield Problem(where, "there is another one with its guid before it")
                continue
            try:
                parts.update(self._take(each, ruler, document, at))
                taken.add(id_)
            except Bad as error:
                yield Problem(where, str(error))
        self._strays["codes of the whole article"] = len(self._element.findall(tag("Coding")))
        for what, count in (+self._strays).items():
            yield Problem(self._where, f"{count:,} {what} stay out")
        return replace(found, document=document)

    def works(self) -> tuple[Work, ...]:
        """The layers with what is in them."""
        layers = {id(each): each for each in self._layers.values()}
        return tuple(each.work() for each in layers.values())

    def _make_layers(self, document: Document, *, ours: bool) -> None:
        """The layers that are carried, also those without annotations."""
        rows = self._own.get("layers") if ours else None
        for row in rows if isinstance(rows, list) else ():
            try:
                fields = dict(row)
                user = id_of(fields.pop("user"))
                layer = carried.layer_in(fields, document)
            except (Bad, AttributeError, KeyError, TypeError, ValueError):
                continue
            assert layer is not None
            self._layers[user] = _Layer(layer, Ids(ours=True))

    def _layer(self, user: str, document: Document) -> "_Layer":
        if user not in self._layers:
            name = self._book.users.get(user, "")
            same = next((one for one in self._layers.values() if one.layer.annotator == name), None)
            layer = carried.layer_of(document, name)
            self._layers[user] = same or _Layer(layer, Ids(ours=False))
        return self._layers[user]

    def _quotes(self) -> Iterator[tuple[int, int, str]]:
        for each in self._element.iterfind(tag("PlainTextSelection")):
            words = each.get("name")
            try:
                if words:
                    yield (*_ends(each), words)
            except Bad:
                continue  # it is named when it is its turn

    def _take(
        self,
        each: Element,
        ruler: Ruler,
        document: Document,
        at: dict[str, tuple["_Layer", str]],
    ) -> list[str]:
        """Take the annotations of a selection, one a code; the guids of its other parts."""
        id_ = id_of(each.get("guid"))
        own = self._book.own.get(id_, {})
        spans, parts = self._fragments(each, own, ruler)
        codings = each.findall(tag("Coding"))
        self._strays["passages without a code"] += not codings
        for number, coding in enumerate(codings):
            label = self._label(coding)
            user = id_of(coding.get("creatingUser") or each.get("creatingUser"))
            layer = self._layer(user, document)
            name = layer.ids.of(own if number == 0 else {}, id_of(coding.get("guid")) or id_)
            note = self._note(each, coding)
            fields = {key: value for key, value in own.items() if key not in ("spans", "parts")}
            found = carried.annotation_in(fields, name, spans, label, {}, note=note)
            layer.annotations.append(found)
            for guid in (id_, *parts) if number == 0 else ():
                at.setdefault(guid, (layer, name))
            at.setdefault(id_of(coding.get("guid")), (layer, name))
        return parts

    def _fragments(
        self, each: Element, own: Own, ruler: Ruler
    ) -> tuple[tuple[Span, ...], list[str]]:
        """The spans of an annotation of ours that stands as several selections; else the one."""
        wanted = own.get("parts")
        parts = list(map(str, wanted)) if isinstance(wanted, list) else []
        known = {
            id_of(one.get("guid")): one
            for one in (self._element.iterfind(tag("PlainTextSelection")) if parts else ())
        }
        if not parts or not all(part in known for part in parts):
            return (_span(each, ruler),), []
        spans = tuple(sorted(_span(known[part], ruler) for part in parts))
        if any(left.end >= right.start for left, right in pairwise(spans)):
            return (_span(each, ruler),), []
        return spans, parts

    def _label(self, coding: Element) -> str:
        ref = coding.find(tag("CodeRef"))
        label = self._book.labels.get(id_of(ref.get("targetGUID")) if ref is not None else "")
        if label is None:
            raise Bad("its code is not in the code book")
        return label.name

    def _note(self, each: Element, coding: Element) -> str:
        """What is said of a selection: its description, and the notes on it and its coding."""
        refs = (*each.iterfind(tag("NoteRef")), *coding.iterfind(tag("NoteRef")))
        notes = (self._book.notes.get(id_of(ref.get("targetGUID")), "") for ref in refs)
        return "\n".join(filter(None, (each.findtext(tag("Description"), ""), *notes)))


@dataclass(slots=True)
class _Layer:
    """The work of one user on one article."""

    layer: Layer
    ids: Ids
    annotations: list[Annotation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def work(self) -> Work:
        """The same as a value."""
        return Work(self.layer, tuple(self.annotations), tuple(self.relations))


Places = dict[str, tuple[_Layer, str]]


def link_of(each: Element) -> Link:
    """A link as the file has it."""
    origin, target = (id_of(each.get(key)) for key in ("originGUID", "targetGUID"))
    return Link(each.get("guid", ""), origin, target, each.get("name", "").strip())


def link(each: Link, at: Places, book: Book) -> None:
    """Add a link to the layer of its ends; raises Bad for one that can't be."""
    id_ = id_of(each.guid)
    own = book.own.get(id_, {})
    source, target = at.get(each.origin), at.get(each.target)
    if source is None or target is None:
        raise Bad("one of its ends is no coded passage")
    if source[0] is not target[0]:
        raise Bad("its ends are of different people or articles")
    if source[1] == target[1]:
        raise Bad("it links a span to itself")
    type_ = own.get("type") if isinstance(own.get("type"), str) else each.name
    attributes = own.get("attributes")
    layer = source[0]
    layer.relations.append(
        Relation(
            *(layer.ids.of(own, id_), "", str(type_ or _LINK), source[1], target[1]),
            attributes if isinstance(attributes, dict) else {},
        )
    )


def _ends(each: Element) -> tuple[int, int]:
    first, last = (each.get(key, "") for key in ("startPosition", "endPosition"))
    for digits in (first, last):
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
            raise Bad("its positions are no whole numbers")
    return int(first), int(last)


def _span(each: Element, ruler: Ruler) -> Span:
    start, end = _ends(each)
    span = ruler.span(start, end)
    if span is None:
        raise Bad(f"there is nothing from {start} to {end} in the text")
    return span


def content(each: Element) -> str | None:
    """The text that stands in an element itself."""
    return each.findtext(tag("PlainTextContent"))


def require_project(root: Element, name: str) -> None:
    """Raise UserError unless this is the root of a project."""
    if root.tag != tag("Project"):
        raise UserError(f"{name} is no REFI-QDA project: its root is not a Project.")
