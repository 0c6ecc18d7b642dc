"""Choosing, adding and changing an entity in the inspector."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.model import Annotation, Entity
from annotator.ui.hub import Hub
from annotator.ui.panels.entities import EntityEditor
from annotator.ui.panels.entity_dialog import EntityDialog
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.offers import matching, offers

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
REGISTER = {
    each.id: each
    for each in (
        Entity("1", "Armenia", ("the Armenian side", "Yerevan"), "Armenia", "state"),
        Entity("2", "Armed Forces of Armenia", ("the army",), "Armenia", "armed force"),
        Entity("3", "Azerbaijan", ("Baku",), "Azerbaijan", "state"),
        Entity("4", "Azerbaijani army", ("the army",), "Azerbaijan", "armed force"),
    )
}


def test_offers_rank_names_before_other_names_and_end_with_adding() -> None:
    found = offers("arme", REGISTER)
    assert [each.id for each in found] == ["2", "1", ""]
    assert found[-1].text == "Add “arme”"
    assert offers("yerev", REGISTER)[0].text == "Armenia (Yerevan) — Armenia · state"
    assert offers("Armenia", REGISTER)[0].id == "1"
    assert all(each.id for each in offers("Armenia", REGISTER))
    assert "1" not in [each.id for each in offers("Arm", REGISTER, taken=["1"])]


def test_before_typing_the_words_of_the_text_are_offered() -> None:
    found = offers("", REGISTER, words="The\nMinistry of Defense")
    assert found[0].name == "Ministry of Defense"
    assert {each.id for each in found[1:]} == set(REGISTER)
    assert offers("", REGISTER, words="Baku")[0].id == "3"


def test_matching_is_exact_and_never_a_guess() -> None:
    assert matching("  yerevan ", REGISTER) == REGISTER["1"]
    assert matching("the army", REGISTER) is None
    assert matching("Arm", REGISTER) is None


def actor(hub: Hub) -> Annotation:
    found = [each for each in hub.annotations.values() if each.label == "actor"]
    return min(found, key=lambda each: each.envelope)


def editor_of(inspector: Inspector) -> EntityEditor:
    assert inspector.card.form is not None
    editor = inspector.card.form.editors["entity"]
    assert isinstance(editor, EntityEditor)
    return editor


def test_typing_a_known_other_name_takes_the_entity(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    here = actor(hub)
    hub.focus(here.id)
    editor = editor_of(inspector)
    assert [chip.name.words for chip in editor.chips] == ["Ministry of Defense of Azerbaijan"]
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "baku")
    assert editor.line.open_list
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    names = [chip.name.words for chip in editor.chips]
    assert names == ["Ministry of Defense of Azerbaijan", "Azerbaijan"]
    assert editor.line.text() == ""
    editor.chips[1].name.setFocus()
    QTest.keyClick(editor.chips[1].name, Qt.Key.Key_Delete)
    assert hub.annotations[here.id].attributes == here.attributes
    assert editor.line.hasFocus()


def test_a_new_name_is_added_and_set_in_one_edit(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    here, number = actor(hub), len(hub.entities)
    hub.focus(here.id)
    editor = editor_of(inspector)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "Zzz Council")
    popup = editor.line.popup
    QTest.keyClick(popup, Qt.Key.Key_Down)
    assert popup.currentIndex().data() == "Add “Zzz Council”"
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert len(hub.entities) == number + 1
    assert editor.chips[-1].name.words == "Zzz Council"
    assert editor.line.text() == ""
    hub.undo()
    assert len(hub.entities) == number
    assert hub.annotations[here.id] == here
    assert len(editor.chips) == 1


def test_enter_on_half_a_name_lets_people_choose(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    here, number = actor(hub), len(hub.entities)
    hub.focus(here.id)
    editor = editor_of(inspector)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "Azerb")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert hub.annotations[here.id] == here
    assert editor.line.popup.currentIndex().isValid()
    QTest.keyClick(editor.line.popup, Qt.Key.Key_Escape)
    assert not editor.line.open_list
    assert editor.line.text() == "Azerb"
    with qtbot.waitSignal(hub.failed):
        hub.focus(None)
    assert len(hub.entities) == number


def test_down_offers_the_words_of_the_text(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    here = actor(hub)
    hub.apply(verbs.set_attribute(here, "entity", None))
    hub.focus(here.id)
    editor = editor_of(inspector)
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Down)
    popup = editor.line.popup
    assert popup.isVisible()
    assert "Ministry of Defense of Azerbaijan" in popup.currentIndex().data()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert hub.annotations[here.id].attributes == here.attributes


def test_an_emptied_line_offers_what_it_began_with(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    here, number = actor(hub), len(hub.entities)
    hub.apply(verbs.set_attribute(here, "entity", None))
    hub.focus(here.id)
    editor = editor_of(inspector)
    editor.words = "the Zzz Council"
    editor.line.setFocus()
    editor.begin()
    QTest.keyClicks(editor.line, "A")
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.line.popup.currentIndex().data() == "Add “Zzz Council”"
    QTest.keyClick(editor.line.popup, Qt.Key.Key_Return)
    assert len(hub.entities) == number + 1


def test_side_and_type_are_changed_in_a_dialog(
    inspector: Inspector, hub: Hub, qtbot: QtBot
) -> None:
    hub.focus(actor(hub).id)
    editor = editor_of(inspector)
    editor.chips[0].name.click()
    dialog = editor.findChild(EntityDialog)
    assert isinstance(dialog, EntityDialog)
    dialog.name.setText("")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.error.text()
    dialog.name.setText("MoD")
    dialog.side.setText("third party")
    dialog.type.setCurrentIndex(dialog.type.findData("media"))
    dialog.aliases.setText("The Ministry;  the MoD ; The Ministry")
    dialog.accept()
    assert not dialog.isVisible()
    (changed,) = [each for each in hub.entities.values() if each.name == "MoD"]
    assert changed.aliases == ("The Ministry", "the MoD")
    assert (changed.side, changed.type) == ("third party", "media")
    assert editor.chips[0].name.words == "MoD"
    assert editor.chips[0].about.text() == "third party · media"


def test_one_entity_only_is_replaced(inspector: Inspector, hub: Hub, qtbot: QtBot) -> None:
    casualty = next(each for each in hub.annotations.values() if each.attributes.get("whose"))
    hub.focus(casualty.id)
    assert inspector.card.form is not None
    editor = inspector.card.form.editors["whose"]
    assert isinstance(editor, EntityEditor)
    editor.line.setText("Baku")
    assert editor.commit() == ""
    whose = hub.annotations[casualty.id].attributes["whose"]
    assert hub.entities[whose].name == "Azerbaijan"
    assert len(editor.chips) == 1


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("ministere", "fr"),
        ("հհ պն", "hy"),
        ("ՊԱՇՏՊԱՆՈՒԹՅԱՆ", "hy"),
        ("وزارة", "ar"),
        ("оборон", "ru"),
        ("国防", "zh"),
    ],
)
def test_names_of_any_script_are_found_whatever_their_case_and_accents(
    typed: str, id_: str
) -> None:
    register = {
        each.id: each
        for each in (
            Entity("fr", "Ministère de la Défense"),
            Entity("hy", "պաշտպանության նախարարություն", ("ՀՀ ՊՆ",)),
            Entity("ar", "وِزَارَة الدفاع"),
            Entity("ru", "Минобороны"),
            Entity("zh", "国防部"),
        )
    }
    assert offers(typed, register)[0].id == id_


def test_accents_count_where_two_names_differ_by_nothing_else() -> None:
    register = {"1": Entity("1", "Cote"), "2": Entity("2", "Coté"), "3": Entity("3", "Père")}
    assert matching("coté", register) == register["2"]
    assert matching("PERE", register) == register["3"]
    assert matching("côte", register) is None
