"""Prodigy's records: as Prodigy writes them, and ours there and back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.model import Annotator, Decision, Entity, Layer, Setting
from annotator.core.span import Span
from annotator.formats.base import Found, Item, Lost
from annotator.formats.prodigy import FORMAT
from tests.formats.foreign import (
    TEXT,
    YEREVAN,
    article,
    articles,
    notes,
    places,
    read,
    whats,
    work,
    written,
)

TOKENS = [
    {"text": "A", "start": 0, "end": 1, "id": 0, "ws": True},
    {"text": "hit", "start": 2, "end": 5, "id": 1, "ws": True},
    {"text": "B", "start": 6, "end": 7, "id": 2, "ws": False},
]
SPANS = [
    {"start": 0, "end": 1, "token_start": 0, "token_end": 0, "label": "ORG"},
    {"start": 2, "end": 7, "token_start": 1, "token_end": 2, "label": "EVENT"},
]


def record(**more: Any) -> dict[str, Any]:
    found = {"text": "A hit B", "_input_hash": 1, "tokens": TOKENS, "spans": SPANS}
    return {**found, "answer": "accept", "_session_id": "news-mira", **more}


def lines(*found: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(each).encode() for each in found)


def test_records_of_one_article_are_layers_of_it() -> None:
    data = lines(
        record(),
        record(_annotator_id="news-lev", spans=[]),
        record(text="Other."),
        record(_session_id="news-ada"),
    )
    found = read(FORMAT, data, dataset="news")
    first, other, again = articles(found)
    assert [each.layer.annotator for each in first.works] == ["mira", "lev"]
    assert places(found)[:2] == [(0, 1, "ORG"), (2, 7, "EVENT")]
    assert first.document.id == again.document.id != other.document.id
    assert first.document.text == "A hit B"


def test_two_records_of_one_annotator_stay_two() -> None:
    first, second = articles(read(FORMAT, lines(record(), record(spans=SPANS[:1]))))
    assert first.document.id == second.document.id
    assert second.works[0].annotations == first.works[0].annotations[:1]


def test_only_some_articles_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.prodigy._REMEMBERED", 1)
    data = lines(record(), record(text="Other."), record())
    first, _, again = articles(read(FORMAT, data))
    assert first.document.id != again.document.id


@pytest.mark.parametrize(
    ("session", "name"),
    [("2024-01-02_03-04-05", ""), ("news-2024-01-02_03-04-05", ""), ("gold", "gold"), (None, "")],
)
def test_who_did_it(session: str | None, name: str) -> None:
    (one,) = articles(read(FORMAT, lines(record(_session_id=session))))
    assert one.works[0].layer.annotator == name
    assert one.works[0].layer.role == ("gold" if name else "annotator")


def test_answers() -> None:
    found = read(FORMAT, lines(record(answer="reject"), {"text": "Plain.", "meta": {"a": 1}}))
    assert notes(found) == ['Its answer is "reject", so its spans stay out.']
    assert [each.works for each in articles(found)] == [(), ()]
    assert articles(found)[1].document.meta == {"a": 1}
    found = read(FORMAT, lines({"text": "T.", "label": "POS", "answer": "accept"}))
    assert whats(found) == ['its "label" is about the whole article, so it stays out']


@pytest.mark.parametrize(
    ("link", "ends"),
    [
        ({"head": 2, "child": 0}, (1, 0)),
        ({"head": 2, "child": 0, "head_span": {"start": 2, "end": 7, "label": "EVENT"}}, (1, 0)),
        ({"head_span": SPANS[0], "child_span": {**SPANS[1], "label": None}}, (0, 1)),
    ],
)
def test_relations_by_token_or_place(link: dict[str, Any], ends: tuple[int, int]) -> None:
    (one,) = articles(read(FORMAT, lines(record(relations=[{"label": "by", **link}]))))
    (its,) = one.works
    (relation,) = its.relations
    assert relation.type == "by"
    assert (relation.source, relation.target) == tuple(its.annotations[at].id for at in ends)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"relations": [{"label": "by", "head": 9, "child": 0}]}, "there is no span at its head"),
        ({"relations": [{"label": "by", "head": 0, "child": 0}]}, "it links a span to itself"),
        ({"relations": [{"label": "", "head": 0, "child": 1}]}, "it has no label"),
        ({"relations": [{"head": 0, "child": 1}]}, 'it has no "label"'),
        ({"relations": [3]}, "it is no JSON object"),
        ({"relations": 3}, '"relations" is no list'),
        ({"spans": [{"start": 0, "end": 99, "label": "X"}]}, "there is nothing from 0 to 99"),
        ({"spans": [{"start": 5, "end": 5, "label": "X"}]}, "there is nothing from 5 to 5"),
        ({"spans": [{"start": "0", "end": 1}]}, 'its "start" and "end" are not whole numbers'),
        ({"spans": [{"start": 0, "end": True}]}, 'its "start" and "end" are not whole numbers'),
        ({"spans": [{"start": 0, "text": "A"}]}, "whole numbers"),
        ({"spans": [7]}, "it is no JSON object"),
        ({"spans": [{"start": 0, "end": 1, "label": ""}]}, "it has no label"),
        ({"spans": [{"start": 0, "end": 1}]}, 'it has no "label"'),
        ({"spans": [{"start": 0, "end": 1, "text": "hit", "label": "X"}]}, "its words do not"),
        ({"tokens": [{"start": 0, "end": 1}]}, 'its "tokens" are not told'),
        ({"text": None}, '"text" is not a text'),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, Any], what: str) -> None:
    found = read(FORMAT, lines(record(**more), record()))
    assert any(what in each for each in whats(found))
    assert places(found)[-2:] == [(0, 1, "ORG"), (2, 7, "EVENT")]


def test_a_line_that_is_no_json() -> None:
    assert len(whats(read(FORMAT, b'{"text": 3\n[]\n' + lines(record())))) == 2


def test_the_unit_is_found_by_the_tokens() -> None:
    tokens = [{"text": "🙂", "start": 0, "end": 2}, {"text": "B", "start": 2, "end": 3}]
    found = read(
        FORMAT, lines({"text": "🙂B", "tokens": tokens, "spans": [{**tokens[1], "label": "X"}]})
    )
    assert places(found) == [(1, 2, "X")]
    assert notes(found) == ["Its offsets count UTF-16 units."]


def test_what_prodigy_finds_in_our_records() -> None:
    data, _ = written(FORMAT, [article(work("ada"), work("gold", role="gold", linked=False))])
    first, second = map(json.loads, data.splitlines())
    assert first["_annotator_id"] == first["_session_id"] == "ada"
    assert (first["answer"], second["_annotator_id"]) == ("accept", "gold")
    assert "tokens" not in second
    tokens = first["tokens"]
    assert all(TEXT[each["start"] : each["end"]] == each["text"] for each in tokens)
    rebuilt = "".join(each["text"] + " " * each["ws"] for each in tokens)
    assert rebuilt == TEXT
    for span in first["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]  # the last one, included
        assert TEXT[span["start"] : span["end"]] == span["text"]
    (link,) = first["relations"]
    assert (link["label"], link["head_span"]["label"]) == ("source", "denial")
    assert tokens[link["child"]]["end"] == YEREVAN.end


@given(st.text("a. \n\t\u00a0🙂", max_size=12))
@example("a  b")
@example(" a")
@example(" ")
def test_tokens_give_the_text_back(text: str) -> None:
    """As spaCy joins them: each, and a space behind it if it has one."""
    data, _ = written(FORMAT, [article(Work(Layer.of("d", "ada")), text=text)], tokens="all")
    tokens = json.loads(data).get("tokens", [])
    assert "".join(each["text"] + " " * each["ws"] for each in tokens) == text
    assert all(text[each["start"] : each["end"]] == each["text"] for each in tokens)


def test_tokens_everywhere_and_where_a_span_cuts_one() -> None:
    one = work(linked=False)
    cut = replace(one.annotations[1], spans=(Span(YEREVAN.start, YEREVAN.end - 1),))
    shown = Work(one.layer, (*one.annotations[:1], cut))
    data, _ = written(FORMAT, [article(shown, text=TEXT + "\n\n  x")], tokens="all")
    found = json.loads(data)
    assert "token_start" not in found["spans"][1]
    assert [each["text"] for each in found["tokens"]][-3:] == [".", "\n\n  ", "x"]
    data, _ = written(FORMAT, [article(text="")], tokens="all")
    assert articles(read(FORMAT, data)) == [article(text="")]
    data, _ = written(FORMAT, [article(work(linked=False), text="")], tokens="all")
    assert "tokens" not in json.loads(data)


@pytest.mark.parametrize("tokens", ["linked", "all"])
def test_ours_there_and_back(tokens: str) -> None:
    whole = article(
        work("ada"),
        work("Эва", state="question"),
        work("b", state="open"),
        work("m", role="machine", round_=2),
    )
    decision = Decision("x", whole.document.id, {"a": 1}, "take", by="Эва")
    whole = replace(whole, decisions=(decision,))
    heads: list[Item] = [Setting("guidelines", "g"), Annotator("ada", "Ada"), Entity("e", "Baku")]
    data, lost = written(FORMAT, [*heads, whole], tokens=tokens)
    assert lost == []
    found = read(FORMAT, data)
    assert [each.item for each in found if isinstance(each, Found)][:3] == heads
    assert [_bare(each) for each in articles(found)] == [_bare(whole)]


def _bare(one: Article) -> Any:
    works = [
        (each.layer, [replace(it, layer="") for it in each.annotations],
         [replace(it, layer="") for it in each.relations])
        for each in one.works
    ]  # fmt: skip
    return one.document, works, one.decisions


def test_what_no_article_came_for_is_lost() -> None:
    _, lost = written(FORMAT, [Annotator("ada"), Annotator("b", "B"), Entity("e", "E")])
    assert lost == [Lost("details of annotators"), Lost("entities")]


def test_another_persons_answer_to_our_record() -> None:
    """Somebody worked on what we had written: it is their layer, and nothing has its id of ours."""
    record_ = json.loads(written(FORMAT, [article(work("ada"))])[0])
    record_ |= {"_annotator_id": "mira", "_session_id": "mira"}
    (one,) = articles(read(FORMAT, lines(record_)))
    (its,) = one.works
    assert its.layer == Layer.of(one.document.id, "mira", state="done")
    ours = work("ada")
    assert {each.id for each in its.annotations}.isdisjoint(each.id for each in ours.annotations)
    assert [each.attributes for each in its.annotations] == [
        each.attributes for each in ours.annotations
    ]


def test_a_changed_text_is_another_article() -> None:
    record_ = json.loads(written(FORMAT, [article(work("ada"))])[0])
    (one,) = articles(read(FORMAT, lines({**record_, "text": TEXT + " More."})))
    assert one.document.id != article().document.id


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("title", 3, '"title" is not a text'),
        ("before", 3, '"before" is no list'),
        ("before", [{"kind": "x"}], '"x" is no kind of record'),
        ("decisions", [{}], 'it has no "id"'),
        ("layer", {"annotator": 3}, '"annotator" is not a text'),
    ],
)
def test_what_is_carried_may_be_broken(key: str, value: Any, what: str) -> None:
    record_ = json.loads(written(FORMAT, [article(work("ada"))])[0])
    record_["annotator"][key] = value
    record_ |= {"_annotator_id": None, "_session_id": None}
    assert any(what in each for each in whats(read(FORMAT, lines(record_))))


def test_spans_that_were_moved_or_doubled_in_the_tool() -> None:
    record_ = json.loads(written(FORMAT, [article(work("ada", linked=False))])[0])
    record_["spans"][0]["end"] += 1
    record_["spans"][0]["text"] = ""
    record_["spans"].append(record_["spans"][1])
    record_["spans"].append({**record_["spans"][1], "annotator": {"id": ""}})
    first, *rest = articles(read(FORMAT, lines(record_)))[0].works[0].annotations
    assert len(first.spans) == 1  # the fragments were of the old place
    assert len({each.id for each in rest}) == 3
    record_["spans"] = [{**record_["spans"][0], "annotator": {"spans": [[5, 2]]}}]
    assert whats(read(FORMAT, lines(record_))) == ["there is no span from 5 to 2"]


def test_told_by_its_content() -> None:
    assert FORMAT.sniff is not None
    assert FORMAT.sniff(lines(record()), "a.jsonl")
    assert FORMAT.sniff(b"[" + lines(record()) + b"]", "a.json")
    assert not FORMAT.sniff(b'{"text": "spans"}', "a.jsonl")
    assert FORMAT.sniff(written(FORMAT, [article()])[0], "a.jsonl")
