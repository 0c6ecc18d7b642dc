"""A source as the file that an article is made of, with the options that all such formats have."""

from pathlib import Path

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats.base import Found, Note, Option, Options, Reading, Source
from annotator.ingest.original import Made, Original

LIMIT = 64_000_000
"""Bytes in a file; a larger one is no article."""
KEEP = Option("keep", "bytes keeps the file itself, packed, with its article", ("", "bytes"))


def original(source: Source, options: Options, limit: int = LIMIT) -> Original:
    """The file of a source; raises UserError where it is empty or larger than `limit` bytes."""
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UserError(f"{source.name} is larger than {limit // 1_000_000} MB; split it first.")
    if not data:
        raise UserError(f"{source.name} is empty: it has 0 bytes.")
    return Original(source.name, data, place(source), options.get("keep") == "bytes")


def place(source: Source) -> str:
    """Where a source lies, from the root of the disk and into an archive; "" for a stream."""
    if source.path is not None:
        return str(source.path.absolute())
    return str(Path(source.name).absolute()) if source.unpack is not None else ""


def told(source: Source, article: Made) -> Reading:
    """An article as a reader gives it, after the notes on it."""
    document, notes = article
    for note in notes:
        yield Note(source.name, note)
    yield Found(source.name, Article(document))
