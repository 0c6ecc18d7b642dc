"""An entry of the journal in words: what was done, and in which article."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotator.core.describe import Teller, quoted, told_step
from annotator.core.edits import Happened, Summary
from annotator.core.model import (
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    TimeSpent,
    Value,
    kind_of,
)
from annotator.core.tagset import Tagset
from annotator.core.text import counted

Find = Callable[[str, str], Value | None]
"""A value by kind and id, as it is or as it was last."""
LONGEST_TITLE = 48
"""Code points of an article's title before it is cut."""
_NOUNS = {
    "document": "article",
    "annotation": "span",
    "relation": "link",
    "decision": "decision",
    "entity": "actor",
    "tagset": "version of the tag set",
    "layer": "state",
    "annotator": "person",
    "setting": "setting",
    "work": "time",
    "first_pass": "first pass",
}
_PLURALS = {
    "tagset": "versions of the tag set",
    "annotator": "people",
    "first_pass": "first passes",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words, without who did it and when.

    `document` and `annotation` are the ids of the place, which may be gone; "" where none is told.
    """

    words: str
    document: str = ""
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class EntryTeller:
    """Tells entries by names that tag set and register know; `find` reads what they are about."""

    find: Find
    tagset: Tagset
    entities: Mapping[str, Entity]

    def told(self, summary: Summary) -> Told:
        """What an entry did, and where: "tagged “14 soldiers” casualty in “Two days”"."""
        first = summary.some[0] if summary.some else None
        value = _either(first) if first else None
        document = self._document(value)
        if first is None or value is None:
            words = summary.entry.name
        elif summary.count == 1:
            words = self._one(first, value, document)
        else:
            words = _several(first, value, summary)
        if document is not None and not isinstance(value, Document | Layer):
            more = summary.count > 1 and len(self._documents(summary)) > 1
            place = "several articles" if more else _title(document)
            words = f"{words} in {place}"
        spot = value.id if isinstance(value, Annotation) and document else ""
        return Told(told_step(summary.entry, words), document.id if document else "", spot)

    def called(self, kind: str, id_: str) -> str:
        """What a sentence calls a value: "the span “14 soldiers” in “Two days”"."""
        value = self.find(kind, id_)
        if value is None:
            return f"the {_NOUNS[kind]} {id_}"
        document = None if isinstance(value, Document) else self._document(value)
        place = f"in {_title(document)}" if document else ""
        return " ".join(filter(None, (f"the {_NOUNS[kind]}", self._name(value), place)))

    def _name(self, value: Value | None) -> str:  # noqa: PLR0911 - one answer a kind
        """What tells a value from others of its kind, "" for nothing that a person knows."""
        match value:
            case Document():
                return _title(value)
            case Annotation():
                return self._end(value.id)
            case Relation():
                return self._ends(value)
            case Layer():
                return f"of {value.annotator}"
            case TimeSpent() | FirstPass():
                return self._name(self.find("layer", value.id))
            case Entity() | Annotator():
                return quoted(value.name)
            case _:
                return ""

    def _documents(self, summary: Summary) -> set[str]:
        found = (self._document(_either(each)) for each in summary.some)
        return {each.id for each in found if each}

    def _document(self, value: Value | None) -> Document | None:
        """The article that a value is about."""
        match value:
            case Document():
                return value
            case Layer(document=id_) | Decision(document=id_):
                found = self.find("document", id_)
            case Annotation(layer=id_) | Relation(layer=id_):
                return self._document(self.find("layer", id_))
            case TimeSpent(id=id_) | FirstPass(id=id_):
                return self._document(self.find("layer", id_))
            case _:
                found = None
        return found if isinstance(found, Document) else None

    def _one(  # noqa: PLR0911 - one answer a kind
        self, happened: Happened, value: Value, document: Document | None
    ) -> str:
        match value:
            case Annotation():
                text = document.text if document else ""
                return Teller(text, self.tagset, self.entities).at_length(happened)
            case Relation():
                title = self.tagset.relation_title(value.type).lower()
                words = {"added": "linked", "removed": "unlinked"}.get(_verb(happened), "changed")
                return f"{words} {self._ends(value)} ({title})"
            case Layer():
                return f"set {_title(document)} to {value.state}"
            case Document():
                return self._article(happened, value)
            case Entity():
                return f"{_verb(happened)} the actor {quoted(value.name)}"
            case Annotator():
                return f"{_verb(happened)} the person {quoted(value.name)}"
            case _:
                return f"{_verb(happened)} a {_NOUNS[kind_of(value)]}"

    def _article(self, happened: Happened, value: Document) -> str:
        before = happened.before
        if isinstance(before, Document) and happened.after and before.note != value.note:
            note = f"noted {quoted(value.note)}" if value.note else "took the note away"
            return f"{note} on {_title(value)}"
        return f"{_verb(happened)} the article {_title(value)}"

    def _ends(self, link: Relation) -> str:
        return " to ".join(self._end(each) for each in (link.source, link.target))

    def _end(self, id_: str) -> str:
        """The words of a link's end."""
        found = self.find("annotation", id_)
        document = self._document(found)
        if not isinstance(found, Annotation) or document is None:
            return "a span that is gone"
        return quoted(found.quote(document.text))


def _either(happened: Happened) -> Value | None:
    return happened.after if happened.after is not None else happened.before


def _verb(happened: Happened) -> str:
    if happened.before is None:
        return "added"
    return "removed" if happened.after is None else "changed"


def _several(first: Happened, value: Value, summary: Summary) -> str:
    kind, verb = kind_of(value), _verb(first)
    number = counted(summary.count, _NOUNS[kind])
    if kind in _PLURALS:
        number = f"{summary.count:,} {_PLURALS[kind]}"
    verb = "tagged" if (kind, verb) == ("annotation", "added") else verb
    return f"{verb} {'' if summary.whole else 'more than '}{number}"


def _title(document: Document | None) -> str:
    if document is None:
        return "an article that is gone"
    return quoted(document.title, LONGEST_TITLE)
