"""Colours by how they are seen: lightness, chroma and hue (OKLCH), and the contrast of two.

OKLCH after Björn Ottosson, "A perceptual color space for image processing" (2020); contrast after
WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import math
from collections.abc import Iterable

from PySide6.QtGui import QColor


def luminance(color: QColor) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two opaque colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def least_contrast(color: QColor, grounds: Iterable[QColor]) -> float:
    """The contrast of a colour with that of `grounds` on which it reads worst."""
    return min(contrast(color, ground) for ground in grounds)


def over(color: QColor, alpha: int, ground: QColor) -> QColor:
    """What is seen of a colour laid over an opaque ground at `alpha` (0 to 255)."""
    share = alpha / 255
    mixed = (
        round(top * share + below * (1 - share))
        for top, below in zip(_bytes(color), _bytes(ground), strict=True)
    )
    return QColor(*mixed)


def to_oklch(color: QColor) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma (0 to some 0.37) and hue (radians) of a colour."""
    red, green, blue = _linear(color)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """The colour of this lightness, chroma and hue; what screens can't show is clipped."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return QColor(
        *(
            round(255 * _coded(min(1.0, max(0.0, each))))
            for each in (
                4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
                -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
                -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
            )
        )
    )


def _bytes(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _linear(color: QColor) -> tuple[float, float, float]:
    red, green, blue = (_decoded(each / 255) for each in _bytes(color))
    return red, green, blue


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _coded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
