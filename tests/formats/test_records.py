"""Records one by one: what is broken is named, and the others come."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.formats import records as module
from annotator.formats.base import Problem, Source
from annotator.formats.records import Record, records
from tests.strategies import json_values


def read(data: bytes, *, whole: bool = False) -> list[Any]:
    found = records(Source("f", stream=io.BytesIO(data)), whole=whole)
    return [each.what if isinstance(each, Problem) else each.value for each in found]


@given(st.lists(json_values(), max_size=8), st.integers(1, 9), st.sampled_from((None, 1)))
def test_elements_are_those_of_json(values: list[Any], size: int, indent: int | None) -> None:
    data = json.dumps(values, indent=indent, ensure_ascii=size % 2 == 0).encode()
    before = module._CHUNK
    try:
        module._CHUNK = size
        assert read(data) == values
        assert read(b"\xef\xbb\xbf \n" + data + b"\n") == values
    finally:
        module._CHUNK = before


@pytest.mark.parametrize("whole", [False, True])
def test_an_empty_file(whole: bool) -> None:
    with pytest.raises(UserError, match="f is empty"):
        read(b" \n", whole=whole)


def test_lines() -> None:
    assert read(b'{"a": 1}\n\n{"a"\n{"a": 2}') == [
        {"a": 1},
        "it is not JSON at line 2, column 1 (Expecting ':' delimiter)",
        {"a": 2},
    ]


def test_one_object() -> None:
    assert read(b'\xef\xbb\xbf{\n"a": 1}', whole=True) == [{"a": 1}]
    (what,) = read(b'{"a":\n', whole=True)
    assert "it is not JSON" in what


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'[{"a": 1}, {"a" 1}, {"a": 3}]', [{"a": 1}, "it is not JSON", {"a": 3}]),
        (b'[{"a": "}]"}, {"a": tru, "b": ["\\"]"]}, 3]', [{"a": "}]"}, "it is not JSON", 3]),
        (b'[{"a": 1, "a": 2}, 3]', ['it has the field "a" twice', 3]),
        (b'[{"a": NaN}, 3]', ["NaN is no JSON value", 3]),
        (b'["\xff", 3]', ["it holds bytes that are not UTF-8", 3]),
        (b'["\\ud800", 3]', ["it holds a character", 3]),
        (b'["\\ud83d\\ude42", 3]', ["🙂", 3]),
        (b"[1 2, 3]", [1, "there is no comma behind it", 2, 3]),
        (b"[1}, 3]", [1, "there is no comma", "it is not JSON", 3]),
        (b"[[" + b"[" * 100_000 + b"]" * 100_000 + b"], 3]", ["it is nested too deeply", 3]),
        (b"[" + b"1" * 10_000 + b", 3]", ["it is not JSON", 3]),
        (b"[1, 3] 4", [1, 3, "what stands behind its array was left out"]),
        (b"[1, 3", [1, 3, "its array has no end; the file may have been cut off"]),
        (b"[1,", [1, "its array has no end; the file may have been cut off"]),
        (b'[1, {"a": "b\\', [1, "the file may have been cut off here", "its array has no end"]),
        (b"[nul", ["it is not JSON", "its array has no end"]),
    ],
)
def test_what_is_broken_is_named(data: bytes, found: list[Any]) -> None:
    for each, expected in zip(read(data), found, strict=True):
        assert each == expected or (isinstance(each, str) and expected in each)


@pytest.mark.parametrize("chunk", [1, 3, 64])
def test_a_record_that_is_too_large(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(module, "LIMIT", 100)
    monkeypatch.setattr(module, "_CHUNK", chunk)
    large = json.dumps({"a": 'q"\\' * 300, "b": [{}]}).encode()
    found = read(b'[{"a": 1}, ' + large + b', {"a": 3}]')
    assert found[0] == {"a": 1}
    assert "larger than" in found[1]
    assert found[2] == {"a": 3}
    assert len(found) == 3
    (what,) = read(large, whole=True)
    assert "larger than" in what


def test_memory_is_that_of_a_record() -> None:
    data = b"[" + b",".join([json.dumps({"text": "x" * 9_000}).encode()] * 2_000) + b"]"
    tracemalloc.start()
    count = sum(isinstance(each, Record) for each in records(Source("f", stream=io.BytesIO(data))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_000
    assert peak < len(data) / 10


def test_where_a_record_is() -> None:
    found = list(records(Source("f", stream=io.BytesIO(b'[1, {"b": 2}]'))))
    assert [each.where for each in found] == ["f, record 1", "f, record 2"]


@given(st.lists(json_values(), min_size=1, max_size=4), json_values(), st.integers(1, 9))
def test_what_is_skipped_ends_where_it_ends(values: list[Any], broken: Any, size: int) -> None:
    bad = json.dumps({"a": broken, "b": values}).replace('"a":', '"a" ', 1)
    data = f"[{bad}, {json.dumps(values)}]".encode()
    before = module._CHUNK
    try:
        module._CHUNK = size
        assert read(data)[1:] == [values]
    finally:
        module._CHUNK = before
