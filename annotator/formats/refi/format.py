"""REFI-QDA, by which programs for qualitative analysis exchange projects and code books."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import TagsetVersion
from annotator.core.tagset import Label, Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.decode import decode
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Found,
    Item,
    Options,
    Problem,
    Reading,
    Writing,
)
from annotator.formats.base import Source as File
from annotator.formats.fields import Bad
from annotator.formats.refi.aside import Link, Links
from annotator.formats.refi.own import Kept
from annotator.formats.refi.qde import BOOK, INTERNAL, OWN, PROJECT, SOURCES, SPACE, element
from annotator.formats.refi.reading import (
    Book,
    Places,
    Source,
    content,
    id_of,
    labels_in,
    link,
    link_of,
    require_project,
    tag,
    users_in,
)
from annotator.formats.refi.writing import Draft, code
from annotator.formats.tree import parts, tree
from annotator.ingest.archive import MAGIC, checked, readable

LIMIT = 256_000_000
"""Bytes of a source in a project's XML, and of what is no source in it."""
_INSIDE = re.compile(rb"\APK\x03\x04.{26}Sources/[0-9a-f-]{36}\.txt|[Pp]roject\.qde", re.DOTALL)
TEXT_LIMIT = 64_000_000
"""Bytes in an article."""


def sniff(head: bytes, name: str) -> bool:
    """Whether a file is called or begins like a project, packed or not."""
    if head.startswith(MAGIC):
        return name.lower().endswith(".qdpx") or _INSIDE.search(head) is not None
    return SPACE.encode() in head[:4_000]


def read(source: File, _options: Options = NO_OPTIONS) -> Reading:
    """The articles of a project, each with a layer for each user; what is no text stays out.

    Raises UserError for a file that is no project.
    """
    with source.open() as stream, ExitStack() as stack:
        packed = stream.read(len(MAGIC)) == MAGIC
        stream.seek(0)
        zip_ = stack.enter_context(checked(stream, source.name)) if packed else None
        yield from _Project(stream, zip_, stack, source.name).read()


