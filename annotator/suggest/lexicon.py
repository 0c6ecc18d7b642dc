"""The words that a language counts and reports with: one file of resources/lexicons a language."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from typing import Any

import regex

from annotator import paths

Number = int | Decimal
_LONGEST = 15
"""Digits of the longest number that is read; longer ones count nobody."""
_SPACES = " \u00a0\u2009\u202f"
_FURTHER = "'’٬"
"""Other signs between thousands, in any language."""
_LETTER = r"[\p{Latin}\p{Cyrillic}\p{Armenian}]"
"""Of the scripts in which digits right behind letters make a name: S-300, COVID-19."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a word, a phrase or a number of a text means where people are counted.

    `roles` are names of the lexicon's grammar; `low` and `high` are the number it stands for.
    """

    roles: frozenset[str] = frozenset()
    low: Number = 0
    high: Number = 0
    bound: str = ""
    after: str = ""
    victims: str = ""
    outcome: str = ""
    scale: int = 1

    def __or__(self, other: "Sign") -> "Sign":
        """Both meanings of a word that stands in two lists."""
        return Sign(
            self.roles | other.roles,
            self.low or other.low,
            self.high or other.high,
            self.bound or other.bound,
            self.after or other.after,
            self.victims or other.victims,
            self.outcome or other.outcome,
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words by their meaning; without any it still reads digits.

    `words` are the lists of the tables `cue` and `actor`, by name.
    """

    signs: Mapping[tuple[str, ...], Sign] = field(default_factory=dict)
    stems: Mapping[str, Sign] = field(default_factory=dict)
    phrases: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    script: str = ""
    decimal: str = ""
    joined: bool = False
    token: "regex.Pattern[str]" = field(default_factory=lambda: _token(".,", "", ()))


NOTHING = Sign()
_HURTING = ("hit", "done", "happened", "tally")
"""Roles of what is done to people; a phrase of these tells what by one of its words."""
_NAME = Sign(frozenset({"name"}))
"""A rank, a time, a name with a number, or digits that may mean this or that."""


def lexicon_of(language: str, sample: str = "") -> Lexicon:
    """The lexicon of a language (ISO 639; "en-GB" is "en"); one that only reads digits if none.

    Where the language isn't told ("") it is the one whose script the letters of `sample` are in.
    """
    if language:
        code = regex.split("[-_]", language.casefold())[0]
        return _lexicon(code if code in _languages() else "")
    letter = next(filter(str.isalpha, sample), "")
    known = (_lexicon(each) for each in _languages())
    return next((each for each in known if _writes(each, letter)), _lexicon(""))


def signs_of(text: str, lexicon: Lexicon) -> Iterator[Sign]:
    """What the words and numbers of a text mean, in order; phrases before single words."""
    return (sign for _, _, sign in placed_signs(text, lexicon))


def placed_signs(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Sign]]:
    """The same with the places in the text (code points) where each starts and ends."""
    found = list(lexicon.token.finditer(text))
    words = [match[0] for match in found]
    folded = [_folded(word) for word in words]
    at = 0
    while at < len(words):
        start, end = found[at].span()
        if found[at].lastgroup == "number":
            yield start, end, _digits(words[at], lexicon.decimal)
        elif found[at].lastgroup == "name":
            yield start, end, _NAME
        elif phrase := _phrase(folded, at, lexicon):
            at += len(phrase) - 1
            yield start, found[at].end(), lexicon.signs[phrase]
        else:
            yield from ((start, end, sign) for sign in _word(words[at], folded[at], lexicon))
        at += 1


