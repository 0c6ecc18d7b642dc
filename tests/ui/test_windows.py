"""Several windows, what they share, and errors that nobody caught."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui import window as window_module
from annotator.ui.doors import Doors
from annotator.ui.window import Window
from annotator.ui.windows import Windows


@pytest.fixture
def kept() -> list[Settings]:
    """The settings as they were stored, the newest last."""
    return []


@pytest.fixture
def windows(qtbot: QtBot, qapp: QApplication, kept: list[Settings]) -> Iterator[Windows]:
    made = Windows(Doors.usual(ExitStack()), Settings(theme="light"), kept.append)
    yield made
    for each in list(made.open):
        each.close()
    made.deleteLater()


@pytest.fixture
def first(windows: Windows, project: Project, qtbot: QtBot) -> Window:
    made = windows.new()
    made.take_project(project)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_a_new_window_stands_beside_and_has_the_start_page(
    windows: Windows, first: Window, qtbot: QtBot
) -> None:
    first.new_wanted.emit()
    _, second = windows.open
    qtbot.waitUntil(second.isVisible)
    assert second.bench is None
    assert second.pos() != first.pos()
    second.close()
    assert windows.open == [first]


@pytest.mark.qt_log_ignore("does not support raise")  # the offscreen platform
def test_a_file_that_is_open_comes_to_the_front(
    windows: Windows, first: Window, project: Project, qtbot: QtBot
) -> None:
    first.new_wanted.emit()
    second = windows.open[1]
    qtbot.waitUntil(second.isVisible)
    assert second.projects.open(project.path)
    assert second.bench is None
    qtbot.waitUntil(first.isActiveWindow)


def test_settings_are_the_same_in_all_windows(
    windows: Windows, first: Window, kept: list[Settings]
) -> None:
    second = windows.new()
    second.change(text_size=24, theme="dark")
    assert first.settings == second.settings == kept[-1]
    assert first.theme.name == "dark"
    assert first.bench is not None
    assert first.bench.status.size_.text() == "24 px"
    third = windows.new()
    assert third.settings == kept[-1]


def test_another_size_of_the_interface_keeps_the_place_in_every_window(
    windows: Windows, first: Window, project: Project
) -> None:
    first.step_article(1)
    assert first.bench is not None
    assert first.bench.hub.document is not None
    document = first.bench.hub.document.id
    second = windows.new()
    second.change(interface=150)
    assert first.theme.scale == second.theme.scale == 1.5
    assert first.bench.hub.document is not None
    assert first.bench.hub.document.id == document
    assert first.bench.hub.project.who == "ann"


def test_keys_of_any_keyboard_go_to_the_window_that_has_it(
    windows: Windows, first: Window, qtbot: QtBot
) -> None:
    qtbot.waitUntil(first.isActiveWindow)
    assert windows.active() is first
    assert windows.run_key("Ctrl+L")
    assert first.settings.layout == "raw"
    assert not windows.run_key("Ctrl+F12")
    first.show_keys()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not first)
    assert not windows.run_key("Ctrl+L")
    assert windows.active() is first


def test_a_sentence_that_nobody_caught_stands_in_the_status_bar(
    windows: Windows, first: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[2]))
    windows.note("The file is held by another program.")
    assert first.bench is not None
    assert first.bench.status.message.text() == "The file is held by another program."
    assert first.bench.status.saved.text() == "Saved"
    first.bench.status.say("Done.")
    assert first.bench.status.message.text() == "Done."
    first.projects.close()
    windows.note("The file is gone.")
    assert said == ["The file is gone."]


def test_a_project_that_cannot_be_shown_leaves_the_one_that_is_open(
    first: Window, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object) -> None:
        raise UserError("The file is damaged.")

    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[2]))
    monkeypatch.setattr(window_module, "Bench", refuse)
    before = first.bench
    assert not first.projects.open_again()
    assert said == ["The file is damaged."]
    assert first.bench is before
    assert before is not None
    assert before.isVisible()
    assert before.hub.project.read.count_documents() == 3


def test_the_last_window_that_closes_leaves_none(windows: Windows, first: Window) -> None:
    first.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert windows.open == []
    assert windows.active() is None


def test_recent_files_are_in_the_menu(
    windows: Windows, first: Window, project: Project, tmp_path: Path
) -> None:
    first.change(recent=(str(project.path), str(tmp_path / "gone.db")))
    first.menu.refresh()
    rows = first.menu._recent.actions()
    assert [each.isEnabled() for each in rows] == [True, False]
    assert rows[0].text().startswith(project.path.name)
    first.projects.close()
    rows[0].trigger()
    assert first.bench is not None
