"""The machine's layer: filled, filled again, and left alone where somebody has judged."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from annotator.core import suggestions, verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Document, Entity, Layer, Relation
from annotator.core.span import Span
from annotator.core.tagged import Tagged
from annotator.project import Project
from annotator.suggest.proposing import Aim, Known, Proposal, Suggester
from annotator.transfer import Progress, finish
from annotator.transfer.suggesting import SuggestReport, known_of, learned, suggest
from tests.strategies import document_of

TEXT = "The army said that two men were killed."
CLAIM = Proposal(
    "claim", Span(19, 38), {"form": "paraphrase"}, (Aim("source", "actor", Span(0, 8)),)
)


def by(name: str, *proposals: Proposal) -> Suggester:
    def propose(_document: Document, _known: Known) -> Iterable[Proposal]:
        return proposals

    return Suggester(name, "", propose)


@pytest.fixture
def document(project: Project) -> Document:
    article = document_of(TEXT, language="en")
    project.apply(Edit("add", inserted([article])))
    return article


def machine(project: Project, document: Document) -> tuple[list[Annotation], list[Relation]]:
    layer = Layer.of(document.id, "machine", role="machine").id
    return list(project.read.annotations(layer=layer)), list(project.read.relations(layer=layer))


def fill(project: Project, *suggesters: Suggester) -> SuggestReport:
    return finish(suggest(project, suggesters) if suggesters else suggest(project))


def test_our_own_fill_the_layer_in_one_edit(project: Project, document: Document) -> None:
    report = fill(project)
    found, links = machine(project, document)
    assert [each.label for each in found] == ["actor", "claim", "casualty"]
    assert [each.type for each in links] == ["source"]
    assert found[0].meta == {"by": "cues", "confidence": 0.8}
    assert report.as_json() == {
        "documents": 1,
        "labels": {"actor": 1, "casualty": 1, "claim": 1},
        "by": {"cues": 2, "numbers": 1},
        "new": 3,
        "gone": 0,
    }
    assert report.sentence() == (
        "Suggested 1 actor, 1 casualty, 1 claim in 1 article; "
        "3 of them new, 0 earlier ones taken away."
    )
    layer = next(each for each in project.read.layers() if each.role == "machine")
    assert (layer.state, layer.annotator) == ("done", "machine")
    assert project.check() == []
    again = fill(project)
    assert (again.new, again.gone) == (0, 0)
    assert machine(project, document) == (found, links)
    assert project.undo() is not None
    assert machine(project, document) == ([], [])


def test_what_is_no_longer_proposed_goes(project: Project, document: Document) -> None:
    other = Proposal("actor", Span(23, 26))
    fill(project, by("cues", CLAIM), by("mine", other))
    bare = Proposal("claim", CLAIM.span, {"topic": "attack"})
    assert fill(project, by("cues", bare)).gone == 1
    found, links = machine(project, document)
    assert {each.span.start for each in (CLAIM, other)} == {each.spans[0].start for each in found}
    assert links == []
    # What one has said stays when another says more.
    claim = next(each for each in found if each.label == "claim")
    assert claim.attributes == {"form": "paraphrase", "topic": "attack"}
    assert fill(project, by("cues")).gone == 1
    assert [each.meta["by"] for each in machine(project, document)[0]] == ["mine"]


def test_several_who_propose_the_same(project: Project, document: Document) -> None:
    more = replace(CLAIM, attributes={"form": "direct", "topic": "attack"}, links=())
    itself = Proposal("actor", Span(0, 8), links=(Aim("source", "actor", Span(0, 8)),))
    fill(project, by("one", CLAIM), by("two", more, itself))
    found, links = machine(project, document)
    assert found[1].attributes == {"form": "paraphrase", "topic": "attack"}
    assert [each.meta["by"] for each in found] == ["one", "one"]
    assert len(links) == 1


def test_what_somebody_judged_stays(project: Project, document: Document) -> None:
    fill(project, by("cues", CLAIM))
    (actor, claim), links = machine(project, document)
    project.apply(suggestions.reject([claim], "ada"))
    fill(project, by("cues", CLAIM))
    found, _ = machine(project, document)
    assert suggestions.pending(found, Tagged(), "ada") == [actor]
    layer = project.layer(document.id)
    others = {each.id: each for each in found}
    edit = suggestions.accept(
        *([actor], layer), own=Tagged(), others=others, links=links, who="ada", fresh=True
    )
    project.apply(edit)
    fill(project, by("cues"))
    assert len(machine(project, document)[0]) == 2
    assert next(project.read.annotations(layer=layer.id)).spans == actor.spans
    stored = project.read.layer(layer.id)
    assert stored is not None
    assert stored.meta == {"suggestions": True}
    assert project.check() == []


def test_what_others_put_into_the_layer_is_left_alone(project: Project, document: Document) -> None:
    fill(project)
    layer = next(each for each in project.read.layers() if each.role == "machine")
    foreign = Annotation("x1", layer.id, (Span(4, 8),), "actor")
    link = Relation("x2", layer.id, "source", machine(project, document)[0][1].id, foreign.id)
    project.apply(Edit("add", (Change(None, foreign), Change(None, link))))
    fill(project)
    assert foreign in machine(project, document)[0]


def test_what_the_project_knows(project: Project, document: Document) -> None:
    army = Entity("e1", "Army")
    project.apply(Edit("add", inserted([army])))
    for spans, entity in (
        ([Span(0, 8)], ["e1"]),
        ([Span(9, 13)], ["e1", "e1"]),
        ([Span(19, 22)], None),
    ):
        layer = project.layer(document.id)
        attributes = {"entity": entity} if entity else {}
        fresh = project.is_fresh(layer)
        project.apply(verbs.mark(layer, spans, "actor", attributes=attributes, fresh=fresh))
    known = known_of(project.read, project.tagset)
    assert known.mentions == {"the army": "e1", "said": "", "two": ""}
    assert known.names == {"the army": "e1", "said": "", "two": "", "army": "e1"}
    fill(project)
    assert machine(project, document)[0][0].attributes == {"entity": ["e1"]}


def test_some_articles_only(project: Project, document: Document) -> None:
    other = document_of("The police said that it rained.", language="en")
    empty = document_of("Nothing.", language="en")
    project.apply(Edit("add", inserted([other, empty])))
    report = finish(suggest(project, documents=[other.id, empty.id, other.id]))
    assert report.documents == 2
    assert machine(project, document) == ([], [])
    assert [each.document for each in project.read.layers()] == [other.id]
    with pytest.raises(UserError, match="no article with the id gone"):
        finish(suggest(project, documents=["gone"]))


def test_closing_it_takes_everything_back(project: Project, document: Document) -> None:
    project.apply(Edit("add", inserted([document_of("The police said that it rained.")])))
    job = suggest(project)
    assert next(job).done == 0
    assert any(each.done == 1 for each in iter(lambda: next(job), None))
    job.close()
    assert not list(project.read.layers())


def test_a_long_article_is_gone_through_in_steps(project: Project) -> None:
    long = document_of("The police said that it rained. " * 200, language="en")
    project.apply(Edit("add", inserted([long])))
    steps = list(suggest(project, documents=[long.id]))
    assert len(steps) > 5
    assert {(each.done, each.total) for each in steps} == {(0, 1)}


def test_learning_from_what_is_done_gold_first(project: Project, document: Document) -> None:
    with pytest.raises(UserError, match="nothing to learn from"):
        learned(project.read, project.tagset)
    articles = [document_of(f"The army of {name} fled.", language="en") for name in "ABCDEFGH"]
    project.apply(Edit("add", inserted([*articles, Annotator("gold")])))
    for each in articles:
        for role, end in (("annotator", 8), ("gold", 13)):
            name = "gold" if role == "gold" else "ada"
            layer = Layer.of(each.id, name, role="gold" if role == "gold" else "annotator")
            edit = verbs.mark(replace(layer, state="done"), [Span(0, end)], "actor", fresh=True)
            project.apply(edit)
    other = document_of("The army of Z fled.", language="en")
    project.apply(Edit("add", inserted([other])))
    heard: list[Progress] = []
    fill(project, learned(project.read, project.tagset, heard.append))
    assert [each.done for each in heard] == [*range(len(heard) - 1), heard[-1].total]
    assert heard[-1].what == "Learning from it"
    (actor,), _ = machine(project, other)
    assert actor.spans == (Span(0, 13),)
    assert actor.meta["by"] == "learned"
    assert machine(project, articles[0]) == ([], [])


def test_what_is_learned_stands_back_behind_rules_and_judgements(
    project: Project, document: Document
) -> None:
    """Learned words that others propose for the label, or somebody rejected, don't come again."""
    said, wider = Span(19, 38), Span(15, 38)
    fill(project, by("learned", Proposal("claim", wider)))
    assert [each.spans for each in machine(project, document)[0]] == [(wider,)]
    fill(project, by("rules", Proposal("claim", said)))
    report = fill(project, by("learned", Proposal("claim", wider), Proposal("actor", said)))
    found, _ = machine(project, document)
    assert (report.new, report.gone) == (1, 1)
    assert {(each.label, each.meta["by"]) for each in found} == {
        ("claim", "rules"),
        ("actor", "learned"),
    }
    actor = next(each for each in found if each.label == "actor")
    project.apply(suggestions.reject([actor], "ada"))
    assert fill(project, by("learned", Proposal("actor", wider))).new == 0
    again = fill(project, by("learned", Proposal("actor", said)))
    assert (again.new, again.gone) == (0, 0)


def test_a_plug_in_that_is_ill_is_named(project: Project, document: Document) -> None:
    def broken(_document: Document, _known: Known) -> Iterable[Proposal]:
        raise ZeroDivisionError("by zero")

    def clear(_document: Document, _known: Known) -> Iterable[Proposal]:
        raise UserError("The list of rumours is missing.")

    for suggester, told in (
        (Suggester("ill", "", broken), "“ill” failed in .*by zero"),
        (Suggester("ill", "", clear), "list of rumours"),
        (by("far", Proposal("claim", Span(0, 4_000))), "“far” proposes more than"),
    ):
        with pytest.raises(UserError, match=told):
            fill(project, suggester)
    assert machine(project, document) == ([], [])
    assert fill(project, by("strange", Proposal("weather", Span(0, 3)))).new == 0
