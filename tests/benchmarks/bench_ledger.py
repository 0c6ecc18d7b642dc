"""The ledger of a corpus: to the first articles of it, and to all; prints a table and JSON.

python tests/benchmarks/bench_ledger.py [--rounds 5] [--annotations 100000] [--project kept.db]

The articles have the sample's gold layer; every second one has words of its own, of the same
length, the others repeat the sample. The floor is bare sqlite3 reading the same rows.
"""

import argparse
import json
import random
import re
import sqlite3
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import perf_counter

from annotator import paths
from annotator.core.edits import inserted
from annotator.core.ids import inner_id, layer_id
from annotator.core.model import Annotator, Value
from annotator.core.text import sha256
from annotator.formats.base import Source
from annotator.ledger.joining import ledger
from annotator.ledger.values import Ledger
from annotator.project import Project
from annotator.transfer import finish, import_sources
from annotator.transfer.ledgers import layers_of, ledger_of, pages

BUDGET = 1_000.0
"""Milliseconds in which a corpus of 100,000 annotations opens."""


def build(path: Path, annotations: int) -> None:
    """A project with as many annotations, in copies of the sample."""
    gold = paths.resources() / "sample" / "gold.jsonl"
    with tempfile.TemporaryDirectory() as folder, Project.create(path, who="bench") as project:
        with Project.create(Path(folder) / "one.db", who="bench") as one:
            finish(import_sources(one, [Source(gold.name, gold)]))
            document = next(one.documents())
            layer = next(one.read.layers())
            work = next(one.read.works([layer]))
            entities = list(one.read.entities())
        dice = random.Random(1)
        with project.bring_in("bench") as intake:
            intake.add(inserted([Annotator("gold"), *entities]))
            for number in range(-(-annotations // len(work.annotations))):
                name = f"article {number}"
                text = other_words(document.text, dice) if number % 2 else document.text
                day = f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}"
                mine = replace(layer, id=layer_id(name, "gold", "gold", 1), document=name)
                values: list[Value] = [
                    replace(document, id=name, text=text, sha256=sha256(text), published=day),
                    mine,
                ]
                values += [
                    replace(each, id=inner_id(mine.id, each.id), layer=mine.id)
                    for each in work.annotations
                ]
                values += [
                    replace(
                        each,
                        id=inner_id(mine.id, each.id),
                        layer=mine.id,
                        source=inner_id(mine.id, each.source),
                        target=inner_id(mine.id, each.target),
                    )
                    for each in work.relations
                ]
                intake.add(inserted(values))


def other_words(text: str, dice: random.Random) -> str:
    """The text with other letters in its longer words."""
    return re.sub(
        r"[a-z]{4,}", lambda found: "".join(dice.choices("aeioulnrst", k=len(found[0]))), text
    )


def bare(path: Path) -> int:
    """Read the rows that the ledger needs with bare sqlite3, and their JSON; how many."""
    with sqlite3.connect(path) as connection:
        sql = 'SELECT attributes, id, layer, "start", "end", fragments, label, note, meta'
        rows = connection.execute(f"{sql} FROM annotation ORDER BY layer")
        found = [(row, json.loads(row[0])) for row in rows]
        links = connection.execute("SELECT * FROM relation ORDER BY layer").fetchall()
        documents = connection.execute("SELECT * FROM document").fetchall()
    return len(found) + len(links) + len(documents)


def first(project: Project) -> Ledger:
    """The ledger of the first 64 articles, which is what a window shows at once."""
    with project.snapshot() as read:
        return ledger(islice(pages(read, layers_of(read)), 64))


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(1_000 * (perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--annotations", type=int, default=100_000)
    parser.add_argument("--project", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.project or Path(folder) / "bench.db"
        if not path.exists():
            build(path, given.annotations)
        with Project.open(path, who="bench") as project:
            figures = {
                "floor": timed(lambda: bare(path), given.rounds),
                "first": timed(lambda: first(project), given.rounds),
                "all": timed(lambda: finish(ledger_of(project)), given.rounds),
            }
    for name, value in figures.items():
        print(f"{name:<8} {value:8.0f} ms  {value / figures['floor']:5.2f} of the floor")
    print(json.dumps({**figures, "budget": BUDGET}))


if __name__ == "__main__":
    main()
