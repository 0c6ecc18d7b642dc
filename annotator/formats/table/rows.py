"""The rows of a table, one by one: CSV, TSV, JSON (lines or an array), sheets of workbooks."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from annotator.core.errors import UserError
from annotator.decode import Decoded, decode
from annotator.formats.base import Options, Problem, Source
from annotator.formats.extras import need
from annotator.formats.original import LIMIT
from annotator.formats.records import records
from annotator.ingest.archive import checked, readable
from annotator.ingest.columns import Row, has_head

BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
JSON = (".jsonl", ".jsonlines", ".ndjson", ".json")
SAMPLE = 50
"""Rows by which columns are told."""
_HEAD = 1_000_000
_DELIMITERS = ",;\t|"
_UNPACKED = 1_000_000_000
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, the place where it was found: in words, and in bytes read so far."""

    where: str
    cells: Row
    at: int = 0


Rows = Iterator[Entry | Problem]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is being read: its columns, the first rows, all rows, and what was noted."""

    columns: tuple[str, ...]
    sample: tuple[Entry, ...]
    rows: Rows
    notes: tuple[str, ...] = ()


@contextmanager
def table(source: Source, options: Options) -> Iterator[Table]:
    """The table in a source, for as long as it is read.

    Raises UserError for a file that is empty, that is none, or whose `sheet` isn't there.
    """
    name = source.name.lower()
    if name.endswith(BOOKS):
        cells = _with_where(_in_book(source, options.get("sheet", "")), source.name)
        yield _headed(cells, options, source.name, ())
    elif name.endswith(JSON):
        rows: Rows = _in_json(source)
        sample = list(islice(rows, SAMPLE))
        found = tuple(each for each in sample if isinstance(each, Entry))
        if not found:
            raise _without_rows(source.name, sample)
        columns = dict.fromkeys(column for each in found for column in each.cells)
        yield Table(tuple(columns), found, _chained(sample, rows))
    else:
        with source.open() as stream:
            head = stream.read(_HEAD)
            decoded = _decoded(head, options.get("encoding") or None, source.name)
            stream.seek(0)
            errors = "strict" if options.get("encoding") else "replace"
            text = io.TextIOWrapper(stream, decoded.encoding, errors=errors, newline="")
            try:
                lines = _Lines(text, source.name)
                if decoded.text.startswith("sep="):
                    next(lines, None)
                cells = _in_lines(lines, _delimiter(decoded.text, options), stream)
                yield _headed(cells, options, source.name, decoded.notes)
            finally:
                text.detach()


def _headed(
    cells: "Iterator[_Cells | Problem]", options: Options, name: str, notes: tuple[str, ...]
) -> Table:
    """A table of rows without names, the first of which may name the columns."""
    sample = list(islice(cells, SAMPLE + 1))
    whole = [each for each in sample if isinstance(each, _Cells)]
    if not whole:
        raise _without_rows(name, sample)
    first = whole[0]
    asked = options.get("header", "")
    if asked == "yes" or (not asked and has_head(first.cells, [each.cells for each in whole[1:]])):
        columns = _unique(first.cells)
        sample.remove(first)
    else:
        columns = tuple(f"column {number}" for number in range(1, len(first.cells) + 1))
    rows = [_row(each, columns) for each in sample]
    found = tuple(each for each in rows if isinstance(each, Entry))
    rest = (_row(each, columns) for each in cells)
    return Table(columns, found, _chained(rows, rest), notes)


def _without_rows(name: str, sample: Iterable[object]) -> UserError:
    said = next((f": {each.what}" for each in sample if isinstance(each, Problem)), "")
    return UserError(f"{name} has no rows{said}.")


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, none of them empty or twice."""
    found: dict[str, None] = {}
    for number, each in enumerate(names, 1):
        name = each.strip() or f"column {number}"
        found[f"{name} ({number})" if name in found else name] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Cells:
    where: str
    cells: tuple[str, ...]
    at: int = 0


def _row(each: _Cells | Problem, columns: tuple[str, ...]) -> Entry | Problem:
    if isinstance(each, Problem):
        return each
    if any(cell.strip() for cell in each.cells[len(columns) :]):
        what = f"it has {len(each.cells)} cells, but there are {len(columns)} columns"
        return Problem(each.where, what)
    return Entry(each.where, dict(zip(columns, each.cells, strict=False)), each.at)


def _chained(first: Iterable[Entry | Problem], rest: Iterable[Entry | Problem]) -> Rows:
    yield from first
    yield from rest


