"""Colours by how they are seen: lightness, chroma and hue (OKLCH), and the contrast of two.

OKLCH after Björn Ottosson, "A perceptual color space for image processing" (2020); contrast after
WCAG 2.2, "relative luminance" and "contrast ratio"; colour blindness after Machado, Oliveira and
Fernandes, "A physiologically-based model for simulation of color vision deficiency" (2009), in
full; the distance of two colours after CIE 142-2001 (CIEDE2000), as Sharma, Wu and Dalal write it.
"""

import math
from collections.abc import Iterable, Mapping
from operator import mul
from typing import Literal

from PySide6.QtGui import QColor

Sight = Literal["", "protanopia", "deuteranopia", "tritanopia"]
"""How somebody sees colours, "" for most people."""
Triple = tuple[float, float, float]

SIGHTS: Mapping[Sight, tuple[Triple, Triple, Triple]] = {
    "": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What each makes of linear red, green and blue (Machado's matrices at severity 1)."""
_WHITE = (0.95047, 1.0, 1.08883)
"""D65."""


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


def to_lab(color: QColor, sight: Sight = "") -> Triple:
    """CIELAB (D65) of a colour as somebody of this sight sees it: lightness 0 to 100, a, b."""
    linear = _linear(color)
    red, green, blue = (min(1.0, max(0.0, sum(map(mul, row, linear)))) for row in SIGHTS[sight])
    x, y, z = (
        _lab_root(value / white)
        for value, white in zip(
            (
                0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
                0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
                0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
            ),
            _WHITE,
            strict=True,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lab_distance(one: Triple, other: Triple) -> float:
    """CIEDE2000 of two CIELAB colours: about 1 can just be told apart, side by side."""
    mean = (math.hypot(*one[1:]) + math.hypot(*other[1:])) / 2
    stretch = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    (light, chroma, hue), (light2, chroma2, hue2) = (
        (up, math.hypot(a * stretch, b), math.degrees(math.atan2(b, a * stretch)) % 360)
        for up, a, b in (one, other)
    )
    turn = (hue2 - hue + 180) % 360 - 180 if chroma * chroma2 else 0.0
    middle = (hue + turn / 2) % 360 if chroma * chroma2 else hue + hue2
    mean_light, mean_chroma = (light + light2) / 2, (chroma + chroma2) / 2
    waves = (
        1
        - 0.17 * _cos(middle - 30)
        + 0.24 * _cos(2 * middle)
        + 0.32 * _cos(3 * middle + 6)
        - 0.20 * _cos(4 * middle - 63)
    )
    off = (mean_light - 50) ** 2
    by_light = (light2 - light) / (1 + 0.015 * off / math.sqrt(20 + off))
    by_chroma = (chroma2 - chroma) / (1 + 0.045 * mean_chroma)
    by_hue = 2 * math.sqrt(chroma * chroma2) * math.sin(math.radians(turn / 2))
    by_hue /= 1 + 0.015 * mean_chroma * waves
    twist = math.radians(60 * math.exp(-(((middle - 275) / 25) ** 2)))
    bent = -2 * math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)) * math.sin(twist)
    return math.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + bent * by_chroma * by_hue)


def _lab_root(value: float) -> float:
    return math.cbrt(value) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def _bytes(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _linear(color: QColor) -> tuple[float, float, float]:
    red, green, blue = (_decoded(each / 255) for each in _bytes(color))
    return red, green, blue


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _coded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
