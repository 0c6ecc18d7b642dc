"""The list of a million articles: first page, search, counts, next one; prints a table and JSON.

python tests/benchmarks/bench_list.py [--rounds 5] [--articles 1000000] [--project kept.db]

The articles are small, written by bare SQL through the file's own triggers; a tenth of them has
work of one annotator or two on it, and one in twenty is Chinese. Each figure is the time to an
answer: `first` to the first page on which something stands, `all` to the last row number, which a
window gets in slices between events.
"""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from annotator.core.ids import layer_id, new_id
from annotator.core.query import ORDERS, Order, Query, parse
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.store.signs import cut

BUDGET = 50.0
"""Milliseconds to the first page of a list or search, to counts and progress."""
PAGE = 100
WHO = "bench"
STATES = ("open", "open", "question", "done", "done", "done")
SEARCHES = {
    "rare word": "rare7",
    "frequent word": "soldier",
    "phrase": '"soldier said"',
    "two frequent": "soldier ministry",
    "Chinese": "北京",
    "Chinese, rare": "珍稀",
    "negation": "soldier -ministry",
    "state:question": "state:question",
    "state:new": "state:new",
    "label:claim": "label:claim",
    "source:": "source:agency3",
    "note:": "note:",
    "words and facets": "soldier label:claim state:done",
}


