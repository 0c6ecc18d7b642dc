"""The export dialog: what is asked, what is told before and after, by the keyboard."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.span import Span
from annotator.ui.exchange.export_dialog import ExportDialog
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen popups


@pytest.fixture
def worked(window: Window) -> Window:
    """The window with two annotations, one of which cuts a word."""
    assert window.bench is not None
    for span, label in ((Span(4, 12), "actor"), (Span(23, 28), "claim")):
        window.bench.article.view.select(span)
        window.desk.tag(label)
    return window


def opened(window: Window, qtbot: QtBot) -> ExportDialog:
    assert window.bench is not None
    QTest.keyClick(window.bench.article.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = (each for each in window.findChildren(ExportDialog) if each.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def tab_to(dialog: ExportDialog, widget: QWidget) -> None:
    for _ in range(40):
        now = QApplication.focusWidget()
        if now is widget:
            return
        QTest.keyClick(now or dialog, Qt.Key.Key_Tab)
    raise AssertionError(widget)


def rehearsed(dialog: ExportDialog, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not dialog.losses.toPlainText().startswith("Looking"), timeout=10_000)
    return dialog.losses.toPlainText()


def choose(dialog: ExportDialog, name: str) -> None:
    tab_to(dialog, dialog.format)
    QTest.keyClick(dialog.format, Qt.Key.Key_Home)
    while dialog.chosen_format.name != name:
        QTest.keyClick(dialog.format, Qt.Key.Key_Down)


def test_an_export_by_keys(worked: Window, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(worked, qtbot)
    choose(dialog, "conll")
    assert not dialog.export.isEnabled()
    told = rehearsed(dialog, qtbot)
    assert told.startswith(
        "This writes 3 articles, 2 annotations. Will be lost:\n1 annotation (moved, not gone)\n"
    )
    assert 'Article 1, 23-28 "claim": 1 of the annotations not as they were' in told
    tab_to(dialog, dialog.options.fields["scheme"])
    QTest.keyClick(dialog.options.fields["scheme"], Qt.Key.Key_Down)
    tab_to(dialog, dialog.target)
    dialog.target.selectAll()
    QTest.keyClicks(dialog.target, str(tmp_path / "out"))
    rehearsed(dialog, qtbot)
    QTest.keyClick(dialog.target, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.summary.isVisible)
    written = (tmp_path / "out.conll").read_text("utf-8")
    assert "S-actor" in written
    summary = dialog.summary.text.toPlainText()
    assert summary.startswith(f"Wrote 3 articles, 2 annotations to {tmp_path / 'out.conll'}.")
    assert summary.split("Lost:\n")[1] == told.split("Will be lost:\n")[1]
    tab_to(dialog, dialog.summary.copy)
    QTest.keyClick(dialog.summary.copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == summary
    assert dialog.summary.copy.text() == "Copied"
    tab_to(dialog, dialog.summary.close_)
    QTest.keyClick(dialog.summary.close_, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_what_goes_out_is_chosen(
    worked: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert worked.bench is not None
    worked.bench.documents.list.selectAll()
    worked.bench.documents.list.setCurrentIndex(worked.bench.documents.model.index(0))
    worked.bench.documents.list.selectAll()
    dialog = opened(worked, qtbot)
    assert [dialog.what.itemData(row) for row in range(3)] == ["all", "selected", "open"]
    assert dialog.what.currentData() == "selected"
    assert len(dialog.wish().documents) == 3
    tab_to(dialog, dialog.what)
    QTest.keyClick(dialog.what, Qt.Key.Key_Down)
    assert worked.bench.hub.document is not None
    assert dialog.wish().documents == (worked.bench.hub.document.id,)
    QTest.keyClick(dialog.what, Qt.Key.Key_Home)
    assert dialog.wish().documents == ()
    tab_to(dialog, dialog.layer)
    QTest.keyClick(dialog.layer, Qt.Key.Key_Down)
    assert dialog.wish().layer == "ann"
    assert dialog.layer.currentText() == "ann's alone"
    tab_to(dialog, dialog.without_text)
    QTest.keyClick(dialog.without_text, Qt.Key.Key_Space)
    tab_to(dialog, dialog.pseudonyms)
    QTest.keyClick(dialog.pseudonyms, Qt.Key.Key_Space)
    dialog.target.setText(str(tmp_path / "out"))
    rehearsed(dialog, qtbot)
    dialog.export.click()
    qtbot.waitUntil(dialog.summary.isVisible)
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "ministry" not in written
    assert "annotator-1" in written
    assert '"ann"' not in written
    summary = dialog.summary
    assert summary.text.toPlainText().endswith("none of the files:\nannotator-1 is ann")
    out, names = tmp_path / "out.jsonl", tmp_path / "names.json"
    for answer, told in (
        (out, f"must not be among what is published, in {out}; choose another place."),
        (tmp_path / "no" / "names.json", f"There is no folder {tmp_path / 'no'}; make it first."),
        (names, f"Wrote the names to {names}."),
        ("", f"Wrote the names to {names}."),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(answer), ""))  # noqa: B023
        tab_to(dialog, summary.save)
        QTest.keyClick(summary.save, Qt.Key.Key_Space)
        assert summary.text.toPlainText().endswith(told)
    assert json.loads(names.read_text("utf-8")) == {"annotator-1": "ann"}


def test_other_names_go_out(worked: Window, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(worked, qtbot)
    assert not dialog.names.isVisible()
    tab_to(dialog, dialog.renamed)
    QTest.keyClick(dialog.renamed, Qt.Key.Key_Space)
    for (kind, name), typed in ((("labels", "actor"), "PER"), (("annotators", "ann"), "zoe")):
        line = dialog.names.lines[kind, name]
        tab_to(dialog, line)
        QTest.keyClicks(line, typed)
    assert dialog.names.lines["labels", "actor"].accessibleName() == "Label actor (1) becomes"
    dialog.target.setText(str(tmp_path / "out"))
    rehearsed(dialog, qtbot)
    dialog.export.click()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert not dialog.summary.save.isVisible()
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert '"label": "PER"' in written
    assert '"annotator": "zoe"' in written
    assert '"ann"' not in written


def test_fields_keep_their_height_below_a_long_note(window: Window, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    dialog = opened(window, qtbot)
    choose(dialog, "conll")
    for checked in (True, False, True):
        dialog.renamed.setChecked(checked)
        QApplication.processEvents()
    for field in dialog.options.fields.values():
        assert field.height() >= field.sizeHint().height()


def test_a_format_that_needs_the_texts_is_written_with_them(worked: Window, qtbot: QtBot) -> None:
    dialog = opened(worked, qtbot)
    dialog.without_text.setChecked(True)
    choose(dialog, "brat")
    assert not dialog.without_text.isEnabled()
    assert not dialog.wish().publishing.without_text
    assert "can't hold: " in dialog.note.text()


def test_what_is_there_is_only_replaced_when_that_is_said(
    worked: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "there.jsonl"
    there.write_text("mine", "utf-8")
    dialog = opened(worked, qtbot)
    dialog.target.setText(str(there))
    rehearsed(dialog, qtbot)
    assert dialog.said.text() == "there.jsonl is there already."
    assert not dialog.export.isEnabled()
    tab_to(dialog, dialog.replace)
    QTest.keyClick(dialog.replace, Qt.Key.Key_Space)
    assert dialog.export.isEnabled()
    dialog.export.click()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert "mine" not in there.read_text("utf-8")


def test_an_export_that_fails_or_is_given_up_leaves_nothing(
    worked: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(worked, qtbot)
    dialog.target.setText(str(tmp_path / "nowhere" / "out"))
    rehearsed(dialog, qtbot)
    before = sorted(tmp_path.iterdir())
    dialog.export.click()
    qtbot.waitUntil(lambda: "There is no folder" in dialog.said.text())
    dialog.target.setText(str(tmp_path / "out"))
    assert dialog.said.text() == ""
    dialog.export.click()
    assert dialog.job is not None
    next(dialog.job._job)
    assert sorted(tmp_path.iterdir()) != before
    dialog.job.dialog.canceled.emit()
    assert dialog.said.text().startswith("Cancelled")
    assert sorted(tmp_path.iterdir()) == before


def test_a_layer_that_can_not_go_out_is_said(
    worked: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(worked, qtbot)
    choose(dialog, "conll")
    dialog.layer.addItem("gone", "gone")
    dialog.layer.setCurrentIndex(dialog.layer.count() - 1)
    assert 'no layer "gone"' in rehearsed(dialog, qtbot)
    assert not dialog.export.isEnabled()


def test_a_place_is_chosen(
    worked: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(worked, qtbot)
    assert dialog.place() == tmp_path / "project-export.jsonl"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "a.jsonl"), "")
    )
    tab_to(dialog, dialog.choose)
    QTest.keyClick(dialog.choose, Qt.Key.Key_Space)
    assert dialog.place() == tmp_path / "a.jsonl"
    choose(dialog, "csv")
    assert dialog.place() == tmp_path / "a"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    dialog.choose.click()
    assert dialog.place() == tmp_path
    assert dialog.replace.isChecked()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: "")
    dialog.choose.click()
    assert dialog.place() == tmp_path
    dialog.target.clear()
    assert not dialog.export.isEnabled()
    for typed in ("/", "~nobody", "x" * 300, "..", "a/"):
        dialog.target.setText(typed)
        assert dialog.place()


def test_leaving_stops_the_look(worked: Window, qtbot: QtBot) -> None:
    dialog = opened(worked, qtbot)
    qtbot.waitUntil(lambda: dialog._background.busy or dialog._rehearsed)
    dialog._rehearse()
    assert dialog._background.busy
    QTest.keyClick(dialog.what, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog._background.busy
