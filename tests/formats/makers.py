"""Small files of each format that holds spans or links, made by hand with whatever is wrong.

A maker takes a text, marks on it and links between them, and writes them down as they are: offsets
beyond the text, ends before starts, links to nothing, two marks under one id.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.core.offsets import Utf16Map
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.formats import registry
from annotator.formats.cas.values import Type
from annotator.formats.cas.xmi_form import type_system
from tests.corpora import HEAD, annotation, document, layer
from tests.formats.specimens import Specimen, packed

SPACE = "urn:QDA-XML:project:1.0"
_SPAN, _LINK = "custom.Span", "custom.Rel"


FIRST = 5
"""Code points of the first word of the text, which has no mark."""
UTF16 = frozenset({"cas-json", "cas-xmi", "inception", "doccano", "webanno-tsv"})
"""The formats that count UTF-16 units."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span under the number `id`, labelled "X"; `words` are those that stand there."""

    id: int
    start: int
    end: int
    words: str

    @classmethod
    def of(cls, id_: int, text: str, span: Span) -> "Mark":
        """A mark that is as it should be."""
        return cls(id_, span.start, span.end, span.of(text))

    def in_utf16(self, text: str) -> "Mark":
        """The same counted in UTF-16 units."""
        units = Utf16Map(text)
        return Mark(self.id, units.to_utf16(self.start), units.to_utf16(self.end), self.words)


Marks = Sequence[Mark]
Links = Sequence[tuple[int, int]]
"""Numbers of marks: where a link begins and where it ends."""
Maker = Callable[[str, Marks, Links], Specimen]


def _file(format_: str, name: str, data: str | bytes, **beside: str) -> Specimen:
    whole = data if isinstance(data, bytes) else data.encode()
    files = {key.replace("_", "."): each.encode() for key, each in beside.items()}
    return Specimen(registry.OWN[format_], name, whole, files)


