"""The tokens and sentences of a whole text, for formats that count in them.

Positions are code points. A token is a word (words.py) or one sign, never white space. Sentences
end as sentences.py says, and where a paragraph ends; the lines of a cut sentence are one paragraph
(lines.py).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from annotator.core.lines import SPACE, joints_of, lines_of
from annotator.core.sentences import sentence_ends
from annotator.core.span import Span
from annotator.core.words import WORD

_SIGN = rf"[^\s{SPACE}]"
_TOKEN = regex.compile(
    rf"""{WORD}
    | \p{{Regional_Indicator}}{{2}}
    | {_SIGN} (?: \u200d{_SIGN} | [\p{{M}}\p{{Grapheme_Extend}}\p{{Emoji_Modifier}}] )*+""",
    regex.V1 | regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in order: where each starts and ends."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.starts)

    def within(self, span: Span) -> tuple[int, int]:
        """The tokens that a span touches, as a half-open range of their numbers; maybe empty."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` to before token `last`."""
        return Span(self.starts[first], self.ends[last - 1])


def tokens_of(text: str) -> Tokens:
    """All tokens of a canonical text."""
    found = [match.span() for match in _TOKEN.finditer(text)]
    return Tokens([start for start, _ in found], [end for _, end in found])


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of a canonical text start; the first at 0, if there is any.

    White space belongs to the sentence before it, at the beginning of the text to the first.
    """
    found = [start for start, end in _sentences(text) if start < end]
    return [0, *found[1:]] if text else []


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, white space between them left out."""
    for start, end in _paragraphs(text):
        begin = start
        for stop in (*sentence_ends(text, start, end), end):
            while begin < stop and text[begin] in SPACE:
                begin += 1
            yield begin, stop
            begin = stop


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph; the bullet of an item belongs to it."""
    lines = lines_of(text)
    joints = joints_of(lines)
    for number, line in enumerate(lines):
        if number == 0 or not joints[number - 1]:
            start = line.start
            while start > 0 and text[start - 1] != "\n":
                start -= 1
        if number == len(lines) - 1 or not joints[number]:
            yield start, line.end
