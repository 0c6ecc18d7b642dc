"""Themes: readable on every ground, for labels of any colour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator.ui import theme as theme_module
from annotator.ui.colors import contrast, from_oklch, least_contrast, over, to_oklch
from annotator.ui.stylesheet import stylesheet
from annotator.ui.theme import Theme, interface_scale, load_fonts, theme_name

NAMES = ("light", "dark", "contrast")
THEMES = {name: Theme.load(name) for name in NAMES}
LABELS = ("#0072b2", "#c2410c", "#b4124a", "#0f766e")


@pytest.mark.parametrize("name", NAMES)
def test_text_reads_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    grounds = (theme.window, theme.panel, theme.surface, theme.article, theme.selected_row)
    for ink in (theme.text, theme.text_dim, theme.text_disabled):
        assert least_contrast(ink, grounds) >= 4.5
    for ink in (theme.saved, theme.warning, theme.error):
        assert least_contrast(ink, (theme.panel, theme.surface)) >= 4.5
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert least_contrast(theme.focus, grounds) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_selection_is_seen_on_a_focused_span(name: str) -> None:
    theme = THEMES[name]
    assert contrast(theme.text, theme.selection) >= 4.5
    for label in LABELS:
        ground = theme.article
        for _ in range(2):  # a focused span is washed twice
            wash = theme.label_wash(label)
            ground = over(QColor(wash.red(), wash.green(), wash.blue()), wash.alpha(), ground)
        assert contrast(theme.selection, ground) >= 1.5


@pytest.mark.parametrize("name", NAMES)
@given(st.integers(0, 0xFFFFFF))
@settings(max_examples=60)
def test_labels_of_any_colour_read(name: str, color: int) -> None:
    theme = THEMES[name]
    ink = theme.label_ink(f"#{color:06x}")
    wash = theme.label_wash(f"#{color:06x}")
    own = over(QColor(wash.red(), wash.green(), wash.blue()), wash.alpha(), theme.article)
    assert least_contrast(ink, (theme.article, theme.panel, own)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_the_default_labels_have_inks_of_their_own(name: str) -> None:
    inks = {THEMES[name].label_ink(each).name() for each in LABELS}
    assert len(inks) == len(LABELS)
    focused = THEMES[name].label_wash(LABELS[0], focused=True)
    assert focused.alpha() > THEMES[name].label_wash(LABELS[0]).alpha()


@given(st.integers(0, 0xFFFFFF))
def test_colours_come_back_from_oklch(color: int) -> None:
    there = QColor(color >> 16, color >> 8 & 255, color & 255)
    back = from_oklch(*to_oklch(there))
    # PySide's types take the tuple that getRgb gives for an object.
    pairs = zip(there.getRgb(), back.getRgb(), strict=True)  # type: ignore[call-overload]
    assert all(abs(one - other) <= 1 for one, other in pairs)


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_becomes_a_style_sheet_and_a_palette(name: str, qapp: QApplication) -> None:
    sheet = stylesheet(THEMES[name])
    assert "@" not in sheet
    assert "%" not in sheet
    palette = THEMES[name].palette()
    assert palette.color(palette.ColorRole.Window) == THEMES[name].panel


def test_the_bundled_fonts_come_in(qapp: QApplication) -> None:
    families = load_fonts()
    theme = THEMES["light"]
    for family in ("sans", "serif", "mono"):
        wanted = theme.families(family)
        assert set(wanted) <= set(families)
    assert theme.font("sans", 13, strong=True).weight() == QFont.Weight.Bold
    assert theme.heading_font().capitalization() == QFont.Capitalization.AllUppercase


def test_a_choice_names_a_theme(qapp: QApplication) -> None:
    assert theme_name("contrast") == "contrast"
    assert theme_name("system") in ("light", "dark")


@pytest.mark.skipif(not hasattr(Qt, "ContrastPreference"), reason="Qt tells of it from 6.10 on")
def test_the_system_may_ask_for_contrast(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    class Wishes:
        def contrastPreference(self) -> Qt.ContrastPreference:
            return Qt.ContrastPreference.HighContrast

    monkeypatch.setattr(theme_module, "_wishes", Wishes)
    assert theme_name("system") == "contrast"
    assert theme_name("light") == "light"


def test_a_larger_interface_has_larger_letters_and_leaves_the_article(qapp: QApplication) -> None:
    usual, large = Theme.load("light"), Theme.load("light", scale=2.0)
    for group, name in (("size", "ui"), ("pad", "small"), ("layout", "control_height")):
        assert large.px(group, name) == 2 * usual.px(group, name)
    for group, name in (("size", "article"), ("size", "tag")):
        assert large.px(group, name) == usual.px(group, name)
    widths = ("list_width_min", "inspector_width_min")
    assert sum(large.px("layout", each) for each in widths) < 1024 - 400  # for the article
    assert large.px("border", "focus") == usual.px("border", "focus")
    assert "padding: 12px 26px" in stylesheet(large)
    assert "1px solid" in stylesheet(large)


def test_the_interface_follows_the_systems_letters(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert interface_scale(150) == 1.5
    for pixels, scale in ((12, 1.0), (15, 1.0), (21, 1.5), (60, 2.0)):
        font = QFont()
        font.setPixelSize(pixels)
        monkeypatch.setattr(QFontDatabase, "systemFont", lambda _kind, font=font: font)
        assert interface_scale(0) == scale
