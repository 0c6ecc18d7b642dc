"""All that can be done, as rows of one table: menus, key sheet and README are drawn from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotator.ui.modes import Reopened

if TYPE_CHECKING:
    from annotator.ui.window import Window

Menu = Literal["File", "Edit", "Tag", "Go", "View", "Help"]
MENUS: tuple[Menu, ...] = ("File", "Edit", "Tag", "Go", "View", "Help")
DIGITS = tuple("123456789")
LINK_KEYS = ("R", "G", "D", "V", "P")

Run = Callable[["Window", str], object]
"""What an action does; it is told which of its keys was pressed ("" from a menu)."""
Test = Callable[["Window"], bool]


def always(_window: "Window") -> bool:
    """Whether an action that can always be done can be done."""
    return True


def _open(window: "Window") -> bool:
    return window.bench is not None


def _article(window: "Window") -> bool:
    return window.bench is not None and window.bench.hub.document is not None


def _writable(window: "Window") -> bool:
    return window.bench is not None and not window.bench.hub.project.read_only


def _span(window: "Window") -> bool:
    return window.bench is not None and window.bench.hub.focused is not None


def _reopened(window: "Window") -> bool:
    return window.bench is not None and isinstance(window.bench.desk.mode, Reopened)


def _undoable(window: "Window") -> bool:
    return window.bench is not None and bool(window.bench.hub.project.undo_name)


def _redoable(window: "Window") -> bool:
    return window.bench is not None and bool(window.bench.hub.project.redo_name)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `keys` as in keys.Press.name, the first one is shown in the menu.

    `text` is the menu's, and `menu` None keeps it out of menus; `does` is what the key sheet says,
    where it says more. With `in_text` the keys act only while the text has the focus. `shown`
    stands for `keys` in tables.
    """

    id: str
    text: str
    menu: Menu | None
    run: Run
    keys: tuple[str, ...] = ()
    enabled: Test = always
    does: str = ""
    checked: Test | None = None
    in_text: bool = False
    shown: str = ""
    group: int = 0

    @property
    def key_text(self) -> str:
        """The keys as tables show them, "" for none."""
        return self.shown or " · ".join(self.keys)


def _size(pixels: int) -> Run:
    return lambda window, _key: window.change_text_size(pixels)


ACTIONS: tuple[Action, ...] = (
    Action("open", "Open…", "File", lambda w, _key: w.ask_open(), ("Ctrl+O",)),
    Action("new", "New project from articles…", "File", lambda w, _key: w.ask_new(), ("Ctrl+N",)),
    Action("sample", "Open the sample", "File", lambda w, _key: w.open_sample()),
    Action(
        "import",
        "Import articles…",
        "File",
        lambda w, _key: w.ask_import(),
        ("Ctrl+I",),
        _writable,
        group=1,
    ),
    Action("person", "Change person…", "File", lambda w, _key: w.ask_person(), (), _open, group=1),
    Action(
        "close",
        "Close the project",
        "File",
        lambda w, _key: w.close_project(),
        ("Ctrl+W",),
        _open,
        group=2,
    ),
    Action("quit", "Quit", "File", lambda w, _key: w.close(), ("Ctrl+Q",), group=2),
    Action(
        "undo",
        "Undo",
        "Edit",
        lambda w, _key: w.undo(),
        ("Ctrl+Z",),
        _undoable,
        "take the last edit back, without end, also after a restart",
    ),
    Action(
        "redo",
        "Redo",
        "Edit",
        lambda w, _key: w.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        _redoable,
        "do again what was undone",
    ),
    Action(
        "remove",
        "Remove the span and its links",
        "Edit",
        lambda w, _key: w.desk.remove(),
        ("Delete", "Backspace"),
        _span,
        in_text=True,
        group=1,
    ),
    Action(
        "tag",
        "Tag",
        None,
        lambda w, key: w.desk.tag_key(key),
        DIGITS,
        _article,
        "tag the selection, or retag the focused span; with neither: arm the label for the mouse",
        in_text=True,
        shown="1…9",
    ),
    Action(
        "tag again",
        "Tag again",
        None,
        lambda w, key: w.desk.tag_key(key[-1], second=True),
        tuple(f"Shift+{digit}" for digit in DIGITS),
        _article,
        "a second label on the same extent",
        in_text=True,
        shown="Shift+1…9",
    ),
    Action(
        "link",
        "Link",
        None,
        lambda w, key: w.desk.link_key(key),
        LINK_KEYS,
        _article,
        "link the focused span: source, against, denies, disputes, repeats; then a hint letter",
        in_text=True,
        shown="R · G · D · V · P + letter",
    ),
    Action(
        "enter",
        "Change the boundary",
        "Tag",
        lambda w, _key: w.desk.enter(),
        ("Enter",),
        _span,
        "re-open the focused span as a selection; Enter keeps the new boundary, Esc restores",
        in_text=True,
        group=2,
    ),
    Action(
        "other end",
        "Move the other end",
        "Tag",
        lambda w, _key: w.desk.view.swap_ends(),
        ("O",),
        _reopened,
        "let Shift+arrows move the other end of the re-opened span",
        in_text=True,
        group=2,
    ),
    Action(
        "question",
        "Mark the article as a question",
        "Tag",
        lambda w, _key: w.desk.question(),
        ("Q",),
        _article,
        in_text=True,
        group=3,
    ),
    Action(
        "done",
        "Done, next article",
        "Tag",
        lambda w, _key: w.done_next(),
        ("Ctrl+Enter",),
        _article,
        group=3,
    ),
    Action(
        "next span",
        "Next span",
        "Go",
        lambda w, _key: w.desk.step(backwards=False),
        ("Alt+Down",),
        _article,
        in_text=True,
    ),
    Action(
        "previous span",
        "Previous span",
        "Go",
        lambda w, _key: w.desk.step(backwards=True),
        ("Alt+Up",),
        _article,
        in_text=True,
    ),
    Action(
        "next article",
        "Next article",
        "Go",
        lambda w, _key: w.step_article(1),
        ("Ctrl+PgDown",),
        _open,
        group=1,
    ),
    Action(
        "previous article",
        "Previous article",
        "Go",
        lambda w, _key: w.step_article(-1),
        ("Ctrl+PgUp",),
        _open,
        group=1,
    ),
    Action(
        "search",
        "Search the articles",
        "Go",
        lambda w, _key: w.search(),
        ("Ctrl+F",),
        _open,
        group=2,
    ),
    Action(
        "next pane",
        "Next pane",
        "Go",
        lambda w, _key: w.next_pane(),
        ("F6",),
        _open,
        "go round the panes",
        group=2,
    ),
    Action(
        "escape",
        "Back to the text",
        "Go",
        lambda w, _key: w.escape(),
        ("Esc",),
        _open,
        "leave a mode, or return to the text",
        in_text=True,
        group=2,
    ),
    Action(
        "reading",
        "Reading layout",
        "View",
        lambda w, _key: w.set_layout("reading"),
        (),
        _open,
        checked=lambda w: w.settings.layout == "reading",
    ),
    Action(
        "raw",
        "Raw lines",
        "View",
        lambda w, _key: w.set_layout("raw"),
        (),
        _open,
        checked=lambda w: w.settings.layout == "raw",
    ),
    Action(
        "layout",
        "Switch the layout",
        None,
        lambda w, _key: w.switch_layout(),
        ("Ctrl+L",),
        _open,
        "switch between the reading layout and the raw lines",
    ),
    Action(
        "words",
        "Snap to words",
        "View",
        lambda w, _key: w.switch_snap(),
        (),
        _open,
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
