"""Going along links, and back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core import verbs
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.ui.gestures.modes import HopMode, Idle, Mode
from annotator.ui.window import Window


@pytest.fixture
def spans(window: Window) -> list[Annotation]:
    """Three actors and a claim that is linked with two of them; the claim is focused."""
    made = []
    for start, end, label in ((4, 12, "actor"), (22, 28, "actor"), (40, 46, "actor"), (22, 47, "")):
        window.desk.view.select(Span(start, end))
        window.desk.tag(label or "claim")
        assert window.desk.hub.focused is not None
        made.append(window.desk.hub.focused)
    for actor in made[:2]:
        window.desk.hub.apply(verbs.link("source", made[3], actor))
    return made


def mode(window: Window) -> Mode:
    return window.desk.mode


def press(window: Window, key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.desk.view, key, held)


def focused(window: Window) -> str:
    found = window.desk.hub.focused
    return found.id if found else ""


def test_one_partner_is_gone_to_at_once_and_several_by_letter(
    window: Window, spans: list[Annotation]
) -> None:
    one, other, _, claim = (each.id for each in spans)
    press(window, Qt.Key.Key_L)
    assert isinstance(mode(window), HopMode)
    press(window, Qt.Key.Key_Z)
    assert window.desk.banner.startswith("Go along a link · no span here has the letters Z")
    press(window, Qt.Key.Key_S)
    assert focused(window) == other
    assert window.desk.view.caret() == spans[1].spans[0].start
    press(window, Qt.Key.Key_L)
    assert focused(window) == claim
    assert mode(window) == Idle()
    press(window, Qt.Key.Key_L)
    press(window, Qt.Key.Key_A)
    assert focused(window) == one
    for before in (claim, other, claim):
        press(window, Qt.Key.Key_L, shift=True)
        assert focused(window) == before


def test_what_is_gone_is_passed_by_on_the_way_back(window: Window, spans: list[Annotation]) -> None:
    desk = window.desk
    desk.hops.go(spans[0].id)
    desk.hops.go(spans[1].id)
    desk.hub.apply(verbs.remove([spans[0]], list(desk.hub.relations.values())))
    desk.hops.back()
    assert focused(window) == spans[3].id


def test_there_may_be_no_link_and_no_way_back(window: Window, spans: list[Annotation]) -> None:
    desk = window.desk
    said: list[str] = []
    desk.hub.said.connect(said.append)
    desk.hub.focus(spans[2].id)
    desk.hops.forth()
    desk.hops.back()
    desk.hub.focus(None)
    desk.hops.forth()
    desk.hops.letter("A")
    assert said == [
        "This span has no links.",
        "There is no way back: no link was followed to here.",
        "Focus a span first: click it, or go to it with Alt+Down.",
    ]


def test_a_partner_that_goes_ends_the_choice(window: Window, spans: list[Annotation]) -> None:
    desk = window.desk
    desk.hops.forth()
    desk.hub.apply(verbs.remove([spans[0]], list(desk.hub.relations.values())))
    assert desk.mode == Idle()


def test_another_article_has_no_way_back(window: Window, spans: list[Annotation]) -> None:
    desk = window.desk
    desk.hops.go(spans[0].id)
    here = desk.hub.document
    window.step_article(1)
    desk.hub.open_document(here.id if here else None)
    desk.hops.back()
    assert desk.hub.focused is None
