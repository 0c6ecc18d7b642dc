"""From the paths that a person names to sources, and from a source to its format."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import overload

from annotator.core.errors import UserError
from annotator.formats import registry
from annotator.formats.base import Format, Source
from annotator.ingest.archive import MAGIC
from annotator.transfer.archives import members
from annotator.transfer.folders import is_of_page, is_part, with_below

_STRUCTURED = (".jsonl", ".jsonlines", ".json", ".ndjson", ".csv", ".tsv", ".xml")
_DATABASE = b"SQLite format 3\0"
_BESIDE = ("", "-wal", "-shm", "-journal")
_ZIP = ".zip"


def sources(paths: Iterable[Path], *, but: Path) -> Sequence[Source]:
    """The files among paths and in the folders among them, sorted, without hidden ones.

    A zipped folder is a folder, unless a format knows it. `but` is the project itself, which a
    folder may hold. Raises UserError for a path that isn't there, and where there is no file.
    """
    found: dict[str, None] = {}
    own = {but.resolve().with_name(but.resolve().name + end) for end in _BESIDE}
    names = {each.name for each in own}
    named = list(paths)
    for path in named:
        if path.is_dir():
            inside = _walked(path)
            kept = (each for each in inside if each.name not in names or each.resolve() not in own)
            found.update((str(each), None) for each in kept)
        elif not path.exists():
            raise UserError(f"There is no file or folder {path}.")
        elif not is_part(path.name, {each.name for each in named if each.parent == path.parent}):
            found[str(path)] = None
    if not found:
        raise UserError(f"There is no file to import in {', '.join(map(str, named))}.")
    return _Files([each for name in found for each in _spread(name)])


class _Files(Sequence[Source]):
    """Sources, of which a file on the disk is its name until it is asked for.

    So a hundred thousand files take the room of their names.
    """

    def __init__(self, found: Sequence[str | Source]) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Source: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Source]: ...

    def __getitem__(self, at: int | slice) -> Source | Sequence[Source]:
        if isinstance(at, slice):
            return _Files(self._found[at])
        found = self._found[at]
        return _file(found) if isinstance(found, str) else found


def _file(name: str) -> Source:
    return Source(name, Path(name))


def _spread(name: str) -> Sequence[str | Source]:
    """The files in one on the disk that is a zipped folder, else its name."""
    return spread(_file(name)) if name.lower().endswith(_ZIP) else (name,)


def spread(source: Source) -> list[Source]:
    """The files in a source that is a zipped folder, else the source itself.

    One that can't be read is left as it is, so that its reading says why.
    """
    if source.path and not source.name.lower().endswith(_ZIP):
        return [source]
    try:
        head = source.head()
        if head.startswith(MAGIC) and registry.sniffed(head, source.name) is None:
            return members(source)
    except (UserError, OSError):
        pass
    return [source]


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        names = with_below(set(files), partial(_below, Path(here), folders))
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and not is_of_page(each, names)
        )
        kept = (each for each in sorted(files) if not each.startswith("."))
        yield from (Path(here, each) for each in kept if not is_part(each, names))


def _below(here: Path, folders: Iterable[str]) -> Iterator[str]:
    return (path.name for each in folders for path in (here / each).iterdir())


def format_of(source: Source, name: str) -> Format:
    """The format with this name, or, for "", the one that the file's content tells.

    Raises UserError where there is none; a file whose name promises data is not taken for text.
    """
    if name:
        return named(name, reads=True)
    head = source.head()
    if head.startswith(_DATABASE):
        raise UserError(f"{source.name} is a database, not an article; open it by itself.")
    found = registry.sniffed(head, source.name)
    if found is not None:
        return found
    if head.startswith(MAGIC):
        raise _archived(source)
    if head and source.name.lower().endswith(_STRUCTURED):
        raise UserError(f"{source.name} is in no format that is told by its content.")
    return registry.OWN["text"]


def _archived(source: Source) -> UserError:
    """Why an archive can't be imported."""
    if source.unpack is not None:
        return UserError(f"{source.name} is an archive in an archive; unpack it first.")
    try:
        members(source)
    except UserError as error:
        return error
    return UserError(f"{source.name} is an archive; give it the ending .zip, or unpack it.")


def named(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """The format of this name; raises UserError for one that isn't there or can't do it."""

    def can(each: Format) -> bool:
        return bool((each.read or not reads) and (each.write or not writes))

    if name in registry.OWN and can(registry.OWN[name]):
        return registry.OWN[name]
    able = {each.name: each for each in registry.formats().values() if can(each)}
    if name not in able:
        verb = "read" if reads else "written"
        raise UserError(f'"{name}" cannot be {verb}; these can: {", ".join(sorted(able))}.')
    return able[name]
