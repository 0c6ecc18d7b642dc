"""What the next key or selection means: an armed label, a re-opened span, a link, or as usual."""

from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from annotator.core.span import Span

Target = TypeVar("Target")
"""What the letters of a mode choose: the id of a span, a slot of a form."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing special."""


@dataclass(frozen=True, slots=True)
class Armed:
    """The next selection by the mouse is tagged with this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """One span (code points) of an annotation is the selection, to be moved."""

    annotation: str
    span: Span


@dataclass(frozen=True, slots=True)
class Collecting:
    """Passages (code points, in order) that the next label tags as one annotation."""

    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered(Generic[Target]):
    """A mode in which letters choose: `hints` are pairs of letters and what they stand for.

    `typed` are the letters pressed so far, and `wrong` those of which the last was none of a hint.
    """

    hints: tuple[tuple[str, Target], ...] = ()
    typed: str = ""
    wrong: str = ""

    def left(self) -> dict[Target, str]:
        """What remains to be typed, by what it stands for."""
        size = len(self.typed)
        return {each: hint[size:] for hint, each in self.hints if hint.startswith(self.typed)}

    def chosen(self) -> Target | None:
        """What the letters stand for that are typed, once they are whole."""
        return next((each for hint, each in self.hints if hint == self.typed), None)

    def with_letter(self, letter: str) -> Self:
        """The mode after one more letter."""
        longer = replace(self, typed=self.typed + letter, wrong="")
        return longer if longer.left() else replace(self, wrong=longer.typed)


@dataclass(frozen=True, slots=True)
class LinkMode(Lettered[str]):
    """A link being made: its type, and the span it is made from; letters choose its partner's id.

    `backwards` says that the span is the link's target.
    """

    type: str
    origin: str
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class HopMode(Lettered[str]):
    """Letters choose, by its id, the linked span to go to from this one."""

    origin: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the form: a value of an attribute; the attribute's editor where it is "".

    The note is the slot without an attribute.
    """

    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class FillMode(Lettered[Slot]):
    """Letters fill in the attributes of this annotation.

    While somebody is `typing` a value, the keyboard is in its editor.
    """

    annotation: str
    typing: bool = False


@dataclass(frozen=True, slots=True)
class JumpMode(Lettered[Span]):
    """Letters choose a word in view; the mode that this one came upon goes on afterwards.

    With `reach` the selection goes on up to the word. `landed`: a word is chosen and selected, and
    letters with Shift go on up to another one.
    """

    back: Idle | Reopened | Collecting = Idle()
    reach: bool = False
    landed: bool = False


Mode = Idle | Armed | Reopened | Collecting | LinkMode | HopMode | FillMode | JumpMode


def sentence(mode: Mode, title: str = "") -> str:
    """What the status bar says of a mode.

    `title` is that of its label or relation, or the words of what was collected.
    """
    match mode:
        case Armed():
            return f"{title} is armed: select words with the mouse to tag them · Esc disarms"
        case Reopened():
            return "Moving the boundary · O moves the other end · Enter keeps · Esc restores"
        case Collecting(passages=passages):
            number = "One passage" if len(passages) == 1 else f"{len(passages)} passages"
            return f"{number}: {title} · M adds one · a label tags them as one · Esc drops them"
        case JumpMode(landed=True, typed="", wrong=""):
            return "Shift and the letters on a word select up to it · any other key goes on"
        case Idle():
            return ""
        case _:
            return _choosing(mode, title)


def _choosing(mode: LinkMode | HopMode | FillMode | JumpMode, title: str) -> str:
    """What is said of a mode in which letters choose."""
    match mode:
        case LinkMode():
            what, where, noun, away = f"Link: {title}", "on a span", "span here", "leaves"
        case HopMode():
            what, where, noun, away = "Go along a link", "on a span", "span here", "leaves"
        case FillMode():
            what, where, noun, away = f"Fill in: {title}", "at the right", "value", "ends"
        case JumpMode(reach=reach):
            what = "Select up to a word" if reach else "Jump"
            where, noun, away = "on a word", "word here", "leaves"
    asked = f"{mode.typed}…" if mode.typed else f"press the letters {where}"
    if mode.wrong:
        asked = f"no {noun} has the letters {mode.wrong}"
    elif isinstance(mode, FillMode) and mode.typing:
        asked = "type it · Enter goes back to the letters"
    return f"{what} · {asked} · Esc {away}"
