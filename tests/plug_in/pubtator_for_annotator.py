"""A format from elsewhere: PubTator, the lines in which biomedical corpora are exchanged.

    7|t|The title
    7|a|The abstract, in one line
    7	4	9	title	Word

Offsets count code points of the title, a space, and the abstract.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.formats.base import (
    Format,
    Found,
    Item,
    Lost,
    Options,
    Problem,
    Reading,
    Source,
    Writing,
)

_TITLE = re.compile(rb"[^|\t\n]+\|t\|")
_END = "\n"


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins with a title."""
    return _TITLE.match(head) is not None


def read(source: Source, _options: Options) -> Reading:
    """The articles of a file; a line that is broken is a Problem, the rest comes in."""
    number = 0
    with source.open() as stream:
        lines = (line.decode(errors="replace").rstrip("\r\n") for line in stream)
        for blank, group in groupby(lines, key=lambda line: not line.strip()):
            block = list(group)
            if not blank:
                yield from _article(block, source.name, number)
            number += len(block)
    if not number:
        raise UserError(f"{source.name} is empty.")


def _article(block: list[str], name: str, before: int) -> Reading:
    """An article, after the problems of the lines that stay out; `before` are lines before it."""
    title, abstract = block[0].partition("|t|"), "".join(block[1:2]).partition("|a|")
    if not (title[0] and title[1] and abstract[1]):
        yield Problem(f"{name}, line {before + 1}", "no title and abstract begin here")
        return
    text = f"{title[2]}{_END}{abstract[2]}"
    document = Document(title[0], title[2], text, sha256(text))
    layer = Layer.of(document.id, "", state="done")
    annotations = []
    for number, line in enumerate(block[2:], 3):
        found = _annotation(line.split("\t"), f"T{number}", text)
        if isinstance(found, str):
            yield Problem(f"{name}, line {before + number}", found)
        else:
            annotations.append(found)
    yield Found(f"{name}, line {before + 1}", Article(document, (Work(layer, tuple(annotations)),)))


def _annotation(cells: list[str], id_: str, text: str) -> Annotation | str:
    """The annotation of a line, or why there is none."""
    if len(cells) < 5 or not (cells[1].isdecimal() and cells[2].isdecimal()):
        return "it is not of the form article, start, end, words, label"
    start, end = int(cells[1]), int(cells[2])
    if text[start:end].replace(_END, " ") != cells[3] or not cells[3]:
        return f'"{cells[3]}" does not stand where it says'
    return Annotation(id_, "", (Span(start, end),), cells[4])


def write(items: Iterable[Item], stream: BinaryIO, _options: Options) -> Writing:
    """Write each article with its one layer, and give each item back after what was lost of it."""
    for number, item in enumerate(items, 1):
        if isinstance(item, Article):
            stream.write("".join(_lines(item, number)).encode())
            if item.document.text.count(_END) != 1:
                yield Lost("articles", 1, item.document.title, "its line ends became spaces")
        yield item


def _lines(article: Article, number: int) -> Iterator[str]:
    title, _, abstract = article.document.text.partition(_END)
    yield f"{number}|t|{title}\n{number}|a|{abstract.replace(_END, ' ')}\n"
    for work in article.works:
        for each in work.annotations:
            for span in each.spans:
                words = span.of(article.document.text).replace(_END, " ")
                yield f"{number}\t{span.start}\t{span.end}\t{words}\t{each.label}\n"
    yield "\n"


FORMAT = Format(
    "pubtator",
    "PubTator's lines, in which biomedical corpora are exchanged; spans with a label each",
    (".pubtator",),
    frozenset({"articles", "annotations", "layers without annotations"}),
    read=read,
    to_stream=write,
    sniff=sniff,
    layers="one",
    local_ids=True,
)
