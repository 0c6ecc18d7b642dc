"""The queue: what is wanted, in which order, and what comes next."""

from dataclasses import replace

from annotator.review import deciding
from annotator.review.queue import (
    ORDERS,
    Case,
    Filter,
    cases,
    heir,
    next_pending,
    ordered,
    words_of,
)
from annotator.review.values import Place, Version
from tests.review.helpers import TEXT, Desk, work

A, B, C = "anna", "boris", "carla"


def desk() -> Desk:
    return Desk(
        [
            work(A, "n: 0-9 actor, c: 20-30 claim, 40-50 claim, 60-70 actor", "c source n"),
            work(B, "n: 0-9 actor, c: 20-30 denial, 40-52 claim", "c source n"),
            work(C, "n: 0-9 actor, c: 20-30 claim, 40-50 claim, 60-70 actor", "c source n"),
        ]
    )


def starts(found: list[Case]) -> list[int]:
    return [each.start for each in found]


def test_cases_tell_what_a_queue_needs() -> None:
    found = {each.start: each for each in cases(desk().now, 3) if not each.relation}
    assert {each.number for each in found.values()} == {3}
    assert found[20].kind == "label"
    assert found[20].labels == {"claim", "denial"}
    assert found[20].apart == {frozenset((A, B)), frozenset((B, C))}
    assert found[40].phrase == " ".join(TEXT[40:52].lower().split())
    assert not found[0].pending
    assert found[60].pending


def test_filters() -> None:
    found = cases(desk().now)

    def wanted(**fields: object) -> list[int]:
        return starts([each for each in found if Filter(**fields).wants(each)])  # type: ignore[arg-type]  # any field

    assert wanted() == [0, 20, 40, 60, 20]
    assert wanted(kinds=frozenset({"label", "missing"})) == [20, 60]
    assert wanted(labels=frozenset({"denial"})) == [20]
    assert wanted(pair=frozenset((A, C))) == []
    assert wanted(pair=frozenset((A, B))) == [20, 40, 60]
    assert wanted(states=frozenset({"agreed"})) == [0]
    assert wanted(states=frozenset({"waiting"})) == [20]
    assert wanted(phrase=TEXT[60:64].upper()) == [60]
    assert wanted(phrase="nowhere") == []


def test_orders() -> None:
    found = [*cases(desk().now, 1), *cases(desk().now, 0)]
    assert [each.number for each in ordered(found)] == [0] * 5 + [1] * 5
    assert starts(ordered(found))[:5] == [0, 20, 40, 60, 20]  # relations come after spans
    severe = [each.kind for each in ordered(found, "severity")]
    assert severe == ["missing"] * 2 + ["label"] * 2 + ["boundary"] * 2 + [None] * 4
    phrases = [each.phrase for each in ordered(found, "phrase")]
    assert phrases == sorted(phrases)


def test_next_pending_goes_round_and_skips_none() -> None:
    found = cases(desk().now)
    first = next_pending(found, None)
    assert first is not None
    second = next_pending(found, first)
    third = next_pending(found, second)
    assert [each.start for each in (first, second, third) if each] == [20, 40, 60]
    assert next_pending(found, third) == first
    assert next_pending(found, first, back=True) == third
    assert next_pending(found, third, back=True) == second
    assert next_pending(found, None, back=True) == third
    assert next_pending([], first) is None
    assert next_pending(found, replace(found[2], key="gone"), "severity") is not None
    assert next_pending([replace(first, status="decided")], first) is None


def test_next_after_a_decision_is_the_next_in_each_order() -> None:
    for order in ORDERS:
        one = desk()
        seen = []
        current: Case | None = None
        while current := next_pending(cases(one.now), current, order):
            seen.append(current.key)
            place = one.now.places[current.at]
            assert place.key == current.key
            one.do(deciding.take(one.now, place, place.versions[0], by="r"))
        assert len(seen) == len(set(seen))
        assert not one.now.pending


def test_a_place_has_an_heir_as_long_as_anything_of_it_stands() -> None:
    one = desk()
    before = one.at(40)
    assert heir(before, one.now) == before
    one.put(work("dina", "40-50 claim"))
    joined = one.at(40)
    assert joined.key != before.key
    assert heir(before, one.now) == joined
    for name in (A, B, C):
        one.put(work(name, "n: 0-9 actor, c: 20-30 claim", "c source n"))
    assert heir(before, one.now) is None
    links = one.at(20, "source")
    assert heir(links, one.now) == links
    one.put(work(A, "n: 0-9 actor, c: 20-30 claim", ""))
    assert heir(links, one.now) == one.at(20, "source")
    assert heir(links, replace(one.now, places=())) is None


def test_words_of_a_place() -> None:
    assert words_of(desk().at(40), TEXT) == TEXT[40:52]
    assert words_of(Place("", "", None, "open", (Version((), (), ()),), {}), TEXT) == ""


def test_versions_of_reviewers_are_told_by_name() -> None:
    place = replace(desk().at(20), kind="decision")
    reviewed = desk().now
    one, other = place.versions
    place = replace(place, versions=(replace(one, by=("r",)), replace(other, by=("s",))))
    (case,) = cases(replace(reviewed, places=(place,)))
    assert case.apart == {frozenset(("r", "s"))}
