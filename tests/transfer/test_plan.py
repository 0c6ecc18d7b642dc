"""Plans: shown first, then one edit that undo takes back; and who has what."""

from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.assigning import Wanted
from annotator.core.edits import Edit, inserted
from annotator.core.errors import Conflict, UserError
from annotator.core.model import Annotator, Layer, TimeSpent
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer.plan import loads, plan, put_down, table
from tests.strategies import document_of

PEOPLE = ("ada", "eve", "mia")


def fill(project: Project, number: int = 6) -> list[str]:
    documents = [document_of(f"Article {each} says something.") for each in range(number)]
    project.apply(Edit("import", inserted(documents)))
    return [each.id for each in documents]


def test_a_plan_is_shown_and_then_put_down_as_one_edit(project: Project) -> None:
    ids = fill(project)
    made = plan(project.read, Wanted(PEOPLE, 1, 0.5, 0, seed=3))
    assert list(project.read.layers()) == []
    assert [each.document for each in made.rows] == ids
    assert made.new == 3 + 3 * 3
    assert {(each.has, each.new, each.total, each.common) for each in made.shares} == {(0, 4, 4, 3)}
    assert made.table()[0].split() == ["annotator", "has", "gets", "total", "for", "agreement"]
    assert made.table()[1].split() == ["ada", "0", "4", "4", "3"]
    put_down(project, made)
    assert {each.state for each in project.read.layers()} == {"new"}
    assert project.undo_name == "plan 12 assignments"
    told = made.as_json()
    assert told["assigned"] == 12
    assert [each["new"] for each in told["plan"]] == [list(each.new) for each in made.rows]
    again = plan(project.read, made.wanted)
    assert again.new == 0
    assert not put_down(project, again)
    assert project.check() == []
    project.undo()
    assert list(project.read.layers()) == []
    assert [each.name for each in project.read.annotators()] == ["ada"]


def test_who_has_an_article_keeps_it(project: Project) -> None:
    first, second, *_ = fill(project, 3)
    project.apply(verbs.mark(project.layer(first), [Span(0, 7)], "actor", fresh=True))
    made = plan(project.read, Wanted(("eve",)), [first, second])
    assert [(each.has, each.new) for each in made.rows] == [(("ada",), ()), ((), ("eve",))]


def test_what_can_not_be_planned(project: Project) -> None:
    with pytest.raises(UserError, match="no article to give"):
        plan(project.read, Wanted(("ada",)))
    ids = fill(project)
    with pytest.raises(UserError, match="reserved"):
        plan(project.read, Wanted(("gold",)))
    with pytest.raises(UserError, match="each annotator once"):
        plan(project.read, Wanted(("ada", "ada")))
    made = plan(project.read, Wanted(("eve",)))
    people = inserted([Annotator("eve"), Layer.of(ids[0], "eve")])
    project.apply(Edit("begin", people))
    with pytest.raises(Conflict, match="has this layer already"):
        put_down(project, made)


def test_who_has_what_and_how_far(project: Project, tmp_path: Path) -> None:
    assert loads(project.read) == ()
    ids = fill(project)
    put_down(project, plan(project.read, Wanted(("ada", "eve"))))
    mine = next(id_ for id_ in ids if project.read.layer(Layer.of(id_, "ada").id))
    project.apply(verbs.mark(project.layer(mine), [Span(0, 7)], "actor"))
    project.apply(verbs.set_state(project.layer(mine), "done"))
    with project.bring_in("time", nobodys=True) as intake:
        intake.add(inserted([TimeSpent(project.layer(mine).id, 150)]))
    gold = Layer.of(mine, "gold", role="gold", state="done")
    project.apply(Edit("gold", inserted([gold])))
    ada, eve = loads(project.read)
    assert (ada.annotator, ada.articles, ada.annotations, ada.minutes) == ("ada", 3, 1, 2)
    assert ada.as_json()["done"] == 1
    assert (eve.annotator, eve.articles, eve.states["new"]) == ("eve", 3, 3)
    lines = table((ada, eve))
    assert lines[0].split()[:3] == ["annotator", "articles", "new"]
    assert lines[1].split() == ["ada", "3", "2", "0", "0", "1", "1", "2"]
