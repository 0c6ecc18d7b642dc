"""Libraries that make values of the corpora that bench_formats writes: an object a span."""

import logging
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator.core.article import Article
from annotator.formats.base import Item


def articles_of(items: Iterable[Item]) -> list[Article]:
    """The articles among items."""
    return [each for each in items if isinstance(each, Article)]


def only(folder: Path) -> Path:
    """The one file in a folder."""
    return next(each for each in folder.rglob("*") if each.is_file())


def loaded(name: str) -> Any:
    """A library, which has no types for this."""
    return import_module(name)


# msgspec makes typed objects of JSON, the fastest way there is; it looks at types and fields


def _schema() -> Any:
    msgspec = loaded("msgspec")
    made: Any = msgspec.defstruct
    strict = {"forbid_unknown_fields": True}
    span: Any = made("Span", [("start", int), ("end", int)], array_like=True)
    free = dict[str, Any]
    annotation: Any = made(
        "Annotation",
        [
            ("id", str),
            ("spans", list[span]),
            ("quote", list[str]),
            ("label", str),
            ("attributes", free),
            ("note", str),
            ("meta", free),
        ],
        **strict,
    )
    ends = [("type", str), ("source", str), ("target", str), ("attributes", free)]
    relation: Any = made("Relation", [("id", str), *ends], **strict)
    names = [("id", str), ("annotator", str), ("role", str), ("round", int), ("state", str)]
    inside = [("annotations", list[annotation]), ("relations", list[relation])]
    layer: Any = made("Layer", [*names, ("tagset", int), ("meta", free), *inside], **strict)
    texts = ("id", "title", "text", "sha256", "source", "url", "published", "language", "note")
    rest = [("meta", free), ("layers", list[layer]), ("decisions", list[free])]
    return made("Record", [("record", str), *((each, str) for each in texts), *rest], **strict)


def structs(folder: Path) -> list[Any]:
    """The articles of the own JSON Lines as structs."""
    decoder = loaded("msgspec").json.Decoder(_schema())
    lines = only(folder).read_bytes().splitlines()
    return [decoder.decode(line) for line in lines if line.startswith(b'{"record": "document"')]


def write_structs(found: list[Any], folder: Path) -> None:
    """Write structs as lines of JSON."""
    encode = loaded("msgspec").json.encode
    with (folder / "out").open("wb") as file:
        file.writelines(encode(each) + b"\n" for each in found)


# bioc reads brat


def brat(folder: Path) -> Iterator[Any]:
    """The articles of brat's files."""
    bioc = loaded("bioc.brat")
    for path in sorted(folder.glob("*.ann")):
        with path.open(encoding="utf-8") as ann, path.with_suffix(".txt").open("r") as text:
            yield bioc.load(text, ann, path.stem)


def write_brat(found: list[Any], folder: Path) -> None:
    """Write articles as brat's files."""
    bioc = loaded("bioc.brat")
    for each in found:
        path = folder / f"{each.id}.ann"
        with path.open("w") as ann, path.with_suffix(".txt").open("w") as text:
            bioc.dump(each, text, ann)


# The columns of a table, a tuple a row


def tables(folder: Path) -> dict[str, Any]:
    """The tables of CSV files as data frames."""
    polars = loaded("polars")
    return {
        path.name: polars.read_csv(path, infer_schema=False)
        for path in sorted(folder.glob("*.csv"))
    }


def read_tables(folder: Path) -> None:
    """Read the rows of tables, a tuple each with offsets as numbers."""
    for name, frame in tables(folder).items():
        places = [loaded("polars").col("start", "end").cast(int)] if name == "spans.csv" else []
        for _ in frame.with_columns(places).iter_rows():
            pass


def table_rows(folder: Path, _items: object) -> dict[str, tuple[list[str], list[Any]]]:
    """The columns and rows of tables."""
    return {name: (frame.columns, frame.rows()) for name, frame in tables(folder).items()}


def write_tables(found: dict[str, tuple[list[str], list[Any]]], folder: Path) -> None:
    """Write rows as CSV files."""
    polars = loaded("polars")
    for name, (columns, rows) in found.items():
        polars.DataFrame(rows, columns, orient="row").write_csv(folder / name)


# Label Studio's own converter


