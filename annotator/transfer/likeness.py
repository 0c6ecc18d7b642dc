"""Articles that come in and read almost like one that is there: corrected, copied, cut."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice

from annotator.core.model import Document
from annotator.core.similar import ALIKE, Index, landmarks, phrases, signature, similarity
from annotator.formats.base import Note
from annotator.store.reader import Reader

_PACE = 4
"""Older articles that go into the index with each that comes in: so nobody waits for them, and a
small import into a large project looks at few of them."""
_PHRASES = 4
_CANDIDATES = 8
_SHARED = 2
_COMPARED = 4
Similar = Callable[[str], float]
"""How much of a text the article with this id has."""


class Likeness:
    """Looks for the likes of articles, one by one, among those of a project and of an import.

    In memory are some hundred bytes for each article; texts are read again to be compared, for each
    article at most a few.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._left = read.count_documents()
        self._older = islice(read.documents(), self._left)
        self._there, self._came = _Shelf(), _Shelf()
        self._waiting: dict[str, Document] = {}

    def flush(self) -> None:
        """Forget what waited, which is in the project now."""
        self._waiting.clear()

    def note(self, document: Document, where: str) -> Note | None:
        """What the article is like, if anything; it is remembered for those that follow."""
        for each in islice(self._older, _PACE):
            self._there.add(each.id, landmarks(each.text))
            self._left -= 1
        keys, similar = landmarks(document.text), self._similar(document)
        found, how = self._came.like(keys, similar), "which came in before it"
        if not found:
            found, how = self._there.like(keys, similar), "which the project has"
        if not found and self._left:
            found = [(similar(id_), id_) for id_ in self._having(document.text)]
        self._came.add(document.id, keys)
        self._waiting[document.id] = document
        share, id_ = max(found, default=(0.0, ""))
        if share < ALIKE:
            return None
        title = self._article(id_).title
        same = f"{min(share, 0.99):.0%} the same"
        return Note(where, f"It reads almost like “{title}” ({same}), {how}.")

    def _having(self, text: str) -> list[str]:
        """Those articles of the project that share some of the longest phrases of a text."""
        longest = phrases(text, _PHRASES)
        found = (islice(self._read.documents_having(each), _CANDIDATES) for each in longest)
        shared = Counter(id_ for ids in found for id_ in ids)
        least = min(_SHARED, len(longest))
        return [id_ for id_, many in shared.most_common(_COMPARED) if many >= least]

    def _similar(self, document: Document) -> Similar:
        sketch = cache(lambda: signature(document.text))  # most have nothing to be compared with
        return lambda id_: similarity(sketch(), signature(self._article(id_).text))

    def _article(self, id_: str) -> Document:
        found = self._waiting.get(id_) or self._read.document(id_)
        assert found is not None
        return found


class _Shelf:
    """The ids of articles, found by their landmarks."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._index = Index()

    def add(self, id_: str, keys: Sequence[int]) -> None:
        self._ids.append(id_)
        self._index.add(keys)

    def like(self, keys: Sequence[int], similar: Similar) -> list[tuple[float, str]]:
        """Articles that are alike, and how much."""
        found = []
        for number in self._index.near(keys):
            share = similar(self._ids[number])
            if share >= ALIKE:
                found.append((share, self._ids[number]))
            else:
                self._index.lead_astray(keys, number)
        return found
