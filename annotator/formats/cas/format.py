"""UIMA CAS in its two forms, JSON and XMI: a file for each article and each layer of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Entity, Layer, Relation, TagsetVersion
from annotator.core.tagset_toml import loads
from annotator.formats import carried
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Item,
    Option,
    Options,
    Reading,
    Source,
    Writing,
)
from annotator.formats.carried import Heads, Own
from annotator.formats.cas import json_form, xmi_form
from annotator.formats.cas.meaning import LABELS, meaning
from annotator.formats.cas.sheets import Features, sheet_of
from annotator.formats.cas.values import Sheet
from annotator.formats.jsonl import record_of
from annotator.formats.names import file_name, safe_name

LIMIT = 64_000_000
"""Bytes in a file; a larger one is no article."""
TOKENS = Option("tokens", "sentences and words, which INCEpTION wants", ("yes", "no"), "yes")
_KEEPS = frozenset(FEATURES) - HOW_IT_WAS_MADE - {"versions of the tag set"}
_Rendering = Callable[[Sheet], Iterator[bytes]]


def read_json(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The article and the layer of a CAS in JSON; raises UserError for what is none."""
    cas = json_form.read(_bytes(source), source.name)
    yield from meaning(cas, source.name, labels=_labels(options), file=_file(source))


def read_xmi(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The same for XMI, with the type system beside it, if there is one."""
    beside = source.neighbour(xmi_form.TYPES)
    ranges = xmi_form.ranges_in(_bytes(beside), beside.name) if beside else {}
    cas = xmi_form.read(_bytes(source), source.name, ranges)
    yield from meaning(cas, source.name, labels=_labels(options), file=_file(source))


def _labels(options: Options) -> str:
    return options.get(LABELS.name, LABELS.default)


def _file(source: Source) -> str:
    return PurePath(source.name.replace("\\", "/")).name


def _bytes(source: Source) -> bytes:
    with source.open() as stream:
        data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(f"{source.name} is larger than {LIMIT // 1_000_000} MB; split it first.")
    return data


def write_json(items: Iterable[Item], folder: Path, options: Options = NO_OPTIONS) -> Writing:
    """Write each layer of each article into a .json, and give each item back when it is written."""
    yield from _written(items, folder, options, ".json", json_form.rendered)


def write_xmi(items: Iterable[Item], folder: Path, options: Options = NO_OPTIONS) -> Writing:
    """The same into an .xmi."""
    yield from _written(items, folder, options, ".xmi", xmi_form.rendered)


def _written(
    items: Iterable[Item], folder: Path, options: Options, suffix: str, rendered: _Rendering
) -> Writing:
    """Beside the files stands the type system, from which INCEpTION can make its layers."""
    heads, register, every = Heads(_KEEPS), dict[str, Entity](), Features()
    taken: set[str] = set()
    cut = options.get(TOKENS.name, TOKENS.default) == "yes"
    for item in items:
        if isinstance(item, Article):
            sheets = _sheets(item, heads.records(), register, every, cut=cut)
            for end, sheet in sheets:
                path = folder / file_name(item.document, f"{end}{suffix}", taken)
                with path.open("xb") as stream:
                    stream.writelines(rendered(sheet))
        else:
            if isinstance(item, TagsetVersion):
                every.take(loads(item.toml))
            if isinstance(item, Entity):
                register[item.id] = item
            heads.take(item)
        yield item
    described = xmi_form.type_system(every.types())
    (folder / xmi_form.TYPES).write_text(described, encoding="utf-8", newline="\n")
    yield from heads.lost()


def _sheets(
    article: Article, before: Own, register: Mapping[str, Entity], every: Features, *, cut: bool
) -> Iterator[tuple[str, Sheet]]:
    """A CAS for each layer of an article, with what tells its file from the others.

    The first carries what came before, and all of them the entities that the article names, because
    nobody knows in which order they are read.
    """
    own = {**before, **carried.of_article(article)}
    known = _entities(article, register)
    for work in article.works or (None,):
        features = Features()
        if work is not None:
            features.use(work)
            every.use(work)
        end = f".{_part(work.layer)}" if work and len(article.works) > 1 else ""
        rows = [*own.get("before", ()), *known]
        carrying = {**own, "before": rows} if rows else own
        yield end, sheet_of(article.document, work, carrying, features, cut=cut)
        own = {key: own[key] for key in own if key not in ("before", "decisions")}


def _entities(article: Article, register: Mapping[str, Entity]) -> list[dict[str, Any]]:
    """The records of those entities that the attributes in an article name."""
    named: dict[str, Entity] = {}
    for work in article.works:
        owners: list[Annotation | Relation] = [*work.annotations, *work.relations]
        for owner in owners:
            for value in owner.attributes.values():
                ids = value if isinstance(value, list) else [value]
                texts = (id_ for id_ in ids if isinstance(id_, str))
                named.update((id_, register[id_]) for id_ in texts if id_ in register)
    records = map(record_of, named.values())
    return [{"kind": each.pop("record"), **each} for each in records]


def _part(layer: Layer) -> str:
    """What tells a layer from the others of an article."""
    role = "" if layer.role in ("annotator", layer.annotator) else f"-{layer.role}"
    return safe_name(f"{layer.annotator}{role}" + (f"-{layer.round}" if layer.round > 1 else ""))


JSON = Format(
    "cas-json",
    "UIMA CAS as JSON, which INCEpTION reads best: a file for each layer, offsets in UTF-16 units",
    (".json",),
    _KEEPS,
    read=read_json,
    to_folder=write_json,
    sniff=json_form.sniff,
    reading=(LABELS,),
    writing=(TOKENS,),
    local_ids=True,
)
XMI = replace(
    JSON,
    name="cas-xmi",
    note="UIMA CAS as XMI with its TypeSystem.xml: a file for each layer, offsets in UTF-16 units",
    suffixes=(".xmi",),
    read=read_xmi,
    to_folder=write_xmi,
    sniff=xmi_form.sniff,
)
