"""From a key to its effect painted and durable, in a real window: prints a table and JSON.

python tests/benchmarks/bench_keys.py [--presses 60] [--kilobytes 1000] [--spans 20000]

The floor is what can't be avoided: the stock widget's key to painted, and one durable commit. A
press counts until the window has no event left, so that what follows (inspector, list, status bar)
counts too.
"""

import argparse
import json
import os
import sqlite3
import statistics
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.edits import Edit, inserted
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Document, Layer
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.settings import Settings, ThemeChoice
from annotator.ui.article.look import plain_look
from annotator.ui.doors import Doors
from annotator.ui.theme import load_fonts
from annotator.ui.window import Window
from tests.benchmarks.bench_article import Floor, corpus

BUDGET = 1.5
MEDIAN, WORST = 16.0, 33.0
"""Milliseconds."""
THEMES: tuple[ThemeChoice, ...] = ("light", "dark", "contrast")
Times = dict[str, list[tuple[float, float]]]
"""Milliseconds by kind of key: by the clock, and of this process's own work."""


def made_project(path: Path, kilobytes: int, count: int) -> Project:
    """A project of one article of this size with `count` annotations."""
    reading, annotations = corpus(kilobytes, count)
    document = Document(new_id(), "Long", reading.text, sha256(reading.text))
    with Project.create(path, who="ann") as project:
        project.apply(Edit("import", inserted([document])))
        layer = Layer.of(document.id, "ann", state="open")
        mine = [Annotation(new_id(), layer.id, each.spans, each.label) for each in annotations]
        project.apply(Edit("tag", inserted([layer, *mine])))
    return Project.open(path, who="ann")


class Keys:
    """Presses keys and keeps the milliseconds that each kind took."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.times: Times = {}

    def press(
        self,
        name: str,
        widget: QWidget,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """One key, until everything is painted."""
        began, worked = perf_counter(), process_time()
        QTest.keyClick(widget, key, held)
        then()
        self._app.processEvents()
        spent = (perf_counter() - began) * 1000, (process_time() - worked) * 1000
        self.times.setdefault(name, []).append(spent)


def press_on_floor(keys: Keys, folder: Path, text: str, presses: int) -> None:
    """Shift+Down in the stock widget, and one row in a file of the same kind."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    floor = Floor(plain_look(app.palette(), app.font()))
    floor.resize(900, 860)
    floor.load(text)
    floor.show()
    app.processEvents()
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a TEXT, b TEXT)"
    )
    held = Qt.KeyboardModifier.ShiftModifier
    for number in range(presses):
        row = (str(number), "x" * 200)
        commit = lambda row=row: connection.execute("INSERT INTO t VALUES (?, ?)", row)  # noqa: E731  (it stands for one commit)
        keys.press("floor", floor, Qt.Key.Key_Down, held, commit)
    connection.close()
    (folder / "floor.db").unlink()
    floor.close()
    floor.deleteLater()


def press_in_window(keys: Keys, window: Window, presses: int) -> None:
    """Tag a selection, go to the next span, take the tag back; all over the article."""
    view = window.desk.view
    text = view._reading.text
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for number in range(presses):
        start = len(text) * number // presses
        start = text.index(" ", start) + 1
        view.select(Span(start, text.index(" ", start + 20)))
        view.show_position(start)
        app.processEvents()
        keys.press("tag", view, (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)[number % 3])
        keys.press("next span", view, Qt.Key.Key_Down, alt)
        keys.press("undo", view, Qt.Key.Key_Z, control)


def measured(app: QApplication, folder: Path, options: argparse.Namespace) -> dict[str, Times]:
    """The times of all kinds of keys, by theme."""
    path = folder / "keys.db"
    made_project(path, options.kilobytes, options.spans).close()
    found: dict[str, Times] = {}
    for theme in THEMES:
        keys = Keys(app)
        text = corpus(options.kilobytes, 1)[0].shown
        press_on_floor(keys, folder, text, options.presses)
        window = Window(Doors.usual(ExitStack()), Settings(theme=theme), None)
        window.resize(1440, 900)
        window.take_project(Project.open(path, who="ann"))
        window.show()
        window.activateWindow()
        view = window.desk.view
        view.setFocus()
        while not view._index.complete:
            app.processEvents()
        press_in_window(Keys(app), window, 3)
        press_in_window(keys, window, options.presses)
        assert len(window.desk.hub.annotations) == options.spans, "each tag was taken back"
        found[theme] = keys.times
        window.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--presses", type=int, default=60)
    parser.add_argument("--kilobytes", type=int, default=1000)
    parser.add_argument("--spans", type=int, default=20_000)
    options = parser.parse_args()
    app = QApplication([])
    app.setStyle("Fusion")
    load_fonts()
    results: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'theme':9} {'key':10} {'median ms':>9} {'worst':>7} {'ratio':>6} {'own':>6}  budgets")
    with TemporaryDirectory() as folder:
        for theme, times in measured(app, Path(folder), options).items():
            low = statistics.median(wall for wall, _ in times["floor"])
            results[theme] = {}
            for name, each in times.items():
                median, worst = statistics.median(wall for wall, _ in each), max(each)[0]
                own = statistics.median(work for _, work in each)
                ratio = median / low
                results[theme][name] = {"median": median, "worst": worst, "own": own}
                figures = f"{median:9.2f} {worst:7.2f} {ratio:6.2f} {own:6.2f}"
                budgets = "" if name == "floor" else f"{MEDIAN:.0f} / {WORST:.0f} / {BUDGET}"
                print(f"{theme:9} {name:10} {figures}  {budgets}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
