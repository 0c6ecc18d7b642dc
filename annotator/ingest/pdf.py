"""PDF files as articles: their text, without what only the pages need."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.ingest.original import Made, Original, made
from annotator.ingest.pdf_lines import Line, joined, paragraphs, without_furniture

PAGES = 5_000
"""A file with more is no article."""
_GAP = re.compile("  +")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(r".*\.\w{2,5}|microsoft word\b.*|untitled.*|document\d*|\W*", re.IGNORECASE)


def read_pdf(original: Original, pypdfium2: Any) -> Made:
    """The article in a PDF file; `pypdfium2` is that library.

    Lines become paragraphs by where they stand, running heads and page numbers go, words that a
    line end parted are joined, and notes say so. Raises UserError for a file that can't be read,
    that is encrypted, or that has no text.
    """
    pages, meta, details = _opened(original, pypdfium2)
    kept, removed = without_furniture(pages)
    text, words = joined("\n\n".join(paragraphs(kept)))
    if not text.strip():
        raise UserError(
            f"{original.file} holds pictures of pages but no text; recognise its text (OCR) first."
        )
    notes = [f"{counted(len(pages), 'page')} read; look whether the paragraphs are right."]
    if removed:
        notes.append(f"{counted(removed, 'line')} of running heads and page numbers left out.")
    if words:
        notes.append(f"{counted(words, 'word')} joined that line ends had parted by a hyphen.")
    return made(text, original.meta() | meta, tuple(notes), **details)


def _opened(
    original: Original, pypdfium2: Any
) -> tuple[list[list[Line]], dict[str, str], dict[str, str]]:
    """The lines of each page, and what the file says of itself, for `meta` and for the document."""
    try:
        pdf = pypdfium2.PdfDocument(original.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UserError(f"{original.file} is locked; save it without a password.") from error
        raise UserError(f"{original.file} is no PDF file that can be read.") from error
    try:
        if len(pdf) > PAGES:
            raise UserError(f"{original.file} has {len(pdf):,} pages; split it first.")
        meta, details = _said(pdf.get_metadata_dict())
        details["language"] = _language(pdf, pypdfium2.raw)
        return [list(_lines(pdf[number], pypdfium2)) for number in range(len(pdf))], meta, details
    except pypdfium2.PdfiumError as error:
        raise UserError(f"{original.file} is a broken PDF file.") from error
    finally:
        pdf.close()


def _said(found: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    title = " ".join(found.get("Title", "").split())
    meta = {"author": found.get("Author", "").strip(), "created": _day(found)}
    details = {"title": "" if _NO_TITLE.fullmatch(title) else title}
    return {key: value for key, value in meta.items() if value}, details


def _day(found: dict[str, str]) -> str:
    match = _DATE.match(found.get("CreationDate", ""))
    return "-".join(filter(None, match.groups())) if match else ""


def _language(pdf: Any, raw: Any) -> str:
    size = raw.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    units = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(pdf.raw, units, size)
    return bytes(units).decode("utf-16-le", "replace").strip("\0 ")


def _lines(page: Any, pypdfium2: Any) -> Iterator[Line]:
    """The lines of a page that have words."""
    text_page = page.get_textpage()
    raw = text_page.get_text_range()
    at = 0  # in UTF-16 units, as the library counts
    for piece in re.split("(\r\n|\n|\r)", raw):
        words = piece.strip()
        if words:
            start = at + _units(piece[: piece.index(words)])
            yield _line(words, text_page, pypdfium2.raw, start, start + _units(words) - 1)
        at += _units(piece)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line(words: str, text_page: Any, raw: Any, start: int, end: int) -> Line:
    boxes, words = [], _GAP.sub(" ", words)
    for each in (start, end):
        index = raw.FPDFText_GetCharIndexFromTextIndex(text_page.raw, each)
        boxes.append(text_page.get_charbox(max(index, 0), loose=True))
    (left, bottom, right, top), (left_, bottom_, right_, top_) = boxes
    bottom, top = min(bottom, bottom_), max(top, top_)
    if left_ < left and bottom_ == bottom:
        return Line(words, -right, bottom, -left_, top)
    return Line(words, left, bottom, right_, top)
