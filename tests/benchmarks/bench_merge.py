"""A merge of many annotations against bare `executemany` of the same rows: a table and JSON.

python tests/benchmarks/bench_merge.py [--rounds 5] [--annotations 200000] [--articles 2000]

The file that is merged is a copy of the project in which an annotator has worked since. The floor
writes the rows that the merge leaves in `layer` and `annotation`, ready in memory, into a copy of
the same project: the same indexes and triggers, one durable transaction. The merge also opens the
other file, proves it, backs the project up, and keeps the other journal.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from annotator.core.edits import Edit, inserted
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Layer
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.merging import merge
from tests.strategies import document_of

TABLES = ("layer", "annotation")
SENTENCE = "Yerevan denied that 14 soldiers were killed, the Ministry of Defense said. "


class Bench:
    """A folder with a project, the file that is merged into it, and the rows that brings."""

    def __init__(self, folder: Path, articles: int, annotations: int) -> None:
        self.project = folder / "project.db"
        self.other = folder / "mira.db"
        self.target = folder / "target.db"
        self.times: dict[str, list[float]] = {}
        with Project.create(self.project, who="bench") as project:
            documents = [document_of(f"Report {n}. {SENTENCE * 20}") for n in range(articles)]
            project.apply(Edit("import", inserted(documents)))
        shutil.copyfile(self.project, self.other)
        with Project.open(self.other, who="mira") as project, project.bring_in("work") as intake:
            for document in documents:
                layer = Layer.of(document.id, "mira", state="done")
                spans = (Span(n, n + 7) for n in range(annotations // articles))
                made = (Annotation(new_id(), layer.id, (span,), "claim") for span in spans)
                intake.add(inserted([layer, *made]))
        self.rows = [rows_of(self.other, table) for table in TABLES]

    def fresh(self) -> Path:
        """A copy of the project."""
        return Path(shutil.copyfile(self.project, self.target))

    def bare(self, path: Path) -> None:
        """The floor."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for sql, rows in self.rows:
            connection.executemany(sql, rows)
        connection.execute("COMMIT")
        connection.close()

    def merge(self, path: Path) -> None:
        """The merge."""
        with Project.open(path, who="bench") as project:
            finish(merge(project, [self.other]))
        for copy in path.parent.glob("*.backup-*"):
            copy.unlink()

    def round(self) -> None:
        """Measure everything once."""
        self.measure("executemany", self.bare, self.fresh())
        self.measure("merge", self.merge, self.fresh())
        self.measure("merge again", self.merge, self.target)
        self.measure("undo", undo, self.target)

    def measure(self, name: str, work: Callable[[Path], None], path: Path) -> None:
        """Note how long it takes, in milliseconds."""
        start = perf_counter()
        work(path)
        self.times.setdefault(name, []).append((perf_counter() - start) * 1000)


def undo(path: Path) -> None:
    """Take the merge back."""
    with Project.open(path, who="bench") as project:
        assert project.undo() is not None


def rows_of(path: Path, table: str) -> tuple[str, list[tuple[object, ...]]]:
    """The INSERT and the rows of a table."""
    connection = sqlite3.connect(path)
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    connection.close()
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--annotations", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.articles, options.annotations)
        for _ in range(options.rounds):
            bench.round()
    floor = statistics.median(bench.times["executemany"])
    results = {}
    print(f"{'':12} {'ms':>9} {'worst':>9} {'ratio':>6}")
    for name, times in bench.times.items():
        mine = statistics.median(times)
        results[name] = {"ms": mine, "worst": max(times), "ratio": mine / floor}
        print(f"{name:12} {mine:9.1f} {max(times):9.1f} {mine / floor:6.2f}")
    told = {"annotations": options.annotations, "median of": options.rounds, **results}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
