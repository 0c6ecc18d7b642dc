"""XML from strangers: read into a tree, without entities, without document types, without depth."""

import re
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.core.errors import UserError
from annotator.core.text import REPLACEMENT

DEEPEST = 100
"""Elements inside each other; none of the formats here needs a tenth of it."""


def tree(data: bytes, name: str) -> Element:
    """The root of an XML file called `name`; tags and attributes are `{namespace}name`.

    Raises UserError for what is no XML, and for XML that declares a document type or entities.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UserError(f"{name} nests more than {DEEPEST} elements; it is not read.")
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    def refuse(*_: object) -> NoReturn:
        raise UserError(f"{name} declares a document type, which may hide anything; remove it.")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  (it has no name for it)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UserError(f"{name} is not XML that can be read: {error}.") from error
    return builder.close()


def _named(name: str) -> str:
    """A name as ElementTree has it, made of one as expat has it."""
    return f"{{{name}" if "}" in name else name


_TABLE = {
    **{ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"},
    **str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}),
}
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def quoted(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks; white space stays as it is."""
    return f'"{text.translate(_TABLE)}"'


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return text.translate(_CONTENT)


def shown(text: str) -> str:
    """A text with U+FFFD for what XML can't hold."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def writable(text: str) -> bool:
    """Whether XML 1.0 can hold a text: no control characters but TAB, LF and CR, no U+FFFE."""
    return text.isprintable() or _FORBIDDEN.search(text) is None
