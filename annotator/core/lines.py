"""The lines of a scraped article: which of them are pieces of one paragraph, by rule.

Scrapers put what was a link on a line of its own and cut the sentence around it. A wrong joint
makes a sentence that nobody wrote, a missing one only looks clumsy; so precision comes first:

* A line that begins with a mark that can't begin one (", said he", "." alone, ") and", "'s army")
  continues the one above, in every script. So does anything after an open bracket or quote.
* A line whose first word is lower case continues one that has no mark at its end; a short line that
  begins with a capital or a digit continues such a one only if it is itself continued so.
* These two count only in a chain that reads as a sentence: it doesn't begin in lower case, ends
  with a full stop or the like and has a line of some length (lists and labels have not), or holds
  a mark of the first kind.
* Lines without an empty line between them (verse, mail wrapped at 72 columns) stay as they are
  unless their chain holds a mark of the first kind.
* Scripts without case (Arabic, Hebrew, Georgian, Chinese …) are joined by marks only.

What can't be told: a heading above a paragraph that begins with a link ("Diplomacy", "Emmanuel
Macron", "said …") looks like a cut sentence and is joined. Offsets don't suffer from it, and the
raw lines show it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from annotator.core.steps import Steps, at_once

Joint = Literal["", "mark", "word", "name"]

SPACE = (
    "\t\n \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u202f\u205f\u3000\ufeff"
)
"""White space as a reader sees it: with the zero-width space and a stray byte order mark."""
BULLETS = "•‣⁃▪▫◦●○■□◆◇►▶▸➢➤✓✔∙·\uf0b7*-"
"""Signs of a list item; the last two only count with white space behind them."""
_SHORT = 60
_SENTENCE = 40
_TERMINAL = frozenset(".!?…:;؟؛۔。\uff01\uff1f\uff1a\uff1b\uff0e\u037e։՝।॥።፤፥‼⁇⁈⁉")
_STOPS = frozenset(".!?。\uff01\uff1f\uff0e։؟۔।॥።")
_CLOSING = "\"'”’“»«)]}〉》」』】\uff09"
_OPEN = ("(", "[", "{", "\uff08", "„", " “", " «", ' "')
_SIGNS = frozenset(BULLETS[:-2])
LEAD = re.compile(rf"(?:[{BULLETS[:-2]}]|[*\-](?=\s))[{SPACE}]*")
"""A bullet at the start of an item, with the white space behind it."""
_MARK = regex.compile(
    r"""[،؛؟۔、。\uff0c\uff0e\uff1b\uff1a\uff01\uff1f\uff09」』】》〉։՝।॥።]
    | ['’]s\b
    | \. (?=[\s"'”’»)\],]|\Z)
    | [,;:!?)\]] (?=[\s"'”’»)\].,]|\Z)
    | ["”“»] (?=[,.;:!?)] | \s+[\p{Ll}--\p{Georgian}])""",
    regex.V1 | regex.VERBOSE,
)
_WORD = regex.compile(
    r"[\p{Ll}--\p{Georgian}][\p{M}[\p{Ll}--\p{Georgian}]'’\-]*+(?=[\s,;]|[.!?]?\Z)", regex.V1
)
_NAME = regex.compile(r"[\p{Lu}\p{Lt}\p{Nd}]", regex.V1)
_LOWER = regex.compile(r"[\p{Ll}--\p{Georgian}]", regex.V1)
_LETTER = regex.compile(r"[\p{L}\p{N}]")

_BIT = 2_000
"""Lines looked at in one step."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that has something to read, in code points of the text.

    From `start` to `end` is what is left without white space at the edges and without the bullet;
    `column` is the width of the white space before, `gap` tells of an empty line above.
    """

    start: int
    end: int
    content: str
    column: int = 0
    bullet: str = ""
    gap: bool = False

    @property
    def ended(self) -> bool:
        """Whether the line has a mark at its end that closes a sentence or opens a list."""
        bare = self.content[-12:].rstrip(_CLOSING)
        return bare[-1:] in _TERMINAL if bare else True


def lines_of(text: str) -> list[Line]:
    """The lines of a canonical text that hold more than white space, in order."""
    return at_once(line_steps(text))


def line_steps(text: str) -> Steps[list[Line]]:
    """As `lines_of`, bit by bit."""
    lines: list[Line] = []
    position = 0
    gap = False
    for number, raw in enumerate(text.split("\n"), 1):
        content = raw.strip(SPACE)
        if content:
            lines.append(_line(raw, content, position, gap=gap))
        gap = not content
        position += len(raw) + 1
        if number % _BIT == 0:
            yield
    return _with_bare_bullets(lines)


def _line(raw: str, content: str, position: int, *, gap: bool) -> Line:
    """The line `raw`, which starts at code point `position` and reads `content`."""
    start = position
    column = 0
    if raw[0] != content[0]:
        lead = raw.find(content[0])
        start += lead
        column = len(raw[:lead].expandtabs(4))
    end = start + len(content)
    if content[0] not in BULLETS:
        return Line(start, end, content, column, "", gap)
    item = LEAD.match(content)
    if item is None or item.end() == len(content) or content[item.end()] == content[0]:
        return Line(start, end, content, column, "", gap)
    return Line(start + item.end(), end, content[item.end() :], column, content[0], gap)


def _with_bare_bullets(lines: list[Line]) -> list[Line]:
    """`lines` with each bullet that stands alone given to the line below it."""
    result: list[Line] = []
    for line in lines:
        above = result[-1] if result else None
        if above and not line.bullet and not above.bullet and above.content in _SIGNS:
            gap = above.gap
            column = min(above.column, line.column)
            result[-1] = Line(line.start, line.end, line.content, column, above.content, gap)
        else:
            result.append(line)
    return result


def joints_of(lines: Sequence[Line]) -> list[Joint]:
    """What joins each line but the last to the one below it: `""` where nothing does.

    `"mark"` joins without a space, `"word"` and `"name"` with one.
    """
    joints = [_joint(above, below) for above, below in pairwise(lines)]
    for index in range(len(joints) - 2, -1, -1):
        if not joints[index] and joints[index + 1] in ("mark", "word"):
            joints[index] = _name_joint(lines[index], lines[index + 1])
    start = 0
    while start < len(joints):
        end = start
        while end < len(joints) and joints[end]:
            end += 1
        if end > start:
            _judge(lines[start : end + 1], joints, start)
        start = end + 1
    return joints


def _joint(above: Line, below: Line) -> Joint:
    """How `below` continues `above` by its own first word or mark."""
    if below.bullet:
        return ""
    if above.content.endswith(_OPEN):
        return "mark"
    first = below.content[0]
    if first.isupper():
        return ""
    ended = above.ended
    if _MARK.match(below.content):
        stop = first in _STOPS or first in _CLOSING
        return "mark" if not (ended and stop) and _LETTER.search(above.content) else ""
    return "word" if not ended and _WORD.match(below.content) else ""


def _name_joint(above: Line, below: Line) -> Joint:
    """A joint to a short capitalised line that is itself continued."""
    short = below.end - below.start <= _SHORT and not below.bullet
    return "name" if short and _NAME.match(below.content) and not above.ended else ""


def _judge(chain: Sequence[Line], joints: list[Joint], start: int) -> None:
    """Take back the joints of `chain`, which begin at `start`, if it doesn't read as a sentence."""
    if "mark" in joints[start : start + len(chain) - 1]:
        return
    reads = (
        not _LOWER.match(chain[0].content)
        and chain[-1].ended
        and all(line.gap for line in chain[1:])
        and max(line.end - line.start for line in chain) >= _SENTENCE
    )
    if not reads:
        joints[start : start + len(chain) - 1] = [""] * (len(chain) - 1)
