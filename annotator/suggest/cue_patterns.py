"""What is looked for around a verb of saying, made of the words of a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

Pattern = regex.Pattern[str]
QUOTATION = regex.compile(r"“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]|\"[^\"\n]+\"")
"""A quotation with its marks."""
_PIECE = r"[^.;:!?…\"“”«»]"
_NONE = "(?!)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of a language; a group `deny` tells a verb of denying from others."""

    that: Pattern
    """A verb, and what begins the clause behind it."""
    noun: Pattern
    """A verb before a noun for what happened, the group `event`."""
    joint: Pattern
    """Between two such nouns."""
    deny: Pattern
    accuse: Pattern
    """A verb of blame with whom (`whom`) and for what."""
    accusing: Pattern
    """A verb of blame alone."""
    blamed: Pattern
    """Somebody (`whom`) who is blamed, perhaps by somebody."""
    untrue: Pattern
    message: Pattern
    """What somebody (behind `of`) says, up to what it is about."""
    according: Pattern
    """Who says what follows the comma, at the beginning of a sentence."""
    behind: Pattern
    """The same at the end, behind a comma."""
    record: Pattern
    """A law, an agreement: what is no speaker."""
    said: Pattern
    """A verb of saying alone."""
    ending: Pattern
    """What ends a saying behind a comma."""
    lead: Pattern
    """Words before a subject that aren't it."""
    tail: Pattern
    """What may stand between a subject and its verb."""
    pronoun: Pattern
    free: bool
    """Whether no word stands between whom and for what, and verbs may come last."""


def patterns_of(words: Mapping[str, tuple[str, ...]]) -> Patterns:
    """The patterns of the lists of a lexicon's tables `cue` and `actor`."""
    return _patterns(tuple(sorted(words.items())))


@lru_cache(maxsize=16)
def _patterns(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Patterns:
    words = {name: _any(found) for name, found in lists}
    verb = rf"\b(?:(?P<deny>{words['deny']})|(?P<say>{words['say']}))\b"
    adverbs = rf"(?:\s(?:{words['adverb']})\b)*+"
    event = rf"(?P<event>(?:(?:{words['determiner']})\s)?(?:{words['event']})\b)"
    short = rf"{_PIECE}{{1,80}}?"
    sources = {
        "that": rf"{verb}(?:\s[^\s,.;:]+){{0,4}}?,?\s(?:{words['that']})\b[\s,]*",
        "noun": rf"\b(?:{words['report']})\b{adverbs}\s{event}",
        "joint": rf",?\sand\s(?={event})",
        "deny": rf"\b(?:{words['deny']})\b",
        "accuse": rf"\b(?:{words['accuse']})\s(?P<whom>{short})\s(?:{words['for']})\s",
        "accusing": rf"\b(?:{words['accuse']})\b",
        "blamed": (
            rf"(?P<whom>[^,.;:!?]{{1,80}}?)\s(?:{words['be']}){adverbs}"
            rf"\s(?:{words['accuse']})\s(?:{words['for']})\s"
        ),
        "untrue": rf"\b(?:{words['untrue']})\b",
        "message": (
            rf"\b(?:{words['message']})\b(?:\s(?:of|by|from)\s(?P<of>{short}))?"
            rf"\s(?:{words['about']})\s"
        ),
        "according": (
            rf"(?:(?:{words['according']})\s(?P<who>{short})"
            rf"|(?P<who>{short})\s(?:{words['according_after']})),\s"
        ),
        "behind": (
            rf",\s(?:(?:{words['according']})\s(?P<who>{_PIECE}{{1,80}})"
            rf"|(?P<who>{short})\s(?:{words['according_after']})\b)"
        ),
        "record": rf"\b(?:{words['record']})\b",
        "said": rf"\b(?:{words['say']})\b",
        "ending": rf"[,;]?\s*(?:{words['ending']})\b",
        "lead": rf"\s*(?:(?:{words['lead']})\b,?\s*)*+",
        "tail": rf"(?:,\s(?:{words['pronoun']})\s[^,]{{1,80}},)?{adverbs}\s*+",
        "pronoun": rf"(?:{words['pronoun']}|{words['impersonal']})\b",
    }
    return Patterns(
        **{name: regex.compile(each, regex.V1 | regex.I) for name, each in sources.items()},
        free=words["for"] == _NONE,
    )


def _any(words: tuple[str, ...]) -> str:
    """A pattern for one of some words; for nothing where there are none."""
    longest = sorted(words, key=len, reverse=True)
    return (
        "|".join(regex.escape(each, literal_spaces=True).replace(" ", r"\s") for each in longest)
        or _NONE
    )
