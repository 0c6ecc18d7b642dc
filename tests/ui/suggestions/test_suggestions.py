"""Suggestions in the text: gone through, taken, corrected, rejected, by the keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from annotator.core import verbs
from annotator.core.edits import Edit, change
from annotator.core.model import Setting
from annotator.core.span import Span
from annotator.core.suggestions import KEY, OFF, SHOWN, judgement
from annotator.ui.gestures.modes import Armed, Reopened
from annotator.ui.gestures.suggestions import Suggestions
from annotator.ui.window import Window
from tests.ui.suggestions.conftest import own, press, words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALL = [
    "actor: The ministry",
    "claim: rebels shelled the town",
    "actor: The rebels",
    "casualty: Two soldiers",
]


def focused(suggestions: Suggestions) -> str:
    found, document = suggestions.focused, suggestions._desk.hub.document
    return f"{found.label}: {found.quote(document.text)}" if found and document else ""


def test_they_are_gone_through_and_no_annotation_is_focused_meanwhile(
    window: Window, suggestions: Suggestions
) -> None:
    assert words(window) == ALL
    assert own(window) == []
    seen = []
    for _ in ALL:
        press(window, Qt.Key.Key_W)
        seen.append(focused(suggestions))
    assert seen == ALL
    assert suggestions.place() == (4, 4)
    press(window, Qt.Key.Key_W)
    assert window.bench is not None
    assert window.bench.status.message.text() == "There is no suggestion after this place."
    assert focused(suggestions) == ALL[3]
    press(window, Qt.Key.Key_W, held=SHIFT)
    assert focused(suggestions) == ALL[2]
    press(window, Qt.Key.Key_Escape)
    assert suggestions.focused is None
    # From the caret, which is where the last one begins.
    press(window, Qt.Key.Key_W, held=SHIFT)
    assert focused(suggestions) == ALL[1]
    # The spans of one's own are gone through by themselves.
    press(window, Qt.Key.Key_Y)
    press(window, Qt.Key.Key_Up, held=Qt.KeyboardModifier.AltModifier)
    assert suggestions.focused is None
    assert window.desk.hub.focused is not None
    press(window, Qt.Key.Key_W)
    assert window.desk.hub.focused is None


def test_one_is_taken_with_what_it_leads_to_and_the_next_one_follows(
    window: Window, suggestions: Suggestions
) -> None:
    press(window, Qt.Key.Key_W, Qt.Key.Key_W, Qt.Key.Key_Y)
    hub = window.desk.hub
    assert own(window) == ALL[:2]
    (link,) = hub.relations.values()
    assert link.type == "source"
    assert words(window) == ALL[2:]
    assert focused(suggestions) == ALL[2]
    assert hub.layer is not None
    assert hub.layer.meta == {SHOWN: True}
    assert hub.layer.state == "open"
    # Undo brings both back, and what comes back is looked at.
    hub.undo()
    assert (own(window), words(window)) == ([], ALL)
    assert focused(suggestions) == ALL[0]
    hub.redo()
    assert (own(window), words(window)) == (ALL[:2], ALL[2:])


def test_a_rejected_one_never_comes_back(window: Window, suggestions: Suggestions) -> None:
    press(window, Qt.Key.Key_W, Qt.Key.Key_X)
    assert words(window) == ALL[1:]
    assert own(window) == []
    hub = window.desk.hub
    assert hub.project.undo_name == "reject suggestion"
    assert hub.document is not None
    hub.open_document(hub.document.id)
    assert words(window) == ALL[1:]
    (judged,) = (each for each in suggestions.all.values() if judgement(each, "ann"))
    assert judgement(judged, "ann") == "rejected"
    hub.undo()
    assert words(window) == ALL


def test_all_of_a_kind_are_taken_in_one_edit(window: Window, suggestions: Suggestions) -> None:
    suggestions.take_alike()
    assert own(window) == []
    press(window, Qt.Key.Key_W)
    press(window, Qt.Key.Key_Y, held=SHIFT)
    assert own(window) == [ALL[0], ALL[2]]
    assert words(window) == [ALL[1], ALL[3]]
    assert window.bench is not None
    said = "Took 2 suggestions under “Actor”; Ctrl+Z takes all back."
    assert window.bench.status.message.text() == said
    window.desk.hub.undo()
    assert words(window) == ALL


def test_what_is_tagged_with_nearly_the_same_words_is_not_offered(
    window: Window, suggestions: Suggestions
) -> None:
    hub = window.desk.hub
    assert hub.document is not None
    place = hub.document.text.index("ministry")
    window.desk.view.select(Span(place, place + len("ministry")))
    press(window, Qt.Key.Key_4)
    assert (own(window), words(window)) == (["actor: ministry"], ALL[1:])
    hub.undo()
    assert words(window) == ALL


def test_a_label_corrects_it(window: Window, suggestions: Suggestions) -> None:
    press(window, Qt.Key.Key_W, Qt.Key.Key_W, Qt.Key.Key_2)
    (made,) = window.desk.hub.annotations.values()
    assert (made.label, made.attributes) == ("denial", {"form": "paraphrase"})
    assert made.meta["origin"]["by"] == "cues"
    judged = next(each for each in suggestions.all.values() if each.label == "claim")
    assert judgement(judged, "ann") == "corrected"
    # With the very label it is taken as it is.
    press(window, Qt.Key.Key_4)
    assert own(window) == ["denial: rebels shelled the town", ALL[2]]
    assert window.desk.hub.project.undo_name == "accept suggestion"


def test_a_selection_is_tagged_by_itself(window: Window, suggestions: Suggestions) -> None:
    press(window, Qt.Key.Key_W)
    press(window, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, held=SHIFT)
    press(window, Qt.Key.Key_1)
    assert own(window) == ["claim: The"]
    assert words(window) == ALL
    hub = window.desk.hub
    assert hub.layer is not None
    assert hub.layer.meta == {SHOWN: True}
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_1)
    assert window.desk.mode == Armed("claim")


def test_its_boundary_is_opened_moved_and_kept(window: Window, suggestions: Suggestions) -> None:
    press(window, Qt.Key.Key_W, Qt.Key.Key_Return)
    assert isinstance(window.desk.mode, Reopened)
    press(window, Qt.Key.Key_Escape)
    assert window.desk.banner == ""
    assert focused(suggestions) == ALL[0]
    press(window, Qt.Key.Key_Return)
    press(window, *[Qt.Key.Key_Right] * 5, held=SHIFT)
    press(window, Qt.Key.Key_Return)
    assert own(window) == ["actor: The ministry says"]
    assert window.desk.hub.project.undo_name == "correct suggestion"
    # Enter twice takes it as it is; a label does it with the boundary that is open.
    press(window, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert own(window)[1:] == [ALL[1]]
    (link,) = window.desk.hub.relations.values()
    assert link.target == next(iter(window.desk.view.ordered()))
    press(window, Qt.Key.Key_Return)
    press(window, *[Qt.Key.Key_Left] * 3, held=SHIFT)
    press(window, Qt.Key.Key_3)
    assert own(window)[2] == "casualty: The reb"
    assert window.desk.banner == ""


def test_what_is_tagged_alike_waits_no_more(window: Window, suggestions: Suggestions) -> None:
    hub = window.desk.hub
    assert hub.layer is not None
    claim = next(each for each in suggestions.pending.values() if each.label == "claim")
    hub.apply(verbs.mark(hub.layer, claim.spans, "claim", fresh=True))
    assert words(window) == [ALL[0], *ALL[2:]]
    hub.undo()
    assert words(window) == ALL


def test_proposals_for_the_focused_span_go_on(window: Window) -> None:
    """Y and X are about what is focused: a suggestion, or a span with its numbers."""
    press(window, *[Qt.Key.Key_W] * 4, Qt.Key.Key_3)
    assert window.bench is not None
    made = next(iter(window.desk.hub.annotations))
    window.desk.hub.focus(made)
    assert window.desk.suggestions.focused is None
    press(window, Qt.Key.Key_Y)
    assert window.desk.hub.annotations[made].attributes["victims"] == "military"
    press(window, Qt.Key.Key_X)
    assert window.bench.status.message.text() == "Nothing is proposed for this span."


def test_a_click_focuses_one(window: Window, suggestions: Suggestions) -> None:
    view = window.article.view
    view.put_caret(6)
    point = view.cursorRect().center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert focused(suggestions) == ALL[0]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert suggestions.focused is None


def test_blind_annotation_shows_none(window: Window, suggestions: Suggestions) -> None:
    hub = window.desk.hub
    hub.apply(Edit("blind", change(None, Setting(KEY, OFF))))
    assert words(window) == []
    assert window.article.suggestion_strip.isHidden()
    press(window, Qt.Key.Key_W)
    assert suggestions.focused is None
    window.desk.set_state("done")
    assert hub.layer is not None
    assert hub.layer.meta == {}
    hub.undo()
    hub.undo()
    assert words(window) == ALL
    window.desk.set_state("done")
    assert hub.layer.meta == {SHOWN: True}


def test_another_article_has_its_own(window: Window, suggestions: Suggestions) -> None:
    hub = window.desk.hub
    first = hub.document
    assert first is not None
    press(window, Qt.Key.Key_W)
    window.step_article(1)
    assert words(window) == []
    suggestions.step()
    assert suggestions.focused is None
    window.step_article(-1)
    assert words(window) == ALL
    assert suggestions.focused is None
    # In another layout they are shown again, and another person has judged nothing.
    press(window, Qt.Key.Key_W, Qt.Key.Key_X)
    window.switch("layout")
    assert window.article.view._leaf is not None
    assert len(window.article.view._leaf.ghosts.ordered()) == 3
    hub.project.switch("ben")
    assert window.bench is not None
    window.bench.show_person()
    assert words(window) == ALL


def test_the_strip_tells_of_it_and_its_buttons_do_as_the_keys(
    window: Window, suggestions: Suggestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = window.article.suggestion_strip
    assert strip.heading.text() == "4 suggestions wait"
    assert strip.words == ""
    assert not strip.take.isEnabled()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    strip.next.click()
    assert strip.heading.text() == "Actor? · by actors · 90 % sure · 1 of 4"
    assert strip.alike.text() == "All 2 of its kind"
    assert strip.details.text() == "entity: Ministry of Defence"
    assert window.article.view.accessibleDescription().startswith("Actor? · by actors")
    strip.next.click()
    assert strip.alike.text() == "All of its kind"
    assert strip.details.text() == "form: paraphrase · source: “The ministry”"
    strip.set_theme(window.theme)
    strip.reject.click()
    strip.take.click()
    assert own(window) == [ALL[2]]
    strip.alike.click()
    assert words(window) == [ALL[0]]
    press(window, Qt.Key.Key_W, held=SHIFT)
    strip.take.click()
    assert strip.isHidden()
    assert window.bench is not None
    assert window.bench.status.message.text() == "That was the last suggestion of this article."


def test_they_are_drawn_as_nothing_else(window: Window, suggestions: Suggestions) -> None:
    """Dots, no lane, and a tag with a question mark; the one that is looked at has dashes."""
    view = window.article.view
    before = view.grab().toImage()
    rows = [row for row, _ in view._ready(view.firstVisibleBlock())]
    assert {piece.lane for row in rows for piece in row.pieces} == {-2}
    assert [tag.text for row in rows for tag in row.tags] == ["Claim?"]
    press(window, Qt.Key.Key_W)
    rows = [row for row, _ in view._ready(view.firstVisibleBlock())]
    assert [tag.text for row in rows for tag in row.tags] == ["Actor?", "Claim?"]
    assert view.grab().toImage() != before
    # Letters on words have the room to themselves.
    press(window, Qt.Key.Key_J)
    rows = [row for row, _ in view._ready(view.firstVisibleBlock())]
    assert not [tag for row in rows for tag in row.tags]


def test_where_nothing_can_be_saved_none_is_offered(
    window: Window, suggestions: Suggestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = window.desk.hub
    assert suggestions.possible
    monkeypatch.setattr(hub.project, "read_only", "the disk is read-only")
    assert not suggestions.possible
    press(window, Qt.Key.Key_W)
    assert suggestions.focused is None
    suggestions.focus(next(iter(suggestions.pending)))
    assert not suggestions.take() or own(window) == []
    assert words(window) == ALL
    monkeypatch.undo()
    hub.layer = None
    assert not suggestions.reject()
    suggestions.relabel("denial")
    assert words(window) == ALL
