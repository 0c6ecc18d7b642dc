"""Every format against its best library: writing and reading a corpus; prints tables and JSON.

python tests/benchmarks/bench_formats.py [--rounds 5] [--articles 1000] [FORMAT…]

Times are of the processor, for the machine is shared; the parts take turns, and medians are told.
An article has some 6,000 characters with emoji, 50 spans, 8 links and attributes, the work of one
annotator. The library writes the same content from what it takes, ready in memory, and reads the
files that the format wrote; the format makes values of them, with all its checks. A library that
makes values too is told as such; a floor is the standard library's bare parsing, which makes none
(rivals.py says which are which, and why). A library that isn't installed is named and left out.
"""

import argparse
import gc
import json
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.core.article import Article, Work
from annotator.core.ids import new_id
from annotator.core.model import Annotation, Annotator, Document, Layer, Relation
from annotator.core.span import Span
from annotator.core.text import sha256
from annotator.formats.base import Format, Found, Item, Source
from annotator.formats.registry import OWN
from tests.benchmarks.rivals import RIVALS, Rival

SPANS = 50
SIZE = 6_000
_LINKS = 8
_SENTENCE = "The ministry said that forces shelled two towns and rebels deny it 🙂 on Monday"
_WORDS = _SENTENCE.split()
_LABELS = ("claim", "denial", "casualty", "actor")
_GOAL = 1.0


def corpus(articles: int) -> list[Item]:
    """The articles of one annotator, the same each time but for their ids."""
    return list(stream(articles))


def stream(articles: int, *, spans: int = SPANS, size: int = SIZE) -> Iterator[Item]:
    """The same one by one, with so many spans and characters in each."""
    dice = random.Random(4)
    yield Annotator("ann")
    for number in range(articles):
        yield _article(number, spans, size, dice)


def _article(number: int, spans: int, length: int, dice: random.Random) -> Article:
    words = [f"Report {number}."]
    size = len(words[0])
    while size < length:
        words.append(dice.choice(_WORDS) + (".\n\n" if dice.random() < 0.02 else ""))
        size += len(words[-1]) + 1
    text = " ".join(words)[:length].strip()
    meta = {"file": f"{number:06}.txt"}
    id_ = new_id(1_700_000_000_000 + number)
    document = Document(id_, f"Report {number}", text, sha256(text), language="en", meta=meta)
    layer = Layer.of(document.id, "ann", state="done")
    return Article(document, (_work(layer, _places(words, len(text)), spans, dice),))


def _places(words: list[str], length: int) -> list[Span]:
    """The places of the words in the text."""
    found, start = [], 0
    for word in words:
        end = start + len(word.rstrip(".\n"))
        if end <= length:
            found.append(Span(start, end))
        start += len(word) + 1
    return found


def _work(layer: Layer, places: list[Span], spans: int, dice: random.Random) -> Work:
    annotations = []
    for number in range(spans):
        first = dice.randrange(len(places) - 12)
        last = first + dice.randrange(12)
        span = Span(places[first].start, places[last].end)
        label = _LABELS[number % len(_LABELS)]
        attributes = {"certainty": "probable"} if label in ("claim", "denial") else {}
        annotations.append(Annotation(new_id(), layer.id, (span,), label, attributes))
    annotations.sort(key=lambda each: (each.envelope, each.id))
    claims = [each for each in annotations if each.label == "claim"]
    actors = [each for each in annotations if each.label == "actor"]
    links = [
        Relation(new_id(), layer.id, "source", dice.choice(claims).id, dice.choice(actors).id)
        for _ in range(_LINKS)
    ]
    return Work(layer, tuple(annotations), tuple(links))


