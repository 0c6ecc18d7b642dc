"""The window: the issue's gestures by keys, from the text to the file and back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset_toml import dumps
from annotator.project import Project
from annotator.ui import statusbar
from annotator.ui.bench import Bench
from annotator.ui.gestures.modes import Armed, Idle, Reopened
from annotator.ui.window import Window

Key = Qt.Key
Held = Qt.KeyboardModifier


def bench_of(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


def press(window: Window, key: Key, held: Held = Held.NoModifier) -> None:
    QTest.keyClick(bench_of(window).article.view, key, held)


def mark(window: Window, words: str, key: Key) -> Annotation:
    """Select the words and tag them by a key; the annotation that has the focus then."""
    bench = bench_of(window)
    assert bench.hub.document is not None
    start = bench.hub.document.text.index(words)
    bench.article.view.select(Span(start, start + len(words)))
    press(window, key)
    assert bench.hub.focused is not None
    assert bench.hub.focused.quote(bench.hub.document.text) == words
    return bench.hub.focused


def stored(window: Window) -> list[Annotation]:
    """The annotations of the open layer as another reader of the file finds them."""
    bench = bench_of(window)
    assert bench.hub.layer is not None
    with Project.open(bench.hub.project.path, who="ann") as other:
        return list(other.annotations(layer=bench.hub.layer.id))


def test_a_digit_tags_the_selection_and_the_file_has_it(window: Window) -> None:
    made = mark(window, "rebels shelled the town", Key.Key_1)
    assert made.label == "claim"
    assert [each.id for each in stored(window)] == [made.id]
    assert bench_of(window).article.view.selected_span() is None
    assert bench_of(window).status.undo.text() == "Undo: tag claim"
    assert bench_of(window).status.count.text() == "1 annotation"
    assert bench_of(window).status.saved.text() == "Saved"


def test_an_emoji_does_not_shift_the_offsets(window: Window) -> None:
    made = mark(window, "Monday", Key.Key_4)
    document = bench_of(window).hub.document
    assert document is not None
    assert document.text[made.spans[0].start : made.spans[0].end] == "Monday"


def test_a_digit_retags_the_focused_span(window: Window) -> None:
    made = mark(window, "14 wounded", Key.Key_1)
    press(window, Key.Key_3)
    assert [(each.id, each.label) for each in stored(window)] == [(made.id, "casualty")]


def test_shift_and_a_digit_give_a_second_label(window: Window) -> None:
    made = mark(window, "14 wounded", Key.Key_1)
    press(window, Key.Key_3, Held.ShiftModifier)
    assert [each.label for each in stored(window)] == ["claim", "casualty"]
    assert {each.spans for each in stored(window)} == {made.spans}


def test_the_same_tag_twice_is_one(window: Window) -> None:
    mark(window, "14 wounded", Key.Key_3)
    mark(window, "14 wounded", Key.Key_3)
    assert len(stored(window)) == 1


def test_retagging_drops_the_links_that_the_new_label_cannot_have(window: Window) -> None:
    link_denial(window)
    assert len(bench_of(window).hub.relations) == 1
    press(window, Key.Key_4)
    assert not bench_of(window).hub.relations
    press(window, Key.Key_Z, Held.ControlModifier)
    assert len(bench_of(window).hub.relations) == 1


def link_denial(window: Window) -> None:
    mark(window, "they shelled the town", Key.Key_1)
    mark(window, "deny that they shelled the town", Key.Key_2)
    press(window, Key.Key_D)
    press(window, Key.Key_A)


def test_a_link_takes_two_presses(window: Window) -> None:
    link_denial(window)
    bench = bench_of(window)
    (relation,) = bench.hub.relations.values()
    labels = (
        bench.hub.annotations[relation.source].label,
        bench.hub.annotations[relation.target].label,
    )
    assert (relation.type, labels) == ("denies", ("denial", "claim"))
    assert isinstance(bench.desk.mode, Idle)


def test_escape_leaves_link_mode(window: Window) -> None:
    mark(window, "they shelled the town", Key.Key_1)
    mark(window, "The rebels", Key.Key_4)
    press(window, Key.Key_R)
    assert bench_of(window).status.message.text().startswith("Link: Source")
    press(window, Key.Key_Escape)
    assert isinstance(bench_of(window).desk.mode, Idle)
    assert not bench_of(window).hub.relations


def test_delete_removes_the_span_and_its_links_and_undo_brings_them_back(window: Window) -> None:
    link_denial(window)
    hub = bench_of(window).hub
    press(window, Key.Key_Delete)
    assert (len(hub.annotations), len(hub.relations)) == (1, 0)
    press(window, Key.Key_Z, Held.ControlModifier)
    assert (len(hub.annotations), len(hub.relations)) == (2, 1)
    press(window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert (len(hub.annotations), len(hub.relations)) == (1, 0)


def test_enter_reopens_a_span_and_keeps_what_was_made_of_it(window: Window) -> None:
    made = mark(window, "rebels shelled", Key.Key_1)
    press(window, Key.Key_Return)
    assert bench_of(window).desk.mode == Reopened(made.id, made.spans[0])
    press(window, Key.Key_Right, Held.ShiftModifier | Held.ControlModifier)
    press(window, Key.Key_Right, Held.ShiftModifier | Held.ControlModifier)
    press(window, Key.Key_Return)
    (moved,) = stored(window)
    assert moved.id == made.id
    assert moved.spans[0].start == made.spans[0].start
    assert moved.spans[0].end > made.spans[0].end


def test_escape_restores_a_reopened_span(window: Window) -> None:
    made = mark(window, "rebels shelled", Key.Key_1)
    press(window, Key.Key_Return)
    press(window, Key.Key_Right, Held.ShiftModifier)
    press(window, Key.Key_Escape)
    assert stored(window) == [made]
    assert bench_of(window).hub.focused == made


def test_alt_arrows_go_through_the_spans(window: Window) -> None:
    ids = [mark(window, words, Key.Key_4).id for words in ("The ministry", "rebels", "The rebels")]
    hub = bench_of(window).hub
    hub.focus(ids[0])
    seen = []
    for _ in range(2):
        press(window, Key.Key_Down, Held.AltModifier)
        assert hub.focused is not None
        seen.append(hub.focused.id)
    assert seen == ids[1:]
    press(window, Key.Key_Up, Held.AltModifier)
    assert hub.focused is not None
    assert hub.focused.id == ids[1]


def test_an_armed_label_tags_the_next_selection_by_mouse(window: Window) -> None:
    bench = bench_of(window)
    press(window, Key.Key_2)
    assert bench.desk.mode == Armed("denial")
    assert "Denial is armed" in bench.status.message.text()
    bench.article.view.selection_settled.emit(Span(0, 12), True)
    assert [each.label for each in stored(window)] == ["denial"]
    press(window, Key.Key_Escape)
    assert isinstance(bench.desk.mode, Idle)


def test_a_selection_by_mouse_brings_the_popover_without_taking_the_focus(
    qtbot: QtBot, window: Window
) -> None:
    bench = bench_of(window)
    view, popover = bench.article.view, bench.article.popover
    view.select(Span(0, 12))
    view.selection_settled.emit(Span(0, 12), True)
    qtbot.waitUntil(popover.isVisible)
    assert view.hasFocus()
    popover.chosen.emit("actor")
    assert [each.label for each in stored(window)] == ["actor"]
    assert not popover.isVisible()


def test_the_popover_never_covers_the_text_in_a_narrow_window(qtbot: QtBot, window: Window) -> None:
    window.resize(1024, 700)
    QApplication.processEvents()
    bench = bench_of(window)
    bench.article.view.select(Span(0, 12))
    bench.article.view.selection_settled.emit(Span(0, 12), True)
    qtbot.waitUntil(bench.article.popover.isVisible)
    box, text = bench.article.popover.geometry(), bench.article.view.geometry()
    assert box.bottom() <= text.top() or box.left() >= text.left() + text.width() // 2


def test_done_goes_to_the_next_article(window: Window) -> None:
    bench = bench_of(window)
    first = bench.hub.document
    press(window, Key.Key_Return, Held.ControlModifier)
    assert first is not None
    assert bench.hub.document is not None
    assert bench.hub.document.id != first.id
    assert bench.hub.project.layer(first.id).state == "done"
    for _ in range(2):
        press(window, Key.Key_Return, Held.ControlModifier)
    assert bench.hub.project.read.progress("ann") == (3, 3)
    assert "Every article" in bench.status.message.text()


def test_q_marks_a_question_and_takes_it_back(window: Window) -> None:
    layers = []
    for _ in range(2):
        press(window, Key.Key_Q)
        layer = bench_of(window).hub.layer
        assert layer is not None
        layers.append(layer.state)
    assert layers == ["question", "open"]


def test_q_twice_leaves_a_done_article_done(window: Window) -> None:
    bench = bench_of(window)
    assert bench.desk.set_state("done")
    for state in ("question", "done"):
        press(window, Key.Key_Q)
        assert bench.hub.layer is not None
        assert bench.hub.layer.state == state


def test_nothing_is_called_done_in_a_read_only_file(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of(window)
    assert bench.desk.set_state("done")
    document = bench.hub.document
    monkeypatch.setattr(bench.hub.project, "read_only", "the file is read-only")
    press(window, Key.Key_Return, Held.ControlModifier)
    assert bench.status.message.text() == "Nothing can be changed here: the file is read-only."
    assert bench.hub.document == document
    bench.show_person()
    notice = bench.inspector._notice.text()
    assert notice == "Nothing can be changed here: the file is read-only."
    assert not bench.inspector.done.isEnabled()


def test_what_was_said_goes_with_the_next_action(window: Window) -> None:
    bench = bench_of(window)
    press(window, Key.Key_R)
    assert "Focus a span first" in bench.status.message.text()
    mark(window, "rebels", Key.Key_4)
    assert bench.status.message.text() == ""


def test_a_failure_goes_when_it_was_read_and_the_file_is_well(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of(window)
    bench.hub.failed.emit("The file is locked.")
    bench.hub.look()
    assert bench.status.saved.text() == "Not saved"
    monkeypatch.setattr(statusbar, "SHOWN_FOR", 0)
    annotation = mark(window, "rebels", Key.Key_4)
    bench.hub.failed.emit("The file is locked.")
    qtbot.wait(5)
    bench.inspector.card.note.setPlainText("half")
    assert bench.hub.focused == annotation
    bench.hub.look()
    assert bench.status.saved.text() == "Not saved"  # the note isn't
    bench.inspector.card.note.discard()
    bench.hub.look()
    assert bench.status.saved.text() == "Saved"


def test_plain_keys_do_nothing_outside_the_text(window: Window) -> None:
    bench = bench_of(window)
    window.search()
    QTest.keyClick(bench.documents.search, Key.Key_1)
    QTest.keyClick(bench.documents.search, Key.Key_Q)
    assert isinstance(bench.desk.mode, Idle)
    assert bench.documents.search.text() == "1q"
    QTest.keyClick(bench.documents.search, Key.Key_Escape)
    assert bench.article.view.hasFocus()


def test_f6_goes_round_the_panes(window: Window) -> None:
    bench = bench_of(window)
    bench.hub.focus(mark(window, "rebels", Key.Key_4).id)
    for _ in range(3):
        window.next_pane()
        if bench.documents.list.hasFocus():
            break
    assert bench.documents.list.hasFocus()
    window.next_pane()
    assert bench.article.view.hasFocus()


def test_a_change_that_cannot_be_saved_is_said(window: Window) -> None:
    bench = bench_of(window)
    bench.hub.failed.emit("The disk is full.")
    assert bench.status.saved.text() == "Not saved"
    assert bench.status.message.text() == "The disk is full."
    mark(window, "rebels", Key.Key_4)
    assert bench.status.saved.text() == "Saved"


def test_a_new_size_of_letters_and_the_raw_lines_keep_the_place(window: Window) -> None:
    bench = bench_of(window)
    mark(window, "14 wounded", Key.Key_3)
    caret = bench.article.view.caret()
    window.step("text_size", 4)
    window.switch("layout")
    assert bench.article.view.caret() == caret
    assert "raw lines" in bench.article.header.text()
    assert bench.status.size_.text() == "22 px"


def test_every_theme_can_be_put_on(window: Window) -> None:
    for theme in ("dark", "contrast", "light", "system"):
        window.change(theme=theme)
        assert window.settings.theme == theme


def test_closing_a_project_leads_to_the_start_page(window: Window) -> None:
    window.projects.close()
    assert window.bench is None
    assert window.windowTitle() == "Annotator"


def test_everything_that_takes_the_focus_has_a_name(window: Window) -> None:
    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in bench_of(window).findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not (each.accessibleName() or getattr(each, "text", str)())
    ]
    assert not nameless


def test_a_read_only_file_says_so(window: Window) -> None:
    bench = bench_of(window)
    bench.status.set_read_only("the file is write-protected")
    assert bench.status.saved.text() == "Read-only"
    assert bench.status.message.text() == "the file is write-protected"


def test_a_click_on_a_candidate_makes_the_link(window: Window) -> None:
    claim = mark(window, "they shelled the town", Key.Key_1)
    mark(window, "deny that they shelled the town", Key.Key_2)
    press(window, Key.Key_D)
    bench_of(window).article.view.span_clicked.emit(claim.id)
    assert [each.target for each in bench_of(window).hub.relations.values()] == [claim.id]
    bench_of(window).article.view.span_clicked.emit("")
    assert bench_of(window).hub.focused is None


def test_a_wrong_letter_is_said_and_a_link_without_partners_too(window: Window) -> None:
    mark(window, "they shelled the town", Key.Key_1)
    press(window, Key.Key_R)
    assert "nothing here" in bench_of(window).status.message.text()
    mark(window, "The rebels", Key.Key_4)
    press(window, Key.Key_R)
    bench_of(window).desk.hint("Y")
    assert "no span here has the letters Y" in bench_of(window).status.message.text()
    press(window, Key.Key_Escape)
    assert bench_of(window).status.message.text() == ""
    press(window, Key.Key_Escape)
    press(window, Key.Key_Escape)
    press(window, Key.Key_R)
    assert "Focus a span first" in bench_of(window).status.message.text()


def test_the_caption_of_a_claim_follows_its_source(window: Window) -> None:
    bench = bench_of(window)
    mark(window, "The ministry", Key.Key_4)
    claim = mark(window, "rebels shelled the town", Key.Key_1)
    assert bench.article._caption(claim) == "CLAIM"
    press(window, Key.Key_R)
    press(window, Key.Key_A)
    assert bench.article._caption(claim) == "CLAIM · “The ministry”"
    actor = next(each for each in bench.hub.annotations.values() if each.label == "actor")
    assert bench.article._caption(actor) == "ACTOR · no entity yet"
    bench.hub.apply(verbs.set_attribute(actor, "entity", ["entity-1"]))
    assert bench.article._caption(claim) == "CLAIM · Ministry of Defence"


def test_the_buttons_of_the_inspector_do_what_their_keys_do(window: Window) -> None:
    bench = bench_of(window)
    bench.inspector.question_asked.emit()
    assert bench.hub.layer is not None
    assert bench.hub.layer.state == "question"
    assert "question" in bench.article.header.text()
    first = bench.hub.document
    bench.inspector.done_asked.emit()
    assert bench.hub.document != first
    mark(window, "rebels shelled the town", Key.Key_1)
    mark(window, "The ministry", Key.Key_4)
    bench.inspector.link_asked.emit("source")
    assert bench.status.message.text().startswith("Link: Source")
    assert bench.article.view.hasFocus()


def test_a_read_only_file_stays_called_so(window: Window) -> None:
    status = bench_of(window).status
    status.set_read_only("the file is write-protected")
    status.set_failure("Nothing was saved.")
    assert status.saved.text() == "Read-only"
    assert status.message.text() == "Nothing was saved."


def test_plain_keys_can_be_switched_off(window: Window) -> None:
    window.switch("plain_keys")
    press(window, Key.Key_2)
    assert isinstance(bench_of(window).desk.mode, Idle)
    window.switch("plain_keys")
    press(window, Key.Key_2)
    assert bench_of(window).desk.mode == Armed("denial")


def test_ctrl_and_the_wheel_change_the_size(window: Window) -> None:
    for turned, size in ((120, 19), (-120, 18)):
        event = QWheelEvent(
            QPointF(600, 400),
            QPointF(600, 400),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Held.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        window.wheelEvent(event)
        assert window.settings.text_size == size


def test_a_tag_set_with_more_labels_uses_their_keys(window: Window) -> None:
    hub = bench_of(window).hub
    wider = replace(hub.tagset.with_label("rumour"), version=2)
    rumour = wider.label("rumour")
    assert rumour is not None
    wider = replace(wider, labels=(*wider.labels[:-1], replace(rumour, key="U")))
    hub.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(wider))])))
    made = mark(window, "Two soldiers", Key.Key_U)
    assert made.label == "rumour"


def test_the_key_of_a_label_tags_where_o_has_nothing_to_move(window: Window) -> None:
    hub = bench_of(window).hub
    wider = replace(hub.tagset.with_label("rumour"), version=2)
    last = replace(wider.labels[-1], key="O")
    wider = replace(wider, labels=(*wider.labels[:-1], last))
    hub.apply(Edit("change tag set", inserted([TagsetVersion(2, dumps(wider))])))
    assert mark(window, "Two soldiers", Key.Key_O).label == "rumour"
    press(window, Key.Key_Enter)
    press(window, Key.Key_O)
    assert isinstance(bench_of(window).desk.mode, Reopened)
    assert bench_of(window).hub.annotations[stored(window)[0].id].label == "rumour"


def test_o_moves_the_other_end_of_a_reopened_span(window: Window) -> None:
    made = mark(window, "rebels shelled", Key.Key_1)
    press(window, Key.Key_Enter)
    assert "O moves the other end" in bench_of(window).desk.banner
    press(window, Key.Key_O)
    press(window, Key.Key_Left, Held.ShiftModifier | Held.ControlModifier)
    press(window, Key.Key_Enter)
    (moved,) = stored(window)
    assert moved.id == made.id
    document = bench_of(window).hub.document
    assert document is not None
    assert moved.quote(document.text) == "that rebels shelled"


def test_tab_goes_from_the_text_to_the_inspector_and_then_to_the_status(window: Window) -> None:
    bench = bench_of(window)
    mark(window, "rebels shelled", Key.Key_1)
    bench.article.view.setFocus()
    passed: list[QWidget] = []
    while bench.status.size_ not in passed and len(passed) < 40:
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        passed.append(after)
    inside = [bench.inspector.isAncestorOf(each) for each in passed]
    assert inside == [True] * (len(passed) - 2) + [False] * 2
    assert len(passed) > 4
    passed[0].setFocus()
    QTest.keyClick(passed[0], Key.Key_Backtab)
    assert QApplication.focusWidget() is bench.article.view
    assert bench.status.size_.nextInFocusChain() is not bench.article.view


def test_the_status_bar_says_where_a_span_is_that_is_out_of_view(window: Window) -> None:
    bench = bench_of(window)
    window.resize(900, 560)
    window.step("text_size", 99)
    mark(window, "The ministry", Key.Key_4)
    QApplication.processEvents()
    assert "span" not in bench.status.place.text()
    bar = bench.article.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bench.status.place.text().endswith("span above ↑")
    mark(window, "Number", Key.Key_4)
    bar.setValue(0)
    assert bench.status.place.text().endswith("span below ↓")
