"""All that can be done, as one table: menus, palette, key sheet and README are drawn from it."""

from collections.abc import Iterator

from annotator.ui.actions import (
    edit_rows,
    file_rows,
    go_rows,
    help_rows,
    ledger_rows,
    review_rows,
    select_rows,
    suggest_rows,
    tag_rows,
    team_rows,
    view_rows,
)
from annotator.ui.actions.action import Action, Menu
from annotator.ui.perspectives import Keys

PARTS: tuple[tuple[Menu, tuple[Action, ...]], ...] = (
    ("File", (*file_rows.ROWS, *ledger_rows.ROWS)),
    ("Edit", (*edit_rows.ROWS, *select_rows.ROWS)),
    ("Tag", tag_rows.ROWS),
    ("Suggest", suggest_rows.ROWS),
    ("Review", review_rows.ROWS),
    ("Team", team_rows.ROWS),
    ("Go", go_rows.ROWS),
    ("View", view_rows.ROWS),
    ("Help", help_rows.ROWS),
)
ACTIONS: tuple[Action, ...] = tuple(row for _, rows in PARTS for row in rows)
"""In the order of the menus."""

CARET_ROWS = (("arrows · Ctrl+arrows · Shift+…", "move the caret; select by character, by word"),)
"""What the text widget does by itself."""


def key_groups() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The keys and what they do, one row an action, by menu."""
    yield "Text", list(CARET_ROWS)
    for menu, actions in PARTS:
        yield menu, [(each.key_text, _sentence(each)) for each in actions if each.key_text]


def key_rows() -> list[tuple[str, str]]:
    """The keys and what they do, for the README."""
    return [row for _, rows in key_groups() for row in rows]


def _sentence(action: Action) -> str:
    text = action.does or action.text.rstrip("…")
    return text[0].lower() + text[1:]


def by_key(*, in_text: bool, when: Keys | None = None) -> dict[str, Action]:
    """The action of each key, of those that act in the text only or of those that act anywhere.

    `when` is the perspective that is shown; without it what acts in any of them counts.
    """
    rows = [
        each for each in ACTIONS if each.in_text == in_text and (when is None or each.acts(when))
    ]
    return {key: each for each in rows for key in each.keys}


def groups(menu: Menu) -> Iterator[list[Action]]:
    """The actions of a menu, in groups that a line parts."""
    rows = [each for each in ACTIONS if each.menu == menu]
    for number in sorted({each.group for each in rows}):
        yield [each for each in rows if each.group == number]
