"""Web pages: as browsers save them, each an article, and our own, on which people read work."""

import re

from annotator.core.errors import UserError
from annotator.formats.base import ENCODING, HEAD, NO_OPTIONS, Format, Options, Reading, Source
from annotator.formats.extras import need
from annotator.formats.original import KEEP, original, told
from annotator.formats.page.format import GENERATOR, KEEPS, write

LIMIT = 20_000_000
"""Bytes in a page, as trafilatura has it."""
_SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The one article of a page; raises UserError where there is none."""
    trafilatura = need("html", "trafilatura")
    # Imported here only: most projects never see a page.
    from annotator.ingest.web import read_page  # noqa: PLC0415

    file = original(source, options, LIMIT)
    if GENERATOR in file.data[:HEAD]:
        raise UserError(
            f"{source.name} is a page that Annotator wrote for people to read; bring the work in "
            "from the project, or from jsonl."
        )
    yield from told(source, read_page(file, trafilatura, encoding=options.get("encoding") or None))


def sniff(head: bytes, name: str) -> bool:
    """Whether a file begins as a page does, or is named as one and has tags."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    ascii_ = head.replace(b"\0", b"")
    if _PAGE.match(ascii_):
        return True
    return name.lower().endswith(_SUFFIXES) and _may_be(head, ascii_)


def _may_be(head: bytes, ascii_: bytes) -> bool:
    from annotator.ingest.saved import is_archive, is_mime  # noqa: PLC0415  (loaded when it is used)

    return is_archive(head) or is_mime(head) or b"<" in ascii_


FORMAT = Format(
    "html",
    "web pages as browsers save them, one an article, without their menus; what is written is one "
    "page for people to read and print, which can't be read again",
    _SUFFIXES,
    KEEPS,
    read=read,
    to_stream=write,
    sniff=sniff,
    reading=(ENCODING, KEEP),
    layers="none",
    for_people=True,
)
