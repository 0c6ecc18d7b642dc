from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths
from annotator.core.model import Annotation, Document, Entity, Relation
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256
from annotator.suggest.advice import Advice, Article, advice, steps
from tests.effort import calls_of
from tests.strategies import spans, texts

DEFAULT = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
TEXT = (
    "The ministry says that rebels shelled the town.\n\n"
    "The rebels deny that they shelled the town.\n\n"
    "At least 14 soldiers were killed near the town.\n\n"
    "The governor said, and witnesses confirmed, that a bridge was hit.\n"
)
LINKS = ("denies", "source")
ENTITIES = {each.id: each for each in (Entity("m", "Ministry"), Entity("r", "Rebels"))}


def article(
    *annotations: Annotation,
    links: tuple[Relation, ...] = (),
    tagset: Tagset = DEFAULT,
    text: str = TEXT,
    language: str = "en",
) -> Article:
    document = Document("d", "Title", text, sha256(text), language=language)
    return Article(document, annotations, links, tagset, ENTITIES)


def tagged(label: str, words: str, id_: str = "a", nth: int = 0, **attributes: Any) -> Annotation:
    """An annotation of the nth place of some words."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Annotation(id_, "l", (Span(start, start + len(words)),), label, attributes)


def told(found: list[Advice], *kinds: str) -> list[str]:
    return [each.sentence for each in found if each.kind in kinds]


def test_denial_without_target_and_source() -> None:
    denial = tagged("denial", "deny that they shelled the town")
    found = advice(article(denial))
    assert told(found, *LINKS) == [
        "This denial has no target: what is denied? (D links it)",
        "This denial has no source: who said it? (R links it, or form “author”)",
    ]
    assert {(each.annotation, each.span) for each in found[:2]} >= {("a", denial.spans[0])}
    assert [each.key for each in found[:2]] == ["denies a", "source a"]


def test_what_is_linked_is_not_asked_for() -> None:
    denial = tagged("denial", "deny that they shelled the town")
    links = (Relation("1", "l", "denies", "a", "b"), Relation("2", "l", "source", "a", "c"))
    assert not told(advice(article(denial, links=links)), *LINKS)


def test_own_voice_needs_no_source() -> None:
    claim = tagged("claim", "rebels shelled the town", form="author")
    assert not told(advice(article(claim)), *LINKS)


def test_tag_set_without_relations_forms_or_labels_is_not_asked_for_them() -> None:
    bare = replace(DEFAULT, relations=())
    claim, strange = tagged("claim", "rebels shelled"), tagged("strange", "town", "s")
    assert not advice(article(claim, strange, tagset=bare, language="xx"))
    formless = replace(
        DEFAULT,
        labels=tuple(replace(each, attributes=()) for each in DEFAULT.labels),
        relations=tuple(replace(each, key="") for each in DEFAULT.relations),
    )
    found = advice(article(claim, tagset=formless))
    assert told(found, *LINKS) == ["This claim has no source: who said it?"]


def test_keyless_relation_still_names_the_form() -> None:
    keyless = replace(DEFAULT, relations=tuple(replace(r, key="") for r in DEFAULT.relations))
    found = advice(article(tagged("claim", "rebels shelled"), tagset=keyless))
    assert told(found, *LINKS) == ["This claim has no source: who said it? (form “author”)"]


def test_actor_without_entity() -> None:
    found = advice(article(tagged("actor", "The ministry")))
    assert told(found, "entity") == ["This actor has no entity: who is it?"]
    assert not told(advice(article(tagged("actor", "The ministry", entity=["m"]))), "entity")


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"low": 14, "bound": "at least"}, ""),
        ({}, ""),
        ({"low": 15}, "The words say 14, but low is 15."),
        ({"low": 14, "high": 20, "bound": "at least"}, ""),
        ({"low": 14, "high": 14, "bound": "exact"}, "“at least”, but the bound is “exact”."),
    ],
)
def test_number_and_bound_against_the_words(attributes: dict[str, Any], sentence: str) -> None:
    found = told(
        advice(article(tagged("casualty", "At least 14 soldiers", **attributes))), "number"
    )
    assert len(found) == bool(sentence)
    assert all(each.endswith(sentence) for each in found)


def test_vague_words_and_a_number() -> None:
    text = "Several soldiers."
    span = (Span(0, 16),)
    few = Annotation("a", "l", span, "casualty", {"low": 3, "bound": "at least"})
    found = advice(article(few, text=text))
    assert told(found, "number") == ["The words give no number, but low is 3: is it vague?"]
    offered = replace(few, attributes={"low": 3, "bound": "vague"})
    assert not told(advice(article(offered, text=text)), "number")


def test_count_that_lacks_something() -> None:
    count = tagged("casualty", "At least 14 soldiers", low=20, high=14, victims="military")
    found = advice(article(count))
    assert told(found, "order") == ["Low (20) is above high (14)."]
    assert told(found, "outcome") == ["This casualty has no outcome: what became of them?"]
    assert told(found, "whose") == ["This casualty is military: whose is it?"]
    assert not told(found, "number")
    whole = replace(count, attributes={"low": 14, "outcome": "killed"})
    assert not {each.kind for each in advice(article(whole))} & {"order", "outcome", "whose"}
    wordless = tagged("casualty", "the town", low=3, outcome="killed")
    assert not [each for each in advice(article(wordless)) if each.annotation]


def test_overlap_of_one_label() -> None:
    claim: dict[str, Any] = {"form": "author"}
    first = tagged("claim", "rebels shelled", "a", **claim)
    crossing = tagged("claim", "shelled the town", "b", **claim)
    inside = tagged("claim", "rebels", "c", **claim)
    twice = tagged("claim", "rebels shelled", "d", **claim)
    found = advice(article(first, crossing, inside))
    assert told(found, "overlap") == [
        "This claim and the one before it overlap: is one cut wrongly?"
    ]
    assert [each.annotation for each in found if each.kind == "overlap"] == ["b"]
    touching = tagged("claim", " the town", "e", **claim)
    assert told(advice(article(first, touching)), "overlap") == [
        "This claim begins where another one ends: are they one?"
    ]
    assert told(advice(article(first, twice)), "overlap") == ["This claim is tagged twice."]
    assert not told(advice(article(first, replace(crossing, label="denial"))), "overlap")


def test_same_words_tagged_otherwise() -> None:
    ministry: dict[str, Any] = {"entity": ["m"]}
    two = [tagged("actor", "the town", str(nth), nth, **ministry) for nth in (0, 1)]
    other = tagged("actor", "the town", "2", 2, entity=["r"])
    found = advice(article(*two, other))
    assert told(found, "alike") == ["The same words are Actor · Ministry in this article."]
    assert [each.annotation for each in found if each.kind == "alike"] == ["2"]
    relabelled = replace(other, label="casualty", attributes={"outcome": "killed"})
    found = advice(article(two[0], relabelled))
    assert told(found, "alike") == ["The same words are Actor · Ministry in this article."]


def test_same_words_tagged_otherwise_in_other_articles() -> None:
    here = tagged("actor", "the town", entity=["m"])
    count = tagged("casualty", "rebels shelled", "c", outcome="killed")
    there = replace(here, id="b", attributes={"entity": ["r"]})
    asked: list[str] = []

    def elsewhere(words: str) -> list[Annotation]:
        asked.append(words)
        return [there, here, there]

    found = advice(replace(article(here, count), elsewhere=elsewhere))
    assert told(found, "alike") == ["The same words are Actor · Rebels in other articles."]
    assert asked == ["the town"]
    assert not told(advice(replace(article(here), elsewhere=lambda _: [here])), "alike")


def test_two_labels_on_one_extent_are_both_meant() -> None:
    actor = tagged("actor", "the town", "1", entity=["m"])
    both = replace(actor, id="2", label="casualty", attributes={"outcome": "killed"})
    assert not told(advice(article(actor, both)), "alike")


def test_untouched_paragraph_that_reports() -> None:
    found = advice(article())
    assert told(found, "paragraph") == [
        "Nothing is tagged here, though it reports: said, confirmed."
    ]
    assert found[0].span.of(TEXT).startswith("The governor said")
    assert (found[0].annotation, found[0].key) == ("", "paragraph 143-209")
    assert not told(advice(article(tagged("actor", "The governor"))), "paragraph")
    assert not advice(article(language="xx"))
    assert not advice(article(text="\n\n"))


def test_russian_paragraph() -> None:
    text = "Министр заявил, что город цел, а жители сообщили обратное."
    assert told(advice(article(text=text, language="ru")), "paragraph") == [
        "Nothing is tagged here, though it reports: заявил, сообщили."
    ]


def test_bits_are_small_and_hold_everything() -> None:
    claim, actor = tagged("claim", "rebels shelled"), tagged("actor", "The ministry", "b")
    given_ = article(claim, actor)
    bits = list(steps(given_))
    assert sorted(each.key for bit in bits for each in bit) == sorted(
        each.key for each in advice(given_)
    )
    assert max(map(len, bits)) == 1


@given(st.data())
def test_any_work_on_any_text(data: st.DataObject) -> None:
    text = data.draw(texts())
    labels = st.sampled_from([each.name for each in DEFAULT.labels])
    attributes: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
        st.sampled_from(["low", "high", "bound", "entity", "form", "outcome", "victims"]),
        st.sampled_from([3, -1, "exact", "author", ["m"], None, {}]),
    )
    one = st.tuples(st.lists(spans(len(text)), min_size=1, max_size=2), labels, attributes)
    work = [
        Annotation(str(number), "l", tuple(sorted(set(places))), label, values)
        for number, (places, label, values) in enumerate(data.draw(st.lists(one, max_size=6)))
    ]
    for each in advice(article(*work, text=text)):
        assert each.sentence.endswith((".", "?", ")"))
        assert each.span.of(text)
        assert each.annotation in {"", *(one.id for one in work)}


def test_the_work_grows_with_the_spans_alone() -> None:
    def looked_through(number: int) -> int:
        text = "The ministry said that 14 soldiers were killed near it. " * (number // 2)
        work = [
            Annotation(str(at), "l", (Span(28 * at, 28 * at + 20),), ("actor", "casualty")[at % 2])
            for at in range(number)
        ]
        found: list[Advice] = []
        effort = calls_of(lambda: found.extend(advice(article(*work, text=text))))
        assert found
        return effort

    looked_through(10)  # what a lexicon takes is read once
    assert looked_through(800) < 5 * looked_through(200)
