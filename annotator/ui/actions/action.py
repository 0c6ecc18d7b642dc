"""An action: one thing that can be done, as a row of the table, and the tests of when it can."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from annotator.ui.gestures.modes import Reopened
from annotator.ui.perspectives import Keys

if TYPE_CHECKING:
    from annotator.ui.bench import Bench
    from annotator.ui.window import Window

Menu = Literal["File", "Edit", "Tag", "Suggest", "Review", "Team", "Go", "View", "Help"]
MENUS: tuple[Menu, ...] = get_args(Menu)

IN_TEXT: tuple[Keys, ...] = ("annotate", "editing")
"""Where the gestures on the text act: also while a version is edited before it is taken."""

Run = Callable[["Window", str], object]
"""What an action does; it is told which of its keys was pressed ("" from a menu)."""
Test = Callable[["Window"], bool]


def always(_window: "Window") -> bool:
    """Whether an action that can always be done can be done."""
    return True


def project_open(window: "Window") -> bool:
    """Whether a project is open."""
    return window.bench is not None


def article_open(window: "Window") -> bool:
    """Whether an article is open."""
    return window.bench is not None and window.desk.hub.document is not None


def writable(window: "Window") -> bool:
    """Whether a project is open that can be written."""
    return window.bench is not None and not window.bench.hub.project.read_only


def article_writable(window: "Window") -> bool:
    """Whether an article is open that can be written to."""
    return article_open(window) and writable(window)


def span_focused(window: "Window") -> bool:
    """Whether a span is focused."""
    return window.bench is not None and window.desk.hub.focused is not None


def focused(window: "Window") -> bool:
    """Whether a span or a suggestion is focused."""
    return span_focused(window) or (
        window.bench is not None and window.desk.suggestions.focused is not None
    )


def quotable(window: "Window") -> bool:
    """Whether a span is focused, or words are selected."""
    return article_open(window) and (
        span_focused(window) or window.desk.view.selected_span() is not None
    )


def span_reopened(window: "Window") -> bool:
    """Whether a span is re-opened as a selection."""
    return window.bench is not None and isinstance(window.desk.mode, Reopened)


def undoable(window: "Window") -> bool:
    """Whether there is an edit to take back."""
    return window.bench is not None and (
        window.bench.shown.keys == "editing" or bool(window.bench.hub.project.undo_name)
    )


def redoable(window: "Window") -> bool:
    """Whether there is an edit to do again."""
    return window.bench is not None and (
        window.bench.shown.keys == "editing" or bool(window.bench.hub.project.redo_name)
    )


def on_bench(do: Callable[["Bench"], object]) -> Run:
    """What an action does to the open project, if one is open."""

    def run(window: "Window", _key: str) -> None:
        if window.bench is not None:
            do(window.bench)

    return run


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `keys` as in keys.Press.name, the first one is shown in the menu.

    `text` is the menu's, and `menu` None keeps it out of menus; `does` is what the key sheet says,
    where it says more. With `in_text` the keys act only while the text has the focus. `shown`
    stands for `keys` in tables. `when` are the perspectives that it belongs to, none for all.
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
    when: tuple[Keys, ...] = ()

    def possible(self, window: "Window") -> bool:
        """Whether it can be done now."""
        return self.acts(window.bench.shown.keys if window.bench else "") and self.enabled(window)

    def acts(self, keys: Keys | Literal[""]) -> bool:
        """Whether it is one of those that act in a perspective."""
        return not self.when or keys in self.when

    @property
    def key_text(self) -> str:
        """The keys as tables show them, "" for none."""
        return self.shown or " · ".join(self.keys)
