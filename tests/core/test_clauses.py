"""Clauses grow around a place and end at marks, in many scripts and at every position."""

import json
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import example, given

from annotator.core.clauses import bare, end_after, end_before, steps
from annotator.core.reading import reading_layout
from annotator.core.words import paragraph_at
from annotator.paths import resources
from tests import strategies


def grown(text: str, words: str) -> list[str]:
    """What grows around the beginning of some words."""
    return [span.of(text) for span in steps(text, text.index(words))]


def ends(text: str) -> list[str]:
    """The text up to each end of a clause."""
    found = []
    position = 0
    while (end := end_after(text, position)) is not None:
        found.append(text[position:end].strip())
        position = end
    return found


@given(strategies.texts())
@example("• • ")
def test_each_step_is_larger_and_stays_in_the_paragraph(text: str) -> None:
    for position in range(len(text) + 1):
        found, paragraph = steps(text, position), paragraph_at(text, position)
        assert bool(found) == (paragraph is not None)
        if paragraph:
            assert found[-1] == paragraph
        for inner, outer in pairwise(found):
            assert outer.covers(inner)
            assert outer != inner


@given(strategies.texts())
def test_ends_before_and_after_are_the_same_ones(text: str) -> None:
    for position in range(len(text) + 1):
        after, before = end_after(text, position), end_before(text, position)
        assert after is None or after > position
        assert before is None or before < position
        if after is not None and before is not None:
            between = end_before(text, after)
            assert between is None or between in (before, position)


def test_a_reported_clause_is_reached_in_two_steps() -> None:
    text = (
        "The ministry says that some positions, shelters and strongholds are under fire from "
        "weapons, including mortars. Next."
    )
    assert grown(text, "some")[:3] == [
        "some positions",
        text[text.index("some") : text.index(". N")],
        text[: text.index(". N")],
    ]
    assert grown(text, "The")[0] == "The ministry says"
    assert grown(text, "some")[-1] == text


@pytest.mark.parametrize(
    ("text", "words", "clause"),
    [
        ("They took measures and a battle took place.", "They", "They took measures"),
        ("They took measures and a battle took place.", "battle", "a battle took place"),
        ("The flour and grain, and oil, went.", "oil", "oil"),
        ("In that case they left.", "they", "In that case they left"),
        ("He has 30,000 men in the U.S.", "He", "He has 30,000 men in the U.S."),
        ("He said: “We left, all of us,” and went.", "We", "We left"),
        ("He said: “We left.” He went.", "He went", "He went"),
        ("“We left,” he said.", "“We", "“We left,”"),
        ("The “Republic” (of some) was not seen.", "was", "The “Republic” (of some) was not seen"),
        ("“", "“", "“"),
        ("a, ”", "”", "a"),
        ("Армения заявила, что войска, 12 сентября, ушли.", "войска", "войска"),
        ("ՊՆ-ն ասում է, որ զորքերը՝ գնացին։", "գնաց", "գնացին"),
        ("Ինչո՞ւ գնացին, չգիտեմ։", "գնաց", "Ինչո՞ւ գնացին"),
        ("قالت إن القوات، كما قيل؛ هاجمت؟", "كما", "كما قيل"),
        ("国防部说，部队进攻了；他们撤退了。", "他们", "他们撤退了"),
    ],
)
def test_the_clause_is_what_is_asserted(text: str, words: str, clause: str) -> None:
    assert grown(text, words)[0] == clause


def test_a_quotation_mark_without_its_partner_goes_with_the_stop_before_it() -> None:
    text = "国防部说：“我们撤退了。”"
    found = bare(text, text.index("我"), len(text))
    assert found is not None
    assert found.of(text) == "我们撤退了"
    assert bare(text, len(text) - 1, len(text)) is None


def test_clauses_end_at_marks() -> None:
    text = "It attacked, with drones, the city. It left – and lost."
    assert ends(text) == ["It attacked", ", with drones", ", the city", ". It left", "– and lost"]
    assert end_before(text, len(text)) == len(text) - 1
    assert end_before(text, len("It attacked, wi")) == len("It attacked")
    assert end_before(text, 3) is None
    assert end_after("a\n\nb", 2) is None
    assert end_before("a\n\nb", 4) == 4 or end_before("a\n\nb", 4) is None


def test_most_claims_of_the_sample_take_two_presses() -> None:
    """From a caret at their start: S once or twice, or E up to three times."""
    for line in (resources() / "sample" / "gold.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["record"] == "document":
            break
    reading = reading_layout(record["text"])
    reached, total = 0, 0
    for annotation in record["layers"][0]["annotations"]:
        if annotation["label"] not in ("claim", "denial"):
            continue
        total += 1
        (start, end) = (
            reading.units.to_code_point(units)
            for units in (
                reading.to_widget(annotation["spans"][0][0]),
                reading.to_widget(annotation["spans"][0][1], end=True),
            )
        )
        text = reading.shown
        by_s = [(span.start, span.end) for span in steps(text, start)[:2]]
        first = end_after(text, start) or 0
        by_e = [first, end_after(text, first), end_after(text, end_after(text, first) or 0)]
        reached += (start, end) in by_s or end in by_e
    assert total == 22
    assert reached >= 21


@pytest.mark.parametrize("unit", ["x", "漢", "word ", "a, ", "(", "“", "that ", "a. ", " and "])
def test_a_line_of_megabytes_costs_no_more(unit: str) -> None:
    text = unit * (3_000_000 // len(unit))
    began = perf_counter()
    steps(text, len(text) // 2)
    end_after(text, len(text) // 2)
    assert perf_counter() - began < 2
