"""What is tagged is found by what is suggested for nearly the same words."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.clusters import shared
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.core.tagged import ALIKE, Tagged
from tests.strategies import examples

PLACES = st.tuples(st.integers(0, 300), st.integers(1, 200))


def made(id_: str, *places: tuple[int, int], label: str = "claim", origin: str = "") -> Annotation:
    spans = tuple(sorted(Span(start, end) for start, end in places))
    meta = {"origin": {"suggestion": origin}} if origin else {}
    return Annotation(id_, "l", spans, label, meta=meta)


def test_the_same_words_and_nearly_the_same_are_alike_under_the_same_label() -> None:
    own = made("own", (10, 30))
    tagged = Tagged([own, made("less", (10, 22)), made("far", (900, 920))])
    assert tagged.alike(made("s", (10, 30))) is own
    assert tagged.alike(made("s", (10, 28))) is own
    assert tagged.alike(made("s", (25, 45))) is None
    assert tagged.alike(made("s", (10, 30), label="actor")) is None
    assert Tagged().alike(own) is None


def test_several_passages_count_together() -> None:
    tagged = Tagged([made("own", (0, 10), (500, 510))])
    assert tagged.alike(made("s", (500, 510)))
    assert tagged.alike(made("s", (0, 10), (500, 512)))
    assert tagged.alike(made("s", (500, 511))) is None


def test_what_became_of_a_suggestion_is_known_until_it_goes() -> None:
    own, plain = made("own", (0, 10), origin="s1"), made("plain", (0, 10))
    tagged = Tagged([own, plain])
    assert tagged.from_("s1") is own
    assert tagged.from_("s2") is None
    tagged.remove(own)
    assert tagged.from_("s1") is None
    assert tagged.alike(own) is plain
    tagged.remove(plain)
    tagged.remove(made("nowhere", (4_000, 4_010)))
    assert tagged.alike(own) is None


@examples(200)
@given(st.lists(PLACES, max_size=8), PLACES)
def test_it_finds_what_a_look_at_all_would_find(
    places: list[tuple[int, int]], wanted: tuple[int, int]
) -> None:
    own = [made(str(at), (start, start + size)) for at, (start, size) in enumerate(places)]
    one = made("s", (wanted[0], sum(wanted)))

    def share(each: Annotation) -> float:
        common = shared(each.spans, one.spans)
        return common / (len(each.envelope) + len(one.envelope) - common)

    best = max(map(share, own), default=0.0)
    found = Tagged(own).alike(one)
    assert (found is not None) == (best >= ALIKE)
    assert found is None or share(found) == best
