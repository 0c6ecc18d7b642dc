"""The registry: our formats, and plug-ins by entry point."""

import subprocess
import sys
import zlib
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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
    registry.plug_ins.cache_clear()
    yield
    registry.plug_ins.cache_clear()


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


PIECES = (
    *(b'{"record": ', b'{"%TYPES": ', b'"text": "a", "label": [', b'"spans": ', b'"_context"'),
    *(b"[", b"{", b"}", b"<html>", b"<xmi:XMI", b"urn:QDA-XML:project:1.0", b"a", b" ", b"\n"),
    *(b"PK\x03\x04", b"word/", b"exportedproject", b"project.qde", b"%PDF-", b"PAR1", b"\xd0\xcf"),
    *(b'"data": {', b'"annotations": [', b'"http://www.w3.org/ns/anno.jsonld"', b"\xef\xbb\xbf"),
    *(
        b"#FORMAT=WebAnno TSV 3.2",
        b"id,text,sha256\n",
        b"Baku B-claim\n",
        b"urn:QDA-XML:codebook:1.0",
    ),
)
NAMES = [
    *("a", "a.txt", "a.ANN", "a.json", "a.CSV", "a.psv", "a.docm", "a.qdpx", "a.mht", "a.html"),
    *("a.ods", "a.xls", "a.conll", "a.tab", "a.jsonl", "a.jsonlines", "a.webarchive"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map(b"".join), st.sampled_from(NAMES))
@example(zlib.compress(b"attrs, and what else there is"), "a.spacy")
def test_no_format_is_passed_over_that_knows_itself(head: bytes, name: str) -> None:
    for place, each in zip(registry.PLACES.values(), registry.OWN.values(), strict=True):
        assert not (each.sniff and each.sniff(head, name)) or place.clue(head, name), each.name


def test_names_are_those_of_the_formats() -> None:
    assert [each.name for each in registry.OWN.values()] == list(registry.OWN)
    assert len(registry.OWN) == len(set(registry.OWN))


def test_a_plain_text_loads_no_format() -> None:
    code = (
        "import sys; from annotator.formats import registry\n"
        'assert registry.sniffed(b"Baku said so.\\n\\nThe rest.", "a.txt") is None\n'
        'print([each for each in sys.modules if each.startswith("annotator.formats.")])'
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {each.rpartition(".")[2] for each in eval(result.stdout)}
    assert loaded == {"base", "registry", "conll", "sign", "tags"}
