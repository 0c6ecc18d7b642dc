"""A theme: colours, sizes and fonts by name, read from the tokens in resources/themes."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from annotator import paths
from annotator.settings import ThemeChoice
from annotator.ui.colors import from_oklch, least_contrast, over, to_oklch

Family = Literal["sans", "serif", "mono"]

USUAL_LETTERS = 14
"""Pixels of a system's letters up to which the interface has its own size."""
LARGEST_SCALE = 2.0
POINTS_PER_INCH = 72
_OWN_SIZES = ("article", "article_min", "article_max", "tag", "tag_min")
"""Sizes of the article, which is enlarged by itself."""
_ROOMS = {
    "list_width": 0.2,
    "list_width_min": 0.42,
    "inspector_width": 0.5,
    "inspector_width_min": 0.4,
}
"""How much of an enlargement the panes get, for the article is to keep its room."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look of the program; what each colour is for is written in light.toml."""

    name: str
    dark: bool
    window: QColor
    panel: QColor
    surface: QColor
    article: QColor
    text: QColor
    text_dim: QColor
    text_disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    selection: QColor
    selected_row: QColor
    hover: QColor
    pressed: QColor
    border: QColor
    border_strong: QColor
    track: QColor
    key: QColor
    key_text: QColor
    focus: QColor
    hit: QColor
    hit_current: QColor
    saved: QColor
    warning: QColor
    error: QColor
    warning_ground: QColor
    error_ground: QColor
    saved_ground: QColor
    shadow: QColor
    tokens: Mapping[str, Mapping[str, Any]] = field(repr=False, compare=False)
    scale: float = 1.0

    @classmethod
    def load(cls, name: str, folder: Path | None = None, *, scale: float = 1.0) -> "Theme":
        """The theme of this name ("light", "dark", "contrast").

        `scale` enlarges letters, distances and controls, but neither the article nor lines.
        """
        folder = folder or paths.resources() / "themes"
        common = _scaled(tomllib.loads((folder / "common.toml").read_text("utf-8")), scale)
        own = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        colors = {key: QColor(value) for key, value in own["color"].items()}
        colors["shadow"].setAlpha(own["alpha"]["shadow"])
        known = {each.name for each in fields(cls)}
        labels = {"label": {**common.get("label", {}), **own["label"]}, "alpha": own["alpha"]}
        return cls(
            name=own["name"],
            dark=own["dark"],
            tokens={**common, **labels},
            scale=scale,
            **{key: value for key, value in colors.items() if key in known},
        )

    def px(self, group: str, name: str) -> int:
        """A size in pixels, by its table and name in common.toml: `px("layout", "bar_height")`."""
        return int(self.tokens[group][name])

    def number(self, group: str, name: str) -> float:
        """A plain number of common.toml: `number("text", "line_height")`."""
        return float(self.tokens[group][name])

    def families(self, family: Family) -> list[str]:
        """Font families in the order in which they are tried."""
        return list(self.tokens["font"][family])

    def font(self, family: Family, pixels: int, *, strong: bool = False) -> QFont:
        """A font of this size in pixels."""
        font = QFont()
        font.setFamilies(self.families(family))
        font.setPixelSize(pixels)
        weight = self.px("weight", "strong" if strong else "regular")
        font.setWeight(QFont.Weight(weight))
        return font

    def heading_font(self) -> QFont:
        """The font of small headings in capitals."""
        font = self.font("sans", self.px("size", "heading"), strong=True)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        spacing = self.number("text", "heading_spacing")
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        return font

    def label_ink(self, color: str) -> QColor:
        """The colour for text, lane and dot of a label that the tag set gives `color` (#rrggbb)."""
        known = self.tokens["label"]["ink"].get(color.lower())
        return QColor(known) if known else self._found_ink(color)

    def label_wash(self, color: str, *, focused: bool = False) -> QColor:
        """The light ground of a label's spans: its ink, with the alpha already in it."""
        wash = self.label_ink(color)
        wash.setAlpha(self.px("label", "wash_alpha_focus" if focused else "wash_alpha"))
        return wash

    def _found_ink(self, color: str) -> QColor:
        """The first lightness of the hue that reads on every ground and on its own wash."""
        rule = self.tokens["label"]["rule"]
        lightness, chroma, hue = to_oklch(QColor(color))
        chroma = min(max(chroma, rule["chroma_min"]), rule["chroma_max"])
        step, end = rule["lightness_step"], rule["lightness_end"]
        nearest = min if step < 0 else max
        lightness = nearest(lightness, rule["lightness_start"])
        grounds = (self.article, self.panel, self.surface, self.window, self.selected_row)
        alpha = self.px("label", "wash_alpha")
        while True:
            ink = from_oklch(lightness, chroma, hue)
            own = over(ink, alpha, self.article)
            reads = least_contrast(ink, (*grounds, own)) >= rule["min_contrast"]
            if reads or (end - lightness) * step <= 0:
                return ink
            lightness += step

    def palette(self) -> QPalette:
        """The colours as Qt's own drawing takes them."""
        palette = QPalette()
        role = QPalette.ColorRole
        for each, color in (
            (role.Window, self.panel),
            (role.WindowText, self.text),
            (role.Base, self.surface),
            (role.AlternateBase, self.hover),
            (role.Text, self.text),
            (role.Button, self.surface),
            (role.ButtonText, self.text),
            (role.BrightText, self.error),
            (role.ToolTipBase, self.surface),
            (role.ToolTipText, self.text),
            (role.PlaceholderText, self.text_disabled),
            (role.Highlight, self.selection),
            (role.HighlightedText, self.text),
            (role.Link, self.accent),
            (role.LinkVisited, self.accent),
            (role.Accent, self.accent),
            (role.Light, self.surface),
            (role.Midlight, self.hover),
            (role.Mid, self.border),
            (role.Dark, self.border_strong),
            (role.Shadow, self.border_strong),
        ):
            palette.setColor(each, color)
        for each in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, each, self.text_disabled)
        return palette


