"""What the next key or selection means: an armed label, a re-opened span, a link, or as usual."""

from dataclasses import dataclass

from annotator.core.span import Span
from annotator.ui.links import LinkMode


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


Mode = Idle | Armed | Reopened | LinkMode


def sentence(mode: Mode, title: str = "") -> str:
    """What the status bar says of a mode; `title` is that of its label or relation."""
    match mode:
        case Armed():
            return f"{title} is armed: select words with the mouse to tag them · Esc disarms"
        case Reopened():
            return "Moving the boundary · Enter keeps · Esc restores"
        case LinkMode(typed=""):
            return f"Link: {title} · press the letters on a span · Esc leaves"
        case LinkMode(typed=typed):
            return f"Link: {title} · {typed}… · Esc leaves"
        case _:
            return ""
