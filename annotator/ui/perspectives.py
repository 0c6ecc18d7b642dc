"""The perspectives on an open project: what fills the middle of the window, one at a time.

To add one: name it in settings.PerspectiveChoice (the command line reads it there), subclass
Perspective in a module of its own, and add an Entry below whose `make` imports that module, so
that the window starts as fast as before. Its actions are rows of the table with `when` set to its
name; letters among their keys act while `text` has the keyboard.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from annotator.settings import PERSPECTIVES, PerspectiveChoice
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.core.edits import Edit
    from annotator.ui.article.view import ArticleView
    from annotator.ui.bench import Bench
    from annotator.ui.gestures.desk import Desk

Keys = PerspectiveChoice | Literal["editing"]
"""Whose actions act: those of a perspective, or of the text while a version is edited in Review."""
KEYS: tuple[Keys, ...] = (*PERSPECTIVES, "editing")
Pane = tuple[QWidget, Callable[[], object]]
"""A pane that F6 goes to, and what gives it the keyboard."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status bar shows of a perspective, each "" for nothing.

    `mode` says what the keys mean now where that isn't the usual; `count` what there is, and
    `place` where the person is in it.
    """

    count: str = ""
    place: str = ""
    mode: str = ""


class Perspective(QWidget):
    """One way to look at a project. It is made when it is first shown, and kept.

    It reads from the hub and follows the hub's signals as any widget does. While it isn't shown it
    may be lazy, as long as `enter` catches up. Undo, redo, menus, palette, saving and closing are
    the window's; what a perspective must answer for them is below, with what is usual.
    """

    name: PerspectiveChoice
    """As the command line and the table of actions name it; it stands on the class."""

    told = Signal()
    """What `standing` says is something else."""
    article_wanted = Signal(str, str)
    """An article is wanted in the Annotate perspective, by its id, there a span, by its
    annotation's id ("" for none)."""
    place_wanted = Signal(str, object, object)
    """A place is wanted in the Review perspective: an article's id, the ids of annotations there,
    and their Span; where it is no conflict, in Annotate."""

    def enter(self, document: str) -> None:  # noqa: ARG002 - some go to that article
        """It is shown now: catch up, and take the keyboard.

        `document` is the id of the article that was looked at in the perspective before, or "".
        """
        self.take_focus()

    def leave(self) -> None:
        """Another one will be shown, or the project is closed: save what is typed."""

    def close_project(self) -> None:
        """The project is closed after this: end what runs."""

    def take_focus(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> Sequence[Pane]:
        """The panes that F6 goes round, those that are shown."""
        return [(self, self.take_focus)]

    def next_pane(self) -> None:
        """Give the keyboard to the next pane; to the one in the middle, if none has it."""
        panes, now = self.stops(), QApplication.focusWidget()
        inside = [
            number
            for number, (pane, _) in enumerate(panes)
            if now and (pane is now or pane.isAncestorOf(now))
        ]
        following = inside[0] + 1 if inside else len(panes) // 2
        panes[following % len(panes)][1]()

    def escape(self) -> None:
        """Leave a mode; else go back to where work is done."""
        self.take_focus()

    def search(self) -> None:
        """Go to the box that narrows what is listed."""

    def open_document(self, document: str) -> None:
        """Show an article, by its id; where none is shown, it is the Annotate perspective's."""
        self.article_wanted.emit(document, "")

    def open_place(self, document: str, annotations: Sequence[str]) -> bool:  # noqa: ARG002 - Review's
        """Show the place where one of these annotations stands; whether there is such a one."""
        return False

    def step_article(self, step: int) -> None:
        """Go to the next article, or so many further or back."""

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if self.text is not None:
            self.text.copy()

    def commit(self) -> None:
        """Save what is typed and not saved yet."""

    def show_stepped(self, edit: "Edit") -> None:
        """Show what undo or redo has changed, while this perspective is shown."""

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""

    def show_sizes(self) -> None:
        """Letters, lines and column of articles are as the settings have them."""

    def show_settings(self) -> None:
        """Other settings hold from now on, the theme and the sizes aside."""

    def show_layout(self) -> None:
        """Articles are shown in the layout that the settings have."""

    @property
    def standing(self) -> Standing:
        """What the status bar shows."""
        return Standing()

    @property
    def busy(self) -> bool:
        """Whether what is shown is still read."""
        return False

    @property
    def document(self) -> str:
        """The id of the article that is looked at, "" for none."""
        return ""

    @property
    def work(self) -> str:
        """The id of the layer that the time is noted for, "" for none."""
        return ""

    @property
    def keys(self) -> Keys:
        """Whose actions act now."""
        return self.name

    @property
    def text(self) -> "ArticleView | None":
        """The article in which letters and digits act."""
        return None

    @property
    def desk(self) -> "Desk | None":
        """The gestures of the Annotate perspective on its text, where they act (see `keys`)."""
        return None

    def take_key(self, name: str) -> bool:  # noqa: ARG002 - some have such modes
        """Whether a key in the text, as keys.Press.name, was for a mode of its own, and is taken.

        It is asked before the table of actions.
        """
        return False


@dataclass(frozen=True, slots=True)
class Entry:
    """A perspective as it is offered: `make` makes its widget for a bench, which is its parent."""

    name: PerspectiveChoice
    title: str
    key: str
    does: str
    make: "Callable[[Bench], Perspective]"


def _annotate(bench: "Bench") -> Perspective:
    return bench.annotate


def _review(bench: "Bench") -> Perspective:
    from annotator.ui.review.perspective import Review  # noqa: PLC0415 - loaded when it is shown

    return Review(bench.hub, bench.theme, bench.settings, bench)


def _agreement(bench: "Bench") -> Perspective:
    from annotator.ui.agreement.perspective import Agreement  # noqa: PLC0415 - as above

    return Agreement(bench.hub, bench.theme, bench.documents.selected, bench)


def _ledger(bench: "Bench") -> Perspective:
    from annotator.ui.ledger.perspective import LedgerPage  # noqa: PLC0415 - as above

    return LedgerPage(bench.hub, bench.documents.selected, bench.theme, bench)


ENTRIES: tuple[Entry, ...] = (
    Entry("annotate", "Annotate", "Ctrl+1", "tag spans and link them", _annotate),
    Entry("review", "Review", "Ctrl+2", "decide where annotators differ", _review),
    Entry("agreement", "Agreement", "Ctrl+3", "see how far people agree, and why not", _agreement),
    Entry("ledger", "Ledger", "Ctrl+4", "see who claims what, and who denies it", _ledger),
)
"""In the order of the switch."""
