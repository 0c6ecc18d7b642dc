"""The parts of an Office Open XML file, which is a zip archive of XML."""

import posixpath
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from annotator.core.errors import UserError
from annotator.ingest.archive import opened
from annotator.ingest.original import Original

_OLD = b"\xd0\xcf\x11\xe0"
_LARGEST = 100_000_000
"""Bytes of XML in a part."""


@dataclass(frozen=True, slots=True)
class Office:
    """An open file; `file` is its name for people."""

    archive: ZipFile
    file: str

    def part(self, name: str) -> Element | None:
        """A part's XML, None where the file has no such part.

        Raises UserError for one that is too large, or that has a document type or entities.
        """
        if name not in self.archive.namelist():
            return None
        if self.archive.getinfo(name).file_size > _LARGEST:
            raise UserError(f"{self.file} is larger than an article can be; split it first.")
        data = self.archive.read(name)
        bare = data.replace(b"\0", b"")
        if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
            raise UserError(f"{self.file} has a document type in it, which is not safe to read.")
        return fromstring(data)  # noqa: S314  (no entities in it, as was just looked)

    def main(self, otherwise: str) -> str:
        """The name of the part with the document itself."""
        for each in inside(self.part("_rels/.rels")):
            if (each.get("Type") or "").endswith("/officeDocument"):
                return (each.get("Target") or otherwise).lstrip("/")
        return otherwise

    def beside(self, main: str, name: str) -> Element | None:
        """The part of this name in the folder of another."""
        return self.part(posixpath.join(posixpath.dirname(main), name))

    def said(self) -> dict[str, str]:
        """The core properties that are not empty, as title, creator, language, created."""
        found = self.part("docProps/core.xml")
        texts = ((local(each), (each.text or "").strip()) for each in inside(found))
        return {name: text for name, text in texts if text}


@contextmanager
def office(original: Original) -> Iterator[Office]:
    """The file, open; raises UserError for one that is old, locked, broken or not safe."""
    if original.data.startswith(_OLD):
        raise UserError(
            f"{original.file} is locked with a password, or of an old make; save it anew without."
        )
    with opened(BytesIO(original.data), original.file) as archive:
        yield Office(archive, original.file)


def local(element: Element) -> str:
    """An element's name without its namespace, of which there are two sorts."""
    return str(element.tag).rpartition("}")[2]


def inside(element: Element | None) -> Iterable[Element]:
    """The children of an element, if it is there."""
    return () if element is None else element


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without its namespace; "" where there is none."""
    for key, found in element.items() if element is not None else ():
        if key.rpartition("}")[2] == name:
            return found
    return ""


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of a path of names without namespaces, the first of each."""
    for name in names:
        element = next((each for each in inside(element) if local(each) == name), None)
    return element
