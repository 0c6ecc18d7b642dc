"""Which files of a folder are only parts of others, told by their names."""

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePath

_TABLES = (".csv", ".tsv")
_CARD = "README.md"
_ALONG = {
    ".txt": (".ann",),
    **dict.fromkeys(
        ("annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf", "register.jsonl"),
        (".ann",),
    ),
    **{f"{name}{end}": _TABLES for name in ("spans", "relations", "entities") for end in _TABLES},
    "TypeSystem.xml": (".json", ".xmi"),
    _CARD: (".parquet",),
}
"""Endings of files that go with one of the same name, or names of files that go with any beside
them; and the endings of those that they go with."""
_PAGES = (".html", ".htm", ".xhtml")
_PARTS = re.compile(
    r"[_.\- ](?:files|file|dateien|fichiers|archivos|ficheros|arquivos|bestanden|filer|tiedostot|"
    r"pliki|soubory|elemei|dosyalar|datoteke|fitxers|failid|bylos|fails|fajlovi|файлы|файли)",
    re.IGNORECASE,
)
"""What browsers add to a page's name for the folder with its pictures, in their languages."""


def is_part(name: str, files: Collection[str]) -> bool:
    """Whether a file goes along with another of these, as the text does with brat's annotations."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    if suffix in _ALONG:
        return any(stem + end in files for end in _ALONG[suffix])
    ends = _ALONG.get(name)
    return ends is not None and any(file.endswith(ends) for file in files if file not in _ALONG)


def with_below(files: set[str], below: Callable[[], Iterable[str]]) -> set[str]:
    """The names in a folder, with those one folder below where a card may stand above its table."""
    return files.union(below()) if _CARD in files else files


def is_of_page(folder: str, files: Collection[str]) -> bool:
    """Whether a folder beside these files holds the pictures and scripts of a saved page."""
    found = list(_PARTS.finditer(folder))
    if not found or found[-1].end() < len(folder):
        return False
    stem = folder[: found[-1].start()]
    return any(f"{stem}{end}" in files for end in _PAGES)
