"""What a corpus is made of, counted as it goes by, and told as tables in Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.core.article import Article
from annotator.core.model import ROLES, Entity
from annotator.formats.base import Item

COUNTED = ("articles", "annotations", "links", "decisions", "actors of the register")
_ROWS = 50


class Census:
    """Counts over the items of a corpus; the same items give the same tables."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
        self.characters = 0
        self._labels: Counter[tuple[str, str]] = Counter()
        self._links: Counter[tuple[str, str]] = Counter()
        self._layers: Counter[tuple[str, str, int, str]] = Counter()
        self._marked: Counter[tuple[str, str, int, str]] = Counter()
        self._languages: Counter[str] = Counter()
        self._sources: Counter[str] = Counter()
        self._days: set[str] = set()

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each counted as it goes by."""
        for item in items:
            self.add(item)
            yield item

    def add(self, item: Item) -> None:
        """Count an item."""
        if isinstance(item, Entity):
            self.counts["actors of the register"] += 1
        elif isinstance(item, Article):
            self._add_article(item)

    def _add_article(self, article: Article) -> None:
        document = article.document
        self.counts["articles"] += 1
        self.counts["decisions"] += len(article.decisions)
        self.characters += len(document.text)
        self._languages[document.language] += 1
        self._sources[document.source] += 1
        if document.published:
            ends = (*self._days, document.published)
            self._days = {min(ends), max(ends)}
        for work in article.works:
            layer = work.layer
            key = (layer.role, layer.annotator, layer.round, layer.state)
            self._layers[key] += 1
            self._marked[key] += len(work.annotations)
            self.counts["annotations"] += len(work.annotations)
            self.counts["links"] += len(work.relations)
            self._labels.update((each.label, layer.role) for each in work.annotations)
            self._links.update((each.type, layer.role) for each in work.relations)

    def tables(self) -> str:
        """All that was counted."""
        parts = [
            _table(("what", "how many"), [(name, self.counts[name]) for name in COUNTED]),
            self._told("label", self._labels),
            self._told("link", self._links),
            _table(
                ("whose layers", "role", "round", "state", "articles", "annotations"),
                [
                    (name, role, round_, state, count, self._marked[role, name, round_, state])
                    for (role, name, round_, state), count in sorted(self._layers.items())
                ],
            ),
            _table(("language", "articles"), _most(self._languages)),
            _table(("source", "articles"), _most(self._sources)),
            self._dates(),
        ]
        return "\n".join(part for part in parts if part)

    def _told(self, what: str, counts: Counter[tuple[str, str]]) -> str:
        """Counts by name and role, a column for each role that there is."""
        roles = [role for role in ROLES if any(each == role for _, each in counts)]
        names = sorted({name for name, _ in counts})
        rows: list[tuple[str | int, ...]] = [
            (name, *(counts[name, role] for role in roles)) for name in names
        ]
        return _table((what, *(f"in {role} layers" for role in roles)), rows)

    def _dates(self) -> str:
        if not self._days:
            return ""
        return f"Articles are dated from {cell(min(self._days))} to {cell(max(self._days))}.\n"


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent names, and how many the others are together."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    rows = [(name or "not given", count) for name, count in ordered[:_ROWS]]
    rest = sum(count for _, count in ordered[_ROWS:])
    return [*rows, ("others", rest)] if rest else rows


def _table(head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> str:
    """A table in Markdown; "" without rows."""
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)


def cell(value: str | int) -> str:
    """A value as a cell of a table has it: on one line, and no end of the cell."""
    words = f"{value:,}" if isinstance(value, int) else " ".join(value.split())
    for sign in "\\|<`*_[":
        words = words.replace(sign, f"\\{sign}")
    return words
