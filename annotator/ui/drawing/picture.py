"""A drawing as a file: PNG, of twice as many pixels as on the screen, or SVG."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPaintDevice, QPainter
from PySide6.QtSvg import QSvgGenerator

from annotator.transfer.targets import file_at
from annotator.ui.drawing.drawing import Drawing
from annotator.ui.theme import Theme

SUFFIXES = (".png", ".svg")
_SHARP = 2
_DOTS = 96
"""Dots of an inch, as style sheets count them."""


def png(drawing: Drawing, theme: Theme, size: QSizeF | None = None) -> bytes:
    """The drawing as a PNG; without a size in pixels as large as it needs to be."""
    size = size or drawing.size(theme)
    image = QImage((size * _SHARP).toSize(), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(theme.surface)
    _draw(drawing, image, size, theme)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes here
    return bytes(data.data())


def svg(drawing: Drawing, theme: Theme, size: QSizeF | None = None) -> bytes:
    """The drawing as an SVG, its letters as text, with what it shows as its description."""
    size = size or drawing.size(theme)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(drawing.title)
    _draw(drawing, generator, size, theme)
    return bytes(data.data())


def save_picture(
    drawing: Drawing, theme: Theme, path: Path, *, own: Path, size: QSizeF | None = None
) -> None:
    """Write the drawing; whoever chose the place has agreed to replace what is there.

    `own` is the project's file. Raises UserError where it can't be written.
    """
    made = svg if path.suffix.lower() == ".svg" else png
    with file_at(path, own=own, force=True) as out:
        out.write(made(drawing, theme, size))


def _draw(drawing: Drawing, device: QPaintDevice, size: QSizeF, theme: Theme) -> None:
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.surface)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    drawing.draw(painter, QRectF(0, 0, size.width(), size.height()), theme)
    painter.end()