def label_studio(folder: Path) -> None:
    """Read an export: of each annotation its spans, by the field that they are of."""
    config = '<View><Labels name="label" toName="text"><Label value="claim"/></Labels>'
    made = loaded("label_studio_converter").Converter
    converter = made(f'{config}<Text name="text" value="$text"/></View>', None)
    for _ in converter.iter_from_json_file(str(only(folder))):
        pass


# spaCy


def _vocab() -> Any:
    return loaded("spacy").blank("xx").vocab


def bins(folder: Path) -> Iterator[Any]:
    """The Docs of a DocBin."""
    found = loaded("spacy.tokens").DocBin(store_user_data=True).from_disk(only(folder))
    yield from found.get_docs(_vocab())


def read_bins(folder: Path) -> None:
    """Read Docs with their texts, and an object for each span."""
    for doc in bins(folder):
        _ = doc.text
        for group in doc.spans.values():
            _ = [(each.start_char, each.end_char, each.label_, each.id_) for each in group]


def parts(folder: Path, items: list[Item]) -> Any:
    """What a program has that makes Docs: texts, and places with labels."""
    rows = {each.document.text: each.works[0].annotations for each in articles_of(items)}
    own = {doc.text: doc.user_data for doc in bins(folder)}
    return [(text, _placed(found), own[text]) for text, found in rows.items()]


def texts(_folder: Path, items: list[Item]) -> Any:
    """The texts of articles, and places with labels."""
    return [
        (each.document.text, _placed(each.works[0].annotations), {}) for each in articles_of(items)
    ]


def _placed(annotations: Iterable[Any]) -> list[tuple[int, int, str, str]]:
    ends = ((each, each.envelope) for each in annotations)
    return [(span.start, span.end, each.label, each.id) for each, span in ends]


def _docs(found: Any) -> Iterator[Any]:
    cut = loaded("spacy").blank("en").tokenizer
    for text, spans, own in found:
        doc = cut(text)
        doc.spans["ann"] = [
            doc.char_span(start, end, label, alignment_mode="expand", span_id=id_)
            for start, end, label, id_ in spans
        ]
        doc.user_data.update(own)
        yield doc


def write_bin(found: Any, folder: Path) -> None:
    """Write texts with places as a DocBin."""
    made = loaded("spacy.tokens").DocBin
    bin_ = made(attrs=["ORTH", "SPACY"], store_user_data=True, docs=_docs(found))
    bin_.to_disk(folder / "out.spacy")


def read_prodigy(folder: Path) -> None:
    """Read tasks as Prodigy's users do: a Doc of their tokens, a Span of their spans."""
    doc, vocab = loaded("spacy.tokens").Doc, _vocab()
    for task in loaded("srsly").read_jsonl(only(folder)):
        tokens = task["tokens"]
        made = doc(vocab, [each["text"] for each in tokens], [each["ws"] for each in tokens])
        made.spans["ann"] = [
            made.char_span(each["start"], each["end"], each["label"], alignment_mode="expand")
            for each in task["spans"]
        ]


def write_prodigy(found: Any, folder: Path) -> None:
    """Write texts with places as tasks, with the tokens that Prodigy's own windows need."""
    loaded("srsly").write_jsonl(folder / "out.jsonl", map(_task, _docs(found)))


def _task(doc: Any) -> Any:
    tokens = [
        {
            "text": each.text,
            "start": each.idx,
            "end": each.idx + len(each),
            "id": each.i,
            "ws": bool(each.whitespace_),
        }
        for each in doc
    ]
    spans = [
        {
            "text": each.text,
            "start": each.start_char,
            "end": each.end_char,
            "token_start": each.start,
            "token_end": each.end - 1,
            "label": each.label_,
        }
        for each in doc.spans["ann"]
    ]
    return {"text": doc.text, "tokens": tokens, "spans": spans}


# CoNLL: conllu makes a token of each line, with the comments of its sentence


def sentences(folder: Path, _items: object = None) -> list[Any]:
    """The sentences of a file with two columns, each a list of tokens."""
    parse = loaded("conllu").parse_incr
    with only(folder).open(encoding="utf-8") as file:
        return list(parse(file, fields=["form", "tag"], field_parsers=_AS_IT_IS))


_AS_IT_IS = {name: lambda line, index: line[index] for name in ("form", "tag")}


