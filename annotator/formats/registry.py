"""The formats there are: our own, and those that plug-ins bring by entry point."""

import functools
from collections.abc import Iterable

from annotator.formats import (
    conllu,
    csv,
    docbin,
    doccano,
    docx,
    inception,
    jsonl,
    pdf,
    prodigy,
    text,
    web,
)
from annotator.formats.base import Format
from annotator.formats.brat import format as brat
from annotator.formats.cas import format as cas
from annotator.formats.conll import format as conll
from annotator.formats.label_studio import config as label_studio_config
from annotator.formats.label_studio import format as label_studio
from annotator.formats.parquet import format as parquet
from annotator.formats.refi import format as refi
from annotator.formats.table import format as table
from annotator.formats.web_annotation import format as web_annotation
from annotator.formats.webanno import format as webanno

GROUP = "annotator.formats"
"""The entry points' group; each names a Format."""
_ALL = (
    jsonl.FORMAT,
    csv.FORMAT,
    brat.FORMAT,
    cas.JSON,
    cas.XMI,
    inception.FORMAT,
    web_annotation.FORMAT,
    label_studio.FORMAT,
    label_studio_config.FORMAT,
    doccano.FORMAT,
    prodigy.FORMAT,
    conll.FORMAT,
    conllu.FORMAT,
    webanno.FORMAT,
    parquet.FORMAT,
    refi.FORMAT,
    refi.CODE_BOOK,
    docbin.FORMAT,
    text.FORMAT,
)
_GENERAL = (pdf.FORMAT, docx.FORMAT, web.FORMAT, table.FORMAT)
"""Asked last, after plug-ins: many files of more particular formats look like one of these."""
OWN = {each.name: each for each in (*_ALL, *_GENERAL)}


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
    own = _first(_ALL, head, name)
    if own is None and not name.lower().endswith(text.FORMAT.suffixes):
        own = _first(_plugged(), head, name)
    return own or _first(_GENERAL, head, name)


def _plugged() -> list[Format]:
    return [each for name, each in formats().items() if name not in OWN]


def _first(among: Iterable[Format], head: bytes, name: str) -> Format | None:
    return next((each for each in among if each.sniff and each.sniff(head, name)), None)
