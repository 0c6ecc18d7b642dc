"""Help, and the menu itself."""

from annotator.ui.actions.action import Action

ROWS: tuple[Action, ...] = (
    Action("menu", "Menu", None, lambda w, _key: w.show_menu(), ("F10",), does="open the menu"),
    Action(
        "help",
        "Help",
        "Help",
        lambda w, _key: w.show_help(),
        ("F1",),
        does="the first steps, and what the labels of this project mean",
    ),
    Action(
        "keys",
        "Keys",
        "Help",
        lambda w, _key: w.show_keys(),
        ("Ctrl+/",),
        does="show this list of keys",
    ),
)
