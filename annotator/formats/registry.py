"""The formats there are: our own, and those that plug-ins bring by entry point."""

import functools
from importlib.metadata import entry_points

from annotator.formats import csv, jsonl, text
from annotator.formats.base import Format

GROUP = "annotator.formats"
"""The entry points' group; each names a Format."""


@functools.cache
def formats() -> dict[str, Format]:
    """The formats by name; a plug-in can't take the name of one of ours."""
    found = {each.name: each for each in (jsonl.FORMAT, csv.FORMAT, text.FORMAT)}
    for point in entry_points(group=GROUP):
        plug = point.load()
        if isinstance(plug, Format):
            found.setdefault(plug.name, plug)
    return found


def sniffed(head: bytes) -> Format | None:
    """The format that a file's first bytes tell, if one knows itself in them."""
    for each in formats().values():
        if each.read and each.sniff and each.sniff(head):
            return each
    return None
