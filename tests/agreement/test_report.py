"""Reports: intervals, parts, where disagreement comes from, warnings, and how they are written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import resampling
from annotator.agreement.coefficients import bennett_s, gwet_ac1
from annotator.agreement.comparison import Basis, Comparison
from annotator.agreement.differences import KINDS, differences, edges, hardest, sided
from annotator.agreement.figure import (
    BY_CHANCE,
    NO_UNITS,
    NO_VARIATION,
    Figure,
    beyond_chance,
)
from annotator.agreement.markdown import markdown
from annotator.agreement.measures import measures
from annotator.agreement.parts import BY
from annotator.agreement.report import (
    NOT_COMPUTED,
    ONE_LABEL,
    SUGGESTED,
    Report,
    Tally,
    report,
    tally,
)
from annotator.agreement.resampling import (
    FEW_ARTICLES,
    ONE_ARTICLE,
    UNSTABLE,
    Samples,
    Sampling,
    quantile,
)
from annotator.agreement.spans import matched
from annotator.core.steps import at_once
from tests.agreement.studies import Made, basis, compared, studies
from tests.strategies import examples

EVERY = measures(basis(), samples=2)
FAST = [each for each in EVERY if not each.slow]
SHORT = Sampling(times=50)


def told(comparisons: Sequence[Comparison], *by: str, **more: Any) -> Report:
    tallies = [at_once(tally(each, FAST, by=by, when=each.document.id)) for each in comparisons]
    return at_once(report(tallies, EVERY, by=by, sampling=more.get("sampling", SHORT)))


def article(name: str, shift: int = 0) -> Comparison:
    made: dict[str, list[Made]] = {
        "ann": [
            (0, 9, "claim"),
            (19, 34, "casualty", {"low": 2}),
            (46, 54, "actor", {"entity": ["e1"]}),
        ],
        "bob": [(0, 9 + shift, "claim"), (19, 34, "casualty", {"low": 3})],
        "cy": [
            (0, 9, "denial"),
            (19, 34, "casualty", {"low": 2}),
            (46, 54, "actor", {"entity": ["e3"]}),
        ],
    }
    return compared(made, {"ann": [("source", 0, 2)], "cy": [("source", 1, 2)]}, document=name)


# Intervals


def test_interval_of_a_share_is_where_it_should_be() -> None:
    rows: list[dict[str, float]] = [{"both": number % 2, "all": 1.0} for number in range(100)]
    samples = Samples(100, Sampling(times=2000))
    figure = samples.figure(lambda counts: Figure(counts["both"] / counts["all"], 100), rows)
    assert figure.value == 0.5
    assert figure.low == pytest.approx(0.4, abs=0.02)  # 0.5 - 1.96 * sqrt(0.25 / 100)
    assert figure.high == pytest.approx(0.6, abs=0.02)
    assert figure.warnings == ()


def test_same_figures_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [article(str(number), number % 3) for number in range(6)]
    one = told(several)
    monkeypatch.setitem(__import__("sys").modules, "numpy", None)
    other = told(several)
    for name, figure in one.figures.items():
        for end in ("value", "low", "high"):
            assert getattr(figure, end) == pytest.approx(
                getattr(other.figures[name], end), abs=1e-12
            )


def test_when_there_is_no_interval() -> None:
    def rare(counts: Any) -> Figure:
        return Figure(1.0, 1) if counts.get("a", 0) == 1 else Figure(None, 0, NO_UNITS)

    rows = [{"a": 1.0}, *[{"a": 0.0}] * 9]
    assert Samples(1, SHORT).figure(rare, rows[:1]).warnings == (ONE_ARTICLE,)
    never = Samples(4, SHORT).figure(
        lambda counts: (
            Figure(1.0, 1)
            if counts == {"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0}
            else Figure(None, 0, NO_UNITS)
        ),
        [{name: 1.0} for name in "abcd"],
    )
    assert never.warnings == (UNSTABLE,)
    plain = Samples(2, Sampling(times=0)).figure(rare, [{"a": 1.0}, {}])
    assert (plain.low, plain.warnings) == (None, ())
    few = Samples(2, SHORT).figure(
        lambda counts: Figure(counts.get("a", 0), 1), [{"a": 1.0}, {"a": 1.0}]
    )
    assert few.warnings == (FEW_ARTICLES,)


def test_quantiles() -> None:
    assert quantile([1.0], 0.9) == 1.0
    assert quantile([0.0, 1.0], 0.25) == 0.25
    assert quantile([0.0, 1.0, 2.0], 1.0) == 2.0


def test_figures_in_words() -> None:
    assert Figure(None, 0, NO_UNITS).words() == "undefined"
    assert Figure(None, 0, NOT_COMPUTED).words() == "not computed"
    assert Figure(None, 3, NO_VARIATION).told() == (
        "undefined, n = 3; no variation, everybody chose the same everywhere"
    )
    assert Figure(0.5, 3).told() == "0.500, n = 3"
    assert Figure(0.5, 3).words() == "0.500"
    assert Figure(0.5, 3, low=0.25, high=0.75).words(2) == "0.50 (0.25 to 0.75)"
    assert Figure(0.5, 2.5).as_json()["n"] == 2.5
    assert beyond_chance(0.9, 0.85, 3).warnings == (BY_CHANCE,)


# Where it comes from


def test_kinds_of_differences() -> None:
    def kind(one: Made | None, other: Made | list[Made] | None) -> list[str]:
        several = other if isinstance(other, list) else [other] if other else []
        comparison = compared({"ann": [one] if one else [], "bob": several})
        return [each.kind for each in differences(comparison)]

    claim: Made = (0, 20, "claim", {"certainty": "certain"})
    assert kind(claim, claim) == [""]
    assert kind(claim, None) == ["missing"]
    assert kind(claim, [(0, 9, "claim"), (12, 20, "claim")]) == ["split"]
    assert kind(claim, (0, 18, "claim")) == ["boundary"]
    assert kind(claim, (0, 20, "denial")) == ["label"]
    assert kind(claim, (0, 20, "claim")) == ["attribute"]
    loss: Made = (0, 20, "casualty", {"low": 3})
    assert kind(loss, (0, 20, "casualty", {"low": 4, "outcome": "killed"})) == ["count"]
    actor: Made = (0, 20, "actor", {"entity": ["e1"]})
    assert kind(actor, (0, 20, "actor", {"entity": ["e2"]})) == [""]  # twins
    assert kind(actor, (0, 20, "actor", {"entity": ["e3"]})) == ["entity"]
    dated = {"when": {"text": "then", "from": "2020-09-27", "to": "2020-09-27"}}
    assert kind((0, 20, "claim", dated), (0, 20, "claim")) == ["attribute"]
    assert kind((0, 20, "unknown"), (0, 20, "unknown")) == [""]


def test_links_differ_where_both_have_the_ends() -> None:
    made: list[Made] = [(0, 9, "claim"), (46, 54, "actor")]
    comparison = compared({"ann": made, "bob": made, "cy": []}, {"ann": [("source", 0, 1)]})
    found = [each for each in differences(comparison) if each.kind == "relation"]
    assert [each.unit.raters for each in found] == [("ann", "bob")]
    both = {"ann": [("source", 0, 1)], "bob": [("source", 0, 1)]}
    agreed = compared({"ann": made, "bob": made}, both)
    assert [each.kind for each in differences(agreed)] == ["", "", ""]
    assert told([agreed]).agreed == 3


def test_edges_by_words() -> None:
    made: dict[str, list[Made]] = {
        "ann": [(0, 8, "claim")],
        "bob": [(4, 13, "claim")],
        "cy": [(0, 8, "claim")],
    }
    found = {(each.at, each.words, each.one) for each in edges(compared(made))}
    assert found == {("start", "the", "ann"), ("start", "the", "cy"), ("end", "said", "bob")}
    far: dict[str, list[Made]] = {"ann": [(0, 40, "claim")], "bob": [(0, 8, "claim")]}
    assert [each.words for each in edges(compared(far))] == ["6 words"]


def test_phrases_and_sides() -> None:
    found = hardest(
        {
            ("the army", "missing"): 2,
            ("the army", ""): 1,
            ("it", ""): 5,
            ("", "label"): 3,
            ("no", "label"): 1,
        }
    )
    assert [(each.words, each.places, each.differing) for each in found] == [("the army", 3, 2)]
    report_ = told([article(str(number)) for number in range(3)])
    assert set(report_.sides) == {"north", "south"}
    assert report_.sides["north"].value == 0.0  # what ann's claim says, both others have
    assert any(each.side == "south" for each in sided(article("x")))
    nested: dict[str, list[Made]] = {
        "ann": [(0, 40, "claim"), (19, 34, "casualty"), (46, 54, "actor", {"entity": ["e1"]})],
        "bob": [(0, 40, "claim")],
    }
    found_ = list(sided(compared(nested, {"ann": [("source", 0, 2)]})))
    assert {(each.label, each.unit.values[1]) for each in found_} == {
        ("claim", "claim"),
        ("casualty", None),
    }


# Reports


def test_parts() -> None:
    several = [article(f"{number:02}", number % 2) for number in range(10)]
    found = told(several, *BY)
    assert set(found.by["pair"]) == {"ann & bob", "ann & cy", "bob & cy"}
    assert set(found.by["annotator"]) == {"ann", "bob", "cy"}
    assert list(found.by["order"]) == ["1", "2", "3", "4–5", "6", "7", "8", "9–10"]
    assert found.by["label"]["actor"]["f1_exact"].value == pytest.approx(2 / 4 * 1)
    assert len(found.by["document"]) == 10
    one, two, three = (
        found.by["pair"][each]["f1_exact"] for each in ("ann & bob", "ann & cy", "bob & cy")
    )
    assert one.value is not None
    total = found.figures["f1_exact"]
    weighed = sum((each.value or 0) * each.n for each in (one, two, three)) / total.n
    assert total.value == pytest.approx(weighed)
    assert found.figures["gamma"] == Figure(None, 0, NOT_COMPUTED)
    assert found.confusion.table("ann", "cy")["claim", "denial"] == 10
    assert found.confusion.table()["denial", "claim"] == found.confusion.table()["claim", "denial"]
    assert found.confusion.table("cy", "ann")["denial", "claim"] == 10
    assert set(found.kinds) == set(KINDS)
    assert sum(found.kinds.values()) > 0
    assert found.share("missing") is not None


def test_one_label_against_all_others_is_of_two_values() -> None:
    several = [article(f"{number:02}", number % 2) for number in range(4)]
    table = told(several, "label").by["label"]
    for label, figures in table.items():
        units = [
            [each == label for each in unit.values] for one in several for unit in matched(one)
        ]
        assert figures["gwet_ac1"].value == gwet_ac1(units, (True, False)).value
        assert figures["bennett_s"].value == bennett_s((True, False))(units).value


def test_names_may_hold_what_stands_between_two_names() -> None:
    made: list[Made] = [(0, 9, "claim")]
    found = told([compared({"ann & bob": made, "cy": made})], "annotator", "pair")
    assert found.by["annotator"]["ann & bob"]["f1_exact"].value == 1.0
    assert set(found.by["pair"]) == {"ann & bob & cy"}


def test_json_and_sentences() -> None:
    found = told([article("a"), article("b", 1)], "label")
    json = found.as_json("label")
    assert set(json["measures"]["f1_exact"]) == {"value", "low", "high", "n", "why", "warnings"}
    assert set(json["by"]) == {"claim", "denial", "casualty", "actor"}
    assert "95 % interval" in found.sentence("f1_exact", "1.0")
    assert "2 articles" in found.sentence("f1_exact", "1.0")
    assert "not computed" in found.sentence("gamma", "1.0")
    alone = told([article("a")])
    assert "interval" not in alone.sentence("f1_exact", "1.0")
    assert alone.sentence("links_f1", "1.0").endswith("Annotator 1.0).")
    assert ONE_ARTICLE in alone.warnings


def test_markdown() -> None:
    several = [article(str(number), number % 3) for number in range(6)]
    found = told(several, "pair", "document")
    words = markdown(found, basis().tagset, "1.0")
    for part in (
        "## By pair of annotators",
        "| T |",
        "## Edges",
        "## Whose label against whose",
        "Cohen 1960",
        "nothing",
    ):
        assert part in words
    assert "## Edges" not in markdown(found, basis().tagset, "1.0", quotes=False)
    empty = told([])
    assert empty.share("missing") is None
    words = markdown(empty, basis().tagset, "1.0")
    assert "Of nobody on 0 articles" in words
    assert empty.by == {}
    same: list[Made] = [(0, 9, "claim")]
    agreed = told([compared({"ann": same, "bob": same})])
    assert "All agree at 1 of 1" in markdown(agreed, basis().tagset, "1.0")
    assert ONE_LABEL in agreed.warnings
    hard = told(
        [
            compared(
                {"ann": [(0, 8, "claim"), (46, 54, "odd")], "bob": [(0, 8, "claim")]},
                document=str(at),
            )
            for at in range(2)
        ]
    )
    assert "## Hardest phrases" in markdown(hard, basis().tagset, "1.0")
    assert "odd" in markdown(hard, basis().tagset, "1.0")


def test_warnings() -> None:
    first = at_once(tally(article("a"), FAST))
    found = at_once(report([replace(first, suggested=True)], EVERY))
    assert SUGGESTED in found.warnings
    seen = compared({"ann": [(0, 9, "claim")], "bob": [(0, 9, "claim")]})
    layer = seen.works["ann"].layer
    works = {
        who: replace(each, layer=replace(layer, meta={"suggestions": True}))
        for who, each in seen.works.items()
    }
    both = Comparison.of(seen.document, works, seen.basis)
    assert at_once(tally(both, FAST)).suggested


def test_no_articles_in_any_part() -> None:
    found = told([], *BY)
    assert found.by == {each: {} for each in BY}
    assert found.figures["f1_exact"] == Figure(None, 0, NO_UNITS)


@examples(12)
@given(st.lists(studies(), min_size=1, max_size=3))
def test_any_articles_make_a_report(several: list[Comparison]) -> None:
    numbered = [
        Comparison.of(replace(each.document, id=str(at)), each.works, each.basis)
        for at, each in enumerate(several)
    ]
    found = told(numbered, *BY, sampling=Sampling(times=5))
    assert markdown(found, basis().tagset, "1.0").endswith("\n")
    for figure in found.figures.values():
        assert (figure.value is None) == bool(figure.why)
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high


def test_between_and_basis() -> None:
    comparison = article("a")
    two = comparison.between("ann", "cy")
    assert two.raters == ("ann", "cy")
    assert two.between("cy", "ann") is two
    assert isinstance(comparison.basis, Basis)
    assert isinstance(at_once(tally(comparison, FAST)), Tally)
    assert resampling.added([{"a": 1}, {"a": 2, "b": 1}]) == {"a": 3, "b": 1}
