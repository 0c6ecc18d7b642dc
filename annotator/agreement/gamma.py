"""Gamma: agreement on spans and labels by the best alignment, against that of random work.

Mathet, Widlöcher and Métivier 2015 (Computational Linguistics 41:437); gamma-cat, which asks for
the labels alone: Mathet 2017 (Computational Linguistics 43:661). Two units are apart by how far
their ends are, measured by their lengths, squared, and by 1 where their labels differ. An alignment
puts units together, one of a person at most; a unit and nothing are 1 apart, and nothing and
nothing too. Its disorder is the mean over pairs of people, summed up, by the mean number of units.

Random work: everybody's units are those of one of the people, all moved by one step, and come in
again in front where they leave at the back. It is drawn by a seed, so that a figure can be had
again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import inf, sqrt
from random import Random

from annotator.agreement.aligning import TooManyError, best
from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.figure import NO_UNITS, Counts, Figure, less
from annotator.core.steps import Steps

SAMPLES = 30
"""How many random alignments the expected disorder is the mean of, unless said."""
_TRIES = 20
TOO_MANY = (
    "undefined: the spans of an article are too entangled for an exact alignment;"
    " install the extra “gamma” for that"
)


@dataclass(frozen=True, slots=True)
class Span:
    """What somebody marked: from where to where, in any unit of length, as what, and its id."""

    start: float
    end: float
    label: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much position and label count in a distance."""

    position: float = 1.0
    label: float = 1.0


EVEN = Weights()


def position_apart(one: Span, other: Span) -> float:
    """How far two spans are apart: ((starts + ends apart) / (both lengths)) squared."""
    apart = abs(one.start - other.start) + abs(one.end - other.end)
    return (apart / (one.end - one.start + other.end - other.start)) ** 2


def apart(one: Span, other: Span, weights: Weights = EVEN) -> float:
    """How far two spans with their labels are apart."""
    differing = one.label != other.label
    return weights.position * position_apart(one, other) + weights.label * differing


@dataclass(frozen=True)
class Alignment:
    """The best alignment: groups of spans, by the number of who marked each."""

    groups: tuple[Mapping[int, Span], ...]
    people: int
    weights: Weights

    @cached_property
    def cost(self) -> float:
        """The disorders of all groups together."""
        return sum(_cost(list(each.values()), self.people, self.weights) for each in self.groups)

    @property
    def disorder(self) -> float:
        """The cost by the mean number of spans of a person."""
        number = sum(map(len, self.groups))
        return self.cost * self.people / number if number else 0.0

    @cached_property
    def label_disorder(self) -> tuple[float, float]:
        """How much the labels of spans that were put together differ, and of how much.

        Each pair counts by how near the two are, and by how many there are in its group.
        """
        differing = total = 0.0
        for group in self.groups:
            for one, other in combinations(group.values(), 2):
                near = max(0.0, 1 - self.weights.position * position_apart(one, other))
                total += near / (len(group) - 1)
                differing += near / (len(group) - 1) * (one.label != other.label)
        return differing, total


def _cost(spans: Sequence[Span], people: int, weights: Weights) -> float:
    """The disorder of one group: the mean over pairs of people, 1 where one has nothing."""
    pairs = people * (people - 1) / 2
    both = sum(apart(one, other, weights) for one, other in combinations(spans, 2))
    return (both + pairs - len(spans) * (len(spans) - 1) / 2) / pairs


def aligned(spans: Sequence[Sequence[Span]], weights: Weights = EVEN) -> Alignment:
    """The best alignment of the spans of each person; raises TooManyError."""
    people = len(spans)
    every = sorted(
        ((person, each) for person, several in enumerate(spans) for each in several),
        key=lambda one: (one[1].start, one[1].end, one[1].label, one[0]),
    )
    taken = best(_candidates(every, people, weights))
    groups = [
        dict(every[at] for at in range(each.bit_length()) if each >> at & 1) for each in taken
    ]
    used = sum(taken)
    alone = ({person: each} for at, (person, each) in enumerate(every) if not used >> at & 1)
    return Alignment((*groups, *alone), people, weights)


def _candidates(
    every: Sequence[tuple[int, Span]], people: int, weights: Weights
) -> dict[int, float]:
    """What each set of spans of different people saves over leaving them alone.

    A set that costs no less without one of its spans, and that alone, is left out: whoever takes it
    may take those. It is so where the span's distances to the others, each less one, are as many
    as the pairs of people at least; that bounds how far two spans of a set can be apart.
    """
    pairs = people * (people - 1) / 2
    near = _near(every, pairs + people - 1, weights)
    found: dict[int, float] = {}
    grown: list[tuple[int, ...]] = [(at,) for at in range(len(every))]
    for size in range(2, people + 1):
        grown = [
            (*members, at)
            for members in grown
            for at in near[members[-1]]
            if all(at in near[one] for one in members[:-1])
        ]
        for members in grown:
            apart_by = [near[one][other] for one, other in combinations(members, 2)]
            saved = size - (sum(apart_by) + pairs - len(apart_by)) / pairs
            if saved > 0 and _belong(members, near, pairs):
                found[sum(1 << at for at in members)] = saved
    return found


