"""What the property tests draw from: hard text, spans, tag sets, and gestures on a project."""

import os
from dataclasses import dataclass
from typing import Any, get_args

from hypothesis import settings
from hypothesis import strategies as st

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import STATES, Annotation, Document, Entity, Layer
from annotator.core.span import Span
from annotator.core.tagset import (
    PATTERNS,
    Attribute,
    AttributeType,
    Label,
    RelationType,
    Tagset,
)
from annotator.core.text import canonical, sha256, title_of
from annotator.project import Project

PIECES = (
    *("a", "Z", "word", "The ", " ", "\t", "\n", "\n\n", "  ", ".", "“", "”", "—", "• ", "1,000"),
    *("\u00a0", "\u200b", "\u200f", "\u202b", "\u2066", "\u00ad", "\ufffd"),
    *("e\u0301", "\u0301", "q\u0307\u0323", "ﬃ", "Å", "ß", "İ"),
    *("Հայաստան", "և", "Արցախ", "Azərbaycan", "საქართველო", "Россия"),
    *("أرمينيا", "كِتَاب", "ﷺ", "فارسی\u200cزبان", "שָׁלוֹם"),
    *("🙂", "👩‍👩‍👧‍👦", "🇦🇲", "🇦🇿🇦🇲", "👍🏽", "𝔘", "𐎀", "漢字", "กำ"),
)
"""Bits of text that programs count, cut or fold wrongly."""
_TIMES = int(os.environ.get("ANNOTATOR_EXAMPLES", "1"))
CLEAN = st.characters(codec="utf-8", exclude_characters="\0")


def examples(number: int, **more: Any) -> settings:
    """So many examples for a slow test; times ANNOTATOR_EXAMPLES where that is set."""
    return settings(max_examples=number * _TIMES, **more)


def raw_texts(*, max_pieces: int = 60) -> st.SearchStrategy[str]:
    """Any text at all: hard pieces between arbitrary characters, lone surrogates included."""
    pieces = st.one_of(
        st.sampled_from(PIECES), st.text(max_size=5), st.sampled_from("\r\v\x85\ud800")
    )
    return st.lists(pieces, max_size=max_pieces).map("".join)


def texts(*, min_size: int = 1, max_pieces: int = 60) -> st.SearchStrategy[str]:
    """Canonical texts of at least `min_size` code points."""
    found = raw_texts(max_pieces=max_pieces).map(lambda raw: canonical(raw).text)
    return found.filter(lambda text: len(text) >= min_size)


def spans(length: int) -> st.SearchStrategy[Span]:
    """Spans of a text of `length` code points, which has one at least."""
    ends = st.tuples(st.integers(0, length), st.integers(0, length))
    return ends.filter(lambda two: two[0] != two[1]).map(lambda two: Span(min(two), max(two)))


def json_values() -> st.SearchStrategy[Any]:
    """Values as JSON has them, with whole numbers of any size and letters of any kind."""
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.text(CLEAN, max_size=8))
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(CLEAN, max_size=4), inner, max_size=3)
        ),
        max_leaves=8,
    )


def names() -> st.SearchStrategy[str]:
    """Names as a tag set has them: not empty, without spaces around."""
    return st.text(CLEAN, min_size=1, max_size=12).filter(lambda name: name == name.strip())


def documents(*, max_pieces: int = 30) -> st.SearchStrategy[Document]:
    """Articles of hard text."""
    return st.builds(document_of, texts(max_pieces=max_pieces), meta=st.just({"file": "ü.txt"}))


def document_of(text: str, **fields: Any) -> Document:
    """An article of this canonical text."""
    return Document(new_id(), title_of(text), text, sha256(text), **fields)


@st.composite
def annotations(draw: st.DrawFn, *, text: str, layer: str, labels: tuple[str, ...]) -> Annotation:
    """Annotations of one or more spans of a text, with a note and some meta."""
    found = draw(st.lists(spans(len(text)), min_size=1, max_size=4))
    return Annotation(
        *(new_id(), layer, verbs.joined(found), draw(st.sampled_from(labels))),
        note=draw(st.text(CLEAN, max_size=10)),
        meta=draw(st.dictionaries(st.text(CLEAN, max_size=4), json_values(), max_size=2)),
    )


@st.composite
def _attributes(draw: st.DrawFn) -> tuple[Attribute, ...]:
    values = st.lists(st.text(CLEAN, max_size=6), min_size=1, max_size=4, unique=True).map(tuple)
    found = []
    for name in draw(st.lists(names(), max_size=3, unique=True)):
        kind = draw(st.sampled_from(get_args(AttributeType)))
        several = draw(st.booleans())
        found.append(Attribute(name, kind, draw(values) if kind == "choice" else (), several))
    return tuple(found)


@st.composite
def tagsets(draw: st.DrawFn) -> Tagset:
    """Tag sets of every shape that can be written down."""
    texts_ = st.text(CLEAN, max_size=12)
    keys = draw(
        st.lists(st.text(CLEAN, min_size=1, max_size=1), min_size=8, max_size=8, unique=True)
    )
    key = st.sampled_from
    label_names = draw(st.lists(names(), max_size=4, unique=True))
    labels = tuple(
        Label(
            name,
            title=draw(texts_),
            key=draw(key((keys[index], ""))),
            color=draw(st.from_regex("#[0-9a-fA-F]{6}", fullmatch=True)),
            pattern=draw(key(PATTERNS)),
            guideline=draw(texts_),
            examples=tuple(draw(st.lists(st.text(CLEAN, min_size=1, max_size=12), max_size=3))),
            attributes=draw(_attributes()),
        )
        for index, name in enumerate(label_names)
    )
    ends = st.lists(key(label_names), max_size=3).map(tuple) if label_names else st.just(())
    relations = tuple(
        RelationType(
            name,
            title=draw(texts_),
            key=draw(key((keys[4 + index], ""))),
            sources=draw(ends),
            targets=draw(ends),
            symmetric=draw(st.booleans()),
            guideline=draw(texts_),
            attributes=draw(_attributes()),
        )
        for index, name in enumerate(draw(st.lists(names(), max_size=4, unique=True)))
    )
    return Tagset(draw(texts_), draw(st.integers(1, 1 << 40)), labels, relations)


