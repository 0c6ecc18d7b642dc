"""Zipped folders, saved pages with their folders, and what goes along with what."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.formats.base import Source
from annotator.formats.brat.register import REGISTER
from annotator.project import Project
from annotator.transfer.archives import members
from annotator.transfer.folders import is_of_page, is_part
from annotator.transfer.sources import format_of, sources, spread
from tests.ingest.make import damaged, page_of, pdf, word, zipped
from tests.transfer.helpers import bring, whats

PAGE = "<!DOCTYPE html><html><head><title>Talks</title></head><body><article><p>"
PAGE += "The two ministers met again on Tuesday, a day after shelling killed soldiers. " * 5
PAGE += "</p></article></body></html>"


def names(found: Sequence[Source], under: str) -> list[str]:
    return [each.name.removeprefix(f"{under}/") for each in found]


def test_a_zipped_folder_comes_in_like_the_folder(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    files: dict[str, bytes | str] = {
        "a/one.txt": "They met.",
        "a/two.html": PAGE,
        "a/two_files/ad.html": PAGE,
        "a/three.pdf": pdf([page_of(("They spoke in Prague.",))]),
        "b/four.docx": word("<w:p><w:r><w:t>They left.</w:t></w:r></w:p>"),
        "b/five.ann": "T1\tclaim 0 4\tRain\n",
        "b/five.txt": "Rain.",
        "__MACOSX/a/._one.txt": "x",
        ".hidden": "x",
        "empty/": "",
    }
    path.write_bytes(zipped(files))
    found = sources([path], but=project.path)
    assert names(found, str(path)) == [
        "a/one.txt",
        "a/three.pdf",
        "a/two.html",
        "b/five.ann",
        "b/four.docx",
    ]
    report = bring(project, *found)
    assert (report.documents, report.annotations) == (5, 1)
    assert whats(report) == []
    metas = {each.text.split("\n")[0]: each.meta for each in project.documents()}
    assert metas["They met."]["path"] == str(path / "a/one.txt")
    assert metas["They met."]["file"] == "one.txt"


def test_members_have_neighbours_and_can_be_read_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"f/a.ann": "", "f/a.txt": "Talks", "b.txt": "x" * 3_000_000}))
    first, *_ = members(Source("a.zip", path))
    large = members(Source("a.zip", path))[0]
    assert large.size == 3_000_000
    for _ in range(2):
        with large.open() as stream:
            assert len(stream.read()) == 3_000_000
    assert first.neighbour("a.txt") is None
    ann = members(Source("a.zip", path))[1]
    assert ann.name == "a.zip/f/a.ann"
    beside = ann.neighbour("a.txt")
    assert beside is not None
    assert beside.head() == b"Talks"
    assert ann.neighbour("../b.txt") is None


def test_archives_in_archives_and_broken_ones_are_refused(project: Project, tmp_path: Path) -> None:
    inner = zipped({"a.txt": "Talks"})
    (tmp_path / "outer.zip").write_bytes(zipped({"inner.zip": inner, "b.txt": "Rain."}))
    (tmp_path / "outside.zip").write_bytes(zipped({"../a.txt": "Talks"}))
    (tmp_path / "cut.zip").write_bytes(inner[:40])
    (tmp_path / "empty.zip").write_bytes(zipped({"a/": ""}))
    (tmp_path / "wrong.txt").write_bytes(inner)
    report = bring(project, *sources([tmp_path], but=project.path))
    assert report.documents == 1
    assert sorted(whats(report)) == [
        'it has a file "../a.txt", whose name points outside',
        "it has no file in it",
        "it is an archive in an archive; unpack it first",
        "it is an archive; give it the ending .zip, or unpack it",
        "it is no archive that can be read; it may be cut off",
    ]


def test_a_locked_member_stays_out_and_the_others_come(project: Project) -> None:
    packed = bytearray(zipped({"a.txt": "Talks", "b.txt": "Rain."}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(sign) + flags] |= 1
    found = spread(Source("news.zip", stream=io.BytesIO(bytes(packed))))
    report = bring(project, *found)
    assert report.documents == 1
    assert whats(report) == ["it is locked with a password; unpack it first"]


def test_damaged_archives(project: Project) -> None:
    whole = zipped({"a.txt": "They met and they spoke. " * 9, "b.txt": "Rain."})
    for data in damaged(whole):
        for source in spread(Source("news.zip", stream=io.BytesIO(data))):
            try:
                found = format_of(source, "")
                assert found.read is not None
                list(found.read(source, {}))
            except UserError as error:
                assert str(error)  # noqa: PT017  (an error is allowed here, but only so)


def test_standard_input_may_be_an_archive() -> None:
    found = spread(Source("standard input", stream=io.BytesIO(zipped({"a.txt": "Talks"}))))
    assert [each.name for each in found] == ["standard input/a.txt"]
    plain = Source("standard input", stream=io.BytesIO(b"Talks"))
    assert spread(plain) == [plain]
    book = Source("a.docx.zip", stream=io.BytesIO(word("<w:p/>")))
    assert spread(book) == [book]


def test_a_file_that_cannot_be_read_is_left_to_its_reading(tmp_path: Path) -> None:
    gone = Source("gone.zip", tmp_path / "gone.zip")
    assert spread(gone) == [gone]


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        ("новости".encode(), "новости.txt"),  # as macOS writes it, without saying so
        (b"\x81ber", "über.txt"),
        (b"a\\b", "a/b.txt"),
    ],
)
def test_names_in_archives(packed: bytes, name: str) -> None:
    plain = "x" * len(packed)
    data = zipped({f"{plain}.txt": "Talks"}).replace(plain.encode(), packed)
    assert [each.name for each in members(Source("z", stream=io.BytesIO(data)))] == [f"z/{name}"]
    marked = zipped({"новости.txt": "Talks"})
    assert [each.name for each in members(Source("z", stream=io.BytesIO(marked)))] == [
        "z/новости.txt"
    ]


@pytest.mark.parametrize(
    ("folder", "files", "part"),
    [
        ("Talks_files", {"Talks.html"}, True),
        ("Talks-Dateien", {"Talks.htm"}, True),
        ("a_files b_files", {"a_files b.html"}, True),
        ("Talks_files", {"Other.html"}, False),
        ("Talks_files_old", {"Talks.html"}, False),
        ("Talks", {"Talks.html"}, False),
    ],
)
def test_the_folder_of_a_saved_page(folder: str, files: set[str], part: bool) -> None:
    assert is_of_page(folder, files) == part


def test_files_that_go_along() -> None:
    assert is_part("a.txt", {"a.txt", "a.ann"})
    assert not is_part("a.txt", {"a.txt", "b.ann"})
    assert is_part("annotation.conf", {"annotation.conf", "b.ann"})
    assert is_part(REGISTER, {REGISTER, "b.ann"})
    assert not is_part("annotation.conf", {"annotation.conf"})
    assert not is_part("a.html", {"a.html"})


def test_folders_of_saved_pages_are_passed_by(project: Project, tmp_path: Path) -> None:
    (tmp_path / "Talks.html").write_text(PAGE)
    (tmp_path / "Talks_files").mkdir()
    (tmp_path / "Talks_files" / "ad.html").write_text(PAGE)
    found = sources([tmp_path], but=project.path)
    assert names(found, str(tmp_path)) == ["Talks.html"]
