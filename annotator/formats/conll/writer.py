"""Writes CoNLL: a token a line, an empty line behind each sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add
from typing import BinaryIO

from annotator.core.article import Article
from annotator.core.model import Document, Layer, TagsetVersion
from annotator.core.tagset_toml import loads
from annotator.formats.base import KEPT_LINES, NO_OPTIONS, Item, Lost, Options, Writing
from annotator.formats.conll import comments
from annotator.formats.conll.comments import DOCSTART
from annotator.formats.conll.spaces import spaced
from annotator.formats.conll.tags import OUTSIDE, SCHEMES, tags, written
from annotator.formats.grid import MOVED, WITHOUT_TOKENS, Grid, Placed, lost

_TOGETHER = "TAG"
"""The name of the one column for all labels."""
_LONGER = "it overlaps a longer one in the same column"


def write(items: Iterable[Item], stream: BinaryIO, options: Options = NO_OPTIONS) -> Writing:
    """Write each article with the one layer that it has, and give each item back."""
    labels: dict[str, None] = {}
    sheet: _Sheet | None = None
    for item in items:
        if isinstance(item, TagsetVersion):
            labels.update(dict.fromkeys(each.name for each in loads(item.toml).labels))
        elif isinstance(item, Article):
            if sheet is None:
                sheet = _Sheet.of(labels, options)
                stream.write(sheet.head().encode())
            words, losses = sheet.written(item)
            yield from losses
            stream.write(words.encode())
        yield item


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a file is written; `columns` gives each label the number of its column."""

    columns: dict[str, int]
    names: Sequence[str]
    scheme: str
    comments: bool

    @classmethod
    def of(cls, labels: Iterable[str], options: Options) -> "_Sheet":
        names = list(labels) or [_TOGETHER]
        columns = {label: number for number, label in enumerate(names)}
        if options.get("labels") == "outermost":
            columns, names = dict.fromkeys(names, 0), [_TOGETHER]
        scheme = options.get("scheme", SCHEMES[0])
        return cls(columns, names, scheme, options.get("comments") != "no")

    def head(self) -> str:
        """The beginning of the file: the names of its columns."""
        names = " ".join(map(written, self.names))
        return comments.comment(comments.COLUMNS, f"FORM {names}") if self.comments else ""

    def written(self, article: Article) -> tuple[str, list[Lost]]:
        """The lines of an article, and what isn't in them."""
        document = article.document
        layer = article.works[0].layer if article.works else None
        grid = Grid.of(document.text)
        losses: list[Lost] = []
        placed = self._placed(article, grid, losses)
        if self.comments:
            pieces = [comments.of_document(document, layer)]
        else:
            pieces = [f"{DOCSTART}{self._outside}\n"]
            losses += _without_comments(document, layer, grid)
        lines = self._lines(placed, grid)
        for first, end in grid.sentences(placed):
            if self.comments:
                chunk = comments.escaped(grid.chunk(first, end))
                pieces.append(comments.comment(comments.TEXT, chunk))
            pieces += lines[first:end]
            pieces.append("\n")
        if not lines and self.comments:
            pieces.append(comments.comment(comments.TEXT, comments.escaped(document.text)) + "\n")
        return "".join(pieces), losses

    @property
    def _outside(self) -> str:
        """The columns of a token without tags, with the line's end."""
        return f"\t{OUTSIDE}" * len(self.names) + "\n"

    def _placed(self, article: Article, grid: Grid, losses: list[Lost]) -> list[Placed]:
        """The annotations that are written; those that aren't, or are moved, go to `losses`."""
        found: list[Placed] = []
        for each in (each for work in article.works for each in work.annotations):
            placed = grid.place(each, (each.envelope,))
            if placed is None:
                losses.append(lost(article.document, each, WITHOUT_TOKENS))
            elif each.label not in self.columns:
                losses.append(lost(article.document, each, "the tag set has no such label"))
            else:
                found.append(placed)
        return self._apart(found, article.document, grid, losses)

    def _apart(
        self, found: list[Placed], document: Document, grid: Grid, losses: list[Lost]
    ) -> list[Placed]:
        """Those that don't overlap in a column."""
        # The longest first, and of equals the one that nothing is lost of.
        found.sort(key=lambda each: (each.first - each.end, not each.exact, each.first))
        taken = [bytearray(len(grid.tokens)) for _ in self.names]
        chosen = []
        for each in found:
            column = taken[self.columns[each.annotation.label]]
            if any(column[each.first : each.end]):
                losses.append(lost(document, each.annotation, _LONGER))
                continue
            column[each.first : each.end] = b"\1" * (each.end - each.first)
            chosen.append(each)
            if not each.exact:
                why = MOVED if len(each.annotation.spans) == 1 else "its fragments became one span"
                losses.append(lost(document, each.annotation, why))
        return chosen

    def _lines(self, placed: Iterable[Placed], grid: Grid) -> list[str]:
        """The line of each token."""
        lines = list(map(add, grid.forms, repeat(self._outside)))
        cells: dict[int, list[str]] = {}
        for each in placed:
            label = each.annotation.label
            found = tags(written(label), each.end - each.first, self.scheme)
            for token, tag in enumerate(found, each.first):
                row = cells.setdefault(token, [OUTSIDE] * len(self.names))
                row[self.columns[label]] = tag
        for token, row in cells.items():
            lines[token] = "\t".join((grid.forms[token], *row)) + "\n"
        return lines


def _without_comments(document: Document, layer: Layer | None, grid: Grid) -> Iterator[Lost]:
    """What only comments can hold."""
    why = "it was written without comments"
    yield Lost("article details", 1, document.title, why)
    sentences = [spaced(grid.forms[first:end])[0] for first, end in grid.sentences(())]
    if "\n".join(sentences) != document.text:
        yield Lost("articles", 1, document.title, f"{why}, so its white space is not in the file")
    if layer is not None and layer.meta.keys() - {KEPT_LINES}:
        yield Lost("details of layers", 1, document.title, why)