def conllu(folder: Path, _items: object) -> Any:
    """The sentences of each CoNLL-U file."""
    parse = loaded("conllu").parse
    return [parse(path.read_text("utf-8")) for path in folder.rglob("*") if path.is_file()]


def write_conllu(found: Any, folder: Path) -> None:
    """Write sentences, a file of each list."""
    for number, sentences in enumerate(found):
        text = "".join(each.serialize() for each in sentences)
        (folder / f"{number}.conllup").write_text(text, encoding="utf-8")


# WebAnno TSV: webanno2spacy takes tables of one layer of spans and one of relations, and neither
# UTF-16 units nor stacked spans for what they are


def read_webanno(folder: Path) -> None:
    """Read files into Docs."""
    csv = loaded("csv")
    convert, nlp = loaded("webanno2spacy").convert_rows, loaded("spacy").blank("xx")
    logging.disable()  # it tells of each span that it doesn't place
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            text = path.with_suffix(".txt").read_text("utf-8")
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            convert(nlp, text, rows)


def prepare_webanno(items: list[Item], folder: Path) -> None:
    """Write articles, their texts beside them, where our format only reads."""
    for number, article in enumerate(articles_of(items)):
        (folder / f"{number}.tsv").write_text(_webanno(article), encoding="utf-8")
        (folder / f"{number}.txt").write_text(article.document.text, encoding="utf-8")


def _webanno(article: Article) -> str:
    text = article.document.text
    rows = ["#FORMAT=WebAnno TSV 3.2", "#T_SP=webanno.custom.Annotation|label"]
    rows += ["#T_RL=webanno.custom.Relation|label|BT_webanno.custom.Annotation", "", ""]
    rows.append("#Text=" + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))
    units = done = 0
    spans = [(each.envelope, each.label) for each in article.works[0].annotations]
    for number, match in enumerate(re.finditer(r"[^ \n]+", text), 1):
        first, last = match.span()
        units += len(text[done:first].encode("utf-16-le")) // 2
        width = len(text[first:last].encode("utf-16-le")) // 2
        inside = [
            f"{label}[{index}]"
            for index, (span, label) in enumerate(spans, 1)
            if span.start < last and first < span.end
        ]
        cell = "|".join(inside) or "_"
        rows.append(f"1-{number}\t{units}-{units + width}\t{text[first:last]}\t{cell}\t_\t_\t")
        units, done = units + width, last
    return "\n".join(rows) + "\n"


# REFI-QDA


def read_refi(folder: Path) -> None:
    """Read a project into models, its sources as texts."""
    project = loaded("pyrefiqda.refiproject").RefiProject
    home = folder.with_name("unpacked")
    project.load(only(folder), home)
    for path in (home / "Sources").iterdir():
        path.read_text("utf-8")


# CAS


def xmi(folder: Path) -> Iterator[Any]:
    """The CASes of XMI files."""
    cassis = loaded("cassis")
    with (folder / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    for path in folder.glob("*.xmi"):
        with path.open("rb") as file:
            yield cassis.load_cas_from_xmi(file, typesystem=types)


def cas_json(folder: Path) -> Iterator[Any]:
    """The CASes of JSON files."""
    cassis = loaded("cassis")
    for path in folder.glob("*.json"):
        with path.open("rb") as file:
            yield cassis.load_cas_from_json(file)


def write_cas(found: list[Any], folder: Path, *, form: str) -> None:
    """Write CASes as XMI or as JSON."""
    for number, cas in enumerate(found):
        path = folder / f"{number}.{form}"
        if form == "xmi":
            cas.to_xmi(path)
        else:
            cas.to_json(path)


# Parquet


def parquet(folder: Path, _items: object = None) -> Any:
    """The rows of a file, a dictionary a span, and its schema."""
    pq = loaded("pyarrow.parquet")
    table = pq.read_table(next(folder.rglob("*.parquet")), partitioning=None)
    return table.to_pylist(), table.schema


def write_parquet(ready: Any, folder: Path) -> None:
    """Write rows."""
    pa, pq = loaded("pyarrow"), loaded("pyarrow.parquet")
    rows, schema = ready
    pq.write_table(pa.Table.from_pylist(rows, schema), folder / "out.parquet", compression="zstd")
