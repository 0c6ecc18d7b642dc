"""All that can be done, as one table: menus, palette, key sheet and README are drawn from it."""

from collections.abc import Iterator

from annotator.ui.actions import edit_rows, file_rows, go_rows, help_rows, tag_rows, view_rows
from annotator.ui.actions.action import Action, Menu

ACTIONS: tuple[Action, ...] = (
    *file_rows.ROWS,
    *edit_rows.ROWS,
    *tag_rows.ROWS,
    *go_rows.ROWS,
    *view_rows.ROWS,
    *help_rows.ROWS,
)
"""In the order of the menus."""

CARET_ROWS = (("arrows · Ctrl+arrows · Shift+…", "move the caret; select by character, by word"),)
"""What the text widget does by itself."""


def key_rows() -> list[tuple[str, str]]:
    """The keys and what they do, one row an action, for the key sheet and the README."""
    rows = [(each.key_text, _sentence(each)) for each in ACTIONS if each.key_text]
    return [*CARET_ROWS, *rows]


def _sentence(action: Action) -> str:
    text = action.does or action.text.rstrip("…")
    return text[0].lower() + text[1:]


def by_key(*, in_text: bool) -> dict[str, Action]:
    """The action of each key, of those that act in the text only or of those that act anywhere."""
    return {key: each for each in ACTIONS if each.in_text == in_text for key in each.keys}


def groups(menu: Menu) -> Iterator[list[Action]]:
    """The actions of a menu, in groups that a line parts."""
    rows = [each for each in ACTIONS if each.menu == menu]
    for number in sorted({each.group for each in rows}):
        yield [each for each in rows if each.group == number]
