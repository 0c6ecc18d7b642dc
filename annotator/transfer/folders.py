"""Which files of a folder are only parts of others, told by their names."""

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePath

from annotator.formats import registry

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
    return any(
        any(stem + end in files for end in each.suffixes)
        if suffix in each.along
        else any(file.endswith(each.suffixes) for file in files if file not in each.along)
        for each in registry.OWN.values()
        if suffix in each.along or name in each.along
    )


def with_below(files: set[str], below: Callable[[], Iterable[str]]) -> set[str]:
    """The names in a folder, with those one folder below where a card may stand above its table."""
    cards = {name for each in registry.OWN.values() for name in each.along if name.endswith(".md")}
    return files.union(below()) if files & cards else files


def is_of_page(folder: str, files: Collection[str]) -> bool:
    """Whether a folder beside these files holds the pictures and scripts of a saved page."""
    found = list(_PARTS.finditer(folder))
    if not found or found[-1].end() < len(folder):
        return False
    stem = folder[: found[-1].start()]
    return any(f"{stem}{end}" in files for end in _PAGES)
