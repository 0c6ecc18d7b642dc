"""Text as the full-text search is given it: signs of scripts without spaces apart from each other.

SQLite's `unicode61` makes words of letters between spaces and drops signs and most marks. So each
sign of Chinese, Japanese, Thai, Lao, Khmer, Burmese and each emoji becomes a word by itself, and
points that may be left out go where they would cut a word. What is written here lies in files: it
changes only together with a migration that cuts all articles anew.
"""

import re
import unicodedata

_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u2e80-\u9fff\uf900-\ufaff"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_ANY = re.compile(f"[{_SIGNS}{_POINTS}]")
_LEADS = bytes({*range(0xD6, 0xF5)} - {0xE2})
"""In UTF-8, what signs and points begin with; some begin with E2, as dashes and quotes do."""
_OTHER_BYTES = bytes({*range(0x100)} - {*_LEADS})
_AFTER_E2 = re.compile(b"\xe2[\x98-\xbf]")
_SIGN = re.compile(f"[{_SIGNS}]")
_CUTTING = re.compile(rf"[{_POINTS}]+(?=\w)")
_SHIFT = 0xF0000
"""From a sign that `unicode61` drops to one of private use, which it keeps."""


def needs_cut(text: str) -> bool:
    """Whether the search has to be given another text than this one."""
    return not text.isascii() and _may_have_signs(text) and _ANY.search(text) is not None


def _may_have_signs(text: str) -> bool:
    """Whether a text needs a closer look; over bytes, most texts take a quarter of the time."""
    data = text.encode(errors="surrogatepass")
    return bool(data.translate(None, _OTHER_BYTES)) or bool(_AFTER_E2.search(data))


def cut(text: str) -> str:
    """The text as the search is given it."""
    return _SIGN.sub(_apart, _CUTTING.sub("", text)) if needs_cut(text) else text


def _apart(match: re.Match[str]) -> str:
    sign = match[0]
    kind = unicodedata.category(sign)[0]
    if kind in "MS":
        return f" {chr(ord(sign) + _SHIFT)} "
    return f" {sign} " if kind in "LN" else sign
