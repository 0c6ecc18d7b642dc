"""The geometry of spans: which part of which line is washed, and where its lane and tag are."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlock, QTextLayout, QTextLine

from annotator.core.segments import lanes
from annotator.core.span import Span
from annotator.ui.article.layout import RoomyLayout
from annotator.ui.article.tags import GAP, Wish, place

LANE_STEP = 3
"""Pixels from one lane to the next where there is room for it."""
LANE_THICK = 2.0
NO_LANE = -1
GHOST = -2
"""In a lane's place: it has none, and is drawn as a suggestion."""
LANE_LEVELS = 4
"""Lanes on different levels; what is nested deeper shares the last one."""
RING_ROOM = 2
"""Pixels below the lanes that the focus ring has to itself, unless more than two are nested."""
TAG_ROOM = 1
"""Pixels between the lanes, where more are nested, and the tags of the line below."""
SEPARATOR = " · "
"""Between the title of a tag and the rest."""
LEAST_REST = 3
"""Characters behind the separator, the ellipsis counted, below which there is no rest."""
LEAST_TAG = 26
"""Pixels of a tag that say something."""
_MIXED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Scripts from right to left and the signs that turn direction."""

Stretch = tuple[float, float]
"""Left and right end in pixels."""


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation in one block. `parts` are UTF-16 units within the block, in order.

    `starts` and `ends` tell whether it begins and ends in this block; `tag` is the text above it,
    "" for none; `badge` marks a hint letter in the tag's stead.
    """

    id: str
    label: str
    parts: tuple[tuple[int, int], ...]
    starts: bool
    ends: bool
    tag: str = ""
    badge: bool = False
    urgent: bool = False
    level: int | None = None
    """The lane that it has by itself, NO_LANE or GHOST; None for the first that is free."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is seen of an annotation on one line.

    `areas` are washed, from left to right; `gaps` lie between two parts of it. `opens` and `closes`
    tell whether its first and its last character stand on this line.
    """

    id: str
    label: str
    lane: int
    areas: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it is drawn: `left` and `width` in pixels, the text cut to it."""

    id: str
    label: str
    text: str
    left: float
    width: float
    badge: bool


@dataclass(slots=True)
class Row:
    """One line with spans on it. All y are pixels from the block's top.

    `top` and `bottom` enclose the line's slot, `letters` and `foot` its letters; lane `n` begins
    `n * step` below `foot` and is `thick`.
    """

    top: float
    bottom: float
    letters: float
    foot: float
    leftward: bool
    step: float = LANE_STEP
    thick: float = LANE_THICK
    pieces: list[Piece] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def lane_top(self, lane: int) -> float:
        """The y at which a lane begins."""
        return self.foot + min(lane, LANE_LEVELS - 1) * self.step

    def fit_lanes(self) -> None:
        """Move the lanes closer together, and make them thinner, where many are nested."""
        deepest = max(min(piece.lane, LANE_LEVELS - 1) for piece in self.pieces)
        room = self.bottom - self.foot - (RING_ROOM if deepest < 2 else TAG_ROOM)
        self.thick = LANE_THICK if deepest < 2 else LANE_THICK / 2
        self.step = min(LANE_STEP, (room - self.thick) / deepest) if deepest else LANE_STEP

    def ids_at(self, x: float, y: float) -> list[str]:
        """The annotations at a point of the row; only that one whose tag is there."""
        for tag in self.tags:
            if y < self.letters and tag.left <= x <= tag.left + tag.width:
                return [tag.id]
        return [
            piece.id
            for piece in self.pieces
            if any(left <= x <= right for left, right in piece.areas)
        ]


class Letters:
    """Widths of words in the tags' font, each measured once."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """The width of a text in pixels."""
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def cut(self, text: str, width: float) -> str:
        """As much of a text as fits, with an ellipsis; only the title where little else would."""
        if self.width(text) <= width:
            return text
        cut = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        title = text.partition(SEPARATOR)[0]
        little = len(cut) <= len(title) + len(SEPARATOR) + LEAST_REST
        return title if little and self.width(title) <= width else cut


class Lines:
    """The lines of a laid out block, with the stretches that parts of it take up."""

    def __init__(self, block: QTextBlock) -> None:
        self.layout: QTextLayout = block.layout()
        self.lines = [self.layout.lineAt(i) for i in range(self.layout.lineCount())]
        self.starts = [line.textStart() for line in self.lines]
        self.starts.append(block.length() - 1)
        """UTF-16 units at which the lines begin, and where the last one ends."""
        self.mixed = bool(_MIXED.search(block.text()))
        self.leftward = block.textDirection() == Qt.LayoutDirection.RightToLeft

    def touched(self, first: int, last: int) -> range:
        """The numbers of the lines on which units `first` to `last` stand."""
        start = bisect_right(self.starts, first, 0, len(self.lines)) - 1
        return range(start, bisect_right(self.starts, last - 1, 0, len(self.lines)))

    def stretches(self, number: int, first: int, last: int) -> list[Stretch]:
        """Where units `first` to `last` stand on a line, from left to right.

        The space that the line was broken at doesn't count.
        """
        line, start, end = self.lines[number], self.starts[number], self.starts[number + 1]
        a, b = max(first, start), min(last, end)
        if a >= b:
            return []
        if self.mixed:
            return _joined(_runs(line, a, b))
        left = _x(line, a)
        right = line.naturalTextRect().right() if b == end else _x(line, b)
        return [(left, right)] if right > left else []


