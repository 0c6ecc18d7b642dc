"""Plain text files as articles."""

from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import Document
from annotator.core.text import canonical, sha256, title_of
from annotator.decode import decode


def read_text(
    data: bytes, *, name: str, encoding: str | None = None
) -> tuple[Document, tuple[str, ...]]:
    """The article in `data`, a file called `name`, and notes on how it was read, a sentence each.

    The title is the first line, or the file's name if the text has only white space. Raises
    UserError for an empty file, for binary data, and for an `encoding` that doesn't fit.
    """
    file = name.replace("\\", "/").rpartition("/")[2]
    if not data:
        raise UserError(f"{file} is empty: it has 0 bytes.")
    try:
        decoded = decode(data, encoding=encoding)
    except UserError as error:
        raise UserError(f"{file}: {error}") from error
    clean = canonical(decoded.text)
    notes = (*decoded.notes, *clean.notes)
    title = title_of(clean.text)
    if not title:
        notes = (*notes, "Only spaces: there is nothing to annotate.")
    article = Document(
        id=new_id(),
        title=title or file,
        text=clean.text,
        sha256=sha256(clean.text),
        meta={"file": file},
    )
    return article, notes
