"""Spans carried to a corrected text: kept exactly, moved, or changed; never guessed."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.alignment import runs
from annotator.core.anchoring import LEAST, Anchoring, Place, anchored, anchored_links
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from tests.strategies import spans, texts

TEXT = (
    "Yerevan denied the report.\nBaku said that 14 soldiers were killed near the border, and that"
    " the shelling went on.\nThe Ministry of Defense said nothing.\nYerevan denied it again.\n"
)


def at(words: str, text: str = TEXT, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def placed(words: str, new: str, nth: int = 0) -> Place | None:
    return Anchoring(TEXT, new).place(at(words, nth=nth))


# Alignment


@given(texts(), texts())
def test_runs_are_the_same_in_both_and_in_order(old: str, new: str) -> None:
    end = end_ = 0
    for start, start_, length in runs(old, new):
        assert start >= end
        assert start_ >= end_
        assert length > 0
        assert old[start : start + length] == new[start_ : start_ + length]
        end, end_ = start + length, start_ + length
    assert end <= len(old)
    assert end_ <= len(new)


@given(texts())
def test_a_text_is_one_run(text: str) -> None:
    assert runs(text, text) == [(0, 0, len(text))]


def test_lines_are_anchors() -> None:
    lines = [f"line {number} of the text\n" for number in range(50)]
    old = "".join(lines)
    new = "".join(["new\n", *lines[10:20], *lines[:10], *lines[20:30], "new\n", *lines[31:]])
    kept = sum(length for _, _, length in runs(old, new))
    assert kept >= sum(map(len, lines[10:20])) + sum(map(len, (*lines[20:30], *lines[31:])))


# Spans


@given(st.data(), texts())
def test_unchanged_text_keeps_all(data: st.DataObject, text: str) -> None:
    span = data.draw(spans(len(text)))
    assert Anchoring(text, text).place(span) == Place(span, "same")


@given(st.data(), texts(min_size=2), st.text("ΨΩЖ \n", min_size=1, max_size=80))
def test_what_is_put_in_elsewhere_keeps_the_span(data: st.DataObject, text: str, more: str) -> None:
    """The words put in are of no letter of the text, but for spaces."""
    span = data.draw(spans(len(text)))
    where = data.draw(st.integers(0, len(text)).filter(lambda p: p <= span.start or p >= span.end))
    more = f"Ψ{more}Ψ"
    new = text[:where] + more + text[where:]
    found = Anchoring(text, new).place(span)
    shift = len(more) if where <= span.start else 0
    expected = Span(span.start + shift, span.end + shift)
    if found is None or found.span != expected:
        # Words that stand elsewhere too, and around which hardly anything is left; or such whose
        # end was inside a word and is no more, or the other way round.
        assert text.count(span.of(text)) > 1 or where in (span.start, span.end)
        assert found is None or found.span.of(new) == span.of(text)
    else:
        assert found.how in ("same", "moved")


def sentences(random_: random.Random) -> list[str]:
    words = ["denied", "said", "Yerevan", "Baku", "14", "soldiers", "the", "of", "border", "killed"]
    return [" ".join(random_.choices(words, k=12)) + f" {number}.\n" for number in range(40)]


@given(st.integers(0, 10_000))
def test_sentences_taken_out_and_put_in_keep_all_others_exactly(seed: int) -> None:
    random_ = random.Random(seed)
    old = sentences(random_)
    gone = set(random_.sample(range(40), 8))
    new: list[str] = []
    expected: dict[int, int] = {}
    for number, each in enumerate(old):
        if random_.random() < 0.2:
            new.append(f"Something else was added here as number {number}.\n")
        if number not in gone:
            expected[number] = sum(map(len, new))
            new.append(each)
    anchoring = Anchoring("".join(old), "".join(new))
    start = 0
    for number, each in enumerate(old):
        first = random_.randrange(len(each) - 12)
        span = Span(start + first, start + first + random_.randrange(3, 12))
        found = anchoring.place(span)
        if number in expected:
            there = expected[number] + first
            assert found == Place(Span(there, there + len(span)), "same")
        elif found is not None:
            assert found.how == "changed" or found.span.of(anchoring.new) == span.of(anchoring.old)
            assert found.how != "same"
        start += len(each)


@given(st.data(), texts(), texts())
def test_nothing_is_placed_on_other_words_silently(data: st.DataObject, old: str, new: str) -> None:
    span = data.draw(spans(len(old)))
    found = Anchoring(old, new).place(span)
    if found is not None:
        assert found.span.end <= len(new)
        assert found.likeness >= LEAST
        same = found.span.of(new) == span.of(old)
        assert same or found.how == "changed"


def test_moved_paragraph() -> None:
    first, *rest = TEXT.splitlines(keepends=True)
    new = "".join([*rest, first])
    assert placed("denied", new) == Place(at("denied", new, nth=1), "moved")
    assert placed("denied the report", new) == Place(at("denied the report", new), "moved")
    assert placed("denied", new, nth=1) == Place(at("denied", new), "same")


def test_words_that_were_changed() -> None:
    new = TEXT.replace("14 soldiers were killed", "15 soldiers were killed")
    found = placed("14 soldiers", new)
    assert found is not None
    assert (found.span, found.how) == (at("15 soldiers", new), "changed")
    assert LEAST <= found.likeness < 1
    new = TEXT.replace("14 soldiers", "fourteen of the Azerbaijani conscripts")
    assert placed("14 soldiers", new) is None
    new = TEXT.replace("soldiers were killed near", "soldiers were badly killed near")
    found = placed("14 soldiers were killed near the border", new)
    assert found is not None
    assert found.span.of(new) == "14 soldiers were badly killed near the border"
    new = TEXT.replace("Defense said", "Defence  had said")
    found = placed("The Ministry of Defense", new)
    assert found is not None
    assert (found.span.of(new), found.how) == ("The Ministry of Defence", "changed")
    new = TEXT.replace("Yerevan denied it again.\n", "Then Yerevan has denied it again")
    found = placed("Yerevan denied it again.", new)
    assert found is not None
    assert found.span.of(new) == "Yerevan has denied it again"


def test_words_that_are_gone() -> None:
    new = TEXT.replace("Yerevan denied the report.\n", "")
    for words in ("Yerevan", "denied", "the report"):
        assert placed(words, new) is None
    assert placed("Yerevan denied", new, nth=1) == Place(at("Yerevan denied", new), "same")
    assert Anchoring("abc", "").place(Span(0, 3)) is None
    assert Anchoring("abc", "xyz").place(Span(1, 2)) is None


def test_two_places_in_the_same_surroundings() -> None:
    line = "It was said that nobody knew of it, and nobody asked.\n"
    old = f"{line}One.\n{line}"
    new = f"Quite other words.\n{line * 3}And others again.\n"
    span = at("nobody knew", old)
    found = Anchoring(old, new).place(span)
    assert found is None or found.span.of(new) == "nobody knew"
    others = "Here is another line.\nAnd one more of them.\nAnd then the last of all.\n"
    assert (
        Anchoring(f"{line}{others}", f"{others}{line}z\n{line}z").place(at("nobody", line)) is None
    )


def test_long_words_that_stand_in_both_once() -> None:
    old = "aa the Nagorno-Karabakh Republic bb\n"
    new = "cc dd ee ff.\nother line, the Nagorno-Karabakh Republic? No.\nend\n"
    found = Anchoring(old, new).place(at("the Nagorno-Karabakh Republic", old))
    assert found is not None
    assert found.span == at("the Nagorno-Karabakh Republic", new)
    assert Anchoring("x he y", "The cat sat; then he, q").place(Span(2, 4)) is None


def test_not_inside_other_words() -> None:
    old = "One line.\nThey say he left the town in the morning of that day.\n"
    new = "They say; the left the town.\nhe.\n"
    found = Anchoring(old, new).place(at(" he ", old))
    assert found is None or found.how == "changed"


def test_long_text_of_one_line() -> None:
    random_ = random.Random(4)
    words = [
        random_.choice(("the", "of", "and", f"w{random_.randrange(3_000)}")) for _ in range(45_000)
    ]
    other = list(words)
    for place in range(100, 45_000, 1_000):
        other[place] = "corrected"
    old, new = " ".join(words), " ".join(other)
    anchoring = Anchoring(old, new)
    start = len(" ".join(words[:20_500])) + 1
    span = Span(start, start + 40)
    found = anchoring.place(span)
    assert found is not None
    assert (found.how, found.span.of(new)) == ("same", span.of(old))


# Layers


def test_layers_are_carried() -> None:
    layer, now = Layer.of("d", "ada"), Layer.of("e", "ada")

    def annotation(id_: str, *places: Span) -> Annotation:
        return Annotation(id_, layer.id, places, "claim", {"x": 1}, "note", {"m": 1})

    whole = annotation("a", at("Baku"))
    parts = annotation("b", at("14 soldiers"), at("the border"))
    gone = annotation("c", at("Yerevan"))
    met = annotation("m", at("near"), at("border, and"))
    new = TEXT.replace("Yerevan denied the report.\n", "").replace("near the border", "near border")
    found = anchored(
        Anchoring(TEXT, new), now, [whole, annotation("p", at("14"), at("killed")), gone]
    )
    assert [each.how for each in found] == ["same", "same", None]
    first, second = found[0].now, found[1].now
    assert first is not None
    assert second is not None
    assert (first.layer, first.spans, first.attributes, first.note) == (
        *(now.id, (at("Baku", new),), {"x": 1}, "note"),
    )
    assert len(second.spans) == 2
    assert anchored(Anchoring(TEXT, new), now, [parts])[0].was == parts
    close = TEXT.replace("near the border", "nearborder")
    assert anchored(Anchoring(TEXT, close), now, [met])[0].now is None
    links = [
        Relation("r", layer.id, "x", "a", "p", {"y": 2}),
        Relation("s", layer.id, "x", "a", "c"),
        Relation("t", layer.id, "x", "c", "a"),
    ]
    kept, lost = anchored_links(now, found, links)
    assert [(each.source, each.target, each.layer) for each in kept] == [
        (first.id, second.id, now.id)
    ]
    assert kept[0].attributes == {"y": 2}
    assert lost == links[1:]
    again = anchored(Anchoring(TEXT, new), now, [whole])[0].now
    assert again == first
