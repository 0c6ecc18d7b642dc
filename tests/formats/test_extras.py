"""The extras of pyproject.toml, by which the libraries of some formats come."""

import re
import tomllib
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.formats.extras import need

EXTRAS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["optional-dependencies"]


def test_all_is_every_extra() -> None:
    (whole,) = EXTRAS["all"]
    found = re.fullmatch(r"event-annotator\[(.+)\]", whole)
    assert found
    assert {*found[1].split(",")} == {*EXTRAS} - {"all", "test"}


def test_what_formats_need_is_an_extra() -> None:
    package = Path(__file__).parents[2] / "annotator"
    asked = {
        extra
        for path in package.rglob("*.py")
        for extra in re.findall(r'\bneed\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert asked
    assert asked <= {*EXTRAS}


def test_a_missing_library_is_named_with_its_command() -> None:
    with pytest.raises(UserError, match=r'pip install "event-annotator\[parquet\]"'):
        need("parquet", "no_such_library")
