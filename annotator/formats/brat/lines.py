"""The lines of a brat file: each kind as a value, parsed and rendered.

The format is that of brat's own description, https://brat.nlplab.org/standoff.html. An id is a
letter and a number ("T12"); names hold no white space, so ours are written with %XX for it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

_ID = re.compile(r"[TREAMN#][^\s:]+")
_OFFSETS = re.compile(r"\d+ \d+(;\d+ \d+)*")
_UNWRITABLE = re.compile(r"[\s%]|(?<=.)[:;](?=.)")
LARGEST = 1 << 40


@dataclass(frozen=True, slots=True)
class TextBound:
    """T: a label on one or more stretches of the text, in the unit of the file."""

    id: str
    label: str
    spans: tuple[tuple[int, int], ...]
    words: str

    def __str__(self) -> str:
        offsets = ";".join([f"{start} {end}" for start, end in self.spans])
        return f"{self.id}\t{written(self.label)} {offsets}\t{self.words}"


@dataclass(frozen=True, slots=True)
class Link:
    """R: a relation between two ids."""

    id: str
    type: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.id}\t{written(self.type)} Arg1:{self.source} Arg2:{self.target}"


@dataclass(frozen=True, slots=True)
class Event:
    """E: a trigger with its arguments, each a role and an id."""

    id: str
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]

    @property
    def link_ids(self) -> tuple[str, ...]:
        """A name for the link to each argument, which stays when others go."""
        return tuple(f"{self.id}:{role}:{id_}" for role, id_ in self.arguments)

    def __str__(self) -> str:
        parts = (f"{role}:{id_}" for role, id_ in ((self.type, self.trigger), *self.arguments))
        return f"{self.id}\t{' '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A or M: an attribute of something, with a value or none."""

    id: str
    name: str
    target: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.id}\t{written(self.name)} {self.target} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class Comment:
    """# or N: words about something; `type` is "AnnotatorNotes" for a person's note."""

    id: str
    type: str
    target: str
    words: str

    def __str__(self) -> str:
        return f"{self.id}\t{self.type} {self.target}\t{self.words}"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """*: things that are the same, or otherwise of one kind, without an order."""

    type: str
    members: tuple[str, ...]

    @property
    def link_ids(self) -> tuple[str, ...]:
        """A name for the link from the first to each other one, which stays when others go."""
        first, *rest = self.members
        return tuple(f"*:{self.type}:{first}:{each}" for each in rest)

    def __str__(self) -> str:
        return f"*\t{written(self.type)} {' '.join(self.members)}"


@dataclass(frozen=True, slots=True)
class Other:
    """A line that is none of these; `problem` is a phrase that says why, "" for a blank line."""

    problem: str = ""


Line = TextBound | Link | Event | Attribute | Comment | Equivalence | Other


@lru_cache(maxsize=1_000)
def written(name: str) -> str:
    """A name as brat can have it."""
    return _UNWRITABLE.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), name)


def is_token(value: str) -> bool:
    """Whether an attribute's value can stand in a line: it is not empty and has no white space."""
    return bool(value) and not re.search(r"\s", value)


def plain(value: Any) -> str | None:
    """An attribute's value as a line of brat's has it, "" for yes; None where none can."""
    if value is True:
        return ""
    if isinstance(value, str) and is_token(value):
        return value
    return str(value) if isinstance(value, int) and value is not False else None


_unquoted = lru_cache(maxsize=1_000)(unquote)


def parsed(raw: str) -> Line:
    """The value of a line without its end."""
    raw = raw.removesuffix("\r")
    if not raw or raw.isspace():
        return Other()
    id_, _, rest = raw.partition("\t")
    middle, _, tail = rest.partition("\t")
    head = middle.split()
    if id_ == "*" and len(head) >= 3:
        return Equivalence(_unquoted(head[0]), tuple(head[1:]))
    if not _ID.fullmatch(id_) or not head:
        return Other("it is no line of brat's")
    return _PARSERS[id_[0]](id_, head, tail)


def _text_bound(id_: str, head: list[str], words: str) -> Line:
    label = _unquoted(head[0])
    if len(head) == 3 and head[1].isdecimal() and head[2].isdecimal():
        return TextBound(id_, label, ((_whole(head[1]), _whole(head[2])),), words)
    together = " ".join(head[1:])
    if not _OFFSETS.fullmatch(together):
        return Other("its offsets are no pairs of whole numbers")
    numbers = [*map(_whole, together.replace(";", " ").split(" "))]
    return TextBound(id_, label, tuple(zip(numbers[::2], numbers[1::2], strict=True)), words)


def _whole(digits: str) -> int:
    """A number, none that is too large for any text."""
    return int(digits) if len(digits) < 13 else LARGEST


def _link(id_: str, head: list[str], _tail: str) -> Line:
    ends = [each.partition(":")[2] for each in head[1:]]
    if len(ends) != 2 or not all(ends):
        return Other("a relation has two ends")
    return Link(id_, _unquoted(head[0]), ends[0], ends[1])


def _event(id_: str, head: list[str], _tail: str) -> Line:
    pairs = [each.partition(":") for each in head]
    if not all(role and target for role, _, target in pairs):
        return Other("an event has roles with an id each")
    (type_, _, trigger), *rest = pairs
    return Event(id_, _unquoted(type_), trigger, tuple((role, end) for role, _, end in rest))


def _attribute(id_: str, head: list[str], _tail: str) -> Line:
    if not 2 <= len(head) <= 3:
        return Other("an attribute has a name, an id, and a value or none")
    return Attribute(id_, _unquoted(head[0]), head[1], *head[2:])


def _comment(id_: str, head: list[str], tail: str) -> Line:
    if len(head) < 2:
        return Other("a comment has a type and an id")
    return Comment(id_, head[0], head[1], tail)


_PARSERS = {
    "T": _text_bound,
    "R": _link,
    "E": _event,
    "A": _attribute,
    "M": _attribute,
    "N": _comment,
    "#": _comment,
}
