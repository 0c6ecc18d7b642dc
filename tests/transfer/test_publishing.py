"""What others may read: no words of the texts, no names, and all of it comes together again."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator import transfer
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import inner_id
from annotator.core.model import Annotation, Annotator, Decision, FirstPass, Layer, Setting
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats.base import KEPT_LINES, Source
from annotator.project import Project
from annotator.transfer import Exported, finish, named
from annotator.transfer.publishing import Published, Publishing
from tests.corpora import TEXT, corpora, document, fill, layer, values_of
from tests.strategies import document_of
from tests.transfer.helpers import JSONL, bring, records, whats

TEXTLESS = Publishing(without_text=True)
CLOAKED = Publishing(pseudonyms=True)


def published(project: Project, what: Publishing, layer: str = "all") -> bytes:
    """The project in the own format."""
    stream = io.BytesIO()
    chosen = Exported(layer, publishing=what)
    finish(transfer.export_to(project, JSONL, stream, chosen=chosen))
    return stream.getvalue()


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.split(b"\n") if line]


def stories(data: bytes) -> list[dict[str, Any]]:
    return [each for each in lines(data) if each["record"] == "document"]


PASSAGE = "the Ministry of Defense of the Republic said that the shelling had stopped at dawn"


@pytest.fixture
def talkative(project: Project) -> Project:
    """A project in whose every corner words of the text, and names, stand."""
    article = document_of(
        f"A headline\n{PASSAGE}.",
        note=PASSAGE,
        meta={"file": "a.txt", "path": "/home/mira/a.txt", "bytes": "x", "row": {"body": PASSAGE}},
    )
    own = Layer.of(article.id, "ada", state="done", meta={KEPT_LINES: ["T1"], "by": "mira"})
    other = Layer.of(article.id, "mira")
    when = {"text": "dawn", "from": "2020-09-27", "to": "2020-09-27"}
    span = (Span(0, 10),)
    first = Annotation(
        *(inner_id(own.id, "T1"), own.id, span, "claim", {"when": when}),
        *("Ask MIRA, not admirable", {"origin": [PASSAGE, 1], "layer": other.id}),
    )
    decision = Decision(
        *("d", article.id, {"layers": [own.id, {other.id: first.id}], "quote": PASSAGE}, "take"),
        *({"note": PASSAGE}, "ada", PASSAGE, "as Mira Petrosyan said"),
    )
    with project.bring_in("fill") as intake:
        intake.add(
            inserted(
                [
                    Setting("corpus.authors", "Petrosyan, Mira"),
                    Setting("background.mira", "Mira is a linguist"),
                    Annotator("mira", "Mira Petrosyan", "#ff0000"),
                    Annotator("ada"),
                    *(article, own, other, first, decision),
                    Setting("renamed.mira", "ada"),
                    FirstPass(own.id, (replace(first, note="Mira said so"),)),
                ]
            )
        )
    return project


def test_no_words_of_the_text_are_left(talkative: Project) -> None:
    data = published(talkative, TEXTLESS)
    assert b"headline" not in data
    assert b"shelling" not in data
    (story,) = stories(data)
    assert "text" not in story
    assert (story["title"], story["note"]) == ("", "")
    assert story["meta"] == {"file": "a.txt", "path": "/home/mira/a.txt", "row": {"body": ""}}
    own = next(each for each in story["layers"] if each["annotator"] == "ada")
    assert own["meta"] == {"by": "mira"}
    (first,) = own["annotations"]
    assert "quote" not in first
    assert first["spans"] == [[0, 10]]
    assert first["attributes"]["when"] == {"text": "", "from": "2020-09-27", "to": "2020-09-27"}
    assert first["meta"]["origin"] == ["", 1]
    assert own["first_pass"]["annotations"][0]["meta"] == first["meta"]
    (decision,) = story["decisions"]
    assert (decision["reason"], decision["outcome"]) == ("", {"note": ""})
    assert "quote" not in decision["seen"]


def test_no_names_are_left(talkative: Project) -> None:
    data = published(talkative, CLOAKED)
    key = Published.of(CLOAKED, talkative.read).key
    assert sorted(key) == ["ada", "mira"]
    assert sorted(key.values()) == ["annotator-1", "annotator-2"]
    told = data.decode().replace("Petrosyan, Mira", "").replace("/home/mira", "/home")
    for name in ("ada", "mira", "Mira Petrosyan"):
        assert f'"{name}"' not in told
    (story,) = stories(data)
    assert story["meta"] == {"bytes": "x", "row": {"body": PASSAGE}}
    names = [each["annotator"] for each in story["layers"]]
    assert names == sorted(key.values())
    own = next(each for each in story["layers"] if each["annotations"])
    other = next(each for each in story["layers"] if not each["annotations"])
    assert own["id"] == Layer.of(story["id"], key["ada"]).id
    assert own["meta"] == {KEPT_LINES: ["T1"], "by": key["mira"]}
    (first,) = own["annotations"]
    assert first["note"] == f"Ask {key['mira']}, not admirable"
    assert first["meta"]["layer"] == other["id"]
    (early,) = own["first_pass"]["annotations"]
    assert (early["id"], early["note"]) == (first["id"], f"{key['mira']} said so")
    assert "renamed" not in told
    before = next(
        each for each in values_of(talkative)["annotation"].values() if isinstance(each, Annotation)
    )
    assert first["id"] != before.id  # it was made of the layer's id, and so of the name
    (decision,) = story["decisions"]
    assert decision["by"] == key["ada"]
    assert decision["comment"] == f"as {key['mira']} said"
    assert decision["seen"]["layers"] == [own["id"], {other["id"]: first["id"]}]
    facts = {each["key"]: each["value"] for each in lines(data) if each["record"] == "setting"}
    assert facts == {
        "corpus.authors": "Petrosyan, Mira",
        f"background.{key['mira']}": f"{key['mira']} is a linguist",
    }
    people = [each for each in lines(data) if each["record"] == "annotator"]
    assert [each["name"] for each in people] == sorted(key.values())
    assert all(not each["display"] for each in people)


def test_relations_follow_under_pseudonyms(filled: Project) -> None:
    (story,) = stories(published(filled, CLOAKED))
    ids = {one["id"] for each in story["layers"] for one in each["annotations"]}
    links = [one for each in story["layers"] for one in each["relations"]]
    assert len(links) == 88
    assert all({each["source"], each["target"]} <= ids for each in links)


def test_pseudonyms_are_the_same_each_time_and_others_for_another_seed(filled: Project) -> None:
    assert published(filled, CLOAKED) == published(filled, CLOAKED)
    keys = {
        tuple(Published.of(Publishing(pseudonyms=True, seed=seed), filled.read).key.items())
        for seed in range(20)
    }
    assert len(keys) > 2
    assert Published.of(TEXTLESS, filled.read).key == {}


def test_somebody_whom_nobody_knows_any_more(project: Project) -> None:
    article = document(
        layer(annotator="gold", role="gold"), decisions=[{"id": "x", "action": "none", "by": "zoe"}]
    )
    bring(project, records(Path(str(project.path) + "x"), article))
    (story,) = stories(published(project, CLOAKED))
    assert story["layers"][0]["annotator"] == "gold"
    assert story["decisions"][0]["by"] == ""


def test_folders_of_annotators_have_pseudonyms(filled: Project, tmp_path: Path) -> None:
    job = transfer.export_to(
        filled,
        named("brat", writes=True),
        tmp_path / "b",
        chosen=Exported("all", publishing=CLOAKED),
    )
    finish(job)
    names = sorted(each.name for each in (tmp_path / "b").iterdir())
    assert names == ["annotator-1", "annotator-2", "annotator-3"]


def test_format_that_needs_the_texts(filled: Project, tmp_path: Path) -> None:
    job = transfer.export_to(
        filled,
        named("brat", writes=True),
        tmp_path / "b",
        chosen=Exported("all", publishing=TEXTLESS),
    )
    with pytest.raises(UserError, match='"brat" needs the texts'):
        finish(job)


# Joined again


def kept(project: Project) -> dict[str, Any]:
    found = dict(values_of(project))
    del found["setting"]
    return found


@settings(max_examples=30)
@given(corpus=corpora())
def test_comes_together_again(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("there")
    tagset, values = corpus
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        (folder / "a.jsonl").write_bytes(published(project, TEXTLESS))
        spans = {each.id: each.spans for each in _annotations(project)}
        finish(
            transfer.export_to(
                project, named("text", writes=True), folder / "t", chosen=Exported("all")
            )
        )
        texts = {each.sha256: each.text for each in project.documents()}
    with Project.create(folder / "b.db", who="ada", tagset=dumps(tagset)) as project:
        sources = [Source("a.jsonl", folder / "a.jsonl")]
        sources += [
            Source(each.name, each) for each in (folder / "t").iterdir() if each.stat().st_size
        ]
        report = finish(transfer.import_sources(project, sources, attach=True))
        assert report.problems == ()
        assert {each.sha256: each.text for each in project.documents()} == texts
        assert {each.id: each.spans for each in _annotations(project)} == spans
        assert project.check() == []


def _annotations(project: Project) -> list[Annotation]:
    layers = list(project.read.layers())
    return [each for one in layers for each in project.annotations(layer=one.id)]


def test_joined_to_the_texts_of_the_project(filled: Project, tmp_path: Path) -> None:
    (tmp_path / "o.jsonl").write_bytes(published(filled, TEXTLESS, "mira"))
    with Project.create(tmp_path / "n.db", who="ada") as project:
        text = next(filled.documents()).text
        bring(project, records(tmp_path / "t", document(text=text, title="Mine", id_="mine")))
        report = bring(project, tmp_path / "o.jsonl", attach=True)
        assert (report.documents, report.duplicates, report.annotations) == (0, 1, 81)
        assert report.problems == ()
        (article,) = project.documents()
        assert (article.id, article.title) == ("mine", "Mine")
        assert project.check() == []
    again = bring(filled, tmp_path / "o.jsonl", attach=True)
    assert (again.documents, again.annotations) == (0, 0)


def test_articles_without_texts_that_stay_out(filled: Project, tmp_path: Path) -> None:
    (tmp_path / "o.jsonl").write_bytes(published(filled, TEXTLESS))
    with Project.create(tmp_path / "n.db", who="ada") as project:
        assert whats(bring(project, tmp_path / "o.jsonl")) == [
            "it comes without its text; attach it to the text"
        ]
        (tmp_path / "other.txt").write_text("Something else.\n")
        (tmp_path / "empty.txt").write_bytes(b"")
        files = (tmp_path / "o.jsonl", tmp_path / "other.txt", tmp_path / "empty.txt")
        report = bring(project, *files, attach=True)
        assert report.documents == 0
        assert [each.where for each in report.notes] == ["other.txt"]
        assert "no text has the hash of this article's" in whats(report)[0]
        assert "empty" in whats(report)[1]


def test_hash_that_is_none(project: Project, tmp_path: Path) -> None:
    record = {"record": "document", "id": "d", "sha256": "XYZ"}
    report = bring(
        project, records(tmp_path / "a", record, document(text=TEXT), {"record": "document"})
    )
    assert whats(report) == ['it has no "text", and its "sha256" is no hash', 'it has no "text"']


def test_title_that_is_no_part_of_the_text_stays(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "a", document(layer(), title="Shells fall")))
    project.apply(Edit("x", ()))
    (story,) = stories(published(project, TEXTLESS))
    assert story["title"] == "Shells fall"


def test_project_of_nobody(project: Project, tmp_path: Path) -> None:
    story = document(layer(annotator="gold", role="gold"), note="by ada")
    with project.bring_in("fill", nobodys=True) as intake:
        intake.add(inserted([Setting("hint", "by ada")]))
    finish(
        transfer.import_sources(
            project, [Source("a", records(tmp_path / "a", story))], nobodys=True
        )
    )
    data = published(project, CLOAKED)
    assert {"record": "setting", "key": "hint", "value": "by ada"} in lines(data)
    assert stories(data)[0]["note"] == "by ada"


def test_text_beside_with_notes(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "a", document(layer(), text="One\ntwo\n")))
    (tmp_path / "o.jsonl").write_bytes(published(project, TEXTLESS))
    (tmp_path / "one.txt").write_bytes(b"One\r\ntwo\r\n")
    with Project.create(tmp_path / "n.db", who="ada") as other:
        report = bring(other, tmp_path / "o.jsonl", tmp_path / "one.txt", attach=True)
        assert (report.documents, report.problems, report.notes) == (1, (), ())


@pytest.mark.parametrize("limit", [0, 1_000_000])
def test_texts_of_one_table_of_articles(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("annotator.transfer.attaching._SMALL", limit)
    texts = [f"The text of article {number}, which is long enough." for number in range(5)]
    found = [document(layer(), text=text, id_=f"d{at}") for at, text in enumerate(texts)]
    bring(project, records(tmp_path / "a", *found))
    (tmp_path / "o.jsonl").write_bytes(published(project, TEXTLESS))
    table = "title,text\n" + "".join(f'"T","{text}"\n' for text in texts)
    (tmp_path / "table.csv").write_text(table, "utf-8")
    with Project.create(tmp_path / "n.db", who="ada") as other:
        report = bring(other, tmp_path / "o.jsonl", tmp_path / "table.csv", attach=True)
        assert (report.documents, report.problems) == (5, ())
        assert sorted(each.text for each in other.documents()) == texts
