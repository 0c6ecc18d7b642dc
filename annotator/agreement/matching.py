"""Which annotations of one person answer which of another's: one to one, exactly or nearly."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from annotator.core.clusters import shared
from annotator.core.model import Annotation

Pair = tuple[Annotation | None, Annotation | None]
"""What two people have at one place, None where one of them has nothing."""


def exact(one: Sequence[Annotation], other: Sequence[Annotation]) -> list[Pair]:
    """Annotations of the same label and extent, each answered by one other; then all alone."""
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, each in enumerate(other):
        waiting[_key(each)].append(number)
    matched = {}
    for number, each in enumerate(one):
        found = waiting.get(_key(each))
        if found:
            matched[number] = found.pop(0)
    return _pairs(one, other, matched)


def _key(each: Annotation) -> tuple[object, ...]:
    return (each.label, *((span.start, span.end) for span in each.spans))


def relaxed(one: Sequence[Annotation], other: Sequence[Annotation], threshold: float) -> list[Pair]:
    """Annotations of the same label that share enough of their characters; then all alone.

    Enough is a share of `threshold` of the characters that either has (Jaccard), 0 any character.
    As many as possible are matched; among the ways to do so, one in which they share most.
    """
    edges = {(i, j): 1 + alike for i, j, alike in _overlaps(one, other) if alike >= threshold}
    # More pairs count for more than any overlap.
    weight = float(len(edges))
    matched = dict(assigned({ends: weight + alike for ends, alike in edges.items()}))
    return _pairs(one, other, matched)


def _overlaps(
    one: Sequence[Annotation], other: Sequence[Annotation]
) -> Iterator[tuple[int, int, float]]:
    """The numbers of annotations of one label that share characters, and the share of them."""
    order = sorted(range(len(other)), key=lambda number: other[number].spans[0].start)
    sizes = [sum(map(len, each.spans)) for each in other]
    first = 0
    for i in sorted(range(len(one)), key=lambda number: one[number].spans[0].start):
        each = one[i]
        start, end, size = each.spans[0].start, each.spans[-1].end, sum(map(len, each.spans))
        while first < len(order) and other[order[first]].spans[-1].end <= start:
            first += 1
        for j in order[first:]:
            if other[j].spans[0].start >= end:
                break
            if other[j].label == each.label:
                common = shared(each.spans, other[j].spans)
                if common:
                    yield i, j, common / (size + sizes[j] - common)


def _pairs(
    one: Sequence[Annotation], other: Sequence[Annotation], matched: Mapping[int, int]
) -> list[Pair]:
    taken = set(matched.values())
    both: list[Pair] = [(one[i], other[j]) for i, j in sorted(matched.items())]
    both += [(each, None) for i, each in enumerate(one) if i not in matched]
    return both + [(None, each) for j, each in enumerate(other) if j not in taken]


# Assignment


def assigned(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, each end in one at most, whose positive weights add up to the most.

    Exact, part by part of what hangs together: a pair by itself is taken at once, the others by the
    Hungarian method (Kuhn 1955, Munkres 1957).
    """
    rows, columns = Counter(i for i, _ in weights), Counter(j for _, j in weights)
    found = [(i, j) for i, j in weights if rows[i] == columns[j] == 1]
    rest = {
        ends: each for ends, each in weights.items() if max(rows[ends[0]], columns[ends[1]]) > 1
    }
    for part in _parts(rest):
        found += _hungarian(part)
    return sorted(found)


def _parts(
    weights: Mapping[tuple[int, int], float],
) -> list[dict[tuple[int, int], float]]:
    """The pairs that hang together by their ends."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def top(end: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(end, end) != end:
            end = root[end]
        return end

    for i, j in weights:
        root[top(("row", i))] = top(("column", j))
    parts: dict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (i, j), weight in weights.items():
        parts[top(("row", i))][i, j] = weight
    return list(parts.values())


def _hungarian(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best assignment of one part, by shortest augmenting paths over a dense table."""
    rows = sorted({i for i, _ in weights})
    columns = sorted({j for _, j in weights})
    # A column of its own for each row, so that a row may stay alone.
    costs = [[-weights.get((i, j), 0.0) for j in columns] + [0.0] * len(rows) for i in rows]
    owner = _solved(costs)
    found = ((rows[row], columns[at]) for at, row in enumerate(owner[: len(columns)]) if row >= 0)
    return [ends for ends in found if ends in weights]


def _solved(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each column the row that it is given to, -1 for none; the costs add up to the least."""
    width = len(costs[0])
    row_cut, column_cut = [0.0] * len(costs), [0.0] * (width + 1)
    owner = [-1] * (width + 1)  # the last column is where a row waits that is to be placed
    for row in range(len(costs)):
        owner[width] = row
        at, best, back, done = width, [inf] * width, [width] * width, set[int]()
        while owner[at] >= 0:
            done.add(at)
            current, step, following = owner[at], inf, width
            for column in range(width):
                if column not in done:
                    cost = costs[current][column] - row_cut[current] - column_cut[column]
                    if cost < best[column]:
                        best[column], back[column] = cost, at
                    if best[column] < step:
                        step, following = best[column], column
            for column in done:
                row_cut[owner[column]] += step
                column_cut[column] -= step
            best = [each - step for each in best]
            at = following
        while at != width:
            owner[at], at = owner[back[at]], back[at]
    return owner[:width]
