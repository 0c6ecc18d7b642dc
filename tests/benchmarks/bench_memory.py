"""The memory of imports and exports as processes, by the number of articles: prints a table.

python tests/benchmarks/bench_memory.py [--articles 1000,10000] [--spans 5] [--alone] [FORMAT…]

The long form, an hour and more: --articles 10000,100000. An article has some 120 characters a span
and one link. The figures are peaks of the resident set in megabytes, of the whole process; an
import is from what the export of the same format wrote, and that of tables from the articles of
"csv". SQLite's page cache of 32 MB fills up within the first thousands of articles, and an import
remembers some hundred bytes an article by which near-duplicates are found. With --alone, a format
writes values and reads them again, without a project; that takes minutes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.core.article import Article
from annotator.formats.base import Item
from annotator.formats.jsonl import write
from annotator.formats.registry import OWN
from annotator.transfer import sources
from tests.benchmarks import bench_formats

_OPTIONS = {"brat": ("--layer", "all"), "conll": ("--layer", "all")}
PROGRAM = ("-m", "annotator")
_UNIT = 1_000_000 if sys.platform == "darwin" else 1_000
"""Of what the system tells, in a megabyte."""


def items(articles: int, spans: int) -> Iterator[Item]:
    """The corpus, one article at a time."""
    for each in bench_formats.stream(articles, spans=spans, size=120 * spans):
        if isinstance(each, Article):
            works = tuple(replace(one, relations=one.relations[:1]) for one in each.works)
            yield replace(each, works=works)
        else:
            yield each


def alone(way: str, name: str, path: Path, articles: int, spans: int) -> None:
    """Let a format "write" or "read" the corpus, in this process."""
    format_ = OWN[name]
    if way == "read":
        assert format_.read is not None
        for source in sources([path], but=path / "none"):
            for _ in format_.read(source, {}):
                pass
    elif format_.to_stream is not None:
        with path.open("wb") as stream:
            for _ in format_.to_stream(items(articles, spans), stream, {}):
                pass
    else:
        assert format_.to_folder is not None
        path.mkdir()
        for _ in format_.to_folder(items(articles, spans), path, {}):
            pass


def measured_alone(home: Path, articles: int, spans: int, formats: list[str]) -> dict[str, object]:
    """What each format took at this number of articles."""
    found: dict[str, object] = {}
    for name in formats:
        path = home / f"out{OWN[name].suffixes[0]}"
        ways = ("write", "read") if OWN[name].read and not OWN[name].for_people else ("write",)
        for way in ways:
            words = (__file__, "--alone", way, name, str(path), str(articles), str(spans))
            found[f"{way} {name}"] = run(*words)
            _tell(articles, f"{way} {name}", found[f"{way} {name}"])
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
    return found


def run(*words: str) -> tuple[float, float] | str:
    """Megabytes and seconds of Python with these words; its last words where it fails."""
    start = perf_counter()
    command = [sys.executable, *words]
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
    run(*PROGRAM, "new", project, "--as", "ann")
    run(*PROGRAM, "import", project, str(corpus))
    corpus.unlink()
    for name in formats:
        out = home / "out"
        words = ("--format", name, "--out", str(out), *_OPTIONS.get(name, ("--layer", "ann")))
        found[f"export {name}"] = run(*PROGRAM, "export", project, *words)
        _tell(articles, f"export {name}", found[f"export {name}"])
        back = [(name, out)] if OWN[name].read and not OWN[name].for_people else []
        back += [("table", out / "documents.csv")] if name == "csv" else []
        for each, path in back:
            found[f"import {each}"] = _imported(home / "fresh.db", each, path)
            _tell(articles, f"import {each}", found[f"import {each}"])
        shutil.rmtree(out, ignore_errors=True)
        out.unlink(missing_ok=True)
    return found


def _imported(project: Path, name: str, path: Path) -> tuple[float, float] | str:
    run(*PROGRAM, "new", str(project), "--as", "ann", "--force")
    figures = run(*PROGRAM, "import", str(project), str(path), "--format", name)
    project.unlink()
    return figures


def _tell(articles: int, what: str, figures: object) -> None:
    if isinstance(figures, tuple):
        figures = f"{figures[0]:8.0f} MB {figures[1]:8.1f} s"
    print(f"{articles:8,} {what:24} {figures}", flush=True)


def main() -> None:
    """Measure and print; or be the process that is measured."""
    if sys.argv[1:3] in (["--alone", "write"], ["--alone", "read"]):
        way, name, path, *numbers = sys.argv[2:]
        alone(way, name, Path(path), *map(int, numbers))
        return
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", default="1000,10000")
    parser.add_argument("--spans", type=int, default=5)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("formats", nargs="*")
    options = parser.parse_args()
    names = options.formats or [
        name
        for name, each in OWN.items()
        if each.write and ("annotations" in each.keeps or name == "text")
    ]
    results = {}
    for number in map(int, options.articles.split(",")):
        with tempfile.TemporaryDirectory() as home:
            measure = measured_alone if options.alone else measured
            results[number] = measure(Path(home), number, options.spans, names)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
