"""The lines of a WebAnno TSV 3 file: layers in its head, sentences and rows in its body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from annotator.core.errors import UserError
from annotator.formats.base import Problem

_ROW = re.compile(
    r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,12})-(\d{1,12})(?:\t([^\t]*)(?:\t(.*))?)?", re.DOTALL
)
_NOTHING = frozenset({"_", ""})
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(->|.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "b": "\b"}
_KINDS = {"#T_SP=": "span", "#T_CH=": "chain", "#T_RL=": "relation"}
_ROLE, _BASE = "ROLE_", "BT_"
FORMAT_LINE = "#FORMAT=WebAnno TSV 3"


@dataclass(frozen=True, slots=True)
class Feature:
    """A column, or with `target` two: the roles of a slot, and what is in it."""

    name: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A layer as the head declares it: `kind` is span, chain or relation; `base` what it links."""

    kind: str
    name: str
    features: Sequence[Feature]
    base: str = ""

    @property
    def short(self) -> str:
        """The name without the package before it."""
        return self.name.rpartition(".")[2]

    @property
    def width(self) -> int:
        """How many columns it has."""
        slots = sum(bool(each.target) for each in self.features)
        return len(self.features) + slots + (self.kind == "relation")


class Row(NamedTuple):
    """A token or a part of one, with its place in the file's unit and the cells of the layers."""

    line: int
    id: str
    begin: int
    end: int
    form: str
    cells: tuple[str, ...]

    @property
    def is_marked(self) -> bool:
        """Whether a layer has anything here."""
        return not _NOTHING.issuperset(self.cells)

    @property
    def width(self) -> int:
        """How many cells it has; behind the last there is mostly a tab."""
        return _width(self.cells)


@dataclass(slots=True)
class Sentence:
    """A sentence: its text, which may be of several lines, and its rows."""

    lines: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text."""
        return "\n".join(self.lines)


@dataclass(slots=True)
class Sheet:
    """A whole file; `problems` are line numbers from 1, and phrases."""

    kinds: list[Kind] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows of all sentences."""
        return (row for sentence in self.sentences for row in sentence.rows)


def sheet_of(text: str, name: str) -> Sheet:
    """The lines of a file; raises UserError for what isn't WebAnno TSV 3."""
    if not text.startswith(FORMAT_LINE):
        raise UserError(f'{name} is no WebAnno TSV 3: it does not begin with "{FORMAT_LINE}".')
    sheet = Sheet()
    open_ = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901  (the line without its end)
        if not line or line.isspace():
            open_ = False
        elif line[0] != "#":
            _take_row(sheet, number, line)
        elif line.startswith("#Text="):
            if not open_ or sheet.sentences[-1].rows:
                sheet.sentences.append(Sentence())
            sheet.sentences[-1].lines.append(plain(line.removeprefix("#Text=")))
            open_ = True
        elif line[:6] in _KINDS:
            sheet.kinds.append(_kind(line))
    _square(sheet)
    return sheet


def problems(sheet: Sheet, name: str) -> Iterator[Problem]:
    """What was wrong with lines."""
    return (Problem(f"{name}, line {line}", what) for line, what in sorted(sheet.problems))


def _kind(line: str) -> Kind:
    kind = _KINDS[line[:6]]
    name, *features = line[6:].split("|")
    base = ""
    if features and features[-1].startswith(_BASE):
        base = features.pop().removeprefix(_BASE)
    found: list[Feature] = []
    waiting = iter(features)
    for each in waiting:
        if each.startswith(_ROLE):
            slot = each.partition(":")[2].rpartition("_")[0]
            found.append(Feature(slot or each, next(waiting, "") or "uima.tcas.Annotation"))
        else:
            found.append(Feature(each))
    if not found and kind == "span":
        found.append(Feature(""))
    return Kind(kind, name, tuple(found), base)


def _take_row(sheet: Sheet, number: int, line: str) -> None:
    match = _ROW.fullmatch(line)
    if match is None:
        sheet.problems.append((number, "it is no row: it does not begin with 1-1 and a place"))
    elif not sheet.sentences:
        sheet.problems.append((number, "there is no #Text before it"))
    else:
        id_, begin, end, form, rest = match.groups()
        cells = _cells(rest) if rest is not None else ()
        row = Row(number, id_, int(begin), int(end), plain(form or ""), cells)
        sheet.sentences[-1].rows.append(row)


@lru_cache(maxsize=100)
def _cells(rest: str) -> tuple[str, ...]:
    """The cells of the layers, which are empty in most rows, and so the same."""
    return tuple(rest.split("\t"))


def _width(cells: tuple[str, ...]) -> int:
    return len(cells) - (cells[-1:] == ("",))


def _square(sheet: Sheet) -> None:
    """Leave out rows with more or fewer cells than the layers have columns.

    Some versions give a relation without features a column for them all the same.
    """
    widths = set(map(_width, {row.cells for row in sheet.rows()}))
    bare = [each for each in sheet.kinds if each.kind == "relation" and not each.features]
    width = sum(each.width for each in sheet.kinds)
    if bare and width not in widths and width + len(bare) in widths:
        sheet.kinds = [
            Kind(each.kind, each.name, (Feature(""),), each.base) if each in bare else each
            for each in sheet.kinds
        ]
        width += len(bare)
    if widths <= {width}:
        return
    for sentence in sheet.sentences:
        rows = sentence.rows
        for row in rows:
            if row.width != width:
                what = f"it has {row.width} cells for {width} columns"
                sheet.problems.append((row.line, f"{what}; its annotations were left out"))
        sentence.rows = [row if row.width == width else _bare(row, width) for row in rows]


def _bare(row: Row, width: int) -> Row:
    return Row(row.line, row.id, row.begin, row.end, row.form, ("_",) * width)


def plain(words: str) -> str:
    """A text or a value without the backslashes before signs that mean something."""
    if "\\" not in words:
        return words
    return _ESCAPED.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _SIGNS.get(match[2], match[2]), words
    )


def cut(cell: str, sign: str) -> list[str]:
    """A cell at each `sign` that has no backslash before it."""
    if "\\" not in cell:
        return cell.split(sign)
    return re.findall(rf"(?:^|{re.escape(sign)})((?:\\.|[^\\{re.escape(sign)}])*)", cell)
