"""Proposes casualties: numbers of people to whom something happened, by rules over a lexicon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.core.model import Document
from annotator.core.span import Span
from annotator.core.tagset import Label, fits
from annotator.suggest.numbers import Count, read_count
from annotator.suggest.proposing import Known, Proposal, Suggester
from annotator.suggest.sheet import Sheet, Token

_ADJECTIVES = 4
"""Words between a number and those who are counted: "two of the wounded Armenian soldiers"."""
_HELPERS = 4
_NUMBER = ("numeral", "digits", "scale", "vague", "zero")
_STRONG, _LIKELY, _WEAK = 0.9, 0.75, 0.5
"""How sure: what happened stands right before them, behind them, or in their own words."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Those who are counted, the tokens from `first` to `end`; `one` if by "a" or a number only."""

    first: int
    end: int
    one: bool = False
    outcome: str = ""
    confidence: float = 0.0


def propose(document: Document, known: Known) -> Iterator[Proposal]:
    """The casualties of an article, with outcome, numbers, bound and victims as the words say.

    A number of people counts only where it is told what became of them.
    """
    label, sheet = known.label("casualty"), Sheet(document)
    owner = known.tagset.label(label)
    if owner is None or not sheet.lexicon.signs:
        return
    for sentence in sheet.sentences():
        tokens = sheet.tokens(sentence)
        for phrase in _told(tokens):
            shown = Span(tokens[phrase.first].start, tokens[phrase.end - 1].end)
            count = read_count(shown.of(sheet.text), document.language)
            if count is not None:
                values = values_of(owner, count, phrase.outcome)
                yield Proposal(label, sheet.source(shown), values, confidence=phrase.confidence)


def values_of(label: Label, count: Count, outcome: str) -> dict[str, Any]:
    """The attributes of a count, as far as its label has them; `outcome` may be told beside it."""
    found = {
        "outcome": outcome,
        "low": count.low,
        "high": count.high,
        "bound": count.bound,
        "victims": count.victims,
    }
    asked = {name: label.attribute(name) for name in found}
    return {
        name: value
        for name, value in found.items()
        if value not in (None, "") and (kept := asked[name]) is not None and fits(kept, value)
    }


def _told(tokens: Sequence[Token]) -> list[_Phrase]:
    """The phrases of people of whom it is told what became of them."""
    phrases = list(_phrases(tokens))
    found: list[_Phrase] = []
    told = 0
    for at, each in enumerate(phrases):
        if each.first < told:  # the injuries that the ones before suffered
            continue
        outcome, confidence, told = _outcome(tokens, each)
        last = found[-1] if found and phrases[at - 1].end == found[-1].end else None
        if not outcome and last and _joined(tokens, last.end, each.first):
            outcome, confidence = last.outcome, last.confidence * 0.9  # two soldiers and a child
        if outcome:
            found.append(_Phrase(each.first, each.end, each.one, outcome, confidence))
            found[-1:-1] = _before(tokens, phrases[:at], found)
    return found


def _before(
    tokens: Sequence[Token], phrases: Sequence[_Phrase], found: Sequence[_Phrase]
) -> list[_Phrase]:
    """The phrase that is joined to the last one found, and shares what is told behind it."""
    if not phrases or any(each.end == phrases[-1].end for each in found):
        return []
    each, last = phrases[-1], found[-1]
    if last.confidence == _STRONG or not _joined(tokens, each.end, last.first):
        return []
    return [_Phrase(each.first, each.end, each.one, last.outcome, last.confidence * 0.9)]


def _joined(tokens: Sequence[Token], end: int, first: int) -> bool:
    """Whether nothing but "and" or a comma stands between two phrases."""
    between = tokens[end:first]
    return 0 < len(between) <= 2 and all(each.has("joint", "comma") for each in between)


def _phrases(tokens: Sequence[Token]) -> Iterator[_Phrase]:
    """All that counts people, and what says that some were hurt, in order."""
    at = 0
    while at < len(tokens):
        found = _quantity(tokens, at) or _bare(tokens, at)
        if found is not None:
            yield found
        at = found.end if found is not None else at + 1


def _quantity(tokens: Sequence[Token], first: int) -> _Phrase | None:
    """A number with those who are counted, that begins at a place."""
    end, numbered = first, False
    while end < len(tokens):
        each = tokens[end]
        if each.apart and end > first:
            break
        linked = each.has("of", "hyphen", "range", "inside") and _is_number(tokens, end + 1)
        if _is_number(tokens, end) or (numbered and (each.sign.after or linked)):
            numbered = True
        elif numbered or not (each.sign.bound or each.has("filler") or _opens(tokens, end)):
            break
        end += 1
    one = not numbered and end < len(tokens) and _is_one(tokens, first, end)
    if not numbered and not one:
        return None
    of = numbered and end < len(tokens) and tokens[end].has("of")
    head = _head(tokens, end + of, one=one, of=of)
    if head is not None and not (of and _is_none(tokens[first])):
        return _Phrase(first, _more(tokens, head), one)
    return _alone(tokens, first, end) if numbered and not of else None


def _is_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands at a place that is no year."""
    if at >= len(tokens) or not tokens[at].has(*_NUMBER):
        return False
    return not (tokens[at].has("year") and at and tokens[at - 1].has("date", "month"))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a range of numbers begins behind a word: "between 3 and 5"."""
    ends = _is_number(tokens, at + 1) and _is_number(tokens, at + 3)
    return tokens[at].has("between") and ends and tokens[at + 2].has("inside", "range")


def _is_none(token: Token) -> bool:
    """Whether it counts nobody; none of the injuries may still be many."""
    return token.has("numeral") and not token.sign.low


