"""A team's rounds through files: what goes wrong with other tools between hand-off and gold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, State
from annotator.core.span import Span
from annotator.project import Project
from annotator.review import deciding
from annotator.review.values import Place, Reviewed
from annotator.transfer import finish
from annotator.transfer.handoff import hand_off
from annotator.transfer.merging import merge
from annotator.transfer.reviewing import accept_agreed, count_places
from tests.adjudication import article
from tests.strategies import document_of
from tests.transfer.teams import copy, merged, values

TEXT = "The army said that rebels shelled the town. The rebels deny that they shelled it."
Marks = list[tuple[int, int, str]]


class Team:
    """A project of one article, and what its people do in their own files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        document = document_of(TEXT)
        self.document = document.id
        with Project.create(path, who="lead") as project:
            project.apply(Edit("import", inserted([document])))

    def file(self, name: str) -> Path:
        """Somebody's own file, handed out when it is wanted first."""
        found = self.path.with_name(f"{name}.db")
        if not found.exists():
            with Project.open(self.path, who="lead") as project:
                finish(hand_off(project, name, found))
        return found

    def comes(self, name: str, marks: Marks, state: State = "done") -> None:
        """Somebody tags something more, says how far it is, and their file is merged."""
        with Project.open(self.file(name)) as own:
            for start, end, label in marks:
                own.apply(verbs.mark(own.layer(self.document), [Span(start, end)], label))
            self.set_state(own, state)
        merged(self.path, self.file(name), who="lead")

    def loses(self, name: str, start: int) -> None:
        """Somebody removes the span that starts here, and their file is merged."""
        with Project.open(self.file(name)) as own:
            layer = own.layer(self.document).id
            (found,) = (
                each for each in own.annotations(layer=layer) if each.envelope.start == start
            )
            own.apply(verbs.remove([found], []))
            self.set_state(own, "done")
        merged(self.path, self.file(name), who="lead")

    def set_state(self, own: Project, state: State) -> None:
        """Say how far the work in somebody's file is."""
        layer = own.layer(self.document)
        if layer.state != state:
            own.apply(verbs.set_state(layer, state))

    def accept(self) -> int:
        """Take what all agree on; how much that was."""
        with Project.open(self.path, who="lead") as project:
            return finish(accept_agreed(project)).agreed

    def take(self, start: int, label: str, *, who: str = "lead", path: Path | None = None) -> None:
        """Take the version of this label, "" for none, of the place that starts here."""
        with Project.open(path or self.path, who=who) as project:
            found = article(project)
            place = at(found, start)
            version = next(
                each
                for each in place.versions
                if [one.label for one in each.annotations] == ([label] if label else [])
            )
            project.apply(deciding.take(found, place, version, by=who))

    @property
    def now(self) -> Reviewed:
        """The article in review."""
        with Project.open(self.path, who="lead") as project:
            return article(project)

    def statuses(self) -> dict[int, str]:
        """How it stands with each place, by its start; reasons in words."""
        return {each.start: each.why or each.status for each in self.now.places}

    def gold(self) -> Marks:
        """What is in gold."""
        return [_mark(each) for each in self.now.gold.annotations]


def _mark(one: Annotation) -> tuple[int, int, str]:
    return (one.envelope.start, one.envelope.end, one.label)


def at(found: Reviewed, start: int) -> Place:
    (place,) = (each for each in found.places if each.start == start)
    return place


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path / "team.db")
    yield team
    before = values(team.path)
    merged(team.path, *(each for each in tmp_path.glob("*.db") if each != team.path), who="lead")
    assert values(team.path) == before, "once merged, twice merged"


def test_stacked_identical_spans_come_to_gold_as_often_as_all_have_them(team: Team) -> None:
    twice: Marks = [(0, 8, "actor"), (0, 8, "actor")]
    team.comes("ann", twice)
    team.comes("bob", twice)
    assert team.accept() == 2
    assert team.gold() == twice
    assert team.accept() == 0


