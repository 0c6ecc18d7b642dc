"""Where an export goes: a file or a folder, which is there whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import UserError


@contextmanager
def file_at(path: Path, *, own: Path, force: bool) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when the block ends well."""
    _require_free(path, own=own, force=force)
    if path.is_dir():
        raise UserError(f"{path} is a folder; name a file.")
    draft = _beside(path)
    with _said(path):
        try:
            with draft.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def folder_at(path: Path, *, own: Path, force: bool) -> Iterator[Path]:
    """A folder beside `path` whose files go there when the block ends well."""
    _require_free(path, own=own, force=force)
    if path.exists() and not path.is_dir():
        raise UserError(f"{path} is a file; name a folder.")
    draft = _beside(path)
    with _said(path):
        try:
            draft.mkdir()
            yield draft
            _put(draft, path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, path: Path) -> None:
    """Move a folder to its place; into one that is there, file by file."""
    if not path.exists():
        draft.replace(path)
        return
    for each in sorted(draft.iterdir()):
        if each.is_dir():
            _put(each, path / each.name)
        else:
            each.replace(path / each.name)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _require_free(path: Path, *, own: Path, force: bool) -> None:
    if path.exists() and path.samefile(own):
        raise UserError(f"{path} is the project itself; choose another name.")
    if not force and (path.exists() or path.is_symlink()):
        raise UserError(f"{path} exists already; choose another name, or use --force.")
    if not path.absolute().parent.is_dir():
        raise UserError(f"There is no folder {path.parent}; make it first.")


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"{path} could not be written: {error.strerror}.") from error
