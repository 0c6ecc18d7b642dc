"""Foreign JSON formats together: nothing broken makes a traceback, and what is whole comes in."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Value
from annotator.core.tagset import Tagset
from annotator.formats import registry
from annotator.formats.base import Format, Found, Lost, Source
from tests.corpora import corpora
from tests.formats.foreign import article, read, work, written
from tests.formats.test_jsonl import items_of

NAMES = ("prodigy", "doccano", "label-studio", "web-annotation")
KEYS = ("text", "spans", "entities", "label", "result", "value", "data", "items", "target", "first")


def format_of(name: str) -> Format:
    return registry.OWN[name]


def tried(name: str, data: bytes) -> list[Any]:
    """What is read of a file, [] where the file is refused."""
    try:
        return read(format_of(name), data)
    except UserError:
        return []


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50)
@given(value=st.data())
def test_any_json_at_all(name: str, value: st.DataObject) -> None:
    leaves: Any = st.sampled_from(
        (None, True, 0, 1, -1, 1.5, "", "a", "A hit B", "labels", "relation")
    )
    keys = st.sampled_from(
        (*KEYS, "start", "end", "id", "type", "annotator", "annotations", "tokens")
    )
    anything = st.recursive(
        leaves, lambda it: st.lists(it, max_size=3) | st.dictionaries(keys, it, max_size=4)
    )
    drawn = value.draw(st.dictionaries(keys, anything, max_size=6))
    extra = {"text": "A hit B", "type": "Annotation", "data": {"text": "A hit B"}}
    tried(name, json.dumps([drawn, {**drawn, **extra}, {**extra, **drawn}]).encode())


@settings(max_examples=25)
@given(corpora())
@pytest.mark.parametrize("name", ["prodigy", "label-studio", "web-annotation"])
def test_layers_come_back_with_their_ids(name: str, corpus: tuple[Tagset, list[Value]]) -> None:
    items = items_of(*corpus)
    data, lost = written(format_of(name), items)
    assert written(format_of(name), items)[0] == data
    found = [each.item for each in tried(name, data) if isinstance(each, Found)]
    heads = [each for each in items if not isinstance(each, Article)]
    if any(isinstance(each, Article) for each in items):
        assert lost == []
        assert found[: len(heads)] == heads
        here = [_values(each) for each in found if isinstance(each, Article)]
        assert here == [_values(each) for each in items if isinstance(each, Article)]
    else:
        assert all(isinstance(each, Lost) for each in lost)


def _values(one: Article) -> Any:
    works = sorted(
        (its.layer.id, [(each.id, each.spans, each.label, each.attributes, each.note, each.meta)
                        for each in its.annotations],
         sorted((each.id, each.type, each.source, each.target) for each in its.relations))
        for its in one.works
    )  # fmt: skip
    return one.document, works, one.decisions


@pytest.mark.parametrize("name", NAMES)
def test_memory_is_that_of_an_article(name: str) -> None:
    """Writing and reading hold one article at a time, however many there are."""
    given_ = 0

    def items() -> Any:
        nonlocal given_
        for at in range(50):
            given_ = at
            yield article(work("ada"), text=article().document.text + f" {at}")

    format_ = format_of(name)
    assert format_.to_stream is not None
    stream = io.BytesIO()
    for number, _ in enumerate(format_.to_stream(items(), stream, {})):
        assert given_ == number
    size = len(stream.getvalue())
    assert format_.read is not None
    reading = iter(format_.read(Source("f", stream=stream), {}))
    assert next(reading).at <= size  # type: ignore[union-attr]  # the first is a Found


@pytest.mark.parametrize("name", NAMES)
def test_told_from_each_other(name: str) -> None:
    data, _ = written(format_of(name), [article(work("ada"))])
    assert registry.sniffed(data[:65_536], "out") is format_of(name)
    data, _ = written(format_of(name), [article()])
    assert registry.sniffed(data[:65_536], "out") is format_of(name)
