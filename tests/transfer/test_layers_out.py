"""Formats with one layer a file: a folder an annotator goes out, and comes in as their work."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pytest

from annotator import transfer
from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats.base import Format, Item, Lost, Options, Source, Writing
from annotator.project import Project
from annotator.transfer import Exported, ExportReport, finish, named, sources
from annotator.transfer.outgoing import part_name
from tests.corpora import annotation, document, layer
from tests.transfer.helpers import bring, records


def write_names(items: Iterable[Item], stream: BinaryIO, options: Options) -> Writing:
    """Write whose work it is; what has no name is lost."""
    for item in items:
        if isinstance(item, Article):
            for work in item.works:
                stream.write(f"{options.get('sign', '')}{work.layer.annotator}\n".encode())
                yield Lost("annotations", 1, item.document.title, "it has no room")
        yield item


NAMES = Format(
    *("names", "names", (".names",), frozenset({"articles", "annotations"})),
    to_stream=write_names,
    layers="one",
)


@pytest.fixture
def three(project: Project, tmp_path: Path) -> Project:
    """Ada and Eva did the first article, ada twice; nobody did the second."""
    spans = (annotation("x", 0, 7), annotation("y", 20, 31, "casualty", note="?"))
    other = annotation("z", 0, 7)
    again = annotation("w", 0, 7)
    first = document(layer(*spans), layer(other, annotator="eva"), layer(again, round=2))
    bring(project, records(tmp_path / "a", first, document(id_="d2", text="Nothing.")))
    return project


def export(
    project: Project, format_: Format, target: Path | io.BytesIO, **more: str
) -> ExportReport:
    options = {each: more[each] for each in more if each != "layer"}
    chosen = Exported(more.get("layer", "all"), options=options)
    return finish(transfer.export_to(project, format_, target, chosen=chosen))


def test_layers_go_into_a_folder_each(three: Project, tmp_path: Path) -> None:
    report = export(three, named("brat", writes=True), tmp_path / "out")
    names = sorted(
        str(each.relative_to(tmp_path / "out")) for each in (tmp_path / "out").rglob("*.ann")
    )
    title = next(three.documents()).title
    assert len(names) == 3
    assert sorted(Path(each).parent.name for each in names) == ["ada", "ada-2", "eva"]
    assert title.startswith("Yerevan")
    assert (report.documents, report.annotations) == (1, 4)
    assert dict(report.lost) == {
        "articles": 1,
        "article details": 2,
        "versions of the tag set": 1,
    }
    assert report.places == ("Nothing.: 1 of the articles lost, because nobody worked on it.",)


def test_each_comes_in_as_the_work_of_whom_it_is(three: Project, tmp_path: Path) -> None:
    export(three, named("brat", writes=True), tmp_path / "out")
    with Project.create(tmp_path / "b.db", who="zoe") as project:
        for name in ("ada", "eva"):
            found = sources([tmp_path / "out" / name], but=project.path)
            assert [Path(each.name).suffix for each in found] == [".ann"]  # its text goes along
            given = transfer.Imported(annotator=name)
            assert finish(transfer.import_sources(project, found, given=given)).problems == ()
        layers = {each.annotator: each.id for each in project.read.layers()}
        assert set(layers) == {"ada", "eva"}
        found_ = [each.note for each in project.annotations(layer=layers["ada"])]
        assert found_ == ["", "?"]
        again = sources([tmp_path / "out" / "eva"], but=project.path)
        given = transfer.Imported(annotator="eva")
        report = finish(transfer.import_sources(project, again, given=given))
        assert (report.annotations, report.problems) == (0, ())  # the same ids: nothing new
        nobody = finish(transfer.import_sources(project, again))
        assert nobody.annotations == 1
        assert {each.annotator for each in project.read.layers()} == {"ada", "eva", "zoe"}
        assert project.check() == []


def test_one_layer_alone_needs_no_folder(three: Project, tmp_path: Path) -> None:
    export(three, named("brat", writes=True), tmp_path / "out", layer="eva")
    assert len(list((tmp_path / "out").glob("*.ann"))) == 1


def test_streams_become_files_of_a_folder(three: Project, tmp_path: Path) -> None:
    report = export(three, NAMES, tmp_path / "out", sign="+")
    assert {each.name: each.read_text() for each in (tmp_path / "out").iterdir()} == {
        "ada.names": "+ada\n",
        "ada-2.names": "+ada\n",
        "eva.names": "+eva\n",
    }
    assert report.annotations == 1
    assert dict(report.lost)["annotations"] == 3
    assert report.places[0].endswith("1 of the annotations lost, because it has no room.")
    stream = io.BytesIO()
    export(three, NAMES, stream, layer="eva")
    assert stream.getvalue() == b"eva\n"


def test_several_layers_are_no_stream(three: Project) -> None:
    with pytest.raises(UserError, match="these go out: ada, ada-2, eva; name a folder with --out"):
        export(three, NAMES, io.BytesIO())


def test_broken_lines_have_the_names_of_the_file(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Yerevan said.")
    (tmp_path / "a.ann").write_text("T1\tactor 0 7\tYerevan\nT2\tactor 0 4;4 7\tYere van\n")
    report = bring(project, Source("a.ann", tmp_path / "a.ann"))
    (problem,) = report.problems
    assert problem.where.endswith("annotation T2")
    (tmp_path / "annotation.conf").write_text("[entities]\n")
    (tmp_path / "b.txt").write_text("Baku.")
    names = [Path(each.name).name for each in sources([tmp_path], but=project.path)]
    assert "annotation.conf" not in names
    assert {"a.ann", "b.txt"} <= set(names)
    (tmp_path / "a.ann").unlink()
    names = [Path(each.name).name for each in sources([tmp_path], but=project.path)]
    assert {"a.txt", "annotation.conf"} <= set(names)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("ada", "annotator", 1), "ada"),
        (("ada", "annotator", 2), "ada-2"),
        (("gold", "gold", 1), "gold"),
        (("ada", "gold", 1), "ada-gold"),
        (("a/b", "annotator", 1), "a_b"),
    ],
)
def test_names_of_folders(key: tuple[str, str, int], name: str) -> None:
    assert part_name(*key) == name


def test_neighbours_are_files_of_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    beside = Source(str(tmp_path / "b"), tmp_path / "b")
    found = beside.neighbour("a")
    assert found is not None
    assert found.head() == b"x"
    assert beside.neighbour("c") is None
    assert Source("stream", stream=io.BytesIO()).neighbour("a") is None
    inside = Source("in a zip", beside=lambda name: Source(name) if name == "a" else None)
    assert inside.neighbour("a") == Source("a")
    assert inside.neighbour("b") is None
