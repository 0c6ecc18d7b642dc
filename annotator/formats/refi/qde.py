"""The parts of a REFI-QDA project that matter here: guids, elements, and where files stand.

The format is that of https://www.qdasoftware.org, version 1.0. Positions count code points.
"""

import json
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipInfo

from annotator.core.ids import named_id
from annotator.formats.tree import escaped, quoted, shown

PROJECT = "Project.qde"
"""With a capital P, by which programs find it."""
SOURCES = "Sources/"
OWN = "annotator.jsonl"
"""A file of ours in the archive, for what the format has no place for; others leave it alone."""
INTERNAL = "internal://"
SPACE = "urn:QDA-XML:project:1.0"
BOOK = "urn:QDA-XML:codebook:1.0"
_GUIDS = uuid5(NAMESPACE_URL, "https://annotator.invalid/refi")
_FIRST = (1980, 1, 1, 0, 0, 0)


def guid(kind: str, *names: object) -> str:
    """The one guid that a thing with these names has, in every file."""
    return named_id(_GUIDS, json.dumps([kind, *map(str, names)]))


def element(tag: str, attributes: dict[str, str], *children: str) -> str:
    """An element with its attributes, of which empty ones are left out, and what is in it."""
    named = "".join(f" {key}={quoted(shown(value))}" for key, value in attributes.items() if value)
    inside = "".join(children)
    return f"<{tag}{named}>{inside}</{tag}>\n" if inside else f"<{tag}{named}/>\n"


def described(text: str) -> str:
    """A text as a description, "" for none."""
    return f"<Description>{escaped(shown(text))}</Description>\n" if text else ""


def entry(path: str) -> ZipInfo:
    """A file in the archive, of no time, so that the same project has the same bytes."""
    info = ZipInfo(path, _FIRST)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3
    return info
