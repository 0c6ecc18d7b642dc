"""What goes out, what a format loses, and targets that are kept whole."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import transfer
from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.formats.base import Lost
from annotator.formats.registry import OWN
from annotator.project import Project
from annotator.transfer import Exported, export_to, finish, named
from annotator.transfer.report import ExportReport
from tests.corpora import annotation, document, layer, values_of
from tests.transfer.helpers import GOLD, JSONL, bring, export, records


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
    with pytest.raises(UserError, match=r"choose all, (?!.*gold.*gold)"):
        export(filled, tmp_path / "out", "nobody")  # role and person, named once
    filled.apply(Edit("x", ()))
    assert export(filled, tmp_path / "g", "").annotations == 83
    assert report.sentence() == "1 article, 81 annotations, 28 links"
    assert ExportReport().sentence() == "nothing"
    for book in ("label-studio-config", "refi-qdc"):
        report = finish(export_to(filled, OWN[book], tmp_path / book))
        assert report.sentence() == "the tag set"


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
        ("details of annotators", 3),
        ("versions of the tag set", 1),
    )
    mine = Exported("mira")
    report = finish(transfer.export_to(filled, tables, tmp_path / "d", chosen=mine))
    assert report.as_json()["lost"] == [
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
    tables_ = ["documents.csv", "entities.csv", "relations.csv", "spans.csv"]
    assert names == sorted(["mine.txt", *tables_])
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

    monkeypatch.setattr("annotator.transfer.targets.os.fsync", full)
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
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection:
        assert connection.execute("SELECT count(*) FROM annotation").fetchone() == (240,)


def test_what_only_moved_counts_as_written_and_is_told_apart() -> None:
    said = [
        Lost("annotations", 2, "A", "they were moved to the ends of tokens", moved=True),
        Lost("annotations", 1, "A", "it has no room"),
        Lost("relations", 1, "A", "they were moved to the ends of tokens", moved=True),
    ]
    keeps = frozenset({"articles", "annotations", "relations"})
    report = ExportReport.of({"articles": 1, "annotations": 5, "relations": 1}, keeps, said)
    assert report.sentence() == "1 article, 4 annotations, 1 link"
    assert report.losses() == ["3 annotations (2 moved, not gone)", "1 relation (moved, not gone)"]
    assert report.places[0].startswith("A: 2 of the annotations not as they were, because")
    assert report.places[1] == "A: 1 of the annotations lost, because it has no room."
