"""One layer of an article as a page: sources, days, counts, and what is odd about them."""

from datetime import date

import pytest

from annotator.core.model import Entity
from annotator.core.tagset import Tagset
from annotator.ledger.values import Party
from tests.core.test_roles import renamed
from tests.ledger.helpers import ARMENIA, ARMY, AUGUST, BAKU, DEFAULT, Desk, entry, names

DAY = date(2022, 8, 3)


def test_a_claim_with_source_accused_and_day() -> None:
    desk = Desk(published="2022-09-14T10:00")
    baku, army = desk.actor("Baku", BAKU), desk.actor("the army", ARMY)
    claim = desk.claim("the army shelled a village", baku, when=AUGUST)
    desk.link("against", claim, army)
    page = desk.page()
    found = entry(page, claim)
    assert found.sources == (Party(baku.id, "e2", "Azerbaijan", "Azerbaijan"),)
    assert found.against == (Party(army.id, "e3", "Armed Forces of Armenia", "Armenia"),)
    assert (found.when, found.words) == ((DAY, DAY), "August 3")
    assert (found.voice, found.state, found.text) == ("reported", "done", claim.quote(desk.text))
    assert page.source.day == date(2022, 9, 14)
    assert (page.source.title, page.loose) == ("On d1", 0)


def test_the_smallest_statement_around_gives_a_count_its_source_and_day() -> None:
    desk = Desk()
    baku, yerevan = desk.actor("Baku", BAKU), desk.actor("Yerevan", ARMENIA)
    claim = desk.claim("two soldiers died and one was hurt", baku, when=AUGUST)
    two = desk.within(claim, "casualty", "two soldiers", low=2, high=2)
    one = desk.within(claim, "casualty", "one")
    desk.link("source", one, yerevan)
    alone = desk.claim("ten dead", yerevan)
    ten = desk.within(alone, "casualty", "ten dead")
    page = desk.page()
    found = entry(page, two)
    assert (names(found.sources), found.when, found.origin) == (
        *(["Azerbaijan"], (DAY, DAY)),
        claim.id,
    )
    assert names(entry(page, one).sources) == ["Armenia"]
    assert names(entry(page, ten).sources) == ["Armenia"]  # what has just its words is around it


def test_voices() -> None:
    desk = Desk()
    author = desk.claim("a battle took place", form="author")
    bare = desk.claim("a village burned", form="paraphrase")
    free = desk.mark("casualty", "30,000 people")
    inside = desk.claim("three men died", form="author")
    told = desk.within(inside, "casualty", "three men")
    nobodys = desk.within(bare, "casualty", "a village")
    page = desk.page()
    voices = [entry(page, each).voice for each in (author, bare, free, told, nobodys)]
    assert voices == ["own", "unattributed", "own", "own", "unattributed"]


def test_parties_without_entity_or_register() -> None:
    desk = Desk()
    known, unknown = desk.actor("Baku", BAKU), desk.actor("the\n\nministry")
    gone = desk.mark("actor", "the states", entity=["e1", "e9", "e1", 7])
    claim = desk.claim("it is so", known, unknown, gone)
    again = desk.actor("the Azerbaijani side", BAKU)
    desk.link("source", claim, again)
    found = entry(desk.page(), claim).sources
    assert names(found) == ["Armenia", "Azerbaijan", "not in the register", "the ministry"]
    assert [each.entity for each in found] == ["e1", "e2", "e9", None]
    assert found[3].key == " the ministry"


def test_twins_are_one() -> None:
    twin = Entity("e0", "armenia ", side="", type="state")
    other = Entity("e4", "Armenia", side="Armenia", type="armed force")
    nameless = (Entity("e7", "", type="state"), Entity("e8", " ", type="state"))
    desk = Desk()
    mentions = [desk.actor(f"a{each.id}", each) for each in (ARMENIA, twin, other, *nameless)]
    claims = [desk.claim(f"said by {each.id}", each) for each in mentions]
    page = desk.page(entities=(ARMENIA, twin, other, *nameless))
    parties = [entry(page, each).sources[0] for each in claims]
    assert [each.entity for each in parties] == ["e0", "e0", "e4", "e7", "e8"]
    assert [each.side for each in parties] == ["Armenia", "Armenia", "Armenia", "", ""]


@pytest.mark.parametrize(
    "when",
    [None, "yesterday", 3, {}, {"from": "x", "to": "y"}, {"from": 1, "to": None}, ["2022"]],
)
def test_a_day_that_is_none(when: object) -> None:
    desk = Desk()
    claim = desk.claim("it happened", when=when)
    assert entry(desk.page(), claim).when is None


def test_a_range_the_wrong_way_round_is_turned() -> None:
    desk = Desk()
    claim = desk.claim("it happened", when={"from": "2022-08-03", "to": "2022-08-01", "text": 5})
    assert entry(desk.page(), claim).when == (date(2022, 8, 1), DAY)


def test_attributes_of_another_tag_set_are_left_out() -> None:
    desk = Desk()
    odd = desk.mark(
        *("casualty", "some men"), low="two", high=True, outcome=["killed"], bound=3, whose={"a": 1}
    )
    foreign = desk.mark("weather", "rain")
    found = entry(page := desk.page(), odd)
    assert found.count is not None
    assert found.count.account == (None, None, "")
    assert (found.count.outcome, found.count.whose) == ("", ())
    assert not any(foreign.id == each.annotation for each in sum(page.entries.values(), ()))
    empty = desk.page(Tagset(""))
    assert not any(empty.entries.values())


def test_links_to_what_is_not_there_are_counted() -> None:
    desk = Desk()
    actor, claim = desk.actor("Baku", BAKU), desk.claim("it is so")
    denial = desk.mark("denial", "it is not so")
    desk.link("denies", denial, "rejected")
    desk.link("source", "rejected", actor)
    desk.link("denies", denial, actor)  # of another tag set: nobody denies an actor
    desk.link("knows", denial, claim)
    page = desk.page()
    assert page.loose == 2
    assert page.denies == ()


def test_links_between_statements() -> None:
    desk = Desk()
    one, other = desk.claim("one thing"), desk.claim("another thing")
    denial = desk.mark("denial", "that is false")
    desk.link("denies", denial, other)
    desk.link("disputes", other, one)
    desk.link("repeats", one, other)
    page = desk.page()
    assert page.denies == ((denial.id, other.id),)
    assert page.disputes == ((other.id, one.id),)
    assert page.repeats == ((one.id, other.id),)


def test_an_empty_layer() -> None:
    page = Desk().page()
    assert not any(page.entries.values())
    assert page.source.day is None


def test_renamed_labels_mean_the_same() -> None:
    names_ = {"claim": "assertion", "actor": "who", "casualty": "losses", "source": "said by"}
    desk = Desk()
    who = desk.mark("who", "Baku", entity=["e2"])
    claim = desk.mark("assertion", "two men died", when=AUGUST)
    desk.link("said by", claim, who)
    men = desk.within(claim, "losses", "two men", low=2, high=2, whose="e3")
    found = entry(desk.page(renamed(DEFAULT, names_)), men)
    assert names(found.sources) == ["Azerbaijan"]
    assert found.when == (DAY, DAY)
    assert found.count is not None
    assert names(found.count.whose) == ["Armed Forces of Armenia"]
