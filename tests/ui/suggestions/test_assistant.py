"""Asking for suggestions, hiding them, learning in the background, and how good they are."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import inserted
from annotator.core.model import Annotation, Annotator, Document, Layer
from annotator.core.span import Span
from annotator.core.suggestions import KEY, OFF
from annotator.suggest.work_order import KEY as ORDER
from annotator.suggest.work_order import WorkOrder
from annotator.ui.actions.table import ACTIONS
from annotator.ui.bench import Bench
from annotator.ui.suggestions.learner import Learner
from annotator.ui.suggestions.quality_dialog import NOTHING, QualityDialog
from annotator.ui.window import Window
from tests.strategies import document_of
from tests.ui.suggestions.conftest import press, words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bench(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


@pytest.fixture
def run(window: Window) -> Callable[[str], None]:
    """Do an action of the table, where it can be done."""

    def do(name: str) -> None:
        action = next(each for each in ACTIONS if each.id == name)
        assert action.possible(window)
        action.run(window, "")

    return do


def said(bench: Bench) -> str:
    return bench.status.message.text()


def machines(bench: Bench) -> list[str]:
    """The articles, by number in the list, for which something is suggested."""
    read = bench.hub.project.read
    found = [
        number
        for number, each in enumerate(read.documents(), 1)
        if read.label_counts(Layer.of(each.id, "machine", role="machine").id)
    ]
    return [str(each) for each in found]


def test_suggesters_go_over_an_article_or_all(
    qtbot: QtBot, window: Window, bench: Bench, run: Callable[[str], None]
) -> None:
    run("suggest here")
    qtbot.waitUntil(lambda: said(bench).startswith("Suggested"))
    assert machines(bench) == ["1"]
    assert len(words(window)) > 2
    run("suggest everywhere")
    qtbot.waitUntil(lambda: machines(bench) == ["1", "2", "3"])
    assert bench.hub.project.undo_name == "suggest"


def test_a_plug_in_that_is_broken_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from annotator.core.errors import UserError

    def broken() -> None:
        raise UserError("The suggester “x” can't be loaded.")

    monkeypatch.setattr("annotator.suggest.registry.suggesters", broken)
    with qtbot.waitSignal(bench.hub.failed):
        bench.assistant.suggest()


def test_a_switch_hides_all_and_is_kept_in_the_project(
    window: Window, bench: Bench, run: Callable[[str], None]
) -> None:
    shown = next(each for each in ACTIONS if each.id == "suggestions").checked
    assert shown is not None
    assert shown(window)
    run("suggestions")
    assert not shown(window)
    assert bench.hub.project.read.setting(KEY) == OFF
    assert words(window) == []
    assert not next(each for each in ACTIONS if each.id == "suggest here").possible(window)
    run("suggestions")
    assert len(words(window)) == 4
    bench.hub.undo()
    assert words(window) == []


def test_the_order_of_work_is_chosen_and_kept(
    window: Window, bench: Bench, run: Callable[[str], None]
) -> None:
    read = bench.hub.project.read
    run("order random")
    first = WorkOrder.loads(read.setting(ORDER))
    assert first.by == "random"
    assert first.seed > 0
    assert str(first.seed) in said(bench)
    assert next(each for each in ACTIONS if each.id == "order random").checked(window)  # type: ignore[misc]  # it has one
    run("order uncertainty")
    assert WorkOrder.loads(read.setting(ORDER)) == WorkOrder("uncertainty", first.seed)
    run("order queue")
    assert bench.assistant.way == "queue"


def teach(bench: Bench, row: int) -> None:
    """Tag a casualty in the article of a row, and say that it is done."""
    listing = bench.documents.model.listing(row)
    assert listing is not None
    bench.open_document(listing.id)
    document, layer = bench.hub.document, bench.hub.layer
    assert document is not None
    assert layer is not None
    start = document.text.index("Two soldiers")
    span = Span(start, start + len("Two soldiers"))
    bench.hub.apply(verbs.mark(layer, (span,), "casualty", fresh=True))


def add_done(bench: Bench, number: int) -> None:
    """Add articles like the open one in which somebody else has tagged a casualty."""
    document = bench.hub.document
    assert document is not None
    added: list[Annotator | Document | Layer | Annotation] = [Annotator("bo")]
    for each in range(number):
        other = document_of(f"{document.text}\nThis was report {each}.", language="en")
        layer = Layer.of(other.id, "bo", state="done")
        start = other.text.index("Two soldiers")
        span = Span(start, start + len("Two soldiers"))
        added += [other, layer, Annotation(f"casualty {each}", layer.id, (span,), "casualty")]
    with bench.hub.project.bring_in("add", nobodys=True) as intake:
        intake.add(inserted(added))


def test_what_is_done_is_learned_from_for_the_next_article(
    qtbot: QtBot, window: Window, bench: Bench
) -> None:
    teach(bench, 0)
    add_done(bench, 6)
    learner = bench.assistant.learner
    with qtbot.waitSignal(learner.learned, timeout=60_000):
        press(window, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(50)
        if bench.article.checks.strip.isVisible():
            press(window, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
        learner.start()  # what is done meanwhile is learned from afterwards
    document = bench.hub.document
    assert document is not None
    assert document.title == "Article 2"
    assert words(window)
    assert {each.meta["by"] for each in window.desk.suggestions.pending.values()} == {"learned"}
    assert machines(bench) == ["1", "2", "3"]
    # What it brought is nobody's edit: undo goes back to the person's.
    assert "suggest" not in bench.hub.project.undo_name
    qtbot.waitUntil(lambda: not learner.busy, timeout=60_000)


def test_nothing_is_learned_where_nobody_asked(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = bench.assistant.learner
    bench.assistant.switch()
    learner.start()
    assert not learner.busy
    bench.assistant.switch()
    monkeypatch.setattr("annotator.ui.suggestions.learner.MACHINE", "nobody")
    learner.start()
    assert not learner.busy


def test_why_nothing_was_learned_is_told(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = bench.assistant.learner
    failing = "import sys; sys.stderr.write('What learns is ill.'); sys.exit(1)"
    command = [sys.executable, "-c", failing]
    monkeypatch.setattr("annotator.transfer.learner.command", lambda *_: command)
    with qtbot.waitSignal(learner.failed, timeout=60_000):
        learner.start()
    assert said(bench) == "Nothing was learned in the background. What learns is ill."
    bench.hub.said.emit("Something else.")
    with qtbot.waitSignal(learner.failed, timeout=60_000):
        learner.start()
    assert said(bench) == "Something else."  # it is said once
    learner.learned.emit()  # and again where it went well meanwhile
    with qtbot.waitSignal(learner.failed, timeout=60_000):
        learner.start()
    assert said(bench).endswith("What learns is ill.")
    monkeypatch.setattr("annotator.transfer.learner.command", lambda *_: ["/no/such/program"])
    with qtbot.waitSignal(learner.failed) as told:
        learner.start()
    assert told.args == ["What learns could not be started."]


def test_nothing_done_is_no_failure(qtbot: QtBot, bench: Bench) -> None:
    learner = bench.assistant.learner
    with qtbot.waitSignal(learner.learned, timeout=60_000), qtbot.assertNotEmitted(learner.failed):
        learner.start()


def test_without_an_open_article(
    qtbot: QtBot, bench: Bench, window: Window, run: Callable[[str], None]
) -> None:
    bench.hub.open_document(None)
    here = next(each for each in ACTIONS if each.id == "suggest here")
    assert not here.possible(window)
    bench.assistant.suggest()  # by a script, or before the list is read
    assert machines(bench) == ["1"]
    run("suggest everywhere")
    qtbot.waitUntil(lambda: machines(bench) == ["1", "2", "3"])


def test_what_can_not_be_brought_in_is_dropped(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.core.errors import UserError

    def busy(*_: object) -> None:
        raise UserError("An import is running.")

    learner = bench.assistant.learner
    monkeypatch.setattr("annotator.transfer.suggesting.bring", busy)
    learner._brought = [("one", []), ("two", [])]
    with qtbot.waitSignal(learner.learned):
        learner._bringing.start()
    assert not learner.busy


def test_closing_ends_the_learning(bench: Bench, qtbot: QtBot) -> None:
    learner = Learner(bench.hub, lambda: True, lambda _most: [], bench)
    learner.start()
    assert learner.busy
    learner.close()
    assert not learner.busy


def test_which_suggester_is_how_good(
    window: Window, bench: Bench, run: Callable[[str], None]
) -> None:
    press(window, Qt.Key.Key_W, Qt.Key.Key_Y, Qt.Key.Key_X)
    run("quality")
    dialog = bench.findChild(QualityDialog)
    assert dialog is not None
    rows = {(row[0], row[1]): row for row in dialog.rows.rows}
    assert rows["actors", "all labels"][2:7] == (2, 1, 0, 0, "100%")
    assert rows["cues", "Claim"][2:7] == (1, 0, 0, 1, "  0%")
    assert rows["numbers", "Casualty"][6:] == ("–", 0, 0, "–")
    window.desk.set_state("done")
    rows = {(row[0], row[1]): row for row in dialog.rows.rows}
    assert rows["actors", "Actor"][7:] == (2, 1, " 50%")
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].startswith("Suggester\tLabel\tSuggested")
    assert len(copied) == len(rows) + 1
    dialog.close_.click()


def test_where_nothing_was_suggested_the_table_says_so(
    window: Window, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(bench.hub.project.read), "suggestion_tallies", lambda _self: [])
    bench.assistant.show_quality()
    dialog = bench.findChild(QualityDialog)
    assert dialog is not None
    assert dialog.said.text() == NOTHING
    assert not dialog.copy.isEnabled()
    dialog.close()
