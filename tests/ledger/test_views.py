"""What is read from a ledger: rivals, sides, time; and what a filter leaves of it."""

from datetime import date
from typing import Any

from annotator.ledger import views
from annotator.ledger.filters import Filter, shown
from annotator.ledger.joining import ledger
from annotator.ledger.values import Ledger
from tests.ledger.helpers import ARMENIA, ARMY, AUGUST, BAKU, SEPTEMBER, Desk


def counted(*counts: dict[str, Any]) -> Ledger:
    """The ledger of an article with these counts of the same day, people and outcome."""
    desk = Desk()
    told = {"when": AUGUST, "whose": "e3", "outcome": "killed"}
    for each in counts:
        desk.mark("casualty", "some soldiers", **{**told, **each})
    return ledger([desk.page()])


def groups(found: Ledger) -> list[int]:
    return [len(group) for group in views.competing(found)]


def test_counts_of_the_same_time_and_victims_compete() -> None:
    two, five = {"low": 2, "high": 2}, {"low": 5, "high": 5}
    assert groups(counted(two, five)) == [2]
    assert groups(counted(two, two)) == []
    assert groups(counted(two, {**five, "when": SEPTEMBER})) == []
    assert groups(counted(two, {**five, "whose": "e2"})) == []
    assert groups(counted(two, {**five, "outcome": "wounded"})) == []
    assert groups(counted({**two, "whose": None}, {**five, "whose": None})) == []
    assert groups(counted({**two, "when": None}, {**five, "when": None})) == []


def test_soldiers_do_not_compete_with_civilians() -> None:
    two = {"low": 2, "high": 2, "victims": "military"}
    five = {"low": 5, "high": 5, "victims": "civilian"}
    unknown = {"low": 9, "high": 9, "victims": "unknown"}
    assert groups(counted(two, five)) == []
    assert groups(counted(two, unknown, {"low": 1})) == [3]
    assert groups(counted(two, five, unknown, {"low": 1})) == [2]


def test_low_above_high_is_kept_as_it_is() -> None:
    found = counted({"low": 9, "high": 2})
    count = views.count_of(found.casualties[0])
    assert count.crossed
    assert count.account == (9, 2, "")


def test_casualties_by_days_the_latest_first() -> None:
    found = counted({"when": SEPTEMBER}, {"when": None}, {"whose": None}, {"whose": "e2"})
    days = views.by_days(found.casualties)
    assert [each and each[0].month for each, _ in days] == [9, 8, None]
    assert [views.names(views.count_of(each).whose) for each in days[1][1]] == [(), ("Azerbaijan",)]


def answered() -> tuple[Desk, Ledger]:
    """Baku denies two claims of Yerevan at once, and one that nobody made."""
    desk = Desk(published="2022-09-14")
    baku, yerevan = desk.actor("Baku", BAKU), desk.actor("Yerevan", ARMENIA)
    one, other = desk.claim("they began", yerevan), desk.claim("they shelled us", yerevan)
    nobodys = desk.claim("they lost")
    denial = desk.mark("denial", "all that is false")
    desk.link("source", denial, baku)
    for each in (one, other, nobodys):
        desk.link("denies", denial, each)
    desk.mark("denial", "we confirm nothing")
    return desk, ledger([desk.page()])


def test_who_answers_whom_counts_denials_not_links() -> None:
    _, found = answered()
    table = views.answers(found)
    assert table.counts == {("Azerbaijan", "Armenia"): 1, ("Azerbaijan", ""): 1}
    assert table.sides == ("Armenia", "Azerbaijan", "")
    assert len(views.untargeted(found)) == 1
    assert len(views.unattributed(found)) == 1


def test_a_repeated_claim_is_of_whoever_says_it_somewhere() -> None:
    desk = Desk()
    one, other = desk.claim("they began", desk.actor("Yerevan", ARMENIA)), desk.claim("it began")
    desk.link("repeats", one, other)
    denial = desk.mark("denial", "no")
    desk.link("denies", denial, other)
    assert views.answers(ledger([desk.page()])).counts == {("", "Armenia"): 1}


def test_disputed_pairs_once_each() -> None:
    desk = Desk()
    one, other, same = desk.claim("one"), desk.claim("other"), desk.claim("same as one")
    desk.link("repeats", one, same)
    for source, target in ((one, other), (other, same), (one, same)):
        desk.link("disputes", source, target)
    found = ledger([desk.page()])
    assert [(a.id, b.id) for a, b in views.disputed(found)] == [(one.id, other.id)]


def test_over_time() -> None:
    desk, _ = answered()
    desk.mark("casualty", "ten men", when=AUGUST)
    found = ledger([desk.page(), Desk("d2").page()])
    by_when = views.over_time(found)
    august = date(2022, 8, 3)
    assert [each.days for each in by_when] == [(august, august), None]
    assert [len(by_when[0].casualties), len(by_when[1].claims), len(by_when[1].denials)] == [
        1,
        3,
        2,
    ]
    published = date(2022, 9, 14)
    assert [each.days for each in views.over_time(found, "published")] == [(published, published)]
    undated = Desk("d3")
    undated.claim("when was it")
    assert views.over_time(ledger([undated.page()]), "published")[0].days is None


def test_filters() -> None:
    desk = Desk()
    baku, army = desk.actor("Baku", BAKU), desk.actor("the army", ARMY)
    accused = desk.claim("the army began", baku, when=AUGUST)
    desk.link("against", accused, army)
    own = desk.claim("it rained", form="author")
    bombed = desk.claim("a bridge fell", form="author")
    denial = desk.mark("denial", "no bridge fell", when=SEPTEMBER)
    desk.link("denies", denial, bombed)
    men = desk.mark("casualty", "ten men", whose="e3")
    found = ledger([desk.page()])

    def left(**wanted: Any) -> set[str]:
        return set(shown(found, Filter(**wanted)).statements)

    assert left() == {accused.id, bombed.id, denial.id}
    assert left(own_voice=True) == {accused.id, own.id, bombed.id, denial.id, men.id}
    assert left(side="Armenia", own_voice=True) == {accused.id, men.id}
    assert left(side="", own_voice=True) == set()
    assert left(actor="e2") == {accused.id}
    assert left(words="BRIDGE") == {bombed.id, denial.id}
    assert left(label="claim") == {accused.id, bombed.id, denial.id}
    assert left(state="open") == set()
    assert left(days=(date(2022, 9, 13), date(2022, 9, 20))) == {denial.id, bombed.id}
    part = shown(found, Filter(actor="e2"))
    assert (part.denied_by, views.answers(part).counts, views.disputed(part)) == ({}, {}, ())


def test_nothing_said() -> None:
    assert views.over_time(Ledger()) == ()
    assert views.answers(Ledger()).sides == ()
    assert views.by_days(()) == ()
    assert views.count_of(answered()[1].claims[0]).account == (None, None, "")
