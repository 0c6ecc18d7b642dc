"""Settings: kept and found again, and never a reason not to start."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import settings
from annotator.settings import Place, Settings


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    kept = Settings(
        theme="dark",
        layout="raw",
        snap="characters",
        text_size=21,
        plain_keys=False,
        recent=("a.db", "b.db"),
        geometry="AdnQ",
        panes=(200, 500, 300),
        places={"a.db": Place("one", 3)},
        people={"a.db": "ann"},
    )
    assert settings.save(kept, tmp_path / "new")
    assert settings.load(tmp_path / "new") == kept


@pytest.mark.parametrize(
    "words",
    [
        "",
        "theme = ",
        "\x00",
        'theme = "pink"\nlayout = 3\ntext_size = 4000\npanes = "wide"\nplaces = [1]',
        'recent = [1, 2]\nplaces = {a = 3, b = {document = 5}}\nplain_keys = "yes"',
        "text_size = true",
        'people = {a = 3, b = "", c = "gold"}',
        'people = "ann"',
        "unknown = 1",
    ],
)
def test_a_broken_file_gives_the_usual_settings(tmp_path: Path, words: str) -> None:
    (tmp_path / settings.FILE).write_text(words, "utf-8")
    found = settings.load(tmp_path)
    assert replace(found, places={}) == Settings()


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_start(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / settings.FILE).write_bytes(content)
    settings.load(folder)


def test_one_bad_value_does_not_spoil_the_others(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('theme = "dark"\ntext_size = "large"', "utf-8")
    assert settings.load(tmp_path) == Settings(theme="dark")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert not settings.save(Settings(), tmp_path / "file")


def test_recent_files_come_once_and_newest_first(tmp_path: Path) -> None:
    found = Settings()
    for name in ("a", "b", "a", *"cdefghij"):
        found = found.with_recent(tmp_path / name)
    names = [Path(each).name for each in found.recent]
    assert names == list("jihgfedc")


def test_only_so_many_places_are_remembered(tmp_path: Path) -> None:
    found = Settings()
    for number in range(settings.PLACES + 5):
        found = found.with_place(tmp_path / str(number), Place("d", number))
    assert len(found.places) == settings.PLACES
    assert found.place(tmp_path / "0") is None
    assert found.place(tmp_path / "54") == Place("d", 54)


def test_who_works_is_remembered_by_the_file(tmp_path: Path) -> None:
    found = Settings().with_person(tmp_path / "a", "ann").with_person(tmp_path / "b", "bob")
    assert found.with_person(tmp_path / "a", "eva").person(tmp_path / "a") == "eva"
    assert found.person(tmp_path / "c") is None
