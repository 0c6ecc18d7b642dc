"""PDF files as articles."""

from pathlib import Path

import pytest

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats import pdf as pdf_format
from annotator.formats.base import Found, Note, Source
from annotator.formats.extras import need
from annotator.ingest import pdf as pdf_reader
from annotator.ingest.original import Made, Original
from annotator.ingest.pdf import read_pdf
from annotator.ingest.pdf_lines import Line, joined, paragraphs, without_furniture
from tests.ingest.make import damaged, page_of, pdf

pypdfium2 = need("docs", "pypdfium2")
FIRST = (
    "The two ministers met again on Tuesday, a day after shelling had killed at",
    "least 49 soldiers along the border, officials in both of the capitals said.",
)
SECOND = (
    "“We did not fire first,” a spokesman said on Tuesday morning, in a state-",
    "ment that named no places. The talks go on.",
)


def read(data: bytes) -> Made:
    return read_pdf(Original("a/talks.pdf", data, "/a/talks.pdf"), pypdfium2)


def test_paragraphs_details_and_what_is_kept_of_the_file() -> None:
    info = "/Title (Talks resume) /Author (Ani P.) /CreationDate (D:20220913182000Z)"
    article, notes = read(pdf([page_of(FIRST, SECOND)], info, "/Lang (en-GB)"))
    assert article.text.split("\n\n") == [
        " ".join(FIRST),
        (
            "“We did not fire first,” a spokesman said on Tuesday morning, in a statement that "
            "named no places. The talks go on."
        ),
    ]
    assert (article.title, article.language) == ("Talks resume", "en-GB")
    meta = dict(article.meta)
    assert len(meta.pop("bytes_sha256")) == 64
    assert meta == {
        "file": "talks.pdf",
        "path": "/a/talks.pdf",
        "author": "Ani P.",
        "created": "2022-09-13",
    }
    assert notes[0].startswith("1 page read")
    assert notes[1] == "1 word joined that line ends had parted by a hyphen."


@pytest.mark.parametrize("title", ["talks.docx", "Microsoft Word - talks", "untitled", "", "…"])
def test_titles_that_say_nothing_give_way_to_the_first_line(title: str) -> None:
    article, _ = read(pdf([page_of(("Talks resume.",))], f"/Title ({title})".replace("…", "--")))
    assert article.title == "Talks resume."
    assert "created" not in article.meta


def test_a_headline_of_two_lines_is_one_title_without_gaps() -> None:
    head = [(72.0, 780.0, 24.0, "Peace talks end without"), (72.0, 750.0, 24.0, "an  agreement")]
    article, _ = read(pdf([[*head, *page_of(FIRST, SECOND, top=700)]]))
    assert article.title == "Peace talks end without an agreement"
    assert article.text.startswith(f"{article.title}\n\n{FIRST[0]}")


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        [
            (72.0, 800.0, 9.0, "The Example, 13 September"),
            *page_of((f"Page of text {word}.",)),
            (290.0, 30.0, 9.0, f"Page {number} of 4"),
        ]
        for number, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    article, notes = read(pdf(pages))
    assert article.text == "\n\n".join(
        f"Page of text {word}." for word in ("one", "two", "three", "four")
    )
    assert "8 lines of running heads and page numbers left out." in notes
    few, notes = read(pdf(pages[:2]))
    assert few.text.count("The Example") == 2
    assert len(notes) == 1


def test_a_page_without_lines_is_passed_by() -> None:
    pages = [[Line("1", 0, 0, 9, 9)], [], [Line("2", 0, 0, 9, 9)], [Line("3", 0, 0, 9, 9)]]
    assert without_furniture(pages) == ([[], [], [], []], 3)
    assert list(paragraphs([[], []])) == []


def test_pages_that_are_all_alike_keep_their_text() -> None:
    pages = [[Line(str(number), 0, 90 - number, 9, 99) for number in range(9)]] * 4
    kept, removed = without_furniture(pages)
    assert removed == 24
    assert [each.text for each in kept[0]] == ["3", "4", "5"]


def line(text: str, left: float, bottom: float, right: float = 500, height: float = 10) -> Line:
    return Line(text, left, bottom, right, bottom + height)


