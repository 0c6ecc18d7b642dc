"""How the article and the window look."""

from annotator.ui.actions.action import Action, Run, project_open


def _size(pixels: int) -> Run:
    return lambda window, _key: window.change_text_size(pixels)


ROWS: tuple[Action, ...] = (
    Action(
        "reading",
        "Reading layout",
        "View",
        lambda w, _key: w.set_layout("reading"),
        (),
        project_open,
        checked=lambda w: w.settings.layout == "reading",
    ),
    Action(
        "raw",
        "Raw lines",
        "View",
        lambda w, _key: w.set_layout("raw"),
        (),
        project_open,
        checked=lambda w: w.settings.layout == "raw",
    ),
    Action(
        "layout",
        "Switch the layout",
        None,
        lambda w, _key: w.switch_layout(),
        ("Ctrl+L",),
        project_open,
        "switch between the reading layout and the raw lines",
    ),
    Action(
        "words",
        "Snap to words",
        "View",
        lambda w, _key: w.switch_snap(),
        (),
        project_open,
        checked=lambda w: w.settings.snap == "words",
        group=1,
    ),
    Action(
        "plain keys",
        "Letters and digits act in the text",
        "View",
        lambda w, _key: w.switch_plain_keys(),
        checked=lambda w: w.settings.plain_keys,
        group=1,
    ),
    Action(
        "larger", "Larger text", "View", _size(1), ("Ctrl++", "Ctrl+="), group=2, shown="Ctrl++"
    ),
    Action("smaller", "Smaller text", "View", _size(-1), ("Ctrl+-",), group=2),
    Action("usual size", "Usual text size", "View", _size(0), ("Ctrl+0",), group=2),
    Action(
        "theme system",
        "Light or dark like the system",
        "View",
        lambda w, _key: w.set_theme("system"),
        checked=lambda w: w.settings.theme == "system",
        group=3,
    ),
    Action(
        "theme light",
        "Light",
        "View",
        lambda w, _key: w.set_theme("light"),
        checked=lambda w: w.settings.theme == "light",
        group=3,
    ),
    Action(
        "theme dark",
        "Dark",
        "View",
        lambda w, _key: w.set_theme("dark"),
        checked=lambda w: w.settings.theme == "dark",
        group=3,
    ),
    Action(
        "theme contrast",
        "High contrast",
        "View",
        lambda w, _key: w.set_theme("contrast"),
        checked=lambda w: w.settings.theme == "contrast",
        group=3,
    ),
)
