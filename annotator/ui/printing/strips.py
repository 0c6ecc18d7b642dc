"""Strips of paper: what is printed is a row of them, from the top of one page to the next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

Draw = Callable[[QPainter], object]
"""Draws with the strip's upper left corner at the painter's origin."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece as wide as the page that is never cut; lengths are pixels of the sheet.

    One that is to `keep` stands on one page with the next; `space` is left above it, but for the
    top of a page.
    """

    height: float
    draw: Draw
    space: float = 0.0
    keep: bool = False


Placed = tuple[float, Strip]
"""A strip and the y of its top."""


def pages_of(strips: Iterable[Strip], height: float) -> Iterator[list[Placed]]:
    """The strips on pages of this height; one that is higher than a page has one of its own."""
    page: list[Placed] = []
    y = 0.0
    for group in _groups(strips):
        needed = sum(each.space + each.height for each in group) - (0 if page else group[0].space)
        if page and y + needed > height:
            yield page
            page, y = [], 0.0
        for strip in group:
            space = strip.space if page else 0.0
            if page and y + space + strip.height > height:
                yield page
                page, y, space = [], 0.0, 0.0
            page.append((y + space, strip))
            y += space + strip.height
    if page:
        yield page


def _groups(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    """Strips together with those that they are to be kept with."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def together(strips: Iterable[Strip], most: int) -> Iterator[Strip]:
    """The strips, all on one page where they are not more than `most`."""
    found = list(strips)
    for number, strip in enumerate(found, 1):
        keep = strip.keep or number < len(found) <= most
        yield replace(strip, keep=keep)


def text_strips(
    text: str,
    font: QFont,
    color: QColor,
    width: float,
    *,
    indent: float = 0.0,
    space: float = 0.0,
    keep: bool = False,
) -> Iterator[Strip]:
    """A paragraph, a strip a line."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width - indent)
        lines.append(line)
    layout.endLayout()
    for number, line in enumerate(lines):

        def draw(painter: QPainter, number: int = number) -> None:
            painter.setPen(color)
            line = layout.lineAt(number)
            line.draw(painter, QPointF(indent, -line.y()))

        yield Strip(line.height(), draw, space if number == 0 else 0.0, keep)
