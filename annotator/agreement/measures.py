"""The measures: what each is called, says, counts, and where its formula is from."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from annotator.agreement import attributes, chains, gamma, links, runs, spans, unitizing
from annotator.agreement.coefficients import (
    ALPHAS,
    Coefficient,
    Given,
    ac1,
    bennett_s,
    cohen_kappa,
    fleiss_kappa,
    scott_pi,
)
from annotator.agreement.comparison import Basis, Comparison, Unit
from annotator.agreement.figure import Counts, Figure
from annotator.core.steps import Steps
from annotator.core.tagset import Attribute, Label

SPANS, LABELS, TOKENS, UNITIZING = "spans", "labels of matched spans", "tokens", "unitizing"
ALIGNMENT, LINKS, ACTORS, ATTRIBUTES = "alignment", "links", "actors", "attributes"
GROUPS = (SPANS, LABELS, TOKENS, UNITIZING, ALIGNMENT, LINKS, ACTORS, ATTRIBUTES)
"""What measures are about, in the order in which they are shown."""
_COHEN = "Cohen 1960; Light 1971"
_KRIPPENDORFF = "Krippendorff 2004"
_UNITIZING = "Krippendorff, Mathet, Bouvry and Widlöcher 2016"
_SAYS_U = (
    "Agreement on where spans are and as what, in characters, beyond chance;"
    " label by label where spans of one annotator overlap."
)
_TWO = (True, False)
_MATHET = "Mathet, Widlöcher and Métivier 2015"


class Gathered:
    """The units of an article, with what is counted of them, made when it is first asked for."""

    def __init__(
        self, comparison: Comparison, units: Callable[[Comparison], Iterable[Unit]]
    ) -> None:
        self.comparison = comparison
        self._units = units
        self._counts: dict[object, Counts] = {}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units themselves."""
        return tuple(self._units(self.comparison))

    def counts(self, count: Callable[[Any], Counts], *, given: bool = False) -> Counts:
        """What a function counts of the units, or of what was `given`; once for all measures."""
        if count not in self._counts:
            self._counts[count] = count(self.given if given else self.units)
        return self._counts[count]

    def counted_slowly(self, count: Callable[[Comparison], Steps[Counts]]) -> Steps[Counts]:
        """What a function counts of the article, bit by bit; once for all measures."""
        if count not in self._counts:
            self._counts[count] = yield from count(self.comparison)
        return self._counts[count]

    @cached_property
    def given(self) -> Mapping[Given, float]:
        """How often some people gave some values; weights add up."""
        found: Counter[Given] = Counter()
        for unit in self.units:
            found[tuple(zip(unit.raters, unit.values, strict=True))] += unit.weight  # type: ignore[assignment]  # a weight may be a float
        return found


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement by its name in files and on the command line.

    `units` are what it counts in an article: the spans behind it. `count` makes of them, or of the
    article, numbers that add up over articles, bit by bit if that takes long, and `figure` makes
    the figure of these. `says` is what it means, in a sentence, `source` where the formula is from.
    One that is `slow` is computed only where it is asked for; one that is not `by_label` makes no
    sense of one label alone.
    """

    name: str
    title: str
    group: str
    says: str
    source: str
    units: Callable[[Comparison], Iterator[Unit]]
    count: Callable[[Gathered], Steps[Counts]]
    figure: Callable[[Counts], Figure]
    slow: bool = False
    by_label: bool = True


def counted(comparison: Comparison, measures: Iterable[Measure]) -> Steps[dict[str, Counts]]:
    """What each measure counts in an article; units that several need are made once."""
    gathered: dict[Hashable, Gathered] = {}
    found = {}
    for each in measures:
        if each.units not in gathered:
            gathered[each.units] = Gathered(comparison, each.units)
        found[each.name] = yield from each.count(gathered[each.units])
    return found


def counted_for(
    label: str, comparison: Comparison, measures: Iterable[Measure]
) -> Steps[dict[str, Counts]]:
    """What measures count of one label; on matched spans it is the label against all others."""
    own = [each for each in measures if each.by_label]
    apart = [each for each in own if each.group != LABELS]
    found = yield from counted(comparison.labelled(label), apart)
    against = Gathered(comparison, partial(_against, label))
    for each in own:
        if each.group == LABELS:
            found[each.name] = yield from each.count(against)
    return found


def _against(label: str, comparison: Comparison) -> Iterator[Unit]:
    for unit in spans.matched(comparison):
        yield unit._replace(values=tuple([value == label for value in unit.values]))


def measures(
    basis: Basis, *, reference: str = "", samples: int = gamma.SAMPLES, seed: int = 0
) -> tuple[Measure, ...]:
    """All measures for a tag set; precision and recall where there is a reference to compare to.

    `samples` and `seed` are those of gamma's random work.
    """
    labels = basis.tagset.labels
    return (
        *_of_spans(reference),
        *_of_coefficients(LABELS, spans.matched, "", [each.name for each in labels]),
        *_of_coefficients(TOKENS, runs.tokens, "_tokens", ()),
        *_of_unitizing(labels),
        *_of_alignment(samples, seed),
        *_of_links(),
        *_of_actors(),
        *(each for label in labels for each in _of_label(label, basis)),
    )


def _counting(
    count: Callable[[Any], Counts], *, given: bool = False
) -> Callable[[Gathered], Steps[Counts]]:
    """Counting the units, or what was `given`, in one bit."""

    def counts(gathered: Gathered) -> Steps[Counts]:
        yield from ()
        return gathered.counts(count, given=given)

    return counts


def _coefficient(coefficient: Coefficient) -> Callable[[Gathered], Steps[Counts]]:
    return _counting(coefficient.count, given=True)


def _of_spans(reference: str) -> Iterator[Measure]:
    ways = {
        "exact": (spans.exact_pairs, "the same label and exactly the same extent"),
        "relaxed": (spans.relaxed_pairs, "the same label and enough of the same characters"),
    }
    for name, (units, same) in ways.items():
        says = f"Of two annotators' spans, the part with a counterpart: {same}."
        count = _counting(spans.count_pairs)
        source = "van Rijsbergen 1979; Hripcsak and Rothschild 2005"
        figure: Callable[[Counts], Figure] = spans.f1
        yield Measure(f"f1_{name}", f"F1, {name}", SPANS, says, source, units, count, figure)
        if reference:
            against = _counting(partial(spans.count_against, reference=reference))
            for part, figure_, whose in (
                ("precision", spans.precision, "the others' spans"),
                ("recall", spans.recall, f"the spans of {reference}"),
            ):
                says = f"The part of {whose} with a counterpart: {same}."
                title = f"{part.capitalize()} against {reference}, {name}"
                yield Measure(
                    *(f"{part}_{name}", title, SPANS, says, source, units, against),
                    figure_,
                )
    says = "The part of the places at which two or more have a span; kappas are about these alone."
    yield Measure(
        *("matched", "Matched", SPANS, says, "", spans.places, _counting(spans.count_matched)),
        spans.matched_share,
    )


def _of_coefficients(
    group: str,
    units: Callable[[Comparison], Iterator[Unit]],
    suffix: str,
    categories: Collection[Hashable],
) -> Iterator[Measure]:
    what = "label" if group == LABELS else "labels of a word"
    told = {
        "cohen_kappa": ("Cohen's kappa", cohen_kappa, _COHEN, "by what each annotator chose"),
        "scott_pi": ("Scott's pi", scott_pi, "Scott 1955", "by what two annotators chose together"),
        "fleiss_kappa": ("Fleiss' kappa", fleiss_kappa, "Fleiss 1971", "by what all chose"),
        "bennett_s": (
            *("Bennett's S", bennett_s(categories), "Bennett, Alpert and Goldstein 1954"),
            f"as if every {what} were as likely",
        ),
        "gwet_ac1": (
            *("Gwet's AC1", ac1(categories), "Gwet 2008"),
            "in a way that doesn't fall where one label is much the most frequent",
        ),
        "alpha_nominal" if not suffix else "alpha": (
            *("Krippendorff's alpha", ALPHAS["nominal"], _KRIPPENDORFF),
            "by what all chose, also where not all chose",
        ),
    }
    for name, (title, coefficient, source, chance) in told.items():
        yield Measure(
            f"{name}{suffix}",
            f"{title}, {group}",
            group,
            f"Whether annotators choose the same {what}, beyond chance {chance}.",
            source,
            units,
            _coefficient(coefficient),
            coefficient.figure,
        )


ONE_AGAINST_ALL = {each.name: each for each in _of_coefficients(LABELS, spans.matched, "", _TWO)}
"""The measures on labels by name, as they are of one label against all others: of two values."""


def _of_unitizing(labels: Iterable[Label]) -> Iterator[Measure]:
    count = _counting(unitizing.count_u)
    told: dict[str, tuple[str, str, Callable[[Counts], Figure]]] = {
        "alpha_u": (
            "u-alpha",
            _SAYS_U,
            unitizing.u,
        ),
        "alpha_u_binary": (
            "u-alpha, binary",
            "Agreement on which characters are in any span, beyond chance.",
            unitizing.binary,
        ),
        "alpha_cu": (
            "cu-alpha",
            "Agreement on the label where spans intersect, in characters, beyond chance.",
            unitizing.cu,
        ),
        **{
            f"alpha_ku:{each.name}": (
                f"(k)u-alpha, {each.name}",
                f"Agreement on {each.name} where spans intersect, beyond chance.",
                partial(unitizing.ku, value=each.name),
            )
            for each in labels
        },
    }
    for name, (title, says, figure) in told.items():
        yield Measure(
            *(name, title, UNITIZING, says, _UNITIZING, runs.characters, count, figure),
        )


def _of_alignment(samples: int, seed: int) -> Iterator[Measure]:
    drawn = partial(gamma.count, number=samples, seed=seed)

    def count(gathered: Gathered) -> Steps[Counts]:
        return gathered.counted_slowly(drawn)

    told = {
        "gamma": ("Gamma", "positions and labels together", gamma.gamma, _MATHET),
        "gamma_cat": ("Gamma-cat", "the labels of aligned spans", gamma.gamma_cat, "Mathet 2017"),
    }
    for name, (title, what, figure, source) in told.items():
        says = f"Agreement on {what} in the best alignment, against that of random work."
        yield Measure(
            *(name, title, ALIGNMENT, says, source, gamma.groups, count),
            figure,
            slow=True,
        )


def _of_links() -> Iterator[Measure]:
    told = {
        "links_f1": ("Links, end to end", links.link_pairs, "all links, a missing span included"),
        "links_f1_given": (
            "Links, given the spans",
            links.given_pairs,
            "those whose ends both have",
        ),
    }
    for name, (title, units, which) in told.items():
        says = f"The part of two annotators' links with a counterpart, of {which}."
        yield Measure(
            *(name, title, LINKS, says, "", units, _counting(spans.count_pairs)),
            spans.f1,
            by_label=False,
        )


def _of_actors() -> Iterator[Measure]:
    told = {
        "b_cubed": ("B-cubed", "Bagga and Baldwin 1998"),
        "ceaf": ("CEAF, by entities", "Luo 2005"),
        "lea": ("LEA", "Moosavi and Strube 2016"),
    }
    for name, (title, source) in told.items():
        says = "Whether annotators put the same mentions together as one actor (F1)."
        yield Measure(
            *(name, title, ACTORS, says, source, chains.mention_pairs),
            _counting(chains.count_chains),
            partial(chains.chain_f1, measure=name),
        )


def _of_label(label: Label, basis: Basis) -> Iterator[Measure]:
    for attribute in label.attributes:
        yield _of_attribute(label, attribute, basis)
    if label.counts:
        yield Measure(
            f"counts:{label.name}",
            f"Counts, {label.name}",
            ATTRIBUTES,
            "How often two annotators give the same numbers and bound where both give any.",
            "",
            attributes.counts_of(label),
            _counting(attributes.count_agreed),
            attributes.agreed,
        )
        yield Measure(
            f"alpha_counts:{label.name}",
            f"Krippendorff's alpha, numbers of {label.name}",
            ATTRIBUTES,
            "Agreement on how many, beyond chance; numbers differ by their ratio.",
            _KRIPPENDORFF,
            attributes.numbers_of(label),
            _coefficient(ALPHAS["ratio"]),
            ALPHAS["ratio"].figure,
        )


def _of_attribute(label: Label, attribute: Attribute, basis: Basis) -> Measure:
    scale = attributes.scale(attribute, label.name, basis)
    name = f"{label.name}.{attribute.name}"
    return Measure(
        f"alpha:{name}",
        f"Krippendorff's alpha, {name}",
        ATTRIBUTES,
        f"Agreement on {name} where two or more give it, beyond chance; the scale is {scale}.",
        _KRIPPENDORFF,
        attributes.values_of(label, attribute, basis),
        _coefficient(ALPHAS[scale]),
        ALPHAS[scale].figure,
    )
