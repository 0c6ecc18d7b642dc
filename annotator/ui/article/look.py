"""How the article looks: colours and fonts as they are handed in, and the sizes that follow."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPalette

SMALLEST_TAG = 9
"""Pixels below which the letters of a tag never go."""
LEAST_BELOW = 6
"""Pixels below the letters, for two lanes and the focus ring."""
WASH_STACK = 3
"""Washes laid over one another at most, so that letters read; deeper spans show by their lanes."""
_SAMPLE = (
    "The ministry said on Tuesday that nobody had been hurt in the attack, and denied the rest."
)
"""Words as they come, to measure how wide a character is on the average."""


@dataclass(frozen=True, slots=True)
class ArticleLook:
    """Colours, label patterns and fonts of an article. Washes are translucent, inks opaque.

    `line_height` is in multiples of the letters' size and is raised where tags and lanes would find
    no room; `column_width` is in characters. `quiet` labels show their tags only when focused.
    """

    text: QColor
    background: QColor
    dim: QColor
    focus: QColor
    selection: QColor
    accent: QColor
    hit: QColor
    hit_current: QColor
    inks: Mapping[str, QColor]
    washes: Mapping[str, QColor]
    patterns: Mapping[str, str]
    font: QFont
    tag_font: QFont
    line_height: float = 1.9
    column_width: int = 70
    quiet: Collection[str] = field(default=frozenset())
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, label: str) -> str:
        """A label as people call it."""
        return self.titles.get(label, label)

    def ink(self, label: str) -> QColor:
        """The colour of a label's lane and tag."""
        return self.inks.get(label, self.dim)

    def wash(self, label: str) -> QColor:
        """The ground of a label's spans."""
        known = self.washes.get(label)
        if known is not None:
            return known
        wash = QColor(self.dim)
        wash.setAlpha(WASH_ALPHA)
        return wash

    def pattern(self, label: str) -> str:
        """The pattern of a label's lane, a word of tagset.PATTERNS."""
        return self.patterns.get(label, "solid").replace("-", "")


WASH_ALPHA = 32
"""Of a label without a wash of its own."""


def plain_look(palette: QPalette, font: QFont) -> ArticleLook:
    """A look without labels, for a view that has not been given one yet."""
    role = QPalette.ColorRole
    tags = QFont(font)
    tags.setPixelSize(SMALLEST_TAG + 1)
    return ArticleLook(
        palette.color(role.Text),
        palette.color(role.Base),
        palette.color(role.PlaceholderText),
        palette.color(role.Highlight),
        palette.color(role.Highlight),
        palette.color(role.Highlight),
        palette.color(role.AlternateBase),
        palette.color(role.Highlight),
        {},
        {},
        {},
        font,
        tags,
    )


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in pixels. A line's slot is, from above: room for tags, the letters, room for lanes.

    `air` is what the font's ascent leaves empty above its letters (accents on capitals may reach
    into it, which is why letters are drawn over tags); `pitch` is the least height of a slot.
    """

    ascent: float
    air: int
    above: int
    below: int
    pitch: int
    gap: int
    step: int
    column: int
    tag_rise: int
    """From the letters' top up to the baseline of the tag."""

    @classmethod
    def of(cls, look: ArticleLook) -> "Sizes":
        """The sizes that a look's fonts ask for."""
        metrics = QFontMetricsF(look.font)
        em = QFontInfo(look.font).pixelSize()
        tallest = -metrics.tightBoundingRect("bdlT").top() + em / 18
        air = max(0, math.floor(metrics.ascent() - tallest))
        tag = QFontMetricsF(tag_font(look)).tightBoundingRect("ACdgy")
        above = math.ceil(tag.height())
        below = max(LEAST_BELOW, round(em * 0.39))
        letters = math.ceil(metrics.ascent() + metrics.descent()) - air
        pitch = max(round(em * look.line_height), above + letters + below)
        return cls(
            ascent=metrics.ascent(),
            air=air,
            above=above,
            below=pitch - above - letters,
            pitch=pitch,
            gap=round(em / 2),
            step=round(em * 1.5),
            column=math.ceil(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * look.column_width),
            tag_rise=math.ceil(tag.bottom()),
        )


def tag_font(look: ArticleLook) -> QFont:
    """The font of tags, not smaller than can be read."""
    font = QFont(look.tag_font)
    if QFontInfo(font).pixelSize() < SMALLEST_TAG:
        font.setPixelSize(SMALLEST_TAG)
    return font


def palette_of(look: ArticleLook, palette: QPalette) -> QPalette:
    """`palette` with the colours of a look in it."""
    colored = QPalette(palette)
    role = QPalette.ColorRole
    for each, color in (
        (role.Base, look.background),
        (role.Window, look.background),
        (role.Text, look.text),
        (role.Highlight, look.selection),
        (role.HighlightedText, look.text),
    ):
        colored.setColor(each, color)
    return colored
