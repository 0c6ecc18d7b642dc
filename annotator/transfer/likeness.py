"""Articles that come in and read almost like one that is there: corrected, copied, cut."""

from collections.abc import Iterator
from itertools import islice

from annotator.core.model import Document
from annotator.core.similar import ALIKE, Index, Signature, phrases, signature, similarity
from annotator.formats.base import Format, Note
from annotator.store.reader import Reader

FEW = 200
"""Files of plain text beyond which an import doesn't look: it would take longer than the rest."""
LOOKS = 1_000
"""Articles of an import that are looked at, but for pages, whose reading takes longer anyway."""
_SLOW = ("html", "pdf", "docx")
_PHRASES = 4
_CANDIDATES = 8


class Likeness:
    """Looks for the likes of articles, one by one, among those of a project and of an import."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._waiting = Index()
        self._titles: dict[str, str] = {}
        self._left = LOOKS
        self._plain = self._slow = self._few = False
        self.passed = 0
        """New articles that were not looked at, because there are too many."""

    def begin_file(self, format_: Format, files: int) -> None:
        """Look or don't look, as is due to a file of this format among so many."""
        self._plain = format_.layers == "none"
        self._slow = format_.name in _SLOW
        self._few = files <= FEW

    def flush(self) -> None:
        """Forget what waited, which is in the project now."""
        self._waiting = Index()
        self._titles.clear()

    def note(self, document: Document, where: str) -> Note | None:
        """What the article is like, if anything; it is remembered for those that follow."""
        if not self._plain:
            return None
        if not (self._slow or (self._few and self._left)):
            self.passed += 1
            return None
        self._left -= not self._slow
        sketch = signature(document.text)
        before = self._waiting.like(sketch)
        self._waiting.add(document.id, sketch)
        self._titles[document.id] = document.title
        if before:
            id_, how = before[0]
            return _note(where, self._titles[id_], how, "which came in before it")
        how, title = max(self._in_project(document.text, sketch), default=(0.0, ""))
        return _note(where, title, how, "which the project has") if how >= ALIKE else None

    def _in_project(self, text: str, sketch: Signature) -> Iterator[tuple[float, str]]:
        """How like it those articles of the project are that share one of its longest phrases."""
        near: dict[str, None] = {}
        for each in phrases(text, _PHRASES):
            near |= dict.fromkeys(islice(self._read.documents_having(each), _CANDIDATES))
        for document in self._read.documents(ids=tuple(near)) if near else ():
            yield similarity(sketch, signature(document.text)), document.title


def _note(where: str, title: str, how: float, there: str) -> Note:
    return Note(where, f"It reads almost like “{title}” ({min(how, 0.99):.0%} the same), {there}.")
