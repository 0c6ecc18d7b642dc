"""The gestures, where they begin, end or are refused in ways that the window's keys seldom show."""

import pytest

from annotator.core import verbs
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.gestures.desk import Desk
from annotator.ui.gestures.modes import Armed, Idle, LinkMode, Reopened
from annotator.ui.window import Window


@pytest.fixture
def desk(window: Window) -> Desk:
    return window.desk


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What the status bar is asked to say."""
    sentences: list[str] = []
    desk.hub.said.connect(sentences.append)
    return sentences


def tagged(desk: Desk, start: int, end: int, label: str) -> Annotation:
    desk.view.select(Span(start, end))
    desk.tag(label)
    assert desk.hub.focused is not None
    return desk.hub.focused


def idle(desk: Desk) -> bool:
    return desk.mode == Idle()


def test_a_reopened_span_that_goes_ends_the_mode(desk: Desk) -> None:
    tagged(desk, 4, 12, "actor")
    desk.enter()
    assert isinstance(desk.mode, Reopened)
    desk.hub.undo()
    assert idle(desk)
    assert desk.view.selected_span() is None
    desk.enter()  # nothing is focused
    assert idle(desk)


def test_a_candidate_that_changes_ends_link_mode_and_others_do_not(desk: Desk) -> None:
    elsewhere = tagged(desk, 30, 36, "casualty")
    actor = tagged(desk, 4, 12, "actor")
    claim = tagged(desk, 22, 47, "claim")
    desk.start_link("source")
    mode = desk.mode
    assert isinstance(mode, LinkMode)
    desk.hub.apply(verbs.set_note(elsewhere, "far away"))
    assert desk.mode == mode
    desk.hub.apply(verbs.remove([actor], []))
    assert idle(desk)
    assert desk.hub.focused == claim


def test_keys_that_the_tag_set_lacks_are_named(desk: Desk, said: list[str]) -> None:
    desk.tag_key("9")
    desk.link_key("X")
    desk.start_link("no such link")
    assert said == ["No label has the key 9.", "No link has the key X."]
    assert idle(desk)


def test_a_link_without_partners_is_said(desk: Desk, said: list[str]) -> None:
    tagged(desk, 22, 47, "claim")
    desk.start_link("source")
    assert said == ["There is nothing here that “Source” could link this span with."]


def test_hints_and_clicks_mean_nothing_outside_link_mode(desk: Desk) -> None:
    actor = tagged(desk, 4, 12, "actor")
    desk.hint("A")
    assert not desk.pick(actor.id)
    assert not desk.hub.relations


def test_hints_of_two_letters_are_typed_one_after_the_other(desk: Desk) -> None:
    claim = tagged(desk, 0, 60, "claim")
    for start in range(30):
        tagged(desk, start, start + 2, "actor")
    desk.hub.focus(claim.id)
    desk.start_link("source")
    assert isinstance(desk.mode, LinkMode)
    first, second = tuple(desk.mode.hints[-1][0])
    desk.hint(first)
    assert desk.banner == f"Link: Source · {first}… · Esc leaves"
    desk.hint(second)
    assert [each.source for each in desk.hub.relations.values()] == [claim.id]


def test_escape_leaves_the_mode_then_the_selection_then_the_focus(desk: Desk) -> None:
    tagged(desk, 4, 12, "actor")
    desk.view.select(Span(20, 30))
    desk.escape()
    assert desk.view.selected_span() is None
    assert desk.hub.focused is not None
    desk.escape()
    assert desk.hub.focused is None
    desk.tag("claim")
    assert desk.mode == Armed("claim")
    assert desk.banner.startswith("Claim is armed")
    desk.escape()
    assert idle(desk)


def test_going_beyond_the_last_span_is_said(desk: Desk, said: list[str]) -> None:
    desk.step(backwards=False)
    tagged(desk, 4, 12, "actor")
    desk.step(backwards=False)
    desk.step(backwards=True)
    assert said == [
        "No spans yet.",
        "There is no span after this one.",
        "There is no span before this one.",
    ]


def test_nothing_is_done_while_no_article_is_open(desk: Desk) -> None:
    desk.hub.open_document(None)
    assert not desk.set_state("done")
    desk.question()
    desk.tag("claim")
    assert desk.mode == Armed("claim")
    assert not desk.hub.project.read.counts()["annotation"]


def test_an_undo_that_another_persons_work_forbids_is_told(desk: Desk, project: Project) -> None:
    overtaken: list[str] = []
    desk.hub.overtaken.disconnect()  # the window would show its journal
    desk.hub.overtaken.connect(overtaken.append)
    made = tagged(desk, 4, 12, "actor")
    with Project.open(project.path, who="bob") as other:
        other.apply(verbs.set_note(made, "bob was here"))
    desk.hub.undo()
    assert len(overtaken) == 1
    assert "bob changed the same annotation later" in overtaken[0]
    assert made.id in desk.hub.annotations
