"""What the tests of foreign JSON formats share: reading and writing without a project."""

import io
import json
from typing import Any

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.formats.base import Format, Found, Item, Lost, Note, Problem, Source

TEXT = "👩‍👩‍👧 Baku denied that 14 soldiers were killed, said Yerevan."
BAKU, SOLDIERS, YEREVAN = Span(6, 10), Span(23, 34), Span(53, 60)
assert (BAKU.of(TEXT), SOLDIERS.of(TEXT), YEREVAN.of(TEXT)) == ("Baku", "14 soldiers", "Yerevan")


def encoded(value: Any) -> bytes:
    """A value as a file of one record."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def source(data: Any, name: str = "f.json", beside: bytes | None = None) -> Source:
    """A file with this content; `beside` is the text that stands beside it."""
    if beside is None:
        return Source(name, stream=io.BytesIO(encoded(data)), beside=lambda _: None)
    return Source(
        name,
        stream=io.BytesIO(encoded(data)),
        beside=lambda it: Source(it, stream=io.BytesIO(beside)),
    )


def read(
    format_: Format, data: Any, beside: bytes | None = None, **options: Any
) -> list[Found | Problem | Note]:
    """All that is in a file."""
    assert format_.read is not None
    return list(format_.read(source(data, beside=beside), options))


def articles(found: list[Any]) -> list[Article]:
    """The articles among what was read."""
    items = (each.item for each in found if isinstance(each, Found))
    return [each for each in items if isinstance(each, Article)]


def whats(found: list[Any]) -> list[str]:
    """What the problems say."""
    return [each.what for each in found if isinstance(each, Problem)]


def notes(found: list[Any]) -> list[str]:
    """What the notes say."""
    return [each.what for each in found if isinstance(each, Note)]


def written(format_: Format, items: list[Item], **options: str) -> tuple[bytes, list[Lost]]:
    """A file of items, and what was lost."""
    stream = io.BytesIO()
    assert format_.to_stream is not None
    given = list(format_.to_stream(items, stream, options))
    assert [each for each in given if not isinstance(each, Lost)] == items
    return stream.getvalue(), [each for each in given if isinstance(each, Lost)]


def article(*works: Work, text: str = TEXT, **more: Any) -> Article:
    """An article with work on it."""
    document = Document("0190a000-0000-7000-8000-00000000000d", "Baku", text, sha256(text), **more)
    return Article(document, works)


def work(name: str = "ada", *, linked: bool = True, **more: Any) -> Work:
    """Two annotations by somebody, of which one has all that there is, and a link between them."""
    layer = Layer.of(article().document.id, name, state=more.pop("state", "done"), **more)
    ids = [f"0190a000-0000-7000-8000-{number:06d}{sha256(layer.id)[:6]}" for number in (1, 2, 3)]
    day = {"text": "", "from": "2020-09-27", "to": "2020-09-27"}
    denial = Annotation(
        ids[0],
        layer.id,
        (BAKU, SOLDIERS),
        "denial",
        {"kind": "explicit", "when": day},
        "mind the gap",
        {"by": "hand"},
    )
    actor = Annotation(ids[1], layer.id, (YEREVAN,), "actor")
    link = Relation(ids[2], layer.id, "source", ids[0], ids[1], {"implied": True})
    return Work(layer, (denial, actor), (link,) if linked else ())


def places(found: list[Any]) -> list[tuple[int, int, str]]:
    """Start, end and label of all annotations that were read."""
    return [
        (each.envelope.start, each.envelope.end, each.label)
        for one in articles(found)
        for its in one.works
        for each in its.annotations
    ]
