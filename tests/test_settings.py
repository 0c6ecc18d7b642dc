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
        column=90,
        lines="wide",
        interface=150,
        plain_keys=False,
        checks=False,
        minutes=False,
        used=("label claim",),
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
        'column = 71\nlines = "double"\ninterface = "large"\nused = 1\nchecks = 3',
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


def test_what_was_used_last_comes_first_and_once() -> None:
    found = Settings()
    for name in ("a", "b", "a", *"cdefghij"):
        found = found.with_used(name)
    assert found.used == tuple("jihgfedc")
    assert Settings().with_used("a").with_used("b").with_used("a").used == ("a", "b")


def test_a_setting_is_stepped_within_what_is_offered_and_back_to_the_usual() -> None:
    assert Settings().stepped("column", 1).column == 80
    assert Settings().stepped("column", 99).column == 120
    assert Settings().stepped("text_size", -99).text_size == settings.SMALLEST_TEXT
    assert Settings(text_size=30).stepped("text_size", 0) == Settings()


@pytest.mark.parametrize("name", ["plain_keys", "checks", "snap", "layout"])
def test_a_switch_has_two_ends(name: str) -> None:
    once = Settings().switched(name)
    assert once != Settings()
    assert once.switched(name) == Settings()
