"""Corpora for the tests of formats and transfers: fixed ones, and generated ones of every value."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.core.edits import inserted
from annotator.core.ids import new_id
from annotator.core.model import (
    ACTIONS,
    STATES,
    Annotation,
    Annotator,
    Decision,
    Document,
    Entity,
    FirstPass,
    Layer,
    Relation,
    Setting,
    TimeSpent,
    Value,
)
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.project import Project
from tests.strategies import CLEAN, annotations, document_of, json_values, tagsets, texts

TEXT = "Yerevan denied that 14 soldiers were killed 🙂, the Ministry of Defense said."
HEAD = {"record": "corpus", "format": "annotator-jsonl", "version": 1}


def annotation(id_: str, start: int, end: int, label: str = "actor", **more: Any) -> dict[str, Any]:
    """The record of an annotation of TEXT."""
    return {"id": id_, "spans": [[start, end]], "label": label, **more}


def layer(*annotations: Any, annotator: str = "ada", **more: Any) -> dict[str, Any]:
    """The record of a layer."""
    return {"annotator": annotator, "annotations": list(annotations), **more}


def document(*layers: Any, text: str = TEXT, id_: str = "d1", **more: Any) -> dict[str, Any]:
    """The record of an article."""
    return {"record": "document", "id": id_, "text": text, "layers": list(layers), **more}


def write(path: Path, *records: Any) -> Path:
    """A file of records; bytes and texts are lines as they stand."""
    lines = []
    for each in records:
        if isinstance(each, bytes):
            lines.append(each)
        else:
            lines.append((each if isinstance(each, str) else json.dumps(each)).encode())
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def values_of(project: Project) -> dict[str, dict[str, Value]]:
    """Every value of a project by kind and id, the project's own id aside."""
    read = project.read
    found: dict[str, list[Any]] = {
        "setting": [each for each in read.settings() if each.key != "id"],
        "tagset": list(read.tagsets()),
        "annotator": list(read.annotators()),
        "entity": list(read.entities()),
        "document": list(read.documents()),
        "layer": list(read.layers()),
        "annotation": [],
        "relation": [],
        "decision": [],
        "work": [],
        "first_pass": [],
    }
    for each in found["layer"]:
        contents = read.contents(each)
        found["first_pass"] += [contents.first_pass] if contents.first_pass else []
        found["work"] += [TimeSpent(each.id, contents.seconds)] if contents.seconds else []
        found["annotation"] += read.annotations(layer=each.id)
        found["relation"] += read.relations(layer=each.id)
    for each in found["document"]:
        found["decision"] += read.decisions(document=each.id)
    return {kind: {each.id: each for each in values} for kind, values in found.items()}


def _attribute_value(attribute: Attribute, entities: list[Entity]) -> st.SearchStrategy[Any]:
    one: st.SearchStrategy[Any]
    match attribute.type:
        case "choice":
            one = st.sampled_from(attribute.values)
        case "number":
            one = st.integers()
        case "flag":
            one = st.booleans()
        case "date":
            one = st.tuples(st.dates(), st.dates(), st.text(CLEAN, max_size=5)).map(
                lambda it: {"text": it[2], "from": str(min(it[:2])), "to": str(max(it[:2]))}
            )
        case "entity":
            one = st.sampled_from([each.id for each in entities])
        case _:
            one = st.text(CLEAN, max_size=6)
    return st.lists(one, max_size=2) if attribute.several else one


@st.composite
def _attributes(
    draw: st.DrawFn, owner: Label | RelationType | None, entities: list[Entity]
) -> dict[str, Any]:
    found = {}
    for each in owner.attributes if owner else ():
        if draw(st.booleans()) and (each.type != "entity" or entities):
            found[each.name] = draw(_attribute_value(each, entities))
    return found


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Tagset, list[Value]]:
    """A tag set, and values of every kind that a project with it can hold, parents first."""
    tagset = draw(tagsets())
    short = st.text(CLEAN, max_size=6)
    names = draw(st.lists(st.sampled_from(("ada", "Эва", "gold", "李")), min_size=1, unique=True))
    values: list[Value] = [Annotator(name, draw(short), draw(short)) for name in names]
    values += [
        Setting(key, draw(short)) for key in draw(st.sets(st.sampled_from(("guidelines", "é"))))
    ]
    entities = [
        Entity(new_id(), draw(short), tuple(draw(st.lists(short, max_size=2))), draw(short))
        for _ in range(draw(st.integers(0, 2)))
    ]
    values += entities
    for text in draw(st.lists(texts(max_pieces=12), max_size=3, unique=True)):
        fields = {key: draw(short) for key in ("source", "url", "published", "language", "note")}
        meta = draw(st.dictionaries(short, json_values(), max_size=2))
        values += draw(_work(document_of(text, **fields, meta=meta), names, tagset, entities))
    return tagset, values


@st.composite
def _work(
    draw: st.DrawFn, article: Document, names: list[str], tagset: Tagset, entities: list[Entity]
) -> list[Value]:
    values: list[Value] = [article]
    tables = st.dictionaries(st.text(CLEAN, max_size=3), json_values(), max_size=2)
    for name in draw(st.lists(st.sampled_from(names), unique=True)):
        own = Layer.of(
            article.id,
            name,
            role="gold" if name == "gold" else "annotator",
            round_=draw(st.integers(1, 3)),
            state=draw(st.sampled_from(STATES)),
            tagset=tagset.version,
            meta=draw(tables),
        )
        values.append(own)
        labels = tuple(each.name for each in tagset.labels)
        found: list[Annotation] = []
        for _ in range(draw(st.integers(0, 3)) if labels else 0):
            bare = draw(annotations(text=article.text, layer=own.id, labels=labels))
            noted = replace(bare, note=draw(st.text(CLEAN, max_size=4)) + "!")
            attributes = draw(_attributes(tagset.label(noted.label), entities))
            found.append(
                Annotation(
                    *(noted.id, own.id, noted.spans, noted.label, attributes),
                    *(noted.note, noted.meta),
                )
            )
        values += found
        for type_ in tagset.relations:
            ends = [
                (one, other)
                for one in found
                for other in found
                if one is not other and one.label in type_.sources and other.label in type_.targets
            ]
            for one, other in ends[:2]:
                linked = draw(_attributes(type_, entities))
                values.append(Relation(new_id(), own.id, type_.name, one.id, other.id, linked))
        if draw(st.booleans()):
            first = [each for each in found if draw(st.booleans())]
            values += [FirstPass(own.id, tuple(first)), TimeSpent(own.id, draw(st.integers(1, 99)))]
    for _ in range(draw(st.integers(0, 1))):
        words = st.text(CLEAN, max_size=4)
        values.append(
            Decision(
                new_id(),
                article.id,
                draw(tables),
                draw(st.sampled_from(ACTIONS)),
                draw(tables),
                by=draw(words),
                reason=draw(words),
                comment=draw(words),
                confidence=draw(words),
                guideline_gap=draw(st.booleans()),
                supersedes=draw(words),
            )
        )
    return values


def fill(project: Project, values: list[Value]) -> None:
    """Put values into a project."""
    with project.bring_in("fill") as intake:
        intake.add(inserted(values))
