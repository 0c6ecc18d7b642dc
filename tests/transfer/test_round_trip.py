"""What goes out comes in again: every value, from any project."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.edits import Edit, inserted
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps
from annotator.project import Project
from tests.corpora import annotation, corpora, document, fill, layer, values_of
from tests.rows import looked_at
from tests.strategies import Gesture, done, edit_of, examples, gestures
from tests.transfer.helpers import bring, export, records


@examples(20)
@given(corpora())
def test_every_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("there")
    tagset, values = corpus
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        export(project, folder / "all.jsonl")
        before = values_of(project)
    with Project.create(folder / "b.db", who="ada") as project:
        report = bring(project, folder / "all.jsonl")
        assert (report.problems, report.added) == ((), ())
        after = values_of(project)
        if "1" not in before["tagset"]:
            after["tagset"].pop("1")  # the one that a new project begins with
        assert after == before
        assert project.check() == []
        state = looked_at(project.path)
        again = bring(project, folder / "all.jsonl")
        assert (again.documents, again.annotations, again.problems) == (0, 0, ())
        assert again.duplicates == report.documents
        assert looked_at(project.path) == state


@settings(max_examples=15)
@given(st.lists(gestures(), max_size=40))
def test_work_comes_back(tmp_path_factory: pytest.TempPathFactory, work: list[Gesture]) -> None:
    folder = tmp_path_factory.mktemp("work")
    with Project.create(folder / "a.db", who="ada") as project:
        for gesture in work:
            if not _is_twin(project, edit_of(project, gesture)):
                done(project, gesture)
        if project.read.annotator("ada") is None:
            return
        export(project, folder / "all.jsonl")
        before = values_of(project)
    with Project.create(folder / "b.db", who="ada") as project:
        bring(project, folder / "all.jsonl")
        assert values_of(project) == before
        assert project.check() == []
        project.undo()
        assert project.read.counts() == dict.fromkeys(project.read.counts(), 0)
        assert project.check() == []
        project.redo()
        assert values_of(project) == before
        assert project.check() == []


def _is_twin(project: Project, edit: Edit | None) -> bool:
    """Whether an article with this text is there: an import would take both for one."""
    added = [each.after for each in edit.touched("document")] if edit else []
    known = {each.sha256 for each in project.documents()}
    return any(getattr(each, "sha256", "") in known for each in added)


def test_older_versions_of_the_tag_set_come_back(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.db", who="ada") as project:
        bring(project, records(tmp_path / "a", document(layer(annotation("x", 0, 7)))))
        newer = replace(project.tagset, version=2, labels=project.tagset.labels[:1], relations=())
        with project.bring_in("newer") as intake:
            version = next(project.read.tagsets())
            row = replace(version, version=2, toml=dumps(newer))
            intake.add(Edit("", inserted([row])).changes)
        assert [each.name for each in project.tagset.labels] == ["claim"]
        export(project, tmp_path / "all.jsonl")
        before = values_of(project)
    with Project.create(tmp_path / "b.db", who="ada") as project:
        report = bring(project, tmp_path / "all.jsonl")
        assert (report.problems, report.added) == ((), ())  # version 1 allows what version 2 lacks
        assert values_of(project) == before
