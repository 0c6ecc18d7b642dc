"""A corrected article: what is carried, what is told, and one edit that undo takes back."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Document
from annotator.formats.base import KEPT_LINES, Note, Source
from annotator.project import Project
from annotator.transfer import correcting, named
from annotator.transfer.correcting import CORRECTS, correct, read_version
from tests.corpora import annotation, document, layer, values_of
from tests.strategies import document_of
from tests.transfer.helpers import GOLD, LINK, bring, records

OLD = (
    "Shelling at dawn\nYerevan denied that it began the shelling of the border.\n"
    "Baku said that 14 soldiers were killed in the night.\nThe Ministry said nothing.\n"
)
NEW = (
    "Shelling at dawn (corrected)\nYerevan denied that it began the shelling of the border.\n"
    "Baku said that 15 soldiers were killed in the night.\n"
)


def span(words: str, id_: str, label: str = "claim") -> dict[str, object]:
    start = OLD.index(words)
    return annotation(id_, start, start + len(words), label)


@pytest.fixture
def one(project: Project, tmp_path: Path) -> Project:
    """An article with the work of two people and a decision."""
    mine = layer(
        span("Yerevan", "a1", "actor"),
        span("it began the shelling", "c1"),
        span("14 soldiers", "n", "casualty"),
        span("The Ministry", "g", "actor"),
        relations=[LINK, {**LINK, "id": "r2", "target": "g"}],
        meta={KEPT_LINES: ["x"], "seed": 1},
    )
    theirs = layer(span("Baku said", "b"), annotator="ben", round=2, state="open")
    story = document(
        *(mine, theirs, layer(annotator="gold", role="gold")),
        text=OLD,
        source="News",
        note="look",
        meta={"file": "old.txt", "row": 3},
        decisions=[{"id": "x", "action": "none"}],
    )
    bring(project, records(tmp_path / "in", story))
    return project


def test_work_is_carried_over(one: Project) -> None:
    version = document_of(NEW, meta={"file": "new.txt"})
    before = values_of(one)
    found = correct(one, "d1", version)
    assert found.counts() == {"same": 3, "moved": 0, "changed": 1, "lost": 1}
    assert found.sentence() == (
        "5 annotations: 3 same, 1 changed, 1 lost; 1 link lost; "
        "1 decision left with the old article."
    )
    assert found.lines() == [
        "changed: ada, casualty at 89: “14 soldiers” → “15 soldiers”",
        "lost: ada, actor at 127: “The Ministry” → no place",
    ]
    new = one.read.document(version.id)
    assert new is not None
    assert new.text == NEW
    assert new.title == "Shelling at dawn (corrected)"
    assert (new.source, new.note) == ("News", "look")
    assert new.meta == {"file": "new.txt", "row": 3, CORRECTS: "d1"}
    layers = {each.annotator: each for each in one.read.layers(document=new.id)}
    assert {name: each.state for name, each in layers.items()} == {
        "ada": "question",
        "ben": "open",
        "gold": "done",
    }
    assert (layers["ben"].round, layers["ada"].meta) == (2, {"seed": 1})
    spans = list(one.annotations(layer=layers["ada"].id))
    assert [each.quote(NEW) for each in spans] == [
        "Yerevan",
        "it began the shelling",
        "15 soldiers",
    ]
    (link,) = one.relations(layer=layers["ada"].id)
    assert (link.source, link.target) == (spans[1].id, spans[0].id)
    assert one.check() == []
    old = one.read.document("d1")
    assert old == before["document"]["d1"]
    one.undo()
    assert values_of(one) == before
    assert one.check() == []


def test_told_as_json_and_dry(one: Project) -> None:
    before = values_of(one)
    told = correct(one, "d1", document_of(NEW), dry=True).as_json()
    assert values_of(one) == before
    assert told["corrects"] == "d1"
    assert told["relations"] == {"kept": 1, "lost": 1}
    assert (told["layers"], told["decisions"]) == (3, 1)
    changed, lost = told["places"]
    assert (changed["how"], changed["was"], changed["now"]) == (
        *("changed", "14 soldiers", "15 soldiers"),
    )
    assert 0.8 <= changed["likeness"] < 1
    assert (lost["how"], lost["now"]) == ("lost", None)


def test_title_of_its_own_stays(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "in", document(text=OLD, title="Mine")))
    found = correct(project, "d1", document_of(NEW))
    assert found.new.title == "Mine"
    assert found.sentence() == "0 annotations: 0 same."


def test_what_is_no_correction(one: Project, tmp_path: Path) -> None:
    for id_, text, said in (
        ("zz", NEW, "no article with the id zz"),
        ("d1", OLD, "is this article's, unchanged"),
    ):
        with pytest.raises(UserError, match=said):
            correct(one, id_, document_of(text))
    other = records(tmp_path / "o", document(text="Other.", id_="d2"))
    bring(one, other)
    with pytest.raises(UserError, match="that of the article d2"):
        correct(one, "d1", document_of("Other."))


def test_file_without_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = replace(named("text"), read=lambda *_: iter([Note("x", "Nothing.")]))
    monkeypatch.setattr(correcting, "format_of", lambda *_: empty)
    with pytest.raises(UserError, match="x holds no article"):
        read_version(Source("x", tmp_path))


def test_version_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_bytes(b"\xef\xbb\xbfOne\r\ntwo")
    found = read_version(Source("new.txt", path))
    assert isinstance(found, Document)
    assert found.text == "One\ntwo"
    with pytest.raises(UserError, match="is jsonl; name a file with an article's text"):
        read_version(Source("gold.jsonl", GOLD))
    (tmp_path / "table.csv").write_text("title,text\n")
    with pytest.raises(UserError, match=r"table\.csv"):
        read_version(Source("table.csv", tmp_path / "table.csv"))
