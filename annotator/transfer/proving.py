"""The proof that a package is whole: checksums, records, hashes of texts, counts of its card."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  (it is an exception)

from annotator.core import rules
from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.formats import jsonl_reader
from annotator.formats.base import Found, Source
from annotator.transfer.card import COUNTS
from annotator.transfer.census import Census
from annotator.transfer.packaging import CARD, CORPUS, SUMS, TABLES

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LARGEST = 64_000_000
"""Bytes of a text file of a package, the corpus and its tables aside."""
_PACKED = 200
"""A file in a zip that is this many times as large as packed is a bomb, if it is large."""
_BROKEN = (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError)
_ENDLESS = 1 << 62
_ROWS = {"documents": "articles", "spans": "annotations", "relations": "links"}


class _Room(Protocol):
    """Where the files of a package are."""

    def names(self) -> list[str]: ...

    def open(self, name: str) -> AbstractContextManager[BinaryIO]: ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        inside = (each for each in self._path.rglob("*") if each.is_file() or each.is_symlink())
        return sorted(each.relative_to(self._path).as_posix() for each in inside)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        return (self._path / name).open("rb")


class _Zip:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return sorted(each.filename for each in self._archive.infolist() if not each.is_dir())

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        info = self._archive.getinfo(name)
        if info.file_size > _LARGEST and info.file_size > _PACKED * info.compress_size:
            raise BadZipFile("it unpacks to far more than it is")
        return cast(AbstractContextManager[BinaryIO], self._archive.open(info))


def is_package(path: Path) -> bool:
    """Whether a path is to be proved as a package, and not as a project."""
    if path.is_dir():
        return True
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def package_problems(path: Path) -> list[str]:
    """What is wrong with a package, a sentence each; an empty list proves that it is whole."""
    try:
        with _opened(path) as room:
            return list(_problems(room))
    except _BROKEN as error:
        return [f"{path} can't be unpacked: {error}."]
    except OSError as error:
        return [f"{error.filename or path} can't be read: {error.strerror or error}."]


@contextmanager
def _opened(path: Path) -> Iterator[_Room]:
    if path.is_dir():
        yield _Folder(path)
        return
    with ZipFile(path) as archive:
        yield _Zip(archive)


def _problems(room: _Room) -> Iterator[str]:
    names = room.names()
    yield from (f"{name} is in it twice." for name, count in Counter(names).items() if count > 1)
    yield from (f"{name} would be unpacked outside." for name in names if _escapes(name))
    if SUMS not in names:
        yield f"It has no {SUMS}, and so is no package."
        return
    yield from _sum_problems(room, set(names))
    census = Census()
    if CORPUS in names:
        yield from _corpus_problems(room, census)
    else:
        yield f"It has no {CORPUS}."
    if CARD in names:
        yield from _card_problems(room, census)
    for table, what in _ROWS.items():
        name = f"{TABLES}/{table}.csv"
        if name in names:
            yield from _table_problems(room, name, what, census.counts[what])


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or parts[0].endswith(":")


def _sum_problems(room: _Room, names: set[str]) -> Iterator[str]:
    sums: dict[str, str] = {}
    for number, line in enumerate(_text(room, SUMS).splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            yield f"{SUMS}, line {number}: it is no checksum."
        else:
            sums[match[2]] = match[1]
    for name, digest in sums.items():
        if name not in names:
            yield f"{name} is missing."
            continue
        with room.open(name) as stream:
            if _digest(stream) != digest:
                yield f"{name} is not what its checksum says; it was changed."
    yield from (f"{name} has no checksum." for name in sorted(names - {SUMS, *sums}))


def _digest(stream: BinaryIO) -> str:
    found = hashlib.sha256()
    while block := stream.read(1 << 20):
        found.update(block)
    return found.hexdigest()


def _corpus_problems(room: _Room, census: Census) -> Iterator[str]:
    """What is wrong with the records; what is right is counted."""
    seen: set[str] = set()
    with room.open(CORPUS) as stream:
        try:
            for each in jsonl_reader.read(Source(CORPUS, stream=stream)):
                if not isinstance(each, Found):
                    yield f"{each.where}: {each.what}."
                    continue
                census.add(each.item)
                if isinstance(each.item, Article):
                    yield from _article_problems(each.item, each.where, seen)
        except UserError as error:
            yield str(error)


def _article_problems(article: Article, where: str, seen: set[str]) -> Iterator[str]:
    document = article.document
    if document.id in seen:
        yield f"{where}: there is another article with its id, {document.id}."
    seen.add(document.id)
    length = _ENDLESS if document.withheld else len(document.text)
    for work in article.works:
        yield from (f"{where}, {each}." for each in _work_problems(work, length))


def _work_problems(work: Work, length: int) -> Iterator[str]:
    known = {each.id: each for each in work.annotations}
    if len(known) < len(work.annotations):
        yield f"layer of {work.layer.annotator}: two annotations have the same id"
    for each in work.annotations:
        for problem in rules.span_problems(each, length):
            yield f"annotation {each.id}: {problem}"
    for link in work.relations:
        for problem in rules.relation_problems(link, known.get, Tagset("")):
            yield f"relation {link.id}: {problem}"


def _card_problems(room: _Room, census: Census) -> Iterator[str]:
    told = _text(room, CARD).partition(f"{COUNTS[0]}\n")[2].partition(COUNTS[1])[0]
    if told != census.tables():
        yield f"The counts in {CARD} are not those of {CORPUS}."


def _table_problems(room: _Room, name: str, what: str, count: int) -> Iterator[str]:
    csv.field_size_limit(_LARGEST)
    with room.open(name) as stream:
        lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        except (csv.Error, UnicodeDecodeError) as error:
            yield f"{name} is no table in UTF-8: {error}."
            return
    if rows != count:
        yield f"{name} has {counted(rows, 'row')}, but {CORPUS} has {count:,} {what}."


def _text(room: _Room, name: str) -> str:
    with room.open(name) as stream:
        return stream.read(_LARGEST).decode("utf-8", "replace")
