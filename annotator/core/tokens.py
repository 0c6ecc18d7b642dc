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
    rf"""[A-Za-z]++ (?=[\s,])  # most words; found sooner so than by the rules of all scripts
    | {WORD}
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


def sentence_firsts(text: str, tokens: Tokens) -> list[int]:
    """The numbers of the tokens with which the sentences of a text begin; none without tokens."""
    ends = {bisect_left(tokens.starts, end) for end in _ends(text)}
    return sorted({0, *ends} - {len(tokens)})


def _ends(text: str) -> Iterator[int]:
    """Where a sentence or a paragraph ends."""
    lines = lines_of(text)
    start = 0
    for line, joint in zip(lines, [*joints_of(lines), ""], strict=False):
        if not joint:
            yield from sentence_ends(text, start, line.end)
            yield line.end
            start = line.end
