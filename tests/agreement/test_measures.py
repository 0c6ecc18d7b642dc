"""What must hold of all measures, and that the spans behind a figure give it again."""

from collections.abc import Iterator
from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import attributes, chains, spans
from annotator.agreement.comparison import Comparison, Unit
from annotator.agreement.figure import NO_UNITS, NO_VARIATION, Figure
from annotator.agreement.gamma import Span, aligned
from annotator.agreement.measures import (
    GROUPS,
    LABELS,
    Gathered,
    Measure,
    counted,
    counted_for,
    measures,
)
from annotator.agreement.resampling import added
from annotator.core.steps import at_once
from tests.agreement.studies import LABELS as NAMES
from tests.agreement.studies import TEXT, basis, compared, links_of, marks, studies
from tests.strategies import examples

EVERY = measures(basis(), samples=3)
FAST = [each for each in EVERY if not each.slow]
RAW = ("matched", "counts:casualty")
"""Shares that no chance is taken off."""


def figures(*comparisons: Comparison) -> dict[str, Figure]:
    tallies = [at_once(counted(each, FAST)) for each in comparisons]
    return {each.name: each.figure(added([one[each.name] for one in tallies])) for each in FAST}


def same(one: dict[str, Figure], other: dict[str, Figure]) -> None:
    for name, figure in one.items():
        assert figure.value == pytest.approx(other[name].value, abs=1e-9), name
        assert (figure.n, figure.why) == (other[name].n, other[name].why), name


def renamed(comparison: Comparison, names: dict[str, str]) -> Comparison:
    works = {names[who]: each for who, each in comparison.works.items()}
    return Comparison.of(comparison.document, works, comparison.basis)


@examples(30)
@given(studies(), st.permutations(("ann", "bob", "cy")))
def test_symmetric_in_annotators(comparison: Comparison, order: list[str]) -> None:
    names = dict(zip(("ann", "bob", "cy"), order, strict=True))
    same(figures(comparison), figures(renamed(comparison, names)))


@examples(30)
@given(st.tuples(studies(document="a"), studies(document="b"), studies(document="c")))
def test_order_of_articles_means_nothing(several: tuple[Comparison, ...]) -> None:
    same(figures(*several), figures(*reversed(several)))


@examples(40)
@given(studies(people=4))
def test_never_above_one_and_undefined_says_why(comparison: Comparison) -> None:
    for name, figure in figures(comparison).items():
        assert (figure.value is None) == bool(figure.why), name
        assert figure.value is None or figure.value <= 1 + 1e-9, name


@examples(30)
@given(marks())
def test_one_with_oneself(made: list[tuple[object, ...]]) -> None:
    own = dict.fromkeys(("ann", "bob", "cy"), made)
    comparison = compared(own, {who: links_of(made) for who in own})
    for name, figure in figures(comparison).items():
        assert figure.value is None or figure.value == pytest.approx(1.0), name


@examples(30)
@given(studies(), st.integers(1, 300))
def test_empty_tail_means_nothing_but_to_what_looks_at_all_words(
    comparison: Comparison, more: int
) -> None:
    document = comparison.document
    longer = Comparison.of(
        type(document)(document.id, "T", TEXT + "x " * more, ""), comparison.works, basis()
    )
    one, other = figures(comparison), figures(longer)
    for measure in FAST:
        whole = measure.name.endswith("_tokens") or measure.name in ("alpha_u", "alpha_u_binary")
        if not whole:
            assert one[measure.name].value == pytest.approx(other[measure.name].value, abs=1e-9)


def anything(dice: Random) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """Spans of twenty characters anywhere."""
    at = 0
    while (at := at + dice.randint(0, 80)) < 1900:
        yield (
            at,
            at + 20,
            dice.choice(NAMES[:2]),
            {"certainty": dice.choice(("certain", "possible"))},
        )
        at += 20


def test_near_nothing_for_random_work() -> None:
    dice = Random(5)
    text = "word " * 400
    several = []
    for number in range(60):
        made = {who: list(anything(dice)) for who in ("ann", "bob", "cy")}
        several.append(compared(made, document=str(number), text=text))
    found = figures(*several)
    for name in (
        "alpha_u",
        "alpha_u_binary",
        "alpha_tokens",
        "fleiss_kappa_tokens",
        "cohen_kappa_tokens",
    ):
        assert abs(found[name].value or 1) < 0.1, name
    # Matching takes those that have the same label first, and so has more of them than by chance.
    assert abs(found["alpha:claim.certainty"].value or 1) < 0.15


def test_nothing_at_all() -> None:
    empty = compared({"ann": [], "bob": []})
    assert {each.why for each in figures(empty).values()} == {NO_UNITS, NO_VARIATION}
    assert {each.figure({}).why for each in EVERY} == {NO_UNITS}


def test_every_measure_says_what_it_is() -> None:
    names = [each.name for each in EVERY]
    assert len(set(names)) == len(names)
    contract = {
        "f1_exact",
        "f1_relaxed",
        "cohen_kappa",
        "fleiss_kappa",
        "alpha_nominal",
        "alpha_u",
        "gamma",
    }
    assert contract <= set(names)
    for each in EVERY:
        assert each.group in GROUPS
        assert each.says.endswith(".")
    against = [each.name for each in measures(basis(), reference="gold")]
    assert {"precision_exact", "recall_relaxed"} <= set(against)


