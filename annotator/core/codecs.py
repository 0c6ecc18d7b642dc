"""Values of attributes as one line of text, and back."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotator.core.dates import read_days, shown_days
from annotator.core.tagset import Attribute

DAY_HINT = "e.g. 2022-09-12"
"""What a date looks like, for empty lines."""
MOST_DIGITS = 15
"""A whole number longer than this loses digits in other people's JSON readers."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3})+")
_NO_DIGITS = re.compile(r"[^0-9,\u00a0\u202f ]")
_SEVERAL = re.compile(r"\s*[;；]\s*")


@dataclass(frozen=True, slots=True)
class Codec:
    """A value as text and back: `read` gives None for "", and raises ValueError with a sentence."""

    show: Callable[[Any], str]
    read: Callable[[str], Any]
    hint: str = ""
    hopeless: Callable[[str], str] = lambda _text: ""
    """What is wrong with a text that typing on can't mend, "" for nothing."""


def read_number(text: str) -> int | None:
    """The whole number that is typed, None for nothing; ValueError, a sentence, else."""
    digits = text.strip()
    if not digits:
        return None
    if _GROUPED.fullmatch(digits):
        digits = re.sub("[^0-9]", "", digits)
    if digits[0] in "-−" and digits[1:].isdecimal():
        raise ValueError("A number can't be negative.")
    if not digits.isdecimal():
        raise ValueError(f"“{digits}” is not a whole number.")
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"A number can have {MOST_DIGITS} digits at most.")
    return int(digits)


def _hopeless_number(text: str) -> str:
    digits = text.strip()
    if digits and (_NO_DIGITS.search(digits) or len(digits) > 2 * MOST_DIGITS):
        try:
            read_number(digits)
        except ValueError as error:
            return str(error)
    return ""


def _read_words(text: str) -> str | None:
    return text.strip() or None


def _read_json(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError("This must be JSON, such as [true, false].") from error


def shown(value: Any) -> str:
    """A value as plain text, "" for none."""
    return "" if value is None else str(value)


def _several(codec: Codec) -> Codec:
    """The codec of a list, its items parted by semicolons."""

    def show(value: Any) -> str:
        return "; ".join(map(codec.show, value)) if isinstance(value, list) else shown(value)

    def read(text: str) -> list[Any] | None:
        return [codec.read(part) for part in _SEVERAL.split(text.strip()) if part] or None

    def hopeless(text: str) -> str:
        return next(filter(None, map(codec.hopeless, _SEVERAL.split(text))), "")

    return Codec(show, read, "; ".join(filter(None, (codec.hint, "…"))), hopeless)


def show_days(value: Any) -> str:
    """The days of a date's value in words, "" where it has none."""
    try:
        return shown_days(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]))
    except (TypeError, KeyError, ValueError):
        return ""


def dated(text: str, words: str) -> dict[str, str]:
    """A date's value from the days that are typed and the words of the text; ValueError if not."""
    first, last = read_days(text)
    return {"text": words, "from": first.isoformat(), "to": last.isoformat()}


def _show_dated(value: Any) -> str:
    words = value.get("text") if isinstance(value, dict) else ""
    return f"{show_days(value)} “{words}”" if words else show_days(value)


def _read_dated(text: str) -> dict[str, str] | None:
    days, _, words = text.strip().partition("“")
    return dated(days, words.rstrip().removesuffix("”")) if days or words else None


_CODECS = {
    "number": Codec(shown, read_number, hopeless=_hopeless_number),
    "text": Codec(shown, _read_words),
    "choice": Codec(shown, _read_words),
    "date": Codec(_show_dated, _read_dated, DAY_HINT),
}
_JSON = Codec(lambda value: "" if value is None else json.dumps(value), _read_json)
"""For what no other editor is made for: several flags."""


def codec_of(attribute: Attribute) -> Codec:
    """How the value of an attribute is typed on one line."""
    codec = _CODECS.get(attribute.type, _JSON)
    return _several(codec) if attribute.several and codec is not _JSON else codec
