"""CoNLL-U Plus: a token a line with its place, and a column in which annotations may overlap.

In the column ANNOTATOR:SPAN each annotation has a number, that of its article: `3:claim` stands at
its first token and `3` at the others, `*` where there is none (as PARSEME marks expressions). MISC
has `start_char` and `end_char` in code points, the white space as SpaceAfter or SpacesAfter, and at
the first token of annotation 3 what else is known of it: `Span3:certainty=probable` for an
attribute, `Span3.note`, `Span3.meta`, `Span3.id`, and `Link1=source:3>5` with `Link1:…` for a link.
Values that aren't text, or look like it, are JSON; %3D and the like stand for what would end them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from annotator.core.article import Article
from annotator.core.model import Annotation, Document, Entity
from annotator.formats.base import KEPT_LINES, NO_OPTIONS, Format, Item, Lost, Options, Writing
from annotator.formats.conll import comments
from annotator.formats.conll.tags import written
from annotator.formats.csv import entity_names
from annotator.formats.grid import (
    MOVED,
    WITHOUT_TOKENS,
    Grid,
    lost,
    place_of,
)

_COLUMNS = "ID FORM MISC ANNOTATOR:SPAN"
_SPACES = {" ": r"\s", "\n": r"\n", "\t": r"\t", "\r": r"\r"}
_UNSAFE = re.compile(r"[%|=&\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]|^\s|\s$|^_$")


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write each article with the one layer that it has, and give each item back."""
    names: dict[str, str] = {}
    begun = False
    for item in items:
        if isinstance(item, Entity):
            names[item.id] = item.name
        elif isinstance(item, Article):
            if not begun:
                stream.write(comments.comment(comments.COLUMNS, _COLUMNS).encode())
                begun = True
            page = _Page(item, names)
            yield from page.losses()
            stream.write("".join(page.lines()).encode())
        yield item


