"""What the libraries of the field do with the corpora that bench_formats writes."""

import csv
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile

from annotator.core.article import Article
from annotator.formats.base import Item


@dataclass(frozen=True, slots=True)
class Rival:
    """A library: `ready` makes, of a format's files, what it writes; `read` reads these files.

    `prepare` writes them where our format only reads.
    """

    name: str
    ready: Callable[[Path, list[Item]], Any] = lambda _folder, _items: None
    write: Callable[[Any, Path], object] | None = None
    read: Callable[[Path], object] | None = None
    prepare: Callable[[list[Item], Path], object] | None = None


def _articles(items: Iterable[Item]) -> list[Article]:
    return [each for each in items if isinstance(each, Article)]


def _only(folder: Path) -> Path:
    return next(each for each in folder.rglob("*") if each.is_file())


# JSON


def _json_lines(folder: Path, _items: object) -> list[Any]:
    return [json.loads(line) for line in _only(folder).open("rb")]


def _read_json_lines(folder: Path) -> None:
    with _only(folder).open("rb") as file:
        for line in file:
            json.loads(line)


def _write_json_lines(records: list[Any], folder: Path) -> None:
    with (folder / "out").open("w", encoding="utf-8") as file:
        for each in records:
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def _json_whole(folder: Path, _items: object = None) -> Any:
    return json.loads(_only(folder).read_bytes())


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
    for number, each in enumerate(_articles(items)):
        (folder / f"{number}.txt").write_text(each.document.text, encoding="utf-8")


def _conllu(folder: Path, _items: object) -> Any:
    conllu: Any = import_module("conllu")
    return [conllu.parse(path.read_text("utf-8")) for path in folder.rglob("*") if path.is_file()]


def _write_conllu(found: Any, folder: Path) -> None:
    for number, sentences in enumerate(found):
        text = "".join(each.serialize() for each in sentences)
        (folder / f"{number}.conllup").write_text(text, encoding="utf-8")


# CAS


def _types(folder: Path) -> Any:
    cassis: Any = import_module("cassis")
    with (folder / "TypeSystem.xml").open("rb") as file:
        return cassis.load_typesystem(file)


def _xmi(folder: Path) -> Iterator[Any]:
    cassis: Any = import_module("cassis")
    types = _types(folder)
    for path in folder.glob("*.xmi"):
        with path.open("rb") as file:
            yield cassis.load_cas_from_xmi(file, typesystem=types)


def _cas_json(folder: Path) -> Iterator[Any]:
    cassis: Any = import_module("cassis")
    for path in folder.glob("*.json"):
        with path.open("rb") as file:
            yield cassis.load_cas_from_json(file)


def _write_cas(found: list[Any], folder: Path, *, form: str) -> None:
    for number, cas in enumerate(found):
        path = folder / f"{number}.{form}"
        if form == "xmi":
            cas.to_xmi(path)
        else:
            cas.to_json(path)


# WebAnno TSV, which cassis doesn't know: the table itself, row by row


def _prepare_webanno(items: list[Item], folder: Path) -> None:
    for number, article in enumerate(_articles(items)):
        (folder / f"{number}.tsv").write_text(_webanno(article), encoding="utf-8")


def _webanno(article: Article) -> str:
    text = article.document.text
    rows = ["#FORMAT=WebAnno TSV 3.2", "#T_SP=webanno.custom.Annotation|label", "", ""]
    tokens: list[tuple[int, int]] = []
    start = 0
    for word in text.replace("\n", " ").split(" "):
        if word:
            tokens.append((start, start + len(word)))
        start += len(word) + 1
    rows.append("#Text=" + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))
    units = 0
    done = 0
    spans = [(each.envelope, each.label) for each in article.works[0].annotations]
    for number, (first, last) in enumerate(tokens, 1):
        units += len(text[done:first].encode("utf-16-le")) // 2
        width = len(text[first:last].encode("utf-16-le")) // 2
        inside = [
            f"{label}[{index}]"
            for index, (span, label) in enumerate(spans, 1)
            if span.start < last and first < span.end
        ]
        cell = "|".join(inside) or "_"
        rows.append(f"1-{number}\t{units}-{units + width}\t{text[first:last]}\t{cell}\t")
        units, done = units + width, last
    return "\n".join(rows) + "\n"


