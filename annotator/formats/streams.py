"""The lines of a text file, one by one, in whatever encoding it has."""

import codecs
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from annotator.core.errors import UserError
from annotator.core.text import REPLACEMENT, counted
from annotator.decode import decode
from annotator.formats.base import HEAD, Note

LIMIT = 64_000_000
"""Characters in a line; a longer one is left out, so that one broken file can't fill the memory."""
_ESCAPED = re.compile("[\udc80-\udcff]")


class TextLines:
    """The lines of a stream that can be rewound, with their ends; None for one over the limit.

    Only LF ends a line. `encoding` is taken as it is, "" is found out by the beginning. Bytes that
    the encoding hasn't become U+FFFD, and `notes` says so.
    """

    def __init__(self, stream: BinaryIO, name: str, encoding: str = "") -> None:
        self._stream = stream
        self._name = name
        self._bad: list[int] = []
        self._encoding, self._remarks = _encoding_of(stream, name, encoding)

    def where(self, number: int) -> str:
        """The place of a line, for people."""
        return f"{self._name}, line {number}"

    @property
    def at(self) -> int:
        """Bytes read so far, or a little more."""
        return self._stream.tell()

    def __iter__(self) -> Iterator[tuple[int, str | None]]:
        """The lines and their numbers, from 1."""
        self._stream.seek(0)
        self._bad.clear()
        utf8 = self._encoding.startswith("utf-8")
        errors = "surrogateescape" if utf8 else "replace"
        text = TextIOWrapper(self._stream, self._encoding, errors=errors, newline="\n")
        try:
            number = 0
            while line := text.readline(LIMIT + 1):
                number += 1
                if len(line) > LIMIT:
                    _skip(text, line)
                    yield number, None
                elif line.isascii() or not _ESCAPED.search(line):
                    yield number, line
                else:
                    self._bad.append(number)
                    yield number, _ESCAPED.sub(REPLACEMENT, line)
        finally:
            text.detach()  # or the stream would be closed with it

    def notes(self) -> Iterator[Note]:
        """What is to be said of the encoding when all was read."""
        for each in self._remarks:
            yield Note(self._name, each)
        if self._bad:
            lines = counted(len(self._bad), "line")
            what = f"{lines} with bytes that are not UTF-8, the first line {self._bad[0]}"
            yield Note(self._name, f"{what}; they were replaced by U+FFFD.")


def _skip(text: TextIOWrapper, line: str) -> None:
    while line and not line.endswith("\n"):
        line = text.readline(LIMIT)


def _encoding_of(stream: BinaryIO, name: str, chosen: str) -> tuple[str, tuple[str, ...]]:
    """The encoding of a stream, and sentences on how it was found."""
    stream.seek(0)
    head = stream.read(HEAD)
    try:
        if chosen:
            return decode(b"", encoding=chosen).encoding, ()
        if _is_utf8(head):
            return "utf-8-sig", ()
        found = decode(head)
    except UserError as error:
        raise UserError(f"{name}: {error}") from error
    guess = tuple(each for each in found.notes if "guess" in each)
    return ("utf-8-sig" if found.encoding == "utf-8" else found.encoding), guess


def _is_utf8(head: bytes) -> bool:
    """Whether bytes are the beginning of UTF-8 text."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return b"\0" not in head
