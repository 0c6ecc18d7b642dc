"""Opening, making, importing, changing the person: what the window asks for, and remembers."""

import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.project import Project
from annotator.settings import Settings
from annotator.ui import projects as projects_module
from annotator.ui.doors import Doors
from annotator.ui.exchange.summary import Summary
from annotator.ui.window import SMALLEST_WINDOW, Window


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes say, which nobody is there to close."""
    sentences: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: sentences.append(words[2]))
    return sentences


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text("Something was said.\n\nIt was denied.", "utf-8")
    return path


def wait_for_import(window: Window, qtbot: QtBot, number: int) -> None:
    def there() -> bool:
        return window.bench is not None and window.bench.documents.model.rowCount() == number

    qtbot.waitUntil(there)


def choose(monkeypatch: pytest.MonkeyPatch, **answers: object) -> None:
    for name, answer in answers.items():
        monkeypatch.setattr(QFileDialog, name, lambda *_words, answer=answer: (answer, ""))


def test_articles_are_imported(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, article: Path
) -> None:
    choose(monkeypatch, getOpenFileNames=[str(article)])
    window.projects.ask_import()
    wait_for_import(window, qtbot, 4)
    assert window.bench is not None
    assert window.bench.status.message.text() == "Imported 1 article."
    assert window.bench.hub.project.who == "ann"


def test_own_work_elsewhere_is_not_taken_for_anothers(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, article: Path
) -> None:
    assert window.bench is not None
    window.bench.worktime._seconds = 5.0  # to be noted when the project is closed
    window.change(interface=150)
    bench = window.bench
    bench.hub.look()
    assert bench.status.message.text() == ""
    assert bench.hub.layer is not None
    assert bench.hub.project.read.work(bench.hub.layer.id) == 5
    bench.worktime._seconds = 5.0
    bench._look.setInterval(1)
    choose(monkeypatch, getOpenFileNames=[str(article)])
    heard: list[str] = []
    bench.hub.said.connect(heard.append)
    window.projects.ask_import()
    wait_for_import(window, qtbot, 4)
    assert heard == []
    assert window.bench is not None
    window.bench.hub.look()
    assert window.bench.status.message.text().startswith("Imported 1 article.")


def test_after_an_import_that_was_given_up_others_are_noticed_again(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, article: Path, said: list[str]
) -> None:
    assert window.bench is not None
    bench = window.bench
    choose(monkeypatch, getOpenFileNames=[str(article)])
    window.projects.ask_import()
    assert not bench._look.isActive()
    assert window.projects.job is not None
    window.projects.job.dialog.canceled.emit()
    assert said == ["Cancelled; nothing of it was kept."]
    assert bench._look.isActive()


def test_a_new_project_begins_with_articles(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, article: Path, tmp_path: Path
) -> None:
    choose(monkeypatch, getOpenFileNames=[str(article)], getSaveFileName=str(tmp_path / "fresh"))
    window.projects.ask_new()
    wait_for_import(window, qtbot, 1)
    assert window.windowTitle() == "fresh.db – Annotator"
    assert window.bench is not None
    assert window.bench.hub.document is not None


def test_a_file_that_is_no_project_is_refused_and_the_open_one_stays(
    window: Window, monkeypatch: pytest.MonkeyPatch, article: Path, said: list[str]
) -> None:
    choose(monkeypatch, getOpenFileName=str(article))
    window.projects.ask_open()
    assert len(said) == 1
    assert window.bench is not None
    assert window.windowTitle().startswith("project.db")


def test_asking_and_choosing_nothing_does_nothing(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, getOpenFileName="", getOpenFileNames=[], getSaveFileName="")
    before = window.bench
    window.projects.ask_open()
    window.projects.ask_new()
    window.projects.ask_import()
    assert window.bench is before


def test_the_sample_is_opened(qtbot: QtBot, qapp: QApplication) -> None:
    with ExitStack() as stack:
        made = Window(Doors.usual(stack), Settings(), None)
        qtbot.addWidget(made)
        made.projects.open_sample()
        assert made.bench is not None
        assert made.bench.hub.annotations
        made.close()


def test_another_person_starts_afresh_and_the_first_finds_all_again(
    window: Window, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    window.desk.set_state("question")
    for name, state in (("bob", "new"), ("ann", "question")):
        monkeypatch.setattr(QInputDialog, "getItem", lambda *_words, name=name: (name, True))
        window.projects.ask_person()
        assert hub.layer is not None
        assert (hub.project.who, hub.layer.state) == (name, state)
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_words: ("gold", True))
    window.projects.ask_person()
    assert hub.project.who == "ann"
    assert "reserved" in said[0]


def test_the_next_start_finds_the_person_again(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects_module, "gettempdir", lambda: "/nowhere")
    assert window.bench is not None
    path = window.bench.hub.project.path
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_words: ("bob", True))
    window.projects.ask_person()
    for who, expected in ((None, "bob"), ("ann", "ann"), (None, "bob")):
        assert window.projects.open(path, who=who)
        assert window.bench.hub.project.who == expected


def test_what_an_import_changed_and_left_out_can_be_read(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    odd, broken = tmp_path / "odd.txt", tmp_path / "broken.json"
    odd.write_bytes(b"It was denied\x85 \x93Never\x94.")
    broken.write_text("[", "utf-8")
    window.projects._import([odd, broken])
    wait_for_import(window, qtbot, 4)
    (summary,) = window.findChildren(Summary)
    assert summary.isVisible()
    left_out, read = summary.text.toPlainText().split("How it was read:")
    assert "Left out:" in left_out
    assert "broken.json: " in left_out
    assert "odd.txt: " in read
    assert "--" not in summary.text.toPlainText()
    summary.copy.click()
    assert QGuiApplication.clipboard().text() == summary.text.toPlainText()
    summary.close_.click()
    qtbot.waitUntil(lambda: not window.findChildren(Summary))
    assert window.bench is not None
    assert "1 note" in window.bench.status.message.text()


def test_dropped_articles_are_imported_and_a_dropped_project_is_opened(
    window: Window, qtbot: QtBot, article: Path, tmp_path: Path
) -> None:
    drop(window, article)
    wait_for_import(window, qtbot, 4)
    Project.create(tmp_path / "other.db", who="ann").close()
    drop(window, tmp_path / "other.db")
    assert window.windowTitle() == "other.db – Annotator"
    assert window.bench is not None
    assert window.bench.hub.document is None


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    action = Qt.DropAction.CopyAction
    # A drop event, since how a drag is made differs between the versions of Qt.
    enter = QDropEvent(QPointF(5, 5), action, data, buttons, keys)
    window.dragEnterEvent(cast(QDragEnterEvent, enter))
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, keys))


def test_the_next_start_finds_the_place_again(
    project: Project, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects_module, "gettempdir", lambda: "/nowhere")
    kept: list[Settings] = [Settings()]
    first = Window(Doors.usual(ExitStack()), kept[0], kept.append)
    qtbot.addWidget(first)
    first.resize(*SMALLEST_WINDOW)  # the screen of tests is small
    first.take_project(project)
    first.show()
    first.step_article(1)
    assert first.bench is not None
    assert first.bench.hub.document is not None
    document = first.bench.hub.document.id
    first.bench.panes.moveSplitter(200, 1)  # the articles end there
    sizes = first.bench.panes.sizes()
    first.close()
    second = Window(Doors.usual(ExitStack()), kept[-1], kept.append)
    qtbot.addWidget(second)
    second.restore()
    second.show()
    assert second.projects.open(project.path)
    assert second.bench is not None
    assert second.bench.hub.document is not None
    assert second.bench.hub.document.id == document
    QApplication.processEvents()
    assert second.bench.panes.sizes() == sizes
    assert kept[-1].recent == (str(project.path.resolve()),)
    second.close()


def test_the_start_page_offers_the_project_used_last_first(
    project: Project, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    project.close()
    other = shutil.copy(project.path, tmp_path / "other.db")
    recent = (str(tmp_path / "gone.db"), str(project.path), str(other))
    made = Window(Doors.usual(ExitStack()), Settings(recent=recent), None)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    start = made._start
    assert start is not None
    assert start.first.text() == "Open project.db"
    assert start.first.toolTip() == str(project.path)
    assert start.first is made.focusWidget()
    links = [each.text() for each in start.findChildren(QPushButton, "link")]
    assert links == ["other.db"]
    QTest.keyClick(start.first, Qt.Key.Key_Return)
    assert made.bench is not None
    assert made.bench.hub.project.path == project.path
    made.close()


def test_enter_opens_another_recent_project(
    project: Project, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    project.close()
    other = shutil.copy(project.path, tmp_path / "other.db")
    made = Window(Doors.usual(ExitStack()), Settings(recent=(str(other), str(project.path))), None)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made._start is not None
    (link,) = made._start.findChildren(QPushButton, "link")
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert made.bench is not None
    assert made.bench.hub.project.path == project.path
    made.close()


def test_without_a_recent_project_the_sample_is_first(qtbot: QtBot, qapp: QApplication) -> None:
    made = Window(Doors.usual(ExitStack()), Settings(), None)
    qtbot.addWidget(made)
    made.show()
    assert made._start is not None
    assert made._start.first.text() == "Open the sample"
    buttons = [each.text() for each in made._start.findChildren(QPushButton)]
    assert buttons.count("Open the sample") == 1
    made.close()


def test_a_closed_project_leaves_nothing_behind(window: Window, project: Project) -> None:
    def left() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    window.projects.close()
    before = left()
    for _ in range(2):
        assert window.projects.open(project.path)
        assert left() > before
        window.projects.close()
        assert left() == before
    assert project._listeners == []


def test_what_an_import_could_not_read_can_be_looked_up(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, article: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    choose(monkeypatch, getOpenFileNames=[str(article), str(empty)])
    window.projects.ask_import()
    qtbot.waitUntil(lambda: bool(window.findChildren(Summary)))
    (summary,) = window.findChildren(Summary)
    lines = summary.text.toPlainText().split("\n")
    assert lines[0] == "Imported 1 article; 1 problem."
    assert "empty.txt" in lines[3]
    summary.close_.click()


def test_a_project_that_is_gone_after_an_import_is_told_and_the_open_one_stays(
    window: Window,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    article: Path,
    said: list[str],
) -> None:
    def refuse(_path: Path, _who: str | None) -> Project:
        raise UserError("The file is gone.")

    before = window.bench
    window.projects._doors = replace(window.projects._doors, open=refuse)
    choose(monkeypatch, getOpenFileNames=[str(article)])
    window.projects.ask_import()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["The file is gone."]
    assert window.bench is before
