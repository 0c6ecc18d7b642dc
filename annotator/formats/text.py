"""Plain text: one file an article."""

from collections.abc import Iterable
from pathlib import Path

from annotator.core.errors import UserError
from annotator.formats.base import (
    ENCODING,
    NO_OPTIONS,
    Article,
    Format,
    Found,
    Item,
    Note,
    Options,
    Reading,
    Source,
    Writing,
)
from annotator.formats.names import file_name
from annotator.ingest.text import read_text

LIMIT = 64_000_000
"""Bytes in a file; a larger one is no article."""


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The one article of a file; raises UserError where it is empty, binary or too large."""
    with source.open() as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(f"{source.name} is larger than {LIMIT // 1_000_000} MB; split it first.")
    document, notes = read_text(data, name=source.name, encoding=options.get("encoding"))
    for note in notes:
        yield Note(source.name, note)
    yield Found(source.name, Article(document))


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
    reading=(ENCODING,),
    layers="none",
)
