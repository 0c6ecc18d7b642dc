"""One layer of an article as a page of the ledger."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from annotator.core.article import Work
from annotator.core.inherit import Inherited, inherited
from annotator.core.model import Annotation, Document, Relation
from annotator.core.roles import Kind, Link, Roles
from annotator.core.tagset import Tagset
from annotator.ledger.register import Register
from annotator.ledger.values import Count, Days, Entry, Page, Pair, Parties, Source, Voice

_OWN_VOICE = "author"
"""The value of the attribute `form` for what the article itself says."""


class Pages:
    """Makes pages; `register` has the project's entities."""

    def __init__(self, tagset: Tagset, register: Register) -> None:
        self.tagset = tagset
        self.register = register
        self.roles = Roles.of(tagset)

    def page(self, document: Document, work: Work) -> Page:
        """The page of one layer; links whose ends aren't in it are counted and left out."""
        return _Layer(self, document, work).page()


def source_of(document: Document) -> Source:
    """An article as the ledger names it."""
    try:
        day = date.fromisoformat(document.published[:10])
    except ValueError:
        day = None
    return Source(document.id, document.title, document.source, document.published, day)


class _Layer:
    """A layer while it is made a page."""

    def __init__(self, pages: Pages, document: Document, work: Work) -> None:
        self._pages = pages
        self._document = document
        self._work = work
        self._known = {each.id: each for each in work.annotations}
        self._from: defaultdict[str, list[Relation]] = defaultdict(list)
        self._parties: dict[str, Parties] = {}
        self._pairs: defaultdict[Link, list[Pair]] = defaultdict(list)
        self._loose = 0

    def page(self) -> Page:
        for each in self._work.relations:
            self._take(each)
        found: dict[Kind, list[Entry]] = {"claim": [], "denial": [], "casualty": []}
        for annotation, kind, around in self._statements():
            found[kind].append(self._entry(annotation, kind, around))
        entries = {kind: tuple(several) for kind, several in found.items()}
        return Page(
            source_of(self._document),
            self._work.layer.id,
            entries,
            denies=tuple(sorted(self._pairs["denies"])),
            disputes=tuple(sorted(self._pairs["disputes"])),
            repeats=tuple(sorted(self._pairs["repeats"])),
            loose=self._loose,
        )

    def _take(self, link: Relation) -> None:
        part = self._pages.roles.links.get(link.type)
        if link.source not in self._known or link.target not in self._known:
            self._loose += 1
        elif part in ("source", "against"):
            self._from[link.source].append(link)
        elif part is not None:
            kinds = self._pages.roles.kinds
            if all(self._known[end].label in kinds for end in (link.source, link.target)):
                self._pairs[part].append((link.source, link.target))

    def _statements(self) -> Iterator[tuple[Annotation, Kind, list[Annotation]]]:
        """What says something, in reading order, with the statements around it."""
        open_: list[Annotation] = []
        kinds = self._pages.roles.kinds
        saying = [each for each in self._work.annotations if each.label in kinds]
        # A count comes behind the statement of just its words.
        saying.sort(key=lambda each: (*_place(each), kinds[each.label] == "casualty", each.id))
        for each in saying:
            start = each.spans[0].start
            open_ = [one for one in open_ if one.spans[-1].end > start]
            yield each, kinds[each.label], open_
            if kinds[each.label] != "casualty":
                open_.append(each)

    def _entry(self, annotation: Annotation, kind: Kind, around: list[Annotation]) -> Entry:
        given = annotation.attributes
        taken = None
        if kind == "casualty":
            taken = inherited(annotation, around, self._links_at, self._pages.tagset)
        sources = self._linked(annotation, "source", taken)
        dated = self._pages.roles.dated.get(annotation.label, "")
        when = given.get(dated) or (taken.attributes.get(dated) if taken else None)
        days, words = _days(when)
        said = annotation if kind != "casualty" else taken.origin if taken else None
        return Entry(
            annotation.id,
            annotation.layer,
            self._document.id,
            annotation.label,
            annotation.spans[0].start,
            annotation.quote(self._document.text),
            sources=sources,
            against=self._linked(annotation, "against"),
            when=days,
            words=words,
            voice=_voice(said, sources),
            state=self._work.layer.state,
            count=self._count(annotation) if kind == "casualty" else None,
            origin=taken.origin.id if taken else "",
        )

    def _links_at(self, annotation: str) -> list[Relation]:
        return self._from.get(annotation, [])

    def _linked(self, annotation: Annotation, part: str, taken: Inherited | None = None) -> Parties:
        """Those whom an annotation is linked to, each once; or those whom its origin is."""
        links = self._links_at(annotation.id)
        if taken is not None:
            links = [*links, *(link for several in taken.links.values() for link in several)]
        if not links:  # most have none, and there may be very many
            return ()
        found = {
            party.key: party
            for link in reversed(links)
            if self._pages.roles.links[link.type] == part
            for party in reversed(self._mentioned(link.target))
        }
        return tuple(sorted(found.values(), key=lambda each: (each.name, each.key)))

    def _mentioned(self, target: str) -> Parties:
        found = self._parties.get(target)
        if found is None:
            mention = self._known[target]
            value = mention.attributes.get(self._pages.roles.naming.get(mention.label, ""))
            words = " ".join(mention.quote(self._document.text).split())
            found = self._pages.register.mentioned(mention.id, value, words)
            self._parties[target] = found
        return found

    def _count(self, annotation: Annotation) -> Count:
        """The numbers and words of a count, as far as they are such."""
        given = annotation.attributes
        whose = given.get(self._pages.roles.whose.get(annotation.label, ""))
        return Count(
            outcome=_word(given.get("outcome")),
            low=_number(given.get("low")),
            high=_number(given.get("high")),
            bound=_word(given.get("bound")),
            victims=_word(given.get("victims")),
            whose=self._pages.register.named(whose),
        )


def _place(annotation: Annotation) -> tuple[int, int]:
    return annotation.spans[0].start, -annotation.spans[-1].end


def _voice(statement: Annotation | None, sources: Parties) -> Voice:
    """Whose voice a statement, or a count in it, is: a count in none is the article's own."""
    if sources:
        return "reported"
    own = statement is None or statement.attributes.get("form") == _OWN_VOICE
    return "own" if own else "unattributed"


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _days(value: Any) -> tuple[Days | None, str]:
    """The days of a date's value, and its words."""
    try:
        first, last = date.fromisoformat(value["from"]), date.fromisoformat(value["to"])
    except (TypeError, KeyError, ValueError):
        return None, ""
    return (min(first, last), max(first, last)), _word(value.get("text"))
