"""A look into a file before it is imported: what would come in, and what would not."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from annotator.core.article import Article
from annotator.core.model import Document
from annotator.formats.base import Format, Found, Problem, Source
from annotator.store.reader import Reader
from annotator.transfer.importing import read_source
from annotator.transfer.report import Job, Progress
from annotator.transfer.wishes import Way

SAMPLES = 5
"""Articles that are shown."""
NAMED = 200
"""Problems, notes and duplicates that are kept; of more only the number is."""
_EVERY = 20
_LINES = 3
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as it will be: its first lines, annotations by label, whose they are.

    `known` is the title that the project has this text under; "" where it is new.
    """

    where: str
    title: str
    lines: tuple[str, ...]
    labels: tuple[tuple[str, int], ...]
    annotators: tuple[str, ...]
    known: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in a file. `format` is its name, "" for none; `whole` says that all was read.

    `troubles`, `notes` and `duplicates` are lines for people, the first ones of `counts`.
    """

    format: str
    whole: bool
    samples: tuple[Sample, ...]
    labels: Counter[str]
    relations: Counter[str]
    annotators: Counter[str]
    counts: Counter[str]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    duplicates: tuple[str, ...]


def survey(read: Reader, source: Source, way: Way, *, most: int | None = None) -> Job[Survey]:
    """Read a source and count what is in it; `most` is where to stop, in articles.

    `read` is of the project that it may come into. What can't be read is among the problems.
    """
    tally, size = _Tally(read), _size(source)
    yield Progress(0, size, Path(source.name).name, in_bytes=True)
    whole = True
    for number, each in enumerate(read_source(source, way.format, way.options, tally.begin), 1):
        match each:
            case Found():
                tally.take(each)
                at = each.at
            case _:
                tally.say(each.where, each.what, "problem" if isinstance(each, Problem) else "note")
                at = 0
        if most is not None and tally.counts["article"] >= most:
            whole = False
            break
        if number % _EVERY == 0:
            yield Progress(at, size, Path(source.name).name, in_bytes=True)
    return tally.survey(whole=whole)


class _Tally:
    """What was seen so far."""

    def __init__(self, read: Reader) -> None:
        self.counts: Counter[str] = Counter()
        self._read = read
        self._format = ""
        self._samples: list[Sample] = []
        self._labels: Counter[str] = Counter()
        self._relations: Counter[str] = Counter()
        self._annotators: Counter[str] = Counter()
        self._said: dict[str, list[str]] = {"problem": [], "note": [], "duplicate": []}
        self._hashes: dict[str, str] = {}

    def begin(self, format_: Format) -> None:
        """Know the format."""
        self._format = format_.name

    def say(self, where: str, what: str, kind: str) -> None:
        """Keep a line of a kind, as long as there are few."""
        self.counts[kind] += 1
        if len(self._said[kind]) < NAMED:
            self._said[kind].append(f"{where}: {what.removesuffix('.')}.")

    def take(self, found: Found) -> None:
        """Count an item."""
        if not isinstance(found.item, Article):
            return
        article = found.item
        self.counts["article"] += 1
        if article.document.withheld:
            self.counts["withheld"] += 1
        labels = Counter(each.label for work in article.works for each in work.annotations)
        self._labels.update(labels)
        self.counts["annotation"] += labels.total()
        for work in article.works:
            self._annotators[work.layer.annotator] += len(work.annotations)
            self._relations.update(each.type for each in work.relations)
            self.counts["link"] += len(work.relations)
        known = self._known(article.document)
        if known:
            self.say(found.where, f"its text is there already, as “{known}”", "duplicate")
        if len(self._samples) < SAMPLES:
            names = dict.fromkeys(work.layer.annotator for work in article.works)
            document = article.document
            shown = tuple(labels.most_common())
            lines = _lines(document.text)
            self._samples.append(
                Sample(found.where, document.title, lines, shown, tuple(names), known)
            )

    def survey(self, *, whole: bool) -> Survey:
        """All of it."""
        return Survey(
            self._format,
            whole,
            tuple(self._samples),
            self._labels,
            self._relations,
            self._annotators,
            self.counts,
            *(tuple(self._said[kind]) for kind in ("problem", "note", "duplicate")),
        )

    def _known(self, document: Document) -> str:
        """The title under which the project, or the file further up, has this text."""
        name = document.title or document.id
        if document.sha256 in self._hashes:
            return self._hashes[document.sha256]
        self._hashes[document.sha256] = name
        like = self._read.documents_like(document.id, document.sha256)
        same = next((id_ for id_, hash_ in like.items() if hash_ == document.sha256), "")
        twin = self._read.document(same) if same else None
        return (twin.title or twin.id) if twin else ""


def _size(source: Source) -> int:
    try:
        return source.size
    except OSError:
        return 0  # it is gone meanwhile, which its reading says


def _lines(text: str) -> tuple[str, ...]:
    """The first lines that have something in them, each cut to a few words."""
    found: list[str] = []
    start = 0
    while len(found) < _LINES and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if line := text[start : min(end, start + _LONGEST)].strip():
            found.append(line if end <= start + _LONGEST else f"{line}…")
        start = end + 1
    return tuple(found)