def _belong(members: Sequence[int], near: Sequence[Mapping[int, float]], pairs: float) -> bool:
    """Whether it costs more to leave any one of the spans alone."""
    if len(members) == 2:
        return True  # else they wouldn't save anything
    return all(
        sum(near[min(one, each)][max(one, each)] - 1 for each in members if each != one) < pairs
        for one in members
    )


def _near(
    every: Sequence[tuple[int, Span]], limit: float, weights: Weights
) -> list[dict[int, float]]:
    """For each span the later ones of other people that are less than `limit` apart from it."""
    longest = max((each.end - each.start for _, each in every), default=0.0)
    reach = sqrt(limit / weights.position) if weights.position else inf
    found: list[dict[int, float]] = []
    for at, (person, one) in enumerate(every):
        last = one.start + reach * (one.end - one.start + longest)
        own = {}
        for later in range(at + 1, len(every)):
            who, other = every[later]
            if other.start > last:
                break
            if who != person:
                distance = apart(one, other, weights)
                if distance < limit:
                    own[later] = distance
        found.append(own)
    return found


# Random work


def samples(spans: Sequence[Sequence[Span]], number: int, seed: str) -> Iterator[list[list[Span]]]:
    """So many times random work of as many people (section 5.2 of the article)."""
    dice = Random(seed)  # noqa: S311  (a sample, no secret)
    every = [each for several in spans for each in several]
    first, last = min(each.start for each in every), max(each.end for each in every)
    least = sum(each.end - each.start for each in every) / len(every) / 2
    for _ in range(number):
        steps: list[float] = []
        for _ in spans:
            steps.append(_step(dice, first, last, least, steps))
        yield [
            [_moved(each, step, first, last) for each in spans[dice.randrange(len(spans))]]
            for step in steps
        ]


def _step(dice: Random, first: float, last: float, least: float, taken: Sequence[float]) -> float:
    """How far to move: not nearly as far as another, as long as there is room."""
    for _ in range(_TRIES):
        step = dice.uniform(0, last - first)
        if all(abs(step - each) >= least for each in taken):
            return step
    return step


def _moved(each: Span, step: float, first: float, last: float) -> Span:
    step = step if each.start + step <= last else step - (last - first)
    return Span(each.start + step, each.end + step, each.label, each.id)


# Counting


def spans_of(comparison: Comparison) -> list[list[Span]]:
    """What each person marked; of an annotation in fragments, all that lies between."""
    return [
        [
            Span(each.envelope.start, each.envelope.end, each.label, each.id)
            for each in work.annotations
        ]
        for work in comparison.works.values()
    ]


def groups(comparison: Comparison) -> Iterator[Unit]:
    """The groups of the best alignment; none where it can't be found."""
    raters = comparison.raters
    try:
        found = aligned(spans_of(comparison)).groups
    except TooManyError:
        return
    for group in found:
        values = tuple(group[at].label if at in group else None for at in range(len(raters)))
        ids = tuple((group[at].id,) if at in group else () for at in range(len(raters)))
        yield Unit(comparison.document.id, raters, values, ids)


def count(comparison: Comparison, *, number: int = SAMPLES, seed: int = 0) -> Steps[Counts]:
    """The observed and the expected disorder of an article, by its mean number of spans.

    The same for labels alone. It pauses after each alignment. Raises nothing: what can't be aligned
    is counted as such.
    """
    spans = spans_of(comparison)
    every = sum(map(len, spans))
    if not every:
        return {}
    try:
        real = aligned(spans)
        random = []
        for each in samples(spans, number, f"{seed} {comparison.document.id}"):
            yield
            random.append(aligned(each))
    except TooManyError:
        return {"failed": 1.0}
    differing, total = real.label_disorder
    shares = [part / whole for part, whole in (each.label_disorder for each in random) if whole]
    return {
        "spans": float(every),
        "observed": real.disorder * every / len(spans),
        "expected": sum(each.disorder for each in random) / number * every / len(spans),
        "labels": differing,
        "expected labels": total * sum(shares) / len(shares) if shares else 0.0,
    }


def gamma(counts: Counts) -> Figure:
    """1 - observed / expected disorder, of several articles by their numbers of spans."""
    return _figure(counts, "observed", "expected")


def gamma_cat(counts: Counts) -> Figure:
    """The same of the labels of spans that are put together."""
    return _figure(counts, "labels", "expected labels")


def _figure(counts: Counts, observed: str, expected: str) -> Figure:
    if counts.get("failed"):
        return Figure(None, counts.get("spans", 0.0), TOO_MANY)
    if not counts.get("spans"):
        return Figure(None, 0, NO_UNITS)
    return less(counts[observed], counts[expected], counts["spans"])
