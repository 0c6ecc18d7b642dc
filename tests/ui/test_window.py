"""The window: the issue's gestures by keys, from the text to the file and back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.bench import Bench
from annotator.ui.modes import Armed, Idle, Reopened
from annotator.ui.window import Window

Key, Held = Qt.Key, Qt.KeyboardModifier


def bench_of(window: Window) -> Bench:
    assert window.bench is not None
    return window.bench


def press(qtbot: QtBot, window: Window, key: Key, held: Held = Held.NoModifier) -> None:
    qtbot.keyClick(bench_of(window).article.view, key, held)


def mark(qtbot: QtBot, window: Window, words: str, key: Key) -> Annotation:
    """Select the words and tag them by a key; the annotation that has the focus then."""
    bench = bench_of(window)
    assert bench.hub.document is not None
    start = bench.hub.document.text.index(words)
    bench.article.view.select(Span(start, start + len(words)))
    press(qtbot, window, key)
    assert bench.hub.focused is not None
    assert bench.hub.focused.quote(bench.hub.document.text) == words
    return bench.hub.focused


def stored(window: Window) -> list[Annotation]:
    """The annotations of the open layer as another reader of the file finds them."""
    bench = bench_of(window)
    assert bench.hub.layer is not None
    with Project.open(bench.hub.project.path, who="ann") as other:
        return list(other.annotations(layer=bench.hub.layer.id))


def test_a_digit_tags_the_selection_and_the_file_has_it(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "rebels shelled the town", Key.Key_1)
    assert made.label == "claim"
    assert [each.id for each in stored(window)] == [made.id]
    assert bench_of(window).article.view.selected_span() is None
    assert bench_of(window).status.undo.text() == "Undo: tag claim"
    assert bench_of(window).status.count.text() == "1 annotation"
    assert bench_of(window).status.saved.text() == "Saved"


def test_an_emoji_does_not_shift_the_offsets(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "Monday", Key.Key_4)
    document = bench_of(window).hub.document
    assert document is not None
    assert document.text[made.spans[0].start : made.spans[0].end] == "Monday"


def test_a_digit_retags_the_focused_span(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "14 wounded", Key.Key_1)
    press(qtbot, window, Key.Key_3)
    assert [(each.id, each.label) for each in stored(window)] == [(made.id, "casualty")]


def test_shift_and_a_digit_give_a_second_label(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "14 wounded", Key.Key_1)
    press(qtbot, window, Key.Key_3, Held.ShiftModifier)
    assert [each.label for each in stored(window)] == ["claim", "casualty"]
    assert {each.spans for each in stored(window)} == {made.spans}


def test_the_same_tag_twice_is_one(qtbot: QtBot, window: Window) -> None:
    mark(qtbot, window, "14 wounded", Key.Key_3)
    mark(qtbot, window, "14 wounded", Key.Key_3)
    assert len(stored(window)) == 1


def test_retagging_drops_the_links_that_the_new_label_cannot_have(
    qtbot: QtBot, window: Window
) -> None:
    link_denial(qtbot, window)
    assert len(bench_of(window).hub.relations) == 1
    press(qtbot, window, Key.Key_4)
    assert not bench_of(window).hub.relations
    press(qtbot, window, Key.Key_Z, Held.ControlModifier)
    assert len(bench_of(window).hub.relations) == 1


def link_denial(qtbot: QtBot, window: Window) -> None:
    mark(qtbot, window, "they shelled the town", Key.Key_1)
    mark(qtbot, window, "deny that they shelled the town", Key.Key_2)
    press(qtbot, window, Key.Key_D)
    press(qtbot, window, Key.Key_A)


def test_a_link_takes_two_presses(qtbot: QtBot, window: Window) -> None:
    link_denial(qtbot, window)
    bench = bench_of(window)
    (relation,) = bench.hub.relations.values()
    labels = (
        bench.hub.annotations[relation.source].label,
        bench.hub.annotations[relation.target].label,
    )
    assert (relation.type, labels) == ("denies", ("denial", "claim"))
    assert isinstance(bench.desk.mode, Idle)


def test_escape_leaves_link_mode(qtbot: QtBot, window: Window) -> None:
    mark(qtbot, window, "they shelled the town", Key.Key_1)
    mark(qtbot, window, "The rebels", Key.Key_4)
    press(qtbot, window, Key.Key_R)
    assert bench_of(window).status.message.text().startswith("Link: Source")
    press(qtbot, window, Key.Key_Escape)
    assert isinstance(bench_of(window).desk.mode, Idle)
    assert not bench_of(window).hub.relations


def test_delete_removes_the_span_and_its_links_and_undo_brings_them_back(
    qtbot: QtBot, window: Window
) -> None:
    link_denial(qtbot, window)
    hub = bench_of(window).hub
    press(qtbot, window, Key.Key_Delete)
    assert (len(hub.annotations), len(hub.relations)) == (1, 0)
    press(qtbot, window, Key.Key_Z, Held.ControlModifier)
    assert (len(hub.annotations), len(hub.relations)) == (2, 1)
    press(qtbot, window, Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert (len(hub.annotations), len(hub.relations)) == (1, 0)


def test_enter_reopens_a_span_and_keeps_what_was_made_of_it(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "rebels shelled", Key.Key_1)
    press(qtbot, window, Key.Key_Return)
    assert bench_of(window).desk.mode == Reopened(made.id, made.spans[0])
    press(qtbot, window, Key.Key_Right, Held.ShiftModifier | Held.ControlModifier)
    press(qtbot, window, Key.Key_Right, Held.ShiftModifier | Held.ControlModifier)
    press(qtbot, window, Key.Key_Return)
    (moved,) = stored(window)
    assert moved.id == made.id
    assert moved.spans[0].start == made.spans[0].start
    assert moved.spans[0].end > made.spans[0].end


def test_escape_restores_a_reopened_span(qtbot: QtBot, window: Window) -> None:
    made = mark(qtbot, window, "rebels shelled", Key.Key_1)
    press(qtbot, window, Key.Key_Return)
    press(qtbot, window, Key.Key_Right, Held.ShiftModifier)
    press(qtbot, window, Key.Key_Escape)
    assert stored(window) == [made]
    assert bench_of(window).hub.focused == made


def test_alt_arrows_go_through_the_spans(qtbot: QtBot, window: Window) -> None:
    ids = [
        mark(qtbot, window, words, Key.Key_4).id
        for words in ("The ministry", "rebels", "The rebels")
    ]
    hub = bench_of(window).hub
    hub.focus(ids[0])
    seen = []
    for _ in range(2):
        press(qtbot, window, Key.Key_Down, Held.AltModifier)
        assert hub.focused is not None
        seen.append(hub.focused.id)
    assert seen == ids[1:]
    press(qtbot, window, Key.Key_Up, Held.AltModifier)
    assert hub.focused is not None
    assert hub.focused.id == ids[1]


def test_an_armed_label_tags_the_next_selection_by_mouse(qtbot: QtBot, window: Window) -> None:
    bench = bench_of(window)
    press(qtbot, window, Key.Key_2)
    assert bench.desk.mode == Armed("denial")
    assert "Denial is armed" in bench.status.message.text()
    bench.article.view.selection_settled.emit(Span(0, 12), True)
    assert [each.label for each in stored(window)] == ["denial"]
    press(qtbot, window, Key.Key_Escape)
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


def test_done_goes_to_the_next_article(qtbot: QtBot, window: Window) -> None:
    bench = bench_of(window)
    first = bench.hub.document
    press(qtbot, window, Key.Key_Return, Held.ControlModifier)
    assert first is not None
    assert bench.hub.document is not None
    assert bench.hub.document.id != first.id
    assert bench.hub.project.layer(first.id).state == "done"
    for _ in range(2):
        press(qtbot, window, Key.Key_Return, Held.ControlModifier)
    assert bench.hub.project.read.progress("ann") == (3, 3)
    assert "Every article" in bench.status.message.text()


def test_q_marks_a_question_and_takes_it_back(qtbot: QtBot, window: Window) -> None:
    layers = []
    for _ in range(2):
        press(qtbot, window, Key.Key_Q)
        layer = bench_of(window).hub.layer
        assert layer is not None
        layers.append(layer.state)
    assert layers == ["question", "open"]


def test_plain_keys_do_nothing_outside_the_text(qtbot: QtBot, window: Window) -> None:
    bench = bench_of(window)
    window.search()
    qtbot.keyClick(bench.documents.search, Key.Key_1)
    qtbot.keyClick(bench.documents.search, Key.Key_Q)
    assert isinstance(bench.desk.mode, Idle)
    assert bench.documents.search.text() == "1q"
    qtbot.keyClick(bench.documents.search, Key.Key_Escape)
    assert bench.article.view.hasFocus()


def test_f6_goes_round_the_panes(qtbot: QtBot, window: Window) -> None:
    bench = bench_of(window)
    bench.hub.focus(mark(qtbot, window, "rebels", Key.Key_4).id)
    for _ in range(3):
        window.next_pane()
        if bench.documents.list.hasFocus():
            break
    assert bench.documents.list.hasFocus()
    window.next_pane()
    assert bench.article.view.hasFocus()


def test_ctrl_z_works_where_no_key_types_a_latin_letter(qtbot: QtBot, window: Window) -> None:
    mark(qtbot, window, "rebels", Key.Key_4)
    event = QKeyEvent(
        QKeyEvent.Type.KeyPress, 0x0566, Held.ControlModifier, 52, 0, 0, "զ"
    )  # the key of Z, Armenian
    QApplication.sendEvent(window, event)
    assert not stored(window)


def test_a_change_that_cannot_be_saved_is_said(qtbot: QtBot, window: Window) -> None:
    bench = bench_of(window)
    bench.hub.failed.emit("The disk is full.")
    assert bench.status.saved.text() == "Not saved"
    assert bench.status.message.text() == "The disk is full."
    mark(qtbot, window, "rebels", Key.Key_4)
    assert bench.status.saved.text() == "Saved"


def test_a_new_size_of_letters_and_the_raw_lines_keep_the_place(
    qtbot: QtBot, window: Window
) -> None:
    bench = bench_of(window)
    mark(qtbot, window, "14 wounded", Key.Key_3)
    caret = bench.article.view.caret()
    window.change_text_size(4)
    window.switch_layout()
    assert bench.article.view.caret() == caret
    assert "raw lines" in bench.article.header.text()
    assert bench.status.size_.text() == "22 px"


def test_every_theme_can_be_put_on(window: Window) -> None:
    for theme in ("dark", "contrast", "light", "system"):
        window.set_theme(theme)  # type: ignore[arg-type]  # a loop's words are plain text
        assert window.settings.theme == theme


def test_closing_a_project_leads_to_the_start_page(window: Window) -> None:
    window.close_project()
    assert window.bench is None
    assert window.windowTitle() == "Annotator"


def test_everything_that_takes_the_focus_has_a_name(window: Window) -> None:
    from PySide6.QtWidgets import QWidget

    nameless = [
        f"{type(each).__name__} {each.objectName()}"
        for each in bench_of(window).findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not (each.accessibleName() or getattr(each, "text", str)())
    ]
    assert not nameless
