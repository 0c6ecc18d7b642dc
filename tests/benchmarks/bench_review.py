"""Review of many articles by three annotators: prints a table and JSON.

python tests/benchmarks/bench_review.py [--rounds 5] [--articles 2000] [--spans 30]

Measured are the time until the first conflict of the queue is known, from an open project; taking
what all agree on, in one transaction, alone and with two helpers; the next conflict after a
decision: the decision made, made durable, and the article compared anew; and the same in a window,
from the key to the next conflict painted: the middle one, the worst, and the most of the
processor's time that one took, which other programs don't add to. The floor of the first is one
SELECT of the layers, of the second bare `executemany` of the rows that it leaves, in one
transaction.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.edits import inserted
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Annotator, Document, Layer, Relation
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.project import Project
from annotator.review import deciding
from annotator.review.places import after
from annotator.settings import Settings
from annotator.transfer import finish, reviewing
from annotator.ui.doors import Doors
from annotator.ui.garbage import Garbage
from annotator.ui.theme import load_fonts
from annotator.ui.window import Window

PEOPLE = ("anna", "boris", "carla")
LABELS = ("claim", "denial", "casualty", "actor")
FIRST, ACCEPTED, NEXT = 1.0, 10.0, 0.033
"""Seconds that are wanted at most."""
THOUGHT = 0.1
"""Seconds between two keys; nobody decides faster."""
TABLES = ("decision", "annotation", "relation", "layer")
Times = dict[str, list[float]]


def made(path: Path, articles: int, spans: int) -> None:
    """A project in which three annotators have done the same articles and often differ."""
    chance = random.Random(7)
    words = " ".join(
        chance.choice(("army", "town", "of", "the", "border", "say")) for _ in range(spans * 12)
    )
    with Project.create(path, who="anna") as project, project.bring_in("bench") as intake:
        intake.add(inserted([Annotator(name) for name in PEOPLE]))
        for number in range(articles):
            text = f"{number} {words}"
            document = Document(new_id(), str(number), text, sha256(text))
            intake.add(inserted([document, *work(document, spans, chance)]))


def work(
    document: Document, spans: int, chance: random.Random
) -> list[Layer | Annotation | Relation]:
    """What three annotators have made of an article: some spans differ, some links too."""
    found: list[Layer | Annotation | Relation] = []
    step = len(document.text) // spans
    for name in PEOPLE:
        layer = Layer.of(document.id, name, state="done")
        marked = []
        for at in range(spans):
            start = at * step
            wrong = chance.random() < 1 / 30
            end = start + step - (4 if wrong and at % 2 else 1)
            label = LABELS[at % 4 if not wrong or at % 2 else 0]
            marked.append(Annotation(new_id(), layer.id, (Span(start, end),), label))
        claims = [each for each in marked if each.label == "claim"]
        actors = [each for each in marked if each.label == "actor"]
        links = [
            Relation(
                new_id(),
                layer.id,
                "source",
                claim.id,
                chance.choice(actors[:2]).id if chance.random() < 0.1 else actor.id,
            )
            for claim, actor in zip(claims, actors, strict=False)
        ]
        found += [layer, *marked, *links]
    return found


def first_conflict(path: Path) -> tuple[float, float]:
    """Seconds until the first conflict is known, and those of the floor."""
    with Project.open(path) as project:
        begun = perf_counter()
        ground = reviewing.ground_of(project.read, project.tagset)
        next(each for each in reviewing.reviewing(project.read, ground) if each.pending)
        taken = perf_counter() - begun
    connection = sqlite3.connect(path)
    begun = perf_counter()
    connection.execute("SELECT * FROM layer ORDER BY pk").fetchall()
    floor = perf_counter() - begun
    connection.close()
    return taken, floor


def accepted(path: Path, helpers: int = 0) -> tuple[float, float]:
    """Seconds for taking what all agree on, and those of writing the same rows bare."""
    bare = path.with_suffix(".bare")
    shutil.copy(path, bare)
    with Project.open(path, who="reviewer") as project:
        begun = perf_counter()
        print("  ", finish(reviewing.accept_agreed(project, helpers=helpers)).sentence())
        taken = perf_counter() - begun
    return taken, written(path, bare)


def written(path: Path, bare: Path) -> float:
    """Seconds for writing the rows, which a file has and another lacks, into that bare."""
    source = sqlite3.connect(path)
    target = sqlite3.connect(bare, isolation_level=None)
    target.execute("PRAGMA synchronous = FULL")
    rows = {}
    for table in TABLES:
        last = target.execute(f"SELECT coalesce(max(pk), 0) FROM {table}").fetchone()[0]
        rows[table] = source.execute(f"SELECT * FROM {table} WHERE pk > ?", (last,)).fetchall()
    begun = perf_counter()
    target.execute("BEGIN IMMEDIATE")
    target.execute("INSERT INTO annotator (name) VALUES ('gold'), ('reviewer')")
    for table, found in rows.items():
        if found:
            marks = ", ".join("?" * len(found[0]))
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
    target.execute("COMMIT")
    taken = perf_counter() - begun
    source.close()
    target.close()
    bare.unlink()
    return taken


def nexts(path: Path, number: int = 40) -> list[float]:
    """Seconds from a decision to the next conflict, each durable, one conflict after the other."""
    times: list[float] = []
    with Project.open(path, who="reviewer") as project:
        ground = reviewing.ground_of(project.read, project.tagset)
        for reviewed in reviewing.reviewing(project.read, ground):
            found = reviewed
            while found.pending and len(times) < number:
                begun = perf_counter()
                place = found.pending[0]
                edit = deciding.take(found, place, place.versions[0], by="reviewer")
                project.apply(edit)
                found = after(found, edit)
                times.append(perf_counter() - begun)
            if len(times) >= number:
                break
    return times


def painted(path: Path, number: int = 60) -> tuple[list[float], list[float]]:
    """Seconds from a key to the next conflict painted in a window, and those of the processor."""
    garbage = Garbage()  # as in the program: it doesn't collect while one types
    window = Window(Doors.usual(ExitStack()), Settings(theme="light"), None)
    window.resize(1440, 900)
    window.take_project(Project.open(path, who="reviewer"))
    window.show()
    window.show_perspective("review")
    assert window.bench is not None
    view = window.bench.shown.text
    assert view is not None
    view.setFocus()
    rest = perf_counter() + 2.0
    while perf_counter() < rest:
        QApplication.processEvents()
    times, busy = [], []
    for _ in range(number):
        rest = perf_counter() + THOUGHT
        while perf_counter() < rest:
            QApplication.processEvents()
        garbage.wait()
        begun, worked = perf_counter(), process_time()
        QTest.keyClick(view, Qt.Key.Key_1)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        times.append(perf_counter() - begun)
        busy.append(process_time() - worked)
    window.close()
    garbage.close()
    return times, busy


def main() -> None:
    """Measure, and print."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--articles", type=int, default=2_000)
    options.add_argument("--spans", type=int, default=30)
    asked = options.parse_args()
    times: Times = {}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.db"
        made(full, asked.articles, asked.spans)
        for _ in range(asked.rounds):
            path = Path(folder) / "round.db"
            shutil.copy(full, path)
            measure(times, "first conflict", first_conflict(path))
            measure(times, "accept agreed", accepted(path))
            times.setdefault("next conflict", []).append(statistics.median(nexts(path)))
            durations, busy = painted(path)
            times.setdefault("next painted", []).append(statistics.median(durations))
            times.setdefault("worst painted", []).append(max(durations))
            times.setdefault("its own time", []).append(max(busy))
            shutil.copy(full, path)
            measure(times, "agreed, helped", accepted(path, helpers=2))
            path.unlink()
    report(times, asked)


def measure(times: Times, name: str, found: tuple[float, float]) -> None:
    """Note what a run took, and its floor."""
    taken, floor = found
    times.setdefault(name, []).append(taken)
    times.setdefault(f"{name}, floor", []).append(floor)


def report(times: Times, asked: argparse.Namespace) -> None:
    """Print a table and JSON."""
    wanted = {
        "first conflict": FIRST,
        "accept agreed": ACCEPTED,
        "agreed, helped": ACCEPTED,
        **dict.fromkeys(("next conflict", "next painted", "worst painted", "its own time"), NEXT),
    }
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"{asked.articles:,} articles, three annotators, {asked.spans} spans each; medians")
    for name, limit in wanted.items():
        floor = middle.get(f"{name}, floor")
        ratio = f"{middle[name] / floor:6.1f} times the floor" if floor else ""
        print(f"{name:16} {middle[name] * 1000:10.1f} ms (wanted {limit * 1000:,.0f}) {ratio}")
    print(json.dumps({"articles": asked.articles, "spans": asked.spans, "seconds": middle}))


if __name__ == "__main__":
    main()
