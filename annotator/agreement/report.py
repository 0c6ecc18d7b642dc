"""What is said of how far people agree: figures with intervals, and where the rest comes from.

First `tally` each comparison: that takes the time, and depends on that article alone. Then `report`
what the tallies say together; it is done step by step.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from operator import is_
from typing import Any

from annotator.agreement.comparison import Comparison
from annotator.agreement.confusion import Confusion
from annotator.agreement.differences import (
    KINDS,
    SAME,
    Phrase,
    differences,
    edges,
    hardest,
    sided,
)
from annotator.agreement.figure import NO_UNITS, Counts, Figure, share
from annotator.agreement.measures import ONE_AGAINST_ALL, Measure, counted, counted_for
from annotator.agreement.resampling import DEFAULT, ONE_ARTICLE, Samples, Sampling
from annotator.agreement.spans import cells
from annotator.core.steps import Counted, Steps

NOT_COMPUTED = "not computed: it takes long; ask for it"
SUGGESTED = "suggestions were on: people who see the same suggestion agree more than they would"
ONE_LABEL = "there is one label only, so that figures on labels say nothing"
_STRETCHES = 8
_NONE: Counts = {}
_KINDS, _CELLS, _EDGES, _PHRASES, _SIDES = "kinds", "cells", "edges", "phrases", "sides"
Table = Mapping[str, Figure]
"""Figures by the names of their measures."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in an article: by each measure, in each part, and in tables.

    `when` orders the articles by when they were done; `suggested` says that suggestions were on;
    `by` is what the parts are by.
    """

    document: str
    title: str
    raters: tuple[str, ...]
    counts: Mapping[str, Counts]
    parts: Mapping[tuple[str, str], Mapping[str, Counts]]
    tables: Mapping[str, Counts]
    when: str = ""
    suggested: bool = False
    by: frozenset[str] = frozenset()

    def beside(self, other: "Tally") -> "Tally":
        """The same with the parts, too, that another one has of the same work."""
        return replace(self, parts={**other.parts, **self.parts}, by=self.by | other.by)


def tally(
    comparison: Comparison,
    measures: Sequence[Measure],
    *,
    by: Iterable[str] = (),
    when: str = "",
    rounds: Mapping[str, Comparison] | None = None,
) -> Steps[Tally]:
    """Count an article, and what was done in each of its rounds, by the round's number."""
    parts: dict[tuple[str, str], Mapping[str, Counts]] = {}
    if "label" in by:
        for label in comparison.basis.tagset.labels:
            parts["label", label.name] = yield from counted_for(label.name, comparison, measures)
    if {"pair", "annotator"} & set(by):
        for pair in comparison.pairs():
            between = comparison.between(*pair)
            parts["pair", pair_key(pair)] = yield from counted(between, measures)
    counts = yield from counted(comparison, measures)
    for number, each in (rounds or {}).items():
        again = each is not comparison
        parts["round", number] = (yield from counted(each, measures)) if again else counts
    layers = [each.layer for each in comparison.works.values()]
    return Tally(
        comparison.document.id,
        comparison.document.title,
        comparison.raters,
        counts,
        parts,
        _tables(comparison),
        when,
        any(each.meta.get("suggestions") for each in layers),
        frozenset(by),
    )


def pair_key(pair: Iterable[str]) -> str:
    """The name of a pair of people in Report.by; a name may hold what stands between two names."""
    return " & ".join(pair)


def _tables(comparison: Comparison) -> dict[str, Counts]:
    every = list(differences(comparison))
    return {
        _KINDS: Counter(each.kind for each in every),
        _PHRASES: Counter((each.words, each.kind) for each in every if each.words),
        _CELLS: Counter((unit.raters, unit.values) for unit in cells(comparison)),
        _EDGES: Counter((each.at, each.words, each.one) for each in edges(comparison)),
        _SIDES: Counter((each.side, each.unit.values[1] is None) for each in sided(comparison)),
    }


