"""Proposes actors: names that the project knows, offices, and names behind a title."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from annotator.core.model import Document
from annotator.core.span import Span
from annotator.core.words import words_in
from annotator.suggest.proposing import Known, Proposal, Suggester, folded
from annotator.suggest.sheet import Sheet

_KNOWN, _TITLED, _OFFICE = 0.8, 0.7, 0.6
"""How sure: a known name, a name behind a title, an office."""
_WORDS = 12
"""Words of the longest known name that is looked for."""
_CAPITAL = r"\p{Lu}[\p{L}\p{M}\d]*+(?:[’'\-‐‑](?:\p{L}|\d)[\p{L}\p{M}\d]*+)*+"


def propose(document: Document, known: Known) -> Iterator[Proposal]:
    """The actors of an article; a known name gets its entity."""
    sheet, label = Sheet(document), known.actor
    if not label:
        return
    for span, entity, confidence in mentions(sheet, known):
        yield Proposal(label, sheet.source(span), named(known, entity), confidence=confidence)


def named(known: Known, entity: str) -> dict[str, object]:
    """The attributes that name an entity, none for ""."""
    label = known.tagset.label(known.actor)
    attribute = label.attribute(label.naming) if label else None
    if not entity or attribute is None:
        return {}
    return {attribute.name: [entity] if attribute.several else entity}


def mentions(sheet: Sheet, known: Known) -> list[tuple[Span, str, float]]:
    """Where somebody is named in the shown text: the span, the entity or "", and how sure.

    In reading order, none overlapping another: of two the longer stays.
    """
    found = [*_known(sheet, known), *_patterned(sheet, known)]
    found.sort(key=lambda each: (-len(each[0]), each[0], -each[2]))
    kept: dict[int, tuple[Span, str, float]] = {}
    taken: set[int] = set()
    for each in found:
        places = range(each[0].start, each[0].end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept[each[0].start] = each
    return [kept[start] for start in sorted(kept)]


def _known(sheet: Sheet, known: Known) -> Iterator[tuple[Span, str, float]]:
    """The names that the project knows, where they aren't places."""
    determiners = sheet.lexicon.words.get("determiner", ())
    by_first: defaultdict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for name, entity in known.names.items():
        words = _words(name)
        while words and words[0] in determiners:
            del words[0]
        if 0 < len(words) <= _WORDS:
            by_first[words[0]].append((words, entity))
    spans = list(words_in(sheet.text, Span(0, len(sheet.text)))) if by_first else []
    words = [folded(each.of(sheet.text)) for each in spans]
    places = frozenset(sheet.lexicon.words.get("place", ()))
    for at, word in enumerate(words):
        for name_words, entity in by_first.get(word, ()):
            end = at + len(name_words)
            if words[at:end] == name_words and not (at and words[at - 1] in places):
                first = spans[at - 1 if at and words[at - 1] in determiners else at]
                span = Span(first.start, spans[end - 1].end)
                if len(name_words) > 1 or spans[at].of(sheet.text)[0].isupper():
                    yield span, entity, _KNOWN


def _words(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return [each.of(name) for each in words_in(name, Span(0, len(name)))] if name else []


def _patterned(sheet: Sheet, known: Known) -> Iterator[tuple[Span, str, float]]:
    """Offices, and capitalised names behind a title, with the entity that has the name, if any."""
    words = sheet.lexicon.words
    if not words.get("office"):
        return
    lists = ("office", "title", "part", "determiner", "land", "place")
    office, titled = _patterns(*(words[each] for each in lists))
    names = {" ".join(_words(name)): entity for name, entity in known.names.items()}
    for pattern, confidence in ((titled, _TITLED), (office, _OFFICE)):
        for found in pattern.finditer(sheet.text):
            if found[0].islower() and found[0].split()[0] not in words["determiner"]:
                continue
            told = " ".join(_words(folded(found["name"] if pattern is titled else found[0])))
            entity = names.get(told) or names.get(told.split(" ", 1)[-1], "")
            yield Span(*found.span()), entity, confidence


@lru_cache(maxsize=16)
def _patterns(*lists: Sequence[str]) -> tuple["regex.Pattern[str]", "regex.Pattern[str]"]:
    """What finds an office ("the armed forces of Armenia") and a titled name, in one language."""
    office, title, part, determiner, land, place = lists
    names, the = rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,4}}", rf"(?i:{_any(determiner)})\s"
    offices = rf"(?i:{_any(office)})\b(?:\s(?i:{_any(office)})\b){{0,2}}"
    end = rf"(?:{names}|{offices}|(?:{_any(land)})\b)"
    where = rf"(?i:{_any(place)})\s"
    beside = rf"|\s{names}" if "" in part else ""
    of = rf"(?:\s(?:{_any(part)})\s(?:\p{{Ll}}+\s){{0,2}}?{end}{beside})"
    return (
        regex.compile(
            rf"\b(?!{where})(?:{the}(?:\p{{Ll}}+\s)??(?:{_CAPITAL}\s){{0,4}}(?:\p{{Ll}}+\s)??"
            rf"|(?:{_CAPITAL}\s){{0,4}}){offices}{of}{{0,3}}(?:\s\(\p{{Lu}}{{2,8}}\))?",
            regex.V1,
        ),
        regex.compile(
            rf"\b(?!{where})(?:{the})?(?:(?:{_CAPITAL}|former|acting)\s){{0,3}}(?i:{_any(title)})\b{of}{{0,2}}"
            rf",?\s(?P<name>{names})",
            regex.V1,
        ),
    )


def _any(words: Sequence[str]) -> str:
    """A pattern for one of some words; for none where there are none."""
    longest = sorted(filter(None, words), key=len, reverse=True)
    return "|".join(map(regex.escape, longest)).replace(r"\ ", r"\s") or "(?!)"


ACTORS = Suggester("actors", "known names, offices, and names behind a title", propose)
