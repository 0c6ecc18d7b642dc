"""Intervals by the bootstrap: the figures of articles drawn again and again (Efron 1979).

What a figure counts adds up over articles, so that a sample is a sum. numpy, where it is
installed, makes the sums sooner; they are the same without.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from random import Random
from typing import Any

from annotator.agreement.figure import Counts, Figure
from annotator.agreement.unitizing import OVERLAPS

ONE_ARTICLE = "it rests on one article, so there is no interval"
FEW = 5
FEW_ARTICLES = f"it rests on fewer than {FEW} articles: the interval is too narrow"
UNSTABLE = "it is undefined for many samples of the articles, so there is no interval"
_FIXED = frozenset({OVERLAPS})
"""What tells how a figure is defined, and so must not change from sample to sample."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many times articles are drawn, by which seed, and what part of the figures is inside."""

    times: int = 1000
    seed: int = 0
    inside: float = 0.95


DEFAULT = Sampling()


def added(counts: Sequence[Counts]) -> dict[Hashable, float]:
    """The counts of several articles together."""
    found: dict[Hashable, float] = {}
    for each in counts:
        for key, count in each.items():
            found[key] = found.get(key, 0.0) + count
    return found


class Samples:
    """How often each of some articles is in each sample; no samples of a single article.

    Samples that are the same are computed once.
    """

    def __init__(self, articles: int, sampling: Sampling = DEFAULT) -> None:
        self.sampling = sampling
        dice = Random(sampling.seed)  # noqa: S311  (a sample, no secret)
        drawn: Counter[tuple[int, ...]] = Counter()
        for _ in range(sampling.times if articles > 1 else 0):
            often = [0] * articles
            for each in dice.choices(range(articles), k=articles):
                often[each] += 1
            drawn[tuple(often)] += 1
        self._often = list(drawn)
        self._times = list(drawn.values())
        self._numpy = _numpy()
        self._table: Any = self._numpy and self._numpy.array(self._often, dtype=float)

    def sums(self, rows: Sequence[Counts]) -> Iterator[dict[Hashable, float]]:
        """The counts of each different sample, of those of each article."""
        keys = list(dict.fromkeys(key for row in rows for key in row))
        if self._numpy is not None:
            at = {key: column for column, key in enumerate(keys)}
            dense = self._numpy.zeros((len(rows), len(keys)))
            places = [(number, at[key]) for number, row in enumerate(rows) for key in row]
            counts = [count for row in rows for count in row.values()]
            dense[tuple(zip(*places, strict=True))] = counts
            for sums in (self._table @ dense).tolist():
                yield dict(zip(keys, sums, strict=True))
            return
        for often in self._often:
            found = dict.fromkeys(keys, 0.0)
            for times, row in zip(often, rows, strict=True):
                if times:
                    for key, count in row.items():
                        found[key] += times * count
            yield found

    def figure(self, measure: Callable[[Counts], Figure], rows: Sequence[Counts]) -> Figure:
        """The figure of all articles, of what was counted in each, with its interval."""
        (figure,) = self.figures({"": measure}, rows).values()
        return figure

    def figures(
        self, measures: Mapping[str, Callable[[Counts], Figure]], rows: Sequence[Counts]
    ) -> dict[str, Figure]:
        """The same of several measures that count alike, whose sums are made once for all."""
        whole = added(rows)
        found = {name: measure(whole) for name, measure in measures.items()}
        values: dict[str, list[float]] = {
            name: [] for name, figure in found.items() if figure.value is not None
        }
        if not values or not self.sampling.times:
            return found
        if self._often:
            fixed = {key: whole[key] for key in _FIXED if key in whole}
            for sums, times in zip(self.sums(rows), self._times, strict=True):
                sums.update(fixed)
                for name, several in values.items():
                    value = measures[name](sums).value
                    if value is not None:
                        several.extend([value] * times)
        few = len(rows) < FEW
        return found | {
            name: self._with_interval(found[name], sorted(several), few=few)
            for name, several in values.items()
        }

    def _with_interval(self, figure: Figure, values: Sequence[float], *, few: bool) -> Figure:
        """The figure with the ends of what most samples gave."""
        if not self._often:
            return _warned(figure, ONE_ARTICLE)
        if 2 * len(values) < self.sampling.times:
            return _warned(figure, UNSTABLE)
        outside = (1 - self.sampling.inside) / 2
        low, high = quantile(values, outside), quantile(values, 1 - outside)
        figure = replace(figure, low=low, high=high)
        return _warned(figure, FEW_ARTICLES) if few else figure


def _warned(figure: Figure, warning: str) -> Figure:
    return replace(figure, warnings=(*figure.warnings, warning))


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which a part of some sorted values lies, between two if need be."""
    at = part * (len(values) - 1)
    below = floor(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (at - below) * (values[above] - values[below])


def is_fast() -> bool:
    """Whether sums of samples are made by numpy; without it those of many articles take minutes."""
    return _numpy() is not None


def _numpy() -> Any:
    """The library, if it is installed: an extra."""
    try:
        import numpy  # noqa: PLC0415
    except ImportError:
        return None
    return numpy
