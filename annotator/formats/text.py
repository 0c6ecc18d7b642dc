"""Plain text: one file an article."""

from collections.abc import Iterable
from pathlib import Path

from annotator.core.article import Article
from annotator.formats.base import (
    ENCODING,
    NO_OPTIONS,
    Format,
    Item,
    Options,
    Reading,
    Source,
    Writing,
)
from annotator.formats.names import file_name
from annotator.formats.original import KEEP, original, told
from annotator.ingest.text import read_text


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The one article of a file; raises UserError where it is empty, binary or too large."""
    file = original(source, options)
    yield from told(source, read_text(file, encoding=options.get("encoding")))


def write(items: Iterable[Item], folder: Path, _options: Options = NO_OPTIONS) -> Writing:
    """Write each article into a file of its own, and give each item back when it is written."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            name = file_name(item.document, ".txt", taken)
            (folder / name).write_bytes(item.document.text.encode())
        yield item


FORMAT = Format(
    "text",
    "plain text, one file an article; nothing but the text",
    (".txt",),
    frozenset({"articles"}),
    read=read,
    to_folder=write,
    reading=(ENCODING, KEEP),
    layers="none",
)
