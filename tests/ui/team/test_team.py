"""The windows for a team: plans, hand-offs, merges, who has what, names, copies; by keys."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.span import Span
from annotator.project import Project
from annotator.store import sharing
from annotator.transfer import finish
from annotator.transfer.merging import merge
from annotator.ui.bench import Bench
from annotator.ui.team.handoff_dialog import HandoffDialog
from annotator.ui.team.holdings_dialog import HoldingsDialog
from annotator.ui.team.merge_dialog import MergeDialog
from annotator.ui.team.plan_dialog import PlanDialog
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen popups

Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def bench(window: Window) -> Bench:
    """The open project."""
    assert window.bench is not None
    return window.bench


def shown(window: Window, kind: type[Dialog]) -> Dialog:
    (dialog,) = (each for each in window.findChildren(kind) if each.isVisible())
    return dialog


def run(window: Window, row: str) -> None:
    from annotator.ui.actions.table import ACTIONS

    window.menu.run(next(each for each in ACTIONS if each.id == row))


def tab_to(dialog: QDialog, widget: QWidget) -> None:
    for _ in range(40):
        now = QApplication.focusWidget()
        if now is widget:
            return
        QTest.keyClick(now or dialog, Qt.Key.Key_Tab)
    raise AssertionError(widget)


def write(widget: QWidget, words: str) -> None:
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, words)


def test_a_plan_is_shown_and_then_assigned(window: Window, bench: Bench, qtbot: QtBot) -> None:
    run(window, "plan")
    dialog = shown(window, PlanDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert QApplication.focusWidget() is dialog.names
    write(dialog.names, "ann, bob, ann")
    assert dialog.said.text() == "Name each annotator once, and at least one."
    assert not dialog.assign.isEnabled()
    write(dialog.names, "ann, bob")
    assert [row[0] for row in dialog.people.rows] == ["ann", "bob"]
    tab_to(dialog, dialog.each)
    QTest.keyClick(dialog.each, Qt.Key.Key_Up)
    assert [row[2] for row in dialog.articles.rows] == ["ann, bob"] * 3
    dialog.people_table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in dialog.people.rows] == ["bob", "ann"]
    assert not list(bench.hub.project.read.layers())
    tab_to(dialog, dialog.assign)
    QTest.keyClick(dialog.assign, Qt.Key.Key_Space)
    assert len(list(bench.hub.project.read.layers())) == 6
    assert "Planned 6 assignments" in bench.status.message.text()
    run(window, "plan")
    dialog = shown(window, PlanDialog)
    dialog.each.setValue(2)
    assert dialog.said.text() == (
        "Every article has as many annotators as you ask for; nothing is left to assign."
    )
    assert not dialog.assign.isEnabled()
    dialog.reject()
    window.undo()
    assert not list(bench.hub.project.read.layers())


def test_a_plan_that_was_overtaken_is_refused(window: Window, bench: Bench) -> None:
    run(window, "plan")
    dialog = shown(window, PlanDialog)
    assert dialog.made is not None
    with Project.open(bench.hub.project.path, who="ann") as other:
        document = next(other.documents())
        other.apply(verbs.set_state(other.layer(document.id), "open", fresh=True))
    dialog.assign.click()
    assert "has this layer already" in dialog.said.text()
    assert dialog.isVisible()


def test_a_hand_off_by_keys(window: Window, bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    view = bench.article.view
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_H, modifiers)
    dialog = shown(window, HandoffDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not dialog.hand_out.isEnabled()
    QTest.keyClicks(dialog.person, "gold")
    assert "reserved" in dialog.said.text()
    write(dialog.person, "bob")
    assert dialog.place.line.text() == "project-bob.db"
    assert dialog.what.currentText() == "all articles (3)"
    QTest.keyClick(dialog.person, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "Handed 3 articles out to bob" in dialog.summary.text.toPlainText()
    with Project.open(tmp_path / "project-bob.db") as made:
        assert made.who == "bob"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    bench.team.ask_handoff("bob")
    dialog = shown(window, HandoffDialog)
    assert dialog.what.currentText() == "all that bob has (3)"
    assert dialog.said.text() == "project-bob.db is there already."
    assert not dialog.hand_out.isEnabled()
    dialog.place.replace.setChecked(True)
    assert dialog.hand_out.isEnabled()
    dialog.what.setCurrentIndex(1)
    assert len(dialog.documents) == 3
    dialog.place.line.setText("")
    assert dialog.place.problem == "Name a file."
    dialog.place.line.setText(str(tmp_path / "no" / "x"))
    assert dialog.place.path.name == "x.db"
    dialog.hand_out.click()
    qtbot.waitUntil(lambda: "There is no folder" in dialog.said.text())


def test_the_selected_articles_are_handed_out(
    window: Window, bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ids = [each.id for each in bench.hub.project.documents()][:2]
    monkeypatch.setattr(bench.team, "_selected", lambda: ids)
    bench.team.ask_handoff()
    dialog = shown(window, HandoffDialog)
    dialog.person.setText("bob")
    assert dialog.what.currentText() == "the selected articles (2)"
    assert list(dialog.documents) == ids
    chosen = tmp_path / "there.db"
    chosen.write_text("x")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    dialog.place.choose.click()
    assert dialog.place.path == chosen
    assert dialog.place.force


@pytest.fixture
def came_back(bench: Bench, tmp_path: Path) -> Path:
    """A file that was handed out to Bob, who has tagged something."""
    from annotator.transfer.handoff import hand_off

    path = tmp_path / "bob.db"
    finish(hand_off(bench.hub.project, "bob", path))
    with Project.open(path) as own:
        document = next(own.documents())
        own.apply(verbs.mark(own.layer(document.id), [Span(4, 12)], "actor"))
        own.apply(verbs.set_state(own.layer(document.id), "done"))
    return path


def test_a_merge_is_told_before_and_after(
    window: Window,
    bench: Bench,
    qtbot: QtBot,
    came_back: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = bench.article.view
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_M, modifiers)
    dialog = shown(window, MergeDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.told.toPlainText().startswith("Add the files")
    assert not dialog.merge.isEnabled()
    bad = came_back.with_name("bad.db")
    bad.write_text("no project")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(bad)], ""))
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Nothing was changed." in dialog.told.toPlainText())
    assert f"{bad} is not an Annotator project" in dialog.told.toPlainText()
    tab_to(dialog, dialog.remove)
    QTest.keyClick(dialog.remove, Qt.Key.Key_Space)
    dialog.add.setFocus()
    dialog.add_files([came_back, came_back])
    assert dialog.files.count() == 1
    qtbot.waitUntil(dialog.merge.isEnabled)
    assert dialog.counts.rows[0][:2] == ("bob.db", 1)
    assert "new: 1 annotation" in dialog.told.toPlainText()
    assert bench.hub.project.read.counts()["annotation"] == 0
    assert QApplication.focusWidget() is dialog.merge
    QTest.keyClick(dialog.merge, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.summary.isVisible, timeout=10_000)
    assert "Ctrl+Z takes the merge back." in dialog.summary.text.toPlainText()
    assert bench.hub.project.read.counts()["annotation"] == 1
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert bench.hub.project.check() == []
    window.undo()
    assert bench.hub.project.read.counts()["annotation"] == 0


def test_a_file_with_nothing_new_says_so_and_needs_no_merge(
    window: Window, bench: Bench, qtbot: QtBot, came_back: Path
) -> None:
    finish(merge(bench.hub.project, [came_back]))
    run(window, "merge")
    dialog = shown(window, MergeDialog)
    dialog.add_files([came_back])
    qtbot.waitUntil(lambda: "there is nothing to merge" in dialog.told.toPlainText())
    assert not dialog.merge.isEnabled()


def test_a_merge_that_was_overtaken_says_so(
    window: Window, bench: Bench, qtbot: QtBot, came_back: Path
) -> None:
    run(window, "merge")
    dialog = shown(window, MergeDialog)
    dialog.add_files([came_back])
    qtbot.waitUntil(dialog.merge.isEnabled)
    finish(merge(bench.hub.project, [came_back]))
    dialog.merge.click()
    qtbot.waitUntil(dialog.summary.isVisible, timeout=10_000)
    assert "nothing was changed" in dialog.summary.text.toPlainText()
    assert "Ctrl+Z" not in dialog.summary.text.toPlainText()


def test_a_merge_that_is_left_changes_nothing(
    window: Window, bench: Bench, came_back: Path
) -> None:
    run(window, "merge")
    dialog = shown(window, MergeDialog)
    dialog.add_files([came_back])
    dialog.reject()
    assert bench.hub.project.read.counts()["annotation"] == 0
    assert bench.hub.project.undo_name == "hand out to bob"


def test_who_has_what(window: Window, bench: Bench, qtbot: QtBot, came_back: Path) -> None:
    run(window, "holdings")
    dialog = shown(window, HoldingsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert [row[:3] for row in dialog.rows.rows] == [("bob", 3, 3)]
    assert dialog.name == "bob"
    assert len(str(dialog.rows.rows[0][-1])) == len("2020-09-27")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text().startswith("annotator  articles")
    document = next(bench.hub.project.documents())
    layer = bench.hub.project.layer(document.id)
    bench.hub.project.apply(verbs.set_state(layer, "done", fresh=True))
    assert [row[0] for row in dialog.rows.rows] == ["ann", "bob"]
    assert dialog.name == "bob"
    tab_to(dialog, dialog.hand_out)
    QTest.keyClick(dialog.hand_out, Qt.Key.Key_Space)
    assert shown(window, HandoffDialog).name == "bob"


def test_nobody_has_anything(window: Window) -> None:
    run(window, "holdings")
    dialog = shown(window, HoldingsDialog)
    assert dialog.name == ""
    assert dialog.said.text() == "With nobody: 3 articles."
    assert not dialog.hand_out.isEnabled()


def test_the_person_who_works_is_renamed(
    window: Window, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.article.view.select(Span(4, 12))
    window.desk.tag("actor")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (" Аня ", True))
    run(window, "rename")
    qtbot.waitUntil(lambda: bench.hub.project.who == "Аня")
    qtbot.waitUntil(lambda: bench.topbar._person.text() == "Аня")
    assert len(bench.hub.annotations) == 1
    assert "ann is called Аня now" in bench.status.message.text()
    window.undo()
    assert bench.hub.project.who == "ann"
    assert bench.topbar._person.text() == "ann"
    assert len(bench.hub.annotations) == 1
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("gold", True))
    run(window, "rename")
    qtbot.waitUntil(lambda: "reserved" in bench.status.message.text())
    assert bench.hub.project.who == "ann"


def test_a_copy_is_saved_while_it_is_open(
    window: Window, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.db"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    bench.article.view.select(Span(4, 12))
    window.desk.tag("actor")
    run(window, "save copy")
    assert "Saved a copy as copy.db" in bench.status.message.text()
    with closing(sqlite3.connect(copy)) as look:
        assert look.execute("SELECT count(*) FROM annotation").fetchone()[0] == 1
    bench.team.copy_to(bench.hub.project.path)
    assert "is the project itself" in bench.status.message.text()


def test_what_is_risky_is_said_once(
    window: Window, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.bench is not None
    assert window.bench.remarks.isHidden()
    monkeypatch.setattr(sharing, "sharer", lambda _: "a network drive (nfs4)")
    assert window.projects.open_again()
    strip = window.bench.remarks
    assert strip.isVisible()
    assert "lies on a network drive (nfs4)" in strip.words.text()
    QTest.keyClick(strip.hide_, Qt.Key.Key_Space)
    assert strip.isHidden()
