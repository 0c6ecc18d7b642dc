"""A source as the file that an article is made of, with the options that all such formats have."""

from pathlib import Path

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.decode import decode
from annotator.formats.base import Found, Note, Option, Options, Reading, Source
from annotator.ingest.original import Made, Original

LIMIT = 64_000_000
"""Bytes in a file; a larger one is no article."""
KEEP = Option("keep", "bytes keeps the file itself, packed, with its article", ("", "bytes"))


def original(source: Source, options: Options, limit: int | None = None) -> Original:
    """The file of a source; raises UserError where it is empty or larger than `limit` bytes."""
    data = _bytes(source, limit)
    if not data:
        raise UserError(f"{source.name} is empty: it has 0 bytes.")
    return Original(source.name, data, place(source), options.get("keep") == "bytes")


def text_in(source: Source, encoding: str | None = None) -> str:
    """The text of a file, "" of an empty one; raises UserError where it is none, or too large."""
    data = _bytes(source)
    try:
        return decode(data, encoding=encoding).text if data else ""
    except UserError as error:
        raise UserError(f"{source.name}: {error}") from error


def _bytes(source: Source, limit: int | None = None) -> bytes:
    limit = LIMIT if limit is None else limit
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UserError(f"{source.name} is larger than {limit // 1_000_000} MB; split it first.")
    return data


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
