"""Gentle checks of an article: what may have been forgotten or have slipped. Advice, never a rule.

What a project's tag set doesn't have is not asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import regex

from annotator.core.find import fold
from annotator.core.model import Annotation, Document, Entity, Relation
from annotator.core.reading import Reading, reading_layout
from annotator.core.span import Span
from annotator.core.tagset import Label, Tagset
from annotator.suggest.lexicon import lexicon_of
from annotator.suggest.numbers import read_count

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_PHRASE = 60
"""Code points of the longest phrase that is expected to be tagged alike everywhere."""
_LOOKUPS = 200
"""Phrases that are looked for in other articles; each takes about a millisecond."""
_REPORTS = 2
"""Reporting verbs of a paragraph that is expected to hold some span."""
_OWN_VOICE = "author"
"""The value of the attribute `form` for what the article itself says."""
_ASKED = {
    "denies": "has no target: what is denied?",
    "source": "has no source: who said it?",
}
"""What is missing where an annotation has no link of this type."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at: a sentence about an annotation ("" for none) at a place of the text."""

    kind: str
    sentence: str
    annotation: str
    span: Span

    @property
    def key(self) -> str:
        """What tells it from all other advice on the article, also after the next edit."""
        place = self.annotation or f"{self.span.start}-{self.span.end}"
        return f"{self.kind} {place}"


@dataclass(frozen=True)
class Article:
    """An article with the work of one annotator on it; `reading` is its layout, if there is one.

    `elsewhere` gives some annotations of the same words in this annotator's other articles.
    """

    document: Document
    annotations: Iterable[Annotation] = ()
    relations: Iterable[Relation] = ()
    tagset: Tagset = field(default_factory=lambda: Tagset(""))
    entities: Mapping[str, Entity] = field(default_factory=dict)
    reading: Reading | None = None
    elsewhere: Callable[[str], Iterable[Annotation]] = lambda _words: ()

    @cached_property
    def ordered(self) -> list[Annotation]:
        """The annotations in reading order."""
        return sorted(self.annotations, key=lambda each: _place(each.envelope))

    @cached_property
    def passages(self) -> list[tuple[Span, Annotation]]:
        """Every passage with its annotation, in reading order."""
        found = [(span, each) for each in self.ordered for span in each.spans]
        return sorted(found, key=lambda each: _place(each[0]))

    @cached_property
    def linked(self) -> set[tuple[str, str]]:
        """The ids of annotations that a link starts at, each with the type of the link."""
        return {(each.source, each.type) for each in self.relations}


def advice(article: Article) -> list[Advice]:
    """All advice on an article, in reading order."""
    found = [each for step in steps(article) for each in step]
    return in_reading_order(found)


def in_reading_order(found: Iterable[Advice]) -> list[Advice]:
    """Advice by where it is, as `steps` doesn't give it."""
    return sorted(found, key=lambda each: _place(each.span))


def _place(span: Span) -> tuple[int, int]:
    """What spans are put in reading order by: the start, and the longer first."""
    return span.start, -span.end


def steps(article: Article) -> Iterator[list[Advice]]:
    """All advice bit by bit, so that somebody can do other work in between; most bits are empty."""
    for annotation in article.ordered:
        label = article.tagset.label(annotation.label)
        yield list(_of_one(article, annotation, label)) if label else []
    yield from _crossing(article)
    yield from _otherwise(article)
    yield from _untouched(article)


def _of_one(article: Article, annotation: Annotation, label: Label) -> Iterator[Advice]:
    """What one annotation lacks, or says otherwise than its words."""
    title = article.tagset.label_title(label.name).lower()
    about = [
        (type_, f"This {title} {asked}") for type_, asked in _unlinked(article, annotation, label)
    ]
    if label.naming and not annotation.attributes.get(label.naming):
        about.append(("entity", f"This {title} has no {label.naming}: who is it?"))
    if label.counts:
        about += _of_count(article.document, annotation, label)
    for kind, sentence in about:
        yield Advice(kind, sentence, annotation.id, annotation.envelope)


def _unlinked(article: Article, annotation: Annotation, label: Label) -> Iterator[tuple[str, str]]:
    """The types of the links that an annotation is expected to have and hasn't, each in words.

    A count takes its source from what stands around it; of what has a form, the article's own
    voice has no source.
    """
    own = annotation.attributes.get("form") == _OWN_VOICE
    for name, asked in _ASKED.items():
        type_ = article.tagset.relation(name)
        if type_ is None or label.name not in type_.sources or label.counts:
            continue
        if (annotation.id, name) in article.linked or (name == "source" and own):
            continue
        hint = f"{type_.key} links it" if type_.key else ""
        if name == "source" and _has_value(label, "form", _OWN_VOICE):
            hint = f"{hint}, or form “{_OWN_VOICE}”".removeprefix(", or ")
        yield name, f"{asked} ({hint})" if hint else asked


def _of_count(
    document: Document, annotation: Annotation, label: Label
) -> Iterator[tuple[str, str]]:
    """What a count lacks, or says otherwise than its words."""
    title, values = (label.title or label.name).lower(), annotation.attributes
    low, high = (values.get(each) for each in ("low", "high"))
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield "order", f"Low ({low:,}) is above high ({high:,})."
    elif told := _against_words(document, annotation):
        yield "number", told
    if label.attribute("outcome") and not values.get("outcome"):
        yield "outcome", f"This {title} has no outcome: what became of them?"
    if label.attribute("whose") and not values.get("whose") and values.get("victims") == "military":
        yield "whose", f"This {title} is military: whose is it?"


