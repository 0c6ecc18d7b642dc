"""Drawings: what is where in them, on the screen, in files, for a screen reader."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QSizeF, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.agreement.figure import Figure
from annotator.ui.agreement.heatmap import HeatMap, names_of
from annotator.ui.agreement.plots import Bar, Bars, Drift, Intervals, Point, lowest, ticks
from annotator.ui.agreement.saving import as_csv
from annotator.ui.drawing.drawing import Drawing
from annotator.ui.drawing.picture import png, save_picture, svg
from annotator.ui.drawing.view import DrawingView
from annotator.ui.theme import Theme

POINTS = (
    Point("claim", Figure(0.57, 116, low=0.4, high=0.7), "claims"),
    Point("denial", Figure(-0.33, 12, low=-0.5, high=0.1), "denials"),
    Point("actor", Figure(None, 0, "undefined: nothing was marked"), "actors"),
)
CELLS = {("claim", "claim"): 90, ("claim", None): 2, (None, "claim"): 2, ("new", None): 1}
DRAWINGS: tuple[Drawing, ...] = (
    Intervals("By label", POINTS),
    Drift("Drift", POINTS, "articles"),
    Bars("Why", (Bar("missing", 12, 0.75, "missing"), Bar("split", 0, 0.0))),
    HeatMap(("ann", "bob"), ("claim", None), CELLS),
    Intervals("Nothing", ()),
    Drift("Nothing", (), "articles"),
    Bars("Nothing", ()),
    HeatMap(("", ""), (None,), {}),
)


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_each_is_drawn_within_its_room(qapp: QApplication, drawing: Drawing, name: str) -> None:
    theme = Theme.load(name)
    image = QImage.fromData(png(drawing, theme))
    size = drawing.size(theme)
    assert image.width() == (size * 2).toSize().width()
    assert image.pixelColor(0, 0) == theme.surface
    words = svg(drawing, theme).decode()
    assert drawing.title in words
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(4, 60)}
    assert len(colours) > 1  # its title is drawn


def test_a_plot_says_what_is_where(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = DrawingView(Theme.load("light"))
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    view.show_drawing(DRAWINGS[0])
    assert view.accessibleName() == "By label"
    assert view.accessibleDescription() == "claim: 0.570 (0.400 to 0.700), n = 116"
    got: list[object] = []
    view.opened.connect(got.append)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert "nothing was marked" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Return)
    place = view.marks[1].area.center()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert got == ["actors", "denials"]
    asked = QHelpEvent(QEvent.Type.ToolTip, place.toPoint(), view.mapToGlobal(place.toPoint()))
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, _view: tips.append(words))
    assert view.event(asked)
    assert "denial: -0.330 (-0.500 to 0.100)" in tips[0]
    QTest.keyClick(view, Qt.Key.Key_A)
    view.set_theme(Theme.load("dark"))
    view.show_drawing(DRAWINGS[4])
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.current == 0
    assert len(got) == 2


def test_arrows_go_about_in_a_map(qapp: QApplication, qtbot: QtBot) -> None:
    view = DrawingView(Theme.load("light"))
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_drawing(HeatMap(("ann", "bob"), ("claim", "denial", None), CELLS))
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_End):
        QTest.keyClick(view, key)
        said.append(view.accessibleDescription())
    assert said == [
        "ann claim, bob denial: 0",
        "ann denial, bob denial: 0",
        "ann denial, bob claim: 0",
        "ann claim, bob claim: 90",
        "ann nothing, bob nothing: 0",
    ]


def test_axes_and_names(qapp: QApplication) -> None:
    assert lowest(POINTS) == -0.6
    assert lowest(POINTS[:1]) == 0
    assert ticks(-0.4) == [-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]
    assert names_of(("actor", "claim"), CELLS) == ("claim", "new", None)


def test_files_end_as_they_should(qapp: QApplication, tmp_path: Path) -> None:
    own = tmp_path / "project.db"
    own.touch()
    for ending, start in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        path = tmp_path / f"plot{ending}"
        save_picture(DRAWINGS[0], Theme.load("light"), path, own=own, size=QSizeF(640, 200))
        assert path.read_bytes().startswith(start)
    rows = [("=SUM(A1)", "-0.4", 3), ("a,b", "x\ny", -1)]
    assert as_csv(rows) == b'\'=SUM(A1),-0.4,3\n"a,b","x\ny",-1\n'
