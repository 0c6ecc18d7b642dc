"""The import of articles against bare `executemany` of the same rows: prints a table and JSON.

python tests/benchmarks/bench_import.py [--rounds 7] [--articles 1000] [--kilobytes 4]

The floor writes the rows that the import leaves in `document`, ready in memory, into a copy of the
same empty project: the same indexes, triggers and full-text search, one durable transaction. In the
second line both are whole processes, the floor one that imports nothing but sqlite3 and json.
"""

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from annotator.project import Project
from annotator.transfer import finish, import_sources, sources

SEED = Path(__file__).parents[2] / "seeds" / "000_fd73173760f4400c.txt"
BUDGET = 3.0
TARGET = 1.25
BARE = """
import json, sqlite3, sys
rows = json.load(open(sys.argv[2], encoding="utf-8"))
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA foreign_keys = ON")
connection.execute("PRAGMA synchronous = FULL")
connection.execute("BEGIN IMMEDIATE")
connection.executemany(rows["sql"], rows["rows"])
connection.execute("COMMIT")
connection.close()
"""


class Bench:
    """A folder with the articles, an empty project, and the rows that an import makes of them."""

    def __init__(self, folder: Path, articles: int, size: int) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.empty = folder / "empty.db"
        self.rows = folder / "rows.json"
        self.times: dict[str, tuple[list[float], list[float]]] = {}
        write_articles(self.articles, articles, size)
        Project.create(self.empty, who="bench").close()
        self.table = self.prepare_rows(articles)

    def prepare_rows(self, articles: int) -> tuple[str, list[tuple[object, ...]]]:
        """The INSERT and the rows of a project into which the articles were imported."""
        path = self.fresh()
        self.bring_in(path)
        connection = sqlite3.connect(path)
        cursor = connection.execute("SELECT * FROM document")
        columns = [each[0] for each in cursor.description]
        rows = cursor.fetchall()
        connection.close()
        assert len(rows) == articles
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO document ({', '.join(columns)}) VALUES ({marks})"
        self.rows.write_text(json.dumps({"sql": sql, "rows": rows}), encoding="utf-8")
        return sql, rows

    def fresh(self) -> Path:
        """A copy of the empty project."""
        path = self.folder / "project.db"
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        return Path(shutil.copyfile(self.empty, path))

    def bring_in(self, path: Path) -> None:
        """The import, in this process."""
        with Project.open(path, who="bench") as project:
            finish(import_sources(project, sources([self.articles], but=path)))

    def bare(self, path: Path) -> None:
        """The floor, in this process."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(*self.table)
        connection.execute("COMMIT")
        connection.close()

    def bring_in_process(self, path: Path) -> None:
        """The import as a person runs it."""
        words = ["-m", "annotator", "import", str(path), str(self.articles), "--json"]
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)

    def bare_process(self, path: Path) -> None:
        """The floor as a process."""
        subprocess.run([sys.executable, "-c", BARE, str(path), str(self.rows)], check=True)

    def round(self) -> None:
        """Measure everything once, floors and imports in turn."""
        for name, floor, ours in (
            ("in one process", self.bare, self.bring_in),
            ("whole process", self.bare_process, self.bring_in_process),
        ):
            low, high = self.times.setdefault(name, ([], []))
            low.append(timed(floor, self.fresh()))
            high.append(timed(ours, self.fresh()))


def write_articles(folder: Path, count: int, size: int) -> None:
    """`count` articles of some `size` characters, all different, made of the sample's sentences."""
    folder.mkdir()
    sentences = SEED.read_text(encoding="utf-8").replace("\n", " ").split(". ")
    dice = random.Random(1)
    for number in range(count):
        text = f"Report {number}.\n\n"
        while len(text) < size:
            text += dice.choice(sentences) + (".\n\n" if dice.random() < 0.2 else ". ")
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def timed(work: Callable[[Path], None], path: Path) -> float:
    """Milliseconds."""
    start = perf_counter()
    work(path)
    return (perf_counter() - start) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kilobytes", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.articles, options.kilobytes * 1000)
        for _ in range(options.rounds):
            bench.round()
    results = {}
    print(f"{'import':16} {'floor ms':>9} {'ours ms':>9} {'worst':>7} {'ratio':>6} {'budget':>7}")
    for name, (floor, ours) in bench.times.items():
        low, mine = statistics.median(floor), statistics.median(ours)
        results[name] = {"floor": low, "ours": mine, "worst": max(ours), "ratio": mine / low}
        print(f"{name:16} {low:9.1f} {mine:9.1f} {max(ours):7.1f} {mine / low:6.2f} {BUDGET:7}")
    print(json.dumps({"budget": BUDGET, "target": TARGET, "median of": options.rounds, **results}))


if __name__ == "__main__":
    main()
