"""Numbers out of the signs of a text: spelled out, in digits, with a scale, from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from annotator.suggest.lexicon import NOTHING, Number, Sign

_LARGEST = 10**15
_END = Sign(frozenset({"comma"}))
"""The end of the words parts as a comma does."""


@dataclass(slots=True)
class _Sum:
    """A number while its signs are taken in, one after the other."""

    total: Number = 0
    current: Number | None = None
    least: int = _LARGEST
    scale: int = 1
    """The scale that stands last, as in "two dozen"; 1 if a numeral does."""

    def takes(self, sign: Sign) -> bool:
        """Take a sign in if the number goes on with it."""
        if "scale" in sign.roles:
            return self._scale(int(sign.low))
        if "numeral" in sign.roles or "digits" in sign.roles:
            return self._numeral(sign.low, spelled="numeral" in sign.roles)
        return False

    def _scale(self, scale: int) -> bool:
        if scale >= self.least or (self.current is None and self.total):
            return False
        if scale < 1000 and self.current is not None and self.current >= 100:
            return False
        self.current = scale if self.current is None else self.current * scale
        self.scale = scale
        if scale >= 1000:
            self.total, self.current, self.least = self.total + self.current, None, scale
        return True

    def _numeral(self, value: Number, *, spelled: bool) -> bool:
        current = self.current
        if current is None:
            fits = value < self.least and (value > 0 or not self.total)
        else:  # five goes on behind twenty and a hundred, twenty behind a hundred only
            tens = current % 100 >= 10 and current % 10 == 0 and value < 10
            hundreds = current >= 100 and current % 100 == 0 and value < 100
            fits = spelled and value > 0 and (tens or hundreds or value < 1)
        if fits:
            self.current = value + (current or 0)
            self.scale = 1
        return fits

    def goes_on(self, link: Sign) -> bool:
        """Whether a link may stand within the number: "one hundred and five", "twenty-five"."""
        return "hyphen" in link.roles or ("inside" in link.roles and self.scale != 12)

    def sign(self, roles: frozenset[str]) -> Sign:
        """The number as a sign."""
        value = self.total + (self.current or 0)
        return Sign(roles | {"number"}, value, value, scale=self.scale)


def with_numbers(signs: Sequence[Sign]) -> list[Sign]:
    """`signs` with those of each number put together into one of the role "number".

    What is "fifty to sixty" becomes one with a low and a high end. A number that counts nobody
    (a rank, a day, a year, an age, a measure) means nothing.
    """
    found: list[Sign] = []
    at = 0
    while at < len(signs):
        sign, before = signs[at], found[-1] if found else NOTHING
        scale = "scale" in sign.roles
        if scale and before.roles & {"vague", "name"}:  # several hundred
            at += 1
        elif scale and "vague" in sign.roles and not before.bound:  # thousands, in some languages
            found.append(sign)
            at += 1
        else:
            sign, at = _number(signs, at)
            found.append(sign)
    return _counting(_ranges(found))


def _number(signs: Sequence[Sign], at: int) -> tuple[Sign, int]:
    """The number that starts at a sign, or else the sign itself; and what follows it."""
    number = _Sum()
    if not number.takes(signs[at]):
        return signs[at], at + 1
    end = at + 1
    while end < len(signs):
        linked = end + 1 < len(signs) and "digits" not in signs[end + 1].roles
        if number.takes(signs[end]):
            end += 1
        elif linked and number.goes_on(signs[end]) and number.takes(signs[end + 1]):
            end += 2
        else:
            break
    return number.sign(signs[at].roles & {"year"} if end == at + 1 else frozenset()), end


def _ranges(signs: Sequence[Sign]) -> list[Sign]:
    """`signs` with "ten to fifteen" and "between ten and fifteen" as one number each."""
    found: list[Sign] = []
    for sign in signs:
        opened = len(found) > 2 and "between" in found[-3].roles
        link = {"range", "inside"} if opened else {"range"}
        if len(found) > 1 and found[-1].roles & link and (range_ := _range(found[-2], sign)):
            found[-3 if opened else -2 :] = [range_]
        else:
            found.append(sign)
    return found


def _range(left: Sign, right: Sign) -> Sign | None:
    """What lies between two signs, if they are two numbers and the first is the smaller."""
    if not {"number"} <= left.roles & right.roles:
        return None
    low = left.low
    if right.scale > 1 == left.scale and low * right.scale < right.high:
        low *= right.scale  # five to six thousand
    roles = left.roles & right.roles
    return replace(right, roles=roles, low=low, bound="about") if low < right.high else None


def _counting(signs: Sequence[Sign]) -> list[Sign]:
    """`signs` without the numbers that count nobody."""
    return [
        NOTHING if "number" in sign.roles and _aside(signs, at) else sign
        for at, sign in enumerate(signs)
    ]


def _aside(signs: Sequence[Sign], at: int) -> bool:
    """Whether the number at a place counts nobody, by what stands before and behind it."""
    number = signs[at]
    before = signs[at - 1] if at else NOTHING
    behind = signs[at + 1] if at + 1 < len(signs) else _END
    if "hyphen" in behind.roles and at + 2 < len(signs):
        behind = signs[at + 2]
    if number.high >= _LARGEST or number.low % 1 or number.high % 1:
        return True
    if number.scale == 1 and isinstance(number.high, Decimal):  # "2.000" may mean 2 or 2,000
        return True
    if before.roles & {"month", "label"} or behind.roles & {"month", "unit", "ordinal"}:
        return True
    if "year" in number.roles:
        return "date" in before.roles or not (before.bound or "noun" in behind.roles)
    return "comma" in before.roles and "comma" in behind.roles
