"""Articles at hand: what is kept, what is forgotten, and what is made ready in advance."""

import pytest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.ids import layer_id
from annotator.core.span import Span
from annotator.core.steps import at_once
from annotator.ui import memory
from annotator.ui.reading.readings import Readings
from annotator.ui.window import Window
from tests.ui.conftest import document


def tag(window: Window, start: int = 4, end: int = 12) -> str:
    window.desk.view.select(Span(start, end))
    window.desk.tag("claim")
    return next(iter(window.desk.hub.annotations))


def test_an_article_seen_before_is_shown_as_it_was_left(window: Window, qtbot: QtBot) -> None:
    hub, view = window.desk.hub, window.desk.view
    made = tag(window)
    known, leaf = hub.annotations, view._leaf
    view.grab()
    hub.focus(None)
    view.grab()
    assert leaf is not None
    assert leaf.rows
    window.step_article(1)
    assert hub.annotations is not known
    assert hub.annotations == {}
    view.set_captions(lambda each: each.label)
    assert not leaf.rows  # other entities, other captions
    assert view.ordered() == []
    window.step_article(-1)
    assert hub.annotations is known
    assert view._leaf is leaf
    assert leaf is not None
    assert view._rows._ready is leaf.rows
    assert view.ordered() == [made]
    tag(window, 13, 17)
    assert len(view.ordered()) == 2
    window.undo()
    assert view.ordered() == [made]


def test_what_an_undo_changes_elsewhere_is_read_anew(window: Window) -> None:
    hub, view = window.desk.hub, window.desk.view
    tag(window)
    window.step_article(1)
    window.undo()
    window.step_article(-1)
    assert hub.annotations == {}
    assert view.ordered() == []


def test_what_another_program_wrote_is_read_anew(window: Window) -> None:
    hub = window.desk.hub
    made = tag(window)
    known = hub.annotations
    window.step_article(1)
    hub._on_edit(Edit("look", ()))
    window.step_article(-1)
    assert hub.annotations is not known
    assert list(hub.annotations) == [made]


def test_the_next_article_is_made_ready(window: Window, qtbot: QtBot) -> None:
    hub, view, pane = window.desk.hub, window.desk.view, window.article
    qtbot.waitUntil(lambda: not pane.prefetch.busy)
    assert len(view._kept) == 2
    ready = view._kept[-1]
    window.step_article(1)
    assert view._leaf is ready
    assert hub.annotations is ready.source
    pane.expect("no such article")
    qtbot.waitUntil(lambda: not pane.prefetch.busy)
    pane.expect(None)


def test_only_some_are_kept(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, view = window.desk.hub, window.desk.view
    monkeypatch.setattr(memory, "MOST", 1)
    monkeypatch.setattr("annotator.ui.article.page.MOST", 1)
    first = hub.annotations
    for _ in range(2):
        window.step_article(1)
        window.article.expect(None)
    assert len(view._kept) == 1
    for _ in range(2):
        window.step_article(-1)
        window.article.expect(None)
    assert hub.annotations is not first


def test_another_look_lays_all_out_anew(window: Window) -> None:
    view = window.desk.view
    window.article.expect(None)
    window.step_article(1)
    assert len(view._kept) > 1
    window.article.set_theme(window.theme)
    assert view._kept == [view._leaf]
    window.step_article(-1)
    view.grab()
    assert view.toPlainText()


def test_what_is_read_while_it_changes_is_not_kept(window: Window) -> None:
    hub = window.desk.hub
    assert hub.document is not None
    window.article.expect(None)
    other = window.bench.documents.model.listing(2) if window.bench else None
    assert other is not None
    steps = hub.fetch(other.id)
    layer = hub.project.layer(other.id)
    assert layer.id == layer_id(other.id, "ann", "annotator", 1)
    edit = verbs.mark(layer, (Span(0, 3),), "claim", fresh=True)
    assert hub.apply(edit)
    opened = at_once(steps)
    assert opened is not None
    hub.open_document(other.id)
    assert len(hub.annotations) == 1


def test_readings_are_made_once_for_each_layout() -> None:
    readings = Readings()
    one = document(1)
    made = at_once(readings.steps(one, "reading"))
    assert at_once(readings.steps(one, "reading")) is made
    raw = at_once(readings.steps(one, "raw"))
    assert raw is not made
    for number in range(2, 9):
        at_once(readings.steps(document(number), "reading"))
    assert at_once(readings.steps(one, "reading")) is not made
