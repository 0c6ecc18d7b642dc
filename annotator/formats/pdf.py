"""PDF files, each an article."""

from annotator.formats.base import NO_OPTIONS, Format, Options, Reading, Source
from annotator.formats.extras import need
from annotator.formats.original import KEEP, original, told


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The one article of a file; raises UserError where there is none."""
    pypdfium2 = need("docs", "pypdfium2")
    # Imported here only: most projects never see a PDF.
    from annotator.ingest.pdf import read_pdf  # noqa: PLC0415

    yield from told(source, read_pdf(original(source, options), pypdfium2))


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins as a PDF does; some have a little before that."""
    return b"%PDF-" in head[:1024]


FORMAT = Format(
    "pdf",
    "PDF files, one an article: their text, in paragraphs",
    (".pdf",),
    frozenset({"articles"}),
    read=read,
    sniff=sniff,
    reading=(KEEP,),
    layers="none",
)
