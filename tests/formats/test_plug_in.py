"""A plug-in, installed as any distribution is: found, read, written and reported by the program."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import registry
from annotator.formats.base import Format, Source
from annotator.transfer.importing import read_source
from tests.formats.rough import require_sound
from tests.make_tables import README

PLACE = Path(__file__).parent.parent / "plug_in"
CODE = PLACE / "pubtator_for_annotator.py"
TEXT = """\
7|t|Two ministers met
7|a|Yerevan 🙂 denied that 14 soldiers were killed.
7\t18\t25\tYerevan\tactor
7\t28\t34\tdenied\tdenial
7\t99\t104\twords\tactor

8|t|Alone

9|t|Rain
9|a|
"""


def annotator(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line, where the plug-in is installed."""
    path = os.pathsep.join((str(PLACE), str(README.parent)))
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, words)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_a_format_like_ours(tmp_path: Path) -> None:
    project, file, out = tmp_path / "p.db", tmp_path / "a.pubtator", tmp_path / "out.pubtator"
    file.write_text(TEXT, encoding="utf-8")
    listed = json.loads(annotator("formats", "--json").stdout)["formats"]
    (ours,) = (each for each in listed if each["name"] == "pubtator")
    assert (ours["read"], ours["write"]) == (True, True)
    assert annotator("new", project).returncode == 0
    report = json.loads(annotator("import", project, file, "--annotator", "ada", "--json").stdout)
    assert (report["documents"], report["annotations"]) == (2, 2)
    assert [(each["where"].rpartition(", ")[2], each["what"]) for each in report["problems"]] == [
        ("line 5", '"words" does not stand where it says'),
        ("line 7", "no title and abstract begin here"),
    ]
    done = annotator(
        *("export", project, "--format", "pubtator", "--layer", "ada", "--out", out, "--json")
    )
    assert json.loads(done.stdout)["lost"] == [{"what": "article details", "count": 2}]
    kept = [line[1:] for line in TEXT.split("\n") if "words" not in line and "Alone" not in line]
    written = [line[1:] for line in out.read_text(encoding="utf-8").split("\n")]
    assert [line for line in written if line] == [line for line in kept if line]


@given(st.binary(max_size=200) | st.text("7|ta\t\n 0123456789").map(str.encode))
def test_it_bears_what_ours_bear(plugged: Format, data: bytes) -> None:
    source = Source("a.pubtator", stream=BytesIO(data))
    require_sound(list(read_source(source, plugged.name, {}, lambda _: None)), "a.pubtator")


@pytest.fixture(scope="module")
def plugged() -> Iterator[Format]:
    """The plug-in, as the registry finds it."""
    sys.path.insert(0, str(PLACE))
    registry.plug_ins.cache_clear()
    yield registry.plug_ins().formats["pubtator"]
    sys.path.remove(str(PLACE))
    registry.plug_ins.cache_clear()


def test_one_that_is_broken_stays_out_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        [
            EntryPoint("gone", "no_such_module:FORMAT", registry.GROUP),
            EntryPoint("odd", "json:loads", registry.GROUP),
        ]
    )
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    registry.plug_ins.cache_clear()
    assert registry.plug_ins().formats == {}
    assert registry.plug_ins().troubles == (
        "The plug-in \"gone\" can't be loaded (No module named 'no_such_module').",
        'The plug-in "odd" is no format.',
    )
    registry.plug_ins.cache_clear()


def test_the_readme_shows_this_one() -> None:
    shown = re.findall(
        r"<!-- plug-in -->\n```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL
    )
    assert set(shown) <= {CODE.read_text("utf-8")}
