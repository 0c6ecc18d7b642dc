"""The file that an article was made of, and what the article keeps of it."""

import base64
import hashlib
import zlib
from dataclasses import dataclass
from typing import Any

from annotator.core.ids import new_id
from annotator.core.model import Document
from annotator.core.text import canonical, sha256, title_of

Made = tuple[Document, tuple[str, ...]]
"""An article, and notes on how it was read, a sentence each."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: `name` as people call it, `path` where it lay ("" for none), its bytes.

    `keep` keeps the bytes with the article.
    """

    name: str
    data: bytes
    path: str = ""
    keep: bool = False

    @property
    def file(self) -> str:
        """The name without folders, of this system or another."""
        return self.name.replace("\\", "/").rpartition("/")[2]

    def meta(self, encoding: str = "") -> dict[str, Any]:
        """What an article remembers of its file, without what is empty.

        `file`, `path`, `encoding`, `bytes_sha256` (hexadecimal) and, where they are kept, `bytes`
        (base64 of zlib).
        """
        found = {"file": self.file}
        if self.path:
            found["path"] = self.path
        if encoding:
            found["encoding"] = encoding
        found["bytes_sha256"] = hashlib.sha256(self.data).hexdigest()
        if self.keep:
            found["bytes"] = base64.b64encode(zlib.compress(self.data, 9)).decode()
        return found


def bytes_of(document: Document) -> bytes | None:
    """The file that an article was made of, byte for byte, if the article keeps it."""
    kept = document.meta.get("bytes")
    return zlib.decompress(base64.b64decode(kept)) if isinstance(kept, str) else None


def made(raw: str, meta: dict[str, Any], notes: tuple[str, ...] = (), /, **details: str) -> Made:
    """An article of `raw`, which need not be canonical.

    Its title is among the `details`, or is the first line, or the name of the file.
    """
    clean = canonical(raw)
    notes = (*notes, *clean.notes)
    found = title_of(clean.text)
    if not found:
        notes = (*notes, "Only spaces: there is nothing to annotate.")
    title = details.pop("title", "") or found or meta.get("file", "")
    text, digest = clean.text, sha256(clean.text)
    return Document(new_id(), title, text, digest, meta=meta, **details), notes
