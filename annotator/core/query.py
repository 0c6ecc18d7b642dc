"""What a person types to find articles: words, quoted phrases and facets, read into a value."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.core.model import STATES
from annotator.core.span import Span

By = Literal["imported", "date", "title", "state", "agreement", "best"]
ORDERS: tuple[By, ...] = get_args(By)
FACETS = {
    "label": "articles with a span of this label",
    "state": "new, open, question or done",
    "annotator": "whose labels, states and notes on spans; all for everybody's",
    "source": "where the article is from",
    "language": "the article's language",
    "note": "words of a note on the article or on a span; note: alone for any note",
}
"""The facets by name, and what each finds."""
_SEEN, _WINDOW, _OVERLAP = 200_000, 10_000, 200
_BEFORE, _BEHIND = 14, 160
_TERM = re.compile(
    r'(?P<not>-)?(?:(?P<name>[^\W\d_]+):(?!//))?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S*))'
)


@dataclass(frozen=True, slots=True)
class Order:
    """How articles are sorted; without date or agreement they come last either way.

    `best` is by relevance to the words sought, the best first, whatever `descending` says.
    """

    by: By = "imported"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Something looked for in title and text: the beginning of a word, or a phrase as it stands.

    With `without`, articles that have it are left out.
    """

    text: str
    phrase: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Something looked for beside the text: `name` is one of FACETS, `value` what it must be."""

    name: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, all of it; `problem` is a sentence on what could not be understood."""

    words: tuple[Word, ...] = ()
    facets: tuple[Facet, ...] = ()
    problem: str = ""

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.words or self.facets)

    def values(self, facet: str, *, without: bool = False) -> tuple[str, ...]:
        """The values of a facet that are asked for, or that are to be left out."""
        found = (each for each in self.facets if each.name == facet)
        return tuple(each.value for each in found if each.without == without)


def parse(text: str) -> Query:
    """What `text` asks for: `words "a phrase" label:denial -without -state:done`.

    An unknown facet is taken for words, and told of; a quotation mark may be left open.
    """
    words: list[Word] = []
    facets: list[Facet] = []
    problem = ""
    text = text.replace("“", '"').replace("”", '"').strip()
    for term in _TERM.finditer(text):
        name, quoted, without = term["name"], term["quoted"], term["not"] is not None
        value = (quoted if quoted is not None else term["bare"]).strip()
        if name and name.lower() in FACETS:
            state = name.lower() == "state"
            facet = Facet(name.lower(), value.lower() if state else value, without)
            problem = problem or _problem(facet)
            if value or facet.name == "note":
                facets.append(facet)
            continue
        if name and (value or quoted is None):
            problem = problem or _unknown(name)
            value = f"{name} {value}" if quoted is not None else f"{name}:{value}"
        if value:
            words.append(Word(value, quoted is not None, without))
    return Query(tuple(words), tuple(facets), problem)


def hits(text: str, query: Query) -> list[Span]:
    """Where in a text what is looked for stands, in order, none overlapping another.

    A bare word is found at the beginning of words, a phrase as whole words.
    """
    # Imported here only: who lists articles needs none of it.
    from annotator.core.find import occurrences  # noqa: PLC0415
    from annotator.core.words import inside_word  # noqa: PLC0415

    found: list[Span] = []
    for word in query.words:
        if word.without:
            continue
        for span in occurrences(text, word.text):
            inside = inside_word(text, span.start)
            if not inside and not (word.phrase and inside_word(text, span.end)):
                found.append(span)
    apart: list[Span] = []
    for span in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def excerpt(text: str, query: Query) -> str:
    """A line of the text around the first hit, "" where the words are not in it.

    What is further than 200,000 code points from the beginning isn't looked at.
    """
    from annotator.core.words import grapheme_at  # noqa: PLC0415 - as above

    for start in range(0, min(len(text), _SEEN), _WINDOW):
        found = hits(text[start : start + _WINDOW + _OVERLAP], query)
        if found:
            at = start + found[0].start
            begin = max(0, at - _BEFORE)
            if begin and not text[begin - 1].isspace():  # it cuts a word, or a grapheme
                gap = re.search(r"\s", text[begin:at])
                begin = begin + gap.end() if gap else grapheme_at(text, begin)[0]
            line = " ".join(text[begin : at + _BEHIND].split())
            return f"… {line}" if begin else line
    return ""


def _problem(facet: Facet) -> str:
    if facet.name == "state" and facet.value and facet.value not in STATES:
        return f"No article is “{facet.value}”; its state is one of {', '.join(STATES)}."
    return ""


def _unknown(name: str) -> str:
    known = ", ".join(f"{each}:" for each in FACETS)
    return f"There is no “{name}:”, so it is searched for as words; there are {known}."
