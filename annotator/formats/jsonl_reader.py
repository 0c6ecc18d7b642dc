"""Reads the own JSON Lines, record by record: a broken one is named, the others come."""

import codecs
import json
import math
import re
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO, Never

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import (
    ACTIONS,
    ROLES,
    STATES,
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TagsetVersion,
)
from annotator.core.rules import span_problems
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from annotator.core.text import canonical, sha256, title_of
from annotator.formats.base import NO_OPTIONS, Found, Item, Options, Problem, Reading, Source
from annotator.formats.fields import Bad, Fields

NAME = "annotator-jsonl"
VERSION = 1
LIMIT = 64_000_000
"""Bytes in a line; a longer one is left out, so that one broken file can't fill the memory."""
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_HASH = re.compile("[0-9a-f]{64}")
_PIECES = re.compile(rb'"(?:[^"\\]|\\.)*"(?:\s*:)?|[][{}]')
_RECORD = re.compile(rb'"record"\s*:')
_ESCAPES = (b"\\u0000", b"\\ud", b"\\uD")


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file that begins like this is of this format: a JSON object with a "record".

    One inside another value is none: formats with no place for a record carry it that way.
    """
    first = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")[0]
    if not first.startswith(b"{") or _RECORD.search(first) is None:
        return False
    depth = 0
    for piece in _PIECES.findall(first):
        depth += (piece in b"{[") - (piece in b"}]")
        if depth == 1 and _RECORD.fullmatch(piece):
            return True
    return False


def read(source: Source, _options: Options = NO_OPTIONS) -> Reading:
    """The records of a file, each by itself: one that is broken is a Problem, the others come.

    Raises UserError for a file of a newer version.
    """
    with source.open() as stream:
        for number, line in lines(stream):
            where = f"{source.name}, line {number}"
            try:
                fields = Fields(parsed(line))
                kind = fields.text("record")
                if kind == "document":
                    yield from article_of(fields, where, stream.tell())
                elif kind == "corpus":
                    _require_known(fields, source.name)
                else:
                    yield Found(where, head_of(kind, fields))
            except Bad as error:
                yield Problem(where, str(error))


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Number and bytes of each line that isn't blank; None for one over the limit.

    Only LF ends a line: `str.splitlines` would cut records at U+2028 and its like.
    """
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) > LIMIT:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LIMIT)
            yield number, None
        elif line.strip():
            yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def parsed(line: bytes | None, decoder: json.JSONDecoder | None = None) -> Any:
    """The value of a line; raises Bad where it is none that can be kept, or over the limit."""
    if line is None:
        raise Bad(f"the record is larger than {LIMIT // 1_000_000} MB")
    try:
        value = (decoder or DECODER).decode(line.decode())
        if any(each in line for each in _ESCAPES):
            require_keepable(value)
    except UnicodeDecodeError as error:
        raise Bad(f"byte {error.start + 1} of the line is not UTF-8") from error
    except json.JSONDecodeError as error:
        cut = "" if line.endswith(b"\n") else "; the file may have been cut off here"
        at = f"line {error.lineno}, column" if error.lineno > 1 else "column"
        raise Bad(f"it is not JSON at {at} {error.colno} ({error.msg}){cut}") from error
    except RecursionError as error:
        raise Bad("it is nested too deeply") from error
    except ValueError as error:
        raise Bad(f"it is not JSON ({error})") from error
    return value


def require_keepable(value: Any) -> None:
    """Raise Bad for a value that holds a character which no text of ours can have."""
    match value:
        case str() if _UNKEEPABLE.search(value):
            raise Bad("it holds a character that can't be kept: NUL, or half of a surrogate pair")
        case dict():
            require_keepable([*value, *value.values()])
        case list():
            for each in value:
                require_keepable(each)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Bad(f'it has the field "{twice}" twice')
    return found


