"""What is there already, what can't come in, and whose work it is."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core import verbs
from annotator.core.article import Article, Work
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Layer, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Attribute, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats.base import Format, Found, Source
from annotator.project import Project
from annotator.transfer import Imported, finish
from annotator.transfer import importing as importing_module
from annotator.transfer.people import rename_person
from tests.corpora import annotation, document, layer, values_of
from tests.strategies import document_of
from tests.transfer.helpers import LINK, bring, records, whats

# What is there already


def test_same_text_under_another_id(filled: Project, tmp_path: Path) -> None:
    article = next(filled.documents())
    other = document(layer(annotation("x", 0, 37), annotator="zoe"), text=article.text, id_="other")
    report = bring(filled, records(tmp_path / "a", other))
    assert (report.documents, report.duplicates, report.annotations) == (0, 1, 1)
    assert article.title in report.notes[0].what
    (own,) = (each for each in filled.read.layers() if each.annotator == "zoe")
    assert own.document == article.id
    assert filled.check() == []


def test_same_text_twice_in_one_import(project: Project, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("same" if name < "c" else "other")
    report = bring(project, *(tmp_path / f"{name}.txt" for name in "abc"))
    assert (report.documents, report.duplicates) == (2, 1)
    assert report.notes[0].where == "b.txt"
    assert report.sentence() == "Imported 2 articles; 1 there already."


def test_same_id_with_another_text(filled: Project, tmp_path: Path) -> None:
    article = next(filled.documents())
    other = document(layer(annotation("x", 0, 7)), id_=article.id)
    fresh = document(id_="fresh")
    report = bring(filled, records(tmp_path / "a", other, fresh))
    assert whats(report) == ["the project has another text under this article's id"]
    assert (report.documents, report.annotations) == (1, 0)


def test_same_id_with_another_text_in_one_file(project: Project, tmp_path: Path) -> None:
    report = bring(project, records(tmp_path / "a", document(), document(text="other")))
    assert whats(report) == ["the project has another text under this article's id"]
    assert report.documents == 1


def test_what_differs_stays_as_the_project_has_it(project: Project, tmp_path: Path) -> None:
    entity = {"record": "entity", "id": "e", "name": "Yerevan"}
    person = {"record": "annotator", "name": "ada", "color": "#112233"}
    setting = {"record": "setting", "key": "k", "value": "1"}
    decision = {"id": "x", "action": "none"}
    marked = [annotation("c1", 0, 7, "claim"), annotation("a1", 0, 7)]
    first = document(layer(*marked, relations=[LINK]), decisions=[decision])
    bring(project, records(tmp_path / "a", entity, person, setting, first))
    before = values_of(project)
    changed = document(
        layer(
            {**marked[0], "note": "!"},
            marked[1],
            relations=[{**LINK, "attributes": {"implied": True}}],
            state="open",
        ),
        decisions=[{**decision, "by": "ada"}],
        note="!",
    )
    report = bring(
        project,
        records(
            tmp_path / "b",
            {**entity, "side": "!"},
            {**person, "color": "#000000", "display": "Ada"},
            {**setting, "value": "2"},
            changed,
        ),
    )
    assert whats(report) == [
        "the project has another entity with this id",
        "the project has another annotator with this id",
        "the project has another setting with this id",
        "the project has this article with other details, which stay",
        "the project has this layer already, as done, which stays",
        "the project has another annotation with this id",
        "the project has another relation with this id",
        "the project has another decision with this id",
    ]
    after = values_of(project)
    shown = after["annotator"].pop("ada")
    assert (getattr(shown, "display", ""), getattr(shown, "color", "")) == ("Ada", "#112233")
    before["annotator"].pop("ada")
    assert after == before
    with pytest.raises(UserError, match="Nothing was imported"):
        bring(project, tmp_path / "b.jsonl", strict=True)


def test_work_on_an_article_that_was_given_to_the_person_takes_its_state(
    project: Project, tmp_path: Path
) -> None:
    given = records(tmp_path / "given", document(layer(state="new")))
    work = records(tmp_path / "work", document(layer(annotation("c1", 0, 7, "claim"))))
    bring(project, given)
    bring(project, work, strict=True)
    assert [each.state for each in project.read.layers()] == ["done"]
    before = values_of(project)
    assert whats(bring(project, given)) == [
        "the project has this layer already, as done, which stays"
    ]
    assert values_of(project) == before
    project.undo()
    assert [each.state for each in project.read.layers()] == ["new"]
    assert project.check() == []


def test_settings_of_the_file_itself_stay_out(project: Project, tmp_path: Path) -> None:
    own = [
        {"record": "setting", "key": key, "value": "x"} for key in ("id", "annotator", "handoff")
    ]
    mine = {"record": "setting", "key": "k", "value": "x"}
    bring(project, records(tmp_path / "a", *own, mine, {**mine, "value": "y"}))
    found = {each.key: each.value for each in project.read.settings()}
    assert found.pop("id") != "x"
    assert found == {"k": "y"}


def test_deleted_annotation_comes_again(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(layer(annotation("x", 0, 7))))
    bring(project, path)
    found = project.read.annotation("x")
    assert found is not None
    project.apply(verbs.remove([found], []))
    assert bring(project, path).annotations == 1
    assert project.check() == []


# What can't come in


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (layer(annotator="all"), 'The name "all" is reserved; choose another'),
        (layer(annotator=" x"), "A name cannot be empty or have spaces around it"),
        (layer(annotator="gold"), 'the name "gold" is reserved for the role'),
        (layer([]), "it is no JSON object"),
        (layer(annotation("x", 0, 500)), "it ends at 500, beyond the"),
        (layer({"id": "x", "label": "actor", "spans": [[0, 4], [4, 6]]}), "overlap or touch"),
        (layer({"id": "x", "label": "actor", "spans": [[4, 6], [0, 4]]}), "overlap or touch"),
        (layer(annotation("x", 0, 7, " actor")), '" actor" is no name for a label'),
        (layer(annotation("x", 0, 7, attributes={"entity": "e"})), '"e" is no value'),
        (layer(annotation("x", 0, 7, attributes={"entity": ["e"]})), "has no entity e"),
        (layer(annotation("x", 0, 7, attributes={"tone": None})), 'has no attribute "tone"'),
        (layer(annotation("x", 0, 7, attributes={"tone": [1, "a"]})), 'has no attribute "tone"'),
        (layer(annotation("x", 0, 7, attributes={"tone\n": 1})), "has no attribute"),
        (
            layer(annotation("x", 0, 7, "claim", attributes={"topic": "weather"})),
            '"weather" is no value for the attribute "topic"',
        ),
        (layer(annotation("x", 0, 7), annotation("x", 1, 7)), "another annotation with this id"),
        (layer(relations=[LINK]), "its source c1 does not exist"),
        (
            layer(
                annotation("a1", 0, 7),
                relations=[{**LINK, "source": "a1", "target": "a1"}],
            ),
            "it links a span to itself",
        ),
        (
            layer(annotation("c1", 0, 7), annotation("a1", 0, 7), relations=[LINK]),
            '"source" cannot have a actor as its source',
        ),
        (
            layer(
                annotation("c1", 0, 7, "claim"),
                annotation("a1", 0, 7),
                relations=[{**LINK, "type": "source "}],
            ),
            '"source " is no name for a relation',
        ),
        (
            layer(
                annotation("c1", 0, 7, "claim"),
                annotation("a1", 0, 7),
                relations=[{**LINK, "attributes": {"implied": "x"}}],
            ),
            '"x" is no value for the attribute "implied"',
        ),
    ],
)
def test_what_cannot_come_in_is_named(
    project: Project, tmp_path: Path, broken: dict[str, Any], what: str
) -> None:
    good = layer(annotation("good", 0, 7), annotator="eva")
    path = records(tmp_path / "a", document(broken, good))
    report = bring(project, path)
    assert any(what in each for each in whats(report)), whats(report)
    assert report.problems[0].where.startswith("a.jsonl, line 2, ")
    assert project.read.annotation("good") is not None
    assert project.check() == []
    again = bring(project, path)
    assert len(again.problems) == len(report.problems)
    with Project.create(tmp_path / "strict.db") as other:
        with pytest.raises(UserError, match=r"Nothing was imported\. a\.jsonl, line 2"):
            bring(other, path, strict=True)
        assert list(other.read.journal.entries()) == []


def test_relation_across_layers(project: Project, tmp_path: Path) -> None:
    one = layer(annotation("c1", 0, 7, "claim"))
    other = layer(annotation("a1", 0, 7), annotator="eva", relations=[LINK])
    report = bring(project, records(tmp_path / "a", document(one, other)))
    assert whats(report) == ["its source c1 belongs to another layer"]


def test_plug_in_that_gives_what_no_project_can_have(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = document_of("Yerevan")
    own = Layer.of("good", "ada")
    beyond = Annotation("x", own.id, (Span(0, 9),), "actor")
    found = (
        TagsetVersion(2, "="),
        Annotator("all"),
        Article(replace(good, id="bad", sha256="0" * 64)),
        Article(replace(good, id="good"), (Work(own, (beyond,)),)),
    )
    plug = Format(
        *("plug", "a plug-in", (), frozenset()),
        read=lambda source, _: iter([Found(source.name, each) for each in found]),
    )
    monkeypatch.setattr(importing_module, "format_of", lambda *_: plug)
    report = bring(project, Source("p", stream=io.BytesIO()))
    assert report.documents == 1
    assert [each.partition(" (")[0] for each in whats(report)] == [
        "The tag set is not valid TOML: Invalid statement",
        'The name "all" is reserved; choose another',
        "its text does not have the hash it is said to have",
        "it ends at 9, beyond the 7 characters of the text",
    ]
    assert project.check() == []


# Whose work it is


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (Imported(), ("ada", "annotator", "done")),
        (Imported(annotator="eva"), ("eva", "annotator", "done")),
        (Imported(role="gold"), ("gold", "gold", "done")),
        (Imported(role="machine", annotator="cues"), ("cues", "machine", "done")),
        (Imported(annotator="gold"), ("gold", "gold", "done")),
        (Imported(annotator="machine", state="open"), ("machine", "machine", "open")),
    ],
)
def test_whose_work_it_is(
    project: Project, tmp_path: Path, given_: Imported, expected: tuple[str, str, str]
) -> None:
    path = records(tmp_path / "a", document(layer(annotation("x", 0, 7))))
    bring(project, path, given=given_)
    (found,) = project.read.layers()
    assert (found.annotator, found.role, found.state) == expected
    assert project.read.annotator(expected[0]) is not None
    assert project.check() == []


def test_work_under_a_former_name_is_the_persons(project: Project, tmp_path: Path) -> None:
    decision = {"id": "k", "by": "ada", "seen": {"layers": {}}, "action": "take"}
    work = layer(annotation("x", 0, 7), annotator="ada")
    told = {"record": "annotator", "name": "ada", "color": "#123456"}
    bring(project, records(tmp_path / "a", document(work)))
    finish(rename_person(project, "ada", "Ада"))
    path = records(tmp_path / "b", told, document(work, decisions=[decision]))
    again = bring(project, path)
    assert (again.duplicates, again.annotations, again.problems) == (1, 0, ())
    assert [(each.name, each.color) for each in project.read.annotators()] == [("Ада", "#123456")]
    assert [each.by for each in project.read.decisions()] == ["Ада"]
    other = records(tmp_path / "c", document(layer(annotation("y", 0, 7)), text="It was.", id_="e"))
    bring(project, other, given=Imported(annotator="ada"))
    assert {each.annotator for each in project.read.layers()} == {"Ада"}
    assert project.check() == []
    project.apply(Edit("somebody else", inserted([Annotator("ada")])))
    bring(project, records(tmp_path / "d", document(layer(), text="It is so.", id_="f")))
    assert {each.annotator for each in project.read.layers()} == {"Ада", "ada"}


def test_two_layers_become_one(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(layer(), layer(annotator="eva")))
    report = bring(project, path, given=Imported(annotator="zoe"))
    assert whats(report) == ["there are two layers of this annotator, role and round"]


def test_link_that_names_an_unknown_entity_stays_out_alone(tmp_path: Path) -> None:
    by = RelationType("by", attributes=(Attribute("e", "entity"),))
    tagset = Tagset("links", relations=(by,))
    with Project.create(tmp_path / "e.db", who="ada", tagset=dumps(tagset)) as project:
        ends = {"type": "by", "source": "x", "target": "y"}
        links = [{"id": "r", **ends, "attributes": {"e": "nobody"}}, {"id": "s", **ends}]
        spans = annotation("x", 0, 7), annotation("y", 20, 31, "casualty")
        report = bring(project, records(tmp_path / "a", document(layer(*spans, relations=links))))
        assert whats(report) == ["the register has no entity nobody"]
        assert report.relations == 1
        assert project.check() == []


# How it was made


def test_first_pass_and_time_come_with_their_layer(project: Project, tmp_path: Path) -> None:
    first = {"annotations": [annotation("a0", 0, 7)], "relations": []}
    made = document(layer(annotation("a1", 0, 7), first_pass=first, seconds=90))
    for round_ in range(2):  # the second time it is all there already
        report = bring(project, records(tmp_path / f"{round_}", made))
        assert whats(report) == []
        (own,) = project.read.layers()
        found = project.read.contents(own)
        assert [each.id for each in project.read.first_pass(own).annotations] == ["a0"]
        assert (found.seconds, found.first_pass is None) == (90, False)
        assert project.check() == []
    other = document(layer(annotation("a1", 0, 7), first_pass={}, seconds=91))
    assert whats(bring(project, records(tmp_path / "other", other))) == [
        "the project has another first pass for it, which stays",
        "the project has another time of work for it, which stays",
    ]
    torn = {"annotations": [annotation("a0", 0, 7)], "relations": [LINK]}
    bad = document(layer(first_pass=torn, annotator="eve"))
    (what,) = whats(bring(project, records(tmp_path / "bad", bad)))
    assert what == "of its relation r1, the end c1 is not in it"
    assert project.read.contents(project.layer("d1")).first_pass is not None


def test_first_pass_goes_where_its_layer_goes(project: Project, tmp_path: Path) -> None:
    first = {"annotations": [annotation("a0", 0, 7)]}
    made = records(tmp_path / "a", document(layer(annotation("a1", 0, 7), first_pass=first)))
    bring(project, made, given=Imported("eve"))
    (own,) = project.read.layers()
    assert own.annotator == "eve"
    assert {each.layer for each in project.read.first_pass(own).annotations} == {own.id}