def _is_one(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether it is "a" and nothing else: "an Azerbaijani soldier"."""
    return end == first + 1 and tokens[first].has("article")


def _head(tokens: Sequence[Token], start: int, *, one: bool, of: bool = False) -> int | None:
    """The end of the words for those who are counted, None where there are none near.

    `of` tells that they are a part of others, of whom it may be told first what became of them.
    """
    end, complete = None, False
    for at in range(start, min(len(tokens), start + _ADJECTIVES + 1)):
        each = tokens[at]
        told = each.has("done", "happened") and (one or at > start) and not (of and end is None)
        if each.apart or told:
            break
        if each.sign.victims:
            end, complete = at + 1, not each.has("filler")  # three other soldiers
        elif complete or (_parts(each) and not _glues(tokens, at)):
            break
    return end


def _glues(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands within a word: "pro-regime fighters"."""
    if not tokens[at].has("hyphen") or not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _parts(token: Token) -> bool:
    """Whether a word can't stand between a number and those who are counted."""
    return token.has(
        *("comma", "joint", "part", "date", "unit", "month", "helper", "hit", "happened"),
        *(*_NUMBER, "article", "range", "of"),
    )


def _alone(tokens: Sequence[Token], first: int, end: int) -> _Phrase | None:
    """A number without a noun, where it is told right before or behind it what became of them."""
    if _toll(tokens, first):
        return _Phrase(first, end, one=True)
    past = end + 2 if end < len(tokens) and _glues(tokens, end) else end  # 64-ը
    behind = tokens[past] if past < len(tokens) else None
    hit = first > 0 and tokens[first - 1].has("hit") and not tokens[first].apart
    if behind is None or behind.apart:
        told = hit
    else:
        told = behind.has("done", "helper", "happened") or (
            hit and behind.has("joint", "comma", "date", "part")
        )
    return _Phrase(first, end, one=True) if told else None


def _toll(tokens: Sequence[Token], first: int) -> str:
    """What became of those whom a number counts behind "the death toll rose to"."""
    for at in range(first - 1, max(-1, first - 1 - _HELPERS), -1):
        each = tokens[at]
        if each.has("tally"):
            return each.sign.outcome
        if tokens[at + 1].apart or not (each.has("reach", "helper") or each.sign.victims):
            break
    return ""


def _more(tokens: Sequence[Token], end: int) -> int:
    """The end with what tells more of them: ", mostly Azerbaijanis", "among civilians"."""
    if end + 1 < len(tokens) and tokens[end].has("comma") and tokens[end + 1].has("mostly"):
        for at in range(end + 2, min(len(tokens), end + 6)):
            if tokens[at].has("comma", "helper", "done", "happened"):
                return at
        return min(len(tokens), end + 6)
    if end < len(tokens) and tokens[end - 1].has("toll") and tokens[end].has("among"):
        return _head(tokens, end + 1, one=False) or end
    return end


def _bare(tokens: Sequence[Token], at: int) -> _Phrase | None:
    """A word that says that some were hurt, without a number: "losses among personnel"."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if tokens[at].sign.outcome and behind and behind.has("lacking"):
        return _Phrase(at, at + 2)
    if not tokens[at].has("toll"):
        return None
    own = before and before.has("filler", "article") and not before.has("helper")
    if own or (behind and behind.has("of")):
        return None
    return _Phrase(at, _more(tokens, at + 1))


def _outcome(tokens: Sequence[Token], phrase: _Phrase) -> tuple[str, float, int]:
    """What became of those who are counted, how sure that is, and where the words for it end.

    The first is "" where it isn't told.
    """
    inside = {each.sign.outcome for each in tokens[phrase.first : phrase.end]} - {""}
    told = inside - {"unspecified"} or inside
    before = tokens[phrase.first - 1] if phrase.first else None
    if before is not None and before.has("hit") and before.sign.outcome:
        own = next(iter(told)) if len(told) == 1 else ""  # lost 14 killed
        hit = before.sign.outcome
        return own if own and hit == "unspecified" else hit, _STRONG, phrase.end
    behind, end = _behind(tokens, phrase.end)
    if behind:
        return behind, _LIKELY, end
    if toll := _toll(tokens, phrase.first):
        return toll, _LIKELY, phrase.end
    known = len(told) == 1 and not phrase.one
    return (next(iter(told)), _WEAK, phrase.end) if known else ("", 0.0, phrase.end)


def _behind(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """What is told behind a place of those who stand before it, and where that ends."""
    helped = False
    for at in range(start, min(len(tokens), start + _HELPERS + 1)):
        each = tokens[at]
        if each.apart:
            break
        if each.has("suffer"):
            return _suffered(tokens, at + 1)
        if each.has("happened") or (each.has("done") and (helped or not _hits(tokens, at + 1))):
            return each.sign.outcome, at + 1
        helped = helped or each.has("helper")
        if not each.has("helper", "comma"):
            break
    return "", start


def _suffered(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """What they suffered, from a place on: "mostly minor injuries"; and where that ends."""
    for at in range(start, min(len(tokens), start + _ADJECTIVES)):
        if tokens[at].apart or tokens[at].has("comma"):
            break
        if tokens[at].has("toll"):
            return tokens[at].sign.outcome, at + 1
    return "", start


def _hits(tokens: Sequence[Token], at: int) -> bool:
    """Whether somebody stands there to whom it is done: "killed two soldiers", "killed the man"."""
    return at < len(tokens) and (
        tokens[at].has(*_NUMBER, "article", "filler", "owner") or bool(tokens[at].sign.bound)
    )


NUMBERS = Suggester("numbers", "casualties: how many, and what became of them", propose)
