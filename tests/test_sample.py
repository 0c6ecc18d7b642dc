"""The sample: sound, explained sentence by sentence, and with every kind of difference."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from annotator import paths, sample
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.tagset import Attribute
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import finish, import_sources

TOP = Path(__file__).resolve().parent.parent
GOLD = paths.resources() / "sample" / "gold.jsonl"
PEOPLE = ("mira", "jonas", "noor")
CASUALTIES = [
    ("losses among personnel", "2022-09-12"),
    ("several Armenian soldiers", "2022-09-12"),
    ("two military contractors", "2022-08-03"),
    ("14 soldiers", "2022-08-03"),
    ("an Azerbaijani soldier", "2022-08-03"),
    ("30,000 people", "1988-01-01"),
    ("hundreds of thousands of people, mostly ethnic Azerbaijanis", "1988-01-01"),
    ("capture", None),
    ("injuries", None),
    ("deaths", None),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample with the expected gold layer beside the three."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    sample.build(path)
    with Project.open(path) as project:
        finish(import_sources(project, [Source("gold", GOLD)], strict=True))
        yield project


@pytest.fixture(scope="module")
def document(project: Project) -> Document:
    (document,) = project.documents()
    return document


def layer_of(project: Project, name: str) -> Layer:
    (found,) = (each for each in project.read.layers() if each.annotator == name)
    return found


def annotations(project: Project, name: str) -> list[Annotation]:
    return list(project.annotations(layer=layer_of(project, name).id))


def relations(project: Project, name: str) -> list[Relation]:
    return list(project.relations(layer=layer_of(project, name).id))


def test_it_is_sound_and_nobodys_undo_takes_it_away(tmp_path: Path) -> None:
    sample.build(tmp_path / "sample.db")
    with Project.open(tmp_path / "sample.db") as project:
        assert project.check() == []
        assert project.who == "mira"
        assert project.undo_name == ""
        assert {each.name: each.color for each in project.read.annotators()}.keys() == set(PEOPLE)
        for name in PEOPLE:
            assert layer_of(project, name).state == "done"
    with pytest.raises(UserError, match="exists already"):
        sample.build(tmp_path / "sample.db")
    sample.build(tmp_path / "sample.db", force=True)


def test_temporary_sample_goes_at_the_end() -> None:
    with sample.temporary() as path:
        assert path.is_file()
    assert not path.parent.exists()


def test_text_is_the_seed_byte_for_byte(document: Document) -> None:
    seed = TOP / "seeds" / str(document.meta["file"])
    assert seed.read_bytes().decode() == document.text


def test_every_sentence_is_explained_and_equals_gold(project: Project, document: Document) -> None:
    table = tomllib.loads((TOP / "tests" / "sample_sentences.toml").read_text("utf-8"))
    text, seen, spans = document.text, 0, 0
    gold = annotations(project, "gold")
    for each in table["sentence"]:
        start, end = each["starts"], each["starts"] + len(each["text"])
        assert text[start:end] == each["text"]
        assert text[seen:start].strip() == ""
        inside = [found for found in gold if start <= found.envelope.start < end]
        assert [(found.label, found.quote(text)) for found in inside] == [
            (span["label"], span["quote"]) for span in each.get("spans", ())
        ]
        assert bool(inside) != bool(each.get("why_none"))
        seen, spans = end, spans + len(inside)
    assert text[seen:].strip() == ""
    assert spans == len(gold)


def test_casualties_and_their_times(project: Project, document: Document) -> None:
    gold = {each.id: each for each in annotations(project, "gold")}
    claims = {each.source for each in relations(project, "gold") if each.type == "source"}
    found = []
    for each in gold.values():
        if each.label == "casualty":
            around = [
                other
                for other in gold.values()
                if other.label == "claim" and other.envelope.covers(each.envelope)
            ]
            reported = any(other.id in claims for other in around)
            whens = [other.attributes.get("when") for other in (each, *around)]
            when = next((when["from"] for when in whens if when), None)
            found.append((each.quote(document.text), when))
            assert reported == (len(found) <= 5)  # the first five, the rest in the article's voice
    assert found == CASUALTIES
    competing = [each for each in relations(project, "gold") if each.type == "disputes"]
    ends = {gold[id_].label for each in competing for id_ in (each.source, each.target)}
    assert "casualty" not in ends


def test_every_attribute_and_relation_type_is_used(project: Project) -> None:
    names = (*PEOPLE, "gold")
    spans = [each for name in names for each in annotations(project, name)]
    links = [each for name in names for each in relations(project, name)]
    for label in project.tagset.labels:
        own = [each for each in spans if each.label == label.name]
        for attribute in label.attributes:
            assert used(attribute, own), f"{label.name}.{attribute.name}"
    for type_ in project.tagset.relations:
        own_links = [each for each in links if each.type == type_.name]
        assert own_links, type_.name
        for attribute in type_.attributes:
            assert used(attribute, own_links), f"{type_.name}.{attribute.name}"


def used(attribute: Attribute, owners: list[Any]) -> bool:
    return any(attribute.name in each.attributes for each in owners)


def test_every_entity_is_named(project: Project) -> None:
    named = {
        id_
        for name in (*PEOPLE, "gold")
        for each in annotations(project, name)
        for value in each.attributes.values()
        for id_ in (value if isinstance(value, list) else [value])
        if isinstance(id_, str)
    }
    assert {each.id for each in project.read.entities()} <= named


def test_three_of_each_kind_of_difference(project: Project) -> None:
    work = {name: annotations(project, name) for name in PEOPLE}
    counts: Counter[str] = Counter()
    for group in groups([(name, each) for name, own in work.items() for each in own]):
        counts.update(differences(group))
    for kind in ("missing", "boundary", "split", "label", "attribute", "count"):
        assert counts[kind] >= 3, counts


Marked = tuple[str, Annotation]


def share(one: Annotation, other: Annotation) -> float:
    """How much two annotations have in common of what they cover together (Jaccard)."""
    left, right = (
        {place for span in each.spans for place in range(span.start, span.end)}
        for each in (one, other)
    )
    return len(left & right) / len(left | right)


def groups(marked: list[Marked]) -> list[list[Marked]]:
    """Annotations that are about the same words: a label's overlaps, or nearly the same extent."""
    found: list[list[Marked]] = [[each] for each in marked]
    for one, other in combinations(marked, 2):
        common = share(one[1], other[1])
        if common >= 0.8 or (common and one[1].label == other[1].label and one[0] != other[0]):
            left = next(group for group in found if one in group)
            right = next(group for group in found if other in group)
            if left is not right:
                left.extend(right)
                found.remove(right)
    return found


def differences(group: list[Marked]) -> set[str]:
    """The kinds of difference between the people in one group."""
    own = {name: [each for who, each in group if who == name] for name in PEOPLE}
    there = [each for each in own.values() if each]
    kinds = {"missing"} if len(there) < len(own) else set()
    if len({len(each) for each in there}) > 1:
        return kinds | {"count"}
    for one, other in combinations(there, 2):
        for left, right in zip(one, other, strict=True):
            if left.label != right.label:
                kinds.add("label")
            elif len(left.spans) != len(right.spans):
                kinds.add("split")
            elif left.spans != right.spans:
                kinds.add("boundary")
            if left.label == right.label and left.attributes != right.attributes:
                kinds.add("attribute")
    return kinds
