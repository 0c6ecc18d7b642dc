"""The list of articles: facets, orders, blocks, agreement, what may hold a phrase."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Layer, TimeSpent
from annotator.core.query import Order, Query, parse
from annotator.core.span import Span
from annotator.project import Project
from annotator.store import shelf, walk
from tests.strategies import document_of

ARTICLES = (
    ("b soldiers in the north", "BBC News", "en", "2023-02-01", ""),
    ("A soldier soldier soldier", "Tass", "ru", "", "ask Mira"),
    ("c nothing here", "bbc monitoring", "en-GB", "2023-01-01", ""),
    ("d denied, 北京", "", "zh", "2023-03-01", "Look again"),
    ("e soldier and more words of other kinds", "Tass", "RU", "2023-02-01", ""),
)


@pytest.fixture
def shelved(tmp_path: Path) -> Iterator[Project]:
    """Five articles; ada has done 1, has 2 open and asks about 3, mira has 1 and 2 open."""
    with Project.create(tmp_path / "p.annotation", who="ada") as project:
        fields = ("source", "language", "published", "note")
        documents = [
            document_of(text, **dict(zip(fields, rest, strict=True))) for text, *rest in ARTICLES
        ]
        project.apply(Edit("import", inserted(documents)))
        for who, number, spans, label in (
            ("ada", 0, [Span(0, 1), Span(2, 10)], "claim"),
            ("ada", 1, [Span(0, 1)], "Denial"),
            ("mira", 0, [Span(0, 1)], "claim"),
            ("mira", 1, [Span(0, 2)], "denial"),
        ):
            project.switch(who)
            for span in spans:
                layer = project.layer(documents[number].id)
                edit = verbs.mark(layer, [span], label.lower(), fresh=project.is_fresh(layer))
                project.apply(edit)
        project.switch("ada")
        for number, state in ((0, "done"), (2, "question")):
            layer = project.layer(documents[number].id)
            fresh = project.is_fresh(layer)
            project.apply(verbs.set_state(layer, state, fresh=fresh))  # type: ignore[arg-type]  # one of the parameters' names
        yield project


def found(project: Project, typed: str = "", order: Order | None = None) -> list[int]:
    return list(chain.from_iterable(project.read.found("ada", parse(typed), order or Order())))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("label:claim", [1]),
        ("label:CLAIM label:denial", []),
        ("-label:claim", [2, 3, 4, 5]),
        ("label:denial annotator:mira", [2]),
        ("state:new", [4, 5]),
        ("state:done", [1]),
        ("state:DONE", [1]),
        ("state:done state:new", [1, 4, 5]),
        ("-state:new", [1, 2, 3]),
        ("state:new annotator:mira", [3, 4, 5]),
        ("state:open annotator:mira annotator:ada", [1, 2]),
        ("annotator:mira", [1, 2]),
        ("annotator:all", [1, 2, 3]),
        ("-annotator:mira", [3, 4, 5]),
        ("-annotator:all", [4, 5]),
        ("annotator:nobody", []),
        ("source:bbc", [1, 3]),
        ("source:bbc source:TASS", [1, 2, 3, 5]),
        ("-source:bbc", [2, 4, 5]),
        ("source:reuters", []),
        ("language:en", [1, 3]),
        ("-language:ru", [1, 3, 4]),
        ("note:", [2, 4]),
        ("note:LOOK", [4]),
        ("-note:", [1, 3, 5]),
        ("soldier -north", [2, 5]),
        ("-soldier", [3, 4]),
        ("-soldier -denied", [3]),
        ("-soldier -—", [3, 4]),
        ("soldier -—", [1, 2, 5]),
        ("soldier label:claim", [1]),
        ("soldier source:tass state:new", [5]),
        ("soldier note:", [2]),
        ("—", []),
        ("— label:claim", []),
    ],
)
def test_a_query_finds(shelved: Project, typed: str, numbers: list[int]) -> None:
    assert found(shelved, typed) == numbers
    assert found(shelved, typed, Order(descending=True)) == numbers[::-1]
    for by in ("date", "title", "state", "agreement", "best"):
        assert sorted(found(shelved, typed, Order(by))) == numbers


def test_notes_on_spans_are_found_where_the_work_is_ones_own(shelved: Project) -> None:
    for who, number, note in (("ada", 0, "Who says so?"), ("mira", 1, "Says nobody")):
        layer = shelved.read.layers(document=list(shelved.documents())[number].id)
        own = next(each for each in layer if each.annotator == who)
        first = next(shelved.annotations(layer=own.id))
        shelved.apply(verbs.set_note(first, note))
    assert found(shelved, "note:says") == [1]
    assert found(shelved, "note:") == [1, 2, 4]
    assert found(shelved, "note:says annotator:mira") == [2]
    assert found(shelved, "note:says annotator:all") == [1, 2]
    assert found(shelved, "-note:says") == [2, 3, 4, 5]


ORDERS = {
    "imported": [1, 2, 3, 4, 5],
    "-imported": [5, 4, 3, 2, 1],
    "date": [3, 1, 5, 4, 2],
    "-date": [4, 5, 1, 3, 2],
    "title": [2, 1, 3, 4, 5],
    "-title": [5, 4, 3, 1, 2],
    "state": [4, 5, 2, 3, 1],
    "-state": [1, 3, 2, 4, 5],
    "agreement": [2, 1, 3, 4, 5],
    "-agreement": [1, 2, 3, 4, 5],
}


@pytest.mark.parametrize("block", [1, 2, 10])
@pytest.mark.parametrize("name", ORDERS)
def test_the_list_is_in_order(
    shelved: Project, monkeypatch: pytest.MonkeyPatch, name: str, block: int
) -> None:
    """Whether all are listed or all are found, and however few come in a block."""
    monkeypatch.setattr(walk, "BLOCK", block)
    order = Order(name.removeprefix("-"), name.startswith("-"))  # type: ignore[arg-type]  # one of the parameters' names
    assert found(shelved, order=order) == ORDERS[name]
    everything = "-source:nowhere"
    if name == "-state":  # of one state the later row comes first where all were found
        assert found(shelved, everything, order) == [1, 3, 2, 5, 4]
    else:
        assert found(shelved, everything, order) == ORDERS[name]


def test_the_best_comes_first(shelved: Project) -> None:
    assert found(shelved, '"soldier"', Order("best")) == [2, 5]
    assert found(shelved, "label:claim", Order("best")) == [1]
    assert found(shelved, "-north", Order("best")) == [2, 3, 4, 5]
    assert found(shelved, order=Order("best")) == [1, 2, 3, 4, 5]


def test_very_many_hits_come_as_imported(shelved: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "SORTED", 2)
    monkeypatch.setattr(walk, "BLOCK", 1)
    assert found(shelved, "soldier", Order("best")) == [1, 2, 5]
    assert found(shelved, "soldier -north", Order("best")) == [2, 5]
    assert found(shelved, "-source:x", Order("title")) == [1, 2, 3, 4, 5]
    assert found(shelved, "soldier source:tass", Order("best")) == [2, 5]


def test_agreement_is_the_share_of_spans_marked_alike(shelved: Project) -> None:
    assert shelved.read.agreement() == {1: pytest.approx(2 / 3), 2: 0.0}
    assert shelved.read.agreement([2, 3]) == {2: 0.0}


def test_what_may_hold_a_phrase(shelved: Project) -> None:
    ids = [each.id for each in shelved.documents()]
    assert list(shelved.read.documents_having("Soldier")) == [ids[0], ids[1], ids[4]]
    assert list(shelved.read.documents_having("soldiers  in the nor")) == [ids[0]]
    assert list(shelved.read.documents_having("北京")) == [ids[3]]
    assert list(shelved.read.documents_having("nowhere")) == []
    assert list(shelved.read.documents_having("…")) == ids


def test_facets_are_completed(shelved: Project) -> None:
    read = shelved.read
    assert read.facet_values("source") == ["BBC News", "Tass", "bbc monitoring"]
    assert read.facet_values("language") == ["RU", "en", "en-GB", "ru", "zh"]
    assert read.facet_values("annotator") == ["ada", "mira"]
    assert read.facet_values("state") == ["new", "open", "question", "done"]
    assert read.facet_values("note") == []
    with Project.create(shelved.path.with_name("empty.annotation")) as empty:
        assert empty.read.facet_values("source") == []
        assert found(empty) == []
        assert found(empty, "x", Order("title")) == []


def test_the_next_that_is_not_done(shelved: Project) -> None:
    assert shelved.read.first_not_done("ada", [1, 2, 3]) == 2
    assert shelved.read.first_not_done("ada", [1]) is None
    assert shelved.read.first_not_done("mira", [1]) == 1


def test_the_counts_follow_rounds_and_deletions(shelved: Project) -> None:
    read = shelved.read
    documents = list(shelved.documents())
    assert read.progress("ada") == (1, 5)
    assert read.annotated_by([documents[0].id, documents[1].id]) == {"ada": 3, "mira": 2}
    second = Layer.of(documents[0].id, "ada", round_=2)
    shelved.apply(Edit("again", inserted([second])))
    assert read.progress("ada") == (0, 5)
    assert read.listing("ada", [1])[0].state == "new"
    shelved.apply(verbs.set_state(second, "done"))
    assert read.progress("ada") == (1, 5)
    shelved.undo()
    shelved.undo()
    assert read.progress("ada") == (1, 5)
    assert read.listing("ada", [1])[0].counts == {"claim": 2}
    machine = Layer.of(documents[3].id, "machine", role="machine", state="done")
    shelved.apply(Edit("learn", inserted([replace(machine, annotator="ada")][:0])))
    assert shelved.check() == []


def test_the_time_of_work_is_kept_beside_the_layer(shelved: Project) -> None:
    layer = shelved.layer(next(shelved.documents()).id)
    assert shelved.read.work(layer.id) == 0
    with shelved.bring_in("time of work", nobodys=True) as intake:
        intake.add(inserted([TimeSpent(layer.id, 90)]))
    assert shelved.read.work(layer.id) == 90
    assert shelved.undo_name != "time of work"
    assert shelved.check() == []


def test_an_empty_query_is_all() -> None:
    assert not Query()


def test_many_words_that_begin_alike_are_found_together(shelved: Project) -> None:
    words = " ".join(f"soldier{number}" for number in range(60))
    shelved.apply(Edit("import", inserted([document_of(words)])))
    assert found(shelved, "SOLDI") == [1, 2, 5, 6]
    assert found(shelved, "soldier5") == [6]
    assert found(shelved, "soldiers") == [1]
