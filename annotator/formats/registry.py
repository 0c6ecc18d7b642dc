"""The formats there are: our own, and those that plug-ins bring by entry point."""

import functools

from annotator.formats import csv, jsonl, prodigy, text
from annotator.formats.base import Format
from annotator.formats.brat import format as brat

GROUP = "annotator.formats"
"""The entry points' group; each names a Format."""
_ALL = (jsonl.FORMAT, csv.FORMAT, brat.FORMAT, prodigy.FORMAT, text.FORMAT)
OWN = {each.name: each for each in _ALL}


@functools.cache
def formats() -> dict[str, Format]:
    """The formats by name; a plug-in can't take the name of one of ours."""
    # Imported here only: who reads plain text need not wait for plug-ins to be looked for.
    from importlib.metadata import entry_points  # noqa: PLC0415

    found = dict(OWN)
    for point in entry_points(group=GROUP):
        plug = point.load()
        if isinstance(plug, Format):
            found.setdefault(plug.name, plug)
    return found


def sniffed(head: bytes, name: str) -> Format | None:
    """The format that knows itself in a file's first bytes; plug-ins aren't asked for .txt."""
    own = _first(OWN, head, name)
    if own or name.lower().endswith(text.FORMAT.suffixes):
        return own
    return _first(formats(), head, name)


def _first(among: dict[str, Format], head: bytes, name: str) -> Format | None:
    return next((each for each in among.values() if each.sniff and each.sniff(head, name)), None)
