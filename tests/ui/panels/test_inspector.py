"""The inspector: what it shows of the focused span, and where what is typed goes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Annotation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset_toml import dumps
from annotator.ui.actions import table
from annotator.ui.gestures.modes import Slot
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import DateEditor, LineEditor
from annotator.ui.panels.choices import ChoiceEditor
from annotator.ui.panels.history import MOST_TOLD
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.register_dialog import RegisterDialog
from annotator.ui.theme import Theme
from annotator.ui.window import Window


def labelled(hub: Hub, label: str) -> list[Annotation]:
    found = [each for each in hub.annotations.values() if each.label == label]
    return sorted(found, key=lambda each: each.envelope)


def line(inspector: Inspector, name: str) -> QLineEdit:
    form = inspector.card.form
    assert form is not None
    editor = form.editors[name]
    assert isinstance(editor, LineEditor)
    return editor.line


def retype(qtbot: QtBot, widget: QLineEdit, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)


def test_a_focused_span_shows_its_label_words_and_counts(inspector: Inspector, hub: Hub) -> None:
    assert inspector.summary.isVisible()
    assert inspector.counts.numbers == {"claim": 20, "denial": 2, "casualty": 10, "actor": 51}
    hub.focus(labelled(hub, "denial")[0].id)
    assert inspector.card.heading.text() == "Denial"
    assert inspector.card.quote.text().startswith("“the information of the Armenian")
    assert inspector.card.quote.text().endswith("not true”")
    assert not inspector.summary.isVisible()
    hub.focus(None)
    assert not inspector.card.isVisible()
    assert inspector.summary.isVisible()


def test_a_choice_is_saved_at_once(inspector: Inspector, hub: Hub) -> None:
    denial = labelled(hub, "denial")[0]
    hub.focus(denial.id)
    assert inspector.card.form is not None
    editor = inspector.card.form.editors["kind"]
    assert isinstance(editor, ChoiceEditor)
    editor.combo.setCurrentIndex(2)
    editor.combo.activated.emit(2)
    assert hub.annotations[denial.id].attributes["kind"] == "refusal to confirm"
    hub.undo()
    assert editor.combo.currentText() == "explicit"
    editor.combo.setCurrentIndex(0)
    editor.combo.activated.emit(0)
    assert "kind" not in hub.annotations[denial.id].attributes


def test_pending_text_goes_to_the_span_it_was_typed_for(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    one, other = [each for each in labelled(hub, "casualty") if each.attributes.get("low")][:2]
    before = other.attributes
    hub.focus(one.id)
    retype(qtbot, line(inspector, "low"), "77")
    inspector.card.note.setPlainText("typed for the first")
    hub.focus(other.id)
    assert hub.annotations[one.id].attributes["low"] == 77
    assert hub.annotations[one.id].note == "typed for the first"
    assert hub.annotations[other.id].attributes == before
    assert hub.annotations[other.id].note == other.note
    assert line(inspector, "low").text() == str(before["low"])


def test_pending_text_is_saved_when_another_article_opens(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    casualty = labelled(hub, "casualty")[0]
    hub.focus(casualty.id)
    retype(qtbot, line(inspector, "high"), "5")
    hub.open_document("018f")
    saved = hub.project.read.annotation(casualty.id)
    assert saved is not None
    assert saved.attributes["high"] == 5
    assert inspector.counts.numbers == {}


@pytest.mark.parametrize("bad", ["-3", "some", "2.5", "1" * 20])
def test_a_bad_number_stays_with_a_sentence_and_is_told_when_left(
    inspector: Inspector, hub: Hub, qtbot: QtBot, bad: str
) -> None:
    casualty = labelled(hub, "casualty")[0]
    hub.focus(casualty.id)
    low = line(inspector, "low")
    retype(qtbot, low, bad)
    QTest.keyClick(low, Qt.Key.Key_Return)
    assert low.text() == bad
    assert inspector.card.form is not None
    assert inspector.card.form.editors["low"].problem
    assert hub.annotations[casualty.id] == casualty
    with qtbot.waitSignal(hub.failed) as told:
        hub.focus(None)
    assert told.args is not None
    assert "Low" in told.args[0]


def test_what_cannot_be_saved_stays_typed(
    inspector: Inspector, hub: Hub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.focus(labelled(hub, "casualty")[0].id)
    monkeypatch.setattr(hub.project, "read_only", "it is locked")
    low = line(inspector, "low")
    retype(qtbot, low, "9")
    with qtbot.waitSignal(hub.failed):
        QTest.keyClick(low, Qt.Key.Key_Return)
    hub.changed.emit(Edit("nothing", ()))
    assert low.text() == "9"
    monkeypatch.undo()
    inspector.commit()
    assert hub.focused is not None
    assert hub.focused.attributes["low"] == 9


def test_undo_refreshes_and_leaves_keyboard_and_cursor(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    casualty = next(each for each in labelled(hub, "casualty") if each.attributes.get("low"))
    hub.focus(casualty.id)
    low, note = line(inspector, "low"), inspector.card.note
    retype(qtbot, low, "1234")
    QTest.keyClick(low, Qt.Key.Key_Return)
    low.setCursorPosition(1)
    hub.undo()
    assert low.text() == str(casualty.attributes["low"])
    assert low.hasFocus()
    assert low.cursorPosition() == 1
    note.setFocus()
    note.setPlainText("abc")
    inspector.commit()
    QTest.keyClicks(note, "def")
    hub.apply(verbs.set_attribute(hub.annotations[casualty.id], "low", 3))
    assert note.toPlainText() == "defabc"
    assert note.textCursor().position() == 3
    assert note.hasFocus()
    assert low.text() == "3"


def test_undo_is_the_lines_own_while_text_is_pending(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    undo = QAction("Undo", inspector)
    undo.setShortcut("Ctrl+Z")
    undo.triggered.connect(hub.undo)
    inspector.addAction(undo)
    casualty = next(each for each in labelled(hub, "casualty") if each.attributes.get("low"))
    hub.focus(casualty.id)
    low = line(inspector, "low")
    low.setFocus()
    low.selectAll()
    QTest.keyClicks(low, "88")
    QTest.keyClick(low, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hub.annotations[casualty.id] == casualty
    retype(qtbot, low, "99")
    QTest.keyClick(low, Qt.Key.Key_Return)
    assert hub.annotations[casualty.id].attributes["low"] == 99
    QTest.keyClick(low, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hub.annotations[casualty.id] == casualty
    assert low.text() == str(casualty.attributes["low"])


def test_a_note_is_saved_after_a_rest(
    inspector: Inspector, hub: Hub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = labelled(hub, "claim")[0]
    hub.focus(claim.id)
    inspector.edit(Slot())
    inspector.card.note._timer.setInterval(10)
    QTest.keyClicks(inspector.card.note, "why?")
    qtbot.waitUntil(lambda: hub.annotations[claim.id].note == "why?", timeout=2000)
    assert inspector.card.note.hasFocus()


def test_text_that_the_widget_shows_otherwise_is_not_changed_by_a_look(
    inspector: Inspector, hub: Hub
) -> None:
    claim = labelled(hub, "claim")[0]
    note = "a\u00a0b\u2028c"
    hub.apply(verbs.set_note(claim, note))
    hub.focus(claim.id)
    inspector.card.note.setFocus()
    hub.focus(None)
    assert hub.annotations[claim.id].note == note


def test_dates_are_typed_freely_and_shown_nicely(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    denial = labelled(hub, "denial")[0]
    hub.focus(denial.id)
    assert inspector.card.form is not None
    when = inspector.card.form.editors["when"]
    assert isinstance(when, DateEditor)
    retype(qtbot, when.days, "2022-09-12 - 2022-09-13")
    QTest.keyClick(when.days, Qt.Key.Key_Return)
    assert when.days.text() == "12–13 September 2022"
    retype(qtbot, when.words, "that night")
    QTest.keyClick(when.words, Qt.Key.Key_Return)
    value = hub.annotations[denial.id].attributes["when"]
    assert value == {"text": "that night", "from": "2022-09-12", "to": "2022-09-13"}
    retype(qtbot, when.days, "some day")
    QTest.keyClick(when.days, Qt.Key.Key_Return)
    assert when.problem
    assert when.days.text() == "some day"
    retype(qtbot, when.days, "")
    QTest.keyClick(when.days, Qt.Key.Key_Return)
    assert "date" in when.problem
    assert when.words.text() == "that night"
    retype(qtbot, when.words, "")
    QTest.keyClick(when.words, Qt.Key.Key_Return)
    assert "when" not in hub.annotations[denial.id].attributes


def test_a_high_below_the_low_is_advised_not_refused(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    casualty = next(each for each in labelled(hub, "casualty") if each.attributes.get("low"))
    hub.focus(casualty.id)
    high = line(inspector, "high")
    retype(qtbot, high, "1")
    QTest.keyClick(high, Qt.Key.Key_Return)
    assert hub.annotations[casualty.id].attributes["high"] == 1
    assert inspector.card.form is not None
    assert "below" in inspector.card.form.editors["high"].problem


def test_a_span_that_goes_takes_the_panel_along(inspector: Inspector, hub: Hub) -> None:
    claim = labelled(hub, "claim")[0]
    hub.focus(claim.id)
    inspector.card.note.setPlainText("never saved")
    hub.apply(verbs.remove([claim], list(hub.relations.values())))
    assert not inspector.card.isVisible()
    assert inspector.counts.numbers["claim"] == 19
    hub.undo()
    assert inspector.counts.numbers["claim"] == 20
    hub.focus(claim.id)
    assert inspector.card.note.toPlainText() == claim.note


def test_a_retagged_span_gets_the_other_form(inspector: Inspector, hub: Hub) -> None:
    denial = labelled(hub, "denial")[0]
    hub.focus(denial.id)
    inspector.card.stops()[0].setFocus()
    broken = [each for each in hub.relations.values() if denial.id in (each.source, each.target)]
    edit = verbs.relabel(denial, "casualty", kept=["when"], broken=broken)
    assert hub.apply(edit)
    assert inspector.card.heading.text() == "Casualty"
    assert inspector.card.form is not None
    assert "low" in inspector.card.form.editors
    hub.undo()
    assert "kind" in inspector.card.form.editors


def test_escape_saves_and_leaves(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    casualty = labelled(hub, "casualty")[0]
    hub.focus(casualty.id)
    for stop in inspector.card.stops():
        stop.setFocus()
        with qtbot.waitSignal(inspector.left, timeout=500):
            QTest.keyClick(stop, Qt.Key.Key_Escape)
    low = line(inspector, "low")
    retype(qtbot, low, "6")
    QTest.keyClick(low, Qt.Key.Key_Escape)
    assert hub.annotations[casualty.id].attributes["low"] == 6


@pytest.mark.parametrize("label", ["claim", "denial", "casualty", "actor"])
def test_tab_goes_through_everything_from_top_to_bottom(
    inspector: Inspector, hub: Hub, qtbot: QtBot, label: str
) -> None:
    hub.focus(labelled(hub, label)[0].id)
    QApplication.processEvents()  # the layouts
    inspector.take_focus()
    passed: list[QWidget] = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in passed:
            break
        passed.append(widget)
        assert widget.accessibleName()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert passed[-2:] == [inspector.question, inspector.done]
    body = inspector.body
    inside = [each for each in passed if body.isAncestorOf(each)]
    tops = [each.mapTo(body, each.rect().topLeft()).y() for each in inside]
    assert all(later >= earlier - 40 for earlier, later in pairwise(tops))
    own = (*inspector.card.stops(), inspector.guideline.heading, inspector.history.heading)
    assert len(inside) == len([each for each in own if each.isVisible()])


@pytest.mark.parametrize("width", [260, 300, 340])
def test_nothing_is_wider_than_the_panel(
    inspector: Inspector, hub: Hub, qtbot: QtBot, width: int
) -> None:
    inspector.resize(width, 560)
    for label in ("claim", "denial", "casualty", "actor"):
        hub.focus(labelled(hub, label)[0].id)
        QApplication.processEvents()
        body, view = inspector.body, inspector.area.viewport()
        assert inspector.width() == width
        assert body.width() <= view.width()
        for child in body.findChildren(QWidget):
            if child.isVisible() and child.window() is inspector.window():
                right = child.mapTo(body, child.rect().topRight()).x()
                assert right < view.width(), (child, child.objectName())


def test_sixty_labels_show_those_that_are_used(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    tagset = hub.tagset
    for number in range(60):
        tagset = tagset.with_label(f"label {number}")
    version = TagsetVersion(2, dumps(replace(tagset, version=2)))
    assert hub.apply(Edit("change tag set", inserted([version])))
    assert hub.layer is not None
    new = [
        Annotation(new_id(), hub.layer.id, (Span(number, number + 3),), f"label {number}")
        for number in range(40)
    ]
    hub.apply(Edit("tag many", inserted(new)))
    assert len(inspector.counts.numbers) == 44
    inspector.resize(300, 560)
    QApplication.processEvents()
    assert inspector.body.width() <= inspector.area.viewport().width()
    assert inspector.area.verticalScrollBar().maximum() > 0
    hub.focus(new[5].id)
    assert inspector.card.heading.text() == "Label 5"


def test_the_foot_asks(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.question_asked):
        inspector.question.click()
    with qtbot.waitSignal(inspector.done_asked):
        inspector.done.click()
    assert hub.layer is not None
    hub.apply(verbs.set_state(hub.layer, "question"))
    assert inspector.question.text() == "Withdraw question"
    hub.open_document(None)
    assert not inspector.done.isEnabled()


def test_another_theme_redraws_everything(inspector: Inspector, hub: Hub) -> None:
    claim = labelled(hub, "claim")[0]
    hub.focus(claim.id)
    inspector.set_theme(Theme.load("dark"))
    assert inspector.card.heading.text() == "Claim"
    assert inspector.card.links.sections
    assert not inspector.grab().isNull()


def test_read_only_shows_and_changes_nothing(
    hub: Hub, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub.project, "read_only", "made by a newer version")
    inspector = Inspector(hub, theme)
    qtbot.addWidget(inspector)
    inspector.show()
    hub.focus(labelled(hub, "claim")[0].id)
    assert inspector.card.note.isReadOnly()
    assert inspector.card.form is not None
    assert not inspector.card.form.editors["topic"].isEnabled()
    assert not inspector.done.isEnabled()
    assert "newer version" in inspector._notice.text()


def test_the_guideline_has_its_examples_apart(inspector: Inspector, hub: Hub) -> None:
    hub.focus(labelled(hub, "casualty")[0].id)
    guideline = inspector.guideline
    assert guideline.examples == ["“two military contractors”"]
    hub.focus(labelled(hub, "actor")[0].id)
    assert guideline.examples == ["“The Ministry of Defense of Azerbaijan”"]


def test_a_folded_guideline_stays_folded(window: Window) -> None:
    assert window.bench is not None
    own = window.bench.inspector.guideline
    assert own.is_open
    own.heading.click()
    assert not own.is_open
    assert not window.settings.guideline
    window.switch("guideline")
    assert own.is_open


def test_the_history_of_a_span_is_told_when_it_is_unfolded(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    casualty = labelled(hub, "casualty")[0]
    hub.focus(casualty.id)
    history = inspector.history
    assert history.lines == []
    inspector.show_history()
    assert history.heading.hasFocus()
    assert len(history.lines) == 1
    assert history.lines[0].startswith("ann tagged “")
    hub.apply(verbs.set_attribute(casualty, "outcome", "missing"))
    qtbot.waitUntil(lambda: len(history.lines) == 2)
    assert "changed outcome from" in history.lines[0]
    for number in range(MOST_TOLD):
        hub.apply(verbs.set_attribute(hub.annotations[casualty.id], "low", number))
    qtbot.waitUntil(lambda: history.lines[-1] == "and 2 more")
    history.heading.click()
    assert history.lines == []
    hub.focus(None)
    assert not history.isVisible()


def test_a_history_that_can_not_be_read_says_so(
    inspector: Inspector, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def history(*_: str) -> None:
        raise UserError("The file is damaged.")

    monkeypatch.setattr(hub.project.read.journal, "history", history)
    hub.focus(labelled(hub, "casualty")[0].id)
    inspector.show_history()
    assert inspector.history.lines == ["The file is damaged."]


def test_the_register_and_the_history_are_actions(window: Window, qtbot: QtBot) -> None:
    assert window.bench is not None
    view = window.desk.view
    view.select(Span(4, 12))
    window.desk.tag("actor")
    rows = {each.id: each for each in table.ACTIONS}
    rows["history"].run(window, "")
    assert window.bench.inspector.history.is_open
    rows["register"].run(window, "")
    dialog = window.findChild(RegisterDialog)
    assert isinstance(dialog, RegisterDialog)
    assert [each.name for each in dialog.register.entities] == ["Ministry of Defence"]
    dialog.close()
