"""The lines for a layer: those it came with, as far as they still hold, and new ones."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotator.core.article import Work
from annotator.core.ids import inner_id
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.formats.brat.lines import (
    Attribute,
    Comment,
    Equivalence,
    Event,
    Line,
    Link,
    TextBound,
    parsed,
    plain,
)
from annotator.formats.brat.meaning import DATA, NOTES, data_of, meaning
from annotator.formats.units import POINTS, ruler_in


class Sheet:
    """The .ann file of a layer on `text`, in code points; `former` is the one that it came from.

    A line whose meaning is unchanged stays as it was, byte for byte. What the lines of brat's can't
    hold stands as JSON in comments. Ids are those of the file; new ones follow the highest.
    """

    def __init__(self, work: Work, text: str, former: str) -> None:
        self._ruler = ruler_in(text, POINTS)
        self._raws = former.removesuffix("\n").split("\n") if former else []
        self._ended = not former or former.endswith("\n")
        self._lines = [parsed(raw) for raw in self._raws]
        self._before = meaning(self._lines, self._ruler)
        self._last: Counter[str] = Counter()
        for line in self._lines:
            self._see(getattr(line, "id", ""))
        self._annotations: dict[str, Annotation] = {}
        self._relations: dict[str, Relation] = {}
        self._name(work)

    def rendered(self) -> str:
        """The whole file."""
        kept = [self._kept(*pair) for pair in zip(self._raws, self._lines, strict=True)]
        pairs = [pair for pair in kept if pair is not None]
        pairs += [_read_back(line) for line in self._new()]
        lines = [raw for raw, _ in pairs]
        lines += map(str, self._data([line for _, line in pairs]))
        end = "\n" if self._ended or lines[-1:] != self._raws[-1:] else ""
        return "\n".join(lines) + end if lines else ""

    # Names

    def _name(self, work: Work) -> None:
        """Give each value its id in the file."""
        former = {inner_id(work.layer.id, each): each for each in self._before.annotations}
        names = {each.id: former.get(each.id) or self._next("T") for each in work.annotations}
        for note in work.annotations:
            name = names[note.id]
            self._annotations[name] = Annotation(
                name, "", note.spans, note.label, note.attributes, note.note, note.meta
            )
        known = {inner_id(work.layer.id, each): each for each in self._before.relations}
        for link in work.relations:
            name = known.get(link.id, "")
            ends = names[link.source], names[link.target]
            now = Relation(name, "", link.type, *ends, link.attributes)
            before = self._before.relations.get(name)
            if before is None or _plain_link(now) != _plain_link(before):
                now = replace(now, id=self._next("R"))
            self._relations[now.id] = now

    def _see(self, id_: str) -> None:
        if id_[1:].isdecimal() and len(id_) < 13:
            self._last[id_[0]] = max(self._last[id_[0]], int(id_[1:]))

    def _next(self, letter: str) -> str:
        self._last[letter] += 1
        return f"{letter}{self._last[letter]}"

    # What was there

    def _kept(self, raw: str, line: Line) -> tuple[str, Line] | None:
        """A former line as it is now, with what it will be read as; None where it has gone."""
        match line:
            case TextBound():
                now: Line | None = self._kept_span(line)
            case Attribute():
                now = self._kept_attribute(line)
            case Comment():
                now = line if self._stands(line) else None
            case Link():
                gone = line.id in self._before.relations and line.id not in self._relations
                now = None if gone else line
            case Event():
                now = self._kept_event(line)
            case Equivalence():
                now = self._kept_equivalence(line)
            case _:
                now = line
        if now is None:
            return None
        return (raw, line) if now == line else (str(now), parsed(str(now)))

    def _kept_span(self, line: TextBound) -> Line | None:
        before, now = self._before.annotations.get(line.id), self._annotations.get(line.id)
        if before is None or now is None:
            return line if before is None else None
        same = (before.label, before.spans) == (now.label, now.spans)
        return line if same else self._text_bound(now)

    def _kept_attribute(self, line: Attribute) -> Line | None:
        owner = self._before.owner(line.target)
        before, now = self._before.annotations.get(owner), self._annotations.get(owner)
        if before is None or now is None:
            return line if before is None else None
        value = now.attributes.get(line.name)
        if value == before.attributes.get(line.name):
            return line
        said = plain(value)
        return None if said is None else replace(line, value=said)

    def _stands(self, line: Comment) -> bool:
        """Whether what a comment is about is there, and as it was where the comment is ours."""
        owner = self._before.owner(line.target)
        before: Annotation | Relation | None = self._before.annotations.get(owner)
        now: Annotation | Relation | None = self._annotations.get(owner)
        if before is None:
            before, now = self._before.relations.get(owner), self._relations.get(owner)
        if before is None or now is None:
            return before is None
        if line.type == NOTES and isinstance(before, Annotation) and isinstance(now, Annotation):
            return before.note == now.note
        return line.type != DATA or before == now

    def _kept_event(self, line: Event) -> Line | None:
        before = self._before.annotations.get(line.trigger)
        now = self._annotations.get(line.trigger)
        if before is None or now is None:
            return line if before is None else None
        pairs = zip(line.link_ids, line.arguments, strict=True)
        arguments = tuple(argument for id_, argument in pairs if self._links(id_))
        type_ = line.type if before.label == now.label else now.label
        return replace(line, type=type_, arguments=arguments)

    def _kept_equivalence(self, line: Equivalence) -> Line | None:
        first, *rest = line.members
        pairs = zip(line.link_ids, rest, strict=True)
        members = [each for id_, each in pairs if self._links(id_)]
        return replace(line, members=(first, *members)) if members else None

    def _links(self, relation: str) -> bool:
        """Whether a link is still there, or never could be understood."""
        return relation in self._relations or relation not in self._before.relations

    # What is new

    def _new(self) -> Iterator[Line]:
        for name, now in self._annotations.items():
            before = self._before.annotations.get(name)
            if before is None:
                yield self._text_bound(now)
            for key, value in now.attributes.items():
                said = plain(value)
                if said is not None and (before is None or key not in before.attributes):
                    yield Attribute(self._next("A"), key, name, said)
            if now.note and (before is None or before.note != now.note):
                for words in now.note.split("\n"):
                    yield Comment(self._next("#"), NOTES, name, words)
        for name, link in self._relations.items():
            if name not in self._before.relations:
                yield Link(name, link.type, link.source, link.target)

    def _data(self, lines: list[Line]) -> Iterator[Line]:
        """Comments with what the lines so far don't say, or say otherwise."""
        found = meaning(lines, self._ruler)
        values: tuple[Annotation | Relation, ...]
        values = (*self._annotations.values(), *self._relations.values())
        for value in values:
            there = found.annotations.get(value.id) or found.relations[value.id]
            if data := data_of(value, there):
                words = json.dumps(data, ensure_ascii=False, sort_keys=True)
                yield Comment(self._next("#"), DATA, value.id, words)

    def _text_bound(self, annotation: Annotation) -> TextBound:
        pieces: Sequence[Span] = annotation.spans
        if "\n" in self._ruler.text[pieces[0].start : pieces[-1].end]:
            pieces = [piece for span in pieces for piece in self._pieces(span)]
        text = self._ruler.text
        words = " ".join([text[piece.start : piece.end] for piece in pieces])
        spans = tuple([(piece.start, piece.end) for piece in pieces])
        return TextBound(annotation.id, annotation.label, spans, words.replace("\n", " "))

    def _pieces(self, span: Span) -> list[Span]:
        """The stretches of a span between the line ends in it, which brat can't have inside one."""
        words = span.of(self._ruler.text)
        if "\n" not in words:
            return [span]
        pieces, start = [], span.start
        for line in words.split("\n"):
            if line:
                pieces.append(Span(start, start + len(line)))
            start += len(line) + 1
        return pieces or [span]


def _read_back(line: Line) -> tuple[str, Line]:
    """A new line, and what it will be read as: itself, unless it ends as those of other systems."""
    raw = str(line)
    return raw, parsed(raw) if raw.endswith("\r") else line


def _plain_link(link: Relation) -> tuple[str, str, str]:
    """What a line of brat's says of a link."""
    return link.type, link.source, link.target