class _Page:
    """An article on its way into lines."""

    def __init__(self, article: Article, names: Mapping[str, str]) -> None:
        self._article = article
        self._names = names
        self._grid = Grid.of(article.document.text)
        starts, ends = self._grid.tokens.starts, self._grid.tokens.ends
        self._gaps = [
            self._grid.text[end:start]
            for end, start in zip(ends, (*starts[1:], None), strict=False)
        ]
        """The white space behind each token."""
        self._all = [each for work in article.works for each in work.annotations]
        found = (self._grid.place(each, each.spans) for each in self._all)
        self._placed = sorted(
            (each for each in found if each is not None), key=lambda each: (each.first, -each.end)
        )
        self._numbers = {each.annotation.id: number for number, each in enumerate(self._placed, 1)}
        self._links = [each for work in article.works for each in work.relations]

    def lines(self) -> Iterator[str]:
        """The lines of all sentences; none where there is no token."""
        document, tokens = self._article.document, self._grid.tokens
        layer = self._article.works[0].layer if self._article.works else None
        marks, known, places = self._marks(), self._known(), self._places()
        sentences = self._grid.sentences(self._placed) if len(tokens) else ()
        for number, (first, end) in enumerate(sentences, 1):
            if number == 1:
                yield comments.of_document(document, layer)
            yield comments.comment("sent_id", f"{comments.escaped(document.id)}-{number}")
            yield comments.comment("text", self._words(first, end))
            for token in range(first, end):
                misc = "|".join((places[token], *known.get(token, ())))
                span = ";".join(marks.get(token, "*"))
                yield f"{token - first + 1}\t{self._grid.forms[token]}\t{misc}\t{span}\n"
            yield "\n"

    def _marks(self) -> dict[int, list[str]]:
        """What stands in the last column, by token."""
        found: dict[int, list[str]] = {}
        for number, each in enumerate(self._placed, 1):
            for token in (token for run in each.runs for token in range(*run)):
                label = f":{written(each.annotation.label)}" if token == each.first else ""
                found.setdefault(token, []).append(f"{number}{label}")
        return found

    def _known(self) -> dict[int, list[str]]:
        """What else is known of annotations and links, by the token where they begin."""
        found: dict[int, list[str]] = {}
        firsts = {each.annotation.id: each.first for each in self._placed}
        for number, each in enumerate(self._placed, 1):
            found.setdefault(each.first, []).extend(self._of_span(f"Span{number}", each.annotation))
        kept = (each for each in self._links if {each.source, each.target} <= self._numbers.keys())
        for number, link in enumerate(kept, 1):
            ends = self._numbers[link.source], self._numbers[link.target]
            head = f"Link{number}={_safe(link.type)}:{ends[0]}>{ends[1]}"
            more = _pairs(f"Link{number}:", link.attributes)
            found.setdefault(firsts[link.source], []).extend((head, *more))
        return found

    def _of_span(self, key: str, each: Annotation) -> Iterator[str]:
        yield f"{key}.id={_safe(each.id)}"
        yield from _pairs(f"{key}:", each.attributes)
        entities = list(entity_names(each.attributes, self._names))
        rest = {"entities": entities, "note": each.note, "meta": each.meta}
        yield from _pairs(f"{key}.", {name: value for name, value in rest.items() if value})

    def _places(self) -> list[str]:
        """Where each token stands, and the white space around it."""
        starts, ends, text = self._grid.tokens.starts, self._grid.tokens.ends, self._grid.text
        found = [
            f"start_char={start}|end_char={end}{_behind(gap)}"
            for start, end, gap in zip(starts, ends, self._gaps, strict=True)
        ]
        if starts and starts[0]:
            found[0] += f"|SpacesBefore={_spaces(text[: starts[0]])}"
        return found

    def _words(self, first: int, end: int) -> str:
        """A sentence as the format has it: one space for any white space."""
        pairs = zip(self._grid.forms[first:end], self._gaps[first:end], strict=True)
        return "".join(f"{form} " if gap else form for form, gap in pairs).rstrip(" ")

    def losses(self) -> Iterator[Lost]:
        """What can't be had back from the lines."""
        document = self._article.document
        if not len(self._grid.tokens):
            yield Lost("articles", 1, document.title, "it has nothing but white space")
            yield from self._details_lost()
        for each in self._all:
            if each.id not in self._numbers:
                yield lost(document, each, WITHOUT_TOKENS)
                yield from _lost_with(document, each)
        for placed in self._placed:
            if not placed.exact:
                yield lost(document, placed.annotation, MOVED)
                if len(placed.annotation.spans) > 1 == len(placed.runs):
                    yield Lost("annotations in several fragments")
        for link in self._links:
            if not {link.source, link.target} <= self._numbers.keys():
                yield Lost("relations", 1, document.title, "an end of it has no tokens")
                yield from (Lost("attributes") for _ in range(bool(link.attributes)))

    def _details_lost(self) -> Iterator[Lost]:
        """What goes with an article that has no lines."""
        document = self._article.document
        told = (document.title, document.source, document.url, document.published)
        if any((*told, document.language, document.note, document.meta)):
            yield Lost("article details")
        for work in self._article.works:
            if not work.annotations:
                yield Lost("layers without annotations")
            if work.layer.meta.keys() - {KEPT_LINES}:
                yield Lost("details of layers")


def _lost_with(document: Document, each: Annotation) -> Iterator[Lost]:
    where = place_of(document, each)
    for feature, there in (
        ("attributes", bool(each.attributes)),
        ("notes", bool(each.note or each.meta)),
        ("annotations in several fragments", len(each.spans) > 1),
    ):
        if there:
            yield Lost(feature, 1, where, WITHOUT_TOKENS)


def _pairs(before: str, values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{before}{_safe(key)}={_safe(_words(value))}"


def _words(value: Any) -> str:
    """A text as it is, unless it reads as JSON; anything else as JSON."""
    if isinstance(value, str) and value:
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _safe(words: str) -> str:
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), words)


def _behind(gap: str) -> str:
    """The white space behind a token as MISC has it."""
    if gap == " ":
        return ""
    return f"|SpacesAfter={_spaces(gap)}" if gap else "|SpaceAfter=No"


def _spaces(gap: str) -> str:
    return "".join(_SPACES.get(each) or f"\\u{ord(each):04x}" for each in gap)


FORMAT = Format(
    "conllu",
    "CoNLL-U Plus with places and a column of annotations, which may overlap; for Universal "
    "Dependencies' tools",
    (".conllup",),
    frozenset(
        {
            "articles",
            "article details",
            "annotations",
            "annotations in several fragments",
            "attributes",
            "notes",
            "relations",
            "layers without annotations",
            "details of layers",
        }
    ),
    to_stream=write,
    layers="one",
)