def _scaled(common: dict[str, Any], scale: float) -> dict[str, Any]:
    """The tokens of common.toml with their sizes in pixels enlarged."""
    for group in ("size", "radius", "pad", "layout"):
        for name, pixels in common[group].items():
            share = 0.0 if name in _OWN_SIZES else _ROOMS.get(name, 1.0)
            common[group][name] = round(pixels * (1 + (scale - 1) * share))
    return common


def interface_scale(percent: int) -> float:
    """How much larger than usual the interface is; 0 asks for what the system's letters say."""
    if percent:
        return percent / 100
    letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    screen = QGuiApplication.primaryScreen()
    points = letters.pointSizeF() * screen.logicalDotsPerInch() / POINTS_PER_INCH
    asked = round((points if points > 0 else letters.pixelSize()) / USUAL_LETTERS, 1)
    return min(asked, LARGEST_SCALE) if asked > 1.1 else 1.0


def _wishes() -> Any:
    """What the system knows of its user's needs, None where it isn't told."""
    # WORKAROUND: Qt before 6.10 doesn't tell; goes when that is the floor.
    asked = getattr(QGuiApplication.styleHints(), "accessibility", None)
    return asked() if asked is not None else None


def follow_system(changed: Callable[[], object]) -> None:
    """Tell when the system turns light or dark, or to high contrast."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(changed)
    if (wishes := _wishes()) is not None:
        wishes.contrastPreferenceChanged.connect(changed)


def theme_name(choice: ThemeChoice) -> str:
    """The theme that a choice means now: "system" follows the system's contrast, light or dark."""
    if choice != "system":
        return choice
    hints = QGuiApplication.styleHints()
    wishes = _wishes()
    if wishes and wishes.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt, once; the families that came in."""
    found: list[str] = []
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        found.extend(QFontDatabase.applicationFontFamilies(number) if number >= 0 else ())
    return tuple(dict.fromkeys(found))
