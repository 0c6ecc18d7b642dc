"""What the next key or selection means: an armed label, a re-opened span, a link, or as usual."""

from dataclasses import dataclass

from annotator.core.span import Span


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
class LinkMode:
    """A link being made: its type, the span it is made from, and the candidates by their hint.

    `backwards` says that the span is the link's target. `typed` are the hint letters
    pressed so far, and `wrong` those of which the last was no candidate's.
    """

    type: str
    origin: str
    hints: tuple[tuple[str, str], ...]
    backwards: bool = False
    typed: str = ""
    wrong: str = ""

    def left(self) -> dict[str, str]:
        """What remains to be typed, by the id of the candidate."""
        size = len(self.typed)
        return {id_: hint[size:] for hint, id_ in self.hints if hint.startswith(self.typed)}

    def chosen(self) -> str | None:
        """The id of the candidate whose hint is typed in full."""
        return next((id_ for hint, id_ in self.hints if hint == self.typed), None)


Mode = Idle | Armed | Reopened | LinkMode


def sentence(mode: Mode, title: str = "") -> str:
    """What the status bar says of a mode; `title` is that of its label or relation."""
    match mode:
        case Armed():
            return f"{title} is armed: select words with the mouse to tag them · Esc disarms"
        case Reopened():
            return "Moving the boundary · O moves the other end · Enter keeps · Esc restores"
        case LinkMode(wrong=wrong) if wrong:
            return f"Link: {title} · no span here has the letters {wrong} · Esc leaves"
        case LinkMode(typed=""):
            return f"Link: {title} · press the letters on a span · Esc leaves"
        case LinkMode(typed=typed):
            return f"Link: {title} · {typed}… · Esc leaves"
        case _:
            return ""