# The spans behind a figure


def _these(units: list[Unit], _: Comparison) -> list[Unit]:
    return units


@examples(25)
@given(studies())
def test_units_counted_again_give_the_figure(comparison: Comparison) -> None:
    whole = figures(comparison)
    works = comparison.works.values()
    ids = {each.id for work in works for each in work.annotations}
    ids |= {each.id for work in works for each in work.relations}
    for measure in FAST:
        units = list(measure.units(comparison))
        assert {id_ for unit in units for several in unit.ids for id_ in several} <= ids
        given_ = Gathered(comparison, partial(_these, units))
        again = measure.figure(at_once(measure.count(given_)))
        assert again == whole[measure.name], measure.name


@examples(25)
@given(studies())
def test_counted_by_hand_from_the_ids(comparison: Comparison) -> None:
    """The listed annotations themselves, looked up and counted, give the figure."""
    by_id = {each.id: each for work in comparison.works.values() for each in work.annotations}
    whole = figures(comparison)
    units = list(spans.exact_pairs(comparison))
    alike = 0
    for unit in units:
        found = [[by_id[id_] for id_ in several] for several in unit.ids]
        if all(found):
            (one,), (other,) = found
            assert (one.spans, one.label) == (other.spans, other.label)
            alike += 1
    every = sum(len(several) for unit in units for several in unit.ids)
    if every:
        assert whole["f1_exact"].value == 2 * alike / every
    for unit in chains.mention_pairs(comparison):
        for several, value in zip(unit.ids, unit.values, strict=True):
            assert (value is not None) == any(id_ in comparison.named for id_ in several)


def test_groups_of_gamma_give_its_disorder() -> None:
    made = {
        "ann": [(0, 10, "claim"), (30, 40, "actor")],
        "bob": [(1, 11, "claim")],
        "cy": [(2, 9, "actor")],
    }
    comparison = compared(made)
    gamma = next(each for each in EVERY if each.name == "gamma")
    by_id = {each.id: each for work in comparison.works.values() for each in work.annotations}
    spans_ = [
        [
            Span(by_id[id_].envelope.start, by_id[id_].envelope.end, by_id[id_].label)
            for unit in gamma.units(comparison)
            for id_ in unit.ids[at]
        ]
        for at in range(3)
    ]
    counts = at_once(gamma.count(Gathered(comparison, gamma.units)))
    assert aligned(spans_).disorder * 4 / 3 == pytest.approx(counts["observed"])


# By label, and single measures


def test_by_label_it_is_one_against_all_others() -> None:
    made = {
        "ann": [(0, 9, "claim"), (20, 30, "actor"), (40, 50, "denial")],
        "bob": [(0, 9, "denial"), (20, 30, "actor"), (40, 50, "denial")],
    }
    found = at_once(counted_for("actor", compared(made), FAST))
    by_name = {each.name: each for each in FAST}
    assert by_name["f1_exact"].figure(found["f1_exact"]) == Figure(1.0, 2)
    assert by_name["cohen_kappa"].figure(found["cohen_kappa"]).value == 1.0
    found = at_once(counted_for("claim", compared(made), FAST))
    assert by_name["cohen_kappa"].figure(found["cohen_kappa"]).value == 0.0
    assert "links_f1" not in found
    assert {each.group for each in FAST} >= {LABELS}


def one(name: str) -> Measure:
    return next(each for each in EVERY if each.name == name)


def of(name: str, comparison: Comparison) -> Figure:
    measure = one(name)
    return measure.figure(at_once(measure.count(Gathered(comparison, measure.units))))


def test_links_are_compared_by_entity() -> None:
    people = {
        "ann": [(0, 9, "claim"), (20, 30, "actor", {"entity": ["e1"]}), (60, 70, "claim")],
        "bob": [(0, 9, "claim"), (40, 50, "actor", {"entity": ["e2"]})],
    }
    comparison = compared(
        people, {"ann": [("source", 0, 1), ("repeats", 2, 0)], "bob": [("source", 0, 1)]}
    )
    assert of("links_f1", comparison) == Figure(2 / 3, 3)
    assert of("links_f1_given", comparison) == Figure(1.0, 2)
    unnamed = {
        "ann": [(0, 9, "claim"), (20, 30, "actor"), (60, 70, "claim")],
        "bob": [(0, 9, "claim"), (40, 50, "actor"), (60, 70, "claim")],
    }
    links = {
        "ann": [("source", 0, 1), ("repeats", 2, 0)],
        "bob": [("source", 0, 1), ("repeats", 0, 2)],
    }
    assert of("links_f1", compared(unnamed, links)) == Figure(0.5, 4)  # repeats has no direction
    assert of("links_f1", compared(unnamed, {"ann": [("unknown", 0, 1)]})).value == 0.0