def _no_constant(name: str) -> Never:
    raise Bad(f"{name} is no JSON value")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise Bad(f"{digits} is too large a number")
    return value


DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite
)


def _require_known(fields: Fields, name: str) -> None:
    format_, version = fields.text("format"), fields.number("version")
    if format_ != NAME:
        raise UserError(f'{name} is of the format "{format_}", not {NAME}; choose another format.')
    if version > VERSION:
        raise UserError(
            f"{name} was written by a newer version of Annotator (format version {version}, "
            f"known here: {VERSION}); update this one."
        )
    fields.end()


def head_of(kind: str, fields: Fields) -> Item:
    """The item of a record that is no article."""
    item: Item
    match kind:
        case "setting":
            item = Setting(fields.text("key", empty=False), fields.text("value"))
        case "tagset":
            item = _tagset(fields)
        case "annotator":
            name = fields.text("name", empty=False)
            item = Annotator(name, fields.text("display", ""), fields.text("color", ""))
        case "entity":
            item = Entity(
                fields.text("id", empty=False),
                fields.text("name"),
                fields.texts("aliases"),
                fields.text("side", ""),
                fields.text("type", ""),
            )
        case _:
            raise Bad(f'"{kind}" is no kind of record')
    fields.end()
    return item


def _tagset(fields: Fields) -> TagsetVersion:
    toml = fields.text("toml")
    try:
        version = loads(toml).version
    except UserError as error:
        raise Bad(f"it holds no tag set: {error}".rstrip(".")) from error
    if fields.number("version", version) != version:
        raise Bad('its "version" is not the one in its TOML')
    return TagsetVersion(version, toml)


def article_of(fields: Fields, where: str, at: int) -> Reading:
    """An article, after the problems of what in it has to stay out."""
    document = document_of(fields)
    layers, decisions = fields.rows("layers"), fields.rows("decisions")
    fields.end()
    kept: list[Decision] = []
    works: list[Work] = []
    for number, raw in enumerate(layers, 1):
        place = f"{where}, layer {number}"
        try:
            works.append((yield from _work(Fields(raw), document, place)))
        except Bad as error:
            yield Problem(place, str(error))
    for number, raw in enumerate(decisions, 1):
        try:
            kept.append(decision_of(Fields(raw), document.id))
        except Bad as error:
            yield Problem(f"{where}, decision {number}{_id_of(raw)}", str(error))
    yield Found(where, Article(document, tuple(works), tuple(kept)), at)


def document_of(fields: Fields) -> Document:
    """An article without its layers; raises Bad."""
    text, hash_ = _text(fields)
    return Document(
        fields.text("id", new_id(), empty=False),
        fields.text("title", title_of(text)),
        text,
        hash_,
        source=fields.text("source", ""),
        url=fields.text("url", ""),
        published=fields.text("published", ""),
        language=fields.text("language", ""),
        note=fields.text("note", ""),
        meta=fields.table("meta"),
    )


def _text(fields: Fields) -> tuple[str, str]:
    """The text of an article and its hash; "" for one whose text was left out."""
    if not fields.has("text") and fields.has("sha256"):
        hash_ = fields.text("sha256")
        if not _HASH.fullmatch(hash_):
            raise Bad('it has no "text", and its "sha256" is no hash')
        return "", hash_
    text = fields.text("text")
    if canonical(text).text != text:
        raise Bad("its text is not canonical (line ends or control characters); import it as text")
    hash_ = sha256(text)
    if fields.text("sha256", hash_) != hash_:
        raise Bad("its text does not have the hash it is said to have")
    return text, hash_


