"""Corpora into a project and out of it: nothing is lost, nothing is half done, all is named."""

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import paths, sample, transfer
from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Tagset, dumps, loads
from annotator.formats.base import Article, Format, Found, Source, Work
from annotator.project import Project
from annotator.transfer import Exported, Imported, ImportReport, finish, named
from annotator.transfer import importing as importing_module
from annotator.transfer.report import ExportReport, Progress
from tests.corpora import HEAD, TEXT, annotation, corpora, document, fill, layer, values_of, write
from tests.rows import looked_at
from tests.strategies import Gesture, document_of, done, edit_of, gestures

JSONL = named("jsonl", writes=True)
GOLD = paths.resources() / "sample" / "gold.jsonl"
LINK = {"id": "r1", "type": "source", "source": "c1", "target": "a1"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.db", who="ada") as project:
        yield project


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Project]:
    sample.build(tmp_path / "s.db")
    with Project.open(tmp_path / "s.db") as project:
        yield project


def bring(project: Project, *files: Path | Source, **options: Any) -> ImportReport:
    sources = [Source(each.name, each) if isinstance(each, Path) else each for each in files]
    return finish(transfer.import_sources(project, sources, **options))


def records(path: Path, *found: Any) -> Path:
    return write(path.with_suffix(".jsonl"), HEAD, *found)


def whats(report: ImportReport) -> list[str]:
    return [each.what for each in report.problems]


def export(project: Project, target: Path, layer_: str = "all", **more: Any) -> ExportReport:
    chosen = Exported(layer_, more.pop("documents", ()))
    return finish(transfer.export_to(project, JSONL, target, chosen=chosen, **more))


# There and back


@settings(max_examples=40)
@given(corpora())
def test_every_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("there")
    tagset, values = corpus
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        export(project, folder / "all.jsonl")
        before = values_of(project)
    with Project.create(folder / "b.db", who="ada") as project:
        report = bring(project, folder / "all.jsonl")
        assert (report.problems, report.added) == ((), ())
        after = values_of(project)
        if "1" not in before["tagset"]:
            after["tagset"].pop("1")  # the one that a new project begins with
        assert after == before
        assert project.check() == []
        state = looked_at(project.path)
        again = bring(project, folder / "all.jsonl")
        assert (again.documents, again.annotations, again.problems) == (0, 0, ())
        assert again.duplicates == report.documents
        assert looked_at(project.path) == state


@settings(max_examples=15)
@given(st.lists(gestures(), max_size=40))
def test_work_comes_back(tmp_path_factory: pytest.TempPathFactory, work: list[Gesture]) -> None:
    folder = tmp_path_factory.mktemp("work")
    with Project.create(folder / "a.db", who="ada") as project:
        for gesture in work:
            if not _is_twin(project, edit_of(project, gesture)):
                done(project, gesture)
        if project.read.annotator("ada") is None:
            return
        export(project, folder / "all.jsonl")
        before = values_of(project)
    with Project.create(folder / "b.db", who="ada") as project:
        bring(project, folder / "all.jsonl")
        assert values_of(project) == before
        assert project.check() == []
        project.undo()
        assert project.read.counts() == dict.fromkeys(project.read.counts(), 0)
        assert project.check() == []
        project.redo()
        assert values_of(project) == before
        assert project.check() == []


def _is_twin(project: Project, edit: Edit | None) -> bool:
    """Whether an article with this text is there: an import would take both for one."""
    added = [each.after for each in edit.touched("document")] if edit else []
    known = {each.sha256 for each in project.documents()}
    return any(getattr(each, "sha256", "") in known for each in added)


