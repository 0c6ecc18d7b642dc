"""Plain text as articles: files, and what somebody pasted."""

from annotator.core.errors import UserError
from annotator.decode import decode
from annotator.ingest.original import Made, Original, made


def read_text(
    data: bytes, *, name: str, path: str = "", encoding: str | None = None, keep: bool = False
) -> Made:
    """The article in `data`, a file called `name`, and notes on how it was read, a sentence each.

    `path` and `keep` as Original has them. The title is the first line, or the file's name if the
    text has only white space. Raises UserError for an empty file, for binary data, and for an
    `encoding` that doesn't fit.
    """
    original = Original(name, data, path, keep)
    if not data:
        raise UserError(f"{original.file} is empty: it has 0 bytes.")
    try:
        decoded = decode(data, encoding=encoding)
    except UserError as error:
        raise UserError(f"{original.file}: {error}") from error
    return made(decoded.text, original.meta(decoded.encoding), decoded.notes)


def pasted(text: str, **details: str) -> Made:
    """An article of what somebody pasted; `details` are texts of a Document, as the title.

    Raises UserError where there is nothing.
    """
    if not text.strip():
        raise UserError("There is nothing to paste: the text is empty.")
    return made(text, {}, **details)
