"""One good file of each format that is read, as the tests of bad input and the long form damage it.

A file of a format that is written too is what it writes; the others are made by hand.
"""

import functools
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Entity, Layer, Relation, TagsetVersion
from annotator.core.tagset import Label, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import registry
from annotator.formats.base import Format, Item, Source
from tests.formats.foreign import BAKU, SOLDIERS, TEXT, YEREVAN
from tests.ingest.make import page_of, word
from tests.ingest.make import pdf as made_pdf
from tests.strategies import document_of

WORDS = "The two ministers met again on Tuesday, a day after shelling killed soldiers. "
ARTICLES = 5
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks</title></head><body>'
    f"<nav><a href='/'>Home</a></nav><article><p>{WORDS * 4}</p><ul><li>x</ul></article></html>"
)
_MHTML = (
    "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    f"--b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://e.example\n\n{_PAGE}\n"
    "--b--\n"
)
_TSV = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n"
    "#T_RL=webanno.custom.Rel|value|sure|BT_webanno.custom.Span\n\n\n"
    "#Sentence.id=s1\n#Text=I like 😊 it\n"
    "1-1\t0-1\tI\t_\t_\t_\t_\t\n"
    "1-2\t2-6\tlike\t_\t_\t_\t_\t\n"
    "1-3\t7-9\t😊\t*[1]|x\\_y[2]\t_\t_\t_\t\n"
    "1-4\t10-12\tit\t*[1]|x\\_y[2]|z[3]\tr|*\tyes|*\t1-3[1_3]|2-2[0_3]\t\n\n"
    "#Text=The 😊\n#Text=end\n"
    "2-1\t14-17\tThe\t*[4]\t_\t_\t_\t\n"
    "2-2\t18-20\t😊\tq\t_\t_\t_\t\n"
    "2-3\t21-24\tend\t_\t_\t_\t_\t\n"
)
Packer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Specimen:
    """A file called `file`, made of `data` by `pack`; the files of `beside` are in its folder."""

    format: Format
    file: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)
    pack: Packer = bytes

    @property
    def parts(self) -> Mapping[str, bytes]:
        """All files that are read, by name."""
        return {self.file: self.data, **self.beside}

    def source(self) -> Source:
        """The file as it is."""
        return self.damaged(self.file, self.data)

    def damaged(self, part: str, data: bytes) -> Source:
        """The file, where one of the parts has other bytes."""
        whole = {**self.parts, part: data}
        whole[self.file] = self.pack(whole[self.file])

        def beside(name: str) -> Source | None:
            return source_of(name, whole[name], beside) if name in whole else None

        return source_of(self.file, whole[self.file], beside)


def source_of(name: str, data: bytes, beside: Callable[[str], Source | None]) -> Source:
    """A file in memory."""
    return Source(name, stream=BytesIO(data), beside=beside)


def corpus(*, layers: int = 2) -> list[Item]:
    """Articles with the work of some annotators, and what comes before them."""
    items: list[Item] = [TagsetVersion(1, dumps(_TAGSET)), Entity(_id(0, 0, 0), "Yerevan")]
    for number in range(ARTICLES):
        document = document_of(f"{TEXT} {number}", meta={"file": f"a{number}.txt"}, language="en")
        works = tuple(_work(document.id, number, name) for name in ("ada", "bo")[:layers])
        items.append(Article(document, works))
    return items


_TAGSET = Tagset("war", 1, (Label("denial"), Label("actor")))


def _id(article: int, layer: int, number: int) -> str:
    return f"0190a000-0000-7000-8000-0000{article:02}{layer:02}{number:04}"


def _work(document: str, article: int, name: str) -> Work:
    layer = Layer.of(document, name, state="done")
    ids = [_id(article + 1, len(name), number) for number in range(3)]
    denial = Annotation(
        ids[0], layer.id, (BAKU, SOLDIERS), "denial", {"kind": "explicit"}, "mind the gap"
    )
    actor = Annotation(ids[1], layer.id, (YEREVAN,), "actor", {"entity": _id(0, 0, 0)})
    link = Relation(ids[2], layer.id, "source", ids[0], ids[1], {"implied": True})
    return Work(layer, (denial, actor), (link,))


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as zip_:
        for path, data in files.items():
            zip_.writestr(path, data)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with ZipFile(BytesIO(data)) as zip_:
        return {name: zip_.read(name) for name in zip_.namelist()}


# Making them


