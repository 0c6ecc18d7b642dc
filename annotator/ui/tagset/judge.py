"""Whether the colours of labels can be read, and told apart, in every theme and by everybody."""

import math
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtGui import QColor

from annotator.core.tagset import Label
from annotator.ui.colors import (
    SIGHTS,
    Sight,
    Triple,
    from_oklch,
    lab_distance,
    least_contrast,
    over,
    to_lab,
    to_oklch,
)
from annotator.ui.theme import Theme

READABLE = 4.5
"""WCAG 2.2, level AA, for text."""
APART = 4.0
"""CIEDE2000 below which two labels are too close.

About 1 is seen side by side. The default tag set is at 8.5; every theme's contrast and every
sight together leave room for some nine colours at 4.
"""
CHANGED = 0.4
"""Oklch lightness, of 1, by which a colour may be shown lighter or darker without a word."""
_OFFERED = 8
_HUES = 24
_TONES = ((0.45, 0.12), (0.5, 0.03))
"""Lightness and chroma of the colours that are tried besides the theme's own."""


class Judge:
    """Judges colours as the tag set writes them (#rrggbb) by what the themes make of them."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = themes
        self._seen: dict[tuple[int, str], dict[Sight, Triple]] = {}

    def sentences(self, label: Label, labels: Iterable[Label]) -> list[str]:
        """What is wrong with a label's colour among those of all `labels`, a sentence each."""
        return [*self._pale(label.color), *self._changed(label.color), *self._close(label, labels)]

    def distance(self, one: str, other: str) -> tuple[float, Sight, Theme]:
        """How far two colours are apart (CIEDE2000) where they are closest, for whom, and where."""
        found = (
            (lab_distance(seen[sight], rival[sight]), sight, theme)
            for number, theme in enumerate(self._themes)
            for seen, rival in ((self._labs(number, one), self._labs(number, other)),)
            for sight in SIGHTS
        )
        return min(found, key=lambda each: each[0])

    def proposals(self, used: Sequence[str]) -> list[str]:
        """Colours for one more label, those first that are furthest from the `used` ones."""
        own = [str(each).lower() for each in self._themes[0].tokens["label"]["palette"]]
        tones = (
            from_oklch(lightness, chroma, math.tau * hue / _HUES).name()
            for lightness, chroma in _TONES
            for hue in range(_HUES)
        )
        left = dict.fromkeys((*own, *tones))
        nearest = {color: self._nearest(color, used) for color in left}
        found: list[str] = []
        while nearest and len(found) < _OFFERED:
            best = max(nearest, key=lambda color: nearest[color])
            found.append(best)
            del nearest[best]
            nearest = {
                color: min(known, self._nearest(color, [best])) for color, known in nearest.items()
            }
        return found

    def _nearest(self, color: str, used: Sequence[str]) -> float:
        """The distance of the nearest."""
        return min((self.distance(color, each)[0] for each in used), default=100.0)

    def _pale(self, color: str) -> Iterator[str]:
        for theme in self._themes:
            ink, wash = theme.label_ink(color), theme.label_wash(color)
            opaque = QColor(wash.red(), wash.green(), wash.blue())
            own = over(opaque, wash.alpha(), theme.article)
            reached = least_contrast(ink, (theme.article, own))
            if reached < READABLE:
                yield (
                    f"Hard to read in the {theme.name} theme: its contrast is {reached:.1f},"
                    f" {READABLE} is needed. Choose another hue."
                )

    def _changed(self, color: str) -> Iterator[str]:
        """Where it is shown much lighter or darker than it is."""
        asked = to_oklch(QColor(color))[0]
        for theme in self._themes:
            change = to_oklch(theme.label_ink(color))[0] - asked
            if abs(change) > CHANGED:
                pale, other = ("dark", "lighter") if change > 0 else ("light", "darker")
                yield (
                    f"Too {pale} to be read in the {theme.name} theme, which shows it {other}; "
                    "“Looks like” is how it will be."
                )

    def _close(self, label: Label, labels: Iterable[Label]) -> Iterator[str]:
        others = [each for each in labels if each.name != label.name]
        if not others:
            return
        found = ((*self.distance(label.color, each.color), each) for each in others)
        distance, sight, theme, other = min(found, key=lambda each: each[0])
        if distance < APART:
            eyes = f" with {sight}" if sight else ""
            same = other.pattern == label.pattern
            told = "its pattern is the same: change one of them" if same else "its pattern differs"
            yield (
                f"Close to “{other.title or other.name}” in the {theme.name} theme{eyes}"
                f" (distance {distance:.0f}, {APART:.0f} is clear); {told}."
            )

    def _labs(self, theme: int, color: str) -> dict[Sight, Triple]:
        key = (theme, color)
        if key not in self._seen:
            ink = self._themes[theme].label_ink(color)
            self._seen[key] = {sight: to_lab(ink, sight) for sight in SIGHTS}
        return self._seen[key]
