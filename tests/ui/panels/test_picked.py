"""What is done with selected articles: what is asked, what goes, what comes back."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.ui.exchange.export_dialog import ExportDialog
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
    titles = [bench.documents.model.listing(row).title for row in range(3)]  # type: ignore[union-attr]  # the rows are there
    assert titles == ["Article 1", "Article 2", "Article 3"]
    assert bench.status.message.text() == "Undone: delete 2 articles."
    assert bench.hub.project.check() == []


def test_selected_articles_are_proposed_for_an_export(window: Window, picked: Picked) -> None:
    picked.ask_export()
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.what.currentText() == "the selected articles (2)"
    assert len(dialog.wish().documents) == 2
    dialog.close()


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
    assert picked.job is None
