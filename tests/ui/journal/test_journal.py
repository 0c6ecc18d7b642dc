"""The journal: read, searched, gone back in."""

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Entity, TimeSpent
from annotator.core.span import Span
from annotator.project import Project
from annotator.store.journal import WORK
from annotator.ui.hub import Hub
from annotator.ui.journal.dialog import JournalDialog
from annotator.ui.journal.rows import PAGE
from annotator.ui.window import Window


def tag(project: Project, document: str, span: Span, label: str = "claim") -> None:
    layer = project.layer(document)
    project.apply(verbs.mark(layer, [span], label, fresh=project.is_fresh(layer)))


@pytest.fixture
def articles(project: Project) -> list[str]:
    """The ids of the articles, after some work by two persons on two of them."""
    ids = [each.id for each in project.documents()]
    tag(project, ids[0], Span(4, 12))
    tag(project, ids[1], Span(23, 29), "actor")
    project.switch("bob")
    tag(project, ids[0], Span(23, 29), "actor")
    project.switch("ann")
    return ids


@pytest.fixture
def journal(articles: list[str], window: Window) -> JournalDialog:
    assert articles
    window.run_key("Ctrl+H")
    return window.findChildren(JournalDialog)[-1]


def sentences(journal: JournalDialog) -> list[str]:
    rows = range(journal.rows.rowCount())
    return [line.sentence for row in rows if (line := journal.rows.line(row))]


def hub(window: Window) -> Hub:
    assert window.bench is not None
    return window.bench.hub


def test_what_happened_is_told_newest_first(journal: JournalDialog) -> None:
    told = sentences(journal)
    assert told[0] == "bob tagged “rebels” actor in “Article 1”"
    assert "You are here: ann tagged “rebels” actor in “Article 2”" in told
    assert "ann tagged “ministry” claim in “Article 1”" in told
    assert "ann added 3 articles" in told
    first = journal.rows.line(0)
    assert first is not None
    assert first.heading
    assert first.sentence in first.spoken
    assert journal.rows.line(-1) is None


def test_time_of_work_is_not_listed(articles: list[str], window: Window) -> None:
    with hub(window).project.bring_in(WORK, nobodys=True) as intake:
        intake.add(inserted([TimeSpent("layer", 60)]))
    window.run_key("Ctrl+H")
    (journal,) = window.findChildren(JournalDialog)
    assert articles
    assert not [each for each in sentences(journal) if WORK in each]
    assert sentences(journal)[0].startswith("bob tagged")


def test_the_whole_name_is_seen(journal: JournalDialog) -> None:
    assert journal.person.minimumContentsLength() >= len("everybody")


def test_the_journal_is_narrowed(journal: JournalDialog, qtbot: QtBot) -> None:
    journal.person.setCurrentIndex(journal.person.findData("bob"))
    assert sentences(journal) == ["bob tagged “rebels” actor in “Article 1”"]
    journal.person.setCurrentIndex(0)
    journal.here.setChecked(True)
    qtbot.waitUntil(lambda: not journal.rows.searching)
    assert sentences(journal) == [each for each in sentences(journal) if "Article 2" not in each]
    journal.here.setChecked(False)
    journal.words.setText("REBELS actor")
    qtbot.waitUntil(lambda: not journal.rows.searching)
    assert len(sentences(journal)) == 2
    journal.words.setText("nowhere")
    qtbot.waitUntil(lambda: not journal.rows.searching)
    assert journal.said.text() == "Nothing in the journal is like this."


def test_enter_goes_to_the_place(
    journal: JournalDialog, window: Window, articles: list[str]
) -> None:
    row = next(n for n, each in enumerate(sentences(journal)) if "Article 2" in each)
    journal.list.setCurrentIndex(journal.rows.index(row))
    QTest.keyClick(journal.list, Qt.Key.Key_Return)
    document, focused = hub(window).document, hub(window).focused
    assert document is not None
    assert document.id == articles[1]
    assert focused is not None
    assert focused.envelope == Span(23, 29)
    journal.list.setCurrentIndex(journal.rows.index(0))
    journal.place.click()
    assert "not yours" in journal.said.text()


def test_back_to_a_line_and_forward_again(journal: JournalDialog, window: Window) -> None:
    project = hub(window).project
    row = next(n for n, each in enumerate(sentences(journal)) if "added 3" in each)
    journal.list.setCurrentIndex(journal.rows.index(row))
    journal.back.click()
    assert journal.question.text() == (
        "This takes back 2 edits of yours. All of it can be done again."
    )
    QTest.keyClick(journal, Qt.Key.Key_Escape)
    assert not journal.asking.isVisible()
    journal.back.click()
    journal.agree.click()
    assert project.undo_name == "import articles"
    assert journal.said.text() == "Undone: 2 edits."
    assert any(each.startswith("Taken back: ann tagged “ministry”") for each in sentences(journal))
    row = next(n for n, each in enumerate(sentences(journal)) if each.startswith("Taken back"))
    journal.list.setCurrentIndex(journal.rows.index(row))
    assert journal.back.text() == "Go forward to here…"
    journal.back.click()
    assert journal.question.text() == "This does 2 edits again."
    journal.agree.click()
    assert project.redo_name == ""
    journal.list.setCurrentIndex(journal.rows.index(0))
    journal.back.click()
    assert journal.said.text() == "You are here already."
    assert project.check() == []


def test_undo_asks_before_it_takes_others_edits_back(window: Window, project: Project) -> None:
    entity = Entity("x", "one")
    project.apply(Edit("add x", inserted([entity])))
    project.switch("bob")
    project.apply(verbs.change_entity(entity, name="two"))
    project.switch("ann")
    window.run_key("Ctrl+Z")
    (journal,) = window.findChildren(JournalDialog)
    assert "bob changed the same entity later" in journal.question.text()
    assert "and 1 edit of others: bob “change entity” (" in journal.question.text()
    assert project.read.entity("x") is not None
    journal.agree.click()
    assert project.read.entity("x") is None
    assert project.check() == []


def test_undo_goes_to_the_article_it_changed(
    window: Window, project: Project, articles: list[str]
) -> None:
    hub(window).open_document(articles[0])
    window.run_key("Ctrl+Z")
    document = hub(window).document
    assert document is not None
    assert document.id == articles[1]
    assert window.bench is not None
    assert window.bench.status.message.text() == "Undone: tag actor in “Article 2”."
    window.run_key("Ctrl+Z")
    assert hub(window).document != document
    window.run_key("Ctrl+Y")
    focused = hub(window).focused
    assert focused is not None
    assert focused.envelope == Span(4, 12)
    assert project.check() == []


def test_the_journal_is_shown_once_and_goes_with_its_project(
    window: Window, project: Project
) -> None:
    window.show_journal()
    window.show_journal()
    (journal,) = window.findChildren(JournalDialog)
    journal.words.setText("one")
    assert window.bench is not None
    timers = window.bench.findChildren(QTimer)
    assert any(each.isActive() for each in timers)
    window.let_go()
    assert not journal.isVisible()
    assert not any(each.isActive() for each in timers)


def test_a_long_journal_is_read_where_it_is_looked_at(window: Window, project: Project) -> None:
    for number in range(3 * PAGE):
        project.apply(Edit(f"e{number}", inserted([Entity(f"e{number}", f"n{number}")])))
    start = time.monotonic()
    window.show_journal()
    (journal,) = window.findChildren(JournalDialog)
    QApplication.processEvents()
    last = journal.rows.line(journal.rows.rowCount() - 1)
    assert last is not None
    assert len(journal.rows._pages) <= 3
    assert time.monotonic() - start < 30