def _x(line: QTextLine, position: int) -> float:
    """Where the caret would stand before a unit."""
    return cast(tuple[float, int], line.cursorToX(position))[0]


def _runs(line: QTextLine, first: int, last: int) -> Iterator[Stretch]:
    """Where the glyphs of some units are: right also where directions mix, unlike the caret's x."""
    for run in line.glyphRuns(first, last - first):
        box = run.boundingRect()
        if box.width() > 0:
            yield box.left(), box.right()


def _joined(stretches: Iterator[Stretch]) -> list[Stretch]:
    """Stretches from left to right, those that touch made one."""
    found: list[Stretch] = []
    for left, right in sorted(stretches):
        if found and left <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def rows_of(
    block: QTextBlock, layout: RoomyLayout, items: Sequence[Item], letters: Letters
) -> list[Row]:
    """The rows of a laid out block for its items, which are in reading order."""
    lines = Lines(block)
    if not lines.lines:
        return []
    free = [each for each in items if each.level is None]
    levels = iter(lanes([Span(each.parts[0][0], each.parts[-1][1]) for each in free]))
    rows: dict[int, Row] = {}
    first_rows: dict[int, list[Item]] = {}
    for item in items:
        lane = next(levels) if item.level is None else item.level
        shown = _show(item, lane, lines, rows, lambda number: _row(layout, lines, number))
        if item.tag and shown is not None:
            first_rows.setdefault(shown, []).append(item)
    right = layout.column.viewport - GAP
    for number, row in rows.items():
        row.fit_lanes()
        if number in first_rows:
            row.tags = _tags(row, first_rows[number], letters, right)
    return [rows[number] for number in sorted(rows)]


def _row(layout: RoomyLayout, lines: Lines, number: int) -> Row:
    """An empty row for a line."""
    top, bottom = layout.slot_of(lines.layout, number)
    line = lines.lines[number]
    return Row(
        top=top,
        bottom=bottom,
        letters=top + layout.above,
        foot=line.y() + line.height(),
        leftward=lines.leftward,
    )


def _show(
    item: Item, lane: int, lines: Lines, rows: dict[int, Row], new_row: Callable[[int], Row]
) -> int | None:
    """Put the pieces of an item on their rows; the number of the first one, if it starts here."""
    areas: dict[int, list[Stretch]] = {}
    gaps: dict[int, list[Stretch]] = {}
    for first, last in item.parts:
        for number in lines.touched(first, last):
            areas.setdefault(number, []).extend(lines.stretches(number, first, last))
    for (_, first), (last, _) in zip(item.parts, item.parts[1:], strict=False):
        for number in lines.touched(first, last) if first < last else ():
            gaps.setdefault(number, []).extend(lines.stretches(number, first, last))
    shown = [n for n in sorted(areas | gaps) if areas.get(n) or gaps.get(n)]
    for number in shown:
        if number not in rows:
            rows[number] = new_row(number)
        piece = Piece(
            item.id,
            item.label,
            lane,
            tuple(sorted(areas.get(number, ()))),
            tuple(sorted(gaps.get(number, ()))),
            opens=item.starts and number == shown[0],
            closes=item.ends and number == shown[-1],
        )
        rows[number].pieces.append(piece)
    return shown[0] if shown and item.starts else None


def _tags(row: Row, items: list[Item], letters: Letters, right: float) -> list[Tag]:
    """The tags above a row; in a paragraph from right to left they are placed in a mirror."""
    pieces = {piece.id: piece for piece in row.pieces}
    wishes: list[Wish] = []
    for item in items:
        areas = pieces[item.id].areas
        left, reach = areas[0][0], areas[-1][1]
        if row.leftward:
            left, reach = right - reach, right - left
        natural = letters.width(item.tag) + 2 + 6 * item.badge
        title = letters.width(item.tag.partition(SEPARATOR)[0]) + 2
        least = natural if item.badge else min(natural, max(LEAST_TAG, title))
        wishes.append(Wish(left, natural, least, reach, urgent=item.urgent, fixed=item.badge))
    tags: list[Tag] = []
    for item, found in zip(items, place(wishes, right), strict=True):
        if found is None:
            continue
        left, width = found
        text = letters.cut(item.tag, width)
        x = right - left - width if row.leftward else left
        tags.append(Tag(item.id, item.label, text, x, width, item.badge))
    return tags


def area_of(row: Row, stretch: Stretch) -> QRectF:
    """The rectangle of the letters of a stretch, in the block's coordinates."""
    return QRectF(stretch[0], row.letters, stretch[1] - stretch[0], row.foot - row.letters)
