"""The export: layers of a project into a file, a folder or a stream, whole or not at all."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Entity, TagsetVersion
from annotator.core.rules import name_problem
from annotator.formats import registry
from annotator.formats.base import Format, Item, Lost, Options
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.outgoing import Selection, count, items, part_name
from annotator.transfer.publishing import ALL, Published, Publishing
from annotator.transfer.renaming import AS_NAMED, Renamer, Renaming
from annotator.transfer.report import ExportReport, Job, Progress
from annotator.transfer.targets import file_at, folder_at

_EVERY = 100


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes out: `layer` is a role, an annotator's name, `all`, or "" for gold, if any.

    `documents` are ids, none of them for all articles; `options` are those of the format.
    """

    layer: str = ""
    documents: tuple[str, ...] = ()
    options: Options = field(default_factory=dict)
    publishing: Publishing = ALL
    renaming: Renaming = AS_NAMED


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
    with project.snapshot() as read:
        whole = export_from(
            read, format_, target, chosen or Exported(), own=project.path, force=force
        )
        return (yield from whole)


def export_from(
    read: Reader,
    format_: Format,
    target: Path | BinaryIO,
    chosen: Exported,
    *,
    own: Path,
    force: bool = False,
) -> Job[ExportReport]:
    """The same of what a reader sees; `own` is the path of the project, which is no target."""
    if chosen.publishing.without_text and not format_.textless:
        able = " and ".join(each.name for each in registry.OWN.values() if each.textless)
        raise UserError(f'"{format_.name}" needs the texts; {able} can go without them.')
    layered = format_.layers != "none" or format_.for_people
    selection = Selection.of(read, chosen.layer, chosen.documents, layered=layered)
    published = Published.of(chosen.publishing, read)
    _require_apart(read, selection, chosen, one=format_.layers == "one")
    parts = _parts(read, selection, chosen) if format_.layers == "one" else {}
    renamer = Renamer(chosen.renaming)
    out = Outgoing(format_, chosen.options, Tally(format_.keeps, whole=selection.whole))

    def going(part: Selection) -> Iterator[Item]:
        return map(renamer.item, published.items(items(read, part)))

    if len(parts) > 1:
        if not isinstance(target, Path):
            raise UserError(f"{_of_one(format_, parts)} name a folder with --out.")
        with folder_at(target, own=own, force=force) as folder:
            for name, part in parts.items():
                yield from out.into(folder / name, going(part), part)
        out.tally.recount(going(selection))
    elif not isinstance(target, Path):
        yield from out.written(going(selection), target, selection)
    elif format_.to_stream is not None:
        with file_at(target, own=own, force=force) as stream:
            yield from out.written(going(selection), stream, selection)
    else:
        with folder_at(target, own=own, force=force) as folder:
            yield from out.written(going(selection), folder, selection)
    report = ExportReport.of(out.tally.counts, format_.keeps, out.tally.lost)
    return replace(report, notes=tuple(renamer.notes()))


def _require_apart(read: Reader, selection: Selection, chosen: Exported, *, one: bool) -> None:
    """Raise UserError for new names that no annotator can have, or two of one article or file."""
    names = chosen.renaming.annotators
    if names and chosen.publishing.pseudonyms:
        raise UserError("Annotators get pseudonyms, so they can't have other names too.")
    for problem in filter(None, map(name_problem, names.values())):
        raise UserError(problem)
    taken: dict[tuple[str, str, str, int], str] = {}
    for each in filter(selection.has, read.layers()) if names else ():
        name = chosen.renaming.annotator(each.annotator)
        key = ("" if one else each.document, name, each.role, each.round)
        if taken.setdefault(key, each.annotator) != each.annotator:
            where = "file" if one else "article"
            raise UserError(
                f'{taken[key]} and {each.annotator} can\'t both be called "{name}": '
                f"their work would be in the same {where}."
            )


def _parts(read: Reader, selection: Selection, chosen: Exported) -> dict[str, Selection]:
    """A selection for each annotator, role and round that goes out, by a name for a folder."""
    published = Published.of(chosen.publishing, read)

    def called(name: str) -> str:
        return chosen.renaming.annotator(published.name(name))

    named = (
        (part_name(called(part.only[0]), *part.only[1:]), part)
        for part in selection.parts(read).values()
        if part.only is not None
    )
    return dict(sorted(named, key=lambda each: each[0]))


def _of_one(format_: Format, parts: Iterable[str]) -> str:
    names = ", ".join(parts)
    return f'A file of "{format_.name}" has one layer of an article, and these go out: {names};'


class Tally:
    """What went out, feature by feature, and what a format said it could not hold."""

    def __init__(self, keeps: frozenset[str], *, whole: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.lost: list[Lost] = []
        self._keeps = keeps
        self._whole = whole
        self._entities: set[str] = set()

    def counted(self, out: Iterable[Item]) -> Iterator[Item]:
        """The items, each counted as it goes by."""
        for item in out:
            # The tag set belongs to no layer, so only who wants everything loses it.
            if self._whole or not isinstance(item, TagsetVersion):
                self.counts.update(count(item))
            if isinstance(item, Entity):
                self._entities.add(item.id)
            yield item

    def recount(self, out: Iterable[Item]) -> None:
        """Count anew what went out in parts: an article is one, and goes with no layer nowhere."""
        self.counts.clear()
        named = set(self._entities)
        for item in self.counted(out):
            if isinstance(item, Article) and not item.works:
                self.lost.append(Lost("articles", 1, item.document.title, "nobody worked on it"))
                if count(item)["article details"] and "article details" in self._keeps:
                    self.lost.append(Lost("article details"))
            elif isinstance(item, Entity) and item.id not in named and "entities" in self._keeps:
                self.lost.append(Lost("entities"))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One export on its way."""

    format: Format
    options: Options
    tally: Tally

    def into(
        self, target: Path, out: Iterable[Item], selection: Selection
    ) -> Generator[Progress, None, None]:
        """Write one layer's part: a folder of this name, or a file with the format's ending."""
        if self.format.to_stream is None:
            target.mkdir()
            yield from self.written(out, target, selection)
        else:
            with target.with_name(target.name + self.format.suffixes[0]).open("xb") as stream:
                yield from self.written(out, stream, selection)

    def written(
        self, out: Iterable[Item], target: BinaryIO | Path, selection: Selection
    ) -> Generator[Progress, None, None]:
        """Write items to a folder or a stream, and count them."""
        out = self.tally.counted(out)
        if isinstance(target, Path):
            assert self.format.to_folder is not None
            written = self.format.to_folder(out, target, self.options)
        else:
            if self.format.to_stream is None:
                raise UserError(f'"{self.format.name}" is a folder of files; name one with --out.')
            written = self.format.to_stream(out, target, self.options)
        number = 0
        for each in written:
            if isinstance(each, Lost):
                self.tally.lost.append(each)
                continue
            if number % _EVERY == 0:
                yield Progress(min(number, selection.total), selection.total, self.format.name)
            number += 1
