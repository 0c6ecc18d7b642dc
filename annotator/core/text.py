"""Canonical text: what a document's text is made into once, at import, and never after."""

import hashlib
import re
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").hexdigest()
"""The hash of an empty text."""
REPLACEMENT = "\ufffd"
"""What stands for a character that formats and widgets don't keep."""
_TITLE = 200
_BOM = "\ufeff"
_LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85")
_LAST_OF_PLANES = (chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NONCHARACTERS = f"\ufdd0-\ufdef{''.join(_LAST_OF_PLANES)}"
_CONTROLS = "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SURROGATES = "\ud800-\udfff"
_REPLACED = (
    (re.compile("\0"), "NUL character"),
    (re.compile(f"[{_CONTROLS}]"), "control character"),
    (re.compile(f"[{_SURROGATES}]"), "lone surrogate"),
    (re.compile(f"[{_NONCHARACTERS}]"), "noncharacter"),
)
_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n"})
_SUSPICIOUS = (b"\xc2[\x80-\x9f]", b"\xb7[\x90-\xaf]", b"\xbf[\xbe\xbf]")
_SUSPECTS = tuple(re.compile(each) for each in _SUSPICIOUS)
"""In UTF-8: controls from U+0080, noncharacters, and a few letters that end in the same bytes. One
byte before the set, because that is what `re` searches fastest."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical text, and a short sentence for each thing that was done to get it."""

    text: str
    notes: tuple[str, ...] = ()


def counted(number: int, noun: str) -> str:
    """`number` and `noun`, in the plural where it is due: "1 line end", "2,000 line ends"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def canonical(raw: str) -> Canonical:
    """`raw` without a byte order mark, with LF as line end and without what can't be kept.

    CRLF, CR, U+2028, U+2029, VT, FF and NEL become LF; NUL, control characters but TAB, lone
    surrogates and noncharacters become U+FFFD, one for one. Nothing is composed, folded or trimmed,
    and a canonical text stays as it is.
    """
    if not _needs_a_look(raw):
        return Canonical(raw)
    notes: list[str] = []
    text = raw.lstrip(_BOM)
    if len(text) < len(raw):
        notes.append(f"{counted(len(raw) - len(text), 'byte order mark')} removed.")
    ends = 0
    for end in _LINE_ENDS:
        if end in text:
            ends += text.count(end)
            text = text.replace(end, "\n")
    if ends:
        notes.append(f"{counted(ends, 'line end')} turned into LF.")
    for pattern, noun in _REPLACED:
        text, count = pattern.subn(REPLACEMENT, text)
        if count:
            notes.append(f"{counted(count, noun)} replaced by U+FFFD.")
    return Canonical(text, tuple(notes))


def _needs_a_look(text: str) -> bool:
    """Whether a text may not be canonical; over bytes this is ten times as fast as over text."""
    if text.startswith(_BOM) or "\u2028" in text or "\u2029" in text:
        return True
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    if len(data.translate(None, _BYTES)) < len(data):
        return True
    return any(each.search(data) for each in _SUSPECTS)


def sha256(text: str) -> str:
    """The SHA-256 of `text` as UTF-8, in hexadecimal; lone surrogates raise UnicodeError."""
    return hashlib.sha256(text.encode()).hexdigest()


def title_of(text: str) -> str:
    """The first line that isn't empty, without the white space around it, at most 200 code points.

    A longer one is cut behind a word and ends in an ellipsis; an empty text has an empty title.
    """
    match = re.search(r"\S", text)
    if match is None:
        return ""
    start = match.start()
    end = text.find("\n", start)
    line = text[start : min(start + 2 * _TITLE, end if end >= 0 else len(text))].rstrip()
    if len(line) <= _TITLE:
        return line
    words = line[:_TITLE].rsplit(maxsplit=1)
    cut = words[0] if len(words) > 1 else line[: _TITLE - 1]
    return f"{cut[: _TITLE - 1]}…"
