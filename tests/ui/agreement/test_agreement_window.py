"""The Agreement perspective: figures, what is behind them, files, and what is lacking."""

import csv
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.transfer import Progress
from annotator.ui.agreement import choices, figuring
from annotator.ui.agreement.pages import BY_NAMES, Causes, Figures, Labels, Parts
from annotator.ui.agreement.panel import USUAL
from annotator.ui.agreement.perspective import NOBODY, Agreement
from annotator.ui.bench import Bench
from annotator.ui.help import Help
from annotator.ui.perspectives import Perspective
from annotator.ui.review.perspective import Review
from annotator.ui.theme import Theme
from tests.review_desk import TEXT, Maker

if TYPE_CHECKING:
    from annotator.transfer import Job

Opened = Callable[[], Agreement]


def wait(shown: Agreement, qtbot: QtBot) -> None:
    """Until what is asked for is computed."""
    qtbot.waitUntil(lambda: not shown.choices._rest.isActive(), timeout=5_000)
    qtbot.waitUntil(lambda: not shown.figuring.busy, timeout=20_000)


def search(shown: Agreement, qtbot: QtBot) -> None:
    """Until the spans behind a number are found."""
    qtbot.waitUntil(lambda: not shown.figuring._search.busy, timeout=20_000)


def bench_of(shown: Perspective) -> Bench:
    found: QWidget | None = shown
    while found is not None and not isinstance(found, Bench):
        found = found.parentWidget()
    assert isinstance(found, Bench)
    return found


def test_the_figures_are_those_of_the_report(sampled: Maker, opened: Opened) -> None:
    shown = opened()
    page = shown.pages["Figures"]
    assert isinstance(page, Figures)
    assert shown.report is not None
    rows = {each.name: each.row for each in page.table.lines if each.name}
    assert set(rows) == set(shown.report.figures)
    assert rows["f1_exact"][1] == "0.754"
    assert rows["gamma"][1] == "0.847"  # one article is little: it needs no asking
    assert "one article" in shown.notice.text()
    assert shown.standing.count == "1 article"


def test_a_number_opens_its_spans_and_these_the_place_in_review(
    three: Maker, opened: Opened, qtbot: QtBot
) -> None:
    shown = opened()
    shown.page.take_focus()
    QTest.keyClick(shown.pages["Figures"].tables[0].table, Qt.Key.Key_Return)
    search(shown, qtbot)
    panel = shown.panel
    assert panel.title.text() == "F1, exact"
    assert "3 agree, 15 differ" in panel.said.text()
    assert panel.list.hasFocus()
    assert panel.which.currentData() == "differ"
    assert panel.model.rowCount() == 15
    panel.which.setCurrentIndex(2)
    assert panel.model.rowCount() == 3
    agreed = panel.model.rows[0]
    panel.which.setCurrentIndex(0)
    differing = next(each for each in panel.model.rows if "claim" in each.says)
    panel.list.setCurrentIndex(panel.model.index(panel.model.rows.index(differing)))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    bench = bench_of(shown)
    review = bench.shown
    assert isinstance(review, Review)
    assert review.document == differing.document
    assert review.place is not None
    assert TEXT[review.place.start :].startswith(differing.words.split(" … ", 1)[0])
    bench.show_perspective("agreement")
    panel.place_wanted.emit(agreed.document, agreed.ids, agreed.span)
    assert bench.shown.name == "annotate"
    assert bench.hub.document is not None
    assert bench.hub.document.id == agreed.document
    assert bench.hub.focused is not None


