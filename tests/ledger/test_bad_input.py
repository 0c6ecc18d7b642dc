"""What nobody would have meant is shown sensibly, in each way of showing it."""

import json
from collections.abc import Callable

import pytest

from annotator.core.model import Entity
from annotator.ledger.html import page
from annotator.ledger.joining import ledger
from annotator.ledger.plain import lines
from annotator.ledger.records import as_json, table
from annotator.ledger.values import Ledger
from annotator.ledger.views import answers, over_time, untargeted
from tests.ledger.helpers import AUGUST, ENTITIES, Desk


def relations_to_rejected_spans() -> Ledger:
    desk = Desk()
    desk.link("source", desk.claim("they shelled the town"), "rejected")
    desk.link("denies", desk.mark("denial", "that is not true"), "rejected too")
    return ledger([desk.page()])


def casualties_with_low_above_high() -> Ledger:
    desk = Desk()
    desk.mark("casualty", "ten men", low=10, high=2, when=AUGUST, whose="e1")
    desk.mark("casualty", "many men", low=-3, high=-5, bound="at least")
    return ledger([desk.page()])


def cycles_of_denials() -> Ledger:
    desk = Desk()
    one, other = desk.mark("denial", "it is not so"), desk.mark("denial", "it is so")
    for source, target in ((one, other), (other, one), (one, one)):
        desk.link("denies", source, target)
    return ledger([desk.page()])


def an_entity_without_side() -> Ledger:
    desk, nobodys = Desk(), Entity("e4", "Someone")
    claim = desk.claim("they shelled the town", desk.actor("somebody", nobodys))
    denial = desk.mark("denial", "that is not true")
    desk.link("source", denial, desk.actor("others", nobodys))
    desk.link("denies", denial, claim)
    return ledger([desk.page(entities=(*ENTITIES, nobodys))])


def an_empty_layer() -> Ledger:
    return ledger([Desk().page()])


def ten_thousand_entities() -> Ledger:
    many = tuple(Entity(f"m{at}", f"Actor {at}", side=f"side {at % 9}") for at in range(10_000))
    desk = Desk()
    desk.claim("they shelled the town", desk.actor("all of them", *many))
    desk.mark("casualty", "ten men", low=10, whose=[each.id for each in many])
    return ledger([desk.page(entities=many)])


CASES = (
    relations_to_rejected_spans,
    casualties_with_low_above_high,
    cycles_of_denials,
    an_entity_without_side,
    an_empty_layer,
    ten_thousand_entities,
)


@pytest.mark.parametrize("made", CASES, ids=lambda each: each.__name__)
def test_it_is_shown_in_each_way(made: Callable[[], Ledger]) -> None:
    found = made()
    assert json.loads(json.dumps(as_json(found)))
    assert "".join(page(found)).endswith("</html>\n")
    assert "".join(table(found)).startswith("kind,")
    assert list(lines(found))
    assert sum(len(each.claims) for each in over_time(found)) == len(found.claims)


def test_relations_to_rejected_spans_are_told_and_left_out() -> None:
    found = relations_to_rejected_spans()
    assert found.loose == 2
    assert "2 links to something that is not there, left out." in list(lines(found))
    assert len(untargeted(found)) == 1


def test_low_above_high_is_said_beside_the_numbers() -> None:
    assert any(
        "10 to 2 (low above high)" in each for each in lines(casualties_with_low_above_high())
    )


def test_a_cycle_of_denials_is_counted_once_a_denial() -> None:
    assert answers(cycles_of_denials()).counts == {("", ""): 2}


def test_who_has_no_side_stands_under_no_side() -> None:
    assert "no side given" in "\n".join(lines(an_entity_without_side()))


def test_ten_thousand_actors_stay_in_the_records() -> None:
    assert "and 9,988 more" in "\n".join(lines(ten_thousand_entities()))
    found = as_json(ten_thousand_entities())
    assert len(found["claims"][0]["sources"]) == 10_000
    assert len(found["casualties"][0]["whose"]) == 10_000
