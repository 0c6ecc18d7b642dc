"""What the rows of a WebAnno TSV 3 file mean: annotations and relations."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise

from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.formats.webanno.rows import Feature, Kind, Row, cut, plain

NOTHING, BARE = "_", "*"
USUAL = ("label", "value", "PosValue", "DependencyType", "category", "relationType")
"""Features that hold the label, the likeliest first."""
_ANY = "uima.tcas.Annotation"
_STRUCTURAL = "de.tudarmstadt.ukp.dkpro.core.api.segmentation."
"""Layers of tokens and lemmas, which are no annotations."""
_VALUE = re.compile(r"((?:[^\\\[]|\\.)*)(?:\[(\d+)\])?", re.DOTALL)
_LINK = re.compile(r"(.*)->(\d+)-(\d+)", re.DOTALL)
_PLACE = re.compile(r"([\d.\-]+)(?:\[(\d+)(?:_(\d+))?\])?")


@dataclass(slots=True)
class Meaning:
    """Values by their names in the file; `problems` are phrases."""

    annotations: list[Annotation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    """An annotation, as far as its rows have come."""

    layer: str
    label: str
    attributes: dict[str, str]
    span: Span


_Slot = tuple[Feature, str, str]
"""A feature that holds other annotations, their roles, and their places."""
_Column = tuple[Feature, list[tuple[str, str]], list[str]]
"""Of a feature, the values with their numbers, and the places in a slot."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation between annotations by their names, "" for what is no annotation here."""

    type: str
    source: str
    target: str
    attributes: dict[str, str] = field(default_factory=dict)