def test_each_way_to_take_figures_apart(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    shown.show_page("By part")
    page = shown.page
    assert isinstance(page, Parts)
    wanted = {
        "label": 4,
        "pair": 1,
        "annotator": 2,
        "document": 3,
        "order": 3,
        "round": 1,
        "side": 0,
    }
    for number, name in enumerate(BY_NAMES):
        page.by.setCurrentIndex(number)
        wait(shown, qtbot)
        assert len(page.table.lines) == wanted[name], name
        assert page.view is not None
        assert len(page.view.marks) == wanted[name]
    page.by.setCurrentIndex(list(BY_NAMES).index("order"))
    page.take_focus()
    assert page.view is not None
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.current == 1
    assert page.view.accessibleDescription().startswith("articles 2: ")
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    search(shown, qtbot)
    assert "in 1 article" in shown.panel.said.text()


def test_keys_pass_by_headings(three: Maker, opened: Opened) -> None:
    table = opened().pages["Figures"].tables[0]
    figures = [at for at, each in enumerate(table.lines) if each.opens]
    assert len(figures) < len(table.lines)
    seen = [table.table.currentIndex().row()]
    for _ in figures:
        QTest.keyClick(table.table, Qt.Key.Key_Down)
        seen.append(table.table.currentIndex().row())
    assert seen == [*figures, figures[-1]]
    for at in (*figures[-2::-1], figures[0]):
        QTest.keyClick(table.table, Qt.Key.Key_Up)
        assert table.table.currentIndex().row() == at


def test_the_confusion_of_two_and_its_cells(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    shown.show_page("Confusion")
    page = shown.page
    assert isinstance(page, Labels)
    page.pair.setCurrentIndex(1)
    cells = page.cells()
    assert cells[0] == ["", "claim", "denial", "casualty", "actor", "nothing"]
    denial = next(row for row in cells if row[0] == "denial")
    assert denial[1] == 3
    page.take_focus()
    assert page.view is not None
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.accessibleDescription() == "ann denial, bob claim: 3"
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    search(shown, qtbot)
    assert shown.panel.title.text() == "denial against claim"
    assert shown.panel.model.rowCount() == 3
    assert shown.panel.model.rows[0].says == "ann: denial · bob: claim"


def test_causes_open_too(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    shown.show_page("Causes")
    page = shown.page
    assert isinstance(page, Causes)
    assert page.said.text() == "All agree at 3 of 12 places and links."
    for table in page.tables:
        table._on_opened(table.rows.index(0, 0))
        search(shown, qtbot)
        assert shown.panel.model.every
    assert page.view is not None
    page.view.opened.emit(page.view.marks[2].opens)
    search(shown, qtbot)
    assert shown.panel.title.text() == "Differences: boundary"
    assert shown.panel.model.rowCount() == 3
    QTest.keyClick(page.view, Qt.Key.Key_End)
    assert page.view.current == len(page.view.marks) - 1


def test_pictures_tables_and_the_report_are_saved(
    three: Maker, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown = opened()
    assert shown.report is not None
    assert not shown.report.by  # nobody looks at parts
    shown.show_page("Confusion")

    def chosen(name: str, kind: str) -> None:
        path = str(tmp_path / name)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, kind))

    chosen("map", "PNG picture (*.png)")
    shown.picture.click()
    assert not QImage(str(tmp_path / "map.png")).isNull()
    chosen("map.svg", "")
    shown.picture.click()
    assert b"denial" in (tmp_path / "map.svg").read_bytes()
    chosen("map", "CSV table (*.csv)")
    shown.table.click()
    with (tmp_path / "map.csv").open(newline="") as stream:
        assert next(csv.reader(stream))[-1] == "nothing"
    chosen("all", "Markdown report (*.md)")
    shown.save_report.click()
    wait(shown, qtbot)
    words = (tmp_path / "all.md").read_text()
    assert words.startswith("# Agreement")
    assert "## By round (drift)" in words
    (tmp_path / "all.md").unlink()
    shown.save_report.click()
    assert (tmp_path / "all.md").read_text() == words
    said: list[str] = []
    shown.hub.failed.connect(said.append)
    chosen("map.gif", "")
    shown.picture.click()
    assert said == ["map.gif should end with .png or .svg."]
    twin = tmp_path / "twin.csv"
    twin.symlink_to(shown.hub.project.path)
    with pytest.raises(UserError, match="the project itself"):
        shown.write_table(twin)


def test_a_figure_is_copied_as_a_sentence(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    clipboard = QGuiApplication.clipboard()
    said: list[str] = []
    shown.hub.said.connect(said.append)
    table = shown.pages["Figures"].tables[0]
    shown.show_page("Causes")
    shown.copy()
    assert said == ["Go to a figure first."]
    shown.show_page("Figures")
    table.table.setCurrentIndex(table.rows.index(1, 0))
    shown.copy_sentence.click()
    words = clipboard.text()
    assert words.startswith("F1, exact 0.286, 95 % interval")
    assert "2 annotators, 3 articles, n = 21" in words
    shown.show_page("By part")
    parts = shown.page
    assert isinstance(parts, Parts)
    for by, start, rest in (
        ("label", "claim: F1, exact", "3 articles"),
        ("pair", "ann & bob: F1, exact", "2 annotators"),
        ("document", "Article 1: F1, exact", "1 article,"),
        ("order", "articles 1: F1, exact", "1 article,"),
    ):
        parts.by.setCurrentIndex(list(BY_NAMES).index(by))
        wait(shown, qtbot)
        shown.copy()
        assert clipboard.text().startswith(start)
        assert rest in clipboard.text()


def test_choices_narrow_what_is_compared(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    asked = shown.choices
    for name in ("denial", "casualty", "actor"):
        asked.labels[name].setChecked(False)
    asked.reference.setCurrentIndex(1)
    wait(shown, qtbot)
    assert shown.report is not None
    assert "recall_exact" in shown.report.figures
    assert shown.figuring.chosen.labels == ("claim",)
    assert "one label only" in shown.notice.text()
    asked.people["bob"].setChecked(False)
    wait(shown, qtbot)
    assert shown.report is None
    assert shown.notice.text() == "Tick two people or more at the left."
    asked.people["bob"].setChecked(True)
    asked.first.setText("soon")
    wait(shown, qtbot)
    assert shown.notice.text() == "“soon” is no day; write it as 2020-09-27."
    asked.first.setText("2020-09-27")
    wait(shown, qtbot)
    assert shown.notice.text() == NOBODY
    asked.first.clear()
    asked.labels["claim"].setChecked(False)
    wait(shown, qtbot)
    assert shown.notice.text() == "Tick a label at the left."


def test_gamma_comes_when_it_is_asked_for(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    assert shown.report is not None
    assert shown.report.figures["gamma"].value is not None  # so few articles take no time
    shown.choices.gamma.setChecked(False)
    wait(shown, qtbot)
    assert shown.report.figures["gamma"].why.startswith("not computed")
    assert not shown.choices.gamma.isChecked()
    shown.choices.gamma.setChecked(True)
    wait(shown, qtbot)
    assert shown.report.figures["gamma"].value is not None


def test_gamma_of_many_articles_is_asked_for(
    three: Maker, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "FEW_FOR_GAMMA", 2)
    shown = opened()
    assert shown.report is not None
    assert not shown.choices.gamma.isChecked()
    assert shown.report.figures["gamma"].value is None


def test_cancel_keeps_what_was_there(
    three: Maker, opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = opened()
    before = shown.report
    cancelled = Event()

    def long(*_asked: object) -> "Job[None]":
        yield Progress(1, 2, "Counting")
        cancelled.wait(20)
        yield Progress(2, 2, "Counting")

    monkeypatch.setattr(figuring, "agreement", long)
    shown.choices.present.setChecked(True)
    qtbot.waitUntil(lambda: shown.figuring.busy, timeout=5_000)
    qtbot.waitUntil(shown.cancel.isVisible, timeout=5_000)
    shown.cancel.click()
    cancelled.set()
    assert not shown.figuring.busy
    assert not shown.cancel.isVisible()
    assert shown.report is before


def test_rounds_are_compared_with_each_other(maker: Maker, opened: Opened, qtbot: QtBot) -> None:
    maker.add(1, ann=[("claim", "rebels shelled the town", {})])
    maker.write(Layer.of("document-1", "ann", round_=2, state="done"))
    shown = opened()
    assert shown.notice.text().startswith("Only ann has done articles.")
    rounds = shown.choices.rounds
    rounds.setCurrentIndex(rounds.findData("retest ann"))
    wait(shown, qtbot)
    assert shown.report is not None
    assert shown.report.raters == ("ann, round 1", "ann, round 2")


def test_what_is_lacking_is_said(maker: Maker, opened: Opened) -> None:
    shown = opened()
    assert shown.notice.text().startswith("Nobody has done an article yet.")
    assert not shown.save_report.isVisible()
    assert shown.choices.rounds.hasFocus()
    assert shown.panel.said.text() == USUAL
    assert len(shown.stops()) == 1


def test_work_that_is_done_later_counts(three: Maker, opened: Opened, qtbot: QtBot) -> None:
    shown = opened()
    assert shown.report is not None
    assert shown.report.articles == 3
    three.add(
        *(4,),
        ann=[("claim", "rebels shelled", {})],
        bob=[("claim", "rebels shelled", {})],
    )
    bench = bench_of(shown)
    bench.show_perspective("annotate")
    shown.hub.look()
    bench.show_perspective("agreement")
    wait(shown, qtbot)
    assert shown.report.articles == 4


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_other_themes_and_f6(three: Maker, opened: Opened, theme: Any, qtbot: QtBot) -> None:
    shown = opened()
    window = shown.window()
    window.change(theme=theme)  # type: ignore[attr-defined]  # the window's own
    shown.page.tables[0]._on_opened(shown.page.tables[0].rows.index(1, 0))
    search(shown, qtbot)
    seen = set()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_F6)
        seen.add(QApplication.focusWidget())
    assert len(seen) == 3
    assert window.grab().toImage().pixelColor(5, 60).lightness() < 80


def test_everything_that_takes_the_keyboard_has_a_name(three: Maker, opened: Opened) -> None:
    shown = opened()
    for name in shown.pages:
        shown.show_page(name)
        for each in shown.findChildren(QWidget):
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible():
                text = getattr(each, "text", None)
                assert each.accessibleName() or (text is not None and text()), each


def test_the_help_tells_what_the_samples_figures_say(three: Maker, opened: Opened) -> None:
    page = Help(None, Theme.load("light"), opened())
    page.show_figures()
    assert "f1_exact 0.754" in page.text.toPlainText()
    page.close()
