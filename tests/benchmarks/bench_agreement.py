"""Agreement of three annotators on many articles: all measures, gamma; prints a table and JSON.

python tests/benchmarks/bench_agreement.py [--articles 2000] [--rounds 3] [--gamma 10]

The articles are small and made up: about 900 words, some 30 spans of each annotator with labels,
attributes, links and entities, of which most are alike. Budgets: all measures but gamma with 1,000
bootstrap samples in 20 s on two cores; gamma with 30 random samples in 0.5 s an article. Where a
library has a measure, the ratio is to its time on the same units, without what comes before; those
of tests/agreement/test_heavy_oracles.py are measured where they are installed. Where
others use the machine too, the seconds of this process alone tell more.
"""

import argparse
import json
import random
import statistics
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter, process_time
from typing import Any

import krippendorff
import numpy
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]  # no types

from annotator import paths
from annotator.agreement import gamma
from annotator.agreement.chains import count_chains, mention_pairs
from annotator.agreement.coefficients import ALPHAS, cohen_kappa, fleiss_kappa
from annotator.agreement.comparison import Basis, Comparison
from annotator.agreement.measures import Gathered, measures
from annotator.agreement.report import report, tally
from annotator.agreement.spans import matched
from annotator.core.article import Work
from annotator.core.model import Annotation, Document, Entity, Layer, Relation
from annotator.core.span import Span
from annotator.core.steps import at_once
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256
from annotator.transfer.collecting import uncollected

BUDGET = 20.0
GAMMA_BUDGET = 0.5
PEOPLE = ("mira", "jonas", "noor")
PEOPLE_TWO = ("jonas", "mira")
Race = tuple[Callable[[], object], Callable[[], object]]
"""What we do, and what a library does with the same."""
LABELS = ("claim", "claim", "denial", "casualty", "actor", "actor", "actor")
ENTITIES = [Entity(f"e{number}", f"Actor {number}", side="AB"[number % 2]) for number in range(20)]
WORDS = ("the", "army", "of", "Armenia", "said", "that", "soldiers", "were", "killed", "near", "it")


def attributes(label: str, dice: random.Random) -> dict[str, Any]:
    """What an annotator says of a span."""
    if label == "actor":
        return {"entity": [f"e{dice.randrange(20)}"]}
    if label == "casualty":
        low = dice.choice((1, 2, 3, 14, 49, 100, 2000))
        return {"outcome": dice.choice(("killed", "wounded")), "low": low, "high": low}
    return {"certainty": dice.choice(("certain", "probable")), "form": "paraphrase"}


def article(number: int) -> tuple[Document, dict[str, Work]]:
    """An article that three people have done, each a little otherwise."""
    dice = random.Random(number)
    text = " ".join(dice.choice(WORDS) for _ in range(900))
    name = f"d{number:05}"
    document = Document(name, f"Article {number}", text, sha256(text))
    starts = sorted(dice.randrange(len(text) - 90) for _ in range(33))
    base = [
        (start, start + dice.randint(8, 80), label, attributes(label, dice))
        for start, label in zip(starts, (dice.choice(LABELS) for _ in starts), strict=True)
    ]
    return document, {who: work(document, who, base, dice) for who in PEOPLE}


def work(
    document: Document, who: str, base: list[tuple[int, int, str, Any]], dice: random.Random
) -> Work:
    """One person's version: some spans missing, some cut otherwise, some attributes different."""
    layer = Layer.of(document.id, who, state="done")
    made = []
    for at, (start, end, label, told) in enumerate(base):
        if dice.random() < 0.08:
            continue
        span = Span(max(0, start - dice.choice((0, 0, 0, 4))), end + dice.choice((0, 0, 0, 6)))
        own = attributes(label, dice) if dice.random() < 0.1 else told
        made.append(Annotation(f"{document.id}{who}{at}", layer.id, (span,), label, own))
    actors = [each for each in made if each.label == "actor"]
    claims = [each for each in made if each.label in ("claim", "denial")]
    links = [
        Relation(f"{each.id}r", layer.id, "source", each.id, dice.choice(actors).id)
        for each in claims
        if actors
    ]
    return Work(layer, tuple(made), tuple(links))


def timed(work_: Callable[[], object]) -> float:
    """The seconds that something takes."""
    start = perf_counter()
    work_()
    return perf_counter() - start


