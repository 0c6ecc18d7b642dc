"""Word files as articles: paragraphs, lists and tables as text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.ingest.office import Office, child, inside, local, office, value
from annotator.ingest.original import Made, Original, made

_DELETED = ("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "txbxContent")
"""What isn't in the text as it reads: text taken out, codes of fields, floating boxes."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_APART = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_INSIDE = {"txbxContent": "floating text", "del": "tracked deletion", "moveFrom": "tracked move"}
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(original: Original) -> Made:
    """The article in a .docx file.

    Text that tracked changes took out is out, text that they put in is in; notes, comments, heads
    and feet of pages are left out, and notes say so. Raises UserError for what can't be read.
    """
    with office(original) as file:
        main = file.main("word/document.xml")
        root = file.part(main)
        body = child(root, "body")
        if body is None:
            raise UserError(f"{original.file} is no Word document.")
        lists = _Lists.of(file, main)
        blocks = list(_blocks(body, lists))
        said = file.said()
        notes = list(_left_out(file, main, body))
    if not any(block.text.strip() for block in blocks):
        raise UserError(f"{original.file} is a Word document without text.")
    title = said.get("title", "") or next((each.text for each in blocks if each.heading), "")
    details = {"title": " ".join(title.split()), "language": said.get("language", "")}
    meta = {"author": said.get("creator", ""), "created": said.get("created", "")[:10]}
    kept = {key: text for key, text in meta.items() if text}
    return made(_joined(blocks), original.meta() | kept, tuple(notes), **details)


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    item: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Lists:
    """How the items of lists are marked: the list of each style, and which lists have bullets."""

    styles: dict[str, tuple[str, str]]
    bullets: frozenset[tuple[str, str]]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, file: Office, main: str) -> "_Lists":
        styles = {}
        for style in inside(file.beside(main, "styles.xml")):
            found = _number(child(style, "pPr", "numPr"))
            if found[0]:
                styles[value(style, "styleId")] = found
        numbering = file.beside(main, "numbering.xml")
        return cls(styles, frozenset(_bullets(numbering)))

    def mark(self, paragraph: Element) -> str:
        """What stands before an item of a list; "" for a paragraph that is none."""
        number, level = _number(child(paragraph, "pPr", "numPr"))
        if not number:
            style = value(child(paragraph, "pPr", "pStyle"))
            number, level = self.styles.get(style, ("", "0"))
        if number in ("", "0"):
            return ""
        indent = "  " * min(int(level) if level.isdecimal() else 0, 8)
        if (number, level) in self.bullets:
            return f"{indent}- "
        self.counts[number, level] += 1
        return f"{indent}{self.counts[number, level]}. "


def _number(found: Element | None) -> tuple[str, str]:
    """The list's number and the level in it."""
    return value(child(found, "numId")), value(child(found, "ilvl")) or "0"


def _bullets(numbering: Element | None) -> Iterator[tuple[str, str]]:
    abstract: dict[str, list[str]] = {}
    for each in inside(numbering):
        if local(each) == "abstractNum":
            levels = (level for level in each if local(level) == "lvl")
            abstract[value(each, "abstractNumId")] = [
                value(each, "ilvl") for each in levels if value(child(each, "numFmt")) == "bullet"
            ]
        for level in abstract.get(value(child(each, "abstractNumId")), ()):
            yield value(each, "numId"), level


def _blocks(parent: Element, lists: _Lists) -> Iterator[_Block]:
    """The paragraphs and tables in an element, in order."""
    for each in parent:
        name = local(each)
        if name == "p":
            words, mark = "".join(_pieces(each)).strip("\n"), lists.mark(each)
            style = value(child(each, "pPr", "pStyle")).lower()
            heading = style.startswith(("title", "heading")) and bool(words.strip())
            yield _Block(mark + words if words.strip() else "", bool(mark), heading)
        elif name == "tbl":
            yield _Block("\n".join(_rows(each, lists)))
        elif name not in _DELETED:
            yield from _blocks(each, lists)


def _rows(table: Element, lists: _Lists) -> Iterator[str]:
    for row in table:
        if local(row) == "tr":
            cells = (each for each in row if local(each) == "tc")
            yield "\t".join(
                " ".join(" ".join(block.text.split()) for block in _blocks(cell, lists)).strip()
                for cell in cells
            )


def _pieces(element: Element) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name == "t":
            yield each.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _DELETED:
            yield from _pieces(each)


def _joined(blocks: list[_Block]) -> str:
    """The blocks as text: an empty line between two, but none between items of a list."""
    kept = [each for each in blocks if each.text]
    pieces = [each.text for each in kept[:1]]
    for before, each in pairwise(kept):
        pieces += ["\n" if each.item and before.item else "\n\n", each.text]
    return "".join(pieces)


def _left_out(file: Office, main: str, body: Element) -> Iterator[str]:
    """A sentence for each sort of text that stays out."""
    for part, noun in _APART.items():
        found = file.beside(main, f"{part}.xml")
        number = sum(value(each, "type") not in _SEPARATORS for each in inside(found))
        if number:
            yield f"{counted(number, noun)} left out."
    names = Counter(local(each) for each in body.iter())
    for name, noun in _INSIDE.items():
        if names[name]:
            yield f"{counted(names[name], noun)} left out."