# spaCy


def _docs(folder: Path) -> Iterator[Any]:
    spacy: Any = import_module("spacy")
    tokens: Any = import_module("spacy.tokens")
    bin_ = tokens.DocBin(store_user_data=True).from_disk(_only(folder))
    yield from bin_.get_docs(spacy.blank("xx").vocab)


def _parts(folder: Path, items: list[Item]) -> Any:
    """What a program has that makes Docs: texts, and places with labels."""
    rows = {each.document.text: each.works[0].annotations for each in _articles(items)}
    own = {doc.text: doc.user_data for doc in _docs(folder)}
    return [
        (text, [(*_ends(each.envelope), each.label, each.id) for each in found], own[text])
        for text, found in rows.items()
    ]


def _ends(span: Any) -> tuple[int, int]:
    return span.start, span.end


def _write_docs(parts: Any, folder: Path) -> None:
    spacy: Any = import_module("spacy")
    tokens: Any = import_module("spacy.tokens")
    cut = spacy.blank("en").tokenizer
    bin_ = tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for text, spans, own in parts:
        doc = cut(text)
        doc.spans["ann"] = [
            doc.char_span(start, end, label, alignment_mode="expand", span_id=id_)
            for start, end, label, id_ in spans
        ]
        doc.user_data.update(own)
        bin_.add(doc)
    bin_.to_disk(folder / "out.spacy")


# Parquet


def _parquet(folder: Path, _items: object = None) -> Any:
    pq: Any = import_module("pyarrow.parquet")
    table = pq.read_table(next(folder.rglob("*.parquet")), partitioning=None)
    return table.to_pylist(), table.schema


def _write_parquet(ready: Any, folder: Path) -> None:
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")
    rows, schema = ready
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "out.parquet", compression="zstd")


# REFI-QDA


def _qdpx(folder: Path, _items: object = None) -> Any:
    with ZipFile(_only(folder)) as zip_:
        files = {name: zip_.read(name) for name in zip_.namelist()}
    return ElementTree.fromstring(files.pop("Project.qde")), files


def _write_qdpx(ready: Any, folder: Path) -> None:
    root, files = ready
    with ZipFile(folder / "out.qdpx", "w", ZIP_DEFLATED) as zip_:
        zip_.writestr("Project.qde", ElementTree.tostring(root, "utf-8"))
        for name, data in files.items():
            zip_.writestr(name, data)


_LINES = Rival("json, by lines", _json_lines, _write_json_lines, _read_json_lines)
RIVALS = {
    "jsonl": _LINES,
    "csv": Rival("csv", _cells, _write_cells, _read_cells),
    "brat": Rival("plain lines", _files, _write_files, _read_files),
    "cas-json": Rival(
        "cassis",
        lambda folder, _: list(_cas_json(folder)),
        partial(_write_cas, form="json"),
        lambda folder: deque(_cas_json(folder), 0),
    ),
    "cas-xmi": Rival(
        "cassis",
        lambda folder, _: list(_xmi(folder)),
        partial(_write_cas, form="xmi"),
        lambda folder: deque(_xmi(folder), 0),
    ),
    "web-annotation": Rival("json", _json_whole, _write_json_whole, _json_whole),
    "label-studio": Rival("json", _json_whole, _write_json_whole, _json_whole),
    "doccano": _LINES,
    "prodigy": _LINES,
    "conll": Rival("plain lines", _files, _write_files, _read_files),
    "conllu": Rival("conllu", _conllu, _write_conllu),
    "webanno-tsv": Rival("plain lines", _files, None, _read_files, _prepare_webanno),
    "parquet": Rival("pyarrow", _parquet, _write_parquet, _parquet),
    "refi-qda": Rival("ElementTree, zipfile", _qdpx, _write_qdpx, _qdpx),
    "docbin": Rival("spaCy", _parts, _write_docs, lambda folder: deque(_docs(folder), 0)),
    "text": Rival("plain files", _files, _write_files, _read_files, _write_texts),
}
"""By the name of the format."""
