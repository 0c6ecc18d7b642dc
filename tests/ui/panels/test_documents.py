"""The panel of articles: pages on demand, search, progress."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.ids import new_id
from annotator.core.model import Document
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.ui.hub import Hub
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.listing import KEPT_PAGES, PAGE, ListingModel, count_line
from annotator.ui.theme import Theme, load_fonts

MANY = 450


def article(number: int) -> Document:
    text = f"Report number {number} speaks of {'rain' if number % 2 else 'sun'}."
    ident = new_id(1_700_000_000_000 + number)
    return Document(ident, f"Article {number:03}", text, sha256(text))


@pytest.fixture
def hub(tmp_path: Path, qapp: QApplication) -> Iterator[Hub]:
    load_fonts()
    with Project.create(tmp_path / "many.db", who="ann") as project:
        documents = [article(number) for number in range(MANY)]
        project.apply(Edit("import articles", inserted(documents)))
        made = Hub(project)
        yield made
        made.close()


def test_rows_are_fetched_a_page_at_a_time(hub: Hub) -> None:
    model = ListingModel(hub)
    assert model.rowCount() == MANY
    assert not model._pages
    assert model.index(250).data() == "Article 250"
    assert list(model._pages) == [250 // PAGE]
    assert model.index(250).data(Qt.ItemDataRole.AccessibleTextRole) == "Article 250, new"
    assert model.listing(MANY) is None
    assert model.listing(-1) is None


def test_only_so_many_pages_are_kept(hub: Hub) -> None:
    model = ListingModel(hub)
    for row in range(0, MANY, PAGE):
        model.listing(row)
    assert len(model._pages) <= KEPT_PAGES


def test_an_article_is_found_again_wherever_it_stands(hub: Hub) -> None:
    model = ListingModel(hub)
    wanted = model.listing(321)
    assert wanted is not None
    fresh = ListingModel(hub)
    assert fresh.row_of(wanted.id, near=300) == 321
    assert len(fresh._pages) == 1
    assert fresh.row_of(wanted.id) == 321
    assert fresh.row_of("nothing") == -1


def test_a_search_shows_what_it_finds(hub: Hub) -> None:
    model = ListingModel(hub)
    model.set_search("rain")
    assert model.rowCount() == MANY // 2
    model.set_search("snow")
    assert model.rowCount() == 0


def test_an_edit_changes_its_row(hub: Hub, qtbot: QtBot) -> None:
    model = ListingModel(hub)
    first, last = model.listing(0), list(hub.project.documents())[-1]
    assert first is not None
    hub.open_document(first.id)
    assert hub.layer is not None
    with qtbot.waitSignal(model.dataChanged):
        hub.apply(verbs.mark(hub.layer, [Span(0, 6)], "actor", fresh=True))
    changed = model.listing(0)
    assert changed is not None
    assert count_line(changed) == "1 annotation · open"
    assert "actor: 1" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    with qtbot.waitSignal(model.modelReset):
        hub.apply(Edit("remove", (Change(last, None),)))
    assert model.rowCount() == MANY - 1


def test_the_next_article_is_one_that_is_not_done(hub: Hub) -> None:
    model = ListingModel(hub)
    for row in (1, 2):
        listing = model.listing(row)
        assert listing is not None
        layer = hub.project.layer(listing.id)
        hub.apply(verbs.set_state(layer, "done", fresh=True))
    assert model.next_open(0) == 3
    assert model.next_open(MANY - 1) == 0
    done = model.listing(1)
    assert done is not None
    assert count_line(done) == "done · nothing to tag"


def test_the_panel_searches_opens_and_counts(hub: Hub, qtbot: QtBot) -> None:
    panel = DocumentsPanel(hub, Theme.load("light"))
    qtbot.addWidget(panel)
    panel.resize(272, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    QTest.keyClicks(panel.search, "number 7 sp")
    qtbot.waitUntil(lambda: panel.model.search == "number 7 sp")
    with qtbot.waitSignal(panel.chosen) as heard:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    hub.open_document(heard.args[0])
    assert hub.document is not None
    panel.search.clear()
    qtbot.waitUntil(lambda: panel.model.search == "")
    row = panel.list.visualRect(panel.model.index(1)).center()
    with qtbot.waitSignal(panel.chosen) as heard:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    second = panel.model.listing(1)
    assert second is not None
    assert heard.args == [second.id]
    panel.reveal()
    assert panel.list.currentIndex().row() == panel.current_row() >= 0
    assert hub.layer is not None
    hub.apply(verbs.set_state(hub.layer, "done", fresh=True))
    assert panel._done.text() == f"1 of {MANY} articles done"
    panel.grab()
    panel.set_theme(Theme.load("dark"))
    panel.refresh()
    panel.grab()


def test_nothing_found_is_said(hub: Hub, qtbot: QtBot) -> None:
    panel = DocumentsPanel(hub, Theme.load("light"))
    qtbot.addWidget(panel)
    panel.show()
    panel.search.setText("snow")
    qtbot.waitUntil(panel._nothing.isVisible)
    assert panel._nothing.text() == "No article has “snow”."
    panel.search.clear()
    qtbot.waitUntil(panel.list.isVisible)
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 0
