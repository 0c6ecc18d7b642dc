"""A corpus in parts to learn from and to be tested with, written in each format that is wanted."""

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.core.article import Article
from annotator.core.similar import KEYS, Signature, signature, similarity
from annotator.core.splitting import ARTICLES, Piece, shared_out, together
from annotator.formats.base import Format
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.exporting import Exported, export_from
from annotator.transfer.outgoing import Selection, items
from annotator.transfer.report import Job, Progress
from annotator.transfer.targets import folder_at

MANIFEST = "split.json"
"""The file that says which article is where."""
_EVERY = 100


@dataclass(frozen=True, slots=True)
class Part:
    """What fell into one part: ids of articles, and what was counted of them, by kind and name."""

    name: str
    share: float
    documents: tuple[str, ...]
    counts: Counter[tuple[str, str]]

    def of(self, kind: str) -> dict[str, int]:
        """The counts of one kind, "label" or "source", by name."""
        return {name: count for (each, name), count in sorted(self.counts.items()) if each == kind}

    def as_json(self) -> dict[str, Any]:
        """The part as the command line gives it to scripts."""
        return {
            "share": self.share,
            "documents": len(self.documents),
            "annotations": sum(self.of("label").values()),
            "labels": self.of("label"),
            "sources": self.of("source"),
        }


@dataclass(frozen=True, slots=True)
class SplitReport:
    """The parts; `alike` are the groups of near-duplicates (ids) that were kept together.

    `lost` is what each format could not keep.
    """

    seed: int
    parts: tuple[Part, ...]
    alike: tuple[tuple[str, ...], ...] = ()
    lost: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "seed": self.seed,
            "parts": {each.name: each.as_json() for each in self.parts},
            "alike": [list(each) for each in self.alike],
            "lost": {
                name: [{"what": what, "count": count} for what, count in lost]
                for name, lost in self.lost.items()
            },
        }

    def table(self) -> list[str]:
        """A line for each part, with its articles and its labels."""
        labels = sorted({name for each in self.parts for name in each.of("label")})
        rows = [("part", "articles", *labels)]
        for each in self.parts:
            found = each.of("label")
            numbers = (len(each.documents), *(found.get(name, 0) for name in labels))
            rows.append((each.name, *(f"{number:,}" for number in numbers)))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return [
            "  ".join(
                [row[0].ljust(widths[0])]
                + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of an article while the parts are made."""

    id: str
    sha256: str
    strata: Counter[tuple[str, str]]
    keys: "array[int]"

    @classmethod
    def of(cls, article: Article) -> "_Known":
        document = article.document
        strata = Counter({ARTICLES: 1, ("source", document.source): 1})
        strata.update(("label", one.label) for work in article.works for one in work.annotations)
        keys = array("I", signature(document.text)[:KEYS])
        return cls(document.id, document.sha256, strata, keys)


def split_to(
    project: Project,
    formats: Sequence[Format],
    target: Path,
    parts: Mapping[str, float],
    *,
    seed: int = 0,
    chosen: Exported | None = None,
    force: bool = False,
) -> Job[SplitReport]:
    """Write each part in each format into a folder, several formats into folders of their own.

    `parts` are shares that add up to 1. Articles that are alike are never in two parts. Raises
    UserError where there are too few articles, and otherwise as the export does.
    """
    chosen = chosen or Exported()
    with project.snapshot() as read:
        known = yield from _looked_through(read, chosen)
        report = _report(read, known, parts, seed)
        lost: dict[str, tuple[tuple[str, int], ...]] = {}
        with folder_at(target, own=project.path, force=force) as folder:
            for format_ in formats:
                room = folder if len(formats) == 1 else folder / format_.name
                room.mkdir(exist_ok=True)
                writing = _Writing(read, format_, replace(chosen, documents=()), project.path)
                lost[format_.name] = yield from writing.all(room, report.parts)
            report = replace(report, lost=lost)
            _write_manifest(folder / MANIFEST, report, known)
    return report


@dataclass(frozen=True, slots=True)
class _Writing:
    """The parts on their way out in one format."""

    read: Reader
    format: Format
    chosen: Exported
    own: Path

    def all(self, room: Path, parts: Sequence[Part]) -> Job[tuple[tuple[str, int], ...]]:
        """Write all parts into a folder; what the format could not keep."""
        lost: Counter[str] = Counter()
        for part in parts:
            chosen = replace(self.chosen, documents=part.documents)
            target = room / f"{part.name}{self._suffix()}"
            report = yield from export_from(self.read, self.format, target, chosen, own=self.own)
            lost.update(dict(report.lost))
        return tuple(lost.items())

    def _suffix(self) -> str:
        """The ending of a part's file; "" where it is a folder."""
        if self.format.to_stream is None:
            return ""
        if self.format.layers == "one":
            selection = Selection.of(self.read, self.chosen.layer, (), layered=True)
            if len(selection.parts(self.read)) > 1:
                return ""
        return self.format.suffixes[0]


def _looked_through(read: Reader, chosen: Exported) -> Job[list[_Known]]:
    selection = Selection.of(read, chosen.layer, chosen.documents, layered=True)
    known: list[_Known] = []
    for item in items(read, selection):
        if isinstance(item, Article):
            if len(known) % _EVERY == 0:
                yield Progress(len(known), selection.total, "Comparing the articles")
            known.append(_Known.of(item))
    return known


def _report(
    read: Reader, known: Sequence[_Known], parts: Mapping[str, float], seed: int
) -> SplitReport:
    # By their hashes, so that it doesn't matter in what order the articles came.
    known = sorted(known, key=lambda each: each.sha256)

    @lru_cache
    def sketch(number: int) -> Signature:
        document = read.document(known[number].id)
        assert document is not None
        return signature(document.text)

    numbers = together(
        [each.keys for each in known], lambda one, other: similarity(sketch(one), sketch(other))
    )
    groups = [[known[number] for number in group] for group in numbers]
    pieces = [Piece(group[0].sha256, _sum(group)) for group in groups]
    part_of = shared_out(pieces, parts, seed)
    inside: dict[str, list[_Known]] = {name: [] for name in parts}
    for group in groups:
        inside[part_of[group[0].sha256]] += group
    made = tuple(
        Part(name, share, tuple(each.id for each in inside[name]), _sum(inside[name]))
        for name, share in parts.items()
    )
    alike = tuple(tuple(each.id for each in group) for group in groups if len(group) > 1)
    return SplitReport(seed, made, alike)


def _sum(known: Sequence[_Known]) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for each in known:
        total.update(each.strata)
    return total


def _write_manifest(path: Path, report: SplitReport, known: Sequence[_Known]) -> None:
    hashes = {each.id: each.sha256 for each in known}
    told = report.as_json()
    told["articles"] = {
        part.name: [{"id": id_, "sha256": hashes[id_]} for id_ in part.documents]
        for part in report.parts
    }
    path.write_bytes(json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n")
