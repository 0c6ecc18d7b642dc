"""The tag set editor, as a person uses it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QColorDialog,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.core.edits import Edit, inserted
from annotator.core.model import TagsetVersion
from annotator.core.tagset import Attribute, Label
from annotator.core.tagset_toml import dumps, loads
from annotator.project import Project
from annotator.ui.panels.parts import Combo
from annotator.ui.tagset.editor import TagsetEditor

Found = TypeVar("Found", bound=QWidget)
Key = Qt.Key
Held = Qt.KeyboardModifier


def saved(editor: TagsetEditor) -> Project:
    """The project that is edited."""
    return editor._hub.project


def sentences(editor: TagsetEditor) -> list[str]:
    """What the foot says."""
    editor.effects.look()
    page = editor.effects.widget()
    assert page
    texts = (getattr(each, "text", str) for each in page.children())
    return [str(text()) for text in texts if text is not str and text()]


def choices(editor: TagsetEditor) -> list[Combo]:
    """What the foot asks."""
    editor.effects.look()
    page = editor.effects.widget()
    assert page
    return page.findChildren(Combo)


def pick(choice: QComboBox, text: str) -> None:
    """Choose a line of a choice as a person does."""
    index = choice.findText(text)
    assert index >= 0
    choice.setCurrentIndex(index)
    choice.textActivated.emit(text)
    choice.activated.emit(index)


def live(editor: TagsetEditor, kind: type[Found]) -> list[Found]:
    """The widgets of a kind among the attributes; what was just replaced is hidden."""
    rows = editor.form.attributes
    QApplication.processEvents()
    return [each for each in rows.findChildren(kind) if not each.isHidden()]


def apply(editor: TagsetEditor, qtbot: QtBot) -> None:
    """Press Ctrl+Enter and wait until it is done."""
    editor.effects.look()
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(editor, Key.Key_Return, Held.ControlModifier)


def test_a_label_is_renamed_by_keyboard_and_its_annotations_follow(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    project = saved(editor)
    claims = project.read.counts_by_label()["claim"]
    QTest.keyClick(editor.list, Key.Key_F2)
    assert editor.form.title.hasFocus()
    QTest.keyClicks(editor.form.title, "Statement")
    editor.form.name.setFocus()
    editor.form.name.selectAll()
    QTest.keyClicks(editor.form.name, "statement")
    QTest.keyClick(editor.form.name, Key.Key_Return)
    assert sentences(editor)[:2] == [
        f"The label “Claim” is called “statement”, in {claims} annotations.",
        "The label “Claim”: title changed.",
    ]
    apply(editor, qtbot)
    assert project.tagset.labels[0].name == "statement"
    assert project.read.counts_by_label()["statement"] == claims
    assert project.check() == []
    project.undo()
    assert project.read.counts_by_label()["claim"] == claims


def test_a_removed_label_waits_for_a_choice(editor: TagsetEditor, qtbot: QtBot) -> None:
    project = saved(editor)
    counts = project.read.counts_by_label()
    QTest.keyClick(editor.list, Key.Key_Delete)
    assert editor.sheet.name == "denial"
    (choice,) = choices(editor)
    assert not editor.apply.isEnabled()
    editor.accept()
    assert project.tagset.version == 1
    (choice,) = choices(editor)
    pick(choice, "Choose…")
    assert editor.effects.open
    pick(choice, "make it “Denial”")
    (choice,) = choices(editor)
    assert editor.apply.isEnabled()
    assert choice.currentText() == "make it “Denial”"
    pick(choice, "remove the annotations")
    (choice,) = choices(editor)
    assert choice.currentText() == "remove the annotations"
    pick(choice, "make it “Denial”")
    apply(editor, qtbot)
    assert project.read.counts_by_label()["denial"] == counts["claim"] + counts["denial"]
    assert project.check() == []


def test_a_value_that_goes_can_become_another(editor: TagsetEditor, qtbot: QtBot) -> None:
    editor.sheet.choose("label", "casualty")
    outcome = live(editor, QLineEdit)[1]
    assert outcome.text().startswith("killed; wounded")
    outcome.setFocus()
    outcome.selectAll()
    QTest.keyClicks(outcome, "killed; missing")
    QTest.keyClick(outcome, Key.Key_Return)
    assert any("“wounded” of “outcome”" in each for each in sentences(editor))
    choice = next(each for each in choices(editor) if "wounded" in each.accessibleName())
    assert choice.currentText() == "take it away"
    pick(choice, "make it “killed”")
    assert any(
        "“wounded” of “outcome” of “Casualty” is called “killed”" in each
        for each in sentences(editor)
    )
    apply(editor, qtbot)
    values = [
        attributes.get("outcome")
        for attributes, _ in saved(editor).read.attribute_sets("label", "casualty")
    ]
    assert "wounded" not in values
    assert "killed" in values


def test_labels_and_relations_are_added_copied_and_moved(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    sheet = editor.sheet
    QTest.keyClick(editor.list, Key.Key_N, Held.ControlModifier)
    assert (sheet.name, editor.form.title.hasFocus()) == ("new label", True)
    made = sheet.owner
    assert isinstance(made, Label)
    assert (made.key, made.pattern) == ("5", "wave")
    assert not editor.form.advice.isVisible()
    editor.list.setFocus()
    QTest.keyClick(editor.list, Key.Key_D, Held.ControlModifier)
    assert sheet.name == "new label 2"
    QTest.keyClick(editor.list, Key.Key_Up, Held.AltModifier)
    QTest.keyClick(editor.list, Key.Key_Up, Held.AltModifier)
    QTest.keyClick(editor.list, Key.Key_Down, Held.AltModifier)
    names = [each.name for each in sheet.draft.after.labels]
    assert names == ["claim", "denial", "casualty", "actor", "new label 2", "new label"]
    sheet.choose("relation", "source")
    QTest.keyClick(editor.list, Key.Key_N, Held.ControlModifier)
    assert sheet.name == "new relation"
    editor.form.sources.item(0).setCheckState(Qt.CheckState.Checked)
    editor.form.targets.item(3).setCheckState(Qt.CheckState.Checked)
    editor.form.symmetric.click()
    relation = sheet.draft.after.relation("new relation")
    assert relation
    assert (relation.sources, relation.targets, relation.symmetric) == (
        ("claim",),
        ("actor",),
        True,
    )


def test_arrows_choose_what_the_form_shows(editor: TagsetEditor, qtbot: QtBot) -> None:
    for name in ("denial", "casualty", "actor", "source"):
        QTest.keyClick(editor.list, Key.Key_Down)
        assert editor.sheet.name == name
    assert not editor.form.preview.isVisible()
    assert editor.form.sources.isVisible()
    assert editor.form.title.text() == "Source"


def test_each_field_changes_the_draft(editor: TagsetEditor, qtbot: QtBot) -> None:
    form = editor.form
    form.key.selectAll()
    QTest.keyClicks(form.key, "b")
    form.color.field.selectAll()
    QTest.keyClicks(form.color.field, "#123456")
    pick(form.pattern, "wave")
    form.guideline.setPlainText("What it is.")
    form.examples.setPlainText("one\n\n two ")
    label = editor.sheet.owner
    assert isinstance(label, Label)
    assert (label.key, label.color, label.pattern) == ("B", "#123456", "wave")
    assert (label.guideline, label.examples) == ("What it is.", ("one", "two"))
    editor.discard()
    assert not editor.sheet.touched
    assert form.key.text() == "1"
    assert sentences(editor) == ["Nothing changes yet."]


def test_a_key_or_a_name_that_is_taken_is_refused_in_a_sentence(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    form = editor.form
    form.key.selectAll()
    QTest.keyClicks(form.key, "2")
    assert form.problem.text() == "2 is the key of “Denial”; choose another key."
    form.name.setText("denial")
    form.name.setFocus()
    form.commit()
    assert form.problem.text() == "There is another label “denial”; choose another name."
    assert (form.name.text(), editor.sheet.touched) == ("claim", False)
    editor.sheet.choose("label", "actor")
    assert not form.problem.isVisible()


def test_attributes_are_added_named_typed_moved_and_removed(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    rows, sheet = editor.form.attributes, editor.sheet
    sheet.choose("label", "actor")
    QTest.mouseClick(rows.add, Qt.MouseButton.LeftButton)
    field = next(each for each in live(editor, QLineEdit) if each.text() == "attribute 1")
    for name, told in (("entity", "another attribute “entity”"), ("", "needs a name")):
        field.setText(name)
        field.editingFinished.emit()
        assert told in editor.form.problem.text()
        assert field.text() == "attribute 1"
    field.setText("role")
    field.editingFinished.emit()
    pick(
        next(each for each in live(editor, Combo) if each.accessibleName() == "Type of role"),
        "choice",
    )
    owner = sheet.owner
    assert owner
    assert owner.attributes[1] == Attribute("role", "choice")
    editor.effects.look()
    editor.accept()
    assert "“role”" in editor.notice.text() or '"role"' in editor.notice.text()
    assert "without values" in editor.notice.text()
    menu = next(
        each for each in live(editor, QToolButton) if "role" in each.accessibleName()
    ).menu()
    menu.actions()[0].trigger()
    owner = sheet.owner
    assert owner
    assert [each.name for each in owner.attributes] == ["role", "entity"]
    box = next(
        each
        for each in live(editor, QAbstractButton)
        if each.accessibleName() == "role can have several values"
    )
    box.click()
    owner = sheet.owner
    assert owner
    assert owner.attributes[0].several
    menu = next(
        each for each in live(editor, QToolButton) if "role" in each.accessibleName()
    ).menu()
    menu.actions()[2].trigger()
    assert not sheet.touched


def test_esc_asks_only_where_something_would_be_forgotten(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    editor.sheet.set_owner(replace(editor.sheet.draft.after.labels[0], key="9"))
    QTest.keyClick(editor, Key.Key_Escape)
    assert "Esc again leaves" in editor.notice.text()
    assert editor.isVisible()
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(editor, Key.Key_Escape)
    assert saved(editor).tagset.version == 1


def test_esc_leaves_at_once_where_nothing_was_changed(editor: TagsetEditor, qtbot: QtBot) -> None:
    QTest.keyClick(editor, Key.Key_Return)
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(editor, Key.Key_Escape)


def test_what_was_not_shown_yet_is_shown_before_it_is_done(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    form = editor.form
    form.name.setFocus()
    form.name.selectAll()
    QTest.keyClicks(form.name, "statement")
    QTest.keyClick(editor, Key.Key_Return, Held.ControlModifier)
    assert editor.notice.text() == "Look at what will change, then apply."
    assert saved(editor).tagset.version == 1
    apply(editor, qtbot)
    assert saved(editor).tagset.version == 2


def test_the_last_label_stays(editor: TagsetEditor) -> None:
    for _ in range(4):
        editor.remove()
    assert [each.name for each in editor.sheet.draft.after.labels] == ["actor"]
    assert editor.notice.text() == "A tag set needs at least one label."
    editor.sheet.choose("relation", "source")
    for _ in range(6):
        if editor.sheet.kind == "relation":
            editor.remove()
    assert (editor.sheet.kind, editor.sheet.name) == ("label", "actor")


def test_a_tag_set_goes_out_to_a_file_and_comes_in_with_its_differences(
    editor: TagsetEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tags.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    editor.ask_export()
    assert loads(path.read_text("utf-8")) == saved(editor).tagset
    path.write_text(path.read_text("utf-8").replace('key = "4"', 'key = "9"'), "utf-8")
    editor.ask_import()
    assert sentences(editor) == ["The label “Actor”: key changed."]
    assert saved(editor).tagset.version == 1
    path.write_text("name = 1 2\n")
    editor.ask_import()
    assert "line 1" in editor.notice.text()
    editor.export_to(tmp_path)
    assert "can't be written" in editor.notice.text()


def test_colours_are_proposed_or_any_is_chosen(editor: TagsetEditor) -> None:
    color = editor.form.color
    color.menu.aboutToShow.emit()
    (first, *_) = color.menu.actions()
    first.trigger()
    label = editor.sheet.owner
    assert isinstance(label, Label)
    assert label.color == first.text() == color.field.text()
    color.menu.actions()[-1].trigger()
    (dialog,) = color.findChildren(QColorDialog)
    dialog.colorSelected.emit(dialog.currentColor().darker())
    dialog.close()
    label = editor.sheet.owner
    assert isinstance(label, Label)
    assert label.color != first.text()


def test_a_tag_set_changed_meanwhile_is_not_written_over(
    editor: TagsetEditor, qtbot: QtBot
) -> None:
    project = saved(editor)
    with Project.open(project.path, who="ann") as other:
        other.apply(_newer(other))
    editor.sheet.set_owner(replace(project.tagset.labels[0], title="x"))
    editor.effects.look()
    editor.accept()
    qtbot.waitUntil(lambda: "changed meanwhile" in editor.notice.text())
    assert project.tagset.version == 2
    assert editor.isVisible()


def _newer(project: Project) -> Edit:
    tagset = replace(project.tagset, version=2, name="newer")
    return Edit("newer", inserted([TagsetVersion(2, dumps(tagset))]))


def test_sixty_labels_scroll_and_the_chosen_one_is_seen(many: TagsetEditor) -> None:
    assert many.list.count() == 63
    many.add_label()
    assert many.sheet.name == "new label"
    item = many.list.currentItem()
    assert item is not None
    assert many.list.viewport().rect().contains(many.list.visualItemRect(item).center())
    label = many.sheet.owner
    assert isinstance(label, Label)
    assert label.key == "0"
    many.sheet.choose("relation", "r")
    assert many.form.sources.count() == 61


def test_everything_has_a_name(editor: TagsetEditor) -> None:
    for row in (3, 6):  # a label, a relation
        editor.list.setCurrentRow(row)
        for each in editor.findChildren(QWidget):
            if isinstance(each, QLineEdit | QPlainTextEdit | QPushButton | QComboBox):
                text = each.text() if isinstance(each, QPushButton) else ""
                inside = isinstance(each.parent(), QComboBox)
                assert each.accessibleName() or text or inside, each


@pytest.mark.parametrize("run", [TagsetEditor.duplicate, TagsetEditor.remove])
def test_what_is_chosen_is_never_nothing(
    editor: TagsetEditor, run: Callable[[TagsetEditor], None]
) -> None:
    run(editor)
    assert editor.sheet.owner is not None
    assert editor.form.title.text() == editor.sheet.owner.title


def test_apply_goes_to_the_choice_that_is_to_be_made(editor: TagsetEditor) -> None:
    QTest.keyClick(editor.list, Key.Key_Delete)
    assert choices(editor)
    QTest.keyClick(editor.list, Key.Key_Return, Held.ControlModifier)
    asked = editor.focusWidget()
    assert isinstance(asked, Combo)
    assert asked.currentText() == "Choose…"
    assert editor.notice.text() == f"Choose first: {asked.accessibleName()}"
    assert saved(editor).tagset.version == 1


def test_ctrl_z_takes_back_what_was_done_to_the_draft(editor: TagsetEditor) -> None:
    first = editor.sheet.draft
    QTest.keyClick(editor.list, Key.Key_Delete)
    (choice,) = choices(editor)
    pick(choice, "remove the annotations")
    QTest.keyClicks(editor.form.title, "abc")
    assert editor.sheet.name == "denial"
    QTest.keyClick(editor.list, Key.Key_Z, Held.ControlModifier)
    assert editor.sheet.decided
    QTest.keyClick(editor.list, Key.Key_Z, Held.ControlModifier)
    assert not editor.sheet.decided
    QTest.keyClick(editor.list, Key.Key_Z, Held.ControlModifier)
    assert editor.sheet.draft == first
    assert editor.sheet.name == "claim"
    assert not editor.notice.text()
    QTest.keyClick(editor.list, Key.Key_Z, Held.ControlModifier)
    assert editor.notice.text() == "Nothing was done yet."


def test_what_is_discarded_comes_back(editor: TagsetEditor) -> None:
    editor.add_label()
    draft = editor.sheet.draft
    editor.discard()
    assert not editor.sheet.touched
    assert editor.sheet.take_back()
    assert editor.sheet.draft == draft


def test_what_will_change_is_always_as_high(editor: TagsetEditor) -> None:
    height = editor.effects.height()
    for label in ("claim", "denial"):
        editor.sheet.choose("label", label)
        editor.remove()
    sentences(editor)
    assert editor.effects.height() == height


def test_what_is_no_colour_is_said(editor: TagsetEditor) -> None:
    field = editor.form.color.field
    before = editor.sheet.owner
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "notacolour")
    QTest.keyClick(field, Key.Key_Return)
    assert "“notacolour” is no colour" in editor.form.problem.text()
    assert editor.form.problem.isVisible()
    assert editor.sheet.owner == before
    field.selectAll()
    QTest.keyClicks(field, "#ffffff")
    assert not editor.form.problem.isVisible()
    assert "Too light to be read in the light theme" in editor.form.advice.text()
