"""The dialog before an import: what it shows of files, what can be changed, by the keyboard."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import Exported, Progress, export_to, finish, named
from annotator.transfer.publishing import Publishing
from annotator.ui.exchange.import_dialog import ImportDialog
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen popups

CONLL = "The DT O\nrebels NN B-PER\nshelled VB O\nAghdam NN B-LOC\n. . O\n\n"
WORDS = "It was said that the town was shelled. " * 8


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes say, which nobody is there to close."""
    sentences: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: sentences.append(words[2]))
    return sentences


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a file of each kind."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.conll").write_text(CONLL, "utf-8")
    (folder / "b.txt").write_bytes("Заявлено, что город был обстрелян.".encode("cp1251"))
    (folder / "c.csv").write_text(f"headline,body,words\nOne,{WORDS},Other words.\n", "utf-8")
    (folder / "d.json").write_text("[", "utf-8")
    return folder


def brought(window: Window, qtbot: QtBot, *paths: Path) -> ImportDialog:
    """The dialog on these files, when it has looked into all of them."""
    window.projects.bring(paths)
    (dialog,) = (each for each in window.findChildren(ImportDialog) if each.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    looked(dialog, qtbot)
    return dialog


def looked(dialog: ImportDialog, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: dialog.said.text().endswith("."), timeout=10_000)
    return dialog.preview.toPlainText()


def tab_to(dialog: ImportDialog, widget: QWidget) -> None:
    for _ in range(60):
        now = QApplication.focusWidget()
        if now is widget:
            return
        QTest.keyClick(now or dialog, Qt.Key.Key_Tab)
    raise AssertionError(widget)


def go_down(dialog: ImportDialog, row: int) -> None:
    tab_to(dialog, dialog.files)
    while dialog.files.currentRow() < row:
        QTest.keyClick(dialog.files, Qt.Key.Key_Down)


def project_of(window: Window) -> Project:
    assert window.bench is not None
    return window.bench.hub.project


def test_files_are_shown_as_they_will_be(window: Window, qtbot: QtBot, files: Path) -> None:
    dialog = brought(window, qtbot, files)
    rows = [dialog.files.item(row).text() for row in range(dialog.files.count())]
    assert rows == [
        "a.conll · conll: 1 article, 2 annotations",
        "b.txt · text: 1 article",
        "c.csv · table: 1 article",
        "d.json · no format: 0 articles, 1 problem",
    ]
    assert dialog.said.text() == "4 files, 3 articles, 2 annotations, 1 problem."
    seen = dialog.preview.toPlainText()
    assert "PER 1 (new in the tag set), LOC 1 (new in the tag set) – by ann" in seen
    go_down(dialog, 3)
    assert "d.json" in dialog.preview.toPlainText()
    assert project_of(window).read.count_documents() == 3


def test_an_import_under_other_names_by_keys(
    window: Window, qtbot: QtBot, files: Path, said: list[str]
) -> None:
    dialog = brought(window, qtbot, files / "a.conll")
    line = dialog.names.lines["labels", "PER"]
    assert line.accessibleName() == "Label PER (1, new) becomes"
    tab_to(dialog, line)
    QTest.keyClicks(line, "actor")
    assert "Actor 1, LOC 1 (new in the tag set)" in dialog.preview.toPlainText()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter ends typing only
    tab_to(dialog, dialog.annotator)
    QTest.keyClicks(dialog.annotator, "gold and more")
    tab_to(dialog, dialog.state)
    QTest.keyClick(dialog.state, Qt.Key.Key_End)
    tab_to(dialog, dialog.import_)
    QTest.keyClick(dialog.import_, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: project_of(window).read.count_documents() == 4)
    project = project_of(window)
    (layer,) = project.read.layers()
    assert (layer.annotator, layer.state) == ("gold and more", "done")
    assert [each.label for each in project.annotations(layer=layer.id)] == ["actor", "LOC"]


def test_a_name_that_nobody_can_have_is_said_before(
    window: Window, qtbot: QtBot, files: Path
) -> None:
    dialog = brought(window, qtbot, files / "a.conll")
    dialog.annotator.setText("a\tb")
    assert not dialog.import_.isEnabled()
    assert dialog.said.text()
    dialog.annotator.setText("gold")
    assert dialog.import_.isEnabled()
    assert dialog.wishes().given.annotator == "gold"
    assert not dialog.wishes().attach


def test_columns_are_proposed_and_changed(window: Window, qtbot: QtBot, files: Path) -> None:
    dialog = brought(window, qtbot, files / "c.csv")
    text = dialog.options.fields["text"]
    assert text.currentText() == "as proposed: body"  # type: ignore[union-attr]  # the field is there by now
    assert "One\nIt was said" in dialog.preview.toPlainText()
    tab_to(dialog, text)
    QTest.keyClick(text, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Other words." in dialog.preview.toPlainText())
    assert QApplication.focusWidget() is dialog.options.fields["text"]
    assert dialog.wishes().ways[str(files / "c.csv")].options == {"text": "words"}
    header = dialog.options.fields["header"]
    tab_to(dialog, header)
    QTest.keyClick(header, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "no column" in dialog.preview.toPlainText())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.options.fields["header"])
    sign = dialog.options.fields["delimiter"]
    tab_to(dialog, sign)
    QTest.keyClicks(sign, ";")
    assert not dialog.wishes().ways[str(files / "c.csv")].options.get("delimiter")
    QTest.keyClick(sign, Qt.Key.Key_Return)
    assert dialog.wishes().ways[str(files / "c.csv")].options["delimiter"] == ";"


def test_another_encoding_is_read_anew_in_all_files_alike(
    window: Window, qtbot: QtBot, files: Path
) -> None:
    (files / "e.txt").write_bytes("Опровергнуто.".encode("cp1251"))
    dialog = brought(window, qtbot, files)
    go_down(dialog, 1)
    assert dialog.alike.isVisible()
    encoding = dialog.options.fields["encoding"]
    tab_to(dialog, encoding)
    QTest.keyClicks(encoding, "cp1252")
    qtbot.waitUntil(lambda: "Çàÿâëåíî" in dialog.preview.toPlainText())
    assert set(dialog.wishes().ways) == {str(files / "b.txt"), str(files / "e.txt")}
    tab_to(dialog, dialog.alike)
    QTest.keyClick(dialog.alike, Qt.Key.Key_Space)
    tab_to(dialog, encoding)
    for _ in range(3):
        QTest.keyClick(encoding, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Заявлено" in dialog.preview.toPlainText())
    ways = dialog.wishes().ways
    assert ways[str(files / "b.txt")].options == {"encoding": "cp1251"}
    assert ways[str(files / "e.txt")].options == {"encoding": "cp1252"}


def test_another_format_is_read_anew(window: Window, qtbot: QtBot, files: Path) -> None:
    dialog = brought(window, qtbot, files / "a.conll")
    assert dialog.format.currentText() == "as found: conll"
    assert "scheme" not in dialog.options.fields
    tab_to(dialog, dialog.format)
    while dialog.format.currentData() != "text":
        QTest.keyClick(dialog.format, Qt.Key.Key_Down)
    assert set(dialog.options.fields) == {"encoding", "keep"}
    qtbot.waitUntil(lambda: "rebels NN B-PER" in dialog.preview.toPlainText())
    assert not dialog.annotator.isVisible()
    assert dialog.wishes().renaming.labels == {}


def test_what_is_there_already_is_named(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    known = next(project_of(window).documents())
    path = tmp_path / "again.html"
    path.write_text("<html><body><p>New.</p></body></html>", "utf-8")
    twin = tmp_path / "twin.txt"
    twin.write_text(known.text, "utf-8")
    dialog = brought(window, qtbot, twin, path)
    assert "1 duplicate" in dialog.said.text()
    assert f"There already, as “{known.title}”." in dialog.preview.toPlainText()


def test_escape_imports_nothing(window: Window, qtbot: QtBot, files: Path) -> None:
    window.projects.bring([files])
    (dialog,) = window.findChildren(ImportDialog)
    assert dialog._background.busy
    QTest.keyClick(dialog.files, Qt.Key.Key_Escape)
    assert not dialog._background.busy
    assert not dialog.isVisible()
    assert window.projects.job is None


def test_plain_text_comes_in_at_once(
    window: Window, qtbot: QtBot, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.conll", "c.csv", "d.json"):
        (files / name).unlink()
    (files / "b.txt").write_text("Заявлено, что город был обстрелян.", "utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(files))
    window.projects.ask_import_folder()
    assert not window.findChildren(ImportDialog)
    qtbot.waitUntil(lambda: project_of(window).read.count_documents() == 4)


def test_plain_text_in_a_guessed_encoding_is_shown_first(
    window: Window, qtbot: QtBot, files: Path
) -> None:
    dialog = brought(window, qtbot, files / "b.txt")
    assert "Заявлено" in dialog.preview.toPlainText()
    assert "guess" in dialog.preview.toPlainText()


def test_plain_text_that_cant_be_read_is_shown_first(
    window: Window, qtbot: QtBot, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "b.txt").write_text("A town.", "utf-8")

    def closed(*_asked: object, **_how: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    dialog = brought(window, qtbot, files / "b.txt")
    assert "ermission" in dialog.preview.toPlainText()


def test_a_folder_that_is_not_there_is_told(
    window: Window, tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.projects.bring([tmp_path / "gone"])
    assert said == [f"There is no file or folder {tmp_path / 'gone'}."]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: "")
    window.projects.ask_import_folder()
    window.projects.close()
    window.projects.ask_import_folder()
    window.projects.bring([tmp_path])
    assert len(said) == 1


def test_many_problems_and_articles_are_counted(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = "".join(f"{number},{WORDS}{number}\n" for number in range(9)) + "x,\n" * 60
    (tmp_path / "many.csv").write_text(f"title,text\n{rows}", "utf-8")
    dialog = brought(window, qtbot, tmp_path / "many.csv")
    seen = dialog.preview.toPlainText()
    assert "60 problems:" in seen
    assert "… and 10 more." in seen
    assert "… and 4 other articles." in seen
    assert dialog.said.text() == "1 file, 9 articles, 60 problems."


def test_a_bug_in_the_look_is_no_silence(window: Window, qtbot: QtBot, files: Path) -> None:
    dialog = brought(window, qtbot, files / "a.conll")

    def broken() -> Generator[Progress, None, None]:
        yield Progress(0, 1, "x")
        raise ValueError("a bug")

    with qtbot.captureExceptions() as caught:
        dialog._background.start(broken(), done=lambda _: None, failed=lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert not dialog._background.busy


def test_articles_without_texts_are_joined_to_them(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    project = project_of(window)
    known = next(project.documents())
    layer = project.layer(known.id)
    project.apply(verbs.mark(layer, [Span(4, 12)], "actor", fresh=True))
    wish = Exported("all", (known.id,), publishing=Publishing(without_text=True))
    path = tmp_path / "out.jsonl"
    finish(export_to(project, named("jsonl"), path, chosen=wish))
    dialog = brought(window, qtbot, path)
    assert dialog.wishes().attach
    tab_to(dialog, dialog.annotator)
    QTest.keyClicks(dialog.annotator, "zoe")
    assert "Actor 1 – by zoe" in dialog.preview.toPlainText()
    dialog.accept()
    qtbot.waitUntil(lambda: len(list(project_of(window).read.layers())) == 2)
    assert [each.annotator for each in project_of(window).read.layers()] == ["ann", "zoe"]
