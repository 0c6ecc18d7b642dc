"""What a format is, and what goes through one on its way in or out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal

from annotator.core.article import Article
from annotator.core.model import (
    Annotator,
    Entity,
    Setting,
    TagsetVersion,
)

FEATURES = (
    "articles",
    "article details",
    "annotations",
    "annotations in several fragments",
    "attributes",
    "notes",
    "relations",
    "entities",
    "layers without annotations",
    "details of layers",
    "first passes",
    "time of work",
    "decisions",
    "details of annotators",
    "versions of the tag set",
    "settings",
)
"""What a format may keep or lose, in the words of a report. Details of an article are its title,
outlet, address, date, language, note and `meta`; of a layer its `meta`; of an annotator the name to
show and the colour; notes are the notes and `meta` of annotations."""
_ONE = {
    "articles": "1 article",
    "article details": "details of 1 article",
    "annotations": "1 annotation",
    "annotations in several fragments": "1 annotation in several fragments",
    "attributes": "1 attribute",
    "notes": "1 note",
    "relations": "1 relation",
    "entities": "1 entity",
    "layers without annotations": "1 layer without annotations",
    "details of layers": "details of 1 layer",
    "first passes": "1 first pass",
    "time of work": "time of work on 1 layer",
    "decisions": "1 decision",
    "details of annotators": "details of 1 annotator",
    "versions of the tag set": "1 version of the tag set",
    "settings": "1 setting",
}
HOW_IT_WAS_MADE = frozenset({"first passes", "time of work"})
"""The FEATURES that only the own format keeps."""
HEAD = 65_536
"""Bytes at the beginning of a file by which its format is told."""


def counted_feature(count: int, what: str) -> str:
    """How many of one of FEATURES: "1 article", "2,000 articles"."""
    return _ONE[what] if count == 1 else f"{count:,} {what}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a stream that can be rewound (standard input); `name` is what people call it."""

    name: str
    path: Path | None = None
    stream: BinaryIO | None = None
    beside: Callable[[str], "Source | None"] | None = None
    """Finds a file of this name in the same folder, where that is no folder of the disk."""
    unpack: Callable[[], BinaryIO] | None = None
    """Unpacks a file that lies in an archive; raises UserError where it can't."""
    unpacked: int = 0
    """Bytes of that file."""

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes from the beginning; a stream stays open for who made it."""
        if self.stream is not None:
            self.stream.seek(0)
            return nullcontext(self.stream)
        if self.unpack is not None:
            return self.unpack()
        assert self.path is not None
        return self.path.open("rb")

    @property
    def size(self) -> int:
        """Bytes, 0 where nobody knows."""
        return self.path.stat().st_size if self.path else self.unpacked

    def neighbour(self, name: str) -> "Source | None":
        """The file of this name in the same folder, if there is one."""
        if self.beside is not None:
            return self.beside(name)
        path = self.path.with_name(name) if self.path else None
        return Source(str(path), path) if path and path.is_file() else None

    def head(self) -> bytes:
        """The first bytes, at most HEAD."""
        with self.open() as stream:
            return stream.read(HEAD)


Head = Setting | TagsetVersion | Annotator | Entity
Item = Head | Article
"""What a file of any format is made of; entities and annotators come before the articles that
name them."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item, and the place where it was found: in words, and in bytes read so far."""

    where: str
    item: Item
    at: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read and was left out, and where; `what` is a phrase without a stop."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was done to something that was read, and where; `what` is a sentence."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be written of a feature (`what`, of FEATURES) that the format keeps mostly.

    `where` and `why` are for people: the article, and a phrase without a stop. What only `moved` is
    there, but not where it was.
    """

    what: str
    count: int = 1
    where: str = ""
    why: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a person has when a format is read or written; `choices` none for free text."""

    name: str
    note: str
    choices: tuple[str, ...] = ()
    default: str = ""


Options = Mapping[str, str]
"""The values of options, by name; what isn't there has its default."""
NO_OPTIONS: Options = MappingProxyType({})
KEPT_LINES = "lines"
"""The key in a layer's `meta` under which a format keeps the lines that a layer came from."""
ENCODING = Option("encoding", "of the text in the file; else found out")
Reading = Iterator[Found | Problem | Note]
Read = Callable[[Source, Options], Reading]
"""Reads a source; raises UserError for what isn't the format."""
Writing = Iterator[Item | Lost]
ToStream = Callable[[Iterable[Item], BinaryIO, Options], Writing]
"""Writes items, and gives each back when it is written, after what was lost of it."""
ToFolder = Callable[[Iterable[Item], Path, Options], Writing]
Layers = Literal["none", "one", "many"]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a corpus down.

    `keeps` are FEATURES. `sniff` tells it by a file's first bytes and its name. `layers` says how
    many layers of an article a file holds: a format of one is written once an annotator. With
    `local_ids` the ids in a file are unique there only. One that is `textless` can hold articles
    without their texts (Document.withheld). What is written `for_people` shows them all layers, and
    is not read again.
    """

    name: str
    note: str
    suffixes: tuple[str, ...]
    keeps: frozenset[str]
    read: Read | None = None
    to_stream: ToStream | None = None
    to_folder: ToFolder | None = None
    sniff: Callable[[bytes, str], bool] | None = None
    reading: tuple[Option, ...] = ()
    writing: tuple[Option, ...] = ()
    layers: Layers = "many"
    local_ids: bool = False
    textless: bool = False
    for_people: bool = False

    @property
    def write(self) -> ToStream | ToFolder | None:
        """How it is written, if it can be: as one stream, or as a folder of files."""
        return self.to_stream or self.to_folder

    @property
    def one_stream(self) -> bool:
        """Whether it is written as one stream."""
        return self.to_stream is not None

    @property
    def loses(self) -> tuple[str, ...]:
        """The FEATURES that it can't keep."""
        return tuple(each for each in FEATURES if each not in self.keeps)
