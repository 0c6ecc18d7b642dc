"""The registry: our formats, and plug-ins by entry point."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints

import pytest

from annotator.formats import registry
from annotator.formats.base import FEATURES, Format
from annotator.formats.jsonl_reader import read

PLUG = Format(
    "plug",
    "a plug-in",
    (".plug",),
    frozenset(),
    read=read,
    sniff=lambda head, _name: head == b"plug",
)
OTHER = Format("csv", "a plug-in with a name that is taken", (), frozenset())
NO_FORMAT = "text"


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = EntryPoints(
        EntryPoint(name, f"{__name__}:{name}", registry.GROUP)
        for name in ("PLUG", "OTHER", "NO_FORMAT")
    )
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    registry.plugged.cache_clear()
    yield
    registry.plugged.cache_clear()


def test_our_formats() -> None:
    found = registry.formats()
    assert {"jsonl", "csv", "text"} <= set(found)
    assert found["jsonl"].one_stream
    assert not found["csv"].one_stream
    assert found["csv"].write is not None
    assert found["csv"].read is not None
    assert found["jsonl"].loses == ()
    assert "decisions" in found["csv"].loses
    for each in found.values():
        assert each.keeps <= set(FEATURES)
        assert each.note


@pytest.mark.usefixtures("plugged")
def test_plug_ins_are_found_and_take_no_name_of_ours() -> None:
    found = registry.formats()
    assert found["plug"] is PLUG
    assert found["csv"].note != OTHER.note
    assert set(found) == {*registry.OWN, "plug"}


@pytest.mark.usefixtures("plugged")
def test_content_tells_the_format() -> None:
    assert registry.sniffed(b'{"record": "corpus"}', "a.txt") is registry.OWN["jsonl"]
    assert registry.sniffed(b"plug", "a.plug") is PLUG
    assert registry.sniffed(b"plug", "a.TXT") is None  # a plug-in can't claim plain text
    assert registry.sniffed(b"Yerevan", "a") is None
