"""Articles that come without their texts are joined to them again, by the texts' hashes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.core.model import Document
from annotator.core.text import title_of
from annotator.formats.base import NO_OPTIONS, Found, Options, Source
from annotator.transfer.batch import Batch
from annotator.transfer.sources import format_of

_SMALL = 64_000_000
"""Bytes of a file with many articles that is kept in memory, rather than read for each of them."""


class Texts:
    """The texts that the project has, and those of files beside, known by their hashes.

    Of a file only the hashes are kept; it is read again when somebody asks for its text.
    """

    def __init__(self, batch: Batch, options: Options = NO_OPTIONS) -> None:
        self._batch = batch
        self._options = options
        self._beside: dict[str, Source] = {}
        self._wanted: set[str] = set()
        self._last: Source | None = None
        self._kept: dict[str, Document] = {}

    def offer(self, source: Source) -> bool:
        """Take a file for a text if its format has articles alone; whether it was taken."""
        if format_of(source, "").layers != "none":
            return False
        for document in self._read(source):
            self._beside.setdefault(document.sha256, source)
        return True

    def joined(self, document: Document) -> Document | None:
        """A withheld document with its text, as the project has it if it does; None for no text."""
        self._wanted.add(document.sha256)
        like = self._batch.documents_like(document.id, document.sha256)
        same = [id_ for id_, hash_ in like.items() if hash_ == document.sha256]
        id_ = document.id if document.id in same else next(iter(same), "")
        found = self._batch.value("document", id_) if id_ else None
        if found is None and document.sha256 in self._beside:
            found = self._found(self._beside[document.sha256], document.sha256)
        if not isinstance(found, Document):
            return None
        if found.id == document.id:
            return found
        return replace(document, text=found.text, title=document.title or title_of(found.text))

    def unwanted(self) -> Iterator[Source]:
        """The files whose text belongs to no article that came."""
        return (source for hash_, source in self._beside.items() if hash_ not in self._wanted)

    def _found(self, source: Source, sha256: str) -> Document:
        """The article with this hash in a source; of a small one all are kept until the next."""
        if source is not self._last:
            self._last = source
            small = source.size <= _SMALL
            self._kept = {each.sha256: each for each in self._read(source)} if small else {}
        if sha256 in self._kept:
            return self._kept[sha256]
        return next(each for each in self._read(source) if each.sha256 == sha256)

    def _read(self, source: Source) -> Iterator[Document]:
        read = format_of(source, "").read
        assert read is not None
        for each in read(source, self._options):
            if isinstance(each, Found) and isinstance(each.item, Article):
                yield each.item.document


def parted(texts: Texts, sources: Iterable[Source]) -> list[Source]:
    """The sources that aren't taken for texts; one that can't be read is left to the import."""
    left = []
    for source in sources:
        try:
            taken = texts.offer(source)
        except (UserError, OSError):
            taken = False
        if not taken:
            left.append(source)
    return left
