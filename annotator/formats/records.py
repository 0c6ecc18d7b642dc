"""The records of a JSON file that others wrote: its lines, or the elements of its array."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from annotator.core.errors import UserError
from annotator.formats.base import HEAD, Problem, Source
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import DECODER, LIMIT, lines, parsed, require_keepable

_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\n\r]*")
_MARK = re.compile(r'\\.|["\[\]{},]', re.DOTALL)
_ESCAPES = ("\\u0000", "\\ud", "\\uD")
_NEAR = 12
"""Characters before the end of what was read in which a value may look broken for being cut."""


@dataclass(frozen=True, slots=True)
class Record:
    """A value, the place where it was found: in words, and in bytes read so far."""

    where: str
    value: Any
    at: int


Records = Iterator[Record | Problem]


def records(source: Source, *, whole: bool = False) -> Records:
    """The elements of the array that a file is, one by one; else its lines.

    One that is broken is a Problem, and the others come. With `whole`, a file that is no array is
    one record. Raises UserError where it is empty.
    """
    with source.open() as stream:
        first = stream.read(HEAD).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
        if not first:
            raise UserError(f"{source.name} is empty.")
        stream.seek(0)
        if first == b"[":
            yield from _Array(stream, source.name).records()
        elif whole:
            yield _only(stream, source.name)
        else:
            yield from _of_lines(stream, source.name)


def _only(stream: BinaryIO, name: str) -> Record | Problem:
    data = stream.read(LIMIT + 1)
    try:
        value = parsed(None if len(data) > LIMIT else data.removeprefix(codecs.BOM_UTF8))
    except Bad as error:
        return Problem(name, str(error))
    return Record(name, value, len(data))


def _of_lines(stream: BinaryIO, name: str) -> Records:
    for number, line in lines(stream):
        where = f"{name}, line {number}"
        try:
            yield Record(where, parsed(line), stream.tell())
        except Bad as error:
            yield Problem(where, str(error))


class _Array:
    """An array in a stream; what is held of it is one element, and a little more."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        # Bytes that are no UTF-8 make their element a broken one, and no other.
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._text = ""
        self._at = 0
        self._ended = False

    def records(self) -> Records:
        """The elements, from the first."""
        self._next()
        self._text = self._text.removeprefix("\ufeff")
        self._next()
        self._at += 1
        number = 0
        while self._next() not in ("]", ""):
            number += 1
            where = f"{self._name}, record {number}"
            try:
                value = self._value()
            except Bad as error:
                yield Problem(where, str(error))
                self._skip()
            else:
                yield Record(where, value, self._stream.tell())
            if not self._is_followed():
                yield Problem(where, "there is no comma behind it")
        if not self._next():
            yield Problem(self._name, "its array has no end; the file may have been cut off")
        else:
            self._at += 1
            if self._next():
                yield Problem(self._name, "what stands behind its array was left out")

    def _fill(self, size: int = 0) -> bool:
        """Read on, and forget what was taken; whether there was anything."""
        data = self._stream.read(max(size, _CHUNK))
        self._ended = not data
        self._text = self._text[self._at :] + self._decode(data, final=self._ended)
        self._at = 0
        return not self._ended

    def _next(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill() and not self._text:
                return ""

    def _is_followed(self) -> bool:
        """Whether a comma or the end comes next; the comma is taken."""
        follower = self._next()
        self._at += follower == ","
        return follower in (",", "]", "")

    def _value(self) -> Any:
        """The element that begins here; raises Bad where it is broken or too large."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not self._may_be_cut(error):
                    cut = "; the file may have been cut off here" if self._ended else ""
                    raise Bad(f"it is not JSON ({error.msg}){cut}") from error
            except RecursionError as error:
                raise Bad("it is nested too deeply") from error
            except ValueError as error:
                raise Bad(f"it is not JSON ({error})") from error
            else:
                if end < len(self._text) or self._ended:
                    return self._taken(value, end)
            self._require_small(len(self._text))
            self._fill(len(self._text) - self._at)

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR

    def _require_small(self, end: int) -> None:
        if end - self._at > LIMIT:
            raise Bad(f"the record is larger than {LIMIT // 1_000_000} MB")

    def _taken(self, value: Any, end: int) -> Any:
        self._require_small(end)
        piece = self._text[self._at : end]
        try:
            piece.encode()
        except UnicodeEncodeError as error:
            raise Bad("it holds bytes that are not UTF-8") from error
        if any(each in piece for each in _ESCAPES):
            require_keepable(value)
        self._at = end
        return value

    def _skip(self) -> None:
        """Go on behind the element that begins here, by its brackets and quotation marks."""
        depth, quoted = 0, False
        while (match := self._mark()) is not None:
            mark = match.group()
            if not quoted and depth == 0 and mark in ",]}":
                self._at = match.start() + (mark == "}")
                return
            quoted ^= mark == '"'
            if not quoted:
                depth += (mark in "[{") - (mark in "]}")
            self._at = match.end()
        self._at = len(self._text)

    def _mark(self) -> re.Match[str] | None:
        """The next bracket, comma, quotation mark or escape; None where no other comes."""
        while (match := _MARK.search(self._text, self._at)) is None:
            # A backslash at the end waits for what it escapes.
            self._at = max(self._at, len(self._text) - self._text.endswith("\\"))
            if not self._fill():
                return None
        return match
