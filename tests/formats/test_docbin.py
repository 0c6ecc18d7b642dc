"""spaCy's DocBin: out and in, with what its tokens move."""

import json
import zlib
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Entity, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import docbin
from annotator.formats.base import Found, Item, Lost
from annotator.formats.docbin import FORMAT
from tests.formats.rough import (
    articles,
    bytes_of,
    problems,
    read,
)
from tests.formats.test_cas import example, strip, told
from tests.strategies import document_of, texts

spacy: Any = import_module("spacy")  # it says little of its types
tokens: Any = import_module("spacy.tokens")


def docs_in(data: bytes) -> list[Any]:
    bin_ = tokens.DocBin(store_user_data=True).from_bytes(data)
    return list(bin_.get_docs(spacy.blank("xx").vocab))


def moving() -> Article:
    """A span that ends inside a token, with a link to it and one without."""
    document = document_of("Baku-based Yerevan.", language="en")
    layer = Layer.of(document.id, "ada")
    ids = [f"01a20937-fc47-7fb4-9428-be77ff8d26c{number}" for number in range(4)]
    inside = Annotation(ids[0], layer.id, (Span(1, 4),), "actor", {"a": 1}, "note")
    whole = Annotation(ids[1], layer.id, (Span(11, 18),), "actor")
    links = (Relation(ids[2], layer.id, "r", ids[0], ids[1], {"b": True}),)
    return Article(document, (Work(layer, (inside, whole), links),))


def several() -> list[Item]:
    gold = Layer.of((first := example()).document.id, "gold", role="machine", round_=2)
    heads = (Annotator("ada", "Ada"), Entity("e", "Yerevan"))
    return [*heads, replace(first, works=(*first.works, Work(gold))), Article(document_of("x"))]


def test_everything_comes_back() -> None:
    items = several()
    found = read(FORMAT, bytes_of(*items, format_=FORMAT))
    assert problems(found) == []
    assert not isinstance(found, str)
    assert [each.item for each in found if isinstance(each, Found)][:2] == items[:2]
    first, second = articles(found)
    assert isinstance(items[2], Article)
    assert strip(first) == strip(items[2])
    assert first.works[1] == items[2].works[1]
    assert second == items[3]


def test_bytes_are_the_same_each_time() -> None:
    items = several()
    assert bytes_of(*items, format_=FORMAT) == bytes_of(*items, format_=FORMAT)


def test_spacy_reads_what_is_written() -> None:
    doc, other = docs_in(bytes_of(*several(), format_=FORMAT))
    assert sorted(doc.spans) == ["ada 2", "gold (machine) 2"]
    assert [(each.text, each.label_) for each in doc.spans["ada 2"]] == [
        ("Yerevan", "actor"),
        ("denied", "claim"),
        ("14 soldiers were killed.", "claim"),
        ("Baku", "\x01 odd"),
    ]
    assert dict(other.spans) == {}


def test_spans_can_go_to_one_group() -> None:
    article = several()[2]
    doc, *_ = docs_in(bytes_of(article, format_=FORMAT, options={"key": "sc"}))
    assert {key: len(doc.spans[key]) for key in doc.spans} == {"sc": 4}
    (back,) = articles(read(FORMAT, bytes_of(article, format_=FORMAT, options={"key": "sc"})))
    assert len(back.works) == 2


def test_spans_that_move_are_lost_with_all_that_they_have() -> None:
    article = moving()
    *lost, item = docbin.write([article], stream := BytesIO())
    assert item == article
    why = "they were moved to the ends of spaCy's tokens"
    assert lost == [
        Lost(what, count, "Baku-based Yerevan.", why, moved=True)
        for what, count in (("annotations", 1), ("relations", 1), ("attributes", 2), ("notes", 1))
    ]
    (back,) = articles(read(FORMAT, stream.getvalue()))
    inside, _ = back.works[0].annotations
    assert (inside.spans, inside.meta) == ((Span(0, 4),), {"moved": [[1, 4]]})
    assert len(back.works[0].relations) == 1


@pytest.mark.parametrize("language", ["", "en", "no-such", "fa-IR"])
def test_articles_have_the_tokens_of_their_language(language: str) -> None:
    article = Article(document_of("It isn't so.", language=language))
    doc, _ = docs_in(bytes_of(article, article, format_=FORMAT))
    assert ([each.text for each in doc][1:3] == ["is", "n't"]) == (language == "en")


def test_language_can_be_chosen() -> None:
    article = Article(document_of("It isn't so."))
    (doc,) = docs_in(bytes_of(article, format_=FORMAT, options={"language": "en"}))
    assert len(doc) == 5
    with pytest.raises(UserError, match='no rules for the language "qq"'):
        bytes_of(article, format_=FORMAT, options={"language": "qq"})


