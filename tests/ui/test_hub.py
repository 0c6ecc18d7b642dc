"""What another program writes to the file shows in the window, as if it had been done there."""

import pytest
from pytestqt.qtbot import QtBot

from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.errors import UserError
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui.window import Window


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


def test_article_that_another_program_removes_is_closed(window: Window, project: Project) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    with Project.open(project.path, who="ann") as other:
        assert other.undo() is not None  # the import
    hub.look()
    assert hub.document is None


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
