"""What is the same statement in several articles, and what only looks like it."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.apart import Apart, apart, keep_apart
from annotator.core.model import Entity, Setting
from annotator.ledger.joining import ledger
from annotator.ledger.values import Page
from annotator.ledger.views import answers, competing, unanswered, untargeted
from tests.ledger.helpers import ARMENIA, ARMY, AUGUST, BAKU, SEPTEMBER, Desk, placed
from tests.strategies import examples

WORDS = "the armed forces of Armenia shelled the village of Sotk with mortars all night long"


def claims(*pages: Page, alike: float = 0.8) -> list[list[str]]:
    return placed(ledger(pages, alike=alike))[0]


def said(name: str, words: str = WORDS, by: Entity | None = BAKU, **attributes: object) -> Desk:
    desk = Desk(name)
    desk.claim(words, desk.actor("the ministry", *([by] if by else [])), **attributes)
    return desk


def test_the_same_claim_in_two_articles_is_shown_once() -> None:
    one, other = said("d1").page(), said("d2", WORDS.upper().replace(" ", "\n")).page()
    assert [len(each) for each in claims(one, other)] == [2]


def test_almost_the_same_words_as_far_as_is_wanted() -> None:
    pages = [said("d1").page(), said("d2", f"{WORDS} again").page()]
    assert [len(each) for each in claims(*pages)] == [2]
    assert [len(each) for each in claims(*pages, alike=0.99)] == [1, 1]
    assert [len(each) for each in claims(*pages, alike=1)] == [1, 1]


def test_a_phrase_that_a_source_always_uses_hides_nothing() -> None:
    pages, usual = [], f"{WORDS} {' '.join(reversed(WORDS.split()))}"
    for number in range(40):
        own = " ".join(f"{word}{number}" for word in WORDS.split()[:12])
        pages.append(said(f"a{number}", f"{usual} {own}").page())
        pages.append(said(f"b{number}", f"{usual} {own} again").page())
    assert [len(each) for each in claims(*pages)] == [2] * 40


def test_others_who_say_the_same_and_other_days_are_others() -> None:
    pages = [
        said("d1").page(),
        said("d2", by=ARMENIA).page(),
        said("d3", when=AUGUST).page(),
        said("d4", by=None).page(),
    ]
    assert [len(each) for each in claims(*pages)] == [1, 1, 1, 1]


def test_twice_in_one_article_is_two() -> None:
    desk = said("d1")
    desk.claim(WORDS, desk.annotations[0])
    desk.claim("something else altogether was said there", desk.annotations[0])
    assert [len(each) for each in claims(desk.page())] == [1, 1, 1]
    assert [len(each) for each in claims(desk.page(), said("d2").page())] == [2, 1, 1]


def test_what_is_linked_as_repeated_is_one() -> None:
    desk = Desk()
    one, other = desk.claim("they began"), desk.claim("the others were first")
    third, count = desk.claim("quite another"), desk.mark("casualty", "ten men")
    for target in (other, third, count):
        desk.link("repeats", one, target)
    desk.link("repeats", third, other)
    found = ledger([desk.page()])
    assert placed(found) == [[[one.id, other.id, third.id]], [], [[count.id]]]


def test_the_same_count_in_two_articles_is_shown_once() -> None:
    def counted(name: str, words: str, **attributes: object) -> Page:
        desk = Desk(name)
        desk.mark("casualty", words, **attributes)
        return desk.page()

    told = {"when": AUGUST, "whose": "e3", "outcome": "killed"}
    same = [
        counted("d1", "two soldiers", low=2, high=2, **told),
        counted("d2", "2 servicemen", low=2, high=2, **told),
    ]
    others = [
        counted("d3", "two soldiers", low=2, high=2, **{**told, "when": SEPTEMBER}),
        counted("d4", "two soldiers", low=2, high=2, when=AUGUST),
        counted("d5", "two soldiers", low=2, high=2, when=AUGUST),
        counted("d6", "several soldiers", bound="vague", **told),
        counted("d7", "many soldiers", bound="vague", **told),
        counted("d8", "many soldiers", bound="vague", **told),
    ]
    found = ledger([*same, *others])
    assert [len(each.places) for each in found.casualties] == [2, 1, 1, 1, 1, 2]


def _kept(one: str, *others: str) -> Apart:
    changes = keep_apart([], one, others).changes
    return apart(each.after for each in changes if isinstance(each.after, Setting))


def test_what_is_kept_apart_is_shown_twice() -> None:
    pages = [said(name).page() for name in ("d1", "d2", "d3")]
    one, other, third = claims(*pages)[0]
    parted = _kept(other, one, third)
    assert placed(ledger(pages, apart=parted))[0] == [[one, third], [other]]
    kept = _kept(one, other, third)
    assert placed(ledger(pages, apart=kept))[0] == [[one], [other, third]]


def test_cycles_of_denials() -> None:
    desk = Desk()
    one, other = desk.mark("denial", "not so"), desk.mark("denial", "it is so")
    claim = desk.claim("so it was")
    for source, target in ((one, other), (other, one), (one, claim)):
        desk.link("denies", source, target)
    found = ledger([desk.page()])
    assert [each.id for each in found.denied_by[claim.id]] == [one.id]
    assert [each.id for each in found.denied_by[one.id]] == [other.id]
    assert [each.id for each in found.denying[one.id]] == [claim.id, other.id]
    assert not unanswered(found)
    assert not untargeted(found)
    assert answers(found).counts == {("", ""): 2}


def test_articles_in_the_order_of_their_dates() -> None:
    late, early = Desk("d1", "2022-09-02"), Desk("d2", "2022-09-01")
    for desk in (late, early):
        desk.claim(WORDS)
    assert [one.document for one in ledger([late.page(), early.page()]).claims[0].places] == [
        *("d2", "d1")
    ]


# Laws

_STEPS = st.tuples(
    st.sampled_from(("claim", "denial", "casualty", "actor", "source", "denies", "repeats")),
    st.integers(0, 5),
    st.integers(0, 5),
)


@st.composite
def pages(draw: st.DrawFn) -> list[Page]:
    """Small articles of few words, so that much is the same."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        desk = Desk(f"d{number}", draw(st.sampled_from(("", "2022-08-04"))))
        for what, one, other in draw(st.lists(_STEPS, max_size=12)):
            if what in ("source", "denies", "repeats"):
                made = desk.annotations
                if made:
                    desk.link(what, made[one % len(made)], made[other % len(made)])
            else:
                more: dict[str, object] = {"when": AUGUST} if one % 2 else {}
                if what == "actor":
                    more = {"entity": [("e1", "e2", "e9")[other % 3]]} if other else {}
                if what == "casualty":
                    more |= {"low": one, "high": other, "whose": ARMY.id, "outcome": "killed"}
                desk.mark(what, f"{what} {WORDS if other % 2 else 'words'}", **more)
        found.append(desk.page())
    return found


@examples(80)
@given(pages(), st.randoms(use_true_random=False))
def test_the_order_of_articles_is_irrelevant_and_all_stand_once(
    found: list[Page], dice: object
) -> None:
    one = ledger(found)
    mixed = list(found)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert ledger(mixed) == one
    there = sorted(
        each.annotation for page in found for several in page.entries.values() for each in several
    )
    assert (
        sorted(annotation for kind in placed(one) for group in kind for annotation in group)
        == there
    )
    assert sorted(one.statements) == there
    denied = {each.id for several in one.denying.values() for each in several}
    assert denied == set(one.denied_by)
    for group in competing(one):
        assert (
            len({(each.first.when, each.first.count.outcome) for each in group if each.first.count})
            == 1
        )