def test_links_to_other_labels_are_left_out() -> None:
    made = {who: [(0, 9, "claim"), (20, 30, "actor")] for who in ("ann", "bob")}
    comparison = compared(made, {who: [("source", 0, 1)] for who in made})
    assert of("links_f1", comparison) == Figure(1.0, 2)
    assert of("links_f1", comparison.labelled("claim")).why == NO_UNITS


def test_counts_and_scales() -> None:
    def told(low: int | None, bound: str | None = None) -> dict[str, object]:
        return {key: each for key, each in (("low", low), ("bound", bound)) if each is not None}

    made = {
        "ann": [
            (0, 9, "casualty", told(14, "exact")),
            (20, 30, "casualty", told(3)),
            (40, 50, "casualty"),
        ],
        "bob": [
            (0, 9, "casualty", told(14, "exact")),
            (20, 30, "casualty", told(4)),
            (40, 50, "casualty"),
        ],
    }
    comparison = compared(made)
    assert of("counts:casualty", comparison) == Figure(0.5, 2)
    assert (of("alpha_counts:casualty", comparison).value or 0) > 0.9
    only = {who: [(0, 9, "casualty", {"high": 5})] for who in made}
    assert one("alpha_counts:casualty").units(compared(only)).__next__().values == (5, 5)
    ordered = basis(ordinal=("claim.certainty",))
    claim = ordered.tagset.label("claim")
    assert claim is not None
    certainty = claim.attribute("certainty")
    assert certainty is not None
    assert attributes.scale(certainty, "claim", ordered) == "ordinal"
    made = {
        "ann": [(0, 9, "claim", {"certainty": "certain"})],
        "bob": [(0, 9, "claim", {"certainty": "possible"})],
    }
    (unit,) = attributes.values_of(claim, certainty, ordered)(compared(made))
    assert unit.values == (0, 2)


def test_values_by_type() -> None:
    day = {"text": "then", "from": "2020-09-27", "to": "2020-09-28"}
    made = {
        "ann": [(0, 9, "claim", {"when": day}), (20, 30, "casualty", {"whose": "e1"})],
        "bob": [(0, 9, "claim", {"when": {"from": "x"}}), (20, 30, "casualty", {"whose": "e2"})],
    }
    comparison = compared(made)
    assert list(one("alpha:claim.when").units(comparison)) == []
    (unit,) = one("alpha:casualty.whose").units(comparison)
    assert unit.agreed
    several = {
        who: [(0, 9, "actor", {"entity": told})]
        for who, told in (("ann", ["e1", "e3"]), ("bob", ["e3", "e2"]))
    }
    (unit,) = one("alpha:actor.entity").units(compared(several))
    assert unit.agreed
    assert attributes.agreed({}).why == NO_UNITS


# Coreference, with what others have published


def chained(one_: list[str], other: list[str]) -> list[Unit]:
    """Units of mentions in the chains that letters say, one word of letters a chain."""

    def at(several: list[str]) -> dict[str, int]:
        return {letter: number for number, word in enumerate(several) for letter in word}

    mine, theirs = at(one_), at(other)
    letters = sorted({*mine, *theirs})
    return [
        Unit("d", ("key", "response"), (mine.get(each), theirs.get(each)), ((), ()))
        for each in letters
    ]


@pytest.mark.parametrize(
    ("response", "b_cubed", "ceaf"),
    [
        # Luo 2005, figure 1 and table 1: the truth is 1-5, 6 7, 8 9 A B C.
        (["abcde", "fghijkl"], 0.865, 0.733),
        (["abcdehijkl", "fg"], 0.737, 0.667),
        (["abcdefghijkl"], 0.545, 0.294),
    ],
)
def test_examples_of_luo_2005(response: list[str], b_cubed: float, ceaf: float) -> None:
    counts = chains.count_chains(chained(["abcde", "fg", "hijkl"], response))
    assert round(chains.chain_f1(counts, "b_cubed").value or 0, 3) == b_cubed
    assert round(chains.chain_f1(counts, "ceaf").value or 0, 3) == ceaf


def test_example_of_moosavi_and_strube_2016() -> None:
    """Section 4: recall (3 x 1/3 + 4 x 3/6) / 7, precision (2 x 1 + 2 x 0 + 4 x 3/6) / 9 there."""
    counts = chains.count_chains(chained(["abc", "defg"], ["ab", "cd", "fghi"]))
    key = ("key", "response")
    recall = counts[key, "lea found"] / counts[key, "lea of"]
    precision = counts[key, "lea right"] / counts[key, "lea out of"]
    assert round(recall, 2) == 0.24
    assert round(precision, 2) == 0.33


def test_singletons_and_nobody() -> None:
    counts = chains.count_chains(chained(["a", "b"], ["a"]))
    assert 0 < (chains.chain_f1(counts, "lea").value or 0) < 1
    assert chains.chain_f1(chains.count_chains(chained(["a"], [])), "lea").value == 0.0
    assert chains.chain_f1(chains.count_chains(chained(["ab"], ["cd"])), "b_cubed").value == 0.0
    nobody = chains.count_chains([Unit("d", ("a", "b"), (None, None), ((), ()))])
    assert chains.chain_f1(nobody, "lea").why == NO_UNITS