def ratios(comparisons: list[Comparison], rounds: int) -> dict[str, float]:
    """How our coefficients compare to a library's on the labels of all matched spans."""
    units = [unit for each in comparisons for unit in matched(each)]
    values = sorted({str(value) for unit in units for value in unit.values})
    table = numpy.full((len(PEOPLE), len(units)), numpy.nan)
    for at, unit in enumerate(units):
        for who, value in zip(unit.raters, unit.values, strict=True):
            table[PEOPLE.index(who), at] = values.index(str(value))
    # nltk takes minutes for more, and has no missing values.
    small = [unit for unit in units if len(unit.raters) == len(PEOPLE)][:500]
    task = AnnotationTask(
        [
            (who, at, value)
            for at, unit in enumerate(small)
            for who, value in zip(unit.raters, unit.values, strict=True)
        ]
    )

    def ours(coefficient: Any, some: list[Any]) -> Callable[[], object]:
        return lambda: coefficient.figure(
            coefficient.count(Gathered(comparisons[0], lambda _: some).given)
        )

    pairs: dict[str, Race] = {
        "alpha_nominal / krippendorff": (
            ours(ALPHAS["nominal"], units),
            lambda: krippendorff.alpha(table, level_of_measurement="nominal"),
        ),
        "cohen_kappa / nltk": (ours(cohen_kappa, small), task.kappa),
        "fleiss_kappa / nltk": (ours(fleiss_kappa, small), task.multi_kappa),
        **_more(comparisons, [unit for unit in units if len(unit.raters) == len(PEOPLE)], ours),
    }
    return {
        name: statistics.median(timed(one) / max(timed(other), 1e-9) for _ in range(rounds))
        for name, (one, other) in pairs.items()
    }


def _more(
    comparisons: list[Comparison], units: list[Any], ours: Callable[[Any, list[Any]], Any]
) -> dict[str, Race]:
    """The same with libraries that are too heavy for every environment, where they are there."""
    races: dict[str, Race] = {}
    rows = [unit.values for unit in units]
    if find_spec("sklearn"):
        score = import_module("sklearn.metrics").cohen_kappa_score
        two = [unit._replace(raters=unit.raters[:2], values=unit.values[:2]) for unit in units]
        one, other = ([row[at] for row in rows] for at in range(2))
        races["cohen_kappa / sklearn"] = ours(cohen_kappa, two), lambda: score(one, other)
    if find_spec("statsmodels"):
        rater = import_module("statsmodels.stats.inter_rater")
        races["fleiss_kappa / statsmodels"] = (
            ours(fleiss_kappa, units),
            lambda: rater.fleiss_kappa(rater.aggregate_raters(rows)[0]),
        )
    if find_spec("scorch"):
        scores = import_module("scorch.scores")
        named = [unit for unit in mention_pairs(comparisons[0]) if unit.raters == PEOPLE_TWO]
        key, response = (_chains(named, at) for at in range(2))
        races["b_cubed, ceaf, lea / scorch without lea"] = (
            lambda: count_chains(named),
            lambda: (scores.b_cubed(key, response), scores.ceaf_e(key, response)),
        )
    if find_spec("pygamma_agreement"):
        races["best alignment / pygamma"] = _alignments(comparisons[0])
    return races


def _chains(units: list[Any], at: int) -> list[set[int]]:
    found: dict[object, set[int]] = {}
    for number, unit in enumerate(units):
        if unit.values[at] is not None:
            found.setdefault(unit.values[at], set()).add(number)
    return list(found.values())


def _alignments(comparison: Comparison) -> Race:
    pygamma, core = import_module("pygamma_agreement"), import_module("pyannote.core")
    spans = gamma.spans_of(comparison)
    continuum = pygamma.Continuum()
    for who, several in enumerate(spans):
        for each in several:
            continuum.add(f"{who}", core.Segment(each.start, each.end), each.label)
    apart = pygamma.CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    continuum.get_best_alignment(apart)  # the first time it compiles
    return lambda: gamma.aligned(spans), lambda: continuum.get_best_alignment(apart)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gamma", type=int, default=10, help="articles that gamma is measured on")
    given = parser.parse_args()
    toml = (paths.resources() / "tagsets" / "default.toml").read_text("utf-8")
    basis = Basis.of(loads(toml), ENTITIES)
    every = measures(basis)
    fast = [each for each in every if not each.slow]
    articles = [article(number) for number in range(given.articles)]
    found = []
    for _ in range(given.rounds):
        start, own = perf_counter(), process_time()
        with uncollected():
            tallies = [at_once(tally(Comparison.of(*each, basis), fast)) for each in articles]
            counting = perf_counter()
            made = at_once(report(tallies, every))
            end = perf_counter()
        steps = (counting - start, end - counting)
        found.append((end - start, process_time() - own, *steps))
    total, own, counting, sampling = (statistics.median(each) for each in zip(*found, strict=True))
    comparisons = [Comparison.of(*each, basis) for each in articles[:200]]
    several = [
        timed(lambda each=each: at_once(gamma.count(each)))  # type: ignore[misc]  # a comparison
        for each in comparisons[: given.gamma]
    ]
    told = {
        "articles": given.articles,
        "annotations": sum(
            len(each.annotations) for _, works in articles for each in works.values()
        ),
        "seconds": total,
        "of this process": own,
        "matching and counting": counting,
        "1000 samples": sampling,
        "budget": BUDGET,
        "gamma, an article, median": statistics.median(several),
        "gamma, an article, worst": max(several),
        "gamma budget": GAMMA_BUDGET,
        "ratios": ratios(comparisons, given.rounds),
        "f1_exact": made.figures["f1_exact"].words(),
    }
    for name, value in told.items():
        print(f"{name:28} {value:.3f}" if isinstance(value, float) else f"{name:28} {value}")
    print(json.dumps(told))


if __name__ == "__main__":
    main()
