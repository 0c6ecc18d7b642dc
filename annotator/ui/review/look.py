"""How versions look in the text: as labels that have a lane of their own, and no ground."""

from dataclasses import replace

from PySide6.QtGui import QColor

from annotator.core.tagset import PATTERNS, Pattern, Tagset
from annotator.ui.article.look import ArticleLook

MOST = 12
"""Versions that have a look; more share those."""
PREVIEWED, WAITING = "previewed", "waiting"
_FAINT = 140
"""Alpha of the lane of what isn't gold yet."""
_CLEAR = QColor(0, 0, 0, 0)


def pattern(version: int) -> Pattern:
    """The lane pattern of a version, counted from 0."""
    return PATTERNS[version % len(PATTERNS)]


def version_label(label: str, version: int, *, previewed: bool) -> str:
    """The name under which a version of a label is drawn; previewed it has the label's ground."""
    return f"{label}\n{version % MOST}{PREVIEWED if previewed else ''}"


def waiting_label(label: str) -> str:
    """The name under which an annotation is drawn that isn't gold yet, nor in question now."""
    return f"{label}\n{WAITING}"


def review_look(look: ArticleLook, tagset: Tagset) -> ArticleLook:
    """The look of an article with looks for versions among its labels'."""
    inks, washes, patterns = dict(look.inks), dict(look.washes), dict(look.patterns)
    faint = QColor(look.dim)
    faint.setAlpha(_FAINT)
    for label in tagset.labels:
        for number in range(MOST):
            for previewed in (False, True):
                name = version_label(label.name, number, previewed=previewed)
                inks[name] = look.ink(label.name)
                washes[name] = look.wash(label.name) if previewed else _CLEAR
                patterns[name] = pattern(number)
        name = waiting_label(label.name)
        inks[name], washes[name], patterns[name] = faint, _CLEAR, "dot"
    return replace(look, inks=inks, washes=washes, patterns=patterns)