# Gestures: what a person may do next, whatever the project holds.

VERBS = (
    *("mark", "relabel", "move", "attribute", "note", "remove", "link", "unlink", "state"),
    *("entity", "rename entity", "drop entity", "name entity", "article note", "article"),
)


@dataclass(frozen=True, slots=True)
class Gesture:
    """A verb, and numbers that choose among what is there to apply it to."""

    verb: str
    which: int
    other: int
    text: str


def gestures() -> st.SearchStrategy[Gesture]:
    """Any gesture; `edit_of` makes an edit of it, or nothing where it has nothing to act on."""
    number = st.integers(0, 40)
    return st.builds(Gesture, st.sampled_from(VERBS), number, number, st.text(CLEAN, max_size=6))


def edit_of(project: Project, gesture: Gesture) -> Edit | None:
    """The edit that a gesture is in this project; None where there is nothing to act on."""
    made = _on_register(project, gesture)
    if made is not None or gesture.verb == "article":
        return made
    documents_ = list(project.documents())
    if not documents_:
        return None
    document = documents_[gesture.which % len(documents_)]
    if gesture.verb == "article note":
        return verbs.set_document_note(document, gesture.text)
    layer = project.layer(document.id)
    if gesture.verb == "state":
        state = STATES[gesture.other % len(STATES)]
        return verbs.set_state(layer, state, fresh=project.is_fresh(layer))
    if gesture.verb == "mark":
        return _mark(project, document, layer, gesture)
    return _on_annotation(project, document, layer, gesture)


def done(project: Project, gesture: Gesture) -> Edit | None:
    """Make a gesture durable; None where there was nothing to do or the project refused it."""
    edit = edit_of(project, gesture)
    try:
        return project.apply(edit) if edit else None
    except UserError:
        return None


def _span(document: Document, gesture: Gesture) -> Span | None:
    length = len(document.text)
    if not length:
        return None
    start = (gesture.which * 7) % length
    return Span(start, min(length, start + 1 + gesture.other % 9))


def _mark(project: Project, document: Document, layer: Layer, gesture: Gesture) -> Edit | None:
    span = _span(document, gesture)
    if span is None:
        return None
    labels = project.tagset.labels
    label = labels[gesture.other % len(labels)].name
    found = [span]
    if gesture.which % 3 == 0 and span.end + 3 < len(document.text):
        found.append(Span(span.end + 1, span.end + 3))
    return verbs.mark(layer, found, label, fresh=project.is_fresh(layer))


def _on_register(project: Project, gesture: Gesture) -> Edit | None:
    entities = list(project.read.entities())
    entity = entities[gesture.which % len(entities)] if entities else None
    match gesture.verb, entity:
        case "article", _:
            text = canonical(f"{gesture.text} {PIECES[gesture.which]}{gesture.other}").text
            return Edit("import", inserted([document_of(text)]))
        case "entity", _:
            return verbs.add_entity(gesture.text or "Ø", side=str(gesture.which))
        case "rename entity", Entity():
            return verbs.change_entity(entity, name=gesture.text, aliases=(gesture.text, "x"))
        case "drop entity", Entity():
            return Edit("drop entity", (Change(entity, None),))
        case _:
            return None


def _on_annotation(  # noqa: PLR0911  (a table of gestures)
    project: Project, document: Document, layer: Layer, gesture: Gesture
) -> Edit | None:
    own = list(project.annotations(layer=layer.id))
    links = list(project.relations(layer=layer.id))
    if not own:
        return None
    each, other = own[gesture.which % len(own)], own[gesture.other % len(own)]
    match gesture.verb:
        case "relabel":
            labels = project.tagset.labels
            broken = [link for link in links if each.id in (link.source, link.target)]
            label = labels[gesture.other % len(labels)].name
            return verbs.relabel(each, label, kept=("when",), broken=broken)
        case "move":
            span = _span(document, gesture)
            return verbs.move(each, [span]) if span else None
        case "note":
            return verbs.set_note(each, gesture.text)
        case "remove":
            return verbs.remove([each] if each == other else [each, other], links)
        case "link":
            return _link(project, own, gesture)
        case "unlink":
            return verbs.unlink(links[gesture.other % len(links)]) if links else None
        case _:
            return _attribute(project, each, gesture)


def _attribute(project: Project, each: Annotation, gesture: Gesture) -> Edit:
    entities = list(project.read.entities())
    if gesture.verb == "name entity" and entities and each.label == "actor":
        return verbs.set_attribute(each, "entity", [entities[gesture.other % len(entities)].id])
    if each.label == "casualty":
        return verbs.set_attribute(each, "low", gesture.which if gesture.other % 2 else None)
    day = {"text": gesture.text, "from": "2020-09-27", "to": "2020-09-27"}
    return verbs.set_attribute(each, "when", day if gesture.other % 3 else None)


def _link(project: Project, own: list[Annotation], gesture: Gesture) -> Edit | None:
    start = gesture.which % len(own)
    for source in (*own[start:], *own[:start]):
        for target in own[:: 1 if gesture.other % 2 else -1]:
            for relation in project.tagset.relations:
                fits = source.label in relation.sources and target.label in relation.targets
                if fits and source != target:
                    return verbs.link(relation.name, source, target)
    return None