class Bench:
    """A format and its rivals in a folder of their own."""

    def __init__(
        self, format_: Format, rivals: tuple[Rival, ...], items: list[Item], home: Path
    ) -> None:
        self._format = format_
        self._items = items
        self._mine, self._theirs = home / "mine", home / "theirs"
        self.times: dict[str, list[float]] = {}
        if format_.write:
            self._write()
        else:
            self._mine.mkdir()
            for prepare in filter(None, (each.prepare for each in rivals)):
                prepare(items, self._mine)
        there = [each for each in rivals if each.installed]
        self._ready = [(each, each.ready(self._mine, items)) for each in there]

    def round(self) -> None:
        """Measure each thing once."""
        if self._format.write:
            self._time("write", self._write)
        if self._format.read:
            self._time("read", self._read)
        for rival, ready in self._ready:
            self._round_of(rival, ready)

    def _round_of(self, rival: Rival, ready: Any) -> None:
        if rival.write:
            _fresh(self._theirs)
            self._time(f"{rival.name} writes", partial(rival.write, ready, self._theirs))
        if rival.read:
            self._time(f"{rival.name} reads", partial(rival.read, self._mine))

    def _time(self, what: str, work: Callable[[], object]) -> None:
        gc.collect()
        start = process_time()
        work()
        self.times.setdefault(what, []).append((process_time() - start) * 1000)

    def _write(self) -> None:
        _fresh(self._mine)
        if self._format.to_stream:
            name = f"corpus{self._format.suffixes[0]}"
            with (self._mine / name).open("wb") as stream:
                for _ in self._format.to_stream(iter(self._items), stream, {}):
                    pass
            return
        assert self._format.to_folder is not None
        for _ in self._format.to_folder(iter(self._items), self._mine, {}):
            pass

    def _read(self) -> None:
        """Read what was written, to values that are let go."""
        assert self._format.read is not None
        articles = 0
        for path in self._sources():
            for each in self._format.read(Source(path.name, path), {}):
                articles += isinstance(each, Found) and isinstance(each.item, Article)
        expected = sum(isinstance(each, Article) for each in self._items)
        assert articles == expected, f"{self._format.name}: {articles} of {expected} articles"

    def _sources(self) -> Iterator[Path]:
        """The files that are opened; beside them others may stand, which are found from there."""
        firsts = {"csv": "documents.csv", "brat": "*.ann", "conll": "*", "cas-xmi": "*.xmi"}
        firsts |= {"cas-json": "*.json"}
        pattern = firsts.get(self._format.name, f"*{self._format.suffixes[0]}")
        return (each for each in self._mine.rglob(pattern) if each.is_file())


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def measured(names: list[str], items: list[Item], rounds: int) -> Mapping[str, Mapping[str, float]]:
    """The median milliseconds of each thing, by format."""
    found = {}
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            bench = Bench(OWN[name], RIVALS[name], items, Path(home))
            for _ in range(rounds):
                bench.round()
        found[name] = {what: statistics.median(each) for what, each in bench.times.items()}
        for rival in RIVALS[name]:
            _tell(name, rival, found[name])
    return found


def _tell(name: str, rival: Rival, times: Mapping[str, float]) -> None:
    cells = []
    for mine, theirs in (("write", f"{rival.name} writes"), ("read", f"{rival.name} reads")):
        cells += [_shown(times.get(mine)), _shown(times.get(theirs))]
        both = mine in times and theirs in times
        cells.append(f"{times[mine] / times[theirs]:5.2f}" if both else "    –")
    what = "floor" if rival.is_floor else "values" if rival.installed else "not installed"
    print(f"{name:16}" + " ".join(cells) + f"  {rival.name} ({what})", flush=True)


def _shown(milliseconds: float | None) -> str:
    return f"{milliseconds:8.0f}" if milliseconds is not None else f"{'–':>8}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("formats", nargs="*")
    options = parser.parse_args()
    names = options.formats or [name for name in OWN if name in RIVALS]
    items = corpus(options.articles)
    print(f"{'milliseconds':16}{'write':>8} {'theirs':>8} ratio {'read':>8} {'theirs':>8} ratio")
    results = measured(names, items, options.rounds)
    told = {"goal": _GOAL, "articles": options.articles, "median of": options.rounds}
    print(json.dumps({**told, "milliseconds": results}))


if __name__ == "__main__":
    main()
