"""WebAnno TSV 3.x, which INCEpTION still writes; its makers call it legacy."""

from collections.abc import Callable, Iterator, Sequence

from annotator.core.article import Article, Work
from annotator.core.model import Layer
from annotator.formats.base import (
    NO_OPTIONS,
    Format,
    Found,
    Note,
    Option,
    Options,
    Problem,
    Reading,
    Source,
)
from annotator.formats.carried import article_in
from annotator.formats.original import text_in
from annotator.formats.units import LENGTHS, UTF16, Quote, Ruler, ruler_in
from annotator.formats.webanno.meaning import Reader
from annotator.formats.webanno.rows import FORMAT_LINE, Sentence, Sheet, problems, sheet_of

_MOST = 10_000
"""Of the file's units between two sentences; more are no white space that was left out."""


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The article of a file; a row that is broken is a Problem.

    Its text is put together from the sentences; what the file left out between two of them comes
    as spaces and a line end. Raises UserError for what isn't the format.
    """
    sheet = sheet_of(text_in(source).removeprefix("\ufeff"), source.name)
    ruler, shifts, raw = _placed(sheet)
    if ruler.unit != UTF16 and not raw.isascii():
        yield Note(source.name, f"Its offsets are counted in {ruler.unit}.")
    reader = Reader(sheet.kinds, options.get("labels", ""))
    for row, quote in zip(sheet.rows(), _quotes(sheet, shifts), strict=True):
        if not row.is_marked:
            continue
        if (span := ruler.quoted(quote)) is not None:
            reader.take(row, span)
        else:
            what = f'"{row.form}" does not stand where it says' if row.form else "it is empty"
            sheet.problems.append((row.line, f"{what}; its annotations were left out"))
    meaning = reader.meaning()
    yield from problems(sheet, source.name)
    yield from (Problem(source.name, what) for what in meaning.problems)
    file = source.name.replace("\\", "/").rpartition("/")[2]
    article = yield from article_in({}, raw, source.name, {"file": file})
    layer = Layer.of(article.document.id, "", state="done")
    work = Work(layer, tuple(meaning.annotations), tuple(meaning.relations))
    yield Found(source.name, Article(article.document, (work,)))


def _placed(sheet: Sheet) -> tuple[Ruler, list[int], str]:
    """The ruler under which most rows fit, what is added to offsets for it, and the text."""
    best: tuple[Ruler, list[int], str] | None = None
    most, rows = -1, sum(len(each.rows) for each in sheet.sentences)
    for unit, length in LENGTHS.items():
        raw, shifts = _text(sheet.sentences, length)
        ruler = ruler_in(raw, unit)
        fit = ruler.fitting(list(_quotes(sheet, shifts)))
        if fit > most:
            best, most = (ruler, shifts, raw), fit
        if fit == rows:
            break
    assert best is not None
    return best


def _quotes(sheet: Sheet, shifts: Sequence[int]) -> Iterator[Quote]:
    """What each row says of the text, `shifts` from where it is in the sentences."""
    return (
        (begin + shift, end + shift, form)
        for sentence, shift in zip(sheet.sentences, shifts, strict=True)
        for _, _, begin, end, form, _ in sentence.rows
    )


def _text(sentences: Sequence[Sentence], length: Callable[[str], int]) -> tuple[str, list[int]]:
    """The text, and what is added to the offsets of each sentence to find them in it."""
    pieces: list[str] = []
    shifts: list[int] = []
    at = expected = 0
    for sentence in sentences:
        base = sentence.rows[0].begin if sentence.rows else expected + bool(pieces)
        gap = base - expected
        gap = gap if 0 <= gap <= _MOST else int(bool(pieces))
        pieces += (" " * (gap - 1), "\n" * (gap > 0), sentence.text)
        at += gap
        shifts.append(at - base)
        expected = base + length(sentence.text)
        at += length(sentence.text)
    return "".join(pieces), shifts


def sniff(head: bytes, _name: str) -> bool:
    """Whether a file begins as the format says."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(FORMAT_LINE.encode())


FORMAT = Format(
    "webanno-tsv",
    "WebAnno TSV 3.x: spans, stacked ones too, with features, slots, chains and relations",
    (".tsv",),
    frozenset(),
    read=read,
    sniff=sniff,
    reading=(
        Option(
            "labels",
            "the feature that holds the label, or `type` for the layer's name; else found out",
        ),
    ),
    layers="one",
    local_ids=True,
)
