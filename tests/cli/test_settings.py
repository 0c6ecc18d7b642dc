"""The options of formats on the command line."""

import json
from pathlib import Path

import pytest

from annotator.__main__ import main
from annotator.cli.settings import options_of
from annotator.formats.base import Option
from tests.corpora import HEAD, annotation, document, layer, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.db"
    corpus = write(tmp_path / "c.jsonl", HEAD, document(layer(annotation("x", 0, 7))))
    assert main(["new", str(path)]) == 0
    assert main(["import", str(path), str(corpus)]) == 0
    return path


def export(project: Path, *more: str) -> int:
    out = str(project.parent / "out.conll")
    return main(["export", str(project), "--layer", "all", "--out", out, "--force", *more])


def test_to_write(project: Path) -> None:
    more = ("--set", "scheme=BIOES", "--set", "labels=outermost", "--set", "comments=no")
    assert export(project, "--format", "conll", *more) == 0
    text = (project.parent / "out.conll").read_text("utf-8")
    assert text.startswith("-DOCSTART-\tO\n\nYerevan\tS-actor\ndenied\tO\n")


def test_to_read(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("Baku B-actor\n\nsaid O\n", "utf-8")
    (tmp_path / "y.txt").write_bytes("Bakı B-actor\n".encode("cp1254"))
    capsys.readouterr()
    words = ["import", str(project), "--json", str(tmp_path / "x.txt")]
    assert main([*words, "--set", "articles=sentences"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2
    words = ["import", str(project), "--format", "conll", str(tmp_path / "y.txt")]
    assert main([*words, "--set", "encoding=utf-8", "--encoding", "cp1254"]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "conll", "--set", "scheme"), '--set "scheme" is not of the form NAME=VALUE.'),
        (
            ("--format", "conll", "--set", "colour=red"),
            'To write, conll has no option "colour"; there is: scheme, labels, comments.',
        ),
        (
            ("--format", "conll", "--set", "scheme=XML"),
            '"scheme" cannot be "XML"; it can be: BIO, BIOES.',
        ),
        (
            ("--format", "conllu", "--set", "a=b"),
            'To write, conllu has no option "a"; there is none.',
        ),
    ],
)
def test_wrong_usage(
    project: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert export(project, *words) == 2
    assert said in capsys.readouterr().err
    assert not (project.parent / "out.conll").exists()


def test_wrong_usage_of_an_import(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", str(project), str(project), "--set"]
    capsys.readouterr()
    assert main([*words, "colour=red"]) == 2
    assert 'To read, the formats have no option "colour"; there is: ' in capsys.readouterr().err
    assert main([*words, "articles=pages"]) == 2
    assert main([*words, "scheme=BIO", "--format", "conll"]) == 2
    assert "To read, conll has no option" in capsys.readouterr().err


def test_an_option_of_several_formats_can_be_what_any_of_them_allows() -> None:
    known = [Option("a", "", ("1", "2")), Option("a", "", ("2", "3")), Option("b", "")]
    assert options_of(("a=3", "b=x=y"), known, "") == {"a": "3", "b": "x=y"}


def test_the_list_of_formats_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    assert "    to write, --set scheme=BIO|BIOES: of the tags; BIO if not set\n" in (
        capsys.readouterr().out
    )
    assert main(["formats", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["formats"]
    (conll,) = (each for each in listed if each["name"] == "conll")
    assert conll["writing"][0] == {
        "name": "scheme",
        "note": "of the tags",
        "choices": ["BIO", "BIOES"],
        "default": "BIO",
    }