@pytest.mark.parametrize(
    ("second", "begins"),
    [
        (line("goes on here", 72, 686), False),
        (line("A heading", 72, 686, height=16), True),
        (line("• an item", 72, 686), True),
        (line("2. an item", 72, 686), True),
        (line("after a gap", 72, 670), True),
        (line("Indented, after a full stop", 90, 686), True),
        (line("another column", 300, 760), True),
    ],
)
def test_where_paragraphs_begin(second: Line, begins: bool) -> None:
    page = [
        line("x", 72, 714),
        line("It ended.", 72, 700),
        second,
        line("y", 72, second.bottom - 14),
    ]
    found = list(paragraphs([page]))
    assert any(each.startswith(second.text) for each in found) == begins


def test_a_short_line_ends_a_paragraph_if_a_sentence_ends_there() -> None:
    page = [line("long", 72, 714), line("Short.", 72, 700, 200), line("New one", 72, 686)]
    assert list(paragraphs([page])) == ["long Short.", "New one"]
    page[1] = line("Short", 72, 700, 200)
    assert list(paragraphs([page])) == ["long Short New one"]


def test_paragraphs_run_over_to_the_next_page_unless_a_sentence_ended() -> None:
    one, two = [line("It goes", 72, 60)], [line("on here.", 72, 760)]
    assert list(paragraphs([one, two])) == ["It goes on here."]
    assert list(paragraphs([two, one])) == ["on here.", "It goes"]


def test_hyphens_at_line_ends() -> None:
    assert joined("a state\ufffement") == ("a statement", 1)
    assert joined("a long\x02term plan, long-term") == ("a long-term plan, long-term", 1)


def test_right_to_left_lines_are_mirrored() -> None:
    class Page:
        raw = None

        def get_charbox(self, index: int, *, loose: bool) -> tuple[float, float, float, float]:
            return [(490, 10, 500, 20), (72, 10, 80, 20)][index]

    class Raw:
        @staticmethod
        def FPDFText_GetCharIndexFromTextIndex(_page: None, index: int) -> int:
            return index

    assert pdf_reader._line("של", Page(), Raw, 0, 1) == Line("של", -500, 10, -72, 20)


def test_files_without_text_locked_or_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"talks.pdf holds pictures of pages but no text"):
        read(pdf([[]]))
    with pytest.raises(UserError, match=r"talks.pdf is no PDF file that can be read"):
        read(b"%PDF-1.4\nnothing")
    monkeypatch.setattr(pdf_reader, "PAGES", 1)
    with pytest.raises(UserError, match=r"talks.pdf has 2 pages; split it first"):
        read(pdf([page_of(("a",)), page_of(("b",))]))


class Broken:
    """A library for which each file is as it is told."""

    PdfiumError = pypdfium2.PdfiumError
    raw = pypdfium2.raw

    def __init__(self, at_once: str = "", later: str = "") -> None:
        self.at_once, self.later = at_once, later

    def PdfDocument(self, data: bytes) -> "Broken":
        if self.at_once:
            raise pypdfium2.PdfiumError(self.at_once)
        return self

    def __len__(self) -> int:
        raise pypdfium2.PdfiumError(self.later)

    def close(self) -> None:
        pass


def test_locked_and_broken_files() -> None:
    original = Original("a.pdf", b"")
    with pytest.raises(UserError, match="locked; save it without a password"):
        read_pdf(original, Broken("Failed to load document (PDFium: Incorrect password error)."))
    with pytest.raises(UserError, match=r"a.pdf is a broken PDF file"):
        read_pdf(original, Broken(later="no page"))


def test_damaged_files_give_an_article_or_one_sentence() -> None:
    whole = pdf([page_of(FIRST, SECOND), page_of(FIRST)], "/Title (Talks)")
    for data in damaged(whole):
        try:
            article, _ = read(data)
        except UserError as error:
            assert str(error).startswith("talks.pdf ")  # noqa: PT017  (an error is allowed here, but only so)
        else:
            assert article.text


def test_as_a_format(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([page_of(FIRST)]))
    note, found = pdf_format.read(Source("a.pdf", path), {"keep": "bytes"})
    assert isinstance(note, Note)
    assert isinstance(found, Found)
    assert isinstance(found.item, Article)
    assert found.item.document.meta["path"] == str(path)
    assert "bytes" in found.item.document.meta
    assert pdf_format.sniff(b"\n%PDF-1.7", "x")
    assert not pdf_format.sniff(b"PDF", "x.pdf")
