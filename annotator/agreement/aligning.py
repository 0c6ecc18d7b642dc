"""The best alignment of what several people marked: an exact partition at the least cost.

A candidate is a set of units, one of a person at most, with what it saves over leaving them alone.
Candidates that don't overlap may be taken together; what is sought are those that save the most.
Parts that don't hang together are solved by themselves: by a search that knows what it has been
through, and where that is too much by HiGHS (Huangfu and Hall 2018), if it is installed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Candidates = Mapping[int, float]
"""What each set of units saves; a set is a whole number with a bit for each of its units."""
STEPS = 20_000
"""How many states of one part the search goes through before it gives up."""


class TooManyError(Exception):
    """A part is too large for the search, and HiGHS isn't installed."""


def best(candidates: Candidates, *, steps: int = STEPS) -> list[int]:
    """The sets to take, which have no unit in common and save the most together.

    Raises TooManyError.
    """
    found: list[int] = []
    for part in _parts({each: saved for each, saved in candidates.items() if saved > 0}):
        found += _solved(part, steps)
    return sorted(found)


def _parts(candidates: Candidates) -> list[dict[int, float]]:
    """The sets that hang together, by merging the groups of units that each touches."""
    groups: list[int] = []
    for each in candidates:
        apart = [group for group in groups if not group & each]
        joined = each
        for group in groups:
            if group & each:
                joined |= group
        groups = [*apart, joined]
    owner = {}
    for number, group in enumerate(groups):
        for bit in _bits(group):
            owner[bit] = number
    parts: dict[int, dict[int, float]] = defaultdict(dict)
    for each, saved in candidates.items():
        parts[owner[each & -each]][each] = saved
    return list(parts.values())


def _bits(units: int) -> list[int]:
    found = []
    while units:
        found.append(units & -units)
        units &= units - 1
    return found


def _solved(part: Candidates, steps: int) -> list[int]:
    if len(part) == 1:
        return list(part)
    try:
        return _search(part, steps)
    except TooManyError:
        return _highs(list(part), list(part.values()))


def _search(part: Candidates, steps: int) -> list[int]:
    """The best choice, unit by unit in order: what is left is solved once, however it came about.

    Units are in the order of the text, so that few different remainders come up.
    """
    first: dict[int, list[tuple[int, float]]] = defaultdict(list)
    every = 0
    for each, saved in part.items():
        first[each & -each].append((each, saved))
        every |= each
    known: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    stack = [every]
    while stack:
        left = stack[-1]
        if left in known:
            stack.pop()
            continue
        if len(known) > steps:
            raise TooManyError
        bit = left & -left
        ways = [(0, 0.0), *((each, saved) for each, saved in first[bit] if each & left == each)]
        rest = [left & ~(each | bit) for each, _ in ways]
        missing = [each for each in rest if each not in known]
        if missing:
            stack += missing
            continue
        known[left] = max(
            (saved + known[after][0], each) for (each, saved), after in zip(ways, rest, strict=True)
        )
        stack.pop()
    return _traced(every, known)


def _traced(left: int, known: Mapping[int, tuple[float, int]]) -> list[int]:
    found = []
    while left:
        each = known[left][1]
        if each:
            found.append(each)
        left &= ~(each | left & -left)
    return found


def _highs(sets: Sequence[int], saved: Sequence[float]) -> list[int]:
    """The same as a mixed integer programme: each unit in one of the sets taken, at most."""
    try:
        from highspy import Highs  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise TooManyError from error
    solver: Any = Highs()  # type: ignore[no-untyped-call]  # its stubs lack the most of it
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    taken = [solver.addBinary(obj=-each) for each in saved]
    at: dict[int, list[Any]] = defaultdict(list)
    for each, variable in zip(sets, taken, strict=True):
        for bit in _bits(each):
            at[bit].append(variable)
    for several in at.values():
        if len(several) > 1:
            solver.addConstr(sum(several[1:], several[0]) <= 1)
    solver.run()
    return [each for each, value in zip(sets, solver.vals(taken), strict=True) if value > 0.5]
