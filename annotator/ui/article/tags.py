"""Where the small tags above a line go: side by side, cut or left out, never over one another."""

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 8
"""Pixels between two tags."""
DRIFT = 90
"""Pixels that a tag may stand right of where its span begins, before it is left out."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A tag that wants to stand at `at` with its `natural` width, or at `least` that much of it.

    `reach` is how far its span goes on the line. An `urgent` one is placed before all others; a
    `fixed` one is never left out for want of room beside its neighbours.
    """

    at: float
    natural: float
    least: float
    reach: float
    urgent: bool = False
    fixed: bool = False


Place = tuple[float, float]
"""Left end and width in pixels."""


def place(wishes: Sequence[Wish], right: float) -> list[Place | None]:
    """A place for each wish between its `at` and `right`; None for one that is left out.

    Urgent wishes come first, then the others from left to right. Each is cut where the next would
    begin, as long as enough of it is left; else the next moves aside.
    """
    order = sorted(range(len(wishes)), key=lambda index: wishes[index].at)
    places: list[Place | None] = [None] * len(wishes)
    taken: list[Place] = []
    for urgent in (True, False):
        turn = [index for index in order if wishes[index].urgent is urgent]
        for rank, index in enumerate(turn):
            later = [wishes[other].at for other in turn[rank + 1 :]]
            found = _placed(wishes[index], taken, later, right)
            if found is not None:
                places[index] = found
                taken.append(found)
                taken.sort()
    return places


def _placed(wish: Wish, taken: list[Place], later: list[float], right: float) -> Place | None:
    """The place of one wish beside those that are taken, with an eye on those that come later."""
    left = wish.at
    end = right
    for start, width in taken:
        if start + width + GAP <= left:
            continue
        if start - GAP - left >= wish.least:
            end = min(end, start - GAP)
            break
        left = start + width + GAP
    if end - left < wish.least:
        if not wish.urgent:
            return None
        left = max(0.0, end - wish.least)
    if not (wish.urgent or wish.fixed) and left - wish.at > max(DRIFT, wish.reach - wish.at):
        return None
    if not wish.urgent:
        soft = [at for at in later if at - GAP - left >= wish.least]
        end = min([end, *(at - GAP for at in soft[:1])])
    return left, min(wish.natural, end - left)
