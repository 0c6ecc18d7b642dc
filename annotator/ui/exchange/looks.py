"""What is known so far of the files that are to be imported, and which one is to be read next."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from annotator.formats.base import Source
from annotator.transfer import Survey, Way
from annotator.transfer.survey import SAMPLES
from annotator.ui.exchange.naming import KINDS


class Looks:
    """How each file is to be read, and what was found when it was read so.

    `counts` and `names` (by the kinds of names) are of all files together.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = list(sources)
        self.ways: dict[str, Way] = {}
        self.counts: Counter[str] = Counter()
        self.names: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.formats: Counter[str] = Counter()
        self._surveys: dict[str, Survey] = {}
        self._rows = {each.name: row for row, each in enumerate(self.sources)}
        self._left = deque(self.sources)
        self._whole = 0

    @property
    def whole(self) -> bool:
        """Whether all of every file was read."""
        return self._whole == len(self.sources)

    def row(self, source: Source) -> int:
        """The number of a file in the list."""
        return self._rows[source.name]

    def way(self, source: Source) -> Way:
        """How a file is to be read."""
        return self.ways.get(source.name, Way())

    def survey(self, source: Source) -> Survey | None:
        """What was found in a file."""
        return self._surveys.get(source.name)

    def set_way(self, sources: Iterable[Source], way: Way) -> None:
        """Read these files so, and forget what was found in them."""
        for each in sources:
            self.ways[each.name] = way
            self._forget(each)
        self._left = deque(each for each in self.sources if not self._known(each))

    def put(self, source: Source, found: Survey) -> None:
        """Take what was found in a file."""
        self._forget(source)
        self._surveys[source.name] = found
        self._count(found, 1)

    def next(self, current: Source) -> tuple[Source, int | None] | None:
        """The file to be read next, and how many articles of it, None for all.

        It is the current one as long as nothing is known of it.
        """
        if current.name not in self._surveys:
            return current, SAMPLES
        if not self._known(current):
            return current, None
        while self._left and self._known(self._left[0]):
            self._left.popleft()
        return (self._left[0], None) if self._left else None

    def _known(self, source: Source) -> bool:
        found = self._surveys.get(source.name)
        return found is not None and found.whole

    def _forget(self, source: Source) -> None:
        old = self._surveys.pop(source.name, None)
        if old is not None:
            self._count(old, -1)

    def _count(self, found: Survey, sign: int) -> None:
        self._whole += sign * found.whole
        pairs = [(self.names[kind], getattr(found, kind)) for kind in KINDS]
        pairs += [(self.counts, found.counts), (self.formats, Counter([found.format]))]
        for total, part in pairs:
            for name, number in part.items():
                total[name] += sign * number
                if not total[name] and sign < 0:
                    del total[name]