def _against_words(document: Document, annotation: Annotation) -> str:
    """Where the numbers of a count aren't those of its words; "" if they may be."""
    values = annotation.attributes
    count = read_count(annotation.quote(document.text), document.language)
    if count is None:
        return ""
    for name, read in (("low", count.low), ("high", count.high)):
        told = values.get(name)
        if isinstance(told, int) and read is not None and told != read:
            return f"The words say {read:,}, but {name} is {told:,}."
        if isinstance(told, int) and count.bound == "vague" != values.get("bound"):
            return f"The words give no number, but {name} is {told:,}: is it vague?"
    bound = values.get("bound")
    if bound and bound != count.bound and count.bound in ("at least", "at most", "about"):
        return f"The words say “{count.bound}”, but the bound is “{bound}”."
    return ""


def _crossing(article: Article) -> Iterator[list[Advice]]:
    """Spans of one label that overlap by a part, that touch, or that are the same."""
    furthest: dict[str, Span] = {}
    for span, annotation in article.passages:
        before = furthest.get(annotation.label)
        title = article.tagset.label_title(annotation.label).lower()
        told = ""
        if span == before:
            told = f"This {title} is tagged twice."
        elif before is not None and span.start < before.end < span.end:
            told = f"This {title} and the one before it overlap: is one cut wrongly?"
        elif before is not None and span.start == before.end:
            told = f"This {title} begins where another one ends: are they one?"
        yield [Advice("overlap", told, annotation.id, span)] if told else []
        if before is None or span.end > before.end:
            furthest[annotation.label] = span


def _otherwise(article: Article) -> Iterator[list[Advice]]:
    """Short phrases that are tagged in one way at most places and in another one here."""
    alike: dict[str, list[Annotation]] = {}
    for each in article.ordered:
        if len(each.spans) == 1 and len(each.envelope) <= _PHRASE:
            words = " ".join(fold(each.quote(article.document.text)).split())
            alike.setdefault(words, []).append(each)
        yield []
    for number, group in enumerate(alike.values()):
        yield list(_odd_ones(article, group, afar=number < _LOOKUPS))


def _odd_ones(article: Article, group: Sequence[Annotation], *, afar: bool) -> Iterator[Advice]:
    """Those of the annotations of the same words that are tagged otherwise than most.

    Most in this article; where all are alike in it and it is looked `afar`, in other articles.
    """
    if len({each.envelope for each in group}) < len(group):  # two labels on one extent are meant
        return
    where, ways = "in this article", [_way(article, each) for each in group]
    if afar and len(set(ways)) == 1 and _is_name(article, group[0]):
        where, words = "in other articles", group[0].quote(article.document.text)
        ways = [_way(article, each) for each in article.elsewhere(words)]
    usual = Counter(ways).most_common(1)[0][0] if ways else ""
    for each in group:
        if usual and _way(article, each) != usual:
            told = f"The same words are {usual} {where}."
            yield Advice("alike", told, each.id, each.envelope)


def _is_name(article: Article, annotation: Annotation) -> bool:
    """Whether an annotation's words name somebody, and so should be tagged alike everywhere."""
    label = article.tagset.label(annotation.label)
    return label is not None and bool(label.naming)


def _way(article: Article, annotation: Annotation) -> str:
    """How an annotation is tagged: its label, and the entities it stands for."""
    label = article.tagset.label(annotation.label)
    named: Any = annotation.attributes.get(label.naming) if label else None
    ids = [
        each for each in (named if isinstance(named, list) else [named]) if isinstance(each, str)
    ]
    names = sorted(article.entities[each].name for each in ids if each in article.entities)
    title = article.tagset.label_title(annotation.label)
    return f"{title} · {' + '.join(names)}" if names else title


def _untouched(article: Article) -> Iterator[list[Advice]]:
    """Paragraphs without a span in which something is reported."""
    text = article.document.text
    verbs = lexicon_of(article.document.language, text).verbs
    if not verbs:
        return
    reading = article.reading or reading_layout(text)
    taken = iter([*(span for span, _ in article.passages), Span(len(text), len(text) + 1)])
    passage = next(taken)
    for each in reading.paragraphs:
        ends = (reading.units.to_utf16(end) for end in (each.start, each.end))
        span = reading.span_from_widget(*ends)
        while span and passage.end <= span.start:
            passage = next(taken)
        free = span is not None and not span.overlaps(passage)
        yield list(_reporting(text, span, verbs)) if span and free else []


def _reporting(text: str, span: Span, verbs: frozenset[str]) -> Iterator[Advice]:
    """Advice on a paragraph that reports."""
    words = (match[0] for match in _WORD.finditer(text, span.start, span.end))
    found = [word.casefold() for word in words if word.casefold() in verbs]
    if len(found) >= _REPORTS:
        told = f"Nothing is tagged here, though it reports: {', '.join(dict.fromkeys(found))}."
        yield Advice("paragraph", told, "", span)


def _has_value(label: Label, name: str, value: str) -> bool:
    attribute = label.attribute(name)
    return attribute is not None and value in attribute.values