@settings(max_examples=40)
@given(text=texts())
def test_no_character_is_lost(text: str) -> None:
    (article,) = articles(read(FORMAT, bytes_of(Article(document_of(text)), format_=FORMAT)))
    assert article.document.text == text


def test_heads_that_no_article_comes_for_are_lost() -> None:
    version = TagsetVersion(1, dumps(Tagset("t")))
    found = list(docbin.write([version, Entity("e", "x")], BytesIO()))
    assert found[2:] == [Lost("entities")]


# What strangers write


def stranger(*changes: Any) -> bytes:
    doc = spacy.blank("en")("Baku said\r\nit denied.")
    doc.ents = [doc.char_span(0, 4, "GPE")]
    doc.spans["sc"] = [doc.char_span(0, 4, "GPE"), doc.char_span(14, 20, "denial"), doc[0:0]]
    for change in changes:
        change(doc)
    return bytes(tokens.DocBin(docs=[doc, doc], store_user_data=True).to_bytes())


def test_spans_and_entities_of_others_are_read_once_each() -> None:
    found = read(FORMAT, stranger())
    first, _ = articles(found)
    assert told(first)[0] == [("Baku", "GPE", {}), ("denied", "denial", {})]
    assert [each.layer.annotator for each in first.works] == [""]
    assert problems(found) == ["there is nothing from 0 to 0 in the text"] * 2


@pytest.mark.parametrize("own", [3, "{", "[]", '{"layers": 3}'])
def test_what_is_carried_may_be_nothing_of_ours(own: Any) -> None:
    data = stranger(lambda doc: doc.user_data.__setitem__("annotator", own))
    assert len(articles(read(FORMAT, data))[0].works) == 1


def changed(**parts: Any) -> bytes:
    """A file of ours in which parts of the first layer's record are others."""
    (doc,) = docs_in(bytes_of(moving(), format_=FORMAT))
    own = json.loads(doc.user_data["annotator"])
    own["layers"][0] |= parts
    own["layers"].append(3)
    doc.user_data["annotator"] = json.dumps(own)
    return bytes(tokens.DocBin(docs=[doc], store_user_data=True).to_bytes())


def test_what_is_carried_may_be_broken() -> None:
    found = read(FORMAT, changed(relations=[{"type": "r", "source": "x", "target": "y"}, 3]))
    assert problems(found) == ["one of its ends is not there", "it is no JSON object"]
    ids = [each.id for each in moving().works[0].annotations]
    found = read(FORMAT, changed(annotations=[{"id": ids[0], "note": 3}, {"id": ids[1]}, 3]))
    assert problems(found)[0] == '"note" is not a text'
    (article,) = articles(read(FORMAT, changed(annotator=3)))
    assert [each.layer.annotator for each in article.works] == [""]
    assert len(article.works[0].annotations) == 2


def test_fragments_that_touch_are_annotations_of_their_own() -> None:
    document = document_of("abxcd", language="xx")
    layer = Layer.of(document.id, "ada")
    spans = (Span(0, 1), Span(3, 4))
    article = Article(document, (Work(layer, (Annotation("x", layer.id, spans, "a"),)),))
    (back,) = articles(read(FORMAT, bytes_of(article, format_=FORMAT)))
    assert [each.spans for each in back.works[0].annotations] == [(Span(0, 5),)]
    doc = spacy.blank("xx")("a b c")
    doc.spans["k"] = [tokens.Span(doc, at, at + 2, "l", span_id="same") for at in (0, 1)]
    own = {"id": "d", "sha256": document_of("a b c").sha256}
    row = {"annotator": "ada", "annotations": [{"id": "same"}], "relations": []}
    doc.user_data["annotator"] = json.dumps({**own, "layers": [row]})
    data = bytes(tokens.DocBin(docs=[doc], store_user_data=True).to_bytes())
    (back,) = articles(read(FORMAT, data))
    assert [each.spans for each in back.works[0].annotations] == [(Span(0, 3),), (Span(2, 5),)]


def test_rough_files(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes_of(*several(), format_=FORMAT)
    assert docbin.sniff(data)
    assert not docbin.sniff(b"Yerevan")
    assert "no DocBin" in read(FORMAT, zlib.compress(b"\x80"))
    monkeypatch.setattr(docbin, "LIMIT", 100)
    assert "unpacks to more" in read(FORMAT, data)


def test_rest_of_a_broken_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def failing(doc: Any) -> Any:
        calls.append(doc)
        if len(calls) > 1:
            raise KeyError(doc)
        return {}

    monkeypatch.setattr(docbin, "_own", failing)
    found = read(FORMAT, stranger())
    assert problems(found)[-1] == "the rest can't be read"
    assert len(articles(found)) == 1


def test_a_corpus_that_is_too_large_for_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "MOST", 3)
    with pytest.raises(UserError, match="--document"):
        bytes_of(Article(document_of("ab")), Article(document_of("cd")), format_=FORMAT)
