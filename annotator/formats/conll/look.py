"""How the columns of a CoNLL file stand, found by a look at its first lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from annotator.formats.conll import comments
from annotator.formats.conll.comments import DOCSTART
from annotator.formats.conll.tags import parts

LOOKED_AT = 1_000
"""Lines at the beginning of a file by which its columns are told."""
_CHUNKS = frozenset(
    ("NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP")
)
"""Types of syntactic chunks, which are no labels of interest."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is cut, and which of its columns are what, from 0.

    `names` are those of the columns, where the file says them; then it is `ours`.
    """

    separator: str | None
    width: int
    form: int
    tags: Sequence[int]
    names: Sequence[str] = ()

    @property
    def ours(self) -> bool:
        """Whether the file names its columns, as ours do."""
        return bool(self.names)

    def cells(self, line: str) -> list[str]:
        """The columns of a line."""
        return line.split(self.separator)

    def is_comment(self, line: str) -> bool:
        """Whether a line is none of a token: it begins with # and doesn't end as lines do here."""
        if not line.startswith("#"):
            return False
        cells = self.cells(line)
        tagged = len(cells) == self.width and parts(cells[-1]) is not None
        return not tagged and (line == "#" or line[1].isspace())


def look_at(lines: Sequence[str], *, last: bool = False) -> Look | None:
    """The look of a file that begins with these lines; None where it is no CoNLL file.

    With `last` the last column alone has tags.
    """
    names = _names(lines)
    rows = [line for line in lines if line.strip() and not _aside(line)]
    if names and _is_ours(rows, len(names)):
        tags: Sequence[int] = range(1, len(names))
        return Look("\t", len(names), 0, tags[-1:] if last else tags, names)
    if not rows:
        return None
    separator = "\t" if 2 * sum("\t" in row for row in rows) > len(rows) else None
    cut = [row.split(separator) for row in rows]
    width = Counter(map(len, cut)).most_common(1)[0][0]
    whole = [row for row in cut if len(row) == width]
    found = [number for number in range(1, width) if _is_tags([row[number] for row in whole])]
    if width < 2 or width - 1 not in found or 2 * len(whole) < len(rows):
        return None
    tags = [number for number in found if number >= _trailing(found, width)]
    labelled = [each for each in tags if not _is_chunks([row[each] for row in whole])]
    tags = labelled or tags[-1:]
    form = int(width > 2 and all(row[0].isdecimal() for row in whole))
    return Look(separator, width, form, tags[-1:] if last else tags)


def _is_ours(rows: Sequence[str], width: int) -> bool:
    """Whether all rows with so many columns have tags; the last may be cut off."""
    whole = [row.split("\t") for row in rows[:-1] if row.count("\t") == width - 1]
    return all(_is_tags([row[number] for row in whole]) for number in range(1, width))


def _trailing(found: Sequence[int], width: int) -> int:
    """The first of the columns with tags that stand together at the end."""
    first = width - 1
    while first - 1 in found:
        first -= 1
    return first


def _names(lines: Sequence[str]) -> Sequence[str]:
    for line in lines:
        key, value = comments.split(line)
        if key == comments.COLUMNS and value.startswith("FORM "):
            return [unquote(each) for each in value.split()]
    return ()


def _aside(line: str) -> bool:
    return line.startswith(("# ", DOCSTART)) or line == "#"


def _is_tags(cells: Sequence[str]) -> bool:
    """Whether nearly all cells of a column are tags."""
    return 10 * sum(parts(each) is None for each in cells) <= len(cells)


def _is_chunks(cells: Sequence[str]) -> bool:
    """Whether the labels in a column are those of chunks."""
    labels = {label for each in cells for _, label in parts(each) or ()}
    return bool(labels) and labels <= _CHUNKS
