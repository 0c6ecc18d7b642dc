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
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Document
from annotator.core.query import Order, Query, parse
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.store import shelf, walk
from annotator.ui.hub import Hub
from annotator.ui.panels import documents, listing
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.listing import KEPT_PAGES, PAGE, ExcerptRole, ListingModel, count_line
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
    assert fresh.row_of(wanted.id) == 321
    assert not fresh._pages
    assert fresh.row_of("nothing") == -1
    fresh.set_query(parse("sun"))
    assert fresh.row_of(wanted.id) == -1


def test_a_search_shows_what_it_finds(hub: Hub) -> None:
    model = ListingModel(hub)
    model.set_query(parse("rain"))
    assert model.rowCount() == MANY // 2
    assert model.index(0).data(ExcerptRole) == "… 1 speaks of rain."
    model.set_query(parse("title:x"))
    assert model.rowCount() == 0
    model.set_query(parse("state:new"))
    assert model.rowCount() == MANY
    assert model.index(0).data(ExcerptRole) == ""
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(MANY).data(ExcerptRole) is None


def test_rows_come_in_slices_and_the_article_is_shown_when_it_comes(
    hub: Hub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "BLOCK", 20)
    monkeypatch.setattr(listing, "SLICE", 1e-9)
    last = list(hub.project.documents())[-1]
    hub.open_document(last.id)
    panel = DocumentsPanel(hub, Theme.load("light"))
    qtbot.addWidget(panel)
    panel.set_order(Order("title"))
    assert 0 < panel.model.rowCount() < MANY
    assert panel.current_row() == -1
    qtbot.waitUntil(lambda: panel.model.whole)
    assert panel.list.currentIndex().row() == MANY - 1
    model = ListingModel(hub)
    assert 0 < model.rowCount() < MANY
    assert not model.whole
    numbers = model.numbers()
    assert list(model.first_open(numbers[6:], 2)) == list(numbers[6:8])
    assert model.rowCount() == MANY


