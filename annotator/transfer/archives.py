"""Zipped folders: each file in one is a source of its own, with those beside it."""

import posixpath
import shutil
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from annotator.core.errors import UserError
from annotator.formats.base import Source
from annotator.ingest.archive import checked, readable
from annotator.transfer.folders import is_of_page, is_part, with_below

_IN_MEMORY = 1_000_000
_UTF8 = 0x800


def members(source: Source) -> list[Source]:
    """The files in a zipped folder, sorted, without hidden ones and those that are parts of others.

    The archive stays open as long as one of them is in use. Raises UserError for an archive that
    can't be read or isn't safe, or has no file.
    """
    opened = source.path or source.stream
    assert opened is not None
    folder = _Folder(checked(opened, source.name), source.name)
    if not folder.names:
        raise UserError(f"{source.name} has no file in it.")
    return [folder.source(name) for name in folder.names]


class _Folder:
    """An open archive."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        found = {_name(each): each for each in archive.infolist() if not each.is_dir()}
        self._infos = {name: found[name] for name in sorted(found) if not _is_hidden(name)}
        files: dict[str, set[str]] = {}
        for each in self._infos:
            folder, file = posixpath.split(each)
            files.setdefault(folder, set()).add(file)
        self.names = [each for each in self._infos if not _goes_along(each, files)]

    def source(self, name: str) -> Source:
        """A file in it."""
        info, called = self._infos[name], f"{self._name}/{name}"

        def beside(other: str) -> Source | None:
            path = posixpath.join(posixpath.dirname(name), other)
            return self.source(path) if path in self._infos else None

        def unpack() -> BinaryIO:
            return self._unpacked(info, called)

        return Source(called, beside=beside, unpack=unpack, unpacked=info.file_size)

    def _unpacked(self, info: ZipInfo, name: str) -> BinaryIO:
        # Whoever reads has a whole file that can be rewound, or UserError before it begins.
        small = info.file_size <= _IN_MEMORY
        kept = BytesIO() if small else cast(BinaryIO, TemporaryFile())  # noqa: SIM115
        try:
            with readable(name), self._archive.open(info) as packed:
                shutil.copyfileobj(packed, kept)
        except UserError:
            kept.close()
            raise
        kept.seek(0)
        return kept


def _name(info: ZipInfo) -> str:
    """A file's name in an archive; many write UTF-8 without saying so."""
    name = info.filename.replace("\\", "/")
    if info.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _below(folder: str, files: dict[str, set[str]]) -> set[str]:
    inside = (each for each in files if each and posixpath.dirname(each) == folder)
    return set().union(*(files[each] for each in inside))


def _goes_along(name: str, files: dict[str, set[str]]) -> bool:
    """Whether a file is a part of another; `files` are the names in each folder."""
    folder, file = posixpath.split(name)
    if is_part(file, with_below(files[folder], lambda: _below(folder, files))):
        return True
    while folder:
        folder, last = posixpath.split(folder)
        if is_of_page(last, files.get(folder, ())):
            return True
    return False
