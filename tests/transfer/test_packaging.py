"""A package: the same bytes each time, everything in it, and a proof that notices each change."""

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Setting
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.card import guidelines
from annotator.transfer.census import Census, cell
from annotator.transfer.packaging import PackageReport, package_to
from annotator.transfer.proving import is_package, package_problems
from annotator.transfer.publishing import Publishing
from tests.corpora import corpora, document, fill, layer, values_of
from tests.transfer.helpers import GOLD, bring, records

HIDDEN = Publishing(without_text=True, pseudonyms=True)


def packed(project: Project, out: Path, **more: Any) -> PackageReport:
    return finish(package_to(project, out, **more))


@pytest.fixture
def whole(filled: Project) -> Project:
    """The sample with gold, and with words on what it is."""
    bring(filled, GOLD)
    facts = {
        "corpus.title": "Two | days",
        "corpus.abstract": "Of claims.",
        "corpus.authors": "Petrosyan, Mira; YSU\nThe Desk",
        "corpus.licence": "CC-BY-4.0",
        "background.mira": "linguist",
    }
    settings = [Setting(key, value) for key, value in facts.items()]
    filled.apply(Edit("say how to cite", inserted(settings)))
    return filled


def test_made_twice_it_is_the_same(whole: Project, tmp_path: Path) -> None:
    for name in ("a", "b"):
        packed(whole, tmp_path / name, publishing=Publishing(pseudonyms=True))
        packed(whole, tmp_path / f"{name}.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    for path in (tmp_path / "a").rglob("*"):
        if path.is_file():
            other = tmp_path / "b" / path.relative_to(tmp_path / "a")
            assert path.read_bytes() == other.read_bytes()


def test_everything_is_in_it(whole: Project, tmp_path: Path) -> None:
    report = packed(whole, tmp_path / "p")
    assert report.counts["articles"] == 1
    assert report.counts["annotations"] == whole.read.counts()["annotation"]
    assert set(report.as_json()) == {"counts", "files", "lost"}
    assert {"README.md", "CITATION.cff", "SHA256SUMS", "tagset.toml"} <= set(report.files)
    with Project.create(tmp_path / "n.db", who="ada") as other:
        bring(other, tmp_path / "p" / "data" / "corpus.jsonl")
        assert values_of(other)["annotation"] == values_of(whole)["annotation"]
        assert values_of(other)["setting"] == {
            id_: each for id_, each in values_of(whole)["setting"].items() if id_ != "annotator"
        }
    card = (tmp_path / "p" / "README.md").read_text("utf-8")
    for words in (
        *("# Two \\| days", "Of claims.", "Mira Petrosyan (YSU); The Desk", "CC-BY-4.0"),
        *("| gold | gold | 1 | done | 1 | 83 |", "* mira (Mira): linguist", "| en | 1 |"),
    ):
        assert words in card
    guide = (tmp_path / "p" / "GUIDELINES.md").read_text("utf-8")
    assert "### Claim (`claim`)" in guide
    people = (tmp_path / "p" / "annotators.csv").read_text("utf-8")
    assert next(csv.DictReader(io.StringIO(people))) == {
        "name": "mira",
        "display": "Mira",
        "background": "linguist",
    }


def test_example_of_the_card_runs(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    card = (tmp_path / "p" / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path / "p",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("articles: 1 annotations: 323\n")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not there")
def test_checksums_are_those_of_the_usual_tool(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    words = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    subprocess.run(words, cwd=tmp_path / "p", check=True, capture_output=True)


@pytest.mark.parametrize("name", ["p", "p.zip"])
def test_sound_package(whole: Project, tmp_path: Path, name: str) -> None:
    for publishing in (Publishing(), HIDDEN):
        packed(whole, tmp_path / name, publishing=publishing, force=True)
        assert is_package(tmp_path / name)
        assert package_problems(tmp_path / name) == []
    assert not is_package(whole.path)


@settings(max_examples=15)
@given(corpus=corpora())
def test_every_project_makes_a_sound_package(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("there")
    tagset, values = corpus
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        packed(project, folder / "p")
        packed(project, folder / "q.zip", publishing=HIDDEN)
    assert package_problems(folder / "p") == []
    assert package_problems(folder / "q.zip") == []


def resummed(folder: Path) -> None:
    """Let the checksums be right, so that only what they don't see is found."""
    lines = [
        f"{sha256(each.read_bytes()).hexdigest()}  {each.relative_to(folder).as_posix()}\n"
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def change_corpus(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        path = folder / "data" / "corpus.jsonl"
        found = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        change(found[-1])
        path.write_text("".join(f"{json.dumps(each)}\n" for each in found), "utf-8")
        resummed(folder)

    return changed


def swap(name: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
        if name != "SHA256SUMS":
            resummed(folder)

    return changed


def spans(each: dict[str, Any]) -> Any:
    return each["layers"][0]["annotations"]


CHANGES: list[tuple[str, Callable[[Path], object]]] = [
    ("tagset.toml is not what its checksum says", lambda p: (p / "tagset.toml").write_text("x")),
    ("tagset.toml is missing", lambda p: (p / "tagset.toml").unlink()),
    ("more.txt has no checksum", lambda p: (p / "more.txt").write_text("x")),
    ("line 1: it is no checksum", lambda p: (p / "SHA256SUMS").write_text("x\n")),
    ("It has no SHA256SUMS", lambda p: (p / "SHA256SUMS").unlink()),
    ("It has no data/corpus.jsonl", lambda p: shutil.rmtree(p / "data")),
    ("counts in README.md are not those", swap("README.md", "| links | ", "| links | 1")),
    ("relations.csv has .* rows, but", swap("tables/relations.csv", "\n", "\n1,2\n")),
    (
        "spans.csv is no table in UTF-8",
        lambda p: (p / "tables" / "spans.csv").write_bytes(b"\xff\n"),
    ),
    ("newer version", swap("data/corpus.jsonl", '"version": 1', '"version": 9')),
    (
        "does not have the hash",
        change_corpus(lambda each: each.update(text=each["text"] + "!")),
    ),
    ("beyond the", change_corpus(lambda each: spans(each)[0].update(spans=[[0, 10**6]]))),
    (
        "two annotations have the same id",
        change_corpus(lambda each: spans(each).append(spans(each)[0])),
    ),
    (
        "overlap or touch",
        change_corpus(
            lambda each: spans(each)[0].update(
                spans=[[0, 2], [1, 3]], quote=[each["text"][:2], each["text"][1:3]]
            )
        ),
    ),
    (
        "does not exist",
        change_corpus(lambda each: each["layers"][0]["relations"][0].update(target="x")),
    ),
]


@pytest.mark.parametrize(("problem", "change"), CHANGES, ids=[each for each, _ in CHANGES])
def test_changes_are_noticed(
    whole: Project, tmp_path: Path, problem: str, change: Callable[[Path], object]
) -> None:
    packed(whole, tmp_path / "p")
    change(tmp_path / "p")
    found = package_problems(tmp_path / "p")
    assert any(re.search(problem, each) for each in found), found


def test_article_that_is_there_twice(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    corpus = tmp_path / "p" / "data" / "corpus.jsonl"
    lines = corpus.read_bytes().split(b"\n")
    corpus.write_bytes(b"\n".join([*lines[:-1], lines[-2], b""]))
    assert any("another article with its id" in each for each in package_problems(tmp_path / "p"))


def test_package_without_card_and_tables(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    shutil.rmtree(tmp_path / "p" / "tables")
    (tmp_path / "p" / "README.md").unlink()
    resummed(tmp_path / "p")
    assert package_problems(tmp_path / "p") == []


@pytest.fixture(scope="module")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("zip")
    with Project.create(folder / "a.db", who="ada") as project:
        bring(project, records(folder / "a", document(layer())))
        packed(project, folder / "p.zip")
    return (folder / "p.zip").read_bytes()


@settings(max_examples=60)
@given(data=st.data())
def test_any_byte_that_is_changed_in_a_zip(
    tmp_path_factory: pytest.TempPathFactory, zipped: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(zipped) - 1))
    bad = bytearray(zipped)
    bad[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path_factory.mktemp("bad") / "p.zip"
    path.write_bytes(bad)
    found = package_problems(path)  # a byte of a time or of an attribute changes no file
    if not found:
        with zipfile.ZipFile(path) as one, zipfile.ZipFile(io.BytesIO(zipped)) as other:
            same = {each.filename: other.read(each.filename) for each in other.infolist()}
            assert {each.filename: one.read(each.filename) for each in one.infolist()} == same


@pytest.mark.parametrize("tenths", range(10))
def test_zip_that_is_cut_off(zipped: bytes, tmp_path: Path, tenths: int) -> None:
    (tmp_path / "p.zip").write_bytes(zipped[: len(zipped) * tenths // 10])
    (problem,) = package_problems(tmp_path / "p.zip")
    assert "can't be unpacked" in problem


def test_bomb_and_names_that_are_there_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/corpus.jsonl", b"\0" * 70_000_000)
        archive.writestr("SHA256SUMS", f"{'0' * 64}  data/corpus.jsonl\n")
    (problem,) = package_problems(tmp_path / "b.zip")
    assert "unpacks to far more than it is" in problem
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive, contextlib.suppress(UserWarning):
        archive.writestr("a", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "y")
    assert package_problems(tmp_path / "t.zip")[0] == "a is in it twice."
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        for name in ("/etc/a", "b/../../a", "C:/a", "fine..txt"):
            archive.writestr(name, "x")
    found = [each for each in package_problems(tmp_path / "e.zip") if "outside" in each]
    assert len(found) == 3


def test_file_that_cannot_be_read(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    (tmp_path / "p" / "tagset.toml").unlink()
    (tmp_path / "p" / "tagset.toml").symlink_to(tmp_path / "nowhere")
    (problem,) = package_problems(tmp_path / "p")
    assert "tagset.toml can't be read" in problem


def test_what_a_published_package_hides(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p", publishing=HIDDEN)
    for path in (tmp_path / "p").rglob("*"):
        words = path.read_text("utf-8").lower() if path.is_file() else ""
        assert "were killed" not in words
        for name in ("jonas", "noor"):
            assert name not in words
    card = (tmp_path / "p" / "README.md").read_text("utf-8")
    assert "* the texts: each article is known by" in card
    assert "* the annotators' names, and the paths" in card
    assert ": linguist" in card


def test_over_an_older_package(whole: Project, tmp_path: Path) -> None:
    packed(whole, tmp_path / "p")
    with pytest.raises(UserError, match="exists already"):
        packed(whole, tmp_path / "p")
    (tmp_path / "p" / "old.txt").write_text("x")
    with (tmp_path / "p" / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  old.txt\n{'0' * 64}  ../../etc\n")
    packed(whole, tmp_path / "p", force=True)
    assert package_problems(tmp_path / "p") == []
    (tmp_path / "q").mkdir()
    packed(whole, tmp_path / "q", force=True)
    assert package_problems(tmp_path / "q") == []


def test_cancelled(whole: Project, tmp_path: Path) -> None:
    for name in ("out", "out.zip"):
        job = package_to(whole, tmp_path / name)
        next(job)
        job.close()
    assert not list(tmp_path.glob("*out*"))


def test_cells_are_one_line_and_one_cell() -> None:
    assert cell("a|b\nc <i> `x`") == "a\\|b c \\<i> \\`x\\`"
    assert cell(1234567) == "1,234,567"


def test_counts_of_sources_and_dates(project: Project, tmp_path: Path) -> None:
    found = [
        document(text=f"{n}", id_=f"d{n}", source=f"s{n:03}", published=f"2020-09-{n % 27 + 1:02}")
        for n in range(60)
    ]
    bring(project, records(tmp_path / "a", *found))
    packed(project, tmp_path / "p")
    card = (tmp_path / "p" / "README.md").read_text("utf-8")
    assert "| others | 10 |" in card
    assert "from 2020-09-01 to 2020-09-27." in card
    assert "Nobody yet" not in card
    assert package_problems(tmp_path / "p") == []
    assert Census().tables().startswith("| what | how many |")


def test_guidelines_of_a_bare_tag_set() -> None:
    label = Label("x", attributes=(Attribute("a", "choice", ("p", "q"), several=True),))
    relation = RelationType("r", sources=("x",), targets=("x",), symmetric=True, guideline="How.")
    assert guidelines(Tagset("T", 1, (label,), ())).endswith("* `a`: p, q, several\n")
    assert "From x and x.\n\nHow.\n" in guidelines(Tagset("T", 1, (label,), (relation,)))
