"""The encoding that a web page has: what it says of itself, if its bytes bear that out."""

import codecs
import re
from dataclasses import replace

from annotator.core.errors import UserError
from annotator.decode import Decoded, decode
from annotator.ingest.original import Original

_LOOKED_AT = 4096
_SAID = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What browsers read by these names (WHATWG's Encoding Standard), as Python calls it. A page that
says UTF-16 in ASCII bytes isn't that."""


def decoded_page(original: Original, chosen: str | None, said: str = "") -> Decoded:
    """The text of a page that is in the encoding `chosen`, or else tells it.

    A byte order mark decides, then whether the bytes are UTF-8, then what the page (or who sent
    it, `said`) says. Raises UserError for what is no text.
    """
    data = original.data
    name = said or _said(data)
    try:
        found = decode(data, encoding=chosen)
        guess = any("which is a guess" in note for note in found.notes)
        if name and not chosen and guess:
            found = _as_said(data, name) or found
    except UserError as error:
        raise UserError(f"{original.file}: {error}") from error
    if name and _name(name) not in ("", _wider(found.encoding)) and not data.isascii():
        note = f"The page says that it is in {name}; it was read as {found.encoding}."
        found = replace(found, notes=(*found.notes, note))
    return found


def _said(data: bytes) -> str:
    """The encoding in a page's head; "" for none."""
    match = _SAID.search(data[:_LOOKED_AT])
    return match[1].decode("ascii", "replace") if match else ""


def _as_said(data: bytes, name: str) -> Decoded | None:
    encoding = _name(name)
    try:
        return Decoded(data.decode(encoding), encoding) if encoding else None
    except UnicodeError:
        return None


def _name(said: str) -> str:
    """Python's name of an encoding of text as browsers take it; "" for one that isn't known."""
    try:
        "".encode(said)
        return _wider(codecs.lookup(said).name)
    except (LookupError, ValueError):
        return ""


def _wider(name: str) -> str:
    name = name.removesuffix("-sig")
    return _WIDER.get(name, name)
