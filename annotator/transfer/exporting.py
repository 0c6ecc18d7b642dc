"""The export: layers of a project into a file, a folder or a stream, whole or not at all."""

import os
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import UserError
from annotator.core.model import TagsetVersion
from annotator.formats.base import Format, Item
from annotator.project import Project
from annotator.transfer.outgoing import Selection, count, items
from annotator.transfer.report import ExportReport, Job, Progress

_EVERY = 100


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes out: `layer` is a role, an annotator's name, `all`, or "" for gold, if any.

    `documents` are ids, none of them for all articles.
    """

    layer: str = ""
    documents: tuple[str, ...] = ()


def export_to(
    project: Project,
    format_: Format,
    target: Path | BinaryIO,
    *,
    chosen: Exported | None = None,
    force: bool = False,
) -> Job[ExportReport]:
    """Write layers in a format to a path, or to a stream where the format is one.

    The project may be written to meanwhile: what goes out is as it was at the beginning. A file is
    written beside its place and then put there; a folder that exists keeps its other files. Raises
    UserError when the target exists (unless `force`) or can't be written, or there is no such
    layer or document.
    """
    chosen = chosen or Exported()
    with project.snapshot() as read:
        selection = Selection.of(read, chosen.layer, chosen.documents, layered=_layered(format_))
        counts: Counter[str] = Counter()
        out = _counted(items(read, selection), counts, whole=selection.whole)
        if not isinstance(target, Path):
            yield from _written(format_, out, target, selection)
        elif format_.to_stream is not None:
            with _file(target, own=project.path, force=force) as stream:
                yield from _written(format_, out, stream, selection)
        else:
            with _folder(target, own=project.path, force=force) as folder:
                yield from _written(format_, out, folder, selection)
    return ExportReport.of(counts, format_.keeps)


def _layered(format_: Format) -> bool:
    return "annotations" in format_.keeps


def _counted(out: Iterable[Item], counts: Counter[str], *, whole: bool) -> Iterator[Item]:
    for item in out:
        # The tag set belongs to no layer, so only who wants everything loses it.
        if whole or not isinstance(item, TagsetVersion):
            counts.update(count(item))
        yield item


def _written(
    format_: Format, out: Iterable[Item], target: BinaryIO | Path, selection: Selection
) -> Generator[Progress, None, None]:
    if isinstance(target, Path):
        assert format_.to_folder is not None
        written = format_.to_folder(out, target)
    else:
        if format_.to_stream is None:
            raise UserError(f'"{format_.name}" is a folder of files; name one with --out.')
        written = format_.to_stream(out, target)
    for number, _ in enumerate(written):
        if number % _EVERY == 0:
            yield Progress(min(number, selection.total), selection.total, format_.name)


@contextmanager
def _file(path: Path, *, own: Path, force: bool) -> Iterator[BinaryIO]:
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
def _folder(path: Path, *, own: Path, force: bool) -> Iterator[Path]:
    """A folder beside `path` whose files go there when the block ends well."""
    _require_free(path, own=own, force=force)
    if path.exists() and not path.is_dir():
        raise UserError(f"{path} is a file; name a folder.")
    draft = _beside(path)
    with _said(path):
        try:
            draft.mkdir()
            yield draft
            if path.exists():
                for each in sorted(draft.iterdir()):
                    each.replace(path / each.name)
            else:
                draft.replace(path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


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
