"""Other names for what comes in or goes out, on the command line."""

from pathlib import Path

import pytest

from annotator.__main__ import main
from annotator.cli.mapping import renaming_of
from annotator.project import Project
from annotator.transfer import Renaming
from tests.corpora import HEAD, annotation, document, layer, write


def test_what_comes_in_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    corpus = write(tmp_path / "c.jsonl", HEAD, document(layer(annotation("x", 0, 7, "PER"))))
    assert main(["new", str(path)]) == 0
    names = ("--map", "label:PER=actor", "--map", "annotator:ada=zoe")
    assert main(["import", str(path), str(corpus), *names]) == 0
    with Project.open(path) as project:
        (work,) = project.read.layers()
        assert work.annotator == "zoe"
        assert [each.label for each in project.annotations(layer=work.id)] == ["actor"]


def test_what_goes_out_is_renamed(tmp_path: Path) -> None:
    path, out = tmp_path / "p.db", tmp_path / "out"
    corpus = write(tmp_path / "c.jsonl", HEAD, document(layer(annotation("x", 0, 7))))
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(corpus)]) == 0
    names = ("--map", "label:actor=PER", "--map", "annotator:ada=zoe")
    words = ("--format", "csv", "--layer", "all", "--out", str(out))
    assert main(["export", str(path), *words, *names]) == 0
    assert ",zoe,annotator,1,done,PER,0,7," in (out / "spans.csv").read_text("utf-8")


def test_names_may_have_signs() -> None:
    found = renaming_of(["label:a:b=c=d", "relation:of= to "])
    assert found == Renaming({"a:b=c": "d"}, {"of": "to"})


@pytest.mark.parametrize("words", ["PER=actor", "label:PER", "label:=x", "label:PER= ", "x:a=b"])
def test_wrong_usage(tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(tmp_path / "p.db"), str(tmp_path), "--map", words]) == 2
    assert f'--map "{words}" is not of the form label:PER=actor' in capsys.readouterr().err


def test_a_name_that_nothing_has_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, said = tmp_path / "p.db", "label “PRE”: Nothing has this name, so nothing was renamed.\n"
    corpus = write(tmp_path / "c.jsonl", HEAD, document(layer(annotation("x", 0, 7, "PER"))))
    assert main(["new", str(path)]) == 0
    names = ("--map", "label:PRE=actor", "--map", "label:PER=place", "--map", "annotator:ada=zoe")
    assert main(["import", str(path), str(corpus), *names]) == 0
    assert capsys.readouterr().err.endswith(said)
    words = ("--format", "csv", "--layer", "all", "--out", str(tmp_path / "out"))
    maps = ("--map", "label:PRE=actor", "--map", "label:denial=refusal")
    assert main(["export", str(path), *words, *maps]) == 0
    assert capsys.readouterr().err.endswith(said)
