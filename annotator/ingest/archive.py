"""Zip archives that may come from anywhere: no bombs, no names that point outside."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from annotator.core.errors import UserError

MAGIC = b"PK\x03\x04"
MEMBERS = 200_000
LARGEST = 8_000_000_000
"""Bytes of all members, unpacked."""
RATIO = 200
"""As many times may members grow."""
_SMALL = 20_000_000
"""Bytes that an archive may unpack to whatever its ratio is."""
_OUTSIDE = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:")


@contextmanager
def opened(stream: IO[bytes], name: str) -> Iterator[ZipFile]:
    """The archive in a stream, for as long as it is read.

    Raises UserError for what is none, and for one that isn't safe; what is broken or locked in it
    becomes UserError too.
    """
    with readable(name), checked(stream, name) as archive:
        yield archive


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turns what reading an archive raises into UserError; `name` is of the file."""
    try:
        yield
    except UserError:
        raise
    except NotImplementedError as error:
        raise UserError(f"{name} is packed in a way that is not known here; unpack it.") from error
    # Broken archives let out whatever their parts run into.
    except Exception as error:
        if "password" in str(error):
            raise UserError(f"{name} is locked with a password; unpack it first.") from error
        raise UserError(f"{name} is broken.") from error


def checked(file: Path | IO[bytes], name: str) -> ZipFile:
    """The archive in a file, which the caller closes; raises UserError where it isn't safe."""
    try:
        archive = ZipFile(file)
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UserError(f"{name} is no archive that can be read; it may be cut off.") from error
    try:
        _require_safe(archive.infolist(), name)
    except UserError:
        archive.close()
        raise
    return archive


def _require_safe(members: list[ZipInfo], name: str) -> None:
    if len(members) > MEMBERS:
        raise UserError(f"{name} holds {len(members):,} files, which is too many to be safe.")
    large = sum(each.file_size for each in members)
    packed = sum(each.compress_size for each in members)
    if large > LARGEST or large > max(_SMALL, packed * RATIO):
        raise UserError(f"{name} would unpack to {large // 1_000_000:,} MB, which is not safe.")
    for each in members:
        if _OUTSIDE.search(each.filename):
            raise UserError(f'{name} has a file "{each.filename}", whose name points outside.')
