"""The tag set editor in the window: it opens by its key, and everything follows the change."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.edits import Edit
from annotator.core.revision.draft import Draft, renamed
from annotator.store import intake
from annotator.transfer import finish, retag
from annotator.ui.hub import Hub
from annotator.ui.tagset.editor import TagsetEditor
from annotator.ui.window import Window
from tests.ui.panels.conftest import gold_project

Key, Held = Qt.Key, Qt.KeyboardModifier


def test_ctrl_t_opens_the_editor_and_a_new_label_has_its_key_at_once(
    window: Window, qtbot: QtBot
) -> None:
    assert window.bench
    view = window.bench.article.view
    QTest.keyClick(view, Key.Key_T, Held.ControlModifier)
    (editor,) = window.findChildren(TagsetEditor)
    editor.add_label()
    editor.sheet.rename("rumour")
    editor.effects.look()
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(editor, Key.Key_Return, Held.ControlModifier)
    hub = window.bench.hub
    assert hub.tagset.labels[-1].name == "rumour"
    assert hub.project.undo_name == "change the tag set"
    view.setFocus()
    QTest.keyClick(view, Key.Key_Right, Held.ShiftModifier | Held.ControlModifier)
    QTest.keyClick(view, Key.Key_5)
    assert [each.label for each in hub.annotations.values()] == ["rumour"]


def test_widgets_hear_of_a_new_tag_set_even_where_changes_are_too_many_to_be_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_TOLD", 1)
    with gold_project(tmp_path / "p.db") as project:
        hub = Hub(project)
        hub.open_document(next(project.documents()).id)
        told: list[Edit] = []
        hub.changed.connect(told.append)
        draft = renamed(Draft(project.tagset, project.tagset), "label", "claim", "statement")
        finish(retag(project, draft))
        assert _tagsets(told) == [("1", False), ("2", True)]
        assert "statement" in {each.label for each in hub.annotations.values()}
        project.undo()
        assert hub.tagset == draft.before
        hub.close()


def _tagsets(told: list[Edit]) -> list[tuple[str, bool]]:
    """The versions of the tag set that go and come in what was told."""
    (edit,) = told
    return sorted((each.id, each.after is not None) for each in edit.touched("tagset"))
