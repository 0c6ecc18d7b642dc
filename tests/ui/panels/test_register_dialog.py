"""The register of actors: found, sorted, added, changed, merged and removed."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Entity
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.hub import Hub
from annotator.ui.panels.entity_dialog import EntityDialog
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.register import COLUMNS
from annotator.ui.panels.register_dialog import RegisterDialog
from annotator.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ARMENIAN = Entity("hy", "Հայաստանի պաշտպանության նախարարություն", ("ՀՀ ՊՆ",), "Հայաստան", "media")
ARABIC = Entity("ar", "وِزارة الدفاع", ("Mudafaa Wizarəti",), "third party")


@pytest.fixture
def dialog(inspector: Inspector, hub: Hub, theme: Theme, qtbot: QtBot) -> RegisterDialog:
    """The register with an Armenian and an Arabic actor that nothing names, shown."""
    hub.apply(Edit("add", inserted([ARMENIAN, ARABIC])))
    made = RegisterDialog(hub, theme, inspector)
    with qtbot.waitExposed(made):
        made.open()
    return made


def names(dialog: RegisterDialog) -> list[str]:
    return [each.name for each in dialog.register.entities]


def select(dialog: RegisterDialog, *wanted: str) -> None:
    dialog.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for name in wanted:
        index = dialog.table.model().index(names(dialog).index(name), 0)
        dialog.table.selectionModel().select(index, flags.Select | flags.Rows)


def mentions(hub: Hub, name: str) -> int:
    (entity,) = (each for each in hub.entities.values() if each.name == name)
    return hub.project.read.mentions().get(entity.id, 0)


def test_actors_are_found_in_any_script_by_all_their_names(dialog: RegisterDialog) -> None:
    assert len(names(dialog)) == len(dialog._hub.entities)
    for typed, found in (
        ("հհ", [ARMENIAN.name]),
        ("وزارة", [ARABIC.name]),
        ("party mudafaa", [ARABIC.name]),
        ("nobody at all", []),
    ):
        dialog.filter.setText(typed)
        assert names(dialog) == found


def test_the_order_is_by_name_or_by_any_column(dialog: RegisterDialog) -> None:
    latin = [each for each in names(dialog) if each.isascii()]
    assert latin == sorted(latin, key=str.casefold)
    dialog.order.setCurrentIndex(COLUMNS.index("Mentions"))
    dialog.order.activated.emit(COLUMNS.index("Mentions"))
    assert names(dialog)[0] == "Ministry of Defense of Azerbaijan" or mentions(
        dialog._hub, names(dialog)[0]
    ) >= mentions(dialog._hub, names(dialog)[1])
    numbers = [mentions(dialog._hub, each) for each in names(dialog)]
    assert numbers == sorted(numbers, reverse=True)


def test_two_are_merged_with_a_preview_and_come_back_in_one_step(
    dialog: RegisterDialog, hub: Hub
) -> None:
    select(dialog, "Armenia")
    assert not dialog.merge.isEnabled()
    many, few = "Armenia", "Azerbaijan"
    moved, stayed, number = mentions(hub, few), mentions(hub, many), len(hub.entities)
    select(dialog, few, many)
    dialog.merge.click()
    strip = dialog.merging
    assert strip.preview.text().startswith(f"{moved} mentions of “{few}” will be of “{many}”")
    strip.kept.setCurrentIndex(1)
    assert strip.preview.text().startswith(f"{stayed} mentions of “{many}” will be of “{few}”")
    strip.kept.setCurrentIndex(0)
    strip.agreed.click()
    assert len(hub.entities) == number - 1
    assert stayed < mentions(hub, many) <= stayed + moved  # a span may have named both
    (kept,) = (each for each in hub.entities.values() if each.name == many)
    assert {few, "Baku"} <= set(kept.aliases)
    assert "Ctrl+Z takes it back" in dialog.said.text()
    assert not strip.isVisible()
    QTest.keyClick(dialog.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (mentions(hub, many), mentions(hub, few)) == (stayed, moved)
    assert few in names(dialog)
    QTest.keyClick(
        dialog.table,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert len(hub.entities) == number - 1
    assert hub.project.check() == []


def test_a_merge_is_left_by_escape(dialog: RegisterDialog, hub: Hub) -> None:
    select(dialog, "Armenia", "Azerbaijan")
    dialog.merge.click()
    QTest.keyClick(dialog.merging.kept, Qt.Key.Key_Escape)
    assert not dialog.merging.isVisible()
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_nothing_names_can_be_removed(dialog: RegisterDialog, hub: Hub) -> None:
    select(dialog, "Armenia")
    assert not dialog.remove.isEnabled()
    select(dialog, ARMENIAN.name, ARABIC.name)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert not {"hy", "ar"} & set(hub.entities)
    assert dialog.said.text().startswith("Removed: ")
    hub.undo()
    assert {"hy", "ar"} <= set(hub.entities)


def test_the_keyboard_goes_from_the_filter_to_the_table_and_edits(
    dialog: RegisterDialog, hub: Hub
) -> None:
    dialog.filter.setText("Wizarəti")
    QTest.keyClick(dialog.filter, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    assert [each.id for each in dialog.selected] == ["ar"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    edited = dialog.findChild(EntityDialog)
    assert isinstance(edited, EntityDialog)
    edited.side.setText("Azerbaijan")
    edited.accept()
    assert hub.entities["ar"].side == "Azerbaijan"
    assert [each.id for each in dialog.selected] == ["ar"]


def test_a_new_actor_is_added_with_all_that_is_known(dialog: RegisterDialog, hub: Hub) -> None:
    dialog.new.click()
    added = dialog.findChild(EntityDialog)
    assert isinstance(added, EntityDialog)
    added.accept()
    assert added.error.text() == "An actor needs a name."
    added.name.setText("Red Cross")
    added.aliases.setText("ICRC; CICR")
    added.accept()
    (made,) = (each for each in hub.entities.values() if each.name == "Red Cross")
    assert made.aliases == ("ICRC", "CICR")
    assert "Red Cross" in names(dialog)


def test_an_actor_that_went_meanwhile_is_not_added_again(dialog: RegisterDialog, hub: Hub) -> None:
    select(dialog, ARMENIAN.name)
    dialog.edit.click()
    edited = dialog.findChild(EntityDialog)
    assert isinstance(edited, EntityDialog)
    hub.apply(verbs.remove_entity(ARMENIAN))
    edited.accept()
    assert edited.error.text() == "This actor is no longer in the register."


def test_a_merge_reaches_everybodys_layers_and_links(dialog: RegisterDialog, hub: Hub) -> None:
    project = hub.project
    document = hub.document
    assert document is not None
    with Project.open(project.path, who="bob") as other:
        layer = other.layer(document.id)
        edit = verbs.mark(layer, [Span(0, 3)], "actor", attributes={"entity": ["hy"]}, fresh=True)
        other.apply(edit)
        made = next(edit.touched("annotation")).id
    hub.look()
    select(dialog, ARMENIAN.name, ARABIC.name)
    dialog.merge.click()
    dialog.merging.kept.setCurrentText(ARABIC.name)
    dialog.merging.agreed.click()
    moved = project.read.annotation(made)
    assert moved is not None
    assert moved.attributes == {"entity": ["ar"]}
    assert hub.entities["ar"].aliases == ("Mudafaa Wizarəti", ARMENIAN.name, "ՀՀ ՊՆ")
    hub.undo()
    back = project.read.annotation(made)
    assert back is not None
    assert back.attributes == {"entity": ["hy"]}
    assert hub.entities["ar"] == ARABIC
    assert project.check() == []


def test_why_an_actor_stays_is_said(dialog: RegisterDialog) -> None:
    select(dialog, "Armenia")
    assert "It can't be removed: it has " in dialog.said.text()
    select(dialog, ARMENIAN.name)
    assert "can't be removed" not in dialog.said.text()
    assert "Ctrl+Space" in dialog.said.text()


def test_the_row_of_the_keyboard_is_seen(dialog: RegisterDialog, theme: Theme) -> None:
    table = dialog.table
    table.setFocus()
    for row in (0, 1):
        table.selectionModel().setCurrentIndex(
            table.model().index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        picture = table.viewport().grab().toImage()
        cell = table.visualRect(table.model().index(row, 2))
        place = picture.devicePixelRatio() * cell.center().x(), cell.top()
        assert picture.pixelColor(*map(int, place)) == theme.focus


def test_two_rows_are_selected_by_the_keys_that_are_named(dialog: RegisterDialog) -> None:
    table, control = dialog.table, Qt.KeyboardModifier.ControlModifier
    table.selectRow(0)
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down, control)
    assert len(dialog.selected) == 1
    QTest.keyClick(table, Qt.Key.Key_Space, control)
    assert dialog.selected == [dialog.register.entities[0], dialog.register.entities[2]]