def _phrase(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The longest phrase of several words that begins at a place."""
    known = lexicon.phrases.get(words[at], ())
    return next((each for each in known if tuple(words[at : at + len(each)]) == each), ())


def _word(word: str, folded: str, lexicon: Lexicon) -> Sequence[Sign]:
    """What a single word means; a numeral that is written as one word is several."""
    sign = lexicon.signs.get((word,)) or lexicon.signs.get((folded,)) or _marks().get(word)
    if sign is None and lexicon.joined and (parts := _parts(folded, lexicon)):
        return parts
    stems = (lexicon.stems[each] for each in _beginnings(folded) if each in lexicon.stems)
    return (reduce(or_, stems, sign or NOTHING),)


def _folded(word: str) -> str:
    """A word as it is looked up: without case, and without the tone marks within Armenian words."""
    return regex.sub("[՛՜՞]", "", word.replace("İ", "i")).casefold()


def _parts(word: str, lexicon: Lexicon) -> list[Sign]:
    """The numerals that a word is made of; none where it has something else in it."""
    parts = []
    while word:
        known = ((each, lexicon.signs.get((each,), NOTHING)) for each in _beginnings(word))
        found = ((each, sign) for each, sign in known if sign.roles & {"numeral", "scale"})
        part, sign = next(found, ("", NOTHING))
        if not part:
            return []
        parts.append(sign)
        word = word.removeprefix(part)
    return parts


def _beginnings(word: str) -> Iterator[str]:
    """All that a word begins with, the longest first."""
    return (word[:end] for end in range(min(len(word), 30), 0, -1))


def _digits(word: str, decimal: str) -> Sign:
    """The number that is written in digits of any script."""
    whole, point, rest = word.rpartition(decimal) if decimal else ("", "", word)
    whole, rest = (whole, rest) if point else (rest, "")
    digits = "".join(filter(str.isdecimal, whole))
    if len(digits) + len(rest) > _LONGEST:
        return NOTHING
    value: Number = Decimal(f"{int(digits)}.{int(rest):0{len(rest)}}") if rest else int(digits)
    roles = {"digits", "year"} if len(word) == 4 and 1900 <= value < 2100 else {"digits"}
    return Sign(frozenset(roles), value, value)


def _writes(lexicon: Lexicon, letter: str) -> bool:
    """Whether `letter` is of the script that the lexicon's language is written in."""
    return bool(lexicon.script and regex.match(rf"\p{{Script={lexicon.script}}}", letter))


@cache
def _languages() -> tuple[str, ...]:
    """The languages that there is a file of."""
    return tuple(sorted(path.stem for path in (paths.resources() / "lexicons").glob("*.toml")))


@cache
def _lexicon(language: str) -> Lexicon:
    """The lexicon of a language's file; the one without words for ""."""
    if not language:
        return Lexicon()
    path = paths.resources() / "lexicons" / f"{language}.toml"
    table = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    signs: dict[tuple[str, ...], Sign] = {}
    stems: dict[str, Sign] = {}
    token = _token(table["group"], table["decimal"], table["ordinal_endings"])
    for written, sign in _entries(table):
        if written.endswith("*"):
            stem = _folded(written[:-1])
            stems[stem] = stems.get(stem, NOTHING) | sign
        else:
            as_is = (match[0] for match in token.finditer(written))
            words = tuple(_folded(word) if word.islower() else word for word in as_is)
            signs[words] = signs.get(words, NOTHING) | sign
    for words, sign in signs.items():
        if len(words) > 1 and not sign.outcome and not sign.roles.isdisjoint(_HURTING):
            told = (_outcome(word, signs, stems) for word in words)
            signs[words] = replace(sign, outcome=next(filter(None, told), ""))
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(signs, key=len, reverse=True):
        if len(words) > 1:
            phrases.setdefault(words[0], []).append(words)
    return Lexicon(
        signs,
        stems,
        {first: tuple(rest) for first, rest in phrases.items()},
        frozenset(table["reporting"]["verbs"]),
        {name: tuple(found) for part in ("cue", "actor") for name, found in table[part].items()},
        table["script"],
        table["decimal"],
        table["joined"],
        token,
    )


def _outcome(word: str, signs: Mapping[tuple[str, ...], Sign], stems: Mapping[str, Sign]) -> str:
    """What a single word says that became of people, "" for nothing."""
    known = (stems[each].outcome for each in _beginnings(word) if each in stems)
    return signs.get((word,), NOTHING).outcome or next(filter(None, known), "")


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Sign]]:
    """Each word of a file with one of its meanings."""
    for role in ("numeral", "scale"):
        for word, value in table[role].items():
            yield word, Sign(frozenset({role}), value, value)
    for role, words in table["grammar"].items():
        yield from ((word, Sign(frozenset({role}))) for word in words)
    for meaning in ("bound", "after", "victims", "outcome"):
        roles = frozenset({"noun"}) if meaning in ("victims", "outcome") else frozenset()
        for name, words in table[meaning].items():
            yield from ((word, Sign(roles, **{meaning: name})) for word in words)


def _token(group: str, decimal: str, endings: Sequence[str]) -> "regex.Pattern[str]":
    """The pattern of what is looked at one by one: numbers, ranks and names, words, signs."""
    between = regex.escape(_SPACES + _FURTHER + group)
    point = rf"(?:{regex.escape(decimal)}\d++)?+" if decimal else ""
    rank = rf"\d++-?(?:{'|'.join(endings)})(?!\w)" if endings else r"(?!)"
    return regex.compile(
        rf"""(?P<number> \d{{1,3}}(?:[{between}]\d{{3}})++(?!\d) {point} (?![.,:/-]\d) )
        | (?P<name> {rank} | \d++(?:[.:/-]\d++){{2,}} | \d++:\d++
            | {_LETTER}(?:{_LETTER}|\p{{M}})*+[-‐‑]?\d\w* )
        | (?P<number> \d++ {point} (?![.,]\d) )
        | (?P<name> \d++(?:[.,]\d++)+ )
        | [\p{{L}}\p{{M}}]++ (?:['’][\p{{L}}\p{{M}}]++ | [՛՜՞][\p{{L}}\p{{M}}]*+)*+
        | [^\s\w.!?։"“”«»]""",
        regex.VERBOSE | regex.V1,
    )


@cache
def _marks() -> Mapping[str, Sign]:
    """The signs that mean the same in every language."""
    joint, fold = frozenset({"comma", "joint"}), frozenset({"range"})
    label, unit = Sign(frozenset({"label"})), Sign(frozenset({"unit"}))
    least, most, about = (Sign(bound=each) for each in ("at least", "at most", "about"))
    return {
        **dict.fromkeys("-‐‑", Sign(fold | {"hyphen"})),
        **dict.fromkeys("–—/", Sign(fold)),
        **dict.fromkeys(",،՝、", Sign(joint)),
        **dict.fromkeys(";؛&", Sign(frozenset({"joint"}))),
        **dict.fromkeys("(（", Sign(frozenset({"part"}))),
        **dict.fromkeys("$€£₽֏№#", label),
        **dict.fromkeys("%‰٪", unit),
        **dict.fromkeys(">≥", least),
        **dict.fromkeys("<≤", most),
        **dict.fromkeys("~≈", about),
        "+": Sign(after="at least"),
    }
