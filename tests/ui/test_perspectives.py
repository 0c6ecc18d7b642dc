"""The frame: perspectives are made when first shown, and the window's own keys work in each."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.span import Span
from annotator.settings import PERSPECTIVES, Place, Settings, load, save
from annotator.ui.actions.table import ACTIONS
from annotator.ui.bench import Bench
from annotator.ui.perspectives import ENTRIES, Perspective
from annotator.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def bench_of(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


def test_each_perspective_has_its_entry_key_and_action() -> None:
    assert [each.name for each in ENTRIES] == list(PERSPECTIVES)
    keys = {"annotate": "Ctrl+1", "review": "Ctrl+2", "agreement": "Ctrl+3", "ledger": "Ctrl+4"}
    ids = {each.id: each for each in ACTIONS}
    for entry in ENTRIES:
        assert entry.key == keys[entry.name]
        assert ids[f"perspective {entry.name}"].keys == (entry.key,)


def test_one_is_made_when_it_is_first_shown_and_kept(window: Window) -> None:
    bench = bench_of(window)
    made: list[Perspective] = []
    bench.perspective_made.connect(made.append)
    QTest.keyClick(bench.article.view, Qt.Key.Key_2, CTRL)
    assert [each.name for each in made] == ["review"]
    assert bench.shown is made[0]
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_1, CTRL)
    assert bench.shown is bench.annotate
    assert bench.article.view.hasFocus()
    bench.show_perspective("review")
    assert bench.shown is made[0]
    assert len(made) == 1


def test_the_switch_shows_which_one_is_shown(window: Window) -> None:
    bench = bench_of(window)
    buttons = bench.topbar.switch.buttons
    assert buttons["annotate"].isChecked()
    assert buttons["annotate"].accessibleName() == "Annotate perspective, shown"
    QTest.mouseClick(buttons["review"], Qt.MouseButton.LeftButton)
    assert bench.shown.name == "review"
    assert buttons["review"].isChecked()
    assert buttons["annotate"].accessibleName() == "Annotate perspective"
    assert all(isinstance(each, QToolButton) for each in buttons.values())


@pytest.mark.parametrize("name", PERSPECTIVES)
def test_the_windows_own_keys_work_in_each(window: Window, name: str) -> None:
    bench = bench_of(window)
    window.show_perspective(next(each for each in PERSPECTIVES if each == name))
    bench.shown.take_focus()
    hub = bench.hub
    assert hub.layer is not None
    hub.apply(verbs.mark(hub.layer, [Span(0, 3)], "actor", fresh=True))
    now = QApplication.focusWidget() or window
    QTest.keyClick(now, Qt.Key.Key_Z, CTRL)
    assert not hub.annotations
    QTest.keyClick(now, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(hub.annotations) == 1
    seen = set()
    for _ in range(len(bench.shown.stops()) + 1):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        seen.add(QApplication.focusWidget())
    assert len(seen) >= len(bench.shown.stops())
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, CTRL)
    assert window._palette is not None
    assert window._palette.isVisible()
    window._palette.leave()
    window.change(theme="dark")
    window.change(text_size=22)
    window.switch("layout")
    window.switch("layout")


def test_letters_of_annotate_do_nothing_in_review(window: Window) -> None:
    bench = bench_of(window)
    window.show_perspective("review")
    before = len(bench.hub.annotations)
    assert bench.shown.text is not None
    QTest.keyClick(bench.shown.text, Qt.Key.Key_1)
    QTest.keyClick(bench.shown.text, Qt.Key.Key_S)
    assert len(bench.hub.annotations) == before
    rows = {each.id: each for each in ACTIONS}
    assert not rows["tag"].possible(window)
    assert not rows["done"].possible(window)
    window.show_perspective("annotate")
    assert rows["done"].possible(window)
    assert not rows["union"].possible(window)


def test_where_one_was_is_remembered_with_its_perspective(window: Window, qtbot: QtBot) -> None:
    bench = bench_of(window)
    path = bench.hub.project.path
    window.show_perspective("review")
    place = bench.place()
    assert place is not None
    assert place.perspective == "review"
    window.projects.open_again()
    qtbot.waitUntil(lambda: bench_of(window).shown.name == "review")
    window.let_go()
    kept = window.settings.place(path)
    assert kept is None or kept.perspective == "review"


def test_a_perspective_that_is_no_longer_known_is_annotate(tmp_path: Path) -> None:

    folder = tmp_path
    settings = Settings(places={"a.db": Place("d", 1, "review")})
    assert save(settings, folder)
    assert load(folder).places["a.db"] == Place("d", 1, "review")
    file = folder / "settings.toml"
    file.write_text(file.read_text("utf-8").replace('"review"', '"dreams"'), "utf-8")
    assert load(folder).places["a.db"] == Place("d", 1, "annotate")


def test_the_time_of_review_is_not_the_annotators(window: Window) -> None:
    bench = bench_of(window)
    assert bench.hub.layer is not None
    assert bench.worktime._layer == bench.hub.layer.id
    window.show_perspective("review")
    assert bench.worktime._layer == bench.shown.work
    window.show_perspective("annotate")
    assert bench.worktime._layer == bench.hub.layer.id