class Reader:
    """Takes the rows that have a place in the text, then what links them.

    `labels` is the feature that holds the label, `type` for the layer's name, "" for the usual.
    """

    def __init__(self, kinds: Sequence[Kind], labels: str) -> None:
        ends = list(accumulate((each.width for each in kinds), initial=0))
        self._columns = [
            (kind, start, end)
            for kind, (start, end) in zip(kinds, pairwise(ends), strict=True)
            if not kind.name.startswith(_STRUCTURAL)
        ]
        self._usual = (labels,) if labels else USUAL
        self._units: dict[str, _Unit] = {}
        self._by_number: dict[str, str] = {}
        self._by_row: dict[str, list[str]] = {}
        self._arcs: list[tuple[Kind, Row, Sequence[str]]] = []
        self._slots: list[tuple[str, Feature, str, str]] = []
        self._chains: dict[tuple[str, int], dict[int, tuple[str, str]]] = {}

    def take(self, row: Row, span: Span) -> None:
        """Take a row that a layer has anything in, and the place of it in the text."""
        for kind, start, end in self._columns:
            cells = row.cells[start:end]
            if cells.count(NOTHING) == len(cells):
                continue
            if kind.kind == "span":
                self._take_spans(kind, row, cells, span)
            elif kind.kind == "chain":
                self._take_chain(kind, cells, span)
            else:
                self._arcs.append((kind, row, cells))

    def meaning(self) -> Meaning:
        """All that the rows mean."""
        found = Meaning()
        for name, each in self._units.items():
            note = Annotation(name, "", (each.span,), each.label, each.attributes)
            found.annotations.append(note)
        names: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for link in self._links():
            if not link.source or not link.target:
                wrong[f'"{link.type}" links what is no annotation here'] += 1
            elif link.source == link.target:
                wrong[f'"{link.type}" links a span to itself'] += 1
            else:
                name = f"{link.source} {link.type} {link.target}"
                names[name] += 1
                id_ = name if names[name] == 1 else f"{name} {names[name]}"
                ends = link.type, link.source, link.target
                found.relations.append(Relation(id_, "", *ends, link.attributes))
        for what, count in wrong.items():
            found.problems.append(what if count == 1 else f"{what}, {count:,} times")
        return found

    # Annotations

    def _take_spans(self, kind: Kind, row: Row, cells: Sequence[str], span: Span) -> None:
        columns = _columns(kind, cells)
        for index in range(max(len(stack) for _, stack, _ in columns)):
            numbers = [stack[index][1] for _, stack, _ in columns if index < len(stack)]
            id_ = next(filter(None, numbers), "")
            name = f"{kind.short} {id_}" if id_ else f"{row.id} {kind.short} {index + 1}"
            if name not in self._units:
                values, slots = _features(columns, index)
                label, feature = self._label(kind, values)
                rest = {key: value for key, value in values.items() if key != feature}
                self._units[name] = _Unit(kind.name, label, rest, span)
                self._slots += [(name, *slot) for slot in slots]
            self._extend(name, span)
            self._by_row.setdefault(row.id, []).append(name)
            if id_:
                self._by_number[id_] = name

    def _take_chain(self, kind: Kind, cells: Sequence[str], span: Span) -> None:
        last = len(kind.features) > 1 and kind.features[1].name == "referenceRelation"
        types, links = (cells[0], cells[-1]) if last else (cells[-1], cells[0])
        short = kind.short.removesuffix("Link")
        for link, type_ in zip(cut(links, "|"), cut(types, "|"), strict=False):
            match, value = _LINK.fullmatch(link), _VALUE.fullmatch(type_)
            if match is None:
                continue
            name = f"{short} {match[2]}-{match[3]}"
            label = _plain(value[1] if value else type_) or short
            self._units.setdefault(name, _Unit(kind.name, label, {}, span))
            self._extend(name, span)
            chain = self._chains.setdefault((short, int(match[2])), {})
            chain[int(match[3])] = (name, _plain(match[1]) or short)

    def _extend(self, name: str, span: Span) -> None:
        unit = self._units[name]
        if not unit.span.covers(span):
            start, end = min(unit.span.start, span.start), max(unit.span.end, span.end)
            unit.span = Span(start, end)

    def _label(self, kind: Kind, values: dict[str, str]) -> tuple[str, str]:
        """The label, and the feature that has it, "" for none."""
        for feature in self._usual:
            if words := values.get(feature, "").strip():
                return words, feature
        return kind.short, ""

    # Relations

    def _links(self) -> Iterator[_Link]:
        for arc in self._arcs:
            yield from self._arc(*arc)
        for name, feature, roles, places in self._slots:
            for role, place in zip(cut(roles, ";"), cut(places, ";"), strict=False):
                type_ = _plain(role) or feature.name
                yield _Link(type_, name, self._found(place, feature.target))
        for chain in self._chains.values():
            for here, there in pairwise(sorted(chain)):
                yield _Link(chain[here][1], chain[here][0], chain[there][0])

    def _arc(self, kind: Kind, row: Row, cells: Sequence[str]) -> Iterator[_Link]:
        """The relations whose targets are in a row."""
        *values, sources = cells
        stacks = [cut(cell, "|") for cell in values]
        for index, place in enumerate(cut(sources, "|")):
            found = {
                feature.name: _plain(stack[index])
                for feature, stack in zip(kind.features, stacks, strict=True)
                if index < len(stack)
            }
            type_, feature = self._label(kind, found)
            rest = {key: value for key, value in found.items() if value and key != feature}
            match = _PLACE.fullmatch(place)
            number = match[3] if match and match[3] else "0"
            target = self._found(f"{row.id}[{number}]", kind.base)
            yield _Link(type_, self._found(place, kind.base), target, rest)

    def _found(self, place: str, layer: str) -> str:
        """The name of the annotation at `1-3` or `1-3[2]`; "" where there is none."""
        match = _PLACE.fullmatch(place)
        if match is None:
            return ""
        if match[2] and match[2] != "0":
            return self._by_number.get(match[2], "")
        names = self._by_row.get(match[1], [])
        fit = [each for each in names if layer in (self._units[each].layer, _ANY)]
        return fit[0] if fit else ""


def _columns(kind: Kind, cells: Sequence[str]) -> list[_Column]:
    """The cells of a layer in a row, cut into what stands on one another."""
    columns: list[_Column] = []
    coming = iter(cells)
    for feature in kind.features:
        cell = next(coming)
        places = next(coming) if feature.target else NOTHING
        stack = [] if cell == NOTHING else [_numbered(each) for each in cut(cell, "|")]
        columns.append((feature, stack, cut(places, "|")))
    return columns


def _features(columns: Iterable[_Column], index: int) -> tuple[dict[str, str], list[_Slot]]:
    """The values and the slots of one of the annotations that stand on one another."""
    here = [
        (feature, stack[index][0], places[index] if index < len(places) else NOTHING)
        for feature, stack, places in columns
        if index < len(stack)
    ]
    values = {each.name: _plain(value) for each, value, _ in here if not each.target}
    slots = [
        (each, value, places)
        for each, value, places in here
        if each.target and places not in (NOTHING, BARE)
    ]
    return {key: value for key, value in values.items() if value}, slots


@lru_cache(maxsize=10_000)
def _numbered(part: str) -> tuple[str, str]:
    """A value and its number, "" for none; the same stands in each row of an annotation."""
    match = _VALUE.fullmatch(part)
    return (match[1], match[2] or "") if match else (part, "")


def _plain(value: str) -> str:
    """A value without backslashes; "" for none."""
    return "" if value in (BARE, NOTHING) else plain(value)
