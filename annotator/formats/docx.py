"""Word files, each an article."""

from annotator.formats.base import NO_OPTIONS, Format, Options, Reading, Source
from annotator.formats.original import KEEP, original, told

_ZIP = b"PK\x03\x04"


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The one article of a file; raises UserError where there is none."""
    # Imported here only: most projects never see a Word file.
    from annotator.ingest.docx import read_docx  # noqa: PLC0415

    yield from told(source, read_docx(original(source, options)))


def sniff(head: bytes, name: str) -> bool:
    """Whether a file is an archive with Word's parts, or named as one."""
    return (head.startswith(_ZIP) and b"word/" in head) or name.lower().endswith(FORMAT.suffixes)


FORMAT = Format(
    "docx",
    "Word files, one an article: paragraphs, lists and tables as text",
    (".docx", ".docm"),
    frozenset({"articles"}),
    read=read,
    sniff=sniff,
    reading=(KEEP,),
    layers="none",
)
