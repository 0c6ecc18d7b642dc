"""What another program writes to the file shows in the window, as if it had been done there."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Layer
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui import hub as hub_module
from annotator.ui.window import Window
from tests.ui.conftest import document


def test_what_another_program_tags_appears(qtbot: QtBot, window: Window, project: Project) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    assert hub.document is not None
    window.bench._look.setInterval(20)  # nobody waits here
    with Project.open(project.path, who="ann") as other:
        layer = other.layer(hub.document.id)
        edit = other.apply(verbs.mark(layer, [Span(0, 3)], "actor", fresh=other.is_fresh(layer)))
        qtbot.waitUntil(lambda: len(hub.annotations) == 1)
        (name,) = (change.id for change in edit.touched("annotation"))
        assert window.bench.article.view.ordered() == [name]
        other.undo()
        qtbot.waitUntil(lambda: not hub.annotations)
    assert window.bench.article.view.ordered() == []


def test_own_edits_are_not_taken_for_anothers(window: Window) -> None:
    assert window.bench is not None
    window.bench.desk.tag("claim")
    assert not window.bench.hub.project.look()


def test_undone_done_leads_back_to_where_the_caret_was(window: Window) -> None:
    assert window.bench is not None
    hub, view = window.bench.hub, window.bench.article.view
    first = hub.document
    view.put_caret(60)
    window.bench.annotate.done_next()
    assert hub.document != first
    assert view.caret() == 0
    hub.undo()
    assert hub.document == first
    assert view.caret() == 60


def test_undo_of_much_leads_to_the_first_place_or_stays(window: Window) -> None:
    assert window.bench is not None
    hub, layer = window.bench.hub, window.bench.hub.layer
    shown: list[Span] = []
    assert layer is not None
    made = [Annotation(f"a{each}", layer.id, (Span(each, each + 3),), "actor") for each in (0, 9)]
    hub.apply(Edit("tag", (*verbs.opened(layer, fresh=True), *inserted(made))))
    hub.shown.connect(shown.append)
    changes = [Change(each, replace(each, note="x")) for each in made]
    hub.apply(Edit("merge", tuple(changes)))
    hub.undo()
    assert hub.focused is not None
    assert (hub.focused.id, shown) == ("a0", [Span(0, 3)])
    hub.focus("a9")
    hub.redo()
    assert (hub.focused.id, shown) == ("a9", [Span(0, 3), Span(9, 12)])


def test_article_that_another_program_removes_is_closed(window: Window, project: Project) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    with Project.open(project.path, who="ann") as other:
        assert other.undo() is not None  # the import
    hub.look()
    assert hub.document is None


def test_article_whose_import_is_taken_back_is_closed_until_it_is_back(window: Window) -> None:
    assert window.bench is not None
    hub, view = window.bench.hub, window.bench.article.view
    window.step_article(1)
    assert hub.document is not None
    name, text = hub.document.id, view.toPlainText()
    hub.undo()
    said = "Undone: import articles – Ctrl+Shift+Z brings it back."
    assert window.bench.status.message.text() == said
    assert hub.document is None
    assert hub.layer is None
    assert view.toPlainText() == ""
    hub.redo()
    documents = window.bench.documents
    assert documents.model.rowCount() == 3
    assert (hub.document.id, view.toPlainText()) == (name, text)
    assert documents.current_row() == documents.list.currentIndex().row() == 1
    assert window.bench.status.place.text().startswith("¶")


def test_another_article_is_opened_where_the_last_import_is_taken_back(window: Window) -> None:
    assert window.bench is not None
    hub, documents = window.bench.hub, window.bench.documents
    added = document(4)
    first = documents.model.listing(0)
    hub.apply(Edit("import one more", inserted([added])))
    hub.open_document(added.id)
    hub.undo()
    assert hub.document is not None
    assert first is not None
    assert hub.document.id == first.id
    assert documents.list.currentIndex().row() == 0


@pytest.mark.parametrize("elsewhere", [True, False])
def test_the_work_goes_on_in_the_newest_round(
    window: Window,
    project: Project,
    elsewhere: bool,
) -> None:
    assert window.bench is not None
    hub, view = window.bench.hub, window.bench.article.view
    assert hub.document is not None
    assert hub.layer is not None
    first = hub.project.apply(verbs.mark(hub.layer, [Span(0, 3)], "actor", fresh=True))
    (old,) = (change.id for change in first.touched("annotation"))
    assert view.ordered() == [old]
    layer = Layer.of(hub.document.id, "ann", round_=2)
    second = verbs.mark(layer, [Span(4, 12)], "claim", fresh=True)
    (new,) = (change.id for change in second.touched("annotation"))
    if elsewhere:
        with Project.open(project.path, who="ann") as other:
            other.apply(second)
        hub.look()
    else:
        hub.apply(second)
    assert hub.layer.id == layer.id
    assert view.ordered() == [new]
    assert window.bench.inspector.counts.numbers == {"claim": 1}
    hub.undo()
    assert view.ordered() == [old]
    assert window.bench.inspector.counts.numbers == {"actor": 1}


def test_failure_to_look_is_told(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.bench is not None
    hub, told = window.bench.hub, list[str]()
    hub.failed.connect(told.append)

    def fail() -> bool:
        raise UserError("The file is gone.")

    monkeypatch.setattr(hub.project, "look", fail)
    hub.look()
    assert told == ["The file is gone."]


def test_edit_that_tells_no_changes_is_read_again(window: Window) -> None:
    assert window.bench is not None
    hub, seen = window.bench.hub, list[Edit]()
    hub.changed.connect(seen.append)
    hub.project._tell(Edit("import", ()))
    assert seen == [Edit("import", ())]


def test_a_long_undo_runs_as_a_job_and_can_be_cancelled(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MUCH", 2)
    assert window.bench is not None
    bench, hub = window.bench, window.bench.hub
    before = len(list(hub.project.documents()))
    hub.undo()
    assert bench.job is not None
    bench.job.dialog.canceled.emit()
    assert len(list(hub.project.documents())) == before
    assert bench.status.message.text() == "Cancelled; nothing of it was kept."
    hub.undo()
    qtbot.waitUntil(lambda: not list(hub.project.documents()))
    assert hub.document is None
    hub.redo()
    qtbot.waitUntil(lambda: hub.document is not None)
    assert len(list(hub.project.documents())) == before
    assert hub.project.check() == []
