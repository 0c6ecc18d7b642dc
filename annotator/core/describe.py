"""What happened to a span, told as a person would."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from annotator.core.codecs import codec_of, shown
from annotator.core.edits import Happened, Noted
from annotator.core.model import Annotation, Entity
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Tagset
from annotator.core.verbs import joined
from annotator.core.words import grapheme_at

LONGEST_QUOTE = 28
"""Code points of a quotation in a caption before it is cut."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells changes of annotations in the article `text`, by names of tag set and register."""

    text: str
    tagset: Tagset
    entities: Mapping[str, Entity]

    def line(self, happened: Happened, today: datetime) -> str:
        """Who did what, and when: "mira tagged it claim, 3 Aug 14:02"; the time is local."""
        noted = happened.entry
        what = told_step(noted, self._what(happened)) or noted.name
        return f"{noted.who or 'the program'} {what}, {when(noted.time, today)}"

    def at_length(self, happened: Happened) -> str:
        """What was done to which span: "tagged “14 soldiers” casualty"."""
        before, after = happened.before, happened.after
        if isinstance(before, Annotation):
            words = self._quoted(before.spans)
            if isinstance(after, Annotation):
                return f"{self._what(happened) or 'changed'} on {words}"
            return f"removed {words} {self.tagset.label_title(before.label).lower()}"
        return self._what(happened)

    def _what(self, happened: Happened) -> str:
        before, after = happened.before, happened.after
        if isinstance(after, Annotation) and isinstance(before, Annotation):
            return "; ".join(self._differences(before, after))
        if isinstance(after, Annotation):
            title = self.tagset.label_title(after.label).lower()
            return f"tagged {self._quoted(after.spans)} {title}"
        return "removed it"

    def _differences(self, before: Annotation, after: Annotation) -> Iterator[str]:
        if before.label != after.label:
            titles = (self.tagset.label_title(each.label).lower() for each in (before, after))
            yield "changed it from {} to {}".format(*titles)
        yield from self._moved(before.spans, after.spans)
        for name in dict.fromkeys((*before.attributes, *after.attributes)):
            old = self.value(before, name)
            new = self.value(after, name)
            if old and new and old != new:
                yield f"changed {name} from {old} to {new}"
            elif old != new:
                yield f"set {name} to {new}" if new else f"took {name} {old} away"
        if before.note != after.note:
            yield f"noted {quoted(after.note)}" if after.note else "took the note away"
        if before.meta != after.meta and before.meta.get("rejected") != after.meta.get("rejected"):
            yield "rejected what was proposed" if after.meta.get("rejected") else "asked again"

    def _moved(self, before: Sequence[Span], after: Sequence[Span]) -> Iterator[str]:
        found = (("gained", without(after, before)), ("lost", without(before, after)))
        told = [f"{step} {self._quoted(spans)}" for step, spans in found if spans]
        if told:
            yield f"moved the boundary: {', '.join(told)}"

    def _quoted(self, spans: Sequence[Span]) -> str:
        return quoted(" … ".join(each.of(self.text) for each in spans))

    def value(self, annotation: Annotation, name: str) -> str:
        """The value of an attribute in words, "" for none."""
        label = self.tagset.label(annotation.label)
        return self.words(label.attribute(name) if label else None, annotation.attributes.get(name))

    def words(self, attribute: Attribute | None, value: Any) -> str:
        """A value in words, "" for none; `attribute` is None where the tag set doesn't know it."""
        if attribute is None or value is None or value is True:
            return "yes" if value is True else isolated(shown(value))
        if attribute.type != "entity":
            return isolated(codec_of(attribute).show(value))
        ids = value if isinstance(value, list) else [value]
        names = (self.entities[each].name for each in ids if each in self.entities)
        return isolated(" + ".join(names)) or "an actor that is gone"


def told_step(entry: Noted, words: str) -> str:
    """The words for what an entry did, with what it took back or did again."""
    if entry.kind == "edit":
        return words
    step = f"{'took back' if entry.kind == 'undo' else 'did again'} “{entry.name}”"
    return f"{step}: {words}" if words else step


def quoted(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Words in quotation marks, cut behind a word, or a grapheme, after `longest` code points.

    The marks are the sentence's, and so stand outside of what is written from right to left.
    """
    words = " ".join(words.split())
    if len(words) > longest:
        start, end = grapheme_at(words, longest)
        cut = words[: longest + 1].rsplit(" ", 1)[0] if " " in words[:longest] else ""
        words = f"{cut or words[: start or end]}…"
    return f"“{isolated(words)}”"


def isolated(words: str) -> str:
    """Words that turn nothing else round where they are written from right to left."""
    turns = any(unicodedata.bidirectional(each) in ("R", "AL") for each in words)
    return f"\u2068{words}\u2069" if turns else words


def without(spans: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """What `spans` cover and `others` don't, in order."""
    ends = sorted({end for each in (*spans, *others) for end in (each.start, each.end)})
    pieces = (Span(start, end) for start, end in pairwise(ends))
    return joined(
        each
        for each in pieces
        if any(each.start in one for one in spans)
        and not any(each.start in other for other in others)
    )


def when(time: str, today: datetime) -> str:
    """A time of the journal as a person reads it, where it is: "3 Aug 14:02"; years if not now."""
    there = datetime.fromisoformat(time).astimezone(today.tzinfo)
    year = f" {there.year}" if there.year != today.year else ""
    return f"{there.day} {there:%b}{year} {there:%H:%M}"
