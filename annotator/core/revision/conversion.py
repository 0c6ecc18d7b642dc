"""What an attribute's value becomes where the attribute changes its type or its values."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from annotator.core.dates import read_days, shown_days
from annotator.core.tagset import Attribute, fits

_NUMBER = re.compile(r"\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+))\s*", re.ASCII)
_DIGITS = 4_000
"""Python reads no number that is much longer."""
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def converted(
    value: Any,
    old: Attribute,
    new: Attribute,
    *,
    called: Callable[[str], str | None],
    entities: Mapping[str, str],
) -> tuple[Any, bool]:
    """What a JSON value is under `new` (None: nothing), and whether all of it was kept.

    `called` gives the new name of a choice's value; `entities` are names by id. What doesn't fit
    `old`, as it may be from an older version still, is taken as it is or not at all.
    """
    if not fits(old, value):
        return (value, True) if fits(new, value) else (None, False)
    found = [_one(each, old, new, called, entities) for each in (value if old.several else [value])]
    kept = [each for each in found if each is not None]
    whole = len(kept) == len(found)
    if new.several:
        return (kept if kept or whole else None), whole
    return (kept[0] if kept else None), whole and len(kept) <= 1


def _one(
    value: Any,
    old: Attribute,
    new: Attribute,
    called: Callable[[str], str | None],
    entities: Mapping[str, str],
) -> Any:
    if old.type == new.type == "choice":
        return called(value)
    if old.type == new.type:
        return value
    return _read(_text(value, old, entities), new, entities)


def _text(value: Any, attribute: Attribute, entities: Mapping[str, str]) -> str:
    """A value as a person reads it."""
    match attribute.type:
        case "flag":
            return "yes" if value else "no"
        case "date":
            days = (date.fromisoformat(value[end]) for end in ("from", "to"))
            return value["text"] or shown_days(*days)
        case "entity":
            return entities.get(value, "")
        case _:
            return str(value)


def _read(text: str, attribute: Attribute, entities: Mapping[str, str]) -> Any:
    """The value that a text is for an attribute; None where it is none."""
    match attribute.type:
        case "choice":
            return text if text in attribute.values else None
        case "number":
            found = _NUMBER.fullmatch(text) if len(text) <= _DIGITS else None
            return int(found[1].replace(",", "")) if found else None
        case "flag":
            return _FLAGS.get(text.strip().casefold())
        case "date":
            return _days(text)
        case "entity":
            return next((id_ for id_, name in entities.items() if name == text), None)
        case _:
            return text


def _days(text: str) -> dict[str, str] | None:
    try:
        first, last = read_days(text)
    except ValueError:
        return None
    return {"text": text, "from": first.isoformat(), "to": last.isoformat()}
