"""Helpers find what rules take beside the process that writes: the same, and nothing by halves."""

import os
import signal
from pathlib import Path
from typing import Any, NoReturn

import pytest

from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Layer
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import beside, finish, reviewing
from tests.strategies import document_of

TEXT = "The ministry of a town says so"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Five articles that two have done, who agree on one span of two."""
    path = tmp_path / "project.db"
    with Project.create(path, who="anna") as project:
        project.apply(Edit("people", inserted([Annotator("anna"), Annotator("boris")])))
        for number in range(5):
            document = document_of(f"{TEXT} {number}")
            values: list[Any] = [document]
            for name, end in (("anna", 20), ("boris", 27)):
                layer = Layer.of(document.id, name, state="done")
                spans = ((0, 12, "actor"), (13, end, "claim"))
                values += [layer]
                values += [
                    Annotation(f"{number} {name} {start}", layer.id, (Span(start, stop),), label)
                    for start, stop, label in spans
                ]
            project.apply(Edit("work", inserted(values)))
    return path


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "_VERY_MANY", 2)
    monkeypatch.setattr(beside, "_PART", 2)


def taken(path: Path, helpers: int) -> tuple[object, ...]:
    """What is taken with so many helpers; all of it is taken back in the end."""
    with Project.open(path, who="rev") as project:
        report = finish(reviewing.accept_agreed(project, helpers=helpers))
        assert project.check() == []
        decisions = sorted(repr(each.seen) for each in project.read.decisions())
        gold = sorted(
            (one.id, one.spans, one.label)
            for each in project.read.layers()
            if each.role == "gold"
            for one in project.read.annotations(layer=each.id)
        )
        assert project.undo_name == "accept what is agreed"
        project.undo()
    return report, decisions, gold


def test_helpers_find_the_same(path: Path) -> None:
    alone = taken(path, 0)
    assert len(alone[2]) == 5  # type: ignore[arg-type]  # a list, as made above
    assert taken(path, 1) == alone


def _die(*_given: object) -> NoReturn:
    os._exit(1)


def test_a_helper_that_is_ended_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_found", _die)
    with Project.open(path, who="rev") as project:
        with pytest.raises(UserError, match="Nothing was taken"):
            finish(reviewing.accept_agreed(project, helpers=1))
        assert not list(project.read.decisions())
        assert finish(reviewing.accept_agreed(project)).agreed == 5


def test_what_a_helper_does(path: Path) -> None:
    with Project.open(path, who="rev") as project:
        ground = reviewing.ground_of(project.read, project.tagset)
        among = reviewing.reviewable(project.read, ground.rules)
        found = beside._found(path, ground, "rev", among)
    assert [each.taken for each in found] == [1] * 5


def test_a_helper_leaves_an_interruption_to_the_one_that_writes() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        beside._let_others_interrupt()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
