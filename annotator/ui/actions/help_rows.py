"""Help, and the menu itself."""

from annotator.ui.actions.action import Action

ROWS: tuple[Action, ...] = (
    Action("menu", "Menu", None, lambda w, _key: w.show_menu(), ("F10",), does="open the menu"),
    Action(
        "keys",
        "Keys",
        "Help",
        lambda w, _key: w.show_keys(),
        ("Ctrl+/", "F1"),
        does="show this list of keys",
    ),
)
