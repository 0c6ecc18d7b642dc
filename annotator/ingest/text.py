"""Plain text as articles: files, and what somebody pasted."""

from annotator.core.errors import UserError
from annotator.decode import Decoded, decode
from annotator.ingest.original import Made, Original, made


def read_text(original: Original, *, encoding: str | None = None) -> Made:
    """The article in a file of plain text.

    The title is the first line, or the file's name if the text has only white space. Raises
    UserError for an empty file, for binary data, and for an `encoding` that doesn't fit.
    """
    if not original.data:
        raise UserError(f"{original.file} is empty: it has 0 bytes.")
    decoded = decoded_of(original, encoding)
    return made(decoded.text, original.meta(decoded.encoding), decoded.notes)


def decoded_of(original: Original, encoding: str | None) -> Decoded:
    """The text of a file; raises UserError, with the file's name, where it isn't text."""
    try:
        return decode(original.data, encoding=encoding)
    except UserError as error:
        raise UserError(f"{original.file}: {error}") from error


def pasted(text: str, **details: str) -> Made:
    """An article of what somebody pasted; `details` are texts of a Document, as the title.

    Raises UserError where there is nothing.
    """
    if not text.strip():
        raise UserError("There is nothing to paste: the text is empty.")
    return made(text, {}, **details)
