"""What of the agreement is kept: pictures, tables, a report, a sentence for a paper."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from itertools import combinations
from pathlib import Path

from annotator.agreement.report import Report, pair_key
from annotator.core.errors import UserError
from annotator.transfer.targets import file_at
from annotator.ui.agreement.behind import Part, part_title, stretch

PICTURE, TABLE, REPORT = "*.png *.svg", "*.csv", "*.md"


def as_csv(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Rows as CSV in UTF-8; what spreadsheets would take for a formula is marked as text."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8")


def _plain(cell: str | int) -> str | int:
    """A cell of words that no spreadsheet computes; a number below 0 is none."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t"):
        try:
            float(cell)
        except ValueError:
            return f"'{cell}"
    return cell


def write(path: Path, data: bytes, *, own: Path) -> None:
    """Write a file; whoever chose the place has agreed to replace what is there."""
    with file_at(path, own=own, force=True) as out:
        out.write(data)


def require_known(path: Path, endings: Iterable[str]) -> None:
    """Raise UserError where a name's ending says nothing of how to write it."""
    known = tuple(endings)
    if path.suffix.lower() not in known:
        raise UserError(f"{path.name} should end with {' or '.join(known)}.")


def sentence(report: Report, name: str, part: Part, version: str) -> str:
    """A figure as a paper would say it, of all articles or of a part."""
    what, key = part
    if not what:
        return report.sentence(name, version)
    own = replace(report, figures=report.by[what][key])
    if what == "document":
        own = replace(own, articles=1)
    elif what == "order":
        own = replace(own, articles=len(stretch(key, report)))
    elif what == "pair":
        pairs = {pair_key(pair): pair for pair in combinations(report.raters, 2)}
        own = replace(own, raters=pairs[key])
    return f"{part_title(part, report)}: {own.sentence(name, version)}"
