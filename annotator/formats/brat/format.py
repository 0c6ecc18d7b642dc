"""brat's standoff files: a text and the lines of its annotations beside it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Document, Entity, Layer, TagsetVersion
from annotator.core.tagset_toml import loads
from annotator.formats.base import (
    ENCODING,
    KEPT_LINES,
    NO_OPTIONS,
    Format,
    Found,
    Item,
    Note,
    Options,
    Problem,
    Reading,
    Source,
    Writing,
)
from annotator.formats.brat import conf
from annotator.formats.brat.lines import Line, TextBound, parsed
from annotator.formats.brat.meaning import Meaning, meaning, quotes
from annotator.formats.brat.register import Register, entities_in
from annotator.formats.brat.sheet import Sheet
from annotator.formats.names import file_name
from annotator.formats.original import original, text_in
from annotator.formats.units import POINTS, ruler_of
from annotator.ingest.text import read_text


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The article of an .ann file, whose .txt stands beside it; a line that is broken is a Problem.

    Raises UserError where there is no text, or one of the two can't be read as text.
    """
    ann = text_in(source)
    beside = _text_of(source)
    encoding = options.get("encoding")
    document, notes = read_text(original(beside, NO_OPTIONS), encoding=encoding)
    yield from (Note(beside.name, note) for note in notes)
    raws = ann.split("\n")
    lines = [parsed(raw) for raw in raws]
    ruler = ruler_of(text_in(beside, encoding), quotes(lines))
    if ruler.unit != POINTS:
        yield Note(source.name, f"Its offsets are counted in {ruler.unit}.")
    found = meaning(lines, ruler)
    for number, what in found.problems:
        yield Problem(f"{source.name}, line {number}", what)
    yield from (Found(source.name, each) for each in entities_in(source, found.values()))
    kept = ann if ruler.is_ours else _in_points(raws, lines, found)
    layer = Layer.of(document.id, "", state="done", meta={KEPT_LINES: {"brat": kept}})
    work = Work(layer, tuple(found.annotations.values()), tuple(found.relations.values()))
    yield Found(source.name, Article(document, (work,)))


def _in_points(raws: list[str], lines: list[Line], found: Meaning) -> str:
    """The file with the offsets of its spans in code points of the canonical text."""
    kept = []
    for raw, line in zip(raws, lines, strict=True):
        known = found.annotations.get(line.id) if isinstance(line, TextBound) else None
        if known is not None and isinstance(line, TextBound):
            spans = tuple((span.start, span.end) for span in known.spans)
            moved = len(spans) == len(line.spans) and spans != line.spans
            raw = str(replace(line, spans=spans)) if moved else raw  # noqa: PLW2901  (the line as it is kept)
        kept.append(raw)
    return "\n".join(kept)


def _text_of(source: Source) -> Source:
    name = PurePath(source.name).with_suffix(".txt").name
    found = source.neighbour(name)
    if found is None:
        raise UserError(f"{source.name} has no text beside it: {name} is missing.")
    return found


def sniff(head: bytes, name: str) -> bool:
    """Whether a file is called .ann; what is in it is looked at line by line."""
    return name.lower().endswith(".ann") and b"\0" not in head


def write(items: Iterable[Item], folder: Path, _options: Options = NO_OPTIONS) -> Writing:
    """Write each article into a .txt and an .ann file, and give each item back when it is written.

    Beside them stand annotation.conf, and the register of the entities that are named.
    """
    taken: set[str] = set()
    register, values = Register(), conf.Values()
    tagset, layered = "", False
    for item in items:
        match item:
            case TagsetVersion():
                tagset = item.toml
            case Entity():
                register.offer(item)
            case Article():
                _write_article(item, folder, taken)
                register.name(item)
                values.see(item)
                layered = layered or bool(item.works)
        yield item
    if tagset and layered:
        text = conf.rendered(loads(tagset), values)
        (folder / conf.NAME).write_text(text, encoding="utf-8", newline="\n")
    yield from register.write(folder)


def _write_article(article: Article, folder: Path, taken: set[str]) -> None:
    document = article.document
    path = folder / file_name(document, ".txt", taken)
    path.write_bytes(document.text.encode())
    for work in article.works:
        path.with_suffix(".ann").write_bytes(_ann(document, work).encode())


def _ann(document: Document, work: Work) -> str:
    kept = work.layer.meta.get(KEPT_LINES)
    former = kept.get("brat") if isinstance(kept, dict) else None
    return Sheet(work, document.text, former if isinstance(former, str) else "").rendered()


FORMAT = Format(
    "brat",
    "brat standoff, a .txt and an .ann file an article; a line that is unchanged stays as it is",
    (".ann",),
    frozenset(
        {
            "articles",
            "annotations",
            "annotations in several fragments",
            "attributes",
            "notes",
            "relations",
            "entities",
            "layers without annotations",
        }
    ),
    read=read,
    to_folder=write,
    sniff=sniff,
    reading=(ENCODING,),
    layers="one",
    local_ids=True,
)
