"""Word files as articles."""

from io import BytesIO
from pathlib import Path

import docx
import pytest

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats import docx as docx_format
from annotator.formats.base import Found, Source
from annotator.ingest import office
from annotator.ingest.docx import read_docx
from annotator.ingest.original import Made, Original
from tests.ingest.make import W, damaged, word, zipped


def read(data: bytes) -> Made:
    return read_docx(Original("a/talks.docx", data))


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def made_by_the_fields_own_library() -> bytes:
    file = docx.Document()
    said = file.core_properties
    said.title, said.author, said.language = "Talks  resume", "Ani P.", "en-GB"
    file.add_heading("Talks resume today", 0)
    file.add_paragraph("The two ministers met.\nThey did not speak.")
    file.add_paragraph("")
    file.add_paragraph("49 soldiers", style="List Bullet")
    file.add_paragraph("3 civilians", style="List Bullet")
    file.add_paragraph("Then", style="List Number")
    file.add_paragraph("and then", style="List Number")
    table = file.add_table(2, 2)
    for number, words in enumerate(("Side", "Killed", "A\nB", "49")):
        table.cell(number // 2, number % 2).text = words
    file.add_paragraph("The talks go on.")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def test_paragraphs_lists_tables_and_details() -> None:
    article, notes = read(made_by_the_fields_own_library())
    assert article.text == (
        "Talks resume today\n\nThe two ministers met.\nThey did not speak.\n\n- 49 soldiers\n"
        "- 3 civilians\n1. Then\n2. and then\n\nSide\tKilled\nA B\t49\n\nThe talks go on."
    )
    assert (article.title, article.language) == ("Talks resume", "en-GB")
    assert (article.meta["file"], article.meta["author"]) == ("talks.docx", "Ani P.")
    assert article.meta["created"] == "2013-12-23"
    assert notes == ()


def test_the_title_is_the_first_heading_where_the_file_says_none() -> None:
    article, _ = read(word(p("Kicker") + p("Talks", '<w:pStyle w:val="Heading1"/>')))
    assert article.title == "Talks"
    assert read(word(p("Kicker") + p("Talks")))[0].title == "Kicker"


def test_tracked_changes_fields_and_signs() -> None:
    body = (
        "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>often</w:t></w:r></w:ins><w:r><w:tab/><w:t>met</w:t><w:br/></w:r>"
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        '<w:hyperlink><w:r><w:t xml:space="preserve">co</w:t><w:noBreakHyphen/><w:t>operate</w:t>'
        "</w:r></w:hyperlink></w:p>"
        "<w:moveFrom><w:p><w:r><w:t>Elsewhere.</w:t></w:r></w:p></w:moveFrom>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    )
    article, notes = read(word(body))
    assert article.text == "They often\tmet\nco\u2011operate\n\nIn a control."
    assert notes == (
        "1 floating text left out.",
        "1 tracked deletion left out.",
        "1 tracked move left out.",
    )


def test_notes_and_comments_are_left_out_and_counted() -> None:
    notes_xml = (
        f'<w:footnotes {W}><w:footnote w:type="separator"/><w:footnote><w:p/></w:footnote>'
        "<w:footnote><w:p/></w:footnote></w:footnotes>"
    )
    _, notes = read(word(p("Talks"), footnotes=notes_xml, endnotes=f"<w:endnotes {W}/>"))
    assert notes == ("2 footnotes left out.",)


def test_lists_by_their_definitions() -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(words: str, level: str, number: str = "3") -> str:
        inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
        return p(words, f"<w:numPr>{inner}</w:numPr>")

    body = item("one", "0") + item("under", "1") + item("two", "0") + item("none", "0", "0")
    body += item("strange", "x")
    article, _ = read(word(body, numbering=numbering))
    assert article.text == "1. one\n  - under\n2. two\n\nnone\n\n1. strange"


def test_the_document_is_where_the_file_says() -> None:
    rels = (
        '<Relationships><Relationship Type="x/other" Target="a.xml"/><Relationship '
        'Type="http://x/officeDocument" Target="/word/other.xml"/></Relationships>'
    )
    body = f"<w:document {W}><w:body>{p('Talks')}</w:body></w:document>"
    article, _ = read(zipped({"_rels/.rels": rels, "word/other.xml": body}))
    assert article.text == "Talks"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "talks.docx is locked with a password, or of an old"),
        (b"PK\x03\x04", "talks.docx is no archive that can be read"),
        (zipped({"a": "b"}), "talks.docx is no Word document"),
        (word(""), "talks.docx is a Word document without text"),
        (word("<w:p>"), "talks.docx is broken"),
        (
            zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}),
            "talks.docx has a document type in it, which is not safe",
        ),
        (
            zipped({"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
            "talks.docx has a document type in it, which is not safe",
        ),
        (zipped({"../evil": "x"}), 'talks.docx has a file "../evil", whose name points outside'),
        (zipped({"word/document.xml": bytes(30_000_000)}), "talks.docx would unpack to 30 MB"),
    ],
)
def test_what_is_no_word_file_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read(data)


def test_a_part_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_LARGEST", 10)
    with pytest.raises(UserError, match="larger than an article can be"):
        read(word(p("Talks")))


def test_damaged_files_give_an_article_or_one_sentence() -> None:
    whole = word(p("Talks resume") + p("They met."), numbering=f"<w:numbering {W}/>")
    for data in damaged(whole):
        try:
            article, _ = read(data)
        except UserError as error:
            assert str(error).startswith("talks.docx ")  # noqa: PT017  (an error is allowed here, but only so)
        else:
            assert article.text == "Talks resume\n\nThey met."


def test_as_a_format(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word(p("Talks")))
    (found,) = docx_format.read(Source("a.docx", path))
    assert isinstance(found, Found)
    assert isinstance(found.item, Article)
    assert found.item.document.text == "Talks"
    assert docx_format.sniff(Source("x", path).head(), "x")
    assert docx_format.sniff(b"", "A.DOCX")
    assert not docx_format.sniff(zipped({"a": "b"}), "a.zip")
