"""XML from strangers: read into a tree, without entities, without document types, without depth."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from io import BytesIO
from typing import BinaryIO, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.core.errors import UserError
from annotator.core.text import REPLACEMENT

DEEPEST = 100
"""Elements inside each other; none of the formats here needs a tenth of it."""
_CHUNK = 1 << 16


def tree(data: bytes, name: str) -> Element:
    """The root of an XML file called `name`; tags and attributes are `{namespace}name`.

    Raises UserError for what is no XML, and for XML that declares a document type or entities.
    """
    (root,) = parts(BytesIO(data), name, most=len(data))
    return root


def parts(
    stream: BinaryIO, name: str, *, apart: Collection[str] = (), most: int
) -> Iterator[Element]:
    """The elements inside those children of the root, one by one, and then the root without them.

    So that what is in memory is one of them, and the rest of the file; none of the two may have
    more than `most` bytes. Raises UserError as `tree` does.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    path: list[Element] = []
    ready: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(path) >= DEEPEST:
            raise UserError(f"{name} nests more than {DEEPEST} elements; it is not read.")
        named = {_named(key): value for key, value in attributes.items()}
        path.append(builder.start(_named(tag), named))

    def end(tag: str) -> None:
        builder.end(_named(tag))
        each = path.pop()
        if len(path) == 2 and path[1].tag in apart:
            path[1].remove(each)
            ready.append(each)

    def refuse(*_: object) -> NoReturn:
        raise UserError(f"{name} declares a document type, which may hide anything; remove it.")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    size = 0
    while True:
        data = stream.read(_CHUNK)
        try:
            parser.Parse(data, not data)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UserError(f"{name} is not XML that can be read: {error}.") from error
        size = 0 if ready else size + len(data)
        if size > most:
            raise UserError(f"{name} is larger than {most // 1_000_000} MB; split it first.")
        yield from ready
        ready.clear()
        if not data:
            break
    yield builder.close()


@lru_cache(maxsize=1_000)
def _named(name: str) -> str:
    """A name as ElementTree has it, made of one as expat has it."""
    return f"{{{name}" if "}" in name else name


_TABLE = {
    **{ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"},
    **str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}),
}
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_MARKED = re.compile('[\t\n\r&<>"]')
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def quoted(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks; white space stays as it is."""
    return f'"{text.translate(_TABLE) if _MARKED.search(text) else text}"'


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return text.translate(_CONTENT)


def shown(text: str) -> str:
    """A text with U+FFFD for what XML can't hold."""
    return text if text.isprintable() else _FORBIDDEN.sub(REPLACEMENT, text)


def writable(text: str) -> bool:
    """Whether XML 1.0 can hold a text: no control characters but TAB, LF and CR, no U+FFFE."""
    return text.isprintable() or _FORBIDDEN.search(text) is None
