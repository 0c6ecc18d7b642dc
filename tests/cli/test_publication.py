"""The commands that publish: packages, parts, citations, pseudonyms, corrected articles."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from tests.corpora import document, layer, write

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def many(tmp_path: Path, run: Run) -> Path:
    """Ten articles, two of them alike."""
    texts = [" ".join(f"w{number}x{each}" for each in range(40)) for number in range(9)]
    texts.append(f"{texts[0]} more")
    found = [document(layer(), text=text, id_=f"d{at}") for at, text in enumerate(texts)]
    path = write(tmp_path / "in.jsonl", *found)
    assert run("new", tmp_path / "many.db")[0] == 0
    assert run("import", tmp_path / "many.db", path)[0] == 0
    return tmp_path / "many.db"


def as_json(answer: tuple[int, str, str]) -> Any:
    assert answer[0] == 0, answer[2]
    return json.loads(answer[1])


def test_published_and_joined_again(sample: Path, tmp_path: Path, run: Run) -> None:
    out, key, copy = tmp_path / "o.jsonl", tmp_path / "key.json", tmp_path / "copy.db"
    hidden = ("--without-text", "--pseudonyms", "--seed", 5, "--key", key)
    assert (
        run("export", sample, "--format", "jsonl", "--layer", "all", "--out", out, *hidden)[0] == 0
    )
    names = json.loads(key.read_text("utf-8"))
    assert sorted(names.values()) == ["jonas", "mira", "noor"]
    assert "jonas" not in out.read_text("utf-8")
    run("export", sample, "--format", "text", "--layer", "all", "--out", tmp_path / "t")
    assert run("new", copy)[0] == 0
    assert run("import", copy, out, "--json")[1].count("attach it to the text") == 1
    told = as_json(run("import", copy, out, tmp_path / "t", "--attach", "--json"))
    assert (told["documents"], told["annotations"], told["problems"]) == (1, 240, [])
    annotators = as_json(run("info", copy, "--json"))["annotators"]
    assert set(names) <= set(annotators)


def test_options_that_do_not_agree(sample: Path, tmp_path: Path, run: Run) -> None:
    export = ("export", sample, "--layer", "all", "--format")
    code, _, said = run(*export, "jsonl", "--out", tmp_path / "o", "--key", tmp_path / "k")
    assert (code, "--key goes with --pseudonyms" in said) == (2, True)
    inside = tmp_path / "p" / "key.json"
    code, _, said = run("package", sample, "--out", tmp_path / "p", "--pseudonyms", "--key", inside)
    assert (code, "must not be among the files" in said) == (2, True)
    hidden = ("--without-text", "--pseudonyms", "--key", tmp_path / "k")
    code, _, said = run(*export, "brat", "--out", tmp_path / "b", *hidden)
    assert not (tmp_path / "k").exists()
    assert (code, "needs the texts" in said) == (1, True)


def test_citation(sample: Path, run: Run) -> None:
    assert 'title: "Untitled corpus"' in run("cite", sample)[1]
    words = ("--title", "Two days", "--author", "Petrosyan, Mira", "--author", "The Desk")
    more = ("--keyword", "war", "--licence", "CC-BY-4.0", "--background", "mira=linguist")
    code, out, _ = run("cite", sample, *words, *more)
    assert code == 0
    assert 'given-names: "Mira"' in out
    told = as_json(run("cite", sample, "--licence", "", "--json"))
    assert (told["title"], told["licence"], told["keywords"]) == ("Two days", "", "war")
    assert told["authors"] == "Petrosyan, Mira\nThe Desk"
    assert told["backgrounds"] == {"mira": "linguist"}
    assert as_json(run("cite", sample, "--background", "mira=", "--json"))["backgrounds"] == {}
    assert run("undo", sample)[1].startswith("Taken back: say how to cite")
    for bad, said in (
        (("--date", "today"), "is no date"),
        (("--background", "zoe=x"), 'no annotator "zoe"; it has mira, jonas, noor'),
        (("--author", ";"), "names no author"),
    ):
        code, _, error = run("cite", sample, *bad)
        assert code == 1
        assert said in error


def test_package_and_its_proof(sample: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "p.zip"
    code, said, lost = run("package", sample, "--out", out)
    assert code == 0
    assert said == f"Packed 1 article, 240 annotations to {out}.\n"
    assert "Not kept by the tables" in lost
    assert run("check", out) == (0, f"{out} is sound.\n", "")
    told = as_json(run("package", sample, "--out", tmp_path / "p", "--json"))
    assert told["counts"]["annotations"] == 240
    (tmp_path / "p" / "tagset.toml").write_text("x")
    code, said, _ = run("check", tmp_path / "p", "--json")
    assert code == 1
    assert json.loads(said) == {
        "ok": False,
        "problems": ["tagset.toml is not what its checksum says; it was changed."],
    }
    assert run("check", tmp_path / "nothing.zip")[0] == 1
    assert run("check", sample)[0] == 0


def test_parts(many: Path, tmp_path: Path, run: Run) -> None:
    split = ("split", many, "--layer", "all", "--parts", "train=6,test=4", "--seed", 2)
    code, said, lost = run(*split, "--format", "text", "--out", tmp_path / "a")
    assert code == 0
    assert said.startswith(f"Wrote 2 parts to {tmp_path / 'a'}. 2 articles are nearly the same")
    assert "Not kept by text" in lost
    told = as_json(run(*split, "--format", "jsonl", "--out", tmp_path / "b", "--json"))
    assert [each["documents"] for each in told["parts"].values()] == [6, 4]
    assert told["alike"] == [["d0", "d9"]] or told["alike"] == [["d9", "d0"]]
    for bad in (("--format", "nothing"), ("--format", "jsonl", "--parts", "x")):
        assert run(*split, "--out", tmp_path / "c", *bad)[0] == 2
    three = ("--parts", "train=8,dev=1,test=1", "--format", "jsonl", "--pseudonyms")
    key = tmp_path / "key.json"
    assert run(*split[:4], *three, "--out", tmp_path / "e", "--key", key)[0] == 0
    assert key.exists()


def test_parts_of_articles_that_differ(sample: Path, tmp_path: Path, run: Run) -> None:
    code, _, said = run(
        "split", sample, "--layer", "mira", "--format", "jsonl", "--out", tmp_path / "p"
    )
    assert (code, "3 parts need as many articles" in said) == (1, True)
    run("import", sample, paths.resources() / "sample" / "gold.jsonl")
    told = run("split", sample, "--parts", "all=1", "--format", "jsonl", "--out", tmp_path / "q")
    assert told[1].startswith(f"Wrote 1 part to {tmp_path / 'q'}.\npart  articles")


def test_corrected_article(sample: Path, tmp_path: Path, run: Run) -> None:
    run("export", sample, "--format", "text", "--layer", "all", "--out", tmp_path / "t")
    (old,) = (tmp_path / "t").iterdir()
    new = tmp_path / "new.txt"
    new.write_text(old.read_text("utf-8").replace("14 soldiers", "15 soldiers"), "utf-8")
    listed = as_json(run("info", sample, "--layers", "--json"))["layers"]
    words = ("correct", sample, listed[0]["document"], new)
    code, said, lines = run(*words, "--dry-run", "--encoding", "utf-8")
    assert (code, said) == (0, "240 annotations: 234 same, 6 changed. Nothing was changed.\n")
    assert "changed: mira, casualty at 2815: “14 soldiers” → “15 soldiers”" in lines
    told = as_json(run(*words, "--json"))
    assert (told["applied"], told["layers"]) == (True, 3)
    assert as_json(run("info", sample, "--json"))["documents"] == 2
    assert run("check", sample)[0] == 0
    code, _, said = run(*words[:3], tmp_path / "none.txt")
    assert (code, "There is no file" in said) == (1, True)