def articles(count: int) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Rows of small articles, a few letters of each their own."""
    dice = random.Random(1)
    frequent = ["soldier", "ministry", "said", "denied", "border", "army", "killed", "the", "of"]
    others = [f"word{number}" for number in range(20_000)]
    han = [chr(0x4E00 + dice.randrange(20_000)) for _ in range(3_000)]
    weights = [1 / (rank + 10) for rank in range(len(han))]
    for number in range(count):
        if number % 20 == 7:
            text = "".join(dice.choices(han, weights, k=60))
            text += ("" if number % 3 else "北京") + ("珍稀" if number % 10_007 == 0 else "")
        else:
            words = dice.choices(frequent, k=20) + dice.choices(others, k=10)
            text = f"{' '.join(words)} rare{number // 40}."
        day = f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 9 else ""
        note = "look again" if number % 5_000 == 3 else ""
        title = f"{dice.choice(others)} {number}"
        language = "zh" if number % 20 == 7 else "en"
        yield new_id(), title, text, f"agency{number % 50}", day, language, note


def build(path: Path, count: int) -> None:
    """A project of so many articles."""
    Project.create(path, who=WHO).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO annotator (name) VALUES (?)", [(WHO,), ("mira",)])
    insert = (
        "INSERT INTO document (id, title, text, sha256, source, published, language, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    worked = []
    for number, (id_, title, text, *rest) in enumerate(articles(count)):
        row = connection.execute(insert, (id_, title, text, f"{number:064}", *rest)).lastrowid
        if cut(text) != text:
            values = (row, title, cut(text))
            connection.execute(
                "INSERT INTO document_cut (pk, title, text) VALUES (?, ?, ?)", values
            )
        if number % 10 == 0:
            worked.append(id_)
    work(connection, worked)
    connection.execute("COMMIT")
    connection.close()


def work(connection: sqlite3.Connection, documents: list[str]) -> None:
    """Layers and annotations of one annotator on these articles, of a second on a tenth of them."""
    layer = (
        "INSERT INTO layer (id, document, annotator, role, round, state, tagset)"
        " VALUES (?, ?, ?, 'annotator', 1, ?, 1)"
    )
    span = 'INSERT INTO annotation (id, layer, "start", "end", label) VALUES (?, ?, ?, ?, ?)'
    for number, document in enumerate(documents):
        for who in (WHO, "mira") if number % 10 == 0 else (WHO,):
            id_ = layer_id(document, who, "annotator", 1)
            connection.execute(layer, (id_, document, who, STATES[number % 6]))
            for place, label in enumerate(("claim", "denial", "actor")[: number % 4]):
                start = place * 10 + (who == "mira" and number % 3 == 0)
                connection.execute(span, (new_id(), id_, start, start + 5, label))


class Bench:
    """A project, and what was measured on it."""

    def __init__(self, read: Reader, rounds: int) -> None:
        self.read = read
        self.rounds = rounds
        self.results: dict[str, dict[str, float]] = {}

    def measure(self, name: str, work: Callable[[], object]) -> None:
        """The time of some work, in milliseconds."""
        times = []
        for _ in range(self.rounds):
            start = perf_counter()
            work()
            times.append((perf_counter() - start) * 1000)
        self.note(name, first=statistics.median(times), worst=max(times))

    def walk(self, name: str, query: Query, order: Order) -> list[int]:
        """The time to the first page and to the last row number of a list; its row numbers."""
        firsts, totals, longest = [], [], 0.0
        numbers: list[int] = []
        for _ in range(self.rounds):
            numbers, first = [], 0.0
            start = perf_counter()
            for block in self.timed(self.read.found(WHO, query, order)):
                numbers += block[0]
                longest = max(longest, block[1])
                if numbers and not first:
                    self.read.listing(WHO, numbers[:PAGE])
                    first = perf_counter() - start
            totals.append((perf_counter() - start) * 1000)
            firsts.append(first * 1000)
        self.note(
            name,
            first=statistics.median(firsts),
            worst=max(firsts),
            all=statistics.median(totals),
            slice=longest * 1000,
            found=len(numbers),
        )
        return numbers

    def timed(self, blocks: Iterator[list[int]]) -> Iterator[tuple[list[int], float]]:
        """Each block with the seconds that it took."""
        start = perf_counter()
        for block in blocks:
            yield block, perf_counter() - start
            start = perf_counter()

    def note(self, name: str, **figures: float) -> None:
        """Keep and print a line of the table."""
        self.results[name] = figures
        cells = (figures.get(each) for each in ("first", "worst", "all", "slice", "found"))
        line = "".join(f"{'' if each is None else f'{each:,.1f}':>12}" for each in cells)
        over = "  over budget" if figures["first"] > BUDGET else ""
        print(f"{name:26}{line}{over}", flush=True)


def measure(bench: Bench) -> None:
    """All of it."""
    read = bench.read
    numbers = bench.walk("all, as imported", Query(), Order())
    for by in ORDERS[1:-1]:
        bench.walk(f"all, by {by}", Query(), Order(by))
        bench.walk(f"all, by {by}, back", Query(), Order(by, descending=True))
    for name, typed in SEARCHES.items():
        bench.walk(f"search {name}", parse(typed), Order("best"))
    bench.walk("search rare, by title", parse("rare7"), Order("title"))
    bench.walk("search phrase, by date", parse('"ministry ministry said"'), Order("date"))
    half = len(numbers) // 2
    bench.measure("page in the middle", lambda: read.listing(WHO, numbers[half : half + PAGE]))
    bench.measure("page at the end", lambda: read.listing(WHO, numbers[-PAGE:]))
    bench.measure("count", read.count_documents)
    bench.measure("progress", lambda: read.progress(WHO))
    bench.measure("next not done", lambda: read.first_not_done(WHO, numbers[half : half + 1000]))
    last = read.listing(WHO, numbers[-1:])[0].id
    bench.measure("place of an article", lambda: numbers.index(read.row_number(last) or 0))
    bench.measure("sources to complete", lambda: read.facet_values("source"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--project", type=Path, help="made there, or used if it exists")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.project or Path(folder) / "list.db"
        if not path.exists():
            start = perf_counter()
            build(path, options.articles)
            print(f"built in {perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'ms':26}{'first page':>12}{'worst':>12}{'all':>12}{'slice':>12}{'found':>12}")
        with Project.open(path, who=WHO) as project:
            bench = Bench(project.read, options.rounds)
            measure(bench)
        print(json.dumps({"budget": BUDGET, "median of": options.rounds, **bench.results}))


if __name__ == "__main__":
    main()