def written(name: str, items: Sequence[Item] = ()) -> Specimen:
    """What a format writes: its file, or the first of its files with those beside it."""
    format_ = registry.OWN[name]
    items = items or corpus(layers=1 if format_.layers == "one" else 2)
    if format_.to_stream is not None:
        stream = BytesIO()
        list(format_.to_stream(items, stream, {}))
        return Specimen(format_, f"a{format_.suffixes[0]}", stream.getvalue())
    assert format_.to_folder is not None
    with TemporaryDirectory() as folder:
        list(format_.to_folder(items, Path(folder), {}))
        files = {each.name: each.read_bytes() for each in Path(folder).rglob("*") if each.is_file()}
    main = _MAIN[name]
    wanted = (Path(main).with_suffix(".txt").name, *_BESIDE)
    return Specimen(
        format_,
        main,
        files[main],
        {each: data for each, data in files.items() if each in wanted and each != main},
    )


_MAIN = {
    "csv": "documents.csv",
    "brat": "a0.ann",
    "cas-json": "a0.ada.json",
    "cas-xmi": "a0.ada.xmi",
    "parquet": "train-00000-of-00001.parquet",
    "text": "a0.txt",
}
_BESIDE = ("spans.csv", "relations.csv", "entities.csv", "register.jsonl", "TypeSystem.xml")


def _inception() -> Specimen:
    cas = {name: written(name) for name in ("cas-json", "cas-xmi")}
    xmi = {"TypeSystem.xml": cas["cas-xmi"].beside["TypeSystem.xml"], "bo.xmi": cas["cas-xmi"].data}
    states = {"annotation_documents": [{"name": "a.txt", "user": "ada", "state": "FINISHED"}]}
    files = {
        "exportedproject.json": json.dumps(states).encode(),
        "annotation/a.txt/ada.json": cas["cas-json"].data,
        "annotation/a.txt/bo.zip": packed(xmi),
        "annotation/b.txt/ada.json": cas["cas-json"].data.replace(b"14 soldiers", b"15 soldiers"),
        "curation/a.txt/CURATION_USER.json": cas["cas-json"].data,
    }
    return Specimen(registry.OWN["inception"], "a.zip", packed(files))


def _inside(name: str, member: str) -> Specimen:
    """A file in the archive that another specimen is."""
    whole = specimen(name)
    files = unpacked(whole.data)
    pack = functools.partial(_among, member, files)
    return Specimen(whole.format, whole.file, files[member], pack=pack)


def _among(member: str, files: Mapping[str, bytes], data: bytes) -> bytes:
    return packed({**files, member: data})


def _docbin_inside() -> Specimen:
    whole = specimen("docbin")
    data = zlib.decompress(whole.data)
    return Specimen(whole.format, whole.file, data, pack=functools.partial(zlib.compress, level=1))


def _plain(format_: str, file: str, data: str | bytes) -> Callable[[], Specimen]:
    whole = data if isinstance(data, bytes) else data.encode()
    return lambda: Specimen(registry.OWN[format_], file, whole)


_TABLE = f'title,text\nTalks,"{WORDS}"\nMore,"{WORDS * 2}"\n'
_ROWS = [{"title": "Talks", "text": WORDS}, {"title": "More", "text": WORDS * 2}]
_WORD = word(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")
_MADE: Mapping[str, Callable[[], Specimen]] = {
    "inception": _inception,
    "webanno-tsv": _plain("webanno-tsv", "a.tsv", _TSV),
    "pdf": lambda: Specimen(registry.OWN["pdf"], "a.pdf", made_pdf([page_of((WORDS.strip(),))])),
    "docx": _plain("docx", "a.docx", _WORD),
    "html": _plain("html", "a.html", _PAGE),
    "table": _plain("table", "a.csv", _TABLE),
    # Other shapes of the same, and what is inside those that are packed.
    "html, as MHTML": _plain("html", "a.mhtml", _MHTML),
    "table, as JSON": _plain("table", "a.json", json.dumps(_ROWS)),
    "docx, inside": lambda: _inside("docx", "word/document.xml"),
    "docbin, inside": _docbin_inside,
    "refi-qda, inside": lambda: _inside("refi-qda", "Project.qde"),
    "inception, inside": lambda: _inside("inception", "annotation/a.txt/ada.json"),
}
FORMATS = tuple(name for name in registry.PLACES if registry.OWN[name].read)
"""The names of all our formats that are read."""
NAMES = (*FORMATS, *(name for name in _MADE if name not in FORMATS))


@functools.cache
def specimen(name: str) -> Specimen:
    """The specimen of this name."""
    return _MADE[name]() if name in _MADE else written(name)
