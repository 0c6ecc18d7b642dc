"""Starting: pictures without a screen, refusals in one sentence, and bugs that are shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.core import verbs
from annotator.core.errors import UserError
from annotator.core.span import Span
from annotator.project import Project
from annotator.ui import app
from annotator.ui.mishap import SENTENCE, Mishaps
from annotator.ui.window import Window

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_picture_is_drawn(
    tmp_path: Path, project: Project, qapp: QApplication, theme: str
) -> None:
    layer = project.layer(next(project.documents()).id)
    project.apply(verbs.mark(layer, [Span(4, 12)], "denial", fresh=True))
    project.close()
    picture = tmp_path / "picture.png"
    assert app.run(project.path, screenshot=picture, theme=theme, size=(1024, 700)) == 0
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1024, 700)


def test_the_start_page_is_drawn_where_no_file_is_named(tmp_path: Path, qapp: QApplication) -> None:
    assert app.run(None, screenshot=tmp_path / "start.png") == 0
    assert (tmp_path / "start.png").is_file()


def test_a_picture_that_cannot_be_saved_is_said(tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(UserError, match="could not be saved"):
        app.run(None, screenshot=tmp_path / "no" / "start.png")


def test_a_perspective_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="no perspective"):
        app.run(None, perspective="dreams")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_without_a_screen_the_program_ends_in_a_sentence() -> None:
    words = (
        "from annotator.ui import app\nfrom annotator.core.errors import UserError\n"
        "try: app.run(None)\nexcept UserError as error: print(error)"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", words], check=True, capture_output=True, text=True, env=kept, cwd=TOP
    )
    assert "no screen" in done.stdout
    assert done.stderr == ""


def test_the_telling_span_is_the_first_denial(window: Window) -> None:
    assert window.bench is not None
    hub = window.bench.hub
    assert hub.layer is not None
    for start, label in ((0, "actor"), (20, "claim"), (40, "denial")):
        fresh = hub.project.is_fresh(hub.layer)
        hub.apply(verbs.mark(hub.layer, [Span(start, start + 5)], label, fresh=fresh))
    app.show_off(window)
    assert hub.focused is not None
    assert hub.focused.label == "denial"


def test_a_bug_is_shown_once_with_the_promise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    shown: list[str] = []
    noted: list[str] = []
    mishaps = Mishaps(lambda: None, noted.append)
    monkeypatch.setattr(mishaps, "show", shown.append)
    for _ in range(3):
        error = ZeroDivisionError("a bug")
        mishaps.report(ZeroDivisionError, error, None)
    assert noted == [SENTENCE]
    assert "ZeroDivisionError: a bug" in shown[0]
    assert len(shown) == 1
    assert "a bug" in capsys.readouterr().err


def test_a_sentence_for_the_user_is_no_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    noted: list[str] = []
    mishaps = Mishaps(lambda: None, noted.append)
    monkeypatch.setattr(mishaps, "show", lambda _details: pytest.fail("shown as a bug"))
    for _ in range(2):
        mishaps.report(UserError, UserError("The file is locked."), None)
    assert noted == ["The file is locked."] * 2
    assert capsys.readouterr().err == ""


def test_the_details_of_a_bug_can_be_copied(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    boxes: list[QMessageBox] = []

    def choose(box: QMessageBox) -> int:
        boxes.append(box)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[-1])
    Mishaps(lambda: None, lambda _words: None).show("the trace")
    assert boxes[0].text() == SENTENCE
    assert boxes[0].detailedText() == "the trace"


def test_the_hook_is_the_programs(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    mishaps = Mishaps(lambda: None, lambda _words: None)
    mishaps.install()
    assert sys.excepthook == mishaps.report
