"""The list of links in the inspector."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.model import Annotation
from annotator.core.tagset import RelationType
from annotator.ui.hub import Hub
from annotator.ui.panels.attributes import DateEditor
from annotator.ui.panels.choices import FlagEditor
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.links import HopButton, LinkCard, section_title


def denial(hub: Hub) -> Annotation:
    found = [each for each in hub.annotations.values() if each.label == "denial"]
    return min(found, key=lambda each: each.envelope)


def card(inspector: Inspector, type_: str, *, incoming: bool = False) -> LinkCard:
    return inspector.card.links.sections[type_, incoming].cards[0]


def test_links_lead_to_the_other_end_and_back(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    here = denial(hub)
    hub.focus(here.id)
    assert card(inspector, "source").hop.words == "Ministry of Defense of Azerbaijan"
    assert "Source" in card(inspector, "source").hop.accessibleName()
    target = card(inspector, "denies")
    target.hop.setFocus()
    QTest.keyClick(target.hop, Qt.Key.Key_Return)
    assert hub.focused is not None
    assert hub.focused.label == "claim"
    back = card(inspector, "denies", incoming=True)
    assert inspector.card.links.sections["denies", True].title == "Denied by"
    back.hop.click()
    assert hub.focused == here


def test_delete_unlinks_and_undo_brings_it_back(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    hub.focus(denial(hub).id)
    section = inspector.card.links.sections["denies", False]
    assert section.add is not None
    number = len(hub.relations)
    section.cards[0].hop.setFocus()
    QTest.keyClick(section.cards[0].hop, Qt.Key.Key_Delete)
    assert len(hub.relations) == number - 1
    assert not section.cards
    assert section.add.isVisible()
    now = QApplication.focusWidget()
    assert now is not None
    assert inspector.isAncestorOf(now)
    with qtbot.waitSignal(inspector.link_asked) as asked:
        section.add.click()
    assert asked.args == ["denies"]
    hub.undo()
    assert len(section.cards) == 1
    assert not section.add.isVisible()
    section.cards[0].remove.click()
    assert not section.cards


def test_implied_is_a_check_on_the_source(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    hub.focus(denial(hub).id)
    source = card(inspector, "source")
    assert source._form is not None
    implied = source._form.editors["implied"]
    assert isinstance(implied, FlagEditor)
    QTest.keyClick(implied.box, Qt.Key.Key_Space)
    (link,) = [
        each
        for each in hub.relations.values()
        if each.type == "source" and each.source == denial(hub).id
    ]
    assert link.attributes == {"implied": True}
    hub.undo()
    assert not implied.box.isChecked()
    implied.box.click()
    implied.box.click()
    assert hub.relations[link.id].attributes == {}


def test_a_link_made_elsewhere_appears_in_place(inspector: Inspector, hub: Hub) -> None:
    here = denial(hub)
    hub.focus(here.id)
    kept = card(inspector, "source")
    kept.hop.setFocus()
    actors = [each for each in hub.annotations.values() if each.label == "actor"]
    hub.apply(verbs.link("source", here, actors[-1]))
    assert len(inspector.card.links.sections["source", False].cards) == 2
    assert card(inspector, "source") is kept
    assert kept.hop.hasFocus()


@pytest.mark.parametrize(
    ("relation", "incoming", "title"),
    [
        (RelationType("source", title="Source"), False, "Source"),
        (RelationType("source", title="Source"), True, "Source of"),
        (RelationType("repeats", title="Repeats", symmetric=True), True, "Repeats"),
        (RelationType("cites_it"), True, "← Cites it"),
    ],
)
def test_titles_by_direction(relation: RelationType, incoming: bool, title: str) -> None:
    assert section_title(relation, incoming=incoming) == title


def test_up_and_down_go_through_the_links(inspector: Inspector, hub: Hub) -> None:
    hub.focus(denial(hub).id)
    hops = [each for each in inspector.card.links.stops() if isinstance(each, HopButton)]
    assert len(hops) >= 2
    hops[0].setFocus()
    for key, place in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Up, 0)):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, key)
        assert hops[place].hasFocus()


def test_a_casualty_shows_what_it_takes_from_the_statement_around_it(
    inspector: Inspector, hub: Hub
) -> None:
    document = hub.document
    assert document is not None
    casualty = next(
        each
        for each in hub.annotations.values()
        if each.quote(document.text) == "two military contractors"
    )
    hub.apply(verbs.set_attribute(casualty, "when", None))
    hub.focus(casualty.id)
    section = inspector.card.links.sections["source", False]
    said = "Ministry of Defense of Nagorno-Karabakh, from the claim around it"
    assert section._inherited.text() == said
    claim = next(
        each
        for each in hub.annotations.values()
        if each.label == "claim" and each.envelope.covers(casualty.envelope)
    )
    day = {"text": "August 3", "from": "2022-08-03", "to": "2022-08-03"}
    hub.apply(verbs.set_attribute(claim, "when", day))
    assert inspector.card.form is not None
    when = inspector.card.form.editors["when"]
    assert isinstance(when, DateEditor)
    assert when.days.placeholderText() == "3 August 2022, from the claim around it"
    assert when.days.text() == ""
    actor = next(each for each in hub.annotations.values() if each.label == "actor")
    hub.apply(verbs.link("source", casualty, actor))
    assert section._inherited.text() == ""