# Reports


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """Words at a start or an end, how often spans differ by them, and who has them how often."""

    at: str
    words: str
    number: int
    who: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """How far people agree on some articles.

    `figures` are all measures' by name, `by` the same for each part: by what, which, and name.
    `kinds` counts the differences by kind, `sides` is the share that others miss of what each
    side's sources say, with its interval.
    """

    articles: int
    raters: tuple[str, ...]
    measures: Mapping[str, Measure]
    figures: Table
    by: Mapping[str, Mapping[str, Table]]
    kinds: Mapping[str, int]
    agreed: int
    confusion: Confusion
    edges: tuple[EdgeWords, ...]
    phrases: tuple[Phrase, ...]
    sides: Table
    warnings: tuple[str, ...]
    sampling: Sampling = DEFAULT
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of the articles, by id, in the order of work."""

    def share(self, kind: str) -> float | None:
        """How much of the disagreement is of a kind; None where there is none."""
        every = sum(self.kinds.values())
        return self.kinds.get(kind, 0) / every if every else None

    def as_json(self, by: str = "") -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        parts = self.by.get(by, {})
        return {
            "articles": self.articles,
            "annotators": list(self.raters),
            "measures": _as_json(self.figures),
            "by": {key: _as_json(table) for key, table in parts.items()},
            "disagreement": dict(self.kinds),
            "agreed": self.agreed,
            "confusion": [
                {"annotators": list(raters), "labels": list(labels), "count": number}
                for (raters, labels), number in self.confusion.cells.items()
            ],
            "warnings": list(self.warnings),
            "seed": self.sampling.seed,
            "samples": self.sampling.times,
        }

    def sentence(self, name: str, version: str) -> str:
        """A figure as a paper would say it, with what it rests on and where its formula is from."""
        measure, figure = self.measures[name], self.figures[name]
        articles = f"{self.articles:,} article{'s' if self.articles != 1 else ''}"
        who = f"{len(self.raters)} annotators, {articles}, n = {figure.n:,.0f}"
        source = f"; {measure.source}" if measure.source else ""
        if figure.value is None:
            return f"{measure.title}: {figure.why} ({who}{source}; Annotator {version})."
        interval = ""
        if figure.low is not None and figure.high is not None:
            inside = f"{self.sampling.inside:.0%} interval".replace("%", " %")
            interval = (
                f", {inside} {figure.low:.3f} to {figure.high:.3f}"
                f" (bootstrap over articles, {self.sampling.times:,} samples)"
            )
        return f"{measure.title} {figure.value:.3f}{interval} ({who}{source}; Annotator {version})."


def _as_json(table: Table) -> dict[str, Any]:
    return {name: figure.as_json() for name, figure in table.items()}


def tables_of(tallies: Iterable[Tally], by: Collection[str]) -> int:
    """How many tables of figures a report has: each takes about as long."""
    every = list(tallies)
    parts = {part for each in every for part in each.parts if part[0] in by}
    people = {who for each in every for who in each.raters} if "annotator" in by else ()
    stretches = min(_STRETCHES, len(every)) if "order" in by else 0
    return 1 + len(parts) + len(people) + stretches + ("document" in by) * len(every)


def report(
    tallies: Iterable[Tally],
    measures: Sequence[Measure],
    *,
    by: Sequence[str] = (),
    sampling: Sampling = DEFAULT,
) -> Counted[Report]:
    """The report on articles that were tallied with these measures and parts, table by table."""
    ordered = sorted(tallies, key=lambda each: each.document)
    making = _Making(ordered, {each.name: each for each in measures}, sampling)
    computed = yield from making.table([each.counts for each in ordered])
    nothing = NOT_COMPUTED if ordered else NO_UNITS
    figures = {each.name: computed.get(each.name, Figure(None, 0, nothing)) for each in measures}
    parts = {}
    for what in by:
        parts[what] = yield from making.parts(what)
    tables = {name: making.sum(name) for name in (_KINDS, _CELLS, _EDGES, _PHRASES)}
    return Report(
        len(ordered),
        tuple(sorted({who for each in ordered for who in each.raters})),
        making.measures,
        figures,
        parts,
        {kind: int(tables[_KINDS].get(kind, 0)) for kind in KINDS},
        int(tables[_KINDS].get(SAME, 0)),
        Confusion({key: int(number) for key, number in tables[_CELLS].items()}),
        _edge_words(tables[_EDGES]),
        tuple(hardest(tables[_PHRASES])),
        making.sides(),
        tuple(making.warnings()),
        sampling,
        {each.document: each.title for each in making.in_order},
    )


class _Making:
    """A report on its way; samples of as many articles are drawn once."""

    def __init__(
        self, tallies: Sequence[Tally], measures: Mapping[str, Measure], sampling: Sampling
    ) -> None:
        self.tallies = tallies
        self.measures = measures
        self.sampling = sampling
        self._samples: dict[int, Samples] = {}
        self._tables = 0

    @property
    def in_order(self) -> list[Tally]:
        """The articles in the order of work."""
        return sorted(self.tallies, key=lambda each: (each.when, each.document))

    def sum(self, table: str) -> Counts:
        """A table over all articles."""
        found: Counter[Any] = Counter()
        for each in self.tallies:
            found.update(each.tables[table])
        return found

    def table(
        self, rows: Sequence[Mapping[str, Counts]], *, by: str = ""
    ) -> Counted[dict[str, Figure]]:
        """All measures' figures of what was counted in some articles, those that were counted."""
        measures = {**self.measures, **ONE_AGAINST_ALL} if by == "label" else self.measures
        found: dict[str, Figure] = {}
        samples = self._drawn(len(rows))
        names = dict.fromkeys(name for row in rows for name in row)
        alike: list[tuple[list[Counts], dict[str, Callable[[Counts], Figure]]]] = []
        for name in names:
            counts = [row.get(name, _NONE) for row in rows]
            # Those that count alike were given the same counts (measures.Gathered).
            several = next((each for known, each in alike if _same(known, counts)), None)
            if several is None:
                alike.append((counts, several := {}))
            several[name] = measures[name].figure
        for counts, several in alike:
            found |= samples.figures(several, counts)
            yield self._tables
        self._tables += 1
        return {name: found[name] for name in names}

    def _drawn(self, articles: int) -> Samples:
        if articles not in self._samples:
            self._samples[articles] = Samples(articles, self.sampling)
        return self._samples[articles]

    def parts(self, what: str) -> Counted[dict[str, dict[str, Figure]]]:
        """The figures of each part."""
        groups = {
            "label": lambda: self._counted("label"),
            "pair": lambda: self._counted("pair"),
            "annotator": self._against_the_rest,
            "document": self._documents,
            "order": self._stretches,
            "round": self._rounds,
        }[what]()
        found = {}
        for key, rows in groups.items():
            found[key] = yield from self.table(rows, by=what)
        return found

    def _counted(self, what: str) -> dict[str, list[Mapping[str, Counts]]]:
        found: dict[str, list[Mapping[str, Counts]]] = {}
        for each in self.tallies:
            for (of, key), counts in each.parts.items():
                if of == what:
                    found.setdefault(key, []).append(counts)
        return found

    def _rounds(self) -> dict[str, list[Mapping[str, Counts]]]:
        found = self._counted("round")
        return {number: found[number] for number in sorted(found, key=int)}

    def _against_the_rest(self) -> dict[str, list[Mapping[str, Counts]]]:
        """For each person the pairs that they are one of, together."""
        found: dict[str, list[Mapping[str, Counts]]] = {}
        for each in self.tallies:
            for who in each.raters:
                pairs = [pair for pair in combinations(each.raters, 2) if who in pair]
                together = _together([each.parts["pair", pair_key(pair)] for pair in pairs])
                found.setdefault(who, []).append(together)
        return dict(sorted(found.items()))

    def _documents(self) -> dict[str, list[Mapping[str, Counts]]]:
        return {each.document: [each.counts] for each in self.tallies}

    def _stretches(self) -> dict[str, list[Mapping[str, Counts]]]:
        """The articles in the order of work, in some stretches of equal length."""
        ordered = self.in_order
        number = min(_STRETCHES, len(ordered))
        ends = [len(ordered) * at // number for at in range(number + 1)] if number else []
        return {
            f"{first + 1}–{last}" if last > first + 1 else str(last): [
                each.counts for each in ordered[first:last]
            ]
            for first, last in pairwise(ends)
        }

    def sides(self) -> dict[str, Figure]:
        """Of what each side's sources say: the share that another misses."""
        samples = self._drawn(len(self.tallies))
        rows = [each.tables[_SIDES] for each in self.tallies]
        names = sorted({side for row in rows for side, _ in row})
        return {side: samples.figure(_missed(side), rows) for side in names}

    def warnings(self) -> Iterator[str]:
        """What makes all figures misleading."""
        if len(self.tallies) == 1:
            yield ONE_ARTICLE
        if any(each.suggested for each in self.tallies):
            yield SUGGESTED
        labels = {label for each in self.tallies for _, two in each.tables[_CELLS] for label in two}
        if len(labels - {None}) == 1:
            yield ONE_LABEL


def _same(counts: Sequence[Counts], others: Sequence[Counts]) -> bool:
    return all(map(is_, counts, others))


def _together(rows: Sequence[Mapping[str, Counts]]) -> dict[str, Counts]:
    found: dict[str, Counter[Any]] = {}
    for row in rows:
        for name, counts in row.items():
            found.setdefault(name, Counter()).update(counts)
    return dict(found)


def _missed(side: str) -> Callable[[Counts], Figure]:
    def figure(counts: Counts) -> Figure:
        missed, there = counts.get((side, True), 0), counts.get((side, False), 0)
        return share(missed, missed + there, missed + there)

    return figure


def _edge_words(counts: Counts) -> tuple[EdgeWords, ...]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for (at, words, who), number in counts.items():
        found.setdefault((at, words), Counter())[who] += int(number)
    edges_ = (
        EdgeWords(at, words, who.total(), dict(sorted(who.items())))
        for (at, words), who in found.items()
    )
    return tuple(sorted(edges_, key=lambda each: (-each.number, each.at, each.words)))
