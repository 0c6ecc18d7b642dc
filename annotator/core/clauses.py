"""Clauses: where a sentence may be cut, and what grows around a place in it.

Positions are code points. Give the shown text of a reading where cut lines should count as joined.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from annotator.core.span import Span
from annotator.core.words import paragraph_at, sentence_at, trimmed, word_at

_STOPS = ".!?…։。\uff01\uff1f\uff0e؟۔।॥።"
_THAT = "that|что|що|որ|თუ|რომ|أن|أنّ|إن|بأن|که|كه|dass|daß|que|che|att|ki"
"""What begins a reported clause and is no part of it."""
_DEMONSTRATIVE = "in|on|at|of|for|to|with|by|from|after|before|than|like"
"""Words behind which an English "that" points at something."""
_AND = "and|but|while|whereas|и|а|но|և|եւ|իսկ|բայց|და|ve|und|aber|et|mais|y|pero"
"""What begins a clause behind a comma and is no part of it."""
_FINITE = "is|are|was|were|has|have|had|will|would|a|an|the|it|they|he|she|there"
"""Words behind which, after an English "and", there is mostly another clause."""
_OPENING, _CLOSING = '"“„«「『', '"”“»」』'
_CUT = regex.compile(
    rf"""\([^()]{{1,30}}\)  # an aside of a word or two cuts nothing
    | (?<=[,.!?…،，。\uff01\uff1f]) (?P<said> [{_CLOSING}'’] ) (?!\w) [,،\uff0c]?
    | (?P<weak> [,،、\uff0c՝](?![\d{_CLOSING}]) | [()\[\]] )
      (?: \s*+ (?P<strong> (?:(?:{_AND}|{_THAT})\b\s*+)++ | (?=[{_OPENING}]) ) )?+
    | (?P<strong> [;؛\uff1b\u037e:\uff1a](?![\d{_CLOSING}]) | [—―] | (?<=\s)[–\-](?=\s) )
      (?: \s*+ (?:(?:{_AND}|{_THAT})\b\s*+)++ )?+
    | \b (?P<weak> and ) (?=\s(?:{_FINITE})\s)
    | \b (?<!\b(?i:{_DEMONSTRATIVE})\s) (?P<strong> {_THAT} ) (?=\s)""",
    regex.V1 | regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Between two clauses: where the one ends and the other starts, white space between.

    A `strong` one stands where a report or a quotation begins or ends, or a comma is followed by
    "and" or the like; a comma alone is none.
    """

    end: int
    start: int
    strong: bool = True


def cuts(text: str, sentence: Span) -> Iterator[Cut]:
    """The cuts of a sentence, in order.

    They are at marks (but not before a digit), at quoted speech, at words that begin a reported
    clause, and in English at an "and" before a verb or an article.
    """
    for match in _CUT.finditer(text, sentence.start, sentence.end):
        if match["said"]:
            yield Cut(match.end("said"), match.end())
        elif match["weak"] or match["strong"]:
            yield Cut(match.start(), match.end(), strong=match["strong"] is not None)


def steps(text: str, position: int) -> list[Span]:
    """What grows around a position: clause, reported clause, sentence, paragraph.

    Each is larger than the one before; a clause or sentence has neither its last stop nor a
    quotation mark whose partner is outside. Empty in an empty line.
    """
    sentence, paragraph = sentence_at(text, position), paragraph_at(text, position)
    if sentence is None or paragraph is None:
        return []
    weak = list(cuts(text, sentence))
    strong = [cut for cut in weak if cut.strong]
    pieces = (_piece(text, sentence, some, position) for some in (weak, strong, ()))
    found: list[Span] = []
    for span in (*pieces, paragraph):
        if span and (not found or (span != found[-1] and span.covers(found[-1]))):
            found.append(span)
    return found


def end_after(text: str, position: int) -> int | None:
    """Where the first clause ends whose end lies beyond `position`, in the same paragraph."""
    return next((end for end in _ends(text, position) if end > position), None)


def end_before(text: str, position: int) -> int | None:
    """Where the last clause ends whose end lies before `position`, in the same paragraph."""
    before = [end for end in _ends(text, max(0, position - 1)) if end < position]
    return before[-1] if before else None


def _piece(text: str, sentence: Span, some: Iterable[Cut], position: int) -> Span | None:
    """The last piece between some cuts that starts at or before `position`, else the first."""
    found, begin = None, sentence.start
    for cut in (*some, Cut(sentence.end, sentence.end)):
        piece = bare(text, begin, cut.end)
        if piece and found and piece.start > position:
            break
        found, begin = piece or found, cut.start
    return found


def _ends(text: str, position: int) -> list[int]:
    """The ends of the clauses of the sentences before, at and behind a position, in order."""
    here = sentence_at(text, position)
    if here is None:
        return []
    spans = {here}
    for near in (here.start - 1, here.end + 1):
        paragraph = paragraph_at(text, position)
        if paragraph and near in paragraph and (other := sentence_at(text, near)):
            spans.add(other)
    found: set[int] = set()
    for span in spans:
        begin = span.start
        for cut in (*cuts(text, span), Cut(span.end, span.end)):
            if piece := bare(text, begin, cut.end):
                found.add(piece.end)
            begin = cut.start
    return sorted(found)


def bare(text: str, start: int, end: int) -> Span | None:
    """What lies between two places, without the stop and quotation marks without a partner."""
    last = start + len(text[start:end].rstrip(_STOPS))
    if last < end and (word := word_at(text, last)) and word.start < last:
        last = min(word.end, end)  # the stop of "U.S." stays
    span = trimmed(text, Span(start, last)) if start < last else None
    if span is None:
        return None
    words = span.of(text)
    if words[0] in _OPENING and not any(sign in words[1:] for sign in _CLOSING):
        return trimmed(text, Span(span.start + 1, span.end)) if len(words) > 1 else None
    if words[-1] in _CLOSING and not any(sign in words[:-1] for sign in _OPENING):
        return bare(text, span.start, span.end - 1)
    return span