def test_older_versions_of_the_tag_set_come_back(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.db", who="ada") as project:
        bring(project, records(tmp_path / "a", document(layer(annotation("x", 0, 7)))))
        newer = replace(project.tagset, version=2, labels=project.tagset.labels[:1], relations=())
        with project.bring_in("newer") as intake:
            version = next(project.read.tagsets())
            row = replace(version, version=2, toml=dumps(newer))
            intake.add(Edit("", _inserted(row)).changes)
        assert [each.name for each in project.tagset.labels] == ["claim"]
        export(project, tmp_path / "all.jsonl")
        before = values_of(project)
    with Project.create(tmp_path / "b.db", who="ada") as project:
        report = bring(project, tmp_path / "all.jsonl")
        assert (report.problems, report.added) == ((), ())  # version 1 allows what version 2 lacks
        assert values_of(project) == before


def _inserted(value: Any) -> Any:
    from annotator.core.edits import inserted

    return inserted([value])


# One edit, or nothing


def test_an_import_is_one_edit(project: Project, tmp_path: Path) -> None:
    heard: list[Edit] = []
    project.subscribe(heard.append)
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(name)
    sources = transfer.sources([tmp_path / "in"], but=project.path)
    report = finish(transfer.import_sources(project, sources))
    assert report.documents == 3
    assert [each.name for each in heard] == ["import 3 files"]
    assert len(heard[0].changes) == 3
    assert project.undo_name == "import 3 files"
    project.undo()
    assert project.read.count_documents() == 0
    project.redo()
    assert project.read.count_documents() == 3
    assert project.check() == []


def test_nobodys_import_is_passed_by_by_undo(filled: Project) -> None:
    assert filled.undo_name == ""
    assert filled.check() == []


def test_nothing_new_leaves_no_trace(filled: Project) -> None:
    state = looked_at(filled.path)
    journal = list(filled.read.journal())
    assert bring(filled, sample.source().path or Path()).duplicates == 1
    assert looked_at(filled.path) == state
    assert list(filled.read.journal()) == journal


def test_cancelled_import_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    sources = transfer.sources([tmp_path / "a.txt", tmp_path / "b.txt"], but=project.path)
    job = transfer.import_sources(project, sources)
    assert next(job) == Progress(0, 2, str(tmp_path / "a.txt"))
    assert next(job).done == 1
    with pytest.raises(UserError, match="An import is running"):
        project.apply(verbs.add_entity("x"))
    job.close()
    assert list(project.read.journal()) == []
    project.apply(verbs.add_entity("x"))


def test_interrupted_import_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finish(transfer.import_sources(project, [Source("a", tmp_path / "a.txt")]), tell=interrupt)
    assert list(project.read.journal()) == []


def test_large_import_is_written_in_batches(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.transfer.batch._VALUES", 5)
    monkeypatch.setattr(importing_module, "_EVERY", 10)
    heard: list[Edit] = []
    project.subscribe(heard.append)
    articles = [
        document(
            layer(
                annotation(f"c{number}", 0, 7, "claim"),
                annotation(f"a{number}", 1, 7),
                annotation(f"new{number}", 2, 7, "place" if number < 10 else "time"),
                relations=[
                    {**LINK, "id": f"r{number}", "source": f"c{number}", "target": f"a{number}"}
                ],
            ),
            text=f"{TEXT} {number}",
            id_=f"d{number}",
        )
        for number in range(300)
    ]
    seen: list[Progress] = []
    path = records(tmp_path / "a", *articles)
    job = transfer.import_sources(project, [Source("a", path)])
    report = finish(job, seen.append)
    assert (report.documents, report.annotations, report.relations) == (300, 900, 300)
    assert report.added == ("place", "time")
    assert [each.done for each in seen] == sorted(each.done for each in seen)
    assert 0 < seen[3].done < seen[-1].done == path.stat().st_size
    assert [(each.name, each.changes) for each in heard] == [("import a", ())]  # too many to tell
    assert project.tagset.label("time")
    assert {each.tagset for each in project.read.layers()} == {2}
    assert len(list(project.read.tagsets())) == 2
    assert project.check() == []
    project.undo()
    assert project.read.count_documents() == 0
    assert len(list(project.read.tagsets())) == 1
    assert project.tagset.label("time") is None
    assert project.check() == []
    project.redo()
    assert project.read.counts()["annotation"] == 900
    assert project.check() == []


def test_read_only_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project.create(tmp_path / "p.db").close()
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr("annotator.store.file.prepare", lambda _: "the file is read-only")
    with Project.open(tmp_path / "p.db") as project, pytest.raises(UserError, match="read-only"):
        bring(project, tmp_path / "a.txt")


# What is there already


def test_same_text_under_another_id(filled: Project, tmp_path: Path) -> None:
    article = next(filled.documents())
    other = document(layer(annotation("x", 0, 37), annotator="zoe"), text=article.text, id_="other")
    report = bring(filled, records(tmp_path / "a", other))
    assert (report.documents, report.duplicates, report.annotations) == (0, 1, 1)
    assert article.id in report.notes[0].what
    (own,) = (each for each in filled.read.layers() if each.annotator == "zoe")
    assert own.document == article.id
    assert filled.check() == []


def test_same_text_twice_in_one_import(project: Project, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("same" if name < "c" else "other")
    report = bring(project, *(tmp_path / f"{name}.txt" for name in "abc"))
    assert (report.documents, report.duplicates) == (2, 1)
    assert report.notes[0].where == "b.txt"
    assert report.sentence() == "Imported 2 articles; 1 there already."


def test_same_id_with_another_text(filled: Project, tmp_path: Path) -> None:
    article = next(filled.documents())
    other = document(layer(annotation("x", 0, 7)), id_=article.id)
    fresh = document(id_="fresh")
    report = bring(filled, records(tmp_path / "a", other, fresh))
    assert whats(report) == ["the project has another text under this article's id"]
    assert (report.documents, report.annotations) == (1, 0)


def test_same_id_with_another_text_in_one_file(project: Project, tmp_path: Path) -> None:
    report = bring(project, records(tmp_path / "a", document(), document(text="other")))
    assert whats(report) == ["the project has another text under this article's id"]
    assert report.documents == 1


def test_what_differs_stays_as_the_project_has_it(project: Project, tmp_path: Path) -> None:
    entity = {"record": "entity", "id": "e", "name": "Yerevan"}
    person = {"record": "annotator", "name": "ada", "color": "#112233"}
    setting = {"record": "setting", "key": "k", "value": "1"}
    decision = {"id": "x", "action": "none"}
    marked = [annotation("c1", 0, 7, "claim"), annotation("a1", 0, 7)]
    first = document(layer(*marked, relations=[LINK]), decisions=[decision])
    bring(project, records(tmp_path / "a", entity, person, setting, first))
    before = values_of(project)
    changed = document(
        layer(
            {**marked[0], "note": "!"},
            marked[1],
            relations=[{**LINK, "attributes": {"implied": True}}],
            state="open",
        ),
        decisions=[{**decision, "by": "ada"}],
        note="!",
    )
    report = bring(
        project,
        records(
            tmp_path / "b",
            {**entity, "side": "!"},
            {**person, "color": "#000000", "display": "Ada"},
            {**setting, "value": "2"},
            changed,
        ),
    )
    assert whats(report) == [
        "the project has another entity with this id",
        "the project has another annotator with this id",
        "the project has another setting with this id",
        "the project has this article with other details, which stay",
        "the project has this layer already, as done, which stays",
        "the project has another annotation with this id",
        "its source c1 does not exist"
        if report.problems[6].what.startswith("its")
        else "the project has another relation with this id",
        "the project has another decision with this id",
    ]
    after = values_of(project)
    shown = after["annotator"].pop("ada")
    assert (getattr(shown, "display", ""), getattr(shown, "color", "")) == ("Ada", "#112233")
    before["annotator"].pop("ada")
    assert after == before
    with pytest.raises(UserError, match="Nothing was imported"):
        bring(project, tmp_path / "b.jsonl", strict=True)


def test_settings_of_the_file_itself_stay_out(project: Project, tmp_path: Path) -> None:
    own = [
        {"record": "setting", "key": key, "value": "x"} for key in ("id", "annotator", "handoff")
    ]
    mine = {"record": "setting", "key": "k", "value": "x"}
    bring(project, records(tmp_path / "a", *own, mine, {**mine, "value": "y"}))
    found = {each.key: each.value for each in project.read.settings()}
    assert found.pop("id") != "x"
    assert found == {"k": "y"}


def test_deleted_annotation_comes_again(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(layer(annotation("x", 0, 7))))
    bring(project, path)
    found = project.read.annotation("x")
    assert found is not None
    project.apply(verbs.remove([found], []))
    assert bring(project, path).annotations == 1
    assert project.check() == []


# What can't come in


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (layer(annotator="all"), 'The name "all" is reserved; choose another'),
        (layer(annotator=" x"), "A name cannot be empty or have spaces around it"),
        (layer(annotator="gold"), 'the name "gold" is reserved for the role'),
        (layer(layer()["annotations"]), "it is no JSON object"),
        (layer(annotation("x", 0, 7, " actor")), '" actor" is no name for a label'),
        (layer(annotation("x", 0, 7, attributes={"entity": "e"})), '"e" is no value'),
        (layer(annotation("x", 0, 7, attributes={"entity": ["e"]})), "has no entity e"),
        (layer(annotation("x", 0, 7, attributes={"tone": None})), 'has no attribute "tone"'),
        (layer(annotation("x", 0, 7, attributes={"tone": [1, "a"]})), 'has no attribute "tone"'),
        (layer(annotation("x", 0, 7, attributes={"tone\n": 1})), "has no attribute"),
        (
            layer(annotation("x", 0, 7, "claim", attributes={"topic": "weather"})),
            '"weather" is no value for the attribute "topic"',
        ),
        (layer(annotation("x", 0, 7), annotation("x", 1, 7)), "another annotation with this id"),
        (layer(relations=[LINK]), "its source c1 does not exist"),
        (
            layer(
                annotation("a1", 0, 7),
                relations=[{**LINK, "source": "a1", "target": "a1"}],
            ),
            "it links a span to itself",
        ),
        (
            layer(annotation("c1", 0, 7), annotation("a1", 0, 7), relations=[LINK]),
            '"source" cannot have a actor as its source',
        ),
        (
            layer(
                annotation("c1", 0, 7, "claim"),
                annotation("a1", 0, 7),
                relations=[{**LINK, "type": "source "}],
            ),
            '"source " is no name for a relation',
        ),
        (
            layer(
                annotation("c1", 0, 7, "claim"),
                annotation("a1", 0, 7),
                relations=[{**LINK, "attributes": {"implied": "x"}}],
            ),
            '"x" is no value for the attribute "implied"',
        ),
    ],
)
def test_what_cannot_come_in_is_named(
    project: Project, tmp_path: Path, broken: dict[str, Any], what: str
) -> None:
    good = layer(annotation("good", 0, 7), annotator="eva")
    path = records(tmp_path / "a", document(broken, good))
    report = bring(project, path)
    assert any(what in each for each in whats(report)), whats(report)
    assert report.problems[0].where.startswith("a.jsonl, line 2, ")
    assert project.read.annotation("good") is not None
    assert project.check() == []
    again = bring(project, path)
    assert len(again.problems) == len(report.problems)
    with Project.create(tmp_path / "strict.db") as other:
        with pytest.raises(UserError, match=r"Nothing was imported\. a\.jsonl, line 2"):
            bring(other, path, strict=True)
        assert list(other.read.journal()) == []


def test_relation_across_layers(project: Project, tmp_path: Path) -> None:
    one = layer(annotation("c1", 0, 7, "claim"))
    other = layer(annotation("a1", 0, 7), annotator="eva", relations=[LINK])
    report = bring(project, records(tmp_path / "a", document(one, other)))
    assert whats(report) == ["its source c1 belongs to another layer"]


def test_plug_in_that_gives_what_no_project_can_have(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = document_of("Yerevan")
    own = Layer.of("good", "ada")
    beyond = Annotation("x", own.id, (Span(0, 9),), "actor")
    found = (
        TagsetVersion(2, "="),
        Annotator("all"),
        Article(replace(good, id="bad", sha256="0" * 64)),
        Article(replace(good, id="good"), (Work(own, (beyond,)),)),
    )
    plug = Format(
        *("plug", "a plug-in", (), frozenset()),
        read=lambda source, _: iter([Found(source.name, each) for each in found]),
    )
    monkeypatch.setattr(importing_module, "format_of", lambda *_: plug)
    report = bring(project, Source("p", stream=io.BytesIO()))
    assert report.documents == 1
    assert [each.partition(" (")[0] for each in whats(report)] == [
        "The tag set is not valid TOML: Invalid statement",
        'The name "all" is reserved; choose another',
        "its text does not have the hash it is said to have",
        "it ends at 9, beyond the 7 characters of the text",
    ]
    assert project.check() == []


def test_files_that_are_refused_do_not_keep_others_out(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.json").write_text("[1]")
    (tmp_path / "d.bin").write_bytes(bytes(range(256)) * 10)
    Project.create(tmp_path / "e.db").close()
    write(tmp_path / "f.jsonl", {**HEAD, "version": 9})
    paths_ = [tmp_path / name for name in ("b.txt", "c.json", "d.bin", "e.db", "f.jsonl")]
    report = bring(project, *paths_, tmp_path / "a.txt")
    assert report.documents == 1
    assert [(each.where, each.what.partition(";")[0]) for each in report.problems] == [
        ("b.txt", "it is empty: it has 0 bytes"),
        ("c.json", "it is in no format that is told by its content"),
        ("d.bin", "The file holds binary data, not text"),
        ("e.db", "it is a database, not an article"),
        (
            "f.jsonl",
            "it was written by a newer version of Annotator (format version 9, known here: 1)",
        ),
    ]
    assert report.sentence() == "Imported 1 article; 5 problems."
    with pytest.raises(UserError) as error:
        bring(project, *paths_)
    assert str(error.value) == (
        "Nothing was imported. b.txt: it is empty: it has 0 bytes (and 4 other problems)."
    )
    with pytest.raises(UserError, match=r"Nothing was imported\. b\.txt.*bytes\.$"):
        bring(project, paths_[0])


def test_file_that_cannot_be_read(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    source = Source("a.txt", tmp_path / "a.txt")
    job = transfer.import_sources(project, [source])
    next(job)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UserError, match="it cannot be read: No such file"):
        finish(job)


def test_format_that_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text('{"a": 1}')
    assert bring(project, tmp_path / "c.jsonl", format_="text").documents == 1
    for name in ("csv", "nonsense"):
        with pytest.raises(UserError, match=f'"{name}" cannot be read; these can: jsonl, text'):
            bring(project, tmp_path / "c.jsonl", format_=name)


def test_plug_in_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plug = Format("plug", "a plug-in", (), frozenset(), read=lambda *_: iter(()))
    monkeypatch.setattr("annotator.formats.registry.formats", lambda: {"plug": plug})
    assert named("plug", reads=True) is plug
    with pytest.raises(UserError, match='"plug" cannot be written'):
        named("plug", writes=True)


def test_encoding_that_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Երևան\r\n".encode("utf-16-le"))
    report = bring(project, tmp_path / "a.txt", encoding="utf-16-le")
    assert next(project.documents()).text == "Երևան\n"
    assert report.details() == ["a.txt: 1 line end turned into LF."]


def test_standard_input(project: Project) -> None:
    data = "\n".join(json.dumps(each) for each in (HEAD, document())).encode()
    report = bring(project, Source("standard input", stream=io.BytesIO(data)))
    assert report.documents == 1


def test_large_file_is_read_from_disk(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_module, "_SMALL", 10)
    assert bring(project, records(tmp_path / "a", document())).documents == 1


@pytest.mark.parametrize("cut", range(10))
def test_file_that_is_cut_off(project: Project, tmp_path: Path, cut: int) -> None:
    data = GOLD.read_bytes()
    (tmp_path / "a.jsonl").write_bytes(data[: len(data) * cut // 10])
    state = looked_at(project.path)
    if cut < 2:  # nothing, or a part of the tag set
        said = (r"a\.jsonl: it is empty", r"a\.jsonl, line 2: .* cut off here")[cut]
        with pytest.raises(UserError, match=said):
            bring(project, tmp_path / "a.jsonl")
        assert looked_at(project.path) == state
    else:
        assert len(bring(project, tmp_path / "a.jsonl").problems) == 1
    assert project.check() == []


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_file_with_one_byte_changed(
    tmp_path_factory: pytest.TempPathFactory, place: float, byte: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    data = bytearray(_small_corpus())
    data[int(place * len(data))] ^= byte
    (folder / "a.jsonl").write_bytes(data)
    with Project.create(folder / "p.db") as project:
        try:
            bring(project, folder / "a.jsonl")
        except UserError:
            assert project.read.count_documents() == 0
        assert project.check() == []


def _small_corpus() -> bytes:
    entity = {"record": "entity", "id": "e", "name": "Yerevan", "aliases": ["Ерևан"]}
    tagset = {"record": "tagset", "toml": 'name="t"\nversion=2\n[[label]]\nname="actor"\nkey="1"\n'}
    work = layer(
        annotation("c1", 0, 7, "claim", attributes={"certainty": "certain"}),
        annotation("a1", 0, 7, quote=["Yerevan"], attributes={"entity": ["e"], "x": 1}),
        relations=[LINK],
    )
    found = (HEAD, tagset, entity, {"record": "annotator", "name": "ada"}, document(work))
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in found).encode()


# What the tag set lacks


def test_tag_set_grows_by_what_is_used(project: Project, tmp_path: Path) -> None:
    when = {"text": "1988", "from": "1988-01-01", "to": "1988-12-31"}
    attributes: dict[str, Any] = {
        "size": 3,
        "sure": True,
        "tone": "sharp",
        "when": when,
        "names": ["a"],
        "none": [],
    }
    work = layer(
        annotation("p1", 0, 7, "place", attributes=attributes),
        annotation("c1", 0, 7, "claim", attributes={"tone": "mild"}),
        annotation("c2", 0, 7, "claim", attributes={"tone": 3}),
        relations=[
            {**LINK, "type": "located in", "source": "c1", "target": "p1", "attributes": {"n": 1}},
            {**LINK, "id": "r2", "type": "located in", "source": "p1", "target": "c1"},
            {**LINK, "id": "r3", "type": "source", "source": "c1", "target": "p1"},
        ],
    )
    path = records(tmp_path / "a", document(), document(work, text="Yerevan!", id_="d2"))
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    small = records(tmp_path / "b", document(layer(annotation("p1", 0, 7, "place")), id_="b"))
    with pytest.raises(UserError, match=r"Nothing was imported\. The tag set lacks place\."):
        bring(project, small, strict=True)
    report = bring(project, path)
    assert whats(report) == ['"3" is no value for the attribute "tone"']
    assert report.added == (
        *("place", "place.size", "place.sure", "place.tone", "place.when", "place.names"),
        *("place.none", "claim.tone", "located in", "located in.n"),
    )
    place = project.tagset.label("place")
    assert place is not None
    assert place.key == "5"
    assert [(each.name, each.type, each.several) for each in place.attributes] == [
        *(("size", "number", False), ("sure", "flag", False), ("tone", "text", False)),
        *(("when", "date", False), ("names", "text", True), ("none", "text", True)),
    ]
    located = project.tagset.relation("located in")
    assert located is not None
    assert (located.sources, located.targets) == (("claim", "place"), ("place", "claim"))
    source = project.tagset.relation("source")
    assert source is not None
    assert source.targets == ("actor", "place")
    assert project.tagset.version == 2
    assert [each.tagset for each in project.read.layers()] == [2]
    assert loads(project.read.tagset().toml) == project.tagset
    assert "added to the tag set: place" in report.sentence()
    assert project.check() == []


def test_layer_that_is_there_uses_a_new_label(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "a", document(layer(annotation("x", 0, 7)))))
    more = document(layer(annotation("x", 0, 7), annotation("y", 0, 7, "place")))
    report = bring(project, records(tmp_path / "b", more))
    assert report.as_json() == {
        "documents": 0,
        "annotations": 1,
        "relations": 0,
        "decisions": 0,
        "entities": 0,
        "duplicates": 1,
        "added_labels": ["place"],
        "problems": [],
        "notes": [],
    }
    assert project.check() == []


def test_file_says_how_the_tag_set_grows(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    toml = """
name = "other"
version = 7
[[label]]
name = "claim"
  [[label.attribute]]
  name = "topic"
  type = "choice"
  values = ["attack", "weather", "sport"]
  [[label.attribute]]
  name = "form"
  type = "text"
[[label]]
name = "place"
key = "1"
color = "#123456"
  [[label.attribute]]
  name = "kind"
  type = "choice"
  values = ["town", "river"]
  several = true
[[label]]
name = "river"
key = "9"
[[label]]
name = "unused"
[[relation]]
name = "near"
key = "N"
from = ["place", "claim", "unused"]
to = ["place"]
"""
    work = layer(
        annotation("p1", 0, 7, "place", attributes={"kind": ["town"]}),
        annotation("p2", 0, 7, "river"),
        annotation("c1", 0, 7, "claim", attributes={"topic": "weather"}),
        annotation("c2", 0, 7, "claim", attributes={"form": "free"}),
        annotation("c3", 0, 7, "claim", attributes={"topic": "music"}),
        relations=[{**LINK, "type": "near", "source": "c1", "target": "p1"}],
        tagset=7,
    )
    tagset = {"record": "tagset", "toml": toml}
    report = bring(project, records(tmp_path / "a", tagset, document(work)))
    assert report.added == ("place", "place.kind", "river", "claim.topic=weather", "near")
    assert whats(report) == [
        '"free" is no value for the attribute "form"',
        '"music" is no value for the attribute "topic"',
    ]
    place, river = project.tagset.label("place"), project.tagset.label("river")
    assert place is not None
    assert river is not None
    assert (place.key, place.color, river.key) == ("5", "#123456", "9")
    assert place.attributes[0].values == ("town", "river")
    near = project.tagset.relation("near")
    assert near is not None
    assert (near.key, near.sources, near.targets) == ("N", ("claim",), ("place",))
    assert project.tagset.label("unused") is None
    assert project.tagset.name == "Claims and denials"


def test_known_versions_of_the_tag_set_are_matched(project: Project, tmp_path: Path) -> None:
    toml = project.read.tagset().toml
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    bring(
        project, records(tmp_path / "y", document(layer(annotation("p", 0, 1, "place")), id_="y"))
    )
    assert project.tagset.version == 2
    same = {"record": "tagset", "toml": toml.replace("version = 1", "version = 5")}
    layers = layer(annotation("a", 0, 1), tagset=5), layer(annotator="eva", tagset=6)
    report = bring(project, records(tmp_path / "a", same, document(*layers, id_="x", text="x")))
    assert report.added == ()
    found = {each.annotator: each.tagset for each in project.read.layers(document="x")}
    assert found == {"ada": 1, "eva": 2}


def test_project_without_articles_takes_the_tag_set_over(project: Project, tmp_path: Path) -> None:
    toml = 'name = "mine"\n[[label]]\nname = "thing"\n'
    head = {"record": "tagset", "toml": toml}
    other = {"record": "tagset", "toml": toml.replace("thing", "other")}
    report = bring(
        project,
        records(tmp_path / "a", head, document(layer(annotation("x", 0, 7, "thing")))),
        records(tmp_path / "b", other, document(layer(annotation("y", 0, 7, "other")))),
    )
    assert report.notes[0].what == 'The tag set "mine" is the project\'s now.'
    assert report.added == ("other",)
    assert [each.name for each in project.tagset.labels] == ["thing", "other"]
    project.undo()
    assert project.tagset.label("claim") is not None
    assert project.check() == []


def test_same_tag_set_in_other_words(project: Project, tmp_path: Path) -> None:
    head = {"record": "tagset", "toml": dumps(project.tagset)}
    older = {"record": "tagset", "toml": dumps(replace(project.tagset, version=2))}
    report = bring(project, records(tmp_path / "a", older, head))
    assert [each.what for each in report.notes] == [
        'The tag set "Claims and denials" is the project\'s now.'
    ]
    assert project.tagset.version == 2
    assert project.read.value("tagset", "1") == TagsetVersion(1, head["toml"])
    again = bring(project, records(tmp_path / "a", older, head))
    assert again.notes == ()


def test_older_tag_set_than_that_of_a_project_without_articles(tmp_path: Path) -> None:
    newer = dumps(replace(_default(), version=3))
    head = {"record": "tagset", "toml": 'name = "old"\n[[label]]\nname = "thing"\n'}
    with Project.create(tmp_path / "p.db", tagset=newer) as project:
        report = bring(
            project,
            records(tmp_path / "a", head, document(layer(annotation("x", 0, 7, "thing")))),
        )
        assert report.added == ("thing",)
        assert project.tagset.version == 4
        assert project.check() == []


def _default() -> Tagset:
    return loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))


# Whose work it is


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (Imported(), ("ada", "annotator", "done")),
        (Imported(annotator="eva"), ("eva", "annotator", "done")),
        (Imported(role="gold"), ("gold", "gold", "done")),
        (Imported(role="machine", annotator="cues"), ("cues", "machine", "done")),
        (Imported(annotator="gold"), ("gold", "gold", "done")),
        (Imported(annotator="machine", state="open"), ("machine", "machine", "open")),
    ],
)
def test_whose_work_it_is(
    project: Project, tmp_path: Path, given_: Imported, expected: tuple[str, str, str]
) -> None:
    path = records(tmp_path / "a", document(layer(annotation("x", 0, 7))))
    bring(project, path, given=given_)
    (found,) = project.read.layers()
    assert (found.annotator, found.role, found.state) == expected
    assert project.read.annotator(expected[0]) is not None
    assert project.check() == []


def test_two_layers_become_one(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(layer(), layer(annotator="eva")))
    report = bring(project, path, given=Imported(annotator="zoe"))
    assert whats(report) == ["there are two layers of this annotator, role and round"]


# What goes out


def test_sources(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.db").close()
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", ".e.txt", "a/p.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = transfer.sources([tmp_path], but=tmp_path / "p.db")
    assert [each.name for each in found] == [
        str(tmp_path / name) for name in ("b.txt", "a/c.txt", "a/p.db")
    ]
    both = transfer.sources([tmp_path / "b.txt", tmp_path], but=tmp_path / "p.db")
    assert len(both) == 3  # nothing twice
    with pytest.raises(UserError, match="There is no file or folder"):
        transfer.sources([tmp_path / "nothing"], but=tmp_path / "p.db")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="There is no file to import in"):
        transfer.sources([tmp_path / "empty"], but=tmp_path / "p.db")


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def kinds(path: Path) -> list[str]:
    return [each["record"] for each in read(path)]


def test_layers_that_go_out(filled: Project, tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"no gold layer; .*: all, annotator, .*\(mira, jonas, noor\)"
    ):
        export(filled, tmp_path / "out", "")
    for name in ("gold", "machine", "nobody"):
        with pytest.raises(UserError, match=f'no layer "{name}"; choose all, annotator, mira'):
            export(filled, tmp_path / "out", name)
    assert not list(tmp_path.glob("*out*"))
    assert export(filled, tmp_path / "a", "annotator").annotations == 240
    report = export(filled, tmp_path / "m", "mira")
    assert (report.documents, report.annotations) == (1, 81)
    assert [each["annotator"] for each in read(tmp_path / "m")[-1]["layers"]] == ["mira"]
    assert kinds(tmp_path / "m").count("annotator") == 1
    assert kinds(tmp_path / "m").count("entity") == 28  # mira names all but one
    bring(filled, GOLD)
    filled.apply(Edit("x", ()))
    assert export(filled, tmp_path / "g", "").annotations == 83
    assert report.sentence() == "1 article, 81 annotations, 28 links"
    assert ExportReport().sentence() == "nothing"


def test_layers_of_somebody_called_annotator(project: Project, tmp_path: Path) -> None:
    layers = layer(annotation("x", 0, 7), annotator="annotator"), layer(annotation("y", 0, 7))
    bring(project, records(tmp_path / "a", document(*layers)))
    assert export(project, tmp_path / "out", "annotator").annotations == 1


def test_articles_that_go_out(project: Project, tmp_path: Path) -> None:
    articles = [document(id_=id_, text=id_ * 9) for id_ in "abc"]
    marked = document(layer(annotation("x", 0, 7), role="gold", annotator="gold"), id_="d")
    bring(project, records(tmp_path / "a", *articles))
    assert export(project, tmp_path / "1", "").documents == 3  # no layers at all
    bring(project, records(tmp_path / "a", marked))
    assert export(project, tmp_path / "2", "").documents == 1  # those that have gold
    assert export(project, tmp_path / "3").documents == 4
    assert export(project, tmp_path / "4", documents=("c", "a", "c")).documents == 2
    assert [each.get("id") for each in read(tmp_path / "4")[-2:]] == ["c", "a"]
    with pytest.raises(UserError, match="no article with the id z"):
        export(project, tmp_path / "5", documents=("z",))


def test_what_a_format_loses(filled: Project, tmp_path: Path) -> None:
    text, tables = named("text", writes=True), named("csv", writes=True)
    report = finish(transfer.export_to(filled, text, tmp_path / "t"))
    assert report.lost == (("article details", 1),)
    everything = Exported("all")
    report = finish(transfer.export_to(filled, text, tmp_path / "u", chosen=everything))
    assert dict(report.lost)["annotations"] == 240
    assert (report.annotations, report.relations) == (0, 0)
    report = finish(transfer.export_to(filled, tables, tmp_path / "c", chosen=everything))
    assert report.lost == (
        ("entities", 29),
        ("details of annotators", 3),
        ("versions of the tag set", 1),
    )
    mine = Exported("mira")
    report = finish(transfer.export_to(filled, tables, tmp_path / "d", chosen=mine))
    assert report.as_json()["lost"] == [
        {"what": "entities", "count": 28},
        {"what": "details of annotators", "count": 1},
    ]


def test_settings_and_decisions_are_counted(project: Project, tmp_path: Path) -> None:
    setting = {"record": "setting", "key": "k", "value": "x"}
    empty = document(layer(meta={"seed": 1}), decisions=[{"id": "x", "action": "none"}])
    bring(project, records(tmp_path / "a", setting, empty))
    job = transfer.export_to(
        project, named("csv", writes=True), tmp_path / "c", chosen=Exported("all")
    )
    assert finish(job).lost == (
        ("layers without annotations", 1),
        ("details of layers", 1),
        ("decisions", 1),
        ("versions of the tag set", 1),
        ("settings", 1),
    )


def test_targets_that_are_refused(filled: Project, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        export(filled, tmp_path / "there")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="is a folder; name a file"):
        export(filled, tmp_path / "folder", force=True)
    with pytest.raises(UserError, match="is the project itself"):
        export(filled, filled.path, force=True)
    with pytest.raises(UserError, match="There is no folder"):
        export(filled, tmp_path / "no" / "where")
    tables = named("csv", writes=True)
    with pytest.raises(UserError, match="is a file; name a folder"):
        finish(
            transfer.export_to(
                filled, tables, tmp_path / "there", chosen=Exported("all"), force=True
            )
        )
    with pytest.raises(UserError, match="is a folder of files"):
        finish(transfer.export_to(filled, tables, io.BytesIO(), chosen=Exported("all")))
    assert (tmp_path / "there").read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_force_puts_the_new_in_place_of_the_old(filled: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    export(filled, tmp_path / "out", force=True)
    assert kinds(tmp_path / "out")[0] == "corpus"
    tables = named("csv", writes=True)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "spans.csv").write_text("old")
    (tmp_path / "c" / "mine.txt").write_text("mine")
    finish(transfer.export_to(filled, tables, tmp_path / "c", chosen=Exported("all"), force=True))
    names = sorted(each.name for each in (tmp_path / "c").iterdir())
    assert names == ["documents.csv", "mine.txt", "relations.csv", "spans.csv"]
    assert (tmp_path / "c" / "spans.csv").read_text("utf-8") != "old"


def test_cancelled_export_leaves_nothing(filled: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    before = sorted(tmp_path.iterdir())
    for name in ("jsonl", "csv"):
        target = tmp_path / ("out" if name == "jsonl" else "folder")
        job = transfer.export_to(
            filled, named(name, writes=True), target, chosen=Exported("all"), force=True
        )
        next(job)
        assert sorted(tmp_path.iterdir()) != before
        job.close()
        assert sorted(each for each in tmp_path.iterdir() if "s.db" not in each.name) == sorted(
            each for each in before if "s.db" not in each.name
        )
    assert (tmp_path / "out").read_text() == "old"


def test_disk_that_is_full(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotator.transfer.exporting.os.fsync", full)
    with pytest.raises(UserError, match="out could not be written: No space left on device"):
        export(filled, tmp_path / "out")
    assert not list(tmp_path.glob("*out*"))


def test_stream(filled: Project) -> None:
    stream = io.BytesIO()
    finish(transfer.export_to(filled, JSONL, stream, chosen=Exported("all")))
    assert stream.getvalue().count(b"\n") == 35


def test_what_goes_out_is_as_it_was_at_the_beginning(filled: Project, tmp_path: Path) -> None:
    job = transfer.export_to(filled, JSONL, tmp_path / "out", chosen=Exported("all"))
    next(job)
    with Project.open(filled.path) as other:
        own = next(each for each in other.read.layers() if each.annotator == "mira")
        other.apply(verbs.mark(own, [Span(0, 1)], "claim"))
    assert finish(job).annotations == 240


def test_values_of_the_sample(filled: Project) -> None:
    found = values_of(filled)
    assert all(isinstance(each, Annotation) for each in found["annotation"].values())
    assert all(isinstance(each, Relation) for each in found["relation"].values())
    with sqlite3.connect(filled.path) as connection:
        assert connection.execute("SELECT count(*) FROM annotation").fetchone() == (240,)
