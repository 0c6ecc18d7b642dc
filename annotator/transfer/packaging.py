"""A corpus as one package to publish: everything in a folder or a zip, the same bytes each time."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from annotator import __version__, paths
from annotator.agreement.markdown import markdown
from annotator.core import citation
from annotator.core.model import Annotator, Setting, TagsetVersion
from annotator.core.tagset_toml import loads
from annotator.formats import csv, jsonl
from annotator.formats.base import Item
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer import card
from annotator.transfer.census import Census
from annotator.transfer.exporting import Exported, export_from
from annotator.transfer.figures import EVERYBODY, agreement_of
from annotator.transfer.outgoing import Selection, items
from annotator.transfer.publishing import ALL, Published, Publishing
from annotator.transfer.report import Job, Progress
from annotator.transfer.targets import file_at, folder_at

CORPUS = "data/corpus.jsonl"
TABLES = "tables"
CARD = "README.md"
AGREEMENT = "AGREEMENT.md"
SUMS = "SHA256SUMS"
_SCHEMA = "annotator-jsonl.schema.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of all files in a zip: the earliest that it can say."""
_UNIX, _PLAIN = 3, 0o100644 << 16
_EVERY = 100


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What was packed: counts by what is counted, files by path, and what the tables can't hold."""

    counts: dict[str, int]
    files: tuple[str, ...]
    lost: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "counts": self.counts,
            "files": list(self.files),
            "lost": [{"what": what, "count": count} for what, count in self.lost],
        }


def package_to(
    project: Project, target: Path, *, publishing: Publishing = ALL, force: bool = False
) -> Job[PackageReport]:
    """Pack everything but the journal into a folder, or into a zip if the name ends so.

    The same project gives the same bytes. Raises UserError as the export does.
    """
    with project.snapshot() as read, _room(target, project.path, force=force) as folder:
        packing = _Packing(read, folder, publishing, project.path)
        report = yield from packing.all()
    return report


@contextmanager
def _room(target: Path, own: Path, *, force: bool) -> Iterator[Path]:
    """A folder whose files go to the target when the block ends well."""
    if target.suffix.lower() == ".zip":
        made = tempfile.TemporaryDirectory(prefix="annotator-")
        with file_at(target, own=own, force=force) as stream, made as name:
            yield Path(name)
            _zip(Path(name), stream)
        return
    before = _listed(target) if force else set()
    with folder_at(target, own=own, force=force) as folder:
        yield folder
        now = _listed(folder)
    for name in sorted(before - now):
        (target / name).unlink(missing_ok=True)


def _listed(folder: Path) -> set[str]:
    """The files that a package's checksums name, as far as they are in it."""
    sums = folder / SUMS
    if not sums.is_file():
        return set()
    names = {line[66:] for line in sums.read_text("utf-8", "replace").splitlines()}
    return {name for name in names if name and ".." not in Path(name).parts and name[0] != "/"}


def _zip(folder: Path, stream: BinaryIO) -> None:
    with ZipFile(stream, "w") as archive:
        for path in _files(folder):
            info = ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            info.create_system, info.external_attr = _UNIX, _PLAIN
            info.compress_type, info.file_size = ZIP_DEFLATED, path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as member:
                shutil.copyfileobj(source, member)


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


@dataclass(frozen=True, slots=True)
class _Packing:
    """A package on its way into a folder."""

    read: Reader
    folder: Path
    publishing: Publishing
    own: Path

    def all(self) -> Job[PackageReport]:
        """Write all files."""
        census, heads = Census(), _Heads()
        corpus = self.folder / CORPUS
        corpus.parent.mkdir()
        selection = Selection.of(self.read, "all", (), layered=True)
        going = Published.of(self.publishing, self.read).items(items(self.read, selection))
        with corpus.open("xb") as stream:
            for number, _ in enumerate(jsonl.write(heads.kept(census.counted(going)), stream)):
                if number % _EVERY == 0:
                    yield Progress(min(number, selection.total), selection.total, CORPUS)
        chosen = Exported("all", publishing=self.publishing)
        tables = self.folder / TABLES
        report = yield from export_from(self.read, csv.FORMAT, tables, chosen, own=self.own)
        yield from self._agree(heads.tagset)
        self._describe(census, heads, report.lost)
        self._sum()
        names = tuple(each.relative_to(self.folder).as_posix() for each in _files(self.folder))
        return PackageReport(dict(census.counts), names, report.lost)

    def _agree(self, tagset: TagsetVersion) -> Job[None]:
        """Write how far people agree, where two have done an article."""
        called = Published.of(self.publishing, self.read).name
        found = yield from agreement_of(self.read, EVERYBODY, called=called)
        if found.articles:
            quotes = not self.publishing.without_text
            told = markdown(found, loads(tagset.toml), __version__, quotes=quotes)
            self._write(AGREEMENT, told)

    def _describe(self, census: Census, heads: "_Heads", lost: tuple[tuple[str, int], ...]) -> None:
        """Write what people read, and what tools look for."""
        cited, told = citation.Citation.of(heads.settings), citation.backgrounds(heads.settings)
        described = card.Card(cited, census.tables(), heads.people, told, lost, self.publishing)
        toml = heads.tagset.toml
        self._write(CARD, described.markdown())
        self._write("CITATION.cff", citation.cff(cited, card.UNTITLED))
        self._write("tagset.toml", toml)
        self._write("GUIDELINES.md", card.guidelines(loads(toml)))
        self._write("annotators.csv", card.annotators(heads.people, told))
        shutil.copyfile(paths.resources() / "schemas" / _SCHEMA, self.folder / _SCHEMA)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_bytes(text.encode())

    def _sum(self) -> None:
        lines = []
        for path in _files(self.folder):
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(self.folder).as_posix()}\n")
        self._write(SUMS, "".join(lines))


class _Heads:
    """What stands before the articles of a corpus, kept as it goes by."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.people: list[Annotator] = []
        self.tagset = TagsetVersion(1, "")

    def kept(self, out: Iterator[Item]) -> Iterator[Item]:
        """The items, of which those are kept that are no articles."""
        for item in out:
            match item:
                case Setting():
                    self.settings.append(item)
                case Annotator():
                    self.people.append(item)
                case TagsetVersion():
                    self.tagset = item
                case _:
                    pass
            yield item
