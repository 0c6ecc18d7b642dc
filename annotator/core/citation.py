"""How a corpus wants to be cited, under what licence, and who its annotators are.

These are facts about the project (Setting), one a field, so that they travel with it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.errors import UserError
from annotator.core.model import Setting

PREFIX = "corpus."
"""Before the name of a field in the key of its setting."""
BACKGROUND = "background."
"""Before an annotator's name in the key of what is said of their background."""
FIELDS = ("title", "abstract", "authors", "version", "date", "doi", "url", "licence", "keywords")
"""The fields; `authors` and `keywords` have one a line."""
_LICENCES = (
    *("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"),
    *("CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0"),
    *("MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0-only", "GPL-3.0-or-later"),
)
"""Names as SPDX has them, of the licences that corpora have; only such a name is one in CFF."""
_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DOI = re.compile(r"10\.\d{4,}(?:\.\d+)*/\S+")
_URL = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a body where there is no given name."""

    name: str
    given: str = ""
    orcid: str = ""
    affiliation: str = ""

    @classmethod
    def of(cls, line: str) -> "Author":
        """The author that "Family, Given; ORCID; affiliation" says; all but the first may miss.

        Raises UserError where there is no name.
        """
        names, *more = (each.strip() for each in line.split(";"))
        name, _, given = (each.strip() for each in names.partition(","))
        if not name:
            raise UserError(f'"{line}" names no author; write "Family, Given; ORCID; affiliation".')
        orcid = next((found[1] for each in more if (found := _ORCID.fullmatch(each))), "")
        rest = (each for each in more if each and not _ORCID.fullmatch(each))
        return cls(name, given, orcid, "; ".join(rest))


@dataclass(frozen=True, slots=True)
class Citation:
    """The fields of a corpus, "" or () where they aren't given."""

    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    version: str = ""
    date: str = ""
    doi: str = ""
    url: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Iterable[Setting]) -> "Citation":
        """What the facts about a project say."""
        found = {
            each.key.removeprefix(PREFIX): each.value
            for each in settings
            if each.key.startswith(PREFIX)
        }
        lines = {name: tuple(found.pop(name, "").splitlines()) for name in ("authors", "keywords")}
        authors = tuple(Author.of(line) for line in lines["authors"])
        known = {name: value for name, value in found.items() if name in FIELDS}
        return cls(**known, authors=authors, keywords=lines["keywords"])


def backgrounds(settings: Iterable[Setting]) -> dict[str, str]:
    """What is said of the annotators' backgrounds, by name."""
    return {
        each.key.removeprefix(BACKGROUND): each.value
        for each in settings
        if each.key.startswith(BACKGROUND) and each.value
    }


def field_problem(name: str, value: str) -> str:
    """Why a field can't have this value, a sentence; "" where it can."""
    if name == "date" and not _DATE.fullmatch(value):
        return f'"{value}" is no date; write it as 2026-11-23.'
    if name == "doi" and not _DOI.fullmatch(value):
        return f'"{value}" is no DOI; write it as 10.1234/abc, without an address around it.'
    if name == "url" and not _URL.fullmatch(value):
        return f'"{value}" is no web address.'
    if name == "authors":
        for line in value.splitlines():
            Author.of(line)
    return ""


def cff(citation: Citation, title: str) -> str:
    """The citation as a CITATION.cff (version 1.2.0); `title` is for a corpus that has none."""
    return "".join(f"{line}\n" for line in _cff_lines(citation, citation.title or title))


def _cff_lines(citation: Citation, title: str) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield f"message: {_quoted('If you use this corpus, please cite it as below.')}"
    yield "type: dataset"
    yield f"title: {_quoted(title)}"
    yield "authors:"
    if not citation.authors:
        yield "  - alias: anonymous"
    for author in citation.authors:
        yield from _cff_author(author)
    for key, value in (
        ("abstract", citation.abstract),
        ("version", citation.version),
        ("date-released", citation.date),
        ("doi", citation.doi),
        ("url", citation.url),
        *_cff_licence(citation.licence),
    ):
        if value:
            yield f"{key}: {_quoted(value)}"
    if citation.keywords:
        yield "keywords:"
        yield from (f"  - {_quoted(each)}" for each in citation.keywords)


def _cff_author(author: Author) -> Iterator[str]:
    """A person; a body, which has no affiliation in CFF, where there is no given name."""
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    person = (("family-names", author.name), ("given-names", author.given))
    names = person if author.given else (("name", author.name),)
    lead = "  - "
    affiliation = author.affiliation if author.given else ""
    for key, value in (*names, ("orcid", orcid), ("affiliation", affiliation)):
        if value:
            yield f"{lead}{key}: {_quoted(value)}"
            lead = "    "


def _cff_licence(licence: str) -> Iterator[tuple[str, str]]:
    """A licence that SPDX names, or an address of one; other words CFF has no place for."""
    if licence in _LICENCES:
        yield "license", licence
    elif _URL.fullmatch(licence):
        yield "license-url", licence


def _quoted(value: str) -> str:
    """A text as YAML has it: JSON's, with all escaped that isn't seen, surrogates never."""
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in quoted)