def test_nested_spans_of_one_label_are_not_taken_for_one(team: Team) -> None:
    nested: Marks = [(14, 42, "claim"), (19, 42, "claim")]
    team.comes("ann", nested)
    team.comes("bob", nested[:1])
    assert team.accept() == 1
    assert team.gold() == nested[:1]
    assert team.statuses() == {14: "decided", 19: "open"}


def test_an_annotator_who_tagged_nothing_has_a_say(team: Team) -> None:
    team.comes("ann", [(0, 8, "actor")])
    team.comes("bob", [])
    assert team.accept() == 0
    assert at(team.now, 0).kind == "missing"
    team.take(0, "")
    assert team.statuses() == {0: "decided"}
    assert team.gold() == []


def test_an_article_that_only_one_has_done_waits_for_another(team: Team) -> None:
    team.comes("ann", [(0, 8, "actor")])
    team.comes("bob", [(0, 8, "actor")], "open")
    assert team.accept() == 0
    with Project.open(team.path, who="lead") as project:
        assert finish(count_places(project)).documents == 0
    team.comes("bob", [])
    assert team.accept() == 1


def test_a_reopened_layer_changes_nothing_before_it_is_done_again(team: Team) -> None:
    both: Marks = [(0, 8, "actor"), (44, 54, "actor")]
    for name in ("ann", "bob"):
        team.comes(name, both)
    team.comes("cem", both[:1])
    team.accept()
    team.take(44, "actor")
    team.comes("bob", [(19, 25, "actor")], "open")
    assert team.statuses() == {0: "decided", 44: "decided"}
    team.comes("bob", [])
    assert team.statuses() == {0: "decided", 19: "open", 44: "decided"}
    assert team.gold() == both


def test_a_span_deleted_after_it_was_decided_is_asked_about_and_stays_in_gold(team: Team) -> None:
    both: Marks = [(0, 8, "actor"), (44, 54, "actor")]
    for name in ("ann", "bob"):
        team.comes(name, both)
    team.accept()
    team.loses("ann", 44)
    assert team.statuses() == {0: "decided", 44: "changed since decided"}
    team.loses("bob", 44)
    assert team.statuses() == {0: "decided", 44: "deleted since decided"}
    assert team.gold() == both


def test_two_reviewers_on_two_copies_differ_in_a_conflict_of_its_own(team: Team) -> None:
    team.comes("ann", [(0, 8, "actor"), (44, 54, "actor")])
    team.comes("bob", [(0, 8, "claim"), (44, 54, "claim")])
    copies = [copy(team.path, f"{name}.db") for name in ("lea", "max")]
    for path, second in zip(copies, ("actor", "claim"), strict=True):
        team.take(0, "actor", who=path.stem, path=path)
        team.take(44, second, who=path.stem, path=path)
    other = copy(team.path, "other.db")
    merged(team.path, *copies, who="lead")
    merged(other, *copies[::-1], who="lead")
    assert {**values(team.path), "annotator": []} == {**values(other), "annotator": []}
    assert team.statuses() == {0: "decided", 44: "open"}
    place = at(team.now, 44)
    assert place.kind == "decision"
    assert sorted(each.by for each in place.versions) == [("lea",), ("max",)]
    team.take(44, "claim")
    assert team.statuses() == {0: "decided", 44: "decided"}
    assert team.gold() == [(0, 8, "actor"), (44, 54, "claim")]


def test_a_merge_taken_back_in_the_middle_of_a_review_comes_again(team: Team) -> None:
    team.comes("ann", [(0, 8, "actor")])
    team.comes("bob", [(0, 8, "claim")])
    with Project.open(team.path, who="lead") as project:
        project.undo()
        assert project.check() == []
        assert article(project).places == ()
    assert finish_merge(team, "bob") == 1
    team.take(0, "claim")
    with Project.open(team.path, who="lead") as project:
        project.undo()
        project.undo()
        assert article(project).places == ()
        project.redo()
        project.redo()
        assert project.check() == []
    assert team.gold() == [(0, 8, "claim")]


def finish_merge(team: Team, name: str) -> int:
    """Merge somebody's file as it is; how many annotations that brings."""
    with Project.open(team.path, who="lead") as project:
        report = finish(merge(project, [team.file(name)]))
    return report.files[0].tally.new["annotation"]
