"""Painting strips on the pages of a printer or a PDF file, bit by bit."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMarginsF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator.core.errors import UserError
from annotator.ui.article.look import ArticleLook
from annotator.ui.printing.marked_up import MarkedUp
from annotator.ui.printing.sheet import Sheet
from annotator.ui.printing.strips import Placed, pages_of
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.transfer import Job

_MARGIN = 20.0
"""Millimetres on each side of a page."""
_DOTS = 96.0
"""Pixels of a sheet to the inch."""
_FOOT = 28.0
"""Pixels at the foot of a page for its number."""


def usual_page() -> QPageLayout:
    """A page of the size that is usual where the user is: A4, or letter."""
    metric = QLocale().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
    size = QPageSize.PageSizeId.A4 if metric else QPageSize.PageSizeId.Letter
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    portrait = QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(size), portrait, margins, QPageLayout.Unit.Millimeter)


def pdf_file(path: Path, title: str) -> QPdfWriter:
    """A PDF file to be painted on; raises UserError where it can't be written."""
    try:
        path.open("wb").close()
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.") from error
    writer = QPdfWriter(str(path))
    writer.setPageLayout(usual_page())
    writer.setTitle(title)
    writer.setCreator("Annotator")
    return writer


def print_job(
    marked_up: MarkedUp,
    look: ArticleLook,
    theme: Theme,
    device: QPagedPaintDevice,
    parent: QObject,
) -> "Job[int]":
    """The job that prints an article on a device; its report is the number of pages."""
    from annotator.transfer import Progress  # noqa: PLC0415 - it is loaded when it is used

    area = device.pageLayout().paintRect(QPageLayout.Unit.Inch)
    width, height = round(area.width() * _DOTS), area.height() * _DOTS
    sheet = Sheet(marked_up, look, theme, width, parent)
    try:
        pages: list[list[Placed]] = []
        for page in pages_of(sheet.strips(), height - _FOOT):
            pages.append(page)
            yield Progress(0, 0, f"Laying out page {len(pages)}")
        painter = QPainter()
        if not painter.begin(device):
            raise UserError("The printer doesn't answer, so nothing was printed.")
        try:
            font = theme.font("sans", theme.px("size", "small"))
            for number, page in enumerate(pages, 1):
                if number > 1:
                    device.newPage()
                _paint(painter, page, device)
                painter.setFont(font)
                painter.setPen(look.dim)
                foot = QRectF(0, height - _FOOT, width, _FOOT)
                _paint_foot(painter, foot, marked_up.document.title, f"{number} / {len(pages)}")
                painter.restore()
                yield Progress(number, len(pages), "Printing")
        finally:
            painter.end()
    finally:
        sheet.close()
    return len(pages)


def _paint(painter: QPainter, page: list[Placed], device: QPagedPaintDevice) -> None:
    """Paint the strips of a page, leaving the painter at the page's upper left corner."""
    painter.save()
    scale = device.logicalDpiX() / _DOTS
    painter.scale(scale, scale)
    for y, strip in page:
        painter.save()
        painter.translate(QPointF(0, y))
        strip.draw(painter)
        painter.restore()


def _paint_foot(painter: QPainter, area: QRectF, title: str, number: str) -> None:
    align = Qt.AlignmentFlag
    painter.drawText(area, align.AlignRight | align.AlignBottom, number)
    metrics = painter.fontMetrics()
    room = round(area.width()) - metrics.horizontalAdvance(number) - 24
    words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, align.AlignLeft | align.AlignBottom, words)
