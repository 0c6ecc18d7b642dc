"""An article as a part of the page: its text for each layer, and the list of what is marked."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.describe import Teller, quoted
from annotator.core.model import Annotation, Document, Entity, Layer, Relation
from annotator.core.segments import in_order, lanes, runs
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.formats.page.style import LANES
from annotator.formats.tree import shown

_LONGEST = 160
"""Code points of the words of another annotation, where a link leads to it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What articles refer to: the tag set, the register, and the names to show of people."""

    tagset: Tagset = field(default_factory=lambda: Tagset(""))
    entities: Mapping[str, Entity] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


def plain(words: str) -> str:
    """Words as HTML, without what it can't hold."""
    return escape(shown(words))


def rendered(article: Article, number: int, known: Known) -> Iterator[str]:
    """The article, the `number`th of the page, piece by piece."""
    document, name = article.document, f"a{number}"
    first = ' class="first"' if number == 1 else ""
    title = plain(document.title) or "Without a title"
    yield f'<article id="{name}" aria-labelledby="{name}-title">\n'
    yield f'<h2{first} id="{name}-title" dir="auto">{title}</h2>\n'
    yield from _about(document)
    if not article.works:
        yield _text(document, plain(document.text))
    for at, work in enumerate(article.works, 1):
        yield from _Sheet(document, work, f"{name}-{at}", known).rendered()
    yield "</article>\n"


def _about(document: Document) -> Iterator[str]:
    url = plain(document.url)
    if document.url.startswith(("https://", "http://")):
        url = f'<a href="{url}" rel="noreferrer">{url}</a>'
    facts = [*map(plain, (document.source, document.published, document.language)), url]
    if said := " · ".join(filter(None, facts)):
        yield f'<p class="soft">{said}</p>\n'
    if document.note:
        yield f'<p dir="auto">Note: {plain(document.note)}</p>\n'


def _text(document: Document, inside: str) -> str:
    language = f' lang="{plain(document.language)}"' if document.language else ""
    return f'<div class="text" dir="auto"{language}>{inside}</div>\n'


