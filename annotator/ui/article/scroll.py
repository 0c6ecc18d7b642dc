"""Which line is where, and which must be the uppermost for another to be seen."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QMouseEvent, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from annotator.ui.article.layout import RoomyLayout

Visible = Iterable[tuple[QTextBlock, float]]
"""Blocks in the viewport, each with the y of its top."""


def line_at(layout: RoomyLayout, visible: Visible, y: float) -> tuple[float, float] | None:
    """Upper and lower end of the letters of the line whose slot holds `y`, in the viewport."""
    for block, top in visible:
        if y >= top + layout.height(block):
            continue
        lines = block.layout()
        for number in range(lines.lineCount()):
            if y - top < layout.slot_of(lines, number)[1] or number + 1 == lines.lineCount():
                line = lines.lineAt(number)
                return top + line.y(), top + line.y() + line.height()
    return None


def onto_letters(event: QMouseEvent, layout: RoomyLayout, visible: Visible) -> QMouseEvent:
    """The same event on the letters of its line.

    WORKAROUND: for Qt what lies between two lines is the end of the upper one, and here lines are
    far apart: a drag through the gap would make the selection jump.
    """
    point = event.position()
    found = line_at(layout, visible, point.y())
    if found is None or point.y() < 0:
        return event
    clone = QMouseEvent(
        event.type(),
        QPointF(point.x(), min(max(point.y(), found[0] + 1), found[1] - 1)),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
    clone.setTimestamp(event.timestamp())
    return clone


def show_line(
    view: QPlainTextEdit, layout: RoomyLayout, visible: Visible, units: int, share: float
) -> int | None:
    """The value of the scroll bar, in lines, that brings the line of a widget's position into view.

    None if all of the line's slot is in view. Else the line ends `share` of the viewport's height
    down; with a share of 1 it moves no further than it must.
    """
    block = view.document().findBlock(units)
    layout.height(block)
    lines = block.layout()
    if not lines.lineCount():
        return None
    line = lines.lineForTextPosition(units - block.position()).lineNumber()
    upper, lower = layout.slot_of(lines, max(0, line))
    room = float(view.viewport().height())
    tops = {other.blockNumber(): top for other, top in visible}
    top = tops.get(block.blockNumber())
    if top is not None and top + upper >= 0 and top + lower <= room:
        return None
    above = block.blockNumber() < min(tops, default=0) if top is None else top + upper < 0
    room = lower - upper if above and share == 1 else room * share
    return _uppermost(layout, block, lower, room)


def _uppermost(layout: RoomyLayout, block: QTextBlock, bottom: float, room: float) -> int:
    """The uppermost line that fits into `room` pixels above `bottom` of a block.

    The lines of the document are numbered as in its scroll bar.
    """
    found = block, 0
    while block.isValid():
        height = layout.height(block)
        bottom = min(bottom, height)
        lines = block.layout()
        uppers = [layout.slot_of(lines, number)[0] for number in range(lines.lineCount())]
        fitting = [n for n, upper in enumerate(uppers) if upper < bottom and bottom - upper <= room]
        if fitting:
            found = block, fitting[0]
        if bottom > room or not fitting or fitting[0]:
            break
        room -= bottom
        block = block.previous()
        bottom = float("inf")
    layout.settle()
    return int(found[0].firstLineNumber()) + found[1]


def lines_in_view(visible: Visible, height: int) -> tuple[int, int]:
    """Where the first and the last line begin and end whose letters are in view (UTF-16 units)."""
    found: list[int] = []
    for block, top in visible:
        lines = block.layout()
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            if top + line.y() >= 0 and top + line.y() + line.height() <= height:
                start = block.position() + line.textStart()
                found += (start, start + line.textLength())
    return (found[0], found[-1]) if found else (0, 0)
