"""Names for files that every system can have."""

import re
import unicodedata
from pathlib import Path

from annotator.core.model import Document

_LONGEST = 100
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(words: str, what: str = "layer") -> str:
    """Words as the name of a file or folder, without an ending; after `what` where need be."""
    stem = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", words))[:_LONGEST].strip(" .")
    while len(stem.encode()) > 2 * _LONGEST:
        stem = stem[:-1]
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"{what} {stem}".strip()
    return stem


def file_name(document: Document, suffix: str, taken: set[str]) -> str:
    """A name for an article's file, like that of the file it came from; it goes to `taken`.

    It differs from those taken even where case doesn't count.
    """
    file = document.meta.get("file")
    stem = safe_name(Path(file).stem if isinstance(file, str) else document.title, "article")
    name, number = f"{stem}{suffix}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name.casefold())
    return name
