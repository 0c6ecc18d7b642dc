"""What is done with selected articles: what is asked, what goes, what comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.formats.registry import formats
from annotator.ui.panels.picked import Picked, warning
from annotator.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen popups


@pytest.fixture
def picked(window: Window) -> Picked:
    """Two of three articles selected."""
    assert window.bench is not None
    bench = window.bench
    documents = bench.documents
    documents.list.setFocus()
    documents.list.setCurrentIndex(documents.model.index(0))
    documents.list.selectionModel().select(
        documents.model.index(1), QItemSelectionModel.SelectionFlag.Select
    )
    return bench.picked


def test_the_warning_names_whose_work_goes() -> None:
    assert warning(1, {}) == "No annotations are on it. Undo brings all back."
    assert warning(2, {"ada": 14, "bob": 1}) == (
        "With all work on them: 14 annotations of ada, 1 annotation of bob. Undo brings all back."
    )
    many = {str(number): number for number in range(1, 9)}
    assert "21 of 3 others" in warning(2, many)


def test_articles_are_deleted_and_brought_back(
    window: Window, picked: Picked, qtbot: QtBot
) -> None:
    assert window.bench is not None
    bench = window.bench
    QTest.keyClick(bench.documents.list, Qt.Key.Key_Delete)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "Delete 2 articles?"
    default = box.defaultButton()
    assert default is not None
    assert default.text().replace("&", "") == "Cancel"
    with qtbot.waitSignal(bench.hub.said, timeout=10_000) as heard:
        next(each for each in box.buttons() if each.text() == "Delete").click()
    assert heard.args == ["Deleted 2 articles – Ctrl+Z brings all back."]
    assert bench.documents.model.rowCount() == 1
    assert bench.hub.document is not None
    assert bench.hub.document.title == "Article 3"
    bench.hub.undo()
    assert bench.documents.model.rowCount() == 3
    titles = [bench.documents.model.listing(row).title for row in range(3)]  # type: ignore[union-attr]
    assert titles == ["Article 1", "Article 2", "Article 3"]
    assert bench.status.message.text() == "Undone: delete 2 articles."
    assert bench.hub.project.check() == []


def test_selected_articles_are_exported(
    window: Window, picked: Picked, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.bench is not None
    asked = []

    def choose(_parent: object, title: str, _folder: str, filters: str) -> tuple[str, str]:
        asked.append(title)
        return str(tmp_path / "out"), next(
            each for each in filters.split(";;") if each.startswith("jsonl")
        )

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(window.bench.hub.said, timeout=10_000) as heard:
        picked.ask_export()
    assert heard.args[0].startswith("Wrote 2 articles to ")
    assert asked == ["Export 2 articles"]
    text = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "Article 1" in text
    assert "Article 3" not in text
    with qtbot.waitSignal(window.bench.hub.said, timeout=10_000):
        picked.export(picked._ids(), formats()["text"], tmp_path / "texts")
    assert len(list((tmp_path / "texts").glob("*.txt"))) == 2
    with qtbot.waitSignal(window.bench.hub.failed) as heard:
        picked.export(picked._ids(), formats()["text"], tmp_path / "texts")
    assert str(tmp_path / "texts") in heard.args[0]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: ("", ""))
    job = picked.job
    picked.ask_export()
    assert picked.job is job


def test_the_menu_of_the_list(window: Window, picked: Picked) -> None:
    assert window.bench is not None
    documents = window.bench.documents
    documents.list.customContextMenuRequested.emit(documents.list.rect().center())
    menu = next(
        each
        for each in window.findChildren(QMenu)
        if any(action.text().startswith("Export selected") for action in each.actions())
        and each.isVisible()
    )
    assert [each.text() for each in menu.actions()] == [
        "Export selected articles…",
        "Delete selected articles…",
    ]
    menu.close()


def test_without_a_selection_it_is_the_open_article(window: Window, picked: Picked) -> None:
    assert window.bench is not None
    bench = window.bench
    assert bench.hub.document is not None
    bench.documents.list.clearSelection()
    assert picked._ids() == (bench.hub.document.id,)
    bench.hub.open_document(None)
    assert picked._ids() == ()
    picked.ask_delete()
    picked.ask_export()
    assert picked.job is None
