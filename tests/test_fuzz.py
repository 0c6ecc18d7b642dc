"""The long form of the tests of bad input: it draws the same again, and sees what is wrong."""

import multiprocessing
from pathlib import Path
from typing import Never

import pytest

from annotator.project import Project
from tests import fuzz
from tests.formats.specimens import specimen

NAMES = ("jsonl", "docx", "csv", "brat")
HERD = fuzz.Herd(3, {name: specimen(name) for name in NAMES})


def data_of(number: int) -> tuple[str, dict[str, bytes]]:
    """The files of a draw."""
    name, source = HERD.of(number)
    files = {each: source.neighbour(each) for each in HERD.files[name].parts}
    return name, {each: found.head() for each, found in files.items() if found is not None}


def test_a_draw_is_the_same_again_and_no_other() -> None:
    draws = [data_of(number) for number in range(60)]
    assert draws == [data_of(number) for number in range(60)]
    assert {name for name, _ in draws} == set(NAMES)
    changed = sum(files != dict(HERD.files[name].parts) for name, files in draws)
    assert changed > 50


def test_work_tells_each_file_before_it_is_read_and_after() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    fuzz.work(HERD, range(4), theirs)
    told = [ours.recv() for _ in range(8)]
    with pytest.raises(EOFError):
        ours.recv()
    assert [number for number, _, _ in told] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [what for _, _, what in told] == [None, ""] * 4


def test_a_reader_at_fault_is_seen_and_its_file_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> Never:
        raise KeyError("what")

    one = specimen("csv")
    with Project.create(tmp_path / "p.db", who="ada") as project:
        assert fuzz.tried(project, one, one.source()) == ""
        monkeypatch.setattr(fuzz, "read_source", fail)
        assert "KeyError: 'what'" in fuzz.tried(project, one, one.source())
    number = next(number for number in range(60) if HERD.of(number)[0] == "csv")
    fuzz.keep(HERD, fuzz.Fault("csv", number, "KeyError"), tmp_path / "kept")
    (folder,) = (tmp_path / "kept").iterdir()
    names = {each.name for each in folder.iterdir()}
    assert names == {"what.txt", *one.parts}


def test_files_of_a_folder_are_damaged_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Baku said.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tactor 0 4\tBaku\n", "utf-8")
    (tmp_path / "b.json").write_text("{}", "utf-8")
    herd = fuzz.herd_of(0, ["brat"], [tmp_path])
    assert [Path(name).name for name in herd.files] == ["brat", "a.ann"]
    assert set(herd.files[str(tmp_path / "a.ann")].parts) == {"a.ann", "a.txt"}
