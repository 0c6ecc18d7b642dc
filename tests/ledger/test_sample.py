"""The ledger of the sample's gold, to the letter."""

import tomllib
from pathlib import Path
from typing import Any

from annotator.ledger import views
from annotator.ledger.filters import Filter, shown
from annotator.ledger.values import Entry, Statement
from annotator.ledger.words import number
from tests.ledger.helpers import names, sample, sample_ledger

EXPECTED = tomllib.loads(Path(__file__).with_name("sample_gold.toml").read_text("utf-8"))
LEDGER = sample_ledger()


def is_said(entry: Entry, said: str) -> bool:
    return entry.text.startswith(said[:-1]) if said.endswith("…") else entry.text == said


def when(entry: Entry) -> list[str]:
    return [each.isoformat() for each in entry.when] if entry.when else []


def check(statement: Statement, expected: dict[str, Any]) -> None:
    first = statement.first
    assert is_said(first, expected["said"])
    assert names(first.sources) == expected.get("by", [])
    assert names(first.against) == expected.get("against", [])
    assert when(first) == expected.get("when", [])


def test_claims_with_who_denies_them() -> None:
    assert len(LEDGER.claims) == len(EXPECTED["claim"]) == 18
    for claim, expected in zip(LEDGER.claims, EXPECTED["claim"], strict=True):
        check(claim, expected)
        assert claim.first.voice == expected.get("voice", "reported")
        assert [one.text for one in claim.places[1:]] == expected.get("also", [])
        denials, denied_by = LEDGER.denied_by.get(claim.id, ()), expected.get("denied_by", [])
        assert len(denials) == len(denied_by)
        assert all(map(is_said, (each.first for each in denials), denied_by))
    unanswered = [not each.get("denied_by") for each in EXPECTED["claim"]]
    assert len(views.unanswered(LEDGER)) == sum(unanswered) == 16
    assert not views.unattributed(LEDGER)


def test_what_each_side_denies() -> None:
    assert len(LEDGER.denials) == len(EXPECTED["denial"]) == 2
    for denial, expected in zip(LEDGER.denials, EXPECTED["denial"], strict=True):
        check(denial, expected)
        targets = LEDGER.denying[denial.id]
        assert len(targets) == len(expected["denies"])
        assert all(map(is_said, (each.first for each in targets), expected["denies"]))
    assert not views.untargeted(LEDGER)
    found: dict[str, dict[str, int]] = {}
    for (denier, denied), count in views.answers(LEDGER).counts.items():
        found.setdefault(denier, {})[denied] = count
    assert found == EXPECTED["answers"]


def test_all_ten_casualties() -> None:
    found = [each for _, several in views.by_days(LEDGER.casualties) for each in several]
    assert len(found) == len(EXPECTED["casualty"]) == 10
    for casualty, expected in zip(found, EXPECTED["casualty"], strict=True):
        check(casualty, expected)
        count = views.count_of(casualty)
        assert names(count.whose) == expected.get("whose", [])
        assert (count.outcome, count.victims) == (expected["outcome"], expected["victims"])
        assert number(count) == expected["count"]
        assert bool(casualty.first.origin) == expected.get("inherited", False)
        assert casualty.own == (not expected.get("by"))


def test_counts_of_other_days_never_compete() -> None:
    days = [each for each, _ in views.by_days(LEDGER.casualties)]
    assert [each and each[0].isoformat() for each in days] == [
        *("2022-09-12", "2022-08-03", "1988-01-01", None)
    ]
    assert views.competing(LEDGER) == ()


def test_disputed_pairs() -> None:
    pairs = views.disputed(LEDGER)
    assert len(pairs) == len(EXPECTED["disputed"])
    for expected in (each["pair"] for each in EXPECTED["disputed"]):
        assert any(
            is_said(one.first, expected[0]) and is_said(other.first, expected[1])
            for one, other in pairs
        )


def test_own_voice_is_hidden_unless_asked() -> None:
    kept = shown(LEDGER, Filter())
    assert [len(each) for each in (kept.claims, kept.denials, kept.casualties)] == [16, 2, 5]
    assert shown(LEDGER, Filter(own_voice=True)) == LEDGER


def test_every_annotation_that_says_something_stands_once() -> None:
    _, _, article = sample()
    saying = sorted(each.id for each in article.works[0].annotations if each.label != "actor")
    assert sorted(LEDGER.statements) == saying
    statements = (*LEDGER.claims, *LEDGER.denials, *LEDGER.casualties)
    assert sum(len(each.places) for each in statements) == len(saying)