# Lines


class _TooLong(Exception):  # noqa: N818  (it says what the line is)
    """A line over the limit."""


class _Lines:
    """The lines of a text with their number; one over the limit is passed over and raised."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text = text
        self.name = name
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number += 1
        try:
            line = self._text.readline(LIMIT + 1)
            if len(line) <= LIMIT and line:
                return line
            while line and not line.endswith("\n"):
                line = self._text.readline(LIMIT)
                if not line:
                    raise _TooLong
        except UnicodeError as error:
            what = f"{self.name} is not {self._text.encoding} after line {self.number - 1:,}"
            raise UserError(f"{what}; choose another encoding.") from error
        if not line:
            raise StopIteration
        raise _TooLong


def _decoded(head: bytes, encoding: str | None, name: str) -> Decoded:
    """The beginning of a file as text; raises UserError for one that is empty or no text."""
    if not head:
        raise UserError(f"{name} is empty: it has 0 bytes.")
    if len(head) == _HEAD:
        # A character may be cut at the end, but no line end in UTF-8 or an older encoding is.
        head = head[: head.rfind(b"\n") + 1] if b"\0" not in head else head
    try:
        return decode(head, encoding=encoding)
    except UserError as error:
        raise UserError(f"{name}: {error}") from error


def _delimiter(text: str, options: Options) -> str:
    """The sign between cells that was chosen, or that gives the most even table."""
    chosen = options.get("delimiter", "").replace("\\t", "\t")
    if text.startswith("sep="):
        chosen = chosen or text[4:5]
    if chosen.strip('\r\n"'):
        return chosen[0]
    best, most = ",", (0.0, 0)
    for each in _DELIMITERS:
        counts = _widths(text, each)
        usual = max(set(counts), key=counts.count, default=1)
        even = (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)
        if even > most:
            best, most = each, even
    return best


def _widths(text: str, delimiter: str) -> list[int]:
    lines = io.StringIO(text[:100_000], newline="")
    return [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), 40) if row]


def _in_lines(lines: _Lines, delimiter: str, stream: Any) -> Iterator[_Cells | Problem]:
    # The limit is the module's, for all readers in the program; every format sets the same.
    csv.field_size_limit(LIMIT)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        where = f"{lines.name}, line {lines.number + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong:
            yield Problem(where, f"the line is larger than {LIMIT // 1_000_000} MB")
        except csv.Error as error:
            open_ = "unexpected end" in str(error)
            what = "its quotation mark has no end" if open_ else f"it is no row ({error})"
            yield Problem(where, what + (", so that nothing after it could be read" * open_))
        else:
            if any(cells):
                yield _Cells(where, tuple(cells), stream.tell())


# JSON


def _in_json(source: Source) -> Rows:
    for each in records(source):
        if isinstance(each, Problem):
            yield each
        elif isinstance(each.value, dict):
            cells = {name: _text(value) for name, value in each.value.items()}
            yield Entry(each.where, cells, each.at)
        else:
            yield Problem(each.where, "it is no JSON object")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# Workbooks


def _in_book(source: Source, sheet: str) -> Iterator[list[str]]:
    calamine: Any = need("xlsx", "python_calamine")
    with source.open() as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(f"{source.name} is larger than {LIMIT // 1_000_000} MB; split it first.")
    if data.startswith(_ZIP):
        _require_whole(data, source.name)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if sheet and sheet not in names:
            raise UserError(f'{source.name} has no sheet "{sheet}"; it has {", ".join(names)}.')
        for row in book.get_sheet_by_name(sheet or names[0]).iter_rows():
            yield [_cell(each) for each in row]
    except (calamine.CalamineError, IndexError) as error:
        raise UserError(f"{source.name} is no workbook that can be read.") from error


def _require_whole(data: bytes, name: str) -> None:
    """Raise UserError for a workbook that is not safe, or of which a byte is wrong."""
    with readable(name), checked(io.BytesIO(data), name) as archive:
        if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
            raise UserError(f"{name} is too large a workbook; save its rows as CSV.")
        if archive.testzip() is not None:
            raise UserError(f"{name} is broken.")


def _with_where(rows: Iterator[list[str]], name: str) -> Iterator[_Cells | Problem]:
    for number, row in enumerate(rows, 1):
        if any(row):
            yield _Cells(f"{name}, row {number}", tuple(row))


def _cell(value: Any) -> str:
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)
