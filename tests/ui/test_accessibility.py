"""What a screen reader and the keyboard find: the tree of the window and of each dialog."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.core.span import Span
from annotator.ui.window import Window

Role = QAccessible.Role
ACTING = {
    Role.Button,
    Role.ButtonMenu,
    Role.ButtonDropDown,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.SpinBox,
    Role.List,
    Role.ListItem,
    Role.Link,
    Role.MenuItem,
    Role.PageTab,
    Role.Slider,
    Role.Table,
    Role.Tree,
}
"""The roles of what one can act on."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the tree that assistive programs see."""

    role: QAccessible.Role
    name: str
    focusable: bool
    labelled: bool
    widget: QWidget | None

    def __str__(self) -> str:
        kind = type(self.widget).__name__ if self.widget else "item"
        about = self.widget.objectName() if self.widget else ""
        return f"{self.role.name} “{self.name}” ({kind} {about})"


def nodes(widget: QWidget) -> Iterator[Node]:
    """The visible nodes of a widget's tree, itself first."""
    yield from _walk(QAccessible.queryAccessibleInterface(widget), 0)


def _walk(interface: QAccessibleInterface | None, depth: int) -> Iterator[Node]:
    if interface is None or not interface.isValid() or depth > 30:
        return
    state = interface.state()
    if state.invisible:
        return
    found = interface.object()
    widget = found if isinstance(found, QWidget) else None
    yield Node(
        interface.role(),
        interface.text(QAccessible.Text.Name),
        bool(state.focusable),
        any(kind == QAccessible.RelationFlag.Label for _, kind in interface.relations()),
        widget,
    )
    for number in range(min(interface.childCount(), 60)):
        yield from _walk(interface.child(number), depth + 1)


def stops(window: QWidget, presses: int = 80) -> list[QWidget]:
    """The widgets that Tab reaches, from the one that has the focus."""
    found: list[QWidget] = []
    for _ in range(presses):
        now = QApplication.focusWidget()
        if now is None or (now in found and now is found[0]):
            break
        if now not in found:
            found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return found


def nameless(widget: QWidget) -> list[str]:
    """What one can act on and has no name; of a choice Qt gives the value, so it needs a label."""
    inner = ("qt_scrollarea_viewport", "qt_spinbox_lineedit", "qt_scrollarea_vcontainer")
    return [
        str(each)
        for each in nodes(widget)
        if (each.role in ACTING or each.focusable)
        and (not each.name or (each.role == Role.ComboBox and not each.labelled))
        and not (each.widget is not None and each.widget.objectName() in inner)
    ]


def unseen_by_tab(widget: QWidget) -> list[str]:
    """What takes the focus but is reached neither by Tab nor as a part of what is."""
    reached = set(stops(widget))
    wanted = [
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisibleTo(widget)
        and each.isEnabled()
        and each.focusProxy() is None
        and not isinstance(each.parent(), QAbstractScrollArea)
        and each.window() is widget
    ]
    return [
        f"{type(each).__name__} {each.accessibleName()}" for each in wanted if each not in reached
    ]


@pytest.fixture
def worked(window: Window) -> Window:
    """The window with a span in focus, and another beside it."""
    assert window.bench is not None
    view = window.bench.article.view
    for span, label in ((Span(4, 12), "actor"), (Span(23, 45), "claim")):
        view.select(span)
        window.desk.tag(label)
    return window


def test_all_of_the_window_is_named(worked: Window) -> None:
    assert nameless(worked) == []


def test_the_roles_are_those_of_what_is_seen(worked: Window) -> None:
    found = {(each.role, each.name) for each in nodes(worked)}
    for role, name in (
        (Role.List, "Articles"),
        (Role.EditableText, "Search the articles"),
        (Role.ButtonMenu, "Menu"),
        (Role.Button, "Commands"),
        (Role.Button, "Done, next, Ctrl ↵"),
    ):
        assert (role, name) in found, sorted(str(each) for each in found)