def _work(fields: Fields, document: Document, where: str) -> Generator[Problem, None, Work]:
    """A layer, after the problems of what in it has to stay out."""
    id_ = fields.text("id", "")
    layer = Layer.of(
        document.id,
        fields.text("annotator", empty=False),
        role=fields.one_of("role", ROLES, "annotator"),
        round_=fields.number("round", 1),
        state=fields.one_of("state", STATES, "done"),
        tagset=fields.number("tagset", 1),
        meta=fields.table("meta"),
    )
    rows, links = fields.rows("annotations"), fields.rows("relations")
    first = _first_rows(fields)
    seconds = fields.number("seconds") if fields.has("seconds") else 0
    fields.end()
    if id_ not in ("", layer.id):
        raise Bad("its id is not the one that its document, annotator, role and round give")
    inside = yield from _inside(rows, links, layer.id, document.text, where)
    kept = None
    if first is not None:
        found = yield from _inside(*first, layer.id, document.text, f"{where}, first pass")
        kept = FirstPass(layer.id, *found)
    return Work(layer, *inside, kept, seconds)


def _first_rows(fields: Fields) -> tuple[list[Any], list[Any]] | None:
    """The rows of annotations and relations in a layer's first pass; None where it has none."""
    if not fields.has("first_pass"):
        return None
    first = Fields(fields.table("first_pass"))
    found = first.rows("annotations"), first.rows("relations")
    first.end()
    return found


def _inside(
    rows: list[Any], links: list[Any], layer: str, text: str, where: str
) -> Generator[Problem, None, tuple[tuple[Annotation, ...], tuple[Relation, ...]]]:
    """What is in a layer, after the problems of what has to stay out."""
    annotations: list[Annotation] = []
    relations: list[Relation] = []
    for number, raw in enumerate(rows, 1):
        try:
            annotations.append(annotation_of(Fields(raw), layer, text))
        except Bad as error:
            yield Problem(f"{where}, annotation {number}{_id_of(raw)}", str(error))
    for number, raw in enumerate(links, 1):
        try:
            relations.append(relation_of(Fields(raw), layer))
        except Bad as error:
            yield Problem(f"{where}, relation {number}{_id_of(raw)}", str(error))
    return tuple(annotations), tuple(relations)


def _id_of(raw: Any) -> str:
    id_ = raw.get("id") if isinstance(raw, dict) else None
    return f" ({id_})" if isinstance(id_, str) else ""


def annotation_of(fields: Fields, layer: str, text: str) -> Annotation:
    """An annotation of a text; raises Bad."""
    spans = tuple([_span(start, end) for start, end in fields.pairs("spans")])
    annotation = Annotation(
        fields.text("id", empty=False),
        layer,
        spans,
        fields.text("label", empty=False),
        fields.table("attributes"),
        fields.text("note", ""),
        fields.table("meta"),
    )
    quote = fields.texts("quote") if fields.has("quote") else None
    fields.end()
    if not spans or quote not in (None, tuple([text[each.start : each.end] for each in spans])):
        for problem in span_problems(annotation, len(text)):
            raise Bad(problem)
        raise Bad("its quote is not what the text has at its span")
    return annotation


def _span(start: int, end: int) -> Span:
    try:
        return Span(start, end)
    except ValueError as error:
        raise Bad(f"there is no span from {start} to {end}") from error


def relation_of(fields: Fields, layer: str) -> Relation:
    """A relation; raises Bad."""
    ends = (fields.text("type", empty=False), fields.text("source"), fields.text("target"))
    relation = Relation(fields.text("id", empty=False), layer, *ends, fields.table("attributes"))
    fields.end()
    return relation


def decision_of(fields: Fields, document: str) -> Decision:
    """The decision on a document (its id) that a record holds."""
    decision = Decision(
        fields.text("id", empty=False),
        document,
        fields.table("seen"),
        fields.one_of("action", ACTIONS),
        fields.table("outcome"),
        by=fields.text("by", ""),
        reason=fields.text("reason", ""),
        comment=fields.text("comment", ""),
        confidence=fields.text("confidence", ""),
        guideline_gap=fields.flag("guideline_gap", default=False),
        supersedes=fields.text("supersedes", ""),
    )
    fields.end()
    return decision