def test_a_file_that_cannot_be_read_is_told_of(
    hub: Hub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = DocumentsPanel(hub, Theme.load("light"))
    qtbot.addWidget(panel)
    panel.resize(272, 700)
    panel.show()

    def locked(*_words: object) -> None:
        raise UserError("many.db is in use by another program.")

    monkeypatch.setattr(type(hub.project.read), "listing", locked)
    monkeypatch.setattr(type(hub.project.read), "facet_values", locked)
    with qtbot.waitSignal(hub.failed) as heard:
        panel.grab()
    assert heard.args == ["many.db is in use by another program."]
    assert panel.model.listing(0) is None
    panel.search.setText("source:")
    assert panel.search.offers() == []


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
    numbers = model.numbers()
    assert model.first_open(numbers, 2) == [numbers[0], numbers[3]]
    assert len(model.first_open(numbers, MANY)) == MANY - 2
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
    qtbot.waitUntil(lambda: panel.model.query == parse("number 7 sp"))
    with qtbot.waitSignal(panel.chosen) as heard:
        QTest.keyClick(panel.search, Qt.Key.Key_Return)
    hub.open_document(heard.args[0])
    assert hub.document is not None
    panel.search.clear()
    qtbot.waitUntil(lambda: not panel.model.query)
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
    assert panel._nothing.text() == "Nothing found for “snow”."
    panel.search.clear()
    qtbot.waitUntil(panel.list.isVisible)
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 0


@pytest.fixture
def panel(hub: Hub, qtbot: QtBot) -> DocumentsPanel:
    made = DocumentsPanel(hub, Theme.load("light"))
    qtbot.addWidget(made)
    made.resize(272, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_what_was_not_understood_stands_below_the_box(panel: DocumentsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.searched) as heard:
        panel.search.setText("lable:denial")
        panel.search.ask()
    assert isinstance(heard.args[0], Query)
    assert panel._hint.text() == heard.args[0].problem
    assert panel._nothing.isVisible()
    panel.search.setText("rain")
    panel.search.ask()
    assert panel._hint.text() == "225 articles"
    panel.search.clear()
    panel.search.ask()
    panel.search.setFocus()
    qtbot.waitUntil(lambda: "label:" in panel._hint.text())


def test_too_many_to_be_sorted_is_said(
    panel: DocumentsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SORTED", 10)
    monkeypatch.setattr(shelf, "SORTED", 10)
    panel.set_order(Order("title", descending=True))
    panel.search.setText("rain")
    panel.search.ask()
    assert panel._hint.text() == "225 articles; more than 10 are shown as imported."


def test_states_and_orders_are_chosen_from_menus(panel: DocumentsPanel, qtbot: QtBot) -> None:
    panel._states["done"].trigger()
    assert panel.search.text() == "state:done"
    panel._states["new"].trigger()
    assert panel.model.query.values("state") == ("done", "new")
    assert panel._state.text() == "New or done"
    panel._states["done"].trigger()
    assert panel.search.text() == "state:new"
    with qtbot.waitSignal(panel.sorted_) as heard:
        panel._orders["title"].trigger()
    assert heard.args == [Order("title")]
    panel._back.trigger()
    assert panel.model.order == Order("title", descending=True)
    assert panel._order.text() == "By title ↑"
    first = panel.model.listing(0)
    assert first is not None
    assert first.title == "Article 449"
    panel.set_order(Order("title", descending=True))
    assert panel._back.isChecked()


def test_several_articles_are_selected(panel: DocumentsPanel, qtbot: QtBot) -> None:
    ids = [each.id for each in panel._hub.project.documents()]
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(1))
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selected() == ids[1:3]
    assert panel._done.text() == "2 articles selected"
    panel.grab()
    third = panel.list.visualRect(panel.model.index(4)).center()
    with qtbot.assertNotEmitted(panel.chosen):
        QTest.mouseClick(
            panel.list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            third,
        )
    assert panel.selected() == [*ids[1:3], ids[4]]
    panel._hub.open_document(ids[0])
    panel.reveal()
    assert panel.selected_count() == 3
    QTest.keySequence(panel.list, "Ctrl+A")
    assert panel.selected_count() == MANY
    with qtbot.waitSignal(panel.delete_asked):
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)


def test_a_note_and_what_was_found_are_drawn(panel: DocumentsPanel) -> None:
    document = next(panel._hub.project.documents())
    before = panel.grab().toImage()
    panel._hub.apply(verbs.set_document_note(document, "ask <Mira>"))
    noted = panel.grab().toImage()
    assert noted != before
    index = panel.model.index(0)
    assert "Note: ask &lt;Mira&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", with a note")
    panel.search.setText("Article number")
    panel.search.ask()
    assert panel.grab().toImage() != noted


def test_agreement_stands_in_the_tooltip(panel: DocumentsPanel) -> None:
    project = panel._hub.project
    document = next(project.documents())
    for who in ("ann", "bob"):
        project.switch(who)
        project.apply(verbs.mark(project.layer(document.id), [Span(0, 6)], "actor", fresh=True))
    tip = panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "100% of the spans marked alike" in tip


def test_the_note_is_written_below_the_list(panel: DocumentsPanel, qtbot: QtBot) -> None:
    hub, note = panel._hub, panel.note
    first, second = (each.id for each in list(hub.project.documents())[:2])
    note.write()
    assert not note.isVisible()
    hub.open_document(first)
    note.write()
    assert note.isVisible()
    QTest.keyClicks(note.note, "see p. 2")
    with qtbot.waitSignal(note.left):
        QTest.keyClick(note.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hub.document is not None
    assert hub.document.note == "see p. 2"
    note.note.setFocus()
    QTest.keyClicks(note.note, "x")
    hub.open_document(second)
    stored = hub.project.read.document(first)
    assert stored is not None
    assert "x" in stored.note
    note.write()
    QTest.keyClicks(note.note, "never")
    with qtbot.waitSignal(note.left):
        QTest.keyClick(note.note, Qt.Key.Key_Escape)
    other = hub.project.read.document(second)
    assert other is not None
    assert other.note == ""
    note.commit()
