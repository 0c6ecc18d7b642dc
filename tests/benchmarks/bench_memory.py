"""The memory of imports and exports as processes, by the number of articles: prints a table.

python tests/benchmarks/bench_memory.py [--articles 1000,10000] [--spans 5] [FORMAT…]

The long form, some two hours: --articles 1000,10000,100000. An article has some 120 characters a
span. The figures are peaks of the resident set in megabytes, of the whole process; an import is
from what the export of the same format wrote.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.formats.base import Item
from annotator.formats.jsonl import write
from annotator.formats.registry import OWN
from tests.benchmarks import bench_formats

_OPTIONS = {"brat": ("--layer", "all"), "conll": ("--layer", "all")}
_UNIT = 1_000_000 if sys.platform == "darwin" else 1_000
"""Of what the system tells, in a megabyte."""


def items(articles: int, spans: int) -> Iterator[Item]:
    """The corpus, one article at a time."""
    return bench_formats.stream(articles, spans=spans, size=120 * spans)


def run(*words: str) -> tuple[float, float] | str:
    """Megabytes and seconds of one command; its last words where it fails."""
    start = perf_counter()
    command = [sys.executable, "-m", "annotator", *words]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            return said.read().decode().strip()[-200:]
    return usage.ru_maxrss / _UNIT, perf_counter() - start


def measured(home: Path, articles: int, spans: int, formats: list[str]) -> dict[str, object]:
    """What each command took at this number of articles."""
    found: dict[str, object] = {}
    corpus, project = home / "corpus.jsonl", str(home / "project.db")
    with corpus.open("wb") as stream:
        for _ in write(items(articles, spans), stream):
            pass
    run("new", project, "--as", "ann")
    found["import jsonl"] = run("import", project, str(corpus))
    _tell(articles, "import jsonl", found["import jsonl"])
    corpus.unlink()
    for name in formats:
        out = home / "out"
        words = ("--format", name, "--out", str(out), *_OPTIONS.get(name, ("--layer", "ann")))
        found[f"export {name}"] = run("export", project, *words)
        _tell(articles, f"export {name}", found[f"export {name}"])
        if OWN[name].read and out.exists() and name != "jsonl":
            fresh = str(home / "fresh.db")
            run("new", fresh, "--as", "ann", "--force")
            found[f"import {name}"] = run("import", fresh, str(out), "--format", name)
            _tell(articles, f"import {name}", found[f"import {name}"])
            Path(fresh).unlink()
        shutil.rmtree(out, ignore_errors=True)
        out.unlink(missing_ok=True)
    return found


def _tell(articles: int, what: str, figures: object) -> None:
    if isinstance(figures, tuple):
        figures = f"{figures[0]:8.0f} MB {figures[1]:8.1f} s"
    print(f"{articles:8,} {what:24} {figures}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", default="1000,10000")
    parser.add_argument("--spans", type=int, default=5)
    parser.add_argument("formats", nargs="*")
    options = parser.parse_args()
    names = options.formats or [
        name for name, each in OWN.items() if each.write and "annotations" in each.keeps
    ]
    results = {}
    for number in map(int, options.articles.split(",")):
        with tempfile.TemporaryDirectory() as home:
            results[number] = measured(Path(home), number, options.spans, names)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
