"""The same phrase over a corpus is settled by one decision."""

from annotator.core.article import Article
from annotator.core.model import Document, Layer
from annotator.core.text import sha256
from annotator.review import granting, phrases
from annotator.review.ground import Ground
from annotator.review.places import on
from annotator.review.values import Reviewed
from tests.review.helpers import TAGSET, Desk, work

A, B = "anna", "boris"
# The phrase "The town" or "the town" stands in each sentence.


def article(name: str, one: str, other: str, text: str) -> Reviewed:
    """Another article, with what two annotators have on it."""
    document = Document(name, name, text, sha256(text))
    works = []
    for found in (work(A, one), work(B, other)):
        layer = Layer.of(name, found.layer.annotator, state="done")
        marked = [
            type(each)(f"{name} {each.id}", layer.id, each.spans, each.label, each.attributes)
            for each in found.annotations
        ]
        works.append(type(found)(layer, tuple(marked)))
    return on(Article(document, tuple(works)), Ground.of(TAGSET, {}))


def test_places_of_one_phrase_are_found_and_settled_together() -> None:
    text = "So the town\n denied it, but the town denied it."
    first = article("first", "3-11 actor, 28-36 actor", "3-11 claim, 28-36 claim", text)
    second = article("second", "0-8 actor", "0-8 claim", "the town denied it")
    other = article("other", "0-8 actor", "", "the town denied it")
    label = article("label", "0-8 actor", "0-8 denial", "the town denied it")
    words = article("words", "0-8 actor", "0-8 claim", "The town denied it")
    place = first.places[0]
    version = place.versions[0]
    articles = [first, second, other, label, words]
    found = list(phrases.alike(first, place, version, articles))
    assert [(each.reviewed.document.id, each.place.start) for each in found] == [
        ("first", 3),
        ("first", 28),
        ("second", 0),
    ]
    edit = phrases.settled(found, by="r")
    assert edit.name == f"decide {len(found)} conflicts on one phrase"
    gold = [each.after for each in edit.touched("annotation")]
    assert len(gold) == len(found)
    layers = [each.after for each in edit.touched("layer")]
    assert len(layers) == 2


def test_a_place_whose_version_says_something_else_is_left() -> None:
    text = "the town denied it"
    first = article("first", "0-8 claim form=direct", "0-8 actor", text)
    second = article("second", "0-8 claim form=mixed", "0-8 actor", text)
    place = first.places[0]
    assert len(list(phrases.alike(first, place, place.versions[0], [first, second]))) == 1
    assert len(list(phrases.alike(first, place, place.versions[1], [first, second]))) == 2


def test_rejecting_a_phrase_everywhere() -> None:
    text = "the town denied it"
    first, second = (article(name, "0-8 claim", "", text) for name in ("first", "second"))
    place = first.places[0]
    found = list(phrases.alike(first, place, place.versions[1], [first, second]))
    edit = phrases.settled(found, by="r")
    assert [each.after.action for each in edit.touched("decision")] == ["none", "none"]  # type: ignore[union-attr]  # decisions


def test_links_have_no_phrase() -> None:
    marks = "n: 0-9 actor, s: 10-15 actor, c: 20-30 claim"
    desk = Desk([work(A, marks, "c source n"), work(B, marks, "c source s")])

    desk.do(granting.granted(desk.now, by="r"))
    (place,) = desk.now.pending
    assert list(phrases.alike(desk.now, place, place.versions[0], [desk.now])) == []
