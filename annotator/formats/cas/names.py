"""Names and values of ours as the features of a CAS can have them, and back.

A feature's name is an identifier, its value is text that XML can hold.
"""

import keyword
import re
from json import dumps
from typing import Any

from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import DECODER, require_keepable
from annotator.formats.tree import writable

LABEL, NOTE, KEY = "label", "note", "annotator"
_TAKEN = frozenset(
    {
        *(LABEL, NOTE, KEY, "begin", "end", "sofa", "id", "type", "self", "Governor", "Dependent"),
        *keyword.kwlist,
    }
)
"""What a feature can't be called, here or in the languages that make code of features."""
_OTHER = re.compile(r"[^A-Za-z0-9_]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\A[0-9]")
_CODE = re.compile(r"__([0-9a-f]+)_")
_JSON = re.compile(r'[\s"\[{\-0-9tfn]')


def feature_of(name: str) -> str:
    """The feature for an attribute: what no identifier has is written as its code point.

    "war crime" is `war__20_crime`; a name that is taken gets a `_` at its end.
    """
    found = _OTHER.sub(lambda sign: f"__{ord(sign[0]):x}_", name)
    return f"{found}_" if found in _TAKEN or not found else found


def attribute_of(feature: str) -> str:
    """The attribute that a feature was made for."""
    if feature.endswith("_") and feature[:-1] in _TAKEN | {""}:
        return feature[:-1]
    return _CODE.sub(_decoded, feature)


def _decoded(code: re.Match[str]) -> str:
    number = int(code[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else code[0]


def text_of(value: Any) -> str:
    """An attribute's value: texts as they are, unless they look like JSON; all others are JSON."""
    if isinstance(value, str) and writable(value) and _value(value) is None:
        return value
    return dumps(value, sort_keys=False)


def value_of(text: str) -> Any:
    """The value that was written as a text."""
    found = _value(text)
    return text if found is None else found[0]


def _value(text: str) -> tuple[Any] | None:
    """The JSON value in a text; None where there is none."""
    if not _JSON.match(text):
        return None
    try:
        value = DECODER.decode(text)
        require_keepable(value)
    except (Bad, ValueError, RecursionError):
        return None
    return (value,)


def words_of(text: str) -> str:
    """A label: as it is, unless XML can't hold it."""
    return text if writable(text) and not text.startswith('"') else dumps(text)


def label_of(words: str) -> str:
    """The label that was written so."""
    found = _value(words) if words.startswith('"') else None
    return found[0] if found and isinstance(found[0], str) else words