def test_tab_and_f6_reach_everything(worked: Window) -> None:
    assert worked.bench is not None
    worked.bench.article.view.setFocus()
    reached = set(stops(worked))
    missing = unseen_by_tab(worked)
    assert worked.bench.documents.list in reached
    assert missing == []
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget() or worked, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len({*seen}) == 3


DIALOGS: dict[str, Callable[[Window], None]] = {
    "keys": Window.show_keys,
    "help": Window.show_help,
    "preferences": Window.show_preferences,
    "export": lambda window: window.bench.picked.ask_export() if window.bench else None,
    "import": lambda window: window.projects.bring([paths.resources() / "sample" / "gold.jsonl"]),
    "hand out": lambda window: window.bench.team.ask_handoff() if window.bench else None,
    "plan": lambda window: window.bench.team.ask_plan() if window.bench else None,
    "merge": lambda window: window.bench.team.ask_merge() if window.bench else None,
    "holdings": lambda window: window.bench.team.show_holdings() if window.bench else None,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_named_and_reached(worked: Window, qtbot: QtBot, name: str) -> None:
    DIALOGS[name](worked)
    dialog = next(each for each in worked.findChildren(QDialog) if each.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.windowTitle()
    assert nameless(dialog) == []
    assert unseen_by_tab(dialog) == []
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_palette_is_named_and_says_the_row_that_is_meant(worked: Window) -> None:
    worked.show_palette("#")
    palette = worked._palette
    assert palette is not None
    assert nameless(palette) == []
    assert palette.line.accessibleDescription() == "Claim, Label, key 1"
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.line.accessibleDescription().startswith("Denial")


def test_the_start_page_is_named_and_reached(worked: Window) -> None:
    worked.projects.close()
    assert nameless(worked) == []
    assert unseen_by_tab(worked) == []


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_needs_more_room_than_a_small_window_has(worked: Window, scale: int) -> None:
    worked.change(interface=scale)
    worked.resize(1024, 700)
    QApplication.processEvents()
    assert worked.bench is not None
    assert worked.minimumSizeHint().width() <= 1024
    assert worked.minimumSizeHint().height() <= 700
    for pane in (worked.bench.documents, worked.bench.article, worked.bench.inspector):
        assert pane.width() >= pane.minimumSizeHint().width()


def test_the_focus_shows_on_everything_that_takes_it(worked: Window) -> None:
    """Each stop looks another way with the focus than without, in its own pixels."""
    assert worked.bench is not None
    worked.bench.article.view.setFocus()
    for each in stops(worked):
        if each is worked.bench.article.view:
            continue  # its caret blinks
        each.setFocus(Qt.FocusReason.TabFocusReason)
        focused = each.grab().toImage()
        worked.bench.article.view.setFocus()
        assert each.grab().toImage() != focused, str(each)


def test_nothing_moves_by_itself(worked: Window) -> None:
    from PySide6.QtCore import QAbstractAnimation

    running = [
        each
        for each in worked.findChildren(QAbstractAnimation)
        if each.state() == QAbstractAnimation.State.Running
    ]
    assert running == []
    kinds = Qt.UIEffect
    for effect in (kinds.UI_AnimateMenu, kinds.UI_AnimateCombo, kinds.UI_FadeMenu):
        assert not QApplication.isEffectEnabled(effect)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_all_of_the_review_is_named_reached_and_has_room(
    worked: Window, size: tuple[int, int]
) -> None:
    worked.resize(*size)
    worked.show_perspective("review")
    QApplication.processEvents()
    assert worked.bench is not None
    review = worked.bench.shown
    assert nameless(worked) == []
    review.take_focus()
    assert unseen_by_tab(worked) == []
    assert worked.minimumSizeHint().width() <= 1024
    for pane, _ in review.stops():
        assert pane.width() >= pane.minimumSizeHint().width()
