"""What a format is, and what goes through one on its way in or out."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    Layer,
    Relation,
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
    "decisions",
    "details of annotators",
    "versions of the tag set",
    "settings",
)
"""What a format may keep or lose, in the words of a report. Details of an article are its title,
outlet, address, date, language, note and `meta`; of a layer its `meta`; of an annotator the name to
show and the colour; notes are the notes and `meta` of annotations."""
HEAD = 65_536
"""Bytes at the beginning of a file by which its format is told."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a stream that can be rewound (standard input); `name` is what people call it."""

    name: str
    path: Path | None = None
    stream: BinaryIO | None = None

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes from the beginning; a stream stays open for who made it."""
        if self.stream is not None:
            self.stream.seek(0)
            return nullcontext(self.stream)
        assert self.path is not None
        return self.path.open("rb")

    def head(self) -> bytes:
        """The first bytes, at most HEAD."""
        with self.open() as stream:
            return stream.read(HEAD)


@dataclass(frozen=True, slots=True)
class Work:
    """A layer with what is in it."""

    layer: Layer
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A document with the work on it."""

    document: Document
    works: tuple[Work, ...] = ()
    decisions: tuple[Decision, ...] = ()


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


Reading = Iterator[Found | Problem | Note]
Read = Callable[[Source, str | None], Reading]
"""Reads a source, in an encoding if one is named; raises UserError for what isn't the format."""
ToStream = Callable[[Iterable[Item], BinaryIO], Iterator[Item]]
"""Writes items, and gives each back when it is written."""
ToFolder = Callable[[Iterable[Item], Path], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a corpus down. `keeps` are FEATURES; `sniff` tells it by a file's head."""

    name: str
    note: str
    suffixes: tuple[str, ...]
    keeps: frozenset[str]
    read: Read | None = None
    to_stream: ToStream | None = None
    to_folder: ToFolder | None = None
    sniff: Callable[[bytes], bool] | None = None

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