class _Sheet:
    """The work of one annotator on an article; `name` begins the ids of what stands here."""

    def __init__(self, document: Document, work: Work, name: str, known: Known) -> None:
        self._document = document
        self._work = work
        self._name = name
        self._known = known
        self._tagset = known.tagset
        self._teller = Teller(document.text, known.tagset, known.entities)
        self._ordered = sorted(
            work.annotations, key=lambda one: (one.envelope.start, -one.envelope.end, one.id)
        )
        self._numbers = {one.id: number for number, one in enumerate(self._ordered, 1)}
        self._labels = {one.name: at for at, one in enumerate(known.tagset.labels)}
        self._links: dict[str, list[Relation]] = {}
        for link in work.relations:
            self._links.setdefault(link.source, []).append(link)

    def rendered(self) -> Iterator[str]:
        """The heading, the marked text, and the list."""
        layer = self._work.layer
        yield f"<section>\n<h3>{self._heading(layer)}</h3>\n"
        yield from self._legend()
        yield _text(self._document, "".join(self._marked()))
        if self._ordered:
            yield "<ol>\n"
            yield from map(self._item, self._ordered)
            yield "</ol>\n"
        yield "</section>\n"

    def _heading(self, layer: Layer) -> str:
        name = self._known.people.get(layer.annotator) or layer.annotator
        facts = [counted(len(self._ordered), "annotation"), layer.state]
        facts += [layer.role] if layer.role not in ("annotator", layer.annotator) else []
        facts += [f"round {layer.round}"] if layer.round > 1 else []
        return f'<bdi>{plain(name)}</bdi> <span class="soft">· {" · ".join(facts)}</span>'

    def _legend(self) -> Iterator[str]:
        """What the lines mean; the tags in the text say it too."""
        used = Counter(one.label for one in self._ordered)
        if used:
            keys = (
                f'<span class="key"><span class="s {self._class(name)}">'
                f"<bdi>{plain(self._tagset.label_title(name))}</bdi></span> {count:,}</span>"
                for name, count in sorted(used.items(), key=lambda each: self._rank(each[0]))
            )
            yield f"<p>{' '.join(keys)}</p>\n"

    def _rank(self, label: str) -> int:
        """The place of a label in the tag set; behind all where it isn't there."""
        return self._labels.get(label, len(self._labels))

    def _class(self, label: str) -> str:
        return f"l{self._rank(label)}"

    # The text

    def _marked(self) -> Iterator[str]:
        """The text with its spans, which may overlap: each stretch stands in all that cover it."""
        text = self._document.text
        pieces = in_order(
            (span, (number, piece))
            for number, one in enumerate(self._ordered)
            for piece, span in enumerate(one.spans)
        )
        spans = {key: span for span, key in pieces}
        levels = dict(zip(spans, lanes(list(spans.values())), strict=True))
        at = 0
        for run in runs(pieces):
            yield plain(text[at : run.span.start])
            starts = (key for key in run.keys if spans[key].start == run.span.start)
            ends = (key for key in reversed(run.keys) if spans[key].end == run.span.end)
            yield from (self._tag(*key) for key in starts)
            for key in run.keys:
                label, lane = self._class(self._ordered[key[0]].label), min(levels[key], LANES - 1)
                yield f'<span class="s {label} n{lane}">'
            yield plain(run.span.of(text)) + "</span>" * len(run.keys)
            yield from (self._end(*key) for key in ends)
            at = run.span.end
        yield plain(text[at:])

    def _tag(self, at: int, piece: int) -> str:
        """What stands before a span: its number and label; where it goes on, its number."""
        words, anchor = f"{at + 1} …", ""
        if piece == 0:
            words = f"{at + 1} {plain(self._tagset.label_title(self._ordered[at].label))}"
            anchor = f' id="{self._name}-t{at + 1}"'
        return f'<span class="t"{anchor}><a href="#{self._name}-{at + 1}">{words}</a></span>'

    def _end(self, at: int, piece: int) -> str:
        """What stands behind a span, by which overlapping ones are told apart."""
        more = "…" if piece < len(self._ordered[at].spans) - 1 else ""
        return f'<span class="t e">{more}/{at + 1}</span>'

    # The list

    def _item(self, one: Annotation) -> str:
        number, name = self._numbers[one.id], self._name
        title = plain(self._tagset.label_title(one.label))
        back = f'<a class="back" href="#{name}-t{number}">in the text</a>'
        lines = [f'<b><bdi>{title}</bdi></b> <q dir="auto">{self._quote(one)}</q> {back}']
        lines += (f"{plain(key)}: {self._value(one, key)}" for key in one.attributes)
        lines += (self._link(link) for link in self._links.get(one.id, ()))
        lines += [f'Note: <span dir="auto">{plain(one.note)}</span>'] if one.note else []
        return f'<li id="{name}-{number}">{"<br>".join(lines)}</li>\n'

    def _quote(self, one: Annotation) -> str:
        return plain(" ".join(one.quote(self._document.text).split()))

    def _value(self, one: Annotation, key: str) -> str:
        return plain(self._teller.value(one, key)) or "–"

    def _link(self, link: Relation) -> str:
        number = self._numbers[link.target]
        other = self._ordered[number - 1]
        words = plain(quoted(other.quote(self._document.text), _LONGEST))
        values = ", ".join(
            f"{plain(key)}: {plain(self._said(link, key, value))}"
            for key, value in link.attributes.items()
        )
        title = plain(self._tagset.relation_title(link.type))
        arrow = f'→ <a href="#{self._name}-{number}">{number} <bdi>{words}</bdi></a>'
        return f"<bdi>{title}</bdi> {arrow}{f' ({values})' if values else ''}"

    def _said(self, link: Relation, key: str, value: Any) -> str:
        """The value of a link's attribute in words."""
        type_ = self._tagset.relation(link.type)
        return self._teller.words(type_.attribute(key) if type_ else None, value)
