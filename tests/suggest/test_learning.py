"""What is learned from articles that are done is proposed in others."""

import sys

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.suggest.learning import learn
from tests.suggest.helpers import known

TOWNS = ("Goris", "Jermuk", "Sotk", "Kapan", "Vardenis", "Martuni", "Shushi", "Hadrut")


def report(town: str, number: int) -> tuple[Document, list[Annotation]]:
    """An article and what is tagged in it: a count, and in it another one; an actor."""
    text = f"Near {town} {number} soldiers were killed. The ministry of {town} denies it.\n\n"
    start, actor = text.index(str(number)), text.index("The ministry")
    count = Span(start, start + len(f"{number} soldiers"))
    found = [
        Annotation(f"{town} 1", "l", (count,), "casualty"),
        Annotation(f"{town} 2", "l", (Span(count.start, count.start + 1),), "casualty"),
        Annotation(
            f"{town} 3", "l", (Span(actor, actor + len(f"The ministry of {town}")),), "actor"
        ),
        Annotation(f"{town} 4", "l", (Span(actor, actor + 3),), "weather"),
    ]
    return Document(town, "", text, sha256(text), language="en"), found


def test_what_is_learned_is_proposed_elsewhere() -> None:
    examples = [report(town, number) for number, town in enumerate(TOWNS, 12)]
    suggester = learn(examples, known().tagset)
    document, _ = report("Berdzor", 49)
    found = list(suggester.propose(document, known()))
    told = {(each.label, each.span.of(document.text)) for each in found}
    assert told == {("casualty", "49 soldiers"), ("actor", "The ministry of Berdzor")}
    casualty = next(each for each in found if each.label == "casualty")
    assert casualty.attributes == {"low": 49, "high": 49, "bound": "exact", "victims": "military"}
    assert all(0.5 < each.confidence <= 1 for each in found)
    # Not in what it was learned from, and nothing in nothing.
    assert list(suggester.propose(examples[0][0], known())) == []
    empty = Document("x", "", "", sha256(""))
    assert list(suggester.propose(empty, known())) == []
    assert suggester.name == "learned"


def test_what_is_not_sure_is_not_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    suggester = learn([report(town, 12) for town in TOWNS], known().tagset)
    monkeypatch.setattr("annotator.suggest.learning._SURE", 1.1)
    assert list(suggester.propose(report("Berdzor", 49)[0], known())) == []


def test_a_span_may_begin_a_sentence_without_a_beginning() -> None:
    """A model may say that a span goes on where none has begun."""
    from annotator.suggest.learning import _Sentence, _spans

    class Tagger:
        def open_inmemory(self, model: bytes) -> None: ...

        def tag(self, items: object) -> list[str]:
            return ["I", "I", "O", "I", "B"]

        def marginal(self, tag: str, at: int) -> float:
            return 0.5

    spans = tuple(Span(at, at + 1) for at in range(5))
    found = list(_spans(_Sentence(spans, ((),) * 5), Tagger()))
    assert found == [(Span(0, 2), 0.5), (Span(3, 4), 0.5), (Span(4, 5), 0.5)]


def test_nothing_to_learn_from() -> None:
    with pytest.raises(UserError, match="nothing to learn from"):
        learn([], known().tagset)
    document, _ = report("Goris", 3)
    with pytest.raises(UserError, match="nothing to learn from"):
        learn([(document, [])], known().tagset)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(UserError, match=r"event-annotator\[learn\]"):
        learn([report("Goris", 3)], known().tagset)
