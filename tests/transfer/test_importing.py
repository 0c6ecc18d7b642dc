"""An import is one edit or nothing, and names what it had to leave out."""

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import sample, transfer
from annotator.core import verbs
from annotator.core.errors import UserError
from annotator.formats.base import Format, Source
from annotator.project import Project
from annotator.transfer import finish, named
from annotator.transfer import importing as importing_module
from annotator.transfer.report import Progress
from tests.corpora import HEAD, TEXT, annotation, document, layer, write
from tests.rows import looked_at
from tests.strategies import examples
from tests.transfer.helpers import GOLD, LINK, bring, records

if TYPE_CHECKING:
    from annotator.core.edits import Edit


def test_an_import_is_one_edit(project: Project, tmp_path: Path) -> None:
    heard: list[Edit] = []
    project.subscribe(heard.append)
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(name)
    sources = transfer.sources([tmp_path / "in"], but=project.path)
    report = finish(transfer.import_sources(project, sources))
    assert report.documents == 3
    assert [each.name for each in heard] == ["import from 3 files"]
    assert len(heard[0].changes) == 3
    assert project.undo_name == "import from 3 files"
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
    journal = list(filled.read.journal.entries())
    assert bring(filled, sample.source().path or Path()).duplicates == 1
    assert looked_at(filled.path) == state
    assert list(filled.read.journal.entries()) == journal


def test_cancelled_import_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    sources = transfer.sources([tmp_path / "a.txt", tmp_path / "b.txt"], but=project.path)
    job = transfer.import_sources(project, sources)
    assert next(job) == Progress(0, 2, "a.txt", in_bytes=True)
    assert next(job).done == 1
    with pytest.raises(UserError, match="An import is running"):
        project.apply(verbs.add_entity("x"))
    job.close()
    assert list(project.read.journal.entries()) == []
    project.apply(verbs.add_entity("x"))


def test_interrupted_import_leaves_nothing(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")

    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finish(transfer.import_sources(project, [Source("a", tmp_path / "a.txt")]), tell=interrupt)
    assert list(project.read.journal.entries()) == []


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


# Files


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
    for name in ("conllu", "nonsense"):
        readable = "these can: brat, "
        with pytest.raises(UserError, match=f'"{name}" cannot be read; {readable}'):
            bring(project, tmp_path / "c.jsonl", format_=name)


def test_plug_in_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plug = Format("plug", "a plug-in", (), frozenset(), read=lambda *_: iter(()))
    monkeypatch.setattr("annotator.formats.registry.formats", lambda: {"plug": plug})
    assert named("plug", reads=True) is plug
    with pytest.raises(UserError, match='"plug" cannot be written'):
        named("plug", writes=True)


def test_encoding_that_is_named(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Երևան\r\n".encode("utf-16-le"))
    report = bring(project, tmp_path / "a.txt", options={"encoding": "utf-16-le"})
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


@examples(25)
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


# Sources


def test_sources(tmp_path: Path) -> None:
    Project.create(tmp_path / "p.db").close()
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", ".e.txt", "a/p.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = transfer.sources([tmp_path], but=tmp_path / "p.db")
    assert [each.name for each in found] == [
        str(tmp_path / name) for name in ("b.txt", "a/c.txt", "a/p.db")
    ]
    assert [each.name for each in found[1:]] == [each.name for each in found][1:]
    both = transfer.sources([tmp_path / "b.txt", tmp_path], but=tmp_path / "p.db")
    assert len(both) == 3  # nothing twice
    with pytest.raises(UserError, match="There is no file or folder"):
        transfer.sources([tmp_path / "nothing"], but=tmp_path / "p.db")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="There is no file to import in"):
        transfer.sources([tmp_path / "empty"], but=tmp_path / "p.db")


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(3, 1200, "x"), "3 of 1,200"),
        (Progress(3_999, 4_001, "x", in_bytes=True), "3 of 5 KB"),
        (Progress(18_112_512, 307_015_453, "x", in_bytes=True), "18 of 308 MB"),
        (Progress(0, 0, "x", in_bytes=True), "0 of 0 KB"),
    ],
)
def test_how_far_it_is_in_words(progress: Progress, words: str) -> None:
    assert progress.count() == words
