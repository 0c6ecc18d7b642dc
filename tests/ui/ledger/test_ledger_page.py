"""The Ledger perspective on the sample: what it shows, how one goes to the text and back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.ui.actions.table import ACTIONS
from annotator.ui.bench import Bench
from annotator.ui.ledger.perspective import UNFIT, LedgerPage
from annotator.ui.ledger.table import LedgerTable
from annotator.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def window_of(page: LedgerPage) -> Window:
    window = page.window()
    assert isinstance(window, Window)
    return window


def bench_of(page: LedgerPage) -> Bench:
    bench = window_of(page).bench
    assert bench is not None
    return bench


def words(table: LedgerTable) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def settle(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.accounts.busy)


def test_the_sample_as_it_stands(ledger: LedgerPage) -> None:
    cards = words(ledger.cards)
    assert cards[0][0] == "Denied · 2"
    assert cards[1][1].startswith("deny that they were the first to attack")
    assert "nobody in this article answers" in cards[4][1]
    assert ledger._headings[ledger.cards].text() == "16 claims · 2 denials · own voice hidden: 7"
    counts = words(ledger.counts)
    assert counts[0][0] == "12–13 September 2022"
    assert ["killed", "2"] in [row[2:4] for row in counts]
    assert words(ledger.matrix) == [["–", "1"], ["1", "–"]]
    assert ledger.standing.place == "layer: gold · all articles (1)"
    assert ledger.notice.isHidden()


def test_enter_goes_to_the_text_and_ctrl_4_comes_back(ledger: LedgerPage) -> None:
    bench = bench_of(ledger)
    assert ledger.cards.hasFocus()
    QTest.keyClick(ledger.cards, Qt.Key.Key_Down)
    QTest.keyClick(ledger.cards, Qt.Key.Key_Right)
    at = ledger.cards.currentIndex()
    wanted = ledger.cards.statements(at)[0].first
    QTest.keyClick(ledger.cards, Qt.Key.Key_Return)
    assert window_of(ledger).bench is bench
    assert bench.annotate.isVisible()
    assert bench.annotate.document == wanted.document
    span = bench.article.view.selected_span()
    assert span is not None
    assert span.start == wanted.start
    QTest.keyClick(QApplication.focusWidget() or ledger, Qt.Key.Key_4, CTRL)
    assert ledger.isVisible()
    assert ledger.cards.hasFocus()
    assert ledger.cards.currentIndex() == at


def test_a_click_goes_there_too(ledger: LedgerPage) -> None:
    index = ledger.counts.model().index(1, 3)
    place = ledger.counts.visualRect(index).center()
    viewport = ledger.counts.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert bench_of(ledger).shown.name == "annotate"


def test_headings_and_empty_cards_lead_nowhere(ledger: LedgerPage) -> None:
    ledger.cards.setCurrentIndex(ledger.cards.model().index(0, 0))
    QTest.keyClick(ledger.cards, Qt.Key.Key_Return)
    ledger.cards.setCurrentIndex(ledger.cards.model().index(4, 1))
    QTest.keyClick(ledger.cards, Qt.Key.Key_Return)
    assert bench_of(ledger).shown is ledger


def test_keys_pass_by_headings_and_a_screen_reader_hears_them(ledger: LedgerPage) -> None:
    cards, counts = ledger.cards, ledger.counts
    for table, column in ((cards, 1), (counts, 3)):
        model = table.ledger_model
        rows = [row for row in range(model.rowCount()) if row not in model.titles()]
        table.setFocus()
        table.setCurrentIndex(model.index(rows[0], column))
        for row in (*rows[1:], rows[-1]):
            QTest.keyClick(table, Qt.Key.Key_Down)
            assert (table.currentIndex().row(), table.currentIndex().column()) == (row, column)
        for row in (*rows[-2::-1], rows[0]):
            QTest.keyClick(table, Qt.Key.Key_Up)
            assert (table.currentIndex().row(), table.currentIndex().column()) == (row, column)
        assert table.verticalScrollBar().value() == 0  # the first heading is in view
    role = Qt.ItemDataRole.AccessibleTextRole
    assert cards.model().index(1, 0).data(role).startswith("Denied · 2: ")
    assert not cards.model().index(2, 0).data(role).startswith("Denied")


def test_what_is_said_twice_shows_its_places(ledger: LedgerPage, qtbot: QtBot) -> None:
    ledger.take_focus()
    ledger.cards.setCurrentIndex(ledger.cards.model().index(2, 0))
    ledger.cards.setCurrentIndex(ledger.cards.model().index(1, 0))
    statement = ledger.cards.statements()[0]
    assert len(statement.places) == 2
    assert ledger.places.isVisible()
    ledger.places.take_focus()
    QTest.keyClick(ledger.places.list, Qt.Key.Key_Escape)
    assert ledger.cards.hasFocus()
    ledger.places.take_focus()
    QTest.keyClick(ledger.places.list, Qt.Key.Key_Down)
    QTest.keyClick(ledger.places.list, Qt.Key.Key_Return)
    span = bench_of(ledger).article.view.selected_span()
    assert span is not None
    assert span.start == statement.places[1].start


def test_several_behind_a_cell_are_listed(ledger: LedgerPage) -> None:
    timeline = ledger.timeline
    row, column = next(
        cell for cell, found in timeline.times.timeline.cells.items() if len(found) > 1
    )
    timeline.take_focus()
    timeline.setCurrentIndex(timeline.model().index(row, column))
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert ledger.places.list.hasFocus()
    assert ledger.places.list.model().rowCount() == 2


def test_filters_narrow_and_are_taken_back(ledger: LedgerPage, qtbot: QtBot) -> None:
    asking = ledger.asking
    asking.side.setCurrentIndex(asking.side.findData("Armenia"))
    settle(ledger, qtbot)
    some = len(ledger.accounts.arranged.ledger.claims)
    assert 0 < some < 16
    asking.show_all()
    settle(ledger, qtbot)
    assert len(ledger.accounts.arranged.ledger.claims) == 16
    asking.own_voice.setChecked(True)
    settle(ledger, qtbot)
    assert ledger.accounts.arranged.hidden == 0
    assert len(ledger.accounts.arranged.ledger.casualties) == 10
    asking.words.setText("SABOTAGE")
    QTest.keyClick(asking.words, Qt.Key.Key_Return)
    settle(ledger, qtbot)
    assert len(ledger.accounts.arranged.ledger.claims) == 1
    asking.words.setText("no such words")
    qtbot.waitUntil(lambda: ledger.notice.text() == UNFIT)
    assert ledger.cards.model().rowCount() == 0


def test_a_date_that_is_none_is_told(ledger: LedgerPage, qtbot: QtBot) -> None:
    asking = ledger.asking
    asking.when.setText("2022-08")
    QTest.keyClick(asking.when, Qt.Key.Key_Return)
    settle(ledger, qtbot)
    assert not asking.said.isVisible()
    assert {row[0] for row in words(ledger.counts) if row[0] == row[1]} == {"3 August 2022"}
    asking.when.setText("some day")
    QTest.keyClick(asking.when, Qt.Key.Key_Return)
    assert asking.said.isVisible()
    assert "is not a date" in asking.said.text()


def test_each_other_filter_counts(ledger: LedgerPage, qtbot: QtBot) -> None:
    asking = ledger.asking
    for combo in (asking.actor, asking.label, asking.state):
        combo.setCurrentIndex(1)
        settle(ledger, qtbot)
        assert asking.filter == ledger.accounts.filter
    asking.show_all()
    settle(ledger, qtbot)
    assert asking.actor.currentIndex() == 0


def test_f6_goes_round_and_escape_comes_back(ledger: LedgerPage) -> None:
    window, seen = window_of(ledger), []
    for _ in range(len(ledger.stops())):
        window.next_pane()
        seen.append(QApplication.focusWidget())
    assert {ledger.asking.words, *ledger.tables} <= set(seen)
    window.escape()
    assert ledger.cards.hasFocus()
    window.search()
    assert ledger.asking.words.hasFocus()


def test_tab_leaves_a_table(ledger: LedgerPage) -> None:
    ledger.cards.take_focus()
    seen = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget() or ledger, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert ledger.counts in seen
    assert ledger.matrix in seen
    assert ledger.save_picture in seen


def test_tables_are_tables_to_assistive_programs(ledger: LedgerPage) -> None:
    for table in ledger.tables:
        interface = QAccessible.queryAccessibleInterface(table)
        assert interface.role() == QAccessible.Role.Table
        assert interface.text(QAccessible.Text.Name)
        assert interface.childCount() >= table.model().rowCount()
    said = Qt.ItemDataRole.AccessibleTextRole
    card = ledger.cards.model().index(2, 1).data(said)
    assert card.startswith("denied by Ministry of Defense of Azerbaijan: “the information")
    cell = ledger.matrix.model().index(0, 1).data(said)
    assert cell == "Armenia denies what Azerbaijan says: 1 denial"
    bar = ledger.counts.model().index(1, 4).data(said)
    assert bar == "12–13 September 2022: bar of the count"
    side = ledger.matrix.model().headerData(0, Qt.Orientation.Vertical, said)
    assert side == "Armenia denies"


def test_copy_takes_what_is_looked_at(ledger: LedgerPage) -> None:
    ledger.cards.setCurrentIndex(ledger.cards.model().index(1, 1))
    ledger.copy()
    assert "deny that they were the first" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_it_is_drawn_in_each_theme_and_size(ledger: LedgerPage, theme: str) -> None:
    window = window_of(ledger)
    window.change(theme=theme)
    for size in ((1440, 900), (1024, 700)):
        window.resize(*size)
        QApplication.processEvents()
        picture = ledger.grab().toImage()
        # `contrast` has one ground; words and lines are there in any case.
        colors = {
            picture.pixel(QPoint(x, y))
            for x in range(0, picture.width(), 7)
            for y in range(0, picture.height(), 7)
        }
        assert len(colors) > 5


@pytest.mark.parametrize("kind", ["csv", "html", "png", "svg"])
def test_what_is_shown_is_saved(
    ledger: LedgerPage, kind: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    chosen = {
        "csv": "CSV table (*.csv)",
        "html": "HTML page (*.html)",
        "png": "PNG picture (*.png)",
        "svg": "SVG picture (*.svg)",
    }
    answer = (str(path), chosen[kind])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: answer)
    action = "save ledger" if kind in ("csv", "html") else "save ledger picture"
    row = next(each for each in ACTIONS if each.id == action)
    assert row.possible(window_of(ledger))
    row.run(window_of(ledger), "")
    made = path.with_suffix(f".{kind}")
    qtbot.waitUntil(made.exists)
    found = made.read_bytes()
    if kind == "png":
        assert found.startswith(b"\x89PNG")
        return
    text = found.decode()
    assert "deny that they were the first" in text.replace("\n", " ")
    if kind == "html":
        assert "own voice is hidden: 7" in text.replace("&#x27;", "'")
        assert "<script" not in text
    if kind == "svg":
        assert "<text" in text


def test_a_file_that_can_not_be_is_told(ledger: LedgerPage, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []
    hub = bench_of(ledger).hub
    hub.said.connect(said.append)
    ledger.saving.write(tmp_path / "ledger.docx")
    assert said[-1].endswith("should end with .csv, .html, .png or .svg.")
    ledger.saving.write(tmp_path / "nowhere" / "ledger.csv")
    qtbot.waitUntil(lambda: "There is no folder" in said[-1])


def test_nothing_is_asked_where_no_file_is_chosen(
    ledger: LedgerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: ("", ""))
    ledger.saving.ask_table()
    assert ledger.saving.job is None
