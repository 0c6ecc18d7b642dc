"""Plain text: one file an article."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.model import Document
from annotator.formats.base import Article, Format, Found, Item, Note, Reading, Source
from annotator.ingest.text import read_text

LIMIT = 64_000_000
"""Bytes in a file; a larger one is no article."""
_LONGEST = 100
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def read(source: Source, encoding: str | None = None) -> Reading:
    """The one article of a file; raises UserError where it is empty, binary or too large."""
    with source.open() as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(f"{source.name} is larger than {LIMIT // 1_000_000} MB; split it first.")
    document, notes = read_text(data, name=source.name, encoding=encoding)
    for note in notes:
        yield Note(source.name, note)
    yield Found(source.name, Article(document))


def write(items: Iterable[Item], folder: Path) -> Iterator[Item]:
    """Write each article into a file of its own, and give each item back when it is written."""
    taken: set[str] = set()
    for item in items:
        if isinstance(item, Article):
            name = file_name(item.document, ".txt", taken)
            (folder / name).write_bytes(item.document.text.encode())
        yield item


def file_name(document: Document, suffix: str, taken: set[str]) -> str:
    """A name for an article's file, like that of the file it came from; it goes to `taken`.

    It can be used on every system, and differs from those taken even where case doesn't count.
    """
    file = document.meta.get("file")
    stem = Path(file).stem if isinstance(file, str) else document.title
    stem = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", stem))[:_LONGEST].strip(" .")
    while len(stem.encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"article {stem}".strip()
    name, number = f"{stem}{suffix}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name.casefold())
    return name


FORMAT = Format(
    "text",
    "plain text, one file an article; nothing but the text",
    (".txt",),
    frozenset({"articles"}),
    read=read,
    to_folder=write,
)
