"""From the paths that a person names to sources, and from a source to its format."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import UserError
from annotator.formats import registry
from annotator.formats.base import Format, Source

_STRUCTURED = (".jsonl", ".json", ".ndjson", ".csv", ".tsv", ".xml")
_DATABASE = b"SQLite format 3\0"
_BESIDE = ("", "-wal", "-shm", "-journal")


_WEB_PAGE = (b"<!doctype html", b"<html")


def sources(paths: Iterable[Path], *, but: Path) -> list[Source]:
    """The files among paths and in the folders among them, sorted, without hidden ones.

    `but` is the project itself, which a folder may hold. Raises UserError for a path that isn't
    there, and where there is no file at all.
    """
    found: dict[str, Source] = {}
    own = {but.resolve().with_name(but.resolve().name + end) for end in _BESIDE}
    names = {each.name for each in own}
    named = list(paths)
    for path in named:
        if path.is_dir():
            inside = _walked(path)
            kept = (each for each in inside if each.name not in names or each.resolve() not in own)
            kept = (each for each in kept if not _goes_along(each))
            found.update((str(each), Source(str(each), each)) for each in kept)
        elif path.exists():
            found[str(path)] = Source(str(path), path)
        else:
            raise UserError(f"There is no file or folder {path}.")
    if not found:
        raise UserError(f"There is no file to import in {', '.join(map(str, named))}.")
    return list(found.values())


def _goes_along(path: Path) -> bool:
    """Whether a file is only a part of another, as the text is of brat's annotations."""
    for each in registry.OWN.values():
        if path.suffix in each.along:
            return any(path.with_suffix(end).is_file() for end in each.suffixes)
        if path.name in each.along:
            return any(any(path.parent.glob(f"*{end}")) for end in each.suffixes)
    return False


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(here, each) for each in sorted(files) if not each.startswith("."))


def format_of(source: Source, name: str) -> Format:
    """The format with this name, or, for "", the one that the file's content tells.

    Raises UserError where there is none; a file whose name promises data is not taken for text.
    """
    if name:
        return named(name, reads=True)
    head = source.head()
    if head.startswith(_DATABASE):
        raise UserError(f"{source.name} is a database, not an article; open it by itself.")
    if head.lstrip().lower().startswith(_WEB_PAGE):
        raise UserError(f"{source.name} is a web page; save its article as plain text first.")
    found = registry.sniffed(head, source.name)
    if found is not None:
        return found
    if head and source.name.lower().endswith(_STRUCTURED):
        raise UserError(f"{source.name} is in no format that is told by its content.")
    return registry.OWN["text"]


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
