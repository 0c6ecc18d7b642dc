"""What two versions of a text have in common, in order: the runs of characters that both have."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PIECE = re.compile(r"\w+\W*|\W+")
_MANY = 20_000
"""Pieces from which on frequent ones are no anchors any more, lest it take forever."""
Run = tuple[int, int, int]
"""Where a run starts in the old text, where in the new one, and its length, in code points."""


def runs(old: str, new: str) -> list[Run]:
    """The runs that both texts have, in order and as long as can be.

    Lines that are in both once each are anchors (patience diff); between them words are compared.
    """
    # Whole lines only: what two lines begin with both belongs to either, and is told below.
    head = old.rfind("\n", 0, _common(old, new)) + 1
    behind = len(old) - _common(old[head:][::-1], new[head:][::-1])
    line = old.find("\n", behind - 1) + 1 if behind > head else head
    tail = len(old) - line if line else 0
    first, last = (old[head : len(old) - tail], new[head : len(new) - tail])
    found: list[Run] = [(0, 0, head)]
    at = to = 0
    for start, start_, length in (*_anchors(first, last), (len(first), len(last), 0)):
        for begin, begin_, size in _words(first[at:start], last[to:start_]):
            found.append((head + at + begin, head + to + begin_, size))
        found.append((head + start, head + start_, length))
        at, to = start + length, start_ + length
    found.append((len(old) - tail, len(new) - tail, tail))
    # The first and the last stay, empty as they may be: they grow where no word is the same.
    inner = [each for each in found[1:-1] if each[2]]
    return [each for each in _widened(old, new, [found[0], *inner, found[-1]]) if each[2]]


def _common(one: str, other: str) -> int:
    """The length of what two texts begin with both."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(old: str, new: str) -> Iterator[Run]:
    """The lines that stand in both once, the most that are in the same order in both."""
    lines, lines_ = _once(old), _once(new)
    pairs = sorted((at, lines_[line], len(line)) for line, at in lines.items() if line in lines_)
    yield from _rising(pairs)


def _once(text: str) -> dict[str, int]:
    found = [(match[0], match.start()) for match in _LINE.finditer(text)]
    counts = Counter(line for line, _ in found)
    return {line: at for line, at in found if counts[line] == 1 and line.strip()}


def _rising(pairs: Sequence[Run]) -> list[Run]:
    """The longest part of pairs, rising in the first, that is rising in the second too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, to, _) in enumerate(pairs):
        place = bisect_right(ends, to)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [to]
        last[place : place + 1] = [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _words(old: str, new: str) -> Iterator[Run]:
    """The runs of words, each with the marks behind it, that both texts have."""
    pieces, pieces_ = _PIECE.findall(old), _PIECE.findall(new)
    if pieces == pieces_:
        yield 0, 0, len(old)
        return
    starts, starts_ = _starts(pieces), _starts(pieces_)
    junk = min(len(pieces), len(pieces_)) > _MANY
    matcher = SequenceMatcher(None, pieces, pieces_, autojunk=junk)
    for at, to, size in matcher.get_matching_blocks():
        yield starts[at], starts_[to], starts[at + size] - starts[at]


def _starts(pieces: Sequence[str]) -> list[int]:
    found = [0]
    for each in pieces:
        found.append(found[-1] + len(each))
    return found


def _widened(old: str, new: str, found: list[Run]) -> list[Run]:
    """The runs, each as long as its characters go on to be the same, and joined where they meet."""
    wide: list[Run] = []
    for number, (at, to, size) in enumerate(found):
        floor, floor_ = (wide[-1][0] + wide[-1][2], wide[-1][1] + wide[-1][2]) if wide else (0, 0)
        after, after_ = found[number + 1][:2] if number + 1 < len(found) else (len(old), len(new))
        back = _common(old[floor:at][::-1], new[floor_:to][::-1])
        ahead = _common(old[at + size : after], new[to + size : after_])
        run = (at - back, to - back, back + size + ahead)
        if wide and (run[0], run[1]) == (floor, floor_):
            run = (wide[-1][0], wide[-1][1], wide[-1][2] + run[2])
            wide.pop()
        wide.append(run)
    return wide
