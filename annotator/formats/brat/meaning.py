"""What the lines of a brat file mean: annotations and relations by their local ids."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.model import Annotation, Attributes, Relation
from annotator.core.span import Span
from annotator.formats.brat.lines import (
    Attribute,
    Comment,
    Equivalence,
    Event,
    Line,
    Link,
    Other,
    TextBound,
)
from annotator.formats.units import Quote, Ruler

NOTES = "AnnotatorNotes"
DATA = "AnnotatorData"
"""The type of the comments in which we write, as JSON, what no line of brat's can hold."""
_NUMBERED = re.compile(r"\d+$")


@dataclass(slots=True)
class Meaning:
    """`events` gives the trigger of each event; `problems` are line numbers from 1, and phrases."""

    annotations: dict[str, Annotation] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Those of each annotation, which grow as lines are read."""

    def values(self) -> tuple[Annotation | Relation, ...]:
        """All annotations and relations."""
        return (*self.annotations.values(), *self.relations.values())

    def owner(self, id_: str) -> str:
        """The id of the annotation that an id stands for: an event stands for its trigger."""
        return self.events.get(id_, id_)


def quotes(lines: Iterable[Line]) -> Iterator[Quote]:
    """The words that a file says stand somewhere, of spans in one piece."""
    for line in lines:
        if isinstance(line, TextBound) and len(line.spans) == 1 and line.words:
            yield (*line.spans[0], line.words)


def meaning(lines: list[Line], ruler: Ruler) -> Meaning:
    """The values that lines stand for; what has none is a problem, and the rest comes."""
    found = Meaning()
    found.events = {line.id: line.trigger for line in lines if isinstance(line, Event)}
    links: list[tuple[int, Link | Event | Equivalence]] = []
    rest: list[tuple[int, Attribute | Comment]] = []
    for number, line in enumerate(lines, 1):
        if isinstance(line, TextBound):
            _take_span(found, line, number, ruler)
        elif isinstance(line, (Attribute, Comment)):
            rest.append((number, line))
        elif not isinstance(line, Other):
            links.append((number, line))
        elif line.problem:
            found.problems.append((number, line.problem))
    for number, each in links:
        for relation in _relations(each):
            _take_relation(found, relation, number)
    for number, one in rest:
        if isinstance(one, Attribute):
            _take_attribute(found, one, number)
        else:
            _take_comment(found, one, number)
    return found


def _relations(line: Link | Event | Equivalence) -> Iterator[Relation]:
    """The relations that a line stands for; their ends may be events."""
    if isinstance(line, Link):
        yield Relation(line.id, "", line.type, line.source, line.target)
    elif isinstance(line, Event):
        for id_, (role, end) in zip(line.link_ids, line.arguments, strict=True):
            type_ = _NUMBERED.sub("", role) or role  # "Theme2" is another Theme
            yield Relation(id_, "", type_, line.trigger, end)
    else:
        first, *rest = line.members
        for id_, each in zip(line.link_ids, rest, strict=True):
            yield Relation(id_, "", line.type, first, each)


def _take_span(found: Meaning, line: TextBound, number: int, ruler: Ruler) -> None:
    if len(line.spans) == 1:
        spans = [ruler.span(*line.spans[0])]
    else:
        spans = [ruler.span(start, end) for start, end in line.spans]
    if line.id in found.annotations:
        found.problems.append((number, f"there is another {line.id} before it"))
    elif None in spans:
        found.problems.append((number, f"{line.id} is not a place in the text"))
    elif not _quoted(ruler.text, spans, line.words):
        found.problems.append((number, f"the words of {line.id} do not stand where it says"))
    else:
        whole = tuple([span for span in spans if span is not None])
        attributes = found.attributes[line.id] = {}
        found.annotations[line.id] = Annotation(line.id, "", whole, line.label, attributes)


def _quoted(text: str, spans: list[Span | None], words: str) -> bool:
    """Whether the words stand at these places; a line without words says nothing of them."""
    if not words:
        return True
    pieces = " ".join([text[span.start : span.end] for span in spans if span is not None])
    return pieces == words or pieces.replace("\n", " ") == words


def _take_relation(found: Meaning, relation: Relation, number: int) -> None:
    ends = found.owner(relation.source), found.owner(relation.target)
    for end in ends:
        if end not in found.annotations:
            found.problems.append((number, f"there is no {end}"))
            return
    if ends[0] == ends[1]:
        found.problems.append((number, "it links a span to itself"))
    elif relation.id in found.relations:
        found.problems.append((number, f"there is another {relation.id} before it"))
    else:
        found.relations[relation.id] = Relation(relation.id, "", relation.type, *ends)


def _take_attribute(found: Meaning, line: Attribute, number: int) -> None:
    attributes = found.attributes.get(found.owner(line.target))
    value = line.value or True
    if attributes is None:
        found.problems.append((number, f"there is no {line.target}"))
    elif attributes.setdefault(line.name, value) != value:
        found.problems.append((number, f"{line.target} has another {line.name} before it"))


def _take_comment(found: Meaning, line: Comment, number: int) -> None:
    owner = found.annotations.get(found.owner(line.target))
    if line.type == DATA:
        _take_data(found, line)
    elif line.type == NOTES and owner is not None:
        note = f"{owner.note}\n{line.words}" if owner.note else line.words
        found.annotations[owner.id] = replace(owner, note=note)
    elif line.type == NOTES and line.target not in found.relations:
        found.problems.append((number, f"there is no {line.target}"))


def _take_data(found: Meaning, line: Comment) -> None:
    try:
        data = json.loads(line.words)
        attributes, meta = dict(data["attributes"]), dict(data.get("meta", {}))
        if link := found.relations.get(line.target):
            found.relations[link.id] = replace(link, attributes=attributes)
            return
        owner = found.annotations[line.target]
        spans = tuple(Span(start, end) for start, end in data.get("spans", ())) or owner.spans
        note = str(data.get("note", owner.note))
        found.attributes[owner.id] = attributes
        found.annotations[owner.id] = replace(
            owner, spans=spans, note=note, attributes=attributes, meta=meta
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # somebody else's comment, or one for something that is gone


def data_of(value: Annotation | Relation, plain: Annotation | Relation) -> Attributes:
    """What has to be written as JSON, because the lines of `value` alone would read as `plain`."""
    if value == plain:
        return {}
    data: dict[str, Any] = {"attributes": value.attributes}
    if isinstance(value, Annotation) and isinstance(plain, Annotation):
        if value.meta:
            data["meta"] = value.meta
        if value.spans != plain.spans:
            data["spans"] = [[span.start, span.end] for span in value.spans]
        if value.note != plain.note:
            data["note"] = value.note
    return data
