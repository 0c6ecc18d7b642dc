"""Tables of articles, a row an article: what spreadsheets, databases and news archives give."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats.base import (
    ENCODING,
    NO_OPTIONS,
    Format,
    Found,
    Note,
    Option,
    Options,
    Problem,
    Reading,
    Source,
)
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import DECODER
from annotator.formats.original import place
from annotator.formats.table.rows import BOOKS, JSON, Entry, Table, table
from annotator.ingest.columns import ROLES, Row, day_reader, proposed
from annotator.ingest.original import made

NONE = "-"
"""Instead of a column's name: there is none."""
_TEXTS = (".csv", ".tsv", ".tab", ".psv")
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_FIELD = re.compile(rb'"([^"\\\\]{1,60})"\s*:\s*"')
_LATER = {"date": "published"}
"""Options by another name than the role has."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A table as a preview shows it: its columns, the first rows, and the column of each role."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    mapping: Mapping[str, str]


def proposal(source: Source, options: Options = NO_OPTIONS) -> Proposal:
    """How a table would be read; what the options say of columns is taken over.

    Raises UserError for what is no table, and for a column that isn't there.
    """
    with table(source, options) as found:
        rows = tuple(each.cells for each in found.sample)
        return Proposal(found.columns, rows, _mapping(found, options, source.name))


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a table, one a row; a row without a text is a Problem.

    What is in columns that have no role goes into `meta` under "columns". Raises UserError for what
    is no table, and where no column holds texts.
    """
    of_file = {"file": _file(source), "path": place(source), "bytes_sha256": _digest(source)}
    with table(source, options) as found:
        for note in found.notes:
            yield Note(source.name, note)
        mapping = _mapping(found, options, source.name)
        if "text" not in mapping:
            raise UserError(
                f"{source.name} has no column that looks like the text of articles; choose one as "
                f'the option "text". Its columns: {", ".join(found.columns)}.'
            )
        told = ", ".join(f"{role} from “{column}”" for role, column in mapping.items())
        yield Note(source.name, f"Taken as articles: {told}.")
        yield from _articles(found, mapping, of_file)


def _articles(found: Table, mapping: Mapping[str, str], of_file: dict[str, str]) -> Reading:
    days = day_reader(each.cells.get(mapping.get("published", ""), "") for each in found.sample)
    seen: set[int] = set()
    for row in found.rows:
        if isinstance(row, Problem):
            yield row
            continue
        cells = dict(row.cells)
        taken = {role: cells.pop(column, "") for role, column in mapping.items()}
        text, id_ = taken.pop("text"), taken.pop("id", "").strip()
        if not text.strip():
            yield Problem(row.where, "it has no text")
            continue
        if id_ and hash(id_) in seen:
            yield Note(row.where, f"Another row has the id “{id_}” too.")
        seen.add(hash(id_))
        meta = _meta(row, id_, cells, of_file)
        details = {role: " ".join(cell.split()) for role, cell in taken.items()}
        details["published"] = days(details.get("published", ""))
        document, notes = made(text, meta, **details)
        yield from (Note(row.where, note) for note in notes)
        yield Found(row.where, Article(document), row.at)


def _meta(row: Entry, id_: str, rest: Row, of_file: dict[str, str]) -> dict[str, Any]:
    columns = {column: cell for column, cell in rest.items() if cell.strip()}
    found = {**of_file, "row": row.where.rpartition(", ")[2], "id": id_, "columns": columns}
    return {key: value for key, value in found.items() if value}


def _digest(source: Source) -> str:
    """The SHA-256 of a file, which may be too large to be in memory."""
    with source.open() as stream:
        # Any file can be read into a buffer, though its type does not say so.
        return hashlib.file_digest(cast(Any, stream), "sha256").hexdigest()


def _file(source: Source) -> str:
    return source.name.replace("\\", "/").rpartition("/")[2]


def _mapping(found: Table, options: Options, name: str) -> dict[str, str]:
    """The column of each role, as the options have it or else as proposed."""
    asked = {_LATER.get(key, key): value for key, value in options.items() if value}
    asked = {role: asked[role] for role in ROLES if role in asked}
    for role, column in asked.items():
        if column not in (*found.columns, NONE):
            there = ", ".join(found.columns)
            raise UserError(f'{name} has no column "{column}" for the {role}; it has {there}.')
    left = [each for each in found.columns if each not in asked.values()]
    likely = proposed(left, [each.cells for each in found.sample])
    mapping = {role: asked.get(role) or likely.get(role, NONE) for role in ROLES}
    return {role: column for role, column in mapping.items() if column != NONE}


def sniff(head: bytes, name: str) -> bool:
    """Whether a file is named as a table and may be one; JSON has to have a text in its records."""
    name = name.lower()
    if name.endswith(BOOKS):
        return head.startswith((_ZIP, _OLD))
    if name.endswith(JSON):
        first = head.lstrip(b"\xef\xbb\xbf \t\r\n[")
        return first.startswith(b"{") and _has_text(first)
    return name.endswith(_TEXTS)


def _has_text(first: bytes) -> bool:
    """Whether the first record of JSON, which may be cut, has a field called as texts are."""
    try:
        value, _ = DECODER.raw_decode(first.decode("utf-8", "ignore"))
    except (Bad, ValueError, RecursionError):
        value = {each.decode("utf-8", "ignore"): "?" for each in _FIELD.findall(first)}
    fields = {key: each for key, each in value.items() if isinstance(each, str)}
    return "text" in proposed(list(fields), [fields])


_COLUMNS = (
    ("text", "the column with the articles; else told by names and contents"),
    ("title", "the column with their titles; - for none, as with those that follow"),
    ("source", "the column with their outlets"),
    ("date", "the column with their dates"),
    ("language", "the column with their languages"),
    ("url", "the column with their addresses"),
    ("id", "the column with their ids"),
)
FORMAT = Format(
    "table",
    "tables of articles, one a row: CSV, TSV, JSON, workbooks; columns as proposed or chosen",
    (*_TEXTS, *JSON, *BOOKS),
    frozenset({"articles"}),
    read=read,
    sniff=sniff,
    reading=(
        *(Option(name, note) for name, note in _COLUMNS),
        ENCODING,
        Option("sheet", "the sheet of a workbook; else the first"),
        Option("delimiter", "the sign between cells; else found out"),
        Option("header", "whether the first row names the columns; else found out", ("yes", "no")),
    ),
    layers="none",
)
