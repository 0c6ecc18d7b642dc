"""CoNLL-U Plus: the package `conllu`, which knows nothing of us, finds all that was written."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import conllu
from hypothesis import given, settings

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Entity, Layer, Relation, Value
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.formats.base import Item, Lost
from annotator.formats.conllu import FORMAT
from tests.corpora import corpora
from tests.formats.test_conll import article, one_layer
from tests.formats.test_jsonl import items_of
from tests.strategies import document_of

Tokens = list[Any]


def write(items: list[Item]) -> tuple[str, list[Lost]]:
    stream = BytesIO()
    assert FORMAT.to_stream is not None
    losses = [each for each in FORMAT.to_stream(items, stream, {}) if isinstance(each, Lost)]
    return stream.getvalue().decode(), losses


def parsed(out: str) -> Iterator[tuple[dict[str, Any], Tokens]]:
    """The articles: what their comments say, and their tokens."""
    metadata: dict[str, Any] | None = None
    tokens: Tokens = []
    for sentence in conllu.parse(out) if out else ():
        if "newdoc id" in sentence.metadata:
            if metadata is not None:
                yield metadata, tokens
            metadata, tokens = sentence.metadata, []
        tokens += sentence
    if metadata is not None:
        yield metadata, tokens


def value(words: str) -> Any:
    try:
        return json.loads(unquote(words))
    except ValueError:
        return unquote(words)


def text_of(tokens: Tokens) -> str:
    signs = {"s": " ", "n": "\n", "t": "\t"}

    def spaces(words: str) -> str:
        found = ""
        while words:
            wide = words[1] == "u"
            found += chr(int(words[2:6], 16)) if wide else signs[words[1]]
            words = words[6:] if wide else words[2:]
        return found

    pieces = []
    for each in tokens:
        misc = each["misc"]
        pieces.append(spaces(misc.get("SpacesBefore") or ""))
        pieces.append(each["form"])
        after = misc.get("SpacesAfter")
        pieces.append("" if "SpaceAfter" in misc else spaces(after) if after else " ")
    return "".join(pieces)


def annotations(tokens: Tokens) -> dict[str, tuple[str, list[list[int]]]]:
    """Label and runs of places by number."""
    found: dict[str, tuple[str, list[list[int]]]] = {}
    last: dict[str, int] = {}
    for index, each in enumerate(tokens):
        marks = each["annotator:span"].split(";") if each["annotator:span"] != "*" else []
        for mark in marks:
            number, _, label = mark.partition(":")
            start, end = int(each["misc"]["start_char"]), int(each["misc"]["end_char"])
            _, runs = found.setdefault(number, (unquote(label), []))
            if last.get(number) == index - 1:
                runs[-1][1] = end
            else:
                runs.append([start, end])
            last[number] = index
    return found


def known(tokens: Tokens) -> dict[str, Any]:
    """Everything else that MISC says."""
    return {
        unquote(key): value(words)
        for each in tokens
        for key, words in each["misc"].items()
        if key.startswith(("Span", "Link"))
    }


@settings(max_examples=60)
@given(corpora())
def test_all_is_found_or_lost(corpus: tuple[Tagset, list[Value]]) -> None:
    items = one_layer(items_of(*corpus))
    out, losses = write(items)
    before = [each for each in items if isinstance(each, Article)]
    gone = [each for each in losses if each.what == "articles"]
    found = {metadata["newdoc id"]: tokens for metadata, tokens in parsed(out)}
    assert len(found) == len(before) - len(gone)
    lacking = 0
    for each in before:
        tokens = found.get(each.document.id)
        notes = [note for work in each.works for note in work.annotations]
        if tokens is None:
            lacking += len(notes)
            continue
        assert text_of(tokens) == each.document.text
        more = known(tokens)
        there = annotations(tokens)
        ids = {more[f"Span{number}.id"]: number for number in there}
        for note in notes:
            number = ids.get(note.id)
            runs = [[span.start, span.end] for span in note.spans]
            lacking += number is None or there[number] != (note.label, runs)
            if number is not None:
                _same(note, f"Span{number}", more)
    assert lacking == sum(loss.count for loss in losses if loss.what == "annotations")


def _same(note: Annotation, key: str, more: dict[str, Any]) -> None:
    for name, one in note.attributes.items():
        assert more[f"{key}:{name}"] == one
    assert more.get(f"{key}.note", "") == note.note
    assert more.get(f"{key}.meta", {}) == note.meta


def test_links_attributes_and_names() -> None:
    document = document_of("Baku denies it. Yerevan says so.")
    layer = Layer.of(document.id, "ada", meta={"lines": {}})
    actor = Annotation("a", layer.id, (Span(0, 4),), "actor", {"entity": ["e"], "low": "14"})
    claim = Annotation("c", layer.id, (Span(5, 11), Span(24, 28)), "a claim", {"x=y": "a=b|c"})
    blank = Annotation("b", layer.id, (Span(4, 5),), "actor", {"low": 1}, "n")
    links = (
        Relation("r", layer.id, "source", "c", "a", {"implied": True}),
        Relation("s", layer.id, "source", "b", "a", {"implied": True}),
        Relation("t", layer.id, "source", "b", "c"),
    )
    work = Work(layer, (actor, claim, blank), links)
    out, losses = write([Entity("e", "Azerbaijan"), Article(document, (work,))])
    ((metadata, tokens),) = parsed(out)
    assert annotations(tokens) == {"1": ("actor", [[0, 4]]), "2": ("a claim", [[5, 11], [24, 28]])}
    assert known(tokens) == {
        "Span1.id": "a",
        "Span1:entity": ["e"],
        "Span1:low": "14",
        "Span1.entities": ["Azerbaijan"],
        "Span2.id": "c",
        "Span2:x=y": "a=b|c",
        "Link1": "source:2>1",
        "Link1:implied": True,
    }
    assert metadata["text"] == document.text  # one sentence, because a span goes across two
    assert [each.what for each in losses] == [
        *("annotations", "attributes", "notes"),
        *("relations", "attributes", "relations"),
    ]


def test_fragments_that_only_white_space_parts_are_one() -> None:
    made = article(text="a  b c")
    note = Annotation("x", made.works[0].layer.id, (Span(0, 1), Span(3, 4)), "actor")
    part = Annotation("y", made.works[0].layer.id, (Span(1, 4), Span(5, 6)), "actor")
    _, losses = write([Article(made.document, (Work(made.works[0].layer, (note, part)),))])
    assert [each.what for each in losses] == [
        *("annotations", "annotations in several fragments"),
        *("annotations", "annotations in several fragments"),
    ]


def test_an_article_of_white_space_is_lost() -> None:
    out, losses = write([article((0, 1, "claim"), text=" \n")])
    assert out.count("\n") == 1
    assert [each.what for each in losses] == ["articles", "details of layers", "annotations"]
    bare = document_of(" ", note="n")
    layer = Layer.of(bare.id, "ada")
    note = Annotation("x", layer.id, (Span(0, 1),), "claim", {"a": 1})
    assert [each.what for each in write([Article(bare, (Work(layer),))])[1]] == [
        *("articles", "article details", "layers without annotations"),
    ]
    assert len(write([Article(bare, (Work(layer, (note,)),))])[1]) == 4