def _limited(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(f"{name} is larger than {LIMIT // 1_000_000} MB; split it first.")
    return data


def _bytes(zip_: ZipFile, path: str, name: str, limit: int) -> bytes:
    where = f"{name}, {path}"
    if zip_.getinfo(path).file_size > limit:
        raise UserError(f"{where} is larger than {limit // 1_000_000} MB.")
    with readable(where), zip_.open(path) as file:
        return file.read(limit)


class _Project:
    """A project in a file: its XML is gone through twice, for sources refer to what is behind them.

    In memory are its codes and notes, and one source with what is coded in it.
    """

    def __init__(self, stream: BinaryIO, zip_: ZipFile | None, stack: ExitStack, name: str) -> None:
        self._stream = stream
        self._zip = zip_
        self._links = Links(stack)
        self._kept = Kept(stack, zip_, name)
        self._name = name

    def read(self) -> Reading:
        """All that is in it."""
        for each in self._parts():
            if each.tag == tag("Link"):
                self._links.add(link_of(each))
        root = each
        require_project(root, self._name)
        yield from self._kept.heads()
        labels = labels_in(root, self._kept.labels)
        notes = {
            id_of(each.get("guid")): self._text_of(each)
            for each in root.iterfind(f"{tag('Notes')}/{tag('Note')}")
        }
        book = Book(labels, users_in(root), notes)
        if labels and not self._kept.known:
            yield Found(self._name, _tagset(tuple(labels.values())))
        root.clear()
        for each in self._parts():
            if each.tag not in (root.tag, tag("Link")):
                yield from self._source(each, book)
        yield from self._linked(self._links.left(), {}, book)

    def _parts(self) -> Iterator[Element]:
        """The sources and links one by one, and the project without them."""
        apart = (tag("Sources"), tag("Links"))
        if self._zip is None:
            self._stream.seek(0)
            yield from parts(self._stream, self._name, apart=apart, most=LIMIT)
            return
        found = self._member(PROJECT)
        if found is None:
            raise UserError(f"{self._name} is no REFI-QDA project: it has no {PROJECT}.")
        where = f"{self._name}, {found}"
        with readable(where), self._zip.open(found) as file:
            yield from parts(cast(BinaryIO, file), where, apart=apart, most=LIMIT)

    def _source(self, each: Element, book: Book) -> Reading:
        """An article with its links, after what of it stays out."""
        where = f"{self._name}, {each.get('name', '')}"
        own = self._kept.of(id_of(each.get("guid")))
        book = replace(book, own=own)
        at: Places = {}
        try:
            source = Source(each, self._data(each), book, where)
            article = yield from source.article(at)
        except UserError as error:
            yield Problem(where, str(error).removesuffix("."))
            return
        yield from self._linked(self._links.take(at), at, book)
        yield Found(where, replace(article, works=source.works()))

    def _data(self, each: Element) -> bytes:
        """The text of a source; raises UserError where it has none, or it is not in the archive."""
        if each.tag not in (tag("TextSource"), tag("Note")):
            raise UserError("It is no text, so it stays out.")
        inside = content(each)
        if inside is not None:
            return inside.encode()
        path = each.get("plainTextPath", "")
        if self._zip is not None and path.startswith(INTERNAL):
            wanted = self._member(SOURCES + path.removeprefix(INTERNAL))
            if wanted is not None:
                return _bytes(self._zip, wanted, self._name, TEXT_LIMIT)
        raise UserError(f'Its text "{path}" is not in the file.')

    def _member(self, name: str) -> str | None:
        """The file of this name in the archive; else the first that differs in case alone."""
        assert self._zip is not None
        try:
            return self._zip.getinfo(name).filename
        except KeyError:
            return self._members.get(name.lower())

    @cached_property
    def _members(self) -> dict[str, str]:
        """The files of the archive, by their names in lower case; of several the first."""
        return {each.lower(): each for each in reversed(self._zip.namelist() if self._zip else [])}

    def _text_of(self, note: Element) -> str:
        """The words of a note, its name where they can't be found."""
        try:
            data = self._data(note)
            return decode(data).text if data else ""
        except UserError:
            return note.get("name", "")

    def _linked(self, links: Iterable[Link], at: Places, book: Book) -> Iterator[Problem]:
        """Add links, in the order in which they stand in the file, to the layers of their ends."""
        for each in links:
            try:
                link(each, at, book)
            except Bad as error:
                yield Problem(f"{self._name}, link {each.guid}", str(error))


def _tagset(labels: tuple[Label, ...]) -> TagsetVersion:
    return TagsetVersion(1, dumps(Tagset("code book", 1, labels)))


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write items into a project, and give each back when it is written."""
    with ExitStack() as stack:
        draft = Draft(stream, stack)
        for item in items:
            if isinstance(item, Article):
                draft.article(item)
            else:
                draft.head(item)
            yield item
        draft.finish()


def read_book(source: File, _options: Options = NO_OPTIONS) -> Reading:
    """The codes of a code book as a tag set; raises UserError where there are none."""
    with source.open() as stream:
        root = tree(_limited(stream, source.name), source.name)
    if root.tag != tag("CodeBook", BOOK):
        raise UserError(f"{source.name} is no REFI-QDA code book: its root is not a CodeBook.")
    yield Found(source.name, _tagset(tuple(labels_in(root, {}, BOOK).values())))


def write_book(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write the labels of the newest tag set, and give each item back."""
    tagset = Tagset("")
    for item in items:
        if isinstance(item, TagsetVersion):
            tagset = loads(item.toml)
        yield item
    codes = "".join(map(code, tagset.labels))
    book = element("Codes", {}, codes) if codes else "<Codes/>\n"
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    stream.write(f'{head}<CodeBook xmlns="{BOOK}">\n{book}</CodeBook>\n'.encode())


def sniff_book(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like a code book."""
    return BOOK.encode() in head[:4_000]


FORMAT = Format(
    "refi-qda",
    "REFI-QDA project: codes, users, coded passages, links and notes for programs of qualitative "
    f"analysis; the rest stands in a file of ours in it, {OWN}",
    (".qdpx", ".qde"),
    frozenset(FEATURES) - HOW_IT_WAS_MADE,
    read=read,
    to_stream=write,
    sniff=sniff,
    local_ids=True,
)
CODE_BOOK = Format(
    "refi-qdc",
    "REFI-QDA code book: the names, colours and guidelines of the labels",
    (".qdc",),
    frozenset(),
    read=read_book,
    to_stream=write_book,
    sniff=sniff_book,
)
