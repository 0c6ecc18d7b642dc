"""Bytes to text: which encoding a file has, and what in it couldn't be read."""

import codecs
import re
from dataclasses import dataclass, replace

from annotator.core.errors import UserError
from annotator.core.text import REPLACEMENT, counted

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = bytes(range(0x80))
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1a\x1b"})
_ESCAPED = re.compile("[\udc80-\udcff]")
_FEW = 5
_WESTERN = "cp1252"
_LETTERS = {
    _WESTERN: (
        "àâæçéèêëîïôœùûüÿ",
        "äöüß",
        "áéíñóúüªº",
        "àáâãçéêíóôõúªº",
        "àèéìíòóù",
        "æøåéö",
        "åäöéà",
    ),
    "cp1250": ("ąćęłńóśźż", "áäčďéěíľĺňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "äöüß"),
    "cp1254": ("çğıöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}
"""Letters beyond ASCII that one language needs, by the encoding that it was written in."""
_OTHERS = (
    *("cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp1258"),
    *("iso8859_2", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it was read, Python's name of its encoding, and a sentence per thing to know."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The text of `data`, which isn't canonical yet.

    A byte order mark decides; then whether the bytes are UTF-8, all or all but a few; else the
    encoding is guessed, and a note says so. An `encoding` is taken as it is, without any of that.
    Raises UserError for binary data, an unknown encoding, and bytes that the chosen one hasn't.
    """
    if encoding is not None:
        return _as_chosen(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, name)
    if data.count(0) > max(_FEW, len(data) // 100):
        return _wide(data)
    if _controls(data) > max(_FEW, len(data) // 20):
        raise _no_text()
    return _utf8(data) or _guessed(data)


def is_sure(head: bytes) -> bool:
    """Whether the beginning of a file leaves no doubt: it bears a mark, or is UTF-8."""
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # may end within a character
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def _no_text() -> UserError:
    """What is said of data that is no text."""
    return UserError("The file holds binary data, not text; convert it with its own program first.")


def _controls(data: bytes) -> int:
    """How many bytes are control characters that no text has."""
    return len(data) - len(data.translate(None, _CONTROLS))


def _as_chosen(data: bytes, encoding: str) -> Decoded:
    """`data` in the encoding that somebody chose."""
    try:
        return Decoded(data.decode(encoding), codecs.lookup(encoding).name)
    except UnicodeDecodeError as error:
        raise UserError(
            f"Byte {error.start:,} of the file is not {encoding}; choose another encoding."
        ) from error
    except (LookupError, ValueError) as error:
        raise UserError(
            f'"{encoding}" is no text encoding known here; choose another encoding.'
        ) from error


def _marked(data: bytes, name: str) -> Decoded:
    """`data` with a byte order mark, which tells the encoding."""
    removed = "1 byte order mark removed."
    if name == "utf-8-sig":
        decoded = _lenient_utf8(data)[0]
        notes = (removed, *decoded.notes)
        return replace(decoded, text=decoded.text[1:], encoding=name, notes=notes)
    try:
        return Decoded(data.decode(name), name, (removed,))
    except UnicodeDecodeError as error:
        note = f"What is not {name.upper()} from byte {error.start:,} on was replaced by U+FFFD."
        return Decoded(data.decode(name, "replace"), name, (removed, note))


def _wide(data: bytes) -> Decoded:
    """`data` with many zero bytes: UTF-32 or UTF-16 without a mark, or no text."""
    order = "le" if data[1::2].count(0) > data[::2].count(0) else "be"
    size = 32 if data.count(0) > len(data) // 2 else 16
    for name in (f"utf-{size}-{order}", f"utf-16-{order}"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _controls(text.encode("utf-8")) <= len(text) // 100:
            return Decoded(text, name, (f"No byte order mark; read as {name.upper()}.",))
    raise _no_text()


def _utf8(data: bytes) -> Decoded | None:
    """`data` as UTF-8, if it is that but for a few bytes and has more letters that prove it."""
    decoded, bad = _lenient_utf8(data)
    beyond_ascii = len(decoded.text) - bad - (len(data) - len(data.translate(None, _ASCII)))
    return None if bad > min(max(_FEW, len(data) // 1000), beyond_ascii) else decoded


def _lenient_utf8(data: bytes) -> tuple[Decoded, int]:
    """`data` as UTF-8, with U+FFFD for each byte that is not, and the number of those bytes."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8"), 0
    except UnicodeDecodeError as error:
        first = f"{error.start:,}"
    text, bad = _ESCAPED.subn(REPLACEMENT, data.decode("utf-8", "surrogateescape"))
    note = f"{bad:,} bytes that are not UTF-8, the first at byte {first}, replaced by U+FFFD."
    if bad == 1:
        note = f"1 byte that is not UTF-8 at byte {first} replaced by U+FFFD."
    return Decoded(text, "utf-8", (note,)), bad


def _guessed(data: bytes) -> Decoded:
    """`data` in the encoding that its letters speak for; Western European if none does."""
    name = _likely_encoding(data)
    text = data.decode(name, "replace")
    if text == data.decode(_WESTERN, "replace"):
        name = _WESTERN
    notes = [f"Not UTF-8; read as {name}, which is a guess."]
    lost = text.count(REPLACEMENT)
    if lost:
        notes.append(f"{counted(lost, 'place')} that {name} can't read replaced by U+FFFD.")
    return Decoded(text, name, tuple(notes))


def _likely_encoding(data: bytes) -> str:
    """The encoding of an older file; of several that do, the one whose letters go together."""
    # Imported here only: it costs 20 ms, and most files are UTF-8.
    import charset_normalizer  # noqa: PLC0415

    matches = charset_normalizer.from_bytes(data, cp_isolation=[*_LETTERS, *_OTHERS])
    best = matches.best()
    if best is None:
        return _WESTERN
    if best.encoding not in _LETTERS:
        return best.encoding
    close = {
        match.encoding
        for match in matches
        if match.chaos <= best.chaos + 0.02 and match.coherence >= best.coherence - 0.1
    }
    return min((name for name in _LETTERS if name in close), key=lambda name: _strange(data, name))


def _strange(data: bytes, name: str) -> int:
    """How many letters of `data` read as `name` are strange to the language that fits best."""
    text = data.decode(name, "replace").lower()
    letters = {letter for letter in set(text) if letter > "\x7f" and letter.isalpha()}
    return min(len(letters.difference(language)) for language in _LETTERS[name])
