"""An article's tree, as trafilatura gives it, as plain text."""

from collections.abc import Iterator
from typing import Any

_BLOCKS = ("p", "head", "list", "quote", "table")
_NO_TEXT = ("graphic", "del")
_LIST_ITEM = "- "


def blocks_of(body: Any) -> list[str]:
    """Its paragraphs; lists and tables are one with a line an item or row."""
    return [each for each in _blocks(body) if each]


def fuller(blocks: list[str], more: list[str]) -> list[str]:
    """The blocks of an article, with the lists that another reading found between them.

    Where the two readings differ otherwise, the first stays as it is.
    """
    left = iter(more)
    found: list[str] = []
    for number, block in enumerate(blocks):
        for each in left:
            if each == block:
                break
            if number and each.startswith(_LIST_ITEM):
                found.append(each)
        else:
            return blocks
        found.append(block)
    return found


def _blocks(element: Any) -> Iterator[str]:
    """The blocks of an element, in order; loose text between them is a block too."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS or (child.tag == "code" and element.tag != "p"):
            yield _line(loose)
            loose = [child.tail or ""]
            yield from _block(child)
        else:
            loose += [*_inline(child), child.tail or ""]
    yield _line(loose)


def _block(element: Any) -> Iterator[str]:
    if element.tag == "list":
        yield "\n".join(_items(element, ""))
    elif element.tag == "table" and _is_layout(element):
        for cell in (cell for row in element for cell in row):
            yield from _blocks(cell)
    elif element.tag == "table":
        yield "\n".join(_rows(element))
    elif element.tag == "code":
        yield "".join(element.itertext()).strip("\n")
    else:
        yield from _blocks(element)


def _is_layout(table: Any) -> bool:
    """Whether a table only puts things side by side, as pages once were made."""
    return any(sum(each.tag in _BLOCKS for each in cell) > 1 for row in table for cell in row)


def _items(element: Any, indent: str) -> Iterator[str]:
    for item in element:
        inner = [each for each in item if each.tag == "list"]
        words = [item.text or ""]
        for child in item:
            own = () if child in inner else _inline(child)
            words += [" " * (child.tag in _BLOCKS), *own, child.tail or ""]
        line = _line(words).replace("\n", " ")
        if line:
            yield f"{indent}{_LIST_ITEM}{line}"
        for each in inner:
            yield from _items(each, indent + "  ")


def _rows(element: Any) -> Iterator[str]:
    for row in element:
        yield "\t".join(_line(_inline(cell)).replace("\n", " ") for cell in row)


def _inline(element: Any) -> Iterator[str]:
    """The pieces of text in an element; a line break in it is one in the text."""
    if element.tag == "lb":
        yield "\n"
    elif element.tag not in _NO_TEXT:
        yield element.text or ""
        for child in element:
            yield " " * (child.tag in _BLOCKS)
            yield from _inline(child)
            yield child.tail or ""


def _line(pieces: Any) -> str:
    """Pieces as one line, or more where a break was meant; spaces folded as a browser does."""
    lines = "".join(pieces).replace("\t", " ").split("\n")
    return "\n".join(filter(None, (" ".join(filter(None, each.split(" "))) for each in lines)))
