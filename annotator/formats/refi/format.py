"""REFI-QDA, by which programs for qualitative analysis exchange projects and code books."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO
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
from annotator.formats.carried import Own
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl_reader import head_of, lines, parsed
from annotator.formats.refi.qde import BOOK, INTERNAL, OWN, PROJECT, SOURCES, SPACE, element
from annotator.formats.refi.reading import (
    Book,
    Places,
    Source,
    content,
    id_of,
    labels_in,
    link,
    require_project,
    tag,
    users_in,
)
from annotator.formats.refi.writing import Draft, code
from annotator.formats.tree import tree
from annotator.ingest.archive import MAGIC, checked, readable

LIMIT = 256_000_000
"""Bytes in a project's XML, or in what we keep beside it."""
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
        if stream.read(len(MAGIC)) != MAGIC:
            stream.seek(0)
            root = tree(_limited(stream, source.name), source.name)
            yield from _project(root, source.name, None, {})
            return
        stream.seek(0)
        zip_ = stack.enter_context(checked(stream, source.name))
        found = [each for each in zip_.namelist() if each.lower() == PROJECT.lower()]
        if not found:
            raise UserError(f"{source.name} is no REFI-QDA project: it has no {PROJECT}.")
        root = tree(_bytes(zip_, found[0], source.name, LIMIT), source.name)
        heads, own = _own(zip_, source.name)
        yield from heads
        yield from _project(root, source.name, zip_, own)


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


def _own(zip_: ZipFile, name: str) -> tuple[list[Found | Problem], dict[str, Own]]:
    """What we keep in the archive: items, and what is carried of things by their guids."""
    items: list[Found | Problem] = []
    own: dict[str, Own] = {}
    data = _bytes(zip_, OWN, name, LIMIT) if OWN in zip_.namelist() else b""
    for number, row in lines(BytesIO(data)):
        where = f"{name}, {OWN}, line {number}"
        try:
            raw = parsed(row)
            fields = Fields(raw)
            kind = fields.text("record")
            if kind == "own":
                id_ = fields.text("guid")
                own[id_] = {key: raw[key] for key in raw if key not in ("record", "guid")}
            else:
                items.append(Found(where, head_of(kind, fields)))
        except Bad as error:
            items.append(Problem(where, str(error)))
    return items, own


def _project(root: Element, name: str, zip_: ZipFile | None, own: dict[str, Own]) -> Reading:
    require_project(root, name)
    labels = labels_in(root, own)
    notes = {
        id_of(each.get("guid")): _text_of(each, zip_, name)
        for each in root.iterfind(f"{tag('Notes')}/{tag('Note')}")
    }
    book = Book(labels, users_in(root), notes, own)
    if labels and not own:
        yield Found(name, _tagset(tuple(labels.values())))
    at: Places = {}
    found: list[tuple[str, Source, Article]] = []
    for each in root.iterfind(f"{tag('Sources')}/*"):
        where = f"{name}, {each.get('name', '')}"
        try:
            source = Source(each, _data(each, zip_, name), book, where)
            article = yield from source.article(at)
        except UserError as error:
            yield Problem(where, str(error).removesuffix("."))
            continue
        found.append((where, source, article))
    yield from _links(root, name, at, book)
    for where, source, article in found:
        yield Found(where, replace(article, works=source.works()))


def _links(root: Element, name: str, at: Places, book: Book) -> Iterator[Problem]:
    for each in root.iterfind(f"{tag('Links')}/{tag('Link')}"):
        try:
            link(each, at, book)
        except Bad as error:
            yield Problem(f"{name}, link {each.get('guid', '')}", str(error))


def _data(each: Element, zip_: ZipFile | None, name: str) -> bytes:
    """The text of a source; raises UserError where it has none, or it is not in the archive."""
    if each.tag not in (tag("TextSource"), tag("Note")):
        raise UserError("It is no text, so it stays out.")
    inside = content(each)
    if inside is not None:
        return inside.encode()
    path = each.get("plainTextPath", "")
    if zip_ is not None and path.startswith(INTERNAL):
        wanted = (SOURCES + path.removeprefix(INTERNAL)).lower()
        for known in zip_.namelist():
            if known.lower() == wanted:
                return _bytes(zip_, known, name, TEXT_LIMIT)
    raise UserError(f'Its text "{path}" is not in the file.')


def _text_of(note: Element, zip_: ZipFile | None, name: str) -> str:
    """The words of a note, its name where they can't be found."""
    try:
        data = _data(note, zip_, name)
        return decode(data).text if data else ""
    except UserError:
        return note.get("name", "")


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
    frozenset(FEATURES),
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
