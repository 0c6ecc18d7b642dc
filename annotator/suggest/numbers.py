"""Counts of people out of words: how many, how sure, who and what became of them.

None of the libraries for numerals (text2num, number-parser, word2number) fits: they don't know
"at least", "dozens", "a soldier" or a range, one leaves "two" as it is, one adds "two and three".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.suggest.lexicon import Number, Sign, lexicon_of, signs_of
from annotator.suggest.numerals import with_numbers

_LONGEST = 400
"""Code points that are read; what is longer is no phrase of a count."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count of people; an end that the words leave open is None.

    `bound` is "exact", "at least", "at most", "about" or "vague"; `victims` is "military",
    "civilian" or "mixed", `outcome` one of the default tag set's, each "" where the words don't
    tell, or not to somebody who can't read them.
    """

    low: int | None
    high: int | None
    bound: str
    victims: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """One number, or a word in its place; `people` tells whether a word for people follows."""

    low: Number | None
    high: Number | None
    bound: str = ""
    weak: bool = False
    joined: bool = False
    people: bool = False


def read_count(words: str, language: str = "en") -> Count | None:
    """The count that the words of a casualty give; None if they count nobody.

    "at least 49" leaves the high end open, "more than 100" too: 100 is the number in the words
    and the careful reading (ACLED takes the most conservative one). A range is "about", so that
    an exact count has equal ends. "14 soldiers and two civilians" are 16. Dozens stay "vague".
    Several counts of several outcomes ("two dead and 14 wounded") are none: they are two spans.
    Without a lexicon of the language it reads digits only, and a number beside words, which may
    tell a bound that it can't read, is a `low` without a bound.
    """
    lexicon = lexicon_of(language, words)
    signs = with_numbers(list(signs_of(words[:_LONGEST], lexicon)))
    met = _groups(signs)
    groups = _chosen(met)
    whole = _whole(signs) if groups else signs
    victims, outcomes = _victims(whole), _outcomes(whole)
    if len(met) > 1 and len(outcomes) > 1:
        return None
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else ""
    if groups:
        count = _sum(groups, victims, outcome)
        known = lexicon.signs and (language or any(each.people for each in met))
        open_ = count.bound == "exact" and not known and len(signs) > 1
        return replace(count, high=None, bound="") if open_ else count
    if any("bare" in sign.roles for sign in signs):
        return Count(None, None, "vague", victims, outcome)
    return None


@dataclass(slots=True)
class _Walk:
    """What has been met so far, from the first sign on."""

    found: list[_Group] = field(default_factory=list)
    bound: str = ""
    joined: bool = False
    apart: bool = False
    of: bool = False

    def meet(self, sign: Sign, *, leads: bool) -> None:
        """Go on by one sign; `leads` where the next number belongs to it."""
        roles = sign.roles
        if "number" in roles:
            self._number(sign)
        elif sign.bound and leads:
            self.bound = self.bound or sign.bound
        elif sign.after and self.found:
            self._last(bound=self.found[-1].bound or sign.after)
        elif "part" in roles:
            self.apart = bool(self.found)
        elif "part_of" in roles and len(self.found) > 1 and not self.found[-1].people:
            self.found.pop()
        elif not leads:
            self._word(roles)
        self._note(roles)

    def _number(self, sign: Sign) -> None:
        """A number counts for itself, but not in "two of the 14 soldiers"."""
        group = _Group(sign.low, sign.high, self.bound or sign.bound, joined=self.joined)
        if self.of and self.found:
            if self.found[-1].weak:  # a family of four
                self.found[-1] = group
        elif not self.apart:
            self.found.append(group)
        self.bound, self.joined = "", False

    def _word(self, roles: frozenset[str]) -> None:
        """What stands in a number's place: "several", "a", "no"."""
        if "lacking" in roles:
            self.found.append(_Group(0, 0, people=True))
        elif roles & {"vague", "article", "zero"} and not self.apart:
            one = 1 if "article" in roles else 0
            self.found.append(
                _Group(None, None, "vague", joined=self.joined)
                if "vague" in roles
                else _Group(one, one, weak=True, joined=self.joined)
            )
            self.joined = False
        elif "owner" in roles and self.joined and self.found:
            self.found.append(_Group(1, 1, weak=True, joined=True))

    def _note(self, roles: frozenset[str]) -> None:
        """Remember what the next number needs to know."""
        self.joined = self.joined or "joint" in roles
        self.of = "of" in roles or (self.of and "filler" in roles)
        if "noun" in roles and self.found:
            # "a" has no "soldiers"
            mine = not (self.found[-1].weak and self.found[-1].low and "bare" in roles)
            self._last(people=self.found[-1].people or mine)

    def _last(self, **changes: Any) -> None:
        self.found[-1] = replace(self.found[-1], **changes)


def _groups(signs: Sequence[Sign]) -> list[_Group]:
    """The numbers and the words in their place, in order."""
    walk = _Walk()
    for at, sign in enumerate(signs):
        walk.meet(sign, leads=_leads(signs, at + 1))
    return walk.found


def _leads(signs: Sequence[Sign], at: int) -> bool:
    """Whether a number stands at a place, other bounds and words without weight aside."""
    for sign in signs[at:]:
        if "number" in sign.roles or not ("filler" in sign.roles or sign.bound):
            return "number" in sign.roles
    return False


def _chosen(groups: Iterable[_Group]) -> list[_Group]:
    """The first group of people with those that are added to it, else the first group."""
    strong = [each for each in groups if each.people or not each.weak]
    first = next((at for at, each in enumerate(strong) if each.people), 0)
    more = (each for each in strong[first + 1 :] if each.people and each.joined)
    return [*strong[first : first + 1], *more]


def _sum(groups: Sequence[_Group], victims: str, outcome: str) -> Count:
    """All groups as one count."""
    lows = [None if each.bound == "at most" else each.low for each in groups]
    highs = [None if each.bound == "at least" else each.high for each in groups]
    low = None if set(lows) == {None} else sum(int(each or 0) for each in lows)
    high = None if None in highs else sum(int(each or 0) for each in highs)
    if low is None or high is None:
        bound = "vague" if low is high else "at most" if low is None else "at least"
    else:
        about = low != high or any(each.bound == "about" for each in groups)
        bound = "about" if about else "exact"
    return Count(low, high, bound, victims, outcome)


def _whole(signs: Sequence[Sign]) -> Sequence[Sign]:
    """`signs` up to where those are parted who are counted: "including two children"."""
    first = next((at for at, sign in enumerate(signs) if "number" in sign.roles), len(signs))
    for at in range(first + 2, len(signs)):
        if "part" in signs[at].roles or "part_of" in signs[at].roles:
            return signs[: at - 1]
    return signs


def _victims(signs: Iterable[Sign]) -> str:
    """Who was hurt, as far as the words tell."""
    told = {sign.victims for sign in signs} & {"military", "civilian"}
    return "mixed" if len(told) == 2 else next(iter(told), "")


def _outcomes(signs: Iterable[Sign]) -> set[str]:
    """What became of them, as far as the words tell."""
    told = {sign.outcome for sign in signs} - {""}
    return told - {"unspecified"} or told
