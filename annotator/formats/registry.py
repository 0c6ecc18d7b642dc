"""The formats there are: our own, and those that plug-ins bring by entry point.

A format's module is loaded when the format is needed: all together would double the time that the
command line takes to start.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from annotator.formats.base import Format
from annotator.formats.conll import sign as conll

GROUP = "annotator.formats"
"""The entry points' group; each names a Format."""
Clue = Callable[[bytes, str], bool]


def _if(*marks: bytes, ends: tuple[str, ...] = ()) -> Clue:
    """One of the marks stands in the first bytes, or the name ends like this."""

    def clue(head: bytes, name: str) -> bool:
        for each in marks:  # not `any`, of which every file would need a generator a format
            if each in head:
                return True
        return bool(ends) and name.lower().endswith(ends)

    return clue


_never = _if()


@dataclass(frozen=True, slots=True)
class Place:
    """Where one of our formats is: the name of a value in a module of this package.

    Only where `clue` is true of a file's first bytes and name may the format know itself in it.
    """

    module: str
    clue: Clue = _never
    value: str = "FORMAT"

    def load(self) -> Format:
        """The format itself."""
        found = getattr(import_module(f"annotator.formats.{self.module}"), self.value)
        assert isinstance(found, Format)
        return found


_JSON = _if(b"{")
_PARTICULAR = {
    "jsonl": Place("jsonl", _JSON),
    "csv": Place("csv", _if(b"sha256")),
    "brat": Place("brat.format", _if(ends=(".ann",))),
    "cas-json": Place("cas.format", _JSON, "JSON"),
    "cas-xmi": Place("cas.format", _if(b"<xmi:"), "XMI"),
    "inception": Place("inception", _if(b"PK")),
    "web-annotation": Place("web_annotation.format", _JSON),
    "label-studio": Place("label_studio.format", _JSON),
    "label-studio-config": Place("label_studio.config"),
    "doccano": Place("doccano", _JSON),
    "prodigy": Place("prodigy", _JSON),
    "conll": Place("conll.format", conll.sniff),
    "conllu": Place("conllu"),
    "webanno-tsv": Place("webanno.format", _if(b"#FORMAT=")),
    "parquet": Place("parquet.format", _if(b"PAR1")),
    "refi-qda": Place("refi.format", _if(b"PK", b"urn:QDA-XML:")),
    "refi-qdc": Place("refi.format", _if(b"urn:QDA-XML:"), "CODE_BOOK"),
    "docbin": Place("docbin", lambda head, _name: head.startswith(b"x")),  # as zlib begins
    "text": Place("text"),
}
_GENERAL = {
    "pdf": Place("pdf", _if(b"%PDF-")),
    "docx": Place("docx", _if(b"PK", ends=(".docx", ".docm"))),
    "html": Place(
        "web", _if(b"<", ends=(".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"))
    ),
    "table": Place(
        "table.format",
        _if(
            ends=(
                *(".csv", ".tsv", ".tab", ".psv", ".jsonl", ".jsonlines", ".ndjson", ".json"),
                *(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
            ),
        ),
    ),
}
"""Asked last, after plug-ins: many files of more particular formats look like one of these."""
PLACES: Mapping[str, Place] = {**_PARTICULAR, **_GENERAL}


class _Own(Mapping[str, Format]):
    """Our formats by name, in the order in which they are asked; each loaded when it is taken."""

    def __getitem__(self, name: str) -> Format:
        return _loaded(name)

    def __contains__(self, name: object) -> bool:
        return name in PLACES

    def __iter__(self) -> Iterator[str]:
        return iter(PLACES)

    def __len__(self) -> int:
        return len(PLACES)


OWN: Mapping[str, Format] = _Own()


@functools.cache
def _loaded(name: str) -> Format:
    return PLACES[name].load()


@dataclass(frozen=True, slots=True)
class PlugIns:
    """The formats of plug-ins by name, and a sentence on each plug-in that brings none."""

    formats: Mapping[str, Format]
    troubles: tuple[str, ...]


@functools.cache
def plug_ins() -> PlugIns:
    """What plug-ins bring; none can take the name of one of ours, or of an earlier one."""
    # Imported here only: who reads plain text need not wait for plug-ins to be looked for.
    from importlib.metadata import entry_points  # noqa: PLC0415

    found: dict[str, Format] = {}
    troubles: list[str] = []
    for point in entry_points(group=GROUP):
        try:
            plug = point.load()
        except Exception as error:  # somebody else's code runs here, and may raise anything
            troubles.append(f'The plug-in "{point.name}" can\'t be loaded ({error}).')
            continue
        if not isinstance(plug, Format):
            troubles.append(f'The plug-in "{point.name}" is no format.')
        elif plug.name in OWN or plug.name in found:
            troubles.append(f'The plug-in "{point.name}" has a name that is taken, "{plug.name}".')
        else:
            found[plug.name] = plug
    return PlugIns(found, tuple(troubles))


def formats() -> Mapping[str, Format]:
    """All formats by name."""
    return {**OWN, **plug_ins().formats}


def sniffed(head: bytes, name: str) -> Format | None:
    """The format that knows itself in a file's first bytes; plug-ins aren't asked for .txt."""
    found = _first(_PARTICULAR, head, name)
    if found is None and not name.lower().endswith(".txt"):
        found = _knowing(plug_ins().formats.values(), head, name)
    return found or _first(_GENERAL, head, name)


def _first(places: Mapping[str, Place], head: bytes, name: str) -> Format | None:
    likely = (OWN[each] for each, place in places.items() if place.clue(head, name))
    return _knowing(likely, head, name)


def _knowing(among: Iterable[Format], head: bytes, name: str) -> Format | None:
    return next((each for each in among if each.sniff and each.sniff(head, name)), None)