def _lines(*records: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


def _article(text: str, marks: Marks, links: Links) -> dict[str, Any]:
    """An article as the own format has it."""
    rows = [annotation(f"m{m.id}", m.start, m.end, "X", quote=[m.words]) for m in marks]
    ends = [
        {"id": f"r{n}", "type": "source", "source": f"m{a}", "target": f"m{b}"}
        for n, (a, b) in enumerate(links)
    ]
    return document(layer(*rows, relations=ends), text=text)


def _jsonl(text: str, marks: Marks, links: Links) -> Specimen:
    return _file("jsonl", "a.jsonl", _lines(HEAD, _article(text, marks, links)))


def _csv(text: str, marks: Marks, links: Links) -> Specimen:
    spans = ["id,document,annotator,label,start,end,quote"]
    spans += [f'm{m.id},d,ada,X,{m.start},{m.end},"{m.words}"' for m in marks]
    ends = ["id,document,annotator,type,source,target"]
    ends += [f"r{number},d,ada,source,m{a},m{b}" for number, (a, b) in enumerate(links)]
    articles = f'id,text,sha256\nd,"{text}",{sha256(text)}\n'
    return _file(
        "csv",
        "documents.csv",
        articles,
        spans_csv="\n".join(spans) + "\n",
        relations_csv="\n".join(ends) + "\n",
    )


def _brat(text: str, marks: Marks, links: Links) -> Specimen:
    lines = [f"T{m.id}\tX {m.start} {m.end}\t{m.words}" for m in marks]
    lines += [f"R{n}\tsource Arg1:T{a} Arg2:T{b}" for n, (a, b) in enumerate(links, 1)]
    return _file("brat", "a.ann", "\n".join(lines) + "\n", a_txt=text)


def _cas_json(text: str, marks: Marks, links: Links) -> Specimen:
    rows: list[dict[str, Any]] = [
        {"%ID": 999, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": text}
    ]
    rows += [
        {"%ID": m.id, "%TYPE": _SPAN, "@sofa": 999, "begin": m.start, "end": m.end, "value": "X"}
        for m in marks
    ]
    rows += [
        {"%ID": 100 + n, "%TYPE": _LINK, "@sofa": 999, "begin": 0, "end": 1, "value": "source"}
        | {"@Governor": a, "@Dependent": b}
        for n, (a, b) in enumerate(links)
    ]
    return _file("cas-json", "a.json", _lines({"%FEATURE_STRUCTURES": rows}))


def _cas_xmi(text: str, marks: Marks, links: Links) -> Specimen:
    spans = "".join(
        f'<c:Span xmi:id="{m.id}" sofa="999" begin="{m.start}" end="{m.end}" value="X"/>'
        for m in marks
    )
    ends = "".join(
        f'<c:Rel xmi:id="{100 + n}" sofa="999" begin="0" end="1" value="source" '
        f'Governor="{a}" Dependent="{b}"/>'
        for n, (a, b) in enumerate(links)
    )
    base = "uima.tcas.Annotation"
    pointers = {"Governor": base, "Dependent": base, "value": "uima.cas.String"}
    types = [Type(_SPAN, base, {"value": "uima.cas.String"}), Type(_LINK, base, pointers)]
    data = (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        f'xmlns:c="http:///custom.ecore">{spans}{ends}<cas:Sofa xmi:id="999" '
        f'sofaID="_InitialView" sofaString={quoteattr(text)}/></xmi:XMI>'
    )
    return _file("cas-xmi", "a.xmi", data, TypeSystem_xml=type_system(types))


def _inception(text: str, marks: Marks, links: Links) -> Specimen:
    files = {"annotation/a.txt/ada.json": _cas_json(text, marks, links).data}
    return _file("inception", "a.zip", packed(files))


def _web_annotation(text: str, marks: Marks, links: Links) -> Specimen:
    rows: list[dict[str, Any]] = []
    for m in marks:
        where = {"type": "TextPositionSelector", "start": m.start, "end": m.end}
        quote = {"type": "TextQuoteSelector", "exact": m.words}
        target = {"source": "http://x.org/a", "selector": [where, quote]}
        body = {"type": "TextualBody", "value": "X", "purpose": "tagging"}
        rows.append({"id": f"http://x.org/{m.id}", "body": body, "target": target})
    rows += [
        {"motivation": "linking", "target": f"http://x.org/{a}", "body": f"http://x.org/{b}"}
        for a, b in links
    ]
    context = "http://www.w3.org/ns/anno.jsonld"
    whole = [{"@context": context, "type": "Annotation", **each} for each in rows]
    return _file("web-annotation", "a.json", json.dumps(whole), a_txt=text)


def _label_studio(text: str, marks: Marks, links: Links) -> Specimen:
    items: list[dict[str, Any]] = [
        {
            "id": f"m{m.id}",
            "type": "labels",
            "value": {"start": m.start, "end": m.end, "text": m.words, "labels": ["X"]},
        }
        for m in marks
    ]
    items += [
        {"type": "relation", "from_id": f"m{a}", "to_id": f"m{b}", "labels": ["source"]}
        for a, b in links
    ]
    task = {"data": {"text": text}, "annotations": [{"completed_by": 1, "result": items}]}
    return _file("label-studio", "a.json", json.dumps([task]))


def _doccano(text: str, marks: Marks, links: Links) -> Specimen:
    record = {
        "text": text,
        "entities": [
            {"id": m.id, "label": "X", "start_offset": m.start, "end_offset": m.end} for m in marks
        ],
        "relations": [
            {"id": number, "from_id": a, "to_id": b, "type": "source"}
            for number, (a, b) in enumerate(links)
        ],
    }
    return _file("doccano", "a.jsonl", _lines(record))


def _prodigy(text: str, marks: Marks, links: Links) -> Specimen:
    places = {m.id: {"start": m.start, "end": m.end, "text": m.words, "label": "X"} for m in marks}
    nowhere = {"start": 0, "end": 1, "label": "X"}
    record = {
        "text": text,
        "spans": [{"start": m.start, "end": m.end, "text": m.words, "label": "X"} for m in marks],
        "relations": [
            {
                "head_span": places.get(a, nowhere),
                "child_span": places.get(b, nowhere),
                "label": "source",
            }
            for a, b in links
        ],
        "answer": "accept",
    }
    return _file("prodigy", "a.jsonl", _lines(record))


def _webanno(text: str, marks: Marks, links: Links) -> Specimen:
    """A token for each mark, which is how this format has offsets."""
    rows = [f"#Text={text}", f"1-99\t0-{Utf16Map(text).to_utf16(FIRST)}\t{text[:FIRST]}\t_\t_\t_\t"]
    for number, m in enumerate(marks, 1):
        sources = [a for a, b in links if b == m.id]
        numbers = {each.id: at for at, each in enumerate(marks, 1)}
        places = "|".join(f"1-{numbers.get(a, a)}[{a}_{m.id}]" for a in sources) or "_"
        types = "|".join("source" for _ in sources) or "_"
        rows.append(f"1-{number}\t{m.start}-{m.end}\t{m.words}\tX[{m.id}]\t{types}\t{places}\t")
    head = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={_SPAN}|value\n#T_RL={_LINK}|value|BT_{_SPAN}\n\n\n"
    return _file("webanno-tsv", "a.tsv", head + "\n".join(rows) + "\n\n")


def _parquet(text: str, marks: Marks, links: Links) -> Specimen:
    arrow: Any = import_module("pyarrow")  # it has no types
    tables: Any = import_module("pyarrow.parquet")
    row = _article(text, marks, links)
    for each in row["layers"][0]["annotations"]:
        (pair,), (each["quote"],) = each["spans"], each["quote"]
        each["spans"] = [{"start": pair[0], "end": pair[1]}]
    stream = BytesIO()
    tables.write_table(arrow.Table.from_pylist([{**row, "record": None}]), stream)
    return _file("parquet", "a.parquet", stream.getvalue())


def guid(number: int) -> str:
    """A guid for a number."""
    return f"0190a000-0000-7000-8000-{number:012}"


def _refi(text: str, marks: Marks, links: Links) -> Specimen:
    code, user = guid(900), guid(901)
    passages = "".join(
        f'<PlainTextSelection guid="{guid(m.id)}" name={quoteattr(m.words)} '
        f'startPosition="{m.start}" endPosition="{m.end}"><Coding guid="{guid(300 + n)}" '
        f'creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
        for n, m in enumerate(marks)
    )
    ends = "".join(
        f'<Link guid="{guid(500 + n)}" name="source" originGUID="{guid(a)}" '
        f'targetGUID="{guid(b)}"/>'
        for n, (a, b) in enumerate(links)
    )
    whole = (
        f'<Project xmlns="{SPACE}" name="p"><Users><User guid="{user}" name="ada"/></Users>'
        f'<CodeBook><Codes><Code guid="{code}" name="X" isCodable="true"/></Codes></CodeBook>'
        f'<Sources><TextSource guid="{guid(902)}" name="a"><PlainTextContent>{text}'
        f"</PlainTextContent>{passages}</TextSource></Sources><Links>{ends}</Links></Project>"
    )
    return _file("refi-qda", "a.qde", whole)


MAKERS: Mapping[str, Maker] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "brat": _brat,
    "cas-json": _cas_json,
    "cas-xmi": _cas_xmi,
    "inception": _inception,
    "web-annotation": _web_annotation,
    "label-studio": _label_studio,
    "doccano": _doccano,
    "prodigy": _prodigy,
    "webanno-tsv": _webanno,
    "parquet": _parquet,
    "refi-qda": _refi,
}
_ARTICLES = "it holds articles alone"
WITHOUT: Mapping[str, str] = {
    "conll": "its spans are runs of tokens, it has no offsets and no links",
    "docbin": "its spans are runs of spaCy's tokens; spaCy makes no others",
    "refi-qdc": "it holds labels alone",
    **dict.fromkeys(("text", "pdf", "docx", "html", "table"), _ARTICLES),
}
"""Why there is no maker for the other formats."""
